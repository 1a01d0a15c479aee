"""The clocks of learning: a theme found twice is taken up, an action is done, and what was done is tested again."""

from __future__ import annotations

from datetime import datetime, timedelta

from access.roles import Role
from quality.learning_lengths import ACTION_DONE, TESTED_AGAIN, THEME_TAKEN_UP
from quality.models import LearningAction, Theme
from quality.personal import Above, Own, PersonalLadder
from quality.quarters import Quarter
from quality.workflow.learning import action_done, learning_not_needed, open_action, retest_held, retest_not_held
from quality.workflow.themes import retire_theme, theme_found_again
from sla.models import Clock
from sla.policy import At, Deadline, Ladder, Level, Moments, On, when_due

FORTNIGHT = timedelta(days=14)


TAKEN_UP = Deadline(
    "QB1",
    "A theme found twice has an action",
    model=Theme,
    starts=[theme_found_again],
    counts_from=lambda theme: theme.found_twice_at,
    length=lambda theme: THEME_TAKEN_UP,
    lengths=[THEME_TAKEN_UP],
    stops=[On(open_action, of=lambda action: action.theme), retire_theme],
    team=lambda theme: None,
    ladder=Ladder([Level(0, Role.QUALITY_LEAD), Level(1.0, Role.SUPERINTENDENT)]),
)

DONE = Deadline(
    "GV5L",
    "Learning action done",
    model=LearningAction,
    starts=[open_action],
    counts_from=lambda action: action.opened_at,
    length=lambda action: ACTION_DONE,
    lengths=[ACTION_DONE],
    stops=[action_done, learning_not_needed],
    publishes="due_at",
    owner=lambda action: action.owner,
    ladder=PersonalLadder(
        [
            Own(0.75, Role.QUALITY_LEAD),
            Above(1.0, Role.QUALITY_LEAD),
            Level(1.25, Role.QUALITY_LEAD),
            Level(1.5, Role.SUPERINTENDENT),
        ]
    ),
)


def end_of_next_quarter(moment: datetime) -> datetime:
    return Quarter.of(moment).moved(1).ends


def _next_quarter_begins(clock: Clock) -> datetime:
    return Quarter.of(clock.started_at).ends


def _a_fortnight_late(clock: Clock) -> datetime:
    return clock.due_at + FORTNIGHT


HELD = Deadline(
    "Q7",
    "Learning action tested again in the next quarter",
    model=LearningAction,
    starts=[action_done],
    counts_from=lambda action: action.done_at,
    length=lambda action: TESTED_AGAIN,
    lengths=[TESTED_AGAIN],
    until=lambda action: end_of_next_quarter(action.done_at),
    stops=[retest_held, retest_not_held],
    publishes="due_at",
    never_tells=lambda action: {action.owner_id, action.done_by_id},
    ladder=Moments(
        [
            At(_next_quarter_begins, "the quarter of the re-test begins", Role.QUALITY_REVIEWER),
            At(when_due, "the quarter of the re-test is over", Role.QUALITY_LEAD, is_due=True),
            At(_a_fortnight_late, "a fortnight late", Role.SUPERINTENDENT),
        ]
    ),
)
