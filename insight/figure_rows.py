"""How figures show themselves in lists, charts and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from insight.figure_months import Counted
from insight.figure_rag import target_in_words
from insight.models import FigureRag, MonthlyFigure
from quality.counting import Better, Measure
from quality.measure_groups import GROUPS, Group
from sla.work import Work

MONTHS_SHOWN = 12
SHAPES = {FigureRag.RED.value: "▲", FigureRag.AMBER.value: "■", FigureRag.GREEN.value: "●"}
"""Beside the word and the colour: the three are told apart on paper, and by whoever sees no red."""
BETTER = {Better.HIGHER: "Higher is better", Better.LOWER: "Lower is better", Better.NEITHER: "Neither is better"}


@dataclass(frozen=True)
class Line:
    """One figure as the dashboard shows it."""

    code: str
    name: str
    said: str
    target: str
    rag: str
    rag_said: str
    shape: str
    unit: str = ""
    kept: MonthlyFigure | None = None


@dataclass(frozen=True)
class Section:
    """One group and its figures."""

    group: Group
    lines: list[Line]


def line_of_kept(figure: MonthlyFigure) -> Line:
    target = target_in_words(figure.target, none=figure.none)
    return _line(figure.code, figure.name, figure.said, target, figure.rag, figure.unit, figure)


def line_of_counted(found: Counted) -> Line:
    each = found.measure
    return _line(each.code, each.name, found.said, target_in_words(found.target, none=each.none), found.rag, each.unit)


def _line(code: str, name: str, said: str, target: str, rag: str, unit: str, kept: MonthlyFigure | None = None) -> Line:
    rag_said = FigureRag(rag).label if rag else "Not rated"
    return Line(code, name, said, target, rag, rag_said, SHAPES.get(rag, ""), unit, kept)


def by_group(lines: Iterable[tuple[str, Line]]) -> list[Section]:
    """(group, line) -> sections in the order of the groups; a group without figures is left out."""
    found: dict[str, list[Line]] = {}
    for group, line in lines:
        found.setdefault(group, []).append(line)
    return [Section(group, found[group.code]) for group in GROUPS if group.code in found]


def figure_as_work(figure: MonthlyFigure) -> Work:
    return Work(
        title=f"{figure.name}, {figure.snapshot.month:%B %Y}",
        url=figure.get_absolute_url(),
        reference=figure.reference,
        why=figure.said,
        due=figure.due_at if figure.state == MonthlyFigure.State.TO_EXPLAIN else None,
        started=figure.snapshot.as_at,
        state=MonthlyFigure.State(figure.state).label,
        state_kind="waiting" if figure.state == MonthlyFigure.State.TO_EXPLAIN else "done",
        owner=figure.answers.label,
        holds_up="The dashboard of that month",
    )


def facts_of(measure: Measure, target: int | None) -> list[tuple[str, str]]:
    """Label and words."""
    rows = [
        ("What it says", measure.definition),
        ("What is counted", measure.numerator),
        ("Out of what", measure.denominator or "It is no share: it is how many there are, or how long it took"),
        ("Unit", measure.unit),
        ("Target", target_in_words(target, none=measure.none)),
        ("Which way is better", BETTER[measure.better]),
        ("Who answers for it", measure.group.answers.label if measure.group else "Nobody named"),
    ]
    if measure.target:
        rows.append(("The target rests on", measure.target.source))
    return [(label, words) for label, words in rows if words]


@dataclass(frozen=True)
class Bar:
    """One month in a chart: where its bar stands, how high it is, and what it says. No bar: no cases, or not kept."""

    month: date
    said: str
    rag: str
    x: int
    y: int
    height: int
    shape: str = ""

    @property
    def shape_x(self) -> int:
        """The middle of the bar."""
        return self.x + BAR // 2

    @property
    def shape_y(self) -> int:
        """Just above the bar."""
        return self.y - 4


@dataclass(frozen=True)
class Chart:
    """Bars of so many months, the oldest first, in a drawing of 600 by 200."""

    title: str
    bars: list[Bar]
    target_y: int | None
    top: str
    summary: str


WIDTH, BAR, FLOOR, HEIGHT = 48, 32, 160, 130
A_HUNDRED = 100


def chart_of(name: str, months: Sequence[date], kept: dict[date, MonthlyFigure]) -> Chart | None:
    """None where no month has been kept."""
    if not kept:
        return None
    heights = {month: _height(figure) for month, figure in kept.items()}
    last = kept[max(kept)]
    is_share = last.of is not None
    tallest = float(A_HUNDRED) if is_share else max([each for each in heights.values() if each is not None] or [0.0])
    bars = [_bar(place, month, kept.get(month), heights.get(month), tallest) for place, month in enumerate(months)]
    target_y = FLOOR - round(HEIGHT * last.target / A_HUNDRED) if is_share and last.target is not None else None
    return Chart(name, bars, target_y, _top(last, tallest), _summary(name, months, kept))


def _height(figure: MonthlyFigure) -> float | None:
    return figure.value.height if figure.value else None


def _bar(place: int, month: date, figure: MonthlyFigure | None, height: float | None, tallest: float) -> Bar:
    x = 16 + place * WIDTH
    said = figure.said if figure else "Not kept"
    tall = round(HEIGHT * height / tallest) if height and tallest else 0
    rag = figure.rag if figure else ""
    return Bar(month, said, rag, x, FLOOR - tall, tall, SHAPES.get(rag, ""))


def _top(last: MonthlyFigure, tallest: float) -> str:
    if last.of is not None:
        return "100 %"
    return f"{tallest:.1f} hours" if last.percentile else f"{tallest:.0f}"


def _summary(name: str, months: Sequence[date], kept: dict[date, MonthlyFigure]) -> str:
    """The chart in words, for whoever does not see it."""
    first, last = min(kept), max(kept)
    said = f"{name}. {len(kept)} of the last {len(months)} months were kept. {last:%B %Y}: {kept[last].said}."
    return said if first == last else f"{said} {first:%B %Y}: {kept[first].said}."


def parts_of(rows: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(label, [(name, said) for name, said in parts]) for label, parts in rows]
