"""Custody, hospital and time abroad: what is expected, what passes with no word, and what runs again afterwards. Travel
and court orders."""

from datetime import UTC, date, datetime, timedelta

import pytest

from access.actor import NotYours, System, acting
from access.time import now
from offenders.models import HubTask, Nominal, Spell, Travel
from offenders.workflow import custody, hub_tasks, notifications, orders, periods, travel
from offenders.workflow.travel import Journey
from sla.engine import sweep
from sla.models import Clock
from tests.offenders.register_scenes import (
    as_it_is,
    before_sentence,
    changed,
    duty_of,
    in_custody,
    known_to_police,
    notified,
    ordered,
    owed_by,
    registered,
    travels,
)
from tests.offenders.scenes import managed
from tests.stories import clock_of, told
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")
MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def tasks_of(nominal):
    with acting(TEST):
        return {task.kind: task for task in HubTask.objects.filter(nominal=nominal).order_by("reference")}


def running(record):
    return set(Clock.running().filter(record=record.pk).values_list("deadline", flat=True))


# --- custody


def test_in_custody_what_they_must_notify_does_not_run_and_afterwards_it_does(clock, hana, omar):
    nominal = registered(hana, omar)
    spell = in_custody(nominal, omar, ends_on=date(2026, 3, 20))
    duty = duty_of(nominal, "initial")
    assert (duty.state, duty.due_on, running(duty)) == ("not_running", None, set())
    nominal = as_it_is(nominal)
    assert (nominal.state, nominal.whereabouts) == ("in_custody", "sentence")
    clock.shift(18 * DAY)
    spell = custody.spell_over(spell, by=hana, ended_on=date(2026, 3, 20))
    duty, nominal = as_it_is(duty), as_it_is(nominal)
    assert (spell.state, nominal.state, nominal.whereabouts) == ("over", "released", "community")
    assert (duty.state, duty.due_on, running(duty)) == ("due", date(2026, 3, 22), {"RS1"})
    assert nominal.notified_at == datetime(2026, 3, 20, tzinfo=UTC)
    assert owed_by(nominal) == ["initial"]  # no second duty for the same release
    assert tasks_of(nominal)["release"].happens_at == datetime(2026, 3, 21, tzinfo=UTC)
    assert tasks_of(nominal).keys() == {"admission", "release"}


def test_who_has_notified_before_notifies_their_release(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    spell = in_custody(nominal, omar)
    clock.shift(5 * DAY)
    custody.spell_over(spell, by=omar, ended_on=date(2026, 3, 6))
    assert owed_by(nominal) == ["annual", "change"]
    assert duty_of(nominal, "change").due_on == date(2026, 3, 8)


def test_an_annual_date_that_falls_into_custody_moves_to_three_days_after(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    clock.set(datetime(2027, 2, 20, 9, tzinfo=UTC))
    spell = in_custody(as_it_is(nominal), omar)
    assert duty_of(nominal, "annual").state == "not_running"
    clock.shift(30 * DAY)
    custody.spell_over(spell, by=omar, ended_on=date(2027, 3, 22))
    assert duty_of(nominal, "annual").due_on == date(2027, 3, 24)


def test_what_was_missed_before_custody_stays_missed(clock, hana, omar):
    duty = changed(known_to_police(hana, omar), omar)
    clock.shift(10 * DAY)
    sweep()
    before = told(duty.pk)
    in_custody(as_it_is(duty.nominal), omar, began_on=date(2026, 3, 10))
    duty = as_it_is(duty)
    assert (duty.state, duty.due_on) == ("due", date(2026, 3, 4))
    assert told(duty.pk) == before


def test_a_release_that_passes_with_no_word_is_told_on_and_stays_until_somebody_records_it(clock, hana, omar):
    spell = in_custody(registered(hana, omar), omar, ends_on=date(2026, 3, 10))
    assert spell.release_due_at == datetime(2026, 3, 11, tzinfo=UTC)
    clock.set(datetime(2026, 3, 11, tzinfo=UTC))
    sweep()
    assert told(spell.pk) == ["omar"]  # on the morning of the day
    clock.shift(timedelta(microseconds=1))
    sweep()
    assert told(spell.pk) == ["omar", "stella"]
    clock.shift(30 * DAY)
    sweep()
    assert told(spell.pk) == ["omar", "stella", "imran", "dmitri"]
    with pytest.raises(NotNow, match="That day has passed"):
        custody.change_spell(spell, by=omar, where="Garmere prison", ends_on=date(2026, 4, 1), because="Prison rang")
    with pytest.raises(NotNow, match="how we know"):
        custody.change_spell(spell, by=omar, where="Garmere prison", ends_on=None, because=" ")
    spell = custody.change_spell(spell, by=omar, where="Garmere prison", ends_on=date(2026, 5, 1), because="Recalled")
    assert clock_of(spell, "RS11").due_at == datetime(2026, 5, 1, 23, tzinfo=UTC)
    spell = custody.change_spell(spell, by=omar, where="Garmere prison", ends_on=None, because="Life sentence")
    assert running(spell) == {"RS11A"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"because": "holiday"}, "Say whether"),
        ({"began_on": MONDAY + DAY}, "still to come"),
        ({"ends_on": MONDAY - DAY}, "before it began"),
    ],
)
def test_a_spell_that_cannot_be_is_refused(clock, stella, omar, said, why):
    with pytest.raises(NotNow, match=why):
        in_custody(managed(stella, omar), omar, **said)


