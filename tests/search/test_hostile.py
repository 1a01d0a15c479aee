"""Whatever is typed, nothing breaks; and whatever is on record is found by the same text."""

import json
import unicodedata
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from search.find import Question, find
from search.index import Entry, put
from tests.conftest import SHARED_DATA
from tests.search.known import found, known

pytestmark = pytest.mark.django_db
LIST = SHARED_DATA / "blns.json"
NAUGHTY = json.loads(LIST.read_text()) if LIST.exists() else []
SOMEBODY = UUID(int=1)
NOT_SEEN = {"C", "Z", "M"}  # controls, spaces, marks without a letter to stand on


def visible(text):
    return any(unicodedata.category(each)[0] not in NOT_SEEN for each in text)


@pytest.mark.skipif(not NAUGHTY, reason="the list of naughty strings is not on this machine")
def test_the_list_of_naughty_strings_is_whole():
    assert len(NAUGHTY) == 515


@pytest.mark.skipif(not NAUGHTY, reason="the list of naughty strings is not on this machine")
@pytest.mark.parametrize("beside", ["", "Anna"])
def test_every_naughty_string_as_a_name_is_found_by_itself(beside):
    keys = {text: uuid4() for text in NAUGHTY}
    put([Entry(key, "cases.person", [(beside, text)]) for text, key in keys.items()])
    answers = {text: found(f"{beside} {text}") for text in keys}
    assert [text for text, key in keys.items() if visible(text) and key not in answers[text]] == []


@pytest.mark.parametrize(
    "symbols", ["!!!", "🦊", "🦊🦊 🐻", "???", "¯\\_(:)_/¯", "♥", "{}", '"', "%", "\\", "'", "--", "_"]
)
def test_a_name_of_symbols_is_found_by_exactly_that(symbols):
    key = known("", symbols)
    known("", "???!")
    assert found(symbols)[0] == key


@pytest.mark.parametrize("text", ["Pop\0py Sallowfold", "\0", "\0\0Poppy", "Poppy\ud800 Sallowfold", "\udfff"])
def test_what_the_database_cannot_hold_is_left_out(text):
    key = known("Poppy\0", "Sallow\0fold\ud83d", phones=["07700\0 900461"], references=["\0"], homes=[("\0", "\0")])
    hits = find(Question(text))
    assert [hit.key for hit in hits] == ([key] if "Pop" in text else [])


@pytest.mark.parametrize(
    "text",
    [
        "a " * 5_000,
        "a" * 100_000,
        "anna " * 1_000,
        "1 " * 5_000,
        "1/" * 5_000,
        "0" * 10_000,
        "+44" * 3_000,
        "(" * 10_000,
        "12 a " * 2_000,
        "-" * 10_000,
        "\u0301" * 10_000,
        "\u202e" * 1_000,
        " ".join("abcdefghij"),
        " ".join(f"an{at}" for at in range(100)),
        "an be ca da el fa ga ha",
    ],
)
def test_no_text_is_too_long_or_too_odd(text):
    key = known("Anna", "Sallowfold")
    put([Entry(uuid4(), "cases.person", [(text, text)], homes=[(text, text)], phones=[text], references=[text])])
    find(Question(text))
    assert found("Anna Sallowfold")[0] == key


def test_a_name_of_more_words_than_are_asked_for_is_found_by_the_first_of_them():
    many = " ".join(f"name{'abcdefghijklmnopqrst'[at]}" for at in range(20))
    key = known(many, "")
    assert found(many) == [key]
    assert found("namea nameb") == [key]


@given(text=st.text(min_size=1, max_size=40), family=st.text(max_size=40))
@settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_text_as_a_name_is_found_by_the_same_text(text, family):
    put([Entry(SOMEBODY, "cases.person", [(text, family)])])
    assert found(f"{text} {family}") == [SOMEBODY] or not visible(text + family)
