"""Papers: marked, numbered and with the name of whoever prints them on every page; tagged; whole whatever was typed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from access.actor import acting
from documents import pdf
from documents.opening import answer
from documents.papers import (
    ActionOnPaper,
    AttendeeOnPaper,
    ChildOnPaper,
    DecisionOnPaper,
    LineOnPaper,
    MinutesPaper,
    PersonOnPaper,
    PpnPaper,
    SharedOnPaper,
    minutes_as_pdf,
    ppn_as_pdf,
)
from tests.stories import away

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
CHILD = ChildOnPaper("Anya Example", "“I hid under the stairs.”", "Quiet", "Cold", facts=[("Date of birth", "")])
NOTICE = PpnPaper(
    reference="PPN-000123",
    types=["Child at risk", "Domestic abuse"],
    grade="Amber / medium",
    submitted_at=AT,
    submitted_by="Olly Officer",
    children=[CHILD],
    people=[PersonOnPaper("Kerry Example", "Parent or carer", [("Address", "12 Example Street")])],
    narrative="Called to a domestic.\n\nA girl of seven was under the stairs.",
    sharing=[SharedOnPaper("Vale children's social care", "The whole notice", AT, "Assessment begun")],
    timeline=[LineOnPaper(AT, "Submitted", "Olly Officer")],
)
MINUTES = MinutesPaper(
    reference="SM-000007",
    held_at=AT,
    how="By phone",
    chair="A team manager",
    children=["Anya Example"],
    attendees=[
        AttendeeOnPaper("Sam Sergeant", "Police", "MASH sergeant"),
        AttendeeOnPaper("A GP", "Health", "", False),
    ],
    decisions=[DecisionOnPaper("Section 47, joint.", "An injury that nobody explains")],
    actions=[ActionOnPaper("See Anya at school", "Social worker", "Today 15:00")],
    notes="Discussed at length.",
)
PAPERS = [("documents/pdf/ppn.html", NOTICE), ("documents/pdf/minutes.html", MINUTES)]


def pages(template: str, paper: Any, by: Any) -> list[str]:
    """The words on each page, in the order in which they are drawn."""
    about = {"marking": pdf.CHILD_PROTECTION, "for_whom": by, "reference": paper.reference, "at": AT}
    document = pdf.laid_out(template, {"paper": paper}, **about)
    return [" ".join(_words(page._page_box)) for page in document.pages]


def _words(box: Any) -> Any:
    if getattr(box, "text", None):
        yield box.text
    for child in getattr(box, "children", []):
        yield from _words(child)


@pytest.mark.parametrize(("template", "paper"), PAPERS, ids=["notice", "minutes"])
def test_every_page_says_how_it_is_marked_for_whom_it_was_printed_and_when(cora, template, paper):
    found = pages(template, replace_long(paper), cora)
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert "OFFICIAL-SENSITIVE" in page
        assert "Child protection: do not copy" in page
        assert f"{paper.reference}. Printed for" in page
        assert "Cora Co-ordinator, Vale MASH" in page
        assert page.count("Sun 29 March 2026, 00:30") >= 2  # in the foot, and across the page
        assert page.count("Cora Co-ordinator") >= 2
        assert f"Page {number} of {len(found)}" in " ".join(page.split())


def replace_long(paper: Any) -> Any:
    from dataclasses import replace

    long = "A sentence that somebody typed at four in the morning. " * 300
    return replace(paper, narrative=long) if isinstance(paper, PpnPaper) else replace(paper, notes=long)


def test_a_notice_says_a_childs_own_words_before_what_others_made_of_them(cora):
    text = " ".join(pages(*PAPERS[0], cora))
    order = ["PPN-000123", "Child at risk, Domestic abuse", "I hid under the stairs", "Called to a domestic", "Kerry"]
    places = [text.index(each) for each in [*order, "Not assessed yet", "social care", "Not decided yet", "Timeline"]]
    assert places == sorted(places)
    assert "Date of birth Not known" in " ".join(text.split())


def test_minutes_say_who_was_there_what_was_decided_and_who_does_what(cora):
    text = " ".join(" ".join(pages(*PAPERS[1], cora)).split())
    for said in ("Sam Sergeant Police MASH sergeant Yes", "A GP Health No", "Section 47, joint.", "Today 15:00"):
        assert said in text


def test_an_empty_paper_says_so_and_leaves_nothing_blank(cora):
    notice = PpnPaper("PPN-1", [], "", AT, "Olly Officer")
    text = " ".join(pages("documents/pdf/ppn.html", notice, cora))
    for said in ("No child is named", "Not recorded.", "Not graded", "Shared with nobody yet", "Not decided yet"):
        assert said in text
    text = " ".join(pages("documents/pdf/minutes.html", MinutesPaper("SM-1", None), cora))
    assert text.count("None recorded.") == 3
    assert "Nobody is recorded." in text


NAMES = [
    "שרה לדוגמה",
    "سارة مثال",
    "Zoë Ångström-Łuczak",
    "李 小明",
    "👩‍👧 Anya",
    "a\u202etxt",
    "W" * 400,
    "<b>&amp;</b>",
]


def test_fifty_people_long_texts_names_in_any_script_and_emoji_do_not_break_it(cora):
    people = [PersonOnPaper(NAMES[number % len(NAMES)], "Other", [("Address", "x" * 200)]) for number in range(50)]
    children = [ChildOnPaper(name, own_words=f"“{name} 🧸 {'בית ' * 50}”") for name in NAMES]
    notice = PpnPaper(
        "PPN-1", ["Missing"], "Red", AT, NAMES[0], children=children, people=people, narrative="😀" * 3000
    )
    found = pages("documents/pdf/ppn.html", notice, cora)
    assert len(found) > 5
    text = " ".join(found)
    assert "שרה" in text
    assert "<b>&amp;</b>" in text  # as it was typed, and never as a part of the page


def test_the_pdf_is_tagged_titled_and_in_english(cora):
    from documents.pdf import VARIANT

    about = {"marking": pdf.CHILD_PROTECTION, "for_whom": cora, "reference": "PPN-000123", "at": AT}
    document = pdf.laid_out("documents/pdf/ppn.html", {"paper": NOTICE}, **about)
    written = document.write_pdf(pdf_variant=VARIANT, uncompressed_pdf=True)
    assert written.startswith(b"%PDF-")
    for mark in (b"/Marked true", b"/Lang (en-GB)", b"pdfuaid:part", b"Public protection notice PPN-000123", b"/H2"):
        assert mark in written
    assert b"/URI" not in written


@pytest.mark.parametrize(
    ("make", "paper"), [(ppn_as_pdf, NOTICE), (minutes_as_pdf, MINUTES)], ids=["notice", "minutes"]
)
def test_apps_above_only_fill_a_paper(cora, make, paper):
    with acting(cora):
        assert make(paper, for_whom=cora, at=AT).startswith(b"%PDF-")


def test_nothing_typed_makes_the_server_fetch_anything(cora):
    for where in ("http://127.0.0.1:1/", "file:///etc/passwd", "data:text/plain,x", "paper.css"):
        with pytest.raises(ValueError, match=r"disallowed protocol|Not an absolute"):
            pdf.fetches_nothing().fetch(where)
    typed = '<img src="file:///etc/passwd"><style>@import url(http://127.0.0.1:1/)</style>'
    notice = PpnPaper("PPN-1", [typed], typed, AT, typed, narrative=typed)
    assert typed in " ".join(pages("documents/pdf/ppn.html", notice, cora))


def test_it_names_the_team_of_whoever_prints_it_and_not_of_those_they_cover_for(cora, olly):
    away(olly, days=1, cover=cora)
    with acting(cora):
        assert pdf.printed_for(cora) == "Cora Co-ordinator, Vale MASH"


def test_it_is_answered_as_a_file_in_which_nothing_runs():
    response = answer(b"%PDF-", media_type="application/pdf", filename="PPN-1.pdf", inline=True)
    assert response["Content-Disposition"] == 'inline; filename="PPN-1.pdf"'
    assert "sandbox" in response["Content-Security-Policy"]
