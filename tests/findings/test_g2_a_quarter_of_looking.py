"""Inspectors found that notices were sampled less often than wanted when demand rose, and nobody joined what was found.

A quarter in one force: each month what is drawn is looked at, or it stands by name before somebody who is there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from access.actor import acting
from quality.models import Sample, ThemeNote
from quality.sampling_lengths import HIGH_QUEUE
from quality.sampling_showing import not_reviewed
from quality.workflow.monthly import draw_due
from quality.workflow.samples import the_draw
from sla.engine import sweep
from sla.lengths import set_number
from tests.ppn.scenes import filed, ready
from tests.quality.sampling_scenes import every, reviewed, reviews_of, seen_blind
from tests.sla.made import raised
from tests.stories import ANYA, away, called_in, submitted

pytestmark = pytest.mark.django_db
JANUARY, DAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC), timedelta(days=1)
MONTHS = [datetime(2026, month, 1, 9, 0, tzinfo=UTC) for month in (2, 3, 4)]
"""When Longstop draws from January, February and March."""


CHILDREN = [
    *("Bea Orchard", "Cyrus Fenwick", "Dot Lambrook", "Elif Marden", "Farid Osgood"),
    *("Greta Pillow", "Hew Quarles", "Inga Rowbury", "Jago Stonor"),
]


def some_children():
    """Each of another family: a third notice of one child in three months raises a question of its own."""
    return iter([replace(ANYA, name=name) for name in CHILDREN])


def a_month_of_work(cast, clock, begins, children):
    """Callie takes calls; Cora and Cole review notices, which are filed."""
    clock.set(begins)
    for _ in range(3):
        called_in(cast["callie"])
    for co_ordinator in (cast["cora"], cast["cora"], cast["cole"]):
        filed(ready(cast["olly"], co_ordinator, cast["sam"], subjects=[next(children)]), cast["sam"])


def days_pass(clock, until):
    while clock.at < until:
        clock.set(min(clock.at + DAY, until))
        sweep()


def looked_at(drawn):
    for review in reviews_of(drawn):
        reviewer = review.reviewer
        if drawn.is_blind:
            review = seen_blind(review, reviewer)
        reviewed(review, reviewer)


def test_each_quota_of_a_quarter_is_met_or_stands_by_name_before_somebody_who_is_there(cast, clock, quinn, reva, sue):
    children = some_children()

    # January: everything that was drawn is looked at in time.
    a_month_of_work(cast, clock, JANUARY, children)
    days_pass(clock, MONTHS[0])
    draw_due()
    january = every(Sample)
    for drawn in january:
        looked_at(drawn)
    assert sizes(january) == {("Callie", 2, 2), ("Cora", 5, 2), ("Cole", 5, 1)}

    # February: more notices wait than the force can read. Half as many are drawn of each co-ordinator, and it says why.
    a_month_of_work(cast, clock, MONTHS[0] + DAY, children)
    days_pass(clock, MONTHS[1])
    few = {"number": 1, "starts": clock.at, "because": "To see"}
    set_number(HIGH_QUEUE.name, by=cast["sue"], **few)
    submitted(cast["olly"]), submitted(cast["olly"])
    draw_due()
    february = [drawn for drawn in every(Sample) if drawn not in january]
    assert sizes(february) == {("Callie", 2, 2), ("Cora", 3, 2), ("Cole", 3, 1)}
    assert {bool(drawn.halved_because) for drawn in february if drawn.is_blind} == {True}

    # March: the reviewer is on leave and nobody looks at anything.
    away(reva, days=60, cover=quinn)
    a_month_of_work(cast, clock, MONTHS[1] + DAY, children)
    days_pass(clock, MONTHS[2])
    draw_due()
    days_pass(clock, MONTHS[2] + 30 * DAY)
    march = [drawn for drawn in every(Sample) if drawn not in [*january, *february]]
    assert len(march) == 3
    for drawn in [*january, *february, *march]:
        is_met_or_climbs_to_somebody_who_is_there(drawn, quinn)
    with acting(quinn):
        assert {str(each.whose) for each in not_reviewed(clock.at)} == {
            "Callie Contact", "Cora Co-ordinator", "Cole Co-ordinator",
        }  # fmt: skip
    assert {drawn.reference: the_draw(drawn) for drawn in every(Sample)} == drawn_by_whom_ever(january, february, march)


def sizes(samples):
    """Whose work, how many were asked, how many there were."""
    return {(drawn.whose.first_name, drawn.size_asked, drawn.size_drawn) for drawn in samples}


def is_met_or_climbs_to_somebody_who_is_there(drawn, quinn):
    left = [review for review in reviews_of(drawn) if review.state == "to_review"]
    names = {who for code in ("Q1", "Q2") for *_, people in raised(drawn.pk, code) for who in people}
    assert bool(left) == ("quinn" in names), (drawn, names)
    assert "reva" not in names or not left


def drawn_by_whom_ever(*months):
    """The same records again, from nothing but what a sample keeps."""
    return {
        drawn.reference: [review.record_reference for review in reviews_of(drawn)]
        for samples in months
        for drawn in samples
    }


def test_what_each_way_of_looking_finds_is_counted_under_one_theme(cast, clock, quinn):
    children = some_children()
    a_month_of_work(cast, clock, JANUARY, children)
    days_pass(clock, MONTHS[0])
    draw_due()
    for drawn in every(Sample):
        looked_at(drawn)
    with acting(quinn):
        notes = ThemeNote.objects.filter(theme__name="Voice of the child")
        assert {note.source for note in notes} == {"call_review", "dip_sample"}
