"""What cases of an evidence pack are drawn from: which records are of a period, how they are grouped, and by what rule
the draw is narrowed. Asked as the tables stood at the moment of the pack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from access.actor import Actor, System, acting
from access.guarded import Guarded
from access.time import now
from cohort.codes import IN_ORDER
from cohort.codes import Risk as MissingRisk
from govuk.fields import YesNoNotKnown as Answer
from history.replay import as_it_stood
from insight.codes import CaseOf, ChildRule
from missing.codes import State as EpisodeState
from missing.models import Episode
from offenders.codes import HIGH_FIRST
from offenders.codes import Risk as OffenderRisk
from offenders.models import Nominal
from online.codes import HIGHEST_FIRST, Kirat
from online.models import OnlineCase
from ppn.codes import Grade as NoticeGrade
from ppn.codes import State as NoticeState
from ppn.models import Ppn
from sla.models import Clock
from sla.policy import DEADLINES
from strategy.models import StrategyMeeting
from triage.codes import Grade as IncidentGrade
from triage.models import Incident

COUNTS = System("evidence pack: how many there are")
CHILD_FIRST = [Answer.YES.value, Answer.NOT_KNOWN.value, Answer.NO.value]
NO_LEVEL = "not_assessed"
A_CHILD = ~Q(child=Answer.NO)
A_CHILD_AT_A_CALL = A_CHILD | ~Q(possible_child_because="")
Groups = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Rule:
    """How a draw is narrowed. `group`: a grade, risk or level, empty = any; `late`: some deadline was missed."""

    of: str
    group: str = ""
    child: str = ""
    late: bool = False


@dataclass(frozen=True)
class CaseKind:
    """One kind of case. `of_period`: which records are of a period; `stratum` and `strata`: how a draw is spread, the
    most urgent first; `groups`: by which field and values it can be narrowed; `child`: which concern a child."""

    model: type[Guarded]
    of_period: Callable[[datetime, datetime], Q]
    stratum: Callable[[Any], str]
    strata: Sequence[str]
    group_field: str = ""
    groups: Groups = ()
    child: Q | None = None


def _reached(field: str) -> Callable[[datetime, datetime], Q]:
    return lambda begins, ends: Q(**{f"{field}__gte": begins, f"{field}__lt": ends})


def _managed(begins: datetime, ends: datetime) -> Q:
    return Q(began_at__lt=ends) & (Q(ended_at=None) | Q(ended_at__gte=begins))


def _filed_without(begins: datetime, ends: datetime) -> Q:
    """No meeting was asked for it, whatever the notice says about one."""
    asked = StrategyMeeting.objects.filter(about=OuterRef("pk"))
    return _reached("submitted_at")(begins, ends) & Q(state=NoticeState.FILED) & Q(~Exists(asked))


def _late_for_a_child(begins: datetime, ends: datetime) -> Q:
    return _reached("reported_at")(begins, ends) & A_CHILD_AT_A_CALL & _missed(attendance())


def attendance() -> list[str]:
    """Codes of the deadlines by which an incident is attended, or its caller first contacted."""
    return [code for code, each in DEADLINES.items() if each.publishes == "attend_by"]


def _missed(codes: Sequence[str] = ()) -> Q:
    """Some deadline was missed; with codes, one of these. What still runs counts from when it was due."""
    late = Clock.objects.filter(record=OuterRef("pk"), due_at__lt=Coalesce(F("stopped_at"), _moment()))
    return Q(Exists(late.filter(deadline__in=codes) if codes else late))


def _moment() -> Value:
    return Value(now(), output_field=DateTimeField())


RISK_FIRST = [each.value for each in IN_ORDER]
OFFENDERS_FIRST = [each.value for each in HIGH_FIRST]
LEVELS_FIRST = [NO_LEVEL, *(each.value for each in HIGHEST_FIRST)]
_INCIDENT: dict[str, Any] = {
    "model": Incident,
    "stratum": lambda record: str(record.child_shown),
    "strata": CHILD_FIRST,
    "group_field": "grade",
    "groups": IncidentGrade.choices,
    "child": A_CHILD_AT_A_CALL,
}
_NOTICE: dict[str, Any] = {
    "model": Ppn,
    "stratum": lambda record: str(record.child),
    "strata": CHILD_FIRST,
    "group_field": "grade",
    "groups": NoticeGrade.choices,
    "child": A_CHILD,
}
KINDS: dict[str, CaseKind] = {
    CaseOf.INCIDENT: CaseKind(of_period=_reached("reported_at"), **_INCIDENT),
    CaseOf.LATE_CHILD: CaseKind(of_period=_late_for_a_child, **_INCIDENT),
    CaseOf.NOTICE: CaseKind(of_period=_reached("submitted_at"), **_NOTICE),
    CaseOf.NO_MEETING: CaseKind(of_period=_filed_without, **_NOTICE),
    CaseOf.EPISODE: CaseKind(
        model=Episode,
        of_period=lambda begins, ends: _reached("reported_at")(begins, ends) & ~Q(state=EpisodeState.IN_ERROR),
        stratum=lambda record: str(record.risk),
        strata=RISK_FIRST,
        group_field="risk",
        groups=MissingRisk.choices,
    ),
    CaseOf.MEETING: CaseKind(
        model=StrategyMeeting,
        of_period=_reached("requested_at"),
        stratum=lambda record: str(record.risk_is_immediate),
        strata=CHILD_FIRST,
    ),
    CaseOf.ONLINE: CaseKind(
        model=OnlineCase,
        of_period=_reached("received_at"),
        stratum=lambda record: str(record.kirat or NO_LEVEL),
        strata=LEVELS_FIRST,
        group_field="kirat",
        groups=Kirat.choices,
    ),
    CaseOf.NOMINAL: CaseKind(
        model=Nominal,
        of_period=_managed,
        stratum=lambda record: str(record.risk),
        strata=OFFENDERS_FIRST,
        group_field="risk",
        groups=OffenderRisk.choices,
    ),
}
MODELS: dict[str, type[Guarded]] = {kind.model._meta.label_lower: kind.model for kind in KINDS.values()}


@dataclass(frozen=True)
class Population:
    """What a draw is from: the records that may be drawn, and how many there are besides."""

    records: list[Any]
    restricted: int
    not_seen: int


def population(rule: Rule, *, begins: datetime, ends: datetime, at: datetime, who: Actor) -> Population:
    """Everything of a period, as it stood at `at`, that `who` may see. What only named people may see is counted and
    never drawn, also where `who` is one of them: it is added by name, and somebody answers for it."""
    kind = KINDS[rule.of]
    with as_it_stood(at):
        with acting(who):
            seen = _rows(kind, rule, begins, ends).filter(_open(kind)).order_by("reference")
            records = list(seen)
        with acting(COUNTS, apart=True):
            rows = _rows(kind, rule, begins, ends)
            everything, free = rows.count(), rows.filter(_open(kind)).count()
    return Population(records, everything - free, free - len(records))


def _open(kind: CaseKind) -> Q:
    """Not restricted to named people. An offender has no case; their person may have one."""
    path = "person__learned_in" if kind.model is Nominal else "case"
    return Q(**{path: None}) | Q(**{f"{path}__restricted": False})


def _rows(kind: CaseKind, rule: Rule, begins: datetime, ends: datetime) -> QuerySet[Any]:
    rows: QuerySet[Any] = kind.model.objects.filter(kind.of_period(begins, ends))
    if rule.group and kind.group_field:
        rows = rows.filter(**{kind.group_field: rule.group})
    if rule.child and kind.child is not None:
        rows = rows.filter(kind.child if rule.child == ChildRule.CHILD else ~kind.child)
    return rows.filter(_missed()) if rule.late else rows


def by_reference(reference: str) -> Any:
    """The record of that number, as whoever asks may see it; None = there is none, or it is hidden from them."""
    for model in MODELS.values():
        if (record := model.objects.filter(reference__iexact=reference.strip()).first()) is not None:
            return record
    return None


def case_of(record: Any) -> Any:
    """Key of the case by which its visibility is decided; None = it has none."""
    return record.person.learned_in_id if isinstance(record, Nominal) else record.case_id
