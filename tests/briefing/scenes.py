"""Daily management meetings in tests, in words. All invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from access.actor import System, acting, signed
from access.time import now
from accounts.models import User
from briefing.models import Action, AgendaItem, AgendaText, Attendee, Meeting
from briefing.workflow import agenda, meetings
from cases.workflow.cases import open_case, restrict
from tests.missing.scenes import searched_for
from tests.stories import called_in

TEST = System("test")
TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
"""The first meeting after the moment at which tests begin, Monday at nine."""
LATE = timedelta(hours=2)


def as_it_is(record: Any) -> Any:
    with acting(TEST):
        return type(record).objects.get(pk=record.pk)


def owed() -> Meeting:
    return meetings.ensure_meeting()


def a_late_incident(people: dict[str, User], **said: Any) -> Any:
    """Priority, with a child, and two hours later nobody has come."""
    return called_in(people["callie"], **{"reported_at": now() - LATE, **said})


def opened(clock: Any, by: User) -> Meeting:
    """The next meeting, at its hour, with whatever is on record by then."""
    meeting = owed()
    if now() < meeting.meets_at:
        clock.set(meeting.meets_at)
    return meetings.begin(meeting, by=by)


def items(meeting: Meeting) -> list[AgendaItem]:
    with acting(TEST):
        return list(AgendaItem.objects.filter(meeting=meeting.pk).select_related("meeting").order_by("number"))


def item_of(meeting: Meeting, record: Any) -> AgendaItem:
    """The item that a record is, or a whole part by its code."""
    which = {"part": record, "record": None} if isinstance(record, str) else {"record": record.pk}
    with acting(TEST):
        found: AgendaItem = AgendaItem.objects.select_related("meeting").get(meeting=meeting.pk, **which)
    return found


def parts(meeting: Meeting) -> list[str]:
    return [item.part for item in items(meeting)]


def text_of(item: AgendaItem) -> AgendaText:
    with acting(TEST):
        found: AgendaText = AgendaText.objects.get(item=item.pk)
    return found


def decided(item: AgendaItem, by: User, **said: Any) -> AgendaItem:
    """Nothing more to do, unless it says otherwise."""
    facts = {"outcome": "nothing_more", "decision": "A unit is with the family, and the child is safe", **said}
    return agenda.decide_item(item, by=by, **facts)


def acted_on(item: AgendaItem, by: User, owner: User, **said: Any) -> Action:
    """Somebody does something by a time; the action. Of a missing child it would be an action of the search."""
    facts = {
        "outcome": "act",
        "decision": "Somebody goes there today",
        "what": "Go to the address and see the child",
        "owner": owner,
        "by_when": now() + timedelta(hours=6),
    }
    agenda.decide_item(item, by=by, **{**facts, **said})
    with acting(TEST):
        found: Action = Action.objects.filter(item=item.pk).latest("given_at", "reference")
    return found


def everything_decided(meeting: Meeting, by: User) -> None:
    for item in items(meeting):
        if item.state == "undecided":
            decided(item, by)


def there(meeting: Meeting, by: User, person: User | None = None) -> Attendee:
    return meetings.record_there(
        Attendee(), by=by, meeting=as_it_is(meeting), person=person or by, agency=None, post=""
    )


def over(meeting: Meeting, by: User) -> Meeting:
    everything_decided(meeting, by)
    there(meeting, by)
    return meetings.end_meeting(as_it_is(meeting), by=by)


def signed_off(meeting: Meeting, by: User) -> Meeting:
    return meetings.sign_off(over(meeting, by), by=by)


def a_missing_child(people: dict[str, User], **said: Any) -> Any:
    return searched_for(people, **said)


def a_restricted_incident(people: dict[str, User], only: User) -> Any:
    """Late, with a child; of its case only one person may know."""
    incident = called_in(people["callie"], reported_at=now() - LATE)
    with signed(TEST):
        case = open_case()
        type(incident)._default_manager.filter(pk=incident.pk).update(case=case)
    restrict(case, by=only, people=[only], because="A relative works for the force")
    return incident


def of_each(people: dict[str, User]) -> dict[str, Any]:
    """One of each record that a page is about: a meeting that goes on, with something asked of somebody."""
    dmitri = people["dmitri"]
    after = now() - timedelta(hours=24)
    meeting = meetings.begin(meetings.want_meeting(Meeting(), by=meetings.OWES, after=after), by=dmitri)
    item = next(item for item in items(meeting) if item.part != "missing")
    return {
        "meeting": meeting,
        "agendaitem": item,
        "dailyaction": acted_on(item, dmitri, people["rosa"]),
        "attendee": there(meeting, dmitri),
    }
