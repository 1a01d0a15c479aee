"""The words of a missing report: its states, what is asked, what is done to find the child, how the child was found."""

from __future__ import annotations

from django.db import models

from cohort.codes import Risk


class State(models.TextChoices):
    REPORTED = "reported", "Reported, not graded yet"
    AWAITING = "awaiting", "Graded, nobody has attended yet"
    ATTENDED = "attended", "Attended, risk not ratified yet"
    INVESTIGATING = "investigating", "Under investigation"
    LONG_TERM = "long_term", "Missing for long, under investigation"
    FOUND = "found", "Found, prevention interview to do"
    INTERVIEWED = "interviewed", "Found and spoken to, not closed yet"
    CLOSED = "closed", "Closed, return interview to come"
    COMPLETE = "complete", "Complete"
    TRANSFERRED = "transferred", "Accepted by another force"
    IN_ERROR = "in_error", "Recorded in error, or a duplicate"


NOT_ATTENDED = [State.REPORTED.value, State.AWAITING.value]
SEARCHED_FOR = [State.INVESTIGATING.value, State.LONG_TERM.value]
MISSING = [*NOT_ATTENDED, State.ATTENDED.value, *SEARCHED_FOR]
"""The child is not found: on the board, with every clock running."""
CHECKS = [State.FOUND.value, State.INTERVIEWED.value]
"""Found, and not everything that the return of a child asks for is done."""
OPEN = [*MISSING, *CHECKS]
ENDED = [State.COMPLETE.value, State.TRANSFERRED.value, State.IN_ERROR.value]
HAS_TO_BE_FOUND = [*CHECKS, State.CLOSED.value, State.COMPLETE.value]

CAUTIOUS = [Risk.HIGH.value, Risk.NOT_KNOWN.value]
"""Treated as high: what nobody has graded yet is not taken for less."""
NEEDS_A_SUPERVISOR = [Risk.LOW.value, Risk.VERY_LOW.value]
"""A child is not down as low on what is said by telephone alone: a supervisor answers for that. Our default."""


class Kind(models.TextChoices):
    MISSING = "missing", "Missing: nobody can say where the child is"
    AWAY = "away", "Away from placement: looked after, and the place is known"


class MissingFrom(models.TextChoices):
    HOME = "home", "Home"
    FOSTER = "foster", "Foster home"
    RESIDENTIAL = "residential", "Residential home"
    SUPPORTED = "supported", "Supported accommodation"
    HOSPITAL = "hospital", "Hospital"
    SCHOOL = "school", "School"
    OTHER = "other", "Somewhere else"


PLACED = [MissingFrom.FOSTER.value, MissingFrom.RESIDENTIAL.value, MissingFrom.SUPPORTED.value]
"""Where children live who are looked after, often by another authority than the one they live in."""


class Question(models.TextChoices):
    """What makes a missing child more at risk. College of Policing, missing persons, and for children what exploitation
    adds to it (to be checked with a practitioner)."""

    OUT_OF_CHARACTER = "out_of_character", "Is it out of character?"
    BEFORE = "before", "Missing before? What happened then?"
    MEDICAL = "medical", "Illness, medication or disability that cannot wait?"
    SELF_HARM = "self_harm", "Any word or sign of self-harm or suicide?"
    VICTIM = "victim", "Likely to be, or already, a victim of a crime?"
    EXPLOITATION = "exploitation", "Any sign of sexual or criminal exploitation, or county lines?"
    RISKY_ADULT = "risky_adult", "Contact with a person who poses a risk?"
    SEX_OFFENDER = "sex_offender", "A registered sex offender at or near where they may be?"
    LOOKED_AFTER = "looked_after", "Looked after, or on a child protection plan?"
    ABUSE_AT_HOME = "abuse_at_home", "Domestic abuse or harm where they live?"
    SEND = "send", "Special educational needs, or difficulty in making themselves understood?"
    PREGNANT = "pregnant", "Pregnant?"
    DEBT = "debt", "Debt, or more money or things than can be explained?"
    PHONE = "phone", "Phone, money or passport taken?"
    ONLINE = "online", "Talking to somebody online whom nobody knows?"
    WEATHER = "weather", "Weather, clothing or place that adds to the danger?"


