"""How long an approval, new information and a child who is in contact with an offender may wait."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length, Number

NO_LENGTH = "The inspection of June 2022 found it and gives no length"
NONE_FOUND = "No authority found"


def _days(name: str, number: int, source: str) -> Length:
    return Length(name, timedelta(days=number), Basis.LOCAL, source, is_our_default=True, working_days=True)


APPROVED_HIGH = _days(
    "Offender management: decision on what waits for a supervisor, risk high or not assessed",
    1,
    f"{NO_LENGTH}: 993 approvals waited, many for somebody on leave. No leave pauses it",
)
APPROVED_OTHER = _days(
    "Offender management: decision on what waits for a supervisor, other risk",
    3,
    f"{NO_LENGTH}: 993 approvals waited, many for somebody on leave. No leave pauses it",
)
ASSESSED = _days("New information about an offender assessed", 2, NONE_FOUND)
NOTICE_WITHIN = Length(
    "Notice submitted after an offender's contact with a child became known",
    timedelta(hours=12),
    Basis.LOCAL,
    "Within the same tour of duty; the inspection of June 2022 found five days, and five more unread",
    is_our_default=True,
)
SOCIAL_CARE_TOLD = _days("Social care told of an offender's contact with a child, after the notice", 1, NONE_FOUND)
FIRST_CHASE = _days(
    "Decision of social care on an offender's contact with a child: first asked for again",
    1,
    "Working Together to Safeguard Children: social care decides within one working day of a referral; to be checked "
    "with the authority",
)
NEXT_CHASE = _days("Decision of social care on an offender's contact with a child: asked for again", 3, NO_LENGTH)
HEAD_OF_SERVICE = _days(
    "Decision of social care on an offender's contact with a child: inspector to head of service", 10, NO_LENGTH
)
IN_THE_PLAN = _days("Decision of social care on a child taken up in the offender's plan", 5, NONE_FOUND)
LOW_FOR = Number(
    "Years of low risk before an offender may be managed reactively",
    3,
    Basis.GUIDANCE,
    "Criteria for reactive management as forces publish them: low for three years, no offence, no civil order, no "
    "adverse intelligence. The national guidance itself is not public",
    is_our_default=True,
)
