"""Somebody of an agency sees what their agency was sent, and answers; nothing of another agency's is there."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.actor import acting, signed
from access.time import now
from accounts.models import User
from documents import workflow as documents
from partners import workflow
from partners.disclose import Grounds
from partners.models import AgencyPerson, Delivery, DisclosedDocument
from partners.portal.urls import urlpatterns
from partners.portal.views import ANSWERED, WAITS
from partners.portal.words import asked_of
from partners.workflow.access import cut_off_agency
from tests.conftest import hours, minutes
from tests.documents import files
from tests.documents.conftest import scanner, store
from tests.documents.files import added
from tests.partners.agencies import a_person
from tests.partners.at_the_portal import (
    STEPS,
    TEST,
    amy,
    delivery,
    looks,
    now_there,
    ppn,
    replies,
    says,
    school,
    sees,
    settled,
)
from tests.partners.scenes import an_agency, arrived, sent
from tests.partners.test_corrections import corrected, taken_back
from tests.stories import clock_of, submitted

pytestmark = pytest.mark.django_db
__all__ = ["amy", "delivery", "ppn", "says", "scanner", "school", "sees", "store"]
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "?([a-z]+_[a-z_]+)')


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
    shown = page.content.decode()
    assert "This is not for your agency" in shown
    assert "Safeguarding lead, Vale School" in shown
    assert not [word for word in ("supervisor", "posting", "You may not", reverse("my-absence")) if word in shown]
    unknown = client.get("/nothing/").content.decode()
    assert "telephone the police team that sent it" in unknown
    assert "colleague" not in unknown
    client.force_login(cora)
    assert client.get(reverse("portal")).status_code == 403


def test_from_the_moment_her_agency_is_cut_off_her_next_page_is_the_sign_in(client, amy, school, delivery, sam):
    address = reverse("portal-sent", args=[delivery.disclosure_id])
    assert client.get(address).status_code == 200
    cut_off_agency(school, by=sam, because="Their network was broken into")
    assert client.get(address).status_code == 302
    assert client.post(reverse("portal-have-it", args=[delivery.disclosure_id])).status_code == 302
    assert replies() == []


def test_somebody_who_is_let_in_for_no_agency_is_told_so_whatever_they_ask_for(client, amy, delivery):
    with signed(TEST):
        AgencyPerson.objects.filter(pk=amy.pk).update(ended_at=now(), ended_by=amy.let_in_by, ended_because="Moved on")
    for name in ["portal", "portal-sent", *(f"portal-{step}" for step in STEPS)]:
        for ask in (client.get, client.head, client.post):
            answer = ask(reverse(name, args=[delivery.disclosure_id] if name != "portal" else []))
            assert answer.status_code == 403, name
    assert "You are not let in for an agency any more" in client.get(reverse("portal")).content.decode()
    assert (looks(), replies()) == ([], [])


# What is there


def test_nothing_was_sent_and_nothing_waits(sees, olly, school, cora):
    assert "The police have sent your agency nothing" in sees()
    settled(arrived(submitted(olly), school, cora), cora)
    assert "Nothing waits for your answer." in sees()


def test_what_nobody_has_said_that_they_have_comes_first_then_what_came_of_the_rest_then_what_is_done(
    sees, clock, olly, school, cora, delivery
):
    yesterdays = settled(arrived(submitted(olly), school, cora), cora)
    had = arrived(submitted(olly), school, cora)
    workflow.acknowledge(had, by=cora, answer=workflow.Answer(who="Amy Field"))
    clock.shift(hours(24))
    later = sent(submitted(olly), school, cora)
    todays = settled(arrived(submitted(olly), school, cora), cora)
    stands = ["Waiting for your answer", delivery.reference, later.reference, had.reference]
    stands += ["Sent today, and answered", todays.reference, "Sent earlier", yesterdays.reference]
    page = sees()
    places = [page.index(each) for each in stands]
    assert places == sorted(places)


def test_the_list_is_in_the_order_of_what_is_asked_of_each(sees, olly, school, cora, says):
    made = [arrived(submitted(olly), school, cora) for _ in range(4)]
    says("have-it", made[0])
    says("ask", made[1], said="Who may collect her?")
    settled(made[2], cora)
    with acting(TEST):
        for each in Delivery.objects.annotate(waits=WAITS):
            assert (each.waits < ANSWERED) == (asked_of(each) is not None), each.state


def test_a_long_list_goes_on_on_the_next_page(client, amy, clock, olly, school, cora, monkeypatch):
    monkeypatch.setattr("partners.portal.views.A_PAGE", 2)
    made = []
    for _ in range(3):
        clock.shift(minutes(1))
        made.append(sent(submitted(olly), school, cora).reference)
    first, second = (client.get(reverse("portal"), {"page": number}).content.decode() for number in (1, 2))
    assert [each in first for each in made] == [True, True, False]
    assert [each in second for each in made] == [False, False, True]
    assert "Page 1 of 2" in first


def test_she_is_told_by_when_she_is_asked_to_say_that_they_have_it_once_she_has_read_it(sees, clock, delivery):
    clock.shift(minutes(10))
    assert "Please tell us that you have it.</strong>" in sees()
    assert "Please tell us that you have it by 9:10 am tomorrow." in sees("portal-sent", delivery.disclosure_id)
    assert "Please tell us that you have it by 9:10 am tomorrow." in sees()
    clock.shift(hours(48))
    assert "Please tell us that you have it. We asked for it by 9:10 am yesterday." in sees()


def test_then_by_when_to_say_what_came_of_it(says, clock, delivery):
    assert "Please tell us what came of it by 9 am on Monday 16 March." in says("have-it", delivery)


def test_the_clock_of_reaching_them_stops_when_she_reads_it_and_that_of_their_answer_begins(sees, delivery):
    assert clock_of(delivery, "PD").stopped_at is None
    sees("portal-sent", delivery.disclosure_id)
    assert clock_of(delivery, "PD").stopped_at == now()
    assert clock_of(delivery, "P7").started_at == now()


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
    assert client.head(reverse("portal-sent", args=[delivery.disclosure_id])).status_code == 200
    assert looks() == []
    assert now_there(delivery).state == "waiting"


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose", "X-Moz"])
def test_what_a_browser_fetches_before_anybody_asks_is_not_shown_and_so_nobody_has_looked(
    client, amy, delivery, header
):
    page = client.get(reverse("portal-sent", args=[delivery.disclosure_id]), headers={header: "prefetch;prerender"})
    assert (page.status_code, page.content) == (503, b"")
    assert looks() == []


def test_reading_writes_that_somebody_looked_and_that_it_has_arrived_and_nothing_else(client, amy, delivery):
    pages = [reverse("portal"), *(reverse(f"portal-{step}", args=[delivery.disclosure_id]) for step in STEPS)]
    assert [_written_by(client, page) for page in pages] == [[]] * len(pages)
    read = reverse("portal-sent", args=[delivery.disclosure_id])
    assert set(_written_by(client, read)) == {"partners_look", "partners_delivery", "workflow_step", "sla_clock"}
    assert _written_by(client, read) == ["partners_look"]


def _written_by(client, address):
    """Tables that a GET writes."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [table for each in asked.captured_queries for table in re.findall(WRITES, each["sql"])]


