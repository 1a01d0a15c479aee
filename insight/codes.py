"""The code lists of evidence packs: on which power an inspector asks, how much of a record leaves, what is drawn."""

from __future__ import annotations

from django.db import models


class Power(models.TextChoices):
    POLICE_ACT = "police_act", "Police Act 1996, section 54: inspection of the force"
    JOINT = "joint", "Children Act 2004, section 20: joint inspection with other inspectorates"
    OTHER = "other", "Another power, named below"


class Profile(models.TextChoices):
    """How much of a record leaves the force. What each takes out: `insight.evidence_redaction`."""

    FULL = "full", "Full: as the records say it"
    CLEANED = "cleaned", "Names replaced, words kept: whoever checks it reads the words"
    NAMES = "names", "Names replaced, words left out"
    FIGURES = "figures", "Figures only: no case"


class CaseOf(models.TextChoices):
    """What cases are drawn from."""

    INCIDENT = "incident", "Incidents"
    LATE_CHILD = "late_child", "Late incidents with a child, or where nobody knows"
    NOTICE = "notice", "Notices"
    NO_MEETING = "no_meeting", "Notices filed without a strategy meeting"
    EPISODE = "episode", "Missing children"
    MEETING = "meeting", "Strategy meetings"
    ONLINE = "online", "Cases of online abuse"
    NOMINAL = "nominal", "Managed offenders"


class ChildRule(models.TextChoices):
    """Which records a draw is from, by what is known of a child."""

    ANY = "", "Whether or not there is a child"
    CHILD = "child", "With a child, or where nobody knows"
    NO_CHILD = "no_child", "Known to concern no child"
