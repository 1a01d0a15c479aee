"""Whatever people type is kept as they typed it, shown as they typed it, and never breaks a page."""

import json
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import escape

from access.actor import acting, signed
from cases import records
from cases.indexing import index
from cases.meet import have_we_met
from cases.models import Alias, Finding, Flag, Person, Phone, ProtectedAddress, Reference, Residence, Sighting
from cases.records import Details, Home, Source
from cases.searching import search
from cases.workflow import findings, people
from matching.described import Described, Written
from search.find import Question
from tests.conftest import SHARED_DATA
from tests.households import HERE, is_a_sex_offender, on_record

FILE = SHARED_DATA / "blns.json"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.exists(), reason="the Big List of Naughty Strings is not here"),
]
STRINGS = json.loads(FILE.read_text()) if FILE.exists() else []
SAID = [text for text in STRINGS if text.strip()]


@pytest.fixture
def poppy(clock, cora):
    return on_record(cora, "Poppy Sallowfold", born=date(2018, 1, 5), home=HERE)


@pytest.fixture
def opened(client, cora):
    client.force_login(cora)
    return lambda record: client.get(record.get_absolute_url())


def shown(page):
    """The page as text, line ends as a browser reads them."""
    assert page.status_code == 200
    return page.content.decode()


def missing(texts, said):
    return [text for text in texts if str(escape(text)) not in said]


def test_the_list_is_the_whole_list():
    assert len(STRINGS) == 515


def source(text, by):
    return Source(how="seen", says=text[:200], by=by)


def test_every_string_is_kept_as_a_name_found_by_the_index_and_shown_on_its_page(clock, client, cora):
    with signed(cora):
        made = records.new_people([Details(given_names=text[:200], family_name=text[:200]) for text in SAID])
        index(made)
        kept = dict(Person.objects.figures().values_list("pk", "given_names"))
    assert [kept[person.pk] for person in made] == [text[:200] for text in SAID]
    client.force_login(cora)
    for person, text in list(zip(made, SAID, strict=True))[::40]:
        said = shown(client.get(person.get_absolute_url()))
        assert said.count(str(escape(text[:200]))) >= 2


def test_everybody_with_such_a_name_in_one_house_is_on_its_page(clock, cora, opened):
    with signed(cora):
        made = records.new_people([Details(given_names=text[:200]) for text in SAID[::12]])
        records.live_at([(person, HERE) for person in made], source("PC", cora))
        address = Residence.objects.select_related("address").first().address
    said = shown(opened(address))
    assert missing([text[:200].strip() for text in SAID[::12]], said) == []


def test_every_string_is_kept_and_shown_as_another_name_a_number_a_source_and_a_note(poppy, cora, clock, opened):
    with signed(cora):
        for text in SAID:
            short, told = text[:80], source(text, cora)
            records.known_as(poppy, "known_as", text[:200], "", told)
            records.reached_on(poppy, text[:40], "yes", told)
            records.called_elsewhere(poppy, short, short, told)
            records.seen(poppy, clock.at, told, company=None, place=HERE, note=text)
        index([poppy])
        assert sorted(Alias.objects.figures().values_list("given_names", flat=True)) == sorted(
            text[:200] for text in SAID
        )
        assert sorted(Phone.objects.figures().values_list("number", flat=True)) == sorted(text[:40] for text in SAID)
        assert sorted(Reference.objects.figures().values_list("system", "number")) == sorted(
            (t[:80], t[:80]) for t in SAID
        )
        assert sorted(Sighting.objects.figures().values_list("note", "source")) == sorted((t, t[:200]) for t in SAID)
    said = shown(opened(poppy))
    assert missing([text[:200].strip() for text in SAID], said) == []
    assert missing([f"Telephone {text[:40]}" for text in SAID], said) == []
    assert missing([f"Called {text[:80]} in {text[:80]}" for text in SAID], said) == []
    assert missing(SAID, said) == []


def test_every_string_is_kept_as_an_address_and_no_two_that_differ_lose_what_was_typed(poppy, cora, opened):
    with signed(cora):
        records.live_at([(poppy, Home(text[:300])) for text in SAID], source("PC", cora))
        there = [home.address for home in Residence.objects.select_related("address").filter(person=poppy)]
        index([poppy])
    said = shown(opened(poppy))
    assert len(there) > len(SAID) // 2
    assert missing([address.text for address in there], said) == []


