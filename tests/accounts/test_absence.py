"""Nobody is away without somebody who covers, and cover lasts exactly as long as the absence."""

import pytest
from django.db import DatabaseError, transaction

from access.actor import NotYours, System, signed
from access.roles import Can
from accounts.duty import posts_of
from accounts.models import Absence
from accounts.workflow import CannotCover, come_back, go_away
from tests.conftest import MONDAY, hours
from tests.sla.made import MOMENT
from tests.stories import away

pytestmark = pytest.mark.django_db
TUESDAY, FRIDAY = MONDAY + hours(24), MONDAY + hours(96)


def _goes_away(person, by=None, *, cover, starts=TUESDAY, ends=FRIDAY):
    return go_away(person, by=by or person, kind="leave", starts=starts, ends=ends, cover=cover)


def test_an_absence_says_who_when_why_who_covers_and_who_entered_it(sam, ines):
    absence = _goes_away(sam, by=ines, cover=ines)
    assert (absence.person, absence.cover, absence.recorded_by, absence.kind) == (sam, ines, ines, "leave")
    assert (absence.starts, absence.ends) == (TUESDAY, FRIDAY)


def test_nobody_covers_for_themselves(sam):
    with pytest.raises(CannotCover, match="nobody can cover for themselves"):
        _goes_away(sam, cover=sam)


def test_somebody_who_has_left_cannot_cover(sam, ines):
    ines.is_active = False
    ines.save()
    with pytest.raises(CannotCover, match="no longer works here"):
        _goes_away(sam, cover=ines)


@pytest.mark.parametrize(
    "columns",
    [{"cover": None}, {"recorded_by": None}, {"person": None}],
    ids=["without cover", "by nobody", "of nobody"],
)
def test_the_database_refuses_an_absence(sam, ines, columns):
    with pytest.raises(DatabaseError), transaction.atomic(), signed(System("test")):
        Absence.objects.create(
            **{"person": sam, "cover": ines, "recorded_by": sam, "starts": TUESDAY, "ends": FRIDAY, **columns}
        )


def test_the_database_refuses_a_person_who_covers_for_themselves(sam):
    with pytest.raises(DatabaseError, match="nobody_covers_for_themselves"), transaction.atomic():
        Absence.objects.create(person=sam, cover=sam, recorded_by=sam, starts=TUESDAY, ends=FRIDAY)


@pytest.mark.parametrize("ends", [TUESDAY, MONDAY])
def test_the_database_refuses_an_absence_that_ends_before_it_starts(sam, ines, ends):
    with pytest.raises(DatabaseError, match="absence_ends_after_it_starts"), transaction.atomic():
        _goes_away(sam, cover=ines, ends=ends)


def test_the_cover_cannot_be_taken_out_of_an_absence(sam, ines):
    absence = _goes_away(sam, cover=ines)
    with pytest.raises(DatabaseError), signed(sam):
        Absence.objects.filter(pk=absence.pk).update(cover=None)


def test_two_people_cannot_cover_for_each_other_at_the_same_time(sam, ines):
    _goes_away(sam, cover=ines)
    with pytest.raises(CannotCover, match="is away then too"):
        _goes_away(ines, cover=sam)


def test_three_people_cannot_cover_for_each_other_in_a_circle(sam, ines, chidi):
    _goes_away(sam, cover=ines)
    _goes_away(ines, cover=chidi)
    with pytest.raises(CannotCover):
        _goes_away(chidi, cover=sam)


def test_every_absence_of_the_cover_counts_and_not_only_the_first(sam, ines, chidi):
    _goes_away(ines, cover=chidi, starts=TUESDAY, ends=TUESDAY + hours(1))
    _goes_away(ines, cover=sam, starts=FRIDAY - hours(5), ends=FRIDAY + hours(5))
    with pytest.raises(CannotCover):
        _goes_away(sam, cover=ines)


def test_after_one_another_they_can(sam, ines):
    _goes_away(sam, cover=ines, starts=MONDAY, ends=TUESDAY)
    assert _goes_away(ines, cover=sam, starts=TUESDAY, ends=FRIDAY).cover == sam


