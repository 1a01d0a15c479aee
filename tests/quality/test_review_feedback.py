"""A review ends in marks and words, and the words are between three people."""

from datetime import timedelta

import pytest
from django.urls import reverse

from access.actor import NotYours, System, acting, signed
from access.roles import Can
from access.time import now
from accounts.models import Posting
from cases.picture import PICTURE
from cases.searching import ELSEWHERE
from cases.workflow.cases import restrict
from quality.models import Feedback, Mark, Review, ThemeNote
from quality.sampling_home import needs_me
from quality.workflow.feedback import send_feedback
from quality.workflow.reviews import Marked, finish_review, give_review, hand_back, leave_out
from tests.ppn.scenes import fresh
from tests.quality.sampling_scenes import (
    answered,
    as_it_is,
    calls_in_february,
    drawn_of,
    every,
    filed_in_february,
    reviewed,
    reviews_of,
    seen_blind,
    the,
    theme,
    told,
    well_marked,
)
from tests.strategy.test_pages import text
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
SECRETS = ("Asked who else was there", "Ask how old the child is", "I will ask", "She did not ask for the child's age")


@pytest.fixture
def review(clock, callie):
    calls_in_february(clock, callie)
    (drawn,) = drawn_of("call_review")
    return reviews_of(drawn)[0]


def marked_down(review, reva, **said):
    low = Marked(1, "She did not ask for the child's age")
    return reviewed(review, reva, marks=well_marked("call_review", child_asked=low), **said)


def test_a_review_keeps_marks_a_grade_and_themes_and_gives_words_to_its_author(review, reva, callie, quinn):
    review = marked_down(review, reva)
    assert (review.state, review.grade) == ("reviewed", "requires_improvement")
    feedback = the(Feedback, review=review)
    assert (feedback.officer, feedback.written_by, feedback.team.name) == (callie, reva, "Control room")
    assert the(Mark, review=review, criterion="child_asked").score == 1
    with acting(quinn):
        note = ThemeNote.objects.get(theme=theme())
        assert (note.record, note.reference, note.source) == (review.pk, review.reference, "call_review")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"grade": "splendid"}, "Choose a grade"),
        ({"strengths": " "}, "what was good"),
        ({"to_improve": ""}, "what could be better"),
        ({"marks": {}}, "choose 0 to 3"),
        ({"marks": well_marked("call_review", grade=Marked(4))}, "The grade fits what was known: choose 0 to 3"),
        ({"marks": well_marked("call_review", grade=Marked(0))}, "say why it is 0"),
    ],
)
def test_a_review_is_not_half_done(review, reva, wrong, says):
    with pytest.raises(NotNow, match=says):
        reviewed(review, reva, **wrong)
    assert as_it_is(review).state == "to_review"


def test_what_does_not_apply_needs_no_mark_and_a_good_one_nothing_to_improve(review, reva):
    marks = well_marked("call_review", delay_told=Marked(None))
    assert reviewed(review, reva, grade="good", to_improve="", marks=marks).state == "reviewed"


def test_somebody_else_neither_finishes_nor_hands_back_nor_sends_it(review, reva, quinn, callie):
    for verb in (lambda: reviewed(review, quinn), lambda: hand_back(review, by=quinn, because="Busy")):
        with pytest.raises(NotNow, match="Somebody else reviews it"):
            verb()
    with pytest.raises(NotYours):
        finish_review(review, by=callie, marks={}, grade="good", strengths="x", to_improve="")
    feedback = the(Feedback, review=reviewed(review, reva))
    with pytest.raises(Feedback.DoesNotExist):
        send_feedback(feedback, by=quinn, to_supervisor=True)


def test_the_lead_gives_it_to_somebody_else_or_leaves_it_out_with_a_reason(review, quinn, reva):
    with pytest.raises(NotNow, match="why somebody else"):
        give_review(review, by=quinn, to=quinn, because=" ")
    assert give_review(review, by=quinn, to=quinn, because="Reva is on a course").reviewer == quinn
    with pytest.raises(NotNow, match="has it already"):
        give_review(review, by=quinn, to=quinn, because="Again")
    with pytest.raises(NotNow, match="why it is left out"):
        leave_out(review, by=quinn, because="")
    with pytest.raises(NotYours):
        leave_out(review, by=reva, because="Hard")
    assert leave_out(review, by=quinn, because="The recording is gone").state == "left_out"
    assert as_it_is(review.sample).state == "drawn"


def test_a_sample_is_done_with_its_last_review(review, reva, quinn, clock):
    first, last = reviews_of(review.sample)
    reviewed(first, reva)
    assert as_it_is(review.sample).state == "drawn"
    leave_out(last, by=quinn, because="The recording is gone")
    assert (as_it_is(review.sample).state, as_it_is(review.sample).done_at) == ("done", clock.at)


