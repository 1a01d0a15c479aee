"""A transition happens whole or not at all: the right person, the right state, once."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from access import time
from access.actor import NotYours, System, acting
from access.roles import Can
from cases.models import Case
from ppn import workflow
from ppn.models import Ppn, Subject
from ppn.workflow import SubjectFacts, submission
from sla.models import Clock
from tests.conftest import MONDAY, hours
from tests.stories import ANYA, CALM, a_notice, away, called_in, clock_of, submitted
from triage import workflow as triage_workflow
from triage.models import Incident, Thrive
from workflow.models import Step
from workflow.transitions import TRANSITIONS, NotNow, transition

pytestmark = pytest.mark.django_db
ASSESSED = {"systems_checked": "RMS, PND", "assessment": "As graded", "grade": "amber", "because": ""}


def _fresh(record):
    with acting(System("test")):
        return type(record).objects.get(pk=record.pk)


def test_a_person_who_may_not_is_told_so_in_plain_words(olly):
    ppn = submitted(olly)
    with pytest.raises(NotYours, match="You may not review a public protection notice"):
        workflow.take(ppn, by=olly)
    assert _fresh(ppn).state == "submitted"


def test_permission_is_asked_before_anything_is_looked_at(olly):
    with pytest.raises(NotYours):
        workflow.take(Ppn(pk=uuid4()), by=olly)


def test_somebody_who_stopped_working_here_may_do_nothing(olly, cora):
    ppn = submitted(olly)
    cora.is_active = False
    cora.save()
    with pytest.raises(NotYours):
        workflow.take(ppn, by=cora)


def test_in_the_wrong_state_it_is_refused_and_the_words_say_where_it_is(olly, cora, cole):
    ppn = workflow.take(submitted(olly), by=cora)
    with pytest.raises(NotNow, match="it is under research"):
        workflow.take(ppn, by=cole)
    assert _fresh(ppn).taken_by == cora


def test_the_state_that_counts_is_the_one_in_the_database(olly, cora, cole):
    stale = submitted(olly)
    workflow.take(stale, by=cora)
    assert stale.state == "submitted"
    with pytest.raises(NotNow):
        workflow.take(stale, by=cole)


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(olly, cora):
    stale = submitted(olly, subjects=[SubjectFacts(part="adult", name="Ada Example")], child="no", types=["missing"])
    workflow.found_a_child(stale, by=cora, how_we_know="School record")
    assert workflow.take(stale, by=cora).child == "yes"


def test_a_record_that_is_not_there_cannot_go_anywhere(cora):
    missing = Ppn(pk=uuid4())
    missing._state.adding = False
    with pytest.raises(Ppn.DoesNotExist):
        workflow.take(missing, by=cora)


def test_what_was_created_is_not_created_again(olly):
    ppn = submitted(olly)
    with pytest.raises(NotNow, match="This has been done already"):
        workflow.submit(ppn, by=olly, notice=a_notice(), subjects=[ANYA])


def test_a_creation_sent_twice_with_the_same_key_makes_one_record(olly):
    key = uuid4()
    workflow.submit(Ppn(pk=key), by=olly, notice=a_notice(), subjects=[ANYA])
    with pytest.raises((NotNow, IntegrityError)):
        workflow.submit(Ppn(pk=key), by=olly, notice=a_notice(narrative="Again"), subjects=[ANYA])
    with acting(olly):
        assert (Ppn.objects.count(), Subject.objects.count(), Case.objects.count()) == (1, 1, 1)
        assert Ppn.objects.get().narrative == a_notice().narrative
    assert Step.objects.filter(record=key).count() == 1
    assert sorted(Clock.objects.filter(record=key).values_list("deadline", flat=True)) == ["P1", "P2"]


def test_a_call_sent_twice_with_the_same_key_makes_one_incident(callie):
    incident = called_in(callie)
    twin = Incident(pk=incident.pk)
    contact = triage_workflow.Contact(channel="999", location="x", what_happened="x", child="no")
    with pytest.raises((NotNow, IntegrityError)):
        triage_workflow.take_call(twin, by=callie, contact=contact, abuse=None, assessment=CALM, grade="G2")
    with acting(callie):
        assert (Incident.objects.count(), Thrive.objects.count()) == (1, 1)


def test_a_step_says_who_did_what_when_from_where_to_where(clock, olly, cora):
    ppn = submitted(olly)
    clock.shift(hours(2))
    workflow.take(ppn, by=cora)
    first, second = Step.of(ppn)
    assert (first.transition, first.from_state, first.to_state, first.by, first.at) == (
        "ppn.submit",
        "",
        "submitted",
        olly,
        MONDAY,
    )
    assert (second.transition, second.from_state, second.to_state, second.by, second.at) == (
        "ppn.take",
        "submitted",
        "under_research",
        cora,
        MONDAY + hours(2),
    )
    assert {step.kind for step in (first, second)} == {"ppn.ppn"}


def test_a_step_keeps_the_facts_it_was_given(olly, cora):
    ppn = workflow.take(submitted(olly), by=cora)
    ppn = workflow.assess(ppn, by=cora, **ASSESSED)
    assert Step.of(ppn).last().facts == ASSESSED


def test_facts_of_any_shape_are_kept_in_words(olly):
    facts = Step.of(submitted(olly)).get().facts
    assert facts["notice"]["types"] == ["child_at_risk"]
    assert facts["notice"]["first_known_at"].startswith("2026-03-02 09:00:00")
    assert facts["notice"]["arises_from"] is None
    assert facts["subjects"][0]["own_words"] == ANYA.own_words
    assert facts["subjects"][0]["born_on"] is None


def test_a_step_of_the_software_says_why_it_acted(callie, dev):
    incident = called_in(callie)
    triage_workflow.attend(incident, by=System("import of a call log"))
    step = Step.of(incident).last()
    assert (step.by, step.by_system) == (None, "import of a call log")


def test_a_step_is_somebodys(db):
    with pytest.raises(IntegrityError, match="a_step_is_somebodys"):
        Step.objects.create(kind="ppn.ppn", record=uuid4(), transition="ppn.take", to_state="x", at=MONDAY)


def test_a_transition_without_a_target_leaves_the_state_and_has_a_step_all_the_same(olly, cora):
    ppn = workflow.found_a_child(submitted(olly), by=cora, how_we_know="School record")
    assert (Step.of(ppn).last().from_state, Step.of(ppn).last().to_state) == ("submitted", "submitted")


@pytest.mark.parametrize("moment", ["effect", "clocks", "step"])
def test_whatever_goes_wrong_leaves_nothing_behind(olly, monkeypatch, moment):
    def broken(*args, **kwargs):
        raise RuntimeError(moment)

    target = {
        "effect": (submission, "next_reference"),
        "clocks": (Clock, "save"),
        "step": (Step.objects, "create"),
    }[moment]
    monkeypatch.setattr(*target, broken)
    with pytest.raises(RuntimeError, match=moment):
        submitted(olly)
    with acting(olly):
        assert not any(model.objects.exists() for model in (Ppn, Subject, Case))
    assert not Step.objects.exists()
    assert not Clock.objects.exists()


def test_a_transition_that_fails_leaves_the_record_and_its_clocks_as_they_were(olly, cora, monkeypatch):
    ppn = workflow.take(submitted(olly), by=cora)
    monkeypatch.setattr(Step.objects, "create", lambda **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        workflow.assess(ppn, by=cora, **ASSESSED)
    assert (_fresh(ppn).state, _fresh(ppn).assessment) == ("under_research", "")
    assert clock_of(ppn, "P2").stopped_at is None
    assert clock_of(ppn, "P5") is None


def test_record_clocks_and_step_agree_to_the_microsecond(clock, olly):
    time.run_freely()
    ppn = submitted(olly)
    assert ppn.submitted_at == clock_of(ppn, "P2").started_at == Step.of(ppn).get().at


def test_a_cover_does_what_the_absent_person_may_do(clock, olly, sam, cora):
    ppn = submitted(olly)
    away(cora, days=1, cover=olly)
    assert workflow.take(ppn, by=olly).taken_by == olly


def test_a_grade_that_differs_from_the_officers_says_why(olly, cora):
    ppn = workflow.take(submitted(olly, grade="amber"), by=cora)
    with pytest.raises(NotNow, match="You grade it Red / high; the officer graded it Amber / medium"):
        workflow.assess(ppn, by=cora, **{**ASSESSED, "grade": "red"})
    done = workflow.assess(ppn, by=cora, **{**ASSESSED, "grade": "red", "because": "Third notice in a month"})
    assert (done.grade, done.mash_grade, done.current_grade) == ("amber", "red", "red")


def test_every_transition_is_known_by_its_name_and_says_what_it_does():
    for name, each in TRANSITIONS.items():
        assert name == f"{each.__module__.split('.')[0]}.{each.verb}"
        assert each.__doc__, name
        assert isinstance(each.may, Can)


def test_a_transition_must_say_who_does_it():
    with pytest.raises(TypeError, match="must say who does it"):

        @transition(source="a", target="b", may=Can.TAKE_CALL)
        def forgetful(record):
            """Nobody knows who."""


def test_the_row_is_held_until_the_transition_ends(olly, cora):
    ppn = submitted(olly)
    with CaptureQueriesContext(connection) as queries:
        workflow.take(ppn, by=cora)
    reads = [query["sql"] for query in queries if 'FROM "ppn_ppn"' in query["sql"]]
    assert reads
    assert all("FOR UPDATE OF" in read for read in reads)
