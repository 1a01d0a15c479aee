"""While it waits: the caller is reached by a safe way or is not; the force incident manager decides or is gone past."""

import pytest

from access.actor import NotYours, System, acting
from sla.models import Clock
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, called_in, clock_of, ended, swept
from tests.triage.scenes import contacted, fresh, not_reached, running, with_the_phone
from triage import workflow
from triage.models import ContactAttempt, ResourcingDecision
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def attempts(incident):
    with acting(System("test")):
        return list(ContactAttempt.objects.filter(incident=incident).order_by("at", "pk"))


# Not reached


@pytest.mark.parametrize("result", ["no_answer", "wrong_number", "message_left"])
def test_the_third_attempt_that_fails_asks_for_a_new_look_within_15_minutes(clock, callie, connie, result):
    incident = called_in(callie, may_leave_message="yes")
    for attempt in (1, 2):
        incident = contacted(incident, connie, result)
        assert (incident.failed_attempts, incident.not_reached_at) == (attempt, None)
    clock.shift(minutes(5))
    incident = contacted(incident, connie, result)
    assert (incident.failed_attempts, incident.not_reached_at) == (3, clock.at)
    assert clock_of(incident, "K5R").due_at == clock.at + minutes(15)


def test_cannot_reach_is_a_reason_to_look_again_and_a_risk_that_is_written_down(clock, callie, connie):
    incident = not_reached(called_in(callie), connie)
    clock.shift(minutes(1))
    incident = workflow.reassess(incident, by=connie, assessment=CALM, trigger="cannot_reach")
    assert "K5R" not in running(incident)
    with acting(connie):
        assert incident.assessments.order_by("-at", "-pk").first().get_trigger_display() == (
            "The caller cannot be reached"
        )


def test_to_reach_them_ends_the_count_and_what_failed_before_stays_on_record(clock, callie, connie):
    incident, failed = called_in(callie), []
    for result in ("no_answer", "no_answer", "reached", "no_answer", "no_answer"):
        clock.shift(minutes(1))
        incident = contacted(incident, connie, result)
        failed.append(incident.failed_attempts)
    assert (failed, incident.not_reached_at) == ([1, 2, 0, 1, 2], None)
    assert incident.last_contact_at == MONDAY + minutes(3)
    assert [each.failed for each in attempts(incident)] == [True, True, False, True, True]


def test_the_fourth_that_fails_sets_nothing_back(clock, callie, connie):
    incident = not_reached(called_in(callie), connie)
    clock.shift(minutes(10))
    incident = contacted(incident, connie, "no_answer")
    assert (incident.not_reached_at, clock_of(incident, "K5R").due_at) == (MONDAY, MONDAY + minutes(15))


def test_where_it_is_not_safe_to_call_nobody_calls_and_the_risk_is_looked_at(clock, callie, connie):
    incident = contacted(called_in(callie), connie, "not_safe", "He answers her phone")
    assert "K5R" in running(incident)
    with pytest.raises(NotNow, match="why they cannot be reached"):
        contacted(fresh(incident), connie, "not_safe", " ")


def test_where_there_is_nobody_to_call_the_delay_is_nobodys_to_tell(clock, callie, connie):
    incident = called_in(callie)
    swept(clock, hours(1) + MOMENT)
    assert "K5" in running(incident)
    incident = contacted(incident, connie, "nobody", "A box that is gone")
    assert "K5" not in running(incident)
    assert "K4" in running(incident)


@pytest.mark.parametrize("may", ["no", "not_known"])
def test_a_message_is_left_only_where_somebody_said_that_it_may_be(clock, callie, connie, may):
    incident = called_in(callie, may_leave_message=may)
    with pytest.raises(NotNow, match="Nobody has said that a message may be left"):
        contacted(incident, connie, "message_left")
    assert attempts(incident) == []


def test_the_caller_is_told_each_second_time_the_risk_is_looked_at(clock, callie, connie):
    incident = called_in(callie)
    swept(clock, hours(2) + MOMENT)
    assert [who for *_, who in raised(incident.pk, "K5")] == [["connie"]]
    contacted(incident, connie)
    assert clock_of(incident, "K5").due_at == clock.at + hours(2)


# Not reached, in the hub or by phone: a supervisor decides


def test_three_that_fail_are_a_supervisors_and_then_the_force_incident_managers(clock, callie, tara, tess, ravi):
    incident = not_reached(with_the_phone(callie, tara, tess, child="yes"), ravi)
    swept(clock, hours(8) + MOMENT)
    assert [who for *_, who in raised(incident.pk, "K14")] == [["tess"], ["fin"]]