def test_nobody_is_in_two_places(clock, stella, omar):
    nominal = managed(stella, omar)
    spell = in_custody(nominal, omar)
    with pytest.raises(NotNow, match="away already"):
        in_custody(as_it_is(nominal), omar, because="abroad")
    for ended_on, why in ((MONDAY + DAY, "still to come"), (MONDAY - DAY, "before it began")):
        with pytest.raises(NotNow, match=why):
            custody.spell_over(spell, by=omar, ended_on=ended_on)


def test_a_spell_in_error_is_taken_back_and_what_runs_is_counted_without_it(clock, hana, omar, stella):
    nominal = registered(hana, omar)
    spell = in_custody(nominal, omar)
    with pytest.raises(NotYours):
        custody.spell_in_error(spell, by=omar, because="Somebody of the same name")
    spell = custody.spell_in_error(spell, by=stella, because="Somebody of the same name")
    assert (spell.state, as_it_is(nominal).state) == ("in_error", "released")
    assert duty_of(nominal, "initial").due_on == date(2026, 3, 4)


def test_remand_before_sentence_ends_where_it_began(clock, omar):
    nominal = before_sentence(omar, omar)
    spell = in_custody(nominal, omar, because="remand")
    custody.spell_over(spell, by=omar, ended_on=MONDAY)
    assert (as_it_is(nominal).state, owed_by(nominal)) == ("pre_sentence", [])


def test_the_hub_puts_a_release_on_visor(clock, hana, omar):
    nominal = registered(hana, omar)
    spell = custody.spell_over(in_custody(nominal, omar), by=omar, ended_on=MONDAY)
    assert (running(spell), told(spell.pk)) == ({"RS11V"}, [])
    clock.shift(timedelta(microseconds=1))
    sweep()
    assert told(spell.pk) == ["omar"]
    spell = custody.release_on_visor(spell, by=TEST, visor_ref="V1/8")
    assert (spell.state, running(spell)) == ("on_visor", set())


