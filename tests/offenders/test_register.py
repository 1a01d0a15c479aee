"""Who is registered, how long for, and what they have to notify; what becomes of one that is missed or late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from access.actor import NotYours, System, acting
from access.time import now
from cases.models import Finding, Flag
from offenders.models import HubTask, IndefiniteReview, Nominal, NotificationDuty, Requirement
from offenders.workflow import nominals, notifications, periods, registrations
from offenders.workflow.registrations import Held, NominalFacts
from tests.households import HERE, is_a_sex_offender, is_the, lives_at, on_record
from tests.offenders.register_scenes import (
    applies,
    as_it_is,
    before_sentence,
    changed,
    conviction,
    duty_of,
    facts_of,
    in_custody,
    known_to_police,
    notified,
    owed_by,
    registered,
    taken_over,
)
from tests.offenders.scenes import managed
from tests.stories import clock_of, told
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")
MONDAY = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 5, 0, 0, tzinfo=UTC)


def flags_of(nominal):
    with acting(TEST):
        rows = Flag.objects.filter(person=nominal.person_id).order_by("recorded_at", "pk")
        return [(flag.kind, flag.ends) for flag in rows]


def tasks_of(nominal):
    with acting(TEST):
        return [task.kind for task in HubTask.objects.filter(nominal=nominal).order_by("reference")]


# --- taking on


def test_who_is_registered_notifies_within_three_days_that_begin_with_the_relevant_date(clock, hana, omar):
    nominal = registered(hana, omar)
    assert (nominal.state, nominal.manager, nominal.relevant_on) == ("awaiting_visit", omar, MONDAY)
    duty = duty_of(nominal, "initial")
    assert (duty.due_on, duty.due_at, duty.section) == (date(2026, 3, 4), MIDNIGHT, "s.83(1)")
    assert clock_of(duty, "RS1").due_at == MIDNIGHT


@pytest.mark.parametrize(
    ("said", "ends_on"),
    [
        ({"disposal": "caution"}, date(2028, 3, 1)),
        ({"disposal": "other"}, date(2031, 3, 1)),
        ({"disposal": "other", "under_18": True}, date(2028, 9, 1)),
        ({"disposal": "months_30"}, None),
        ({"disposal": "discharge", "discharged_until": date(2027, 1, 31)}, date(2027, 1, 31)),
    ],
)
def test_what_the_court_did_decides_how_long_they_notify(clock, hana, omar, said, ends_on):
    nominal = registered(hana, omar, **said)
    assert (nominal.period_ends_on, nominal.indefinite) == (ends_on, ends_on is None)


def test_of_several_requirements_the_longest_governs(clock, hana, omar):
    nominal = registered(hana, omar, disposal="caution")
    more = conviction(offence="Possession of an indecent image of a child", disposal="months_6_30")
    nominal = registrations.add_requirement(nominal, by=hana, requirement=more)
    assert nominal.period_ends_on == date(2036, 3, 1)
    shorter = registrations.add_requirement(nominal, by=hana, requirement=conviction(disposal="caution"))
    assert shorter.period_ends_on == date(2036, 3, 1)
    with acting(TEST):
        assert Requirement.objects.filter(nominal=nominal).count() == 3
    assert tasks_of(nominal) == ["conviction"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"offence": " "}, "the offence"),
        ({"relevant_on": MONDAY + timedelta(days=1)}, "cannot be in the future"),
        ({"disposal": "warning"}, "No disposal called warning"),
        ({"disposal": "discharge"}, "until when the conditional discharge lasts"),
    ],
)
def test_a_requirement_that_cannot_be_counted_is_refused(clock, hana, omar, said, why):
    with pytest.raises(NotNow, match=why):
        registered(hana, omar, **said)


def test_nobody_is_registered_without_a_requirement_or_twice_or_under_a_reference_that_is_taken(clock, hana, omar, sam):
    person = on_record(hana, "Alban Marchfold")
    about = {"by": hana, "person": person, "notified_at": now()}
    with pytest.raises(NotNow, match="what the court did"):
        registrations.register(Nominal(), facts=facts_of(omar), **about)
    named = {"external_system": "ViSOR", "external_ref": "V1"}
    registrations.register(Nominal(), facts=facts_of(omar, conviction(), **named), **about)
    with pytest.raises(NotNow, match="managed here already"):
        registrations.register(Nominal(), facts=facts_of(omar, conviction()), **about)
    other = {**about, "person": on_record(hana, "Corin Sallowfold")}
    with pytest.raises(NotNow, match="has the reference V1"):
        registrations.register(Nominal(), facts=facts_of(omar, conviction(), **named), **other)
    with pytest.raises(NotNow, match="or neither"):
        registrations.register(Nominal(), facts=facts_of(omar, conviction(), external_ref="V2"), **other)
    later = {**other, "notified_at": now() + timedelta(minutes=1)}
    with pytest.raises(NotNow, match="still to come"):
        registrations.register(Nominal(), facts=facts_of(omar, conviction()), **later)
    with pytest.raises(NotNow, match="manages no offenders"):
        registrations.register(Nominal(), facts=facts_of(sam, conviction()), **other)


def test_a_registered_offender_is_registered_by_the_hub(clock, hana, omar):
    about = {"person": on_record(omar, "Alban Marchfold"), "notified_at": now()}
    with pytest.raises(NotYours):
        registrations.register(Nominal(), by=omar, facts=facts_of(omar, conviction()), **about)
    with pytest.raises(NotNow, match="registered by the hub"):
        registrations.take_on(Nominal(), by=omar, facts=facts_of(omar, conviction()), **about)
    with pytest.raises(NotYours):
        registrations.take_on(Nominal(), by=hana, facts=NominalFacts("violent", omar), **about)


def test_before_sentence_nobody_notifies_and_sentence_registers_them(clock, hana, omar):
    nominal = before_sentence(omar, omar, sentence_on=date(2026, 3, 20))
    assert (nominal.state, owed_by(nominal), flags_of(nominal)) == ("pre_sentence", [], [("poses_risk", None)])
    nominal = nominals.visited(nominal, by=TEST, at=now())
    assert nominal.state == "pre_sentence"
    with pytest.raises(NotNow, match="That day has passed"):
        registrations.sentence_expected(nominal, by=omar, sentence_on=date(2026, 3, 1), because="The court said so")
    clock.shift(timedelta(days=18))
    about = {"external_system": "ViSOR", "external_ref": "V9", "notified_at": now()}
    nominal = registrations.sentenced(nominal, by=hana, requirements=[conviction()], **about)
    assert (nominal.state, owed_by(nominal), nominal.external_ref) == ("active", ["initial"], "V9")
    assert flags_of(nominal) == [("poses_risk", date(2026, 3, 20)), ("rso", None)]
    with pytest.raises(NotNow):
        registrations.sentenced(nominal, by=hana, requirements=[conviction()], **about)


def test_somebody_sentenced_to_custody_is_registered_there_and_time_does_not_run(clock, hana, omar):
    nominal = before_sentence(omar, omar)
    spell = in_custody(nominal, omar, because="remand")
    nominal = as_it_is(nominal)
    assert nominal.state == "in_custody"
    about = {"external_system": "", "external_ref": "", "notified_at": now()}
    nominal = registrations.sentenced(nominal, by=hana, requirements=[conviction(disposal="months_30")], **about)
    duty = duty_of(nominal, "initial")
    assert (nominal.state, duty.state, duty.due_on) == ("in_custody", "not_running", None)
    assert spell.state == "going_on"


def test_who_is_not_convicted_is_no_longer_managed(clock, stella, omar):
    nominal = nominals.end(before_sentence(omar, omar), by=stella, because="Found not guilty")
    assert (nominal.state, flags_of(nominal)) == ("ended", [("poses_risk", MONDAY)])


def test_taking_somebody_over_counts_every_clock_from_the_days_the_old_record_holds(clock, hana, omar):
    held = Held(
        last_notified_on=date(2025, 1, 10),
        first_visited_on=date(2019, 6, 1),
        last_visited_on=date(2025, 9, 1),
        assessed_on=date(2025, 2, 1),
        risk="high",
        interval_days=90,
        reviewed_on=date(2025, 1, 5),
    )
    nominal = taken_over(hana, omar, held=held)
    assert (nominal.state, nominal.risk, nominal.interval_days, nominal.indefinite) == ("active", "high", 90, True)
    assert nominal.last_visited_at == datetime(2025, 8, 31, 23, 0, tzinfo=UTC)
    annual = duty_of(nominal, "annual")
    assert (owed_by(nominal), annual.due_on, annual.due_at < now()) == (["annual"], date(2026, 1, 10), True)
    assert clock_of(nominal, "RS19").due_at < now()


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (Held(last_visited_on=MONDAY + timedelta(days=1)), "cannot be in the future"),
        (Held(risk="high"), "a day on which it was assessed"),
        (Held(assessed_on=MONDAY), "without a risk"),
        (Held(risk="some", assessed_on=MONDAY), "Choose the risk"),
        (Held(first_visited_on=MONDAY, last_visited_on=date(2026, 3, 1)), "cannot be after the last"),
    ],
)
def test_days_of_an_old_record_that_cannot_be_are_refused(clock, hana, omar, held, why):
    with pytest.raises(NotNow, match=why):
        taken_over(hana, omar, held=held)


def test_of_whom_the_old_record_has_no_notification_the_first_is_due(clock, hana, omar):
    nominal = taken_over(hana, omar)
    assert (nominal.state, owed_by(nominal)) == ("awaiting_visit", ["initial"])
    assert duty_of(nominal, "initial").due_on == date(2019, 5, 9)


def test_whoever_was_dealt_with_before_the_act_began_notifies_from_the_day_on_which_it_did(clock, hana, omar):
    nominal = taken_over(hana, omar, relevant_on=date(1999, 6, 1), disposal="life")
    assert (nominal.indefinite, nominal.relevant_on) == (True, date(1999, 6, 1))
    assert duty_of(nominal, "initial").due_on == date(2004, 5, 3)


def test_registering_somebody_who_lives_with_a_child_puts_the_link_to_somebody_at_once(clock, hana, omar):
    child = lives_at(on_record(hana, "Poppy Garmere", born=date(2016, 4, 1)), HERE, hana)
    person = lives_at(on_record(hana, "Alban Marchfold", born=date(1971, 6, 3)), HERE, hana)
    is_the("parent", person, child, hana)
    registrations.register(Nominal(), by=hana, person=person, facts=facts_of(omar, conviction()), notified_at=now())
    with acting(TEST):
        assert Finding.objects.get().child == child


# --- notifications


def test_after_each_notification_the_annual_one_counts_anew(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    assert (owed_by(nominal), duty_of(nominal, "annual").due_on) == (["annual"], date(2027, 3, 2))
    clock.shift(timedelta(days=100))
    notified(changed(nominal, omar), omar)
    assert (owed_by(nominal), duty_of(nominal, "annual").due_on) == (["annual"], date(2027, 6, 10))
    notified(changed(nominal, omar, kind="child_at_home"), omar)
    assert duty_of(nominal, "annual").due_on == date(2027, 6, 10)
    assert tasks_of(nominal) == ["initial", "change", "change"]


def test_with_no_fixed_abode_they_notify_each_week_instead(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    nominal = periods.set_no_fixed_abode(nominal, by=omar, no_fixed_abode=True, because="Sleeps at the station")
    assert (owed_by(nominal), duty_of(nominal, "weekly").due_on) == (["weekly"], date(2026, 3, 9))
    with pytest.raises(NotNow, match="on record already"):
        periods.set_no_fixed_abode(nominal, by=omar, no_fixed_abode=True, because="Sleeps at the station")
    clock.shift(timedelta(days=7))
    notified(duty_of(nominal, "weekly"), omar)
    assert duty_of(nominal, "weekly").due_on == date(2026, 3, 16)
    nominal = periods.set_no_fixed_abode(nominal, by=omar, no_fixed_abode=False, because="A room at 4 Sample Close")
    assert (owed_by(nominal), duty_of(nominal, "annual").due_on) == (["annual"], date(2027, 3, 9))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"kind": "annual"}, "come by themselves"),
        ({"kind": "passport"}, "No law asked"),
        ({"what": " "}, "what has to be notified"),
        ({"arose_on": MONDAY + timedelta(days=1)}, "still to come"),
        ({"kind": "child_at_home", "arose_on": date(2012, 8, 12)}, "No law asked"),
    ],
)
def test_a_duty_that_no_law_knows_is_refused(clock, hana, omar, said, why):
    about = {"kind": "change", "what": "New name", "arose_on": MONDAY, **said}
    with pytest.raises(NotNow, match=why):
        notifications.raise_duty(NotificationDuty(), by=omar, nominal=known_to_police(hana, omar), **about)


def test_only_a_registered_offender_notifies(clock, stella, omar):
    with pytest.raises(NotNow, match="Only a registered"):
        changed(managed(stella, omar), omar)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"given_where": " "}, "police station"),
        ({"taken_by": " "}, "who took it"),
        ({"given_at": datetime(2026, 3, 2, 9, 1, tzinfo=UTC)}, "in the future"),
        ({"given_at": datetime(2026, 3, 1, 9, 0, tzinfo=UTC)}, "before it arose"),
    ],
)
def test_what_is_given_says_where_when_and_to_whom(clock, hana, omar, said, why):
    duty = changed(known_to_police(hana, omar), omar)
    about = {"given_at": now(), "given_where": "Northgate", "taken_by": "4411", **said}
    with pytest.raises(NotNow, match=why):
        notifications.given(duty, by=omar, **about)


def test_given_checked_and_on_visor_each_says_by_whom(clock, hana, omar):
    duty = notified(changed(known_to_police(hana, omar), omar), omar)
    assert clock_of(duty, "RS10N").stopped_at is None
    with pytest.raises(NotYours):
        notifications.check(duty, by=omar)
    duty = notifications.check(duty, by=hana)
    duty = notifications.notification_on_visor(duty, by=TEST, officer=hana, visor_ref="V1/7", at=now())
    assert (duty.state, duty.checked_by, duty.on_visor_by, duty.visor_ref) == ("on_visor", hana, hana, "V1/7")
    assert clock_of(duty, "RS10N").stopped_at == now()


def test_one_that_passes_moves_nothing_by_itself_and_a_supervisor_decides(clock, hana, omar, stella):
    duty = changed(known_to_police(hana, omar), omar)
    clock.set(MIDNIGHT)
    with pytest.raises(NotNow, match="not late"):
        notifications.consider_breach(duty, by=stella, breach="enforced", because="He said he forgot")
    clock.shift(timedelta(microseconds=1))
    for facts, why in (({"breach": "no"}, "Say whether"), ({"because": " "}, "Say why")):
        with pytest.raises(NotNow, match=why):
            notifications.consider_breach(duty, by=stella, **{"breach": "enforced", "because": "Forgot", **facts})
    with pytest.raises(NotYours):
        notifications.consider_breach(duty, by=omar, breach="enforced", because="He said he forgot")
    assert as_it_is(duty).state == "due"
    duty = notifications.consider_breach(duty, by=stella, breach="excused", because="In a coma until Friday")
    assert (duty.state, duty.breach, duty.decided_by) == ("excused", "excused", stella)
    again = duty_of(duty.nominal, "change")
    assert (again.follows, again.state, again.due_on) == (duty, "due", date(2026, 3, 7))


def test_one_that_was_given_late_is_shown_as_late_and_still_considered(clock, hana, omar, stella):
    duty = changed(known_to_police(hana, omar), omar)
    clock.set(MIDNIGHT + timedelta(hours=9))
    duty = notified(duty, omar)
    assert (duty.state, duty.is_late) == ("given", True)
    assert told(duty.pk)[-1] == "stella"
    duty = notifications.consider_breach(duty, by=stella, breach="enforced", because="Cautioned")
    assert (duty.state, duty.breach, clock_of(duty, "RSB").stopped_at) == ("given", "enforced", now())
    with pytest.raises(NotNow, match="decided already"):
        notifications.consider_breach(duty, by=stella, breach="excused", because="Ill")


def test_a_missed_annual_one_goes_on_being_owed(clock, hana, omar, stella):
    nominal = taken_over(hana, omar, held=Held(last_notified_on=date(2025, 1, 10)))
    missed = duty_of(nominal, "annual")
    notified(changed(nominal, omar), omar)
    assert duty_of(nominal, "annual") == missed  # a later change does not hide it
    notifications.consider_breach(missed, by=stella, breach="enforced", because="Charged")
    assert (owed_by(nominal), duty_of(nominal, "annual").due_on) == (["annual"], date(2027, 3, 2))
    other = taken_over(hana, omar, "Osric Sallowfold", held=Held(last_notified_on=date(2025, 1, 10)))
    notifications.consider_breach(duty_of(other, "annual"), by=stella, breach="enforced", because="Charged")
    assert (owed_by(other), duty_of(other, "annual").due_on) == (["annual"], date(2026, 3, 4))


def test_one_that_did_not_arise_is_taken_back_by_a_supervisor(clock, hana, omar, stella):
    duty = changed(known_to_police(hana, omar), omar)
    with pytest.raises(NotYours):
        notifications.not_needed(duty, by=omar, because="He did not move")
    assert notifications.not_needed(duty, by=stella, because="He did not move").state == "not_needed"


# --- the end


def test_when_managing_ends_nothing_is_owed_and_the_mark_of_risk_ends(clock, hana, omar, stella):
    nominal = known_to_police(hana, omar)
    nominal = nominals.end(nominal, by=stella, because="Moved abroad for good")
    assert (nominal.state, owed_by(nominal), flags_of(nominal)) == ("ended", [], [("rso", MONDAY)])
    assert tasks_of(nominal) == ["initial", "period_end"]
    with pytest.raises(NotNow, match="managed here"):
        changed(nominal, omar)
    assert nominals.archive(nominal, by=hana, visor_ref="V1").state == "archived"


def test_a_death_ends_everything_and_says_how_we_know(clock, hana, omar, stella):
    nominal = known_to_police(hana, omar)
    for facts, why in (({"how_known": " "}, "how we know"), ({"died_on": date(2026, 3, 3)}, "still to come")):
        with pytest.raises(NotNow, match=why):
            nominals.died(nominal, by=stella, **{"died_on": MONDAY, "how_known": "The coroner", **facts})
    nominal = nominals.died(nominal, by=stella, died_on=MONDAY, how_known="The coroner")
    assert (nominal.state, nominal.whereabouts, owed_by(nominal)) == ("ended", "deceased", [])
    assert tasks_of(nominal) == ["initial", "death"]


def test_marks_that_others_put_stay_when_managing_ends(clock, sam, stella, omar):
    nominal = managed(stella, omar)
    is_a_sex_offender(nominal.person, sam)
    nominals.end(nominal, by=stella, because="Moved away")
    assert sorted(flags_of(nominal)) == [("poses_risk", MONDAY), ("rso", None)]


def test_an_indefinite_requirement_is_reviewed_by_a_superintendent(clock, hana, omar, imran, sue):
    review = applies(hana, omar)
    with pytest.raises(NotYours):
        periods.requirement_ends(review, by=imran, because="No risk")
    with pytest.raises(NotNow, match="Say why"):
        periods.requirement_ends(review, by=sue, because=" ")
    review = periods.requirement_ends(review, by=sue, because="Sixteen years without an offence")
    nominal = as_it_is(review.nominal)
    assert (review.state, nominal.period_ends_on, nominal.indefinite) == ("ends", MONDAY, False)
    assert owed_by(nominal) == []
    assert clock_of(nominal, "RS23").due_at == datetime(2026, 3, 3, tzinfo=UTC)
    again = applies(hana, omar, "Wystan Garmere")
    assert periods.requirement_continues(again, by=sue, because="The risk is high").state == "continues"


def test_nobody_applies_before_fifteen_years_or_with_a_period_that_ends(clock, hana, omar):
    about = {"by": omar, "applied_at": now(), "said": "Please"}
    early = known_to_police(hana, omar, disposal="months_30")
    with pytest.raises(NotNow, match="They may apply from 2 March 2041"):
        periods.apply_for_review(IndefiniteReview(), nominal=early, **about)
    never = registered(hana, omar, "Corin Garmere", disposal="months_30")
    with pytest.raises(NotNow, match="never notified"):
        periods.apply_for_review(IndefiniteReview(), nominal=never, **about)
    with pytest.raises(NotNow, match="has an end"):
        periods.apply_for_review(IndefiniteReview(), nominal=known_to_police(hana, omar, "Ivo Garmere"), **about)
