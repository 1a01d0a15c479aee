"""A case as a whole: the record that was drawn, what was raised from it, every other record of the same case, and their
parts; and everybody who is named in any of it. Read as the tables stood, as whoever has the pack put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from access.actor import System, acting
from access.guarded import Guarded
from access.time import today
from accounts.models import User
from cases.models import Alias, Case, Person, Residence
from insight.evidence_kinds import MODELS
from insight.evidence_tables import Journey
from missing.models import Episode
from ppn.models import Ppn, Subject
from strategy.models import StrategyMeeting

READS = System("evidence pack: which names are to be taken out")
ADULT_AT = 18
WITH_A_CASE = ("triage", "ppn", "missing", "strategy", "online", "partners", "documents")
JOURNEY = {
    "triage": Journey.CONTACT,
    "missing": Journey.ASSESSMENT,
    "ppn": Journey.ASSESSMENT,
    "documents": Journey.ASSESSMENT,
    "partners": Journey.DECIDING,
    "strategy": Journey.DECIDING,
    "online": Journey.INVESTIGATION,
    "offenders": Journey.RISK,
}
NAMES = {
    *("name", "caller", "reporter", "last_seen_by", "told_whom", "acknowledged_by_whom", "by_name", "name_there"),
    *("name_said", "name_given", "child_said", "who", "whom", "who_will_tell", "who_will", "with_whom", "told_name"),
    *("officer_one", "officer_two", "officers", "taken_by", "agreed_with", "custody_officer", "authorised_by"),
    *("social_worker", "acknowledged_name", "answered_by_name", "accepted_by_name", "reply_from", "decision_from"),
    *("outcome_from", "raised_with", "from_whom", "owner", "child", "provider", "contact", "seen_with"),
}
"""Fields without choices in which somebody writes a name."""


@dataclass
class Family:
    """One case of the pack and every record that belongs to it; `root` None = it was not on record at that moment."""

    key: UUID
    reference: str
    root: Any
    records: dict[UUID, Any] = field(default_factory=dict)


def families(chosen: Iterable[tuple[str, UUID, str]]) -> list[Family]:
    """Of (model, key, reference), in their order. A handful of statements for all of them together."""
    chosen = list(chosen)
    roots = _roots(chosen)
    found = [Family(key, reference, roots.get(key)) for _, key, reference in chosen]
    for each in found:
        if each.root is not None:
            each.records[each.key] = each.root
    _of_the_same_case(found)
    _raised_from(found)
    _parts(found)
    return found


def withheld(found: list[Family], chosen: Iterable[tuple[str, UUID, str]]) -> dict[str, int]:
    """Reference of each case -> how many of its records and their parts whoever has it put together may not see."""
    with acting(READS, apart=True):
        everything = families(chosen)
    return {
        seen.reference: len(set(whole.records) - set(seen.records))
        for seen, whole in zip(found, everything, strict=True)
    }


def _roots(chosen: list[tuple[str, UUID, str]]) -> dict[UUID, Any]:
    keys = defaultdict(list)
    for kind, key, _ in chosen:
        keys[kind].append(key)
    return {each.pk: each for kind, among in keys.items() for each in MODELS[kind].objects.filter(pk__in=among)}


def _of_the_same_case(found: list[Family]) -> None:
    by_case = defaultdict(list)
    for family in found:
        if case := getattr(family.root, "case_id", None):
            by_case[case].append(family)
    for model in _models_with(Case, only=WITH_A_CASE, name="case"):
        for record in model.objects.filter(case__in=list(by_case)):
            for family in by_case[record.case_id]:
                family.records.setdefault(record.pk, record)


def _raised_from(found: list[Family]) -> None:
    """What arose from one of them, such as a notice from a call, also where it has a case of its own."""
    by_record = _by_record(found)
    for model, path in ((Ppn, "arises_from"), (Episode, "arises_from"), (StrategyMeeting, "about")):
        for record in model.objects.filter(**{f"{path}__in": list(by_record)}):
            for family in by_record[getattr(record, path)]:
                family.records.setdefault(record.pk, record)


def _parts(found: list[Family]) -> None:
    by_record = _by_record(found)
    for root in MODELS.values():
        for model, path in _parts_of(root):
            rows = model.objects.filter(**{f"{path}__in": list(by_record)})
            for record in rows:
                for family in by_record[getattr(record, f"{path}_id")]:
                    family.records.setdefault(record.pk, record)


def _by_record(found: list[Family]) -> dict[UUID, list[Family]]:
    by_record = defaultdict(list)
    for family in found:
        for key in family.records:
            by_record[key].append(family)
    return by_record


def _parts_of(root: type[Guarded]) -> Iterator[tuple[type[Guarded], str]]:
    for model in _ours():
        for each in model._meta.fields:
            if each.is_relation and each.related_model is root and model is not root:
                yield model, each.name


def _models_with(target: type[models.Model], *, only: tuple[str, ...], name: str) -> Iterator[type[Guarded]]:
    for model in _ours():
        fields = {each.name: each for each in model._meta.fields if each.is_relation}
        if model._meta.app_label in only and name in fields and fields[name].related_model is target:
            yield model


def _ours() -> list[type[Guarded]]:
    """Guarded models of the apps whose records a case is made of."""
    return [
        model for model in apps.get_models() if issubclass(model, Guarded) and model._meta.app_label in set(JOURNEY)
    ]


def journey_of(record: Any) -> Journey:
    return JOURNEY[record._meta.app_label]


def named_in(found: Iterable[Family]) -> list[tuple[str, str]]:
    """(name, "child", "adult" or "person") of everybody who is named in any of it, is on record in it, or lives where
    they do. Read by Longstop: whom the preparer may not see is taken out too."""
    with acting(READS, apart=True):
        return list(dict.fromkeys(each for family in found for each in _named(family)))


def _named(family: Family) -> Iterator[tuple[str, str]]:
    people = set()
    for _, record in sorted(family.records.items(), key=lambda each: (str(each[1]._meta.label), str(each[0]))):
        for each in record._meta.fields:
            if each.is_relation and each.related_model is Person:
                people.add(getattr(record, each.attname))
            elif each.name in NAMES and isinstance(each, models.CharField) and not each.choices:
                yield from _written(str(getattr(record, each.name) or ""), record)
    yield from _on_record({key for key in people if key})


def _written(name: str, record: Any) -> Iterator[tuple[str, str]]:
    """Words without a capital, such as “a neighbour”, are no name."""
    if any(word[:1].isupper() for word in name.split()):
        is_child = (isinstance(record, Subject) and record.is_child) or record._meta.model_name == "meetingchild"
        yield name, "child" if is_child else "person"


def _on_record(people: set[UUID]) -> Iterator[tuple[str, str]]:
    homes = Residence.objects.filter(person__in=people).figures().values("address")
    lives = Residence.objects.filter(address__in=homes).figures().values("person")
    known = Person.objects.filter(pk__in=people) | Person.objects.filter(pk__in=lives)
    for person in known.order_by("pk"):
        yield person.name, _kind(person, today())
    for alias in Alias.objects.filter(person__in=people).select_related("person").order_by("pk"):
        yield f"{alias.given_names} {alias.family_name}".strip(), _kind(alias.person, today())


def _kind(person: Person, day: date) -> str:
    if person.born_from is None:
        return "person"
    years = day.year - person.born_from.year - ((day.month, day.day) < (person.born_from.month, person.born_from.day))
    return "child" if years < ADULT_AT else "adult"


def staff() -> list[User]:
    """Everybody who works here or at an agency, to be known by their post."""
    return list(User.objects.order_by("pk"))
