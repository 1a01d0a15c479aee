"""What is kept so that a school can be told: every row of a file is loaded or listed, every wrong one says why."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from access.actor import NotYours, acting
from access.time import now
from encompass.models import SchoolCalendar, SchoolHours
from encompass.schooling import WANTED, with_too_few
from encompass.terms import BELL, HEADINGS, Unreadable, calendar_of
from encompass.workflow import keeping
from sla.lengths import set_length
from tests.encompass.conftest import has_a_lead, local
from tests.encompass.scenes import raised_one
from tests.households import TOLD, on_record
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def file_of(*rows):
    return "\n".join([",".join(HEADINGS), *rows])


def read(by, *rows):
    return keeping.import_days(file_of(*rows), by=by, file_name="terms.csv")


def test_terms_of_an_authority_and_days_of_one_school(cora, lark, mill):
    loaded = read(
        cora,
        ",801,term,2026-02-23,2026-03-27,,,",
        "900001,,closed,09/03/2026,,,,Training day",
        "900001,,hours,2026-01-05,,08:25,15:00,",
    )
    assert (loaded.rows, loaded.added, loaded.refused) == (3, 3, [])
    friday = local(2026, 3, 6, 23, 40)
    assert calendar_of(lark).next_bell(friday) == local(2026, 3, 10, 8, 25)
    assert calendar_of(mill).next_bell(friday) == local(2026, 3, 9, 8, 40)
    assert calendar_of(mill).is_known(date(2026, 3, 9))


def test_the_same_file_again_says_nothing_new(cora, lark):
    rows = [",801,term,2026-02-23,2026-03-27,,,", "900001,,hours,2026-01-05,,08:25,15:00,"]
    read(cora, *rows)
    again = read(cora, *rows)
    assert (again.added, again.known) == (0, 2)
    assert (SchoolCalendar.objects.count(), SchoolHours.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",,term,2026-01-05,2026-02-13,,,", "not both"),
        ("900001,801,term,2026-01-05,2026-02-13,,,", "not both"),
        ("999999,,term,2026-01-05,2026-02-13,,,", "No school on record"),
        (",999,term,2026-01-05,2026-02-13,,,", "No authority on record"),
        ("900001,,vacation,2026-01-05,2026-02-13,,,", "is none of"),
        ("900001,,term,the fifth,2026-02-13,,,", "is no date"),
        ("900001,,term,2026-02-30,2026-03-13,,,", "is no date"),
        ("900001,,term,2026-02-13,2026-01-05,,,", "ends before it begins"),
        ("900001,,term,2026-01-05,2027-02-13,,,", "check the years"),
        ("900001,,hours,2026-01-05,,25:00,15:00,", "no time of day"),
        ("900001,,hours,2026-01-05,,15:00,08:25,", "after the day ends"),
        ("900001", "is no date"),
    ],
)
def test_a_row_that_cannot_be_loaded_is_listed_with_the_reason_and_the_others_are_loaded(cora, lark, row, why):
    loaded = read(cora, row, ",801,term,2026-02-23,2026-03-27,,,")
    assert (loaded.rows, loaded.added) == (2, 1)
    ((line, reason),) = loaded.refused
    assert (line, why in reason) == (2, True), reason


def test_a_file_without_its_headings_is_refused_with_those_that_are_missing(cora):
    with pytest.raises(Unreadable, match="authority, from, to, urn, what"):
        keeping.import_days("a,b\n1,2", by=cora, file_name="wrong.csv")


def test_the_bell_where_nobody_knows_it_is_set_from_a_day_on(ines, cora, lark):
    set_length(BELL.name, by=ines, length=timedelta(hours=9), starts=now(), because="Our schools")
    assert calendar_of(lark).bell == time(9, 0)


def test_an_authoritys_hours_hold_where_the_school_says_none(cora, lark, mill, vale):
    said = {"starts": date(2026, 1, 1), "source": "Vale"}
    keeping.keep_hours(by=cora, school=None, authority=vale, bell=time(8, 50), ends=time(15, 10), **said)
    keeping.keep_hours(by=cora, school=mill, authority=None, bell=time(8, 20), ends=time(15, 10), **said)
    friday = local(2026, 3, 6, 23, 40)
    bells = [calendar_of(school).next_bell(friday) for school in (lark, mill)]
    assert bells == [local(2026, 3, 9, 8, 50), local(2026, 3, 9, 8, 20)]


def test_days_that_were_wrong_are_withdrawn_once(cora, lark):
    days = {"school": lark, "authority": None, "kind": "closed", "note": "", "source": "x"}
    row = keeping.keep_days(by=cora, starts=date(2026, 3, 9), ends=date(2026, 3, 9), **days)
    keeping.withdraw_days(row, by=cora)
    assert calendar_of(lark).is_school_day(date(2026, 3, 9))
    with pytest.raises(NotNow, match="already"):
        keeping.withdraw_days(row, by=cora)


def test_two_key_adults_are_wanted(cora, lark, mill):
    with acting(cora):
        assert dict(with_too_few([lark, mill])) == {lark: 1, mill: 1}
    has_a_lead(lark, cora, post="deputy", name="Dan Deputy")
    with acting(cora):
        assert dict(with_too_few([lark, mill])) == {mill: 1}
    assert WANTED == 2


def test_key_adults_are_not_there_for_those_who_tell_no_school(callie, cora, lark):
    with acting(callie):
        assert list(lark.key_adults.all()) == []
    with acting(cora):
        assert len(lark.key_adults.all()) == 1


@pytest.mark.parametrize("who", ["olly", "dmitri", "callie"])
def test_who_may_not_keep_calendars(cast, who, lark):
    with pytest.raises(NotYours):
        read(cast[who], ",801,term,2026-02-23,2026-03-27,,,")
    with pytest.raises(NotYours):
        has_a_lead(lark, cast[who])


def test_where_a_child_is_taught_says_a_school_or_why_none(cora, lark):
    poppy = on_record(cora, "Poppy Example")
    said = {"starts": None, "source": TOLD}
    with pytest.raises(NotNow, match="Choose the school"):
        keeping.say_where_taught(poppy, by=cora, taught="school", school=None, **said)
    with pytest.raises(NotNow, match="no school here"):
        keeping.say_where_taught(poppy, by=cora, taught="home", school=lark, **said)
    fact = keeping.say_where_taught(poppy, by=cora, taught="school", school=lark, **said)
    with pytest.raises(NotNow, match="why it was wrong"):
        keeping.withdraw_where_taught(fact, by=cora, because="")


def test_a_running_clock_keeps_the_bell_it_began_with(friday_night, olly, cora, lark):
    notice = raised_one(olly, school=lark)
    days = {"school": lark, "authority": None, "kind": "closed", "note": "", "source": "x"}
    keeping.keep_days(by=cora, starts=date(2026, 3, 9), ends=date(2026, 3, 9), **days)
    with acting(cora):
        notice.refresh_from_db()
    assert notice.bell_at == local(2026, 3, 9, 8, 40)