def test_to_go_on_trying_is_a_supervisors_decision_with_a_reason(clock, callie, tara, tess, ravi):
    incident = not_reached(with_the_phone(callie, tara, tess), ravi)
    with pytest.raises(NotYours):
        workflow.keep_trying(incident, by=ravi, because="Ring her sister")
    with pytest.raises(NotNow, match="how we go on"):
        workflow.keep_trying(incident, by=tess, because=" ")
    incident = workflow.keep_trying(incident, by=tess, because="Ring her sister")
    assert (incident.failed_attempts, "K14" in running(incident)) == (0, False)
    assert "K14" in running(not_reached(incident, ravi))


@pytest.mark.parametrize("decision", ["deploy", "close"])
def test_or_to_send_somebody_or_to_end_it(clock, callie, connie, tara, tess, ravi, decision):
    incident = not_reached(with_the_phone(callie, tara, tess, child="yes"), ravi)
    if decision == "deploy":
        workflow.return_for_deployment(incident, by=ravi, reason="not_reached")
    else:
        ended(incident, connie)
    assert (clock_of(incident, "K14").stopped_at, "K14" in running(incident)) == (clock.at, False)


# The force incident manager


def decided(incident, by, *, until, **said):
    facts = {"decision": "hold", "because": "Nobody is free", **said}
    return workflow.decide_resources(incident, by=by, until=until, **facts)


def test_sent_to_the_force_incident_manager_it_is_decided_or_goes_past_them(clock, callie, connie):
    incident = workflow.ask_fim(called_in(callie), by=connie, because="Nobody is free")
    swept(clock, hours(1) + MOMENT)
    assert [who for *_, who in raised(incident.pk, "FIM")] == [["fin"], ["dmitri"], ["sue"]]


def test_to_be_sent_again_sets_nothing_back(clock, callie, connie):
    incident = workflow.ask_fim(called_in(callie), by=connie, because="Nobody is free")
    clock.shift(minutes(20))
    workflow.ask_fim(incident, by=connie, because="Still nobody")
    assert clock_of(incident, "FIM").due_at == MONDAY + minutes(30)


def test_a_decision_stops_that_clock_and_is_looked_at_again_when_it_ends(clock, callie, connie, fin):
    incident = workflow.ask_fim(called_in(callie), by=connie, because="Nobody is free")
    incident = decided(incident, fin, until=MONDAY + hours(1))
    assert "FIM" not in running(incident)
    swept(clock, hours(1))
    assert raised(incident.pk, "FIMX") == []
    swept(clock, MOMENT)
    assert [who for *_, who in raised(incident.pk, "FIMX")] == [["fin"]]


def test_each_decision_is_kept_and_the_next_has_a_time_of_its_own(clock, callie, fin):
    incident = called_in(callie)
    for decision in ("hold", "other_area"):
        incident = decided(incident, fin, until=clock.at + hours(1), decision=decision)
        clock.shift(minutes(30))
    with acting(fin):
        kept = ResourcingDecision.objects.order_by("at")
        assert [(each.decision, each.by, each.until - each.at) for each in kept] == [
            ("hold", fin, hours(1)),
            ("other_area", fin, hours(1)),
        ]
    assert Clock.objects.filter(record=incident.pk, deadline="FIMX").count() == 2
    assert clock_of(incident, "FIMX").due_at == MONDAY + hours(1.5)


@pytest.mark.parametrize("until", [minutes(0), -minutes(1)])
def test_a_decision_stands_until_some_time_from_now(clock, callie, fin, until):
    with pytest.raises(NotNow, match="until some time from now"):
        decided(called_in(callie), fin, until=MONDAY + until)
    assert decided(called_in(callie), fin, until=MONDAY + MOMENT).resources_until == MONDAY + MOMENT


@pytest.mark.parametrize("name", ["callie", "dev", "connie", "rosa", "tess"])
def test_it_is_not_for_anybody_else_to_decide(clock, callie, cast, name):
    with pytest.raises(NotYours):
        decided(called_in(callie), cast[name], until=MONDAY + hours(1))


def test_to_have_seen_it_is_not_to_have_decided_it(client, clock, callie, connie, fin):
    incident = workflow.ask_fim(called_in(callie), by=connie, because="Nobody is free")
    client.force_login(fin)
    client.get(incident.get_absolute_url())
    swept(clock, minutes(30) + MOMENT)
    assert [who for *_, who in raised(incident.pk, "FIM")] == [["fin"], ["dmitri"]]
