"""Strategy meetings: agencies decide together whether a child is suffering, or likely to suffer, significant harm."""

from strategy.models.action import Action
from strategy.models.meeting import StrategyMeeting
from strategy.models.parts import Attendee, AuthoritysAnswer, Decision, MeetingChild, Minutes
from strategy.models.received import ReceivedMinutes

__all__ = [
    "Action",
    "Attendee",
    "AuthoritysAnswer",
    "Decision",
    "MeetingChild",
    "Minutes",
    "ReceivedMinutes",
    "StrategyMeeting",
]