@pytest.mark.parametrize(
    ("informed", "more", "said"),
    [
        ("yes", {}, "The family knows that we told you."),
        ("no_risk", {"not_informed_because": "He would move"}, "Do not tell them: it would put somebody at risk."),
        ("no_other", {"not_informed_because": "He would move"}, "Do not tell them before you have asked us."),
        ("not_yet", {"who_will_tell": "PC Officer", "tell_by": "?"}, "PC Officer was to tell them by 9 am tomorrow."),
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
    page = sees("portal-sent", right.pk)
    assert "Corrected." in page
    assert "Anya is 8, not 7" in page


@pytest.mark.parametrize("step", STEPS)
def test_an_answer_to_what_was_corrected_meanwhile_is_not_taken_and_what_was_typed_is_shown(
    client, amy, ppn, cora, delivery, step
):
    corrected(ppn, cora)
    address = reverse(f"portal-{step}", args=[delivery.disclosure_id])
    assert client.get(address).status_code == 410
    page = client.post(address, {"said": "Mr Sample meets her", "they_ask": "A visit"})
    assert page.status_code == 410
    assert ("Mr Sample meets her" in page.content.decode()) == (step != "have-it")
    assert replies() == []


def test_what_was_taken_back_shows_nothing_but_that_it_is_to_be_destroyed(sees, says, ppn, school, cora):
    delivery = arrived(ppn, school, cora)
    (back,) = taken_back(ppn, cora)
    assert "This was taken back" in sees("portal-sent", delivery.disclosure_id, status=410)
    page = sees("portal-sent", back.pk)
    assert "Destroy it and every copy" in page
    assert "It is about another family" in page
    assert "stairs" not in page
    assert [each for each in ("We have it", "We have decided", "We disagree") if each in page] == []
    with acting(TEST):
        withdrawal = Delivery.objects.get(disclosure=back)
    assert "The police have your answer" in says("destroyed", withdrawal, said="I shredded it at ten")
    assert now_there(withdrawal).state == "confirmed"


def test_what_has_run_out_is_not_there(sees, clock, delivery):
    clock.set(delivery.disclosure.available_until)
    sees("portal-sent", delivery.disclosure_id, status=404)
    assert delivery.reference not in sees()


# Of others


def test_what_another_agency_was_sent_is_the_same_404_as_what_is_not_there_whatever_is_done_with_it(
    client, amy, ppn, cora
):
    wrong = submitted(User.objects.get(username="olly"))
    replaced = arrived(wrong, an_agency("Sallow Council"), cora)
    taken_back(wrong, cora)
    theirs, absent = sent(ppn, an_agency(), cora), "00000000-0000-4000-8000-000000000000"
    said = {"said": "Seen", "they_ask": "A visit", "outcome": "acted", "key": "one form"}
    for name in _portal_pages():
        for ask in (client.get, client.head, lambda address: client.post(address, said)):
            for other in (theirs, replaced):
                there, not_there = (ask(_address(name, key)) for key in (other.disclosure_id, absent))
                assert (there.status_code, not_there.status_code) in {(404, 404), (405, 405)}, name
                assert _without_form_tokens(there) == _without_form_tokens(not_there)
    assert theirs.reference not in client.get(reverse("portal")).content.decode()
    assert (looks(), replies(), now_there(theirs).state) == ([], [], "waiting")


def _address(name, key, document="00000000-0000-4000-8000-000000000000"):
    return reverse(name, args=[key, document] if name == "portal-document" else [key])


def test_a_document_that_came_with_it_is_saved_from_its_page_and_whoever_sent_it_sees_that(
    client, amy, school, ppn, olly, cora, sam, scanner
):
    photo = added(ppn, olly)
    delivery = sent(ppn, school, cora, documents=(photo,))
    (document,) = _documents()
    address = _address("portal-document", delivery.disclosure_id, document.pk)
    assert address in client.get(reverse("portal-sent", args=[delivery.disclosure_id])).content.decode()
    answer = client.get(address)
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, files.JPEG, "image/jpeg")
    assert "attachment" in answer["Content-Disposition"]
    assert looks() == [("Amy Field", 2)]
    elsewhere = Client()
    elsewhere.force_login(a_person(an_agency(), by=sam, username="bo").user)
    assert elsewhere.get(address).status_code == 404


def test_a_document_that_was_withdrawn_since_is_not_given_and_the_page_says_what_to_do(
    client, amy, school, ppn, olly, cora, sam, scanner
):
    photo = added(ppn, olly)
    delivery = sent(ppn, school, cora, documents=(photo,))
    (document,) = _documents()
    documents.withdraw(photo, by=olly, because="Another child")
    answer = client.get(_address("portal-document", delivery.disclosure_id, document.pk))
    assert answer.status_code == 410
    assert "Destroy your copy" in answer.content.decode()
    assert looks() == []


def _documents():
    with acting(TEST):
        return list(DisclosedDocument.objects.all())


def _portal_pages():
    """Every page for agencies that is about something, by name."""
    return [each.name for each in urlpatterns if "<uuid:pk>" in str(each.pattern)]


def test_every_page_that_is_about_something_is_tried():
    assert _portal_pages() == ["portal-sent", "portal-document", *(f"portal-{step}" for step in STEPS)]


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
        arrived(submitted(olly), school, cora)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("portal")).status_code == 200
