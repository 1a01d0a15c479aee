"""A5: a school learns what happened before its child comes through the gate, and somebody hears of it if not."""

from datetime import timedelta

import pytest

from encompass import workflow
from sla.engine import sweep
from tests.encompass.conftest import local
from tests.encompass.scenes import raised_one, screened, told
from tests.stories import away, clock_of
from tests.stories import told as who_was_told

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def friday_night(clock):
    clock.set(local(2026, 3, 6, 23, 40))
    return clock


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
    assert who_was_told(notice.pk) == []


@pytest.mark.parametrize(
    ("at", "post"),
    [
        (local(2026, 3, 8, 18, 0), ["cora", "cole"]),
        (local(2026, 3, 9, 6, 30), ["sam"]),
        (local(2026, 3, 9, 8, 40), ["ines"]),
    ],
    ids=["the evening before", "half past six", "the bell"],
)
def test_each_step_of_the_ladder_at_its_exact_moment(friday_night, olly, lark, at, post):
    notice = raised_one(olly, school=lark)
    friday_night.set(at - MOMENT)
    sweep()
    before = who_was_told(notice.pk)
    friday_night.set(at)
    sweep()
    assert who_was_told(notice.pk) == before
    friday_night.set(at + MOMENT)
    sweep()
    assert who_was_told(notice.pk) == [*before, *post]


def test_told_then_acknowledged(friday_night, olly, cora, lark):
    notice = told(raised_one(olly, school=lark), olly)
    assert clock_of(notice, "P6A").due_at == local(2026, 3, 9, 15, 30)
    assert workflow.acknowledge(notice, by=cora, name="Lena Lead").state == "acknowledged"


def test_with_the_sergeant_away_whoever_covers_is_told_at_half_past_six(friday_night, olly, sam, cora, lark):
    away(sam, days=14, cover=cora)
    notice = raised_one(olly, school=lark)
    friday_night.set(local(2026, 3, 9, 6, 31))
    sweep()
    assert who_was_told(notice.pk) == ["cora", "cole", "cora"]
