"""Courses, who has taken them, who has to take them again, and what is proposed to somebody who was given feedback."""

from datetime import date, timedelta

import pytest

from access.actor import NotYours, System, acting, signed
from access.roles import Role
from accounts.models import Posting, Team, User
from quality.models import Champion, Course, TrainingDue, TrainingNeed, TrainingRecord
from quality.tasks import keep_training_up
from quality.workflow import training
from quality.workflow.training_due import months_after
from sla.models import Clock
from tests.quality.learning_scenes import as_it_is, theme_of
from tests.quality.training_scenes import champion_of, course_of, due_of, proposed, required, took
from tests.stories import away, clock_of
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def running(record):
    return set(Clock.running().filter(record=record.pk).values_list("deadline", flat=True))


# Courses


def test_what_inspectors_found_given_is_there_from_the_start(cast, quinn):
    mash = course_of()
    assert mash.refresh_months == 12
    assert mash.required_for == ["MASH co-ordinator", "MASH sergeant", "MASH inspector", "MASH chief inspector"]
    with acting(quinn):
        assert theme_of() in [each.theme for each in course_of("Voice of the child").themes.all()]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"name": "mash REFRESHER"}, "a course called"),
        ({"name": " "}, "what the course is called"),
        ({"what_for": " "}, "what the course is for"),
        ({"refresh_months": 0}, "after 1 to 36 months"),
        ({"refresh_months": 37}, "after 1 to 36 months"),
    ],
)
def test_a_course_says_what_it_is_and_for_what(cast, quinn, wrong, why):
    facts = {"name": "Consent", "what_for": "Who may agree to what", "refresh_months": None, "roles": [], **wrong}
    with pytest.raises(NotNow, match=why):
        training.add_course(Course(), by=quinn, **facts)


def test_a_course_that_posts_require_is_required_of_everybody_in_them_at_once(cast, quinn, rosa):
    facts = {"name": "Consent", "what_for": "Who may agree to what", "refresh_months": 6}
    course = training.add_course(Course(), by=quinn, roles=[Role.RESPONSE_SERGEANT], **facts)
    assert due_of(rosa, "Consent").state == "never"
    training.retire_course(course, by=quinn, because="Part of another")
    assert (due_of(rosa, "Consent").state, running(due_of(rosa, "Consent"))) == ("off", set())
    assert training.give_course_again(as_it_is(course), by=quinn).required_for == []


@pytest.mark.parametrize("name", ["reva", "sam", "sue", "greta"])
def test_only_who_keeps_training_records_it(cast, name, cora):
    with pytest.raises(NotYours):
        took(cora, cast[name])


# What posts require


def test_whoever_never_took_it_is_on_the_list_and_absence_hides_nobody(cast, cora, quinn, sam):
    away(cora, days=60, cover=sam)
    due = required(cora)
    assert (due.state, due.taken_on, running(due)) == ("never", None, {"QB2"})
    assert due.team.name == "Vale MASH"


def test_taken_it_is_due_again_after_its_months(clock, cast, cora, quinn):
    required(cora)
    took(cora, quinn, date(2026, 2, 27))
    due = due_of(cora)
    assert (due.state, due.taken_on, running(due)) == ("taken", date(2026, 2, 27), {"Q6"})
    assert due.due_at.date() == date(2027, 2, 27)
    took(cora, quinn, date(2025, 6, 1))
    assert due_of(cora).taken_on == date(2026, 2, 27)


def test_a_course_that_is_not_taken_again_runs_on_no_clock_once_taken(cast, olly, quinn):
    required(olly, "Voice of the child")
    took(olly, quinn, name="Voice of the child")
    due = due_of(olly, "Voice of the child")
    assert (due.state, due.due_at, running(due)) == ("taken", None, set())


@pytest.mark.parametrize("how", ["has left", "holds another post", "is no longer posted"])
def test_who_has_left_or_changed_posts_drops_off_and_comes_back(clock, cast, cora, quinn, how):
    due = required(cora)
    with signed(System("test")):
        post = cora.postings.get()
        if how == "has left":
            cora.is_active = False
            cora.save()
        elif how == "holds another post":
            post.role = Role.TRIAGE_OFFICER
            post.save()
        else:
            post.ends = clock.at
            post.save()
    clock.shift(DAY)
    assert (required(cora).state, running(due)) == ("off", set())
    with signed(System("test")):
        cora.is_active = True
        cora.save()
        team = Team.objects.get(name="Vale MASH")
        if how != "has left":
            Posting.objects.create(person=cora, role=Role.COORDINATOR, team=team, starts=clock.at)
    took(cora, quinn)
    assert (required(cora).state, running(due)) == ("taken", {"Q6"})


def test_reading_the_posts_again_changes_nothing(cast, cora):
    due = required(cora)
    keep_training_up()
    assert (required(cora).pk, Clock.objects.filter(record=due.pk).count()) == (due.pk, 1)


def test_in_another_team_others_supervise_them(cast, cora):
    due = required(cora)
    with signed(System("test")):
        other = Team.objects.create(name="Coast MASH")
        cora.postings.update(team=other)
    assert required(cora).team == other
    assert clock_of(due, "QB2").team == other


