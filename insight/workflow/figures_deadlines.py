"""The clocks of figures: the next month kept, a red one explained, something done about what is red month
after month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access.actor import System, acting
from access.roles import Role
from insight.figure_lengths import ACTED_ON, EXPLAINED, NEXT_MONTH
from insight.models import MonthlyFigure, MonthlySnapshot
from insight.workflow.figures import explain_figure, keep_figure, keep_month_of_figures, the_month_before
from quality.counting import month_after
from quality.models import ImprovementAction
from quality.workflow.improvement_actions import give_figure_action
from sla.calendar import local
from sla.models import Clock
from sla.policy import Deadline, Ladder, Level, On

READS = System("clocks of figures")


@dataclass(frozen=True)
class Answers(Level):
    """Tells the post that answers for the group of the figure. `tell`: who is told where there is none."""

    def told(self, clock: Clock) -> Role:
        with acting(READS, apart=True):
            figure = MonthlyFigure.objects.filter(pk=clock.record).first()
        return figure.answers if figure else self.tell


@dataclass(frozen=True)
class GroupLadder(Ladder):
    """A ladder that begins with whoever answers for the group, and says so on the page of deadlines."""

    def described(self) -> list[tuple[str, Role, Role | None]]:
        return [(self._when(level), level.tell, None) for level in self.levels]

    def _when(self, level: Level) -> str:
        post = ", the post that answers for the group; otherwise" if isinstance(level, Answers) else ""
        return f"{level.percent}%{post}"


def _day_after_next_month(snapshot: MonthlySnapshot) -> datetime:
    return local(month_after(snapshot.month, 2) + NEXT_MONTH.in_force(snapshot.taken_at)[0])


def _before(snapshot: MonthlySnapshot) -> MonthlySnapshot | None:
    with acting(READS, apart=True):
        found: MonthlySnapshot | None = (
            MonthlySnapshot.objects.filter(month__lt=snapshot.month).order_by("-month").first()
        )
    return found


NEXT_KEPT = Deadline(
    "GV3M",
    "Figures of the next month kept, the day after it ended",
    model=MonthlySnapshot,
    starts=[keep_month_of_figures],
    counts_from=lambda snapshot: snapshot.taken_at,
    until=_day_after_next_month,
    besides=[NEXT_MONTH],
    stops=[On(keep_month_of_figures, of=_before)],
    ladder=Ladder([Level(1.0, Role.ANALYST), Level(1.1, Role.SUPERINTENDENT)]),
)

FIGURE_EXPLAINED = Deadline(
    "GV3F",
    "Red figure of a month explained",
    model=MonthlyFigure,
    starts=[keep_figure],
    applies=lambda figure: figure.state == MonthlyFigure.State.TO_EXPLAIN,
    counts_from=lambda figure: figure.snapshot.taken_at,
    length=lambda figure: EXPLAINED,
    lengths=[EXPLAINED],
    stops=[explain_figure],
    publishes="due_at",
    ladder=GroupLadder(
        [
            Answers(0, Role.SUPERINTENDENT),
            Answers(0.8, Role.SUPERINTENDENT),
            Level(1.0, Role.SUPERINTENDENT),
            Level(1.5, Role.CHIEF_OFFICER),
        ]
    ),
)


def _last_of(action: ImprovementAction) -> MonthlyFigure | None:
    """The figure of the last month that was kept: its clock is the one that runs."""
    with acting(READS, apart=True):
        rows = MonthlyFigure.objects.filter(code=action.figure) if action.figure else MonthlyFigure.objects.none()
        found: MonthlyFigure | None = rows.order_by("-snapshot__month").first()
    return found


FIGURE_ACTED_ON = Deadline(
    "GV3N",
    "Something done about a figure that is red month after month",
    model=MonthlyFigure,
    starts=[keep_figure],
    applies=lambda figure: figure.no_action_since is not None,
    counts_from=lambda figure: figure.no_action_since,
    length=lambda figure: ACTED_ON,
    lengths=[ACTED_ON],
    stops=[On(give_figure_action, of=_last_of), On(keep_figure, of=the_month_before)],
    ladder=GroupLadder(
        [
            Answers(0, Role.SUPERINTENDENT),
            Level(0.5, Role.SUPERINTENDENT),
            Level(1.0, Role.CHIEF_OFFICER),
            Level(2.0, Role.CHIEF_OFFICER),
        ]
    ),
)
