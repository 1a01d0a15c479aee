"""Likely pairs joined: records of one person, and never both of two twins."""

from datetime import date
from itertools import permutations

import pytest

from matching.joined import MOST_OF_ONE_PERSON, joined
from matching.score import compare
from tests.matching.people import NHS, OTHER_NHS, at_home, person


def groups(people, likely):
    weighed = [(one, other, compare(people[one], people[other]).weight) for one, other in likely]
    return sorted(sorted(group) for group in joined(weighed, lambda one, other: compare(people[one], people[other])))


def test_three_records_are_one_person_if_two_pairs_are():
    people = {"a": at_home(), "b": at_home("P"), "c": at_home("P", born=date(2014, 3, 7))}
    assert groups(people, [("a", "b"), ("b", "c")]) == [["a", "b", "c"]]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_record_without_a_given_name_joins_one_twin_and_never_both(order):
    people = {"Daisy": at_home("Daisy"), "": at_home(""), "Poppy": at_home("Poppy")}
    likely = [("Daisy", ""), ("", "Poppy"), ("Poppy", "")]
    found = groups(people, [likely[at] for at in order])
    assert len(found) == 1
    assert len(found[0]) == 2


def test_two_nhs_numbers_are_not_joined_by_a_record_without_one():
    people = {"one": at_home(nhs_number=NHS), "none": at_home(), "other": at_home(nhs_number=OTHER_NHS)}
    assert [len(group) for group in groups(people, [("one", "none"), ("none", "other")])] == [2]


def test_nothing_is_joined_against_the_evidence():
    people = {"a": person(), "b": person("", "Sallowfold"), "c": person("", "Thrupp", date(2012, 11, 1))}
    assert groups(people, [("a", "b"), ("b", "c")]) == [["a", "b"]]


def test_a_chain_that_runs_on_is_not_one_person():
    people = [person()] * (MOST_OF_ONE_PERSON + 10)
    found = joined(
        [(at, at + 1, 30.0) for at in range(len(people) - 1)], lambda one, other: compare(person(), person())
    )
    assert max(map(len, found)) == MOST_OF_ONE_PERSON
