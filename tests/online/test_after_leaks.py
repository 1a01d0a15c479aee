"""What is known of a suspect, of children and of the case stays here: the designated officer gets what was written for
them, whom to ring, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.db.models import FileField

from access.actor import System, acting
from partners.models import Delivery, Disclosure
from partners.workflow import Answer, acknowledge, change_outcome, delivered, record_decision
from tests.online.after_scenes import (
    arrested_in,
    bail_facts,
    bail_of,
    device_in,
    examined,
    filed,
    plan_of,
    referral_of,
    referred,
    the_lado,
    with_a_linked_child,
    works_at_a_nursery,
)
from tests.online.scenes import as_it_is
from tests.partners.agencies import as_system
from tests.partners.scenes import an_agency

pytestmark = pytest.mark.django_db
TEST = System("test")
TOLD = "An adult at an address works at Vale Nursery. A man there is under investigation. Ring before you act."
PRIVATE = ["Graham", "Pell", "Maisie", "Beck Lane", "Larch Rise", "OSC-", "IRI/1", "category", "203.0.113", "KIR-"]


@pytest.fixture
def told(clock: Any, cast: Any) -> Any:
    """A whole case: a child, a suspect on bail with a plan, a device; and the designated officer is told."""
    case, iris = with_a_linked_child(cast), cast["iris"]
    suspect = arrested_in(case, iris)
    bail_of(suspect, iris, conditions=bail_facts().conditions)
    filed(plan_of(suspect), iris)
    examined(device_in(case, iris), iris)
    return referred(referral_of(works_at_a_nursery(case, cast["rory"])), iris, TOLD)


def fetched(agency: Any, ines: Any) -> str:
    system = as_system(agency, by=ines)
    listed = system.get("/partners/v1/disclosures/").json()
    one_by_one = [system.get(f"/partners/v1/disclosures/{each['id']}/").json() for each in listed["results"]]
    return json.dumps([listed, one_by_one, system.get("/partners/v1/changes/").json()])


def test_the_designated_officer_reads_what_was_written_and_nothing_of_the_case(told: Any, ines: Any) -> None:
    text = fetched(the_lado(), ines)
    assert "works at Vale Nursery" in text
    assert told.reference in text
    assert [each for each in PRIVATE if each in text] == []


def test_no_row_that_ever_left_holds_more(told: Any) -> None:
    with acting(TEST):
        (row,) = Disclosure.objects.all()
    sent = json.dumps(row.content)
    assert TOLD in sent
    assert [each for each in PRIVATE if each in sent] == []


def test_another_agency_gets_nothing_of_it(told: Any, ines: Any) -> None:
    assert "Nursery" not in fetched(an_agency("Sallow Council"), ines)


def test_their_own_answer_is_taken_in_and_another_one_later_too(told: Any, cast: Any) -> None:
    with acting(TEST):
        delivery = Delivery.objects.get(record=told.pk)
    who = Answer("Lena Officer")
    delivery = acknowledge(delivered(delivery, by=TEST), by=cast["sam"], answer=who)
    assert as_it_is(told).state == "referred"
    delivery = record_decision(delivery, by=cast["sam"], answer=who, outcome="lado", said="She is suspended")
    answered = as_it_is(told)
    assert (answered.state, answered.transfer_of_risk) == ("answered", "She is suspended")
    assert "takes it on" in answered.reply
    assert "Lena Officer" in answered.reply_from
    change_outcome(delivery, by=cast["sam"], answer=who, outcome="nfa", said="She may work again")
    assert as_it_is(told).transfer_of_risk == "She may work again"


def test_no_field_of_the_app_is_for_a_file_or_an_image() -> None:
    for model in apps.get_app_config("online").get_models():
        for field in model._meta.get_fields():
            assert not isinstance(field, FileField), f"{model.__name__}.{field.name}"
            assert field.name not in ("photo", "picture", "image", "thumbnail"), f"{model.__name__}.{field.name}"
