"""A notice that is looked at a second time, lived many times by a reviewer, the quality lead, the co-ordinator and
their sergeant in any order. And what two do at the same moment."""

import pytest
from hypothesis import settings
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from access.actor import NotYours, System, acting
from cases.models import Case
from quality.models import Feedback, Review, Sample, SecondLook
from quality.workflow import feedback as telling
from quality.workflow import reviews
from quality.workflow.monthly import draw_due
from quality.workflow.samples import draw
from sla.models import Clock
from tests.ppn.scenes import filed, ready
from tests.quality.sampling_scenes import (
    SEEN_BLIND,
    as_it_is,
    calls_in_february,
    drawn_of,
    every,
    reviewed,
    reviews_of,
    well_marked,
)
from tests.sla.made import at_once
from tests.workflow.lives import MODEST, PLACES, Life

IN_THE_DATABASE = pytest.mark.django_db
BECAUSE = {"because": "Known to me"}
OPEN = "to_review"


class LifeOfAReview(Life):
    people = ["reva", "quinn", "cora", "sam"]

    @initialize()
    def a_notice_is_filed_and_drawn(self):
        self.ppn = filed(ready(self.cast["olly"], self.cast["cora"], self.cast["sam"]), self.cast["sam"])
        self.drawn = draw("dip_sample", by=self.cast["quinn"], because="To see")
        self.begin(reviews_of(self.drawn)[0])

    def facts(self):
        marks = well_marked("dip_sample")
        words = {"marks": marks, "strengths": "Quick", "to_improve": "Ask more", "themes": []}
        return {
            reviews.look_again_blind: [SEEN_BLIND, {**SEEN_BLIND, "grade": "purple"}],
            reviews.finish_review: [{**words, "grade": "inadequate"}, {**words, "grade": "splendid"}],
            reviews.hand_back: [BECAUSE],
            reviews.give_review: [{"to": self.cast[name], **BECAUSE} for name in ("reva", "quinn", "cora")],
            reviews.leave_out: [BECAUSE],
        }

    def may_be_refused(self, record, verb, who, facts):
        said = bool(every_look(record))
        theirs = record.reviewer_id == self.cast[who].pk
        if verb is reviews.give_review:
            to = facts["to"]
            return said or to == self.cast["cora"] or to.pk in [record.reviewer_id, *record.handed_back_by]
        if verb is reviews.hand_back:
            return not theirs or said
        if verb is reviews.look_again_blind:
            return not theirs or said or facts["grade"] == "purple"
        if verb is reviews.finish_review:
            return not theirs or not said or facts["grade"] == "splendid"
        return False

    def attempt(self, record, verb, who, facts):
        """Whoever does not review it does not find it, unless they lead."""
        if who == "reva" and record.reviewer_id != self.cast[who].pk:
            with pytest.raises((Review.DoesNotExist, NotYours)):
                verb(record, by=self.cast[who], **facts)
            return
        super().attempt(record, verb, who, facts)

    @rule(place=PLACES)
    def the_feedback_goes_on(self, place):
        with acting(System("looking")):
            told = Feedback.objects.select_related("written_by", "officer").first()
        if told and told.state == "written":
            telling.send_feedback(told, by=told.written_by, to_supervisor=bool(place % 2))
            self.done[told.review_id] += 1
        elif told and told.state == "sent":
            telling.acknowledge_feedback(told, by=told.officer, reply="")
            self.done[told.review_id] += 1

    @invariant()
    def the_case_is_withheld_exactly_while_somebody_looks_at_it_blind(self):
        for review in map(self.now, self.records):
            blind = review.state == OPEN and not every_look(review)
            for name in ("reva", "quinn"):
                with acting(self.cast[name]):
                    hidden = not Case.objects.filter(pk=self.ppn.case_id).exists()
                assert hidden == (blind and review.reviewer_id == self.cast[name].pk)

    @invariant()
    def a_sample_is_done_exactly_when_nothing_is_left_of_it(self):
        if self.records:
            left = any(each.state == OPEN for each in map(self.now, self.records))
            assert as_it_is(self.drawn).state == ("drawn" if left else "done")
            running = Clock.running().filter(record=self.drawn.pk, deadline="Q2")
            assert running.exists() == left

    @invariant()
    def whoever_decided_it_never_reviews_it_and_what_was_reviewed_has_words(self):
        for review in map(self.now, self.records):
            assert review.reviewer_id != review.author_id
            with acting(System("looking")):
                told = Feedback.objects.filter(review=review).first()
            assert (told is not None) == (review.state in ("reviewed", "feedback_sent", "acknowledged"))
            assert told is None or (told.state, review.state) in {
                ("written", "reviewed"),
                ("sent", "feedback_sent"),
                ("acknowledged", "acknowledged"),
            }


def every_look(review):
    with acting(System("looking")):
        return list(SecondLook.objects.filter(review=review))


@IN_THE_DATABASE
def test_the_life_of_a_review(clock, cast):
    LifeOfAReview.clock, LifeOfAReview.cast = clock, cast
    run_state_machine_as_test(LifeOfAReview, settings=settings(MODEST, max_examples=15, stateful_step_count=20))


AT_ONCE = pytest.mark.django_db(transaction=True)


@AT_ONCE
def test_of_two_who_draw_a_month_at_once_one_draws_it(clock, callie, quinn):
    calls_in_february(clock, callie)
    assert sorted(at_once(draw_due, draw_due)) == [0, 1]
    assert len(every(Sample)) == 1


@AT_ONCE
def test_two_last_reviews_at_once_do_not_miss_each_other(clock, callie, reva):
    calls_in_february(clock, callie)
    (drawn,) = drawn_of("call_review")
    first, last = reviews_of(drawn)
    done = at_once(lambda: reviewed(first, reva), lambda: reviewed(last, reva))
    assert {each.state for each in done} == {"reviewed"}
    assert as_it_is(drawn).state == "done"


@AT_ONCE
def test_a_review_is_handed_back_or_entered_and_never_both(clock, olly, cora, sam, reva):
    filed(ready(olly, cora, sam), sam)
    clock.set(clock.at.replace(month=4))
    (review,) = reviews_of(drawn_of("dip_sample")[0])
    done = at_once(
        lambda: reviews.hand_back(review, by=reva, **BECAUSE),
        lambda: reviews.look_again_blind(review, by=reva, **SEEN_BLIND),
    )
    assert sum(isinstance(each, Exception) for each in done) == 1
    assert bool(every_look(review)) == (as_it_is(review).reviewer == reva)
