"""What somebody of an agency answers reaches the police once, whole, and in their name; and nothing typed is lost."""

import re

import pytest
from django.urls import reverse

from access.actor import acting, signed
from partners import workflow
from partners.models import Delivery, Disagreement, Disclosure
from partners.workflow.replies import INTERVIEW_REQUEST
from tests.documents.conftest import scanner, store
from tests.partners.at_the_portal import (
    TEST,
    amy,
    delivery,
    now_there,
    ppn,
    replies,
    says,
    school,
    sees,
)
from tests.partners.scenes import GROUNDS, arrived
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
__all__ = ["amy", "delivery", "ppn", "says", "scanner", "school", "sees", "store"]
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "?([a-z]+_[a-z_]+)')


def test_they_have_it(says, delivery):
    assert "The police have your answer" in says("have-it", delivery)
    assert now_there(delivery).state == "acknowledged"
    assert replies() == [("acknowledged", "Amy Field, Safeguarding lead", "portal", "")]


def test_said_twice_it_is_said_once(says, delivery):
    says("have-it", delivery)
    assert "The police know already" in says("have-it", delivery)
    assert len(replies()) == 1


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("decided", {"outcome": "early_help", "said": "On Monday"}),
        ("ask", {"said": "Who may collect her?"}),
        ("disagree", {"said": "Not safe", "they_ask": "A visit"}),
    ],
)
def test_one_form_sent_twice_is_one_answer(client, sees, says, delivery, step, said):
    sees("portal-sent", delivery.disclosure_id)
    form = client.get(reverse(f"portal-{step}", args=[delivery.disclosure_id])).content.decode()
    (key,) = re.findall(r'name="key" value="([^"]+)"', form)
    assert "The police have your answer" in says(step, delivery, key=key, **said)
    assert "The police had this answer already" in says(step, delivery, key=key, **said)
    assert len(replies()) == 1
    with acting(TEST):
        assert Disclosure.objects.count() == 1
        assert Disagreement.objects.count() == (step == "disagree")


def test_a_form_that_was_sent_twice_in_the_same_moment_is_refused_by_the_verb_itself(delivery, amy):
    answer = workflow.Answer(who="Amy Field", how="portal", key="one form")
    workflow.ask_for_more(delivery, by=TEST, answer=answer, said="Who may collect her?")
    with pytest.raises(NotNow, match="sent twice"):
        workflow.ask_for_more(delivery, by=TEST, answer=answer, said="Who may collect her?")
    assert len(replies()) == 1


def test_they_decided_and_what_they_decided_changed(says, sees, delivery):
    says("decided", delivery, outcome="early_help", said="Mr Sample meets her on Monday")
    assert (now_there(delivery).state, now_there(delivery).outcome) == ("settled", "early_help")
    assert "Our decision changed" in sees("portal-sent", delivery.disclosure_id)
    refused = says("decided", delivery, status=422, outcome="early_help", said="")
    assert "Answer needed: What has changed?" in refused
    assert "Mr Sample meets her" in says("decided", delivery, outcome="acted", said="He met her today")
    assert [what for what, *_ in replies()] == ["decision", "changed"]


def test_they_ask_for_more_and_the_police_owe_them_an_answer(says, sees, delivery):
    assert "the police owe you an answer" in says("ask", delivery, said="Who may collect her?")
    assert "the police owe you an answer" in sees()
    assert now_there(delivery).asked_at is not None


def test_they_disagree_and_a_disagreement_begins(says, sees, delivery):
    sees("portal-sent", delivery.disclosure_id)
    page = says("disagree", delivery, said="She is not safe at home", they_ask="A strategy meeting today")
    with acting(TEST):
        one = Disagreement.objects.get()
    assert (one.raised_by_them, one.what_we_ask) == (True, "A strategy meeting today")
    assert "She is not safe at home" in page
    assert f"Your disagreement {one.reference}:" in page
    assert "You ask for: A strategy meeting today" in page


def test_what_the_police_disagree_about_is_not_shown_to_her(sees, ppn, school, cora):
    delivery = arrived(ppn, school, cora)
    said = {"why": "They will not visit", "what_we_ask": "A joint visit"}
    workflow.raise_disagreement(Disagreement(), by=cora, delivery=delivery, **said)
    assert "A joint visit" not in sees("portal-sent", delivery.disclosure_id)


def test_of_a_return_interview_it_is_asked_what_came_of_it_and_no_decision(sees, school, ppn, cora):
    content = {"about": "Please hold a return interview"}
    with signed(cora):
        (asked,) = workflow.disclose(ppn, to=[school], content=content, grounds=GROUNDS, by=cora)
    with signed(TEST):
        Delivery.objects.filter(disclosure=asked).update(kind=INTERVIEW_REQUEST)
    page = sees("portal-sent", asked.pk)
    assert reverse("portal-interview", args=[asked.pk]) in page
    assert reverse("portal-no-interview", args=[asked.pk]) in page
    assert reverse("portal-decided", args=[asked.pk]) not in page


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
