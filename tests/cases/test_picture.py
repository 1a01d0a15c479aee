"""The picture of a person and of a household: every record that concerns them, and nothing of what one may not see."""

import re
from datetime import date

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.actor import System, acting
from accounts.models import User
from cases.models import Finding, Person, Residence
from cases.records import Details, Home
from cases.workflow import findings, people
from cases.workflow.cases import restrict
from demo.people import hire
from ppn import workflow as ppn_workflow
from ppn.models import Ppn
from ppn.workflow import SubjectFacts
from tests.cases.test_one_person import merged
from tests.conftest import MONDAY
from tests.households import HERE, TOLD, is_a_sex_offender, is_the, lives_at, on_record
from tests.ppn.scenes import assessed, told
from tests.stories import CALM, a_notice, hours, minutes
from triage import workflow as triage_workflow
from triage.models import Incident
from triage.workflow import Contact

pytestmark = pytest.mark.django_db
BORN = date(2018, 1, 5)
HOME = Home("12 Example Street", "ZV1 1AA")


def call(by, location="A field", what="Shouting"):
    contact = Contact(channel="999", location=location, what_happened=what, child="yes")
    return triage_workflow.take_call(Incident(), by=by, contact=contact, abuse=None, assessment=CALM, grade="G2")


def name_in(incident, person, by):
    return triage_workflow.name_person(incident, by=by, part="child", person=person, details=Details(), home=None)


def notice_about(person, by, cora, **said):
    """A notice about somebody on record, and the co-ordinator says who it is."""
    subject = SubjectFacts("child", person.name, not_spoken_to_because="Asleep")
    ppn = ppn_workflow.submit(Ppn(), by=by, notice=a_notice(**said), subjects=[subject])
    with acting(System("test")):
        subject = ppn.subjects.get()
    return ppn_workflow.say_who(ppn, by=cora, subject=subject, person=person)


def file(ppn, cora, sam):
    """Filed, with everything answered that is asked on the way."""
    ppn = told(assessed(ppn, cora), cora, sam)
    if open_triggers(ppn, sam):
        ppn = ppn_workflow.decide_strategy(ppn, by=sam, decision="held", because="Discussed with social care")
    return ppn_workflow.file(ppn, by=sam, strategy_meeting="held", because="Discussed with social care")


def open_triggers(ppn, by):
    with acting(by):
        return ppn_workflow.open_triggers(ppn)


@pytest.fixture
def poppy(clock, cora):
    return on_record(cora, "Poppy Sallowfold", born=BORN, home=HOME)


@pytest.fixture
def open_page(client, cora):
    client.force_login(cora)
    return lambda record, query="": client.get(record.get_absolute_url() + query)


def titles(page):
    return [event.title for event in page.context["timeline"]]


def kinds(page):
    return {chip["label"]: chip["count"] for chip in page.context["chips"]}


def address_of(person):
    with acting(System("test")):
        return Residence.objects.select_related("address").filter(person=person).order_by("recorded_at")[0].address


# Everything, newest first


@pytest.fixture
def life(poppy, olly, cora, sam, callie, clock):
    """One of everything about Poppy, an hour apart."""
    by_address = call(callie, "12 Example Street, ZV1 1AA", "Crying next door")
    clock.shift(hours(1))
    by_part = call(callie, what="Found in the park")
    name_in(by_part, poppy, olly)
    clock.shift(hours(1))
    ppn = file(notice_about(poppy, olly, cora), cora, sam)
    clock.shift(hours(1))
    desmond = on_record(cora, "Desmond Garmere", home=HOME, said_to_be_child="no")
    is_a_sex_offender(desmond, cora)
    clock.shift(hours(1))
    people.add_plan(poppy, by=cora, kind="protection_plan", starts=None, ends=None, source=TOLD)
    people.add_name(poppy, by=cora, kind="known_as", given_names="Pops", family_name="", source=TOLD)
    people.add_phone(poppy, by=cora, number="07700 900461", safe="no", source=TOLD)
    people.add_reference(poppy, by=cora, system="Mosaic", number="M-4471", source=TOLD)
    is_the("parent", on_record(cora, "Kerry Overlow", said_to_be_child="no"), poppy, cora)
    people.add_sighting(
        poppy, by=olly, seen_at=clock.at, company=desmond, place=None, note="Holding hands", source=TOLD
    )
    return {"by_address": by_address, "by_part": by_part, "ppn": ppn, "desmond": desmond}


