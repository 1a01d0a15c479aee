"""Every role, and which role may do which act: the whole matrix on one page.

Rank matters to escalation as well: `ABOVE` says who is told when nobody in a role is there.
"""

from django.db.models import TextChoices

from access.acts import Can

__all__ = ["ABOVE", "AT_THE_PORTAL", "MAY", "OUTSIDE", "Can", "Role", "acts_of", "who_may"]


class Role(TextChoices):
    """A post that a person holds in a team. Names as the inspected force and its neighbours use them."""

    CONTACT_OFFICER = "contact_officer", "Call taker"
    DISPATCHER = "dispatcher", "Dispatcher"
    CONTACT_SUPERVISOR = "contact_supervisor", "Contact supervisor"
    FIM = "fim", "Force incident manager"
    CONTACT_CHIEF_INSPECTOR = "contact_ci", "Contact chief inspector"
    TRIAGE_OFFICER = "triage_officer", "Triage officer"
    TRIAGE_SUPERVISOR = "triage_supervisor", "Triage supervisor"
    RESOLUTION_OFFICER = "resolution_officer", "Resolution officer"
    RESOLUTION_SUPERVISOR = "resolution_supervisor", "Resolution supervisor"
    OFFICER = "attending_officer", "Response officer"
    RESPONSE_SERGEANT = "response_sgt", "Response sergeant"
    RESPONSE_INSPECTOR = "response_insp", "Response inspector"
    NEIGHBOURHOOD_SERGEANT = "npt_sgt", "Neighbourhood sergeant"
    CHILD_ABUSE_RESEARCHER = "icat_researcher", "Internet child abuse researcher"
    CHILD_ABUSE_INVESTIGATOR = "icat_investigator", "Internet child abuse investigator"
    CHILD_ABUSE_SERGEANT = "icat_ds", "Internet child abuse sergeant"
    CHILD_ABUSE_INSPECTOR = "icat_di", "Internet child abuse inspector"
    DMM_CHAIR = "dmm_chair", "Daily management meeting chair"
    COORDINATOR = "mash_coordinator", "MASH co-ordinator"
    MASH_SERGEANT = "mash_sgt", "MASH sergeant"
    MASH_INSPECTOR = "mash_insp", "MASH inspector"
    MASH_CHIEF_INSPECTOR = "mash_ci", "MASH chief inspector"
    MISSING_COORDINATOR = "missing_coord", "Missing co-ordinator"
    MISSING_SERGEANT = "missing_sgt", "Missing team sergeant"
    OFFENDER_MANAGER = "offender_manager", "Offender manager"
    OFFENDER_SERGEANT = "offender_sgt", "Offender management sergeant"
    OFFENDER_INSPECTOR = "offender_insp", "Offender management inspector"
    HUB_ADMINISTRATOR = "visor_hub", "ViSOR hub administrator"
    HUB_MANAGER = "visor_hub_manager", "ViSOR hub manager"
    QUALITY_REVIEWER = "quality_reviewer", "Quality reviewer"
    QUALITY_LEAD = "quality_lead", "Quality lead"
    GOVERNANCE_LEAD = "governance_lead", "Governance lead"
    SUPERINTENDENT = "superintendent", "Detective superintendent"
    CHIEF_OFFICER = "chief_officer", "Assistant chief constable"


OUTSIDE = frozenset({Can.PULL_SHARED, Can.SEND_REPLIES, Can.USE_PORTAL})
"""What a partner agency's system or people may be let do. Nobody in the force does any of it."""
AT_THE_PORTAL = frozenset({Can.USE_PORTAL, Can.SEND_REPLIES})
"""What somebody who works for a partner agency may do, and no post of the force beside it."""

