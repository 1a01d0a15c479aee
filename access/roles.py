"""Every role, and which role may do which act. Acts that go together are in `access.bundles`.

Rank matters to escalation as well: `ABOVE` says who is told when nobody in a role is there.
"""

from django.db.models import TextChoices

from access.acts import WHILE_LOOKING, Can
from access.bundles import (
    ANSWERS,
    COMMANDS_MASH,
    COMMANDS_OFFENDERS,
    COMMANDS_ONLINE,
    CONTROL_ROOM,
    HUB,
    INVESTIGATES_ONLINE,
    KEEPS_RECOMMENDATIONS,
    LEADS_QUALITY,
    MANAGES_OFFENDERS,
    MASH,
    MISSING_TEAM,
    RESEARCHES_ONLINE,
    RESOLUTION,
    RESPONSE,
    REVIEWS_QUALITY,
    RUNS_A_DEPARTMENT,
    RUNS_A_TEAM,
    SEES_RECORDS,
    SEES_THE_WHOLE,
    SUPERVISES,
    SUPERVISES_CALLS,
    SUPERVISES_OFFENDERS,
    SUPERVISES_ONLINE,
    SUPERVISES_RESPONSE,
    TRIAGE,
)

__all__ = ["ABOVE", "AT_THE_PORTAL", "MAY", "OUTSIDE", "Can", "Role", "acts_of", "does", "who_may"]


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
    ANALYST = "analyst", "Performance analyst"
    INSPECTORATE = "inspectorate", "Inspector of constabulary"
    SUPERINTENDENT = "superintendent", "Detective superintendent"
    CHIEF_OFFICER = "chief_officer", "Assistant chief constable"


OUTSIDE = frozenset({Can.PULL_SHARED, Can.SEND_REPLIES, Can.USE_PORTAL})
"""What a partner agency's system or people may be let do. Nobody in the force does any of it."""
AT_THE_PORTAL = frozenset({Can.USE_PORTAL, Can.SEND_REPLIES})
"""What somebody who works for a partner agency may do, and no post of the force beside it."""

_BY_POST: dict[Role, set[Can]] = {
    Role.CONTACT_OFFICER: CONTROL_ROOM - {Can.DISPATCH, Can.ATTEND, Can.IMPORT_CALLS},
    Role.DISPATCHER: CONTROL_ROOM - {Can.IMPORT_CALLS},
    Role.CONTACT_SUPERVISOR: SUPERVISES_CALLS,
    Role.FIM: SUPERVISES_CALLS
    | TRIAGE
    | {Can.SECOND_LOOK, Can.DECIDE_NOT_REACHED, Can.DECIDE_RESOURCES, Can.SET_LENGTHS, Can.MANAGE_SERVICE_ACCOUNTS}
    | {Can.SUPERVISE_MISSING, Can.COMMAND_MISSING, Can.SEE_COHORT},
    Role.OFFICER: RESPONSE,
    Role.CONTACT_CHIEF_INSPECTOR: SUPERVISES_CALLS
    | TRIAGE
    | RESOLUTION
    | ANSWERS
    | {Can.SECOND_LOOK, Can.DECIDE_NOT_REACHED, Can.RESOLVE_FOR_CHILD, Can.DECIDE_RESOURCES, Can.SET_LENGTHS}
    | {Can.SUPERVISE_MISSING, Can.COMMAND_MISSING},
    Role.TRIAGE_OFFICER: TRIAGE,
    Role.TRIAGE_SUPERVISOR: TRIAGE | SUPERVISES | {Can.SECOND_LOOK, Can.DECIDE_NOT_REACHED, Can.ASK_FIM, Can.CHECK_PPN},
    Role.RESOLUTION_OFFICER: RESOLUTION,
    Role.RESOLUTION_SUPERVISOR: RESOLUTION
    | SUPERVISES
    | {Can.RESOLVE_FOR_CHILD, Can.DECIDE_NOT_REACHED, Can.ASK_FIM, Can.CHECK_PPN},
    Role.RESPONSE_SERGEANT: SUPERVISES_RESPONSE,
    Role.RESPONSE_INSPECTOR: SUPERVISES_RESPONSE | {Can.COMMAND_MISSING},
    Role.NEIGHBOURHOOD_SERGEANT: SUPERVISES_RESPONSE | {Can.ACCEPT_WORK},
    Role.CHILD_ABUSE_RESEARCHER: RESEARCHES_ONLINE,
    Role.CHILD_ABUSE_INVESTIGATOR: INVESTIGATES_ONLINE,
    Role.CHILD_ABUSE_SERGEANT: SUPERVISES_RESPONSE | SUPERVISES_ONLINE | {Can.ACCEPT_WORK},
    Role.CHILD_ABUSE_INSPECTOR: SUPERVISES_RESPONSE | COMMANDS_ONLINE | {Can.ACCEPT_WORK},
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
    Role.MISSING_COORDINATOR: MISSING_TEAM,
    Role.OFFENDER_MANAGER: MANAGES_OFFENDERS,
    Role.OFFENDER_SERGEANT: SUPERVISES_OFFENDERS,
    Role.OFFENDER_INSPECTOR: COMMANDS_OFFENDERS | ANSWERS,
    Role.HUB_ADMINISTRATOR: HUB,
    Role.HUB_MANAGER: HUB | {Can.SUPERVISE_REGISTER, Can.MERGE_PEOPLE},
    Role.MISSING_SERGEANT: MISSING_TEAM | {Can.DECIDE_COHORT, Can.SUPERVISE_MISSING, Can.CHECK_PPN},
    Role.COORDINATOR: MASH,
    Role.MASH_SERGEANT: COMMANDS_MASH | {Can.SEE_OFFENDERS, Can.SEE_DAILY, Can.REPLAY},
    Role.MASH_INSPECTOR: COMMANDS_MASH | {Can.COMMAND_MISSING, Can.DECIDE_COHORT, Can.SEE_OFFENDERS},
    Role.MASH_CHIEF_INSPECTOR: COMMANDS_MASH
    | ANSWERS
    | {Can.CHAIR_SCRUTINY}
    | {Can.DECLARE_CONFLICT, Can.MANAGE_SERVICE_ACCOUNTS, Can.COMMAND_MISSING, Can.DECIDE_COHORT, Can.SEE_OFFENDERS},
    Role.QUALITY_REVIEWER: REVIEWS_QUALITY,
    Role.QUALITY_LEAD: LEADS_QUALITY | SEES_THE_WHOLE,
    Role.GOVERNANCE_LEAD: KEEPS_RECOMMENDATIONS | SEES_THE_WHOLE | {Can.PREPARE_EVIDENCE, Can.READ_EVIDENCE},
    Role.CHIEF_OFFICER: {Can.SEE_QUALITY, Can.SEE_RECOMMENDATIONS, Can.CONFIRM_RECOMMENDATION}
    | SEES_THE_WHOLE
    | {Can.RELEASE_EVIDENCE, Can.READ_EVIDENCE},
    Role.ANALYST: SEES_RECORDS | SEES_THE_WHOLE | {Can.KEEP_FIGURES, Can.PREPARE_EVIDENCE, Can.READ_EVIDENCE},
    Role.INSPECTORATE: SEES_RECORDS | SEES_THE_WHOLE | {Can.READ_EVIDENCE},
    Role.SUPERINTENDENT: COMMANDS_MASH
    | ANSWERS
    | RUNS_A_DEPARTMENT
    | {Can.RELEASE_EVIDENCE, Can.READ_EVIDENCE}
    | COMMANDS_OFFENDERS
    | COMMANDS_ONLINE
    | {Can.REVIEW_INDEFINITE}
    | {Can.DECLARE_CONFLICT, Can.REGRADE, Can.DOWNGRADE, Can.END_WITHOUT_ATTENDANCE, Can.DECIDE_RESOURCES}
    | {Can.MANAGE_SERVICE_ACCOUNTS, Can.COMMAND_MISSING, Can.REVIEW_LONG_MISSING, Can.DECIDE_COHORT, Can.DECIDE_DAILY},
}

