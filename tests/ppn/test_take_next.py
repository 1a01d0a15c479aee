"""Taking the next notice: the nearest to breach, to one person only."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from access.actor import System, acting
from demo.people import hire
from ppn.models import Ppn
from ppn.workflow import take_next
from tests.conftest import MONDAY
from tests.stories import hours, submitted


@pytest.mark.django_db
def test_the_next_notice_is_the_one_nearest_to_breach_whatever_its_age(clock, olly, cora):
    from ppn.workflow import SubjectFacts

    adult = SubjectFacts(part="adult", name="Ada Example", seen="yes", spoken_to="yes")
    older = submitted(olly, subjects=[adult], types=["adult_at_risk"], child="no")
    clock.shift(hours(20))
    nearer = submitted(olly)
    assert take_next(by=cora).pk == nearer.pk
    assert take_next(by=cora).pk == older.pk
    assert take_next(by=cora) is None


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_press_at_once_get_different_notices():
    people = hire(MONDAY)
    for _ in range(6):
        submitted(people["olly"])
    gate = Barrier(2)

    def press(username: str) -> list[str]:
        client = Client()
        client.force_login(people[username])
        pages = []
        for _ in range(3):
            gate.wait()
            pages.append(client.post("/ppn/take-next/").url)
        connections.close_all()
        return pages

    with ThreadPoolExecutor(2) as threads:
        got = [page for pages in threads.map(press, ["cora", "cole"]) for page in pages]
    assert len(set(got)) == 6
    with acting(System("test")):
        assert {ppn.taken_by.username for ppn in Ppn.objects.select_related("taken_by")} == {"cora", "cole"}


@pytest.mark.django_db
def test_each_part_of_the_queue_stands_in_the_order_of_the_clock_that_runs(clock, olly, cora, client):
    from ppn.workflow import assess, take

    slow, urgent = submitted(olly, grade="green"), submitted(olly, grade="red")
    clock.shift(hours(1))
    for ppn, grade in ((slow, "green"), (urgent, "red")):
        assess(take(ppn, by=cora), by=cora, systems_checked="RMS", assessment="As graded", grade=grade, because="")
    client.force_login(cora)
    page = client.get("/ppn/?show=assessed").context
    assert [row.reference for row in page["rows"]] == [urgent.reference, slow.reference]
    assert [row.due for row in page["rows"]] == [clock.at + hours(2), clock.at + hours(24)]
    assert page["rows"][0].why == "Sharing with partner agencies. MASH grade Red / high. Police have known for 1 hour"


@pytest.mark.django_db
def test_a_child_found_where_the_time_was_short_already_is_a_child_to_the_clock_too(clock, olly, cora):
    from ppn.workflow import SubjectFacts, found_a_child
    from tests.stories import clock_of

    adult = SubjectFacts(part="adult", name="Ada Example", seen="yes", spoken_to="yes")
    ppn = submitted(olly, subjects=[adult], types=["domestic_abuse"], child="no", da_risk="high")
    due = clock_of(ppn, "P2").due_at
    assert clock_of(ppn, "P2").no_child
    found_a_child(ppn, by=cora, how_we_know="School record")
    assert (clock_of(ppn, "P2").no_child, clock_of(ppn, "P2").due_at) == (False, due)
