"""What is kept to see the whole: months of figures, shifts and who is on them, packs of evidence."""

from insight.models.evidence import (
    EvidenceCase,
    EvidenceCopy,
    EvidenceDraw,
    EvidenceFile,
    EvidencePack,
    EvidenceReader,
)
from insight.models.figures import FigureExport, FigureRag, MonthlyFigure, MonthlySnapshot
from insight.models.staffing import ShiftPattern, ShiftPlan

__all__ = [
    "EvidenceCase",
    "EvidenceCopy",
    "EvidenceDraw",
    "EvidenceFile",
    "EvidencePack",
    "EvidenceReader",
    "FigureExport",
    "FigureRag",
    "MonthlyFigure",
    "MonthlySnapshot",
    "ShiftPattern",
    "ShiftPlan",
]
