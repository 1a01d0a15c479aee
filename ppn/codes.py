"""Code lists of a notice. Names vary by force; where a list is national its source is given."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    SUBMITTED = "submitted", "Waiting for review"
    UNDER_RESEARCH = "under_research", "Being reviewed"
    RISK_ASSESSED = "risk_assessed", "Assessed, not yet shared"
    SHARED = "shared", "Shared, not yet filed"
    FILED = "filed", "Filed"


WAITING_FOR_REVIEW = [State.SUBMITTED.value, State.UNDER_RESEARCH.value]
OPEN = [*WAITING_FOR_REVIEW, State.RISK_ASSESSED.value, State.SHARED.value]
ANY = [*OPEN, State.FILED.value]


class Type(models.TextChoices):
    """What the notice is about."""

    CHILD_AT_RISK = "child_at_risk", "Child at risk"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    ADULT_AT_RISK = "adult_at_risk", "Adult at risk"
    MISSING = "missing", "Missing"
    EXPLOITATION = "exploitation", "Exploitation, sexual or criminal"
    ONLINE_ABUSE = "online_abuse", "Online child sexual abuse"
    HARMFUL_PRACTICE = "harmful_practice", "Harmful practice (FGM, forced marriage, so-called honour-based abuse)"
    PERSON_POSING_RISK = "person_posing_risk", "Contact with a person posing a risk"
    MENTAL_HEALTH = "mental_health", "Mental health"
    RADICALISATION = "radicalisation", "Radicalisation"


class Grade(models.TextChoices):
    RED = "red", "Red / high"
    AMBER = "amber", "Amber / medium"
    GREEN = "green", "Green / standard"
    BLUE = "blue", "Blue / no share proposed"


class DomesticAbuseRisk(models.TextChoices):
    NONE = "none", "Not domestic abuse"
    STANDARD = "standard", "Standard"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    NOT_KNOWN = "not_known", "Not known"


class Tool(models.TextChoices):
    """The questions that were asked. DARA was built for first responders; it replaces DASH force by force."""

    DASH = "dash", "DASH (2009)"
    DARA = "dara", "DARA"
    NEITHER = "neither", "Neither"


class AbuseCategory(models.TextChoices):
    """The census codes of children's social care (Department for Education)."""

    NEGLECT = "NEG", "Neglect"
    PHYSICAL = "PHY", "Physical abuse"
    SEXUAL = "SAB", "Sexual abuse"
    EMOTIONAL = "EMO", "Emotional abuse"
    MULTIPLE = "MUL", "Several of these"


class PoliceDid(models.TextChoices):
    ARREST = "arrest", "Arrested somebody"
    BAIL = "bail", "Bail conditions"
    REMOVED = "removed", "Took the person posing a risk away"
    PROTECTION = "protection", "Police protection (section 46)"
    TAKEN_SAFE = "taken_safe", "Took a child to a safe place"
    WORDS = "words", "Spoke to everybody there"
    NOTHING = "nothing", "Nothing yet"


class Decision(models.TextChoices):
    """What the MASH makes of a notice."""

    STRATEGY = "strategy", "Strategy meeting (section 47)"
    IN_NEED = "in_need", "Refer as a child in need (section 17)"
    EARLY_HELP = "early_help", "Early help"
    ALREADY_OPEN = "already_open", "Already open to a social worker: send it to that team"
    OTHER_AGENCY = "other_agency", "Another agency"
    INFORMATION = "information", "Share for information"
    NO_SHARE = "no_share", "Share with nobody"


class StrategyDecision(models.TextChoices):
    """Whether the agencies must meet about this child (a strategy discussion under Working Together)."""

    REQUESTED = "requested", "Requested"
    HELD = "held", "Already held"
    NOT_NEEDED = "not_needed", "Not needed"
