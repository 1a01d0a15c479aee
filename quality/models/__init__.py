"""Work drawn for a second look, what is learned from it, who was trained, and what inspectors recommended."""

from quality.models.attendance import AttendanceFile, AttendanceRow
from quality.models.improvement import EvidenceItem, ImprovementAction, MeasureSnapshot, Rag, Recommendation
from quality.models.learning import LearningAction, Retest
from quality.models.publishing import Publication
from quality.models.reviewing import Feedback, Mark, Review, SecondLook
from quality.models.sampling import Sample, Sampled
from quality.models.scrutiny import ScrutinyConflict, ScrutinyMeeting, ScrutinyMember, ScrutinyPaper
from quality.models.themes import Theme, ThemeNote
from quality.models.training import Champion, Course, CourseTheme, TrainingDue, TrainingNeed, TrainingRecord

__all__ = [
    "AttendanceFile",
    "AttendanceRow",
    "Champion",
    "Course",
    "CourseTheme",
    "EvidenceItem",
    "Feedback",
    "ImprovementAction",
    "LearningAction",
    "Mark",
    "MeasureSnapshot",
    "Publication",
    "Rag",
    "Recommendation",
    "Retest",
    "Review",
    "Sample",
    "Sampled",
    "ScrutinyConflict",
    "ScrutinyMeeting",
    "ScrutinyMember",
    "ScrutinyPaper",
    "SecondLook",
    "Theme",
    "ThemeNote",
    "TrainingDue",
    "TrainingNeed",
    "TrainingRecord",
]
