"""Who is part of an incident, who lives where it happens, and what everybody must know before anybody asks."""

from datetime import date

import pytest
from django.urls import reverse

from access.actor import NotYours, System, acting
from cases.models import Finding, Involvement, Person, Residence
from cases.records import Details, Home
from cases.workflow import people
from tests.cases.test_one_person import merged
from tests.households import is_a_sex_offender, on_record
from tests.stories import CALM
from triage import workflow
from triage.models import Incident
from triage.workflow import Contact
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
BORN = date(2018, 1, 5)
HOME = Home("12 Example Street", "ZV1 1AA")


def call(by, location="12 Example Street, ZV1 1AA", child="yes"):
    contact = Contact(channel="999", location=location, what_happened="Shouting", child=child)
    return workflow.take_call(Incident(), by=by, contact=contact, abuse=None, assessment=CALM, grade="G2")


def name(incident, by, person=None, part="child", home=None, **details):
    return workflow.name_person(incident, by=by, part=part, person=person, details=Details(**details), home=home)


def rows(model):
    with acting(System("test")):
        return list(model.objects.all())


@pytest.fixture
def poppy(clock, cora):
    return on_record(cora, "Poppy Sallowfold", born=BORN, home=HOME)


def page_of(client, incident, who):
    client.force_login(who)
    return client.get(reverse("incident", args=[incident.pk]))


# Naming somebody


def test_somebody_new_is_on_record_and_in_the_incident(client, clock, callie, olly):
    incident = call(callie, "A field")
    name(incident, olly, given_names="Poppy", family_name="Sallowfold", born_on=BORN, home=HOME)
    (person,), (part,), (home,) = rows(Person), rows(Involvement), rows(Residence)
    assert (person.name, person.born_on, person.recorded_at) == ("Poppy Sallowfold", BORN, clock.at)
    assert (part.person, part.part, part.record, part.source) == (person, "child", incident.pk, incident.reference)
    assert (home.person, home.source, home.recorded_by) == (person, incident.reference, olly)
    assert "Poppy Sallowfold</bdi></a>, child" in page_of(client, incident, callie).content.decode()


def test_somebody_on_record_is_in_it_and_no_new_record_is_made(client, poppy, callie, olly):
    incident = call(callie, "A field")
    name(incident, olly, poppy, part="victim")
    assert rows(Person) == [poppy]
    assert "Poppy Sallowfold</bdi></a>, victim" in page_of(client, incident, callie).content.decode()


def test_the_part_must_be_said(poppy, callie, olly):
    with pytest.raises(NotNow, match="what part"):
        name(call(callie), olly, poppy, part=" ")
    assert rows(Involvement) == []


def test_a_person_without_a_name_is_refused_with_a_message(clock, callie, olly):
    with pytest.raises(NotNow, match="Give a name"):
        name(call(callie), olly, part="caller")
    assert rows(Person) == []


def test_so_does_the_page(client, clock, callie, olly):
    incident = call(callie)
    client.force_login(olly)
    said = {"part": "caller", "said_to_be_child": "not_known", "sex": "not_known", "ethnicity": "NS",
            "needs_interpreter": "not_known", "language": "Sylheti"}  # fmt: skip
    page = client.post(reverse("incident-name-person", args=[incident.pk]), said)
    assert page.status_code == 422
    assert "Sylheti" in page.content.decode()


def test_the_chair_of_the_daily_meeting_names_nobody(poppy, callie, dmitri):
    with pytest.raises(NotYours):
        name(call(callie), dmitri, poppy)


def test_the_page_asks_whether_we_have_met_and_loses_nothing(client, poppy, callie, olly):
    incident = call(callie, "A field")
    client.force_login(olly)
    address = reverse("incident-name-person", args=[incident.pk])
    said = {"part": "child", "given_names": "Popy", "family_name": "Salowfold", "born_on_day": "5",
            "born_on_month": "1", "born_on_year": "2018", "said_to_be_child": "yes", "sex": "female", "ethnicity": "NS",
            "needs_interpreter": "no", "address": "9 Mill Lane", "postcode": "ZV1 1AB"}  # fmt: skip
    page = client.post(address, said)
    assert (page.status_code, "Have we met?" in page.content.decode()) == (200, True)
    assert page.context["form"]["part"].value() == "child"
    assert page.context["form"]["address"].value() == "9 Mill Lane"
    assert client.post(address, {**said, "who": "nonsense"}).status_code == 422
    assert rows(Involvement) == []
    assert client.post(address, {**said, "who": str(poppy.pk)}).status_code == 302
    assert rows(Person) == [poppy]
    assert [part.person for part in rows(Involvement)] == [poppy]
    assert len(rows(Residence)) == 2


def test_the_same_person_named_twice_in_the_same_part_is_there_once(client, poppy, callie, olly):
    incident = call(callie, "A field")
    name(incident, olly, poppy)
    name(incident, olly, poppy)
    assert page_of(client, incident, callie).content.decode().count("Poppy Sallowfold</bdi></a>, child") == 1


