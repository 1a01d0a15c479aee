"""Among whom somebody is looked for: how many there are, and how many bear a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log2

from matching.described import Described

# Electoral register of Great Britain, 1996; the last line from registered births since.
_PER_THOUSAND = {
    12: "smith",
    9: "jones",
    6: "williams taylor brown",
    5: "davies",
    4: "evans wilson khan",
    3: "thomas roberts johnson robinson wright thompson walker white edwards green hall wood harris hughes martin "
    "jackson clarke clark hussain ahmed ali begum singh kaur",
    2: "lewis turner hill cooper morris ward moore king baker harrison morgan patel james scott allen young anderson "
    "mitchell bailey lee phillips watson parker davis bennett cook price griffiths shaw kelly richardson marshall "
    "collins carter simpson stewart cox",
    8: "muhammad mohammed mohammad",
}
SHARES = {name: count / 1000 for count, names in _PER_THOUSAND.items() for name in names.split()}


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
        """Worth a look by somebody who is writing a person down, though the odds be one to thirty."""
        return min(self.likely_from - 6, WORTH_A_LOOK)


FEWEST = 1_000
"""A list that is nearly empty proves nothing: whoever is looked for may be anybody in the district."""
MOST = 500_000
"""From here on it stays as it is: a common name and a date of birth have to do, or nobody would be found."""
WORTH_A_LOOK = 9.0
FEWEST_BEARERS = 20
"""Below that a name may be one person's, written down again and again."""
A_FORCE = Register()
"""The persons that a police force and its partners may have on record about children."""
