"""The code lists of managing offenders. Sources beside them; what no source prescribes says so."""

from __future__ import annotations

from django.db import models


class ManagedAs(models.TextChoices):
    """Why police manage somebody. The first by the Sexual Offences Act 2003 s.80; the others by MAPPA, or locally."""

    RSO = "rso", "Registered sex offender"
    VIOLENT = "violent", "Violent offender"
    OTHER_SEXUAL = "other_sexual", "Other sexual offender, not registered"
    OTHER_DANGEROUS = "other_dangerous", "Other dangerous offender"


class Category(models.TextChoices):
    """MAPPA categories (MAPPA guidance, chapter 6)."""

    ONE = "1", "Category 1: registered sex offender"
    TWO = "2", "Category 2: violent or other sexual offender"
    THREE = "3", "Category 3: other dangerous offender"
    FOUR = "4", "Category 4: terrorism"
    NONE = "none", "Not managed under MAPPA"


class Level(models.TextChoices):
    """MAPPA levels (MAPPA guidance, chapter 7)."""

    ONE = "1", "Level 1: ordinary agency management"
    TWO = "2", "Level 2: active multi-agency management"
    THREE = "3", "Level 3: senior multi-agency management"


class LeadAgency(models.TextChoices):
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    YOUTH_JUSTICE = "youth_justice", "Youth justice service"
    MENTAL_HEALTH = "mental_health", "Mental health services"
    OTHER = "other", "Another agency"


class Risk(models.TextChoices):
    """Overall level of an ARMS assessment."""

    NOT_ASSESSED = "not_assessed", "Not assessed yet"
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    VERY_HIGH = "very_high", "Very high"


HIGH_FIRST = [Risk.VERY_HIGH, Risk.HIGH, Risk.NOT_ASSESSED, Risk.MEDIUM, Risk.LOW]
"""Nobody has looked: that is more urgent than a medium risk somebody has looked at."""


class Whereabouts(models.TextChoices):
    """Where somebody is, as far as police know."""

    COMMUNITY = "community", "In the community"
    REMAND = "remand", "Remanded in custody"
    SENTENCE = "sentence", "Serving a sentence in custody"
    HOSPITAL = "hospital", "Detained in hospital"
    ABROAD = "abroad", "Outside the United Kingdom"
    WANTED = "wanted", "Wanted"
    MISSING = "missing", "Missing: whereabouts not known"
    DECEASED = "deceased", "Died"
    TRANSFERRED = "transferred", "Managed by another force"


class AwayBecause(models.TextChoices):
    """Time that the Act disregards (Sexual Offences Act 2003 ss.83(6), 84(5), 85(3))."""

    REMAND = "remand", "Remanded in custody"
    SENTENCE = "sentence", "Serving a sentence in custody"
    HOSPITAL = "hospital", "Detained in hospital"
    ABROAD = "abroad", "Outside the United Kingdom"


class OrderKind(models.TextChoices):
    SHPO = "shpo", "Sexual harm prevention order"
    SRO = "sro", "Sexual risk order"
    NOTIFICATION = "notification", "Notification order"
    TRAVEL = "travel", "Foreign travel restriction"
    OTHER = "other", "Another order"


class Access(models.TextChoices):
    """How somebody is managed who is not in custody."""

    ACTIVE = "active", "Active: visited"
    REACTIVE = "reactive", "Reactive: not visited, watched from afar"


class Seen(models.TextChoices):
    YES = "yes", "Seen"
    NO = "no", "Not seen"


class Compliance(models.TextChoices):
    COMPLIES = "complies", "Complies"
    IN_PART = "in_part", "Complies in part"
    DOES_NOT = "does_not", "Does not comply"
    NOT_KNOWN = "not_known", "Not known"


class Tool(models.TextChoices):
    """ARMS was built for adult men: for others its factors are a guide, and the page says so."""

    ARMS = "arms", "ARMS"
    JUDGEMENT = "judgement", "Other structured judgement"