def test_every_string_is_a_reason_to_withdraw_a_flag_and_its_source(poppy, cora, clock, opened):
    with signed(cora):
        for text in SAID:
            flag = records.flagged(poppy, "in_need", source(text, cora), starts=None, ends=None)
            Flag.objects.filter(pk=flag.pk).update(withdrawn_at=clock.at, withdrawn_by=cora, withdrawn_because=text)
    said = shown(opened(poppy))
    assert missing([f"Withdrawn: {text}" for text in SAID], said) == []


def test_every_string_is_a_protected_address_and_why_and_why_it_was_looked_at(poppy, cora, client):
    for text in SAID[::25]:
        people.protect_address(poppy, by=cora, address=text, protected_because=text)
    with acting(cora):
        assert sorted(ProtectedAddress.objects.figures().values_list("address", flat=True)) == sorted(SAID[::25])
    client.force_login(cora)
    for text in SAID[::100]:
        answer = client.post(reverse("person-protected", args=[poppy.pk]), {"because": text})
        assert missing([text.strip()], shown(answer)) == []
    assert missing([f"Protected because: {text}" for text in SAID[::25]], answer.content.decode()) == []


def test_every_string_is_a_reason_for_a_decision(clock, cora, sam, opened):
    with signed(cora):
        children = records.new_people([Details(given_names=f"Child{number}") for number, _ in enumerate(SAID[::20])])
        records.live_at([(child, HERE) for child in children], source("PC", cora))
    is_a_sex_offender(on_record(cora, "Desmond Garmere", home=HERE, said_to_be_child="no"), cora)
    with acting(sam):
        open_ = list(Finding.objects.order_by("pk"))
    assert len(open_) == len(children)
    for finding, text in zip(open_, SAID[::20], strict=True):
        findings.decide(finding, by=sam, decision="wrong", because=text)
        assert missing([text], shown(opened(finding))) == []


def test_every_string_can_be_asked_for_and_met(poppy, cora):
    for text in SAID[::4]:
        search(Question(text[:200]), by=cora, purpose="incident", about=text[:200])
        with acting(cora):
            have_we_met(Described(names=(Written(text[:200], text[:200]),)))


# Through the forms

WHO = {"given_names": "Poppy", "family_name": "Sallowfold", "said_to_be_child": "yes", "sex": "not_known",
       "ethnicity": "NS", "needs_interpreter": "no"}  # fmt: skip
HOW = {"how": "seen", "says": "PC 1"}
FORMS = {
    "person-correct": ({**WHO, "because": "So"}, {"given_names": 200, "family_name": 200, "language": 80,
                                                   "gp_practice": 200, "because": None}),
    "person-name": ({**HOW, "kind": "known_as", "given_names": "P"}, {"given_names": 200, "family_name": 200,
                                                                      "says": 200}),
    "person-home": ({**HOW, "address": "9 Mill Lane"}, {"address": 300, "postcode": 10, "says": 200}),
    "person-phone": ({**HOW, "number": "07700 900111", "safe": "yes"}, {"number": 40, "says": 200}),
    "person-reference": ({**HOW, "system": "Mosaic", "number": "1"}, {"system": 80, "number": 80, "says": 200}),
    "person-sighting": (
        {**HOW, "seen_at_day": "1", "seen_at_month": "3", "seen_at_year": "2026", "seen_at_time": "10:00",
         "address": "9 Mill Lane"}, {"address": 300, "postcode": 10, "note": None, "says": 200}),
    "person-plan": ({**HOW, "kind": "in_need"}, {"says": 200}),
    "person-risk": ({**HOW, "kind": "rso"}, {"says": 200}),
    "person-protect": ({"address": "1 Refuge Road", "protected_because": "Fear"}, {"address": None,
                                                                                   "protected_because": None}),
    "person-protected": ({"because": "So"}, {"because": None}),
    "person-new": ({**WHO, **HOW}, {"given_names": 200, "address": 300, "says": 200, "school_urn": 10}),
    "find-person": ({"text": "P", "purpose": "incident", "about": "INC-1"}, {"text": 200, "about": 200}),
}  # fmt: skip
FIELDS = [(form, field) for form, (_, fields) in FORMS.items() for field in fields]


