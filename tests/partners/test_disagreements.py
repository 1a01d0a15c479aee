"""A disagreement about a child goes up one stage at a time, and whoever is next hears of it by itself."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from access.actor import NotYours
from partners import workflow
from partners.models import Disagreement
from tests.partners.scenes import an_agency, arrived
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, hours, submitted, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def local(month, day, hour=10):
    return timezone.make_aware(datetime(2026, month, day, hour)).astimezone(UTC)


def disagree(delivery, by, why="They will not visit", ask="A joint visit today"):
    return workflow.raise_disagreement(Disagreement(), by=by, delivery=delivery, why=why, what_we_ask=ask)


@pytest.fixture
def delivery(clock, olly, cora):
    return arrived(submitted(olly), an_agency(), cora)


@pytest.fixture
def disagreement(delivery, cora):
    return disagree(delivery, cora)


def test_it_goes_through_its_stages_to_the_safeguarding_partners(clock, disagreement, cora):
    stages = []
    for _ in range(3):
        clock.shift(hours(1))
        disagreement = workflow.next_stage(
            disagreement, by=cora, what_was_said="They stand by it", with_whom="Sam and their manager"
        )
        stages.append(disagreement.state)
        assert disagreement.stage_since == clock.at
    assert stages == ["managers", "heads", "partners"]
    with pytest.raises(NotNow):
        workflow.next_stage(disagreement, by=cora, what_was_said="Still", with_whom="Nobody")


def test_what_the_safeguarding_partners_settled_a_sergeant_records(disagreement, cora, sam):
    for _ in range(3):
        disagreement = workflow.next_stage(disagreement, by=cora, what_was_said="No", with_whom="Their manager")
    with pytest.raises(NotNow, match="sergeant"):
        workflow.settle(disagreement, by=cora, how="They visit today")
    assert workflow.settle(disagreement, by=sam, how="They visit today").state == "settled"


def test_it_is_settled_with_what_is_done_for_the_child(clock, disagreement, cora):
    with pytest.raises(NotNow, match="done for the child"):
        workflow.settle(disagreement, by=cora, how=" ")
    done = workflow.settle(disagreement, by=cora, how="They visit today with Olly")
    assert (done.state, done.settled_by, clock_of(done, "P19").stopped_at) == ("settled", cora, clock.at)


def test_an_officer_does_not_raise_one(delivery, olly):
    with pytest.raises(NotYours):
        disagree(delivery, olly)


@pytest.mark.parametrize(("why", "ask"), [(" ", "A visit"), ("They will not visit", "")])
def test_it_says_what_it_is_about_and_what_is_asked_for(delivery, cora, why, ask):
    with pytest.raises(NotNow):
        disagree(delivery, cora, why, ask)


DAYS = {
    "a Tuesday": (local(3, 3), local(3, 4, 0), local(3, 4), local(3, 6)),
    "a Friday": (local(3, 6), local(3, 7, 0), local(3, 9), local(3, 11)),
    "a Saturday": (local(3, 7), local(3, 10, 0), local(3, 10, 0), local(3, 12, 0)),
    "the Thursday before Easter": (local(4, 2), local(4, 3, 0), local(4, 7), local(4, 9)),
    "Easter Sunday": (local(4, 5), local(4, 8, 0), local(4, 8, 0), local(4, 10, 0)),
    "before the clocks go forward": (local(3, 27), local(3, 28, 0), local(3, 30), local(4, 1)),
    "before the clocks go back": (local(10, 23), local(10, 24, 0), local(10, 26), local(10, 28)),
}


@pytest.mark.parametrize(("began", "same_day", "next_day", "third"), DAYS.values(), ids=DAYS)
def test_each_stage_has_its_day_and_then_the_next_post_hears(clock, cast, olly, cora, began, same_day, next_day, third):
    clock.set(began)
    one = disagree(arrived(submitted(olly), an_agency(), cora), cora)
    for number, moment in enumerate(sorted({same_day, next_day, third}), start=1):
        clock.set(moment)
        swept(clock, hours(0))
        before = len(raised(one.pk))
        swept(clock, MOMENT)
        assert len(raised(one.pk)) > before, number
    assert [(at, people) for _, _, at, people in raised(one.pk, "P19")] == [
        (same_day, ["sam"]),
        (next_day, ["ines"]),
        (third, ["sue"]),
    ]


def test_to_go_one_stage_up_gives_no_time_back(clock, disagreement, cora):
    due = clock_of(disagreement, "P19").due_at
    clock.shift(hours(20))
    workflow.next_stage(disagreement, by=cora, what_was_said="No", with_whom="Their manager")
    assert clock_of(disagreement, "P19").due_at == due


def test_with_the_sergeant_away_whoever_covers_hears(clock, disagreement, sam, cole):
    away(sam, days=2, cover=cole)
    swept(clock, hours(24))
    assert raised(disagreement.pk, "P19")[0][3] == ["cole"]
