"""10. Children whose images were shared: seen in person and not only telephoned, how soon, and what came of it."""

from __future__ import annotations

from django.db.models import F, Q

from insight.figures.of import ALWAYS, by_choice, took
from online.models import SharedImage
from quality.counting import MIDDLE, Better, Period, Rows, measure
from quality.measure_groups import IMAGES

HANDLER = by_choice("Dealt with by", SharedImage, "handler")


@measure(
    "Children whose images were shared, seen in person",
    "Of reports of shared images that were resolved in the period: those in which an officer saw the child in person",
    "reports",
    "online-images",
    group=IMAGES,
    numerator="Reports in which the child was seen in person",
    denominator="Reports resolved in the period",
    **ALWAYS,
)
def images_child_seen(period: Period) -> Rows:
    rows = SharedImage.objects.filter(period.within("resolved_at"), state="resolved")
    return Rows(rows, Q(seen_at__isnull=False), by=[HANDLER])


@measure(
    "Time until a child whose images were shared was seen",
    "Of children seen in the period: the time from the report until an officer saw them, the middle one",
    "reports",
    "online-images",
    group=IMAGES,
    numerator="The middle of the times from the report until the child was seen",
    denominator="Reports in which the child was seen in the period",
    better=Better.LOWER,
    percentile=MIDDLE,
)
def images_seen_took(period: Period) -> Rows:
    rows = SharedImage.objects.filter(period.within("seen_at"), seen_at__gte=F("reported_at"))
    return Rows(rows.exclude(state="in_error"), took=took("seen_at", "reported_at"), by=[HANDLER])


@measure(
    "Reports of shared images resolved, by outcome",
    "Reports of shared images of a child that were resolved in the period, by their outcome code",
    "reports",
    "online-images",
    group=IMAGES,
    numerator="Reports resolved in the period",
)
def images_resolved(period: Period) -> Rows:
    rows = SharedImage.objects.filter(period.within("resolved_at"), state="resolved")
    return Rows(rows, by=[by_choice("Outcome", SharedImage, "outcome")])
