"""A5: a school learns what happened before its child comes through the gate, and somebody hears of it if not."""

from datetime import timedelta

import pytest

from encompass import workflow
from sla import inbox
from sla.engine import sweep
from sla.models import Escalation
from tests.encompass.conftest import local
from tests.encompass.scenes import raised_one, screened, told, who_was_told
from tests.sla.made import raised
from tests.stories import away, clock_of
from tests.stories import told as everybody_told

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)


def test_a_friday_night_incident_reaches_the_school_before_mondays_bell(friday_night, olly, lark):
    notice = raised_one(olly, school=lark)
    assert (notice.state, notice.bell_at, notice.at_once) == ("to_screen", local(2026, 3, 9, 8, 40), False)
    friday_night.shift(timedelta(minutes=10))
    sent = screened(notice, olly)
    assert sent.state == "sent"
    done = workflow.delivered(sent, by=olly)
    assert (done.state, done.late, clock_of(done, "P6").stopped_at) == ("delivered", False, friday_night.at)
    friday_night.set(local(2026, 3, 9, 8, 41))
    sweep()
    assert who_was_told(notice) == []


@pytest.mark.parametrize(
    ("at", "post"),
    [
        (local(2026, 3, 8, 18, 0), ["co-ordinators"]),
        (local(2026, 3, 9, 6, 30), ["sam"]),
        (local(2026, 3, 9, 8, 40), ["ines"]),
    ],
    ids=["the evening before", "half past six", "the bell"],
)
def test_each_step_of_the_ladder_at_its_exact_moment(friday_night, olly, lark, at, post):
    notice = raised_one(olly, school=lark)
    friday_night.set(at - MOMENT)
    sweep()
    before = who_was_told(notice)
    friday_night.set(at)
    sweep()
    assert who_was_told(notice) == before
    friday_night.set(at + MOMENT)
    sweep()
    assert who_was_told(notice) == [*before, *post]


def test_what_a_post_was_told_at_one_hour_is_one_group_however_long_each_had_run(friday_night, olly, lark, sam):
    raised_one(olly, school=lark)
    friday_night.shift(timedelta(hours=7))
    raised_one(olly, school=lark)
    friday_night.set(local(2026, 3, 9, 6, 30) + MOMENT)
    sweep()
    (group,) = [each for each in inbox.told(sam) if each.deadline == "P6"]
    assert (group.total, len(group.first), group.more, group.overdue) == (2, 2, 0, False)


def test_told_then_acknowledged(friday_night, olly, cora, lark):
    notice = told(raised_one(olly, school=lark), olly)
    assert clock_of(notice, "P6A").due_at == local(2026, 3, 9, 15, 30)
    assert workflow.acknowledge(notice, by=cora, name="Lena Lead").state == "acknowledged"


def test_with_the_sergeant_away_whoever_covers_is_told_at_half_past_six(friday_night, olly, sam, cora, lark):
    away(sam, days=14, cover=cora)
    notice = raised_one(olly, school=lark)
    friday_night.set(local(2026, 3, 9, 6, 31))
    sweep()
    assert sorted(everybody_told(notice.pk)) == ["cole", "cora", "cora"]


def test_with_both_co_ordinators_away_whoever_covers_is_told_the_evening_before(
    friday_night, olly, sam, cora, cole, lark
):
    for person in (cora, cole):
        away(person, days=14, cover=sam)
    notice = raised_one(olly, school=lark)
    friday_night.set(local(2026, 3, 8, 18, 1))
    sweep()
    assert who_was_told(notice) == ["sam"]


def test_with_the_inspector_away_whoever_covers_hears_the_bell(friday_night, olly, ines, chidi, lark):
    away(ines, days=14, cover=chidi)
    notice = raised_one(olly, school=lark)
    friday_night.set(local(2026, 3, 9, 8, 41))
    sweep()
    assert who_was_told(notice) == ["co-ordinators", "sam", "chidi"]


