"""Among whom somebody is looked for: how many there are, and how many bear a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log2

from matching.described import Described

# Per 1,000 people, from the electoral register of Great Britain (1996); those after the bar from counts since.
_PER_THOUSAND = (
    "smith 12 jones 9 williams 6 taylor 6 brown 6 davies 5 evans 4 thomas 3 wilson 4 roberts 3 johnson 3 robinson 3 "
    "wright 3 thompson 3 walker 3 white 3 edwards 3 green 3 hall 3 wood 3 harris 3 hughes 3 lewis 2 martin 3 jackson 3 "
    "clarke 3 clark 3 turner 2 hill 2 cooper 2 morris 2 ward 2 moore 2 king 2 baker 2 harrison 2 morgan 2 patel 2 "
    "james 2 scott 2 allen 2 young 2 anderson 2 mitchell 2 bailey 2 lee 2 phillips 2 watson 2 parker 2 davis 2 bennett "
    "2 cook 2 price 2 griffiths 2 shaw 2 kelly 2 richardson 2 marshall 2 collins 2 carter 2 simpson 2 stewart 2 cox 2"
    "| khan 4 hussain 3 ahmed 3 ali 3 begum 3 singh 3 kaur 3 muhammad 8 mohammed 8 mohammad 4 mohamed 3"
)
_WORDS = _PER_THOUSAND.replace("|", "").split()
SHARES = {name: int(count) / 1000 for name, count in zip(_WORDS[::2], _WORDS[1::2], strict=True)}


def how_common_in_britain(name: str) -> float:
    """The share of people with this name; 0 for all that are less common than most people's."""
    return SHARES.get(name, 0.0)


@dataclass(frozen=True)
class Register:
    """Of the two in a comparison, one is looked for among so many people. The more they are, the more must agree."""

    people: int = 250_000
    how_common: Callable[[str], float] = how_common_in_britain

    @classmethod
    def of(cls, everybody: Iterable[Described]) -> Register:
        """A register with the names that are common in it, wherever its people are from."""
        people, bearers = 0, Counter[str]()
        for described in everybody:
            people += 1
            bearers.update({"".join(part) for name in described.full_names for part in (name.given, name.family)})
        shares = {word: number / people for word, number in bearers.items() if number >= FEWEST_BEARERS}
        return cls(people, lambda word: max(shares.get(word, 0.0), how_common_in_britain(word)))

    @cached_property
    def likely_from(self) -> float:
        """Odds of two to one, if before looking anybody on the register was as likely as anybody else."""
        return log2(min(max(self.people, FEWEST), MOST)) + 1

    @cached_property
    def possible_from(self) -> float:
        """Worth a look by somebody who is writing a person down, though it be one to sixteen."""
        return min(self.likely_from - 5, WORTH_A_LOOK)


FEWEST = 1_000
"""A list that is nearly empty proves nothing: whoever is looked for may be anybody in the district."""
MOST = 500_000
"""From here on it stays as it is: a common name and a date of birth have to do, or nobody would be found."""
WORTH_A_LOOK = 10.0
FEWEST_BEARERS = 20
"""Below that a name may be one person's, written down again and again."""
A_FORCE = Register()
"""The persons that a police force and its partners may have on record about children."""
