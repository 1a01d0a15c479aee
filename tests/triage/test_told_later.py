"""Told later than it happened: what was done before a duty began does not fulfil it; that it is over ends it."""

import pytest

from tests.access.an_api import let_in
from tests.conftest import MONDAY, hours, minutes
from tests.stories import clock_of, swept
from tests.triage.feed import ACTS, INCIDENTS, NEEDED, THRIVE, the_incident
from tests.triage.feed import update as said
from tests.triage.scenes import running

pytestmark = pytest.mark.django_db

REASSESSED = {"trigger": "target_missed", "thrive": THRIVE}
CALLED_AGAIN = {"what_they_say": "He is back", "child": "yes"}


@pytest.fixture
def cad(clock, fin):
    return let_in(fin, ACTS)


@pytest.fixture
def sent(cad):
    assert cad.post(INCIDENTS, NEEDED).status_code == 201
    return the_incident()


def at(minute):
    """So many minutes after the call of 08:53, as the feed writes it."""
    return (MONDAY + minutes(minute - 7)).isoformat()


def test_a_look_from_before_the_target_was_missed_does_not_take_the_alarm_away(clock, cad, sent):
    swept(clock, hours(1))
    assert "K4" in running(sent)
    missed = clock_of(sent, "K4")
    assert said(cad, "reassessed", **REASSESSED, at=at(5)).status_code == 200
    still = clock_of(sent, "K4")
    assert (still.pk, still.stopped_at) == (missed.pk, None)
    assert said(cad, "reassessed", **REASSESSED).status_code == 200
    renewed = clock_of(sent, "K4")
    assert (renewed.pk != missed.pk, renewed.started_at, renewed.stopped_at) == (True, clock.at, None)


def test_nor_does_one_from_before_they_called_again_answer_the_second_call(clock, cad, sent):
    clock.shift(minutes(10))
    assert said(cad, "called-again", **CALLED_AGAIN).status_code == 200
    assert said(cad, "reassessed", **REASSESSED, at=at(5)).status_code == 200
    assert "K6" in running(sent)
    assert said(cad, "reassessed", **REASSESSED).status_code == 200
    assert "K6" not in running(sent)


def test_but_that_police_had_arrived_before_then_ends_what_began_since(clock, cad, sent):
    swept(clock, hours(1))
    assert said(cad, "arrived", at=at(30)).status_code == 200
    assert running(sent) & {"K2", "K4", "K5", "FIM"} == set()
