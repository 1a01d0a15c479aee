"""Every clock of the register at its exact moments: nobody is told on the moment, somebody named is a microsecond
later; with that person away their cover is; when they have left, whoever is above; over the nights on which the clocks
change. Nothing resets the age of a case."""

from datetime import UTC, datetime, timedelta

import pytest

from access.actor import signed
from access.time import now
from accounts.models import User
from online.workflow import register_deadlines
from online.workflow.allocating import allocate_case
from online.workflow.case_transfers import case_accepted, case_refused
from online.workflow.cases import link, seen_elsewhere, triage, unlink
from sla.engine import sweep
from sla.models import Clock
from sla.policy import Deadline
from tests.online.register_clocks import NICHE, POSTS, TABLE, Scene, hours
from tests.online.register_scenes import offered
from tests.online.scenes import TEST, as_it_is, executed, received, triaged
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
OURS = {each.code: each for each in vars(register_deadlines).values() if isinstance(each, Deadline)}
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
ONE_OF_EACH = pytest.mark.parametrize("row", {row.code: row for row in reversed(TABLE)}.values(), ids=str)
NIGHTS = [datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)]
COVERS = {"rory": "iris", "dina": "stella", "delia": "imran", "dmitri": "imran", "sue": "imran"}


def climbs(clock, row, record, expected):
    levels = [(row.code, number, at, [who]) for number, (at, who) in enumerate(expected, start=1)]
    for moment in dict.fromkeys(at for at, _ in expected):
        for at in (moment, moment + MOMENT):
            if at >= clock.at:
                clock.set(at)
            sweep()
            assert raised(record.pk, row.code) == [each for each in levels if each[2] < clock.at], at
    assert raised(record.pk, row.code) == levels


def moments(row, began, **instead):
    return [(began + hours(after), instead.get(who, who)) for after, who in row.tells]


def test_every_deadline_of_the_register_has_its_row_with_each_level_and_each_post():
    assert {row.code for row in TABLE} == set(OURS)
    for row in TABLE:
        assert [POSTS[who] for _, who in row.tells] == [level.tell for level in OURS[row.code].ladder.levels]


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    record = row.story(Scene(clock, cast))
    running = clock_of(record, row.code)
    assert (running.started_at, running.due_at) == (clock.at, clock.at + hours(row.due))
    climbs(clock, row, record, moments(row, clock.at))


@ONE_OF_EACH
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    record, began = row.story(Scene(clock, cast)), clock.at
    people = {who for _, who in row.tells}
    for who in people:
        away(cast[who], days=200, cover=cast[COVERS[who]])
    climbs(clock, row, record, moments(row, began, **{who: COVERS[who] for who in people}))


@pytest.mark.parametrize("row", [row for row in TABLE if "rory" in {who for _, who in row.tells}], ids=str)
def test_where_the_researcher_has_left_the_sergeant_is_told_in_their_place(clock, cast, row):
    record, began = row.story(Scene(clock, cast)), clock.at
    with signed(TEST):
        User.objects.filter(pk=cast["rory"].pk).update(is_active=False)
    climbs(clock, row, record, moments(row, began, rory="dina"))


@pytest.mark.parametrize("night", NIGHTS, ids=["forward", "back"])
@pytest.mark.parametrize("row", [row for row in TABLE if row.code in ("OC1", "OC2", "OC5", "OC1R")], ids=str)
def test_hours_are_hours_over_the_nights_the_clocks_change(clock, cast, row, night):
    clock.set(night - timedelta(hours=4))
    record = row.story(Scene(clock, cast))
    climbs(clock, row, record, moments(row, clock.at))


def test_two_working_days_over_a_weekend_on_which_the_clocks_go_forward_end_at_the_same_time_of_day(clock, rory, dina):
    clock.set(datetime(2026, 3, 27, 9, tzinfo=UTC))
    transfer = offered(received(rory), dina)
    assert transfer.due_at == datetime(2026, 3, 31, 8, tzinfo=UTC)


def test_a_referral_that_lay_somewhere_in_the_force_is_born_overdue(clock, rory):
    case = received(rory, received_at=now() - timedelta(days=95), said=[])
    sweep()
    assert [people for *_, people in raised(case.pk, "OC5")] == [["delia"], ["dmitri"], ["sue"]]
    assert [people for *_, people in raised(case.pk, "OC1")] == [["rory"], ["dina"], ["delia"], ["dmitri"], ["sue"]]
    assert case.due_at == case.received_at + hours(8)


