"""Who is to be told: every child of the incident and of the household, each once, each at a school of their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.actor import System, acting, signed
from access.time import now
from cases.records import Source, live_at
from cases.workflow.cases import restrict
from cases.workflow.people import moved_out
from encompass.models import Attends, KeyAdult, SchoolNotice
from encompass.workflow import ChildConcerned, find_school, keeping, not_for_school, raise_notices, tell_home_force
from places.models import LocalAuthority
from sla.lengths import set_number
from sla.models import Clock
from tests.encompass.conftest import a_school, has_a_lead, local
from tests.encompass.scenes import POPPY, SEVEN, a_child, happened, raised, raised_one, screened, seen, told
from tests.households import HERE, TOLD, is_the, on_record
from tests.stories import called_in, clock_of, submitted
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cora):
    """Poppy and Ben live with their mother; a lodger lives there too."""
    poppy = on_record(cora, POPPY, born=SEVEN, home=HERE)
    ben = on_record(cora, "Ben Example", born=date(2012, 4, 1), home=HERE)
    mother = on_record(cora, "Maria Example", born=date(1990, 4, 1), home=HERE)
    for child in (poppy, ben):
        is_the("parent", mother, child, cora)
    return {"poppy": poppy, "ben": ben, "mother": mother}


def found(school):
    """What is said of a school that somebody found."""
    return {"place": "school", "school": school, "authority": None, "agency": None, "how_we_know": "Her grandmother"}


def goes_to(person, school, by, **said):
    usual = {"taught": "school", "school": school, "starts": None, "source": TOLD}
    return keeping.say_where_taught(person, by=by, **{**usual, **said})


def test_a_child_with_a_school_is_to_be_screened_at_once(friday_night, olly, lark):
    notice = raised_one(olly, school=lark)
    assert (notice.state, notice.place, notice.place_key) == ("to_screen", "school", "school 900001")
    assert notice.reference.startswith("ENC-")
    assert notice.grounds_by == olly


def test_two_children_at_one_school_are_two_notices(friday_night, olly, lark):
    notices = raised(olly, a_child(school=lark), a_child("Ben Example", school=lark))
    assert [each.child for each in notices] == [POPPY, "Ben Example"]


def test_siblings_of_the_household_are_told_of_at_their_own_schools_as_not_present(olly, cora, family, lark, mill):
    goes_to(family["ben"], mill, cora)
    notices = raised(olly, a_child(person=family["poppy"], school=lark))
    poppy, ben = notices
    assert (poppy.school, poppy.present, poppy.linked) == (lark, "yes", "Named in it")
    assert (ben.child, ben.school, ben.present, ben.relation_known) == ("Ben Example", mill, "no", True)
    assert "the same adult is family to both" in ben.linked


def test_an_adult_of_the_household_is_told_of_to_nobody(olly, cora, family, lark):
    raised(olly, a_child(person=family["poppy"], school=lark))
    assert {each.child for each in seen(cora)} == {POPPY, "Ben Example"}


def test_a_child_there_of_whom_nobody_knows_what_they_are_waits_for_a_decision(olly, cora, family, lark, schools):
    lodger = on_record(cora, "Lou Other", born=date(2015, 5, 5), home=HERE)
    goes_to(lodger, lark, cora)
    notice = next(each for each in raised(olly, a_child(person=family["poppy"])) if each.child == "Lou Other")
    assert not notice.relation_known
    assert screened(notice, cora).state == "ready"


def test_a_child_who_has_moved_out_is_not_told_of(olly, cora, family, lark):
    with acting(cora):
        home = family["ben"].residences.get()
    moved_out(family["ben"], by=cora, home=home, ends=now().date() - timedelta(days=30))
    assert [each.child for each in raised(olly, a_child(person=family["poppy"], school=lark))] == [POPPY]


def test_half_term_of_one_sibling_and_not_of_the_other(clock, olly, cora, family, lark, mill):
    clock.set(local(2026, 2, 13, 23, 40))
    days = {"authority": None, "kind": "holiday", "note": "", "source": "The school"}
    keeping.keep_days(by=cora, school=mill, starts=date(2026, 2, 16), ends=date(2026, 2, 20), **days)
    goes_to(family["ben"], mill, cora)
    poppy, ben = raised(olly, a_child(person=family["poppy"], school=lark))
    assert (poppy.bell_at, poppy.at_once) == (local(2026, 2, 16, 8, 40), False)
    assert (ben.bell_at, ben.at_once) == (local(2026, 2, 23, 8, 40), True)
    assert (ben.due_at, poppy.due_at) == (now() + timedelta(hours=1), poppy.bell_at)


def test_in_the_holidays_it_is_due_at_once_and_the_answer_on_the_first_day_back(clock, olly, cora, lark):
    clock.set(local(2026, 8, 5, 14, 0))
    days = {"school": lark, "authority": None, "note": "", "source": "The school"}
    keeping.keep_days(by=cora, kind="holiday", starts=date(2026, 7, 22), ends=date(2026, 9, 2), **days)
    notice = raised_one(olly, school=lark)
    assert clock_of(notice, "P6N").due_at == now() + timedelta(hours=1)
    assert notice.bell_at == local(2026, 9, 3, 8, 40)
    done = told(notice, olly)
    assert (done.late, done.answer_due_at) == (False, local(2026, 9, 3, 15, 30))


def test_while_school_is_in_it_is_due_within_the_hour_and_counted_against_the_next_bell(clock, olly, lark):
    clock.set(local(2026, 3, 9, 10, 0))
    notice = raised_one(olly, school=lark)
    assert (notice.due_at, notice.bell_at) == (local(2026, 3, 9, 11, 0), local(2026, 3, 10, 8, 40))


def test_the_notice_of_an_officer_after_the_incident_raises_no_second_one(friday_night, olly, callie, cora, lark):
    incident = called_in(callie)
    (first,) = raised(olly, a_child(born_on=None), record=incident)
    ppn = submitted(olly, arises_from=incident.pk)
    (second,) = raised(olly, a_child(school=lark, own_words="“He shouted.”"), record=ppn)
    assert second.pk == first.pk
    assert (first.state, second.state) == ("needs_school", "to_screen")
    assert (second.born_on, second.school) == (SEVEN, lark)
    assert [each.child for each in seen(cora)] == [POPPY]


def test_a_child_without_a_name_gets_one_from_the_later_record(friday_night, olly, callie, cora, lark):
    incident = called_in(callie)
    raised(olly, ChildConcerned(name="not known"), record=incident)
    ppn = submitted(olly, arises_from=incident.pk)
    raised(olly, a_child(school=lark), record=ppn)
    assert [(each.child, each.state) for each in seen(cora)] == [(POPPY, "to_screen")]


def test_two_children_without_names_are_two(friday_night, olly, cora):
    raised(olly, ChildConcerned(name="not known"), ChildConcerned(name="not known"))
    assert len(seen(cora)) == 2


def test_a_later_record_does_not_make_unknown_what_was_known(friday_night, olly, callie, lark):
    incident = called_in(callie)
    raised(olly, a_child(school=lark), record=incident)
    (notice,) = raised(olly, ChildConcerned(name=POPPY), record=incident)
    assert (notice.born_on, notice.school, notice.present, notice.voice) == (SEVEN, lark, "yes", "“I covered my ears.”")


def test_what_has_been_sent_is_not_changed_by_a_later_record(friday_night, olly, callie, cora, lark):
    incident = called_in(callie)
    (notice,) = raised(olly, a_child(school=lark), record=incident)
    sent = screened(notice, olly)
    person = on_record(cora, POPPY, born=SEVEN)
    (again,) = raised(olly, a_child(school=lark, own_words="“Something else.”", person=person), record=incident)
    assert (again.pk, again.content, again.voice, again.person) == (sent.pk, sent.content, sent.voice, person)


def test_a_pupil_at_two_places_is_told_of_at_both(friday_night, olly, lark, mill):
    raised(olly, a_child(school=lark), a_child(school=mill))
    notices = raised(olly, a_child(school=lark))
    assert [each.school for each in notices] == [lark]


def test_where_the_child_goes_is_taken_from_what_is_known_of_the_child(olly, cora, family, lark, mill):
    goes_to(family["poppy"], lark, cora, starts=date(2024, 9, 1))
    goes_to(family["poppy"], mill, cora, starts=date(2025, 9, 1))
    notice = next(each for each in raised(olly, a_child(person=family["poppy"])) if each.child == POPPY)
    assert notice.school == mill


def test_the_school_written_on_the_record_counts_where_nobody_has_said_more(olly, cora, lark):
    poppy = on_record(cora, POPPY, born=SEVEN, school=lark)
    assert raised_one(olly, person=poppy).school == lark


def test_what_was_withdrawn_counts_no_more(olly, cora, lark):
    poppy = on_record(cora, POPPY, born=SEVEN)
    keeping.withdraw_where_taught(goes_to(poppy, lark, cora), by=cora, because="Her cousin")
    assert raised_one(olly, person=poppy).state == "needs_school"


def test_a_school_nobody_knows_is_a_task_with_the_same_deadline(friday_night, olly):
    notice = raised_one(olly, school_as_written="St Somewhere's")
    assert (notice.state, notice.where) == ("needs_school", "“St Somewhere's”, not found yet")
    assert clock_of(notice, "P6F").due_at == clock_of(notice, "P6").due_at == local(2026, 3, 9, 8, 40)


def test_a_child_taught_at_home_is_told_of_to_the_officer_of_the_authority(friday_night, olly, cora, vale, northvale):
    has_a_lead_at_home(vale, cora)
    notice = raised_one(olly, home_educated=True, postcode="ZV1 1AA")
    assert (notice.state, notice.place, notice.place_key) == ("to_screen", "home", "home 801")
    sent = screened(notice, olly)
    assert (sent.state, sent.agency.name) == ("sent", "Vale: children taught at home")


def has_a_lead_at_home(authority, by):
    said = {"post": KeyAdult.Post.HOME_EDUCATION.value, "name": "Hal Home", "phone": "", "mailbox": "ehe@vale.example"}
    said["mailbox_is_secure"] = True
    keeping.keep_key_adult(by=by, school=None, authority=authority, **said)


def test_taught_at_home_with_no_authority_known_somebody_finds_it(friday_night, olly):
    assert raised_one(olly, home_educated=True).state == "needs_school"


def test_at_no_school_when_last_said_somebody_asks(olly, cora):
    poppy = on_record(cora, POPPY, born=SEVEN)
    goes_to(poppy, None, cora, taught="nowhere")
    notice = raised_one(olly, person=poppy)
    assert (notice.state, notice.place_written) == ("needs_school", "at no school when it was last said")


def test_a_college_at_17(friday_night, olly, northvale, cora):
    college = a_school("900009", "Vale College", northvale, phase="16 plus")
    has_a_lead(college, cora)
    notice = raised_one(olly, born_on=date(2008, 3, 7), school=college)
    assert (notice.state, notice.place) == ("to_screen", "college")


def test_a_young_person_of_18_is_no_child_and_that_is_on_record(friday_night, olly, lark):
    notice = raised_one(olly, born_on=date(2008, 3, 6), school=lark)
    assert (notice.state, notice.not_for_because) == ("not_for_school", "18 or older on the day: not a child.")
    assert not Clock.objects.filter(record=notice.pk).exists()


def test_a_child_of_four_in_reception_is_told_of(friday_night, olly, lark):
    assert raised_one(olly, born_on=date(2021, 8, 31), school=lark).state == "to_screen"


def test_a_child_of_three_is_not_where_nothing_is_agreed_and_the_reason_is_on_record(friday_night, olly, lark):
    notice = raised_one(olly, born_on=date(2022, 12, 1), school=lark)
    assert notice.state == "not_for_school"
    assert "not agreed here" in notice.not_for_because


def test_a_child_of_three_is_told_of_where_it_is_agreed_from_that_day_on(friday_night, olly, ines, lark):
    agreed = {"number": 3, "because": "Agreed with the councils"}
    name = "Age in years from which a nursery is told (5 = no nursery is told)"
    set_number(name, by=ines, starts=now() + timedelta(hours=1), **agreed)
    before = raised_one(olly, born_on=date(2022, 12, 1), school=lark)
    friday_night.shift(timedelta(hours=2))
    after = raised_one(olly, born_on=date(2022, 12, 1), school=lark)
    assert (before.state, after.state, after.place) == ("not_for_school", "to_screen", "nursery")


def test_a_child_taken_for_18_who_is_not_is_told_of_once_that_is_known(friday_night, olly, callie, lark):
    incident = called_in(callie)
    (notice,) = raised(olly, a_child(born_on=date(2008, 3, 6), school=lark), record=incident)
    person = on_record(callie, POPPY, born=date(2009, 3, 6))
    with signed(System("test")):
        SchoolNotice.objects.filter(pk=notice.pk).update(person=person)
    (again,) = raised(olly, a_child(born_on=date(2009, 3, 6), person=person, school=lark), record=incident)
    assert (again.pk, again.state, again.not_for_because) == (notice.pk, "to_screen", "")
    assert clock_of(again, "P6").due_at == local(2026, 3, 9, 8, 40)


def test_a_school_that_has_closed_is_no_school_to_tell(friday_night, olly, northvale):
    closed = a_school("900003", "Old Lane School", northvale, status="closed", closed_on=date(2025, 8, 31))
    notice = raised_one(olly, school=closed)
    assert (notice.state, notice.place_written) == ("needs_school", "Old Lane School (not open now)")


def test_a_school_outside_our_area_is_told_all_the_same(friday_night, olly, cora):
    with signed(System("test")):
        other = LocalAuthority.objects.create(code="802", name="Dale", gss="E06000902")
    school = a_school("900004", "Daleside School", maintained_by=other)
    has_a_lead(school, cora)
    notice = raised_one(olly, school=school)
    assert (screened(notice, olly).state, notice.lives_elsewhere) == ("sent", False)


def agrees(authority, by, **said):
    usual = {"starts": date(2026, 1, 1), "is_ours": True, "force": "", "profile": "full", "local_line": ""}
    return keeping.keep_practice(by=by, authority=authority, because="Agreed", **{**usual, **said})


def test_a_child_who_lives_in_another_area_the_home_force_is_told_within_24_hours_and_the_school_by_us(
    friday_night, olly, cora, lark, vale, northvale
):
    agrees(vale, cora, is_ours=False, force="Dale Police")
    notice = raised_one(olly, school=lark, postcode="ZV1 1AA")
    assert (notice.lives_elsewhere, notice.home_force, notice.state) == (True, "Dale Police", "to_screen")
    assert clock_of(notice, "P6H").due_at == now() + timedelta(hours=24)
    done = tell_home_force(notice, by=cora, force="Dale Police", how="By phone, to their control room")
    assert clock_of(done, "P6H").stopped_at == now()
    assert clock_of(done, "P6").stopped_at is None


def test_once_a_force_has_said_which_authorities_are_its_own_every_other_is_anothers(
    friday_night, olly, cora, lark, vale, northvale
):
    with signed(System("test")):
        own = LocalAuthority.objects.create(code="803", name="Hill", gss="E06000903")
    assert not raised_one(olly, school=lark, postcode="ZV1 1AA").lives_elsewhere
    agrees(own, cora)
    assert raised_one(olly, school=lark, postcode="ZV1 1AA").lives_elsewhere


def test_in_a_restricted_case_the_notice_is_not_there_for_others(friday_night, olly, ines, sue, cora, client, lark):
    notice = raised_one(olly, school=lark)
    restrict(notice.case, by=ines, people=[ines, sue], because="A member of staff is involved")
    assert (seen(cora), [each.pk for each in seen(ines)]) == ([], [notice.pk])
    client.force_login(cora)
    for name in ("", "screen/", "find-school/"):
        assert client.get(f"/encompass/{notice.pk}/{name}").status_code == 404
    client.force_login(ines)
    assert client.get(f"/encompass/{notice.pk}/").status_code == 200


def test_a_sibling_known_only_from_a_restricted_case_is_told_of_there(olly, ines, cora, family, lark, mill, northvale):
    case = raised_one(olly, name="Somebody Else").case
    hidden = on_record(ines, "Hidden Example", born=date(2016, 6, 6))
    with signed(ines):
        live_at([(hidden, HERE)], Source(how="record", says="Secret", by=ines, case=case))
    restrict(case, by=ines, people=[ines], because="Secret")
    raised(olly, a_child(person=family["poppy"], school=lark))
    names = {who.username: {each.child for each in seen(who)} for who in (cora, ines)}
    assert "Hidden Example" in names["ines"]
    assert "Hidden Example" not in names["cora"]


def test_whoever_records_it_the_notice_is_raised_a_call_taker_too(callie):
    (notice,) = raised(callie, a_child())
    assert notice.grounds_by == callie


def test_a_child_is_told_of_by_two_incidents_twice(friday_night, olly, cora, lark):
    raised_one(olly, school=lark)
    raised_one(olly, school=lark)
    assert len(seen(cora)) == 2


def test_a_notice_for_nobody_raises_nothing(olly, callie):
    with signed(olly):
        assert raise_notices(called_in(callie), children=(), happened=happened(), by=olly) == []


def test_the_school_that_was_found_is_known_from_then_on(friday_night, olly, cora, lark):
    poppy = on_record(cora, POPPY, born=SEVEN)
    notice = raised_one(olly, person=poppy)
    notice = find_school(notice, by=cora, **found(lark))
    assert (notice.state, clock_of(notice, "P6F").stopped_at) == ("to_screen", now())
    with acting(cora):
        assert Attends.objects.get().school == lark
    assert raised_one(olly, person=poppy).school == lark


def test_the_bell_of_a_school_found_later_comes_nearer_and_never_goes_further(friday_night, olly, cora, lark):
    days = {"school": lark, "authority": None, "note": "", "source": "The school", "kind": "closed"}
    keeping.keep_days(by=cora, starts=date(2026, 3, 9), ends=date(2026, 3, 9), **days)
    notice = raised_one(olly)
    notice = find_school(notice, by=cora, **found(lark))
    assert notice.bell_at == clock_of(notice, "P6").due_at == local(2026, 3, 9, 8, 40)


def test_a_school_that_is_not_open_is_not_found(friday_night, olly, cora):
    notice, closed = raised_one(olly), a_school("900005", "Shut School", status="closed")
    with pytest.raises(NotNow, match="Shut School is not open"):
        find_school(notice, by=cora, **found(closed))


def test_a_child_is_told_of_once_to_one_school(friday_night, olly, callie, cora, lark):
    incident = called_in(callie)
    raised(olly, a_child(school=lark), record=incident)
    (second,) = raised(olly, a_child("Poppy  Example", born_on=date(2018, 11, 6)), record=incident)
    with signed(System("test")):
        SchoolNotice.objects.filter(pk=second.pk).update(child_key="poppy example 2018-11-05")
    with pytest.raises(NotNow, match="is told about Poppy"):
        find_school(second, by=cora, **found(lark))


def test_a_later_record_that_names_the_school_ends_the_search_for_it(friday_night, olly, callie, lark):
    incident = called_in(callie)
    raised(olly, a_child(), record=incident)
    (notice,) = raised(olly, a_child(school=lark), record=incident)
    assert (notice.state, clock_of(notice, "P6F").stopped_at) == ("to_screen", now())
    assert clock_of(notice, "P6").stopped_at is None


def test_a_later_record_that_says_18_ends_every_clock(friday_night, olly, callie, lark):
    incident = called_in(callie)
    raised(olly, a_child(born_on=None, lives_elsewhere=True), record=incident)
    (notice,) = raised(olly, a_child(born_on=date(2008, 3, 6)), record=incident)
    assert notice.state == "not_for_school"
    assert {clock_of(notice, code).stopped_at for code in ("P6", "P6F", "P6H")} == {now()}


def test_a_later_record_with_the_home_finds_the_officer_for_a_child_taught_there(
    friday_night, olly, callie, northvale, cast
):
    incident = called_in(callie)
    raised(olly, a_child(home_educated=True), record=incident)
    (notice,) = raised(olly, a_child(home_educated=True, postcode="ZV1 1AA"), record=incident)
    assert (notice.state, notice.place_key, clock_of(notice, "P6F").stopped_at) == ("to_screen", "home 801", now())


def test_what_a_sergeant_has_decided_stays_until_a_school_is_named(friday_night, olly, callie, sam, lark):
    incident = called_in(callie)
    (notice,) = raised(olly, a_child(), record=incident)
    not_for_school(notice, by=sam, because="Lives abroad since Monday")
    (again,) = raised(olly, a_child(), record=incident)
    assert (again.state, again.not_for_because) == ("not_for_school", "Lives abroad since Monday")
    (named,) = raised(olly, a_child(school=lark), record=incident)
    assert (named.state, clock_of(named, "P6").due_at) == ("to_screen", local(2026, 3, 9, 8, 40))


def test_a_sibling_who_is_named_without_a_record_is_the_child_of_the_household(olly, cora, family, lark, mill):
    goes_to(family["ben"], mill, cora)
    ben = a_child("Ben Example", born_on=None, present="yes")
    notices = raised(olly, a_child(person=family["poppy"], school=lark), ben)
    assert [(each.child, each.person, each.school, each.present) for each in notices] == [
        (POPPY, family["poppy"], lark, "yes"),
        ("Ben Example", family["ben"], mill, "yes"),
    ]


def test_two_records_of_one_child_in_the_household_are_one_notice(olly, cora, family, lark):
    on_record(cora, "Ben Example", born=date(2012, 4, 1), home=HERE)
    notices = raised(olly, a_child(person=family["poppy"], school=lark))
    assert sorted(each.child for each in notices) == ["Ben Example", POPPY]


def test_the_same_child_named_twice_is_one_notice(friday_night, olly, cora, lark):
    raised(olly, a_child(school=lark), a_child(school=lark), a_child("poppy  example"))
    assert [each.child for each in seen(cora)] == [POPPY]


def test_who_they_are_is_said_later_and_the_household_follows(olly, callie, cora, family, lark, mill):
    goes_to(family["ben"], mill, cora)
    incident = called_in(callie)
    raised(olly, a_child(), record=incident)
    raised(olly, a_child(person=family["poppy"]), record=incident)
    assert {(each.child, each.school) for each in seen(cora)} == {(POPPY, None), ("Ben Example", mill)}


NAMES = st.sampled_from(["not known", POPPY, "poppy example", "Ben Example"])
OF_SCHOOL_AGE = [None, SEVEN, date(2012, 4, 1)]
BIRTHS = st.sampled_from([*OF_SCHOOL_AGE, date(2000, 1, 1), date(2023, 1, 1)])
CHILDREN = st.lists(st.tuples(NAMES, BIRTHS, st.sampled_from([None, "lark", "mill"])), max_size=4)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(CHILDREN, min_size=1, max_size=3))
def test_however_often_and_however_it_is_said_no_child_is_lost_and_nothing_falls_over(
    friday_night, olly, callie, schools, calls
):
    incident = called_in(callie)
    for children in calls:
        said = [
            ChildConcerned(name=name, born_on=born, school=schools.get(school or "")) for name, born, school in children
        ]
        with signed(olly):
            raise_notices(incident, children=said, happened=happened(), by=olly)
    with acting(System("test")):
        notices = list(SchoolNotice.objects.filter(arises_from=incident.pk))
    named = {
        (name.lower(), school if born in OF_SCHOOL_AGE else None)
        for call in calls
        for name, born, school in call
        if name != "not known"
    }
    by_school = {school.pk: key for key, school in schools.items()}
    told_of = {(each.child.lower(), key) for each in notices for key in (None, by_school.get(each.school_id))}
    assert named <= told_of
    assert len(notices) <= sum(len(call) for call in calls)


def test_a_school_known_only_from_a_restricted_case_keeps_the_notice_there(friday_night, olly, cora, ines, lark):
    case = raised_one(olly, name="Somebody Else").case
    poppy = on_record(cora, POPPY, born=SEVEN)
    secret = Source(how="record", says="Secret", case=case)
    goes_to(poppy, lark, cora, source=secret)
    restrict(case, by=ines, people=[ines], because="Secret")
    notice = next(each for each in raised(olly, a_child(person=poppy)) if each.child == POPPY)
    assert notice.school == lark
    assert notice.pk not in {each.pk for each in seen(cora)}
    assert notice.pk in {each.pk for each in seen(ines)}
