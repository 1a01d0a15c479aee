"""Have we met? Before somebody is written down a second time, the page asks whether they are one of these."""

from datetime import date

import pytest
from django.urls import reverse

from access.actor import System, acting, signed
from cases.meet import have_we_met
from cases.models import Match, Person, Residence
from cases.workflow import people
from cases.workflow.cases import open_case, restrict
from matching.described import Described, Written
from matching.described import Home as WrittenHome
from ppn import workflow as ppn_workflow
from ppn.models import Ppn
from ppn.workflow import SubjectFacts
from tests.cases.test_one_person import merged
from tests.households import HERE, TOLD, is_a_sex_offender, on_record
from tests.stories import a_notice, hours

pytestmark = pytest.mark.django_db
BORN = date(2018, 1, 5)
TYPED = {
    "given_names": "Popy", "family_name": "Salowfold", "born_on_day": "5", "born_on_month": "1",
    "born_on_year": "2018", "age": "", "said_to_be_child": "yes", "sex": "female", "ethnicity": "A3",
    "language": "Sylheti", "needs_interpreter": "yes", "nhs_number": "943 476 5919", "school_urn": "",
    "gp_practice": "Mill Lane Surgery", "address": "9 Mill Lane\nSampleton", "postcode": "ZV9 1AA",
    "starts_day": "1", "starts_month": "2", "starts_year": "2026", "how": "said_by_person", "says": "Her aunt <Vera>",
    "key": "6c8f8a9e-6f0e-4b52-9c3e-1f1f6f0a1b2c",
}  # fmt: skip


@pytest.fixture
def poppy(clock, cora):
    return on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)


@pytest.fixture
def enter(client, olly):
    """An officer enters somebody."""
    client.force_login(olly)
    return lambda **said: client.post(reverse("person-new"), {**TYPED, **said})


def on_file():
    with acting(System("test")):
        return list(Person.objects.order_by("recorded_at", "pk"))


def homes_of(person):
    with acting(System("test")):
        rows = Residence.objects.filter(person=person).select_related("address").order_by("address__text")
        return [(home.address.text, home.starts, home.source) for home in rows]


def test_somebody_like_nobody_is_put_on_record_without_a_question(clock, enter):
    answer = enter()
    (person,) = on_file()
    assert (answer.status_code, answer.url) == (302, person.get_absolute_url())
    assert (person.name, person.nhs_number, person.language) == ("Popy Salowfold", "9434765919", "Sylheti")


def test_somebody_who_may_be_on_record_comes_back_with_the_question_and_everything_typed(poppy, enter):
    page = enter()
    assert page.status_code == 200
    text = page.content.decode()
    assert "Have we met?" in text
    assert "There is a problem" not in text
    assert f"Poppy Sallowfold, {poppy.reference} (Likely)" in text
    assert "Same date of birth" in text
    form = page.context["form"]
    for name in ("given_names", "family_name", "sex", "ethnicity", "language", "needs_interpreter", "nhs_number",
                 "gp_practice", "postcode", "how", "says", "said_to_be_child", "address"):  # fmt: skip
        assert form[name].value() == TYPED[name], name
    assert tuple(form["born_on"].value()) == ("5", "1", "2018")
    assert tuple(form["starts"].value()) == ("1", "2", "2026")
    assert 'value="943 476 5919"' in text
    assert "Her aunt &lt;Vera&gt;" in text
    assert on_file() == [poppy]


def test_choosing_them_adds_the_home_and_makes_no_new_record(poppy, enter):
    answer = enter(who=str(poppy.pk))
    assert (answer.status_code, answer.url) == (302, poppy.get_absolute_url())
    assert on_file() == [poppy]
    assert homes_of(poppy)[1] == ("9 Mill Lane\nSampleton", date(2026, 2, 1), "Her aunt <Vera>")


def test_choosing_them_twice_by_a_second_press_adds_it_once(poppy, enter):
    enter(who=str(poppy.pk))
    enter(who=str(poppy.pk))
    assert len(homes_of(poppy)) == 2


def test_choosing_them_without_a_home_adds_none_and_changes_nothing_on_their_record(poppy, enter):
    before = {name: value for name, value in vars(poppy).items() if name != "_state"}
    assert enter(who=str(poppy.pk), address="", postcode="").status_code == 302
    (after,) = on_file()
    assert {name: vars(after)[name] for name in before if not name.startswith("_")} == {
        name: value for name, value in before.items() if not name.startswith("_")
    }
    assert len(homes_of(poppy)) == 1


def test_somebody_new_makes_one_record_and_asks_whether_the_two_are_one(poppy, enter):
    assert enter(who="new").status_code == 302
    assert enter(who="new").status_code == 302  # pressed twice
    assert len(on_file()) == 2
    with acting(System("test")):
        match = Match.objects.get()
    assert {match.one_id, match.other_id} == {person.pk for person in on_file()}


