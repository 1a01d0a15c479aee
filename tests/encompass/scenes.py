"""What happens in these tests, in words: a call to domestic abuse, a child, a school, the safety screen."""

from __future__ import annotations

from datetime import date
from typing import Any

from access.actor import acting, signed
from access.time import now
from accounts.models import User
from encompass import workflow
from encompass.models import SchoolNotice
from encompass.workflow import ChildConcerned, Happened
from tests.stories import called_in
from tests.stories import told as everybody_told

POPPY = "Poppy Example"
SEVEN = date(2018, 11, 5)
TEXT = "Police were called to an argument between two adults in the home."
NO = {"refuge": "no", "suspect_at_school": "no", "fears_school": "no", "others_data": "no"}


def a_child(name: str = POPPY, **said: Any) -> ChildConcerned:
    usual: dict[str, Any] = {"born_on": SEVEN, "present": "yes", "present_where": "On the stairs"}
    usual |= {"own_words": "“I covered my ears.”", "spoken_to": "Alone"}
    return ChildConcerned(name=name, **{**usual, **said})


def happened(**said: Any) -> Happened:
    return Happened(**{"text": TEXT, "at": now(), "where": "12 Example Street", **said})


def raised(by: User, *children: ChildConcerned, record: Any = None, **said: Any) -> list[SchoolNotice]:
    """Police come to domestic abuse, and a child is there."""
    record = record or called_in(User.objects.get(username="callie"))
    with signed(by):
        return workflow.raise_notices(record, children=children or (a_child(),), happened=happened(**said), by=by)


def raised_one(by: User, **child: Any) -> SchoolNotice:
    (notice,) = raised(by, a_child(**child))
    return notice


def screened(notice: SchoolNotice, by: User, **answers: str) -> SchoolNotice:
    """Two minutes, four questions; "no" unless it says otherwise."""
    about = {**NO, "happened": notice.happened, "voice": notice.voice, **answers}
    return workflow.screen(notice, by=by, **about)


def told(notice: SchoolNotice, by: User) -> SchoolNotice:
    """Screened, sent, delivered."""
    return workflow.delivered(screened(notice, by), by=by)


def seen(by: User) -> list[SchoolNotice]:
    with acting(by):
        return list(SchoolNotice.objects.order_by("reference"))


def who_was_told(notice: SchoolNotice) -> list[str]:
    """Who has been told so far, in order of the levels; the two co-ordinators as one."""
    names = ["co-ordinators" if name in ("cora", "cole") else name for name in everybody_told(notice.pk)]
    return list(dict.fromkeys(names))
