"""Nine ways in which a name is typed otherwise than it is on record."""

from __future__ import annotations

import random
from collections.abc import Callable
from string import ascii_lowercase

from matching.names import fold, short_and_long_forms

# What people hear alike and write otherwise. Not taken from the rules of the search, which has others.
ALIKE = (
    "ph/f f/ph ck/k c/k k/c ie/y y/ie ey/y ee/ea ea/ee ai/ay ay/ai s/z z/s ll/l l/ll tt/t t/tt nn/n n/nn ss/s rr/r gh/ "
    "wr/r kn/n ough/o w/wh wh/w sh/sch th/t ou/oo ew/oo i/y ce/se dge/ge"
)
HEARD = [tuple(pair.split("/")) for pair in ALIKE.split()]
MARKS = str.maketrans("eoau", "éöäü")

Slip = Callable[[random.Random, str], str | None]
Error = Callable[[random.Random, str, str], str | None]


def _in_one_of(slip: Slip) -> Error:
    """The slip in one of the two words; nothing where it makes no difference."""

    def error(dice: random.Random, given: str, family: str) -> str | None:
        words = [given, family]
        at = dice.randrange(2)
        slipped = slip(dice, words[at].lower())
        if slipped is None or fold(slipped) == fold(words[at]):
            return None
        words[at] = slipped
        return " ".join(words)

    return error


def _missing(dice: random.Random, word: str) -> str | None:
    at = dice.randrange(len(word))
    return word[:at] + word[at + 1 :] if len(word) > 3 else None


def _too_many(dice: random.Random, word: str) -> str | None:
    at = dice.randrange(len(word) + 1)
    return word[:at] + dice.choice(ascii_lowercase) + word[at:]


def _wrong(dice: random.Random, word: str) -> str | None:
    at = dice.randrange(len(word))
    return word[:at] + dice.choice(ascii_lowercase) + word[at + 1 :] if len(word) > 3 else None


def _swapped(dice: random.Random, word: str) -> str | None:
    at = dice.randrange(len(word) - 1) if len(word) > 3 else 0
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :] if len(word) > 3 else None


def _heard(dice: random.Random, word: str) -> str | None:
    fitting = [(written, heard) for written, heard in HEARD if written in word]
    if not fitting or len(word) < 4:
        return None
    written, heard = dice.choice(fitting)
    at = dice.choice([at for at in range(len(word)) if word.startswith(written, at)])
    return word[:at] + heard + word[at + len(written) :]


def _begun(dice: random.Random, word: str) -> str | None:
    """Six letters of ten, and at least three."""
    return word[: max(3, -(-len(word) * 6 // 10))] if len(word) > 4 else None


def _nickname(dice: random.Random, given: str, family: str) -> str | None:
    forms = sorted(short_and_long_forms(fold(given)))
    return f"{dice.choice(forms)} {family}" if forms else None


def _other_order(dice: random.Random, given: str, family: str) -> str | None:
    return f"{family} {given}"


def _marks(dice: random.Random, given: str, family: str) -> str | None:
    """Accents, hyphens and apostrophes: left out, put in, or a space in their place."""
    name = f"{given} {family}"
    ways = [name.replace(mark, other) for mark in "-'" for other in ("", " ") if mark in name]
    ways += [fold(name)] if not name.isascii() else [name.translate(MARKS)]
    return dice.choice([way for way in ways if way != name] or [None])


KINDS: dict[str, Error] = {
    "letter missing": _in_one_of(_missing),
    "letter too many": _in_one_of(_too_many),
    "wrong letter": _in_one_of(_wrong),
    "letters swapped": _in_one_of(_swapped),
    "sounds alike": _in_one_of(_heard),
    "nickname": _nickname,
    "other order": _other_order,
    "only begun": _in_one_of(_begun),
    "accents, hyphens": _marks,
}
