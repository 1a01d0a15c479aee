"""4. Triggers of strategy meetings: met, meetings asked for, held in time, refused with a reason; what samples
found."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q

from insight.figures.of import SHARE, authority, by_choice
from ppn.models import Trigger
from quality.counting import Better, By, Period, Rows, measure
from quality.measure_groups import STRATEGY
from quality.models import SecondLook
from strategy.models import StrategyMeeting

A_DAY = timedelta(hours=24)
CODE = By("Trigger", "code")


@measure(
    "Triggers of a strategy meeting that were met",
    "Triggers raised in the period, by the software or by somebody",
    "triggers",
    "ppn-triggers",
    group=STRATEGY,
    numerator="Triggers raised in the period",
)
def triggers_met(period: Period) -> Rows:
    return Rows(Trigger.objects.filter(period.within("raised_at")), by=[CODE], about="ppn")


@measure(
    "Triggers for which a meeting was asked for",
    "Of triggers decided in the period: those for which a strategy meeting was requested, or had been held",
    "triggers",
    "ppn-triggers",
    group=STRATEGY,
    numerator="Triggers decided with a meeting requested or held",
    denominator="Triggers decided in the period",
)
def triggers_requested(period: Period) -> Rows:
    decided = Trigger.objects.filter(period.within("decided_at"))
    return Rows(decided, Q(decision__in=["requested", "held"]), by=[CODE], about="ppn")


@measure(
    "Strategy meetings held within 24 hours",
    "Of strategy meetings requested whose 24 hours were up in the period: those held within 24 hours. "
    "Requests taken back "
    "are left out; one that the authority declined counts as not held",
    "strategy meetings",
    "strategy-queue",
    group=STRATEGY,
    numerator="Meetings held no later than 24 hours after they were requested",
    denominator="Meetings requested, whose 24 hours were up in the period",
    **SHARE,
)
def meetings_held_in_a_day(period: Period) -> Rows:
    rows = StrategyMeeting.objects.filter(period.within("requested_at", whole=A_DAY))
    rows = rows.exclude(state="cancelled")
    return Rows(rows, Q(held_at__lte=F("requested_at") + A_DAY), by=[authority("authority")])


@measure(
    "Triggers refused with a reason",
    "Of triggers decided in the period without a meeting: those with a reason written down",
    "triggers",
    "ppn-triggers",
    group=STRATEGY,
    numerator="Triggers decided without a meeting, with a reason",
    denominator="Triggers decided in the period without a meeting",
    **SHARE,
)
def triggers_refused_with_reason(period: Period) -> Rows:
    refused = Trigger.objects.filter(period.within("decided_at"), decision="not_needed")
    return Rows(refused, ~Q(because=""), by=[CODE], about="ppn")


@measure(
    "Strategy meetings that a second look found missing",
    "Of notices looked at a second time in the period, blind: those where whoever looked said that a strategy "
    "meeting was "
    "needed and the first review had said that none was",
    "notices looked at a second time",
    "quality-register",
    group=STRATEGY,
    numerator="Notices in which the need of a meeting was missed",
    denominator="Notices looked at a second time in the period",
    better=Better.LOWER,
)
def meetings_missed_in_samples(period: Period) -> Rows:
    looks = SecondLook.objects.filter(period.within("at"))
    return Rows(
        looks, Q(strategy="yes", their_strategy="no"), by=[by_choice("Grade", SecondLook, "grade")], about="review"
    )
