"""11. Managed offenders: how many each manager has, visits made, overdue and how, and plans and assessments in date."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from accounts.models import User
from insight.figures.of import NEVER, SHARE, by_choice, fell_due
from offenders.models import OURS, VISITED, ManagementPlan, Nominal, OffenderVisit, Spell
from offenders.visit_patterns import plans_with_an_empty_pillar
from quality.counting import Better, By, Period, Rows, measure
from quality.measure_groups import OFFENDERS
from quality.measure_parts import OF_RECORD, STOPPED_IN_TIME, of_record

RISK = by_choice("Risk", Nominal, "risk")
VISITS_RISK = by_choice("Risk", Nominal, "risk", "nominal__risk")


def people(keys: Any) -> dict[Any, str]:
    known = User.objects.filter(pk__in=[key for key in keys if key])
    return {None: "Nobody yet"} | {each.pk: str(each) for each in known}


MANAGER = By("Offender manager", "manager", people)


def made(period: Period) -> Any:
    """Visits that were made and written down; one that was replaced by its correction counts once."""
    return OffenderVisit.objects.filter(period.within("visited_at"), state__in=["submitted", "approved"])


@measure(
    "Registered sex offenders managed",
    "Registered sex offenders whom the force manages, at the end of the period, by offender manager",
    "offenders",
    "offenders-workload",
    group=OFFENDERS,
    numerator="Registered sex offenders managed at the end of the period",
)
def offenders_registered(period: Period) -> Rows:
    return Rows(Nominal.objects.filter(state__in=OURS, managed_as="rso"), by=[MANAGER, RISK])


@measure(
    "Managed offenders of every kind",
    "Everybody whom the force manages, at the end of the period, by offender manager",
    "offenders",
    "offenders-workload",
    group=OFFENDERS,
    numerator="Offenders managed at the end of the period",
)
def offenders_managed(period: Period) -> Rows:
    return Rows(Nominal.objects.filter(state__in=OURS), by=[MANAGER, RISK])


@measure(
    "Visits made",
    "Visits to managed offenders that were made in the period and written down",
    "visits",
    "offenders-visits",
    group=OFFENDERS,
    numerator="Visits made in the period",
)
def offenders_visits_made(period: Period) -> Rows:
    return Rows(made(period), by=[VISITS_RISK, by_choice("Purpose", OffenderVisit, "purpose")], about="nominal")


@measure(
    "Visits made in time",
    "Of visits to managed offenders that fell due in the period (RS12, RS14): those made in time",
    "visits",
    "offenders-visits",
    group=OFFENDERS,
    numerator="Visits made no later than they were due",
    denominator="Visits that fell due in the period",
    **SHARE,
)
def offenders_visits_in_time(period: Period) -> Rows:
    rows = of_record(fell_due(period, "RS12", "RS14"), Nominal, "risk")
    return Rows(rows, STOPPED_IN_TIME, by=[RISK], about=OF_RECORD)


@measure(
    "Visits overdue",
    "Managed offenders whom somebody has to visit and whose visit is overdue, at the end of the period",
    "offenders",
    "offenders-visits",
    "overdue",
    group=OFFENDERS,
    numerator="Offenders whose visit is overdue; the oldest by when it fell due",
    **NEVER,
)
def offenders_visits_overdue(period: Period) -> Rows:
    rows = Nominal.objects.filter(state__in=VISITED, visit_due_at__lt=period.at)
    return Rows(rows, since="visit_due_at", by=[RISK, MANAGER])


@measure(
    "Visits by two officers",
    "Of visits made in the period: those by two officers",
    "visits",
    "offenders-visits",
    group=OFFENDERS,
    numerator="Visits by two officers",
    denominator="Visits made in the period",
    **SHARE,
)
def offenders_double_crewed(period: Period) -> Rows:
    return Rows(made(period), ~Q(officer_two=""), by=[VISITS_RISK], about="nominal")


@measure(
    "Visits nobody was told of beforehand",
    "Of visits made in the period: those that were not announced. Not known counts as announced",
    "visits",
    "offenders-visits",
    group=OFFENDERS,
    numerator="Visits that were not announced",
    denominator="Visits made in the period",
    better=Better.HIGHER,
)
def offenders_unannounced(period: Period) -> Rows:
    return Rows(made(period), Q(announced="no"), by=[VISITS_RISK], about="nominal")


@measure(
    "Assessments of offenders in date",
    "Of offenders whom the force manages and who are to be assessed, at the end of the period: those whose "
    "assessment is not "
    "overdue",
    "offenders",
    "offenders-visits",
    group=OFFENDERS,
    numerator="Offenders whose assessment is not overdue",
    denominator="Offenders with a day by which they are to be assessed",
    **SHARE,
)
def offenders_assessed_in_date(period: Period) -> Rows:
    rows = Nominal.objects.filter(state__in=OURS, assessment_due_at__isnull=False)
    return Rows(rows, Q(assessment_due_at__gte=period.at), by=[RISK])


@measure(
    "Offenders with a plan",
    "Of offenders whom the force manages and who have been assessed, at the end of the period: those with a "
    "risk management "
    "plan that a supervisor approved",
    "offenders",
    "offenders",
    group=OFFENDERS,
    numerator="Offenders with an approved plan",
    denominator="Offenders who have been assessed",
    **SHARE,
)
def offenders_with_a_plan(period: Period) -> Rows:
    stands = Exists(ManagementPlan.objects.filter(nominal=OuterRef("pk"), state="approved"))
    return Rows(Nominal.objects.filter(state__in=OURS, assessed_at__isnull=False), Q(stands), by=[RISK])


@measure(
    "Plans complete under all four pillars",
    "Of approved risk management plans, at the end of the period: those in which something is done under each "
    "pillar, or "
    "somebody said why not",
    "risk management plans",
    "offenders",
    group=OFFENDERS,
    numerator="Plans with nothing left out under any pillar",
    denominator="Approved plans of offenders whom the force manages",
    **SHARE,
)
def offenders_four_pillars(period: Period) -> Rows:
    rows = ManagementPlan.objects.filter(state="approved", nominal__state__in=OURS)
    empty: Any = plans_with_an_empty_pillar(localdate(period.at)).select_related(None)
    return Rows(rows, ~Q(pk__in=empty.figures().values("pk")), by=[VISITS_RISK])


@measure(
    "Releases that have passed with nothing recorded",
    "Offenders in custody, in hospital or abroad whose day of release or return has passed, and nobody has "
    "recorded what "
    "happened, at the end of the period",
    "releases",
    "offenders-releases",
    "passed",
    group=OFFENDERS,
    numerator="Releases passed and not recorded; the oldest by the end of its day",
    **NEVER,
)
def releases_passed(period: Period) -> Rows:
    return Rows(Spell.objects.filter(state="going_on", release_due_at__lt=period.at), since="release_due_at")
