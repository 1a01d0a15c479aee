"""The life of an incident, lived many times: graded, allocated, handed over, attended or dealt with by phone, reopened.

Every verb that a person can do, by whoever may and whoever may not, with the sweep and the hours in between.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from access.actor import System, acting
from access.roles import Can
from access.time import now
from cases.records import Details
from online.models import SharedImage
from ppn.models import Ppn
from sla.models import Clock, Escalation
from tests.stories import ANYA, CALM, a_notice, called_in
from tests.workflow.lives import PLACES, Life, live
from triage import workflow
from triage.codes import IN_HUB, WITH_A_TEAM
from triage.models import ENDED, NOT_ATTENDED, OPEN, ChildVoice, Grade, Incident
from triage.ranking import band
from triage.suitability import Suitability, not_by_phone
from triage.workflow import Voice
from workflow.transitions import TRANSITIONS

pytestmark = pytest.mark.django_db
ANSWERS = ["yes", "no", "not_known"]
TARGETS = {"G1": "K1", "G2": "K2", "G3": "K3"}
PUBLISH = [*TARGETS.values(), "K13", "RES"]
NOTHING_SPEAKS_AGAINST = Suitability(**dict.fromkeys(Suitability.__annotations__, "no") | {"safe_to_talk": "yes"})
A_CHILD = Suitability(**dict.fromkeys(Suitability.__annotations__, "no") | {"safe_to_talk": "yes", "repeat": "yes",
                                                                            "child_concerned": "yes"})  # fmt: skip
NOBODY_KNOWS = Suitability(**dict.fromkeys(Suitability.__annotations__, "not_known"))
BY_NOBODY = {workflow.take_call: "it begins the life", workflow.look_for_a_child: "the software's own"}


def _voice(child, seen):
    said = {"own_words": "“I hid.”", "demeanour": "Quiet"} if seen == "yes" else {}
    missing = {} if seen == "yes" else {"why_not": "Out", "who_will": "Rosa", "see_by": now() + timedelta(hours=2)}
    return {"voice": Voice(child=child, seen=seen, spoken_to=seen, **said, **missing)}


class LifeOfAnIncident(Life):
    people = ["callie", "connie", "dev", "olly", "rosa", "fin", "tara", "tess", "ravi", "rina", "dina", "noor"]

    def __init__(self):
        super().__init__()
        self.grades = defaultdict(set)
        self.noticed = set()

    @initialize(grade=st.sampled_from(Grade.values), child=st.sampled_from(ANSWERS), hints=st.booleans())
    def take_call(self, grade, child, hints):
        said = {"what_happened": "A baby crying"} if hints else {}
        self.begin(called_in(self.cast["callie"], grade=grade, child=child, **said))

    @rule(grade=st.sampled_from(Grade.values), child=st.sampled_from(ANSWERS))
    @precondition(lambda self: len(self.records) < 2)
    def another_call_comes_in(self, grade, child):
        self.begin(called_in(self.cast["callie"], grade=grade, child=child))

    @rule(record=PLACES)
    def an_officer_submits_a_notice(self, record):
        incident = self.records[record % len(self.records)]
        if incident.pk not in self.noticed:
            notice = a_notice(arises_from=incident.pk)
            TRANSITIONS["ppn.submit"](Ppn(), by=self.cast["olly"], notice=notice, subjects=[ANYA])
            self.noticed.add(incident.pk)

    def begin(self, record):
        super().begin(record)
        self.grades[record.pk].add(record.grade)

    def facts(self):
        thrive = {"assessment": CALM, "because": "More is known"}
        found = {"outcome": "Words given", "closing_category": "welfare", "child_not_seen_because": "At school"}
        safe = {"child_safe_because": "Seen by her nurse", "no_ppn_because": "Covered by another notice"}
        silent = dict.fromkeys(safe, "")
        return {
            workflow.regrade: [
                {"grade": each, "caller_told": told, **thrive} for each in Grade.values for told in ("yes", "")
            ],
            workflow.reassess: [{"assessment": CALM, "trigger": "interval"}],
            workflow.rang_again: [{"what_they_say": "He is back", "child": each} for each in ANSWERS],
            workflow.treat_as_urgent: [{"because": "He has a knife"}],
            workflow.ask_about_abuse: [{"domestic_abuse": "yes", "abuse": workflow.Abuse(weapons="yes")}],
            workflow.child_found: [{"how_we_know": "School record"}],
            workflow.no_child: [{"how_we_know": "Asked the caller"}],
            workflow.name_person: [
                {
                    "part": "victim",
                    "person": None,
                    "details": Details(given_names="Ada", said_to_be_child=each),
                    "home": None,
                }
                for each in ("yes", "no")
            ],
            workflow.reopen: [{"grade": each, **thrive} for each in Grade.values],
            workflow.assign: [{"unit": "AB12"}],
            workflow.stand_down: [{"because": "Needed elsewhere"}],
            workflow.attend: [{}],
            workflow.hear_child: [_voice("Anya", "yes"), _voice("Anya", "no"), _voice("Bo", "yes"), _voice("Bo", "no")],
            workflow.record_outcome: [{**found, "child": a, "child_seen": b} for a in ANSWERS for b in ANSWERS],
            workflow.accept_not_seen: [{"because": "Her teacher had her in class"}],
            workflow.close: [{"no_ppn_because": each} for each in ("", "Covered by another notice")],
            workflow.end_without_attendance: [
                {"because": "Resolved", "caller_told": "yes", **each} for each in (safe, silent)
            ],
            workflow.link_duplicate: [{"to": self.now(self.records[-1]), "because": "Same", "caller_told": "yes"}],
            workflow.contact_caller: [
                {"route": "07700 900123", "result": each, "said": "As before"}
                for each in ("reached", "no_answer", "no_answer", "wrong_number", "message_left", "not_safe", "nobody")
            ],
            workflow.ask_fim: [{"because": "Nobody is free"}],
            workflow.decide_resources: [
                {"decision": "hold", "because": "Nobody", "until": now() + timedelta(hours=each)} for each in (0, 2, 9)
            ],
            workflow.hand_over: [{"to": self.cast[each], "note": "As it is"} for each in ("dev", "tara", "rosa")],
            workflow.accept_handover: [{}],
            workflow.decline_handover: [{"because": "Going off duty"}],
            workflow.give: [{"to": self.cast[each]} for each in ("callie", "noor")],
            workflow.allocate: [
                {"destination": where, "because": "So", "suitability": said}
                for where in ("resolution", "neighbourhood", "specialist", "appointment", "other_agency", "no_action")
                for said in (NOTHING_SPEAKS_AGAINST, A_CHILD, NOBODY_KNOWS)
            ],
            workflow.agree: [{"because": "Right"}],
            workflow.disagree: [{"because": "Somebody has to go"}],
            workflow.add_specialist_note: [{"note": "View the phone first"}],
            workflow.accept: [{"owner": self.cast[each]} for each in ("ravi", "noor")],
            workflow.send_back: [{"because": "Not for us"}],
            workflow.return_for_deployment: [{"reason": each} for each in ("child_to_be_seen", "risk_higher", "")],
            workflow.keep_trying: [{"because": "Try her sister"}],
            workflow.resolve_by_phone: [
                {"outcome": "Done", "closing_category": "crime", **each} for each in (safe, silent)
            ],
        }

    def may_be_refused(self, record, verb, who, facts):
        refuses = REFUSES.get(verb)
        return bool(refuses and refuses(self, record, self.cast[who], facts))

    def attempt(self, record, verb, who, facts):
        rings = verb is workflow.link_duplicate and record.concerns_a_child and facts["to"].child != "yes"
        before = self.done[record.pk]
        super().attempt(record, verb, who, facts)
        if self.done[record.pk] > before:
            if rings:
                self.done[facts["to"].pk] += 1
            if verb is workflow.reopen:
                self.grades[record.pk] = set()
            self.grades[record.pk].add(self.now(record).grade)

    def incidents(self):
        """Each incident with its clocks that run."""
        for record in self.records:
            incident = self.now(record)
            yield incident, {clock.deadline: clock for clock in Clock.running().filter(record=record.pk)}

    @invariant()
    def an_open_incident_has_exactly_one_owner_and_they_work_here(self):
        for incident, _ in self.incidents():
            if incident.state in OPEN:
                assert incident.owner.is_active

    @invariant()
    def the_rank_that_is_stored_is_the_rules(self):
        for incident, _ in self.incidents():
            assert incident.rank == band(incident.facts()).value

    @invariant()
    def nothing_runs_on_an_incident_that_has_ended_and_something_on_every_other(self):
        for incident, running in self.incidents():
            assert bool(running) == (incident.state in OPEN), (incident.state, running)

    @invariant()
    def a_target_runs_from_the_first_call_for_every_grade_it_ever_had_until_it_ends(self):
        for incident, running in self.incidents():
            had = {TARGETS[grade] for grade in self.grades[incident.pk] if grade in TARGETS}
            assert running.keys() & set(TARGETS.values()) == (had if incident.state in NOT_ATTENDED else set())
            since = incident.reopened_at or incident.reported_at
            assert all(running[code].started_at == since for code in running.keys() & had)

    @invariant()
    def attend_by_is_the_nearest_of_what_is_published(self):
        for incident, running in self.incidents():
            if due := [running[code].due_at for code in PUBLISH if code in running]:
                assert incident.attend_by == min(due)

    @invariant()
    def each_duty_runs_exactly_while_it_is_owed(self):
        for incident, running in self.incidents():
            open_, state = incident.state in OPEN, incident.state
            owed = {
                "K7": open_ and incident.child_to_be_seen,
                "K11": state in IN_HUB,
                "K12": state == "allocated",
                "K12W": state == "allocated",
                "K15": open_ and incident.possible_child,
                "HO": open_ and incident.offered_to_id is not None,
                "OUT": state == "attended",
                "CLO": state == "outcome_recorded",
            }
            assert {code for code, is_owed in owed.items() if is_owed} == running.keys() & owed.keys(), state

    @invariant()
    def a_notice_is_owed_while_a_child_is_known_and_there_is_none(self):
        for incident, running in self.incidents():
            if incident.state in OPEN and incident.child == "yes" and incident.pk not in self.noticed:
                assert "K8" in running
            if incident.pk in self.noticed:
                assert "K8" not in running

    @invariant()
    def once_a_target_was_missed_exactly_one_duty_to_look_again_runs_while_police_are_not_there(self):
        for incident, running in self.incidents():
            assert ("K4" in running) == bool(self._missed(incident)), (incident.state, running)

    @invariant()
    def looking_again_never_has_longer_than_the_shortest_interval_of_the_targets_missed(self):
        interval = {"K1": 30, "K2": 60, "K3": 240}
        for incident, running in self.incidents():
            if "K4" in running:
                shortest = min(interval[code] for code in self._missed(incident))
                assert running["K4"].every == timedelta(minutes=shortest)

    def _missed(self, incident):
        """Targets that run and were missed."""
        rows = Escalation.objects.filter(clock__record=incident.pk, percent=100, clock__deadline__in=TARGETS.values())
        return set(rows.filter(clock__stopped_at=None).values_list("clock__deadline", flat=True))


def _ppn_or(life, record, facts):
    return record.pk in life.noticed or facts["no_ppn_because"]


def _lowered(life, record, by, facts):
    lower = Grade(facts["grade"]).is_lower_than(record.grade)
    return lower and not (by.can(Can.DOWNGRADE) and facts["caller_told"])


def _not_closed(life, record, by, facts):
    return record.child_to_be_seen or (record.concerns_a_child and not _ppn_or(life, record, facts))


def _not_ended(life, record, by, facts):
    safe = record.child_seen_at or facts["child_safe_because"]
    return record.concerns_a_child and not (safe and _ppn_or(life, record, facts))


def _not_linked(life, record, by, facts):
    to = facts["to"]
    if to.pk == record.pk or to.state not in NOT_ATTENDED:
        return True
    with acting(System("looking")):
        return any(not each.assessments.filter(at__gte=record.reported_at).exists() for each in (record, to))


def _not_offered(life, record, by, facts):
    to = facts["to"]
    return record.owner_id != by.pk or to.pk == record.owner_id or not to.can(Can.HAND_OVER)


def _not_allocated(life, record, by, facts):
    if facts["destination"] in ("other_agency", "no_action"):
        return record.concerns_a_child or not by.can(Can.END_WITHOUT_ATTENDANCE)
    by_phone = facts["destination"] == "resolution"
    return by_phone and not_by_phone(facts["suitability"], specialist_note=bool(record.specialist_note))


def _allocated_by_them(life, record, by, facts):
    with acting(System("looking")):
        return workflow.last_allocation(record).by_id == by.pk


def _not_resolved(life, record, by, facts):
    if record.first_contact_at is None:
        return True
    with acting(System("looking")):
        if SharedImage.objects.filter(arises_from=record.pk).exists():
            return True  # nobody here sees the child whose image was shared
        heard = ChildVoice.objects.filter(incident=record, spoken_to="yes").exists()
    answered = (heard or facts["child_safe_because"]) and _ppn_or(life, record, facts)
    return record.concerns_a_child and not (by.can(Can.RESOLVE_FOR_CHILD) and answered)


REFUSES = {
    workflow.regrade: _lowered,
    workflow.no_child: lambda life, record, by, facts: record.child == "yes",
    workflow.close: _not_closed,
    workflow.end_without_attendance: _not_ended,
    workflow.link_duplicate: _not_linked,
    workflow.contact_caller: lambda life, record, by, facts: facts["result"] == "message_left",
    workflow.decide_resources: lambda life, record, by, facts: facts["until"] <= now(),
    workflow.hand_over: _not_offered,
    workflow.accept_handover: lambda life, record, by, facts: record.offered_to_id != by.pk,
    workflow.decline_handover: lambda life, record, by, facts: (
        record.offered_to_id is None or by.pk not in (record.offered_to_id, record.owner_id)
    ),
    workflow.allocate: _not_allocated,
    workflow.agree: _allocated_by_them,
    workflow.accept: lambda life, record, by, facts: facts["owner"] != by and not by.can(Can.GIVE_WORK),
    workflow.return_for_deployment: lambda life, record, by, facts: not facts["reason"],
    workflow.resolve_by_phone: _not_resolved,
}
"""What a verb asks beyond who and where: told again here, in other words."""


def test_every_verb_that_a_person_can_do_is_lived(clock, cast):
    life = LifeOfAnIncident.__new__(LifeOfAnIncident)
    life.cast, life.records, life.now = cast, [Incident()], lambda record: record
    verbs = {each for name, each in TRANSITIONS.items() if name.startswith("triage.")}
    assert verbs - set(life.facts()) == set(BY_NOBODY)
    lived = {state for verb in life.facts() for state in (*verb.source, *verb.states_after())}
    assert lived == {*OPEN, *ENDED}
    assert set(WITH_A_TEAM) < lived


def test_the_life_of_an_incident(clock, cast):
    live(LifeOfAnIncident, clock, cast)
