"""How a notice to a school shows itself in a queue."""

from __future__ import annotations

from datetime import datetime

from access.time import today
from encompass.models import OPEN, SchoolNotice, State
from encompass.models.notice import NOT_TOLD
from govuk.fields import YesNoNotKnown as Answer
from govuk.times import exactly, length
from sla.work import Work

KINDS = {
    State.NEEDS_SCHOOL: "new",
    State.TO_SCREEN: "new",
    State.READY: "working",
    State.SENT: "waiting",
    State.DELIVERED: "waiting",
    State.ACKNOWLEDGED: "done",
    State.HELD_BACK: "stopped",
    State.NOT_FOR_SCHOOL: "done",
}


def as_work(notice: SchoolNotice, at: datetime) -> Work:
    """By the time at which the school is to be told, or has to answer: the queue's own order."""
    waits = notice.state in OPEN
    return Work(
        title=f"{notice.child}: {notice.where}",
        url=notice.get_absolute_url(),
        reference=f"{notice.reference}, {notice.about_reference}",
        why=why(notice, at),
        due=notice.due_at if waits else None,
        started=(notice.delivered_at or notice.grounds_at) if waits else None,
        child=Answer.NO.value if notice.state == State.NOT_FOR_SCHOOL else Answer.YES.value,
        state=State(notice.state).label,
        state_kind=KINDS[State(notice.state)],
        owner=_owner(notice),
        holds_up=f"{notice.where}: nobody there knows" if notice.state in NOT_TOLD else "Nobody",
    )


def why(notice: SchoolNotice, at: datetime) -> str:
    """Why it stands where it stands."""
    if notice.state == State.NOT_FOR_SCHOOL:
        return notice.not_for_because
    if notice.state == State.HELD_BACK:
        return f"Held back by {notice.held_back_by}: {notice.held_back_because}"
    if late := lateness(notice, at):
        return f"{late}{_home_force(notice)}"
    rings = f"The bell rings {exactly(notice.bell_at)}"
    at_once = ". To be told at once" if notice.at_once and notice.state in NOT_TOLD else ""
    return f"{rings}{at_once}{_home_force(notice)}"


def _home_force(notice: SchoolNotice) -> str:
    return ". Home force not told" if notice.lives_elsewhere and not notice.home_force_told_at else ""


def lateness(notice: SchoolNotice, at: datetime) -> str:
    """How late the school was told, or is; empty = in time so far."""
    if notice.late_by:
        return f"Told {length(notice.late_by)} after the bell"
    if notice.state in NOT_TOLD and notice.bell_at < at:
        return f"The bell rang {length(at - notice.bell_at)} ago and the school is not told"
    return ""


def _owner(notice: SchoolNotice) -> str:
    who = notice.sent_by or notice.screened_by or notice.grounds_by
    return str(who) if who else ""


def age_in_words(notice: SchoolNotice) -> str:
    born = notice.born_on
    if born is None:
        return "Date of birth not known: treated as of school age"
    day = today()
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return f"Born {born:%-d %B %Y}, {years} years old"
