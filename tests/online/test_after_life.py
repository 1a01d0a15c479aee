"""What follows a search, in any order of whatever people do: nobody is on bail without conditions and an end that the
Act allows, whoever is free where a child is linked has a plan, and no case is closed while anything is owed."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from access.actor import NotYours, acting
from access.time import now
from online.bail_law import RULES, last_day
from online.models import Bail, Device, LadoReferral, LinkedChild, OnlineCase, SafetyPlan, Suspect
from online.workflow import bail, closing, devices, lado, research, safety_plans, suspects
from online.workflow.cases import seen_elsewhere
from online.workflow.closing import not_safe_because, open_obligations
from sla.engine import sweep
from sla.models import Clock
from tests.conftest import MONDAY
from tests.online.after_scenes import (
    CONDITIONS,
    GROUNDS,
    PLAN,
    bail_facts,
    device_in,
    lado_said,
    searched,
    suspect_in,
    the_lado,
)
from tests.online.scenes import TEST, as_it_is, child_of, lives_there
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CLOCKED = {
    "arrested": "OC20A",
    "interviewed": "OC20",
    "rui": "OC20",
    "in_force": "OC12",
    "lapsed": "OC12",
    "due": "OC11",
    "referred": "OC11A",
    "needed": "OC13",
    "seized": "OC17E",
    "examined": "OC17",
}


class Life:
    """What people may do with one case after a search, whether or not it is the time for it."""

    def __init__(self, case: OnlineCase, cast: dict[str, Any]) -> None:
        self.key, self.cast, self.iris, self.dina = case.pk, cast, cast["iris"], cast["dina"]
        self.said = {"at": None, "protects": "She lives with her aunt"}

    @property
    def case(self) -> OnlineCase:
        return as_it_is(OnlineCase(pk=self.key))  # type: ignore[no-any-return]

    def last(self, model: Any) -> Any:
        with acting(TEST):
            found = model.objects.filter(online_case=self.key).order_by("-reference").first()
        if found is None:
            raise NotNow("Nothing is there")
        return found

    def names(self) -> None:
        suspect_in(self.case, self.iris, f"Man {now().timestamp()}")

    def arrests(self) -> None:
        suspects.arrested(self.last(Suspect), by=self.iris, at=now())

    def interviews(self) -> None:
        suspects.interviewed_as_volunteer(self.last(Suspect), by=self.iris, at=now(), because="In hospital")

    def bails(self) -> None:
        bail.bailed(Bail(), by=self.iris, suspect=self.last(Suspect), facts=bail_facts(), why_no_plan="Tonight")

    def bails_with_a_plan(self) -> None:
        facts = bail_facts(expires_at=now() + timedelta(days=9))
        bail.bailed(Bail(), by=self.iris, suspect=self.last(Suspect), facts=facts, plan=PLAN)

    def extends(self) -> None:
        given = self.last(Bail)
        for rule in bail.next_rules(given)[:1]:
            until = bail.until_at_most(rule, given.suspect, given.expires_at)
            said = {"authorised_by": "Inspector Marrow", "because": "The laptop"}
            bail.bail_extended(given, by=self.iris, rule=rule.code, until=until, **said)

    def asks_the_court(self) -> None:
        bail.court_asked(self.last(Bail), by=self.iris, said="Vale")

    def court_refuses(self) -> None:
        bail.court_refused(self.last(Bail), by=self.iris, said="No")

    def varies(self) -> None:
        said = {"authorised_by": "Sergeant Vell", "because": "He moved"}
        bail.conditions_varied(self.last(Bail), by=self.iris, conditions=CONDITIONS, **said)

    def breaks(self) -> None:
        bail.bail_breached(self.last(Bail), by=self.iris, known_at=now(), what="Seen online")

    def decides_on_it(self) -> None:
        bail.breach_decided(self.last(Bail), by=self.dina, said="Warned")

    def time_goes(self) -> None:
        bail.lapse_all()

    def answers_for_the_lapse(self) -> None:
        bail.lapse_answered(self.last(Bail), by=self.dina, said="Nobody asked", protects="Abroad")

    def releases(self) -> None:
        said = {**self.said, "at": now(), "because": "No bail is needed"}
        suspects.released_under_investigation(self.last(Suspect), by=self.dina, **said)

    def charges(self) -> None:
        suspects.suspect_charged(self.last(Suspect), by=self.iris, **{**self.said, "at": now(), "said": "Two counts"})

    def drops(self) -> None:
        suspects.no_further_action(self.last(Suspect), by=self.dina, **{**self.said, "at": now(), "because": "Not he"})

    def reviews(self) -> None:
        suspects.suspect_reviewed(self.last(Suspect), by=self.dina, said="Laboratory", protects="At her aunt's")

    def dies(self) -> None:
        suspects.suspect_died(self.last(Suspect), by=self.iris, at=now(), said="Coroner")

    def child(self) -> None:
        child_of(self.case, self.cast["rory"])

    def files(self) -> None:
        safety_plans.file_plan(self.last(SafetyPlan), by=self.iris, facts=PLAN)

    def no_plan(self) -> None:
        safety_plans.plan_not_needed(self.last(SafetyPlan), by=self.dina, because="In another country")

    def works(self) -> None:
        said = {"works_with_children": "yes", "post": "Coach", "employer": "Club"}
        lives_there(self.case, self.cast["rory"], "Carol Pell", **said)

    def nobody_knows(self) -> None:
        lives_there(self.case, self.cast["rory"], "Ned Pell", works_with_children="not_known", works_how="Asked")

    def work_is_known(self) -> None:
        from online.models import Occupant

        said = {"works_with_children": "no", "post": "", "employer": "", "how": "Employer"}
        research.work_known(self.last(Occupant), by=self.cast["rory"], **said)

    def refers(self) -> None:
        about = {"agency": the_lado(), "said": "A coach", "grounds": GROUNDS}
        lado.refer_to_lado(self.last(LadoReferral), by=self.iris, **about)

    def lado_answers(self) -> None:
        lado.lado_answered(self.last(LadoReferral), by=self.iris, said=lado_said())

    def no_lado(self) -> None:
        lado.lado_not_needed(self.last(LadoReferral), by=self.dina, because="Stopped in 2019")

    def lists(self) -> None:
        device_in(self.case, self.iris, f"IRI/{now().timestamp()}")

    def examines(self) -> None:
        devices.device_examined(self.last(Device), by=self.iris, at=now(), said="Forty")

    def uploads(self) -> None:
        devices.device_uploaded(self.last(Device), by=self.iris, at=now(), caid_ref="CAID 1")

    def finds_nothing(self) -> None:
        devices.nothing_to_upload(self.last(Device), by=self.iris, because="Nothing")

    def gives_back(self) -> None:
        devices.device_returned(self.last(Device), by=self.dina, because="Not his")

    def is_seen(self) -> None:
        seen_elsewhere(self.case, by=self.cast["rory"], system="Niche", ref="4426", at=now())

    def is_safe(self) -> None:
        closing.safeguarding_complete(self.case, by=self.dina, said="With her aunt")

    def closes(self) -> None:
        closing.close_case(self.case, by=self.dina, because="All is done")

    def opens_again(self) -> None:
        closing.reopen_case(self.case, by=self.dina, because="Another device")


STEPS = [name for name in vars(Life) if not name.startswith("_") and name not in ("case", "last")]
QUICK_END = ["is_seen", "lists", "examines", "uploads", "is_safe", "closes"]


@st.composite
def stories(draw: DrawFn) -> list[tuple[str, int]]:
    """Anything in any order; often with what brings a case to its end behind it, so that closing is really tried."""
    steps = draw(st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from([0, 1, 30, 24 * 20])), max_size=14))
    return steps + [(step, 0) for step in QUICK_END] if draw(st.booleans()) else steps


def holds(life: Life, step: str) -> None:
    case = life.case
    running = {(clock.record, clock.deadline) for clock in Clock.running()}
    with acting(TEST):
        for model in (Suspect, Bail, LadoReferral, SafetyPlan, Device):
            for record in model.objects.filter(online_case=case):
                code = CLOCKED.get(record.state)
                assert code is None or (record.pk, code) in running, (step, record, record.state)
        _bail_is_lawful(case, step)
        _whoever_is_free_has_a_plan(case, step)
    if case.state == OnlineCase.State.CLOSED:
        assert open_obligations(case) == [], step
        assert (case.closed_by, case.closed_because) != (None, "")
    assert case.state != OnlineCase.State.SAFEGUARDED or not_safe_because(case) == [], step


def _bail_is_lawful(case: OnlineCase, step: str) -> None:
    on_bail = set(Suspect.objects.filter(online_case=case, state="bailed").figures().values_list("pk", flat=True))
    in_force = list(Bail.objects.filter(online_case=case, state="in_force"))
    assert {each.suspect_id for each in in_force} == on_bail, step
    assert len(in_force) == len(on_bail), step
    for each in in_force:
        assert each.about_contact
        assert each.about_address
        assert each.about_devices
        rules = [rule for rule in RULES if rule.in_words() == each.rule and rule.authority == each.authority]
        assert rules, step
        if not rules[0].on_top:
            arrest = each.starts_on - timedelta(days=1)
            assert (each.expires_at - timedelta(microseconds=1)).date() <= last_day(rules[0], arrest), step


def _whoever_is_free_has_a_plan(case: OnlineCase, step: str) -> None:
    if not LinkedChild.objects.filter(online_case=case).exclude(state="in_error").exists():
        return
    for suspect in Suspect.objects.filter(online_case=case, state__in=["interviewed", "bailed", "rui"]):
        assert SafetyPlan.objects.filter(suspect=suspect).exists(), (step, suspect.state)


@FEW
@given(steps=stories())
def test_in_any_order(clock: Any, cast: Any, steps: list[tuple[str, int]]) -> None:
    clock.set(MONDAY)
    life = Life(searched(cast), cast)
    for step, hours in steps:
        clock.shift(timedelta(hours=hours))
        sweep()
        with suppress(NotNow, NotYours):
            getattr(life, step)()
        holds(life, step)


def test_the_shortest_way_to_the_end_is_found(clock: Any, cast: Any) -> None:
    """Or the machine would never have tried to close."""
    life = Life(searched(cast), cast)
    for step in QUICK_END:
        getattr(life, step)()
    assert life.case.state == OnlineCase.State.CLOSED


def test_an_adult_of_whose_work_nothing_is_known_opens_a_case_that_was_called_safe(clock: Any, cast: Any) -> None:
    life = Life(searched(cast), cast)
    for step in QUICK_END[:-1]:
        getattr(life, step)()
    assert life.case.state == OnlineCase.State.SAFEGUARDED
    life.nobody_knows()
    assert life.case.state == OnlineCase.State.EXECUTED
