"""What joins the children of the cohort: counted once each, what joins several first, nothing hidden is shown."""

from datetime import date

import pytest
from django.urls import reverse

from access.actor import acting
from cases.records import Home
from cases.workflow import people
from cases.workflow.people import declare_conflict
from cohort import hooks
from cohort.hooks import EpisodeLine, Link
from cohort.network import MOST, draw, network_of
from tests.cohort.children import in_cohort, meeting_of
from tests.households import HERE, TOLD, is_the, lives_at, on_record
from tests.strategy.meetings import the_council
from tests.strategy.test_pages import text

pytestmark = pytest.mark.django_db
PIER = Home("1 Pier Road", "ZV1 9ZZ")


@pytest.fixture
def three(maya, milo):
    return [in_cohort(maya, milo, f"{name} Example") for name in ("Poppy", "Willow", "Hazel")]


@pytest.fixture
def desmond(maya):
    return on_record(maya, "Desmond Example", born=date(1990, 1, 1))


def seen(child, by, *, company=None, place=None, at=None):
    from access.time import now

    return people.add_sighting(child, by=by, company=company, place=place, seen_at=at or now(), note="", source=TOLD)


def things(who, authority=None):
    with acting(who):
        network = network_of(authority)
        return [(each.label, each.kind, each.how_many) for each in network.things]


def test_an_adult_seen_with_two_children_comes_before_what_joins_one(three, desmond, maya, milo):
    for entry in three[:2]:
        seen(entry.person, maya, company=desmond)
    lives_at(three[2].person, HERE, maya)
    assert things(milo) == [("Desmond Example", "person", 2), ("12 Example Street, ZV1 1AA", "place", 1)]


def test_one_adult_joined_in_two_ways_is_one_line_with_both(three, desmond, maya, milo):
    seen(three[0].person, maya, company=desmond)
    is_the("poses_risk", desmond, three[0].person, maya)
    with acting(milo):
        (thing,) = network_of().things
        assert thing.how_many == 1
        assert sorted(thing.joined[0].words) == [
            "Desmond Example is the person posing a risk of Poppy Example",
            "Seen together, 2 March 2026",
        ]


def test_a_place_where_one_lives_and_another_was_seen_joins_both(three, maya, milo):
    lives_at(three[0].person, PIER, maya)
    seen(three[1].person, maya, place=PIER)
    assert things(milo) == [("1 Pier Road, ZV1 9ZZ", "place", 2)]


def test_two_children_who_are_friends_are_one_line(three, maya, milo):
    is_the("friend", three[0].person, three[1].person, maya)
    assert [(kind, many) for _, kind, many in things(milo)] == [("child", 2)]


def test_whoever_has_the_number_of_a_child_is_joined_with_the_child(three, desmond, maya, milo):
    for person, number in ((three[0].person, "07700 900462"), (desmond, "+44 7700 900462")):
        people.add_phone(person, by=maya, number=number, safe="not_known", source=TOLD)
    assert things(milo) == [("Desmond Example", "person", 1)]


def test_what_apps_above_know_is_there_too(three, milo, monkeypatch):
    roots = [entry.person.same_as_id for entry in three]
    found = [Link(root, "place", "the pier", "The pier", "", "Found there", None) for root in roots]
    monkeypatch.setattr("cohort.network.LINKS", [lambda asked: [each for each in found if each.root in asked]])
    assert things(milo) == [("The pier", "place", 3)]


def test_it_is_narrowed_to_one_authority(three, desmond, maya, milo):
    other = in_cohort(maya, milo, "Rowan Example", authority=the_council("Sallow Council"))
    for entry in (three[0], other):
        seen(entry.person, maya, company=desmond)
    assert things(milo, other.authority) == [("Desmond Example", "person", 1)]
    assert things(milo) == [("Desmond Example", "person", 2)]


def test_whom_somebody_may_not_see_is_not_drawn(three, desmond, maya, milo, chidi, client):
    for entry in three[:2]:
        seen(entry.person, maya, company=desmond)
    declare_conflict(three[1].person, by=chidi, user=milo, because="His niece")
    assert things(milo) == [("Desmond Example", "person", 1)]
    client.force_login(milo)
    assert "Willow Example" not in text(client.get(reverse("cohort-network")))


def test_the_drawing_has_what_joins_several_and_the_table_has_all(three, desmond, maya, milo, client):
    for entry in three[:2]:
        seen(entry.person, maya, company=desmond)
    lives_at(three[2].person, HERE, maya)
    with acting(milo):
        drawing = draw(network_of())
        assert (len(drawing.nodes), len(drawing.edges), drawing.left_out) == (3, 2, 0)
    client.force_login(milo)
    shown = text(client.get(reverse("cohort-network")))
    assert "1 thing joins two or more of them" in shown
    assert "12 Example Street" in shown
    assert 'role="img"' in shown


def test_nothing_shared_is_not_drawn_and_nobody_is_left_out(three, milo, client):
    with acting(milo):
        assert draw(network_of()) is None
    client.force_login(milo)
    shown = text(client.get(reverse("cohort-network")))
    assert "Nothing on record joins them" in shown
    assert all(entry.reference in shown for entry in three)


def test_a_drawing_that_would_be_too_full_says_what_it_leaves_out(three, milo, monkeypatch):
    roots = [entry.person.same_as_id for entry in three]
    found = [Link(root, "place", f"{n}", f"Place {n}", "", "Seen", None) for n in range(20) for root in roots]
    monkeypatch.setattr("cohort.network.LINKS", [lambda asked: found])
    with acting(milo):
        drawing = draw(network_of())
    assert (len(drawing.nodes), drawing.left_out) == (MOST, 20 + len(three) - MOST)


def test_many_children_cost_no_more_statements_than_few(three, maya, milo, django_assert_max_num_queries):
    with acting(milo), django_assert_max_num_queries(7) as few:
        network_of()
    for letter in "abcdef":
        entry = in_cohort(maya, milo, f"Child{letter} Example")
        seen(entry.person, maya, place=PIER)
    with acting(milo), django_assert_max_num_queries(len(few)):
        assert network_of().things[0].how_many == 6


def test_episodes_of_apps_above_stand_on_agenda_pack_and_page(three, maya, clock, client, monkeypatch):
    root = three[0].person.same_as_id
    line = EpisodeLine(clock.at, None, root, "MIS-000001", "/nowhere/", "High", "", "Third time this month")
    asked = []

    def source(roots, since, until):
        asked.append((set(roots), since, until))
        return [line] if root in roots else []

    monkeypatch.setattr(hooks, "EPISODES", [source])
    meeting = meeting_of(three[0].authority)
    client.force_login(maya)
    for name, key in (("cohortmeeting", meeting), ("cohortmeeting-pack", meeting), ("entry", three[0])):
        shown = text(client.get(reverse(name, args=[key.pk])))
        for said in ("MIS-000001", "still missing", "Third time this month", "Found: Not known"):
            assert said in shown, name
    assert asked[0][1:] == (meeting.counts_from, clock.at)
    assert asked[0][0] == {entry.person.same_as_id for entry in three}
