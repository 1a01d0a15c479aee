"""A search has a purpose, is kept, and finds nobody that the person who asks may not see; nor does a suggestion."""

from datetime import date

import pytest
from django.urls import reverse

from access.actor import System, acting, signed
from cases.meet import have_we_met
from cases.models import Finding, Match, Person, SearchMade
from cases.searching import search
from cases.workflow import matches, people
from cases.workflow.cases import open_case, restrict
from matching.described import Described, Written
from ppn import workflow as ppn_workflow
from ppn.models import Ppn
from ppn.workflow import SubjectFacts
from search.find import Question
from tests.households import HERE, TOLD, is_a_sex_offender, on_record
from tests.stories import a_notice
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
POPPY = date(2018, 1, 5)


def names(by, text, **more):
    return [result.title for result in search(Question(text, **more), by=by, purpose="incident", about="INC-1")[1]]


@pytest.fixture
def poppy(clock, cora):
    return on_record(cora, "Poppy Sallowfold", born=POPPY, home=HERE)


@pytest.mark.parametrize(
    "asked",
    ["Poppy Sallowfold", "sallowfold poppy", "Popy Salowfold", "POPPY", "sallow", "12 Example Street", "ZV1 1AA",
     "zv11aa", "poppy 5/1/2018"],
)  # fmt: skip
def test_a_person_is_found_however_one_asks(poppy, olly, asked):
    assert names(olly, asked)[:1] == ["Poppy Sallowfold"]


def test_a_person_is_found_by_every_name_number_and_reference(poppy, cora, olly):
    people.add_name(poppy, by=cora, kind="previous", given_names="Poppy", family_name="Garmere", source=TOLD)
    people.add_phone(poppy, by=cora, number="07700 900461", safe="yes", source=TOLD)
    people.add_reference(poppy, by=cora, system="Mosaic", number="M-4471", source=TOLD)
    for asked in ("Poppy Garmere", "+44 7700 900461", "M-4471", poppy.reference):
        assert names(olly, asked)[:1] == ["Poppy Sallowfold"], asked


def test_each_search_is_kept_with_who_why_and_what_it_found_but_not_what_was_typed(poppy, olly, clock):
    made, results = search(Question("Poppy Sallowfold"), by=olly, purpose="notice", about="PPN-001001")
    kept = SearchMade.objects.get()
    assert (kept.by, kept.at, kept.purpose, kept.about) == (olly, clock.at, "notice", "PPN-001001")
    assert kept.found == [poppy.pk] == [result.key for result in results]
    assert not any("Poppy" in str(value) for value in vars(made).values())


def test_a_search_without_a_reason_finds_nobody(poppy, olly):
    with pytest.raises(NotNow, match="search is for"):
        search(Question("Poppy"), by=olly, purpose="notice", about=" ")
    assert not SearchMade.objects.exists()


def test_a_member_of_staff_with_a_conflict_finds_nobody_and_is_shown_nobody(poppy, cora, chidi, olly):
    people.declare_conflict(poppy, by=chidi, user=olly, because="Her father")
    assert names(olly, "Poppy Sallowfold") == []
    assert names(cora, "Poppy Sallowfold") == ["Poppy Sallowfold"]
    asked = Described(names=[Written("Poppy", "Sallowfold")], born_on=POPPY)
    with acting(olly):
        assert have_we_met(asked) == []
    with acting(cora):
        assert [met.person for met in have_we_met(asked)] == [poppy]


def test_a_conflict_holds_for_every_record_of_the_person_and_everything_about_them(
    poppy, cora, cole, chidi, sam, client
):
    again = on_record(cora, "Poppy Sallowfold", born=POPPY, home=HERE)
    desmond = on_record(cora, "Desmond Garmere", home=HERE, said_to_be_child="no")
    is_a_sex_offender(desmond, cora)
    people.declare_conflict(poppy, by=chidi, user=sam, because="His niece")
    with acting(cora):
        match = Match.objects.get()
    matches.agree(matches.propose(match, by=cora, because="One girl"), by=cole)
    with acting(sam):
        assert not Person.objects.filter(pk__in=[poppy.pk, again.pk]).exists()
        assert not Finding.objects.exists()
        assert not Match.objects.exists()
    client.force_login(sam)
    for name, record in (("person", poppy), ("person", again), ("match", match)):
        assert client.get(reverse(name, args=[record.pk])).status_code == 404
    page = client.get(reverse("household", args=[_home_of(poppy).pk])).content.decode()
    assert "Poppy" not in page
    assert "Desmond Garmere" in page


