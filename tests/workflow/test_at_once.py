"""Two people press at the same moment: one wins, the other is told."""

import pytest

from access.actor import System, acting
from ppn import workflow
from ppn.models import Ppn
from sla.models import Clock
from tests.conftest import minutes
from tests.sla.made import at_once
from tests.stories import CALM, a_notice, called_in, ended, submitted
from triage import workflow as triage_workflow
from triage.models import Incident, Thrive
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db(transaction=True)


def _by_kind(answers):
    return [each for each in answers if isinstance(each, Exception)], [
        each for each in answers if not isinstance(each, Exception)
    ]


def test_two_co_ordinators_take_the_same_notice(olly, cora, cole):
    ppn = submitted(olly)
    lost, won = _by_kind(
        at_once(lambda: workflow.take(ppn, by=cora), lambda: workflow.take(ppn, by=cole)),
    )
    assert [type(each) for each in lost] == [NotNow]
    assert [each.state for each in won] == ["under_research"]
    with acting(System("test")):
        assert Ppn.objects.get().taken_by == won[0].taken_by
    assert Step.objects.filter(transition="ppn.take").get().by == won[0].taken_by


def test_four_co_ordinators_who_ask_for_the_next_notice_get_four(olly, cora, cole):
    ppns = {submitted(olly).pk for _ in range(4)}
    people = [cora, cole, cora, cole]
    taken = at_once(*[lambda who=who: workflow.take_next(by=who) for who in people])
    assert {each.pk for each in taken} == ppns


def test_a_form_sent_twice_at_once_makes_one_notice(olly):
    ppn = Ppn()
    subjects = [workflow.SubjectFacts(part="adult", name="Ada Example")]

    def send():
        return workflow.submit(Ppn(pk=ppn.pk), by=olly, notice=notice, subjects=subjects)

    notice = a_notice()
    lost, won = _by_kind(at_once(send, send))
    assert (len(lost), len(won)) == (1, 1)
    with acting(System("test")):
        assert Ppn.objects.count() == 1
    assert Step.objects.count() == 1
    assert sorted(Clock.objects.values_list("deadline", flat=True)) == ["P1", "P2"]


def test_an_arrival_and_an_end_without_one_cannot_both_happen(callie, connie, olly):
    incident = called_in(callie)
    lost, _ = _by_kind(
        at_once(
            lambda: triage_workflow.attend(incident, by=olly),
            lambda: ended(incident, connie, "He rang back"),
        )
    )
    assert [type(each) for each in lost] == [NotNow]
    assert Step.objects.filter(record=incident.pk).count() == 2


def test_two_looks_at_the_same_risk_are_both_kept_and_one_clock_runs_on(clock, callie, connie, fin):
    incident = called_in(callie)
    clock.shift(minutes(61))
    lost, _ = _by_kind(
        at_once(
            lambda: triage_workflow.reassess(incident, by=connie, assessment=CALM, trigger="target_missed"),
            lambda: triage_workflow.reassess(incident, by=fin, assessment=CALM, trigger="interval"),
        )
    )
    assert lost == []
    with acting(System("test")):
        assert Thrive.objects.count() == 3
        assert Incident.objects.get().reassessed_at == clock.at
    assert Clock.running().filter(record=incident.pk, deadline="K4").count() == 1
