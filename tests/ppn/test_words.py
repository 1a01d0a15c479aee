"""Words that lay the blame on a child: a hint while one writes, own words left alone, and nothing is ever held up."""

import pytest
from django.urls import reverse

from ppn.language import hints
from ppn.models import Ppn
from tests.ppn.scenes import child, fresh, written
from tests.stories import as_seen_by

BLAMING = [
    "She puts herself at risk",
    "poor relationship choices",
    "a lifestyle choice",
    "She is promiscuous",
    "They are sexually active",
    "a child prostitute",
    "child porn",
    "He is a money mule",
    "known troublemakers",
    "associating with older men",
    "He refuses to engage",
    "She did not attend",
    "attention-seeking",
    "a juvenile",
    "two minors",
    "a group of youths",
    "was exposed to domestic abuse",
    "witnessed domestic violence",
    "a schedule one offender",
    "the at-risk register",
    "the alleged victim",
    "He absconded",
]


@pytest.mark.parametrize("text", BLAMING)
def test_each_has_other_words_in_its_place(text):
    (hint,) = hints(text)
    assert hint.written.lower() in text.lower()
    assert hint.instead
    assert hints(hint.instead) == []


@pytest.mark.parametrize("text", BLAMING)
@pytest.mark.parametrize("quoted", ["“{}”", '"{}"', "‘{}’"])
def test_what_stands_in_quotation_marks_is_somebodys_own_words(text, quoted):
    assert hints(f"He said {quoted.format(text)} and left.") == []


def test_only_what_is_quoted_is_left_alone():
    assert [each.written for each in hints("“She is promiscuous”, he said. She puts herself at risk.")] == [
        "puts herself at risk"
    ]


@pytest.mark.parametrize(
    "text",
    ["", "Her father was drunk.", "It's Anna's ‘house’ and isn't Ben's.", "youthful", "minority", "Children's minors'"],
)
def test_ordinary_words_are_no_hint_and_nothing_breaks(text):
    assert len(hints(text)) == (1 if "minors" in text else 0)


def test_the_same_words_are_hinted_at_once_in_the_order_of_writing():
    found = hints("A juvenile absconded.", "The Juvenile absconded again.")
    assert [each.written for each in found] == ["juvenile", "absconded"]


@pytest.mark.django_db
def test_a_notice_full_of_them_is_submitted_as_it_was_written(clock, olly):
    text = ". ".join(BLAMING)
    ppn = written(olly, child(), narrative=text)
    assert (fresh(ppn).narrative, ppn.state) == (text, "submitted")


@pytest.mark.django_db
def test_the_page_hints_and_blocks_nothing(client, clock, olly, cora):
    ppn = written(olly, child(), narrative="She puts herself at risk. “I am promiscuous”, she said.")
    client.force_login(cora)
    page = client.get(ppn.get_absolute_url()).content.decode()
    assert "say who put the child at risk" in page
    assert isinstance(as_seen_by(cora, ppn), Ppn)
    client.force_login(olly)
    said = client.post(reverse("ppn-words"), {"narrative": "A juvenile, “a minor”", "key": "promiscuous"})
    assert said.status_code == 200
    text = said.content.decode()
    assert "juvenile" in text
    assert "minor" not in text
    assert "promiscuous" not in text
