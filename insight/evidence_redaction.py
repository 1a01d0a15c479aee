"""What a pack leaves out, by its profile. Columns say what they hold; what is left is then searched for every name that
was met on the way, so that a name in the wrong place does not leave either."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from insight.codes import Profile
from insight.evidence_chronology import Posts
from insight.evidence_tables import NOT_KNOWN, Holds, Table, as_text
from quality.anonymity import NOT_NAMES, PATTERNS, SHORTEST, STREET, WORD, leads_to_somebody

SOMEBODY, PLACE, CONTACT, DAY = "[name]", "[address]", "[number]", "[day]"
NUMBER_OF_A_RECORD = "the number of a record"
INSIDE = re.compile(r"(?<=[^\W\d_.?!“\"] |[,;:] )(?<!\[)[A-Z][^\W\d_A-Z][\w’'-]*")
KEPT = NOT_NAMES | {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
QUOTED = re.compile(r"“([^”]+)” \((somebody[^)]*)\)")


@dataclass(frozen=True)
class Rules:
    """What a profile does: the words are for the pack itself, so that whoever reads it knows what is not in it."""

    said: str
    replaces_names: bool = False
    keeps_words: bool = True
    holds_cases: bool = True


RULES: dict[str, Rules] = {
    Profile.FULL: Rules("Nothing is left out: names, addresses and words are as the records say them."),
    Profile.CLEANED: Rules(
        "Members of the public stand as “child 1”, “adult 1” or “person 1”, staff as their post; addresses, telephone "
        "numbers, postcodes and full dates in words are replaced. What people wrote is kept with names replaced, and "
        "a second person has read it.",
        replaces_names=True,
    ),
    Profile.NAMES: Rules(
        "Members of the public stand as “child 1”, “adult 1” or “person 1”, staff as their post; addresses and "
        "telephone numbers are left out. What people wrote is left out: how many words it had stands in its place.",
        replaces_names=True,
        keeps_words=False,
    ),
    Profile.FIGURES: Rules(
        "Figures only: no case, and no list of records. Lists of a single record’s words are left out.",
        replaces_names=True,
        keeps_words=False,
        holds_cases=False,
    ),
}


@dataclass
class Redactor:
    """Takes out what a profile leaves out. `people`: every name met -> what stands for it; `staff`: name -> post."""

    rules: Rules
    people: Mapping[str, str]
    staff: Mapping[str, str]
    left_out: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        everybody = dict.fromkeys(self.people, SOMEBODY) | dict(self.people)
        known = {**self.staff, **everybody}
        self._label = {name.casefold(): label for name, label in known.items() if name.strip()}
        self._whole = _any_of([name for name in known if len(name.strip()) >= SHORTEST], re.IGNORECASE)
        single = {word for name in known for word in WORD.findall(name)}
        words = sorted(word for word in single if len(word) >= SHORTEST and word.title() not in NOT_NAMES)
        self._single = _any_of([form for word in words for form in (word.capitalize(), word.upper())])

    def table(self, table: Table) -> Table:
        if not self.rules.replaces_names:
            return table
        held = [column.holds for column in table.columns]
        rows = [[self._cell(holds, value) for holds, value in zip(held, row, strict=True)] for row in table.rows]
        return table.with_rows(rows)

    def _cell(self, holds: Holds, value: Any) -> Any:
        if value is None or value == "":
            return value
        if holds is Holds.PERSON:
            return self._label.get(as_text(value).casefold(), NOT_KNOWN if value == NOT_KNOWN else SOMEBODY)
        if holds is Holds.STAFF:
            return self._label.get(as_text(value).casefold(), self._swept(as_text(value)))
        if holds is Holds.PLACE:
            return self._counted("addresses", PLACE)
        if holds is Holds.CONTACT:
            return self._counted("telephone numbers and mailboxes", CONTACT)
        if holds is Holds.WORDS:
            return self._words(as_text(value))
        return self._swept(value) if isinstance(value, str) else value

    def kept_words(self, text: str) -> str:
        """Words that stay in whatever the profile, such as what the pack is for: without what leads to anybody."""
        return without_capitals(self._swept(without_what_leads_on(text))) if self.rules.replaces_names else text

    def _words(self, text: str) -> str:
        if self.rules.keeps_words:
            return self.kept_words(text)
        many = len(text.split())
        return self._counted("texts", f"[{many} word{'' if many == 1 else 's'} left out]")

    def _counted(self, what: str, shown: str) -> str:
        self.left_out[what] = self.left_out.get(what, 0) + 1
        return shown

    def _swept(self, text: str) -> str:
        """Whole names first, then single words of them as names are written."""
        text = self._whole.sub(lambda match: self._label[match.group().casefold()], text) if self._whole else text
        return self._single.sub(SOMEBODY, text) if self._single else text


def without_what_leads_on(text: str) -> str:
    """Names of anybody on record, addresses, telephone numbers and full dates replaced. Numbers of records stay: they
    are how the pack is read."""
    for name, _ in QUOTED.findall("; ".join(leads_to_somebody(text))):
        for form in (name, " ".join(reversed(name.rsplit(" ", 1)))):
            text = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", SOMEBODY, text, flags=re.IGNORECASE)
    text = STREET.sub(PLACE, text)
    for what, pattern in PATTERNS:
        if what != NUMBER_OF_A_RECORD:
            text = pattern.sub(SHOWN.get(what, DAY), text)
    return text


def without_capitals(text: str) -> str:
    """A word with a capital inside a sentence is taken for a name that nobody has recorded: of a friend, a school, a
    village. More is taken out than need be. At the beginning of a sentence it is not known for one, so a second person
    reads the words."""
    return INSIDE.sub(lambda match: match.group() if match.group().title() in KEPT else SOMEBODY, text)


SHOWN = {"a telephone number": CONTACT, "a postcode": PLACE}


def _any_of(names: Sequence[str], flags: int = 0) -> re.Pattern[str] | None:
    """Any of these as a whole, the longest first."""
    if not names:
        return None
    longest = sorted({re.escape(name.strip()) for name in names}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)", flags)


def labels(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name -> "child 1", in the order in which they were met; of (name, kind). Who is met as a child and as a person
    is a child."""
    kinds: dict[str, str] = {}
    for name, kind in found:
        if name.strip() and kinds.get(name.strip(), "person") == "person":
            kinds[name.strip()] = kind
    counted: dict[str, int] = {}
    said = {}
    for name, kind in kinds.items():
        counted[kind] = counted.get(kind, 0) + 1
        said[name] = f"{kind} {counted[kind]}"
    return said


def staff_labels(people: Iterable[User], posts: Posts) -> dict[str, str]:
    """Name -> "MASH sergeant 2": the post that somebody held last, numbered in the order of who came first."""
    counted: dict[str, int] = {}
    said = {}
    for person in people:
        post = posts.last(person.pk)
        counted[post] = counted.get(post, 0) + 1
        said[str(person)] = f"{post} {counted[post]}"
    return said
