"""The inspected force, lived through hour by hour with its real verbs and its real sweep: with staff who forget to
write down what they did, look too late, and go on leave, no missing child is ever out of sight.

Two days of it with every run. The whole month, and what happened in it:
LONGSTOP_LONG=1 make test PYTEST_ARGS="-n 0 -o log_cli=1 -o log_cli_level=INFO tests/missing/test_month.py"
"""

import logging
import os

import pytest

from access.actor import System, acting
from access.time import holding
from accounts.duty import Duty
from accounts.models import User
from demo.chronicle import SWEEP_EVERY, Chronicle
from missing.codes import MISSING, OPEN
from missing.models import Episode
from sla.models import Clock, Escalation, Notification
from sla.policy import DEADLINES
from tests.conftest import MONDAY, hours
from tests.missing.force import A_DAY, DAY, Force

pytestmark = pytest.mark.django_db
DAYS = 30 if os.environ.get("LONGSTOP_LONG") else 2
log = logging.getLogger(__name__)
LOOKING = System("looking")


def nobody_is_out_of_sight(at, duty):
    """Each open child: held by somebody who is there, with a time to look again, and watched for nothing being done."""
    with acting(LOOKING):
        open_now = list(Episode.objects.filter(state__in=OPEN))
    watched = set(Clock.running().filter(deadline="MC5").values_list("record", flat=True))
    reviewed = set(Clock.running().filter(deadline="MC6").values_list("record", flat=True))
    for episode in open_now:
        stands_in = duty.standing_in_for(episode.owner_id)
        assert stands_in, (at, episode)
        if episode.state in MISSING:
            assert episode.next_review_at
            assert episode.pk in watched, (at, episode)
            assert episode.pk in reviewed, (at, episode)
    return [episode for episode in open_now if episode.state in MISSING]


def nothing_is_left_behind(at):
    assert not Clock.objects.exclude(trouble="").exists()
    assert not Clock.running().filter(next_at__lt=at - SWEEP_EVERY).exists()


def whoever_was_told_was_there(since, until):
    """Each level raised in this hour told somebody, and nobody who was away."""
    assert not Escalation.objects.filter(raised_at__gt=since, raised_at__lte=until, notifications=None).exists()
    rows = Notification.objects.filter(escalation__raised_at__gt=since, escalation__raised_at__lte=until)
    active = set(User.objects.filter(is_active=True).values_list("pk", flat=True))
    told: dict = {}
    for person, moment in rows.values_list("person", "escalation__raised_at"):
        told.setdefault(moment, set()).add(person)
    for moment, people in told.items():
        assert people <= active - Duty(moment).away.keys(), moment


def each_breach_was_told(until):
    """Every promise of a missing child that was missed: the level that says so was raised, and told."""
    late = 0
    for clock in Clock.objects.filter(deadline__startswith="MC").prefetch_related("escalations"):
        ended = clock.stopped_at or until - SWEEP_EVERY
        if clock.due_at < ended:
            late += 1
            missed = DEADLINES[clock.deadline].missed_level() + 1
            assert missed in {each.level for each in clock.escalations.all()}, clock
    return late


def test_no_missing_child_is_ever_out_of_sight(clock, cast):
    force, chronicle = Force(cast, MONDAY), Chronicle(MONDAY, MONDAY)
    force.goes_on_leave(DAYS)
    events = sorted(force.events(DAYS), key=lambda event: event.at)
    at, missing = MONDAY, []
    while at < MONDAY + DAYS * DAY:
        until = at + hours(1)
        here = [event for event in events if at <= event.at < until]
        chronicle.live(here, until)
        with holding(until):
            missing.append(len(nobody_is_out_of_sight(until, Duty(until))))
            nothing_is_left_behind(until)
            whoever_was_told_was_there(at, until)
        at = until
    late = each_breach_was_told(at)
    average = sum(missing) / len(missing)
    log.info("Done %s, refused %s, missing at any time %.1f, late %d", force.done, force.refused, average, late)
    assert force.done["report"] > DAYS * A_DAY * 0.8
    assert late > DAYS * A_DAY
    assert all(force.done[what] for what in ("grade", "attend", "assess", "ratify", "enquiry", "review", "found"))