def address(form, poppy):
    return reverse(form, args=[] if form in ("person-new", "find-person") else [poppy.pk])


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=[" ".join(each) for each in FIELDS])
def test_a_null_character_is_refused_with_a_message_and_loses_nothing_else(client, poppy, cora, form, field):
    client.force_login(cora)
    page = client.post(address(form, poppy), {**FORMS[form][0], field: "before\x00after"})
    assert page.status_code == 422
    assert "Null characters are not allowed" in page.content.decode()
    others = [text for name, text in FORMS[form][0].items() if name != field]
    assert missing(others, page.content.decode()) == []


LIMITED = [(form, field, most) for form, (_, fields) in FORMS.items() for field, most in fields.items() if most]


@pytest.mark.parametrize(("form", "field", "most"), LIMITED, ids=[f"{form} {field}" for form, field, _ in LIMITED])
def test_too_much_is_refused_at_the_field_and_nothing_typed_is_lost(client, poppy, cora, form, field, most):
    client.force_login(cora)
    long = ("Ü<b>" * most)[: most + 1]
    page = client.post(address(form, poppy), {**FORMS[form][0], field: long})
    assert page.status_code == 422
    assert f"at most {most} characters" in str(page.context["form"].errors[field])
    assert missing([long], page.content.decode()) == []


FULL = [each for each in LIMITED if each[1] not in ("postcode", "school_urn")]


@pytest.mark.parametrize(("form", "field", "most"), FULL, ids=[f"{form} {field}" for form, field, _ in FULL])
def test_as_much_as_is_allowed_is_kept(client, poppy, cora, form, field, most):
    client.force_login(cora)
    full = ("𝒫ü<b>'" * most)[:most]
    page = client.post(address(form, poppy), {**FORMS[form][0], field: full}, follow=True)
    assert page.status_code == 200


@pytest.mark.parametrize("text", SAID[::30])
def test_a_string_through_the_forms_is_kept_and_shown(client, poppy, cora, text):
    client.force_login(cora)
    for form, fields in (("person-name", ["given_names"]), ("person-phone", ["number", "says"]),
                         ("person-reference", ["system", "number"]), ("person-sighting", ["note"])):  # fmt: skip
        limits = FORMS[form][1]
        typed = {field: text[: limits[field]] for field in fields}
        page = client.post(address(form, poppy), {**FORMS[form][0], **typed}, follow=True)
        said = shown(page)
        kept = [each.strip().replace("\r\n", "\n") for each in typed.values()]
        assert missing(kept, said) == [], form


def test_a_null_character_in_what_is_chosen_or_in_the_address_is_no_500(client, poppy, cora, sam):
    client.force_login(cora)
    for form, (said, _) in FORMS.items():
        for field in said:
            assert client.post(address(form, poppy), {**said, field: "\x00"}).status_code in (200, 422), (form, field)
    client.force_login(sam)
    for form in ("person", "findings", "matches"):
        keys = [poppy.pk] if form == "person" else []
        for query in ("?show=%00", "?after=%00", "?child=%00", "?page=%00"):
            assert client.get(reverse(form, args=keys) + query).status_code in (200, 400, 404), (form, query)


def test_a_reference_with_a_null_character_is_nobodys(client, poppy, cora):
    client.force_login(cora)
    said = {**HOW, "kind": "friend", "other": "PER-\x00"}
    assert client.post(reverse("person-relationship", args=[poppy.pk]), said).status_code == 422


def test_the_reason_to_withdraw_may_be_anything_but_a_null_character(client, poppy, cora):
    client.force_login(cora)
    with acting(cora):
        home = poppy.residences.get()
    url = reverse("person-withdraw", args=[poppy.pk, "residence", home.pk])
    assert client.post(url, {"because": "a\x00b"}).status_code == 422
    text = "<script>alert(0)</script> ' \" & \u202etest\u202e ﷽ 👩‍👩‍👧‍👦"
    assert text in shown_unescaped(client.post(url, {"because": text}, follow=True))


def shown_unescaped(page):
    said = shown(page)
    assert "<script>alert(0)" not in said
    return unescape(said)
