"""Somebody of an agency sees what their agency was sent, and answers; nothing of another agency's is there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from access.actor import System, acting, signed
from partners import workflow
from partners.disclose import Grounds
from partners.models import Delivery, Disagreement, Look, Reply
from partners.workflow.access import cut_off_agency
from tests.conftest import hours
from tests.partners.agencies import a_person
from tests.partners.scenes import an_agency, arrived, sent
from tests.partners.test_corrections import corrected, taken_back
from tests.stories import submitted

pytestmark = pytest.mark.django_db
TEST = System("test")
STEPS = ["have-it", "decided", "ask", "disagree", "destroyed"]


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def school(ppn):
    return an_agency("Vale School", "education")


@pytest.fixture
def amy(client, school, sam):
    person = a_person(school, by=sam)
    client.force_login(person.user)
    return person


@pytest.fixture
def delivery(ppn, school, cora):
    return sent(ppn, school, cora)


@pytest.fixture
def sees(client, amy):
    """What Amy sees, by the name of the page and what was sent."""

    def read(name="portal", about=None, status=200):
        answer = client.get(reverse(name, args=[about] if about else []))
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    return read


@pytest.fixture
def says(client, amy):
    """Amy answers, and sees the page that follows."""

    def answer(step, about, status=200, **said):
        page = client.post(reverse(f"portal-{step}", args=[about.disclosure_id]), said, follow=True)
        assert page.status_code == status, page.content.decode()
        return page.content.decode()

    return answer


def now_there(delivery):
    with acting(TEST):
        return Delivery.objects.get(pk=delivery.pk)


def replies():
    with acting(TEST):
        return [(each.what, each.who, each.how, each.said) for each in Reply.objects.order_by("recorded_at")]


def looks():
    with acting(TEST):
        return [(each.who, each.times) for each in Look.objects.order_by("first_at")]


# Signing in


def test_she_signs_in_where_everybody_does_and_comes_to_what_waits_for_her_agency(client, amy, delivery):
    client.logout()
    amy.user.set_password("a long pass phrase")
    amy.user.save()
    said = {"username": "amy", "password": "a long pass phrase"}
    page = client.post(f"{reverse('sign-in')}?next={reverse('ppn-queue')}", said, follow=True)
    assert page.redirect_chain[-1][0] == reverse("portal")
    shown = page.content.decode()
    assert delivery.reference in shown
    assert "MASH queue" not in shown
    assert "My absence" not in shown


def test_she_is_refused_every_page_of_the_police_in_words_that_are_for_her_and_they_these(client, amy, cora):
    page = client.get(reverse("home"))
    assert page.status_code == 403
    assert "This is not for your agency" in page.content.decode()
    assert "supervisor" not in page.content.decode()
    client.force_login(cora)
    assert client.get(reverse("portal")).status_code == 403


def test_from_the_moment_her_agency_is_cut_off_her_next_page_is_the_sign_in(client, amy, school, delivery, sam):
    address = reverse("portal-sent", args=[delivery.disclosure_id])
    assert client.get(address).status_code == 200
    cut_off_agency(school, by=sam, because="Their network was broken into")
    assert client.get(address).status_code == 302
    assert client.post(reverse("portal-have-it", args=[delivery.disclosure_id])).status_code == 302
    assert replies() == []


# What is there


def test_what_waits_for_an_answer_comes_first_what_is_due_next_at_the_top(sees, clock, olly, school, cora, delivery):
    clock.shift(hours(1))
    later = sent(submitted(olly), school, cora)
    settled = arrived(submitted(olly), school, cora)
    answer = workflow.Answer(who="Amy Field")
    workflow.record_decision(settled, by=cora, answer=answer, outcome="early_help")
    page = sees()
    places = [page.index(each) for each in (delivery.reference, later.reference, "Everything else", settled.reference)]
    assert places == sorted(places)
    assert "Waiting for your answer (2)" in page


def test_the_time_that_is_shown_is_hers_and_not_that_of_the_police_to_reach_her(sees, clock, delivery):
    assert "left" not in sees()
    assert "left" in sees("portal-sent", delivery.disclosure_id)


def test_reading_it_is_a_look_and_it_has_arrived(sees, delivery, clock):
    page = sees("portal-sent", delivery.disclosure_id)
    assert "I hid under the stairs" in page
    there = now_there(delivery)
    assert (there.state, there.told_how, there.told_whom) == ("delivered", "portal", "Amy Field")
    assert looks() == [("Amy Field", 1)]
    sees("portal-sent", delivery.disclosure_id)
    assert looks() == [("Amy Field", 2)]


def test_the_list_and_a_head_show_nothing_of_a_child_and_are_no_look(client, sees, delivery):
    assert "stairs" not in sees()
    client.head(reverse("portal-sent", args=[delivery.disclosure_id]))
    assert looks() == []
    assert now_there(delivery).state == "waiting"


@pytest.mark.parametrize(
    ("informed", "more", "said"),
    [
        ("yes", {}, "The family has been told"),
        ("no_risk", {"not_informed_because": "He would move"}, "Do not tell them"),
        ("no_other", {"not_informed_because": "Not reached"}, "Ask us before you tell them"),
        ("not_yet", {"who_will_tell": "PC Officer", "tell_by": "tomorrow"}, "PC Officer tells them"),
    ],
)
def test_she_is_told_whether_the_family_knows(sees, clock, ppn, school, cora, informed, more, said):
    if "tell_by" in more:
        more["tell_by"] = clock.at + hours(24)
    grounds = Grounds(basis="public_task", why_needed="To keep her safe", informed=informed, **more)
    with signed(cora):
        (disclosure,) = workflow.disclose(ppn, to=[school], content={"about": "Seen"}, grounds=grounds, by=cora)
    page = sees("portal-sent", disclosure.pk)
    assert said in page
    assert "He would move" not in page


def test_what_was_corrected_says_so_and_leads_to_what_is_right(sees, ppn, school, cora, delivery):
    (right,) = corrected(ppn, cora)
    page = sees("portal-sent", delivery.disclosure_id, status=410)
    assert "This was corrected" in page
    assert "stairs" not in page
    assert reverse("portal-sent", args=[right.pk]) in page
    assert "Corrected." in sees("portal-sent", right.pk)


def test_what_was_taken_back_shows_nothing_but_that_it_is_to_be_destroyed(sees, says, ppn, school, cora):
    delivery = arrived(ppn, school, cora)
    (back,) = taken_back(ppn, cora)
    assert "This was taken back" in sees("portal-sent", delivery.disclosure_id, status=410)
    page = sees("portal-sent", back.pk)
    assert "Destroy it and every copy" in page
    assert "stairs" not in page
    with acting(TEST):
        withdrawal = Delivery.objects.get(disclosure=back)
    assert "The police have your answer" in says("destroyed", withdrawal, said="I shredded it at ten")
    assert now_there(withdrawal).state == "confirmed"


def test_what_has_run_out_is_not_there(sees, clock, delivery):
    clock.set(delivery.disclosure.available_until)
    sees("portal-sent", delivery.disclosure_id, status=404)
    assert delivery.reference not in sees()


# Answers


def test_they_have_it(says, delivery):
    assert "The police have your answer" in says("have-it", delivery)
    assert now_there(delivery).state == "acknowledged"
    assert replies() == [("acknowledged", "Amy Field, Safeguarding lead", "portal", "")]


def test_said_twice_it_is_said_once(says, delivery):
    says("have-it", delivery)
    assert "The police know already" in says("have-it", delivery)
    assert len(replies()) == 1


def test_they_decided_and_what_they_decided_changed(says, sees, delivery):
    says("decided", delivery, outcome="early_help", said="Mr Sample meets her on Monday")
    assert (now_there(delivery).state, now_there(delivery).outcome) == ("settled", "early_help")
    assert "Our decision changed" in sees("portal-sent", delivery.disclosure_id)
    assert "Mr Sample meets her" in says("decided", delivery, outcome="acted", said="He met her today")
    assert [what for what, *_ in replies()] == ["decision", "changed"]


def test_they_ask_for_more_and_the_police_owe_them_an_answer(says, sees, delivery):
    assert "The police owe you an answer" in says("ask", delivery, said="Who may collect her?")
    assert "The police owe you an answer" in sees()
    assert now_there(delivery).asked_at is not None


def test_they_disagree_and_a_disagreement_begins(says, sees, delivery):
    sees("portal-sent", delivery.disclosure_id)
    says("disagree", delivery, said="She is not safe at home", they_ask="A strategy meeting today")
    with acting(TEST):
        one = Disagreement.objects.get()
    assert (one.raised_by_them, one.what_we_ask) == (True, "A strategy meeting today")


@pytest.mark.parametrize(
    ("step", "said", "field"),
    [
        ("decided", {"said": "He met her"}, "outcome"),
        ("decided", {"outcome": "acted"}, "said"),
        ("decided", {"outcome": "s47_joint", "said": "He met her"}, "outcome"),
        ("ask", {"said": ""}, "said"),
        ("disagree", {"said": "Not safe"}, "they_ask"),
    ],
)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(says, delivery, step, said, field):
    page = says(step, delivery, status=422, **said)
    assert "There is a problem" in page
    assert f'href="#id_{field}' in page
    assert said.get("said", "") in page
    assert replies() == []


def test_nothing_was_taken_back_so_nothing_is_destroyed(says, delivery):
    assert "Nothing was taken back here" in says("destroyed", delivery, status=422, said="Shredded")


# Of others


def test_what_another_agency_was_sent_is_the_same_404_as_what_is_not_there_whatever_is_done_with_it(
    client, amy, ppn, cora
):
    theirs = sent(ppn, an_agency(), cora)
    absent = "00000000-0000-4000-8000-000000000000"
    for name in ["portal-sent", *(f"portal-{step}" for step in STEPS)]:
        for ask in (client.get, client.post):
            there, not_there = (ask(reverse(name, args=[key])) for key in (theirs.disclosure_id, absent))
            assert (there.status_code, not_there.status_code) in {(404, 404), (405, 405)}, name
            assert _without_form_tokens(there) == _without_form_tokens(not_there)
    assert theirs.reference not in client.get(reverse("portal")).content.decode()
    assert (looks(), replies(), now_there(theirs).state) == ([], [], "waiting")


def _without_form_tokens(page):
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", page.content)


def test_a_colleague_of_hers_sees_what_was_answered_and_by_whom(says, delivery, school, sam):
    says("have-it", delivery)
    bo = Client()
    bo.force_login(a_person(school, by=sam, username="bo", post="Deputy head").user)
    page = bo.get(reverse("portal-sent", args=[delivery.disclosure_id])).content.decode()
    assert "Amy Field, Safeguarding lead" in page
    assert [who for who, _ in looks()] == ["Amy Field", "Bo Field"]


def test_the_list_asks_the_database_no_more_for_many_than_for_few(
    client, amy, olly, school, cora, django_assert_max_num_queries
):
    for _ in range(12):
        sent(submitted(olly), school, cora)
    with django_assert_max_num_queries(10):
        assert client.get(reverse("portal")).status_code == 200
