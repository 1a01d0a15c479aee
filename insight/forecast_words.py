"""What a forecast says, in words, and what it rests on."""

from __future__ import annotations

from datetime import date, timedelta

from govuk.times import exactly
from insight.forecast import Forecast

ASSUMPTIONS = (
    "What comes in and what is finished goes on as in the last eight weeks; the newest weeks count most.",
    "Days are drawn with replacement from this queue's own days, each day of the week from its own kind, and put "
    "together to 300 possible months. Quiet weekends and days that differ much are in it as they were.",
    "Nobody finishes what is not there: once a queue is empty, only what comes in can be finished.",
    "On days when nothing was left to do more could have been finished than was; such days are not taken for the most "
    "that can be done.",
    "Leave, sickness, a bank holiday or a change of policy that has not happened before is not in it. Try it below.",
)


def day_of(today: date, number: int) -> date:
    return today + timedelta(days=number)


def share_in_words(share: float) -> str:
    """ "in 8 of 10 months"; never more sure than a month of ten allows."""
    tenths = round(share * 10)
    if share == 0:
        return "in none of the months"
    if share == 1:
        return "in all of the months"
    if tenths in (0, 10):
        return "in fewer than one month of ten" if tenths == 0 else "in nearly all of the months"
    return f"in {tenths} of 10 months"


def said_of(found: Forecast, today: date, *, limit: int, waiting: int) -> list[str]:
    """The two questions, answered: does it clear, does it break?"""
    last = found.days[-1]
    lines = [
        f"On {exactly(day_of(today, last.number))} about {last.median} will wait: between {last.low} and {last.high} "
        "in 8 of 10 months.",
    ]
    if waiting and found.clears_on is not None:
        lines.append(f"It is cleared about {exactly(day_of(today, found.clears_on))} ({share_in_words(found.clears)}).")
    elif waiting:
        lines.append(f"It is cleared within four weeks {share_in_words(found.clears)}.")
    if waiting > limit:
        lines.append(f"It is broken now: more than {limit} wait.")
    elif found.breaks_on is not None:
        when = exactly(day_of(today, found.breaks_on))
        lines.append(f"It breaks about {when}: more than {limit} wait then ({share_in_words(found.breaks)}).")
    else:
        lines.append(f"More than {limit} wait within four weeks {share_in_words(found.breaks)}.")
    return lines


def rates(found: Forecast) -> str:
    return f"{_number(found.a_day_in)} a day come in, and {_number(found.a_day_out)} a day can be finished."


def _number(many: float) -> str:
    return f"{many:.0f}" if many >= 10 else f"{many:.1f}".removesuffix(".0")
