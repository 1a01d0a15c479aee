"""Figures of samples and reviews in a report: how many, never whose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from quality.figures import FIGURES, Figure
from quality.models import Review, SecondLook

NOT_YET = [Review.State.TO_REVIEW, Review.State.LEFT_OUT]


def samples(begins: datetime, ends: datetime) -> Iterator[Figure]:
    drawn = Review.objects.filter(sample__drawn_at__gte=begins, sample__drawn_at__lt=ends)
    yield Figure(
        "Records that were drawn and are reviewed",
        drawn.exclude(state__in=NOT_YET).filter(reviewed_at__lt=ends).count(),
        drawn.count(),
        "Records drawn in the period and reviewed before its end",
        "records drawn in the period",
    )
    looks = SecondLook.objects.filter(at__gte=begins, at__lt=ends)
    yield Figure(
        "Notices given the same grade at a second look",
        looks.filter(grade=F("their_grade")).count(),
        looks.count(),
        "Notices looked at a second time in the period, blind, and given the grade that the first review gave",
        "notices looked at a second time in the period",
    )


FIGURES.append(samples)
