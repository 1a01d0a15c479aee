"""M3: children at medium risk for whom nothing was done, and nobody above knew."""

from datetime import UTC, datetime, timedelta

import pytest

from access.time import now
from missing import workflow
from tests.conftest import hours, minutes
from tests.missing.scenes import a_child, a_plan, as_it_is, assessed, enquired, found
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, swept

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)


@pytest.fixture
def boy(clock, cast):
    """Reported at eight in the evening, medium risk: an officer has been there, and a sergeant owns the plan."""
    clock.set(EVENING)
    child = a_child(cast["callie"], "Rafferty Example")
    episode = assessed(cast, child=child)
    about = {"because": "I agree with the officer", "plan": a_plan(cast["olly"])}
    next_review_at = now() + hours(4)
    return workflow.ratify(episode, by=cast["rosa"], risk="medium", next_review_at=next_review_at, **about)


def through_the_night(clock, hours_long, do=lambda: None):
    for _ in range(hours_long * 4):
        swept(clock, minutes(15))
        do()


def told(episode):
    """(hours after the report, who), in that order."""
    return [((at - EVENING) / hours(1), people) for _, _, at, people in raised(episode.pk, "MC5")]


def test_each_rank_hears_by_name_through_the_night_that_nothing_is_done(clock, boy):
    through_the_night(clock, 13)
    assert told(boy) == [(2, ["rosa"]), (4, ["rashid"]), (6, ["dmitri"]), (12, ["sue"])]


def test_nobody_is_told_before_the_moment_and_somebody_is_right_after(clock, boy):
    clock.set(EVENING + hours(4))
    swept(clock, timedelta(0))
    assert told(boy) == [(2, ["rosa"])]
    swept(clock, MOMENT)
    assert told(boy) == [(2, ["rosa"]), (4, ["rashid"])]


def test_with_the_inspector_on_leave_his_cover_is_told_by_name(clock, cast, boy):
    away(cast["rashid"], days=14, cover=cast["dina"])
    through_the_night(clock, 13)
    assert told(boy) == [(2, ["rosa"]), (4, ["dina"]), (6, ["dmitri"]), (12, ["sue"])]


def test_with_the_inspector_and_his_cover_on_leave_whoever_covers_for_them_is(clock, cast, boy):
    away(cast["rashid"], days=14, cover=cast["dina"])
    away(cast["dina"], days=14, cover=cast["noor"])
    through_the_night(clock, 5)
    assert told(boy) == [(2, ["rosa"]), (4, ["noor"])]


def test_reviews_without_an_enquiry_quiet_nothing(clock, cast, boy):
    reviewed = {"said": "No change. Continue to search.", "next_review_at": None}

    def look():
        at = now() + minutes(30)
        for verb, who in ((workflow.review, "rosa"), (workflow.inspector_review, "rashid")):
            verb(boy, by=cast[who], **{**reviewed, "next_review_at": at})

    through_the_night(clock, 13, do=look)
    assert told(boy) == [(2, ["rosa"]), (4, ["rashid"]), (6, ["dmitri"]), (12, ["sue"])]
    assert as_it_is(boy, cast["rosa"]).last_enquiry_at is None


@pytest.mark.parametrize(
    "looks_busy",
    [
        lambda cast, boy: enquired(boy, cast["olly"], type="admin"),
        lambda cast, boy: workflow.pass_on(boy, by=cast["rosa"], to=cast["rashid"], because="My turn is over"),
        lambda cast, boy: workflow.decide_daily(boy, by=cast["dmitri"], decision="Go on searching"),
        lambda cast, boy: workflow.tell_ukmpu(boy, by=cast["rashid"], reference="UK-1"),
        lambda cast, boy: workflow.lower_risk(boy, by=cast["rosa"], risk="low", because="He has done so before"),
        lambda cast, boy: enquired(boy, cast["olly"], at=EVENING - hours(0)),
    ],
    ids=["record kept up", "handed on", "daily meeting", "unit told", "risk lowered", "made before anybody was late"],
)
def test_what_only_looks_like_work_restarts_nothing_that_is_late(clock, cast, boy, looks_busy):
    clock.set(EVENING + hours(3))
    looks_busy(cast, boy)
    swept(clock, hours(1) + MOMENT)
    assert (4, ["rashid"]) in told(boy)


def test_only_what_is_done_to_find_him_does_and_from_the_moment_it_was_done(clock, cast, boy):
    clock.set(EVENING + hours(3))
    enquired(boy, cast["olly"], at=EVENING + hours(2.5))
    assert clock_of(boy, "MC5").due_at == EVENING + hours(6.5)
    through_the_night(clock, 5)
    assert told(boy) == [(2, ["rosa"]), (4.5, ["rosa"]), (6.5, ["rashid"])]


def test_what_was_missed_stays_on_the_record_when_somebody_acts_late(clock, cast, boy):
    clock.set(EVENING + hours(7))
    enquired(boy, cast["olly"])
    assert told(boy) == [(2, ["rosa"]), (4, ["rashid"]), (6, ["dmitri"])]


def test_and_when_he_is_found_nobody_hears_any_more(clock, cast, boy):
    clock.set(EVENING + hours(3))
    found(boy, cast["olly"])
    through_the_night(clock, 12)
    assert told(boy) == [(2, ["rosa"])]


def test_if_the_risk_rises_the_inspector_hears_at_once_of_the_hours_that_were_lost(clock, cast, boy):
    clock.set(EVENING + hours(3))
    workflow.raise_risk(boy, by=cast["olly"], risk="high", because="His phone was found in the river")
    swept(clock, MOMENT)
    assert told(boy) == [(2, ["rosa"]), (2, ["rashid"]), (3, ["dmitri"])]