_PEOPLE = {Can.SEE_PEOPLE, Can.RECORD_PEOPLE}
_MISSING = {Can.SEE_MISSING, Can.REPORT_MISSING, Can.SEARCH_FOR_MISSING}
"""Anybody who works with missing children may write down at once what was done; risk may be raised by anybody."""
_COHORT = {Can.SEE_COHORT, Can.KEEP_COHORT, Can.CHASE_INTERVIEWS}
_SHARED_IMAGES = {Can.SEE_SHARED_IMAGES, Can.REPORT_SHARED_IMAGES}
"""Whoever may first hear of it or go to the child. What a specialist decides is not among it."""
_CONTROL_ROOM = (
    _PEOPLE
    | _MISSING
    | _SHARED_IMAGES
    | {
        Can.SEE_INCIDENTS,
        Can.TAKE_CALL,
        Can.REGRADE,
        Can.REASSESS,
        Can.DISPATCH,
        Can.ATTEND,
        Can.IMPORT_CALLS,
        Can.CONTACT_CALLER,
        Can.HAND_OVER,
    }
)
_SUPERVISES = {Can.DOWNGRADE, Can.END_WITHOUT_ATTENDANCE, Can.CLOSE_INCIDENT, Can.REOPEN_INCIDENT, Can.GIVE_WORK}
_SUPERVISES_CALLS = _CONTROL_ROOM | _SUPERVISES | {Can.ASK_FIM, Can.DEPLOY_FOR_MISSING}
_RESPONSE = (
    _PEOPLE
    | _MISSING
    | _SHARED_IMAGES
    | {
        Can.SEE_INCIDENTS,
        Can.REGRADE,
        Can.REASSESS,
        Can.ATTEND,
        Can.CONTACT_CALLER,
        Can.HEAR_CHILD,
        Can.HAND_OVER,
        Can.SEE_PPNS,
        Can.SUBMIT_PPN,
        Can.ADD_DOCUMENT,
        Can.SEND_SCHOOL_NOTICE,
    }
)
_SUPERVISES_RESPONSE = _RESPONSE | {
    Can.CHECK_PPN,
    Can.CLOSE_INCIDENT,
    Can.REOPEN_INCIDENT,
    Can.DISPATCH,
    Can.ASK_FIM,
    Can.GIVE_WORK,
    Can.DEPLOY_FOR_MISSING,
    Can.SUPERVISE_MISSING,
    Can.SEE_COHORT,
    Can.RESOLVE_SHARED_IMAGES,
}
_BY_PHONE = (
    _PEOPLE
    | _MISSING
    | _SHARED_IMAGES
    | {
        Can.SEE_INCIDENTS,
        Can.TAKE_CALL,
        Can.REGRADE,
        Can.REASSESS,
        Can.CONTACT_CALLER,
        Can.HEAR_CHILD,
        Can.HAND_OVER,
        Can.SEE_PPNS,
        Can.SUBMIT_PPN,
        Can.ADD_DOCUMENT,
        Can.SEND_SCHOOL_NOTICE,
    }
)
_TRIAGE = _BY_PHONE | {Can.ALLOCATE}
_RESOLUTION = _BY_PHONE | {Can.ACCEPT_WORK, Can.RESOLVE_BY_PHONE}
_MASH = (
    _PEOPLE
    | _MISSING
    | {
        Can.SEE_INCIDENTS,
        Can.SEE_PPNS,
        Can.SUBMIT_PPN,
        Can.SEE_PPN_QUEUE,
        Can.REVIEW_PPN,
        Can.MARK_RISK,
        Can.MERGE_PEOPLE,
        Can.SEE_PROTECTED_ADDRESS,
        Can.PLACE_SCHOOLS,
        Can.ADD_DOCUMENT,
        Can.SEE_SHARING,
        Can.RECORD_REPLY,
        Can.SEE_STRATEGY_MEETINGS,
        Can.RECORD_STRATEGY_MEETING,
        Can.SEE_SCHOOL_NOTICES,
        Can.SEND_SCHOOL_NOTICE,
        Can.KEEP_SCHOOL_CALENDARS,
        Can.SEE_COHORT,
        Can.CHASE_INTERVIEWS,
        Can.SEE_SHARED_IMAGES,
    }
)
_COMMANDS_MASH = _MASH | {
    Can.SEE_ONLINE,
    Can.FILE_PPN,
    Can.CHECK_PPN,
    Can.RELEASE_DOCUMENT,
    Can.COUNTERSIGN,
    Can.KEEP_SHARING_RULES,
    Can.KEEP_AGENCY_ACCESS,
    Can.REQUEST_STRATEGY_MEETING,
    Can.RESTRICT_CASE,
    Can.SET_LENGTHS,
    Can.DECIDE_FINDING,
    Can.IMPORT_PLACES,
    Can.SUPERVISE_MISSING,
}
_MISSING_TEAM = (
    _PEOPLE
    | _MISSING
    | _COHORT
    | {
        Can.SEE_INCIDENTS,
        Can.HEAR_CHILD,
        Can.SEE_PPNS,
        Can.SUBMIT_PPN,
        Can.ADD_DOCUMENT,
        Can.SEE_SHARING,
        Can.RECORD_REPLY,
        Can.SEE_STRATEGY_MEETINGS,
        Can.SEE_SCHOOL_NOTICES,
        Can.SEND_SCHOOL_NOTICE,
    }
)
_HUB = _PEOPLE | {Can.SEE_OFFENDERS, Can.RECORD_OFFENDERS, Can.KEEP_REGISTER, Can.ADD_DOCUMENT}
_MANAGES_OFFENDERS = _PEOPLE | {
    Can.SEE_OFFENDERS,
    Can.RECORD_OFFENDERS,
    Can.MANAGE_OFFENDERS,
    Can.SEE_PPNS,
    Can.SUBMIT_PPN,
    Can.ADD_DOCUMENT,
    Can.SEE_SHARING,
    Can.RECORD_REPLY,
    Can.MARK_RISK,
    Can.SEE_STRATEGY_MEETINGS,
}
_SUPERVISES_OFFENDERS = _MANAGES_OFFENDERS | {Can.SUPERVISE_OFFENDERS, Can.KEEP_REGISTER, Can.CHECK_PPN}
_RESEARCHES_ONLINE = (
    _PEOPLE
    | _SHARED_IMAGES
    | {
        Can.SEE_ONLINE,
        Can.REGISTER_ONLINE,
        Can.RESEARCH_ONLINE,
        Can.SEE_PPNS,
        Can.SUBMIT_PPN,
        Can.ADD_DOCUMENT,
    }
)
_INVESTIGATES_ONLINE = _RESEARCHES_ONLINE | {
    Can.INVESTIGATE_ONLINE,
    Can.SEE_STRATEGY_MEETINGS,
    Can.SEE_SHARING,
    Can.RECORD_REPLY,
    Can.MARK_RISK,
}
_SUPERVISES_ONLINE = _INVESTIGATES_ONLINE | {
    Can.SUPERVISE_ONLINE,
    Can.ADD_SPECIALIST_NOTE,
    Can.RESOLVE_SHARED_IMAGES,
    Can.REQUEST_STRATEGY_MEETING,
    Can.RECORD_STRATEGY_MEETING,
    Can.SEE_OFFENDERS,
    Can.CHECK_PPN,
    Can.RESTRICT_CASE,
    Can.SEE_PROTECTED_ADDRESS,
}
_COMMANDS_ONLINE = _SUPERVISES_ONLINE | {Can.COMMAND_ONLINE, Can.DECIDE_FINDING, Can.SET_LENGTHS}
_COMMANDS_OFFENDERS = _SUPERVISES_OFFENDERS | {
    Can.COMMAND_OFFENDERS,
    Can.SUPERVISE_REGISTER,
    Can.DECIDE_FINDING,
    Can.SET_LENGTHS,
}
_REVIEWS_QUALITY = {
    Can.SEE_QUALITY,
    Can.REVIEW_QUALITY,
    Can.SEE_INCIDENTS,
    Can.SEE_PPNS,
    Can.SEE_MISSING,
    Can.SEE_PEOPLE,
}
"""What a reviewer reads to judge it. They decide nothing on a record."""
_LEADS_QUALITY = _REVIEWS_QUALITY | {Can.LEAD_QUALITY, Can.KEEP_TRAINING, Can.SEE_RECOMMENDATIONS}
_ANSWERS = {Can.SEE_QUALITY, Can.SEE_RECOMMENDATIONS, Can.ANSWER_RECOMMENDATION}
_KEEPS_RECOMMENDATIONS = {Can.SEE_QUALITY, Can.SEE_RECOMMENDATIONS, Can.KEEP_RECOMMENDATIONS}

