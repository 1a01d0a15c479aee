"""What may be dealt with by phone: each question with each answer, against a table that is written another way."""

from dataclasses import fields
from itertools import product

import pytest

from triage.models import Destination
from triage.suitability import QUESTIONS, Suitability, not_by_phone, second_look

ANSWERS = ("yes", "no", "not_known")
EVERY = [Suitability(*answers) for answers in product(ANSWERS, repeat=len(fields(Suitability)))]
NOTHING = dict.fromkeys(QUESTIONS, "no") | {"safe_to_talk": "yes"}


def said(**answers):
    return Suitability(**{**NOTHING, **answers})


def may_be_by_phone(answers, note):
    """The oracle: what has to be known for the phone to be right, one thing after another."""
    nobody_to_see = answers.child_to_be_seen == "no"
    free_to_talk = answers.safe_to_talk == "yes"
    nothing_lost = answers.evidence_lost in ("no", "not_known")
    safe_at_home = answers.suspect_at_home == "no" or answers.child_concerned == "no"
    images_settled = note or answers.images_shared == "no"
    return nobody_to_see and free_to_talk and nothing_lost and safe_at_home and images_settled


@pytest.mark.parametrize("note", [True, False])
def test_of_all_answers_there_can_be_the_phone_is_open_to_those_of_the_table(note):
    wrong = [each for each in EVERY if may_be_by_phone(each, note) == bool(not_by_phone(each, specialist_note=note))]
    assert wrong == []


def test_every_question_is_one_of_the_answers_that_are_kept():
    assert list(QUESTIONS) == [field.name for field in fields(Suitability)]


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        ({"child_to_be_seen": "yes"}, "a child has to be seen"),
        ({"child_to_be_seen": "not_known"}, "a child has to be seen"),
        ({"safe_to_talk": "no"}, "talk safely by phone"),
        ({"safe_to_talk": "not_known"}, "talk safely by phone"),
        ({"evidence_lost": "yes"}, "evidence would be lost"),
        ({"suspect_at_home": "yes", "child_concerned": "yes"}, "the suspect is, or may be, in the household"),
        ({"suspect_at_home": "not_known", "child_concerned": "not_known"}, "the suspect is, or may be"),
        ({"images_shared": "yes"}, "the specialist sergeant has not said how"),
        ({"images_shared": "not_known"}, "the specialist sergeant has not said how"),
    ],
)
def test_what_rules_the_phone_out_is_said(answers, because):
    (reason,) = not_by_phone(said(**answers), specialist_note=False)
    assert because in reason


def test_with_nothing_against_it_the_phone_is_right():
    assert not_by_phone(said(), specialist_note=False) == []


@pytest.mark.parametrize("images", ANSWERS)
def test_the_note_of_the_specialist_settles_the_images_and_nothing_else(images):
    assert not_by_phone(said(images_shared=images), specialist_note=True) == []
    assert len(not_by_phone(said(images_shared=images, evidence_lost="yes"), specialist_note=True)) == 1


@pytest.mark.parametrize("destination", Destination.values)
def test_a_second_person_looks_before_a_child_goes_to_the_phone_or_a_neighbourhood_team(destination):
    looked_at = {
        (answers, child): bool(second_look(answers, destination, counts_as_child=child))
        for answers in EVERY
        for child in (True, False)
    }
    quiet = {
        (answers, child)
        for answers, child in looked_at
        if not child and (answers.child_concerned, answers.abuse_or_images, answers.suspect_at_home) == ("no",) * 3
    }
    if destination in ("resolution", "neighbourhood"):
        assert {each for each, looks in looked_at.items() if not looks} == quiet
    else:
        assert not any(looked_at.values())


def test_a_child_on_the_record_counts_whatever_is_answered_now():
    assert second_look(said(), "resolution", counts_as_child=True) == ["a child is, or may be, involved"]