def test_a_cover_who_is_away_but_covered_by_somebody_present_may_be_named(sam, ines, chidi):
    _goes_away(ines, cover=chidi)
    assert _goes_away(sam, cover=ines).cover == ines


@pytest.mark.parametrize("name", ["connie", "fin", "rosa", "rashid", "sam", "ines", "chidi", "sue", "dmitri"])
def test_a_supervisor_may_enter_somebody_elses_absence(cast, olly, cole, name):
    assert _goes_away(olly, by=cast[name], cover=cole).recorded_by == cast[name]


@pytest.mark.parametrize("name", ["callie", "dev", "cora", "cole"])
def test_somebody_who_supervises_nobody_may_enter_only_their_own(cast, olly, rosa, name):
    with pytest.raises(NotYours, match="your own absence"):
        _goes_away(olly, by=cast[name], cover=rosa)
    assert _goes_away(cast[name], cover=rosa).person == cast[name]


def test_whoever_covers_for_a_supervisor_may_enter_absences_too(clock, sam, cora, cole, ines):
    away(sam, days=1, cover=cora)
    assert _goes_away(cole, by=cora, cover=ines).recorded_by == cora


def test_the_cover_may_do_what_the_absent_person_may_and_only_while_it_lasts(clock, sam, cora):
    absence = _goes_away(sam, cover=cora, starts=TUESDAY, ends=FRIDAY)
    for moment, covering in (
        (TUESDAY - MOMENT, False),
        (TUESDAY, True),
        (FRIDAY - MOMENT, True),
        (FRIDAY, False),
    ):
        clock.set(moment)
        assert cora.can(Can.FILE_PPN) is covering, moment
        assert (sam in [post.person for post in posts_of(cora)]) is covering
    assert absence.cover == cora


def test_the_absent_person_keeps_what_they_may_do(clock, sam, cora):
    away(sam, days=1, cover=cora)
    assert sam.can(Can.FILE_PPN)


def test_the_end_of_a_chain_of_cover_answers_for_everybody_in_it(clock, sam, ines, cora):
    away(sam, days=1, cover=ines)
    away(ines, days=1, cover=cora)
    assert {post.person for post in posts_of(cora)} == {cora, sam, ines}
    assert {post.person for post in posts_of(ines)} == {ines}


def test_coming_back_early_ends_the_absence_at_that_moment(clock, sam, cora):
    absence = _goes_away(sam, cover=cora, starts=MONDAY - hours(1), ends=FRIDAY)
    clock.set(TUESDAY)
    assert come_back(absence, by=sam).ends == TUESDAY
    assert not cora.can(Can.FILE_PPN)


@pytest.mark.parametrize("starts", [MONDAY, MONDAY + MOMENT, TUESDAY])
def test_an_absence_that_never_began_is_gone(clock, sam, cora, starts):
    come_back(_goes_away(sam, cover=cora, starts=starts), by=sam)
    assert not Absence.objects.exists()


def test_coming_back_after_the_end_gives_no_longer_absence(clock, sam, cora):
    absence = _goes_away(sam, cover=cora, starts=MONDAY - hours(5), ends=MONDAY - hours(1))
    assert come_back(absence, by=sam).ends == MONDAY - hours(1)


def test_only_the_person_or_whoever_entered_it_can_end_an_absence(clock, sam, cora, ines, sue):
    absence = _goes_away(sam, by=ines, cover=cora)
    for other in (cora, sue):
        with pytest.raises(NotYours):
            come_back(absence, by=other)
    come_back(absence, by=ines)


def test_of_two_absences_at_once_the_one_entered_last_says_who_covers(clock, sam, cora, cole):
    away(sam, days=5, cover=cora)
    away(sam, days=1, cover=cole)
    assert (cole.can(Can.FILE_PPN), cora.can(Can.FILE_PPN)) == (True, False)
    clock.shift(hours(24))
    assert (cole.can(Can.FILE_PPN), cora.can(Can.FILE_PPN)) == (False, True)