class Factor(models.TextChoices):
    """The eleven ARMS factors: seven of risk, four that protect (ATSA 2015; CSA Centre). The names in use locally may
    differ: the manual is not public."""

    OPPORTUNITY = "opportunity", "Opportunity"
    PREOCCUPATION = "preoccupation", "Sexual preoccupation"
    INTEREST = "interest", "Offence-related sexual interest"
    STABILITY = "stability", "Stability of relationships"
    REGULATION = "regulation", "Emotional regulation"
    COMPLIANCE = "compliance", "Compliance"
    LIFESTYLE = "lifestyle", "Hostile or anti-social way of life"
    SUPPORTS = "supports", "Support from others"
    RELATIONSHIP = "relationship", "A relationship that protects"
    MOTIVATION = "motivation", "Motivation to live without offending"
    PURPOSE = "purpose", "Purposeful activity"


PROTECTIVE = frozenset({Factor.SUPPORTS, Factor.RELATIONSHIP, Factor.MOTIVATION, Factor.PURPOSE})


class FactorRating(models.TextChoices):
    NOT_KNOWN = "not_known", "Not known"
    ABSENT = "absent", "Not there"
    PARTLY = "partly", "There in part"
    PRESENT = "present", "There"


class TaskKind(models.TextChoices):
    """Work of the ViSOR hub. The first four are named in the inspection of 2022, the others are in common use."""

    INITIAL = "initial", "Initial registration"
    TRAVEL_OUT = "travel_out", "Foreign travel"
    TRANSFER_IN = "transfer_in", "Transfer in"
    RELEASE = "release", "Release from custody"
    CHANGE = "change", "Change of details"
    ANNUAL = "annual", "Annual notification"
    WEEKLY = "weekly", "Weekly notification, no fixed abode"
    TRAVEL_RETURN = "travel_return", "Return from travel"
    TRANSFER_OUT = "transfer_out", "Transfer out"
    ADMISSION = "admission", "Custody admission or recall"
    CONVICTION = "conviction", "New conviction or charge"
    ORDER = "order", "Order made or varied"
    WANTED = "wanted", "Wanted or missing"
    MINUTES = "minutes", "MAPPA minutes to attach"
    CHILD_CONTACT = "child_contact", "Contact with a child"
    PERIOD_END = "period_end", "End of period or review of indefinite requirement"
    ARCHIVE = "archive", "Archive"
    DEATH = "death", "Death"
    DIFFERENCE = "difference", "Difference between a list and our records"


WITHOUT_DELAY = frozenset(
    {
        TaskKind.TRAVEL_OUT,
        TaskKind.TRAVEL_RETURN,
        TaskKind.RELEASE,
        TaskKind.TRANSFER_IN,
        TaskKind.TRANSFER_OUT,
        TaskKind.ADMISSION,
        TaskKind.WANTED,
        TaskKind.CHILD_CONTACT,
    }
)
"""What goes on ViSOR "without delay" (College of Policing, APP on travelling abroad)."""


class ContactKind(models.TextChoices):
    LIVES_WITH = "lives_with", "Lives in the same home"
    STAYS = "stays", "Stays overnight"
    VISITS = "visits", "Visits, or is visited"
    ONLINE = "online", "Online or by telephone"
    WORK = "work", "Through work or a club"
    SEEN_TOGETHER = "seen_together", "Seen together"
    OTHER = "other", "Something else"


class CareDecision(models.TextChoices):
    """What children's social care decided."""

    NFA = "nfa", "No further action"
    EARLY_HELP = "early_help", "Early help"
    ASSESSMENT = "assessment", "Assessment"
    STRATEGY = "strategy", "Strategy discussion"
    S47 = "s47", "Section 47 enquiry"
    PLAN = "plan", "Child protection plan"
    OTHER = "other", "Something else"


class Grade(models.TextChoices):
    GOOD = "good", "Good"
    IMPROVE = "improve", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"
