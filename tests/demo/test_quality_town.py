"""A small demo as the work on quality finds it: what was drawn and not looked at, found twice with nothing done, not
trained, asked for and not done."""

from collections import Counter
from datetime import timedelta

import pytest

from access.actor import acting
from access.time import now
from accounts.models import Team, User
from quality.learning_counts import counts
from quality.models import (
    AttendanceFile,
    Champion,
    Feedback,
    ImprovementAction,
    LearningAction,
    Publication,
    Recommendation,
    Retest,
    Review,
    Sampled,
    ScrutinyMeeting,
    ScrutinyPaper,
    SecondLook,
    TrainingDue,
    TrainingNeed,
)
from quality.workflow.blind import withholding
from sla.models import Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_town", "seeing_all")]


def who(username: str) -> User:
    return User.objects.get(username=username)


def test_a_notice_waits_for_revas_blind_second_look_and_of_one_the_feedback_is_not_sent():
    reva = who("reva")
    assert withholding(reva).exists()
    assert SecondLook.objects.get().by == reva
    assert Feedback.objects.get(review__of="notice").state == "written"


def test_one_feedback_waits_for_callie_and_one_she_has_acknowledged():
    hers = Feedback.objects.filter(officer=who("callie"))
    assert Counter(each.state for each in hers) == {"sent": 1, "acknowledged": 1}
    assert Clock.running().filter(deadline="Q5", record=hers.get(state="sent").pk).exists()


def test_of_one_call_taker_nobody_has_reviewed_anything_for_two_months():
    late = Sampled.objects.get(review_due_at__lt=now())
    assert (late.whose.username, late.reviewed_at) == ("calltaker4", None)


def test_a_theme_was_found_twice_and_nothing_is_done_about_it():
    twice = [row.theme for row in counts(now()) if row.twice_at]
    assert [theme.name for theme in twice] == ["Child not asked about"]
    assert Clock.running().filter(deadline="QB1", record=twice[0].pk).exists()


def test_one_learning_action_is_overdue_one_waits_to_be_tested_again_and_one_did_not_hold():
    actions = LearningAction.objects.all()
    assert Counter(each.state for each in actions) == {"open": 2, "done": 1, "not_held": 1}
    assert actions.get(state="open", due_at__lt=now()).owner.username == "rosa"
    retest = Retest.objects.get()
    assert (retest.found, retest.action.state) == (4, "not_held")
    assert actions.get(follows=retest.action).owner.username == "carl"
    assert Review.objects.filter(sample=retest.sample).exists()


def test_the_year_of_one_co_ordinator_is_over_another_is_warned_and_somebody_was_never_trained():
    of_the_mash = TrainingDue.objects.filter(course__name="MASH refresher")
    cora, cole = (of_the_mash.get(person__username=name) for name in ("cora", "cole"))
    assert cole.due_at < now() < cora.due_at < now() + timedelta(days=62)
    never = TrainingDue.objects.filter(state="never")
    assert {due.person.username for due in never} == {"officer5", "calltaker3", "olga"}


def test_a_course_is_proposed_to_callie_for_what_she_was_told():
    need = TrainingNeed.objects.get(person=who("callie"), course__name="Voice of the child")
    assert (need.state, need.theme.name) == ("proposed", "Child not asked about")


def test_a_row_of_a_list_waits_and_most_teams_have_no_champion():
    file = AttendanceFile.objects.get()
    assert (file.rows, file.recorded, file.unreadable) == (3, 2, 1)
    teams = {each.team_id for each in Champion.objects.all()}
    assert 0 < len(teams) < Team.objects.count()


def test_a_newsletter_is_published_and_a_report_waits_for_a_second_person():
    assert {each.kind: each.state for each in Publication.objects.all()} == {
        "newsletter": "published",
        "thematic": "draft",
    }
    with acting(who("olly")):
        assert Publication.objects.get().figures


def test_the_scrutiny_group_has_met_and_a_partner_agencys_action_is_open_and_the_next_is_not_planned():
    assert Counter(each.state for each in ScrutinyMeeting.objects.all()) == {"held": 1, "wanted": 1}
    assert {paper.state for paper in ScrutinyPaper.objects.all()} == {"found"}
    asked = ImprovementAction.objects.exclude(paper=None)
    assert {each.owner_kind: each.state for each in asked} == {
        "supervisor": "open",
        "partner": "open",
        "force": "closed",
    }


def test_six_recommendations_are_there_and_one_of_them_is_red():
    assert Recommendation.objects.count() == 6
    assert Recommendation.objects.get(rag="red").number == "1"
