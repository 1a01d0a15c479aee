"""Where somebody lives whom nobody may find: on no page, in no index, in no list; shown once for each reason given."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from access.actor import System, acting, signed
from cases.indexing import PERSON
from cases.models import Finding, Match, PlaceMarker, ProtectedAddress, Reveal
from cases.places import address_of
from cases.records import Source
from cases.workflow import people
from cases.workflow.markers import mark_address, mark_number
from ppn import workflow as ppn_workflow
from ppn.models import Ppn
from ppn.workflow import SubjectFacts
from sla.engine import sweep
from tests.cases.test_one_person import merged
from tests.households import HERE, TOLD, is_a_sex_offender, lives_at, on_record
from tests.stories import a_notice, called_in, hours
from triage import workflow as triage_workflow
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
CANARY = "Quillfeather House, 77 Canarymoor Rise"
POSTCODE = "ZV9 9ZZ"
WRITTEN = f"{CANARY}\n{POSTCODE}"
TELLING = ("quillfeather", "canarymoor", "ZV9 9ZZ")
BORN = date(2018, 1, 5)


@pytest.fixture
def world(clock, olly, cora, callie):
    """Poppy, protected, with one of everything about her: a double, a risk, a notice, an incident, a reveal."""
    poppy = on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    people.protect_address(poppy, by=cora, address=WRITTEN, protected_because="Her father must not find them")
    again = on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    desmond = on_record(cora, "Desmond Garmere", home=HERE, said_to_be_child="no")
    is_a_sex_offender(desmond, cora)
    seen = SubjectFacts("child", "Poppy Sallowfold", born_on=BORN, not_spoken_to_because="Asleep")
    ppn = ppn_workflow.submit(Ppn(), by=olly, notice=a_notice(), subjects=[seen])
    waits = ppn_workflow.submit(Ppn(), by=olly, notice=a_notice(), subjects=[seen])
    incident = called_in(callie)
    with acting(System("test")):
        ppn = ppn_workflow.say_who(ppn, by=cora, subject=ppn.subjects.get(), person=poppy)
        waiting = waits.subjects.get()
        finding, match = Finding.objects.filter(child=poppy).get(), Match.objects.get()
        home = poppy.residences.select_related("address").get().address
    people.reveal(poppy, by=cora, because="To plan a visit")
    with_poppy = {"part": "child", "person": poppy, "details": people.Details(), "home": None}
    triage_workflow.name_person(incident, by=olly, **with_poppy)
    clock.shift(hours(5))
    sweep()
    return {"poppy": poppy, "again": again, "desmond": desmond, "ppn": ppn, "waits": waits, "waiting": waiting,
            "incident": incident, "finding": finding, "match": match, "home": home}  # fmt: skip


STEPS = ["correct", "name", "home", "relationship", "sighting", "phone", "reference", "plan", "warning", "risk",
         "protect", "protected"]  # fmt: skip


def pages(world):
    poppy = world["poppy"].pk
    yield from (reverse(name) for name in ("home", "find-person", "person-new", "findings", "matches", "ppn-queue",
                                           "ppn-mine", "board"))  # fmt: skip
    yield from (reverse(f"person-{step}", args=[poppy]) for step in STEPS)
    for name in ("poppy", "again", "desmond"):
        yield reverse("person", args=[world[name].pk])
    for name in ("finding", "match", "incident", "ppn"):
        yield reverse(name, args=[world[name].pk])
    yield reverse("findings") + "?show=waiting"
    yield reverse("ppn", args=[world["waits"].pk])
    yield reverse("household", args=[world["home"].pk])
    yield reverse("household-mark", args=[world["home"].pk])
    yield reverse("finding-decide", args=[world["finding"].pk])
    yield reverse("match-propose", args=[world["match"].pk])
    yield reverse("incident-name-person", args=[world["incident"].pk])
    yield reverse("ppn-say-who", args=[world["waits"].pk, world["waiting"].pk])


MEETING = {"given_names": "Poppy", "family_name": "Sallowfold", "born_on_day": "5", "born_on_month": "1",
           "born_on_year": "2018", "said_to_be_child": "yes", "sex": "not_known", "ethnicity": "NS",
           "needs_interpreter": "not_known", "how": "seen", "says": "PC", "part": "child"}  # fmt: skip


def answers(world):
    """Pages that answer a POST without changing anything: searches, and "have we met?"."""
    for text in ("Poppy Sallowfold", "Quillfeather House", POSTCODE, "77 Canarymoor Rise", "12 Example Street"):
        yield reverse("find-person"), {"text": text, "purpose": "incident", "about": "INC-1"}
    yield reverse("person-new"), MEETING
    yield reverse("incident-name-person", args=[world["incident"].pk]), MEETING


def tells(page, *, typed=""):
    """What of the address the page says, but for what was typed into it."""
    said = page.content.decode().replace(typed, "") if typed else page.content.decode()
    return [word for word in TELLING if word.lower() in said.lower()]


@pytest.mark.parametrize("name", ["callie", "olly", "dmitri", "cora", "sam", "sue"])
def test_it_is_on_no_page_for_anybody(client, world, cast, name):
    client.force_login(cast[name])
    opened = 0
    for address in pages(world):
        page = client.get(address, follow=True)
        opened += page.status_code == 200
        assert tells(page) == [], address
    for address, said in answers(world):
        page = client.post(address, said)
        opened += page.status_code == 200
        assert tells(page, typed=said.get("text", "")) == [], (address, said)
    assert opened > 10


def test_nobody_is_found_by_it(client, world, sam):
    client.force_login(sam)
    for text in ("Quillfeather House", "Canarymoor Rise", "77 Canarymoor Rise", POSTCODE, WRITTEN.replace("\n", " ")):
        page = client.post(reverse("find-person"), {"text": text, "purpose": "incident", "about": "INC-1"})
        assert page.context["results"] == [], text


def test_it_stands_in_no_table_but_its_own(world):
    """Whoever reads a copy of the search index, the match keys, the steps or the messages reads no refuge."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if model is not ProtectedAddress and not table.startswith("ledger_"):  # keys and names of fields only
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE to_jsonb(t)::text ~* %s", ["|".join(TELLING)])  # noqa: S608
                found += [table] * bool(cursor.fetchone()[0])
    assert found == []