def test_other_months_count_for_who_has_taken_it_already(clock, cast, cora, quinn):
    required(cora)
    took(cora, quinn, date(2026, 2, 27))
    about = {"what_for": "As before", "refresh_months": 6, "roles": [Role.COORDINATOR]}
    training.change_course(course_of(), by=quinn, **about)
    assert due_of(cora).refresh_at.date() == date(2026, 8, 26)  # midnight by the wall is an hour before, by UTC
    assert clock_of(due_of(cora), "Q6").due_at == due_of(cora).refresh_at


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 2), 10, date(2027, 1, 2)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, expected):
    assert months_after(day, months) == expected


# Records


def test_a_record_is_never_rewritten_a_correction_takes_its_place(cast, cora, quinn):
    required(cora)
    wrong = took(cora, quinn, date(2026, 2, 27))
    facts = {"wrong": wrong, "taken_on": date(2026, 1, 27), "certificate": "C-7"}
    with pytest.raises(NotNow, match="what was wrong"):
        training.correct_training(TrainingRecord(), by=quinn, because=" ", **facts)
    right = training.correct_training(TrainingRecord(), by=quinn, because="A month too late", **facts)
    assert due_of(cora).taken_on == date(2026, 1, 27)
    with pytest.raises(NotNow, match="correct the newer one"):
        training.correct_training(TrainingRecord(), by=quinn, because="Again", **facts)
    facts = {"wrong": right, "taken_on": None, "certificate": ""}
    training.correct_training(TrainingRecord(), by=quinn, because="It was Cole", **facts)
    assert (due_of(cora).state, running(due_of(cora))) == ("never", {"QB2"})


def test_nothing_is_taken_in_the_future_nor_twice_on_a_day(cast, cora, quinn):
    with pytest.raises(NotNow, match="in the future"):
        took(cora, quinn, date(2026, 3, 3))
    took(cora, quinn)
    with pytest.raises(NotNow, match="on record already"):
        took(cora, quinn)
    with pytest.raises(NotNow, match="works for a partner agency"):
        took(User(username="paula", is_outside=True), quinn)


ALL, REQUIRED, NOTHING = {TrainingDue, TrainingRecord, TrainingNeed}, {TrainingDue, TrainingRecord}, set()
WHO_SEES = {
    "callie": ALL,
    "connie": ALL,
    "quinn": ALL,
    "fin": REQUIRED,
    "sue": REQUIRED,
    "reva": NOTHING,
    "sam": NOTHING,
    "dev": NOTHING,
    "alma": NOTHING,
}


@pytest.mark.parametrize(("name", "sees"), WHO_SEES.items())
def test_training_is_seen_in_the_line_above_and_what_feedback_led_to_by_the_supervisor(cast, quinn, reva, name, sees):
    callie = cast["callie"]
    required(callie, "Voice of the child")
    took(callie, quinn, name="Voice of the child")
    proposed(callie, reva)
    with acting(cast[name]):
        assert {model for model in ALL if model.objects.filter(person=callie).exists()} == sees


# What is proposed


def test_each_course_that_answers_a_theme_is_proposed_once(cast, callie, reva, quinn):
    needs = training.propose(callie, theme=theme_of(), because="Not asked", by=reva)
    assert [need.course.name for need in needs] == ["MASH refresher", "Voice of the child"]
    assert training.propose(callie, theme=theme_of(), because="Not asked again", by=reva) == []
    assert training.propose(callie, theme=theme_of("Plan not written for this person"), because="Bare", by=reva) == []


def test_taken_it_is_no_longer_proposed(clock, cast, callie, reva, quinn):
    need = proposed(callie, reva)
    took(callie, quinn, clock.at.date() - DAY, name="Voice of the child")
    assert as_it_is(need).state == "proposed"
    took(callie, quinn, name="Voice of the child")
    assert (as_it_is(need).state, as_it_is(need).ended_by, running(need)) == ("taken", quinn, set())


def test_they_book_it_or_say_why_not(clock, cast, callie, connie, reva):
    need = proposed(callie, reva)
    with pytest.raises(NotNow, match="That day has passed"):
        training.book_training(need, by=callie, booked_for=clock.at.date() - DAY)
    need = training.book_training(need, by=callie, booked_for=clock.at.date() + 9 * DAY)
    assert running(need) == {"QB4"}
    with pytest.raises(NotNow, match="why it is not taken"):
        training.decline_training(need, by=connie, because=" ")
    assert training.decline_training(need, by=connie, because="She teaches it").state == "declined"


def test_nobody_else_books_or_declines_for_them(cast, callie, reva, olly, fin):
    need = proposed(callie, reva)
    for somebody in (olly, reva, fin):
        with pytest.raises(TrainingNeed.DoesNotExist):
            training.decline_training(need, by=somebody, because="Not mine to say")


# Champions


def test_a_champion_is_named_once_for_a_team_until_they_stop(clock, cast, olly, quinn):
    from quality.workflow.champions import champion_ends

    champion = champion_of(olly, quinn)
    with pytest.raises(NotNow, match="a champion of Response team A already"):
        champion_of(olly, quinn)
    with pytest.raises(NotNow, match="not before the first"):
        champion_ends(champion, by=quinn, until=clock.at.date() - DAY)
    assert champion_ends(champion, by=quinn, until=clock.at.date()).state == "ended"
    with acting(olly):
        assert Champion.objects.count() == 1
