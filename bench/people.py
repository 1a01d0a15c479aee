"""Invented people in any number, called what people are called, as often as they are."""

from __future__ import annotations

import csv
import gzip
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from uuid import UUID

from search.index import Entry

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SURNAMES = DATA / "surnames_uk_list.txt"
GIVEN_NAMES = DATA / "ons_baby_names_england_wales_2004_2020.csv.gz"

TODAY = date(2026, 3, 2)
AT_A_TIME = 10_000
# A name's share falls as 1 / (rank + 17): the commonest is borne by 1 in 100, as Smith is in Great Britain.
FLATTER = 17
RARE_SURNAMES, SHARE_OF_RARE, FLATTER_RARE = 70_000, 0.25, 2_000
STREETS = 20_000
ACCENTS = str.maketrans("eoauicn", "éöäüíçñ")
ENDINGS = ["Street", "Road", "Avenue", "Lane", "Close", "Drive", "Way", "Crescent", "Gardens", "Court"]
SYLLABLES = [f"{a}{b}{c}" for a in "bdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "ea", "oo") for c in "nrlst"]


@dataclass(frozen=True)
class Weighted:
    """Things to draw from, each as often as it is in life."""

    things: Sequence[str]
    sums: Sequence[float]

    @classmethod
    def of(cls, weights: dict[str, float]) -> Weighted:
        return cls(list(weights), list(accumulate(weights.values())))

    def draw(self, dice: random.Random, number: int) -> list[str]:
        return dice.choices(self.things, cum_weights=self.sums, k=number)


def dice_of(seed: int) -> random.Random:
    """The same people and the same slips at each run."""
    return random.Random(seed)


def source() -> str:
    if SURNAMES.exists() and GIVEN_NAMES.exists():
        return "UK surnames by a Zipf law with an invented tail; first names as often as ONS counted them"
    return "invented names by a Zipf law"


def people(number: int, seed: int = 1) -> Iterator[Entry]:
    """One after the other; the same for the same seed."""
    dice = dice_of(seed)
    first_names, surnames = Weighted.of(_first_names(dice)), Weighted.of(_surnames(dice))
    streets = [f"{name} {dice.choice(ENDINGS)}" for name in surnames.draw(dice, STREETS)]
    for start in range(0, number, AT_A_TIME):
        size = min(AT_A_TIME, number - start)
        given, family = iter(first_names.draw(dice, 2 * size)), iter(surnames.draw(dice, 2 * size))
        for at in range(start, start + size):
            yield _person(dice, at, (next(given), next(given)), (next(family), next(family)), streets)


def _surnames(dice: random.Random) -> dict[str, float]:
    listed = SURNAMES.read_text().split() if SURNAMES.exists() else _invented(dice, 3_700, SYLLABLES)
    dice.shuffle(listed)
    common = {name: 1 / (rank + FLATTER) for rank, name in enumerate(listed, start=1)}
    tail = [name for name in _invented(dice, RARE_SURNAMES, listed) if name not in common]
    rare = {name: 1 / (rank + FLATTER_RARE) for rank, name in enumerate(tail, start=1)}
    scale = sum(common.values()) / sum(rare.values()) * SHARE_OF_RARE / (1 - SHARE_OF_RARE)
    return common | {name: weight * scale for name, weight in rare.items()}


def _first_names(dice: random.Random) -> dict[str, float]:
    if not GIVEN_NAMES.exists():
        return {name: 1 / (rank + FLATTER) for rank, name in enumerate(_invented(dice, 20_000, SYLLABLES), start=1)}
    counts: Counter[str] = Counter()
    with gzip.open(GIVEN_NAMES, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            counts[row["name"].title()] += int(row["n"])
    return dict(counts)


def _invented(dice: random.Random, number: int, like: Sequence[str]) -> list[str]:
    """New words, in which two letters are followed by what follows them in the words they are like."""
    follows: defaultdict[str, list[str]] = defaultdict(list)
    for word in like:
        padded = f"^^{word.lower()}$"
        for at in range(len(padded) - 2):
            follows[padded[at : at + 2]].append(padded[at + 2])
    found: dict[str, None] = {}
    while len(found) < number:
        word = "^^"
        while word[-1] != "$" and len(word) < 16:
            word += dice.choice(follows[word[-2:]])
        if len(word) > 5:
            found[word.strip("^$").title()] = None
    return list(found)


def _person(dice: random.Random, at: int, given: Sequence[str], family: Sequence[str], streets: Sequence[str]) -> Entry:
    main = (" ".join(given) if dice.random() < 0.3 else given[0], _family(dice, family))
    born_from, born_to = _born(dice)
    street, house = dice.randrange(len(streets)), dice.randrange(1, 120)
    code = f"QX{street // 1000 + 1} {house % 9 + 1}{chr(65 + street % 26)}{chr(65 + street // 26 % 26)}"
    return Entry(
        key=UUID(int=dice.getrandbits(128)),
        kind="bench.person",
        names=[main, (given[0], family[1])] if dice.random() < 0.08 else [main],
        born_from=born_from,
        born_to=born_to,
        homes=[(f"{house} {streets[street]}, Exampleton", code)],
        # Longer than any real number.
        phones=[f"07700 900{dice.randrange(10**7):07}"] if dice.random() < 0.6 else [],
        references=[f"PER-{at:07}", *([f"999{dice.randrange(10**7):07}"] if dice.random() < 0.5 else [])],
    )


def _family(dice: random.Random, two: Sequence[str]) -> str:
    luck = dice.random()
    if luck < 0.04:
        return "-".join(two)
    if luck < 0.055:
        return f"O'{two[0]}"
    if luck < 0.065:
        return f"de {two[0]}"
    if luck < 0.085:
        return two[0][:1] + two[0][1:].translate(ACCENTS)
    return two[0]


def _born(dice: random.Random) -> tuple[date | None, date | None]:
    """A third are children; of some only the age is known, of some nothing."""
    if dice.random() < 0.04:
        return None, None
    oldest = 18 if dice.random() < 0.33 else 85
    day = TODAY - timedelta(days=dice.randrange(1, oldest * 365))
    return (day, day) if dice.random() < 0.94 else (day - timedelta(days=365), day)
