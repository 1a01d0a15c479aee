"""The code lists of investigations into online abuse of children. Sources beside them; what no source prescribes says
so."""

from __future__ import annotations

from django.db import models


class Sender(models.TextChoices):
    """Who tells us (inspection of June 2022, and what forces receive besides; local list)."""

    NCA = "nca", "National Crime Agency"
    OTHER_FORCE = "other_force", "Another force"
    REGIONAL = "regional", "Regional organised crime unit"
    PEER_TO_PEER = "peer_to_peer", "Peer-to-peer system"
    PUBLIC = "public", "Member of the public or parent"
    SCHOOL = "school", "School"
    OFFENDER_VISIT = "offender_visit", "Visit to a managed offender"
    COVERT = "covert", "Covert work"
    OTHER = "other", "Somebody else"


class Channel(models.TextChoices):
    """How it came into Longstop."""

    TYPED = "typed", "Typed in"
    FILE = "file", "From a file (CSV)"
    SYSTEM = "system", "From another system"


class Data(models.TextChoices):
    """What a referral says of the person behind the account."""

    IP = "ip", "IP address"
    USERNAME = "username", "Username"
    EMAIL = "email", "Email address"
    PHONE = "phone", "Telephone number"
    NAME = "name", "Name"
    ADDRESS = "address", "Address"
    DEVICE = "device", "Device"
    HASH = "hash", "File hash or case number of the sender"
    OTHER = "other", "Something else"


NAMES_SOMEBODY = [Data.NAME.value, Data.ADDRESS.value]
"""With one of these the level can be set within a day of receiving it."""


class Kirat(models.TextChoices):
    """Levels of the Kent Internet Risk Assessment Tool. Its scoring is not here: trained users have the tool."""

    VERY_HIGH = "very_high", "Very high"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


HIGHEST_FIRST = [Kirat.VERY_HIGH, Kirat.HIGH, Kirat.MEDIUM, Kirat.LOW]


class ResearchKind(models.TextChoices):
    """What a researcher does. Local list."""

    SUBSCRIBER = "subscriber", "Subscriber details asked for"
    RESOLUTION = "resolution", "IP address resolved"
    PNC = "pnc", "Police National Computer"
    PND = "pnd", "Police National Database"
    RECORDS = "records", "Our records management system"
    VISOR = "visor", "ViSOR"
    LONGSTOP = "longstop", "Longstop: people, homes, notices"
    OPEN_SOURCE = "open_source", "Open source"
    VOTERS = "voters", "Electoral roll or council tax"
    PARTNER = "partner", "A partner agency asked"
    OTHER = "other", "Something else"


CHECKS = [
    ResearchKind.PNC.value,
    ResearchKind.PND.value,
    ResearchKind.RECORDS.value,
    ResearchKind.VISOR.value,
    ResearchKind.LONGSTOP.value,
]
"""Done of every occupant of an attributed address before a level is set. Our default."""


class Confidence(models.TextChoices):
    POSSIBLE = "possible", "Possible"
    LIKELY = "likely", "Likely"
    CONFIRMED = "confirmed", "Confirmed"


class EnforcementKind(models.TextChoices):
    WARRANT = "warrant", "Search warrant"
    ARREST = "arrest", "Arrest"
    SECTION_32 = "section_32", "Arrest and search under section 32"
    VOLUNTARY = "voluntary", "Voluntary attendance"
    VISIT = "visit", "Safeguarding visit without enforcement"


class Status(models.TextChoices):
    """Where a suspect stands."""

    SUSPECTED = "suspected", "Suspected"
    ARRESTED = "arrested", "Arrested"
    INTERVIEWED = "interviewed", "Interviewed as a volunteer"
    BAILED = "bailed", "On bail"
    RUI = "rui", "Released under investigation"
    CHARGED = "charged", "Charged or summonsed"
    NFA = "nfa", "No further action"
    DIED = "died", "Has died"


class Authority(models.TextChoices):
    """Who authorises pre-charge bail (Police and Criminal Evidence Act 1984, Part 4)."""

    CUSTODY = "custody", "Custody officer"
    INSPECTOR = "inspector", "Inspector"
    SUPERINTENDENT = "superintendent", "Superintendent"
    CHIEF = "chief", "Assistant chief constable (designated case)"
    MAGISTRATES = "magistrates", "Magistrates' court"


class CareOutcome(models.TextChoices):
    """What children's social care decided of a child."""

    NFA = "nfa", "No further action"
    EARLY_HELP = "early_help", "Early help"
    ASSESSMENT = "assessment", "Assessment (child in need)"
    S47 = "s47", "Section 47 enquiry"
    PLAN = "plan", "Child protection plan"
    OTHER = "other", "Something else"


class Outcome(models.TextChoices):
    """Home Office crime outcome types, as far as they are used for children who share images."""

    CHARGED = "1", "1: Charged or summonsed"
    YOUTH_CAUTION = "2", "2: Youth caution"
    ADULT_CAUTION = "3", "3: Adult caution"
    COMMUNITY = "8", "8: Community resolution"
    EVIDENTIAL_VICTIM = "15", "15: Evidential difficulties, the victim supports it"
    EVIDENTIAL_NO_SUPPORT = "16", "16: Evidential difficulties, the victim does not support it"
    NO_SUSPECT = "18", "18: No suspect found"
    OTHER_AGENCY = "20", "20: Another agency deals with it"
    NOT_IN_PUBLIC_INTEREST = "21", "21: Further investigation is not in the public interest (police decision)"
    DIVERSION = "22", "22: Diversion, education or intervention"


class Handler(models.TextChoices):
    """Who deals with a report of shared images."""

    SPECIALIST = "specialist", "Internet child abuse team"
    NEIGHBOURHOOD = "neighbourhood", "Neighbourhood team"
    SAFER_SCHOOLS = "safer_schools", "Safer schools officer"
    RESPONSE = "response", "Response team"
