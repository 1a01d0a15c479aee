"""Whoever follows the feed is told every row once, however many write at the same time."""

import random
from queue import Queue
from threading import Event, Thread

import pytest
from django.db import connections

from access.actor import signed
from access.time import now
from partners.models import Disclosure
from tests.conftest import hours
from tests.partners.agencies import as_system
from tests.partners.scenes import an_agency, arrived
from tests.partners.test_corrections import corrected, taken_back
from tests.sla.made import MOMENT
from tests.stories import submitted

pytestmark = pytest.mark.django_db(transaction=True)
FEED = "/partners/v1/changes/"
WRITERS, ROUNDS = 8, 6


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def council(ppn):
    return an_agency()


class Poller:
    """A system that keeps the cursor, and what it was told."""

    def __init__(self, client, cursor=""):
        self.client, self.cursor, self.told = client, cursor, []

    def poll(self):
        more = True
        while more:
            answer = self.client.get(FEED, {"after": self.cursor} if self.cursor else {})
            assert answer.status_code == 200, answer.content
            said = answer.json()
            self.told += said["changes"]
            self.cursor, more = said["cursor"], said["more"]
        return self.told


def test_what_happened_is_told_in_order_and_once(ppn, council, cora, ines):
    poller = Poller(as_system(council, by=ines))
    first = arrived(ppn, council, cora).disclosure
    (right,) = corrected(ppn, cora)
    told = [(each["what"], each["id"], each["replaces"]) for each in poller.poll()]
    assert told == [("new", str(first.pk), None), ("corrected", str(right.pk), str(first.pk))]
    (back,) = taken_back(ppn, cora)
    assert poller.poll()[2] == {
        "what": "withdrawn",
        "id": str(back.pk),
        "kind": "ppn.ppn",
        "reference": ppn.reference,
        "sent_at": "2026-03-02T09:00:00Z",
        "replaces": str(right.pk),
    }
    assert len(poller.poll()) == 3


def test_nobody_hears_of_what_another_agency_was_sent_nor_uses_its_cursor(ppn, council, cora, ines):
    nurses = Poller(as_system(an_agency("Nurses", "health"), by=ines))
    ours = Poller(as_system(council, by=ines, name="ours"))
    arrived(ppn, council, cora)
    assert (len(ours.poll()), nurses.poll()) == (1, [])
    for cursor in (ours.cursor, "0", "x"):
        answer = nurses.client.get(FEED, {"after": cursor})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "after")


def test_what_has_run_out_is_not_told(clock, ppn, council, cora, ines):
    ends = arrived(ppn, council, cora).disclosure.available_until
    clock.set(ends - MOMENT)
    assert len(Poller(as_system(council, by=ines)).poll()) == 1
    clock.set(ends)
    assert Poller(as_system(council, by=ines, name="later")).poll() == []


def test_eight_write_at_once_and_three_pollers_are_each_told_every_row_once(ppn, council, cora, ines):
    chance = random.Random(694)
    client = as_system(council, by=ines)
    pollers = [Poller(client) for _ in range(3)]
    ready, written = Queue(), []
    writers = [Thread(target=_write, args=(ppn, council, cora, ready, written)) for _ in range(WRITERS)]
    for each in writers:
        each.start()
    waiting, ended = [], 0
    while ended < WRITERS:
        while len(waiting) < WRITERS - ended:
            gate = ready.get(timeout=60)
            if gate is None:
                ended += 1
            else:
                waiting.append(gate)
        if waiting:
            waiting.pop(chance.randrange(len(waiting))).set()  # commits, while the others stay open
            chance.choice(pollers).poll()
        pollers[2] = _anew(pollers[2])
    for each in writers:
        each.join(60)
    assert len(written) == WRITERS * ROUNDS * 2
    for poller in pollers:
        told = [each["id"] for each in poller.poll()]
        assert sorted(told) == sorted(written)
    assert pollers[0].told == pollers[1].told == pollers[2].told


def _anew(poller):
    """It was started anew, and has what it kept: its cursor and what it was told."""
    started = Poller(poller.client, poller.cursor)
    started.told = poller.told
    return started


def _write(ppn, council, by, ready, written):
    try:
        for _ in range(ROUNDS):
            gate = Event()
            with signed(by):
                keys = [_row(ppn, council, by), _row(ppn, council, by)]
                ready.put(gate)
                assert gate.wait(60)
            written += keys
    finally:
        ready.put(None)
        connections.close_all()


def _row(ppn, council, by):
    said = {"kind": "ppn.ppn", "record": ppn.pk, "reference": ppn.reference, "content": {}}
    grounds = {"basis": "public_task", "why_needed": "To see the child", "informed": "yes"}
    until = {"sent_at": now(), "available_until": now() + hours(24), "sent_by": by}
    return str(Disclosure.objects.create(agency=council, case=ppn.case, **said, **grounds, **until).pk)
