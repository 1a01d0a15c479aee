"""How long each step for a missing child may take, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length, Number

APP = "College of Policing, missing persons"
OURS = "No authority found; to be set by the force"


def _ours(name: str, length: timedelta, source: str = OURS) -> Length:
    return Length(name, length, Basis.LOCAL, source, is_our_default=True)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def hours(number: int) -> timedelta:
    return timedelta(hours=number)


def days(number: int) -> timedelta:
    return timedelta(days=number)


SIX_HOURS = "Inspectors found waits of up to six hours with no enquiries; the length is ours"
GRADED = _ours("Missing report graded", minutes(15))
REASSESSED = _ours("Missing, nobody there yet: risk re-assessed", minutes(60))
REASSESSED_HIGH = _ours("Missing, nobody there yet: risk re-assessed, high risk", minutes(30))
ATTENDED_HIGH = _ours("Missing report attended, high risk", minutes(15), "Immediate response")
ATTENDED = _ours("Missing report attended", minutes(60), "Priority response: 75% within the hour")
ATTENDED_LOW = _ours("Missing report attended, low risk", hours(4), "As agreed with the reporter, and never longer")
FIRST_ENQUIRY = _ours("First enquiry for a missing child", minutes(60), SIX_HOURS)
ASSESSED = _ours("Risk of a missing child assessed after attendance", minutes(60))
RATIFIED_HIGH = _ours("Risk of a missing child ratified, high risk", minutes(30))
RATIFIED = _ours("Risk of a missing child ratified", minutes(60))

NO_ACTIVITY = "Inspectors found children at medium risk for whom nothing was done; the length is ours"
INACTIVE_HIGH = _ours("Missing child: time without an enquiry, high risk", hours(2), NO_ACTIVITY)
INACTIVE = _ours("Missing child: time without an enquiry", hours(4), NO_ACTIVITY)
INACTIVE_LOW = _ours("Missing child: time without an enquiry, low risk", hours(12), NO_ACTIVITY)

SETS_A_TIME = f"{APP}: every report has a time to review; the length is ours"
REVIEW_HIGH = _ours("Missing child: supervisor's review, high risk", hours(4), SETS_A_TIME)
REVIEW = _ours("Missing child: supervisor's review", hours(8), SETS_A_TIME)
REVIEW_LOW = _ours("Missing child: supervisor's review, low risk", hours(24), SETS_A_TIME)
SHIFT = _ours("Missing child: longest until the next turn has looked", hours(12))
TURN_LOOKS = _ours("Missing child: time that a turn has to look once it has begun", hours(1))
INSPECTOR_FIRST = _ours("Missing child: inspector's first review, high risk", hours(1))
INSPECTOR_HIGH = _ours("Missing child: inspector's review, high risk", hours(12))
INSPECTOR = _ours("Missing child: inspector's review", hours(24))
INSPECTOR_LOW = _ours("Missing child: inspector's review, low risk", hours(48))
LONG_FIRST = _ours("Missing child: superintendent's first review", hours(72))
LONG_SECOND = _ours("Missing child: superintendent's second review", days(7))
LONG_THIRD = _ours("Missing child: superintendent's third review", days(28))
LONG_NEXT = _ours("Missing child: superintendent's further reviews", days(28))
UKMPU = Length(
    "UK Missing Persons Unit told",
    hours(72),
    Basis.GUIDANCE,
    "Statutory Code of Practice 2009: 72 hours since the child was last seen, sooner where it is urgent",
)
DAILY = _ours(
    "Missing child: longest until a daily management meeting has decided",
    hours(27),
    "Daily in the inspected force: by the end of the next meeting, on the longest night of the year too",
)
DAILY_SITS = _ours("Daily management meeting: time in which it decides", hours(1))
DAILY_PREPARED = _ours("Daily management meeting: how long before it a child is on its list", hours(1))
A_DAY_MISSING = _ours("Missing for so long that the agencies may have to meet", hours(24))
STRATEGY = _ours(
    "Strategy meeting asked for about a missing child, or why not",
    hours(4),
    "Inspectors found meetings that were not asked for; the length is ours, at most 24 hours",
)
PLAN_ACTION = _ours("Longest wait for an action of a missing child's plan", days(7))
TRIGGER_ACTION = _ours("First actions of a trigger plan", minutes(60), "As the first enquiry; no authority found")
TRANSFER = _ours("Another force's answer to a transfer", hours(24))

SOON = f"{APP}: as soon as possible; the length is ours"
HEARD_HIGH = _ours("Prevention interview, high risk", hours(1), SOON)
HEARD = _ours("Prevention interview", hours(4), SOON)
HEARD_LOW = _ours("Prevention interview, low risk", hours(24), SOON)
NOTICE = _ours("PPN about a child who was missing", hours(12), "By the end of the tour; as in the control room")
INTERVIEW_ASKED = _ours("Return interview asked for", hours(24))
CLOSED = _ours("Missing episode closed by a sergeant", hours(24))

EPISODES_IN_90_DAYS = Number(
    "Missing so often in 90 days that the agencies may have to meet", 3, Basis.LOCAL, OURS, is_our_default=True
)
EARLY_TURN = Number("Early turn begins (hour)", 7, Basis.LOCAL, OURS, is_our_default=True)
LATE_TURN = Number("Late turn begins (hour)", 15, Basis.LOCAL, OURS, is_our_default=True)
NIGHT_TURN = Number("Night turn begins (hour)", 23, Basis.LOCAL, OURS, is_our_default=True)
DAILY_MEETING = Number("Daily management meeting begins (hour)", 9, Basis.LOCAL, OURS, is_our_default=True)
