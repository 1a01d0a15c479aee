"""Work that is drawn from again and again. Whoever does it is known by name, and so is that nothing was drawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import Team, User
from cases.models import next_reference
from quality.kinds import SampleKind
from quality.models import Sampled
from workflow.transitions import must_say, transition

WATCHES = System("sampling that goes on")
State = Sampled.State


@transition(target=State.GOING_ON.value, may=Can.LEAD_QUALITY)
def begin_sampling(sampled: Sampled, *, by: System, kind: str, whose: User | None, since: datetime) -> None:
    """From now on this work is drawn from."""
    sampled.reference, sampled.team = next_reference("QS"), team_of(Role.QUALITY_REVIEWER)
    sampled.kind, sampled.whose, sampled.since = kind, whose, since


@transition(source=State.GOING_ON.value, may=Can.LEAD_QUALITY)
def sampling_drawn(sampled: Sampled, *, by: System) -> None:
    """A sample of it was drawn."""
    sampled.drawn_at, sampled.nothing_said = now(), ""


@transition(source=State.GOING_ON.value, may=Can.LEAD_QUALITY)
def nothing_to_draw(sampled: Sampled, *, by: System, said: str) -> None:
    """None of this work was done, so that there was nothing to draw."""
    must_say(said, "why nothing was drawn")
    sampled.nothing_said = said


@transition(source=State.GOING_ON.value, may=Can.LEAD_QUALITY)
def work_reviewed(sampled: Sampled, *, by: System) -> None:
    """Some of it was reviewed."""
    sampled.reviewed_at = now()


@transition(source=State.GOING_ON.value, target=State.ENDED.value, may=Can.LEAD_QUALITY)
def end_sampling(sampled: Sampled, *, by: System, because: str) -> None:
    """They do this work no longer."""
    must_say(because, "why it is not drawn from any more")


@transition(source=State.ENDED.value, target=State.GOING_ON.value, may=Can.LEAD_QUALITY)
def begin_sampling_again(sampled: Sampled, *, by: System, since: datetime) -> None:
    """They do this work again."""
    sampled.since = since


@transaction.atomic
def going_on(kind: SampleKind, whose: User | None, since: datetime) -> Sampled:
    """The work as it is drawn from, begun where it had not begun. Two who ask at once wait for each other."""
    with acting(WATCHES, apart=True):
        if whose:
            User.objects.select_for_update(no_key=True).get(pk=whose.pk)
        else:
            Team.objects.select_for_update(no_key=True).get(pk=team_of(Role.QUALITY_REVIEWER).pk)
        known = Sampled.objects.filter(kind=kind.code, whose=whose).first()
        if known is None:
            return begin_sampling(Sampled(), by=WATCHES, kind=kind.code.value, whose=whose, since=since)
        return begin_sampling_again(known, by=WATCHES, since=since) if known.state == State.ENDED else known


def drawn_from_all(kind: SampleKind) -> None:
    """Somebody drew a sample across the force; where that is how this kind is drawn, its time begins anew."""
    if not kind.roles:
        sampling_drawn(going_on(kind, None, now()), by=WATCHES)


def reviewed_of(kind: str, whose: User | None) -> None:
    """Called inside a transition: somebody's work, or that of the force, was reviewed."""
    with acting(WATCHES, apart=True):
        known = Sampled.objects.filter(kind=kind, whose=whose, state=State.GOING_ON).first()
        if known is not None:
            work_reviewed(known, by=WATCHES)
