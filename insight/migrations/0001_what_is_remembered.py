from django.db import migrations

from history.sql import remembered

REMEMBERED = {
    "cases": """
        address alias evidence finding flag match phone placemarker reference relationship residence
        sighting
    """,
    "cohort": """
        cohortentry cohortmeeting exploitationassessment meetingattendee meetingdecision philomenaform
        planstep riskplan riskplanversion triggerplan
    """,
    "documents": """
        attachment
    """,
    "encompass": """
        addressee attends exemption keyadult practice schoolcalendar schoolhours schoolnotice
    """,
    "missing": """
        dailydecision enquiry episode interviewrequest learned missingnotice planaction
        preventioninterview reassessment review riskanswer riskdecision schoolscheme systemcheck
    """,
    "offenders": """
        approval approvalread assessedfactor assessment childcontact civilorder hubquery hubtask
        importedlist indefinitereview intelligence legacyfolder managementplan nominal notificationduty
        offenderdisclosure offendervisit plantask reactiveproposal requirement scrutinyitem
        scrutinyround spell transfer travel unreadablerow visitattempt
    """,
    "online": """
        bail bailchange candidateaddress casetransfer childrencheck device enforcement gateoverride
        identifier keptapart kiratassessment ladoreferral linkedchild newinformation notconcerned
        occupant occupantcheck onlinecase referralfile referralrow researchaction safetyplan sharedimage
        socialworkercontact suspect
    """,
    "partners": """
        agency delivery disagreement discloseddocument disclosure look recipient reply sharingrule
    """,
    "ppn": """
        childconsidered concern detailrequest domesticabuse ppn subject trigger
    """,
    "quality": """
        attendancefile attendancerow champion course coursetheme evidenceitem feedback improvementaction
        learningaction mark measuresnapshot publication recommendation retest sampled scrutinymeeting
        scrutinypaper theme themenote trainingdue trainingneed trainingrecord
    """,
    "strategy": """
        action attendee authoritysanswer decision meetingchild minutes receivedminutes strategymeeting
    """,
    "triage": """
        abusequestions allocation childvoice contactattempt incident resourcingdecision rowtocheck
        thrive unit
    """,
}
BORN = {
    "workflow_step": "t.at",
    "sla_escalation": "t.raised_at",
    "sla_notification": "(SELECT e.raised_at FROM public.sla_escalation e WHERE e.id = t.escalation_id)",
}
CLOCK = (
    "deadline, reference, team_id, owner_id, never_tells, no_child, due_at, every, setting_id, stopped_at, stopped_by"
)


class Migration(migrations.Migration):
    """Tables whose rows are remembered as they stood. A later table is added by the migration that makes it.

    A level that a clock has reached is an escalation with a moment of its own: the sweep writes nothing here.
    """

    initial = True
    dependencies = [
        ("history", "0001_initial"),
        ("cases", "0007_plain_numbers"),
        ("cohort", "0002_guards"),
        ("documents", "0003_sent_by_agencies"),
        ("encompass", "0003_told_by_their_system_or_on_our_pages"),
        ("missing", "0002_guards"),
        ("offenders", "0005_posts_of_insight"),
        ("online", "0002_guards"),
        ("partners", "0013_return_interviews"),
        ("ppn", "0006_answered_by_somebody"),
        ("quality", "0004_guards"),
        ("sla", "0005_never_told"),
        ("strategy", "0004_guards"),
        ("triage", "0006_guards"),
        ("workflow", "0002_guards"),
    ]

    operations = [
        *(remembered(f"{app}_{name}") for app, names in REMEMBERED.items() for name in names.split()),
        *(remembered(table, born=born) for table, born in BORN.items()),
        remembered("sla_clock", columns=CLOCK),
    ]
