"""How much there is of everything, in one place. The first ones are the inspectors', from June 2022."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta

SEED = 694  # of everything that is left to chance

OLDEST_NOTICE = timedelta(days=10, hours=22)

# Of each day's notices, how many nobody has read yet: the latest 24 hours first. They add up to 6.3 days of arrivals.
STILL_WAITING = (0.98, 0.95, 0.90, 0.84, 0.76, 0.66, 0.53, 0.38, 0.20, 0.08, 0.03)

# "The resolution centre had 696 open incidents; the oldest unallocated incident was 23 days old, and callers were
# waiting 5 days for initial contact." How many of them had nobody's name on them the report does not say.
OLDEST_BY_PHONE = timedelta(days=23)
FIRST_CONTACT = timedelta(days=5)
CHILDREN_BY_PHONE = {"yes": 12, "not_known": 10, "no": 78}  # 2 of the 10 that the inspectors read were about children
# Of those that were rung: how often in vain, and whether the caller was reached after that. Ours.
WHO_IS_REACHED = {(0, True): 70, (1, True): 12, (2, True): 4, (1, False): 8, (2, False): 4, (3, False): 2}
SENT_BACK = {0: 96, 1: 3, 2: 1}  # how often a team sent it back to the hub. Ours

# How much of the day's work arrives in each hour of the day, from midnight.
RHYTHM = (3, 2, 2, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 6, 7, 7, 7, 7, 7, 6, 5, 4)

# Officers' grades. One in four is red; no share is proposed only where no child is.
GRADES_WITH_A_CHILD = {"red": 30, "amber": 45, "green": 25}
OTHER_GRADES = {"red": 17, "amber": 37, "green": 36, "blue": 10}
DOMESTIC_ABUSE_RISKS = {"standard": 42, "medium": 31, "high": 21, "not_known": 6}
SUBMITTED_LATE = 0.12  # more than a day after police knew
# "staff in the triage hub were in the process of reviewing 400 incidents ... We reviewed 20 ... only 2 were found to
# relate to children." Of how many nobody knew the report does not say.
CHILDREN_IN_THE_HUB = {"yes": 9, "not_known": 12, "no": 79}
CHILDREN_IN_PRIORITY_CALLS = {"yes": 30, "not_known": 20, "no": 50}

# Online abuse. Who sends how many of ten: the report names the NCA, other forces, the peer-to-peer system and visits to
# offenders; how many each the report does not say. Ours
SENDERS = {"nca": 58, "other_force": 12, "peer_to_peer": 12, "public": 8, "offender_visit": 5, "regional": 5}
# Levels of KIRAT, per cent. No source found; ours
KIRAT_LEVELS = {"very_high": 5, "high": 20, "medium": 35, "low": 40}
# At how many of a hundred addresses live so many children: 1.2 to 1.6 for each arrest (NCA and NPCC, 1,200 children
# safeguarded and 1,000 arrests a month; 164 and 131 in one week of 2018)
CHILDREN_AT_AN_ADDRESS = {0: 22, 1: 22, 2: 28, 3: 20, 4: 8}
# Of 131 who were arrested in one week of 2018, 19 were in a position of trust and 13 registered offenders (NCA)
WORKS_WITH_CHILDREN, MANAGED_SUSPECTS = 0.15, 0.10
# "Outcome 21" for 600 of 673 in West Yorkshire in 2021, diversion for most others
DIVERTED_EACH = 10


@dataclass(frozen=True)
class Figures:
    """How many records of each kind."""

    # Notices
    waiting: int = 694
    under_review: int = 14  # of those waiting
    assessed: int = 25
    shared: int = 20
    filed: int = 30

    # Incidents not attended: with those of `demo/waiting.py` 60 immediate or priority ones, 25 of them late
    in_hub: int = 400
    hub_late: int = 26
    g1_on_time: int = 5
    g1_late: int = 2
    g2_on_time: int = 29
    g2_late: int = 19

    # Missing children: reported in a day, and those whom the missing team looks after
    missing_a_day: int = 18
    cohort: int = 174

    # Offenders: "2,346 registered sex offenders ... the average number is 60 ... they also manage other types of
    # offenders ... 80"; "a backlog of 195 tasks"; "a backlog of 993 supervisor approval tasks"
    registered: int = 2346
    other_nominals: int = 784
    visits_to_approve: int = 620
    assessments_to_approve: int = 280
    plans_to_approve: int = 93
    hub_tasks: int = 195

    # Online abuse, in the 24 days of the demo: "over 20,000" cases a year from the NCA to all forces, 3% of them here,
    # are 50 a month; 25 reports a month of shared images reached those who telephone (inspection of 2022)
    online_referrals: int = 40
    shared_images: int = 20

    # The resolution centre
    by_phone: int = 696
    by_phone_nobody: int = 310  # nobody has taken it on by name

    # Incidents attended in the last day: 14 of 26 G2 within the hour are 54%
    g1_attended: int = 11
    g1_attended_in_time: int = 7
    g2_attended: int = 26
    g2_attended_in_time: int = 14
    g3_attended: int = 3

    def scaled(self, size: float) -> Figures:
        """A smaller force of the same kind, with one of everything at least."""
        return Figures(**{each.name: max(1, round(getattr(self, each.name) * size)) for each in fields(self)})
