"""What is found, what is to change because of it and whether it held, lived many times in any order."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from access.actor import System, acting
from quality.learning_counts import found_twice
from quality.models import LearningAction, Retest
from quality.workflow import learning
from sla.models import Clock
from tests.quality.learning_scenes import drawn, found, given, theme_of
from tests.workflow.lives import MODEST, Life
from workflow.models import Step

pytestmark = pytest.mark.django_db
LOOKING = System("looking")
CLOCKS = {"open": {"GV5L"}, "done": {"Q7"}}


class LifeOfATheme(Life):
    """The records are the actions because of one theme, and their re-tests."""

    people = ["quinn", "reva", "chidi"]

    @initialize()
    def begin_with_one(self):
        given(self.cast["quinn"], self.cast["chidi"])
        self.meet()

    def meet(self):
        """Whatever came by itself joins the records; what it brought with it counts as done."""
        with acting(LOOKING):
            self.records = [*LearningAction.objects.order_by("reference"), *Retest.objects.order_by("reference")]
        for record in self.records:
            self.done[record.pk] = Step.of(record).count()

    def facts(self):
        judged = {"looked_at": 10, "result": "Looked at ten"}
        follows = learning.Next("A prompt on the screen", self.cast["chidi"])
        return {
            learning.action_done: [{"evidence": "Briefed"}, {"evidence": " "}],
            learning.pass_action: [{"owner": self.cast["reva"], "because": "She briefs them"}],
            learning.learning_not_needed: [{"because": "Opened twice"}],
            learning.judge_retest: [
                {**judged, "found": 0, "held": True, "follows": learning.Next()},
                {**judged, "found": 4, "held": False, "follows": follows},
                {**judged, "found": 4, "held": False, "follows": learning.Next()},
            ],
        }

    def may_be_refused(self, record, verb, who, facts):
        by = self.cast[who].pk
        if verb is learning.action_done:
            return record.owner_id != by or facts["evidence"] == " "
        if verb is learning.judge_retest:
            with acting(LOOKING):
                did = {record.action.owner_id, record.action.done_by_id}
            return by in did or (not facts["held"] and not facts["follows"].what)
        return False

    def attempt(self, record, verb, who, facts):
        super().attempt(record, verb, who, facts)
        self.meet()

    @rule()
    def it_is_found(self):
        found(self.cast["reva"])

    @rule()
    def another_action_is_opened(self):
        if len(self.records) < 8:
            given(self.cast["quinn"], self.cast["chidi"])
            self.meet()

    @rule()
    def a_new_sample_is_drawn(self):
        for record in self.records:
            about = self.now(record)
            with acting(LOOKING):
                waits = about.state == "done" and not Retest.objects.filter(action=about).exists()
            if waits:
                others = [
                    who for who in ("quinn", "reva") if self.cast[who].pk not in (about.owner_id, about.done_by_id)
                ]
                drawn(self.cast[others[0]], about)
        self.meet()

    @rule()
    def a_long_time_passes(self):
        self.clock.shift(timedelta(days=40))

    @invariant()
    def each_action_has_the_clock_of_its_state(self):
        for record in self.records:
            if isinstance(record, LearningAction):
                running = set(Clock.running().filter(record=record.pk).values_list("deadline", flat=True))
                assert running == CLOCKS.get(self.now(record).state, set())

    @invariant()
    def found_twice_with_nothing_done_runs_on_a_clock_and_on_none_while_somebody_is_at_it(self):
        theme = theme_of()
        running = Clock.running().filter(deadline="QB1", record=theme.pk).exists()
        with acting(LOOKING):
            assert running or not found_twice(self.clock.at)
            assert not running or not LearningAction.objects.filter(theme=theme, state__in=["open", "done"]).exists()

    @invariant()
    def what_did_not_hold_is_followed(self):
        with acting(LOOKING):
            for action in LearningAction.objects.filter(state="not_held"):
                assert LearningAction.objects.filter(follows=action).exists()


def test_a_life(clock, cast):
    LifeOfATheme.clock, LifeOfATheme.cast = clock, cast
    run_state_machine_as_test(LifeOfATheme, settings=settings(MODEST, max_examples=20, stateful_step_count=20))
