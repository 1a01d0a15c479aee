"""What other pages say of return interviews and of who was told, as far as the acting person may see it.

`{% include "missing/interview_box.html" %}` and `{% include "missing/notices_box.html" %}` on the page of an episode;
`{% include "missing/last_interview.html" %}` wherever somebody decides about a child who is missing again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from access.actor import actor
from access.roles import Can
from cases.models import Person
from missing.codes import HAS_TO_BE_FOUND, Harm
from missing.models import Episode, InterviewRequest, Learned, MissingNotice
from missing.return_rows import INTERVIEW_KINDS, NOTICE_KINDS, interview_warnings, notice_warnings
from missing.workflow.interviews import OUTSTANDING, READ
from partners.models import Delivery
from partners.rows import what_is_missing
from sla.work import nearest_clocks

READERS = (Can.CHASE_INTERVIEWS, Can.SUPERVISE_MISSING, Can.COMMAND_MISSING)
"""Whoever asks for interviews, or answers for a missing child, reads what the child said. Everybody else reads what
was written into the record for them."""


def may_read_text() -> bool:
    return any(actor().can(act) for act in READERS)


def interview_of(episode: Episode) -> dict[str, Any]:
    """Context for `missing/interview_box.html`. Needs `now` beside it."""
    found = InterviewRequest.objects.filter(episode=episode).select_related("agency", "read_by").first()
    is_owed = episode.state in HAS_TO_BE_FOUND and Harm.FATAL not in episode.harm
    return {
        "interview": found,
        "interview_state_kind": INTERVIEW_KINDS[InterviewRequest.State(found.state)] if found else "",
        "interview_clock": nearest_clocks([found]).get(found.pk) if found else None,
        "interview_warnings": interview_warnings(found) if found else [],
        "interview_learned": learned_of(found) if found else [],
        "may_ask_interview": found is None and is_owed and actor().can(Can.CHASE_INTERVIEWS),
        "interview_is_owed": is_owed,
    }


def last_interview(person: Person, before: datetime | None = None) -> InterviewRequest | None:
    """The last return interview that was asked for about this child, over all records of them."""
    found: InterviewRequest | None = _interviews(person, before).first()
    return found


def _interviews(person: Person, before: datetime | None) -> Any:
    rows = InterviewRequest.objects.filter(episode__person__same_as=person.same_as_id)
    rows = rows.filter(episode__reported_at__lt=before) if before else rows
    return rows.select_related("agency", "episode", "read_by").order_by("-returned_at", "-requested_at", "pk")


def last_interview_of(person: Person, before: datetime | None = None) -> dict[str, Any]:
    """Context for `missing/last_interview.html`: the last one, and where that was not read the last that was. Every
    return before for which none was ever asked is counted: nobody heard the child then."""
    last = last_interview(person, before)
    read = last if last and last.read_at else _interviews(person, before).exclude(read_at=None).first()
    returns = Episode.objects.filter(person__same_as=person.same_as_id, state__in=HAS_TO_BE_FOUND)
    returns = returns.filter(reported_at__lt=before) if before else returns
    never_asked = returns.filter(interview_request=None).figures().count()
    return {
        "last_interview": last,
        "last_outstanding": bool(last and last.state in OUTSTANDING),
        "last_unread": bool(last and last.state not in (*OUTSTANDING, READ)),
        "last_read": read,
        "last_learned": learned_of(read) if read else [],
        "never_asked": never_asked,
    }


def learned_of(interview: InterviewRequest) -> list[Learned]:
    return list(Learned.objects.filter(interview=interview).order_by("kind", "text", "pk"))


def notices_of(episode: Episode) -> dict[str, Any]:
    """Context for `missing/notices_box.html`. Needs `now` beside it."""
    rows = MissingNotice.objects.filter(episode=episode).select_related("agency", "school", "sent_by")
    found = list(rows.order_by("known_at", "whom", "reference"))
    clocks, arrived = nearest_clocks(found), arrived_of(found)
    return {
        "missing_notices": [
            {
                "notice": each,
                "state_kind": NOTICE_KINDS[MissingNotice.State(each.state)],
                "clock": clocks.get(each.pk),
                "warnings": notice_warnings(each),
                "arrived": arrived.get(each.pk, ""),
            }
            for each in found
        ]
    }


def arrived_of(notices: list[MissingNotice]) -> dict[Any, str]:
    """Notice -> what became of it on its way, in words."""
    rows = Delivery.objects.filter(kind=MissingNotice._meta.label_lower, record__in=[each.pk for each in notices])
    return {each.record: _on_its_way(each) for each in rows.select_related("agency").order_by("sent_at", "pk")}


def _on_its_way(delivery: Delivery) -> str:
    if delivery.state in (Delivery.State.WAITING, Delivery.State.FAILED):
        return what_is_missing(delivery)
    return str(Delivery.State(delivery.state).label)