def test_the_officer_reads_it_and_answers_and_nobody_answers_for_them(review, reva, callie, connie, quinn):
    feedback = told(reviewed(review, reva), reva)
    assert (feedback.supervisor, as_it_is(review).state) == (connie, "feedback_sent")
    with pytest.raises(NotNow, match="theirs to acknowledge"):
        answered(feedback, connie)
    with pytest.raises(Feedback.DoesNotExist):
        answered(feedback, quinn)
    assert answered(feedback, callie).reply == "I will ask"
    assert as_it_is(review).state == "acknowledged"


def test_it_may_stay_between_two(review, reva, connie):
    feedback = told(reviewed(review, reva), reva, to_supervisor=False)
    assert feedback.supervisor is None
    with acting(connie):
        assert not Feedback.objects.exists()


READS = {"callie", "connie", "reva"}


def test_nobody_else_of_any_rank_reads_a_word_of_it_on_any_page_list_home_or_timeline(client, cast, review):
    """The whole cast: before it is sent the writer alone; then the officer and the supervisor they had."""
    review = marked_down(review, cast["reva"])
    feedback = the(Feedback, review=review)
    assert {name for name, person in cast.items() if _sees(person, feedback)} == {"reva"}
    feedback = answered(told(review, cast["reva"]), cast["callie"])
    assert {name for name, person in cast.items() if _sees(person, feedback)} == READS
    for name in set(cast) - READS:
        shown = _everything_of_quality(client, cast[name], feedback)
        assert not [each for each in SECRETS if each in shown], name


def _everything_of_quality(client, person, feedback):
    """What the pages about quality and their share of the home page show this person."""
    client.force_login(person)
    review = feedback.review
    assert client.get(feedback.get_absolute_url()).status_code == 404
    urls = [reverse("quality-my-feedback")]
    if Can.SEE_QUALITY in person.acts():
        urls += [reverse("quality-register"), review.sample.get_absolute_url(), reverse("quality-sampling")]
    if Can.REVIEW_QUALITY in person.acts():
        urls += [review.get_absolute_url(), reverse("quality-my-reviews")]
    with acting(person):
        assert not Mark.objects.filter(review=review).exists()
        at_home = str(list(needs_me(person, person.acts(), now())))
    return at_home + " ".join(text(client.get(url)) for url in urls)


def test_no_word_of_it_is_kept_in_the_steps_that_timelines_show(review, reva, callie):
    answered(told(marked_down(review, reva), reva), callie)
    kept = " ".join(str(step.facts) for step in Step.objects.all())
    assert not [each for each in SECRETS if each in kept]


def test_neither_a_search_nor_the_picture_of_anybody_reads_feedback():
    readers = [*ELSEWHERE.values(), *PICTURE.sources]
    assert not [each for each in readers if each.__module__.startswith("quality")]
    assert not [kind for kind in ELSEWHERE if kind.startswith("quality")]


def test_the_lead_sees_that_it_was_sent_and_read_and_not_what_it_says(client, review, reva, callie, quinn):
    review = marked_down(review, reva)
    answered(told(review, reva), callie)
    client.force_login(quinn)
    page = text(client.get(review.get_absolute_url()))
    assert "Feedback acknowledged" in page
    assert "Requires improvement" in page
    assert not [each for each in SECRETS if each in page]


def test_feedback_on_a_case_that_is_restricted_is_for_those_who_may_see_it(clock, olly, cora, sam, reva, ines):
    ppn = filed_in_february(clock, olly, cora, sam)
    (review,) = reviews_of(drawn_of("dip_sample")[0])
    feedback = told(reviewed(seen_blind(review, reva), reva, marks=well_marked("dip_sample")), reva)
    assert feedback.supervisor == sam
    restrict(fresh(ppn).case, by=ines, people=[ines, sam], because="A parent works for the force")
    readers = {each for each in (cora, sam, reva) if _sees(each, feedback)}
    assert readers == {sam}


def _sees(who, feedback):
    with acting(who):
        return Feedback.objects.filter(pk=feedback.pk).exists()


def test_the_supervisor_is_who_led_them_then_and_not_who_does_now(clock, review, reva, connie, dev):
    with signed(System("test")):
        post = Posting.objects.get(person=connie)
        Posting.objects.filter(pk=post.pk).update(ends=clock.at)
        Posting.objects.create(person=dev, role=post.role, team=post.team, starts=clock.at)
    clock.shift(timedelta(minutes=1))
    assert told(reviewed(review, reva), reva).supervisor == connie


def test_a_call_nobody_here_took_is_reviewed_and_nobody_is_told(review, reva):
    with signed(System("test")):
        Review.objects.filter(pk=review.pk).update(author=None)
    review = as_it_is(review)
    assert reviewed(review, reva).state == "no_feedback"
    assert every(Feedback) == []