@pytest.mark.parametrize(
    ("night", "evening", "morning", "bell"),
    [
        (local(2026, 3, 28, 23, 40), local(2026, 3, 29, 18, 0), local(2026, 3, 30, 6, 30), local(2026, 3, 30, 8, 40)),
        (
            local(2026, 10, 24, 23, 40),
            local(2026, 10, 25, 18, 0),
            local(2026, 10, 26, 6, 30),
            local(2026, 10, 26, 8, 40),
        ),
    ],
    ids=["into summer time", "out of summer time"],
)
def test_over_the_night_the_clocks_change_each_step_is_by_the_clock_on_the_wall(
    clock, olly, lark, night, evening, morning, bell
):
    clock.set(night)
    notice = raised_one(olly, school=lark)
    for moment, post in ((evening, "co-ordinators"), (morning, "sam"), (bell, "ines")):
        clock.set(moment)
        sweep()
        before = who_was_told(notice)
        clock.set(moment + MOMENT)
        sweep()
        assert who_was_told(notice) == [*before, post]


@pytest.mark.parametrize(
    ("night", "bell"),
    [
        (local(2026, 4, 2, 23, 40), local(2026, 4, 7, 8, 40)),
        (local(2026, 5, 1, 23, 40), local(2026, 5, 5, 8, 40)),
    ],
    ids=["Easter", "the early May bank holiday"],
)
def test_over_a_bank_holiday_the_evening_before_is_the_holiday_itself(clock, olly, lark, night, bell):
    clock.set(night)
    notice = raised_one(olly, school=lark)
    assert notice.bell_at == bell
    clock.set(bell - timedelta(hours=14, minutes=40))
    sweep()
    assert who_was_told(notice) == []
    clock.shift(MOMENT)
    sweep()
    assert who_was_told(notice) == ["co-ordinators"]


def test_in_the_night_before_school_the_co_ordinators_hear_of_it_at_once(clock, olly, lark):
    clock.set(local(2026, 3, 9, 2, 0))
    notice = raised_one(olly, school=lark)
    clock.shift(MOMENT)
    sweep()
    assert (who_was_told(notice), notice.due_at) == (["co-ordinators"], local(2026, 3, 9, 8, 40))


def test_at_once_is_an_hour_and_the_sergeant_hears_of_it(clock, olly, lark):
    clock.set(local(2026, 3, 9, 10, 0))
    notice = raised_one(olly, school=lark)
    for minutes, told_now in ((30, "co-ordinators"), (60, "sam"), (120, "ines")):
        clock.set(local(2026, 3, 9, 10, 0) + timedelta(minutes=minutes))
        sweep()
        before = who_was_told(notice)
        clock.shift(MOMENT)
        sweep()
        assert who_was_told(notice) == [*before, told_now]


def test_a_school_that_nobody_has_found_is_heard_of_at_the_same_moments(friday_night, olly):
    notice = raised_one(olly)
    for moment in (local(2026, 3, 8, 18, 0), local(2026, 3, 9, 6, 30), local(2026, 3, 9, 8, 40)):
        friday_night.set(moment + MOMENT)
        sweep()
    levels = Escalation.objects.filter(clock__record=notice.pk, clock__deadline="P6F")
    assert [each.level for each in levels.order_by("level")] == [1, 2, 3]


@pytest.mark.parametrize(
    "began",
    [local(2026, 3, 6, 23, 40), local(2026, 3, 28, 23, 0), local(2026, 10, 24, 23, 0), local(2026, 12, 24, 16, 0)],
    ids=["a Friday night", "the night the clocks go forward", "the night they go back", "Christmas Eve"],
)
def test_the_home_force_is_told_within_a_day_or_the_sergeant_hears_of_it(clock, olly, lark, began):
    clock.set(began)
    notice = raised_one(olly, school=lark, lives_elsewhere=True, home_force="Dale Police")
    told_so_far = []
    for hours, people in ((12, ["cole", "cora"]), (24, ["sam"]), (48, ["ines"])):
        moment = began + timedelta(hours=hours)
        clock.set(moment)
        sweep()
        assert [who for *_, who in raised(notice.pk, "P6H")] == told_so_far
        clock.set(moment + MOMENT)
        sweep()
        told_so_far.append(people)
        assert [who for *_, who in raised(notice.pk, "P6H")] == told_so_far


def test_told_late_does_not_hide_the_bell(friday_night, olly, cora, lark):
    sent = screened(raised_one(olly, school=lark), olly)
    friday_night.set(local(2026, 3, 9, 8, 41))
    done = workflow.delivered(sent, by=cora)
    sweep()
    assert (who_was_told(done)[-1], done.late) == ("ines", True)