def test_every_record_and_every_fact_is_on_one_timeline(life, poppy, open_page):
    page = open_page(poppy)
    said = titles(page)
    ppn = life["ppn"].reference
    for title in (
        f"Incident {life['by_address'].reference}: Crying next door",
        f"Incident {life['by_part'].reference}: Found in the park",
        f"Public protection notice {ppn}",
        f"Shared with Vale Council: {ppn}",
        "Strategy meeting: Already held",
        "Poppy Sallowfold is linked with Desmond Garmere, a person posing a risk",
        "Lives at 12 Example Street, ZV1 1AA",
        "Child protection plan",
        "Known as: Pops",
        "Telephone 07700 900461",
        "Called M-4471 in Mosaic",
        "Kerry Overlow is parent of Poppy Sallowfold",
        "Poppy Sallowfold was seen with Desmond Garmere",
    ):
        assert title in said, title


def test_an_incident_at_the_home_is_on_the_picture_before_anybody_names_her(poppy, callie, open_page):
    incident = call(callie, "12 example st., ZV1 1AA")
    assert titles(open_page(poppy))[0].startswith(f"Incident {incident.reference}")


def test_it_is_newest_first(life, poppy, open_page):
    whens = [event.when for event in open_page(poppy).context["timeline"]]
    assert whens == sorted(whens, reverse=True)
    assert len(set(whens)) > 3


def test_each_chip_counts_what_it_shows_and_they_add_up(life, poppy, open_page):
    page = open_page(poppy)
    counts = kinds(page)
    assert counts["All"] == len(page.context["timeline"]) == sum(counts.values()) - counts["All"]
    assert {"Incidents", "Notices", "Shared", "Strategy meetings", "Risks", "What we learned"} < set(counts)
    for chip in page.context["chips"][1:]:
        shown = open_page(poppy, chip["url"].split("#")[0])
        assert {event.what for event in shown.context["timeline"]} == {chip["label"]}
        assert len(shown.context["timeline"]) == chip["count"]
        assert kinds(shown) == counts
        assert [each["label"] for each in shown.context["chips"] if each["current"]] == [chip["label"]]


@pytest.mark.parametrize("asked", ["Nonsense", "<script>", "\x00", ""])
def test_a_chip_that_is_none_shows_everything(life, poppy, open_page, asked):
    page = open_page(poppy, f"?show={asked}")
    assert page.status_code == 200
    assert len(page.context["timeline"]) == kinds(page)["All"]


def test_a_fact_withdrawn_stays_on_the_timeline_with_the_reason(poppy, cora, open_page):
    with acting(cora):
        home = poppy.residences.get()
    people.withdraw(poppy, by=cora, fact=home, because="Another Poppy")
    (event,) = open_page(poppy).context["timeline"]
    assert (event.kind, event.lines[-1]) == ("Withdrawn", "Withdrawn: Another Poppy")


def test_a_decision_is_on_the_timeline_with_its_reason(life, poppy, sam, open_page):
    with acting(sam):
        finding = Finding.objects.get(child=poppy)
    findings.decide(finding, by=sam, decision="managed", because="He moved out, checked today")
    risk = next(event for event in open_page(poppy).context["timeline"] if event.what == "Risks")
    assert risk.lines == ["Known already, and the child is protected: He moved out, checked today"]
    assert risk.kind == ""


# What runs out


def test_the_clocks_of_all_her_records_run_on_her_page_nearest_first(poppy, olly, cora, callie, open_page, clock):
    assert open_page(poppy).context["clocks"] == []
    name_in(call(callie), poppy, olly)
    notice_about(poppy, olly, cora)
    on_page = open_page(poppy).context["clocks"]
    assert len(on_page) >= 2
    for_what = " ".join(clock_["what_for"] for clock_ in on_page)
    assert "Incident" in for_what
    assert "Public protection notice" in for_what
    dues = [each["due"] for each in on_page]
    assert dues == sorted(dues)


def test_a_clock_that_was_stopped_is_not_there(poppy, olly, cora, sam, rosa, open_page):
    ppn = file(notice_about(poppy, olly, cora), cora, sam)
    ppn_workflow.check(ppn, by=rosa, said="Good that you asked who else lives there")
    assert open_page(poppy).context["clocks"] == []


# Joined records


@pytest.fixture
def joined(poppy, cora, cole, clock):
    """A second record of her, with a home and a risk of its own, joined to the first."""
    clock.shift(hours(1))
    again = on_record(cora, "Popy Salowfold", born=BORN, home=Home("3 Mill Lane", "ZV1 1AB"))
    merged(poppy, again, cora, cole)
    return again


def test_two_joined_records_are_read_as_one(poppy, joined, open_page):
    page = open_page(poppy)
    said = page.content.decode()
    assert "12 Example Street" in said
    assert "3 Mill Lane" in said
    assert poppy.reference in said
    assert joined.reference in said


