"""Each month the figures are kept as they stood when it ended. Of what is red, whoever answers for it says why; and
whoever takes figures away says what for."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import posts_of
from accounts.models import User
from insight.figure_lengths import RED_MONTHS
from insight.figure_months import Counted, counted, in_order, last_month
from insight.models import FigureExport, FigureRag, MonthlyFigure, MonthlySnapshot
from quality.counting import Period, month_after
from quality.models import ImprovementAction
from workflow.transitions import NotNow, OneOf, must_say, transition

State = MonthlyFigure.State
KEEPS = System("figures kept each month")
BEING_DONE = ["open", "said_done"]
AND_FOR_ALL = [Role.SUPERINTENDENT.value]
"""A post that may explain any figure."""


@transition(target=MonthlySnapshot.State.KEPT.value, may=Can.KEEP_FIGURES)
def keep_month_of_figures(snapshot: MonthlySnapshot, *, by: System, month: date) -> None:
    """A month is over, and its figures are kept as they stood when it ended."""
    period = Period.month(month)
    if period.at >= now():
        raise NotNow("That month is not over yet.")
    snapshot.reference, snapshot.month = f"FIG/{month:%Y-%m}", month
    snapshot.as_at, snapshot.taken_at = period.at, now()


def _as_it_stands(figure: MonthlyFigure) -> str:
    return State.TO_EXPLAIN.value if figure.rag == FigureRag.RED else State.COMPLETE.value


@transition(target=OneOf(_as_it_stands, (State.TO_EXPLAIN.value, State.COMPLETE.value)), may=Can.KEEP_FIGURES)
def keep_figure(figure: MonthlyFigure, *, by: System, snapshot: MonthlySnapshot, position: int, found: Counted) -> None:
    """One figure of a month, with its definition and its target as they are now."""
    measure, value = found.measure, found.value
    figure.snapshot, figure.position = snapshot, position
    figure.reference = f"{snapshot.reference}/{position:02}"
    figure.code, figure.group = measure.code, measure.group.code if measure.group else ""
    figure.name, figure.definition, figure.unit = measure.name, measure.definition, measure.unit
    figure.numerator, figure.denominator = measure.numerator, measure.denominator
    figure.said, figure.parts, figure.target = found.said, found.parts, found.target
    figure.none, figure.rag = measure.none, found.rag
    if value is not None:
        figure.counted, figure.of, figure.children = value.counted, value.of, value.children
        figure.oldest, figure.took, figure.percentile = value.oldest, value.took, value.percentile
    _how_long_red(figure)


def _how_long_red(figure: MonthlyFigure) -> None:
    """How many months running, and since when somebody should have acted."""
    before = the_month_before(figure)
    figure.red_months, figure.no_action_since = 0, None
    if figure.rag != FigureRag.RED:
        return
    figure.red_months = 1 + (before.red_months if before else 0)
    if figure.red_months >= RED_MONTHS.in_force(now())[0] and not being_done(figure.code):
        figure.no_action_since = (before.no_action_since if before else None) or now()


def the_month_before(figure: MonthlyFigure) -> MonthlyFigure | None:
    month = month_after(figure.snapshot.month, -1)
    found: MonthlyFigure | None = MonthlyFigure.objects.filter(code=figure.code, snapshot__month=month).first()
    return found


def being_done(code: str) -> bool:
    """Whether an action against this figure is open."""
    with acting(KEEPS, apart=True):
        return bool(ImprovementAction.objects.filter(figure=code, state__in=BEING_DONE).exists())


def answers_for(figure: MonthlyFigure, person: User) -> bool:
    """Whether a post of theirs, or of somebody they cover for, answers for its group."""
    return bool({post.role for post in posts_of(person)} & {figure.answers.value, *AND_FOR_ALL})


@transition(source=State.TO_EXPLAIN.value, target=State.COMPLETE.value, may=Can.EXPLAIN_FIGURE)
def explain_figure(figure: MonthlyFigure, *, by: User, comment: str) -> None:
    """Whoever answers for the group says why a figure is red, and what is done about it."""
    must_say(comment, "why it is red, and what is done about it")
    if not answers_for(figure, by):
        raise NotNow(f"It is for the {figure.answers.label} to say.")
    figure.comment, figure.commented_at, figure.commented_by = comment.strip(), now(), by


@transition(target=FigureExport.State.TAKEN.value, may=Can.PREPARE_EVIDENCE)
def take_figures(
    export: FigureExport,
    *,
    by: User,
    snapshot: MonthlySnapshot | None,
    format: str,
    purpose: str,
    for_whom: str,
    sha256: str,
) -> None:
    """Figures leave as a file: by whom, for whom and what for is on it, and is kept."""
    must_say(purpose, "what they are for")
    must_say(for_whom, "whom they are for")
    export.snapshot, export.format, export.sha256 = snapshot, format, sha256
    export.purpose, export.for_whom = purpose.strip(), for_whom.strip()
    export.taken_at, export.taken_by = now(), by


def keep_month(month: date) -> bool:
    """Keeps the figures of one month that is over. However often it is asked, a month is kept once."""
    with acting(KEEPS, apart=True):
        if MonthlySnapshot.objects.filter(month=month).exists():
            return False
        found = counted(in_order(), Period.month(month))
        with transaction.atomic():
            kept = keep_month_of_figures(MonthlySnapshot(), by=KEEPS, month=month)
            for position, each in enumerate(found, 1):
                keep_figure(MonthlyFigure(), by=KEEPS, snapshot=kept, position=position, found=each)
    return True


def keep_last_month() -> bool:
    """The month before this one. Returns whether it was kept now."""
    return keep_month(last_month())