def test_the_age_is_told_until_enforcement_was_carried_out_and_not_after(clock, rory, dina, iris):
    case = executed(rory, dina, iris)
    assert not Clock.running().filter(record=case.pk, deadline="OC5").exists()


def test_a_case_that_takes_in_an_older_one_is_as_old_and_each_level_is_told_at_the_moment_that_should_have_been(
    clock, rory
):
    """The lead was a day old. The other lay elsewhere in the force for fifty-nine days."""
    lead = received(rory)
    clock.shift(timedelta(days=1))
    old = received(rory, received_at=now() - timedelta(days=59), said=[])
    began = old.received_at
    link(old, by=rory, to=lead, because="One account")
    assert as_it_is(lead).known_since == began
    assert (clock_of(lead, "OC5").started_at, clock_of(lead, "OC5").due_at) == (began, began + timedelta(days=30))
    assert clock_of(lead, "OC2").due_at == clock_of(lead, "OC2").started_at
    clock.set(began + timedelta(days=60))
    sweep()
    assert [people for *_, people in raised(lead.pk, "OC5")] == [["delia"]]
    clock.shift(MOMENT)
    sweep()
    assert [people for *_, people in raised(lead.pk, "OC5")] == [["delia"], ["dmitri"]]
    assert not Clock.running().filter(record=old.pk).exists()


def test_a_case_that_takes_in_a_younger_one_keeps_its_clocks_as_they_are(clock, rory):
    lead = received(rory)
    before = {code: clock_of(lead, code).pk for code in ("OC1", "OC2", "OC5")}
    clock.shift(timedelta(days=40))
    link(received(rory), by=rory, to=lead, because="One account")
    assert {code: clock_of(lead, code).pk for code in before} == before
    sweep()
    assert [people for *_, people in raised(lead.pk, "OC5")] == [["delia"]]


def test_two_that_were_no_one_case_part_again_and_each_is_as_old_as_it_was(clock, rory, dina):
    first = received(rory)
    clock.shift(timedelta(days=3))
    second = triaged(rory)
    began = clock.at
    link(second, by=rory, to=first, because="One account")
    clock.shift(timedelta(days=3))
    parted = unlink(as_it_is(second), by=dina, because="Two people have used it")
    assert parted.state == "researching"
    assert clock_of(second, "OC5").due_at == began + timedelta(days=30)
    assert clock_of(second, "OC2").due_at == began + hours(24)
    assert not Clock.running().filter(record=second.pk, deadline="OC1").exists()


def test_an_offered_case_is_ours_with_every_clock_running_until_a_named_person_has_accepted(clock, rory, dina):
    case = received(rory)
    ours = {"OC1", "OC2", "OC5"}
    transfer = offered(case, dina)
    running = Clock.running().filter(record=case.pk)
    assert set(running.values_list("deadline", flat=True)) >= ours
    transfer = case_refused(transfer, by=dina, answered_by_name="DS Wrenfield", answer="The address is yours")
    assert set(running.values_list("deadline", flat=True)) >= ours
    transfer = offered(case, dina)
    case_accepted(transfer, by=dina, answered_by_name="DS Wrenfield", their_ref="GAR-77", answer="")
    assert not set(running.values_list("deadline", flat=True)) & ours
    assert as_it_is(case).state == "transferred"
    assert not Clock.running().filter(record=transfer.pk).exists()


def test_once_it_can_be_seen_and_somebody_has_looked_nothing_but_its_age_runs(clock, rory):
    case = seen_elsewhere(received(rory), by=rory, at=now(), **NICHE)
    assert not Clock.running().filter(record=case.pk, deadline="OC2").exists()
    said = {"immediate_risk": "no", "immediate_because": "Nobody", "duplicates_looked_for": "Nothing"}
    triage(case, by=rory, **said)
    assert not Clock.running().filter(record=case.pk, deadline="OC1").exists()
    assert clock_of(case, "OC5")


def test_what_is_one_researchers_follows_the_case_to_another_and_the_investigators_clocks_do_not(clock, cast):
    rory, iris, dina = cast["rory"], cast["iris"], cast["dina"]
    case = triaged(rory)
    assert clock_of(case, "OC2").owner == rory
    allocate_case(case, by=dina, researcher=iris, investigator=iris, because="Rory has eighty")
    assert clock_of(case, "OC2").owner == iris
    assert clock_of(case, "OC5").owner is None