def test_the_question_must_be_answered(poppy, enter):
    page = enter(who="")
    assert page.status_code == 422
    assert "Say whether it is one of these people, or somebody new" in page.content.decode()
    assert on_file() == [poppy]


@pytest.mark.parametrize("who", ["nonsense", "00000000-0000-4000-8000-000000000000", "\x00"])
def test_a_choice_that_was_never_offered_is_refused_with_a_message(poppy, enter, who):
    page = enter(who=who)
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    assert 'value="943 476 5919"' in page.content.decode()
    assert on_file() == [poppy]


def test_a_person_who_is_on_record_but_was_not_offered_is_refused(poppy, enter, cora):
    petra = on_record(cora, "Petra Unlike", born=date(1980, 4, 4))
    page = enter(who=str(petra.pk))
    assert page.status_code == 422
    assert len(homes_of(petra)) == 0


def test_a_choice_is_not_forgotten_because_the_name_was_changed_meanwhile(poppy, enter):
    """Nobody on record is like what is typed now: to make a new record in silence would say what nobody said."""
    page = enter(who=str(poppy.pk), given_names="Petra", family_name="Unlike", born_on_day="4", born_on_month="4",
                 born_on_year="1980")  # fmt: skip
    assert page.status_code == 422
    assert on_file() == [poppy]


def test_whom_the_officer_may_not_see_is_never_offered(poppy, enter, chidi, olly):
    people.declare_conflict(poppy, by=chidi, user=olly, because="His niece")
    assert enter().status_code == 302
    page = enter(key="6c8f8a9e-6f0e-4b52-9c3e-1f1f6f0a1b2d", who=str(poppy.pk))
    assert poppy.reference not in page.content.decode()
    assert page.status_code == 422


def test_whom_only_a_restricted_case_names_is_never_offered(clock, enter, olly, ines):
    hidden = SubjectFacts("child", "Poppy Sallowfold", born_on=BORN, not_spoken_to_because="Asleep")
    ppn = ppn_workflow.submit(Ppn(), by=olly, notice=a_notice(), subjects=[hidden])
    restrict(ppn.case, by=ines, people=[ines], because="A colleague's family")
    answer = enter()
    assert answer.status_code == 302
    assert len(on_file()) == 2


def test_a_restricted_home_is_no_reason_for_others(clock, poppy, olly, cora, ines):
    with signed(System("test")):
        case = open_case()
    source = type(TOLD)(how="partner", says="Social care", case=case)
    people.add_home(poppy, by=cora, home=type(HERE)("9 Mill Lane", "ZV9 1AA"), source=source)
    restrict(case, by=ines, people=[ines], because="In fear of a colleague")
    said = Described(
        names=(Written("Popy", "Salowfold"),), born_on=BORN, addresses=(WrittenHome("9 Mill Lane", "ZV9 1AA"),)
    )
    for who, knows in ((olly, False), (ines, True)):
        with acting(who):
            (met,) = have_we_met(said)
        assert ("address" in " ".join(met.comparison.reasons_for).lower()) == knows


def test_what_everybody_must_know_of_them_stands_with_the_question(clock, enter, cora):
    desmond = on_record(cora, "Popy Salowfold", born=BORN)
    is_a_sex_offender(desmond, cora)
    assert "Registered sex offender" in enter().content.decode()


def test_also_where_it_stands_on_another_record_of_the_same_person(clock, enter, cora, cole):
    """Two records are read as one: a risk on the one is a risk of the other."""
    kept = on_record(cora, "Popy Salowfold", born=BORN)
    clock.shift(hours(1))
    joined = on_record(cora, "P Garmere")
    is_a_sex_offender(joined, cora)
    merged(kept, joined, cora, cole)
    assert "Registered sex offender" in enter().content.decode()


def test_a_search_shows_the_risk_of_every_record_of_the_person(clock, client, cora, cole):
    kept = on_record(cora, "Desmond Garmere", born=date(1958, 2, 11))
    clock.shift(hours(1))
    joined = on_record(cora, "Derek Hollin")
    is_a_sex_offender(joined, cora)
    merged(kept, joined, cora, cole)
    client.force_login(cora)
    page = client.post(reverse("find-person"), {"text": "Desmond Garmere", "purpose": "incident", "about": "INC-1"})
    assert [result.title for result in page.context["results"]] == ["Desmond Garmere"]
    assert "Registered sex offender" in page.content.decode()


def test_nobody_whose_name_is_not_known_is_met_by_that(clock, cora, enter):
    on_record(cora, "not known")
    assert enter(given_names="not known", family_name="", born_on_day="", born_on_month="", born_on_year="",
                 nhs_number="", address="", postcode="").status_code == 302  # fmt: skip
    with acting(System("test")):
        assert not Match.objects.exists()


def test_a_form_with_mistakes_asks_for_those_first(poppy, enter):
    page = enter(nhs_number="943 476 5918")
    assert page.status_code == 422
    assert "Have we met?" not in page.content.decode()
    assert "This is not an NHS number" in page.content.decode()
