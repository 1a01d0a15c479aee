"""An evidence pack leaves: released to named readers for a time, every copy logged, closed, copies handed back."""

from __future__ import annotations

from collections.abc import Collection

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.duty import who_may_do
from accounts.models import User
from insight.evidence_lengths import READ
from insight.models import EvidenceCopy, EvidencePack, EvidenceReader
from insight.models.evidence import hides_nothing_from
from workflow.transitions import NotNow, OneOf, must_say, transition

State = EvidencePack.State
CLOSES = System("evidence packs whose time has run out")
WITH_A_FILE = [State.PREPARED.value, State.CHECKED.value, State.RELEASED.value]


@transition(source=State.CHECKED.value, target=State.RELEASED.value, may=Can.RELEASE_EVIDENCE)
def release_evidence(pack: EvidencePack, *, by: User, readers: Collection[User]) -> None:
    """A superintendent or chief officer lets named inspectors read it, for a time. Never whoever prepared it."""
    if pack.prepared_by_id == by.pk:
        raise NotNow("You had it put together: somebody else releases it.")
    if not readers:
        raise NotNow("Name at least one reader.")
    may = set(who_may_do(Can.READ_EVIDENCE).values_list("pk", flat=True))
    if strangers := [str(each) for each in readers if each.pk not in may]:
        raise NotNow(f"They may not read evidence packs: {', '.join(strangers)}.")
    if kept_out := [str(each) for each in readers if not hides_nothing_from(each, pack)]:
        raise NotNow(f"A case in it is not for them to see: {', '.join(kept_out)}. Leave it out, or name others.")
    pack.released_at, pack.released_by = now(), by
    pack.released_until, _ = READ.due(now(), now())
    named = [EvidenceReader(pack=pack, person=each, named_at=now(), named_by=by) for each in readers]
    EvidenceReader.objects.bulk_create(named)


@transition(source=WITH_A_FILE, may=Can.READ_EVIDENCE)
def take_copy(pack: EvidencePack, *, by: User) -> None:
    """Somebody takes the file. Which one, to whom, when and on what basis is kept for good."""
    if pack.file is None:
        raise NotNow("It has not been put together yet.")
    if pack.state == State.RELEASED and pack.released_until is not None and now() >= pack.released_until:
        raise NotNow("The time for which it was released is over.")
    released = f"{pack.under}, asked for by {pack.requested_by}: {pack.purpose}"
    basis = released if pack.state == State.RELEASED else "To be checked here"
    EvidenceCopy.objects.create(pack=pack, file=pack.file, given_to=by, given_at=now(), basis=basis[:300])


def _copies(pack: EvidencePack) -> str:
    out = EvidenceCopy.objects.filter(pack=pack.pk, given_at__gte=pack.released_at).figures()
    return State.CLOSED.value if out.exists() else State.ENDED.value


@transition(
    source=State.RELEASED.value,
    target=OneOf(_copies, (State.CLOSED.value, State.ENDED.value)),
    may=Can.RELEASE_EVIDENCE,
)
def close_evidence(pack: EvidencePack, *, by: User | System, because: str) -> None:
    """Nobody reads it any more: its time has run out, or the inspection is over. Whoever took a copy hands it back."""
    must_say(because, "why it is closed")
    pack.closed_at, pack.closed_because = now(), because.strip()


@transition(source=State.CLOSED.value, target=State.ENDED.value, may=Can.PREPARE_EVIDENCE)
def evidence_handed_back(pack: EvidencePack, *, by: User, said: str) -> None:
    """Every copy was handed back or destroyed: who said so, and when."""
    must_say(said, "who handed the copies back or destroyed them, and when they said so")
    pack.handed_back_at, pack.handed_back_by, pack.handed_back_said = now(), by, said.strip()


def close_due() -> int:
    """Packs whose time has run out are closed. How many."""
    with acting(CLOSES):
        over = EvidencePack.objects.filter(state=State.RELEASED, released_until__lte=now())
        for pack in over:
            close_evidence(pack, by=CLOSES, because="The time for which it was released is over")
        return len(over)
