"""Any page as it stood at a moment: the rows of that moment, the time of that moment, today's need-to-know."""

import pytest
from django.db import InternalError, connection, transaction

from access.actor import NotYours, System, acting, signed
from access.roles import Can
from access.time import now
from accounts.models import Posting
from cases.models import Case
from history.models import EarlierRow
from history.replay import NotYet, as_it_stood, remembered_tables, replayed_at
from ppn import workflow
from ppn.models import Ppn, Subject
from sla.engine import sweep
from sla.models import Clock, Escalation, Heartbeat, Notification
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import submitted
from tests.stories import clock_of
from workflow.models import Step

pytestmark = pytest.mark.django_db
LOOKS = System("a test")


def then(record, at):
    with acting(LOOKS), as_it_stood(at):
        return type(record).objects.filter(pk=record.pk).first()


def test_a_notice_is_shown_in_the_state_it_was_in(clock, olly, cora):
    ppn = submitted(olly)
    clock.shift(hours(2))
    workflow.take(ppn, by=cora)
    clock.shift(hours(1))
    workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="Seen", grade="amber", because="")
    assert then(ppn, MONDAY + hours(1)).state == "submitted"
    assert then(ppn, MONDAY + hours(2.5)).state == "under_research"
    assert then(ppn, MONDAY + hours(3)).state == "risk_assessed"


def test_what_happened_exactly_then_has_happened(clock, olly, cora):
    ppn = submitted(olly)
    clock.shift(hours(2))
    workflow.take(ppn, by=cora)
    assert then(ppn, MONDAY + hours(2)).state == "under_research"
    assert then(ppn, MONDAY + hours(2) - minutes(0.001)).state == "submitted"


def test_before_it_was_made_it_is_not_there(clock, olly):
    clock.set(MONDAY + hours(1))
    ppn = submitted(olly)
    clock.shift(hours(1))
    assert then(ppn, MONDAY) is None
    with acting(LOOKS), as_it_stood(MONDAY):
        assert not Subject.objects.exists()
        assert not Step.objects.exists()


def test_the_time_is_that_moment_and_nothing_can_be_written(clock, olly, ines):
    ppn = submitted(olly)
    clock.shift(hours(5))
    with acting(ines):
        with as_it_stood(MONDAY + hours(1)):
            assert now() == MONDAY + hours(1) == replayed_at()
            with pytest.raises(InternalError, match="read-only"), transaction.atomic():
                Heartbeat.objects.create(name="written", at=now())
        assert replayed_at() is None
        assert Ppn.objects.get(pk=ppn.pk)
        with signed(olly):
            assert now() == MONDAY + hours(5)


def test_a_clock_stands_where_it_stood_and_so_does_who_had_been_told(clock, olly, cora):
    ppn = submitted(olly)
    due = clock_of(ppn, "P2").due_at
    clock.set(MONDAY + hours(25))
    sweep()
    live = {row.level: row.raised_at for row in Escalation.objects.filter(clock=clock_of(ppn, "P2"))}
    assert len(live) == 3
    clock.shift(hours(1))
    workflow.assess(
        workflow.take(ppn, by=cora), by=cora, systems_checked="RMS", assessment="Late", grade="amber", because=""
    )
    with acting(LOOKS), as_it_stood(MONDAY + hours(1)):
        before = Clock.running().get(record=ppn.pk, deadline="P2")
        assert (before.level, before.due_at, before.stopped_at) == (0, due, None)
        assert before.next_at == MONDAY + hours(12)
        assert not Notification.objects.exists()
    with acting(LOOKS), as_it_stood(MONDAY + hours(25)):
        after = Clock.running().get(record=ppn.pk, deadline="P2")
        assert after.level == 3
        assert Notification.objects.filter(escalation__clock=after).count() == 4


def test_a_moment_to_come_is_refused(clock, ines):
    with acting(ines), pytest.raises(NotYet), as_it_stood(MONDAY + hours(1)):
        pass


def test_the_change_and_its_step_bear_the_same_moment(clock, olly, cora):
    ppn = workflow.take(submitted(olly), by=cora)
    taken = Step.of(ppn).last()
    changed = EarlierRow.objects.filter(table="ppn_ppn", row=str(ppn.pk), operation="UPDATE").latest("id")
    assert changed.at == taken.at


def test_who_may_not_look_back_is_refused(clock, olly):
    with acting(olly), pytest.raises(NotYours), as_it_stood(MONDAY):
        pass


def test_what_is_closed_today_stays_closed(clock, olly, ines, anya):
    """A notice that was open to everybody who may see notices, and joined a restricted case since."""
    ppn, secret = submitted(olly), submitted(olly)
    clock.shift(hours(1))
    with signed(LOOKS):
        case = Case.objects.get(pk=secret.case_id)
        case.restricted = True
        case.save()
    clock.shift(hours(1))
    with acting(anya), as_it_stood(MONDAY):
        assert set(Ppn.objects.all()) == {ppn}
    with signed(LOOKS):
        Ppn.objects.filter(pk=ppn.pk).update(case=case)
    with acting(anya):
        assert not Ppn.objects.exists()
        with as_it_stood(MONDAY):
            assert not Ppn.objects.exists()
    with acting(LOOKS), as_it_stood(MONDAY):
        assert Ppn.objects.count() == 2


def test_they_look_with_the_posts_they_have_today(clock, olly, sam):
    """Whoever was no sergeant then, and is one now, looks as a sergeant."""
    ppn = submitted(olly)
    clock.shift(hours(400 * 24))
    Posting.objects.filter(person=sam).update(starts=now())
    with acting(sam), as_it_stood(MONDAY):
        assert Ppn.objects.get() == ppn
        assert sam.can(Can.SEE_PPN_QUEUE)


def test_who_may_see_what_is_never_replayed():
    covered = {each.table for each in remembered_tables(now())}
    assert covered >= {"ppn_ppn", "sla_clock", "workflow_step", "triage_incident"}
    assert not covered & {"cases_case", "cases_restriction", "cases_conflict", "cases_involvement", "accounts_posting"}


def test_the_application_can_read_what_was_and_change_nothing_of_it():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege FROM unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE']) AS privilege "
            "WHERE has_table_privilege('longstop_app', 'history_earlierrow', privilege)"
        )
        assert cursor.fetchall() == [("SELECT",)]