class System(models.TextChoices):
    """Where is looked on every report."""

    RECORDS = "records", "Police records (RMS, Niche)"
    PNC = "pnc", "Police National Computer"
    PND = "pnd", "Police National Database"
    INTELLIGENCE = "intelligence", "Local intelligence"
    HOSPITALS = "hospitals", "Hospitals and custody"
    EPISODES = "episodes", "Missing before, and what happened"
    NOTICES = "notices", "Public protection notices"
    COHORT = "cohort", "Cohort of the missing team"
    TRIGGER_PLAN = "trigger_plan", "Trigger plan"
    PHILOMENA = "philomena", "Philomena form"
    PLANS = "plans", "Looked after, protection plan, other flags"
    OFFENDERS = "offenders", "Persons posing a risk, linked with the child or the home"
    WARNINGS = "warnings", "Warning markers"


ASKED_ON_THE_CALL = [
    Question.OUT_OF_CHARACTER,
    Question.BEFORE,
    Question.MEDICAL,
    Question.SELF_HARM,
    Question.VICTIM,
    Question.EXPLOITATION,
    Question.RISKY_ADULT,
]
"""What a call taker asks at once; the officer who attends has asked every question."""

BY_HAND = [System.RECORDS, System.PNC, System.PND, System.INTELLIGENCE, System.HOSPITALS]
"""Somebody looks; the others Longstop looks up itself in the moment of the report."""


class CheckResult(models.TextChoices):
    FOUND = "found", "Something found"
    NOTHING = "nothing", "Looked, nothing found"
    COULD_NOT = "could_not", "Could not look"


class Stage(models.TextChoices):
    """When a risk was judged."""

    REPORT = "report", "On the report"
    GRADED = "graded", "Graded in the control room"
    REASSESSED = "reassessed", "Re-assessed while nobody had attended"
    ATTENDED = "attended", "Assessed by the officer who attended"
    RATIFIED = "ratified", "Decided by the supervisor"
    RAISED = "raised", "Raised"
    LOWERED = "lowered", "Lowered"
    REVIEW = "review", "Looked at in a review"


class EnquiryType(models.TextChoices):
    HOUSE_SEARCH = "house_search", "House searched"
    PHONE = "phone", "The child's phone called or messaged"
    CALL_DATA = "call_data", "Call data"
    BANK = "bank", "Bank or card use"
    CCTV = "cctv", "CCTV or number plates"
    ASSOCIATE = "associate", "Friend or associate spoken to"
    VISIT = "visit", "Address visited"
    HOSPITAL = "hospital", "Hospital asked"
    SOCIAL_MEDIA = "social_media", "Social media looked at"
    CARER = "carer", "Parent or carer spoken to"
    PARTNER = "partner", "Partner agency asked"
    MEDIA = "media", "Appeal in the media"
    SEARCH = "search", "Search (PolSA, dogs, air)"
    ADMIN = "admin", "Record kept up: nothing done to find the child"


class FoundBy(models.TextChoices):
    POLICE = "police", "Police"
    RETURNED = "returned", "Came back by themselves"
    FAMILY = "family", "Family or carer"
    AGENCY = "agency", "Another agency"
    PUBLIC = "public", "Somebody else"


class Harm(models.TextChoices):
    """What the UK Missing Persons Unit counts."""

    NONE = "none", "None known"
    NOT_KNOWN = "not_known", "Not known yet"
    PHYSICAL = "physical", "Physical harm"
    SEXUAL = "sexual", "Sexual harm"
    SELF_HARM = "self_harm", "Self-harm"
    CRIME = "crime", "Victim of another crime"
    FATAL = "fatal", "Died"


WAS_HARMED = [Harm.PHYSICAL.value, Harm.SEXUAL.value, Harm.SELF_HARM.value, Harm.CRIME.value, Harm.FATAL.value]


class ReviewBy(models.TextChoices):
    SERGEANT = "sergeant", "Supervisor's review"
    INSPECTOR = "inspector", "Inspector's review"
    SUPERINTENDENT = "superintendent", "Superintendent's review"


class NeedsMeeting(models.TextChoices):
    """Why the agencies may have to meet about a missing child. Local: ours, to be checked with the MASH."""

    A_DAY = "a_day", "Missing for more than 24 hours"
    REPEATED = "repeated", "Missing three times in 90 days"
    HARM = "harm", "Harmed, or exploitation disclosed or suspected"
    COHORT = "cohort", "In the cohort of the missing team"
    PLAN = "plan", "On a child protection plan"
    UNDER_13 = "under_13", "Under 13"
    SEX_OFFENDER = "sex_offender", "Linked with a person posing a risk"