_RUN_A_TEAM = {
    *(Role.CONTACT_SUPERVISOR, Role.TRIAGE_SUPERVISOR, Role.RESOLUTION_SUPERVISOR, Role.RESPONSE_SERGEANT),
    *(Role.NEIGHBOURHOOD_SERGEANT, Role.CHILD_ABUSE_SERGEANT, Role.MASH_SERGEANT, Role.MISSING_SERGEANT),
    *(Role.OFFENDER_SERGEANT, Role.HUB_MANAGER),
}
_RUN_A_DEPARTMENT = {
    *(Role.FIM, Role.CONTACT_CHIEF_INSPECTOR, Role.RESPONSE_INSPECTOR, Role.CHILD_ABUSE_INSPECTOR),
    *(Role.MASH_INSPECTOR, Role.MASH_CHIEF_INSPECTOR, Role.OFFENDER_INSPECTOR, Role.DMM_CHAIR),
}


def _of_every(role: Role) -> set[Can]:
    """Whoever works here is given feedback on their work, learns, and answers for what they were given to change. An
    inspector of constabulary does not work here, and changes nothing."""
    learns = set() if role == Role.INSPECTORATE else {Can.LEARN, Can.CHANGE_RECORDS}
    team = RUNS_A_TEAM if role in _RUN_A_TEAM else set()
    return learns | team | (RUNS_A_DEPARTMENT if role in _RUN_A_DEPARTMENT else set())


MAY: dict[Role, set[Can]] = {role: acts | _of_every(role) for role, acts in _BY_POST.items()}

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
    Role.ANALYST: Role.SUPERINTENDENT,
    Role.INSPECTORATE: Role.SUPERINTENDENT,
}
"""Who is told when nobody in a role, and nobody covering for one, is there. It ends at the superintendent."""


def acts_of(roles: set[Role]) -> set[Can]:
    """Everything the holder of these roles may do."""
    return set().union(*(MAY[role] for role in roles))


def does(role: Role, act: Can) -> bool:
    """Whether a post does what asks for this act. One that only looks sees by acts and does nothing more."""
    return act in MAY[role] and (act in WHILE_LOOKING or Can.CHANGE_RECORDS in MAY[role])


def who_may(act: Can) -> str:
    """The posts that may do it, for a person who may not: "MASH sergeant or MASH inspector"."""
    labels = [str(role.label) for role in Role if does(role, act)]
    return " or ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
