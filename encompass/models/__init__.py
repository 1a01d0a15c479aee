"""Operation Encompass: who is told about a child, where children are taught, and when schools are open."""

from encompass.models.notice import OPEN, Answer, Place, SchoolNotice, State, ToldHow
from encompass.models.places import Addressee, Attends, Exemption, KeyAdult, Practice, Profile, Taught
from encompass.models.terms import CalendarImport, SchoolCalendar, SchoolHours

__all__ = [
    "OPEN",
    "Addressee",
    "Answer",
    "Attends",
    "CalendarImport",
    "Exemption",
    "KeyAdult",
    "Place",
    "Practice",
    "Profile",
    "SchoolCalendar",
    "SchoolHours",
    "SchoolNotice",
    "State",
    "Taught",
    "ToldHow",
]
