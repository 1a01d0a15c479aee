"""The whole life of an investigation, in any order of whatever people do, from the referral until it is closed: no
state is reached but by a declared way, none is closed while anything is owed, and the time to act only comes nearer.

The long run, five hundred lives of fifty steps: LONGSTOP_LONG=1 make test PYTEST_ARGS="-n 0 THIS_FILE"
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from access.actor import acting
from access.time import now, today
from accounts.models import User
from online.models import (
    Bail,
    CandidateAddress,
    CaseTransfer,
    ChildrenCheck,
    Device,
    Enforcement,
    GateOverride,
    KiratAssessment,
    LadoReferral,
    LinkedChild,
    NewInformation,
    Occupant,
    OnlineCase,
    SafetyPlan,
    Suspect,
)
from online.workflow import case_transfers, cases, closing, news, research
from online.workflow.children import care_decided
from online.workflow.gate import lacks
from online.workflow.kirat import assess, return_level
from sla.engine import sweep
from sla.models import Clock
from tests.conftest import MONDAY
from tests.online import test_after_life as after
from tests.online import test_gate_any_order as gate
from tests.online.gate_scenes import care_said, discussed, notice_from
from tests.online.scenes import TEST, as_it_is, candidate_of, level, level_of, lives_there, received, triaged
from workflow.models import Step
from workflow.transitions import TRANSITIONS, NotNow

pytestmark = pytest.mark.django_db
LONG = bool(os.environ.get("LONGSTOP_LONG"))
MANY = settings(
    max_examples=500 if LONG else 8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
LENGTH = 50 if LONG else 30
OF_A_CASE = (
    CandidateAddress, Occupant, KiratAssessment, NewInformation, ChildrenCheck, LinkedChild, GateOverride, Enforcement,
    Suspect, Bail, SafetyPlan, LadoReferral, Device, CaseTransfer,
)  # fmt: skip
OVER = ("closed", "transferred", "linked")


class Research:
    """What people may do with a case before anybody knocks."""

    def __init__(self, case: OnlineCase, cast: dict[str, User]) -> None:
        self.key, self.cast, self.rory, self.dina = case.pk, cast, cast["rory"], cast["dina"]

    @property
    def case(self) -> OnlineCase:
        return as_it_is(OnlineCase(pk=self.key))  # type: ignore[no-any-return]

    def _last(self, model: Any, **which: Any) -> Any:
        with acting(TEST):
            found = model.objects.filter(online_case=self.key, **which).order_by("-reference").first()
        if found is None:
            raise NotNow("Nothing is there")
        return found

    def looks(self) -> None:
        said = {"immediate_because": "Nothing says so", "duplicates_looked_for": "Nothing"}
        cases.triage(self.case, by=self.rory, immediate_risk="not_known", **said)

    def searches(self) -> None:
        facts = research.ResearchFacts("open_source", "The account", now(), "Nothing")
        research.record_research(self.case, by=self.rory, facts=facts)

    def proposes(self) -> None:
        candidate_of(self.case, self.rory, f"{len(str(now()))} Larch Rise {now().timestamp()}")

    def attributes(self) -> None:
        research.attribute(self._last(CandidateAddress, state="candidate"), by=self.rory, because="The subscriber")

    def rules_out(self) -> None:
        research.rule_out(self._last(CandidateAddress), by=self.rory, because="Another flat")

    def somebody_lives_there(self) -> None:
        self._last(CandidateAddress, state="attributed")
        lives_there(self.case, self.rory, f"Graham {now().timestamp()}")

    def no_further(self) -> None:
        day = today() + timedelta(days=9)
        research.no_further_research(self.case, by=self.dina, because="No answer", recheck_on=day)

    def goes_on(self) -> None:
        research.research_again(self.case, by=self.rory, because="An answer came")

    def sets_low(self) -> None:
        assess(KiratAssessment(), by=self.rory, case=self.case, facts=level("low"))

    def sets_high(self) -> None:
        assess(KiratAssessment(), by=self.rory, case=self.case, facts=level("high"))

    def returns(self) -> None:
        return_level(level_of(self.case), by=self.dina, said="Ask her school")

    def hears(self) -> None:
        facts = news.NewsFacts("He coaches", "His brother", now())
        news.information_received(NewInformation(), by=self.rory, case=self.case, facts=facts)

    def becomes_part(self) -> None:
        cases.link(self.case, by=self.rory, to=triaged(self.rory), because="The same account")

    def is_parted(self) -> None:
        cases.unlink(self.case, by=self.dina, because="Another man")

    def is_offered(self) -> None:
        case_transfers.offer_case(CaseTransfer(), by=self.dina, case=self.case, force="Eastmoor", because="Moved")

    def is_taken(self) -> None:
        said = {"answered_by_name": "DS Hallow", "their_ref": "EM/44", "answer": "Accepted"}
        offer = self._last(CaseTransfer, state="offered")
        case_transfers.case_accepted(offer, by=self.dina, **said)

    def notices_all(self) -> None:
        for child in children_of(self.key, "known"):
            notice_from(child, self.rory)

    def discusses_all(self) -> None:
        for child in children_of(self.key, "noticed"):
            discussed(child, self.cast["sam"])

    def settles_all(self) -> None:
        for child in children_of(self.key, "discussed"):
            care_decided(child, by=self.cast["iris"], said=care_said())

    def closes_early(self) -> None:
        closing.close_case(self.case, by=self.dina, because="No case")


def children_of(key: Any, state: str) -> list[LinkedChild]:
    with acting(TEST):
        return list(LinkedChild.objects.filter(online_case=key, state=state).order_by("reference"))


PARTS: list[Any] = [Research, gate.Life, after.Life]
STEPS = [
    (part, name) for part in PARTS for name in vars(part) if not name.startswith("_") and name not in ("case", "last")
]
THE_WAY = [
    (Research, "looks"), (after.Life, "is_seen"), (Research, "proposes"), (Research, "attributes"),
    (Research, "somebody_lives_there"), (gate.Life, "learns"), (gate.Life, "found"), (Research, "sets_high"),
    (gate.Life, "ratifies"), (Research, "notices_all"), (Research, "discusses_all"), (gate.Life, "plans"),
    (gate.Life, "carries_out"), (after.Life, "names"), (after.Life, "arrests"), (after.Life, "bails_with_a_plan"),
    (after.Life, "lists"), (after.Life, "examines"), (after.Life, "uploads"), (Research, "settles_all"),
    (after.Life, "charges"), (after.Life, "is_safe"), (after.Life, "closes"),
]  # fmt: skip
"""As it should go. Most lives go some of it, or nothing deep would ever be reached."""


@st.composite
def lives(draw: DrawFn) -> list[tuple[tuple[Any, str], int]]:
    """So far as it should go, and then anything; with other things in between."""
    hours = st.sampled_from([0, 1, 5, 30, 24 * 9])
    life = [(step, 0) for step in THE_WAY[: draw(st.integers(0, len(THE_WAY)))]]
    anything = draw(st.lists(st.tuples(st.sampled_from(STEPS), hours), max_size=LENGTH - len(life)))
    for step in anything:
        life.insert(draw(st.integers(len(life) // 2, len(life))), step)
    return life


class Watched:
    """What has to hold after each step, whoever did what."""

    def __init__(self, case: OnlineCase) -> None:
        self.key, self.act_by, self.known_since, self.enforced = case.pk, case.act_by, case.known_since, {}

    def look(self, shut_before: bool) -> None:
        case = as_it_is(OnlineCase(pk=self.key))
        with acting(TEST):
            self._each_state_was_reached_by_a_declared_way(case)
            self._nothing_is_enforced_past_a_shut_gate(shut_before)
            self._nothing_is_closed_while_something_is_owed(case)
        self._no_time_moves_away(case)

    def _each_state_was_reached_by_a_declared_way(self, case: OnlineCase) -> None:
        records = [case, *(each for model in OF_A_CASE for each in model.objects.filter(online_case=case))]
        for record in records:
            before = ""
            for step in Step.of(record).order_by("pk"):
                verb = TRANSITIONS[step.transition]
                assert step.from_state == before, (record, step.transition)
                assert (before in verb.source) if verb.source else before == "", (record, step.transition, before)
                assert step.to_state in (verb.states_after() or (before,)), (record, step.transition, step.to_state)
                before = step.to_state
            assert record.state == before, record

    def _nothing_is_enforced_past_a_shut_gate(self, shut_before: bool) -> None:
        for each in Enforcement.objects.filter(online_case=self.key):
            if self.enforced.get(each.pk) != each.state and each.state in ("planned", "done"):
                excused = each.override_id is not None or each.happened_id is not None
                assert not shut_before or excused, (each, each.state)
            self.enforced[each.pk] = each.state

    def _nothing_is_closed_while_something_is_owed(self, case: OnlineCase) -> None:
        if case.state == "closed":
            assert closing.open_obligations(case) == []
        if case.state == "safeguarded":
            assert closing.not_safe_because(case) == []
        running = set(Clock.running().filter(record=case.pk).values_list("deadline", flat=True))
        assert not (case.state in OVER and running), (case.state, running)

    def _no_time_moves_away(self, case: OnlineCase) -> None:
        assert case.known_since <= self.known_since
        if self.act_by and case.act_by:
            assert case.act_by <= self.act_by
        self.act_by, self.known_since = case.act_by or self.act_by, case.known_since


@MANY
@given(life=lives())
def test_no_illegal_state_is_reached_in_any_order(clock: Any, cast: dict[str, User], life: Any) -> None:
    clock.set(MONDAY)
    case = received(cast["rory"])
    people = {part: part(case, cast) for part in PARTS}
    watched = Watched(case)
    for (part, step), hours in life:
        clock.shift(timedelta(hours=hours, seconds=1))
        sweep()
        with acting(TEST):
            shut = bool(lacks(as_it_is(case)))
        with suppress(NotNow):
            getattr(people[part], step)()
        watched.look(shut)


def test_the_way_as_it_should_go_ends_closed_with_nothing_owed(clock: Any, cast: dict[str, User]) -> None:
    """So that the lives above do reach the end."""
    case = received(cast["rory"])
    people, watched = {part: part(case, cast) for part in PARTS}, Watched(case)
    for part, step in THE_WAY:
        clock.shift(timedelta(seconds=1))
        with acting(TEST):
            shut = bool(lacks(as_it_is(case)))
        getattr(people[part], step)()
        watched.look(shut)
    assert as_it_is(case).state == "closed"
