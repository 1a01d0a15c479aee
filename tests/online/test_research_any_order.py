"""Research and levels, lived many times in any order: the time to act only ever comes nearer, the age is never reset,
and whatever is new is run again or still somebody's."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from access.actor import System, acting
from access.time import now
from online.models import CandidateAddress, KiratAssessment, NewInformation, Occupant
from online.workflow import kirat, occupants, research
from sla.models import Clock
from tests.online.research_scenes import at_an_end, heard, run_again
from tests.online.scenes import as_it_is, attributed, candidate_of, child_of, level, lives_there
from tests.workflow.lives import MODEST, Life
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
LOOKING = System("looking")
LEVELS = st.sampled_from(["very_high", "high", "medium", "low"])


class LifeOfLevels(Life):
    """The records are the levels of one case; people research it, learn of children and run KIRAT meanwhile."""

    people = ["rory", "iris", "dina", "delia"]

    @initialize()
    def an_attributed_case(self):
        self.case = attributed(self.cast["rory"])
        lives_there(self.case, self.cast["rory"])
        run_again(self.case, self.cast["rory"], "medium")
        self.act_by, self.known_since = as_it_is(self.case).act_by, as_it_is(self.case).known_since
        self.meet()

    def meet(self):
        """Whatever levels there are by now; what Longstop did to them counts as done."""
        with acting(LOOKING):
            self.records = list(KiratAssessment.objects.filter(online_case=self.case).order_by("reference"))
        for each in self.records:
            self.done[each.pk] = Step.of(each).count()

    def facts(self):
        return {
            kirat.ratify: [{"said": ""}, {"said": "Agreed"}],
            kirat.return_level: [{"said": "Ask her mother"}, {"said": " "}],
        }

    def may_be_refused(self, record, verb, who, facts):
        own = record.assessed_by == self.cast[who]
        return own or (verb is kirat.return_level and facts["said"] == " ")

    def attempt(self, record, verb, who, facts):
        super().attempt(record, verb, who, facts)
        self.meet()

    def _does(self, act):
        with suppress(NotNow):
            act()
        self.meet()

    @rule(to=LEVELS, who=st.sampled_from(["rory", "dina"]))
    def somebody_runs_kirat(self, to, who):
        self._does(lambda: run_again(self.case, self.cast[who], to))

    @rule()
    def something_is_new(self):
        self._does(lambda: heard(self.case, self.cast["iris"]))

    @rule()
    def a_child_is_learned_of(self):
        self._does(lambda: child_of(self.case, self.cast["rory"]))

    @rule(to=st.sampled_from(["work_known", "gone", "back"]))
    def somebody_there_is_asked_about(self, to):
        with acting(LOOKING):
            occupant = Occupant.objects.filter(online_case=self.case).first()
        work = {"works_with_children": "yes", "post": "Coach", "employer": "", "how": "His page"}
        acts = {
            "work_known": lambda: research.work_known(occupant, by=self.cast["rory"], **work),
            "gone": lambda: occupants.occupant_gone(occupant, by=self.cast["rory"], because="Moved"),
            "back": lambda: occupants.occupant_back(occupant, by=self.cast["rory"], because="Seen"),
        }
        self._does(acts[to])

    @rule(to=st.sampled_from(["out", "again", "attribute", "new"]))
    def an_address_changes(self, to):
        with acting(LOOKING):
            first = CandidateAddress.objects.filter(online_case=self.case).order_by("reference").first()
        because = {"by": self.cast["rory"], "because": "It is so"}
        acts = {
            "out": lambda: research.rule_out(first, **because),
            "again": lambda: research.candidate_again(first, **because),
            "attribute": lambda: research.attribute(first, **because),
            "new": lambda: candidate_of(self.case, self.cast["rory"], "9 Larch Rise, Vale"),
        }
        self._does(acts[to])

    @rule()
    def a_sergeant_gives_up(self):
        self._does(lambda: at_an_end(self.case, self.cast["dina"]))

    @rule(days=st.integers(0, 4))
    def days_pass(self, days):
        self.clock.shift(timedelta(days=days))

    @invariant()
    def the_time_to_act_only_comes_nearer_and_the_age_is_never_reset(self):
        if not self.records:
            return
        case = as_it_is(self.case)
        assert case.act_by <= self.act_by
        assert case.known_since == self.known_since
        self.act_by = case.act_by
        assert Clock.running().get(record=case.pk, deadline="OC4").due_at == case.act_by

    @invariant()
    def one_level_waits_at_most_and_the_last_one_is_the_case_s(self):
        if not self.records:
            return
        with acting(LOOKING):
            last = KiratAssessment.objects.filter(online_case=self.case).order_by("-assessed_at", "-reference").first()
            waits = KiratAssessment.objects.filter(online_case=self.case, state="set").count()
        assert last.level == as_it_is(self.case).kirat
        assert waits == int(last.state == "set")
        assert Clock.running().filter(deadline="OC3R").count() == waits

    @invariant()
    def whatever_is_new_waits_with_a_clock_or_was_taken_up(self):
        with acting(LOOKING):
            for info in NewInformation.objects.all():
                waits = info.state == "waiting"
                assert waits == Clock.running().filter(record=info.pk, deadline="OC10").exists()
                assert waits or info.taken_up_in.assessed_at >= info.recorded_at

    @invariant()
    def somebody_is_always_told_next(self):
        if self.records:
            assert Clock.running().filter(record=self.case.pk).exists()


def test_levels_in_any_order(clock, cast):
    LifeOfLevels.clock, LifeOfLevels.cast = clock, cast
    run_state_machine_as_test(LifeOfLevels, settings=MODEST)


def test_the_facts_of_a_run_are_whole(cast, clock):
    case = attributed(cast["rory"])
    lives_there(case, cast["rory"])
    for left_out in ("version", "previous_behaviour", "access_to_children", "current_behaviour", "other_factors"):
        with pytest.raises(NotNow, match="Say"):
            kirat.assess(KiratAssessment(), by=cast["rory"], case=case, facts=level(**{left_out: " "}))
    assert now() == clock.at
