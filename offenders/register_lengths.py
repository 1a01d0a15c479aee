"""How long each duty of a managed person, and each step of keeping the register, may take, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length


def days(number: int) -> timedelta:
    return timedelta(days=number)


def _law(name: str, length: timedelta, source: str) -> Length:
    return Length(name, length, Basis.LAW, source)


def _ours(name: str, length: timedelta, source: str = "No authority found; to be set by the force") -> Length:
    return Length(name, length, Basis.LOCAL, source, is_our_default=True)


def _ours_working(name: str, number: int, source: str) -> Length:
    return Length(name, days(number), Basis.LOCAL, source, is_our_default=True, working_days=True)


SOA = "Sexual Offences Act 2003"
INITIAL = _law("Initial notification", days(3), f"{SOA} s.83(1): three days beginning with the relevant date")
CHANGE = _law("Notification of a change", days(3), f"{SOA} s.84(1): three days beginning with the day it happened")
ADVANCE_FAILED = _law("Advance notice did not happen", days(6), f"{SOA} s.84(4)(b): six days beginning with that day")
ANNUAL = _law("Annual notification", days(365), f"{SOA} s.85(1): the same date of the next year")
WEEKLY = _law("Weekly notification, no fixed abode", days(7), f"{SOA} s.85(5)(a) and the 2012 Regulations")
TRAVEL_RETURN = _law("Return from travel notified", days(3), f"{SOA} s.86(3) and the 2004 Regulations")
CHILD_AT_HOME = _law("Stay in a household with a child notified", days(3), f"{SOA} s.84 and the 2012 Regulations")

ANNUAL_WARNED = _ours("Annual notification: how long before it its manager is told", days(14))
MISSED_INSPECTOR = _ours("Missed notification: the inspector is told after", days(3))
MISSED_CHAIR = _ours("Missed notification: the daily management meeting is told after", days(7))
ON_VISOR = _ours_working(
    "Notification that was given checked and on ViSOR",
    3,
    "As other tasks of the hub; the ViSOR Standards are not public",
)

RELEASED = _ours(
    "Release recorded after the expected day",
    days(1),
    "The same day: inspectors found somebody released whose record still said in custody; the length is ours",
)
RELEASE_ASKED = _ours("Somebody asks again when a person in custody is to be released", days(28))
RELEASE_ON_VISOR = _ours_working(
    "Release on ViSOR and its manager told", 1, "College of Policing: without delay; the length is ours"
)

TRAVEL_CHECKED = _ours_working(
    "Notice of travel checked", 1, "College of Policing, travelling abroad: without delay; the length is ours"
)
BEFORE_DEPARTURE = _ours(
    "Notice of travel checked: how long before departure at the latest", days(1), "So that the border can still be told"
)
BACK_FROM_ABROAD = _ours("Return from abroad recorded after the expected day", days(1))
ABROAD_ASKED = _ours("Somebody asks where a person is who is abroad with no day of return", days(28))

SENTENCED = _ours("Sentence recorded after its day", days(1), "The three days of s.83 begin with the relevant date")
SENTENCE_ASKED = _ours("Somebody asks again what became of a charge", days(28))
REVIEW_ONE = _ours("MAPPA review, level 1", days(365), "12 months: ask your strategic management board")
REVIEW_TWO = _ours("MAPPA review, level 2", days(112), "16 weeks: ask your strategic management board")
REVIEW_THREE = _ours("MAPPA review, level 3", days(56), "8 weeks: ask your strategic management board")
REVIEWS = {"1": REVIEW_ONE, "2": REVIEW_TWO, "3": REVIEW_THREE}
PERIOD_FIRST = _ours("End of a notification period: first warning before it", days(183))
PERIOD_SECOND = _ours("End of a notification period: second warning before it", days(91))
PERIOD_THIRD = _ours("End of a notification period: third warning before it", days(30))
INDEFINITE = _ours(
    "Decision on an application to end an indefinite requirement", days(42), "Six weeks: ask your lawyers"
)
LOOKED_FOR = _ours("Somebody looks again for a managed person who is wanted or missing", days(7))
ORDER_WARNED = _ours("End of a court order: how long before it its manager is told", days(30))
ORDER_ENDED = _ours("End of a court order recorded after its last day", days(1))
