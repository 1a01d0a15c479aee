"""How the Sexual Offences Act 2003 counts time, by worked examples and by property. 2026: 2 March is a Monday."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenders.statutory import (
    DISPOSALS,
    RULES,
    Away,
    NoSuchRule,
    Period,
    advance_holds,
    last_day,
    longest,
    may_apply_from,
    months_later,
    period,
    qualifying_stay,
    resets_annual,
    rule,
    rules_on,
    travel_notice,
)

MONDAY = date(2026, 3, 2)


def day(number, month=3, year=2026):
    return date(year, month, number)


def due(code, arose_on, *away):
    return last_day(rule(code, arose_on), arose_on, away)


EXAMPLES = [
    # what, arose on, time away, last day in time
    ("initial", day(2), [], day(4)),  # s.83(1): Monday's conviction, until the end of Wednesday, not Thursday
    ("initial", day(6), [], day(8)),  # a Friday: weekends count
    ("initial", day(30, 12), [], day(1, 1, 2027)),  # over New Year: bank holidays count
    ("initial", day(27, 2, 2028), [], day(29, 2, 2028)),  # a leap year
    ("initial", day(2), [Away(day(2), day(20))], day(22)),  # s.83(6): in custody from court; out on the 20th, day one
    ("initial", day(2), [Away(day(3), day(20))], day(21)),  # at liberty on Monday: the 20th is day two
    ("initial", day(2), [Away(day(4), day(20))], day(20)),  # two days had gone: the day of release is the last
    ("initial", day(2), [Away(day(5), day(20))], day(4)),  # taken in after it was due: nothing changes
    ("initial", day(2), [Away(day(2), None)], None),  # no end known: its time does not run
    ("initial", day(2), [Away(day(2), day(10)), Away(day(10), day(20))], day(22)),  # from prison to hospital
    ("initial", day(2), [Away(day(2), day(10)), Away(day(11), day(20))], day(21)),  # a day between counts
    ("initial", day(2), [Away(day(3), None), Away(day(3), day(5))], None),  # two at once, of which one goes on
    ("change", day(2), [], day(4)),  # s.84(1)
    ("change", day(2), [Away(day(1), day(9))], day(11)),  # told abroad of a new home
    ("other_premises", day(2), [], day(4)),
    ("advance_failed", day(2), [], day(7)),  # s.84(4)(b): six days beginning with the day given
    ("child_at_home", day(2), [], day(4)),
    ("travel_return", day(2), [], day(4)),
    ("annual", day(2), [], day(2, 3, 2027)),  # s.85(1): within one year after
    ("annual", day(29, 2, 2028), [], day(28, 2, 2029)),  # no 29 February: the last day of the month
    ("annual", day(2, 3, 2025), [Away(day(20, 2), day(1))], day(2)),  # back the day before it is due: nothing changes
    ("annual", day(2, 3, 2025), [Away(day(20, 2), day(2))], day(2)),  # back on the very day: it is due
    ("annual", day(2, 3, 2025), [Away(day(20, 2), day(3))], day(5)),  # s.85(3): three days, the first the day of return
    ("annual", day(2, 3, 2025), [Away(day(20, 2), None)], None),
    ("annual", day(2, 3, 2025), [Away(day(20, 2), day(9)), Away(day(9), day(12))], day(14)),
    ("annual", day(2, 3, 2025), [Away(day(1, 6, 2025), day(1, 7, 2025))], day(2)),  # away in between: nothing changes
    ("weekly", day(2), [], day(9)),  # s.85(5)(a)
    ("weekly", day(2), [Away(day(8), day(20))], day(22)),
    ("weekly", day(28, 3), [], day(4, 4)),  # over the night the clocks change: days are days
]


@pytest.mark.parametrize(("code", "arose_on", "away", "expected"), EXAMPLES)
def test_worked_examples(code, arose_on, away, expected):
    assert due(code, arose_on, *away) == expected


PERIODS = [
    # disposal, relevant date, under 18, last day (None = indefinite)
    ("life", day(2), False, None),
    ("months_30", day(2), False, None),
    ("months_30", day(2), True, None),  # s.82(2) halves no indefinite period
    ("hospital_restricted", day(2), False, None),
    ("months_6_30", day(2), False, day(1, 3, 2036)),  # ten years beginning with: the day before
    ("months_6_30", day(2), True, day(1, 3, 2031)),
    ("months_6", day(2), False, day(1, 3, 2033)),
    ("months_6", day(2), True, day(1, 9, 2029)),  # half of seven years
    ("hospital", day(2), False, day(1, 3, 2033)),
    ("caution", day(2), False, day(1, 3, 2028)),
    ("caution", day(2), True, day(1, 3, 2027)),
    ("other", day(2), False, day(1, 3, 2031)),
    ("other", day(2), True, day(1, 9, 2028)),
    ("months_30", day(11, 1, 2001), False, None),  # s.81: before the Act began
    ("other", day(29, 2, 2028), False, day(27, 2, 2033)),  # five years on there is no 29 February
]


@pytest.mark.parametrize(("disposal", "relevant_on", "under_18", "ends_on"), PERIODS)
def test_the_notification_period(disposal, relevant_on, under_18, ends_on):
    found = period(disposal, relevant_on, under_18=under_18)
    assert found.ends_on == ends_on
    assert found.section.startswith("s.82")


def test_a_conditional_discharge_is_its_own_period_and_is_not_halved():
    until = day(1, 3, 2027)
    for under_18 in (True, False):
        assert period("discharge", day(2), under_18=under_18, discharged_until=until).ends_on == until
    with pytest.raises(NoSuchRule, match="until when"):
        period("discharge", day(2), under_18=False)


def test_of_several_requirements_the_longest_holds():
    short, long, forever = Period(day(1), ""), Period(day(2), ""), Period(None, "")
    assert longest([short, long]) == long
    assert longest([forever, long]) == forever


@pytest.mark.parametrize(
    ("code", "moves"),
    [
        *((code, True) for code in ("initial", "change", "other_premises", "annual", "weekly")),
        *((code, False) for code in ("child_at_home", "travel_return", "advance_failed")),
    ],
)
def test_only_a_notification_under_sections_83_84_or_85_moves_the_annual_date(code, moves):
    assert resets_annual(code) is moves


def test_what_no_law_asked_for_yet_is_refused_by_name():
    before, first = date(2012, 8, 12), date(2012, 8, 13)
    assert {"weekly", "child_at_home"} & {each.code for each in rules_on(before)} == set()
    assert {"weekly", "child_at_home"} <= {each.code for each in rules_on(first)}
    with pytest.raises(NoSuchRule, match=r"weekly.*12 August 2012"):
        rule("weekly", before)
    with pytest.raises(NoSuchRule, match="No disposal"):
        period("deportation", day(2), under_18=False)


@pytest.mark.parametrize(
    ("given_for", "happened_on", "holds"),
    [
        (day(10), day(10), True),
        (day(10), day(8), True),  # two days early
        (day(10), day(7), False),  # s.84(4)(a): more than two
        (day(10), day(12), True),  # s.84(4)(b): by the end of three days beginning with the day given
        (day(10), day(13), False),
    ],
)
def test_a_notification_in_advance(given_for, happened_on, holds):
    assert advance_holds(given_for, happened_on) is holds


def test_seven_days_at_other_premises_at_once_or_within_twelve_months():
    week = [day(number) for number in range(2, 9)]
    assert qualifying_stay(week) == day(8)
    assert qualifying_stay(week[:6]) is None
    assert qualifying_stay([*week[:6], day(1, 3, 2027)]) == day(1, 3, 2027)  # the last day of the twelve months
    assert qualifying_stay([*week[:6], day(2, 3, 2027)]) is None  # the first of them is too long ago
    assert qualifying_stay([day(2)] * 7) is None  # a day counts once


@pytest.mark.parametrize(
    ("notified", "departs", "in_time", "days"),
    [(day(2), day(9), True, 7), (day(2), day(8), False, 6), (day(2), day(2), False, 0)],
)
def test_seven_days_of_notice_before_travel(notified, departs, in_time, days):
    found = travel_notice(notified, departs)
    assert (found.in_time, found.days) == (in_time, days)


def test_who_notifies_indefinitely_may_ask_for_a_review_after_fifteen_years_or_eight():
    assert may_apply_from(day(2), under_18=False) == day(2, 3, 2041)
    assert may_apply_from(day(2), under_18=True) == day(2, 3, 2034)


def test_every_rule_and_disposal_names_its_source_and_is_there_once_at_a_time():
    assert all(each.section.startswith("s.8") and each.label for each in RULES)
    for rows in (RULES, DISPOSALS):
        assert len({(each.code, each.starts) for each in rows}) == len(rows)


DAYS = st.dates(date(2013, 1, 1), date(2040, 1, 1))
SPELLS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (timedelta(pair[0]), timedelta(pair[1]))),
    max_size=4,
)
COUNTED = st.sampled_from(["initial", "change", "advance_failed", "child_at_home"])


def spells_after(arose_on, pairs):
    return [Away(arose_on + begins, arose_on + begins + lasts) for begins, lasts in pairs]


@given(COUNTED, DAYS, SPELLS)
def test_exactly_as_many_days_count_as_the_act_gives(code, arose_on, pairs):
    away, what = spells_after(arose_on, pairs), rule(code, arose_on)
    last = last_day(what, arose_on, away)
    at_liberty = [
        arose_on + timedelta(number)
        for number in range((last - arose_on).days + 1)
        if not any(each.takes(arose_on + timedelta(number)) for each in away)
    ]
    assert len(at_liberty) == what.days
    assert at_liberty[-1] == last


@given(st.sampled_from([each.code for each in RULES]), DAYS, SPELLS, SPELLS)
def test_more_time_away_never_brings_a_day_nearer(code, arose_on, some, more):
    less = due(code, arose_on, *spells_after(arose_on, some))
    longer = due(code, arose_on, *spells_after(arose_on, some), *spells_after(arose_on, more))
    assert longer >= less
    assert due(code, arose_on, *spells_after(arose_on, some), Away(arose_on)) is None


@given(st.sampled_from(["annual", "weekly"]), DAYS, SPELLS)
def test_a_repeated_duty_is_never_due_on_a_day_away(code, arose_on, pairs):
    away = spells_after(arose_on, pairs)
    last = due(code, arose_on, *away)
    assert not any(each.takes(last) for each in away)


@given(DAYS, st.integers(0, 400))
def test_months_later_is_the_corresponding_date_or_the_last_of_its_month(start, months):
    found = months_later(start, months)
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day == start.day or (found + timedelta(1)).day == 1
