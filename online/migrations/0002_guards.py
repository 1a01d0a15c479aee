from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("online", "0001_initial")]

    operations = [
        audited("online_bail"),
        never_deleted("online_bail"),
        audited("online_bailchange"),
        never_rewritten("online_bailchange"),
        audited("online_candidateaddress"),
        never_deleted("online_candidateaddress"),
        audited("online_casetransfer"),
        never_deleted("online_casetransfer"),
        audited("online_childrencheck"),
        never_deleted("online_childrencheck"),
        audited("online_device"),
        never_deleted("online_device"),
        audited("online_enforcement"),
        never_deleted("online_enforcement"),
        audited("online_gateoverride"),
        never_deleted("online_gateoverride"),
        audited("online_identifier"),
        never_rewritten("online_identifier"),
        audited("online_keptapart"),
        never_deleted("online_keptapart"),
        audited("online_kiratassessment"),
        never_deleted("online_kiratassessment"),
        audited("online_ladoreferral"),
        never_deleted("online_ladoreferral"),
        audited("online_linkedchild"),
        never_deleted("online_linkedchild"),
        audited("online_newinformation"),
        never_deleted("online_newinformation"),
        audited("online_notconcerned"),
        never_deleted("online_notconcerned"),
        audited("online_occupant"),
        never_deleted("online_occupant"),
        audited("online_occupantcheck"),
        never_rewritten("online_occupantcheck"),
        audited("online_onlinecase"),
        never_deleted("online_onlinecase"),
        audited("online_referralfile"),
        never_deleted("online_referralfile"),
        audited("online_referralrow"),
        never_deleted("online_referralrow"),
        audited("online_researchaction"),
        never_rewritten("online_researchaction"),
        audited("online_safetyplan"),
        never_deleted("online_safetyplan"),
        audited("online_sharedimage"),
        never_deleted("online_sharedimage"),
        audited("online_socialworkercontact"),
        never_rewritten("online_socialworkercontact"),
        audited("online_suspect"),
        never_deleted("online_suspect"),
    ]
