"""The lists of bail, suspects, designated officers and devices; the home page; and what nobody may overlook."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.actor import System, acting
from access.time import now
from online import wall
from online.after_urls import urlpatterns
from online.workflow import bail, suspects
from sla.work import HOME
from tests.online.after_scenes import (
    arrested_in,
    bail_of,
    device_in,
    examined,
    on_bail,
    referral_of,
    referred,
    searched,
    with_a_linked_child,
    works_at_a_nursery,
)
from tests.online.scenes import as_it_is, child_of, lives_there
from tests.strategy.test_pages import text

pytestmark = pytest.mark.django_db
TEST = System("test")
WITHOUT_A_RECORD = [each.name for each in urlpatterns if "<uuid" not in str(each.pattern)]
ABOUT_A_RECORD = [each.name for each in urlpatterns if each.name not in WITHOUT_A_RECORD]


def page(client: Any, user: Any, name: str, /, *keys: Any, **query: Any) -> Any:
    client.force_login(user)
    return client.get(reverse(name, args=keys), query)


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("open", {"soon", "later", "gone"}),
        ("mine", {"soon", "later", "gone"}),
        ("lapsed", {"gone"}),
        ("d2", set()),
        ("d7", {"soon"}),
        ("d14", {"soon"}),
        ("d28", {"soon", "later"}),
        ("child", {"later"}),
        ("breach", {"later"}),
        ("court", set()),
        ("ended", {"over"}),
    ],
)
def test_what_each_chip_of_bail_shows(client: Any, cast: Any, clock: Any, show: str, found: set[str]) -> None:
    iris, case = cast["iris"], searched(cast)
    days = timedelta(days=1)
    made = {
        "gone": bail_of(arrested_in(case, iris, "Gone"), iris, expires_at=now() + 2 * days),
        "soon": bail_of(arrested_in(case, iris, "Soon"), iris, expires_at=now() + 9 * days),
        "over": bail_of(arrested_in(case, iris, "Over"), iris),
        "later": bail_of(arrested_in(with_a_linked_child(cast), iris, "Later"), iris, expires_at=now() + 20 * days),
    }
    suspects.suspect_charged(made["over"].suspect, by=iris, at=now(), said="Two counts")
    bail.bail_breached(made["later"], by=iris, known_at=now(), what="Seen")
    clock.shift(3 * days)
    listed = text(page(client, iris, "online-bail", show=show))
    assert {name for name, each in made.items() if each.reference in listed} == found


def test_a_list_is_narrowed_by_number_name_and_officer(client: Any, cast: Any) -> None:
    given = on_bail(cast)
    assert given.reference in text(page(client, cast["dina"], "online-bail", case=str(given.online_case)))
    assert given.reference in text(page(client, cast["dina"], "online-bail", case="graham"))
    assert given.reference not in text(page(client, cast["dina"], "online-bail", case="Nobody"))
    assert given.reference in text(page(client, cast["dina"], "online-bail", online_case__investigator=cast["iris"].pk))


def test_a_list_of_many_costs_what_a_list_of_few_costs(client: Any, cast: Any) -> None:
    iris, case = cast["iris"], with_a_linked_child(cast)
    lists = ["online-bail", "online-suspects", "online-lado", "online-devices"]

    def statements(name: str) -> int:
        client.force_login(cast["dina"])
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name)).status_code == 200
        return len(asked)

    def more(number: int) -> None:
        for each in range(number):
            bail_of(arrested_in(case, iris, f"Man {each}"), iris)
            works_at_a_nursery(case, cast["rory"], f"Adult {each}")
            device_in(case, iris, f"IRI/{number}/{each}")

    more(2)
    child_of(case, cast["rory"], "Second child")
    few = [statements(name) for name in lists]
    more(6)
    assert [statements(name) for name in lists] == few


def shares(user: Any, which: Any) -> dict[str, int]:
    with acting(user):
        acts = user.acts()
        return {share.heading: share.total for make in which for share in make(user, acts, now()) if share.total}


def test_the_home_page_shows_each_what_is_theirs(cast: Any, clock: Any) -> None:
    given = on_bail(cast, expires_at=now() + timedelta(days=5))
    works_at_a_nursery(as_it_is(given).online_case, cast["rory"])
    mine = shares(cast["iris"], HOME.needs_me)
    assert mine["Your bail ends within 14 days"] == 1
    assert mine["Safety plans to file"] == 1
    assert mine["Works with children: tell the designated officer"] == 1
    assert shares(cast["delia"], HOME.needs_me)["Bail that protects a child ends within 7 days"] == 1
    clock.shift(timedelta(days=6))
    assert shares(cast["dina"], HOME.needs_me)["Bail that has run out: answer for it"] == 1
    late = shares(cast["iris"], HOME.holds_up)
    assert late["A child is without a safety plan while it is with you"] == 1
    assert "Your bail ends within 14 days" not in shares(cast["rory"], HOME.needs_me)


def on_the_wall(user: Any) -> dict[str, int]:
    with acting(user):
        return {each.code: each.count for each in wall.lines_of(now()) if each.count}


def test_the_wall_names_what_nobody_may_overlook(cast: Any, clock: Any) -> None:
    case = with_a_linked_child(cast)
    iris = cast["iris"]
    given = bail_of(arrested_in(case, iris), iris, expires_at=now() + timedelta(days=6))
    bail.bail_breached(given, by=iris, known_at=now(), what="Seen")
    referral_of(works_at_a_nursery(case, cast["rory"]))
    lives_there(case, cast["rory"], "Ned Pell", works_with_children="not_known", works_how="Asked")
    soon = on_the_wall(cast["dina"])
    names = {
        "bail_soon": 1,
        "bail_breach": 1,
        "plan_missing": 1,
        "lado_due": 1,
        "work_unknown": 1,
        "device_unlisted": 1,
    }
    assert {name: soon.get(name) for name in names} == names
    examined(device_in(case, iris), iris)
    clock.shift(timedelta(days=8))
    bail.lapse_all()
    later = on_the_wall(cast["dina"])
    for name in ("bail_lapsed", "free_child", "upload_late"):
        assert later.get(name) == 1, name
    assert "bail_soon" not in later
    assert "device_unlisted" not in later


def test_a_designated_officer_who_is_silent_too_long_is_on_the_wall(cast: Any, clock: Any) -> None:
    referred(referral_of(works_at_a_nursery(searched(cast), cast["rory"])), cast["iris"])
    assert "lado_silent" not in on_the_wall(cast["dina"])
    clock.shift(timedelta(days=5))
    assert on_the_wall(cast["dina"])["lado_silent"] == 1