def test_when_the_hub_has_put_them_on_visor_the_duty_and_the_release_know_it(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    custody.spell_over(in_custody(nominal, omar), by=omar, ended_on=MONDAY)
    with acting(TEST):
        spell = Spell.objects.get()
    for kind in ("initial", "admission", "release"):
        task = hub_tasks.take_task(tasks_of(nominal)[kind], by=hana)
        hub_tasks.put_on_visor(task, by=hana, visor_ref=f"V1/{kind}", updated_at=now())
    duty, spell = duty_of(nominal, "initial"), as_it_is(spell)
    assert (duty.state, duty.visor_ref, duty.on_visor_by) == ("on_visor", "V1/initial", hana)
    assert (spell.state, spell.visor_ref) == ("on_visor", "V1/release")
    assert running(duty) == running(spell) == set()


# --- travel


def test_a_journey_from_the_notice_until_they_are_back(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    notice = travels(nominal, omar)
    assert tasks_of(nominal)["travel_out"].happens_at == notice.departs_at
    notice = travel.check_travel(notice, by=hana, said="No order forbids it; passed to the border")
    with pytest.raises(NotNow, match="still to come"):
        travel.left(notice, by=omar)
    clock.set(notice.departs_at)
    notice = travel.left(notice, by=omar)
    assert (notice.state, as_it_is(nominal).whereabouts, as_it_is(nominal).state) == (
        "away",
        "abroad",
        "awaiting_visit",
    )
    with pytest.raises(NotNow, match="record there that they are back"):
        custody.spell_over(notice.spell, by=omar, ended_on=date(2026, 3, 12))
    clock.shift(8 * DAY)
    for day, why in ((date(2026, 3, 21), "still to come"), (date(2026, 3, 11), "before they left")):
        with pytest.raises(NotNow, match=why):
            travel.returned(notice, by=omar, returned_on=day)
    notice = travel.returned(notice, by=omar, returned_on=date(2026, 3, 19))
    duty = duty_of(nominal, "travel_return")
    assert (notice.state, duty.due_on, as_it_is(nominal).whereabouts) == ("returned", date(2026, 3, 21), "community")
    notified(duty, omar)
    assert "travel_return" in tasks_of(nominal)
    assert as_it_is(notice.spell).state == "on_visor"


def test_time_abroad_is_disregarded(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    notice = travels(nominal, omar, in_days=1)
    duty = changed(nominal, omar)
    clock.set(notice.departs_at)
    notice = travel.left(notice, by=omar)
    assert as_it_is(duty).state == "not_running"
    clock.shift(3 * DAY)
    travel.returned(notice, by=omar, returned_on=date(2026, 3, 6))
    assert as_it_is(duty).due_on == date(2026, 3, 7)  # one day of three had passed


@pytest.mark.parametrize(
    ("days", "said", "why"),
    [
        (10, {"countries": " "}, "where they are going"),
        (6, {"late_excuse": ""}, "shorter than 7 days"),
        (-1, {}, "after the notice"),
        (10, {"returns_at": datetime(2026, 3, 12, 9, tzinfo=UTC)}, "after the departure"),
    ],
)
def test_a_notice_of_travel_that_cannot_be_is_refused(clock, hana, omar, days, said, why):
    with pytest.raises(NotNow, match=why):
        travels(known_to_police(hana, omar), omar, in_days=days, **said)


def test_seven_days_are_enough_and_a_shorter_notice_is_kept_with_its_excuse(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    assert travels(nominal, omar, in_days=7, late_excuse="Not needed").late_excuse == ""
    assert travels(nominal, omar, in_days=2, countries="Spain").late_excuse == "His mother is ill"


def test_only_a_registered_offender_gives_notice_of_travel(clock, stella, omar):
    with pytest.raises(NotNow, match="Only a registered"):
        travels(managed(stella, omar), omar)


def test_a_change_is_checked_again_and_the_hub_is_told(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    notice = travel.check_travel(travels(nominal, omar), by=hana, said="Nothing found")
    clock.shift(DAY)
    journey = Journey(departs_at=now() + 9 * DAY, countries="Spain")
    about = {"notified_at": now(), "given_where": "Northgate", "journey": journey}
    notice = travel.change_travel(notice, by=omar, **about)
    assert (notice.state, notice.checked_by, notice.countries) == ("notified", None, "Spain")
    assert notice.notified_at == now() - DAY
    task = tasks_of(nominal)["travel_out"]
    assert (task.happens_at, "Leaves for Spain" in task.what) == (notice.departs_at, True)
    assert travel.not_going(notice, by=omar, because="He said so at the station").state == "not_going"
    assert running(notice) == set()


def test_a_notice_with_less_than_a_day_to_go_tells_the_inspector_at_once(clock, hana, omar):
    notice = travels(known_to_police(hana, omar), omar, in_days=0.9)
    clock.shift(timedelta(microseconds=1))
    sweep()
    assert told(notice.pk) == ["hana", "hugo", "imran"]


def test_nobody_who_left_is_forgotten_abroad(clock, hana, omar):
    notice = travel.check_travel(travels(known_to_police(hana, omar), omar), by=hana, said="Nothing found")
    clock.set(notice.departs_at + DAY + timedelta(microseconds=1))
    sweep()
    assert told(notice.pk) == ["omar"]
    notice = travel.left(notice, by=omar)
    clock.shift(8 * DAY)
    sweep()
    assert told(notice.spell.pk) == ["omar", "stella", "imran"]


# --- orders and the rest


def test_an_order_is_made_varied_and_ended_and_each_goes_on_visor(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    order = ordered(nominal, omar, ends_on=date(2031, 3, 1))
    order = orders.vary_order(order, by=omar, terms="No internet", ends_on=date(2032, 3, 1), because="Sallow court")
    assert clock_of(order, "RSO").due_at == datetime(2032, 3, 2, tzinfo=UTC)
    order = orders.end_order(order, by=omar, because="Discharged by Sallow court")
    said = tasks_of(nominal)["order"].what
    for each in ("order made", "varied: Sallow court", "ended: Discharged by Sallow court"):
        assert each in said
    assert running(order) == set()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"kind": "asbo"}, "Choose what kind"),
        ({"terms": " "}, "forbids or demands"),
        ({"made_on": MONDAY + DAY}, "still to come"),
        ({"ends_on": MONDAY - DAY}, "before it was made"),
    ],
)
def test_an_order_that_cannot_be_is_refused(clock, stella, omar, said, why):
    with pytest.raises(NotNow, match=why):
        ordered(managed(stella, omar), omar, **said)


def test_somebody_wanted_is_looked_for_until_they_are_found(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    about = {"since": now(), "because": "Not at home, phone off"}
    with pytest.raises(NotNow, match="wanted or missing"):
        periods.wanted_or_missing(nominal, by=omar, whereabouts="community", **about)
    with pytest.raises(NotNow, match="neither wanted nor missing"):
        periods.looked_for(nominal, by=omar, said="Not there")
    nominal = periods.wanted_or_missing(nominal, by=omar, whereabouts="missing", **about)
    clock.shift(6 * DAY)
    nominal = periods.looked_for(nominal, by=omar, said="His sister has not heard of him")
    assert clock_of(nominal, "RSW").due_at == now() + 7 * DAY
    nominal = periods.located(nominal, by=omar, said="At his sister's")
    assert (nominal.whereabouts, "RSW" in running(nominal)) == ("community", False)
    nominal = periods.wanted_or_missing(nominal, by=omar, whereabouts="wanted", **about)
    in_custody(nominal, omar)
    assert (as_it_is(nominal).missing_since, "RSW" in running(nominal)) == (None, False)


def test_mappa_is_reviewed_and_a_higher_level_sooner(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    assert clock_of(nominal, "RS19").due_at == now() + 365 * DAY
    about = {"category": "1", "lead_agency": "police", "because": "The board"}
    nominal = periods.set_mappa(nominal, by=omar, level="3", **about)
    assert clock_of(nominal, "RS19").due_at == now() + 56 * DAY
    nominal = periods.set_mappa(nominal, by=omar, level="1", **about)
    assert clock_of(nominal, "RS19").due_at == now() + 56 * DAY
    nominal = periods.mappa_reviewed(nominal, by=omar, reviewed_at=now(), said="Level 1 is enough")
    assert (clock_of(nominal, "RS19").due_at, "minutes" in tasks_of(nominal)) == (now() + 365 * DAY, True)
    with pytest.raises(NotNow, match="category 1 at least"):
        periods.set_mappa(nominal, by=omar, level="1", **{**about, "category": "none"})
    for at, why in ((now() + DAY, "in the future"), (now() - DAY, "later review")):
        with pytest.raises(NotNow, match=why):
            periods.mappa_reviewed(nominal, by=omar, reviewed_at=at, said="All")


def test_children_at_home_and_warnings_say_how_we_know(clock, stella, omar):
    nominal = managed(stella, omar)
    with pytest.raises(NotNow, match="how we know"):
        periods.set_children_at_home(nominal, by=omar, children_at_home="yes", because=" ")
    with pytest.raises(NotNow, match="yes, no or not known"):
        periods.set_children_at_home(nominal, by=omar, children_at_home="two", because="Seen")
    nominal = periods.set_children_at_home(nominal, by=omar, children_at_home="yes", because="Seen at the visit")
    nominal = periods.set_warnings(nominal, by=omar, warnings=" A dog in the yard ")
    assert (nominal.children_at_home, nominal.warnings) == ("yes", "A dog in the yard")
    with acting(TEST):
        assert not Travel.objects.exists()
        assert not Spell.objects.exists()
        assert Nominal.objects.count() == 1


def test_the_last_day_is_over_at_midnight_by_the_wall_also_when_the_clocks_go_forward(clock, hana, omar, stella):
    nominal = known_to_police(hana, omar)
    clock.set(datetime(2026, 3, 28, 12, tzinfo=UTC))
    duty = changed(nominal, omar)
    assert duty.due_at == datetime(2026, 3, 30, 23, tzinfo=UTC)  # the end of Monday 30 March, in summer time
    clock.set(duty.due_at)
    sweep()
    assert told(duty.pk) == ["omar"]
    with pytest.raises(NotNow, match="not late"):
        notifications.consider_breach(duty, by=stella, breach="enforced", because="Missed")
