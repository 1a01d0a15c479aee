"""Who knew what, when: everything that was done to the records of a case, every clock, everybody who was told, and what
was shared, on one time scale from the first contact on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps

from access.roles import Role
from accounts.models import Posting
from insight.evidence_family import Family, journey_of
from insight.evidence_tables import Column, Holds, Journey, Table, as_text, columns
from partners.models import Delivery, Disclosure
from sla.models import Clock, Escalation
from sla.work import MOMENT, level_in_words, promise_of
from workflow.models import Step
from workflow.transitions import TRANSITIONS

COLUMNS: list[Column] = columns(
    "When", "Part of the journey", "What", "Record", "Who", "Their post then", "Codes", "Words",
    who=Holds.STAFF, words=Holds.WORDS,
)  # fmt: skip
LEDGER = (
    "Who looked at a record, and when, is in the consultation ledger. This application adds to that ledger and cannot "
    "read it, by design: who keeps the database makes an extract of it (evidence_looks)."
)
FIRST_KNOWN = {
    "triage.incident": [
        ("reported_at", "First reported to police"),
        ("child_known_at", "Police first knew of a child"),
        ("attended_at", "Somebody attended"),
        ("child_seen_at", "Every child had been seen"),
    ],
    "ppn.ppn": [("first_known_at", "Police first knew what the notice tells"), ("submitted_at", "Notice submitted")],
    "missing.episode": [
        ("last_seen_at", "Child last seen"),
        ("reported_at", "Police were first told that the child is missing"),
        ("found_at", "Child found"),
    ],
    "strategy.strategymeeting": [("requested_at", "Strategy meeting first asked for"), ("held_at", "Meeting held")],
    "online.onlinecase": [
        ("uploaded_at", "Images uploaded, or the abuse happened"),
        ("received_at", "Referral reached the force"),
        ("named_at", "A referral first named somebody"),
        ("external_at", "First visible to the rest of the force"),
        ("attributed_at", "First attributed to an address"),
        ("executed_at", "Enforcement first carried out"),
    ],
    "offenders.nominal": [("began_at", "Police manage them from here on"), ("first_visited_at", "First visited")],
}
"""The moments at which the organisation first knew, or something happened, by the fields that say so."""


@dataclass(frozen=True)
class Event:
    when: datetime
    journey: Journey
    what: str
    record: str
    who: str = ""
    post: str = ""
    codes: str = ""
    words: str = ""

    def row(self) -> list[Any]:
        return [self.when, self.journey.label, self.what, self.record, self.who, self.post, self.codes, self.words]


class Chronologies:
    """Of every case of the pack: steps, clocks and levels are read once for all of them."""

    def __init__(self, found: list[Family], at: datetime) -> None:
        self.found, self.at, self.posts = found, at, Posts()
        keys = list({key for family in found for key in family.records})
        self.steps = _grouped(Step.objects.filter(record__in=keys, at__lte=at).select_related("by"), "record")
        clocks = list(Clock.objects.filter(record__in=keys, started_at__lte=at))
        self.clocks = _grouped(clocks, "record")
        levels = Escalation.objects.filter(clock__in=[clock.pk for clock in clocks], raised_at__lte=at)
        told = levels.prefetch_related("notifications__person", "notifications__acknowledged_by")
        self.levels = _grouped(told.order_by("level"), "clock_id")

    def tables(self) -> Iterator[Table]:
        for family in self.found:
            rows = [event.row() for event in self.events(family)]
            lead = LEDGER if family.root is not None else "This record was not there yet at the moment of the pack."
            journey = journey_of(family.root) if family.root is not None else Journey.CONTACT
            yield Table(
                f"cases/{family.reference}", f"Chronology of {family.reference}", COLUMNS, rows, journey, lead,
                about=str(family.key),
            )  # fmt: skip

    def events(self, family: Family) -> list[Event]:
        found = [event for record in family.records.values() for event in self._of(record)]
        return sorted(found, key=lambda event: (event.when, event.record, event.what))

    def _of(self, record: Any) -> Iterator[Event]:
        journey, name = journey_of(record), named(record)
        for field, words in FIRST_KNOWN.get(record._meta.label_lower, []):
            if (when := getattr(record, field)) is not None:
                yield Event(when, journey, words, name)
        if isinstance(record, Disclosure):
            yield from self._shared(record)
        if isinstance(record, Delivery):
            yield from _arrived(record)
        for step in self.steps.get(record.pk, []):
            yield self._step(step, journey, name)
        for clock in self.clocks.get(record.pk, []):
            yield from self._clock(clock, journey, name)

    def _step(self, step: Step, journey: Journey, name: str) -> Event:
        codes, words = said(step.facts)
        who, post = (str(step.by), self.posts.of(step.by_id, step.at)) if step.by else ("Longstop", step.by_system)
        return Event(step.at, journey, in_police_words(step.transition), name, who, post, codes, words)

    def _clock(self, clock: Clock, journey: Journey, name: str) -> Iterator[Event]:
        promise = f"{promise_of(clock.deadline)} ({clock.deadline})"
        yield Event(clock.started_at, journey, f"Clock began: {promise}", name, codes=f"Due {as_text(clock.due_at)}")
        if clock.due_at < min(clock.stopped_at or self.at, self.at):
            yield Event(clock.due_at, journey, f"Deadline missed: {promise}", name)
        if clock.stopped_at:
            yield Event(clock.stopped_at, journey, f"Clock stopped: {promise}", name)
        for level in self.levels.get(clock.pk, []):
            yield from self._level(level, clock, journey, name)

    def _level(self, level: Escalation, clock: Clock, journey: Journey, name: str) -> Iterator[Event]:
        what = f"{promise_of(clock.deadline)} ({clock.deadline}): {level_in_words(level, clock.deadline)}"
        for each in level.notifications.all():
            post = self.posts.of(each.person_id, level.raised_at)
            yield Event(level.raised_at, journey, f"Told. {what}", name, str(each.person), post)
            if each.acknowledged_at and each.acknowledged_at <= self.at:
                by, seen = each.acknowledged_by_id, each.acknowledged_at
                who = str(each.acknowledged_by)
                yield Event(seen, journey, f"Acknowledged. {what}", name, who, self.posts.of(by, seen))

    def _shared(self, sent: Disclosure) -> Iterator[Event]:
        who, post = (str(sent.sent_by), self.posts.of(sent.sent_by_id, sent.sent_at)) if sent.sent_by else ("", "")
        what = f"Shared with {sent.agency}: {sent.get_purpose_display().lower()}"
        codes = f"{sent.get_basis_display()}; family told: {sent.get_informed_display().lower()}"
        yield Event(sent.sent_at, Journey.DECIDING, what, sent.reference, who, post, codes, sent.why_needed)


def _arrived(delivery: Delivery) -> Iterator[Event]:
    agency, name = str(delivery.agency), delivery.reference
    for when, what, words in (
        (delivery.delivered_at, f"Received by {agency}", delivery.told_whom),
        (delivery.acknowledged_at, f"Acknowledged by {agency}", delivery.acknowledged_by_whom),
        (delivery.decided_at, f"{agency} had decided what it does", ""),
        (delivery.outcome_at, f"Outcome known from {agency}", delivery.outcome.replace("_", " ")),
    ):
        if when:
            yield Event(when, Journey.DECIDING, what, name, words=words)


class Posts:
    """Which post somebody held when; read once."""

    def __init__(self) -> None:
        self.held: dict[int, list[Posting]] = defaultdict(list)
        for posting in Posting.objects.order_by("starts", "pk"):
            self.held[posting.person_id].append(posting)

    def of(self, person: int | None, at: datetime) -> str:
        held = [each for each in self.held[person or 0] if each.starts <= at and (each.ends is None or each.ends > at)]
        return str(Role(held[-1].role).label) if held else "No post of the force then"

    def last(self, person: int) -> str:
        held = self.held[person]
        return str(Role(held[-1].role).label) if held else "Person at an agency"


def in_police_words(transition: str) -> str:
    """The first sentence of what the verb says of itself."""
    doc = TRANSITIONS[transition].__doc__ if transition in TRANSITIONS else ""
    return " ".join((doc or transition).split()).split(". ")[0].rstrip(".")


def named(record: Any) -> str:
    """Its number, or what kind of part it is: never what its words say."""
    return str(getattr(record, "reference", "")) or str(record._meta.verbose_name).capitalize()


@cache
def known_codes() -> frozenset[str]:
    """Every code of every list of choices: a fact that is one of these is no words of anybody."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.fields:
            choices = getattr(getattr(field, "base_field", field), "flatchoices", None) or []
            found |= {str(value) for value, _ in choices if value}
    return frozenset(found)


def said(facts: dict[str, Any]) -> tuple[str, str]:
    """Facts of a step as codes, and as words that somebody wrote."""
    codes, words = [], []
    for name, value in _flat(facts):
        label = name.replace("_", " ")
        if isinstance(value, bool | int | float) or value in known_codes() or MOMENT.fullmatch(str(value)):
            codes.append(f"{label}: {_plainly(value)}")
        else:
            words.append(f"{label}: {value}")
    return "; ".join(codes), "; ".join(words)


def _flat(facts: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with the name it is under; a key of another record says nothing to a reader."""
    if isinstance(facts, dict):
        for key, value in facts.items():
            yield from _flat(value, name if key == "name" else str(key)) if key != "record" else ()
    elif isinstance(facts, list):
        for value in facts:
            yield from _flat(value, name)
    elif facts not in (None, ""):
        yield name, facts


def _plainly(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ") if isinstance(value, str) else f"{value}"


def _grouped(rows: Iterable[Any], by: str) -> dict[Any, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found
