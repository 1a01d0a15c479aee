"""5. Missing children: how many, how soon somebody was there, what was done for them, and what followed their
return."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from insight.figures.of import NEVER, SHARE, by_choice, fell_due, took
from missing.models import Episode
from ppn.models import Ppn
from quality.counting import MIDDLE, Better, By, Period, Rows, measure
from quality.measure_groups import MISSING
from quality.measure_parts import OF_RECORD, STOPPED_IN_TIME, missed_by, of_record
from sla.models import Clock

RISK = by_choice("Risk", Episode, "risk")
NINETY_DAYS = timedelta(days=90)
NINE_IN_TEN = 90
IN_ERROR = "in_error"
SPOKEN_TO = Q(interviewed_at__isnull=False, not_seen_because="")
LATER: dict[str, Any] = {"better": Better.LOWER}


def reported(period: Period) -> Any:
    """Without what was recorded in error, or twice."""
    return Episode.objects.filter(period.within("reported_at")).exclude(state=IN_ERROR)


def found(period: Period) -> Any:
    return Episode.objects.filter(period.within("found_at")).exclude(state=IN_ERROR)


def clocks(period: Period, *codes: str) -> Any:
    return of_record(fell_due(period, *codes), Episode, "risk")


@measure(
    "Children reported missing",
    "Missing episodes reported in the period; what was recorded in error or twice is left out",
    "missing episodes",
    "missing",
    group=MISSING,
    numerator="Missing episodes reported in the period",
)
def missing_reported(period: Period) -> Rows:
    return Rows(reported(period), by=[RISK, by_choice("Missing from", Episode, "missing_from")])


@measure(
    "Children missing now, with nothing done in time",
    "Missing children for whom nothing was done within the time that their risk allows (MC5), at the end of the period",
    "missing children",
    "missing",
    group=MISSING,
    numerator="Missing children whose time without activity is exceeded; the oldest by when something was due",
    **NEVER,
)
def missing_nothing_done(period: Period) -> Rows:
    rows = of_record(Clock.running().filter(deadline="MC5", due_at__lt=period.at), Episode, "risk")
    return Rows(rows, since="due_at", by=[RISK], about=OF_RECORD)


@measure(
    "Time until an officer was with whoever reported a child missing",
    "Of missing episodes attended in the period: the time from the report to the attendance, the middle one",
    "missing episodes",
    "missing",
    group=MISSING,
    numerator="The middle of the times from the report to the attendance",
    denominator="Missing episodes attended in the period",
    percentile=MIDDLE,
    **LATER,
)
def missing_attended_took(period: Period) -> Rows:
    rows = Episode.objects.filter(period.within("attended_at")).exclude(state=IN_ERROR)
    return Rows(rows, took=took("attended_at", "reported_at"), by=[RISK])


@measure(
    "Time within which nine in ten were attended",
    "Of missing episodes attended in the period: the time from the report within which nine in ten were attended",
    "missing episodes",
    "missing",
    group=MISSING,
    numerator="The time that nine in ten did not exceed",
    denominator="Missing episodes attended in the period",
    percentile=NINE_IN_TEN,
    **LATER,
)
def missing_nine_in_ten_attended(period: Period) -> Rows:
    return missing_attended_took(period)


@measure(
    "Risk ratified in time",
    "Of missing children's risk that fell due to be ratified by a supervisor in the period (MC4): that "
    "ratified in time",
    "missing episodes",
    "missing",
    group=MISSING,
    numerator="Risks ratified in time",
    denominator="Risks that fell due to be ratified in the period",
    **SHARE,
)
def missing_ratified_in_time(period: Period) -> Rows:
    in_time = STOPPED_IN_TIME & Q(stopped_by="missing.ratify")
    return Rows(clocks(period, "MC4"), in_time, by=[RISK], about=OF_RECORD)


@measure(
    "Times without activity for a missing child",
    "How often in the period nothing was done for a missing child within the time that the risk allows (MC5)",
    "times",
    "missing",
    group=MISSING,
    numerator="Times that activity was due in the period and came late or not at all",
    **NEVER,
)
def missing_inactivity(period: Period) -> Rows:
    return Rows(clocks(period, "MC5").filter(missed_by(period.at)), since="due_at", by=[RISK], about=OF_RECORD)


@measure(
    "Supervisors' reviews of missing children in time",
    "Of reviews of missing children that fell due in the period, by a supervisor or an inspector (MC6, MC7): "
    "those made in "
    "time",
    "reviews",
    "missing",
    group=MISSING,
    numerator="Reviews made in time",
    denominator="Reviews that fell due in the period",
    **SHARE,
)
def missing_reviews_in_time(period: Period) -> Rows:
    by = [RISK, By("Review", "deadline", {"MC6": "Supervisor's", "MC7": "Inspector's"})]
    return Rows(clocks(period, "MC6", "MC7"), STOPPED_IN_TIME, by=by, about=OF_RECORD)


@measure(
    "Children reported missing again within 90 days",
    "Of missing episodes reported in the period: those of a child who was reported missing in the 90 days before",
    "missing episodes",
    "missing",
    group=MISSING,
    numerator="Episodes of a child who was reported missing in the 90 days before",
    denominator="Missing episodes reported in the period",
    **LATER,
)
def missing_again(period: Period) -> Rows:
    since = OuterRef("reported_at") - NINETY_DAYS
    before = Episode.objects.filter(
        person__same_as=OuterRef("person__same_as"), reported_at__lt=OuterRef("reported_at")
    )
    before = before.filter(reported_at__gte=since).exclude(state=IN_ERROR)
    return Rows(reported(period), Q(Exists(before)), by=[RISK])


@measure(
    "Time until a missing child was found",
    "Of missing children found in the period: the time from the report until they were found, the middle one",
    "missing episodes",
    "missing",
    group=MISSING,
    numerator="The middle of the times from the report until the child was found",
    denominator="Missing episodes in which the child was found in the period",
    percentile=MIDDLE,
    **LATER,
)
def missing_found_took(period: Period) -> Rows:
    return Rows(found(period).filter(found_at__gte=F("reported_at")), took=took("found_at", "reported_at"), by=[RISK])


@measure(
    "Children spoken to after they were found",
    "Of missing children found in the period: those whom an officer saw and spoke to (prevention interview)",
    "missing episodes",
    "missing",
    group=MISSING,
    numerator="Children seen and spoken to in a prevention interview",
    denominator="Missing episodes in which the child was found in the period",
    **SHARE,
)
def missing_spoken_to(period: Period) -> Rows:
    return Rows(found(period), SPOKEN_TO, by=[RISK])


@measure(
    "Notices about children who were missing",
    "Of missing children found in the period: those about whose episode a public protection notice was submitted",
    "missing episodes",
    "missing",
    group=MISSING,
    numerator="Episodes from which a notice arose",
    denominator="Missing episodes in which the child was found in the period",
    **SHARE,
)
def missing_with_a_notice(period: Period) -> Rows:
    return Rows(found(period), Q(Exists(Ppn.objects.filter(arises_from=OuterRef("pk")))), by=[RISK])
