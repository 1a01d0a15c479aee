"""Every act, every role, and which role may do which act: the whole matrix on one page.

Rank matters to escalation as well: `ABOVE` says who is told when nobody in a role is there.
"""

from django.db.models import TextChoices


class Can(TextChoices):
    """An act a person may be allowed to do. The words finish the sentence "You may not ..."."""

    SEE_INCIDENTS = "see incidents", "see incidents"
    TAKE_CALL = "take call", "take a call"
    REGRADE = "regrade", "change the grade of an incident"
    DOWNGRADE = "downgrade", "lower the grade of an incident"
    REASSESS = "reassess", "re-assess the risk of an incident"
    DISPATCH = "dispatch", "assign a unit"
    ATTEND = "attend", "record attendance"
    END_WITHOUT_ATTENDANCE = "end without attendance", "end an incident that nobody attended"
    CONTACT_CALLER = "contact caller", "contact a caller"
    HEAR_CHILD = "hear child", "record what a child said and how they were"
    ASK_FIM = "ask fim", "send an incident to the force incident manager"
    DECIDE_RESOURCES = "decide resources", "decide on resources for a late incident"
    HAND_OVER = "hand over", "hand over an incident"
    GIVE_WORK = "give work", "give an incident to somebody"
    ALLOCATE = "allocate", "decide who deals with an incident"
    SECOND_LOOK = "second look", "take the second look at an allocation"
    ADD_SPECIALIST_NOTE = "add specialist note", "add the specialist's guidance on shared images"
    ACCEPT_WORK = "accept work", "accept an incident for a team"
    RESOLVE_BY_PHONE = "resolve by phone", "deal with an incident by phone"
    RESOLVE_FOR_CHILD = "resolve for child", "end by phone an incident with a child"
    DECIDE_NOT_REACHED = "decide not reached", "decide what happens when a caller cannot be reached"
    CLOSE_INCIDENT = "close incident", "close an incident"
    REOPEN_INCIDENT = "reopen incident", "reopen an incident"
    IMPORT_CALLS = "import calls", "import a call log"
    SEE_PPNS = "see ppns", "see public protection notices"
    SUBMIT_PPN = "submit ppn", "submit a public protection notice"
    SEE_PPN_QUEUE = "see ppn queue", "see the MASH queue"
    REVIEW_PPN = "review ppn", "review a public protection notice"
    CHECK_PPN = "check ppn", "check an officer's notice"
    FILE_PPN = "file ppn", "decide on a strategy meeting and file a notice"
    ADD_DOCUMENT = "add document", "add a photo or document"
    RELEASE_DOCUMENT = "release document", "let a document out of quarantine"
    SEE_SHARING = "see sharing", "see what was shared with partner agencies"
    RECORD_REPLY = "record reply", "record what a partner agency did or said"
    COUNTERSIGN = "countersign", "countersign a decision not to share"
    KEEP_SHARING_RULES = "keep sharing rules", "change which agencies are proposed"
    KEEP_AGENCY_ACCESS = "keep agency access", "let a partner agency in or cut it off"
    PULL_SHARED = "pull shared", "fetch what was shared with an agency"
    SEND_REPLIES = "send replies", "answer for an agency"
    USE_PORTAL = "use portal", "use the pages for partner agencies"
    SEE_STRATEGY_MEETINGS = "see strategy meetings", "see strategy meetings"
    REQUEST_STRATEGY_MEETING = "request strategy meeting", "request a strategy meeting"
    RECORD_STRATEGY_MEETING = "record strategy meeting", "record a strategy meeting"
    SEE_SCHOOL_NOTICES = "see school notices", "see what schools were told"
    SEND_SCHOOL_NOTICE = "send school notice", "tell a school"
    KEEP_SCHOOL_CALENDARS = "keep school calendars", "change a school's terms and contacts"
    RESTRICT_CASE = "restrict case", "restrict who may see a case"
    SEE_PEOPLE = "see people", "see what is known of a person"
    RECORD_PEOPLE = "record people", "record people, homes and relationships"
    MARK_RISK = "mark risk", "mark a person as posing a risk"
    MERGE_PEOPLE = "merge people", "say that two records are one person"
    DECIDE_FINDING = "decide finding", "decide on a child linked with a person posing a risk"
    SEE_PROTECTED_ADDRESS = "see protected address", "see a protected address"
    DECLARE_CONFLICT = "declare conflict", "keep a person's records from a member of staff"
    PLACE_SCHOOLS = "place schools", "say which authority a school or postcode belongs to"
    IMPORT_PLACES = "import places", "import schools and postcodes"
    SEE_MISSING = "see missing", "see missing children"
    REPORT_MISSING = "report missing", "report a child missing"
    DEPLOY_FOR_MISSING = "deploy for missing", "grade a missing report and send somebody"
    SEARCH_FOR_MISSING = "search for missing", "record what is done for a missing child"
    SUPERVISE_MISSING = "supervise missing", "decide on the risk and the plan for a missing child"
    COMMAND_MISSING = "command missing", "decide what an inspector decides for a missing child"
    REVIEW_LONG_MISSING = "review long missing", "review a child who has been missing for long"
    DECIDE_DAILY = "decide daily", "decide at the daily management meeting"
    CHASE_INTERVIEWS = "chase interviews", "ask for, chase and read return interviews"
    SEE_COHORT = "see cohort", "see the children the missing team looks after"
    KEEP_COHORT = "keep cohort", "change what the missing team keeps of a child"
    DECIDE_COHORT = "decide cohort", "decide who is in the cohort of the missing team"
    SET_LENGTHS = "set lengths", "change a length of time"
    MANAGE_SERVICE_ACCOUNTS = "manage service accounts", "manage service accounts"


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
    CHILD_ABUSE_SERGEANT = "icat_ds", "Internet child abuse sergeant"
    DMM_CHAIR = "dmm_chair", "Daily management meeting chair"
    COORDINATOR = "mash_coordinator", "MASH co-ordinator"
    MASH_SERGEANT = "mash_sgt", "MASH sergeant"
    MASH_INSPECTOR = "mash_insp", "MASH inspector"
    MASH_CHIEF_INSPECTOR = "mash_ci", "MASH chief inspector"
    MISSING_COORDINATOR = "missing_coord", "Missing co-ordinator"
    MISSING_SERGEANT = "missing_sgt", "Missing team sergeant"
    SUPERINTENDENT = "superintendent", "Detective superintendent"


