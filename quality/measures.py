"""The figures that show whether a recommendation is met: each with its definition, counted at this moment from the
records and clocks themselves. Of all records, whoever looks: nobody can be told from a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.urls import reverse

from access.actor import System, acting
from govuk.times import exactly
from missing.models import Episode, InterviewRequest
from offenders.models import Approval
from online.models import Enforcement, LinkedChild
from ppn.codes import WAITING_FOR_REVIEW
from ppn.models import Ppn, Subject, Trigger
from sla.models import Clock

COUNTS = System("measures")
LATELY = timedelta(days=30)
A_DAY = timedelta(hours=24)
THREE_DAYS = timedelta(hours=72)


@dataclass(frozen=True)
class Value:
    """What was counted. Without `of` it is how many there are; with it, how many of those."""

    counted: int
    of: int | None = None
    oldest: datetime | None = None

    @property
    def in_words(self) -> str:
        """No cases is said, and is never 0 %."""
        if self.of is None:
            since = f", the oldest since {exactly(self.oldest)}" if self.oldest else ""
            return f"{self.counted}{since}" if self.counted else "None"
        return f"{self.counted} of {self.of} ({round(100 * self.counted / self.of)} %)" if self.of else "No cases"


@dataclass(frozen=True)
class Measure:
    """One figure. `page` and `show`: where its rows are listed."""

    code: str
    name: str
    definition: str
    unit: str
    page: str
    count: Callable[[datetime], Value]
    show: str = ""

    def at(self, at: datetime) -> Value:
        with acting(COUNTS, apart=True):
            return self.count(at)

    @property
    def url(self) -> str:
        return f"{reverse(self.page)}{f'?show={self.show}' if self.show else ''}"


MEASURES: dict[str, Measure] = {}
"""By code, as a recommendation names them."""


def _measure(name: str, definition: str, unit: str, page: str, show: str = "") -> Callable[[Any], Any]:
    def declare(count: Callable[[datetime], Value]) -> Callable[[datetime], Value]:
        code = count.__name__
        MEASURES[code] = Measure(code, name, definition, unit, page, count, show)
        return count

    return declare


def _lately(field: str, at: datetime, *, whole: timedelta = timedelta(0)) -> Q:
    """Within the last 30 days, and so long ago that its time has gone whole."""
    return Q(**{f"{field}__gt": at - LATELY, f"{field}__lte": at - whole})


def _waiting(rows: QuerySet[Any], since: str) -> Value:
    found = rows.aggregate(n=Count("pk"), oldest=Min(since))
    return Value(found["n"], oldest=found["oldest"])


def _share(rows: QuerySet[Any], those: Q) -> Value:
    found = rows.aggregate(n=Count("pk", filter=those, distinct=True), of=Count("pk", distinct=True))
    return Value(found["n"], found["of"])


@_measure(
    "Notices that wait for review",
    "Public protection notices that nobody has assessed, at this moment; the oldest by when it was submitted",
    "notices",
    "ppn-queue",
)
def notices_waiting(at: datetime) -> Value:
    return _waiting(Ppn.objects.filter(state__in=WAITING_FOR_REVIEW), "submitted_at")


@_measure(
    "Notices reviewed within 24 hours",
    "Of notices submitted in the last 30 days, and at least 24 hours ago: those assessed within 24 hours",
    "notices",
    "ppn-backlog",
)
def notices_reviewed_in_a_day(at: datetime) -> Value:
    in_time = Q(assessed_at__lte=F("submitted_at") + A_DAY)
    return _share(Ppn.objects.filter(_lately("submitted_at", at, whole=A_DAY)), in_time)


@_measure(
    "Late incidents with a child, not re-assessed",
    "Late incidents with a child, or where nobody knows, whose re-assessment is overdue at this moment (K4)",
    "incidents",
    "board",
)
def late_children_not_reassessed(at: datetime) -> Value:
    return _waiting(Clock.running().filter(deadline="K4", no_child=False, due_at__lt=at), "due_at")


@_measure(
    "Children spoken to",
    "Of children in notices submitted in the last 30 days: those whom somebody spoke to. Not known counts as not",
    "children",
    "ppn-words",
)
def children_spoken_to(at: datetime) -> Value:
    children = Subject.objects.filter(_lately("ppn__submitted_at", at), part="child")
    return _share(children, Q(spoken_to="yes"))


@_measure(
    "Medium-risk missing children for whom something was always done in time",
    "Of missing episodes at medium risk reported in the last 30 days: those without a breach of activity (MC5)",
    "missing episodes",
    "missing",
)
def medium_risk_without_breach(at: datetime) -> Value:
    late = Q(stopped_at__gt=F("due_at")) | Q(stopped_at=None, due_at__lt=at)
    breach = Exists(Clock.objects.filter(late, deadline="MC5", record=OuterRef("pk")))
    return _share(Episode.objects.filter(_lately("reported_at", at), risk="medium"), ~Q(breach))


@_measure(
    "Return interviews held within 72 hours",
    "Of children found in the last 30 days, and at least 72 hours ago, for whom one was asked for: those interviewed "
    "within 72 hours",
    "return interviews",
    "interviews",
)
def return_interviews_in_time(at: datetime) -> Value:
    asked = InterviewRequest.objects.filter(_lately("returned_at", at, whole=THREE_DAYS))
    return _share(asked, Q(held_at__lte=F("returned_at") + THREE_DAYS))


@_measure(
    "First KIRAT level in time",
    "Of online cases whose first level fell due in the last 30 days (OC3, OC3A): those in which it was set in time",
    "online cases",
    "online-levels",
)
def kirat_in_time(at: datetime) -> Value:
    due = Clock.objects.filter(_lately("due_at", at), deadline__in=["OC3", "OC3A"])
    return _share(due, Q(stopped_at__lte=F("due_at"), stopped_by="online.level_set"))


@_measure(
    "Strategy discussion before enforcement",
    "Of enforcement carried out in the last 30 days where a child was concerned: that behind an open gate, with a "
    "notice and a strategy discussion first",
    "enforcements",
    "online-enforcement",
)
def strategy_before_enforcement(at: datetime) -> Value:
    concerned = Exists(LinkedChild.objects.exclude(state="in_error").filter(online_case=OuterRef("online_case")))
    done = Enforcement.objects.filter(_lately("done_at", at), concerned, state="done")
    return _share(done, Q(override=None, happened=None))


@_measure(
    "Approvals that wait for a supervisor",
    "Visits, assessments and plans for managed offenders that no supervisor has decided on, at this moment",
    "approvals",
    "offenders-approvals",
)
def approvals_open(at: datetime) -> Value:
    return _waiting(Approval.objects.filter(state=Approval.State.WAITING), "submitted_at")


@_measure(
    "Strategy triggers nobody has decided on",
    "Triggers of a strategy meeting that are raised or proposed and not decided, at this moment",
    "triggers",
    "ppn-triggers",
)
def triggers_undecided(at: datetime) -> Value:
    return _waiting(Trigger.objects.exclude(state=Trigger.State.DECIDED), "raised_at")


@_measure(
    "Schools told before their next day began",
    "Of school notices that fell due in the last 30 days (P6): those told in time. The others were missed",
    "school notices",
    "schools-to-tell",
)
def schools_told_in_time(at: datetime) -> Value:
    due = Clock.objects.filter(_lately("due_at", at), deadline="P6")
    return _share(due, Q(stopped_at__lte=F("due_at")))


def frozen(codes: Sequence[str], at: datetime) -> list[dict[str, Any]]:
    """These measures as they stand, as a snapshot keeps them. One that a later version no longer knows says so."""
    return [_as_kept(code, at) for code in codes]


def _as_kept(code: str, at: datetime) -> dict[str, Any]:
    measure = MEASURES.get(code)
    if measure is None:
        return {"code": code, "name": code, "said": "Not counted any more"}
    value = measure.at(at)
    return {
        "code": code,
        "name": measure.name,
        "definition": measure.definition,
        "unit": measure.unit,
        "said": value.in_words,
        "counted": value.counted,
        "of": value.of,
        "oldest": value.oldest.isoformat() if value.oldest else None,
        "at": at.isoformat(),
    }
