"""What the home page says of the register: what nobody has looked at, what the force cannot see, and what is old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Q

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from online.models import OnlineCase, ReferralRow
from online.register_lengths import AGE_FIRST, AGE_SECOND, AGE_THIRD
from online.register_rows import case_as_work, row_as_work, transfer_as_work
from online.register_wall import NOBODYS, NOT_LOOKED_AT, NOT_VISIBLE, older_than, unanswered
from sla.work import HOME, Share

FEW = 5


def _cases(heading: str, when: Q, show: str, at: datetime) -> Share:
    rows = OnlineCase.objects.filter(when)
    first = rows.select_related("researcher", "investigator", "linked_to").order_by("due_at", "pk")[:FEW]
    return Share(heading, [case_as_work(each, at) for each in first], rows.count(), f"/online/?show={show}")


def _unreadable() -> Share:
    rows = ReferralRow.objects.filter(state=ReferralRow.State.UNREADABLE)
    first = rows.select_related("file", "settled_by").order_by("due_at", "pk")[:FEW]
    return Share("Rows of files to type in", [row_as_work(each) for each in first], rows.count(), "/online/rows/")


def _offers(at: datetime) -> Share:
    rows = unanswered(at)
    first = rows.select_related("online_case", "offered_by").order_by("due_at", "pk")[:FEW]
    url = "/online/transfers/?show=late"
    return Share("Other forces have not answered", [transfer_as_work(each) for each in first], rows.count(), url)


def came_again() -> Q:
    """It came again after it was closed: a sergeant reads what came, and opens it again where it says more."""
    return Q(state=OnlineCase.State.CLOSED, received_again_at__gt=F("closed_at"))


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    mine = Q(researcher__in=people_answered_for(user)) | Q(researcher=None)
    if Can.RESEARCH_ONLINE in acts and Can.SUPERVISE_ONLINE not in acts:
        yield _cases("Referrals nobody has looked at", NOT_LOOKED_AT, "received", at)
        yield _cases("Not visible in the records system", NOT_VISIBLE & mine, "not_visible", at)
        yield _unreadable()
    if Can.SUPERVISE_ONLINE in acts:
        late = Q(due_at__lt=at)
        yield _cases("Referrals nobody has looked at in time", NOT_LOOKED_AT & late, "received", at)
        yield _cases("Nobody has them", NOBODYS, "nobody", at)
        yield _cases("Received again after they were closed", came_again(), "again", at)
        yield _offers(at)
    if Can.COMMAND_ONLINE in acts:
        yield _cases("Not acted on for a month", older_than(AGE_FIRST, at), "month", at)
    if Can.DECIDE_DAILY in acts and Can.SEE_ONLINE in acts:
        yield _cases("Online cases not acted on for two months", older_than(AGE_SECOND, at), "two_months", at)
        yield _cases("Online cases not acted on for three months", older_than(AGE_THIRD, at), "three_months", at)


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.RESEARCH_ONLINE in acts and Can.SUPERVISE_ONLINE not in acts:
        mine = Q(researcher__in=people_answered_for(user), due_at__lt=at)
        yield _cases("Nobody in the force finds these while they are with you", NOT_VISIBLE & mine, "not_visible", at)


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)