OUTSIDE = frozenset({Can.PULL_SHARED, Can.SEND_REPLIES, Can.USE_PORTAL})
"""What a partner agency's system or people may be let do. Nobody in the force does any of it."""
AT_THE_PORTAL = frozenset({Can.USE_PORTAL, Can.SEND_REPLIES})
"""What somebody who works for a partner agency may do, and no post of the force beside it."""

_PEOPLE = {Can.SEE_PEOPLE, Can.RECORD_PEOPLE}
_MISSING = {Can.SEE_MISSING, Can.REPORT_MISSING, Can.SEARCH_FOR_MISSING}
"""Anybody who works with missing children may write down at once what was done; risk may be raised by anybody."""
_COHORT = {Can.SEE_COHORT, Can.KEEP_COHORT, Can.CHASE_INTERVIEWS}
_CONTROL_ROOM = (
    _PEOPLE
    | _MISSING
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
}
_BY_PHONE = (
    _PEOPLE
    | _MISSING
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
    }
)
_COMMANDS_MASH = _MASH | {
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

MAY: dict[Role, set[Can]] = {
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
    Role.CHILD_ABUSE_SERGEANT: _SUPERVISES_RESPONSE | {Can.ACCEPT_WORK, Can.ADD_SPECIALIST_NOTE},
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
    },
    Role.MISSING_COORDINATOR: _MISSING_TEAM,
    Role.MISSING_SERGEANT: _MISSING_TEAM | {Can.DECIDE_COHORT, Can.SUPERVISE_MISSING, Can.CHECK_PPN},
    Role.COORDINATOR: _MASH,
    Role.MASH_SERGEANT: _COMMANDS_MASH,
    Role.MASH_INSPECTOR: _COMMANDS_MASH | {Can.COMMAND_MISSING, Can.DECIDE_COHORT},
    Role.MASH_CHIEF_INSPECTOR: _COMMANDS_MASH
    | {Can.DECLARE_CONFLICT, Can.MANAGE_SERVICE_ACCOUNTS, Can.COMMAND_MISSING, Can.DECIDE_COHORT},
    Role.SUPERINTENDENT: _COMMANDS_MASH
    | {Can.DECLARE_CONFLICT, Can.REGRADE, Can.DOWNGRADE, Can.END_WITHOUT_ATTENDANCE, Can.DECIDE_RESOURCES}
    | {Can.MANAGE_SERVICE_ACCOUNTS, Can.COMMAND_MISSING, Can.REVIEW_LONG_MISSING, Can.DECIDE_COHORT, Can.DECIDE_DAILY},
}

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
    Role.CHILD_ABUSE_SERGEANT: Role.SUPERINTENDENT,
    Role.DMM_CHAIR: Role.SUPERINTENDENT,
    Role.OFFICER: Role.RESPONSE_SERGEANT,
    Role.RESPONSE_SERGEANT: Role.RESPONSE_INSPECTOR,
    Role.RESPONSE_INSPECTOR: Role.SUPERINTENDENT,
    Role.MISSING_COORDINATOR: Role.MISSING_SERGEANT,
    Role.MISSING_SERGEANT: Role.MASH_INSPECTOR,
    Role.COORDINATOR: Role.MASH_SERGEANT,
    Role.MASH_SERGEANT: Role.MASH_INSPECTOR,
    Role.MASH_INSPECTOR: Role.MASH_CHIEF_INSPECTOR,
    Role.MASH_CHIEF_INSPECTOR: Role.SUPERINTENDENT,
}
"""Who is told when nobody in a role, and nobody covering for one, is there. It ends at the superintendent."""


def acts_of(roles: set[Role]) -> set[Can]:
    """Everything the holder of these roles may do."""
    return set().union(*(MAY[role] for role in roles))


def who_may(act: Can) -> str:
    """The posts that may do it, for a person who may not: "MASH sergeant or MASH inspector"."""
    labels = [str(role.label) for role in Role if act in MAY[role]]
    return " or ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