def test_the_address_of_the_joined_record_leads_to_the_one_that_stands(client, poppy, joined, cora, open_page):
    answer = open_page(joined)
    assert (answer.status_code, answer.url) == (302, poppy.get_absolute_url())


def test_incidents_and_notices_of_either_record_are_on_the_page_of_both(poppy, joined, olly, cora, callie, open_page):
    one, other = call(callie, what="One"), call(callie, what="Other")
    name_in(one, poppy, olly)
    name_in(other, joined, olly)
    said = " ".join(titles(open_page(poppy)))
    assert one.reference in said
    assert other.reference in said


def test_a_household_names_a_person_once_however_many_records_they_are(poppy, cora, cole, open_page, clock):
    clock.shift(hours(1))
    again = on_record(cora, "Poppy Salowfold", born=BORN, home=HOME)
    reuben = on_record(cora, "Reuben Sallowfold", born=date(2021, 5, 9), home=HOME)
    merged(poppy, again, cora, cole)
    there = open_page(address_of(poppy)).context["there"]
    assert sorted(each["home"].person.same_as_id for each in there) == sorted([poppy.pk, reuben.pk])
    assert [home.person.same_as_id for home in open_page(reuben).context["household"]] == [poppy.pk]


def test_the_household_page_warns_of_a_risk_of_the_person_whichever_record_lives_there(poppy, cora, cole, sam, client,
                                                                                       clock):  # fmt: skip
    clock.shift(hours(1))
    again = on_record(cora, "Popy Salowfold", born=BORN, home=Home("3 Mill Lane", "ZV1 1AB"))
    merged(poppy, again, cora, cole)
    desmond = on_record(cora, "Desmond Garmere", said_to_be_child="no")
    is_a_sex_offender(desmond, cora)
    is_the("friend", desmond, poppy, cora)
    client.force_login(sam)
    page = client.get(address_of(again).get_absolute_url())
    assert [finding.child for finding in page.context["findings"]] == [poppy]


# Households


def test_a_household_is_who_lives_there_now_and_who_did(poppy, cora, open_page, clock):
    kerry = on_record(cora, "Kerry Overlow", home=HOME, said_to_be_child="no")
    with acting(cora):
        home = kerry.residences.get()
    people.moved_out(kerry, by=cora, home=home, ends=clock.at.date())
    page = open_page(address_of(poppy))
    assert {each["home"].person for each in page.context["there"]} == {
        poppy,
        kerry,
    }  # the last day she still lives there
    clock.shift(hours(24))
    page = open_page(address_of(poppy))
    assert [each["home"].person for each in page.context["there"]] == [poppy]
    assert [home.person for home in page.context["gone"]] == [kerry]
    assert "until 2 March 2026" in page.content.decode()


def test_who_was_put_there_by_mistake_never_lived_there(poppy, cora, open_page):
    kerry = lives_at(on_record(cora, "Kerry Overlow"), HOME, cora)
    with acting(cora):
        home = kerry.residences.get()
    people.withdraw(kerry, by=cora, fact=home, because="She only visited")
    assert "Kerry Overlow" not in open_page(address_of(poppy)).content.decode()


def test_a_household_has_the_incidents_there_and_what_its_people_are_part_of(life, poppy, open_page):
    said = " ".join(titles(open_page(address_of(poppy))))
    for record in ("by_address", "by_part", "ppn"):
        assert life[record].reference in said


def test_a_household_counts_its_children_and_where_nobody_knows_one_is(poppy, cora, open_page):
    on_record(cora, "Kerry Overlow", home=HOME, said_to_be_child="no")
    assert open_page(address_of(poppy)).context["children"] == 1
    on_record(cora, "Somebody Else", home=HOME)
    assert open_page(address_of(poppy)).context["children"] == 2


# Who may see what


@pytest.fixture
def secret(poppy, callie, olly, cora, ines):
    """What a restricted case taught of Poppy: a notice, a home, a friend, and that it is restricted."""
    ppn = notice_about(poppy, olly, cora, narrative="Canaryquill said it")
    name_in(call(callie), poppy, olly)  # she is also in an incident that everybody may see
    source = type(TOLD)(how="partner", says="Canaryquill House", case=ppn.case)
    people.add_home(poppy, by=cora, home=Home("9 Canaryquill Lane", "ZV3 3AA"), source=source)
    people.add_phone(poppy, by=cora, number="01632 960777", safe="no", source=source)
    restrict(ppn.case, by=ines, people=[ines], because="The family of a colleague, Canaryquill")
    return ppn


