"""Who on record may be this person."""

from datetime import date

import pytest

from matching.candidates import LARGEST_BLOCK, MOST_SHOWN, InMemory, candidates
from matching.keys import keys
from matching.score import LIKELY, POSSIBLE
from tests.matching.people import NICKNAMES, at_home, person


def shown(described, people, **asked):
    return [each.who for each in candidates(described, InMemory(people), **asked)]


def test_the_best_come_first_and_those_that_are_not_even_possible_do_not_come():
    people = {
        "brother": at_home("Gawain", born=date(2011, 9, 2)),
        "moved": person(born=date(2014, 3, 28)),
        "herself": at_home(),
        "stranger": person("Gawain", "Thrupp", date(1984, 6, 5)),
    }
    found = candidates(at_home(), InMemory(people.items()))
    assert [each.who for each in found] == ["herself", "moved"]
    assert found[0].comparison.grade == LIKELY


def test_twins_are_shown_for_a_person_to_look():
    found = candidates(at_home("Daisy"), InMemory([("Poppy", at_home())]))
    assert [each.comparison.grade for each in found] == [POSSIBLE]


def test_somebody_is_not_a_candidate_for_themselves():
    assert shown(person(), [("herself", person())], but_not=["herself"]) == []


def test_a_list_is_never_longer_than_one_can_read():
    people = [(number, person()) for number in range(MOST_SHOWN + 5)]
    assert len(shown(person(), people)) == MOST_SHOWN
    assert len(shown(person(), people, at_most=3)) == 3


def test_the_order_in_which_people_were_recorded_does_not_matter():
    people = [("sound", person("Popy")), ("herself", person()), ("year", person(born=date(2013, 3, 27)))]
    assert shown(person(), people) == shown(person(), people[::-1]) == ["herself", "sound", "year"]


def test_a_key_that_very_many_have_finds_nobody_and_another_still_does():
    crowd = [(number, person("", "", date(2014, 3, 27))) for number in range(LARGEST_BLOCK)]
    index = InMemory([*crowd, ("herself", at_home())])
    assert list(index.lookup(keys(at_home()))) == ["herself"]


@pytest.mark.skipif(not NICKNAMES.exists(), reason="the public list of nicknames is not here")
def test_everybody_is_found_by_every_short_form_of_their_name():
    lines = [line.split(",") for line in NICKNAMES.read_text().splitlines()[1:]]
    born = [date.fromordinal(700_000 + number) for number in range(len(lines))]
    known = [person(name, "Sallowfold", day) for (name, _, _), day in zip(lines, born, strict=True)]
    index = InMemory(enumerate(known))
    for number, (_, _, nickname) in enumerate(lines):
        found = candidates(person(nickname, "Sallowfold", born[number]), index)
        assert number in [each.who for each in found], lines[number]
