"""The truth about the queues: every figure is counted once, equals the board that it leads to, and adds up."""

import random
from collections import Counter

import pytest
from django.urls import reverse

from access.actor import System, acting, signed
from cases.models import Case
from cases.workflow.cases import restrict
from tests.conftest import MONDAY, hours
from tests.sla.made import MOMENT
from tests.stories import called_in, ended
from tests.triage.scenes import HIGH, LOW, MEDIUM, UNKNOWN, allocated, contacted, fresh, with_the_phone
from triage import workflow
from triage.backlog import AGES, QUEUES, flow, load, queues
from triage.models import Incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(clock, callie, dev, tara, tess, ravi):
    """Six in each queue, of every grade and risk, with a child, possibly one, not known, and none."""
    dice = random.Random(400)
    for number in range(36):
        clock.set(MONDAY + hours(number))
        child = dice.choice(["yes", "no", "not_known"])
        words = dice.choice(["Shouting", "Two kids at the window"])
        said = {"assessment": dice.choice([HIGH, MEDIUM, LOW, UNKNOWN]), "what_happened": words, "child": child}
        if number % 6 < 2:
            incident = called_in(callie, grade=dice.choice(["G1", "G2"]), **said)
            if number % 6 == 1:
                workflow.assign(incident, by=dev, unit=f"AB{number}")
        elif number % 6 == 2:
            called_in(callie, grade=dice.choice(["G3", "G4"]), **said)
        elif number % 6 == 3:
            with_the_phone(callie, tara, tess, **said)
        elif number % 6 == 4:
            incident = with_the_phone(callie, tara, tess, **said)
            workflow.accept(incident, by=ravi, owner=ravi)
        else:
            allocated(
                called_in(callie, grade="G4", **said | {"child": "no", "what_happened": "A row"}), tara, "specialist"
            )
    return clock.at


def by_name(at, name):
    with acting(System("test")):
        return next(each for each in queues(at) if each.line.name == QUEUES[name][0])


def counted(pairs):
    return {name: number for name, number in pairs if number}


# Figures and boards


def test_a_figure_is_what_the_board_shows_that_it_leads_to(client, full, tess):
    client.force_login(tess)
    for name in QUEUES:
        queue = by_name(full, name)
        answer = client.get(queue.url)
        shown = next(chip for chip in answer.context["chips"] if chip["current"])
        assert queue.line.total == shown["count"] == len(answer.context["rows"]) == 6, name


def test_the_queues_together_are_everything_that_waits_and_none_is_in_two(full):
    with acting(System("test")):
        waits = Incident.objects.filter(state__in=["awaiting_resource", "assigned", "in_triage", "second_look",
                                                   "allocated", "accepted"]).count()  # fmt: skip
        assert sum(queue.line.total for queue in queues(full)) == waits == 36


def test_each_line_adds_up_in_every_direction(full):
    with acting(System("test")):
        found = queues(full)
    for queue in found:
        for line in (queue.line, *queue.parts):
            assert {sum(number for _, number in each) for each in (line.by_risk, line.by_grade, line.by_age)} == {
                line.total
            }
        for figure in ("total", "untouched", "late"):
            assert sum(getattr(part, figure) for part in queue.parts) == getattr(queue.line, figure)
        assert queue.line.oldest == min(part.oldest for part in queue.parts if part.oldest)


def kind(incident):
    """With a child, possibly one, not known or none: one of the four, as somebody would say it who reads the record."""
    if incident.child != "yes" and incident.possible_child_because:
        return "Possibly a child"
    return {"yes": "Child", "no": "No child", "not_known": "Not known"}[incident.child]


def test_they_are_those_that_somebody_would_count_by_hand(full):
    for name, (_, which, *_) in QUEUES.items():
        queue = by_name(full, name)
        with acting(System("test")):
            rows = list(Incident.objects.filter(which))
        kinds = Counter(kind(row) for row in rows)
        assert counted((part.name, part.total) for part in queue.parts) == kinds
        assert counted(queue.line.by_grade) == Counter(row.grade for row in rows)
        assert counted(queue.line.by_risk) == Counter(row.get_risk_display() for row in rows)
        assert queue.line.late == sum(row.attend_by < full for row in rows)
        assert queue.line.oldest == min(row.reported_at for row in rows)
        concerned = len(rows) - kinds["No child"]
        expected = f"{concerned} with a child, or where nobody knows" if concerned else "callers only"
        assert queue.waits_on_it.startswith(expected)