SECRETS = ("canaryquill", "01632 960777", "zv3 3aa")


@pytest.mark.parametrize("name", ["olly", "cora", "sam", "sue"])
def test_what_a_restricted_case_taught_is_on_nobodys_page_but_of_those_named(client, secret, poppy, cast, name):
    with acting(System("test")):
        hidden = Residence.objects.get(address__text__startswith="9 Canary").address
    for who, sees in ((name, False), ("ines", True)):
        client.force_login(cast[who])
        page = client.get(poppy.get_absolute_url())
        said = page.content.decode().lower()
        assert [word for word in SECRETS if (word in said) != sees] == []
        assert (secret.reference.lower() in said) == sees
        assert ("Restrictions" in kinds(page)) == sees
        assert sum(kinds(page).values()) == 2 * kinds(page)["All"]
        household = client.get(hidden.get_absolute_url())
        assert ("poppy" in household.content.decode().lower()) == sees


def test_a_restriction_says_to_those_named_who_may_see_it_and_why(client, secret, poppy, ines):
    client.force_login(ines)
    event = next(
        each for each in client.get(poppy.get_absolute_url()).context["timeline"] if each.what == "Restrictions"
    )
    assert str(ines) in event.title
    assert event.lines == ["The family of a colleague, Canaryquill"]


