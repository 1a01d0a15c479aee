"""Records of every kind in many states and at many moments, so that no figure is nought and none is everything."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import DatabaseError, models, transaction

from access.actor import System, acting, signed
from accounts.models import User
from cohort.models import CohortEntry, RiskPlan
from missing.models import Episode, InterviewRequest, MissingNotice
from offenders.models import (
    Approval,
    ChildContact,
    HubTask,
    ManagementPlan,
    Nominal,
    OffenderVisit,
    PlanTask,
    ScrutinyItem,
    Spell,
)
from online.models import Enforcement, LinkedChild, OnlineCase, SharedImage
from partners.models import Delivery
from ppn.models import Ppn, Subject, Trigger
from quality.models import Mark, Review, SecondLook
from sla.models import Clock
from strategy.models import StrategyMeeting
from triage.models import Incident

TEST = System("test")
TIMES = 60
VARY: dict[Any, str] = {
    Incident: "state child grade risk destination reported_at attended_at first_contact_at",
    Ppn: "state child grade submitted_at assessed_at shared_at arises_from",
    Subject: "spoken_to part ppn",
    Trigger: "state raised_at decision decided_at because ppn code",
    StrategyMeeting: "state requested_at held_at",
    Episode: "state risk reported_at attended_at found_at interviewed_at not_seen_because person",
    InterviewRequest: "state returned_at requested_at held_at outcome received_at episode",
    MissingNotice: "state whom about due_at sent_at school",
    CohortEntry: "state entered_at person",
    RiskPlan: "state due_at entry",
    OnlineCase: "state kirat received_at external_at executed_at safeguarded_at",
    LinkedChild: "state known_at notice_at how",
    Enforcement: "state kind done_at",
    SharedImage: "state reported_at resolved_at seen_at outcome",
    Nominal: "state managed_as risk visit_due_at assessment_due_at assessed_at",
    OffenderVisit: "state visited_at officer_two announced",
    ManagementPlan: "state nominal not_applicable",
    PlanTask: "state plan",
    Spell: "state release_due_at",
    HubTask: "state kind received_at",
    Approval: "state what submitted_at",
    ChildContact: "state discovered_at notice_at shared_at decision_at nominal",
    Review: "state grade reviewed_at record",
    SecondLook: "at strategy their_strategy review",
    Mark: "score criterion review",
    ScrutinyItem: "state graded_at plan_is_bespoke grade nominal round",
    Delivery: "state due_at disclosure",
}
KINDS = {
    "K4": Incident,
    "K7": Incident,
    "P6": Incident,
    "MC4": Episode,
    "MC5": Episode,
    "MC6": Episode,
    "MC7": Episode,
    "MC16": InterviewRequest,
    "MC17R": InterviewRequest,
    "MC19": CohortEntry,
    "OC3": OnlineCase,
    "OC3A": OnlineCase,
    "OC4": OnlineCase,
    "OC11": OnlineCase,
    "RS9": HubTask,
    "RS10": HubTask,
    "RS12": Nominal,
    "RS14": Nominal,
    "RS18": Approval,
    "RS18I": Approval,
}
APART = {"ppn", "episode", "person", "entry", "record", "review", "nominal", "code"}
"""What tells two records of a kind apart: each copy has another."""
STOPPED_BY = ["online.level_set", "missing.ratify", "cohort.hold_meeting", "other"]


def many(at: datetime, seed: int = 7) -> dict[str, int]:
    """Copies what is there again and again, each copy a little different; what the database refuses is left out.

    Returns how many of each kind came to be.
    """
    rng, made = Random(seed), {}
    with acting(TEST), signed(TEST):
        people = list(User.objects.filter(is_outside=False)[:3])
        for model, names in VARY.items():
            made[model.__name__] = _copies(model, names.split(), at, people, rng)
        made["Clock"] = _clocks(at, rng)
    return made


def _copies(model: Any, names: list[str], at: datetime, people: list[User], rng: Random) -> int:
    there, made = list(model.objects.all()), 0
    for number in range(TIMES if there else 0):
        copy = model.objects.get(pk=rng.choice(there).pk)
        copy.pk = model._meta.pk.get_default()
        _renamed(copy, f"{model.__name__[:6].upper()}-{number}")
        for name in sorted({*rng.sample(names, rng.randint(1, len(names))), *(APART & set(names))}):
            _varied(copy, model._meta.get_field(name), at, people, rng)
        try:
            with transaction.atomic():
                model.objects.bulk_create([copy])
                made += 1
        except DatabaseError:
            continue
    return made


def _renamed(copy: Any, reference: str) -> None:
    for field in copy._meta.concrete_fields:
        if field.unique and not field.primary_key and isinstance(field, models.CharField):
            setattr(copy, field.name, reference)


def _varied(copy: Any, field: Any, at: datetime, people: list[User], rng: Random) -> None:
    if isinstance(field, models.DateTimeField):
        _moment(copy, field, at, people, rng)
    elif field.choices:
        setattr(copy, field.name, rng.choice([value for value, _ in field.flatchoices]))
    elif field.is_relation:
        setattr(copy, field.name, rng.choice([*field.related_model._default_manager.all(), getattr(copy, field.name)]))
    elif isinstance(field, models.UUIDField):
        setattr(copy, field.name, rng.choice(list(Episode.objects.all())).pk)
    elif isinstance(field, models.JSONField):
        setattr(copy, field.name, {"supervision": "Nothing to do", "treatment": "Nothing to do"})
    elif isinstance(field, models.IntegerField):
        setattr(copy, field.name, rng.choice([0, 1, 2, 3]))
    elif field.name == "code":
        copy.code = f"T{rng.randint(1, 9)}"
    elif field.name == "criterion":
        copy.criterion = rng.choice(["seen", "heard", "observed", "plan"])
    else:
        setattr(copy, field.name, rng.choice(["", "As it was told"]))


def _moment(copy: Any, field: Any, at: datetime, people: list[User], rng: Random) -> None:
    """Some days, hours or minutes before now; with whose name it is, where the database asks for both."""
    moment: datetime | None = at - timedelta(minutes=rng.choice([7, 45, 60, 61, 700, 1440, 4320, 9000, 43_000, 60_000]))
    if field.null and rng.random() < 0.25:
        moment = None
    setattr(copy, field.name, moment)
    by = field.name.removesuffix("_at") + "_by"
    if any(each.name == by for each in copy._meta.concrete_fields):
        setattr(copy, by, rng.choice(people) if moment else None)


def _clocks(at: datetime, rng: Random) -> int:
    made = 0
    for code, model in KINDS.items():
        records = list(model.objects.all())
        for number in range(24 if records else 0):
            due = at - timedelta(minutes=rng.choice([-600, 0, 1, 90, 2000, 9000, 20_000, 43_199, 43_201]))
            stopped = rng.choice([None, due, due - timedelta(hours=1), due + timedelta(microseconds=1)])
            about = {"kind": model._meta.label_lower, "record": rng.choice(records).pk, "reference": f"C-{number}"}
            said = {"stopped_at": stopped, "stopped_by": rng.choice(STOPPED_BY) if stopped else ""}
            clock = Clock(
                deadline=code,
                started_at=due - timedelta(days=1),
                due_at=due,
                no_child=rng.random() < 0.4,
                **about,
                **said,
            )
            try:
                with transaction.atomic():
                    clock.save(force_insert=True)
                    made += 1
            except DatabaseError:
                continue
    return made
