"""The groups of figures, and the post that answers for each. Which post is ours to say: no source names one."""

from __future__ import annotations

from access.roles import Role
from quality.counting import Group

INCIDENTS = Group("incidents", "Incidents attended", Role.CONTACT_CHIEF_INSPECTOR)
QUEUES = Group("queues", "Triage hub and resolution centre", Role.CONTACT_CHIEF_INSPECTOR)
NOTICES = Group("notices", "Public protection notices", Role.MASH_CHIEF_INSPECTOR)
STRATEGY = Group("strategy", "Strategy meetings", Role.MASH_CHIEF_INSPECTOR)
MISSING = Group("missing", "Missing children", Role.MASH_INSPECTOR)
INTERVIEWS = Group("interviews", "Return interviews", Role.MASH_INSPECTOR)
COHORT = Group("cohort", "Children the missing team looks after", Role.MASH_INSPECTOR)
SCHOOLS = Group("schools", "Schools told of missing children", Role.MASH_INSPECTOR)
ONLINE = Group("online", "Online abuse", Role.CHILD_ABUSE_INSPECTOR)
IMAGES = Group("images", "Children whose images were shared", Role.CHILD_ABUSE_INSPECTOR)
OFFENDERS = Group("offenders", "Managed offenders", Role.OFFENDER_INSPECTOR)
HUB_TASKS = Group("hub_tasks", "ViSOR hub", Role.OFFENDER_INSPECTOR)
APPROVALS = Group("approvals", "Approvals by supervisors", Role.OFFENDER_INSPECTOR)
CONTACTS = Group("contacts", "Offenders in contact with children", Role.OFFENDER_INSPECTOR)
QUALITY = Group("quality", "How good the work was", Role.SUPERINTENDENT)

GROUPS = [
    INCIDENTS, QUEUES, NOTICES, STRATEGY, MISSING, INTERVIEWS, COHORT, SCHOOLS, ONLINE, IMAGES, OFFENDERS, HUB_TASKS,
    APPROVALS, CONTACTS, QUALITY,
]  # fmt: skip
