"""What is kept of an offender stays with those whose work it is: not in anything a partner gets, not on the pages of
other police."""

import json

import pytest
from django.apps import apps
from django.db.models import FileField
from django.urls import reverse

from access.actor import System, acting
from offenders.models import Nominal
from partners.models import Agency, Disclosure
from tests.offenders.register_scenes import known_to_police
from tests.offenders.visit_scenes import approved, assessed_by, plan_sent, visited
from tests.offenders.watch_scenes import a_grandchild, contact_with, notice_from, shared
from tests.partners.agencies import as_system

pytestmark = pytest.mark.django_db
CANARIES = {
    "warnings": "Quilted-canary at the door",
    "observations": "Ochre-canary in the hall",
    "devices": "Umber-canary on the telephone",
    "household": "Sienna-canary in the kitchen",
    "disclosure": "Teal-canary knows",
    "static_scores": "Vermilion-canary nine",
    "overall_because": "Cobalt-canary all day",
    "contingency": "Saffron-canary rings",
    "interval_because": "Magenta-canary in spring",
}
WRITTEN = [text.split()[0] for text in CANARIES.values()]


@pytest.fixture
def nominal(clock, hana, omar, stella):
    """Everything that can be written of him, each with a word that stands nowhere else."""
    made = known_to_police(hana, omar)
    with acting(System("test")):
        Nominal.objects.filter(pk=made.pk).update(warnings=CANARIES["warnings"])
    said = {name: CANARIES[name] for name in ("observations", "devices", "household", "disclosure")}
    approved(visited(made, omar, **said), stella)
    about = {name: CANARIES[name] for name in ("static_scores", "overall_because")}
    approved(assessed_by(made, omar, "high", **about), stella)
    plan = {name: CANARIES[name] for name in ("contingency", "interval_because")}
    approved(plan_sent(made, omar, **plan), stella)
    return made


@pytest.fixture
def notice(nominal, omar, cora, sam):
    """He sees his grandchild; the notice about it is shared with social care."""
    contact = contact_with(nominal, omar, a_grandchild(omar))
    return shared(notice_from(contact, omar), cora, sam)


def leaked(text, nominal):
    private = [*WRITTEN, nominal.reference, "Schedule 3", "s.7"]
    return [each for each in private if each in text]


def test_what_a_partner_fetches_holds_the_child_and_nothing_kept_of_the_offender(notice, nominal, ines):
    with acting(System("test")):
        agencies = {row.agency for row in Disclosure.objects.select_related("agency")}
    assert agencies
    for agency in agencies:
        system = as_system(agency, by=ines)
        listed = system.get("/partners/v1/disclosures/").json()
        one_by_one = [system.get(f"/partners/v1/disclosures/{each['id']}/").json() for each in listed["results"]]
        assert one_by_one
        text = json.dumps([listed, one_by_one, system.get("/partners/v1/changes/").json()])
        assert "Poppy" in text
        assert leaked(text, nominal) == []


def test_no_row_that_ever_left_holds_it(notice, nominal):
    with acting(System("test")):
        sent = json.dumps([row.content for row in Disclosure.objects.all()])
        assert Agency.objects.exists()
    assert leaked(sent, nominal) == []


@pytest.mark.parametrize("name", ["olly", "cora", "connie", "maya"])
def test_other_police_see_the_person_and_the_warning_and_nothing_of_how_he_is_managed(client, nominal, cast, name):
    client.force_login(cast[name])
    page = client.get(reverse("person", args=[nominal.person.pk]))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Registered sex offender" in text  # and how we know: the reference of the record, and no more of it
    assert [each for each in [*WRITTEN, "Managed by"] if each in text] == []
    assert client.get(nominal.get_absolute_url()).status_code == 403


@pytest.mark.parametrize("name", ["omar", "sam", "hana"])
def test_those_whose_work_it_is_see_who_manages_him_on_the_persons_page(client, nominal, cast, name):
    client.force_login(cast[name])
    text = client.get(reverse("person", args=[nominal.person.pk])).content.decode()
    assert "Managed by Omar Offender-Manager" in text


def test_no_field_is_for_a_bank_account_a_card_or_an_image():
    words = {"bank", "card", "account_number", "sort_code", "iban", "image", "photo", "picture"}
    for model in apps.get_app_config("offenders").get_models():
        for field in model._meta.get_fields():
            assert not isinstance(field, FileField)
            assert not [word for word in words if word in field.name.lower()], f"{model.__name__}.{field.name}"