def test_the_page_shows_them(client, full, tess):
    client.force_login(tess)
    answer = client.get(reverse("backlog"))
    assert [queue.line.total for queue in answer.context["queues"]] == [6] * 6
    page = answer.content.decode()
    assert all(words in page for words, *_ in QUEUES.values())
    assert all(queue.url.replace("&", "&amp;") in page for queue in answer.context["queues"])


# Ages, to the microsecond


BANDS = [
    (hours(0), "under 1 hour"),
    (hours(1) - MOMENT, "under 1 hour"),
    (hours(1), "1 to 4 hours"),
    (hours(4) - MOMENT, "1 to 4 hours"),
    (hours(4), "4 to 24 hours"),
    (hours(24) - MOMENT, "4 to 24 hours"),
    (hours(24), "1 to 3 days"),
    (hours(72) - MOMENT, "1 to 3 days"),
    (hours(72), "3 to 7 days"),
    (hours(168) - MOMENT, "3 to 7 days"),
    (hours(168), "7 days and more"),
    (hours(23 * 24), "7 days and more"),
]


@pytest.mark.parametrize(("age", "band"), BANDS, ids=[f"{age} {band}" for age, band in BANDS])
def test_an_age_is_in_one_band_and_the_next_begins_on_the_moment(clock, callie, age, band):
    called_in(callie, grade="G3")
    clock.shift(age)
    assert counted(by_name(clock.at, "hub").line.by_age) == {band: 1}


def test_every_band_is_asked_about():
    assert {band for _, band in BANDS} == {label for label, _ in AGES}


def test_late_begins_a_microsecond_after_the_moment(clock, callie):
    called_in(callie, grade="G2")
    clock.shift(hours(1))
    assert by_name(clock.at, "unit").line.late == 0
    clock.shift(MOMENT)
    assert by_name(clock.at, "unit").line.late == 1


# Never opened


def test_never_opened_is_until_a_person_does_something_and_not_the_software(clock, callie, tara, connie):
    incident = called_in(callie, grade="G3", child="no")
    assert by_name(clock.at, "hub").line.untouched == 1
    called_in(callie, grade="G3", location=incident.location)  # a second contact rings for it by itself
    assert by_name(clock.at, "hub").line.untouched == 2
    contacted(fresh(incident), connie, "no_answer")
    assert by_name(clock.at, "hub").line.untouched == 1


def test_to_look_at_it_is_not_to_have_done_anything(client, clock, callie, tara):
    incident = called_in(callie, grade="G3")
    client.force_login(tara)
    client.get(incident.get_absolute_url())
    assert by_name(clock.at, "hub").line.untouched == 1


# Who may see, who holds, what flows


def test_a_figure_counts_what_the_person_may_see(clock, callie, sam, tess):
    incident = called_in(callie, grade="G3")
    with signed(System("test")):
        case = Case.objects.create(reference="CASE-900001")
        Incident.objects.filter(pk=incident.pk).update(case=case)
    restrict(case, by=sam, people=[sam], because="A colleague's home")
    for who, total in ((tess, 0), (sam, 1)):
        with acting(who):
            assert sum(queue.line.total for queue in queues(clock.at)) == total


def test_who_holds_how_many_with_children_apart_the_most_first(clock, callie, dev, tara):
    for grade, child in [("G2", "no"), ("G2", "no"), ("G2", "no"), ("G3", "yes"), ("G3", "not_known")]:
        called_in(callie, grade=grade, child=child)
    with acting(System("test")):
        assert [(row["owner"], row["n"], row["children"]) for row in load()] == [(tara.pk, 2, 2), (dev.pk, 3, 0)]


def test_what_came_in_and_what_left_in_the_last_hour_four_hours_and_day(clock, callie, connie, olly):
    for before in (0.5, 1, 3.9, 4, 23.9, 24):
        clock.set(MONDAY - hours(before))
        called_in(callie)
    clock.set(MONDAY)
    workflow.attend(called_in(callie), by=olly)
    ended(called_in(callie), connie)
    with acting(System("test")):
        assert [(came, left) for _, came, left in flow(MONDAY)] == [(3, 2), (5, 2), (7, 2)]
        assert [left for *_, left in flow(MONDAY + hours(1) - MOMENT)] == [2, 2, 2]
        assert [left for *_, left in flow(MONDAY + hours(1))] == [0, 2, 2]


def test_counting_asks_the_database_no_more_for_many_than_for_few(
    full, clock, callie, tess, django_assert_max_num_queries
):
    with acting(tess), django_assert_max_num_queries(len(QUEUES)):
        queues(clock.at)