def test_a_child_with_a_risk_is_not_put_together_by_it(clock, cora, sam):
    for name in ("Poppy Sallowfold", "Desmond Garmere"):
        person = on_record(cora, name, said_to_be_child="no" if name.startswith("D") else "yes")
        people.protect_address(person, by=cora, address=WRITTEN, protected_because="In fear")
    is_a_sex_offender(person, cora)
    with acting(sam):
        assert not Finding.objects.exists()


# Who may look


def show(client, person, because="To plan a visit with the refuge"):
    return client.post(reverse("person-protected", args=[person.pk]), {"because": because})


@pytest.mark.parametrize("name", ["cora", "sam", "ines", "chidi", "sue"])
def test_with_a_reason_the_answer_shows_it_once_and_keeps_who_when_why(client, world, cast, clock, name):
    client.force_login(cast[name])
    clock.shift(hours(1))
    page = show(client, world["poppy"])
    assert page.status_code == 200
    assert CANARY in page.content.decode()
    assert POSTCODE in page.content.decode()
    assert "Her father must not find them" in page.content.decode()
    kept = Reveal.objects.order_by("-at")[0]
    assert (kept.by, kept.at, kept.because) == (cast[name], clock.at, "To plan a visit with the refuge")
    assert Reveal.objects.count() == 2
    assert tells(client.get(reverse("person-protected", args=[world["poppy"].pk]))) == []


@pytest.mark.parametrize("name", ["callie", "dev", "connie", "fin", "olly", "rosa", "rashid", "dmitri"])
def test_who_may_not_is_refused_and_nothing_is_kept(client, world, cast, name):
    client.force_login(cast[name])
    page = show(client, world["poppy"])
    assert page.status_code == 403
    assert tells(page) == []
    assert Reveal.objects.count() == 1


