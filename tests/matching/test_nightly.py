"""Everybody on record against everybody."""

import sys
from datetime import date

import pytest

from matching.candidates import InMemory, candidates
from matching.labelled import read
from matching.nightly import LinkageNotInstalled, pairs
from matching.register import Register
from matching.score import LIKELY, POSSIBLE, compare
from tests.matching.people import SPLINK, at_home, person, splink_as_labelled

PEOPLE = {
    "first": at_home(),
    "again": person("Sallowfold", "Popy"),
    "twin": at_home("Daisy"),
    "brother": at_home("Gawain", born=date(2011, 9, 2)),
    "stranger": person("Una", "Thrupp", date(1984, 6, 5)),
    "nobody": person("", "", None),
}


def found(people, **asked):
    return {frozenset((each.one, each.other)): each.comparison for each in pairs(people.items(), **asked)}


def test_those_who_are_likely_one_person_are_found_once_with_the_comparison_that_is_made_on_entry():
    assert found(PEOPLE) == {frozenset(("first", "again")): compare(PEOPLE["first"], PEOPLE["again"])}


def test_the_possible_are_found_where_they_are_asked_for():
    assert frozenset(("first", "twin")) in found(PEOPLE, grades=[POSSIBLE])


@pytest.mark.parametrize("number", [0, 1])
def test_nobody_and_one_person_make_no_pair(number):
    assert found(dict(list(PEOPLE.items())[:number])) == {}


def test_nothing_is_printed(capfd):
    found(PEOPLE)
    assert capfd.readouterr() == ("", "")


def test_without_splink_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(LinkageNotInstalled, match="make linkage"):
        found(PEOPLE)


@pytest.mark.skipif(not SPLINK.exists(), reason="the public file of invented people is not here")
def test_the_night_finds_nearly_all_that_would_be_found_on_entry_and_agrees_on_each(tmp_path):
    people = dict(enumerate(read(splink_as_labelled(tmp_path / "labelled.csv", with_email=True)).described))
    among, index = Register.of(people.values()), InMemory(people.items())
    on_entry = {
        frozenset((who, each.who)): each.comparison
        for who, described in people.items()
        for each in candidates(described, index, but_not=[who], among=among)
        if each.comparison.grade == LIKELY
    }
    at_night = found(people, among=among)
    assert len(on_entry.keys() - at_night.keys()) <= 0.01 * len(on_entry)
    assert {pair: on_entry[pair] for pair in on_entry.keys() & at_night.keys()} == {
        pair: at_night[pair] for pair in on_entry.keys() & at_night.keys()
    }
