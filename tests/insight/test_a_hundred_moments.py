"""A week of a MASH and a control room, written down live at a hundred moments, and asked for again afterwards.

The page, the command and the rows of a queue must say what was written down at each of them: what waited, in which
order, since when, what was late, and who had been told.
"""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from access.actor import acting
from access.time import now
from history.replay import as_it_stood
from insight.looking_back import address_then, queues, rows_of
from ppn import workflow as mash
from ppn.models import Ppn
from sla.engine import sweep
from sla.models import Clock, Notification
from tests.conftest import hours, minutes
from tests.sla.made import submitted
from tests.stories import CALM, called_in
from triage import workflow as control_room
from triage.models import Incident
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db

MOMENTS = 100
LOOKED_AT = ["ppn-queue", "ppn-triggers", "hub", "board", "unseen", "schools-to-tell"]


def _something_happens(chance: Random, who: dict[str, Any]) -> None:
    """One thing that people do, if it can be done now."""
    with acting(who["sue"]):
        notices, incidents = list(Ppn.objects.order_by("pk")), list(Incident.objects.order_by("pk"))
    ppn, incident = (chance.choice(each) if each else None for each in (notices, incidents))
    done = chance.choice(["call", "notice", "take", "assess", "assign", "arrive", "reassess", "regrade"])
    try:
        _do(done, ppn, incident, chance, who)
    except NotNow:
        return


def _do(done: str, ppn: Any, incident: Any, chance: Random, who: dict[str, Any]) -> None:
    grade = chance.choice(["G1", "G2", "G3"])
    if done == "call" or incident is None:
        called_in(who["callie"], grade=grade, child=chance.choice(["yes", "no", "unknown"]))
    elif done == "notice" or ppn is None:
        submitted(who["olly"], grade=chance.choice(["red", "amber", "green"]))
    elif done == "take":
        mash.take(ppn, by=who["cora"])
    elif done == "assess":
        mash.assess(ppn, by=who["cora"], systems_checked="RMS", assessment="Seen", grade="red", because="More is known")
    elif done == "assign":
        control_room.assign(incident, by=who["dev"], unit="VP21")
    elif done == "arrive":
        control_room.attend(incident, by=who["olly"])
    else:
        control_room.reassess(incident, by=who["connie"], assessment=CALM, trigger="target_missed")


def _told() -> list[tuple[str, str]]:
    rows = Notification.objects.order_by("pk").select_related("person", "escalation__clock")
    return [(row.person.username, str(row.escalation.clock)) for row in rows]


def _late() -> list[str]:
    return sorted(str(clock) for clock in Clock.running().filter(due_at__lt=now()))


def _as_it_stands(sam: Any) -> dict[str, Any]:
    found = queues()
    return {"told": _told(), "late": _late(), **{name: rows_of(found[name], sam) for name in LOOKED_AT}}


@pytest.fixture
def lived(clock, cast):
    """[(moment, what was written down then)], the last of them a while ago."""
    chance, written = Random(694), []
    for _ in range(MOMENTS):
        for _ in range(chance.choice([0, 1, 2])):
            clock.shift(minutes(chance.uniform(1, 30)))  # first: what happens in the very moment belongs to it
            _something_happens(chance, cast)
        clock.shift(minutes(chance.uniform(1, 90)))
        sweep()
        with acting(cast["sam"]):
            written.append((now(), _as_it_stands(cast["sam"])))
    clock.shift(hours(1))
    return written


def test_at_a_hundred_moments_every_queue_says_again_what_was_written_down(lived, sam):
    with acting(sam):
        for moment, written in lived:
            with as_it_stood(moment):
                assert _as_it_stands(sam) == written, moment
    assert len({len(written["ppn-queue"]) for _, written in lived}) > 5, "something happened"
    assert lived[-1][1]["told"], "and was told"


def test_page_and_command_agree_with_what_was_written_down(lived, client, sam):
    client.force_login(sam)
    for moment, written in lived[:: MOMENTS // 10]:
        at = moment.replace(microsecond=0)
        page = client.get(address_then(reverse("ppn-queue"), at))
        assert [row.reference for row in page.context["rows"]] == [row.reference for row in _rows_at(sam, at)][:25]
        listed = StringIO()
        call_command("replay_queue", "ppn-queue", at=moment.isoformat(), who="sam", csv=True, stdout=listed)
        printed = [line.split(",")[0] for line in listed.getvalue().splitlines()[1:]]
        assert printed == [row.reference for row in written["ppn-queue"]]


def _rows_at(sam: Any, at: Any) -> list[Any]:
    with acting(sam), as_it_stood(at):
        return rows_of(queues()["ppn-queue"], sam)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"queue": "purple", "who": "sam", "at": "2026-03-02 09:00"}, "queue: there is no purple"),
        ({"queue": "ppn-queue", "who": "nobody", "at": "2026-03-02 09:00"}, "--as: there is no nobody"),
        ({"queue": "ppn-queue", "who": "sam", "at": "yesterday"}, "--at: give a day and a time"),
        ({"queue": "ppn-queue", "who": "sam", "at": "2027-03-02 09:00"}, "has not come yet"),
        ({"queue": "ppn-queue", "who": "carl", "at": "2026-03-02 09:00"}, "--as: Carl Contact-Chief-Inspector may not"),
        ({"queue": "ppn-queue", "who": "cora", "at": "2026-03-02 09:00"}, "You may not see a page as it stood"),
        ({"queue": "ppn-queue", "who": "sam", "at": "2026-03-02 09:00", "show": "purple"}, "and not purple"),
    ],
)
def test_the_command_says_which_argument_is_wrong(clock, cast, asked, said):
    clock.shift(timedelta(days=1))
    with pytest.raises(CommandError, match=said):
        call_command("replay_queue", asked.pop("queue"), **asked)


def test_the_command_prints_a_queue_for_people(clock, olly, sam):
    ppn = submitted(olly)
    clock.shift(hours(30))
    listed = StringIO()
    call_command("replay_queue", "ppn-queue", at="2026-03-03 10:00", who="sam", stdout=listed, stderr=StringIO())
    assert ppn.reference in listed.getvalue()
    assert "late" in listed.getvalue()
    call_command("replay_queue", "list", stdout=listed)
    assert "MASH queue" in listed.getvalue()
