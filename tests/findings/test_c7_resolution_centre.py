"""C7: 696 incidents were open in the resolution centre, the oldest for 23 days with nobody's name on it, callers waited
five days to hear from anybody, and nobody could say what risk sat there. Here it is counted, named, and sent back."""

from dataclasses import replace

import pytest

from access.actor import NotYours, acting
from sla.engine import sweep
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, called_in, clock_of, swept
from tests.triage.scenes import (
    allocated,
    contacted,
    fresh,
    heard,
    not_reached,
    resolved,
    running,
    with_the_phone,
)
from triage import workflow
from triage.backlog import queues
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def queue(name, at):
    return next(each for each in queues(at) if each.line.name == name)


def test_the_page_says_how_much_of_each_risk_sits_there_how_old_and_who_waits(clock, callie, tara, tess, ravi):
    for risk, child in (("low", "no"), ("low", "no"), ("high", "yes"), ("not_known", "not_known")):
        with_the_phone(callie, tara, tess, child=child, assessment=replace(CALM, overall=risk))
        clock.shift(hours(1))
    with acting(tess):
        waits = queue("Resolution centre, nobody has it", clock.at)
    assert (waits.line.total, waits.line.oldest) == (4, MONDAY)
    assert {name: number for name, number in waits.line.by_risk if number} == {"High": 1, "Low": 2, "Not known": 1}
    assert {part.name: part.total for part in waits.parts} == {
        "Child": 1,
        "Possibly a child": 0,
        "Not known": 1,
        "No child": 2,
    }


def test_with_nobodys_name_on_it_it_is_the_supervisors_the_chief_inspectors_and_after_a_week_the_superintendents(
    clock, callie, tara, tess
):
    incident = with_the_phone(callie, tara, tess, child="no")
    assert incident.owner.username == "rina"  # it is never nobody's
    swept(clock, hours(24 * 7) + MOMENT)
    named = [(due - MONDAY, who) for *_, due, who in raised(incident.pk, "K12")]
    assert named == [(hours(72), ["rina"]), (hours(72), ["tess"]), (hours(144), ["carl"])]
    assert [(due - MONDAY, who) for *_, due, who in raised(incident.pk, "K12W")] == [(hours(168), ["sue"])]


def test_the_caller_hears_from_us_within_a_day_where_there_is_a_child_and_within_two_otherwise(
    clock, callie, tara, tess
):
    for child, length in (("yes", hours(24)), ("no", hours(48))):
        incident = with_the_phone(callie, tara, tess, child=child)
        assert clock_of(incident, "K13").due_at == incident.reported_at + length


def test_five_days_to_hear_anything_cannot_pass_unseen(clock, callie, tara, tess):
    incident = with_the_phone(callie, tara, tess, child="yes")
    swept(clock, hours(24 * 5))
    assert [who for *_, who in raised(incident.pk, "K13")] == [["rina"], ["rina"], ["dmitri"]]


def test_three_attempts_that_fail_ask_a_supervisor_and_are_a_risk_of_their_own(clock, callie, tara, tess, ravi):
    incident = not_reached(with_the_phone(callie, tara, tess), ravi)
    sweep()
    assert [who for *_, who in raised(incident.pk, "K14")] == []
    swept(clock, MOMENT)
    assert [who for *_, who in raised(incident.pk, "K14")] == [["tess"]]
    assert clock_of(incident, "K5R").due_at == MONDAY + minutes(15)
    incident = workflow.keep_trying(fresh(incident), by=tess, because="Ring her sister after six")
    assert "K14" not in running(incident)


def test_one_press_sends_somebody_with_nobodys_leave_and_the_time_of_the_first_call(clock, callie, tara, tess, ravi):
    incident = with_the_phone(callie, tara, tess, child="yes")
    clock.shift(hours(30))
    incident = workflow.return_for_deployment(incident, by=ravi, reason="child_to_be_seen")
    assert (incident.state, incident.grade, incident.bounces) == ("awaiting_resource", "G2", 1)
    assert incident.reported_at == clock_of(incident, "K2").started_at == MONDAY
    assert clock_of(incident, "K2").due_at == MONDAY + hours(1)  # it is late from the first second, and says so
    assert clock_of(incident, "RET").due_at == clock.at + minutes(15)


def test_an_item_that_goes_to_and_fro_is_counted_and_comes_to_the_top(clock, callie, tara, tess, ravi):
    incident = called_in(callie, grade="G4", child="no", assessment=replace(CALM, overall="low"))
    ranks = []
    for _ in range(2):
        incident = workflow.send_back(allocated(incident, tara), by=ravi, because="Not for us")
        ranks.append(incident.rank)
    assert (incident.bounces, ranks) == (2, [5, 2])


def test_where_there_is_a_child_only_a_supervisor_ends_it_by_phone_with_the_child_heard_and_a_notice_or_why_none(
    clock, callie, tara, tess, ravi, rina
):
    incident = contacted(with_the_phone(callie, tara, tess, child="yes"), ravi)
    incident = workflow.accept(incident, by=ravi, owner=ravi)
    with pytest.raises(NotYours, match="Ask a resolution supervisor"):
        resolved(incident, ravi, child_safe_because="Seen", no_ppn_because="Shared")
    with pytest.raises(NotNow, match="record what the child said"):
        resolved(fresh(incident), rina, no_ppn_because="Shared")
    workflow.hear_child(fresh(incident), by=ravi, voice=heard())
    with pytest.raises(NotNow, match="there is no PPN"):
        resolved(fresh(incident), rina)
    assert resolved(fresh(incident), rina, no_ppn_because="Notice of this morning").state == "resolved_by_phone"
