"""A daily management meeting: always owed, its agenda from the records, over only when each child is decided on."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from access.actor import System, acting, signed
from access.time import now
from briefing import showing
from briefing.agenda import entries
from briefing.models import Action, AgendaText, Decision
from briefing.workflow import agenda, meetings
from missing import workflow as missing
from missing.models import DailyDecision, PlanAction
from tests.briefing.scenes import (
    TEST,
    TUESDAY,
    a_missing_child,
    a_restricted_incident,
    acted_on,
    as_it_is,
    decided,
    everything_decided,
    item_of,
    items,
    opened,
    over,
    owed,
    signed_off,
    text_of,
    there,
)
from tests.conftest import hours, minutes
from tests.stories import called_in, clock_of, submitted
from triage import workflow as triage
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def test_there_is_always_a_next_meeting_and_only_one(cast):
    assert owed().pk == owed().pk
    assert owed().meets_at == TUESDAY


def test_the_next_is_owed_from_the_moment_one_begins_on_a_weekend_too(cast, dmitri, clock):
    clock.set(datetime(2026, 3, 7, 8, 30, tzinfo=UTC))  # a Saturday
    opened(clock, dmitri)
    assert owed().meets_at == datetime(2026, 3, 8, 9, 0, tzinfo=UTC)


def test_a_meeting_that_is_opened_a_little_early_is_not_followed_by_another_on_the_same_day(cast, dmitri, clock):
    meeting = owed()
    clock.set(TUESDAY - minutes(50))
    meetings.begin(meeting, by=dmitri)
    assert owed().meets_at == TUESDAY + hours(24)


@pytest.mark.parametrize(
    ("evening", "meets_at"),
    [
        (datetime(2026, 3, 28, 20, 0, tzinfo=UTC), datetime(2026, 3, 29, 8, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 20, 0, tzinfo=UTC), datetime(2026, 10, 25, 9, 0, tzinfo=UTC)),
    ],
)
def test_it_is_at_nine_by_the_wall_also_after_the_night_the_clocks_change(cast, clock, evening, meets_at):
    clock.set(evening)
    assert owed().meets_at == meets_at


def test_nobody_opens_it_so_early_that_the_agenda_would_be_another_ones(cast, dmitri, clock):
    meeting = owed()
    clock.set(TUESDAY - hours(2) - minutes(1))
    with pytest.raises(NotNow, match="too early"):
        meetings.begin(meeting, by=dmitri)
    clock.set(TUESDAY - hours(2))
    assert meetings.begin(meeting, by=dmitri).state == "open"


def test_every_missing_child_is_an_item_and_the_decision_is_the_one_of_their_own_record(cast, dmitri, rosa, clock):
    episode = a_missing_child(cast)
    meeting = opened(clock, dmitri)
    item = item_of(meeting, episode)
    assert (item.part, item.child, text_of(item).title) == ("missing", "yes", "Kezia Example")
    what = {"what": "Ask at the bus station", "owner": rosa, "by_when": now() + hours(3)}
    agenda.decide_item(item, by=dmitri, outcome="act", decision="Look where she was found last", **what)
    with acting(System("test")):
        assert DailyDecision.objects.get(episode=episode).decision == "Look where she was found last"
        assert PlanAction.objects.get(source="daily_meeting").owner == rosa
        assert Decision.objects.get(item=item).in_words == "Look where she was found last"
        assert not Action.objects.exists()
    assert clock_of(episode, "MC10").started_at == clock.at


def test_a_decision_on_the_childs_own_page_counts_while_the_meeting_goes_on(cast, dmitri, clock):
    episode = a_missing_child(cast)
    meeting = opened(clock, dmitri)
    clock.shift(minutes(5))
    missing.decide_daily(as_it_is(episode), by=dmitri, decision="A second search of the park")
    meetings.look_again(as_it_is(meeting), by=dmitri)
    item = item_of(meeting, episode)
    with acting(System("test")):
        assert (item.state, Decision.objects.get(item=item).in_words) == ("decided", "A second search of the park")


def test_what_becomes_late_meanwhile_is_added_and_what_settles_itself_says_what_settled_it(cast, dmitri, clock):
    clock.set(TUESDAY - hours(2))
    first = called_in(cast["callie"])
    clock.set(TUESDAY - minutes(55))
    second = called_in(cast["callie"])
    meeting = opened(clock, dmitri)
    assert [item.record for item in items(meeting) if item.part == "late"] == [first.pk]
    clock.shift(minutes(6))
    sent = triage.assign(as_it_is(first), by=cast["dev"], unit="HA21")
    triage.attend(as_it_is(sent), by=cast["olly"])
    meetings.look_again(as_it_is(meeting), by=dmitri)
    assert item_of(meeting, second).state == "undecided"
    gone = item_of(meeting, first)
    assert (gone.state, gone.settled_how) == ("settled", "Police have arrived")
    with pytest.raises(NotNow, match="settled"):
        decided(gone, dmitri)


def test_a_priority_incident_with_a_child_is_on_the_agenda_a_moment_after_its_hour_and_not_on_it(cast, clock):
    incident = called_in(cast["callie"])
    with acting(TEST):
        assert "late" not in [entry.part.code for entry in entries(incident.attend_by)]
        later = entries(incident.attend_by + timedelta(microseconds=1))
    assert [(entry.part.code, entry.child) for entry in later if entry.found] == [("late", "yes")]


def test_an_incident_where_nobody_knows_if_a_child_is_there_counts_as_one_and_no_child_does_not(cast, dmitri, clock):
    clock.set(TUESDAY - hours(3))
    not_known = called_in(cast["callie"], child="not_known")
    called_in(cast["callie"], child="no")
    meeting = opened(clock, dmitri)
    assert [(item.record, item.child) for item in items(meeting) if item.part == "late"] == [
        (not_known.pk, "not_known")
    ]


def test_notices_past_their_review_time_are_one_item_with_counts_ages_and_the_oldest_ten(cast, dmitri, olly, clock):
    for _ in range(12):
        submitted(olly)
    clock.set(TUESDAY + hours(24))
    meeting = opened(clock, dmitri)
    item = item_of(meeting, "ppn")
    text = text_of(item)
    assert (item.total, item.children, item.child, len(text.first)) == (12, 12, "yes", 10)
    assert "12 of them" in text.why
    assert sum(number for _, number in text.ages) == 12


def test_the_meeting_is_not_over_while_a_child_has_no_decision(cast, dmitri, clock):
    clock.set(TUESDAY - hours(2))
    incident = called_in(cast["callie"])
    meeting = opened(clock, dmitri)
    there(meeting, dmitri)
    number = item_of(meeting, incident).number
    with pytest.raises(NotNow, match=f"item {number}"):
        meetings.end_meeting(as_it_is(meeting), by=dmitri)
    everything_decided(meeting, dmitri)
    assert meetings.end_meeting(as_it_is(meeting), by=dmitri).state == "over"


def test_the_database_refuses_too_whoever_writes(cast, dmitri, clock):
    clock.set(TUESDAY - hours(2))
    called_in(cast["callie"])
    meeting = opened(clock, dmitri)
    refused = pytest.raises(DatabaseError, match="not decided")
    with refused, transaction.atomic(), signed(TEST), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE briefing_meeting SET state = 'over', ended_at = opened_at, ended_by_id = chair_id "
            "WHERE state = 'open'"
        )
    assert as_it_is(meeting).state == "open"


def test_nothing_more_to_do_needs_a_reason_and_an_action_needs_somebody_and_a_time(cast, dmitri, rosa, clock):
    clock.set(TUESDAY - hours(2))
    incident = called_in(cast["callie"])
    item = item_of(opened(clock, dmitri), incident)
    with pytest.raises(NotNow, match="why nothing more"):
        decided(item, dmitri, decision=" ")
    act = {"outcome": "act", "decision": "Somebody goes", "what": "Go there"}
    with pytest.raises(NotNow, match="by when"):
        agenda.decide_item(item, by=dmitri, owner=rosa, **act)
    with pytest.raises(NotNow, match="one person, or one post"):
        agenda.decide_item(item, by=dmitri, by_when=now() + hours(1), **act)
    with pytest.raises(NotNow, match="still to come"):
        agenda.decide_item(item, by=dmitri, owner=rosa, by_when=now(), **act)
    with pytest.raises(NotNow, match="too long"):
        agenda.decide_item(item, by=dmitri, owner=rosa, by_when=now() + timedelta(days=7, minutes=1), **act)


def test_a_later_decision_counts_and_the_earlier_one_stays(cast, dmitri, clock):
    clock.set(TUESDAY - hours(2))
    incident = called_in(cast["callie"])
    item = item_of(opened(clock, dmitri), incident)
    decided(item, dmitri, decision="First thought")
    clock.shift(minutes(1))
    decided(as_it_is(item), dmitri, decision="Second thought")
    with acting(TEST):
        assert [each.text for each in Decision.objects.order_by("at")] == ["First thought", "Second thought"]


def test_nobody_signs_off_what_they_did_not_chair_unless_they_say_why(cast, dmitri, sue, clock):
    meeting = over(opened(clock, dmitri), dmitri)
    with pytest.raises(NotNow, match="Dmitri"):
        meetings.sign_off(meeting, by=sue)
    done = meetings.sign_off(as_it_is(meeting), by=sue, because="He is ill since noon")
    assert (done.state, done.chair, done.signed_by) == ("signed_off", dmitri, sue)


def test_somebody_else_may_chair_and_who_did_before_is_kept(cast, dmitri, sue, clock):
    meeting = opened(clock, dmitri)
    taken = meetings.take_chair(as_it_is(meeting), by=sue, because="He is called away")
    assert (taken.chair, taken.opened_by) == (sue, dmitri)
    with pytest.raises(NotNow, match="already"):
        meetings.take_chair(as_it_is(meeting), by=sue, because="Again")


def test_minutes_are_frozen_once_they_are_signed_off(cast, dmitri, clock):
    clock.set(TUESDAY - hours(2))
    called_in(cast["callie"])
    meeting = signed_off(opened(clock, dmitri), dmitri)
    for change in (
        "UPDATE briefing_meeting SET notes = 'Something else'",
        "UPDATE briefing_agendaitem SET child = 'no'",
        "UPDATE briefing_attendee SET post = 'Somebody else'",
        "UPDATE briefing_decision SET text = 'Something else'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), signed(TEST), connection.cursor() as cursor:
            cursor.execute(change)
    with pytest.raises(NotNow):
        there(meeting, dmitri, cast["rosa"])


def test_who_was_there_is_said_before_the_meeting_is_over(cast, dmitri, clock):
    meeting = opened(clock, dmitri)
    with pytest.raises(NotNow, match="who was there"):
        meetings.end_meeting(as_it_is(meeting), by=dmitri)
    assert there(meeting, dmitri).post == "Daily management meeting chair"


def test_a_record_the_chair_may_not_see_still_counts_and_goes_to_somebody_who_may(cast, dmitri, sam, ines, clock):
    incident = a_restricted_incident(cast, sam)
    meeting = opened(clock, dmitri)
    item = item_of(meeting, incident)
    with acting(dmitri):
        assert not AgendaText.objects.filter(item=item.pk).exists()
        assert showing.line_of(item).title == "A restricted record"
    with pytest.raises(NotNow, match="somebody by name who may"):
        decided(item, dmitri)
    with pytest.raises(NotNow, match="somebody by name who may"):
        acted_on(item, dmitri, cast["olly"])
    assert acted_on(as_it_is(item), dmitri, sam).owner == sam


def test_an_item_says_on_how_many_meetings_in_a_row_it_was_before(cast, dmitri, clock):
    clock.set(TUESDAY - hours(2))
    incident = called_in(cast["callie"])
    signed_off(opened(clock, dmitri), dmitri)
    second = opened(clock, dmitri)
    assert item_of(second, incident).meetings_before == 1
    signed_off(second, dmitri)
    assert item_of(opened(clock, dmitri), incident).meetings_before == 2


def test_with_nobody_to_decide_on_a_meeting_is_held_all_the_same(cast, dmitri, clock):
    assert signed_off(opened(clock, dmitri), dmitri).state == "signed_off"