@pytest.mark.parametrize("because", ["", "   ", "\n\t"])
def test_without_a_reason_nothing_is_shown_and_nothing_is_kept(client, world, cora, because):
    client.force_login(cora)
    page = show(client, world["poppy"], because)
    assert page.status_code == 422
    assert tells(page) == []
    assert Reveal.objects.count() == 1


def test_the_answer_is_kept_nowhere_on_the_way(client, world, cora):
    client.force_login(cora)
    assert "no-store" in show(client, world["poppy"])["Cache-Control"]


def test_the_page_of_who_may_look_says_that_there_is_one_and_who_has_looked(client, world, cora, sam):
    client.force_login(sam)
    page = client.get(reverse("person", args=[world["poppy"].pk])).content.decode()
    assert "Where they live must not be found" in page
    shown = show(client, world["poppy"]).content.decode()
    assert "To plan a visit" in shown
    assert str(cora) in shown


def test_an_officer_knows_that_there_is_one_but_is_offered_no_way_to_it(client, world, olly):
    """Or they write the refuge down as a home, in good faith."""
    client.force_login(olly)
    page = client.get(reverse("person", args=[world["poppy"].pk])).content.decode()
    assert "Where they live must not be found" in page
    assert reverse("person-protected", args=[world["poppy"].pk]) not in page


def test_who_has_a_conflict_is_told_of_nobody(client, world, sam, chidi):
    people.declare_conflict(world["poppy"], by=chidi, user=sam, because="Her uncle")
    client.force_login(sam)
    assert show(client, world["poppy"]).status_code == 404
    assert Reveal.objects.count() == 1


def test_a_look_at_either_of_two_joined_records_shows_it(client, world, cora, cole):
    merged(world["poppy"], world["again"], cora, cole)
    client.force_login(cora)
    page = show(client, world["again"]).content.decode()
    assert CANARY in page


def test_what_is_on_record_as_an_open_home_is_not_protected_until_it_is_withdrawn(clock, cora):
    """Or it stays on the household page, in the search and in the matching while everybody thinks it is safe."""
    poppy = on_record(cora, "Poppy Sallowfold", home=people.Home(CANARY, POSTCODE))
    with pytest.raises(NotNow, match="home"):
        people.protect_address(poppy, by=cora, address=WRITTEN, protected_because="In fear")


def test_a_protected_address_is_not_written_down_as_an_open_home(world, olly):
    with pytest.raises(NotNow):
        lives_at(world["poppy"], people.Home(CANARY, POSTCODE), olly)


HIDDEN_HOME = people.Home(CANARY, POSTCODE)


def homes_of(person):
    with acting(System("test")):
        return [home.address.text for home in person.residences.select_related("address")]


def test_nor_by_a_notice_that_names_it(world, olly, cora):
    subject = SubjectFacts("child", "Poppy Sallowfold", born_on=BORN, not_spoken_to_because="Asleep", address=CANARY,
                           postcode=POSTCODE)  # fmt: skip
    ppn = ppn_workflow.submit(Ppn(), by=olly, notice=a_notice(), subjects=[subject])
    with acting(cora):
        named = ppn.subjects.get()
    ppn_workflow.say_who(ppn, by=cora, subject=named, person=world["poppy"])
    assert homes_of(world["poppy"]) == [HERE.address]


def test_nor_by_an_incident(world, olly):
    said = {"part": "victim", "person": world["poppy"], "details": people.Details(), "home": HIDDEN_HOME}
    triage_workflow.name_person(world["incident"], by=olly, **said)
    assert homes_of(world["poppy"]) == [HERE.address]


def test_nor_as_where_she_was_seen_herself_or_with_somebody(clock, world, olly):
    seen = {"by": olly, "seen_at": clock.at, "place": HIDDEN_HOME, "note": "", "source": TOLD}
    for person, company in ((world["poppy"], None), (world["desmond"], world["poppy"])):
        with pytest.raises(NotNow, match="Ask the MASH"):
            people.add_sighting(person, company=company, **seen)


