"""The daily management meeting: its agenda, what it decided on each child, and who does what by when."""

from briefing.models.actions import Action, Reckoning
from briefing.models.agenda import AgendaItem, AgendaText, Decision
from briefing.models.meeting import Attendee, Meeting

__all__ = ["Action", "AgendaItem", "AgendaText", "Attendee", "Decision", "Meeting", "Reckoning"]
