"""The figures that show whether a recommendation is met: each with its definition, counted at this moment from the
records and clocks themselves. Of all records, whoever looks: nobody can be told from a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from missing.models import Episode, InterviewRequest
from offenders.models import Approval
from online.models import Enforcement, LinkedChild, OnlineCase
from partners.models import Agency
from ppn.codes import WAITING_FOR_REVIEW, Grade
from ppn.models import Ppn, Subject, Trigger
from quality import measure_groups as groups
from quality.counting import COUNTS, LATELY, MEASURES, Better, By, Measure, Period, Rows, Value, measure
from quality.counting import that_can_be_counted as countable
from quality.measure_parts import OF_RECORD, TEAM, YES_OR_NOT_KNOWN, missed_by, of_record
from quality.measure_targets import ALL_OF_THEM, IN_TIME
from sla.models import Clock

__all__ = ["COUNTS", "LATELY", "MEASURES", "Better", "Measure", "Period", "Rows", "Value", "countable", "measure"]

A_DAY = timedelta(hours=24)
THREE_DAYS = timedelta(hours=72)
SHARE: dict[str, Any] = {"better": Better.HIGHER, "target": IN_TIME}
WAITS: dict[str, Any] = {"better": Better.LOWER}


@measure(
    "Notices that wait for review",
    "Public protection notices that nobody has assessed, at this moment; the oldest by when it was submitted",
    "notices",
    "ppn-queue",
    group=groups.NOTICES,
    numerator="Notices submitted and not assessed, at the end of the period",
    **WAITS,
)
def notices_waiting(period: Period) -> Rows:
    rows = Ppn.objects.filter(state__in=WAITING_FOR_REVIEW)
    by = [By("Grade", "grade", dict(Grade.choices)), TEAM]
    return Rows(rows, since="submitted_at", child=YES_OR_NOT_KNOWN, by=by)


@measure(
    "Notices reviewed within 24 hours",
    "Of notices whose 24 hours were up in the period, counted from when they were submitted: those assessed within 24 "
    "hours. Nothing pauses them",
    "notices",
    "ppn-backlog",
    group=groups.NOTICES,
    numerator="Notices assessed no later than 24 hours after they were submitted",
    denominator="Notices submitted, whose 24 hours were up in the period",
    **SHARE,
)
def notices_reviewed_in_a_day(period: Period) -> Rows:
    in_time = Q(assessed_at__lte=F("submitted_at") + A_DAY)
    by = [By("Grade", "grade", dict(Grade.choices)), TEAM]
    return Rows(Ppn.objects.filter(period.within("submitted_at", whole=A_DAY)), in_time, by=by)


@measure(
    "Late incidents with a child, not re-assessed",
    "Late incidents with a child, or where nobody knows, whose re-assessment is overdue at this moment (K4)",
    "incidents",
    "board",
    "reassess",
    group=groups.INCIDENTS,
    numerator="Incidents with a child or not known, whose re-assessment is overdue at the end of the period",
    better=Better.LOWER,
    none=True,
)
def late_children_not_reassessed(period: Period) -> Rows:
    rows = Clock.running().filter(deadline="K4", no_child=False, due_at__lt=period.at)
    return Rows(rows, since="due_at", by=[TEAM], about=OF_RECORD)


@measure(
    "Children spoken to",
    "Of children in notices submitted in the period: those whom somebody spoke to. Not known counts as not",
    "children",
    "ppn-words",
    group=groups.QUALITY,
    numerator="Children whom somebody spoke to",
    denominator="Children named in notices submitted in the period",
    **SHARE,
)
def children_spoken_to(period: Period) -> Rows:
    children = Subject.objects.filter(period.within("ppn__submitted_at"), part="child")
    return Rows(children, Q(spoken_to="yes"), by=[By("Team", "ppn__team__name")], about="ppn")


@measure(
    "Medium-risk missing children for whom something was always done in time",
    "Of missing episodes at medium risk reported in the period: those without a breach of activity (MC5)",
    "missing episodes",
    "missing",
    group=groups.MISSING,
    numerator="Episodes in which the time without activity was never exceeded",
    denominator="Missing episodes at medium risk reported in the period",
    **SHARE,
)
def medium_risk_without_breach(period: Period) -> Rows:
    breach = Exists(Clock.objects.filter(missed_by(period.at), deadline="MC5", record=OuterRef("pk")))
    return Rows(Episode.objects.filter(period.within("reported_at"), risk="medium"), ~Q(breach), by=[TEAM])


@measure(
    "Return interviews held within 72 hours",
    "Of children found, for whom a return interview was asked for and whose 72 hours were up in the period: those "
    "interviewed within 72 hours",
    "return interviews",
    "interviews",
    group=groups.INTERVIEWS,
    numerator="Children interviewed no later than 72 hours after their return",
    denominator="Return interviews asked for, whose 72 hours were up in the period",
    **SHARE,
)
def return_interviews_in_time(period: Period) -> Rows:
    asked = InterviewRequest.objects.filter(period.within("returned_at", whole=THREE_DAYS))
    by = [By("Authority", "agency", lambda keys: {each.pk: str(each) for each in Agency.objects.filter(pk__in=keys)})]
    return Rows(asked, Q(held_at__lte=F("returned_at") + THREE_DAYS), by=by)


@measure(
    "First KIRAT level in time",
    "Of online cases whose first level fell due in the period (OC3, OC3A): those in which it was set in time",
    "online cases",
    "online-levels",
    group=groups.ONLINE,
    numerator="Cases whose first level was set in time",
    denominator="Cases whose first level fell due in the period",
    **SHARE,
)
def kirat_in_time(period: Period) -> Rows:
    due = of_record(Clock.objects.filter(period.within("due_at"), deadline__in=["OC3", "OC3A"]), OnlineCase, "kirat")
    in_time = Q(stopped_at__lte=F("due_at"), stopped_by="online.level_set")
    by = [By("Level", "kirat", dict(OnlineCase._meta.get_field("kirat").flatchoices) | {"": "No level yet"})]
    return Rows(due, in_time, by=by, about=OF_RECORD)


@measure(
    "Strategy discussion before enforcement",
    "Of enforcement carried out in the period where a child was concerned: that behind an open gate, with a "
    "notice and a "
    "strategy discussion first",
    "enforcements",
    "online-enforcement",
    group=groups.ONLINE,
    numerator="Enforcement carried out behind an open gate",
    denominator="Enforcement carried out in the period where a child was concerned",
    better=Better.HIGHER,
    target=ALL_OF_THEM,
)
def strategy_before_enforcement(period: Period) -> Rows:
    concerned = Exists(LinkedChild.objects.exclude(state="in_error").filter(online_case=OuterRef("online_case")))
    done = Enforcement.objects.filter(period.within("done_at"), concerned, state="done")
    by = [By("Kind", "kind", dict(Enforcement._meta.get_field("kind").flatchoices))]
    return Rows(done, Q(override=None, happened=None), by=by)


@measure(
    "Approvals that wait for a supervisor",
    "Visits, assessments and plans for managed offenders that no supervisor has decided on, at this moment",
    "approvals",
    "offenders-approvals",
    group=groups.APPROVALS,
    numerator="Approvals waiting at the end of the period; the oldest by when it was submitted",
    **WAITS,
)
def approvals_open(period: Period) -> Rows:
    waiting = Approval.objects.filter(state=Approval.State.WAITING)
    by = [By("Team", "at_team__name"), By("What", "what", dict(Approval._meta.get_field("what").flatchoices))]
    return Rows(waiting, since="submitted_at", by=by)


@measure(
    "Strategy triggers nobody has decided on",
    "Triggers of a strategy meeting that are raised or proposed and not decided, at this moment",
    "triggers",
    "ppn-triggers",
    group=groups.STRATEGY,
    numerator="Triggers not decided at the end of the period; the oldest by when it was raised",
    **WAITS,
)
def triggers_undecided(period: Period) -> Rows:
    return Rows(Trigger.objects.exclude(state=Trigger.State.DECIDED), since="raised_at", by=[TEAM])


@measure(
    "Schools told before their next day began",
    "Of school notices of domestic abuse that fell due in the period (P6): those told in time. The others were missed",
    "school notices",
    "schools-to-tell",
    group=groups.NOTICES,
    numerator="Schools told before the child's next school day began",
    denominator="School notices that fell due in the period",
    **SHARE,
)
def schools_told_in_time(period: Period) -> Rows:
    due = Clock.objects.filter(period.within("due_at"), deadline="P6")
    return Rows(due, Q(stopped_at__lte=F("due_at")), by=[TEAM], about=OF_RECORD)


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
