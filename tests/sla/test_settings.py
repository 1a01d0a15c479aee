"""A force may choose its own lengths: dated, reasoned, never edited; what an Act fixes stays fixed."""

import pytest
from django.db import DatabaseError, transaction

from access.actor import NotYours, System, signed
from ppn import workflow
from ppn.workflow import CHILD_OR_HIGH_RISK
from sla.lengths import LENGTHS, Basis, FixedByLaw, Length, NotALength, set_length
from sla.models import Setting
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import MOMENT
from tests.stories import CALM, called_in, clock_of, submitted, swept
from triage import workflow as triage_workflow
from triage.workflow.lengths import G2_AGAIN

pytestmark = pytest.mark.django_db
REVIEW = CHILD_OR_HIGH_RISK.name


@pytest.fixture
def fixed_by_law():
    length = Length("Police protection of a child", hours(72), Basis.LAW, "Children Act 1989 s.46")
    yield length
    del LENGTHS[length.name]


def _shorter(by, *, length=None, starts=MONDAY, because="A recommendation of the inspectors"):
    return set_length(REVIEW, by=by, length=length or hours(12), starts=starts, because=because)


def test_until_a_force_chooses_its_own_the_default_holds(clock):
    assert CHILD_OR_HIGH_RISK.in_force(MONDAY) == (hours(24), None)


def test_a_chosen_length_holds_from_its_moment_on(clock, sue):
    setting = _shorter(sue, starts=MONDAY + hours(1))
    assert CHILD_OR_HIGH_RISK.in_force(MONDAY + hours(1) - MOMENT) == (hours(24), None)
    assert CHILD_OR_HIGH_RISK.in_force(MONDAY + hours(1)) == (hours(12), setting)


def test_of_several_chosen_lengths_the_one_that_began_last_holds(clock, sue):
    later = _shorter(sue, length=hours(6), starts=MONDAY + hours(2))
    first = _shorter(sue, length=hours(12), starts=MONDAY)
    assert CHILD_OR_HIGH_RISK.in_force(MONDAY + hours(1)) == (hours(12), first)
    assert CHILD_OR_HIGH_RISK.in_force(MONDAY + hours(3)) == (hours(6), later)


def test_of_two_from_the_same_moment_the_one_entered_last_holds(clock, sue):
    _shorter(sue, length=hours(12))
    corrected = _shorter(sue, length=hours(20), because="A slip of the pen")
    assert CHILD_OR_HIGH_RISK.in_force(MONDAY) == (hours(20), corrected)


def test_a_clock_that_starts_on_the_moment_has_the_new_length_and_knows_where_it_comes_from(clock, sue, olly):
    setting = _shorter(sue, starts=MONDAY + hours(1))
    clock.set(MONDAY + hours(1) - MOMENT)
    before = submitted(olly)
    clock.shift(MOMENT)
    after = submitted(olly)
    assert clock_of(before, "P2").due_at - before.submitted_at == hours(24)
    assert clock_of(after, "P2").due_at - after.submitted_at == hours(12)
    assert (clock_of(before, "P2").setting, clock_of(after, "P2").setting) == (None, setting)
    assert after.due_at == after.submitted_at + hours(12)


@pytest.mark.parametrize("length", [hours(12), hours(48)])
def test_a_running_clock_keeps_its_length(clock, sue, olly, cora, length):
    ppn = submitted(olly)
    clock.shift(hours(1))
    _shorter(sue, length=length, starts=clock.at)
    ppn = workflow.take(ppn, by=cora)
    ppn = workflow.put_back(ppn, by=cora, because="Going off duty")
    assert clock_of(ppn, "P2").due_at == MONDAY + hours(24) == ppn.due_at


def test_a_longer_length_pushes_nothing_away_when_new_risk_is_found(clock, sue, olly, cora):
    ppn = submitted(olly)
    _shorter(sue, length=hours(90))
    assert workflow.found_a_child(ppn, by=cora, how_we_know="Again").due_at == MONDAY + hours(24)


def test_a_running_repeating_duty_keeps_its_interval(clock, sue, fin, callie, connie):
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(61))
    set_length(G2_AGAIN.name, by=fin, length=hours(9), starts=clock.at, because="Trial")
    triage_workflow.reassess(incident, by=connie, assessment=CALM, trigger="target_missed")
    again = clock_of(incident, "K4")
    assert (again.every, again.due_at - clock.at) == (minutes(60), minutes(60))


def test_a_repeating_duty_that_begins_afterwards_has_the_chosen_interval(clock, fin, callie):
    setting = set_length(G2_AGAIN.name, by=fin, length=minutes(20), starts=MONDAY, because="Trial")
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(61))
    running = clock_of(incident, "K4")
    assert (running.every, running.setting) == (minutes(20), setting)


@pytest.mark.parametrize("name", ["callie", "dev", "connie", "olly", "rosa", "tara", "tess", "cora", "dmitri"])
def test_who_may_not_choose(cast, name):
    with pytest.raises(NotYours, match="change a length of time"):
        _shorter(cast[name])


@pytest.mark.parametrize("name", ["fin", "carl", "sam", "ines", "chidi", "sue"])
def test_who_may_choose_and_it_is_kept_who_did(cast, name):
    assert _shorter(cast[name]).by == cast[name]


def test_a_length_that_nobody_declared_cannot_be_chosen(cast, sue):
    with pytest.raises(NotALength, match="There is no length called Tea break"):
        set_length("Tea break", by=sue, length=hours(1), starts=MONDAY, because="Thirst")


@pytest.mark.parametrize("length", [hours(0), -MOMENT, hours(-5)])
def test_a_length_is_above_zero(cast, sue, length):
    with pytest.raises(NotALength, match="above zero"):
        set_length(REVIEW, by=sue, length=length, starts=MONDAY, because="Why not")


@pytest.mark.parametrize("because", ["", "   ", "\n"])
def test_a_chosen_length_has_a_reason(cast, sue, because):
    with pytest.raises(NotALength, match="the reason"):
        _shorter(sue, because=because)


def test_what_an_act_fixes_cannot_be_chosen(cast, sue, fixed_by_law):
    with pytest.raises(FixedByLaw, match="fixed by law"):
        set_length(fixed_by_law.name, by=sue, length=hours(96), starts=MONDAY, because="Busy")
    assert not Setting.objects.exists()


def test_what_an_act_fixes_stays_fixed_even_if_a_row_says_otherwise(cast, sue, fixed_by_law):
    with signed(System("test")):
        Setting.objects.create(name=fixed_by_law.name, length=hours(96), starts=MONDAY, because="x", by=sue)
    assert fixed_by_law.in_force(MONDAY + hours(1)) == (hours(72), None)


def test_a_chosen_length_is_never_edited_and_never_removed(cast, sue):
    setting = _shorter(sue)
    setting.length = hours(1)
    with pytest.raises(DatabaseError), signed(sue):
        setting.save()
    with pytest.raises(DatabaseError), signed(sue):
        setting.delete()
    assert Setting.objects.get().length == hours(12)


def test_the_database_refuses_a_length_of_nothing(cast, sue):
    with pytest.raises(DatabaseError, match="a_positive_length_or_number"), transaction.atomic(), signed(sue):
        Setting.objects.create(name=REVIEW, length=hours(0), starts=MONDAY, because="x", by=sue)


def test_two_lengths_cannot_share_a_name():
    with pytest.raises(ValueError, match="two lengths are called"):
        Length(REVIEW, hours(1), Basis.LOCAL, "Nobody")
    assert LENGTHS[REVIEW] is CHILD_OR_HIGH_RISK
