"""June 2022 as the inspectors found it, from arrivals and the rota: on Wednesday 15 June at 10:00, for many seeds."""

from functools import cache
from statistics import mean, median

import pytest

from simulator.engine import What, open_at, simulate
from simulator.reading import load
from simulator.series import JUNE

INSPECTED = (14 * 24 + 10) * 60  # minutes after midnight of 1 June
FOUND = {"mash": 694, "triage": 400, "phone": 696, "visor": 195, "approvals": 993}
PHONE = ("phone_first", "phone_enquiries", "phone_ends")
SEEDS = range(1, 13)
TOLERANCE = 0.10


@cache
def run(seed):
    return simulate(load("june_2022"), seed, JUNE, 15)


@cache
def found(seed):
    still = open_at(run(seed).happenings, INSPECTED)
    return {
        queue: [each.item for part in (PHONE if queue == "phone" else (queue,)) for each in still[part].values()]
        for queue in FOUND
    }


def near(number, wanted):
    return abs(number - wanted) <= TOLERANCE * wanted


def days_old(item):
    return (INSPECTED - item.since) / 60 / 24


@pytest.mark.parametrize("queue", FOUND)
def test_nine_of_ten_seeds_end_within_a_tenth_of_what_the_inspectors_counted(queue):
    counts = [len(found(seed)[queue]) for seed in SEEDS]
    assert abs(mean(counts) - FOUND[queue]) < 0.05 * FOUND[queue], counts
    assert sum(near(count, FOUND[queue]) for count in counts) >= 0.9 * len(counts), counts


def test_at_least_three_seeds_end_within_a_tenth_of_all_five():
    whole = [seed for seed in SEEDS if all(near(len(found(seed)[queue]), FOUND[queue]) for queue in FOUND)]
    assert len(whole) >= 3, {seed: {queue: len(found(seed)[queue]) for queue in FOUND} for seed in SEEDS}


def test_the_oldest_notice_has_waited_about_eleven_days_and_the_oldest_call_about_twenty_three():
    assert near(mean(max(map(days_old, found(seed)["mash"])) for seed in SEEDS), 11)
    still = [open_at(run(seed).happenings, INSPECTED)["phone_first"].values() for seed in SEEDS]
    assert near(mean(max(days_old(each.item) for each in waiting) for waiting in still), 23)


def test_callers_wait_about_five_days_for_the_resolution_centre():
    waits = [w for seed in SEEDS for w in first_contacts(seed)]
    assert 4 <= median(waits) <= 6.5


def first_contacts(seed):
    came = {}
    for each in run(seed).happenings:
        if each.queue == "phone_first" and each.what == What.ARRIVED:
            came[id(each.item)] = each.at
        elif each.queue == "phone_first" and each.what == What.BEGAN and id(each.item) in came:
            yield (each.at - came.pop(id(each.item))) / 60 / 24


def test_about_54_of_100_priority_calls_are_attended_within_the_hour():
    went = [
        each.at - each.item.since <= 60
        for seed in SEEDS
        for each in run(seed).happenings
        if each.what == What.REACHED and each.item.source == "priority"
    ]
    assert 0.50 <= mean(went) <= 0.58


def test_with_enough_people_and_longstops_order_nothing_lies_for_long():
    still = open_at(simulate(load("vale"), 1, JUNE, 15).happenings, INSPECTED)
    assert len(still["mash"]) < 250
    assert max(days_old(each.item) for each in still["mash"].values()) < 5
    assert len(still["approvals"]) < 60
