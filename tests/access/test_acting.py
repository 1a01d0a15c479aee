"""Every record that is handed over is noted against the person it was handed to."""

import pytest

from access.actor import NoActor, System, acting, actor, current, signed
from access.time import holding, now
from cases.models import Case
from ppn.models import Ppn, Subject
from tests.conftest import MONDAY, hours
from tests.stories import submitted

pytestmark = pytest.mark.django_db


def test_nobody_acts_until_somebody_does(olly):
    assert current() is None
    with pytest.raises(NoActor):
        actor()
    with acting(olly):
        assert actor() == olly
    assert current() is None


def test_the_one_before_acts_again_when_a_stretch_ends_and_also_when_it_ends_badly(olly, sam):
    with acting(olly):
        with pytest.raises(ValueError, match="in the middle"), acting(sam):
            raise ValueError("in the middle")
        assert actor() == olly


def test_every_record_handed_over_is_noted(olly):
    first, second = submitted(olly), submitted(olly)
    with acting(olly) as stretch:
        list(Ppn.objects.all())
    assert stretch.handed_over == {"ppn.ppn": {first.pk, second.pk}}


def test_only_what_was_handed_over_is_noted(olly):
    first, _ = submitted(olly), submitted(olly)
    with acting(olly) as stretch:
        Ppn.objects.get(pk=first.pk)
        Ppn.objects.count()
    assert stretch.handed_over == {"ppn.ppn": {first.pk}}


READS = {
    "one": lambda ppn: Ppn.objects.get(pk=ppn.pk),
    "some of its fields": lambda ppn: Ppn.objects.only("reference").first(),
    "without one field": lambda ppn: Ppn.objects.defer("narrative").first(),
    "in bulk": lambda ppn: Ppn.objects.in_bulk([ppn.pk]),
    "as an iterator": lambda ppn: list(Ppn.objects.iterator()),
    "by its place": lambda ppn: Ppn.objects.order_by("reference")[0],
    "by hand": lambda ppn: list(Ppn.objects.raw("SELECT * FROM ppn_ppn")),
    "from its subject": lambda ppn: Subject.objects.select_related("ppn").first(),
    "from its case": lambda ppn: list(Case.objects.prefetch_related("ppns")),
    "from its case, one by one": lambda ppn: ppn.case.ppns.get(),
    "again": lambda ppn: ppn.refresh_from_db(),
    "locked": lambda ppn: Ppn.objects.select_for_update(of=("self",)).get(pk=ppn.pk),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_record_is_noted_however_it_was_read(olly, read):
    ppn = submitted(olly)
    with acting(olly) as stretch:
        read(ppn)
    assert ppn.pk in stretch.handed_over["ppn.ppn"]


def test_related_records_that_come_along_are_noted_too(olly):
    ppn = submitted(olly)
    with acting(olly) as stretch:
        list(Ppn.objects.select_related("case").prefetch_related("subjects"))
    assert stretch.handed_over["cases.case"] == {ppn.case_id}
    assert len(stretch.handed_over["ppn.subject"]) == 1


def test_what_a_nested_stretch_was_handed_counts_for_the_outer_one(olly):
    ppn = submitted(olly)
    with acting(olly) as outer, acting(System("looking for siblings")) as inner:
        list(Ppn.objects.all())
    assert outer.handed_over == inner.handed_over == {"ppn.ppn": {ppn.pk}}


def test_two_stretches_side_by_side_share_nothing(olly, sam):
    submitted(olly)
    with acting(olly):
        list(Ppn.objects.all())
    with acting(sam) as other:
        assert other.handed_over == {}


def test_what_is_signed_happens_at_one_moment(clock, olly):
    with signed(olly) as moment:
        clock.shift(hours(1))
        assert now() == moment == MONDAY
        with signed(olly) as inner:
            assert inner == moment
    assert now() == MONDAY + hours(1)


def test_a_moment_held_by_hand_is_the_moment_of_what_is_signed(clock, olly):
    with holding(MONDAY - hours(5)), signed(olly) as moment:
        assert moment == now() == MONDAY - hours(5)
    assert now() == MONDAY


def test_the_software_is_named_by_its_reason():
    assert System("sweep").signature() == "system: sweep"
    assert str(System("sweep")) == "Longstop (sweep)"


def test_the_ledger_is_told_no_name_of_a_person(olly):
    assert olly.signature() == f"user: {olly.pk}"
