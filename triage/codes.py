"""The code lists of initial contact: states, grades, channels, categories, answers."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    AWAITING_RESOURCE = "awaiting_resource", "Waiting for a unit"
    IN_TRIAGE = "in_triage", "In the triage hub"
    SECOND_LOOK = "second_look", "Waiting for a second look"
    ALLOCATED = "allocated", "Allocated, not yet accepted"
    ACCEPTED = "accepted", "Being dealt with"
    ASSIGNED = "assigned", "Unit assigned"
    ATTENDED = "attended", "Attended"
    OUTCOME_RECORDED = "outcome_recorded", "Outcome recorded"
    CLOSED = "closed", "Closed"
    NO_DEPLOYMENT = "no_deployment", "Ended without attendance"
    RESOLVED_BY_PHONE = "resolved_by_phone", "Resolved by phone"
    DUPLICATE_LINKED = "duplicate_linked", "Linked to an earlier incident"


IN_HUB = [State.IN_TRIAGE.value, State.SECOND_LOOK.value]
WITH_A_TEAM = [State.ALLOCATED.value, State.ACCEPTED.value]
NOT_ATTENDED = [State.AWAITING_RESOURCE.value, *IN_HUB, *WITH_A_TEAM, State.ASSIGNED.value]
OPEN = [*NOT_ATTENDED, State.ATTENDED.value, State.OUTCOME_RECORDED.value]
ENDED = [State.CLOSED.value, State.NO_DEPLOYMENT.value, State.RESOLVED_BY_PHONE.value, State.DUPLICATE_LINKED.value]


class Grade(models.TextChoices):
    G1 = "G1", "G1 Immediate"
    G2 = "G2", "G2 Priority"
    G3 = "G3", "G3 Scheduled"
    G4 = "G4", "G4 Resolution without deployment"

    def is_lower_than(self, other: str) -> bool:
        return str(self.value) > other


class Channel(models.TextChoices):
    EMERGENCY = "999", "999"
    NON_EMERGENCY = "101", "101"
    ONLINE = "online", "Online"
    ENQUIRY_OFFICE = "enquiry_office", "Enquiry office"
    PARTNER = "partner", "Partner agency"
    OFFICER = "officer", "Officer"
    SILENT = "silent_999", "Silent or abandoned 999"
    CALL_LOG = "call_log", "Imported call log"
    FEED = "feed", "Command-and-control system"


class Category(models.TextChoices):
    """Chapters of the National Incident Category List (National Standard for Incident Recording)."""

    WELFARE = "welfare", "Public safety and welfare"
    ANTISOCIAL = "antisocial", "Anti-social behaviour"
    TRANSPORT = "transport", "Transport"
    ADMINISTRATION = "administration", "Administration"
    CRIME = "crime", "Crime"
    NOT_KNOWN = "not_known", "Not known yet"


class Risk(models.TextChoices):
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"
    NOT_KNOWN = "not_known", "Not known"


class Destination(models.TextChoices):
    """Who is to deal with an incident that needs no immediate response."""

    APPOINTMENT = "appointment", "Appointment: an officer goes at an agreed time"
    RESOLUTION = "resolution", "Resolution centre: by phone"
    NEIGHBOURHOOD = "neighbourhood", "Neighbourhood team"
    SPECIALIST = "specialist", "Specialist team"
    OTHER_AGENCY = "other_agency", "Another agency"
    NO_ACTION = "no_action", "No further police action"


TO_A_TEAM = [Destination.RESOLUTION.value, Destination.NEIGHBOURHOOD.value, Destination.SPECIALIST.value]
ENDS_IT = [Destination.OTHER_AGENCY.value, Destination.NO_ACTION.value]


class ToldCaller(models.TextChoices):
    """Whether the caller knows of a decision."""

    YES = "yes", "Yes"
    NOT_SAFE = "not_safe", "No: it is not safe to contact them"
    NOT_REACHED = "not_reached", "No: not reached yet"
    NOBODY = "nobody", "There is nobody to tell"


class Result(models.TextChoices):
    """What came of an attempt to contact the caller."""

    REACHED = "reached", "Reached, and told how long it will take"
    NO_ANSWER = "no_answer", "No answer"
    MESSAGE_LEFT = "message_left", "No answer, message left"
    WRONG_NUMBER = "wrong_number", "Wrong number"
    NOT_SAFE = "not_safe", "Not safe to contact"
    NOBODY = "nobody", "The caller gave no way to be reached"


FAILED = [Result.NO_ANSWER.value, Result.MESSAGE_LEFT.value, Result.WRONG_NUMBER.value]


class ResourceDecision(models.TextChoices):
    """What a force incident manager decides about a late incident."""

    FROM_ANOTHER_AREA = "other_area", "A unit from another area"
    FREE_A_UNIT = "free_unit", "Free a unit from other work"
    SPECIALIST = "specialist", "A specialist or roads unit"
    MUTUAL_AID = "overtime", "Officers called in, or from another force"
    HOLD = "hold", "Hold, with the risk as it is now"


class WhyNotByPhone(models.TextChoices):
    """Why an incident comes back from the phone for somebody to go there."""

    CHILD_TO_BE_SEEN = "child_to_be_seen", "A child has to be seen"
    RISK_HIGHER = "risk_higher", "The risk is higher than it seemed"
    NOT_SAFE_TO_TALK = "not_safe_to_talk", "The caller cannot talk safely"
    EVIDENCE = "evidence", "Evidence would be lost"
    NOT_REACHED = "not_reached", "The caller cannot be reached"
    NOT_FOR_PHONE = "not_for_phone", "It should not have come to the phone"
