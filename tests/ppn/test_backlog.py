"""The truth about the queue: it adds up in every direction, and each figure is what somebody counts by hand."""

from itertools import count, product

import pytest

from access.actor import System, acting
from access.time import now
from cases.workflow.cases import restrict
from ppn import backlog, workflow
from ppn.models import Ppn, Subject
from tests.conftest import hours
from tests.ppn.scenes import adult, assessed, child, written
from tests.sla.made import MOMENT

pytestmark = pytest.mark.django_db
GRADES = ["red", "amber", "green", "blue"]
NAMES = count(1)


@pytest.fixture
def queue(clock, olly, cora):
    """Notices of every grade and age, some opened, some with two children; and some that no longer wait."""
    start = clock.at
    kinds = [("child_at_risk", "none"), ("domestic_abuse", "high"), ("domestic_abuse", "standard")]
    ages = [0, 4, 24, 72, 168, 200]
    made = []
    for number, (grade, (kind, risk)) in enumerate(product(GRADES, kinds)):
        clock.set(start + hours(200 - ages[number % len(ages)]))
        who = [child(f"Child {next(NAMES)}") for _ in range(number % 3)] or [adult(f"Adult {next(NAMES)}", "adult")]
        answer = "yes" if number % 3 else ("no", "not_known")[number % 2]
        types = [kind, "missing"] if number % 4 == 0 else [kind]
        made.append(written(olly, *who, grade=grade, types=types, da_risk=risk, child=answer))
    clock.set(start + hours(200))
    for ppn in made[::4]:
        workflow.take(ppn, by=cora)
    assessed(written(olly, child(f"Child {next(NAMES)}")), cora)
    return made


def lines(by):
    with acting(by):
        return {line.name: line for line in backlog.lines(now())}


def is_high(ppn):
    """What the page calls high risk, said again in other words."""
    if ppn.grade == "red" or ppn.da_risk in ("high", "not_known"):
        return True
    return "child_at_risk" in ppn.types and ppn.grade == "amber"


def test_each_figure_is_what_somebody_counts_by_hand(queue, cora, clock):
    found = lines(cora)
    with acting(System("test")):
        waiting = list(Ppn.objects.filter(state__in=["submitted", "under_research"]))
        children = [each for each in Subject.objects.filter(part="child") if each.ppn_id in {p.pk for p in waiting}]
    labels = {"red": "Red / high", "amber": "Amber / medium", "green": "Green / standard"}
    for grade in [None, "red", "amber", "green"]:
        rows = [ppn for ppn in waiting if grade in (None, ppn.grade)]
        line = found[labels[grade] if grade else "All"]
        never = [ppn for ppn in rows if ppn.state == "submitted"]
        keys = {ppn.pk for ppn in rows}
        assert line.total == len(rows)
        assert line.overdue == sum(ppn.due_at < clock.at for ppn in rows)
        assert line.with_child == sum(ppn.child != "no" for ppn in rows)
        assert line.children == sum(each.ppn_id in keys for each in children)
        assert line.never_opened == len(never)
        assert line.high_risk == sum(map(is_high, rows))
        assert line.high_risk_never_opened == sum(map(is_high, never))
        assert line.oldest == min(ppn.submitted_at for ppn in rows)


def test_it_adds_up_in_every_direction(queue, cora):
    whole, *grades = lines(cora).values()
    assert whole.total == len(queue)
    for figure in ("total", "overdue", "with_child", "children", "never_opened", "high_risk", "high_risk_never_opened"):
        assert getattr(whole, figure) == sum(getattr(line, figure) for line in grades), figure
    for line in (whole, *grades):
        assert sum(number for _, number in line.by_age) == line.total
    for place, (label, number) in enumerate(whole.by_age):
        assert number == sum(line.by_age[place][1] for line in grades), label


@pytest.mark.parametrize(
    ("age", "label"),
    [
        (hours(4) - MOMENT, "under 4 hours"),
        (hours(4), "4 to 24 hours"),
        (hours(24) - MOMENT, "4 to 24 hours"),
        (hours(24), "1 to 3 days"),
        (hours(72), "3 to 7 days"),
        (hours(168) - MOMENT, "3 to 7 days"),
        (hours(168), "7 days and more"),
    ],
)
def test_an_age_belongs_to_one_column_to_the_microsecond(clock, olly, cora, age, label):
    written(olly)
    clock.shift(age)
    assert [name for name, number in lines(cora)["All"].by_age if number] == [label]


def test_overdue_begins_a_microsecond_after_the_deadline(clock, olly, cora):
    written(olly)
    clock.shift(hours(24))
    with acting(cora):
        assert (lines(cora)["All"].overdue, backlog.overdue(clock.at).count) == (0, 0)
        clock.shift(MOMENT)
        assert (lines(cora)["All"].overdue, backlog.overdue(clock.at).count) == (1, 1)


def test_high_risk_that_nobody_has_opened_is_said_apart(clock, olly, cora):
    opened, _ = written(olly, grade="red"), written(olly, child("Ada Sample"), grade="red")
    workflow.take(opened, by=cora)
    line = lines(cora)["All"]
    assert (line.high_risk, line.never_opened, line.high_risk_never_opened) == (2, 1, 1)


def test_put_back_it_has_been_opened_by_nobody_again(clock, olly, cora):
    ppn = workflow.take(written(olly, grade="red"), by=cora)
    workflow.put_back(ppn, by=cora, because="Going off duty")
    assert lines(cora)["All"].high_risk_never_opened == 1


def test_a_notice_about_two_things_is_counted_in_both(queue, cora, clock):
    with acting(cora):
        by_type = {code: (waiting, late) for _, code, waiting, late in backlog.by_type(clock.at)}
    for code in ("child_at_risk", "domestic_abuse", "missing"):
        rows = [ppn for ppn in queue if code in ppn.types]
        assert by_type[code][0] == len(rows)
    assert sum(waiting for waiting, _ in by_type.values()) == sum(len(ppn.types) for ppn in queue)


def test_the_page_leads_to_queues_with_the_same_numbers(client, queue, cora):
    client.force_login(cora)
    page = client.get("/ppn/backlog/")
    assert page.status_code == 200
    for line in page.context["lines"]:
        rows = client.get("/ppn/" + line.show).context
        assert len(rows["rows"]) == line.total, line.name


def test_what_one_may_not_see_is_in_no_figure(queue, cora, ines):
    restrict(queue[0].case, by=ines, people=[ines], because="A colleague's family")
    assert (lines(cora)["All"].total, lines(ines)["All"].total) == (len(queue) - 1, len(queue))