NOTES = [
    f"She is at {CANARY} now",
    "Ring 77 canarymoor before you go",
    "QUILLFEATHER HOUSE has a camera",
    "Meet her in zv99zz",
    f"Not here: {WRITTEN}",
]


@pytest.mark.parametrize("note", NOTES)
def test_nor_in_the_note_of_a_marker_on_any_address_or_number(world, olly, note):
    for says in ({"note": note, "source": TOLD}, {"note": "Beware", "source": Source("said_by_other", note)}):
        warns = {"by": olly, "kind": "other", "starts": None, "ends": None, **says}
        with pytest.raises(NotNow, match="ask the MASH"):
            mark_address(PlaceMarker(), address=world["home"], **warns)
        with pytest.raises(NotNow, match="ask the MASH"):
            mark_number(PlaceMarker(), number="07700 900461", **warns)
    with acting(System("test")):
        assert not PlaceMarker.objects.exists()


def test_nor_by_her_name_in_a_marker_on_the_refuge_itself(world, olly):
    """That a refuge stands there is no secret; who lives in it is."""
    with signed(System("test")):
        refuge = address_of(CANARY, POSTCODE)
    warns = {"by": olly, "address": refuge, "kind": "other", "starts": None, "ends": None, "source": TOLD}
    with pytest.raises(NotNow, match="ask the MASH"):
        mark_address(PlaceMarker(), note="Ask for Poppy at the door", **warns)
    mark_address(PlaceMarker(), note="A dog in the yard", **warns)


@pytest.mark.parametrize("note", ["A dog in the yard", "He lives at number 77", "A house with a moor behind", "Flat 2"])
def test_a_note_that_says_nothing_of_it_is_kept(world, olly, note):
    warns = {"by": olly, "kind": "other", "note": note, "starts": None, "ends": None, "source": TOLD}
    assert mark_address(PlaceMarker(), address=world["home"], **warns).note == note


def test_the_page_of_a_marker_refuses_it_and_loses_nothing_typed(client, world, olly):
    client.force_login(olly)
    typed = {"kind": "other", "note": f"She is at {CANARY}", "how": "seen", "says": "At the door"}
    page = client.post(reverse("household-mark", args=[world["home"].pk]), typed)
    assert page.status_code == 422
    assert "ask the MASH" in page.content.decode()
    assert 'value="At the door"' in page.content.decode()


def test_the_page_that_has_met_her_refuses_it_and_loses_nothing_typed(client, world, olly):
    client.force_login(olly)
    typed = {
        "given_names": "Poppy", "family_name": "Sallowfold", "born_on_day": BORN.day, "born_on_month": BORN.month,
        "born_on_year": BORN.year, "said_to_be_child": "yes", "sex": "female", "ethnicity": "NS", "language": "Sylheti",
        "needs_interpreter": "no", "address": CANARY, "postcode": POSTCODE, "how": "seen", "says": "At the door",
        "who": str(world["poppy"].pk),
    }  # fmt: skip
    page = client.post(reverse("person-new"), typed)
    assert page.status_code == 422
    assert "Ask the MASH" in page.content.decode()
    assert 'value="Sylheti"' in page.content.decode()
    assert homes_of(world["poppy"]) == [HERE.address]


def test_the_step_says_that_it_was_recorded_by_whom_and_why(world, cora):
    step = next(step for step in Step.of(world["poppy"]) if step.transition == "cases.protect_address")
    assert step.by == cora
    assert step.facts["protected_because"] == "Her father must not find them"


def test_a_look_is_never_changed(world):
    with connection.cursor() as cursor, pytest.raises(Exception, match=r"permission denied|append-only"):
        cursor.execute("UPDATE cases_reveal SET because = 'Nothing'")


def test_the_index_of_people_has_her_without_it(world):
    with connection.cursor() as cursor:
        cursor.execute("SELECT homes FROM search_indexed WHERE key = %s AND kind = %s", [world["poppy"].pk, PERSON])
        (homes,) = cursor.fetchone()
    assert len(homes) == 1
    assert "example" in homes[0].lower()
