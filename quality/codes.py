"""Code lists of the work on quality."""

from __future__ import annotations

from django.db import models


class Source(models.TextChoices):
    """Where a theme was found. One list for all of them: that nobody joined them is what inspectors found."""

    CALL_REVIEW = "call_review", "Review of a call"
    DIP_SAMPLE = "dip_sample", "Second look at a co-ordinator's review"
    THEMATIC = "thematic", "Thematic sample"
    PEER_SCRUTINY = "peer_scrutiny", "Peer scrutiny of offender management"
    SCRUTINY_GROUP = "scrutiny_group", "Scrutiny group with partner agencies"
    INSPECTION = "inspection", "Inspection or recommendation"


class Grade(models.TextChoices):
    """Of one case that was looked at. The words of the inspection of June 2022 (12, 14 and 4 of 30)."""

    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"


class Kind(models.TextChoices):
    """Of sample: what is drawn, and from what."""

    CALL_REVIEW = "call_review", "Calls of a call taker"
    DIP_SAMPLE = "dip_sample", "Notices a co-ordinator reviewed"
    THEMATIC = "thematic", "Thematic sample"


class Of(models.TextChoices):
    """Of record: what one drawn record is."""

    INCIDENT = "incident", "Incident"
    NOTICE = "notice", "Public protection notice"
    EPISODE = "episode", "Missing child"
