"""The authority is reminded by itself, until the answer comes."""

from datetime import timedelta

import pytest
from django.conf import settings

from access.actor import System, signed
from missing import chasing
from missing.tasks import chase_interviews
from missing.workflow.interviews import chase
from partners.posting import deliver_waiting
from tests.missing.returns import TEST, as_it_is, asked, back, came, council, declined, held, sent_about
from tests.sla.made import MOMENT
from tests.stories import hours
from workflow.models import Step

pytestmark = pytest.mark.django_db


def chased(request):
    chasing.chase_all()
    return as_it_is(request).chased


def test_after_72_hours_without_an_interview_and_every_week_until_it_comes(clock, maya):
    request = asked(maya)
    start, at = clock.at, []
    for moment in (hours(72), hours(72) + MOMENT, hours(96), hours(72 + 168), hours(72 + 168) + 2 * MOMENT):
        clock.set(start + moment)
        at.append(chased(request))
    assert at == [0, 1, 1, 1, 2]
    came(request, maya)
    clock.shift(timedelta(days=60))
    assert chased(request) == 2


def test_five_working_days_after_it_was_held_without_a_result(clock, maya):
    request = held(asked(maya), maya)
    start = clock.at
    clock.set(start + hours(72) + MOMENT)
    assert chased(request) == 0  # it was held
    clock.set(start + timedelta(days=7))
    assert chased(request) == 0
    clock.shift(MOMENT)
    assert chased(request) == 1
    clock.shift(timedelta(days=7) + MOMENT)
    assert chased(request) == 2
    declined(request, maya, "no_reply")
    clock.shift(timedelta(days=30))
    assert chased(request) == 2


def test_asked_only_after_the_72_hours_nobody_is_reminded_of_what_they_were_asked_a_moment_ago(clock, maya):
    request = asked(maya, back(maya, found_at=clock.at - hours(100), reported_at=clock.at - hours(120)))
    assert chased(request) == 0
    clock.shift(hours(24) + MOMENT)
    assert chased(request) == 1


def test_a_reminder_by_hand_moves_the_next(clock, maya):
    request = asked(maya)
    start = clock.at
    clock.set(start + hours(80))
    chase(request, by=maya)
    clock.set(start + hours(80) + timedelta(days=7))
    assert chased(request) == 1
    clock.shift(MOMENT)
    assert chased(request) == 2


def test_it_is_a_step_on_the_record_and_goes_the_way_of_everything_that_is_sent(clock, maya, mailoutbox):
    request = asked(maya)
    clock.shift(hours(73))
    chasing.chase_all()
    step = Step.objects.filter(record=request.pk).latest("at")
    assert (step.transition, step.by, step.by_system) == ("missing.chase", None, "reminders of return interviews")
    reminder = sent_about(request)[1]
    assert (reminder.agency, reminder.purpose, reminder.sender) == (
        request.agency, "share", "Longstop (reminders of return interviews)",
    )  # fmt: skip
    deliver_waiting()
    assert [each.to for each in mailoutbox] == [[request.agency.mailbox]] * 2
    assert "Reminder 1" in mailoutbox[1].body


def test_nobody_there_any_more_is_not_reminded_and_the_clock_goes_on_telling(clock, maya):
    request = asked(maya)
    with signed(TEST):
        there = council()
        there.closed_at = clock.at
        there.save()
    clock.shift(hours(73))
    assert chased(request) == 0


def test_one_that_was_answered_meanwhile_stops_no_other(clock, maya, monkeypatch):
    first, second = asked(maya), asked(maya, back(maya))
    clock.shift(hours(73))

    def answered(request):
        if request.pk == first.pk:
            came(request, System("a partner"))
        return next_chase(request) if request.pk != first.pk else clock.at - hours(1)

    next_chase = chasing.next_chase
    monkeypatch.setattr(chasing, "next_chase", answered)
    assert chasing.chase_all() == 1
    assert (as_it_is(first).chased, as_it_is(second).chased) == (0, 1)


def test_the_beat_runs_it(clock, maya):
    assert settings.CELERY_BEAT_SCHEDULE["chase return interviews"]["task"] == "missing.tasks.chase_interviews"
    request = asked(maya)
    clock.shift(hours(73))
    chase_interviews()
    assert as_it_is(request).chased == 1
