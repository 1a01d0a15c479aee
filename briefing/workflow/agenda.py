"""The agenda of a meeting is written down, brought up to date, and decided on, item by item."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from briefing.agenda import Entry, entries
from briefing.models import AgendaItem, AgendaText, Decision, Meeting
from briefing.workflow.giving import action_of, may_see
from missing import workflow as missing
from missing.models import DailyDecision, Episode
from workflow.models import Step
from workflow.transitions import TRANSITIONS, NotNow, must_say, transition

State = AgendaItem.State
Outcome = Decision.Outcome
AGENDA = System("agenda of the daily meeting")
EPISODE = Episode._meta.label_lower
NOT_LISTED = "It is not on the list any more"


@transition(target=State.UNDECIDED.value, may=Can.DECIDE_DAILY, secret=("entry",))
def add_item(item: AgendaItem, *, by: System, meeting: Meeting, number: int, entry: Entry, before: int) -> None:
    """It comes on the agenda of the daily management meeting."""
    item.reference, item.meeting, item.number = f"{meeting.reference}/{number}", meeting, number
    item.part, item.child, item.added_at, item.meetings_before = entry.part.code, entry.child, now(), before
    item.total, item.children, item.since = entry.total, entry.children, entry.since
    if entry.found is not None:
        item.kind, item.record = entry.found.record._meta.label_lower, entry.found.key
        item.case_id, item.person_id = entry.found.case, entry.found.person


@transition(source=State.SETTLED.value, target=State.UNDECIDED.value, may=Can.DECIDE_DAILY)
def found_again(item: AgendaItem, *, by: System) -> None:
    """It had settled itself, and is to be decided on after all."""
    item.settled_at, item.settled_how = None, ""


@transition(source=State.UNDECIDED.value, target=State.SETTLED.value, may=Can.DECIDE_DAILY)
def settle_item(item: AgendaItem, *, by: System, how: str) -> None:
    """It settled itself before the meeting decided: nothing is to be decided any more."""
    item.settled_at, item.settled_how = now(), how


@transition(source=State.UNDECIDED.value, target=State.DECIDED.value, may=Can.DECIDE_DAILY)
def take_over_decision(item: AgendaItem, *, by: System, daily: DailyDecision) -> None:
    """The decision for a missing child was written on the child's own page, while the meeting went on."""
    Decision.objects.create(item=item, outcome=Outcome.ACT, daily=daily, at=daily.at, by=daily.by)
    item.decided_at = daily.at


@transition(
    source=[State.UNDECIDED.value, State.DECIDED.value],
    target=State.DECIDED.value,
    may=Can.DECIDE_DAILY,
)
def decide_item(
    item: AgendaItem,
    *,
    by: User,
    outcome: str,
    decision: str,
    what: str = "",
    owner: User | None = None,
    post: str = "",
    by_when: datetime | None = None,
) -> None:
    """The meeting decides, and somebody does something by a time. That nothing more is to be done is a decision too,
    and has a reason."""
    must_be_going_on(item)
    if outcome not in Outcome.values:
        raise NotNow("Say whether somebody does something, or nothing more is to be done.")
    must_say(decision, "what the meeting decides, or why nothing more is to be done")
    if outcome == Outcome.NOTHING_MORE and what.strip():
        raise NotNow("Somebody has something to do: then it is not true that nothing more is to be done.")
    seen = may_see(by, item)
    _must_be_seen_by_somebody(item, seen, outcome, owner)
    daily = None
    if item.kind == EPISODE and seen:
        daily = _decide_on_the_child(item, by, outcome, decision, what, owner, post, by_when)
    elif outcome == Outcome.ACT:
        action_of(item, by, what, owner, post, by_when)
    text = "" if daily else decision.strip()
    Decision.objects.create(item=item, outcome=outcome, text=text, daily=daily, at=now(), by=by)
    item.decided_at = now()


def must_be_going_on(item: AgendaItem) -> None:
    meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=item.meeting_id)
    if meeting.state != Meeting.State.OPEN:
        raise NotNow("The meeting does not go on: it decides nothing.")


