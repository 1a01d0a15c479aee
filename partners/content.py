"""What goes to an agency: of everything that is known the parts it needs, without what was marked to stay here.

A record's app hands in a `Sheet`. `prepare` makes of it exactly what is sent; the preview and the sending both call it,
so that nobody can be shown one thing and send another.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from access.actor import System, acting
from cases.models import ProtectedAddress
from cases.places import names_a_place
from documents.models import Attachment
from partners.enclosed import as_sent
from partners.models import Agency, FieldClass

REMOVED = "[removed]"
NOT_ONLINE = "Do not show in online access"
"""Patients read their own record, and so may whoever harms them."""
FIRST = [
    "marker", "correction", "taken_back", "please", "reference", "about", "withheld", "child", "born_on", "when",
    "where", "child_present", "what_happened", "voice_of_the_child", "spoken_to", "what_it_means", "agreed_here",
]  # fmt: skip
"""What is read first. A stored text has no order of its own but that of its sections."""
WORDS = {"withheld": "Parts of the record that were not sent"}
"""What is called otherwise on the page and in the mail than in what is kept."""
READS = System("what may not be sent")
APART = {"sections", "documents"}
"""What has headings of its own."""
DOCUMENTS = "Documents that go with it"

Content = dict[str, Any]
Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """One part of what is known: its class, a heading, and lines of a label and a text. A label may be empty."""

    field_class: str
    heading: str
    lines: Lines


@dataclass(frozen=True)
class Sheet:
    """Everything of a record that might go to anybody, in the order in which it is read."""

    reference: str
    about: str
    sections: tuple[Section, ...]

    def classes(self) -> list[FieldClass]:
        """The classes that have something in them, in the order of the sheet."""
        return [FieldClass(each) for each in dict.fromkeys(section.field_class for section in self.sections)]


@dataclass(frozen=True)
class Passage:
    """From one character to before another, in one line of one section of the sheet. All count from 0."""

    section: int
    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Redactions:
    """What the co-ordinator has marked to stay here: words wherever they stand, and passages."""

    phrases: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


NOTHING_REMOVED = Redactions()


@dataclass(frozen=True)
class Parcel:
    """What somebody has put together for an agency: these classes of the sheet (None = those its rules give it),
    without what was marked, and these documents. `seen`: digest of what they were shown."""

    sheet: Sheet
    classes: frozenset[str] | None = None
    redactions: Redactions = NOTHING_REMOVED
    seen: str = ""
    documents: tuple[Attachment, ...] = ()


def prepare(parcel: Parcel, agency: Agency, classes: Collection[str] = ()) -> Content:
    """Exactly what this agency is sent. `classes`: what goes where the parcel leaves it open.

    `withheld` in it counts the parts of the sheet that stay here: each section that has something in it and does not
    go, and in what goes each line from which something is removed. It says how many, and nothing else of them.
    """
    sheet, going = parcel.sheet, classes if parcel.classes is None else parcel.classes
    sections, withheld = [], 0
    for section, lines in _redacted(sheet, parcel.redactions):
        if section.field_class in going:
            said = [{"label": label, "text": text} for label, text in lines]
            sections.append({"class": section.field_class, "heading": section.heading, "lines": said})
            withheld += sum(line != before for line, before in zip(lines, section.lines, strict=True))
        else:
            withheld += any(text.strip() for line in section.lines for text in line)
    content: Content = {"reference": sheet.reference, "about": sheet.about, "withheld": withheld, "sections": sections}
    if parcel.documents:
        content["documents"] = as_sent(parcel.documents)
    if agency.is_health:
        content["marker"] = NOT_ONLINE
    return content


def _redacted(sheet: Sheet, redactions: Redactions) -> Iterator[tuple[Section, Lines]]:
    """Passages first, while the text still stands where the co-ordinator read it."""
    for at, section in enumerate(sheet.sections):
        lines = []
        for which, (label, text) in enumerate(section.lines):
            passages = [each for each in redactions.passages if (each.section, each.line) == (at, which)]
            lines.append((label, without_phrases(without_passages(text, passages), redactions.phrases)))
        yield section, tuple(lines)


def without_passages(text: str, passages: Iterable[Passage]) -> str:
    """The text with these passages replaced; those that overlap are one."""
    marked = [False] * len(text)
    for each in passages:
        for at in range(max(each.start, 0), min(each.end, len(text))):
            marked[at] = True
    kept, inside = [], False
    for letter, is_out in zip(text, marked, strict=True):
        if not is_out:
            kept.append(letter)
        elif not inside:
            kept.append(REMOVED)
        inside = is_out
    return "".join(kept)


def without_phrases(text: str, phrases: Iterable[str]) -> str:
    """The text without these words, in capitals or not and however they are spaced; the longest first."""
    spaced = [phrase.split() for phrase in sorted(phrases, key=len, reverse=True)]
    patterns = [r"\s+".join(re.escape(word) for word in words) for words in spaced if words]
    if not patterns:
        return text
    # What has been removed already is passed over: "removed" may itself be one of the words.
    return re.sub("|".join([re.escape(REMOVED), *patterns]), REMOVED, text, flags=re.IGNORECASE)


def phrases_not_found(parcel: Parcel) -> list[str]:
    """What was to be removed and stands nowhere: most likely mistyped, so what was meant would go."""
    texts = [text for section in parcel.sheet.sections for _, text in section.lines]
    return [
        phrase
        for phrase in parcel.redactions.phrases
        if phrase.split() and all(without_phrases(text, [phrase]) == text for text in texts)
    ]


def what_may_not_go(content: Content) -> list[str]:
    """Where the text says where somebody lives whom nobody may find, each as a sentence for whoever has to mark it."""
    with acting(READS):
        places = list(ProtectedAddress.objects.filter(ended_at=None).figures().values_list("address", flat=True))
    return [
        f"“{heading}” says where somebody lives whom nobody may find. Mark it to be removed, or leave that part out."
        for heading, lines in in_words(content)
        if _places_somebody(lines, places)
    ]


def _places_somebody(lines: Sequence[tuple[str, str]], places: Collection[str]) -> bool:
    whole = ", ".join(text for _, text in lines)
    return any(names_a_place(whole, place) for place in places)


def digest(content: Content) -> str:
    """Equal for equal content: how the sending knows that what goes is what was read."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def in_words(content: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Headings with their lines, of whatever was sent: for the page and for the mail."""
    if not isinstance(content, dict):
        return [("", [("", str(content))])]
    named = sorted(content.items(), key=lambda each: FIRST.index(each[0]) if each[0] in FIRST else len(FIRST))
    plain = [(_words(name), said) for name, value in named if name not in APART for said in _flat(value)]
    sections = [
        (each["heading"], [(line["label"], line["text"]) for line in each["lines"]])
        for each in content.get("sections", [])
    ]
    documents = [(each["name"], each["what"]) for each in content.get("documents", [])]
    return [("", plain), *sections, *([(DOCUMENTS, documents)] if documents else [])]


def _flat(value: Any) -> list[str]:
    if isinstance(value, dict):
        return ["; ".join(f"{_words(name)}: {said}" for name, each in value.items() for said in _flat(each))]
    if isinstance(value, list):
        return [said for each in value for said in _flat(each)]
    return [str(value)]


def _words(name: str) -> str:
    return WORDS.get(name) or name.replace("_", " ").capitalize()
