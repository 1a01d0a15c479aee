"""The forecast on months of a simulated force, which knows nothing of how the forecast thinks: it is right eight times
of ten, in queues that are held together by people who help out as in queues that run away."""

from datetime import UTC, datetime
from itertools import pairwise

from insight.forecast import DAYS_AHEAD
from insight.forecast_months import HORIZONS, SEEN
from simulator.backtest import DAYS, QUEUES, days_of, shares, tried
from simulator.engine import open_at, simulate
from simulator.reading import load
from simulator.series import JUNE, series

SIZE, SEEDS = 0.2, range(61, 67)
"""Seeds with which nothing was fitted, neither the forecast nor the profiles."""


def test_eight_of_ten_that_were_said_hold_in_simulated_months():
    found = [tried(load(name).scaled(SIZE), SEEDS, JUNE, paths=120) for name in ("vale", "june_2022")]
    said, right = shares(found)
    assert said == 2 * len(SEEDS) * len(QUEUES) * len(HORIZONS)
    assert 0.70 <= right / said <= 0.90, [(each.kind, each.right, each.said) for one in found for each in one.scores]


def test_the_days_are_those_of_the_hourly_series_and_end_with_what_is_open():
    profile = load("june_2022").scaled(0.1)
    run = simulate(profile, 1, JUNE, 10)
    days = list(days_of(run, "mash"))
    hourly = series(profile, 1, "mash", days=10)
    assert [n for day, _ in days for n in day.arrived] == [came for _, came, _ in hourly]
    assert [n for day, _ in days for n in day.done] == [done for _, _, done in hourly]
    for number, (_, waiting) in enumerate(days, start=1):
        assert waiting == len(open_at(run.happenings, number * 24 * 60 - 1e-6).get("mash", {}))
    assert [day.weekday for day, _ in days[:3]] == [2, 3, 4], "1 June 2022 was a Wednesday"


def test_a_day_in_which_the_clocks_change_is_no_day_twice():
    starts = datetime(2022, 10, 28, 23, tzinfo=UTC)
    days = [day for day, _ in days_of(simulate(load("vale").scaled(0.05), 1, starts, 5), "mash")]
    assert all((later.weekday - sooner.weekday) % 7 == 1 for sooner, later in pairwise(days))


def test_a_month_is_as_long_as_the_forecast_needs():
    assert DAYS >= SEEN + DAYS_AHEAD + 1
