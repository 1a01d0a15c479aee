"""M2: six hours before an officer came, no enquiry in that time, nobody looking at the risk again, and nobody above
knew. And a risk that whoever judged it also agreed to."""

from datetime import timedelta

import pytest

from access.actor import NotYours
from access.time import now
from missing import workflow
from tests.conftest import hours, minutes
from tests.missing.scenes import EVERYTHING, a_plan, assessed, attended, enquired, graded, reported
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def pass_by(clock, length):
    for _ in range(int(length / minutes(10))):
        swept(clock, minutes(10))
    swept(clock, MOMENT)


def told(episode, code, since):
    return [((at - since) / minutes(1), people) for _, _, at, people in raised(episode.pk, code)]


@pytest.fixture
def girl(clock, cast):
    return graded(cast)


def test_six_hours_without_an_officer_are_told_to_each_by_name(clock, girl):
    since = clock.at
    pass_by(clock, hours(6))
    assert told(girl, "MC2", since) == [(48, ["connie"]), (60, ["fin"]), (90, ["dmitri"])]


def test_and_that_nothing_was_done_to_find_her_meanwhile(clock, girl):
    since = clock.at
    pass_by(clock, hours(6))
    assert told(girl, "MC3", since) == [(60, ["connie"]), (120, ["fin"]), (180, ["dmitri"])]
    assert told(girl, "MC5", since) == [(120, ["rosa"]), (240, ["rashid"]), (360, ["dmitri"])]


def test_and_that_nobody_looked_at_the_risk_again_each_time(clock, girl):
    since = clock.at
    pass_by(clock, hours(6))
    expected = [(60, ["connie"]), (120, ["fin"]), *((60 * n, ["dmitri"]) for n in (3, 4, 5, 6))]
    assert told(girl, "MC1", since) == expected


def test_a_supervisor_away_is_no_excuse(clock, cast, girl):
    since = clock.at
    away(cast["connie"], days=7, cover=cast["dev"])
    away(cast["fin"], days=7, cover=cast["carl"])
    pass_by(clock, hours(2))
    assert told(girl, "MC1", since) == [(60, ["dev"]), (120, ["carl"])]
    assert told(girl, "MC3", since) == [(60, ["dev"]), (120, ["carl"])]


def reassessed(episode, by, **said):
    usual = {"caller_reached": "yes", "what_changed": "Nothing", "decision": "Send the next unit", "risk": "medium"}
    return workflow.reassess(episode, by=by, **{**usual, **said})


def test_looking_at_it_each_hour_keeps_that_quiet_and_only_that(clock, cast, girl):
    since = clock.at
    for _ in range(6):
        clock.shift(hours(1))
        reassessed(girl, cast["connie"])
        swept(clock, timedelta(0))
    assert told(girl, "MC1", since) == []
    assert told(girl, "MC2", since) == [(48, ["connie"]), (60, ["fin"]), (90, ["dmitri"])]
    assert told(girl, "MC3", since) == [(60, ["connie"]), (120, ["fin"]), (180, ["dmitri"])]


def test_each_look_asks_whether_the_caller_was_reached_and_what_has_changed_and_decides(cast, girl):
    for said in ({"caller_reached": ""}, {"what_changed": " "}, {"decision": ""}, {"risk": "tiny"}):
        with pytest.raises(NotNow):
            reassessed(girl, cast["connie"], **said)


def test_the_call_taker_can_enquire_before_anybody_is_there(clock, cast, girl):
    since = clock.at
    clock.shift(minutes(30))
    enquired(girl, cast["callie"], type="phone")
    pass_by(clock, hours(3))
    assert told(girl, "MC3", since) == []


def test_the_time_counts_from_when_police_were_told_and_not_from_when_somebody_wrote_it_down(clock, cast):
    told_at = clock.at
    clock.shift(hours(2))
    episode = reported(cast["callie"], reported_at=told_at)
    swept(clock, MOMENT)
    assert told(episode, "MC2", told_at) == [(48, ["connie"]), (60, ["fin"]), (90, ["dmitri"])]
    assert told(episode, "MC1", told_at) == [(60, ["connie"]), (120, ["fin"])]


def test_an_officer_who_comes_late_leaves_what_was_missed_on_the_record(clock, cast, girl):
    since = clock.at
    clock.shift(hours(6))
    workflow.attend(girl, by=cast["olly"])
    assert told(girl, "MC2", since) == [(48, ["connie"]), (60, ["fin"]), (90, ["dmitri"])]
    assert len(told(girl, "MC1", since)) == 5


def test_whoever_judged_the_risk_does_not_agree_to_it(cast, clock):
    episode = attended(cast)
    workflow.assess(episode, by=cast["rosa"], answers=EVERYTHING, risk="medium", because="I went there myself")
    about = {"risk": "medium", "because": "As I said", "plan": a_plan(cast["olly"])}
    clock.shift(minutes(1))
    with pytest.raises(NotYours, match="another supervisor"):
        workflow.ratify(episode, by=cast["rosa"], next_review_at=now() + hours(4), **about)
    ratified = workflow.ratify(episode, by=cast["rashid"], next_review_at=now() + hours(4), **about)
    assert (ratified.assessed_by, ratified.ratified_by) == (cast["rosa"], cast["rashid"])


def test_a_risk_that_nobody_agrees_to_climbs_by_name(clock, cast):
    episode, since = assessed(cast), clock.at
    pass_by(clock, hours(2))
    assert told(episode, "MC4", since) == [(30, ["rosa"]), (60, ["rashid"]), (90, ["dmitri"])]
    assert clock_of(episode, "MC4").stopped_at is None
