"""Where the parts meet: a new sample for a re-test, a course for what was found, the plan, the way to where it was."""

from datetime import timedelta
from uuid import uuid4

import pytest

from access.actor import acting
from quality import sampling_figures
from quality.codes import Source
from quality.figures import drawn_up
from quality.improvement_plan import plan_of
from quality.models import Retest, Review, Sample, TrainingNeed
from quality.sources import PAGES, pages_of
from quality.workflow import learning
from quality.workflow.training import decline_training
from sla.policy import DEADLINES
from tests.quality import improvement_scenes
from tests.quality.learning_scenes import done, given, theme_of
from tests.quality.sampling_scenes import (
    calls_in_february,
    drawn_of,
    every,
    filed_in_february,
    reviewed,
    reviews_of,
    seen_blind,
    the,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(clock, callie):
    calls_in_february(clock, callie)
    return reviews_of(drawn_of("call_review")[0])[0]


def test_a_retest_draws_from_the_work_itself_and_somebody_reviews_it(clock, cast, quinn, connie, reva):
    filed_in_february(clock, cast["olly"], cast["cora"], cast["sam"])
    action = done(quinn, connie)
    retest = learning.draw_retest(Retest(), by=reva, action=action)
    drawn = the(Sample, pk=retest.sample)
    assert (drawn.reference, drawn.kind, drawn.theme) == (retest.sample_reference, "thematic", action.theme)
    assert drawn.because == f"Re-test of {action.reference}"
    assert reviews_of(drawn)[0].reviewer == reva


def test_what_was_found_is_answered_by_a_course_that_is_proposed_when_the_feedback_is_sent(review, reva, callie, sam):
    themes = [theme_of(), theme_of("Child not asked about"), theme_of("Caller not told of a delay")]
    reviewed(review, reva, themes=themes)
    assert every(TrainingNeed) == []
    told(review, reva)
    needs = every(TrainingNeed)
    assert {(need.person, need.theme.name, need.state) for need in needs} == {
        (callie, "Child not asked about", "proposed"),
        (callie, "Voice of the child", "proposed"),
    }
    assert sorted(need.course.name for need in needs) == ["MASH refresher", "Voice of the child"]
    assert not any("how old" in need.because for need in needs)
    with acting(sam):
        assert not TrainingNeed.objects.exists()


def test_a_course_is_not_proposed_twice_and_may_be_declined(clock, callie, reva):
    calls_in_february(clock, callie)
    first, second = reviews_of(drawn_of("call_review")[0])
    for each in (first, second):
        told(reviewed(each, reva), reva)
    needs = every(TrainingNeed)
    assert len(needs) == len({need.course_id for need in needs})
    with acting(callie):
        assert decline_training(needs[0], by=callie, because="Taken elsewhere").state == "declined"


def test_from_a_theme_the_way_leads_to_the_review_it_was_found_in_for_those_who_may_see_it(review, reva, olly):
    review = reviewed(review, reva)
    found = [(Source.CALL_REVIEW.value, review.pk)]
    with acting(reva):
        assert pages_of(found) == {review.pk: review.get_absolute_url()}
    with acting(olly):
        assert pages_of(found) == {}


def test_every_source_of_themes_has_its_pages():
    assert set(PAGES) == {source.value for source in Source}
    assert {PAGES[source] for source in ("call_review", "dip_sample", "thematic")} == {Review}


def test_learning_actions_stand_in_the_plan_beside_those_of_a_recommendation(clock, cast, quinn, connie):
    with acting(quinn):
        assert plan_of(clock.at) == []
    action = given(quinn, connie)
    improvement_scenes.of_each(cast)
    with acting(quinn):
        plan = {group.owner: [row.reference for row in group.rows] for group in plan_of(clock.at)}
        assert action.reference in plan[str(connie)]
        assert sum(len(rows) for rows in plan.values()) > 1
    later = clock.at - timedelta(days=2)
    with acting(quinn):
        assert action.reference not in [row.reference for group in plan_of(later) for row in group.rows]


def test_a_report_counts_what_was_reviewed_and_where_a_second_look_agreed(clock, cast, reva):
    filed_in_february(clock, cast["olly"], cast["cora"], cast["sam"])
    seen_blind(reviews_of(drawn_of("dip_sample")[0])[0], reva, grade="blue")
    begins, ends = clock.at - timedelta(days=1), clock.at + timedelta(days=1)
    labels = [figure.label for figure in _made(reva, begins, ends)]
    shown = {row["label"]: (row["numerator"], row["denominator"]) for row in drawn_up(begins, ends, clock.at)}
    assert [shown[label] for label in labels] == [(0, 1), (0, 1)]


def _made(who, begins, ends):
    with acting(who):
        return list(sampling_figures.samples(begins, ends))


@pytest.mark.parametrize("model", sorted({each.model for each in DEADLINES.values()}, key=str))
def test_whoever_is_told_of_a_clock_finds_its_record_by_its_key_alone(model):
    assert model(pk=uuid4()).get_absolute_url()