_BY_POST: dict[Role, set[Can]] = {
    Role.CONTACT_OFFICER: _CONTROL_ROOM - {Can.DISPATCH, Can.ATTEND, Can.IMPORT_CALLS},
    Role.DISPATCHER: _CONTROL_ROOM - {Can.IMPORT_CALLS},
    Role.CONTACT_SUPERVISOR: _SUPERVISES_CALLS,
    Role.FIM: _SUPERVISES_CALLS
    | _TRIAGE
    | {Can.SECOND_LOOK, Can.DECIDE_NOT_REACHED, Can.DECIDE_RESOURCES, Can.SET_LENGTHS, Can.MANAGE_SERVICE_ACCOUNTS}
    | {Can.SUPERVISE_MISSING, Can.COMMAND_MISSING, Can.SEE_COHORT},
    Role.OFFICER: _RESPONSE,
    Role.CONTACT_CHIEF_INSPECTOR: _SUPERVISES_CALLS
    | _TRIAGE
    | _RESOLUTION
    | _ANSWERS
    | {Can.SECOND_LOOK, Can.DECIDE_NOT_REACHED, Can.RESOLVE_FOR_CHILD, Can.DECIDE_RESOURCES, Can.SET_LENGTHS}
    | {Can.SUPERVISE_MISSING, Can.COMMAND_MISSING},
    Role.TRIAGE_OFFICER: _TRIAGE,
    Role.TRIAGE_SUPERVISOR: _TRIAGE
    | _SUPERVISES
    | {Can.SECOND_LOOK, Can.DECIDE_NOT_REACHED, Can.ASK_FIM, Can.CHECK_PPN},
    Role.RESOLUTION_OFFICER: _RESOLUTION,
    Role.RESOLUTION_SUPERVISOR: _RESOLUTION
    | _SUPERVISES
    | {Can.RESOLVE_FOR_CHILD, Can.DECIDE_NOT_REACHED, Can.ASK_FIM, Can.CHECK_PPN},
    Role.RESPONSE_SERGEANT: _SUPERVISES_RESPONSE,
    Role.RESPONSE_INSPECTOR: _SUPERVISES_RESPONSE | {Can.COMMAND_MISSING},
    Role.NEIGHBOURHOOD_SERGEANT: _SUPERVISES_RESPONSE | {Can.ACCEPT_WORK},
    Role.CHILD_ABUSE_RESEARCHER: _RESEARCHES_ONLINE,
    Role.CHILD_ABUSE_INVESTIGATOR: _INVESTIGATES_ONLINE,
    Role.CHILD_ABUSE_SERGEANT: _SUPERVISES_RESPONSE | _SUPERVISES_ONLINE | {Can.ACCEPT_WORK},
    Role.CHILD_ABUSE_INSPECTOR: _SUPERVISES_RESPONSE | _COMMANDS_ONLINE | {Can.ACCEPT_WORK},
    Role.DMM_CHAIR: {
        Can.SEE_INCIDENTS,
        Can.DECIDE_RESOURCES,
        Can.GIVE_WORK,
        Can.REASSESS,
        Can.DISPATCH,
        Can.SEE_PPNS,
        Can.SEE_PPN_QUEUE,
        Can.SEE_PEOPLE,
        Can.DECIDE_FINDING,
        Can.SEE_SHARING,
        Can.SEE_STRATEGY_MEETINGS,
        Can.SEE_SCHOOL_NOTICES,
        Can.SEE_MISSING,
        Can.SEE_COHORT,
        Can.DECIDE_DAILY,
        Can.SEE_OFFENDERS,
        Can.SEE_ONLINE,
        Can.SEE_SHARED_IMAGES,
    },
    Role.MISSING_COORDINATOR: _MISSING_TEAM,
    Role.OFFENDER_MANAGER: _MANAGES_OFFENDERS,
    Role.OFFENDER_SERGEANT: _SUPERVISES_OFFENDERS,
    Role.OFFENDER_INSPECTOR: _COMMANDS_OFFENDERS | _ANSWERS,
    Role.HUB_ADMINISTRATOR: _HUB,
    Role.HUB_MANAGER: _HUB | {Can.SUPERVISE_REGISTER, Can.MERGE_PEOPLE},
    Role.MISSING_SERGEANT: _MISSING_TEAM | {Can.DECIDE_COHORT, Can.SUPERVISE_MISSING, Can.CHECK_PPN},
    Role.COORDINATOR: _MASH,
    Role.MASH_SERGEANT: _COMMANDS_MASH | {Can.SEE_OFFENDERS},
    Role.MASH_INSPECTOR: _COMMANDS_MASH | {Can.COMMAND_MISSING, Can.DECIDE_COHORT, Can.SEE_OFFENDERS},
    Role.MASH_CHIEF_INSPECTOR: _COMMANDS_MASH
    | _ANSWERS
    | {Can.CHAIR_SCRUTINY}
    | {Can.DECLARE_CONFLICT, Can.MANAGE_SERVICE_ACCOUNTS, Can.COMMAND_MISSING, Can.DECIDE_COHORT, Can.SEE_OFFENDERS},
    Role.QUALITY_REVIEWER: _REVIEWS_QUALITY,
    Role.QUALITY_LEAD: _LEADS_QUALITY,
    Role.GOVERNANCE_LEAD: _KEEPS_RECOMMENDATIONS,
    Role.CHIEF_OFFICER: {Can.SEE_QUALITY, Can.SEE_RECOMMENDATIONS, Can.CONFIRM_RECOMMENDATION},
    Role.SUPERINTENDENT: _COMMANDS_MASH
    | _ANSWERS
    | _COMMANDS_OFFENDERS
    | _COMMANDS_ONLINE
    | {Can.REVIEW_INDEFINITE}
    | {Can.DECLARE_CONFLICT, Can.REGRADE, Can.DOWNGRADE, Can.END_WITHOUT_ATTENDANCE, Can.DECIDE_RESOURCES}
    | {Can.MANAGE_SERVICE_ACCOUNTS, Can.COMMAND_MISSING, Can.REVIEW_LONG_MISSING, Can.DECIDE_COHORT, Can.DECIDE_DAILY},
}

