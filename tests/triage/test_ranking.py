"""Which incident comes first. The rule is held against an oracle that is written another way, with points; the boards
are held against the rule."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise, product
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from django.db.models import prefetch_related_objects
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from access.actor import System, signed
from tests.conftest import MONDAY, hours, minutes
from tests.stories import called_in
from tests.triage.scenes import HIGH, LOW, UNKNOWN, fresh
from triage.models import Incident
from triage.ranking import Band, Facts, band, share_of_time, why

RISKS, GRADES, CHILDREN = ("high", "medium", "low", "not_known"), ("G1", "G2", "G3", "G4"), ("yes", "no", "not_known")
EVERY_FACT = [
    Facts(risk, grade, child, possible, urgent, bounces)
    for risk, grade, child, possible, urgent, bounces in product(
        RISKS, GRADES, CHILDREN, (False, True), (False, True), (0, 1, 2, 3)
    )
]
FACTS = st.sampled_from(EVERY_FACT)
POINTS_FOR_RISK = {"low": 0, "medium": 20, "high": 40, "not_known": 40}
POINTS_FOR_CHILD = {"no": 0, "yes": 5, "not_known": 5}


def points(facts):
    """The oracle: points for each thing on its own, the most points first. Anything that lifts to the top is worth as
    much as a high risk, and a child at least as much as a medium one."""
    child = max(POINTS_FOR_CHILD[facts.child], 5 * facts.possible_child)
    lifted = 40 * max(facts.grade == "G1", facts.urgent, facts.bounces // 2 > 0)
    return max(POINTS_FOR_RISK[facts.risk], lifted, 20 if child else 0) + child


def by_the_rule(item):
    return band(item.facts), -share_of_time(item.reported_at, item.due_at, MONDAY)


def by_the_oracle(item):
    """Points, then the share of the time in millionths, as whole numbers."""
    allowed, gone = item.due_at - item.reported_at, MONDAY - item.reported_at
    share = gone * 1_000_000 // allowed if allowed > timedelta(0) else 10**18
    return -points(item.facts), -share


def items(number, seed):
    dice = random.Random(seed)
    for _ in range(number):
        reported = MONDAY - timedelta(seconds=dice.randrange(0, 40 * 86_400))
        due = reported + timedelta(seconds=dice.choice([0, 900, 3_600, 86_400, dice.randrange(1, 10**6)]))
        yield SimpleNamespace(facts=dice.choice(EVERY_FACT), reported_at=reported, due_at=due)


@pytest.mark.parametrize("seed", range(3))
def test_of_ten_thousand_random_items_no_two_stand_the_wrong_way_round(seed):
    ordered = [by_the_oracle(item) for item in sorted(items(10_000, seed), key=by_the_rule)]
    inversions = sum(first > second for first, second in pairwise(ordered))
    assert inversions == 0
    assert len({rank for rank, _ in ordered}) == len(Band)


def test_of_all_there_can_be_the_bands_are_those_of_the_points():
    assert {(band(facts), points(facts)) for facts in EVERY_FACT} == {
        (Band.HIGH_CHILD, 45),
        (Band.HIGH, 40),
        (Band.MEDIUM_CHILD, 25),
        (Band.MEDIUM, 20),
        (Band.LOW, 0),
    }


@given(FACTS)
def test_what_nobody_knows_counts_as_high(facts):
    assert band(replace(facts, risk="not_known")) == band(replace(facts, risk="high"))


@given(FACTS)
def test_with_a_child_or_where_nobody_knows_it_is_never_below_medium(facts):
    for child in (replace(facts, child="yes"), replace(facts, child="not_known"), replace(facts, possible_child=True)):
        assert band(child) <= Band.MEDIUM_CHILD
        assert band(child) in (Band.HIGH_CHILD, Band.MEDIUM_CHILD)


@given(FACTS)
def test_not_known_if_a_child_counts_as_one(facts):
    assert band(replace(facts, child="not_known")) == band(replace(facts, child="yes"))


@given(FACTS)
def test_more_risk_never_puts_it_lower(facts):
    more = [
        replace(facts, risk="high"),
        replace(facts, risk="not_known"),
        replace(facts, risk="medium") if facts.risk == "low" else facts,
        replace(facts, grade="G1"),
        replace(facts, child="yes"),
        replace(facts, child="not_known") if facts.child == "no" else facts,
        replace(facts, possible_child=True),
        replace(facts, urgent=True),
        replace(facts, bounces=facts.bounces + 1),
    ]
    assert all(band(each) <= band(facts) for each in more)


@given(FACTS, FACTS, FACTS)
def test_any_two_can_be_compared_and_the_order_has_no_circles(one, two, three):
    assert (band(one) < band(two)) + (band(one) == band(two)) + (band(one) > band(two)) == 1
    if band(one) <= band(two) <= band(three):
        assert band(one) <= band(three)


@given(st.integers(1, 10**6), st.integers(0, 10**7), st.integers(0, 10**7))
def test_within_a_band_it_only_climbs_while_it_waits(allowed, now, later):
    due = MONDAY + timedelta(seconds=allowed)
    shares = [share_of_time(MONDAY, due, MONDAY + timedelta(seconds=gone)) for gone in sorted((now, later))]
    assert shares == sorted(shares)


@pytest.mark.parametrize(("gone", "share"), [(0, 0.0), (30, 0.5), (60, 1.0), (120, 2.0)])
def test_all_of_its_time_is_1(gone, share):
    assert share_of_time(MONDAY, MONDAY + minutes(60), MONDAY + minutes(gone)) == share


@given(FACTS)
def test_the_reason_is_always_said_and_says_whether_there_is_a_child(facts):
    words = why(facts)
    assert words[0].isupper()
    assert "child" in words
    assert ("no child" in words) == (not facts.counts_as_child)
    if band(facts) in (Band.HIGH, Band.HIGH_CHILD):
        assert any(said in words.lower() for said in ("high", "immediate", "urgent", "more than once"))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (Facts("high", "G2", "yes"), "High risk; a child is involved"),
        (Facts("not_known", "G3", "no"), "Risk not known, which counts as high; no child"),
        (Facts("low", "G3", "not_known"),
         "Low risk, but never below medium with a child; not known if a child, which counts as one"),
        (Facts("low", "G4", "no", possible_child=True),
         "Low risk, but never below medium with a child; possibly a child"),
        (Facts("low", "G1", "no", urgent=True, bounces=2),
         "Graded Immediate; marked to be treated as urgent; sent back between teams more than once; no child"),
        (Facts("low", "G4", "no", bounces=1), "Low risk; no child"),
    ],
)  # fmt: skip
def test_why_it_stands_where_it_stands(facts, words):
    assert why(facts) == words


# The boards


@pytest.fixture
def three_hundred(cast, clock):
    """Written straight into the table: as many incidents that wait as a bad night has, of every kind."""
    dice = random.Random(16)
    with signed(System("test")):
        return Incident.objects.bulk_create(incident(cast["dev"], number, dice) for number in range(300))


def incident(owner, number, dice):
    prefetch_related_objects([owner], "postings__team")
    facts = dice.choice(EVERY_FACT)
    reported = MONDAY - timedelta(seconds=dice.randrange(0, 30 * 86_400))
    allowed = dice.choice(
        [minutes(0), minutes(15), minutes(60), hours(48), timedelta(seconds=dice.randrange(1, 10**6))]
    )
    return Incident(
        reference=f"INC-9{number:05}",
        team=owner.postings.all()[0].team,
        owner=owner,
        state="awaiting_resource",
        channel="999",
        location="High Street",
        what_happened="Shouting",
        child=facts.child,
        possible_child_because="Somebody named in it is a child" if facts.possible_child else "",
        urgent_because="A knife" if facts.urgent else "",
        grade=facts.grade,
        grade_initial=facts.grade,
        risk=facts.risk,
        bounces=facts.bounces,
        rank=band(facts).value,
        reported_at=reported,
        attend_by=reported + allowed,
    )


def pages(client, who, meanwhile=None, **asked):
    """The rows of every page of the board, in order."""
    client.force_login(who)
    shown = []
    while True:
        context = client.get(reverse("board"), asked).context
        shown += [row.key for row in context["rows"]]
        older = parse_qs(context["pager"]["older_url"].lstrip("?"))
        if not older:
            return shown
        asked = {name: values[0] for name, values in older.items()}
        if meanwhile:
            meanwhile(len(shown))


def in_python(incidents, at):
    def place(each):
        return band(each.facts()), -share_of_time(each.reported_at, each.attend_by, at), each.pk

    return [each.pk for each in sorted(incidents, key=place)]


@pytest.mark.django_db
def test_the_board_has_the_order_of_the_rule_across_its_pages(client, three_hundred, callie):
    assert pages(client, callie, show="waiting") == in_python(three_hundred, MONDAY)


@pytest.mark.django_db
def test_while_time_passes_and_calls_come_in_no_row_is_lost_and_none_is_shown_twice(
    client, clock, three_hundred, callie, dev
):
    dice = random.Random(17)

    def meanwhile(shown):
        clock.shift(minutes(7))
        with signed(System("test")):
            Incident.objects.bulk_create(incident(dev, 300 + shown + more, dice) for more in range(5))

    shown = pages(client, callie, meanwhile, show="waiting")
    there_before = {each.pk for each in three_hundred}
    assert len(shown) == len(set(shown))
    assert [key for key in shown if key in there_before] == in_python(three_hundred, MONDAY)


@pytest.mark.django_db
@pytest.mark.parametrize("after", ["", "x", "1_2", "1_2_3_4", "nan_1_1.0_x", f"{10**30}_1_1.0_{'0' * 32}", "1_1_inf_x"])
def test_an_address_that_names_no_place_shows_the_first_page(client, three_hundred, callie, after):
    client.force_login(callie)
    first = [row.key for row in client.get(reverse("board"), {"show": "waiting"}).context["rows"]]
    answer = client.get(reverse("board"), {"show": "waiting", "after": after})
    assert [row.key for row in answer.context["rows"]] == first


@pytest.mark.django_db
def test_a_call_has_its_place_as_soon_as_it_is_saved(client, clock, callie):
    low, unknown, child, high = (
        called_in(callie, grade=grade, child=child, assessment=risk)
        for grade, child, risk in [("G2", "no", LOW), ("G2", "no", UNKNOWN), ("G2", "yes", LOW), ("G2", "yes", HIGH)]
    )
    assert [fresh(each).rank for each in (low, unknown, child, high)] == [5, 2, 3, 1]
    assert pages(client, callie, show="waiting") == [high.pk, unknown.pk, child.pk, low.pk]
