"""Words that lead to somebody. What the scrutiny group reads names nobody of its case (`must_be_anonymous`); what
everybody reads names nobody on record at all (`leads_to_somebody`). A second person reads it all the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.db.models.functions import Lower

from access.actor import System, acting
from access.roles import Role
from accounts.models import User
from cases.models import Alias, Person
from workflow.transitions import NotNow

READS = System("does a report name anybody?")
LONGEST_NAME = 3
POSTCODE = r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
PATTERNS = [
    ("the number of a record", re.compile(r"\b[A-Z]{2,5}-\d{4,}(?:/\d+)?\b")),
    ("a telephone number", re.compile(r"(?<![\d/])(?:\+44|0)[\d ()-]{8,}\d")),
    ("a postcode", re.compile(POSTCODE, re.IGNORECASE)),
    ("a day, which may be a date of birth: the month is enough", re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")),
    ("a day, which may be a date of birth: the month is enough", re.compile(r"\b\d{4}-\d{2}-\d{2}\b")),
    (
        "a day, which may be a date of birth: the month is enough",
        re.compile(
            r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}\b",
            re.IGNORECASE,
        ),
    ),
]
SHORTEST = 3
WORD = re.compile(r"[^\W\d_][\w'’-]*")
POSTS = {word for role in Role for word in WORD.findall(str(role.label).title())}
"""Words that are part of what a post is called: no name by themselves."""
NOT_NAMES = POSTS | {"Not", "Known", "Unknown", "Child", "Children", "Parent", "Police", "Baby"}
STREET = re.compile(
    r"\b\d+[A-Za-z]? (?:[A-Z][\w'’-]+ )+"
    r"(?:Street|Road|Avenue|Lane|Close|Drive|Way|Court|Gardens|Place|Terrace|Crescent|Square|Grove|Hill)\b"
)


def leads_to_somebody(text: str) -> list[str]:
    """Each word or number that does, and what it is: “Anya Example” (somebody on record)."""
    found = [f"“{match.group().strip()}” ({what})" for what, pattern in PATTERNS for match in pattern.finditer(text)]
    return list(dict.fromkeys([*_names(text), *found]))


def _names(text: str) -> Iterator[str]:
    words = re.findall(r"[\w’'-]+", text)
    plain = f" {' '.join(words).casefold()} "
    families = {
        " ".join(words[at : at + many]).lower() for at in range(len(words)) for many in range(1, LONGEST_NAME + 1)
    }
    with acting(READS, apart=True):
        for kind in (Person, Alias):
            known = kind.objects.annotate(family=Lower("family_name")).filter(family__in=families)
            yield from _said(plain, ((each.given_names, each.family_name) for each in known), "somebody on record")
    staff = User.objects.annotate(family=Lower("last_name")).filter(family__in=families)
    yield from _said(plain, ((each.first_name, each.last_name) for each in staff), "somebody who works here")


def _said(plain: str, names: Iterable[tuple[str, str]], what: str) -> Iterator[str]:
    for given_names, family in names:
        for given in given_names.split():
            if any(f" {name} ".casefold() in plain for name in (f"{given} {family}", f"{family} {given}")):
                yield f"“{given} {family}” ({what})"


def names_in(text: str, people: Iterable[str]) -> list[str]:
    """Those of these names that the text holds: a whole name in any case, or one word of it as names are written."""
    found = []
    for name in dict.fromkeys(each.strip() for each in people):
        words = [word for word in WORD.findall(name) if len(word) >= SHORTEST and word.title() not in NOT_NAMES]
        whole = bool(words) and _holds(text, name, re.IGNORECASE)
        if whole or any(_holds(text, word.capitalize()) or _holds(text, word) for word in words if word[0].isupper()):
            found.append(name)
    return found


def addresses_in(text: str) -> list[str]:
    """House numbers with a street, and postcodes."""
    return [each.group() for pattern in (STREET, POSTCODE) for each in re.finditer(pattern, text)]


def must_be_anonymous(text: str, people: Iterable[str]) -> None:
    """Raises NotNow with what is to be taken out."""
    if named := [*names_in(text, people), *addresses_in(text)]:
        raise NotNow(f"Take out what says who it is about: {', '.join(named)}.")


def _holds(text: str, word: str, flags: int = 0) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, flags) is not None
