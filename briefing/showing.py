"""What pages and papers show of a meeting. A record that whoever reads may not see is shown as a restricted record, and
still counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.urls import reverse

from access.actor import System, acting
from briefing.agenda import Entry, Part, agenda_now, part_of
from briefing.models import Action, AgendaItem, AgendaText, Decision, Meeting, Reckoning

RESTRICTED = "A restricted record"
HIDDEN_WHY = "Only named people may see it. It is decided on like any other"
AHEAD = System("agenda of the meeting to come")
KINDS = {"undecided": "new", "decided": "done", "settled": "stopped"}


@dataclass(frozen=True)
class Line:
    """One item as it is shown. `url`: of its record or its list; empty where there is none, or it may not be seen."""

    number: int
    part: str
    rule: str
    decides: str
    title: str
    why: str
    child: str
    since: datetime | None
    before: int
    hidden: bool
    url: str = ""
    reference: str = ""
    item: AgendaItem | None = None
    ages: list[list[Any]] = field(default_factory=list)
    first: list[tuple[str, str, datetime | None]] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)

    @property
    def state_kind(self) -> str:
        return KINDS[self.item.state] if self.item else "new"


def lines_of(meeting: Meeting) -> list[Line]:
    """Every item of a meeting that has begun, in as many statements however many there are."""
    items = list(meeting.items.select_related("meeting").order_by("number"))
    keys = [item.pk for item in items]
    texts = {text.item_id: text for text in AgendaText.objects.filter(item__in=keys)}
    decisions, actions = defaultdict(list), defaultdict(list)
    for decision in Decision.objects.filter(item__in=keys).select_related("by", "daily").order_by("at", "pk"):
        decisions[decision.item_id].append(decision)
    for action in Action.objects.filter(item__in=keys).select_related("owner").order_by("given_at", "reference"):
        actions[action.item_id].append(action)
    seen = _seen([*_records(items), *(each for text in texts.values() for each in text.first)])
    return [_line(item, texts.get(item.pk), decisions[item.pk], actions[item.pk], seen) for item in items]


def line_of(item: AgendaItem) -> Line:
    text = AgendaText.objects.filter(item=item.pk).first()
    decisions = list(Decision.objects.filter(item=item.pk).select_related("by", "daily").order_by("at", "pk"))
    actions = list(Action.objects.filter(item=item.pk).select_related("owner").order_by("given_at", "reference"))
    return _line(item, text, decisions, actions, _seen([*_records([item]), *(text.first if text else [])]))


def lines_ahead() -> list[Line]:
    """The agenda of a meeting to come, as it would be now."""
    with acting(AHEAD, apart=True):
        entries = agenda_now()
    named = [[each.found.record._meta.label_lower, str(each.found.key)] for each in entries if each.found]
    seen = _seen([*named, *(each for entry in entries for each in entry.first)])
    return [_ahead(number, entry, seen) for number, entry in enumerate(entries, 1)]


def progress(lines: Iterable[Line]) -> dict[str, int]:
    """Of children one by one, and of everything: how many, and how many need no decision any more."""
    items = [line.item for line in lines if line.item]
    children = [item for item in items if item.is_one_child]
    return {
        "children": len(children),
        "children_done": sum(item.state != AgendaItem.State.UNDECIDED for item in children),
        "all": len(items),
        "done": sum(item.state != AgendaItem.State.UNDECIDED for item in items),
    }


def reckonings_of(meeting: Meeting) -> list[Reckoning]:
    rows = Reckoning.objects.filter(meeting=meeting.pk).select_related("action__owner", "by")
    return list(rows.order_by("at", "pk"))


def undecided_first(lines: list[Line]) -> list[Line]:
    """What waits for a decision, in the order of the agenda, and then the rest."""
    return sorted(lines, key=lambda line: bool(line.item and line.item.state != AgendaItem.State.UNDECIDED))


Seen = dict[tuple[str, str], str]
"""(model, key) -> address, of the records that whoever reads may see."""


def _records(items: Iterable[AgendaItem]) -> list[list[str]]:
    return [[item.kind, str(item.record)] for item in items if item.record]


def _seen(named: Iterable[list[str]]) -> Seen:
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, key, *_ in named:
        by_kind[kind].add(key)
    return {
        (kind, str(key)): apps.get_model(kind)(pk=key).get_absolute_url()
        for kind, keys in by_kind.items()
        for key in apps.get_model(kind)._default_manager.filter(pk__in=keys).figures().values_list("pk", flat=True)
    }


def _first(named: list[list[str]], seen: Seen) -> list[tuple[str, str, datetime | None]]:
    return [
        (
            reference if (kind, key) in seen else RESTRICTED,
            seen.get((kind, key), ""),
            datetime.fromisoformat(since) if since else None,
        )
        for kind, key, reference, since in named
    ]


def _line(
    item: AgendaItem, text: AgendaText | None, decisions: list[Decision], actions: list[Action], seen: Seen
) -> Line:
    part = part_of(item.part)
    return Line(
        number=item.number,
        part=part.name if part else item.part,
        rule=part.rule if part else "",
        decides=part.decides if part else "",
        title=text.title if text else RESTRICTED,
        why=text.why if text else HIDDEN_WHY,
        child=item.child,
        since=item.since,
        before=item.meetings_before,
        hidden=text is None,
        url=seen.get((item.kind, str(item.record)), "") if item.record else _page(part),
        reference=text.record_reference if text else "",
        item=item,
        ages=text.ages if text else [],
        first=_first(text.first, seen) if text else [],
        decisions=decisions,
        actions=actions,
    )


def _ahead(number: int, entry: Entry, seen: Seen) -> Line:
    found = entry.found
    key = (found.record._meta.label_lower, str(found.key)) if found else None
    hidden = key is not None and key not in seen
    return Line(
        number=number,
        part=entry.part.name,
        rule=entry.part.rule,
        decides=entry.part.decides,
        title=RESTRICTED if hidden else entry.title,
        why=HIDDEN_WHY if hidden else entry.why,
        child=entry.child,
        since=entry.since,
        before=0,
        hidden=hidden,
        url=seen.get(key, "") if key else _page(entry.part),
        reference=found.named if found and not hidden else "",
        ages=entry.ages,
        first=_first(entry.first, seen),
    )


def _page(part: Part | None) -> str:
    if part is None or not part.page:
        return ""
    return reverse(part.page) + (f"?show={part.show}" if part.show else "")


def neighbours(item: AgendaItem) -> dict[str, UUID | None]:
    """The item before it, the one after it, and the next that nobody has decided on."""
    rows = AgendaItem.objects.filter(meeting=item.meeting_id).order_by("number").figures()
    found = list(rows.values_list("pk", "number", "state"))
    place = next(number for number, each in enumerate(found) if each[0] == item.pk)
    undecided = [each for each in found[place + 1 :] + found[:place] if each[2] == AgendaItem.State.UNDECIDED]
    return {
        "previous": found[place - 1][0] if place else None,
        "next": found[place + 1][0] if place + 1 < len(found) else None,
        "undecided": undecided[0][0] if undecided else None,
    }
