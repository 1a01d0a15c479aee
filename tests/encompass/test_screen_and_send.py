"""The safety screen, and what a school reads: never a refuge, never other people's data, never intelligence."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from access.actor import NotYours, System, acting, signed
from access.time import now
from cases.workflow.people import protect_address
from encompass import workflow
from encompass.content import content_for_school, what_may_not_go
from encompass.models import Exemption, SchoolNotice
from encompass.showing import settled
from encompass.workflow import keeping
from partners.models import Disclosure
from sla.engine import sweep
from tests.encompass.conftest import a_school, has_a_lead, local
from tests.encompass.scenes import POPPY, SEVEN, TEXT, a_child, raised, raised_one, screened, told, who_was_told
from tests.households import HERE, on_record
from tests.stories import called_in, clock_of
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
QUESTIONS = ["refuge", "suspect_at_school", "fears_school", "others_data"]


@pytest.fixture
def notice(friday_night, olly, lark):
    return raised_one(olly, school=lark)


def disclosed(by):
    with acting(by):
        return [each.content for each in Disclosure.objects.order_by("sent_at")]


def test_four_times_no_and_it_is_sent_in_the_same_press(notice, olly, cora):
    sent = screened(notice, olly)
    assert (sent.state, sent.sent_by, sent.screened_by) == ("sent", olly, olly)
    assert disclosed(cora) == [sent.content]
    with acting(cora):
        (row,) = Disclosure.objects.all()
    assert (row.basis, str(row.agency)) == ("legal_obligation", "Larkfield Primary School (900001)")
    assert "49A" in row.why_needed


def test_what_the_school_reads_in_full(notice, olly):
    content = screened(notice, olly).content
    assert content["child"] == POPPY
    assert content["born_on"] == "5 November 2018"
    assert content["police_reference"] == notice.about_reference
    assert content["when"] == "Fri 6 March 2026, 23:40"
    assert content["where"] == "12 Example Street"
    assert content["child_present"] == "Yes: On the stairs"
    assert content["voice_of_the_child"] == "“I covered my ears.”"
    assert content["spoken_to"] == "Alone"
    assert content["what_happened"] == TEXT


def test_the_least_where_that_is_agreed_with_the_authority_and_its_own_line(friday_night, olly, cora, lark, vale):
    said = {"starts": date(2026, 1, 1), "is_ours": True, "force": "", "because": "Agreed"}
    keeping.keep_practice(by=cora, authority=vale, profile="minimum", local_line="Do not speak to parents.", **said)
    content = screened(raised_one(olly, school=lark), olly).content
    assert set(content) == {
        *("about", "police_reference", "child", "born_on", "when", "what_happened", "what_it_means", "please"),
        "agreed_here",
    }
    assert (content["when"], content["agreed_here"]) == ("Fri 6 March 2026", "Do not speak to parents.")
    assert TEXT not in json.dumps(content)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("answer", ["yes", "not_known"])
def test_one_answer_that_is_not_no_and_somebody_decides(notice, olly, cora, question, answer):
    ready = screened(notice, olly, **{question: answer})
    assert (ready.state, disclosed(cora)) == ("ready", [])


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_may_stay_open(notice, olly, question):
    with pytest.raises(NotNow, match="four questions"):
        screened(notice, olly, **{question: ""})


def test_with_an_open_answer_it_goes_only_with_a_reason(notice, olly, cora):
    ready = screened(notice, olly, fears_school="yes")
    with pytest.raises(NotNow, match="why it can go safely"):
        workflow.send(ready, by=cora, because=" ")
    sent = workflow.send(ready, by=cora, because="She was called and agrees")
    assert (sent.state, sent.sent_because) == ("sent", "She was called and agrees")


@pytest.mark.parametrize("answer", ["yes", "not_known"])
def test_where_there_may_be_a_refuge_no_place_is_sent(notice, olly, cora, answer):
    sent = workflow.send(screened(notice, olly, refuge=answer), by=cora, because="No place stands in it")
    assert sent.content["where"] == "not sent"
    assert "12 Example Street" not in json.dumps(sent.content)


def test_where_the_suspect_works_at_the_school_it_is_never_mailed(notice, olly, cora):
    ready = screened(notice, olly, suspect_at_school="yes")
    with pytest.raises(NotNow, match="make sure it is not them"):
        workflow.send(ready, by=cora, because="It is urgent")
    done = by_phone(ready, cora, name="Lena Lead", because="She is not the suspect")
    assert (done.state, done.told_how, done.told_name) == ("delivered", "phone", "Lena Lead")


def by_phone(notice, by, **said):
    usual = {"name": "Lena Lead", "because": "", "support_note": ""}
    return workflow.told_by_phone(notice, by=by, **{**usual, **said})


PLANTED = [
    ("Intelligence says he has a knife.", "intelligence"),
    ("He is a registered sex offender (RSO).", "intelligence"),
    ("They are in a refuge now.", "refuge"),
    ("Mum has moved to her sister's.", "new address"),
    ("They live at ZV1 1AB now.", "no address"),
    ("Desmond Example hit her.", "other people's data"),
    ("Desmond hit her.", "other people's data"),
    ("They went to 7 Hidden Lane.", "nobody may find"),
]


@pytest.mark.parametrize(("words", "why"), PLANTED)
@pytest.mark.parametrize("where", ["happened", "voice"])
def test_what_may_not_be_sent_is_found_and_does_not_leave(friday_night, olly, cora, lark, words, why, where):
    mother = on_record(cora, "Maria Sample", born=date(1990, 1, 1))
    protect_address(mother, by=cora, address="7 Hidden Lane, ZV1 9XY", protected_because="He looks for her")
    (notice,) = raised(olly, a_child(school=lark), others=["Desmond Example"])
    ready = screened(notice, olly, **{where: words})
    assert ready.state == "ready"
    assert any(why in each for each in what_may_not_go(ready))
    with pytest.raises(NotNow, match="safety screen again"):
        workflow.send(ready, by=cora, because="All well")
    with pytest.raises(NotNow):
        by_phone(ready, cora, because="All well")
    assert disclosed(cora) == []
    assert screened(ready, cora, **{where: "It was loud."}).state == "sent"


def test_the_narrative_and_everything_planted_in_it_stays_here(friday_night, olly, callie, cora, lark):
    incident = called_in(callie, what_happened="Canary intelligence: moved to Canary Refuge, Canary Lane. By Desmond.")
    (notice,) = raised(olly, a_child(school=lark), record=incident, text="")
    sent = screened(notice, olly)
    assert "anary" not in json.dumps(sent.content)
    assert "Desmond" not in json.dumps(sent.content)
    assert sent.content["what_happened"] == "Police recorded an incident of domestic abuse in the child's family."


def test_names_of_people_of_the_incident_are_other_peoples_data(friday_night, olly, callie, cora, lark, mill):
    notices = raised(olly, a_child(school=lark), a_child("Ben Other", school=mill))
    ready = screened(notices[0], olly, happened="Ben Other was there too.")
    assert ready.state == "ready"
    assert screened(notices[1], olly, happened="Ben was there.").state == "sent"


def test_a_family_name_the_child_shares_is_its_own(friday_night, olly, lark):
    (notice,) = raised(olly, a_child(school=lark), others=["Desmond Example"])
    assert screened(notice, olly, happened="The Example family was at home.").state == "sent"


def test_the_place_of_the_incident_is_checked_against_protected_addresses(friday_night, olly, cora, lark):
    mother = on_record(cora, "Maria Sample", born=date(1990, 1, 1))
    protect_address(mother, by=cora, address="7 Hidden Lane, ZV1 9XY", protected_because="He looks for her")
    (notice,) = raised(olly, a_child(school=lark), where="7 Hidden Lane, ZV1 9XY")
    assert screened(notice, olly).state == "ready"
    assert content_for_school(screened(notice, olly, refuge="yes"))["where"] == "not sent"


def test_without_a_mailbox_the_school_is_telephoned(friday_night, olly, cora, northvale):
    school = a_school("900006", "No Mail School", northvale)
    ready = screened(raised_one(olly, school=school), olly)
    assert ready.state == "ready"
    with pytest.raises(NotNow, match="No secure mailbox"):
        workflow.send(ready, by=cora, because="")
    done = by_phone(ready, cora, name="Head of year")
    assert (done.state, disclosed(cora)) == ("delivered", [done.content])


def test_whoever_was_told_has_a_name(notice, olly, cora):
    with pytest.raises(NotNow, match="who was told"):
        by_phone(screened(notice, olly), cora, name=" ")


def test_the_mailbox_of_somebody_who_has_left_gets_nothing(friday_night, olly, cora, lark):
    with acting(cora):
        (adult,) = lark.key_adults.all()
    keeping.end_key_adult(adult, by=cora)
    assert screened(raised_one(olly, school=lark), olly).state == "ready"
    has_a_lead(lark, cora, name="New Lead", mailbox="new@lark.example")
    assert screened(raised_one(olly, school=lark), olly).agency.mailbox == "new@lark.example"


def test_what_came_back_is_ready_again_and_the_clock_runs_on(notice, olly, cora):
    back = workflow.not_delivered(screened(notice, olly), by=cora, what_happened="Mailbox full")
    assert (back.state, back.trouble, clock_of(back, "P6").stopped_at) == ("ready", "Mailbox full", None)
    assert workflow.send(back, by=cora, because="").state == "sent"


def test_late_is_recorded_and_sent_anyway_with_a_note_for_the_school(notice, olly, cora, friday_night):
    friday_night.set(local(2026, 3, 9, 9, 10))
    ready = screened(notice, olly)
    assert ready.state == "ready"
    with pytest.raises(NotNow, match="The bell has rung"):
        workflow.send(ready, by=cora, because="")
    with pytest.raises(NotNow, match="still do for the child"):
        workflow.send_late(ready, by=cora, because="", support_note=" ")
    sent = workflow.send_late(ready, by=cora, because="", support_note="Take her out of class gently.")
    done = workflow.delivered(sent, by=cora)
    assert (done.late, done.late_by, done.content["please"]) == (
        True,
        timedelta(minutes=30),
        "Take her out of class gently.",
    )
    sweep()
    assert who_was_told(notice)[-1] == "ines"


def test_exactly_on_the_bell_it_is_not_late(notice, olly, cora, friday_night):
    friday_night.set(local(2026, 3, 9, 8, 40))
    assert screened(notice, olly).state == "sent"


def test_sent_in_time_and_delivered_after_the_bell_is_late(notice, olly, cora, friday_night):
    sent = screened(notice, olly)
    friday_night.set(local(2026, 3, 9, 9, 0))
    assert workflow.delivered(sent, by=cora).late


def test_delivered_before_the_bell_and_heard_of_after_it_is_not_late(notice, olly, cora, friday_night):
    sent = screened(notice, olly)
    at = now() + timedelta(minutes=1)
    friday_night.set(local(2026, 3, 9, 9, 0))
    done = workflow.delivered(sent, by=System("mail"), at=at)
    assert (done.late, done.delivered_at) == (False, at)


def test_told_by_telephone_after_the_bell_the_school_is_told_what_it_can_do(notice, olly, cora, friday_night):
    ready = screened(notice, olly, fears_school="yes")
    friday_night.set(local(2026, 3, 9, 9, 0))
    with pytest.raises(NotNow, match="still do for the child"):
        by_phone(ready, cora, because="She agrees")
    assert by_phone(ready, cora, because="She agrees", support_note="A quiet room").late


def test_only_a_sergeant_holds_it_back_and_it_counts_as_not_told(notice, olly, cora, sam, friday_night):
    ready = screened(notice, olly, suspect_at_school="yes")
    with pytest.raises(NotYours):
        workflow.hold_back(ready, by=cora, because="He teaches her", exemption=None)
    held = workflow.hold_back(ready, by=sam, because="He teaches her", exemption=None)
    assert (held.state, clock_of(held, "P6").stopped_at) == ("held_back", None)
    with acting(cora):
        assert settled(held) == [f"{held.reference}: Larkfield Primary School is not told about {POPPY} " + HELD]
    friday_night.set(local(2026, 3, 9, 8, 41))
    sweep()
    assert who_was_told(notice) == ["co-ordinators", "sam", "ines"]


HELD = "(Held back: the school is not told)."


def test_under_an_exception_in_the_law_it_is_settled(notice, olly, cora, sam):
    with signed(System("test")):
        rule = Exemption.objects.create(name="Regulation 3", source="SI 2027/1", starts=date(2026, 1, 1))
    held = workflow.hold_back(screened(notice, olly, refuge="yes"), by=sam, because="Regulation 3", exemption=rule)
    with acting(cora):
        assert settled(held) == []


def test_what_was_held_back_is_sent_after_all(notice, olly, sam, friday_night):
    held = workflow.hold_back(screened(notice, olly, refuge="yes"), by=sam, because="He looks for her", exemption=None)
    sent = workflow.send_anyway(held, by=sam, because="She is safe now", support_note="")
    assert (sent.state, sent.sent_because, sent.held_back_because) == ("sent", "She is safe now", "He looks for her")


def test_held_back_before_the_screen_it_comes_back_to_it(notice, sam):
    held = workflow.hold_back(notice, by=sam, because="He looks for her", exemption=None)
    assert workflow.send_anyway(held, by=sam, because="Safe", support_note="").state == "to_screen"


def test_sent_after_all_past_the_bell_it_says_what_the_school_can_do(notice, olly, sam, friday_night):
    held = workflow.hold_back(screened(notice, olly, refuge="yes"), by=sam, because="He looks for her", exemption=None)
    friday_night.set(local(2026, 3, 9, 9, 0))
    with pytest.raises(NotNow, match="still do"):
        workflow.send_anyway(held, by=sam, because="Safe", support_note="")
    assert workflow.send_anyway(held, by=sam, because="Safe", support_note="A quiet room").late


def test_a_sergeant_says_that_there_is_nobody_to_tell(friday_night, olly, cora, sam):
    notice = raised_one(olly)
    with pytest.raises(NotYours):
        workflow.not_for_school(notice, by=cora, because="Left school")
    done = workflow.not_for_school(notice, by=sam, because="At 17 in no education; careers service told")
    assert done.state == "not_for_school"
    assert {clock_of(done, code).stopped_at for code in ("P6", "P6F")} == {now()}
    with acting(cora):
        assert settled(done) == []


def test_a_school_that_does_not_answer_is_heard_of_at_the_end_of_its_first_day(notice, olly, friday_night):
    done = told(notice, olly)
    friday_night.set(local(2026, 3, 9, 15, 30))
    sweep()
    assert who_was_told(done) == []
    friday_night.shift(timedelta(microseconds=1))
    sweep()
    assert who_was_told(done) == ["sam"]


def test_a_school_that_answers_has_been_told(notice, olly, cora):
    done = workflow.acknowledge(screened(notice, olly), by=cora, name="Lena Lead")
    assert (done.state, done.told_how, done.acknowledged_name) == ("acknowledged", "mail", "Lena Lead")
    assert clock_of(done, "P6").stopped_at == now()


def test_who_took_the_question_to_the_authority_is_on_the_timeline_and_the_clock_runs_on(friday_night, olly, cora):
    from sla.work import timeline_of

    notice = raised_one(olly)
    asked = workflow.ask_authority(notice, by=cora, whom="Vale, by their out of hours number")
    assert asked.state == "needs_school"
    with acting(cora):
        assert "Vale, by their out of hours number" in str(timeline_of(asked))
    assert clock_of(asked, "P6F").stopped_at is None


def test_who_has_no_home_here_may_be_screened_by_any_officer_but_not_by_a_call_taker(notice, callie):
    with pytest.raises(NotYours):
        screened(notice, callie)


def test_nothing_is_settled_until_every_school_of_the_incident_is_told(friday_night, olly, cora, lark, callie):
    incident = called_in(callie)
    notices = raised(olly, a_child(school=lark), a_child("Ben Other"), record=incident)
    with acting(cora):
        assert len(settled(incident)) == 2
    told(notices[0], olly)
    with acting(cora):
        assert [line.split(":")[0] for line in settled(incident)] == [notices[1].reference]


def test_a_notice_one_may_not_see_is_counted_without_a_name(friday_night, olly, cora, ines, lark):
    from cases.workflow.cases import restrict

    notice = raised_one(olly, school=lark)
    restrict(notice.case, by=ines, people=[ines], because="Secret")
    with acting(cora):
        assert settled(notice) == [f"{notice.reference}: a school is not told."]


def test_the_database_refuses_what_was_never_screened(notice):
    from django.db import IntegrityError, connection, transaction

    with signed(System("test")), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE encompass_schoolnotice SET state = 'sent' WHERE id = %s", [notice.pk])


def test_the_household_address_is_not_in_the_text(friday_night, olly, cora, lark):
    poppy = on_record(cora, POPPY, born=SEVEN, home=HERE)
    sent = screened(raised_one(olly, person=poppy, school=lark), olly)
    assert "ZV1" not in json.dumps(sent.content)
    with acting(cora):
        assert SchoolNotice.objects.get().person == poppy


def test_there_is_no_exception_in_the_law_until_somebody_enters_one():
    assert not Exemption.objects.exists()


def test_a_home_force_that_is_not_told_is_not_settled(friday_night, olly, cora, lark):
    done = told(raised_one(olly, school=lark, lives_elsewhere=True), olly)
    with acting(cora):
        assert settled(done) == [f"{done.reference}: the force of the child's home is not told."]
    workflow.tell_home_force(done, by=cora, force="Dale Police", how="By phone")
    with acting(cora):
        assert settled(done) == []


def test_grounds_recorded_days_ago_are_late_when_they_are_raised(friday_night, olly, cora, lark):
    (notice,) = raised(olly, a_child(school=lark), grounds_at=local(2026, 3, 3, 20, 0))
    assert (notice.bell_at, notice.due_at) == (local(2026, 3, 4, 8, 40), local(2026, 3, 4, 8, 40))
    assert screened(notice, olly).state == "ready"
    sweep()
    assert who_was_told(notice) == ["co-ordinators", "sam", "ines"]


def test_grounds_to_come_are_grounds_now(friday_night, olly, lark):
    (notice,) = raised(olly, a_child(school=lark), grounds_at=now() + timedelta(days=3))
    assert notice.grounds_at == now()