MAY: dict[Role, set[Can]] = {role: acts | {Can.LEARN} for role, acts in _BY_POST.items()}
"""Whoever works here is given feedback on their work, learns, and answers for what they were given to change."""

ABOVE: dict[Role, Role] = {
    Role.CONTACT_OFFICER: Role.CONTACT_SUPERVISOR,
    Role.DISPATCHER: Role.CONTACT_SUPERVISOR,
    Role.CONTACT_SUPERVISOR: Role.FIM,
    Role.FIM: Role.DMM_CHAIR,
    Role.CONTACT_CHIEF_INSPECTOR: Role.SUPERINTENDENT,
    Role.TRIAGE_OFFICER: Role.TRIAGE_SUPERVISOR,
    Role.TRIAGE_SUPERVISOR: Role.FIM,
    Role.RESOLUTION_OFFICER: Role.RESOLUTION_SUPERVISOR,
    Role.RESOLUTION_SUPERVISOR: Role.CONTACT_CHIEF_INSPECTOR,
    Role.NEIGHBOURHOOD_SERGEANT: Role.RESPONSE_INSPECTOR,
    Role.CHILD_ABUSE_RESEARCHER: Role.CHILD_ABUSE_SERGEANT,
    Role.CHILD_ABUSE_INVESTIGATOR: Role.CHILD_ABUSE_SERGEANT,
    Role.CHILD_ABUSE_SERGEANT: Role.CHILD_ABUSE_INSPECTOR,
    Role.CHILD_ABUSE_INSPECTOR: Role.SUPERINTENDENT,
    Role.DMM_CHAIR: Role.SUPERINTENDENT,
    Role.OFFICER: Role.RESPONSE_SERGEANT,
    Role.RESPONSE_SERGEANT: Role.RESPONSE_INSPECTOR,
    Role.RESPONSE_INSPECTOR: Role.SUPERINTENDENT,
    Role.MISSING_COORDINATOR: Role.MISSING_SERGEANT,
    Role.MISSING_SERGEANT: Role.MASH_INSPECTOR,
    Role.OFFENDER_MANAGER: Role.OFFENDER_SERGEANT,
    Role.OFFENDER_SERGEANT: Role.OFFENDER_INSPECTOR,
    Role.OFFENDER_INSPECTOR: Role.SUPERINTENDENT,
    Role.HUB_ADMINISTRATOR: Role.HUB_MANAGER,
    Role.HUB_MANAGER: Role.OFFENDER_INSPECTOR,
    Role.COORDINATOR: Role.MASH_SERGEANT,
    Role.MASH_SERGEANT: Role.MASH_INSPECTOR,
    Role.MASH_INSPECTOR: Role.MASH_CHIEF_INSPECTOR,
    Role.MASH_CHIEF_INSPECTOR: Role.SUPERINTENDENT,
    Role.QUALITY_REVIEWER: Role.QUALITY_LEAD,
    Role.QUALITY_LEAD: Role.SUPERINTENDENT,
    Role.GOVERNANCE_LEAD: Role.SUPERINTENDENT,
    Role.CHIEF_OFFICER: Role.SUPERINTENDENT,
}
"""Who is told when nobody in a role, and nobody covering for one, is there. It ends at the superintendent."""


def acts_of(roles: set[Role]) -> set[Can]:
    """Everything the holder of these roles may do."""
    return set().union(*(MAY[role] for role in roles))


def who_may(act: Can) -> str:
    """The posts that may do it, for a person who may not: "MASH sergeant or MASH inspector"."""
    labels = [str(role.label) for role in Role if act in MAY[role]]
    return " or ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
