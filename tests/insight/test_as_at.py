"""A page as it stood: by its own code, with links that stay at that moment, and nothing that can be done."""

import re
from datetime import UTC, timedelta
from hashlib import sha256

import pytest
from django.urls import resolve, reverse

from access.actor import acting
from access.roles import MAY, Can
from access.time import now
from demo.people import CAST
from insight.looking_back import MOMENT, NotThen, address_then, only_shows, page_at, queues, rows_of, rows_then
from ppn import workflow
from ppn.views.queue import Queue
from sla.engine import sweep
from tests.conftest import MONDAY, hours, minutes
from tests.house.one_of_each import address, every_name, one_of_each
from tests.house.test_access_table import HEADER, LONG, ROWS
from tests.insight.remembering import build_every_row_from_memory
from tests.sla.made import submitted

pytestmark = pytest.mark.django_db


def _text(answer):
    """What its main part says."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0] or answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_queue_as_it_stood_shows_what_waited_then(clock, client, olly, cora, sam):
    first = submitted(olly)
    clock.shift(hours(30))
    sweep()
    second = submitted(olly)
    workflow.take(first, by=cora)
    client.force_login(sam)
    live = _text(client.get(reverse("ppn-queue")))
    at = now()
    clock.shift(hours(5))
    workflow.assess(first, by=cora, systems_checked="RMS", assessment="Late", grade="amber", because="")
    then = client.get(address_then(reverse("ppn-queue"), at))
    assert then.status_code == 200
    assert _text(then) == live
    assert "2 wait for review, 1 of them overdue" in live
    assert second.reference in live
    assert "As it stood on Tue 3 March 2026, 15:00" in then.content.decode()
    assert "1 wait for review" in _text(client.get(reverse("ppn-queue")))


def test_its_links_lead_to_records_as_they_stood_at_the_same_moment(clock, client, olly, cora, sam):
    ppn = submitted(olly)
    clock.shift(hours(1))
    workflow.take(ppn, by=cora)
    client.force_login(sam)
    page = client.get(address_then(reverse("ppn-queue"), MONDAY)).content.decode()
    link = address_then(ppn.get_absolute_url(), MONDAY)
    assert f'href="{link}"' in page
    record = client.get(link)
    assert "Submitted" in _text(record)
    assert "Cora" not in _text(record)
    assert "Cora" in _text(client.get(ppn.get_absolute_url()))


def test_the_addresses_of_the_present_are_as_before_afterwards(clock, client, olly, sam):
    submitted(olly)
    client.force_login(sam)
    clock.shift(hours(1))
    client.get(address_then(reverse("ppn-queue"), MONDAY))
    assert reverse("ppn-queue") == "/ppn/"


def test_a_part_of_a_queue_and_its_filters_stay_what_they_were_asked_for(clock, client, olly, sam):
    submitted(olly)
    client.force_login(sam)
    clock.shift(hours(30))
    page = client.get(address_then(f"{reverse('ppn-queue')}?show=overdue", MONDAY + hours(1)))
    assert page.context["shown"] == "overdue"
    assert page.context["rows"] == []


def test_nothing_can_be_done_at_another_time(clock, client, olly, sam):
    ppn = submitted(olly)
    client.force_login(sam)
    clock.shift(hours(1))
    take = address_then(reverse("ppn-take", args=[ppn.pk]), MONDAY)
    refused = client.get(take)
    assert refused.status_code == 404
    assert "can only be done now" in _text(refused)
    assert f'href="{reverse("ppn-take", args=[ppn.pk])}"' in refused.content.decode()
    assert client.post(address_then(reverse("ppn-queue"), MONDAY)).status_code == 405


def test_a_moment_to_come_and_an_address_without_one_are_refused_in_words(clock, client, sam):
    client.force_login(sam)
    to_come = client.get(address_then(reverse("ppn-queue"), MONDAY + minutes(1)))
    assert (to_come.status_code, "has not come yet" in _text(to_come)) == (422, True)
    nothing = client.get("/insight/as-at/yesterday/ppn/")
    assert (nothing.status_code, "names no moment" in _text(nothing)) == (404, True)


def test_a_page_of_another_site_is_never_offered(clock, client, sam):
    client.force_login(sam)
    clock.shift(hours(1))
    page = client.get(f"/insight/as-at/{MONDAY.strftime(MOMENT)}//elsewhere.example/")
    assert 'href="//' not in page.content.decode()


def test_who_may_not_see_a_page_today_may_not_see_it_as_it_stood(clock, client, olly, carl):
    submitted(olly)
    clock.shift(hours(1))
    client.force_login(carl)
    assert client.get(reverse("ppn-queue")).status_code == 403
    assert client.get(address_then(reverse("ppn-queue"), MONDAY)).status_code == 403


def test_an_officer_does_not_look_back(clock, client, olly):
    client.force_login(olly)
    clock.shift(hours(1))
    assert client.get(address_then(reverse("ppn-mine"), MONDAY)).status_code == 403
    assert client.get(reverse("as-at")).status_code == 403


def test_the_page_that_asks_leads_there(clock, client, olly, sam):
    submitted(olly)
    client.force_login(sam)
    clock.shift(hours(2))
    when = {"moment_day": "2", "moment_month": "3", "moment_year": "2026", "moment_time": "09:30"}
    answer = client.post(reverse("as-at"), {"queue": "ppn-queue", **when})
    assert answer.status_code == 302
    assert answer.url == address_then("/ppn/", MONDAY + minutes(30))
    typed = client.post(reverse("as-at"), {"address": "/ppn/?show=red", **when})
    assert typed.url == address_then("/ppn/?show=red", MONDAY + minutes(30))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "one of the two"),
        ({"address": "/ppn/", "queue": "ppn-queue"}, "one of the two"),
        ({"address": "/nowhere/"}, "There is no such page"),
        ({"address": "/ppn/new/"}, "can only be done now"),
        ({"queue": "ppn-queue", "moment_year": "2027"}, "has not come yet"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(clock, client, sam, sent, said):
    client.force_login(sam)
    clock.shift(hours(2))
    when = {"moment_day": "2", "moment_month": "3", "moment_year": "2026", "moment_time": "09:30"}
    answer = client.post(reverse("as-at"), {**when, **sent})
    assert answer.status_code == 422
    assert said in _text(answer)
    assert 'value="09:30"' in answer.content.decode()


def test_the_hour_that_comes_twice_is_told_apart(clock, client, sam):
    """On 25 October 2026 it is 01:30 twice: by summer time, and an hour later."""
    client.force_login(sam)
    clock.set(MONDAY + timedelta(days=300))
    when = {"moment_day": "25", "moment_month": "10", "moment_year": "2026"}
    first = client.post(reverse("as-at"), {"queue": "ppn-queue", **when, "moment_time": "01:30 BST"}).url
    second = client.post(reverse("as-at"), {"queue": "ppn-queue", **when, "moment_time": "01:30 GMT"}).url
    assert ("20261025T003000Z" in first, "20261025T013000Z" in second) == (True, True)
    assert "01:30 BST" in client.get(first).content.decode()
    assert "01:30 GMT" in client.get(second).content.decode()


def test_every_page_offers_itself_as_it_stood(clock, client, sam, olly):
    client.force_login(sam)
    offered = "/insight/as-at/?page=%2Fppn%2F%3Fshow%3Dred"
    assert f'href="{offered}"' in client.get("/ppn/?show=red").content.decode()
    assert 'value="/ppn/?show=red"' in client.get(offered).content.decode()
    client.force_login(olly)
    assert "at another time" not in client.get(reverse("home")).content.decode()


def test_a_form_is_no_page_that_stood():
    assert not only_shows(resolve("/ppn/new/").func.view_class)
    with pytest.raises(NotThen):
        page_at("/ppn/new/")


def test_the_rows_of_a_queue_for_a_list_or_a_pack(clock, olly, cora, sam):
    ppn = submitted(olly)
    with acting(sam):
        live = rows_of(Queue, sam)
    clock.shift(hours(1))
    workflow.take(ppn, by=cora)
    with acting(sam):
        assert rows_then(Queue, sam, MONDAY) == live
        assert rows_of(Queue, sam) != live
        with pytest.raises(NotThen):
            rows_then(Queue, sam, MONDAY, show="purple")


def test_every_queue_of_the_force_has_a_name():
    assert len(queues()) > 30
    assert queues()["ppn-queue"] is Queue


@pytest.mark.django_db(transaction=True)
def test_every_page_says_the_same_when_all_its_rows_come_from_memory(client, cast, clock):
    """One of each record; each page that only shows, by somebody who may see it, now and from memory. A sixth of the
    pages, by lot but the same each time; all of them with LONGSTOP_LONG=1."""
    made = one_of_each(cast)
    clock.shift(timedelta(seconds=1))
    at = now().astimezone(UTC).replace(microsecond=0)
    clock.set(at)
    live = {name: _seen(client, cast, name, made) for name in every_name() if _drawn(name) and _shows(name, made)}
    assert sum(answer is not None for answer in live.values()) > (120 if LONG else 15)
    clock.shift(hours(1))
    build_every_row_from_memory(now())
    different = {}
    for name, before in live.items():
        if before is not None:
            who, was = before
            client.force_login(cast[who])
            then = client.get(address_then(address(name, made), at))
            if (said := _text(then) if then.status_code == 200 else str(then.status_code)) != was:
                different[name] = _where_they_part(was, said)
    assert different == {}


def _drawn(name):
    return LONG or sha256(name.encode()).digest()[0] < 43


def _where_they_part(was, said):
    place = next((at for at, (one, other) in enumerate(zip(was, said, strict=False)) if one != other), 0)
    return f"...{was[max(place - 60, 0) : place + 100]} / {said[max(place - 60, 0) : place + 100]}"


def _shows(name, made):
    try:
        page_at(address(name, made))
    except NotThen:
        return False
    return True


WHO = {name: dict(zip(HEADER[1:], answers, strict=True)) for name, *answers in ROWS}
LOOK_BACK = [player.username for player in CAST if Can.REPLAY in MAY[player.role]]


def _seen(client, cast, name, made):
    """Who looked and what the page said; None where nobody who may look back is answered."""
    for who in LOOK_BACK:
        if WHO.get(name, {}).get(who) == "200":
            client.force_login(cast[who])
            page = client.get(address(name, made))
            if page.status_code == 200 and page.headers["Content-Type"].startswith("text/html"):
                return who, _text(page)
    return None
