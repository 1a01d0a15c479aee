"""What a pack leaves out: no name of a child or of anybody else stands anywhere in a file that goes out without names,
in its tables, its papers or its list of contents. The same pack in full holds them, so that the search is not blind."""

import re

import pytest

from briefing.workflow import agenda
from demo.people import CAST
from insight.evidence_redaction import RULES, Redactor, labels, without_capitals, without_what_leads_on
from insight.evidence_tables import Column, Holds, Table
from ppn.workflow import SubjectFacts
from strategy.workflow import About, Child
from tests.briefing import scenes as daily
from tests.insight.evidence_scenes import TEST, as_it_is, asked, case_added, parts, store, together  # noqa: F401
from tests.insight.pdf_words import words_of
from tests.missing.scenes import reported
from tests.stories import called_in, hours, submitted
from tests.strategy.meetings import agreed, given, held, minuted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
NAMES = ["Poppy", "Kerry", "Kezia", "Dana", "Rufus"]
LEADS_ON = ["07700 900461", "14 Mulberry Street", "VA1 2XY"]
POPPY = SubjectFacts(
    part="child",
    name="Poppy Example",
    seen="yes",
    spoken_to="yes",
    demeanour="Quiet",
    home="Cold",
    own_words="“Kerry shouts at Rufus.”",
    address="14 Mulberry Street",
)
SUBJECTS = [POPPY, SubjectFacts("parent", "Kerry Example", address="14 Mulberry Street", postcode="VA1 2XY")]


@pytest.fixture
def named_everywhere(clock, cast):
    """A child whose name stands in a call, a notice, a missing report, a strategy meeting and a daily meeting."""
    call = called_in(
        cast["callie"],
        caller="Kerry Example",
        caller_number="07700 900461",
        what_happened="Kerry says Poppy Example has gone to Rufus Example at 14 Mulberry Street, VA1 2XY",
        children="Poppy Example",
    )
    notice = submitted(cast["olly"], SUBJECTS, narrative="POPPY hid. Poppy's aunt Dana rang on 07700 900461.")
    episode = reported(cast["callie"])
    about = About("ppn.ppn", notice.pk, notice.reference, notice.case)
    meeting = held(agreed(cast["sam"], children=[Child("Poppy Example")], about=about), cast["sam"])
    given(meeting, cast["sam"], due_at=clock.at + hours(4), what="See Poppy at school")
    minuted(meeting, cast["sam"], "Poppy Example stays with Dana.")
    today = daily.opened(clock, cast["dmitri"])
    item = daily.item_of(today, episode)
    agenda.decide_item(item, by=cast["dmitri"], outcome="nothing_more", decision="Kezia is with Dana")
    clock.shift(hours(1))
    return [call, notice, episode, meeting]


def pack_of(records, by, **said):
    pack = asked(by, purpose="To see how Poppy Example was helped, and when", **said)
    for record in records:
        case_added(pack, by, record, because="Kerry Example asked about it")
    return together(pack, by)


def text_of(parts):
    """Everything that can be read in it: file by file."""
    return {name: words_of(held) if name.endswith(".pdf") else held.decode() for name, held in parts.items()}


def found_in(texts, names):
    return [
        (name, file)
        for file, text in texts.items()
        for name in names
        if re.search(re.escape(name), text, re.IGNORECASE)
    ]


@pytest.mark.parametrize("profile", ["names", "cleaned"])
def test_nobody_is_named_in_any_file_but_whoever_printed_it_and_whoever_asked(named_everywhere, greta, profile):
    texts = text_of(parts(pack_of(named_everywhere, greta, profile=profile)))
    assert found_in(texts, NAMES + LEADS_ON) == []
    assert texts[f"cases/{named_everywhere[1].reference}.csv"].count("\n") > 5
    tables = {name: text for name, text in texts.items() if name.endswith(".csv")}
    assert found_in(tables, [f"{each.first_name} {each.last_name}" for each in CAST]) == []
    assert "Response officer 1" in "".join(tables.values())
    assert "Greta Governance-Lead" in texts["pack.pdf"]


def test_with_nothing_left_out_each_of_them_is_found_so_the_search_is_not_blind(named_everywhere, greta):
    texts = text_of(parts(pack_of(named_everywhere, greta, profile="full")))
    tables = {name: text for name, text in texts.items() if name.endswith(".csv")}
    papers = {name: text for name, text in texts.items() if name.endswith(".pdf")}
    for searched in (tables, papers):
        assert {name for name, _ in found_in(searched, NAMES)} == set(NAMES)
    assert "Poppy" in texts["manifest.json"]


def test_figures_alone_hold_no_case_and_no_list(named_everywhere, greta):
    pack = together(asked(greta, profile="figures"), greta)
    texts = text_of(parts(pack))
    assert found_in(texts, NAMES + LEADS_ON + [each.reference for each in named_everywhere]) == []
    assert not any(name.startswith("cases/PPN") for name in texts)
    assert "sections/queues.csv" in texts


def test_one_person_has_one_name_in_the_whole_pack():
    assert labels([("Poppy", "person"), ("Kerry", "adult"), ("Poppy", "child"), ("Rufus", "child")]) == {
        "Poppy": "child 1",
        "Kerry": "adult 1",
        "Rufus": "child 2",
    }


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("He rang 07700 900461 twice", "He rang [number] twice"),
        ("Seen at 14 Mulberry Street", "Seen at [address]"),
        ("Born 3 May 2018", "Born [day]"),
        ("See PPN-000123", "See PPN-000123"),
    ],
)
def test_what_leads_to_somebody_is_replaced_and_the_number_of_a_record_stays(db, said, stays):
    assert without_what_leads_on(said) == stays


def test_a_name_in_a_column_that_should_hold_none_does_not_leave_either():
    redactor = Redactor(RULES["names"], {"Poppy Example": "child 1"}, {})
    table = Table(
        "a", "A", [Column("Code"), Column("Words", Holds.WORDS)], [["POPPY, and Poppy Example", "Three words here"]]
    )
    assert redactor.table(table).rows == [["[name], and child 1", "[3 words left out]"]]
    assert redactor.left_out == {"texts": 1}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("We drove with Rufus to Hillside, a Monday", "We drove with [name] to [name], a Monday"),
        ("See PPN-000123 and [name]", "See PPN-000123 and [name]"),
        ("Rufus hid. Then he ran", "Rufus hid. Then he ran"),
    ],
    ids=["inside a sentence", "the number of a record", "at its beginning, which a second person has to find"],
)
def test_a_capital_inside_a_sentence_is_taken_for_a_name(said, left):
    assert without_capitals(said) == left
