"""The life of a missing episode, lived many times by a response sergeant and a superintendent in any order: whatever
they do, somebody holds it, somebody looks at it again, and nobody's doing nothing goes unseen.

The long run, five hundred lives of fifty steps: LONGSTOP_LONG=1 make test PYTEST_ARGS="-n 0 THIS_FILE"
"""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from access.actor import NotYours, System, acting
from access.time import now
from accounts.duty import Duty
from cohort.codes import Risk
from missing import workflow
from missing.codes import ENDED, MISSING, NOT_ATTENDED, OPEN, State
from missing.models import Episode, InterviewRequest, MissingNotice, PlanAction
from missing.workflow import notices
from sla.models import Clock
from sla.policy import DEADLINES
from strategy.models import StrategyMeeting
from tests.conftest import hours, minutes
from tests.missing import returns
from tests.missing.every_clock import about
from tests.missing.scenes import ASKED, EVERYTHING, a_child, a_plan, heard, reported
from tests.stories import away
from tests.strategy.meetings import asked
from tests.workflow.lives import LENGTHS, MODEST, PLACES, Life
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
LONG = settings(MODEST, max_examples=500, stateful_step_count=50)
QUICK = settings(MODEST, max_examples=20, stateful_step_count=25)
TEST = System("looking")
CHANCES = st.sampled_from(["medium", "high", "not_known"])
WHILE_MISSING = {"MC5", "MC6", "MC7", "MC8", "MC10"}
LOW = [Risk.LOW, Risk.VERY_LOW]
OF_THE_SEARCH = {f"MC{number}" for number in range(11)} | {"MC6S"}
SAYS_YES = [type(each)(each.question, "yes", each.source) for each in ASKED if each.question == "exploitation"]


