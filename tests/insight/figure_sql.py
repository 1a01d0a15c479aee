# ruff: noqa: S608 - names of our own tables, written here
"""What each figure is, written a second time and by hand: SQL of a period from %(begins)s to %(at)s.

A share: how many, of how many. A count or a queue: how many, the oldest. A length: of how many, how long.
"""

DAY, HOUR = "interval '24 hours'", "interval '1 hour'"


def within(column: str, whole: str = "interval '0'") -> str:
    return f"{column} + {whole} BETWEEN %(begins)s AND %(at)s"


def share(those: str, table: str, where: str) -> str:
    return f"SELECT count(*) FILTER (WHERE {those}), count(*) FROM {table} WHERE {where}"


def queue(table: str, where: str, since: str = "NULL::timestamptz") -> str:
    return f"SELECT count(*), min({since}) FROM {table} WHERE {where}"


def took(share_of: str, ended: str, began: str, table: str, where: str) -> str:
    middle = f"percentile_disc({share_of}) WITHIN GROUP (ORDER BY {ended} - {began})"
    return f"SELECT count(*), {middle} FROM {table} WHERE {where}"


def clocks(codes: str, those: str) -> str:
    return share(those, "sla_clock", f"deadline IN ({codes}) AND {within('due_at')}")


def running(code: str, more: str = "true") -> str:
    return queue("sla_clock", f"deadline = '{code}' AND stopped_at IS NULL AND due_at < %(at)s AND {more}", "due_at")


MISSED = "(stopped_at > due_at OR (stopped_at IS NULL AND due_at < %(at)s))"
IN_TIME = "stopped_at <= due_at"
HUB = "state IN ('in_triage', 'second_look')"
WITH_TEAM = "state IN ('allocated', 'accepted') AND destination = 'resolution'"
OURS = "n.state IN ('pre_sentence', 'awaiting_visit', 'active', 'reactive', 'in_custody', 'released')"
NOMINAL, VISIT = "offenders_nominal n", "offenders_offendervisit"
MADE = f"state IN ('submitted', 'approved') AND {within('visited_at')}"
EPISODE, NOT_ERROR = "missing_episode e", "e.state <> 'in_error'"
FOUND = f"{NOT_ERROR} AND {within('e.found_at')}"
REPORTED = f"{NOT_ERROR} AND {within('e.reported_at')}"
ENTRY = """(SELECT max(c.entered_at) FROM cohort_cohortentry c JOIN cases_person q ON q.id = c.person_id
  WHERE q.same_as_id = p.same_as_id AND c.entered_at + interval '90 days' BETWEEN %(begins)s AND %(at)s)"""
BEFORE = """EXISTS (SELECT FROM missing_episode o JOIN cases_person q ON q.id = o.person_id
  WHERE q.same_as_id = p.same_as_id AND o.state <> 'in_error' AND o.reported_at < e.reported_at
  AND o.reported_at >= e.reported_at - interval '90 days')"""
EPISODE_OF = f"{EPISODE} JOIN cases_person p ON p.id = e.person_id"
CONCERNED = (
    "EXISTS (SELECT FROM online_linkedchild c WHERE c.online_case_id = f.online_case_id AND c.state <> 'in_error')"
)
OPEN_PILLAR = """EXISTS (SELECT FROM offenders_pillar i
  WHERE i.starts <= (%(at)s::timestamptz AT TIME ZONE 'Europe/London')::date
  AND (i.ends IS NULL OR i.ends > (%(at)s::timestamptz AT TIME ZONE 'Europe/London')::date)
  AND NOT (m.not_applicable ? i.code)
  AND NOT EXISTS (SELECT FROM offenders_plantask t
    WHERE t.plan_id = m.id AND t.pillar_id = i.code AND t.state <> 'not_needed'))"""
