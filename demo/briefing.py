"""Daily meetings of the last three days, decided and signed off; and today's, which goes on with children undecided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from access.actor import acting
from access.time import now
from accounts.models import User
from briefing.models import AgendaItem, Attendee, Meeting
from briefing.workflow import agenda, meetings
from briefing.workflow.agenda import EPISODE
from demo.chronicle import Event, when
from demo.online_case import DEMO, as_it_is
from demo.scene import Scene
from workflow.transitions import NotNow

THERE = ["dmitri", "fin", "ines", "milo"]
PAST = 3
"""Days ago the first of them was."""
LEFT = 6
"""Items that today's meeting has not come to yet."""
FOR_A_CHILD = ("Somebody goes there this morning and sees the child", "See the child, and write down what they say")
FOR_A_QUEUE = ("The oldest ten are worked first, with one person more until noon", "Say at noon how many are left")


@dataclass
class Meetings:
    """The meetings of these days. Its steps are events."""

    scene: Scene

    @property
    def chair(self) -> User:
        return self.scene.people["dmitri"]

    def hold(self) -> None:
        meeting = self._open()
        if meeting is None:
            return
        for item in self._undecided(meeting):
            self._decide(item)
        for username in THERE:
            about: dict[str, Any] = {"person": self.scene.people[username], "agency": None, "post": ""}
            meetings.record_there(Attendee(), by=self.chair, meeting=as_it_is(meeting), **about)
        over = meetings.end_meeting(as_it_is(meeting), by=self.chair)
        meetings.sign_off(over, by=self.chair, notes="Roads are closed around the fair until Sunday")

    def begin_todays(self) -> None:
        meeting = self._open()
        if meeting is not None:
            for item in self._undecided(meeting)[LEFT:]:
                self._decide(item)

    def _open(self) -> Meeting | None:
        """The meeting that is owed, or nothing where its hour is too far away."""
        try:
            return meetings.begin(as_it_is(meetings.ensure_meeting()), by=self.chair)
        except NotNow:
            return None

    def _undecided(self, meeting: Meeting) -> list[AgendaItem]:
        with acting(DEMO):
            rows = AgendaItem.objects.filter(meeting=meeting.pk, state=AgendaItem.State.UNDECIDED)
            return list(rows.select_related("meeting").order_by("number"))

    def _decide(self, item: AgendaItem) -> None:
        """Somebody does something about it; where nobody may be given it, nothing more is to be done."""
        decision, what = FOR_A_CHILD if item.record else FOR_A_QUEUE
        acts: dict[str, Any] = {"what": what, "by_when": now() + timedelta(hours=5)}
        owner: dict[str, Any] = {"owner": self.scene.people["rosa" if item.kind == EPISODE else "ines"]}
        whose: dict[str, Any] = owner if item.record else {"post": "mash_insp"}
        try:
            agenda.decide_item(as_it_is(item), by=self.chair, outcome="act", decision=decision, **acts, **whose)
        except NotNow:
            why = "A unit is with the family, and the child was seen"
            agenda.decide_item(as_it_is(item), by=self.chair, outcome="nothing_more", decision=why)


def events(scene: Scene) -> Iterator[Event]:
    told = Meetings(scene)
    first = _nine(scene, PAST)
    yield when(first - timedelta(hours=20), meetings.ensure_meeting)
    for days in range(PAST, 0, -1):
        yield when(_nine(scene, days) + timedelta(minutes=4), told.hold)
    today = _nine(scene, 0) + timedelta(minutes=3)
    if today < scene.now:
        yield when(today, told.begin_todays)


def _nine(scene: Scene, days_ago: int) -> datetime:
    day = localtime(scene.now) - timedelta(days=days_ago)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)
