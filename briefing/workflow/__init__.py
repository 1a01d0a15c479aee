"""Every verb of the daily management meeting, and the clocks that watch them."""

from briefing.workflow import actions, agenda, daily_deadlines, giving, meetings

__all__ = ["actions", "agenda", "daily_deadlines", "giving", "meetings"]
