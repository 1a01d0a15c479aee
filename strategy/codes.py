"""The words of a strategy meeting: its states, who sits at the table, what it decides."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    REQUESTED = "requested", "Requested, no answer yet"
    ACCEPTED = "accepted", "Accepted, no time yet"
    DECLINED = "declined", "Declined"
    STANDS = "stands", "Declined, and left so"
    PLANNED = "planned", "Planned"
    HELD = "held", "Held, no minutes yet"
    MINUTED = "minuted", "Held, minutes recorded"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


NOT_HELD = [State.REQUESTED.value, State.ACCEPTED.value, State.DECLINED.value, State.PLANNED.value]
"""Asked for and not held: the child waits."""
AGREED = [State.ACCEPTED.value, State.PLANNED.value]
WAS_HELD = [State.HELD.value, State.MINUTED.value]
OPEN = [*NOT_HELD, *WAS_HELD]


class Mode(models.TextChoices):
    MEETING = "meeting", "Meeting in one room"
    VIDEO = "video", "Video"
    PHONE = "phone", "Telephone"


class Group(models.TextChoices):
    """Whom somebody speaks for."""

    POLICE = "police", "Police"
    SOCIAL_CARE = "social_care", "Children's social care"
    HEALTH = "health", "Health"
    EDUCATION = "education", "Education"
    OTHER = "other", "Other"


QUORUM = [Group.SOCIAL_CARE, Group.POLICE, Group.HEALTH]
"""Who must be there at least. Working Together."""


class Presence(models.TextChoices):
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Sent apologies"


class Reply(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class Kind(models.TextChoices):
    """What a strategy meeting answers, each time."""

    SECTION_47 = "section_47", "Section 47 enquiry"
    INVESTIGATION = "investigation", "Single agency or joint"
    SEES_CHILD = "sees_child", "Who sees the child, and by when"
    MEDICAL = "medical", "Medical"
    SAFETY = "safety", "Safety plan"
    FAMILY_TOLD = "family_told", "What the family is told"
    OTHER = "other", "Anything else decided"


class Section47(models.TextChoices):
    START = "start", "Yes, it starts with this meeting"
    UNDER_WAY = "under_way", "It is under way already"
    NO = "no", "No"
    NOT_DECIDED = "not_decided", "Not decided"


class Investigation(models.TextChoices):
    JOINT = "joint", "Joint: police and social care"
    POLICE = "police", "Police alone"
    SOCIAL_CARE = "social_care", "Social care alone"
    NONE = "none", "No investigation"
    NOT_DECIDED = "not_decided", "Not decided"


class Medical(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_DECIDED = "not_decided", "Not decided"


CHOICES: dict[str, type[models.TextChoices]] = {
    Kind.SECTION_47.value: Section47,
    Kind.INVESTIGATION.value: Investigation,
    Kind.MEDICAL.value: Medical,
}
"""Decisions of which the answer is one of several; the others are words."""
