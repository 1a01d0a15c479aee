"""The clocks of research and of the KIRAT level. The time to act only comes nearer, whatever is run in whatever order;
nothing but research, an attribution or a level keeps research from having stalled."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta

from access.roles import Role
from access.time import now
from accounts.models import User
from online.codes import Kirat
from online.models import BEFORE, KiratAssessment, NewInformation, OnlineCase
from online.research_lengths import (
    ACT,
    LEVEL_SET,
    LOOKED_AGAIN,
    RATIFIED,
    RATIFIED_SOON,
    RUN_AGAIN,
    STALLED,
)
from online.workflow import case_transfers, cases, closing, enforcing, kirat, news, research
from sla.calendar import local
from sla.models import Clock
from sla.policy import At, Deadline, Ladder, Level, Moments, On, Verb, by_the_clock, when_due

State = OnlineCase.State
RESEARCHER, SERGEANT, INSPECTOR, CHAIR, SUPERINTENDENT = (
    Role.CHILD_ABUSE_RESEARCHER,
    Role.CHILD_ABUSE_SERGEANT,
    Role.CHILD_ABUSE_INSPECTOR,
    Role.DMM_CHAIR,
    Role.SUPERINTENDENT,
)
ENDS_RESEARCH: list[Verb] = [cases.link, case_transfers.handed_over, closing.close_case]
"""It is another case's, another force's, or closed: nobody here finds out more, or sets a level."""
ENDS_ACTING: list[Verb] = [enforcing.carried_out, *ENDS_RESEARCH]
"""It was acted on, or is not ours to act on."""
NAMES: list[Verb] = [cases.add_identifier, cases.received_again]
"""They may name somebody of whom the referral said nothing."""
BEGINS_ANEW: list[Verb] = [cases.unlink, closing.reopen_case]
"""It is ours again: what was promised counts on from where it began."""


def _researcher(case: OnlineCase) -> User | None:
    return case.researcher


_FIRST = Ladder(
    [
        Level(0.5, RESEARCHER),
        Level(0.8, SERGEANT),
        Level(1.0, INSPECTOR),
        Level(1.5, CHAIR),
        Level(4.0, SUPERINTENDENT),
    ]
)

FIRST_LEVEL_NAMED = Deadline(
    "OC3",
    "First KIRAT level of a case in which somebody is named",
    model=OnlineCase,
    starts=[cases.register, *NAMES, research.somebody_named, *BEGINS_ANEW],
    applies=lambda case: case.named_at is not None and not case.kirat,
    counts_from=lambda case: case.named_at,
    length=lambda case: LEVEL_SET,
    lengths=[LEVEL_SET],
    stops=[kirat.level_set, *ENDS_RESEARCH],
    pulled_in_by=[research.somebody_named],
    owner=_researcher,
    publishes="due_at",
    ladder=_FIRST,
)

FIRST_LEVEL = Deadline(
    "OC3A",
    "First KIRAT level after attribution",
    model=OnlineCase,
    starts=[cases.attributed, *BEGINS_ANEW],
    applies=lambda case: case.attributed_at is not None and case.named_at is None and not case.kirat,
    counts_from=lambda case: case.attributed_at,
    length=lambda case: LEVEL_SET,
    lengths=[LEVEL_SET],
    stops=[kirat.level_set, *ENDS_RESEARCH],
    owner=_researcher,
    publishes="due_at",
    ladder=_FIRST,
)


def whose_own(assessment: KiratAssessment) -> Collection[int]:
    """Whoever set a level does not decide on it, even as cover."""
    return [assessment.assessed_by_id]


LEVEL_RATIFIED = Deadline(
    "OC3R",
    "KIRAT level ratified by a sergeant",
    model=KiratAssessment,
    starts=[kirat.assess],
    counts_from=lambda assessment: assessment.assessed_at,
    length=lambda assessment: RATIFIED_SOON if assessment.level == Kirat.VERY_HIGH else RATIFIED,
    lengths=[RATIFIED, RATIFIED_SOON],
    stops=[kirat.ratify, kirat.return_level, kirat.replaced, kirat.level_moot],
    never_tells=whose_own,
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, SERGEANT),
            Level(0.8, SERGEANT),
            Level(1.0, INSPECTOR),
            Level(1.5, CHAIR),
            Level(2.0, SUPERINTENDENT),
        ]
    ),
)

ACTED_ON = Deadline(
    "OC4",
    "KIRAT level acted on: enforcement, or the child safe in another way",
    model=OnlineCase,
    starts=[kirat.level_set, *BEGINS_ANEW],
    applies=lambda case: bool(case.kirat) and case.executed_at is None,
    counts_from=lambda case: case.kirat_at,
    length=lambda case: ACT[case.kirat],
    lengths=list(ACT.values()),
    pulled_in_by=[kirat.level_set],
    stops=ENDS_ACTING,
    publishes="act_by",
    ladder=Ladder(
        [Level(0.5, SERGEANT), Level(0.8, INSPECTOR), Level(1.0, CHAIR), Level(1.5, SUPERINTENDENT)],
    ),
)


def last_done(case: OnlineCase) -> datetime:
    """When something was last done to find out more; of what was opened again, since when it has to be."""
    return max(filter(None, [case.researched_at or case.received_at, case.reopened_at]))


def newly_done(case: OnlineCase) -> OnlineCase | None:
    """Only what was done since the clock began quiets it: an action of last week that is written down now does not."""
    begun = Clock.running().filter(record=case.pk, deadline="OC6", started_at__gte=last_done(case))
    return None if begun.exists() else case


ACTION = On(research.record_research, of=newly_done)
IN_RESEARCH = [state for state in BEFORE if state != State.NO_RESEARCH.value]

RESEARCH_GOES_ON = Deadline(
    "OC6",
    "Online research goes on",
    model=OnlineCase,
    # Each action ends it and begins it anew, so that it counts from when something was done and not from when that was
    # written down.
    starts=[cases.register, ACTION, cases.attributed, research.not_attributed, research.research_again, *BEGINS_ANEW],
    applies=lambda case: case.state in IN_RESEARCH,
    counts_from=last_done,
    length=lambda case: STALLED,
    lengths=[STALLED],
    stops=[ACTION, cases.attributed, kirat.level_set, research.no_further_research, *ENDS_RESEARCH],
    owner=_researcher,
    publishes="due_at",
    # Each time as long again somebody else, then after a month, two and three. A referral that lay for a year is told
    # of seven times at once and not a hundred times.
    ladder=Ladder(
        [
            Level(1.0, SERGEANT),
            Level(2.0, INSPECTOR),
            Level(3.0, CHAIR),
            Level(4.0, SUPERINTENDENT),
            Level(10.0, SUPERINTENDENT),
            Level(20.0, SUPERINTENDENT),
            Level(30.0, SUPERINTENDENT),
        ]
    ),
)


def _end_of_that_day(case: OnlineCase) -> datetime:
    """Midnight by the local clock at the end of the day on which somebody is to look again."""
    return local(case.recheck_on + timedelta(days=1)) if case.recheck_on else now()


def _late_by(days: int) -> Callable[[Clock], datetime]:
    return lambda clock: clock.due_at + timedelta(days=days)


LOOKED_AT_AGAIN = Deadline(
    "OC6R",
    "Online case with no further research possible, looked at again",
    model=OnlineCase,
    starts=[research.no_further_research],
    counts_from=lambda case: now(),
    length=lambda case: LOOKED_AGAIN,
    lengths=[LOOKED_AGAIN],
    until=_end_of_that_day,
    stops=[research.no_further_research, research.research_again, cases.attributed, *ENDS_RESEARCH],
    publishes="due_at",
    ladder=Moments(
        [
            At(by_the_clock(time(9), days_before=1), "that morning", SERGEANT),
            At(when_due, "the day has passed", SERGEANT, is_due=True),
            At(_late_by(3), "three days late", INSPECTOR),
            At(_late_by(7), "a week late", CHAIR),
            At(_late_by(14), "two weeks late", SUPERINTENDENT),
        ]
    ),
)

RUN_ANEW = Deadline(
    "OC10",
    "KIRAT run again after new information",
    model=NewInformation,
    starts=[news.information_received],
    applies=lambda info: bool(info.online_case.kirat),
    counts_from=lambda info: info.received_at,
    length=lambda info: RUN_AGAIN,
    lengths=[RUN_AGAIN],
    stops=[news.take_up, news.information_moot],
    owner=lambda info: info.online_case.researcher,
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, RESEARCHER),
            Level(0.5, RESEARCHER),
            Level(0.8, SERGEANT),
            Level(1.0, INSPECTOR),
            Level(1.5, CHAIR),
            Level(2.0, SUPERINTENDENT),
        ]
    ),
)