def test_what_was_known_of_them_is_on_the_incident_at_once(client, poppy, callie, olly, cora):
    earlier = call(callie, "A park")
    name(earlier, olly, poppy)
    people.add_plan(
        poppy, by=cora, kind="protection_plan", starts=None, ends=None, source=people.Source("partner", "SC")
    )
    incident = call(callie, "A field")
    before = page_of(client, incident, callie)
    assert (before.context["history"], before.context["flags"]) == ([], [])
    name(incident, olly, poppy)
    after = page_of(client, incident, callie)
    assert earlier.reference in " ".join(event.title for event in after.context["history"])
    assert [flag.kind for flag in after.context["flags"]] == ["protection_plan"]
    assert "Child protection plan" in after.content.decode()


# Who lives there


def test_who_lives_at_the_address_is_on_the_incident_before_anybody_is_named(client, poppy, callie):
    page = page_of(client, call(callie, "12 example st. zv11aa"), callie)
    assert [home.person for home in page.context["household"]] == [poppy]
    assert "Poppy Sallowfold</bdi></a>, lives at this address" in page.content.decode()


def test_who_moved_out_is_not(client, poppy, callie, cora, clock):
    with acting(cora):
        home = poppy.residences.get()
    people.moved_out(poppy, by=cora, home=home, ends=date(2026, 3, 1))
    page = page_of(client, call(callie), callie)
    assert page.context["household"] == []


@pytest.mark.parametrize(
    "location", ["12 Example Street", "A field", "Not known", "not known, ZV1 1AA", "ZV1 1AA", "?"]
)
def test_a_place_that_is_no_house_has_no_household(client, poppy, callie, location):
    assert page_of(client, call(callie, location), callie).context["household"] == []


def test_earlier_incidents_at_the_address_are_there(client, poppy, callie):
    earlier, now = call(callie), call(callie)
    page = page_of(client, now, callie)
    said = " ".join(event.title for event in page.context["history"])
    assert earlier.reference in said
    assert now.reference not in said


# A risk


@pytest.fixture
def desmond(poppy, cora):
    """A registered sex offender in the house."""
    desmond = on_record(cora, "Desmond Garmere", home=HOME, said_to_be_child="no")
    return is_a_sex_offender(desmond, cora)


@pytest.mark.parametrize("who", ["callie", "dev", "olly", "rosa"])
def test_an_offender_at_the_address_is_a_warning_before_anybody_asks(client, poppy, desmond, callie, cast, who):
    page = page_of(client, call(callie), cast[who])
    said = page.content.decode()
    assert [flag.kind for flag in page.context["flags"]] == ["rso"]
    assert "Registered sex offender" in said
    assert "Poppy Sallowfold</bdi> is linked with <bdi>Desmond Garmere</bdi>" in said
    assert said.index("Registered sex offender") < said.index("What is happening")


def test_also_where_the_risk_stands_on_another_record_of_theirs(client, poppy, cora, cole, callie):
    there = on_record(cora, "Desmond Garmere", home=HOME, said_to_be_child="no")
    elsewhere = on_record(cora, "Derek Hollin", said_to_be_child="no")
    is_a_sex_offender(elsewhere, cora)
    merged(there, elsewhere, cora, cole)
    assert [flag.kind for flag in page_of(client, call(callie), callie).context["flags"]] == ["rso"]


def test_a_risk_that_was_withdrawn_warns_nobody_any_more(client, poppy, desmond, cora, callie):
    with acting(cora):
        flag = desmond.flags.get()
    people.withdraw(desmond, by=cora, fact=flag, because="Another Desmond")
    assert page_of(client, call(callie), callie).context["flags"] == []


def test_naming_an_offender_in_a_childs_home_puts_the_child_to_a_sergeant(poppy, callie, olly, cora, sam):
    desmond = on_record(cora, "Desmond Garmere", said_to_be_child="no")
    is_a_sex_offender(desmond, cora)
    name(call(callie), olly, desmond, part="visitor", home=HOME)
    with acting(sam):
        assert Finding.objects.get().child == poppy


def test_an_offender_named_in_one_incident_with_a_child_is_warned_of_there(client, poppy, callie, olly, cora):
    incident = call(callie, "A park")
    desmond = on_record(cora, "Desmond Garmere", said_to_be_child="no")
    is_a_sex_offender(desmond, cora)
    name(incident, olly, poppy)
    name(incident, olly, desmond, part="with the child")
    said = page_of(client, incident, callie).content.decode()
    flags = said[said.index('class="app-flags"') :]
    assert "Desmond Garmere" in flags[: flags.index("</ul>")]


def test_who_may_not_see_a_person_is_told_neither_their_name_nor_their_flag(client, desmond, callie, chidi, connie):
    people.declare_conflict(desmond, by=chidi, user=connie, because="Her brother")
    page = page_of(client, call(callie), connie)
    assert page.status_code == 200
    assert page.context["flags"] == []
    assert "Desmond" not in page.content.decode()
