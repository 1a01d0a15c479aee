"""Each measure against records that were counted by hand."""

from datetime import timedelta

import pytest

from access.actor import System, signed
from offenders.models import Approval
from ppn.models import Ppn
from quality.measures import MEASURES, Value, countable, frozen
from sla.models import Clock
from tests.conftest import hours
from tests.missing import returns
from tests.missing.scenes import searched_for
from tests.offenders.scenes import managed
from tests.online import gate_scenes
from tests.online.scenes import received
from tests.ppn.scenes import ready
from tests.stories import called_in, submitted

TEST = System("test")
DB = pytest.mark.django_db


def said(code, clock):
    return MEASURES[code].at(clock.at).in_words


def a_clock(deadline, record, *, due_at, stopped_at=None, **more):
    """Straight into the table: how it comes there is told elsewhere."""
    with signed(TEST):
        about = {"kind": "ppn.ppn", "record": record, "reference": "A", "started_at": due_at - timedelta(days=1)}
        return Clock.objects.create(deadline=deadline, due_at=due_at, stopped_at=stopped_at, **about, **more)


def assessed_after(ppn, time):
    with signed(TEST):
        Ppn.objects.filter(pk=ppn.pk).update(assessed_at=ppn.submitted_at + time)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Value(0), "None"),
        (Value(3), "3"),
        (Value(0, of=0), "No cases"),
        (Value(0, of=4), "0 of 4 (0 %)"),
        (Value(2, of=3), "2 of 3 (67 %)"),
    ],
)
def test_no_cases_is_said_and_is_never_nought_per_cent(value, words):
    assert value.in_words == words


@DB
@pytest.mark.parametrize("code", countable())
def test_each_measure_says_what_it_is_and_where_its_rows_are_and_counts_where_there_is_nothing(clock, cast, code):
    measure = MEASURES[code]
    assert measure.definition
    assert measure.unit
    assert measure.url.startswith("/")
    assert said(code, clock) in ("None", "No cases")


@DB
def test_notices_that_wait_and_the_oldest(clock, olly, cora):
    submitted(olly)
    clock.shift(hours(1))
    submitted(olly)
    assert said("notices_waiting", clock) == "2, 2 with a child or not known, the oldest since Mon 2 March 2026, 09:00"


@DB
def test_notices_reviewed_within_a_day_of_those_whose_day_has_gone(clock, olly):
    in_time, just, late, never = (submitted(olly) for _ in range(4))
    assessed_after(in_time, hours(2))
    assessed_after(just, hours(24))
    assessed_after(late, hours(24) + timedelta(microseconds=1))
    clock.shift(hours(24))
    submitted(olly)  # it has its day yet
    assert said("notices_reviewed_in_a_day", clock) == "2 of 4 (50 %)"
    assert never.assessed_at is None
    clock.shift(timedelta(days=29))
    assert said("notices_reviewed_in_a_day", clock) == "2 of 5 (40 %)"
    clock.shift(hours(24))
    assert said("notices_reviewed_in_a_day", clock) == "0 of 1 (0 %)"


@DB
def test_late_incidents_with_a_child_whose_risk_nobody_has_looked_at_again(clock, callie):
    with_child, without = called_in(callie), called_in(callie, child="no")
    a_clock("K4", with_child.pk, due_at=clock.at - hours(1))
    a_clock("K4", without.pk, due_at=clock.at - hours(2), no_child=True)
    assert said("late_children_not_reassessed", clock) == "1, the oldest since Mon 2 March 2026, 08:00"


@DB
def test_children_spoken_to_of_all_in_notices(clock, olly):
    from tests.stories import ANYA

    submitted(olly)
    submitted(olly, [type(ANYA)(**{**vars(ANYA), "spoken_to": "no", "not_spoken_to_because": "Asleep"})])
    assert said("children_spoken_to", clock) == "1 of 2 (50 %)"


@DB
def test_missing_children_at_medium_risk_without_a_breach(clock, cast):
    episode = searched_for(cast, risk="medium")
    assert said("medium_risk_without_breach", clock) == "1 of 1 (100 %)"
    Clock.objects.filter(record=episode.pk, deadline="MC5").update(due_at=clock.at)
    assert said("medium_risk_without_breach", clock) == "1 of 1 (100 %)"
    clock.shift(timedelta(microseconds=1))
    assert said("medium_risk_without_breach", clock) == "0 of 1 (0 %)"


@DB
def test_return_interviews_held_within_three_days(clock, maya):
    request = returns.asked(maya)
    clock.shift(hours(71))
    returns.held(request, maya, clock.at)
    assert said("return_interviews_in_time", clock) == "No cases"
    clock.shift(hours(10))
    assert said("return_interviews_in_time", clock) == "1 of 1 (100 %)"


@DB
def test_first_kirat_levels_in_time(clock, rory):
    set_in_time, ended = received(rory), received(rory)
    about = {"due_at": clock.at, "stopped_at": clock.at}
    a_clock("OC3A", set_in_time.pk, **about, stopped_by="online.level_set")
    a_clock("OC3A", ended.pk, **about, stopped_by="online.close")
    assert said("kirat_in_time", clock) == "1 of 2 (50 %)"


@DB
def test_enforcement_behind_an_open_gate_where_a_child_was_concerned(clock, cast):
    from access.time import now
    from online.workflow.enforcing import carry_out

    done = gate_scenes.planned_behind(cast)
    about = {"done_at": now(), "result": "Arrested", "children_seen": "yes", "devices": 1}
    carry_out(gate_scenes.as_it_is(done), by=cast["iris"], although="", **about)
    assert said("strategy_before_enforcement", clock) == "1 of 1 (100 %)"


@DB
def test_approvals_that_wait(clock, hana, omar):
    nominal = managed(hana, omar, "Conrad Fernfold")
    with signed(TEST):
        Approval.objects.create(
            reference="APP-1",
            state="waiting",
            nominal=nominal,
            at_team=nominal.team,
            what="visit",
            record=nominal.pk,
            record_reference="V",
            url="/",
            role="offender_sgt",
            risk="low",
            submitted_at=clock.at,
            submitted_by=omar,
        )
    assert said("approvals_open", clock) == "1, the oldest since Mon 2 March 2026, 09:00"


@DB
def test_triggers_nobody_has_decided_on(clock, olly, cora, sam):
    from ppn import workflow
    from ppn.models import Trigger
    from ppn.triggers import Raised

    ppn = ready(olly, cora, sam)
    before = MEASURES["triggers_undecided"].at(clock.at).counted
    about = {"ppn": ppn, "raised": Raised("T8", "She says that he hits her", "told the officer")}
    workflow.raise_trigger(Trigger(), by=olly, **about)
    assert MEASURES["triggers_undecided"].at(clock.at).counted == before + 1


@DB
def test_schools_told_before_their_next_day(clock, rory):
    told, late = received(rory), received(rory)
    a_clock("P6", told.pk, due_at=clock.at, stopped_at=clock.at)
    a_clock("P6", late.pk, due_at=clock.at)
    assert said("schools_told_in_time", clock) == "1 of 2 (50 %)"


@DB
def test_a_measure_that_a_later_version_does_not_know_says_so(clock, cast):
    assert frozen(["forgotten"], clock.at) == [
        {"code": "forgotten", "name": "forgotten", "said": "Not counted any more"}
    ]
