"""A child linked with a person posing a risk: found by the software, decided by a person, on the clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from access.actor import System, signed
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.findings import Linked, linked
from cases.models import Evidence, Finding, Person, next_reference
from sla.lengths import Basis, Length
from sla.policy import Deadline, Ladder, Level
from workflow.transitions import NotNow, must_say, transition

LINKS = System("links between people")


@transition(target=Finding.State.OPEN.value, may=Can.DECIDE_FINDING)
def put_to_somebody(finding: Finding, *, by: System, facts: list[Linked]) -> None:
    """What we know puts a child with a person posing a risk. Somebody must decide."""
    finding.reference, finding.found_at = next_reference("LINK"), now()
    finding.child_id, finding.risk_id = facts[0].child, facts[0].risk
    finding.known_since = min(min(fact.known_since for fact in facts), now())
    _write(finding, facts)


@transition(source=Finding.State.OPEN.value, may=Can.DECIDE_FINDING)
def add_evidence(finding: Finding, *, by: System, facts: list[Linked]) -> None:
    """More that puts the two together, while nobody has decided yet. The clock runs on."""
    _write(finding, facts)


@transition(source=Finding.State.OPEN.value, target=Finding.State.DECIDED.value, may=Can.DECIDE_FINDING)
def decide(finding: Finding, *, by: User, decision: str, because: str) -> None:
    """A sergeant says what becomes of it, and why. "No" needs a reason as much as "yes"."""
    if decision not in Finding.Decision.values or decision == Finding.Decision.NOTICE:
        raise NotNow("Choose what is so. To submit a notice about it, use the notice's own page.")
    must_say(because, "why")
    _decided(finding, decision, because, by)


@transition(source=Finding.State.OPEN.value, target=Finding.State.DECIDED.value, may=Can.SUBMIT_PPN)
def answered_by_notice(finding: Finding, *, by: User, notice: str) -> None:
    """A notice about it has been submitted. From here the notice's clocks run."""
    finding.notice = notice
    _decided(finding, Finding.Decision.NOTICE, f"{notice} was submitted", by)


def _decided(finding: Finding, decision: str, because: str, by: User) -> None:
    finding.decision, finding.because = decision, because
    finding.decided_at, finding.decided_by = now(), by


def _write(finding: Finding, facts: Iterable[Linked]) -> None:
    Evidence.objects.bulk_create(
        [
            Evidence(
                finding=finding,
                kind=fact.kind,
                fact=fact.fact,
                fact_kind=fact.fact_kind,
                through_id=fact.through,
                address_id=fact.address,
                since=fact.since,
                case_id=fact.case,
                other_case_id=fact.other_case,
                found_at=now(),
            )
            for fact in facts
        ]
    )


def look(people: Iterable[Person] | None = None) -> int:
    """Read the links again, around these people or everywhere; put what is new to somebody. Returns how many pairs
    had something new. What was decided before stays decided, until there is a fact that the decision did not know."""
    with signed(LINKS):
        keys = None if people is None else {person.same_as_id for person in people}
        return sum(_tell(list(facts)) for _, facts in groupby(linked(keys), key=lambda fact: (fact.child, fact.risk)))


def _tell(facts: list[Linked]) -> bool:
    """One child and one person posing a risk: whatever of it was never put to anybody."""
    same = {"child__same_as": facts[0].child, "risk__same_as": facts[0].risk}  # whichever record it was told about
    earlier = Finding.objects.select_for_update(of=("self",)).filter(**same)
    findings = list(earlier)
    known = _known(finding.pk for finding in findings)
    new = [fact for fact in facts if (fact.kind, fact.fact) not in known]
    if not new:
        return False
    waiting = next((finding for finding in findings if finding.state == Finding.State.OPEN), None)
    if waiting:
        add_evidence(waiting, by=LINKS, facts=new)
    else:
        put_to_somebody(Finding(), by=LINKS, facts=new)
    return True


def _known(findings: Iterable[UUID]) -> Collection[tuple[str, UUID]]:
    rows = Evidence.objects.filter(finding__in=list(findings)).figures()
    return set(rows.values_list("kind", "fact"))


def open_findings(people: Collection[UUID]) -> list[Finding]:
    """Open findings about any of these people, whichever record of theirs, that the acting person may see."""
    roots = set(Person.objects.filter(pk__in=people).figures().values_list("same_as", flat=True))
    about = Finding.objects.filter(state=Finding.State.OPEN).select_related("child", "risk")
    found = about.filter(child__same_as__in=roots) | about.filter(risk__same_as__in=roots)
    return list(found.order_by("due_at", "pk"))


def finding_about(key: UUID | None) -> Finding | None:
    """The open finding a notice was raised from, if the acting person may see it."""
    return Finding.objects.filter(pk=key, state=Finding.State.OPEN).first() if key else None


DECISION = Length(
    "Decision on a child linked with a person posing a risk",
    timedelta(hours=2),
    Basis.LOCAL,
    "Strategy trigger T1, red; no authority found",
    is_our_default=True,
)
F1 = Deadline(
    "F1",
    "Decision on a child linked with a person posing a risk",
    model=Finding,
    starts=[put_to_somebody],
    counts_from=lambda finding: finding.known_since,  # never from the night in which it was noticed
    length=lambda finding: DECISION,
    lengths=[DECISION],
    stops=[decide, answered_by_notice],
    team=lambda finding: team_of(Role.MASH_SERGEANT),
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, Role.MASH_SERGEANT),
            Level(1.0, Role.MASH_INSPECTOR),
            Level(1.5, Role.MASH_CHIEF_INSPECTOR),
            Level(2.0, Role.SUPERINTENDENT),
        ]
    ),
)
