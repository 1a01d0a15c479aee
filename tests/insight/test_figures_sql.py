"""Every figure equals its own SQL, written by hand, on records of every kind; and its rows add up to it."""

import pytest
from django.db import connection

from access.actor import acting
from insight.figure_drill import rows_behind
from insight.figure_months import counted, keys_of, this_moment
from quality.counting import MEASURES
from quality.measures import countable
from tests.house.one_of_each import one_of_each
from tests.insight.figure_scenes import many
from tests.insight.figure_sql import SQL

ENOUGH = 600
ALL_OR_NOTHING = 26
"""So many shares may be all or nothing in the scene: what the database lets be copied is not all there is."""


def by_hand(code, period):
    with connection.cursor() as cursor:
        cursor.execute(SQL[code], {"begins": period.begins, "at": period.at})
        return cursor.fetchone()


def test_no_figure_lacks_its_sql():
    assert set(SQL) == set(countable())


def test_what_cannot_be_counted_says_why():
    assert {code for code, each in MEASURES.items() if each.cannot} == {"approvals_rerouted"}


@pytest.mark.django_db
def test_every_figure_equals_its_sql_and_its_rows_add_up(clock, cast, anya):
    one_of_each(cast)
    made = many(clock.at)
    assert sum(made.values()) > ENOUGH, made
    period, wrong, flat = this_moment(), [], []
    for code, measure in countable().items():
        (found,) = counted([measure], period)
        value, first, second = found.value, *by_hand(code, period)
        said = (value.counted, value.took if measure.percentile else value.oldest if value.of is None else value.of)
        if said != (first, second):
            wrong.append((code, said, (first, second)))
        inside, others = keys_of(measure, period)
        if value.of is not None and (len(inside), len(inside) + len(others)) != (value.counted, value.of):
            wrong.append((code, len(inside), len(others), value))
        if value.of is None and len(inside) != value.counted:
            wrong.append((code, len(inside), value))
        with acting(anya):
            behind = rows_behind(measure, period)
        if not measure.keys or len(behind.counted) + behind.counted_hidden > max(len(inside), 1):
            wrong.append((code, "rows", len(behind.counted), behind.counted_hidden, len(inside)))
        if not value.counted or value.counted == value.of:
            flat.append((code, value.counted, value.of))
    assert wrong == []
    assert len(flat) <= ALL_OR_NOTHING, flat
