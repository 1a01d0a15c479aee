"""How a duplicate, and a child linked with a risk, show themselves in a queue."""

from __future__ import annotations

from access.time import today as local_day
from cases.models import Finding, Match
from govuk.fields import YesNoNotKnown as Answer
from sla.models import Clock
from sla.work import Work


def finding_as_work(finding: Finding, clock: Clock | None) -> Work:
    open_ = finding.state == Finding.State.OPEN
    return Work(
        title=f"{finding.child} and {finding.risk}",
        url=finding.get_absolute_url(),
        reference=finding.reference,
        why="Our records put a child with a person posing a risk" if open_ else finding.because,
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        child=finding.child.child_on(local_day()).value,
        state=Finding.State(finding.state).label,
        state_kind="new" if open_ else "done",
        owner=str(finding.decided_by) if finding.decided_by else "",
        holds_up="Social care and the family: nobody has decided" if open_ else "Nobody",
    )


KINDS = {
    Match.State.SUGGESTED: "new",
    Match.State.PROPOSED: "waiting",
    Match.State.MERGED: "done",
    Match.State.NOT_THE_SAME: "done",
    Match.State.PARTED: "stopped",
}


def match_as_work(match: Match, clock: Clock | None) -> Work:
    return Work(
        title=f"{match.one} and {match.other}",
        url=match.get_absolute_url(),
        reference=f"{match.reference}: {match.one.reference}, {match.other.reference}",
        why=". ".join(match.reasons_for[:2]),
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        child=_child(match),
        state=Match.State(match.state).label,
        state_kind=KINDS[Match.State(match.state)],
        owner=f"Proposed by {match.proposed_by}" if match.state == Match.State.PROPOSED else "",
        holds_up="One picture of one person",
    )


def _child(match: Match) -> str:
    """A child if either record is, or may be, one."""
    today = local_day()
    answers = {match.one.child_on(today), match.other.child_on(today)}
    for answer in (Answer.YES, Answer.NOT_KNOWN):
        if answer in answers:
            return answer.value
    return Answer.NO.value