class LifeOfAnEpisode(Life):
    people = ["rosa", "sue"]

    @initialize(risk=CHANCES, late=LENGTHS)
    def report(self, risk, late):
        at = now() - timedelta(minutes=late)
        child = a_child(self.cast["rosa"], f"Child{len(self.records)} Example")
        self.begin(reported(self.cast["rosa"], child, risk=risk, reported_at=at))

    @rule(risk=CHANCES)
    def another_is_reported(self, risk):
        if len(self.records) < 2:
            self.report(risk, 0)

    @rule()
    def the_first_child_is_missing_again(self):
        first = self.now(self.records[0])
        if not looked(Episode, person=first.person_id, state__in=MISSING) and len(self.records) < 3:
            self.begin(reported(self.cast["rosa"], first.person))

    def facts(self):
        why = {"because": "As it is now"}
        each_risk = [{**why, "risk": risk} for risk in Risk.values]
        look = [{"said": "All of it", "next_review_at": now() + hours(length)} for length in (1, 30)]
        return {
            workflow.grade: [{**each, "next_review_at": now() + hours(2)} for each in each_risk],
            workflow.reassess: [
                {"caller_reached": "no", "what_changed": "Nothing", "decision": "Wait", "risk": risk}
                for risk in Risk.values
            ],
            workflow.attend: [{}],
            workflow.assess: [{**each, "answers": EVERYTHING} for each in each_risk],
            workflow.ratify: [
                {**each, "plan": a_plan(self.cast["olly"]), "next_review_at": now() + hours(3)} for each in each_risk
            ],
            workflow.raise_risk: each_risk,
            workflow.lower_risk: each_risk,
            workflow.know_more: [{"answers": ASKED}, {"answers": SAYS_YES}],
            workflow.log_enquiry: [
                {"type": kind, "result": "Not there", "at": now() - minutes(ago)}
                for kind in ("visit", "admin")
                for ago in (0, 30, 300)
            ],
            workflow.review: look,
            workflow.inspector_review: look,
            workflow.long_review: look,
            workflow.missing_for_long: look,
            workflow.tell_ukmpu: [{"reference": "UK-1"}],
            workflow.decide_daily: [
                {"decision": "Search"},
                {"decision": "Search", "what": "Dogs", "owner": self.cast["olly"], "due_at": now() + hours(1)},
            ],
            workflow.pass_on: [{**why, "to": self.cast[who]} for who in ("rosa", "rashid")],
            workflow.no_meeting: [why],
            workflow.offer_transfer: [{**why, "to": "Wessmoor Police"}],
            workflow.transfer_refused: [{**why, "who": "Insp Other"}],
            workflow.transfer_accepted: [{"who": "Insp Other", "reference": "WM 1"}],
            workflow.recorded_in_error: [why],
            workflow.found: [
                {"found_at": now() - minutes(ago), "where": "Home", "found_by": "returned", "how": "Rang", "harm": harm}
                for ago in (0, 90)
                for harm in (["none"], ["not_known"], ["crime"])
            ],
            workflow.interview: [{"heard": heard()}, {"heard": heard(exploitation="yes")}],
            workflow.let_nobody_see: [why],
            workflow.close: [{"no_ppn_because": "The notice of yesterday says it"}],
        }

    def attempt(self, record, verb, who, facts):
        """Who may, where it can be done, may still be refused: something is in the way. Then nothing has happened."""
        by = self.cast[who]
        allowed = by.can(verb.may) and verb.open_from(record.state)
        before = running(record)
        try:
            with transaction.atomic():
                after = verb(record, by=by, **facts)
        except (NotNow, NotYours):
            assert (self.now(record).state, running(record)) == (record.state, before)
            return
        assert allowed
        assert after.state in (verb.states_after() or (record.state,))
        self.done[record.pk] += 1
        self.nothing_went_away(before, record, verb)

    def nothing_went_away(self, before, record, verb):
        """What goes on is due no later; what ended was ended by this, and whatever begins anew was not there."""
        after = running(record)
        for code, (clock, due) in before.items():
            if code in after and after[code][0] == clock:
                assert after[code][1] <= due
            else:
                assert Clock.objects.get(pk=clock).stopped_by == verb.name

    @rule(place=PLACES)
    def most_of_all_they_get_on_with_it(self, place):
        """Nothing comes to its end by luck alone."""
        record = self.now(self.records[place % len(self.records)])
        steps = {
            State.REPORTED: workflow.grade,
            State.AWAITING: workflow.attend,
            State.ATTENDED: workflow.ratify if record.assessed_at else workflow.assess,
            State.INVESTIGATING: workflow.found,
            State.LONG_TERM: workflow.found,
            State.FOUND: workflow.interview,
            State.INTERVIEWED: workflow.close,
        }
        if verb := steps.get(record.state):
            for who in self.people:
                if self.now(record).state == record.state and self.cast[who].can(verb.may):
                    self.attempt(self.now(record), verb, who, self.facts()[verb][place % len(self.facts()[verb])])

    @rule(place=PLACES)
    def the_agencies_are_asked_to_meet(self, place):
        record = self.now(self.records[place % len(self.records)])
        if record.state not in ENDED:
            asked(self.cast["sue"], about=about(record))

    @rule()
    def a_sergeant_goes_on_leave(self):
        away(self.cast["rosa"], days=1, cover=self.cast["rashid"])

    @rule()
    def an_action_is_done(self):
        for action in looked(PlanAction, state="open")[:1]:
            workflow.action_done(action, by=self.cast["rosa"], how="Nobody there")

    @rule(place=PLACES)
    def what_a_return_asks_for_is_done(self, place):
        record = self.now(self.records[place % len(self.records)])
        if record.state == State.INTERVIEWED:
            for notice in looked(MissingNotice, episode=record, state="to_send"):
                notices.not_sent(notice, by=self.cast["rosa"], because="Told by telephone")
            if not looked(InterviewRequest, episode=record):
                returns.asked(self.cast["maya"], record)
            self.attempt(self.now(record), workflow.close, "rosa", {"no_ppn_because": "The notice of yesterday"})

    @rule()
    def a_return_interview_comes_and_is_read(self):
        for request in looked(InterviewRequest, state="requested")[:1]:
            episode = self.now(request.episode)
            returns.read(returns.came(request, self.cast["maya"]), self.cast["maya"])
            self.done[episode.pk] += episode.state == State.CLOSED

    @invariant()
    def whoever_is_open_is_held_by_somebody_who_is_there_or_whose_cover_is(self):
        duty = Duty(now())
        for episode in looked(Episode, state__in=OPEN):
            assert duty.standing_in_for(episode.owner_id)

    @invariant()
    def a_missing_child_is_looked_at_again_and_nothing_done_is_seen(self):
        for episode in looked(Episode, state__in=MISSING):
            due = {code: moment for code, (_, moment) in running(episode).items()}
            expected = set(WHILE_MISSING)
            expected |= {"MC0"} if episode.state == State.REPORTED else set()
            expected |= {"MC1", "MC2"} if episode.state in NOT_ATTENDED else set()
            expected |= {"MC3"} if episode.first_enquiry_at is None else set()
            expected |= {"MC4"} if episode.state == State.ATTENDED and episode.assessed_at else set()
            expected |= {"MC9"} if episode.ukmpu_told_at is None else set()
            expected |= {"MC6S"} if episode.risk not in LOW else set()
            assert expected <= set(due)
            assert set(due) & OF_THE_SEARCH <= expected | {"MC6S"}
            assert due["MC6"] <= episode.next_review_at
            assert episode.due_at == min(moment for code, moment in due.items() if DEADLINES[code].publishes)

    @invariant()
    def nobody_is_searched_for_who_is_not_missing(self):
        for record in self.records:
            episode = self.now(record)
            if episode.state not in MISSING:
                assert not set(running(episode)) & OF_THE_SEARCH
        assert not [each for each in looked(PlanAction, state="open") if self.now(each.episode).state not in MISSING]

    @invariant()
    def whether_the_agencies_meet_is_open_exactly_until_somebody_decides(self):
        for record in self.records:
            episode = self.now(record)
            asks, answered = episode.needs_meeting_at, episode.no_meeting_at
            is_open = asks and not (answered and answered >= asks)
            is_open = is_open and episode.state not in (State.TRANSFERRED, State.IN_ERROR)
            is_open = is_open and not looked(StrategyMeeting, about=episode.pk)
            assert ("MC11" in running(episode)) == bool(is_open)
            if is_open:
                assert running(episode)["MC11"][1] == asks + hours(4)

    @invariant()
    def nobody_ratifies_their_own(self):
        for episode in looked(Episode):
            assert episode.ratified_by_id is None or episode.ratified_by_id != episode.assessed_by_id

    @invariant()
    def a_child_who_was_found_is_heard_and_the_return_interview_is_asked_for(self):
        for record in self.records:
            episode = self.now(record)
            clocks = set(running(episode))
            assert ("MC13" in clocks) == (episode.state == State.FOUND)
            assert ("MCC" in clocks) == (episode.state == State.INTERVIEWED)
            assert ("MC15" in clocks) == (bool(episode.found_at) and not looked(InterviewRequest, episode=episode))


def looked(model, **which):
    with acting(TEST):
        return list(model.objects.filter(**which).order_by("pk"))


def running(record):
    rows = Clock.running().filter(record=record.pk).values_list("deadline", "pk", "due_at")
    return {code: (key, due) for code, key, due in rows}


def test_the_life_of_an_episode(clock, cast):
    LifeOfAnEpisode.clock, LifeOfAnEpisode.cast = clock, cast
    run_state_machine_as_test(LifeOfAnEpisode, settings=LONG if os.environ.get("LONGSTOP_LONG") else QUICK)
