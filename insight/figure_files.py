"""Figures as a file: each row with its definition, and above them who took it, when, for whom and what for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from odfdo import Document, Row, Table

from govuk.times import exactly
from insight.figure_months import Counted, counted, days_of, in_order, this_moment
from insight.figure_rag import target_in_words
from insight.models import FigureExport, FigureRag, MonthlyFigure, MonthlySnapshot
from quality.measure_groups import GROUPS

HEAD = ("Group", "Figure", "Part", "Value", "Target", "How it stands", "Comment", "Definition", "Counted", "Out of")
LIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
TITLES = {group.code: group.title for group in GROUPS}
CSV_TYPE, ODS_TYPE = "text/csv; charset=utf-8", "application/vnd.oasis.opendocument.spreadsheet"
TYPES = {FigureExport.Format.CSV.value: CSV_TYPE, FigureExport.Format.ODS.value: ODS_TYPE}
Rows = list[Sequence[str]]


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: what begins like a formula is marked as text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(LIVE) else cell


def heading(export: FigureExport, at: datetime) -> Rows:
    """Who has it and why: it stays with the figures wherever the file goes."""
    of = str(export.snapshot) if export.snapshot else days_of(this_moment())
    taken = ("Taken", exactly(at))
    return [("Figures of child protection", of), *export.facts, taken, ("Not to be passed on without its purpose", "")]


def rows_of(snapshot: MonthlySnapshot | None) -> Rows:
    """The rows of a month that was kept; of the 30 days up to now, if none is named."""
    if snapshot is None:
        return [row for found in counted(in_order(), this_moment()) for row in _now(found)]
    return [row for figure in snapshot.figures.order_by("position") for row in _kept(figure)]


def _kept(figure: MonthlyFigure) -> Iterable[Sequence[str]]:
    rag = figure.get_rag_display() or "Not rated"
    target = target_in_words(figure.target, none=figure.none)
    group = TITLES.get(figure.group, figure.group)
    about = (figure.definition, figure.numerator, figure.denominator)
    yield (group, figure.name, "", figure.said, target, rag, figure.comment, *about)
    for label, parts in figure.parts:
        for name, said in parts:
            yield (group, figure.name, f"{label}: {name}", said, "", "", "", "", "", "")


def _now(found: Counted) -> Iterable[Sequence[str]]:
    each = found.measure
    group = each.group.title if each.group else ""
    rag = FigureRag(found.rag).label if found.rag else "Not rated"
    target = target_in_words(found.target, none=each.none)
    yield (group, each.name, "", found.said, target, rag, "", each.definition, each.numerator, each.denominator)
    for label, parts in found.parts:
        for name, said in parts:
            yield (group, each.name, f"{label}: {name}", said, "", "", "", "", "", "")


def as_csv(rows: Rows) -> bytes:
    """With a mark at its start by which spreadsheets know that it is UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows([[harmless(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def as_ods(rows: Rows) -> bytes:
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Figures")
    for row in rows:
        line = Row()
        line.set_values([harmless(cell) for cell in row])
        table.append_row(line)
    document.body.append(table)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


WRITERS = {FigureExport.Format.CSV.value: as_csv, FigureExport.Format.ODS.value: as_ods}


def written(export: FigureExport, at: datetime) -> bytes:
    rows: Rows = [*heading(export, at), (), HEAD, *rows_of(export.snapshot)]
    return WRITERS[export.format](rows)
