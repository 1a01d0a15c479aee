"""What a call taker must see before grading a call: who and what is marked with a warning, whoever wrote it down."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.actor import System, acting, signed
from cases.markers import (
    MARKERS,
    MOST_SERIOUS_FIRST,
    MarkerShown,
    has_high_risk_abuse,
    people_with_number,
)
from cases.models import Finding, Flag, Person, PlaceMarker, Residence
from cases.models.markers import as_dialled
from cases.records import Details, Source, lives_at, new_people
from cases.workflow import markers, people
from tests.cases.marked import (
    BORN,
    NUMBER,
    TODAY,
    TOMORROW,
    YESTERDAY,
    has_phone,
    labels,
    mark,
    mark_number,
    only,
    place,
    shown,
    warn,
)
from tests.cases.test_one_person import merged
from tests.households import HERE, THERE, TOLD, is_a_sex_offender, on_record
from tests.stories import minutes
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


# What is seen, and of whom


def said_of(person, kind, by):
    verb = people.mark_risk if kind in people.RISKS else people.add_plan if kind in people.PLANS else people.add_warning
    return verb(person, by=by, kind=kind, starts=None, ends=None, source=TOLD)


def test_every_kind_of_flag_is_written_by_one_verb():
    assert sorted([*people.RISKS, *people.PLANS, *people.WARNINGS]) == sorted(Flag.Kind.values)


@pytest.mark.parametrize("kind", Flag.Kind.values)
def test_what_is_said_of_somebody_who_lives_there_is_seen_at_the_address(kerry, here, cora, callie, kind):
    said_of(kerry, kind, cora)
    (marker,) = shown(callie, here)
    assert marker == MarkerShown(
        kind=kind,
        label=Flag.Kind(kind).label,
        about="Kerry Overlow",
        how_we_know="Somebody else said so: A neighbour",
        since=None,
        is_a_risk=kind in ("high_risk_da", "rso", "poses_risk"),
        url=kerry.get_absolute_url(),
    )


@pytest.mark.parametrize("kind", PlaceMarker.Kind.values)
def test_what_is_said_of_an_address_is_seen_there_and_nowhere_else(here, olly, callie, kind):
    mark(here, olly, kind=kind, note="Two dogs", starts=YESTERDAY)
    (marker,) = shown(callie, here)
    kind_in_words = "" if kind == "other" else f"{PlaceMarker.Kind(kind).label}: "
    assert marker == MarkerShown(
        kind=kind,
        label=f"{kind_in_words}Two dogs",
        about="12 Example Street, ZV1 1AA",
        how_we_know="Somebody else said so: A neighbour",
        since=YESTERDAY,
        is_a_risk=kind in ("high_risk_da", "weapons"),
        url=here.get_absolute_url(),
    )
    assert shown(callie, place(THERE)) == []
    assert shown(callie) == []


def test_somebody_who_is_named_is_seen_wherever_they_live(kerry, cora, callie):
    warn(kerry, cora)
    assert labels(callie, place(THERE), people=[kerry]) == [("Kerry Overlow", "High-risk domestic abuse")]


def test_somebody_who_is_named_and_lives_there_and_calls_is_seen_once(kerry, here, cora, callie):
    warn(kerry, cora)
    has_phone(kerry, cora)
    assert len(shown(callie, here, people=[kerry], numbers=[NUMBER])) == 1


def test_what_two_sources_say_is_seen_once_as_it_was_said_last(kerry, here, cora, callie, clock):
    partner = Source(how="partner", says="Vale Council")
    warn(kerry, cora)
    mark(here, cora)
    clock.shift(minutes(1))
    warn(kerry, cora, source=partner)
    mark(here, cora, source=partner)
    assert [each.how_we_know for each in shown(callie, here)] == ["A partner agency said so: Vale Council"] * 2


def test_two_notes_are_two_markers(here, cora, callie):
    for note in ("A shotgun in the shed", "Two dogs"):
        mark(here, cora, kind="weapons", note=note)
    assert len(shown(callie, here)) == 2


def test_several_people_of_one_home_are_seen_each_by_name(kerry, here, cora, callie):
    poppy = on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    said_of(poppy, "protection_plan", cora)
    warn(kerry, cora)
    assert labels(callie, here) == [
        ("Kerry Overlow", "High-risk domestic abuse"),
        ("Poppy Sallowfold", "Child protection plan"),
    ]


def test_the_most_serious_comes_first(kerry, here, cora, callie):
    for kind in sorted(Flag.Kind.values):
        said_of(kerry, kind, cora)
    for kind in sorted(PlaceMarker.Kind.values):
        mark(here, cora, kind=kind, note="So")
    said = [each.kind for each in shown(callie, here)]
    assert list(dict.fromkeys(said)) == MOST_SERIOUS_FIRST
    assert said == sorted(said, key=MOST_SERIOUS_FIRST.index)


def test_whether_there_is_high_risk_abuse(kerry, here, cora, callie):
    assert not has_high_risk_abuse([])
    warn(kerry, cora, kind="marac")
    is_a_sex_offender(kerry, cora)
    assert not has_high_risk_abuse(shown(callie, here))
    mark(here, cora)
    assert has_high_risk_abuse(shown(callie, here))


def test_who_is_at_high_risk_of_abuse_is_no_risk_to_a_child(kerry, here, cora):
    """Or each woman who is heard at MARAC is put to the MASH as a danger to her own children."""
    on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    for kind in people.WARNINGS:
        warn(kerry, cora, kind=kind)
    with acting(System("test")):
        assert not Finding.objects.exists()
        assert not any(flag.is_a_risk for flag in Flag.objects.all())


# From when until when

DAYS = pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (None, None, True), (YESTERDAY, None, True), (TODAY, None, True),
        (None, TODAY, True), (TODAY, TODAY, True), (None, TOMORROW, True),
        (None, YESTERDAY, False), (YESTERDAY, YESTERDAY, False),
    ],
)  # fmt: skip


@DAYS
def test_a_marker_holds_from_its_first_day_to_the_end_of_its_last(here, cora, callie, starts, ends, holds):
    mark(here, cora, starts=starts, ends=ends)
    mark_number(NUMBER, cora, starts=starts, ends=ends)
    assert len(shown(callie, here, numbers=[NUMBER])) == 2 * holds


@DAYS
def test_so_does_what_is_said_of_a_person(kerry, here, cora, callie, starts, ends, holds):
    warn(kerry, cora, starts=starts, ends=ends)
    assert bool(shown(callie, here)) == holds


def test_a_marker_that_begins_tomorrow_does_not_hold_today(here, cora, callie, clock):
    mark(here, cora, starts=TOMORROW)
    assert shown(callie, here) == []
    clock.shift(timedelta(days=1))
    assert len(shown(callie, here)) == 1


def test_one_that_has_ended_holds_that_day_and_not_the_next(here, cora, olly, callie, clock):
    markers.marker_ended(mark(here, cora, starts=YESTERDAY), by=olly, ends=TODAY)
    assert len(shown(callie, here)) == 1
    clock.shift(timedelta(days=1))
    assert shown(callie, here) == []


def test_one_that_was_a_mistake_is_gone_at_once_and_stays_to_be_read(here, cora, olly, callie, clock):
    marker = markers.withdraw_marker(mark(here, cora), by=olly, because="The house next door")
    assert shown(callie, here) == []
    assert (marker.withdrawn_at, marker.withdrawn_by, marker.withdrawn_because) == (
        clock.at, olly, "The house next door",
    )  # fmt: skip


def test_a_flag_withdrawn_is_gone_at_once(kerry, here, cora, callie):
    warn(kerry, cora)
    people.withdraw(kerry, by=cora, fact=only(Flag, person=kerry), because="Another Kerry")
    assert shown(callie, here) == []


def test_who_moved_out_does_not_count_from_the_day_after(kerry, here, cora, callie, clock):
    warn(kerry, cora)
    people.moved_out(kerry, by=cora, home=only(Residence, person=kerry), ends=TODAY)
    assert len(shown(callie, here)) == 1
    clock.shift(timedelta(days=1))
    assert shown(callie, here) == []


def test_who_never_lived_there_does_not_count(kerry, here, cora, callie):
    warn(kerry, cora)
    people.withdraw(kerry, by=cora, fact=only(Residence, person=kerry), because="She only visited")
    assert shown(callie, here) == []


# Numbers

WRITTEN = ["07700 900461", "07700900461", "+44 7700 900461", "+44 (0)7700 900461", "0044 7700 900461",
           "(07700) 900-461", "7700900461"]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("asked", WRITTEN)
def test_a_number_is_one_however_it_is_written(kerry, cora, callie, written, asked):
    warn(kerry, cora, kind="marac")
    has_phone(kerry, cora, written)
    mark_number(written, cora)
    assert labels(callie, numbers=[asked]) == [
        ("07700 900461", "High-risk domestic abuse"),
        ("Kerry Overlow", "Heard at MARAC"),
    ]
    with acting(callie):
        assert people_with_number(asked) == [kerry]


@pytest.mark.parametrize("asked", ["", "withheld", "unknown", "999", "0000000000", "07700 900462"])
def test_another_number_or_none_is_nobodys(kerry, cora, callie, asked):
    warn(kerry, cora)
    has_phone(kerry, cora)
    has_phone(kerry, cora, "withheld")
    mark_number(NUMBER, cora)
    assert shown(callie, numbers=[asked]) == []
    with acting(callie):
        assert people_with_number(asked) == []


def test_a_number_withdrawn_is_nobodys(kerry, cora, callie):
    warn(kerry, cora)
    has_phone(kerry, cora)
    with acting(cora):
        phone = kerry.phones.get()
    people.withdraw(kerry, by=cora, fact=phone, because="Her mother's")
    assert shown(callie, numbers=[NUMBER]) == []


@pytest.mark.parametrize(
    ("plain", "said"), [("7700900461", "07700 900461"), ("1632960001", "01632 960001"), ("15550142777", "+15550142777"),
                        ("4755501427", "+4755501427")]
)  # fmt: skip
def test_a_number_is_shown_as_it_is_dialled(plain, said):
    assert as_dialled(plain) == said


@pytest.mark.parametrize("number", ["", " ", "withheld", "12345", "0000000000"])
def test_only_a_whole_number_can_be_marked(clock, cora, number):
    with pytest.raises(NotNow, match="area code"):
        mark_number(number, cora)


# One person, several records


def test_what_is_said_of_any_record_of_a_person_counts(clock, here, cora, cole, callie):
    kept = on_record(cora, "Kerry Overlow", born=date(1991, 7, 1), home=HERE)
    clock.shift(minutes(1))
    joined = on_record(cora, "Kerry Overlow", born=date(1991, 7, 1), home=THERE)
    warn(joined, cora)
    has_phone(joined, cora)
    merged(joined, kept, cora, cole)
    kept = only(Person, pk=kept.pk)
    for asked in ({"address": here}, {"address": place(THERE)}, {"people": [kept]}, {"numbers": [NUMBER]}):
        assert [each.label for each in shown(callie, **asked)] == ["High-risk domestic abuse"], asked
    with acting(callie):
        assert [person.same_as_id for person in people_with_number(NUMBER)] == [kept.same_as_id]


def test_what_is_said_of_two_records_of_a_person_is_seen_once(clock, here, cora, cole, callie):
    kept, joined = (on_record(cora, "Kerry Overlow", born=date(1991, 7, 1), home=HERE) for _ in range(2))
    for record in (kept, joined):
        warn(record, cora)
    merged(joined, kept, cora, cole)
    assert len(shown(callie, here)) == 1


# What apps above say


def test_what_other_records_say_is_among_them(kerry, here, cora, callie, monkeypatch):
    asked = []

    def source(whom):
        asked.append(whom)
        yield MarkerShown("marac", "A meeting", "Kerry Overlow", "Another record says so")

    monkeypatch.setattr(MARKERS, "sources", [source])
    warn(kerry, cora, kind="trigger_plan")
    mark(here, cora)
    assert [each.kind for each in shown(callie, here, numbers=[NUMBER])] == ["high_risk_da", "marac", "trigger_plan"]
    (whom,) = asked
    assert (whom.people, whom.addresses, whom.numbers) == ({kerry.same_as_id}, {here.pk}, {"7700900461"})


# However many


def many_live_here(how_many, by, here):
    source = TOLD.told_to(by)
    with signed(by):
        found = new_people([Details("Resident", f"Number{which}") for which in range(how_many)])
        for person in found:
            lives_at(person, HERE, source)
        Flag.objects.bulk_create([Flag(person=each, kind=kind, **source.facts())
                                  for each in found for kind in ("high_risk_da", "marac")])  # fmt: skip
    for which in range(min(how_many, 5)):
        mark(here, by, kind="other", note=f"Beware {which}")


def statements(by, **asked):
    with CaptureQueriesContext(connection) as asked_of_it:
        found = shown(by, **asked)
    return len(asked_of_it), len(found)


def test_it_asks_the_database_no_more_for_a_hundred_people_than_for_one(clock, here, cora, callie):
    many_live_here(1, cora, here)
    one, found = statements(callie, address=here, numbers=[NUMBER])
    assert found == 3
    many_live_here(99, cora, here)
    many, found = statements(callie, address=here, numbers=[NUMBER])
    assert found == 206 - 1  # one of the six notes is one of the others
    assert many == one <= 15
