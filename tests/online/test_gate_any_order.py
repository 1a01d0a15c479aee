"""The gate in any order of whatever people do. No enforcement is planned or carried out unless the gate was open then,
or a decision or a record of its own names what was missing; no child is settled without notice and outcome; and while
something is owed to a child, a clock of that child runs."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.actor import NotYours, System, acting
from access.time import now
from online.models import ChildrenCheck, Enforcement, GateOverride, KiratAssessment, LinkedChild, OnlineCase
from online.workflow import checks, children, enforcing
from online.workflow.gate import lacks
from online.workflow.kirat import assess, ratify
from sla.engine import sweep
from sla.models import Clock
from tests.conftest import MONDAY
from tests.online.gate_scenes import care_said, discussed, notice_from
from tests.online.scenes import as_it_is, assessed, check_of, child_of, level, level_of, plan
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEST = System("test")
OPEN = {"known", "noticed", "discussed"}


class Life:
    """What people may do with one case, whether or not it is the time for it."""

    def __init__(self, case, cast):
        self.key, self.cast, self.names = case.pk, cast, iter(f"Child {number}" for number in range(99))

    @property
    def case(self):
        return as_it_is(OnlineCase(pk=self.key))

    def _children(self, *states):
        with acting(TEST):
            found = LinkedChild.objects.filter(online_case=self.key, state__in=states)
            return list(found.order_by("known_at", "reference"))

    def _planned(self):
        with acting(TEST):
            return list(Enforcement.objects.filter(online_case=self.key, state="planned"))

    def learns(self):
        child_of(self.case, self.cast["rory"], next(self.names))

    def learns_from_long_ago(self):
        child_of(self.case, self.cast["rory"], next(self.names), known_at=now() - timedelta(days=2))

    def none_found(self):
        checks.no_child_found(check_of(self.case), by=self.cast["rory"], sources="Records", result="Nobody")

    def found(self):
        checks.children_found(check_of(self.case), by=self.cast["rory"], sources="Records", result="Some")

    def looks_again(self):
        checks.look_again_for_children(check_of(self.case), by=self.cast["rory"], because="A lodger")

    def notice(self):
        for child in self._children("known")[:1]:
            notice_from(child, self.cast["rory"])

    def discussion(self):
        for child in self._children("known", "noticed", "discussed", "settled")[-1:]:
            discussed(child, self.cast["sam"])

    def decides(self):
        for child in self._children("known", "noticed", "discussed")[:1]:
            children.care_decided(child, by=self.cast["iris"], said=care_said())

    def error(self):
        for child in self._children("known", "noticed", "settled")[:1]:
            children.no_child(child, by=self.cast["dina"], because="Next door")

    def speaks(self):
        for child in self._children("known", "noticed", "discussed")[:1]:
            said = {"who": "Sol Worker", "said": "Well", "at": now()}
            children.social_worker_spoken_to(child, by=self.cast["iris"], **said)

    def ratifies(self):
        ratify(level_of(self.case), by=self.cast["dina"], said="Agreed")

    def rises(self):
        assess(KiratAssessment(), by=self.cast["rory"], case=self.case, facts=level("very_high"))

    def overrides(self):
        enforcing.override_gate(GateOverride(), by=self.cast["delia"], case=self.case, because="He is with her")

    def sergeant_overrides(self):
        with suppress(NotYours):
            enforcing.override_gate(GateOverride(), by=self.cast["dina"], case=self.case, because="Me too")
            raise AssertionError("a sergeant went without the gate")

    def plans(self):
        case = self.case
        with acting(TEST):
            override = enforcing.unused_override(case)
        enforcing.plan_enforcement(Enforcement(), by=self.cast["dina"], case=case, facts=plan(), override=override)

    def carries_out(self, although=""):
        for each in self._planned():
            about = {"done_at": now(), "result": "Arrested", "children_seen": "yes", "devices": 1}
            enforcing.carry_out(each, by=self.cast["iris"], although=although, **about)

    def carries_out_all_the_same(self):
        self.carries_out("The door stood open")

    def happens(self):
        said = enforcing.DoneFacts(now(), "Arrested by others", "not_known", None, "Nobody asked us")
        about = {"case": self.case, "kind": "arrest", "child_plan": "With her mother", "welfare_plan": "Nurse"}
        enforcing.enforced_unplanned(Enforcement(), by=self.cast["iris"], said=said, **about)

    def calls_off(self):
        for each in self._planned():
            enforcing.call_off(each, by=self.cast["dina"], because="In hospital")


STEPS = [name for name in vars(Life) if not name.startswith("_") and name != "case"]


class Watched:
    """Remembers how the gate stood at each step, to hold it against what was planned or done."""

    def __init__(self, life):
        self.life, self.planned, self.done = life, set(), set()

    def look(self, before):
        """`before`: what was missing when the step was taken."""
        with acting(TEST):
            for each in Enforcement.objects.filter(online_case=self.life.key).select_related("override", "happened"):
                if each.pk not in self.planned:
                    self.planned.add(each.pk)
                    told = names(each.override, before) or names(each.happened, before)
                    assert not before or told, (each, before)
                if each.state == "done" and each.pk not in self.done:
                    self.done.add(each.pk)
                    told = names(each.override, before) or names(each.happened, before)
                    assert not before or told, (each, before)
            self._children()
            self._checks()

    def _children(self):
        for child in LinkedChild.objects.filter(online_case=self.life.key):
            running = set(Clock.running().filter(record=child.pk).values_list("deadline", flat=True))
            owed = child.state in OPEN or (child.state == "settled" and not child.discussed_at)
            assert bool(running) == owed, (child.state, running)
            assert ("OC8" in running) == (child.state == "known")
            assert ("OC9" in running) == bool(child.state != "in_error" and child.ppn_id and not child.discussed_at)
            assert child.state != "settled" or (child.ppn_id and child.outcome and child.outcome_from)

    def _checks(self):
        for check in ChildrenCheck.objects.filter(online_case=self.life.key):
            running = Clock.running().filter(record=check.pk).exists()
            assert running == (check.state == "due")
        for override in GateOverride.objects.filter(online_case=self.life.key):
            assert override.kind == "happened" or override.by == self.life.cast["delia"]
            assert Clock.running().filter(record=override.pk).exists() == (override.state == "owed")


def names(override, missing):
    return override is not None and {lack.words for lack in missing} <= set(override.missing.splitlines())


@FEW
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 30)), max_size=14))
def test_in_any_order_nothing_is_enforced_unseen_before_a_shut_gate(clock, cast, steps):
    clock.set(MONDAY)
    life = Life(assessed(cast["rory"]), cast)
    watched = Watched(life)
    for step, hours in [("ratifies", 0), *steps]:
        clock.shift(timedelta(hours=hours))
        sweep()
        before = lacks(life.case)
        with suppress(NotNow):
            getattr(life, step)()
        watched.look(before)
