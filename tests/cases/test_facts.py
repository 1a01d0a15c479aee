"""What somebody learned of a person: who may write it down, what it must say, and that a mistake stays to be read."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from access.actor import NotYours, System, acting, signed
from cases.findings import adult_from
from cases.meet import have_we_met
from cases.models import Alias, Finding, Flag, Person, Phone, Relationship, Residence, Sighting
from cases.models.person import ADULT_AT, age
from cases.places import address_of, key_of, read
from cases.records import Details, Home, split_name
from cases.searching import search
from cases.workflow import people
from cases.workflow.cases import restrict
from matching.described import Described, Written
from matching.numbers import nhs_number as is_nhs_number
from ppn import workflow as ppn_workflow
from ppn.models import Ppn
from ppn.workflow import SubjectFacts
from search.find import Question
from tests.cases.test_one_person import merged
from tests.households import HERE, THERE, TOLD, is_a_sex_offender, is_the, lives_at, on_record
from tests.stories import a_notice, hours, minutes
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
POPPY_BORN = date(2018, 1, 5)


@pytest.fixture
def poppy(clock, cora):
    return on_record(cora, "Poppy Sallowfold", born=POPPY_BORN, home=HERE)


@pytest.fixture
def kerry(clock, cora):
    return on_record(cora, "Kerry Overlow", born=date(1991, 7, 1))


def home_of(person):
    return first(Residence, person)


def first(model, person):
    with acting(System("test")):
        return model.objects.filter(person=person).order_by("recorded_at", "pk").first()


def count(model, **which):
    with acting(System("test")):
        return model.objects.filter(**which).count()


def names(by, text, **more):
    return [result.title for result in search(Question(text, **more), by=by, purpose="incident", about="INC-1")[1]]


# Who may

VERBS = {
    "correct": lambda f, by: people.correct(f["poppy"], by=by, details=Details("Poppy"), because="Her mother says"),
    "add_name": lambda f, by: people.add_name(
        f["poppy"], by=by, kind="known_as", given_names="Pops", family_name="", source=TOLD
    ),
    "add_home": lambda f, by: people.add_home(f["poppy"], by=by, home=THERE, source=TOLD),
    "moved_out": lambda f, by: people.moved_out(
        f["poppy"], by=by, home=home_of(f["poppy"]), ends=date(2026, 1, 1)
    ),
    "add_relationship": lambda f, by: people.add_relationship(
        f["kerry"], by=by, kind="parent", other=f["poppy"], starts=None, source=TOLD
    ),
    "add_sighting": lambda f, by: people.add_sighting(
        f["poppy"], by=by, seen_at=f["now"], company=f["kerry"], place=None, note="", source=TOLD
    ),
    "add_phone": lambda f, by: people.add_phone(f["poppy"], by=by, number="07700 900111", safe="yes", source=TOLD),
    "add_reference": lambda f, by: people.add_reference(f["poppy"], by=by, system="Mosaic", number="M-1", source=TOLD),
    "add_plan": lambda f, by: people.add_plan(
        f["poppy"], by=by, kind="protection_plan", starts=None, ends=None, source=TOLD
    ),
    "add_warning": lambda f, by: people.add_warning(
        f["poppy"], by=by, kind="trigger_plan", starts=None, ends=None, source=TOLD
    ),
    "mark_risk": lambda f, by: people.mark_risk(f["kerry"], by=by, kind="rso", starts=None, ends=None, source=TOLD),
    "withdraw": lambda f, by: people.withdraw(f["poppy"], by=by, fact=home_of(f["poppy"]), because="Another Poppy"),
    "protect_address": lambda f, by: people.protect_address(
        f["poppy"], by=by, address="1 Refuge Road", protected_because="In fear"
    ),
    "reveal": lambda f, by: people.reveal(f["poppy"], by=by, because="To visit"),
    "declare_conflict": lambda f, by: people.declare_conflict(f["poppy"], by=by, user=f["olly"], because="His niece"),
}  # fmt: skip
RECORDS = set(VERBS) - {"mark_risk", "reveal", "declare_conflict"}
MAY = {
    "callie": RECORDS, "olly": RECORDS, "rosa": RECORDS, "dmitri": set(),
    "cora": RECORDS | {"mark_risk", "reveal"}, "sam": RECORDS | {"mark_risk", "reveal"},
    "chidi": set(VERBS), "sue": set(VERBS),
}  # fmt: skip


@pytest.mark.parametrize("name", MAY)
def test_who_may_write_what(cast, poppy, kerry, clock, name):
    people.protect_address(poppy, by=cast["cora"], address="1 Refuge Road", protected_because="In fear")
    facts = {"poppy": poppy, "kerry": kerry, "now": clock.at, "olly": cast["olly"]}
    may = set()
    for verb, do in VERBS.items():
        place = transaction.savepoint()
        try:
            do(facts, cast[name])
            may.add(verb)
        except NotYours:
            pass
        transaction.savepoint_rollback(place)
    assert may == MAY[name]


def test_the_chair_of_the_daily_meeting_puts_nobody_on_record(clock, dmitri):
    with pytest.raises(NotYours, match="record people"):
        on_record(dmitri, "Poppy Sallowfold")
    assert count(Person) == 0


def test_an_officer_does_not_take_a_mark_of_risk_away(poppy, kerry, cora, olly):
    is_a_sex_offender(kerry, cora)
    with pytest.raises(NotNow, match="Only the MASH"):
        people.withdraw(kerry, by=olly, fact=first(Flag, kerry), because="She says so")
    people.withdraw(kerry, by=cora, fact=first(Flag, kerry), because="Another Kerry")
    assert first(Flag, kerry).withdrawn_because == "Another Kerry"


def test_an_officer_may_withdraw_a_plan(poppy, cora, olly):
    people.add_plan(poppy, by=cora, kind="in_need", starts=None, ends=None, source=TOLD)
    people.withdraw(poppy, by=olly, fact=first(Flag, poppy), because="The council says there is none")
    assert first(Flag, poppy).withdrawn_by == olly


# What each must say

REFUSED = {
    "no name": ("Give a name", lambda f, by: on_record(by, " ")),
    "corrected to no name": (
        "Give a name", lambda f, by: people.correct(f["poppy"], by=by, details=Details(" ", " "), because="So")
    ),
    "corrected without why": (
        "why it changes", lambda f, by: people.correct(f["poppy"], by=by, details=Details("Poppy"), because=" ")
    ),
    "another name that is none": (
        "Give the other name",
        lambda f, by: people.add_name(
            f["poppy"], by=by, kind="known_as", given_names=" ", family_name="\t", source=TOLD
        ),
    ),
    "no address": ("Give the address", lambda f, by: people.add_home(f["poppy"], by=by, home=Home(" "), source=TOLD)),
    "left before": (
        "before it began",
        lambda f, by: people.moved_out(f["poppy"], by=by, home=home_of(f["poppy"]), ends=date(2019, 12, 31)),
    ),
    "related as nothing": (
        "Choose what they are",
        lambda f, by: people.add_relationship(
            f["kerry"], by=by, kind="", other=f["poppy"], starts=None, source=TOLD
        ),
    ),
    "related to herself": (
        "the same person",
        lambda f, by: people.add_relationship(
            f["poppy"], by=by, kind="parent", other=f["poppy"], starts=None, source=TOLD
        ),
    ),
    "seen nowhere": (
        "where they were seen, or with whom",
        lambda f, by: people.add_sighting(
            f["poppy"], by=by, seen_at=f["now"], company=None, place=Home(" "), note="", source=TOLD
        ),
    ),
    "seen with herself": (
        "the same person",
        lambda f, by: people.add_sighting(
            f["poppy"], by=by, seen_at=f["now"], company=f["poppy"], place=None, note="", source=TOLD
        ),
    ),
    "no number": ("the number", lambda f, by: people.add_phone(f["poppy"], by=by, number=" ", safe="yes", source=TOLD)),
    "no system": (
        "which system", lambda f, by: people.add_reference(f["poppy"], by=by, system=" ", number="1", source=TOLD)
    ),
    "no number in it": (
        "the number", lambda f, by: people.add_reference(f["poppy"], by=by, system="Mosaic", number=" ", source=TOLD)
    ),
    "a plan that is a risk": (
        "looked after",
        lambda f, by: people.add_plan(f["poppy"], by=by, kind="rso", starts=None, ends=None, source=TOLD),
    ),
    "a risk that is a plan": (
        "registered sex offender",
        lambda f, by: people.mark_risk(f["poppy"], by=by, kind="in_need", starts=None, ends=None, source=TOLD),
    ),
    "a warning that is a risk": (
        "high-risk domestic abuse",
        lambda f, by: people.add_warning(f["poppy"], by=by, kind="rso", starts=None, ends=None, source=TOLD),
    ),
    "a warning that is a plan": (
        "high-risk domestic abuse",
        lambda f, by: people.add_warning(f["poppy"], by=by, kind="in_need", starts=None, ends=None, source=TOLD),
    ),
    "a risk that is a warning": (
        "registered sex offender",
        lambda f, by: people.mark_risk(f["poppy"], by=by, kind="high_risk_da", starts=None, ends=None, source=TOLD),
    ),
    "a warning that ended before it began": (
        "before it began",
        lambda f, by: people.add_warning(f["poppy"], by=by, kind="marac", starts=LATE, ends=EARLY, source=TOLD),
    ),
    "withdrawn without why": (
        "why it was wrong", lambda f, by: people.withdraw(f["poppy"], by=by, fact=home_of(f["poppy"]), because=" ")
    ),
    "nothing to protect": (
        "the address", lambda f, by: people.protect_address(f["poppy"], by=by, address=" ", protected_because="Fear")
    ),
    "protected without why": (
        "why it is protected",
        lambda f, by: people.protect_address(f["poppy"], by=by, address="1 Refuge Road", protected_because=" "),
    ),
    "shown without why": ("why you need", lambda f, by: people.reveal(f["poppy"], by=by, because=" ")),
    "nothing to show": ("no protected address", lambda f, by: people.reveal(f["poppy"], by=by, because="To visit")),
    "a conflict without why": (
        "why", lambda f, by: people.declare_conflict(f["poppy"], by=by, user=f["olly"], because=" ")
    ),
}  # fmt: skip


def rows():
    tables = ("person", "residence", "relationship", "sighting", "alias", "phone", "reference", "flag", "conflict",
              "protectedaddress", "reveal", "address")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT to_jsonb(t)::text FROM cases_{name} t" for name in tables))  # noqa: S608
        return sorted(cursor.fetchall())


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_missing_is_said_and_nothing_is_written(cast, clock, chidi, kerry, case):
    home = Home("12 Example Street", "ZV1 1AA", starts=date(2020, 1, 1))
    poppy = on_record(cast["cora"], "Poppy Sallowfold", born=POPPY_BORN, home=home)
    words, do = REFUSED[case]
    before = rows()
    with pytest.raises(NotNow, match=words):
        do({"poppy": poppy, "kerry": kerry, "now": clock.at, "olly": cast["olly"]}, chidi)
    assert rows() == before


def test_nobody_is_seen_a_moment_from_now_but_somebody_may_be_seen_now(poppy, olly, clock):
    def seen(at):
        people.add_sighting(poppy, by=olly, seen_at=at, company=None, place=HERE, note="At the door", source=TOLD)

    with pytest.raises(NotNow, match="in the future"):
        seen(clock.at + timedelta(microseconds=1))
    seen(clock.at)
    assert first(Sighting, poppy).seen_at == clock.at


def test_they_may_leave_the_day_they_came(clock, cora):
    came = date(2026, 2, 1)
    poppy = on_record(cora, "Poppy Sallowfold", home=Home("12 Example Street", "ZV1 1AA", starts=came))
    people.moved_out(poppy, by=cora, home=home_of(poppy), ends=came)
    assert home_of(poppy).ends == came


LATE, EARLY = date(2026, 2, 2), date(2026, 2, 1)


def test_a_home_they_left_before_they_came_is_refused_by_the_verb_itself(poppy, cora):
    with pytest.raises(NotNow):
        people.add_home(poppy, by=cora, home=Home("9 Mill Lane", "ZV2 2ZZ", LATE, EARLY), source=TOLD)


def test_a_plan_that_ended_before_it_began_is_refused_by_the_verb_itself(poppy, cora):
    with pytest.raises(NotNow):
        people.add_plan(poppy, by=cora, kind="in_need", starts=LATE, ends=EARLY, source=TOLD)


def test_a_home_that_has_ended_or_was_a_mistake_is_not_edited(poppy, cora):
    people.moved_out(poppy, by=cora, home=home_of(poppy), ends=date(2026, 1, 31))
    with pytest.raises(NotNow):
        people.moved_out(poppy, by=cora, home=home_of(poppy), ends=date(2025, 1, 31))
    assert home_of(poppy).ends == date(2026, 1, 31)


def test_a_fact_is_withdrawn_only_as_one_of_the_person_it_is_about(poppy, kerry, cora):
    with pytest.raises(NotNow):
        people.withdraw(kerry, by=cora, fact=home_of(poppy), because="Wrong page")


def test_somebody_moves_out_only_of_their_own_home(poppy, kerry, cora):
    with pytest.raises(NotNow):
        people.moved_out(kerry, by=cora, home=home_of(poppy), ends=date(2026, 1, 1))


@pytest.mark.parametrize("verb", ["record", "correct"])
def test_nobody_is_born_after_today(client, clock, cora, poppy, verb):
    """Or the page gives an age below nothing."""
    client.force_login(cora)
    tomorrow = clock.at.date() + timedelta(days=1)
    said = {
        "given_names": "Tomorrow", "said_to_be_child": "yes", "needs_interpreter": "no", "sex": "not_known",
        "ethnicity": "NS", "how": "seen", "says": "PC", "because": "So",
        "born_on_day": tomorrow.day, "born_on_month": tomorrow.month, "born_on_year": tomorrow.year,
    }  # fmt: skip
    url = reverse("person-new") if verb == "record" else reverse("person-correct", args=[poppy.pk])
    assert client.post(url, said).status_code == 422


# A mistake stays to be read

MADE = {
    Alias: ("Poppy Garmere", lambda p, by: people.add_name(
        p, by=by, kind="previous", given_names="Poppy", family_name="Garmere", source=TOLD)),
    Residence: ("21 Thornbush Way", lambda p, by: lives_at(p, Home("21 Thornbush Way", "ZV7 7AA"), by)),
    Phone: ("07700 900461", lambda p, by: people.add_phone(p, by=by, number="07700 900461", safe="yes", source=TOLD)),
}  # fmt: skip
ANOTHER = pytest.mark.parametrize("model", MADE, ids=lambda model: model.__name__)


def the_new(model, person):
    """The fact that was made, and not the home they were put on record with."""
    made = model.objects.filter(person=person)
    return (made.exclude(address__text=HERE.address) if model is Residence else made).get()


@ANOTHER
def test_a_fact_withdrawn_stays_with_the_reason_and_is_struck_out_on_the_page(client, clock, poppy, cora, olly, model):
    words, make = MADE[model]
    make(poppy, cora)
    with acting(cora):
        fact = the_new(model, poppy)
    kept = {name: value for name, value in vars(fact).items() if not name.startswith(("_", "withdrawn"))}
    clock.shift(minutes(5))
    client.force_login(olly)
    url = reverse("person-withdraw", args=[poppy.pk, model._meta.model_name, fact.pk])
    assert client.post(url, {"because": "It was another Poppy"}).status_code == 302
    with acting(cora):
        fact = model.objects.get(pk=fact.pk)
    assert {name: vars(fact)[name] for name in kept} == kept
    assert (fact.withdrawn_at, fact.withdrawn_by, fact.withdrawn_because) == (clock.at, olly, "It was another Poppy")
    page = client.get(reverse("person", args=[poppy.pk])).content.decode()
    assert words in page
    assert "Withdrawn: It was another Poppy" in page


@ANOTHER
def test_a_fact_withdrawn_finds_nobody_any_more(poppy, cora, model):
    words, make = MADE[model]
    make(poppy, cora)
    assert names(cora, words)[:1] == ["Poppy Sallowfold"]
    with acting(cora):
        fact = the_new(model, poppy)
    people.withdraw(poppy, by=cora, fact=fact, because="A mistake")
    assert names(cora, "Garmere" if model is Alias else words) == []


@ANOTHER
def test_a_fact_of_a_joined_record_withdrawn_on_the_page_of_both_finds_nobody_any_more(clock, cora, cole, model):
    """The page of the record that stands for both offers it; the index of the other has to be written."""
    kept = on_record(cora, "Poppy Sallowfold", born=POPPY_BORN, home=HERE)
    clock.shift(hours(1))
    joined = on_record(cora, "Poppy Sallowfold", born=POPPY_BORN, home=HERE)
    words, make = MADE[model]
    make(joined, cora)
    merged(joined, kept, cora, cole)
    with acting(cora):
        fact = the_new(model, joined)
        kept = Person.objects.get(pk=kept.pk)
    people.withdraw(kept, by=cora, fact=fact, because="A mistake")
    assert names(cora, "Garmere" if model is Alias else words) == []


def test_a_name_withdrawn_matches_nobody(poppy, cora):
    people.add_name(poppy, by=cora, kind="birth", given_names="Oriel", family_name="Thackmoor", source=TOLD)
    asked = Described(names=(Written("Oriel", "Thackmoor"),), born_on=POPPY_BORN)
    with acting(cora):
        assert [met.person for met in have_we_met(asked)] == [poppy]
    people.withdraw(poppy, by=cora, fact=first(Alias, poppy), because="A slip of the pen")
    with acting(cora):
        assert have_we_met(Described(names=(Written("Oriel", "Thackmoor"),))) == []


def test_a_home_withdrawn_is_no_household(client, poppy, cora):
    kerry = on_record(cora, "Kerry Overlow", home=HERE)
    client.force_login(cora)
    page = reverse("person", args=[poppy.pk])
    assert client.get(page).context["household"][0].person == kerry
    people.withdraw(kerry, by=cora, fact=home_of(kerry), because="She only visited")
    assert client.get(page).context["household"] == []
    with acting(cora):
        there = poppy.residences.select_related("address").get().address
    assert [each["home"].person for each in client.get(there.get_absolute_url()).context["there"]] == [poppy]


def test_what_was_withdrawn_is_not_withdrawn_twice(poppy, cora, cole):
    people.withdraw(poppy, by=cora, fact=home_of(poppy), because="First")
    with pytest.raises(NotNow, match="already"):
        people.withdraw(poppy, by=cole, fact=home_of(poppy), because="Second")
    assert home_of(poppy).withdrawn_because == "First"


def test_a_fact_withdrawn_may_be_learned_again(poppy, cora):
    people.withdraw(poppy, by=cora, fact=home_of(poppy), because="She had moved")
    lives_at(poppy, HERE, cora)
    assert count(Residence, person=poppy, withdrawn_at=None) == 1
    assert names(cora, "12 Example Street") == ["Poppy Sallowfold"]


def test_the_database_itself_deletes_no_fact(poppy):
    with pytest.raises(Exception, match=r"permission denied|append-only"), signed(System("test")):
        home_of(poppy).delete()


def test_only_what_is_a_fact_about_them_can_be_withdrawn_on_their_page(client, poppy, kerry, cora):
    client.force_login(cora)
    for kind, fact in (("residence", home_of(kerry) or home_of(poppy)), ("person", poppy), ("nonsense", poppy)):
        owner = kerry if kind == "residence" else poppy
        assert client.get(reverse("person-withdraw", args=[owner.pk, kind, fact.pk])).status_code == 404


def test_a_relationship_can_be_withdrawn_from_either_end(client, poppy, kerry, cora):
    is_the("parent", kerry, poppy, cora)
    client.force_login(cora)
    url = reverse("person-withdraw", args=[poppy.pk, "relationship", first(Relationship, kerry).pk])
    assert client.post(url, {"because": "Her aunt"}).status_code == 302
    assert first(Relationship, kerry).withdrawn_because == "Her aunt"


# Nothing is written twice


AGAIN = [
    Home("3 Mill Lane", "ZV1 1AA"), Home("3, MILL LANE.", "zv11aa"), Home("3 Mill Lane, ZV1 1AA"),
    Home("3 Mill Lane, ZV1 1AA", "ZV1 1AA"),
]  # fmt: skip


@pytest.mark.parametrize("again", AGAIN)
def test_the_same_home_is_not_written_twice(clock, cora, again):
    poppy = on_record(cora, "Poppy Sallowfold", home=AGAIN[0])
    lives_at(poppy, again, cora)
    assert count(Residence, person=poppy) == 1


def test_a_home_they_left_is_written_again_when_they_come_back(poppy, cora):
    people.moved_out(poppy, by=cora, home=home_of(poppy), ends=date(2026, 1, 31))
    lives_at(poppy, HERE, cora)
    assert count(Residence, person=poppy) == 2


def test_when_they_moved_in_is_not_lost_because_the_home_was_known(poppy, cora):
    people.add_home(poppy, by=cora, home=Home(HERE.address, HERE.postcode, starts=date(2025, 5, 1)), source=TOLD)
    with acting(cora):
        assert date(2025, 5, 1) in [home.starts for home in poppy.residences.all()]


def test_the_same_relationship_is_not_written_twice(poppy, kerry, cora):
    is_the("parent", kerry, poppy, cora)
    is_the("parent", kerry, poppy, cora)
    assert count(Relationship) == 1
    is_the("carer", kerry, poppy, cora)
    assert count(Relationship) == 2


@pytest.mark.parametrize("kind", ["sibling", "partner", "friend"])
def test_brothers_partners_and_friends_are_so_from_either_side(poppy, kerry, cora, kind):
    is_the(kind, kerry, poppy, cora)
    is_the(kind, poppy, kerry, cora)
    assert count(Relationship) == 1


def test_since_when_they_are_related_is_not_lost_because_it_was_known(poppy, kerry, cora):
    is_the("parent", kerry, poppy, cora)
    since = date(2018, 1, 5)
    people.add_relationship(kerry, by=cora, kind="parent", other=poppy, starts=since, source=TOLD)
    with acting(cora):
        assert since in [each.starts for each in Relationship.objects.all()]


def test_a_relationship_withdrawn_may_be_learned_again(poppy, kerry, cora):
    is_the("parent", kerry, poppy, cora)
    people.withdraw(kerry, by=cora, fact=first(Relationship, kerry), because="Her aunt")
    is_the("parent", kerry, poppy, cora)
    assert count(Relationship, withdrawn_at=None) == 1


# A finding says when what it stood on was a mistake


def test_the_page_of_a_finding_says_that_a_fact_was_withdrawn(client, poppy, cora, sam):
    desmond = on_record(cora, "Desmond Garmere", home=HERE, said_to_be_child="no")
    is_a_sex_offender(desmond, cora)
    with acting(sam):
        finding = Finding.objects.get()
    people.withdraw(desmond, by=cora, fact=home_of(desmond), because="Another Desmond lives there")
    client.force_login(sam)
    page = client.get(finding.get_absolute_url()).content.decode()
    assert "Another Desmond lives there" in page


# Corrections


def test_to_correct_the_spelling_of_a_name_does_not_lose_an_estimated_age(client, clock, cora):
    poppy = on_record(cora, "Popy Sallowfold", age=7)
    born = (poppy.born_from, poppy.born_to)
    client.force_login(cora)
    url = reverse("person-correct", args=[poppy.pk])
    form = client.get(url).context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    said |= {"given_names": "Poppy", "because": "As she spells it"}
    assert client.post(url, said).status_code == 302
    with acting(cora):
        poppy = Person.objects.get(pk=poppy.pk)
    assert (poppy.name, poppy.born_from, poppy.born_to) == ("Poppy Sallowfold", *born)


def test_a_correction_keeps_what_was_there_before_in_its_step_and_finds_them_by_the_new_name(poppy, cora, olly):
    people.correct(poppy, by=olly, details=Details("Oriel", "Thackmoor", born_on=POPPY_BORN), because="Adopted")
    assert names(cora, "Oriel Thackmoor") == ["Oriel Thackmoor"]
    assert [step.transition for step in Step.of(poppy)] == ["cases.record_person", "cases.correct"]
    assert Step.of(poppy)[0].facts["details"]["given_names"] == "Poppy"
    assert Step.of(poppy)[1].facts["because"] == "Adopted"


def test_a_wrong_nhs_number_is_named_and_loses_nothing(client, cora, poppy):
    client.force_login(cora)
    said = {"given_names": "Poppy", "said_to_be_child": "yes", "needs_interpreter": "no", "sex": "female",
            "ethnicity": "NS", "because": "Her red book", "nhs_number": "943 476 5918"}  # fmt: skip
    page = client.post(reverse("person-correct", args=[poppy.pk]), said)
    assert page.status_code == 422
    assert "This is not an NHS number" in page.content.decode()
    assert "943 476 5918" in page.content.decode()
    said["nhs_number"] = "943 476-5919"
    assert client.post(reverse("person-correct", args=[poppy.pk]), said).status_code == 302
    with acting(cora):
        assert Person.objects.get(pk=poppy.pk).nhs_number == "9434765919"


# Ages

DAYS = st.dates(date(1930, 1, 1), date(2100, 12, 31))


def age_by_counting(born, on):
    """As the law says it: a year older at the beginning of each anniversary, which after 29 February is 1 March."""
    years = 0
    while True:
        year = born.year + years + 1
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = date(year, 3, 1)
        if birthday > on:
            return years
        years += 1


@given(born=DAYS, on=DAYS)
@example(born=date(2008, 2, 29), on=date(2026, 2, 28))
@example(born=date(2008, 2, 29), on=date(2026, 3, 1))
@example(born=date(2008, 3, 1), on=date(2026, 2, 28))
@example(born=date(2006, 2, 28), on=date(2024, 2, 29))
@example(born=date(2006, 3, 1), on=date(2024, 2, 29))
@settings(max_examples=300, deadline=None)
def test_the_age_the_page_the_search_for_children_and_the_law_agree(born, on):
    if born > on:
        born, on = on, born
    years = age_by_counting(born, on)
    person = Person(born_from=born, born_to=born)
    assert age(born, on) == years
    assert person.age_in_words(on) == str(years)
    assert (person.child_on(on) == "yes") == (years < ADULT_AT) == (born > adult_from(on))


@given(on=DAYS, years=st.integers(0, 25), later=st.integers(0, 900))
@example(on=date(2024, 2, 29), years=17, later=0)
@example(on=date(2024, 2, 29), years=1, later=0)
@example(on=date(2023, 2, 28), years=3, later=1)
@settings(max_examples=300, deadline=None)
def test_an_estimated_age_is_every_date_of_birth_that_makes_it_so_and_no_other(on, years, later):
    first, last = Details(age=years).born_between(on)
    assert age_by_counting(first, on) == age_by_counting(last, on) == years
    assert age_by_counting(first - timedelta(days=1), on) == years + 1
    assert last == on or age_by_counting(last + timedelta(days=1), on) == years - 1
    person, day = Person(born_from=first, born_to=last), on + timedelta(days=later)
    assert (person.child_on(day) == "yes") == (age_by_counting(last, day) < ADULT_AT) == (last > adult_from(day))


def test_somebody_said_to_be_seventeen_is_a_child_until_nobody_so_called_can_be(clock, cora):
    youth = on_record(cora, "Youth Example", age=17)
    today = clock.at.date()
    assert youth.age_in_words(today) == "about 17 (estimated)"
    anniversary = today.replace(year=today.year + 1)
    assert youth.child_on(anniversary - timedelta(days=1)) == "yes"
    assert youth.child_on(anniversary) == "no"


@pytest.mark.parametrize(("said", "child"), [("yes", "yes"), ("no", "no"), ("not_known", "not_known")])
def test_without_a_date_of_birth_what_was_said_counts_and_with_one_it_does_not(said, child):
    day = date(2026, 3, 2)
    assert Person(said_to_be_child=said).child_on(day) == child
    assert Person(said_to_be_child=said, born_from=day, born_to=day).child_on(day) == "yes"
    assert Person(said_to_be_child=said).age_in_words(day) == "not known"


def test_after_midnight_on_the_wall_clock_the_page_and_the_findings_know_the_same_day(client, clock, cora, sam):
    """Half past midnight in summer is still yesterday in UTC."""
    clock.set(datetime(2026, 6, 15, 23, 30, tzinfo=UTC))
    grown = on_record(cora, "Grown Today", born=date(2008, 6, 16), home=HERE)
    is_a_sex_offender(on_record(cora, "Desmond Garmere", home=HERE, said_to_be_child="no"), cora)
    client.force_login(cora)
    page = client.get(reverse("person", args=[grown.pk])).content.decode()
    with acting(sam):
        found = Finding.objects.exists()
    assert ("age 17" in page, found) in ((True, True), (False, False))


# Numbers and names


@pytest.mark.parametrize("number", ["9434765919", "4010232137", "9434765870", "9999999980"])
def test_an_nhs_number(number):
    assert is_nhs_number(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "9434765918",
        "943476591",
        "94347659190",
        "943476591x",
        "9434765991",
        "٩٤٣٤٧٦٥٩١٩",
        "943476591²",
        "1234567890",
    ],
)
def test_no_nhs_number(number):
    assert not is_nhs_number(number)


@given(st.integers(0, 999_999_999).filter(lambda nine: len(set(f"{nine:09}")) > 1))
def test_of_each_nine_figures_at_most_one_tenth_figure_makes_an_nhs_number_and_no_other_slips_by(nine):
    good = [tenth for tenth in range(10) if is_nhs_number(f"{nine:09}{tenth}")]
    assert len(good) <= 1
    total = sum(int(figure) * (10 - place) for place, figure in enumerate(f"{nine:09}"))
    assert all((total + tenth) % 11 == 0 for tenth in good)
    assert bool(good) == (total % 11 != 1)


@pytest.mark.parametrize(
    ("written", "given_names", "family"),
    [
        ("Anya Example", "Anya", "Example"), ("  Anya   Example ", "Anya", "Example"),
        ("Anya Maria Example", "Anya Maria", "Example"), ("Anya", "Anya", ""), ("", "", ""),
        ("Anya\tExample", "Anya", "Example"), ("Anya\u00a0Example", "Anya", "Example"),
    ],
)  # fmt: skip
def test_a_name_on_one_line(written, given_names, family):
    assert split_name(written) == (given_names, family)


# Addresses


def key(text, postcode=""):
    return key_of(*read(text, postcode))


ONE = [
    ("12 Example Street", "ZV1 1AA"), ("12, Example St.", "zv11aa"), ("12 EXAMPLE STREET", " ZV1  1AA "),
    ("12 Example Street, ZV1 1AA", ""), ("12 Example Street ZV11AA", ""), ("12 Example Street, Sampleton", "ZV1 1AA"),
    ("12 Example Street, ZV1 1AA", "ZV1 1AA"), ("12 Example Street\nSampleton\nzv1 1aa", "ZV1 1AA"),
]  # fmt: skip


@pytest.mark.parametrize("written", ONE)
def test_spellings_of_one_address_are_one(written):
    assert key(*written) == key(*ONE[0])


@pytest.mark.parametrize(
    "pair",
    list(combinations(
        ["12 Example Street", "14 Example Street", "12A Example Street", "Flat 1, 12 Example Street",
         "Flat 2, 12 Example Street", "Flat A, 12 Example Street", "Rose Cottage", "Lily Cottage"], 2)),
)  # fmt: skip
def test_two_doors_are_two_addresses(pair):
    one, other = pair
    assert key(one, "ZV1 1AA") != key(other, "ZV1 1AA")


@pytest.mark.parametrize("written", ["Flat 1, 12 Example Street", "12 Example Street, Flat 1", "Apt 1 12 Example St",
                                     "Apartment 1, 12 Example Street", "flat 1 12 example street"])  # fmt: skip
def test_one_flat_is_one_address(written):
    assert key(written, "ZV1 1AA") == key("Flat 1, 12 Example Street", "ZV1 1AA")


def test_one_house_number_in_two_postcodes_is_two_addresses():
    assert key("12 Example Street", "ZV1 1AA") != key("12 Example Street", "ZV1 1AB")


NOWHERE = ["not known", "Not Known", "unknown", "NFA", "nfa.", "No fixed abode", "no fixed address", "homeless", "n/a",
           "N/A", "-", "?", ""]  # fmt: skip
ALSO_NOWHERE = ["Of no fixed abode", "NFA Sampleton", "Address unknown", "Address not known", "Not given", "Withheld"]


@pytest.mark.parametrize("postcode", ["", "ZV1 1AA"])
@pytest.mark.parametrize("written", [*NOWHERE, *ALSO_NOWHERE])
def test_an_address_that_is_none_is_shared_by_nobody(written, postcode):
    assert key(written, postcode) != key(written, postcode)


def test_a_street_without_a_house_is_shared_by_nobody():
    assert key("Example Street", "ZV1 1AA") != key("Example Street", "ZV1 1AA")


POSTCODES = st.from_regex(r"\AZV[0-9]{1,2} [0-9][ABD-HJLNP-UW-Z]{2}\Z")


@given(postcode=POSTCODES)
def test_two_people_with_only_a_postcode_do_not_share_a_home(postcode):
    assert key("", postcode) != key("", postcode)
    assert key(postcode) != key(postcode)


HOUSES = st.integers(1, 999)
STREETS = st.sampled_from(["Example Street", "Sample Road", "Mill Lane", "The Green"])


@given(house=HOUSES, other=HOUSES, street=STREETS, postcode=POSTCODES)
@settings(max_examples=200, deadline=None)
def test_a_house_is_its_number_however_it_is_written_and_no_other_number(house, other, street, postcode):
    plain = key(f"{house} {street}", postcode)
    for written in (f"{house}, {street.upper()}", f" {house}  {street.lower()} ", f"{house} {street}, Sampleton"):
        assert key(written, postcode.lower().replace(" ", "")) == plain
    assert (key(f"{other} {street}", postcode) == plain) == (other == house)


@given(text=st.text(max_size=300), postcode=st.text(max_size=12))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_text_breaks_an_address(text, postcode):
    written, where = read(text, postcode)
    assert len(key_of(written, where)) <= 320
    assert len(where) <= 8


def test_a_postcode_is_kept_as_it_was_typed_or_refused_but_never_cut_short(client, cora, poppy):
    client.force_login(cora)
    said = {"address": "3 Mill Lane", "postcode": "ZV1 1AA XY", "how": "seen", "says": "PC"}
    answer = client.post(reverse("person-home", args=[poppy.pk]), said)
    with acting(cora):
        kept = [home.address.postcode for home in poppy.residences.select_related("address")]
    assert answer.status_code == 422 or "ZV1 1AA XY" in kept


def test_two_people_in_one_postcode_are_not_put_together(poppy, cora, sam):
    only = Home("", "ZV3 3ZZ")
    child = on_record(cora, "Child Example", born=POPPY_BORN, home=only)
    is_a_sex_offender(on_record(cora, "Desmond Garmere", home=only, said_to_be_child="no"), cora)
    with acting(sam):
        assert not Finding.objects.filter(child=child).exists()


def test_the_postcode_in_the_text_as_well_puts_a_child_with_a_risk_all_the_same(poppy, cora, sam):
    lives_at(poppy, Home("3 Mill Lane", "ZV1 1AA"), cora)
    again = Home("3 Mill Lane, ZV1 1AA", "ZV1 1AA")
    is_a_sex_offender(on_record(cora, "Desmond Garmere", home=again, said_to_be_child="no"), cora)
    with acting(sam):
        assert Finding.objects.get().child == poppy


def test_an_address_is_made_once(poppy, cora):
    with signed(System("test")):
        assert address_of("12, Example St", "ZV1 1AA") == address_of("12 example street", "zv11aa")
        assert address_of(" ", " ") is None


# Need to know


def test_who_was_on_record_by_hand_stays_there_when_a_restricted_notice_names_them(clock, cora, olly, sam, ines):
    """Or an offender on the register is gone for everybody the day a restricted notice names him."""
    desmond = on_record(cora, "Desmond Garmere", said_to_be_child="no")
    is_a_sex_offender(desmond, cora)
    ppn = ppn_workflow.submit(
        Ppn(), by=olly, notice=a_notice(), subjects=[SubjectFacts("poses_risk", "Desmond Garmere")]
    )
    with acting(cora):
        subject = ppn.subjects.get()
    ppn_workflow.say_who(ppn, by=cora, subject=subject, person=desmond)
    restrict(ppn.case, by=ines, people=[ines], because="The family of a colleague")
    assert names(olly, "Desmond Garmere") == ["Desmond Garmere"]


def test_whom_only_a_restricted_notice_named_stays_hidden_when_it_turns_out_to_be_somebody_else(
    clock, cora, olly, sam, ines
):
    ppn = ppn_workflow.submit(
        Ppn(),
        by=olly,
        notice=a_notice(),
        subjects=[SubjectFacts("child", "Ottilie Wainfold", not_spoken_to_because="Asleep", address="9 Mill Lane")],
    )
    restrict(ppn.case, by=ines, people=[ines], because="A colleague's family")
    assert names(olly, "Ottilie Wainfold") == []
    other = on_record(ines, "Tilly Wainmoor", born=POPPY_BORN)
    with acting(ines):
        subject = ppn.subjects.get()
    ppn_workflow.say_who(ppn, by=ines, subject=subject, person=other)
    assert names(olly, "Ottilie Wainfold") == []