def _home_of(person):
    with acting(System("test")):
        return person.residences.select_related("address").first().address


def test_who_is_known_only_from_a_restricted_case_is_not_there(clock, olly, cora, ines):
    ppn = ppn_workflow.submit(
        Ppn(),
        by=olly,
        notice=a_notice(),
        subjects=[SubjectFacts("child", "Ottilie Wainfold", not_spoken_to_because="Asleep", address="9 Mill Lane")],
    )
    assert names(cora, "Ottilie Wainfold") == ["Ottilie Wainfold"]
    restrict(ppn.case, by=ines, people=[ines], because="A colleague's family")
    assert names(cora, "Ottilie Wainfold") == []
    assert names(cora, "9 Mill Lane") == []
    assert names(ines, "Ottilie Wainfold") == ["Ottilie Wainfold"]


def test_whom_another_record_names_stays_there_without_what_the_restricted_case_taught(clock, cora, olly, ines, poppy):
    with signed(System("test")):
        case = open_case()
    source = type(TOLD)(how="partner", says="Social care", case=case)
    people.add_home(poppy, by=cora, home=type(HERE)("1 Refuge Road", "ZV2 2ZZ"), source=source)
    restrict(case, by=ines, people=[ines], because="In fear of a colleague")
    assert names(olly, "Poppy Sallowfold") == ["Poppy Sallowfold"]
    assert names(olly, "1 Refuge Road") == names(olly, "ZV2 2ZZ") == []
    people.add_phone(poppy, by=olly, number="07700 900123", safe="yes", source=TOLD)
    assert names(olly, "1 Refuge Road") == []
    assert names(olly, "12 Example Street") == ["Poppy Sallowfold"]
    with acting(olly):
        assert [home.address.text for home in poppy.residences.select_related("address")] == [HERE.address]


def test_somebody_whom_only_an_unread_notice_names_is_found(clock, olly, cora, poppy):
    """Before anybody in the MASH has said who she is."""
    ppn = ppn_workflow.submit(
        Ppn(),
        by=olly,
        notice=a_notice(),
        subjects=[SubjectFacts("child", "Poppy Sallowfold", not_spoken_to_because="Asleep")],
    )
    _, results = search(Question("Poppy Sallowfold"), by=olly, purpose="incident", about="INC-1")
    assert {result.reference for result in results} == {poppy.reference, ppn.reference}
    with acting(cora):
        subject = ppn.subjects.get()
    ppn_workflow.say_who(ppn, by=cora, subject=subject, person=poppy)
    assert names(olly, "Poppy Sallowfold") == ["Poppy Sallowfold"]


def test_twenty_are_shown_however_many_may_not_be_seen(clock, cora, chidi, olly):
    everybody = [on_record(cora, "Alex Commonname") for _ in range(30)]
    for person in everybody[:8]:
        people.declare_conflict(person, by=chidi, user=olly, because="Family")
    shown = search(Question("Alex Commonname"), by=olly, purpose="incident", about="INC-1")[1]
    assert len(shown) == 20
    assert not {result.key for result in shown} & {person.pk for person in everybody[:8]}


def test_the_page_asks_by_post_and_keeps_the_purpose_for_the_next_search(client, clock, olly, poppy):
    client.force_login(olly)
    asked = {"text": "Poppy", "purpose": "incident", "about": "INC-001234"}
    page = client.post(reverse("find-person"), asked)
    assert "Poppy Sallowfold" in page.content.decode()
    assert "Poppy" not in page.request["QUERY_STRING"]
    again = client.get(reverse("find-person")).content.decode()
    assert 'value="INC-001234"' in again
    assert "Poppy" not in again


def test_a_search_with_nothing_in_it_says_so_and_loses_nothing_typed(client, clock, olly):
    client.force_login(olly)
    page = client.post(reverse("find-person"), {"text": " ", "purpose": "incident", "about": "INC-001234"})
    assert page.status_code == 422
    assert "Write a name, an address, a number or a reference" in page.content.decode()
    assert 'value="INC-001234"' in page.content.decode()
