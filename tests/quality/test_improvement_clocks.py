"""Every clock of the scrutiny group and of recommendations at its exact moments: nobody new is told on the moment,
somebody named is a microsecond later; with that person away their cover is."""

from datetime import UTC, datetime, timedelta

import pytest

from quality.models import ImprovementAction, MeasureSnapshot, Recommendation, ScrutinyMeeting
from quality.workflow import improvement, improvement_actions, scrutiny
from sla.engine import sweep
from sla.policy import DEADLINES
from tests.quality.improvement_clocks import TABLE, Scene
from tests.quality.improvement_scenes import (
    as_it_is,
    asked_for,
    begun,
    confirmed,
    evidenced,
    month_of,
    owned,
    proposed,
    recommended,
    red,
)
from tests.quality.scrutiny_scenes import TUESDAY, found, held, paper_of, papers_sent, planned
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
RECORDS = (ScrutinyMeeting, Recommendation, MeasureSnapshot, ImprovementAction)
OURS = {code for code, each in DEADLINES.items() if each.model in RECORDS}
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
ONE_OF_EACH = pytest.mark.parametrize("row", {row.code: row for row in reversed(TABLE)}.values(), ids=str)


def climbs(clock, code, record, expected):
    levels = [(code, number, at, [who]) for number, (at, who) in enumerate(expected, start=1)]
    for moment in dict.fromkeys(at for at, _ in expected):
        for at in (moment, moment + MOMENT):
            if at >= clock.at:
                clock.set(at)
            sweep()
            assert raised(record.pk, code) == [each for each in levels if each[2] < clock.at], at
    assert raised(record.pk, code) == levels


def in_the_story(scene, row, **instead):
    return [(scene.began + after, instead.get(who, who)) for after, who in row.tells]


def test_every_clock_has_its_row():
    assert {row.code for row in TABLE} == OURS
    assert all(len(row.tells) == len(DEADLINES[row.code].ladder.levels) for row in TABLE)


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    running = clock_of(record, row.code)
    assert (running.started_at - scene.began, running.due_at - running.started_at) == (row.begins, row.length)
    climbs(clock, row.code, record, in_the_story(scene, row))


@ONE_OF_EACH
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    people = {who for _, who in row.tells}
    for who in people:
        away(cast[who], days=150, cover=cast["dina"])
    climbs(clock, row.code, record, in_the_story(scene, row, **dict.fromkeys(people, "dina")))


def test_papers_that_were_sent_and_a_meeting_that_was_held_and_reported_stop_their_clocks(clock, cast, chidi):
    meeting = papers_sent(cast)
    assert clock_of(meeting, "Q4P").stopped_at
    clock.set(TUESDAY)
    meeting = held(meeting, chidi)
    assert clock_of(meeting, "Q4").stopped_at == clock_of(meeting, "QC1").stopped_at == TUESDAY
    found(paper_of(meeting), chidi)
    meeting = scrutiny.report_meeting(meeting, by=chidi, report="Child 1 was heard early.")
    assert clock_of(meeting, "QC2").stopped_at == TUESDAY


def test_calling_a_meeting_off_does_not_give_the_quarter_more_time(clock, chidi):
    meeting = planned(chidi)
    due = clock_of(meeting, "Q4").due_at
    clock.shift(timedelta(days=20))
    scrutiny.call_off_meeting(meeting, by=chidi, because="Snow", meets_at=TUESDAY + timedelta(days=30))
    assert clock_of(scrutiny.ensure_meeting(), "Q4").due_at == due


def test_each_month_that_is_kept_begins_the_next(clock, greta, chidi):
    recommendation = begun(greta, chidi)
    clock.shift(timedelta(days=12))
    month_of(recommendation)
    assert clock_of(recommendation, "GV3").due_at == clock.at + timedelta(days=31)


@pytest.mark.parametrize("code", ["GV1", "GV2", "GV3", "GV8"])
def test_what_is_confirmed_waits_for_nothing(clock, greta, chidi, alma, code):
    assert clock_of(confirmed(greta, chidi, alma), code).stopped_at == clock.at


def test_what_is_opened_again_is_late_at_once_when_its_day_has_gone(clock, greta, chidi, alma):
    closed = improvement.close_by_force(confirmed(greta, chidi, alma), by=greta, said="Met")
    clock.set(datetime(2026, 6, 1, 9, 0, tzinfo=UTC))
    again = improvement.reopen_recommendation(closed, by=greta, because="It has slipped")
    sweep()
    assert clock_of(again, "GV2").due_at == datetime(2026, 5, 23, 23, 0, tzinfo=UTC)
    assert raised(again.pk, "GV2")[-1][3] == ["alma"]


def test_what_was_sent_back_is_proposed_anew_with_a_whole_time(clock, greta, chidi, alma):
    recommendation = improvement.send_back(proposed(greta, chidi), by=alma, because="One month is not enough")
    clock.shift(timedelta(days=7))
    improvement.propose_met(recommendation, by=chidi, said="Two months now")
    assert clock_of(recommendation, "GV8").started_at == clock.at


def test_evidence_and_an_owner_stop_their_clocks_and_red_months_theirs(clock, greta, chidi):
    recommendation = recommended(greta)
    improvement.name_sro(recommendation, by=greta, sro=chidi)
    assert clock_of(recommendation, "GV6").stopped_at
    evidenced(recommendation, greta)
    assert clock_of(recommendation, "GV7").stopped_at
    month = month_of(red(owned(greta, chidi, number="4"), chidi))
    assert clock_of(month, "GV3R").owner == chidi


def test_what_is_red_waits_for_an_action_or_for_a_better_rating(clock, greta, chidi, connie):
    acted, better = (red(begun(greta, chidi, number=number), chidi) for number in ("5", "6"))
    clock.shift(timedelta(days=3))
    asked_for(acted, chidi, connie)
    improvement.rate(better, by=chidi, rag="amber", said="Fewer wait")
    assert clock_of(acted, "GV9").stopped_at == clock_of(better, "GV9").stopped_at == clock.at
    red(acted, chidi)  # something is being done
    assert clock_of(acted, "GV9").stopped_at
    red(better, chidi)
    assert clock_of(better, "GV9").started_at == clock.at


def test_an_action_that_is_not_done_after_all_is_due_when_it_was(clock, greta, chidi, connie, quinn):
    action = asked_for(begun(greta, chidi), chidi, connie)
    due = clock_of(action, "GV5").due_at
    clock.shift(timedelta(days=3))
    improvement_actions.say_done(action, person=connie, said="Done")
    improvement_actions.action_not_done_yet(as_it_is(action), by=quinn, because="Not on the night desk")
    assert (clock_of(action, "GV5").due_at, clock_of(action, "GV5").stopped_at) == (due, None)