def plain(page):
    """The page without its form tokens."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content.decode())


STEPS = ["", "-correct", "-home", "-relationship", "-sighting", "-phone", "-reference", "-plan", "-name", "-protect"]


def test_a_person_one_may_not_see_is_byte_for_byte_one_that_is_not_there(client, poppy, olly, chidi):
    people.declare_conflict(poppy, by=chidi, user=olly, because="His niece")
    client.force_login(olly)
    for step in STEPS:
        hidden = client.get(reverse(f"person{step}", args=[poppy.pk]))
        absent = client.get(reverse(f"person{step}", args=["00000000-0000-4000-8000-000000000000"]))
        assert (hidden.status_code, absent.status_code) == (404, 404), step
        assert plain(hidden) == plain(absent), step


def test_a_person_of_a_restricted_case_is_byte_for_byte_one_that_is_not_there(client, clock, olly, cora, ines):
    subject = SubjectFacts("child", "Ottilie Wainfold", not_spoken_to_because="Asleep", address="9 Mill Lane")
    ppn = ppn_workflow.submit(Ppn(), by=olly, notice=a_notice(), subjects=[subject])
    restrict(ppn.case, by=ines, people=[ines], because="A colleague's family")
    with acting(ines):
        ottilie = Person.objects.get()
    client.force_login(cora)
    hidden = client.get(ottilie.get_absolute_url())
    absent = client.get(reverse("person", args=["00000000-0000-4000-8000-000000000000"]))
    assert (hidden.status_code, plain(hidden)) == (404, plain(absent))
    household = client.get(address_of(ottilie).get_absolute_url())
    assert "Ottilie" not in household.content.decode()
    assert ppn.reference not in household.content.decode()


def test_a_conflicted_person_is_on_no_page_of_anybody_else(client, poppy, olly, cora, chidi, callie):
    kerry = on_record(cora, "Kerry Overlow", home=HOME, said_to_be_child="no")
    is_the("parent", kerry, poppy, cora)
    people.add_sighting(kerry, by=cora, seen_at=MONDAY, company=poppy, place=None, note="", source=TOLD)
    incident = call(callie, "12 Example Street, ZV1 1AA")
    name_in(incident, poppy, olly)
    people.declare_conflict(poppy, by=chidi, user=olly, because="His niece")
    for who, sees in ((olly, False), (cora, True)):
        client.force_login(who)
        for record in (kerry, address_of(kerry), incident):
            page = client.get(record.get_absolute_url())
            assert page.status_code == 200
            assert ("Poppy" in page.content.decode()) == sees, record


def test_what_the_restricted_notice_said_is_not_on_the_page_of_both_records(
    client, poppy, olly, cora, cole, ines, clock
):
    """She was on record by hand: the restricted notice hides itself, and not her."""
    ppn = notice_about(poppy, olly, cora)
    clock.shift(hours(1))
    again = on_record(cora, "Poppy Salowfold", born=BORN, home=Home("3 Mill Lane", "ZV1 1AB"))
    merged(poppy, again, cora, cole)
    restrict(ppn.case, by=ines, people=[ines], because="A colleague's family")
    client.force_login(olly)
    page = client.get(again.get_absolute_url(), follow=True)
    assert page.redirect_chain == [(poppy.get_absolute_url(), 302)]
    assert ppn.reference not in page.content.decode()


# The ledger


@pytest.mark.django_db(transaction=True)
def test_who_opened_the_page_of_a_person_is_in_the_ledger(client):
    cast = hire(MONDAY)
    poppy = on_record(cast["cora"], "Poppy Sallowfold", born=BORN, home=HERE)
    kerry = on_record(cast["cora"], "Kerry Overlow", home=HERE)
    home = address_of(poppy)
    for username in ("olly", "sam"):
        client.force_login(cast[username])
        assert client.get(poppy.get_absolute_url()).status_code == 200
    client.force_login(cast["cole"])
    client.get(home.get_absolute_url())
    client.get(reverse("person", args=["00000000-0000-4000-8000-000000000000"]))
    assert entered(poppy) == [("olly", "person"), ("sam", "person"), ("cole", "household")]
    assert ("cole", "household") in entered(kerry)


@pytest.mark.django_db(transaction=True)
def test_whoever_is_shown_in_a_search_is_in_the_ledger(client):
    cast = hire(MONDAY)
    poppy = on_record(cast["cora"], "Poppy Sallowfold", born=BORN, home=HERE)
    client.force_login(cast["olly"])
    client.post(reverse("find-person"), {"text": "Poppy", "purpose": "incident", "about": "INC-1"})
    assert entered(poppy) == [("olly", "find-person")]


def entered(person):
    names = {f"user: {user.pk}": user.username for user in User.objects.all()}
    with connections["owner"].cursor() as ledger:
        ledger.execute(
            "SELECT actor, page FROM ledger_consultation WHERE kind = 'cases.person' AND %s = ANY(records) "
            "AND actor LIKE 'user:%%' ORDER BY id",
            [person.pk],
        )
        return [(names[actor], page) for actor, page in ledger.fetchall()]


# No slower for a long life


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


MORE = {
    "incidents": lambda f: name_in(call(f["callie"]), f["poppy"], f["olly"]),
    "notices": lambda f: notice_about(f["poppy"], f["olly"], f["cora"]),
    "notices that were filed": lambda f: file(notice_about(f["poppy"], f["olly"], f["cora"]), f["cora"], f["sam"]),
    "sightings": lambda f: people.add_sighting(
        f["poppy"], by=f["olly"], seen_at=MONDAY, company=None, place=HOME, note="", source=TOLD
    ),
    "homes": lambda f: lives_at(f["poppy"], Home(f"{next(NUMBERS)} Mill Lane", "ZV1 1AB"), f["cora"]),
    "names": lambda f: people.add_name(
        f["poppy"], by=f["cora"], kind="known_as", given_names="Pops", family_name="", source=TOLD
    ),
    "plans": lambda f: people.add_plan(f["poppy"], by=f["cora"], kind="in_need", starts=None, ends=None, source=TOLD),
    "relatives": lambda f: is_the(
        "friend", on_record(f["cora"], f"Friend{next(NUMBERS)} Unlike"), f["poppy"], f["cora"]
    ),
    "household": lambda f: on_record(f["cora"], f"Other{next(NUMBERS)} Unlike", home=HOME, said_to_be_child="no"),
    "restricted notices": lambda f: restrict(
        notice_about(f["poppy"], f["olly"], f["cora"]).case, by=f["ines"], people=[f["cora"]], because="So"
    ),
}  # fmt: skip
NUMBERS = iter(range(1, 10_000))


@pytest.mark.parametrize("what", MORE)
def test_the_page_asks_no_more_for_many_than_for_few(client, poppy, cast, clock, what):
    life = {**cast, "poppy": poppy}
    name_in(call(life["callie"]), poppy, life["olly"])
    client.force_login(life["cora"])
    for _ in range(2):
        MORE[what](life)
        clock.shift(minutes(1))
    few = queries(client, poppy.get_absolute_url())
    for _ in range(6):
        MORE[what](life)
        clock.shift(minutes(1))
    assert queries(client, poppy.get_absolute_url()) <= few


@pytest.mark.parametrize("where", ["household", "incident"])
def test_a_hostel_asks_no_more_for_many_people_than_for_few(client, poppy, cast, where):
    incident = call(cast["callie"], "12 Example Street, ZV1 1AA")
    address = address_of(poppy).get_absolute_url() if where == "household" else incident.get_absolute_url()
    client.force_login(cast["cora"])
    MORE["household"]({**cast, "poppy": poppy})
    few = queries(client, address)
    for _ in range(5):
        MORE["household"]({**cast, "poppy": poppy})
    assert queries(client, address) <= few