def _must_be_seen_by_somebody(item: AgendaItem, seen: bool, outcome: str, owner: User | None) -> None:
    """Raises NotNow: what the chair may not read is given to somebody by name who may."""
    if not seen and (outcome != Outcome.ACT or owner is None or not may_see(owner, item)):
        raise NotNow("You may not see this record. Give it to somebody by name who may, to decide and to report.")


def _decide_on_the_child(
    item: AgendaItem,
    by: User,
    outcome: str,
    decision: str,
    what: str,
    owner: User | None,
    post: str,
    by_when: datetime | None,
) -> DailyDecision:
    """For a missing child the decision is the daily decision of the child's own record, and so is the action."""
    if outcome == Outcome.ACT and (not what.strip() or owner is None or post or by_when is None):
        raise NotNow("For a missing child say what is done, by whom by name, and by when.")
    about: dict[str, Any] = {"what": what, "owner": owner, "due_at": by_when} if outcome == Outcome.ACT else {}
    episode = missing.decide_daily(_episode(item), by=by, decision=decision, **about)
    found: DailyDecision = DailyDecision.objects.filter(episode=episode).latest("recorded_at")
    return found


def _episode(item: AgendaItem) -> Episode:
    found: Episode = Episode.objects.get(pk=item.record)
    return found


def bring_up_to_date(meeting: Meeting, *, add: bool = True) -> None:
    """What has become late is added, what has settled itself is said to have, and decisions made on the page of a
    missing child are taken over. `add`: whether anything may come on the agenda still."""
    with acting(AGENDA, apart=True):
        items = list(meeting.items.order_by("number"))
        known = {item.record or item.part: item for item in items}
        there = {entry.key: entry for entry in entries(now(), {item.record for item in items if item.record})}
        for key, item in known.items():
            _as_it_is(meeting, item, key in there)
        if add:
            _add(meeting, [entry for key, entry in there.items() if key not in known], len(items))


def _as_it_is(meeting: Meeting, item: AgendaItem, is_there: bool) -> None:
    if item.state == State.SETTLED and is_there:
        found_again(item, by=AGENDA)
    elif item.state == State.UNDECIDED and (daily := _decided_since(meeting, item)):
        take_over_decision(item, by=AGENDA, daily=daily)
    elif item.state == State.UNDECIDED and not is_there:
        settle_item(item, by=AGENDA, how=_what_settled(item))


def _decided_since(meeting: Meeting, item: AgendaItem) -> DailyDecision | None:
    if item.kind != EPISODE or meeting.opened_at is None:
        return None
    rows = DailyDecision.objects.filter(episode=item.record, at__gte=meeting.opened_at)
    found: DailyDecision | None = rows.order_by("-at").first()
    return found


def _what_settled(item: AgendaItem) -> str:
    """The last thing that was done on the record since it came on the agenda: what, and when, and nothing of whom."""
    if item.record is None:
        return "Nothing is left on the list"
    step = Step.objects.filter(record=item.record, at__gte=item.added_at).order_by("-at", "-pk").first()
    if step is None or step.transition not in TRANSITIONS:
        return NOT_LISTED
    said = (TRANSITIONS[step.transition].__doc__ or NOT_LISTED).strip().split(".")[0]
    return " ".join(said.split())[:300]


def _add(meeting: Meeting, new: Iterable[Entry], last: int) -> None:
    before = _on_the_last_one(meeting)
    for number, entry in enumerate(new, last + 1):
        about: dict[str, Any] = {"meeting": meeting, "number": number, "entry": entry}
        item = add_item(AgendaItem(), by=AGENDA, before=before.get(entry.key, 0), **about)
        AgendaText.objects.create(
            item=item,
            record_reference=entry.found.named if entry.found else "",
            title=entry.title[:300],
            why=entry.why,
            ages=entry.ages,
            first=entry.first,
        )


def _on_the_last_one(meeting: Meeting) -> dict[UUID | str, int]:
    """Record or part -> on how many meetings in a row, the one before this among them."""
    rows = Meeting.objects.filter(opened_at__isnull=False).exclude(pk=meeting.pk)
    last = rows.order_by("-opened_at").first()
    if last is None:
        return {}
    return {item.record or item.part: item.meetings_before + 1 for item in last.items.exclude(state=State.SETTLED)}
