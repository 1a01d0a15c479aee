"""The lists of children and of enforcement, the wall, and what the home page says of them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.actor import System, acting
from online.case_parts import parts_of
from online.gate_urls import urlpatterns
from online.models import ChildrenCheck
from online.wall import lines_of
from online.workflow.enforcing import carry_out
from sla.work import HOME
from tests.online.gate_scenes import (
    discussed,
    maisie,
    notice_from,
    of_each,
    open_gate,
    planned_behind,
    settled,
    very_high,
)
from tests.online.scenes import as_it_is, child_of, planned, with_a_child, without_a_child
from tests.strategy.test_pages import text

pytestmark = pytest.mark.django_db
TEST = System("test")
NAMES = [each.name for each in urlpatterns if each.name not in ("onlinecase", "onlinecase-not-concerned")]
WITHOUT_A_RECORD = [each.name for each in urlpatterns if "<uuid" not in str(each.pattern)]


def page(client, user, name, /, *keys, **query):
    client.force_login(user)
    return client.get(reverse(name, args=keys), query)


def sends(client, user, name, /, *keys, **said):
    client.force_login(user)
    return client.post(reverse(name, args=keys), said)


def words(response):
    """What somebody reads, without the marks between."""
    return " ".join(re.sub("<[^>]*>", " ", text(response)).split()).replace(" .", ".").replace(" :", ":")


def shown(case, user):
    """The section of the case page."""
    with acting(user):
        return parts_of(as_it_is(case), user)[0]


@pytest.fixture
def three(cast):
    """No notice; a notice and no discussion; everything, and settled."""
    cases = [with_a_child(cast["rory"], cast["dina"]) for _ in range(3)]
    for case in cases[1:]:
        notice_from(maisie(case), cast["rory"])
    discussed(maisie(cases[2]), cast["sam"])
    settled(maisie(cases[2]), cast["iris"])
    very_high(cases[0], cast)
    return dict(zip(["known", "noticed", "settled"], [maisie(case) for case in cases], strict=True))


@pytest.mark.parametrize(
    ("show", "who", "found"),
    [
        ("open", "dina", {"known", "noticed"}),
        ("mine", "rory", {"known", "noticed"}),
        ("mine", "iris", set()),
        ("no_notice", "dina", {"known"}),
        ("no_discussion", "dina", {"noticed"}),
        ("very_high", "dina", {"known"}),
        ("settled", "dina", {"settled"}),
        ("late", "dina", set()),
        ("silent", "dina", set()),
    ],
)
def test_children_in_parts_that_people_use(client, cast, three, show, who, found):
    listed = text(page(client, cast[who], "online-children", show=show))
    assert {name for name, child in three.items() if child.reference in listed} == found


def test_a_silent_social_worker_and_what_is_late(client, clock, cast, three):
    clock.shift(timedelta(days=15))
    for show, found in (("silent", {"known", "noticed"}), ("late", {"known", "noticed"})):
        listed = text(page(client, cast["dina"], "online-children", show=show))
        assert {name for name, child in three.items() if child.reference in listed} == found, show


def test_enforcement_in_parts_that_people_use(client, clock, cast):
    open_one, shut = planned_behind(cast), planned_behind(cast, planned_for=clock.at + timedelta(hours=2))
    child_of(shut.online_case, cast["rory"], "Tom Pell")
    done = planned(cast["rory"], cast["dina"])
    about = {"done_at": clock.at, "result": "Arrested", "children_seen": "no", "devices": None}
    carry_out(done, by=cast["iris"], **about)
    of = {"open": open_one, "shut": shut, "done": done}

    def listed(show):
        read = text(page(client, cast["dina"], "online-enforcement", show=show))
        return [
            name
            for name, each in sorted(of.items(), key=lambda at: read.find(at[1].reference))
            if each.reference in read
        ]

    assert listed("planned") == ["shut", "open"]
    assert listed("shut") == ["shut"]
    assert listed("done") == ["done"]
    assert listed("passed") == []
    clock.shift(timedelta(hours=3))
    assert listed("passed") == ["shut"]
    assert "The gate is shut: Tom Pell" in words(page(client, cast["dina"], "online-enforcement"))


def test_lists_of_many_cost_what_lists_of_few_cost(client, cast):
    def statements(name):
        client.force_login(cast["delia"])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse(name))
        return len(asked)

    def one_more():
        of_each(cast)
        child_of(planned_behind(cast).online_case, cast["rory"], "Tom Pell")

    pages = ["online-children", "online-enforcement", "online-checks", "online-board"]
    one_more()
    [statements(name) for name in pages]
    few = [statements(name) for name in pages]
    for _ in range(3):
        one_more()
    assert [statements(name) for name in pages] == few


# The wall and the home page


def test_the_wall_counts_each_kind_and_says_which_there_are_none_of(client, clock, cast):
    made = of_each(cast)
    clock.shift(timedelta(days=15))
    with acting(cast["delia"]):
        found = {each.code: each for each in lines_of(clock.at)}
    for code in ("no_notice", "nobody_looked", "silent", "shut", "owed", "no_result"):
        assert found[code].count == 1, code
    assert found["no_discussion"].count == 0
    assert found["no_notice"].oldest == made["linkedchild"].known_at
    read = words(page(client, cast["dmitri"], "online-board"))
    assert "Notice and no strategy discussion" in read.partition("None of these now")[2]
    assert f"Maisie Pell ({made['linkedchild']})" in read


def shares(user, clock):
    with acting(user):
        found = [share for make in HOME.needs_me for share in make(user, user.acts(), clock.at)]
    return {share.heading: share.total for share in found if share.total}


def test_home_says_what_waits_for_whom(clock, cast):
    of_each(cast)
    child_of(planned_behind(cast).online_case, cast["rory"], "Tom Pell")
    assert shares(cast["rory"], clock)["Children in your online cases: submit a notice now"] == 2
    sergeant = shares(cast["dina"], clock)
    assert sergeant["Enforcement is planned and the gate is shut"] == 2
    assert shares(cast["delia"], clock)["Strategy discussions owed: enforcement without the gate"] == 1
    assert not any("online" in heading for heading in shares(cast["cora"], clock))


def test_an_open_gate_says_so(cast):
    said = shown(open_gate(cast), cast["dina"])
    assert said.context["is_open"]
    assert "Plan enforcement" in [each["label"] for each in said.actions]
    assert not shown(without_a_child(cast["rory"], cast["dina"]), cast["dina"]).context["said"]
    with acting(TEST):
        assert ChildrenCheck.objects.count() == 2
