"""The life of a photo or document: who adds, what checks, who lets out, who withdraws, who is told when nobody does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from access.actor import NotYours, System, acting, signed
from access.roles import Can
from cases.workflow.cases import restrict
from documents import checking, nightly, tasks, workflow
from documents.holders import HOLDERS
from documents.intake import Upload
from documents.models import Attachment, State
from documents.workflow import AT, CHECK
from ppn.models import Ppn
from sla.models import Clock
from tests.documents import a_scanner, files
from tests.documents.files import added
from tests.stories import as_seen_by, away, called_in, clock_of, hours, submitted, swept, told
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def state_of(attachment):
    with acting(CHECK):
        return Attachment.objects.get(pk=attachment.pk).state


# Added


def test_what_is_added_is_described_by_what_it_is_and_stored_under_another_name(ppn, olly, clock):
    photo = added(ppn, olly, files.JPEG, "../Anya Example.jpg", "Bruise, left arm")
    assert (photo.reference, photo.kind, photo.record) == (ppn.reference, "ppn.ppn", ppn.pk)
    assert (photo.case_id, photo.team_id) == (ppn.case_id, ppn.team_id)
    assert (photo.name, photo.caption) == ("Anya Example.jpg", "Bruise, left arm")
    assert (photo.media_type, photo.size) == ("image/jpeg", len(files.JPEG))
    assert (photo.added_by, photo.added_at) == (olly, clock.at)
    assert "Anya" not in photo.stored_as


def test_a_step_says_the_name_and_holds_no_bytes(ppn, olly):
    photo = added(ppn, olly)
    facts = Step.objects.get(record=photo.pk, transition="documents.add").facts
    assert facts["upload"] == "arm.jpg"
    assert "JFIF" not in str(facts)


@pytest.mark.parametrize("caption", ["", "   "])
def test_what_it_shows_must_be_said(ppn, olly, caption):
    with pytest.raises(NotNow, match="what it shows"):
        added(ppn, olly, caption=caption)


def test_what_is_not_taken_is_refused_by_the_verb_itself(ppn, olly, store):
    with pytest.raises(NotNow, match="Windows program"):
        added(ppn, olly, files.EXE)
    with acting(CHECK):
        assert not Attachment.objects.exists()
    assert not list(store.rglob("*.age"))


@pytest.mark.parametrize("name", ["callie", "dmitri", "connie"])
def test_whoever_may_not_add_documents_adds_none(ppn, cast, name):
    with pytest.raises(NotYours):
        added(ppn, cast[name])


def test_a_record_whose_app_has_not_said_so_holds_none(clock, callie, olly):
    with pytest.raises(NotNow, match="cannot be added to this record"):
        added(called_in(callie), olly)


def test_a_record_that_is_hidden_is_not_there_to_add_to(ppn, ines, sue, olly):
    restrict(as_seen_by(ines, ppn).case, by=ines, people=[ines, sue], because="A member of staff is involved")
    with pytest.raises(Http404):
        added(ppn, olly)
    assert added(ppn, ines).state == State.QUARANTINED


def test_if_the_record_cannot_be_saved_the_file_is_left_alone_and_no_record_is_without_its_file(ppn, olly, store):
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 - the power fails after the file was written
        workflow.add(Attachment(), by=olly, to=ppn, upload=Upload("arm.jpg", files.JPEG), caption="Arm")
        raise RuntimeError
    with acting(CHECK):
        assert not Attachment.objects.exists()
    assert len(list(store.rglob("*.age"))) == 1


# Checked


def test_without_a_scanner_it_is_in_quarantine(ppn, olly):
    photo = added(ppn, olly)
    assert photo.state == State.QUARANTINED
    assert photo.quarantined_because == "No malware scanner is connected."
    assert not photo.may_be_opened


def test_what_a_scanner_has_looked_at_can_be_opened(ppn, olly, scanner, clock):
    photo = added(ppn, olly)
    assert (photo.state, photo.scanned_at) == (State.CLEAN, clock.at)
    assert scanner.seen == [files.JPEG]
    assert photo.may_be_opened


def test_malware_is_refused_kept_and_never_opened(ppn, olly, scanner, store):
    scanner.says = a_scanner.FOUND
    photo = added(ppn, olly)
    assert (photo.state, photo.malware) == (State.INFECTED, "Invented.Test.Signature")
    assert not photo.may_be_opened
    assert list(store.rglob(f"{photo.stored_as}.age"))


def test_a_person_cannot_speak_for_the_scanner(ppn, sam):
    photo = added(ppn, sam)
    for verb, facts in ((workflow.found_clean, {}), (workflow.found_malware, {"malware": "x"})):
        with pytest.raises(NotYours, match="A scanner says"):
            verb(photo, by=sam, **facts)


def test_a_scanner_that_comes_back_looks_at_what_waits_what_is_in_quarantine_and_what_was_let_out(
    ppn, olly, sam, scanner, settings
):
    settings.CLAMD = ""
    held, let_out = added(ppn, olly), added(ppn, olly)
    workflow.release(let_out, by=sam, because="The doctor waits")
    waits = workflow.add(Attachment(), by=olly, to=ppn, upload=Upload("a.jpg", files.JPEG), caption="Not checked")
    settings.CLAMD = str(scanner.path)
    assert checking.check_all() == 3
    assert {state_of(each) for each in (held, let_out, waits)} == {State.CLEAN}


def test_malware_is_found_even_in_what_was_let_out(ppn, olly, sam, scanner, settings):
    settings.CLAMD = ""
    photo = workflow.release(added(ppn, olly), by=sam, because="The doctor waits")
    settings.CLAMD, scanner.says = str(scanner.path), a_scanner.FOUND
    checking.check_all()
    assert state_of(photo) == State.INFECTED


def test_without_a_scanner_what_waits_goes_to_quarantine_and_the_rest_is_left_alone(ppn, olly):
    held = added(ppn, olly)
    waits = workflow.add(Attachment(), by=olly, to=ppn, upload=Upload("a.jpg", files.JPEG), caption="Not checked")
    steps = Step.objects.filter(record=held.pk).count()
    assert checking.check_all() == 1
    assert state_of(waits) == State.QUARANTINED
    assert Step.objects.filter(record=held.pk).count() == steps


def test_what_was_withdrawn_meanwhile_is_left_alone(ppn, olly, scanner):
    photo = workflow.add(Attachment(), by=olly, to=ppn, upload=Upload("a.jpg", files.JPEG), caption="Not checked")
    workflow.withdraw(photo, by=olly, because="Wrong child")
    assert checking.check(photo).state == State.WITHDRAWN


def test_the_workers_tasks_only_nudge(ppn, olly, scanner, settings):
    settings.CLAMD = ""
    held = added(ppn, olly)
    settings.CLAMD = str(scanner.path)
    tasks.scan_waiting()
    tasks.look_at_the_store()
    assert state_of(held) == State.CLEAN
    assert nightly.last_look().files == 1


# Let out


def test_a_sergeant_lets_it_out_with_a_reason_and_answers_for_it(ppn, olly, sam, clock):
    photo = workflow.release(added(ppn, olly), by=sam, because="The doctor must see it now")
    assert (photo.state, photo.released_by, photo.released_at) == (State.RELEASED, sam, clock.at)
    assert photo.released_because == "The doctor must see it now"
    assert photo.may_be_opened
    assert photo.scanned_at is None


def test_no_reason_no_release(ppn, olly, sam):
    photo = added(ppn, olly)
    with pytest.raises(NotNow, match="why"):
        workflow.release(photo, by=sam, because=" ")


@pytest.mark.parametrize("name", ["olly", "cora", "rosa", "rashid", "tess"])
def test_nobody_else_lets_it_out(ppn, cast, olly, name):
    with pytest.raises(NotYours, match="let a document out of quarantine"):
        workflow.release(added(ppn, olly), by=cast[name], because="I am sure")


def test_malware_is_let_out_by_nobody(ppn, olly, sam, scanner):
    scanner.says = a_scanner.FOUND
    with pytest.raises(NotNow):
        workflow.release(added(ppn, olly), by=sam, because="I am sure")


# Withdrawn


@pytest.mark.parametrize("name", ["olly", "sam", "ines"])
def test_whoever_added_it_or_a_sergeant_withdraws_it(ppn, cast, olly, clock, name):
    photo = workflow.withdraw(added(ppn, olly), by=cast[name], because="It is another child")
    assert (photo.state, photo.withdrawn_by, photo.withdrawn_at) == (State.WITHDRAWN, cast[name], clock.at)
    assert not photo.may_be_opened


@pytest.mark.parametrize("name", ["cora", "rosa"])
def test_nobody_else_withdraws_it(ppn, cast, olly, name):
    with pytest.raises(NotYours, match="who added it, or a MASH sergeant"):
        workflow.withdraw(added(ppn, olly), by=cast[name], because="It is another child")


def test_a_withdrawal_has_a_reason_and_is_final(ppn, olly, sam):
    photo = added(ppn, olly)
    with pytest.raises(NotNow, match="why"):
        workflow.withdraw(photo, by=olly, because="")
    gone = workflow.withdraw(photo, by=olly, because="It is another child")
    with pytest.raises(NotNow):
        workflow.release(gone, by=sam, because="No, it is hers")


def test_whoever_may_not_see_the_record_does_nothing_with_what_belongs_to_it(ppn, olly, ines, sue, sam):
    """The record has moved to a restricted case since, and the document has not."""
    photo, hidden = added(ppn, olly), submitted(olly)
    restrict(as_seen_by(ines, hidden).case, by=ines, people=[ines, sue], because="A member of staff is involved")
    with signed(System("test")):
        Attachment.objects.filter(pk=photo.pk).update(record=hidden.pk)
    for verb in (workflow.release, workflow.withdraw):
        with pytest.raises(Http404):
            verb(photo, by=sam, because="I am sure")
    HOLDERS.register(Ppn, may_add=Can.ADD_DOCUMENT, may_see=Can.TAKE_CALL)
    with pytest.raises(NotYours):
        workflow.release(photo, by=ines, because="I am sure")


# What the database itself refuses


@pytest.mark.parametrize(
    "values",
    [
        {"caption": ""},
        {"size": 0},
        {"sha256": "x"},
        {"stored_as": "../../etc/passwd"},
        {"quarantined_because": ""},
        {"withdrawn_because": "no state"},
        {"released_at": datetime(2026, 3, 2, tzinfo=UTC)},
    ],
    ids=str,
)
def test_the_database_refuses_what_must_never_be(ppn, olly, values):
    photo = added(ppn, olly)
    with pytest.raises(IntegrityError), signed(System("test")):
        Attachment.objects.filter(pk=photo.pk).update(**values)


# The clock


def test_it_waits_four_hours_from_the_moment_it_was_added(ppn, olly, clock):
    photo = added(ppn, olly)
    running = clock_of(photo, "AT")
    assert (running.started_at, running.due_at) == (clock.at, clock.at + hours(4))
    assert (running.reference, running.team_id) == (ppn.reference, ppn.team_id)
    assert photo.due_at == running.due_at


MOMENT = timedelta(microseconds=1)


def test_the_sergeant_is_told_when_half_the_time_has_gone_and_the_inspector_when_all_has(ppn, olly, clock):
    photo = added(ppn, olly)
    for time_gone, who in ((hours(2), []), (MOMENT, ["sam"]), (hours(2) - MOMENT, ["sam"]), (MOMENT, ["sam", "ines"])):
        swept(clock, time_gone)
        assert told(photo.pk) == who, clock.at


def test_a_sergeant_on_leave_never_holds_up_what_is_in_quarantine(ppn, olly, sam, cole, clock):
    away(sam, days=7, cover=cole)
    photo = added(ppn, olly)
    swept(clock, hours(2) + MOMENT)
    assert told(photo.pk) == ["cole"]


@pytest.mark.parametrize(
    "began",
    [datetime(2026, 3, 28, 23, 0, tzinfo=UTC), datetime(2026, 10, 24, 23, 0, tzinfo=UTC)],
    ids=["the night an hour is lost", "the night an hour comes twice"],
)
def test_four_hours_are_four_hours_on_the_nights_the_clocks_change(clock, olly, began):
    clock.set(began)
    photo = added(submitted(olly), olly)
    assert clock_of(photo, "AT").due_at - began == hours(4)
    swept(clock, hours(4) + MOMENT)
    assert told(photo.pk) == ["sam", "ines"]


@pytest.mark.parametrize(
    "end",
    [
        lambda photo, olly, sam: workflow.found_clean(photo, by=CHECK),
        lambda photo, olly, sam: workflow.found_malware(photo, by=CHECK, malware="x"),
        lambda photo, olly, sam: workflow.release(photo, by=sam, because="The doctor waits"),
        lambda photo, olly, sam: workflow.withdraw(photo, by=olly, because="Wrong child"),
    ],
    ids=["clean", "malware", "let out", "withdrawn"],
)
def test_each_end_of_the_waiting_stops_the_clock_and_what_was_late_stays_told(ppn, olly, sam, clock, end):
    photo = added(ppn, olly)
    clock.shift(hours(5))
    end(photo, olly, sam)
    assert not Clock.running().filter(record=photo.pk).exists()
    assert told(photo.pk) == ["sam", "ines"]  # what was due was raised as it stopped


def test_one_that_a_crash_left_waiting_is_watched_as_well(ppn, olly, clock):
    waits = workflow.add(Attachment(), by=olly, to=ppn, upload=Upload("a.jpg", files.JPEG), caption="Not checked")
    swept(clock, hours(4) + MOMENT)
    assert told(waits.pk) == ["sam", "ines"]
    assert AT.promise == "Document in quarantine"


# Registration


def test_records_of_an_app_that_says_only_who_may_add_are_seen_by_those_alone():
    HOLDERS.register(Ppn, may_add=Can.RELEASE_DOCUMENT)
    assert HOLDERS.by_kind["ppn.ppn"].may_see == Can.RELEASE_DOCUMENT
