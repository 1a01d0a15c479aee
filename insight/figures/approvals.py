"""13. Approvals by supervisors: overdue, and in time (those that wait: `quality.measures`)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from accounts.duty import Duty
from accounts.models import Posting
from insight.figures.of import SHARE, WAITS, by_choice, fell_due
from offenders.models import Approval
from quality.counting import By, Period, Rows, cannot_be_counted, measure
from quality.measure_groups import APPROVALS
from quality.measure_parts import OF_RECORD, STOPPED_IN_TIME, TEAM

TEAMS = [By("Team", "at_team__name"), by_choice("What", Approval, "what")]


@measure(
    "Approvals decided in time",
    "Of approvals that fell due in the period (RS18, RS18I): those decided in time",
    "approvals",
    "offenders-approvals",
    group=APPROVALS,
    numerator="Approvals decided in time",
    denominator="Approvals that fell due in the period",
    **SHARE,
)
def approvals_in_time(period: Period) -> Rows:
    return Rows(fell_due(period, "RS18", "RS18I"), STOPPED_IN_TIME, by=[TEAM], about=OF_RECORD)


@measure(
    "Approvals whose supervisor is away",
    "Approvals that wait for a post whose holder in that team is away, at the end of the period: somebody "
    "covers for them",
    "approvals",
    "offenders-cover",
    group=APPROVALS,
    numerator="Approvals waiting for somebody who is away; the oldest by when it was submitted",
    **WAITS,
)
def approvals_supervisor_away(period: Period) -> Rows:
    held = Posting.objects.filter(Q(ends=None) | Q(ends__gt=period.at), starts__lte=period.at)
    away = held.filter(person__in=Duty(period.at).away, role=OuterRef("role"), team=OuterRef("at_team"))
    return Rows(Approval.objects.filter(Exists(away), state="waiting"), since="submitted_at", by=TEAMS)


cannot_be_counted(
    "approvals_rerouted",
    "Approvals that went to somebody else",
    "an approval waits for a post and not for a person, so none is ever moved; who is away and covered for is counted "
    "beside it",
    APPROVALS,
)
