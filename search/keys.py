"""What is written in the index for a name, a street, a number: short keys that can be looked up in one step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from zlib import crc32

from jellyfish import metaphone, nysiis

from matching.names import words

LONGEST_WORD = 40
MOST_WORDS_IN_A_NAME = 12
MOST_WORDS_OF_A_PERSON = 24
LONGEST_GIVEN_NAMES_AS_ONE = 8
FEWEST_LETTERS_TO_MISTAKE = 3
MOST_LETTERS_TO_LEAVE_OUT = 13

Name = tuple[str, str]  # given, family
Searchable = dict[str, frozenset[str]]


def clean(text: str) -> str:
    """PostgreSQL cannot hold a NUL, nor half of a character outside the first plane; nobody means to type either."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def name_words(text: str) -> list[str]:
    """The words of a given or family name, cut where nobody's name is that long."""
    return [word[:LONGEST_WORD] for word in words(clean(text))[:MOST_WORDS_IN_A_NAME]]


def joined(parts: Sequence[str]) -> str:
    """Words that may be written as one: Mc Donald and McDonald, Smith-Jones and Smithjones, Ann Marie and Annmarie."""
    return "".join(parts)[:LONGEST_WORD] if 2 <= len(parts) <= 4 else ""


def plain(text: str) -> bool:
    """Nothing but letters: such a name is found by its words, whatever else is typed with them."""
    return (text.isascii() and text.replace(" ", "").isalpha()) or all(
        word.isascii() and word.isalpha() for each in clean(text).split() for word in words(each)
    )


def searchable(name: Name) -> Searchable:
    """Every word one of which may be typed for this name, each with the words that it is joined from."""
    given, family = (name_words(part) for part in name)
    found: Searchable = dict.fromkeys([*given, *family], frozenset())
    # Two first names are seldom written as one, unless they are short or joined on record already.
    if "-" in name[0] or len("".join(given)) <= LONGEST_GIVEN_NAMES_AS_ONE:
        found |= {joined(given): frozenset(given)}
    found |= {joined(family): frozenset(family)}
    found.pop("", None)
    return found


def number(word: str) -> int:
    """A word as a number of 32 bits. Two words may share one: then a hit too many is looked at, and none is lost."""
    unsigned = crc32(word.encode())
    return unsigned - 2**32 if unsigned >= 2**31 else unsigned


def pair(one: str, other: str) -> tuple[int, int]:
    low, high = sorted((number(one), number(other)))
    return low, high


def pairs(names: Sequence[Searchable]) -> set[tuple[int, int]]:
    """Any two words of one name; of several names too, because people mix a maiden name with a new first name."""
    found = {two for name in names for two in _any_two(name)}
    if len(names) > 1:
        everything = [each for name in names for each in name.items()]
        found |= _any_two(dict(everything[:MOST_WORDS_OF_A_PERSON]))
    return {pair(*two) for two in found}


def _any_two(found: Searchable) -> set[tuple[str, str]]:
    """A word that has no other beside it stands with itself."""
    two = {(a, b) for a, b in combinations(sorted(found), 2) if a not in found[b] and b not in found[a]}
    together = {word for both in two for word in both}
    return two | {(word, word) for word in found if word not in together}


@lru_cache(maxsize=65_536)
def mark(sort: str, text: str) -> int:
    """What finds a record exactly (a phone number, a postcode), as a number of 64 bits."""
    return int.from_bytes(blake2b(f"{sort} {text}".encode(), digest_size=8).digest(), "big", signed=True)


def one_letter_less(word: str) -> set[str]:
    """Two words one edit apart (a letter missing, added, changed, or two swapped) share one of these.

    The idea is SymSpell's (W. Garbe, 2012): deletions on both sides stand for every kind of edit.
    """
    if not FEWEST_LETTERS_TO_MISTAKE <= len(word) <= MOST_LETTERS_TO_LEAVE_OUT:
        return {word}
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def halves(word: str) -> set[str]:
    """One edit leaves the beginning or the end of a long word as it was: two keys in place of twenty."""
    size = MOST_LETTERS_TO_LEAVE_OUT // 2
    return {f"b {word[:size]}", f"z {word[-size:]}"} if len(word) >= MOST_LETTERS_TO_LEAVE_OUT - 1 else set()


# What is written in more ways than it is heard, in the order in which it is looked for.
_ONE_SOUND = [
    (re.compile(written), heard)
    for heard, written in (
        ("r", "^wr|^rh"),
        ("n", "^kn|^gn|^pn"),
        ("s", "^ps"),
        ("f", "ph"),
        ("sh", "tch|sch"),
        ("", "ough|augh|eigh|igh"),
        ("t", "th"),
        ("k", "ck|q"),
        ("ks", "x"),
        ("s", "c(?=[eiy])|z"),
        ("k", "c(?!h)"),
        ("g", "dg|j"),
        ("f", "v"),
    )
]
_SILENT = re.compile("(?<!^)[aeiouyhw]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def sounds(word: str) -> frozenset[str]:
    """How the word sounds, by three rules, for each catches what the others miss.

    The last one is ours, for names as they are said here: consonants only, each sound written in one way.
    """
    if not (word.isascii() and word.isalpha()):
        return frozenset()
    bare = "a" + word[1:] if word[0] in "aeiouy" else word
    for written, heard in _ONE_SOUND:
        bare = written.sub(heard, bare)
    bare = _TWICE.sub(r"\1", _SILENT.sub("", bare))
    return frozenset({f"m {metaphone(word)}", f"n {nysiis(word)}", *([f"c {bare}"] if len(bare) > 1 else [])})


def ends(word: str) -> set[str]:
    """Its ends, for a long word with more than one letter wrong in between."""
    return {f"e {word[:2]} {word[-2:]}"} if len(word) > 5 else set()


@lru_cache(maxsize=65_536)
def alike(sort: str, word: str) -> tuple[int, ...]:
    """Two words that may be meant for each other share at least one of these."""
    return tuple({number(f"{sort}{key}") for key in one_letter_less(word) | halves(word) | sounds(word) | ends(word)})