IN_SHARE = f"JOIN offenders_nominal n ON n.id = m.nominal_id WHERE m.state = 'approved' AND {OURS}"
AWAY = """EXISTS (SELECT FROM accounts_posting o JOIN accounts_absence b ON b.person_id = o.person_id
  WHERE o.role = a.role AND o.team_id = a.at_team_id AND o.starts <= %(at)s AND (o.ends IS NULL OR o.ends > %(at)s)
  AND b.starts <= %(at)s AND b.ends > %(at)s)"""
SILENT = """(state IN ('waiting', 'failed') OR (state = 'delivered' AND purpose <> 'withdrawal'
    AND 'receipt' = ANY(expects))
  OR (state IN ('delivered', 'acknowledged') AND purpose <> 'withdrawal' AND
    (('decision' = ANY(expects) AND decided_at IS NULL) OR ('outcome' = ANY(expects) AND outcome_at IS NULL)))
  OR (purpose = 'withdrawal' AND state IN ('delivered', 'acknowledged'))
  OR (state = 'acknowledged' AND asked_at IS NOT NULL))"""

SQL: dict[str, str] = {
    "priority_attended_in_the_hour": share(
        f"attended_at <= reported_at + {HOUR}",
        "triage_incident",
        f"grade = 'G2' AND state <> 'duplicate_linked' AND {within('reported_at', HOUR)}",
    ),
    "late_not_reassessed": running("K4"),
    "late_children_not_reassessed": running("K4", "NOT no_child"),
    "children_not_seen": running("K7"),
    "hub_waiting": queue("triage_incident", HUB, "reported_at"),
    "resolution_waiting": queue("triage_incident", WITH_TEAM, "reported_at"),
    "callers_not_contacted": queue("triage_incident", f"{WITH_TEAM} AND first_contact_at IS NULL", "reported_at"),
    "first_contact_took": took(
        "0.5",
        "first_contact_at",
        "reported_at",
        "triage_incident",
        f"destination = 'resolution' AND {within('first_contact_at')}",
    ),
    "notices_waiting": queue("ppn_ppn", "state IN ('submitted', 'under_research')", "submitted_at"),
    "notices_reviewed_in_a_day": share(
        f"assessed_at <= submitted_at + {DAY}", "ppn_ppn", within("submitted_at", DAY)
    ),
    "notices_received": queue("ppn_ppn", within("submitted_at")),
    "notices_shared": queue("ppn_ppn", within("shared_at")),
    "schools_told_in_time": clocks("'P6'", IN_TIME),
    "schools_told_late": queue("sla_clock", f"deadline = 'P6' AND {within('due_at')} AND {MISSED}", "due_at"),
    "partners_silent": queue("partners_delivery", f"{SILENT} AND due_at < %(at)s", "due_at"),
    "children_spoken_to": share(
        "s.spoken_to = 'yes'",
        "ppn_subject s JOIN ppn_ppn p ON p.id = s.ppn_id",
        f"s.part = 'child' AND {within('p.submitted_at')}",
    ),
    "triggers_met": queue("ppn_trigger", within("raised_at")),
    "triggers_requested": share("decision IN ('requested', 'held')", "ppn_trigger", within("decided_at")),
    "triggers_undecided": queue("ppn_trigger", "state <> 'decided'", "raised_at"),
    "triggers_refused_with_reason": share(
        "because <> ''", "ppn_trigger", f"decision = 'not_needed' AND {within('decided_at')}"
    ),
    "meetings_held_in_a_day": share(
        f"held_at <= requested_at + {DAY}",
        "strategy_strategymeeting",
        f"state <> 'cancelled' AND {within('requested_at', DAY)}",
    ),
    "meetings_missed_in_samples": share(
        "strategy = 'yes' AND their_strategy = 'no'", "quality_secondlook", within("at")
    ),
    "medium_risk_without_breach": share(
        f"NOT EXISTS (SELECT FROM sla_clock c WHERE c.record = e.id AND c.deadline = 'MC5' AND {MISSED})",
        EPISODE,
        f"e.risk = 'medium' AND {within('e.reported_at')}",
    ),
    "missing_reported": queue(EPISODE, REPORTED),
    "missing_nothing_done": running("MC5"),
    "missing_attended_took": took(
        "0.5", "attended_at", "reported_at", EPISODE, f"{NOT_ERROR} AND {within('attended_at')}"
    ),
    "missing_nine_in_ten_attended": took(
        "0.9", "attended_at", "reported_at", EPISODE, f"{NOT_ERROR} AND {within('attended_at')}"
    ),
    "missing_ratified_in_time": clocks("'MC4'", f"{IN_TIME} AND stopped_by = 'missing.ratify'"),
    "missing_inactivity": queue("sla_clock", f"deadline = 'MC5' AND {within('due_at')} AND {MISSED}", "due_at"),
    "missing_reviews_in_time": clocks("'MC6', 'MC7'", IN_TIME),
    "missing_again": share(BEFORE, EPISODE_OF, REPORTED),
    "missing_found_took": took("0.5", "found_at", "reported_at", EPISODE, f"{FOUND} AND found_at >= reported_at"),
    "missing_spoken_to": share("interviewed_at IS NOT NULL AND not_seen_because = ''", EPISODE, FOUND),
    "missing_with_a_notice": share("EXISTS (SELECT FROM ppn_ppn n WHERE n.arises_from = e.id)", EPISODE, FOUND),
    "return_interviews_in_time": share(
        "held_at <= returned_at + interval '72 hours'",
        "missing_interviewrequest",
        within("returned_at", "interval '72 hours'"),
    ),
    "return_interviews_asked": queue("missing_interviewrequest", within("requested_at")),
    "return_interviews_declined": share("outcome = 'declined'", "missing_interviewrequest", within("requested_at")),
    "return_interviews_received": share("received_at IS NOT NULL", "missing_interviewrequest", within("held_at")),
    "return_interviews_read": clocks("'MC17R'", IN_TIME),
    "return_interviews_overdue": running("MC16"),
    "cohort_children": queue("cohort_cohortentry", "state = 'in_cohort'", "entered_at"),
    "cohort_plans_in_date": share("due_at IS NULL OR due_at >= %(at)s", "cohort_riskplan", "state = 'current'"),
    "cohort_meetings_held": clocks("'MC19'", f"{IN_TIME} AND stopped_by = 'cohort.hold_meeting'"),
    "cohort_episodes_after": share(
        f"e.reported_at >= {ENTRY}",
        EPISODE_OF,
        f"{NOT_ERROR} AND e.reported_at BETWEEN {ENTRY} - interval '90 days' AND {ENTRY} + interval '90 days'",
    ),
    "schools_told_of_missing": share(
        "sent_at <= due_at", "missing_missingnotice", f"whom = 'school' AND {within('due_at')}"
    ),
    "online_received": queue("online_onlinecase", within("received_at")),
    "online_on_records_in_a_day": share(
        f"external_at <= received_at + {DAY}", "online_onlinecase", within("received_at", DAY)
    ),
    "kirat_in_time": clocks("'OC3', 'OC3A'", f"{IN_TIME} AND stopped_by = 'online.level_set'"),
    "kirat_acted_in_time": clocks("'OC4'", IN_TIME),
    "kirat_overdue": running("OC4"),
    "online_open": queue(
        "online_onlinecase",
        "executed_at IS NULL AND safeguarded_at IS NULL AND state NOT IN ('closed', 'transferred', 'linked')",
        "received_at",
    ),
    "online_children_found": queue("online_linkedchild", f"state <> 'in_error' AND {within('known_at')}"),
    "online_notice_in_a_day": share(
        f"notice_at <= known_at + {DAY}", "online_linkedchild", f"state <> 'in_error' AND {within('known_at', DAY)}"
    ),
    "strategy_before_enforcement": share(
        "f.override_id IS NULL AND f.happened_id IS NULL",
        "online_enforcement f",
        f"f.state = 'done' AND {CONCERNED} AND {within('f.done_at')}",
    ),
    "online_voluntary": share("kind = 'voluntary'", "online_enforcement", f"state = 'done' AND {within('done_at')}"),
    "lado_in_a_working_day": clocks("'OC11'", IN_TIME),
    "images_child_seen": share(
        "seen_at IS NOT NULL", "online_sharedimage", f"state = 'resolved' AND {within('resolved_at')}"
    ),
    "images_seen_took": took(
        "0.5",
        "seen_at",
        "reported_at",
        "online_sharedimage",
        f"state <> 'in_error' AND seen_at >= reported_at AND {within('seen_at')}",
    ),
    "images_resolved": queue("online_sharedimage", f"state = 'resolved' AND {within('resolved_at')}"),
    "offenders_registered": queue(NOMINAL, f"{OURS} AND managed_as = 'rso'"),
    "offenders_managed": queue(NOMINAL, OURS),
    "offenders_visits_made": queue(VISIT, MADE),
    "offenders_visits_in_time": clocks("'RS12', 'RS14'", IN_TIME),
    "offenders_visits_overdue": queue(
        NOMINAL, "state IN ('awaiting_visit', 'active', 'released') AND visit_due_at < %(at)s", "visit_due_at"
    ),
    "offenders_double_crewed": share("officer_two <> ''", VISIT, MADE),
    "offenders_unannounced": share("announced = 'no'", VISIT, MADE),
    "offenders_assessed_in_date": share(
        "assessment_due_at >= %(at)s", NOMINAL, f"{OURS} AND assessment_due_at IS NOT NULL"
    ),
    "offenders_with_a_plan": share(
        "EXISTS (SELECT FROM offenders_managementplan m WHERE m.nominal_id = n.id AND m.state = 'approved')",
        NOMINAL,
        f"{OURS} AND assessed_at IS NOT NULL",
    ),
    "offenders_four_pillars": f"SELECT count(*) FILTER (WHERE NOT {OPEN_PILLAR}), count(*) "
    f"FROM offenders_managementplan m {IN_SHARE}",
    "releases_passed": queue(
        "offenders_spell", "state = 'going_on' AND release_due_at < %(at)s", "release_due_at"
    ),
    "hub_tasks_open": queue(
        "offenders_hubtask", "state IN ('received', 'assigned', 'in_progress', 'queried')", "received_at"
    ),
    "hub_tasks_in_time": clocks("'RS9', 'RS10'", IN_TIME),
    "approvals_open": queue("offenders_approval", "state = 'waiting'", "submitted_at"),
    "approvals_in_time": clocks("'RS18', 'RS18I'", IN_TIME),
    "approvals_supervisor_away": queue("offenders_approval a", f"state = 'waiting' AND {AWAY}", "submitted_at"),
    "contact_notice_in_time": share(
        "notice_at <= discovered_at + interval '12 hours'",
        "offenders_childcontact",
        f"state <> 'in_error' AND {within('discovered_at', 'interval ' + repr('12 hours'))}",
    ),
    "contact_decision_known": share(
        "decision_at IS NOT NULL", "offenders_childcontact", f"state <> 'in_error' AND {within('shared_at')}"
    ),
    "audits_good": share("grade = 'good'", "quality_review", f"grade <> '' AND {within('reviewed_at')}"),
    "voice_of_the_child": share(
        "m.score >= 2",
        "quality_mark m JOIN quality_review r ON r.id = m.review_id",
        f"m.score IS NOT NULL AND m.criterion IN ('seen', 'heard', 'observed') AND {within('r.reviewed_at')}",
    ),
    "plans_bespoke": share("plan_is_bespoke = 'yes'", "offenders_scrutinyitem", within("graded_at")),
}  # fmt: skip
