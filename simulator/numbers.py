"""Reading a profile: every number says where it comes from, or the profile is refused by the name of the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


class BadProfile(Exception):
    """A profile cannot be used. Says which field, and what is wrong with it."""


@dataclass(frozen=True)
class Table:
    """One table of a profile, and where it stands: `teams.mash`."""

    name: str
    has: Mapping[str, Any]

    def field(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def wrong(self, key: str, what: str) -> BadProfile:
        return BadProfile(f"{self.field(key)}: {what}")

    def only(self, *keys: str) -> None:
        """Raises BadProfile for a field that nothing reads: a misspelt one would silently be without effect."""
        for key in self.has:
            if key not in keys:
                raise self.wrong(key, f"is not known here. Known are: {', '.join(sorted(keys))}")

    def table(self, key: str) -> Table:
        found = self.has.get(key, {})
        if not isinstance(found, Mapping):
            raise self.wrong(key, "has to be a table")
        return Table(self.field(key), found)

    def tables(self, key: str) -> dict[str, Table]:
        within = self.table(key)
        return {name: within.table(name) for name in within.has}

    def word(self, key: str, default: str | None = None, among: Sequence[str] = ()) -> str:
        found = self.has.get(key, default)
        if not isinstance(found, str):
            raise self.wrong(key, "is missing: it has to be a word")
        if among and found not in among:
            raise self.wrong(key, f"is {found!r}; it has to be one of: {', '.join(among)}")
        return found

    def truth(self, key: str) -> bool:
        found = self.has.get(key, False)
        if not isinstance(found, bool):
            raise self.wrong(key, "has to be true or false")
        return found

    def number(self, key: str, default: float | None = None, *, least: float = 0, most: float | None = None) -> float:
        if key not in self.has and default is not None:
            return default
        return self._within(key, self._sourced(key), least, most)

    def numbers(self, key: str, how_many: int, *, least: float = 0) -> list[float]:
        found = self._sourced(key)
        if not isinstance(found, list) or len(found) != how_many:
            raise self.wrong(key, f"has to be a list of {how_many} numbers")
        return [self._within(key, each, least, None) for each in found]

    def day(self, key: str) -> date:
        found = self._sourced(key)
        if not isinstance(found, date) or isinstance(found, datetime):
            raise self.wrong(key, "has to be a day, such as 2022-06-01")
        return found

    def _sourced(self, key: str) -> Any:
        """What stands there, if it says where it comes from."""
        if key not in self.has:
            raise self.wrong(key, "is missing")
        found = self.has[key]
        if not isinstance(found, Mapping) or "value" not in found:
            raise self.wrong(key, 'has no source. Write it as { value = 1, source = "where it comes from" }')
        source = found.get("source")
        if not isinstance(source, str) or not source.strip():
            raise self.wrong(key, "has no source. Say where the number comes from, or that it is ours")
        Table(self.field(key), found).only("value", "source")
        return found["value"]

    def _within(self, key: str, found: Any, least: float, most: float | None) -> float:
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.wrong(key, "has to be a number")
        if found < least or (most is not None and found > most):
            raise self.wrong(key, f"is {found}; it has to be {_between(least, most)}")
        return float(found)


def _between(least: float, most: float | None) -> str:
    return f"at least {least:g}" if most is None else f"between {least:g} and {most:g}"


def laid_over(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """A profile that says only what differs from another. A number is replaced together with its source."""
    made = dict(base)
    for key, value in more.items():
        before = made.get(key)
        both = isinstance(before, Mapping) and isinstance(value, Mapping)
        is_table = both and "value" not in value and "value" not in before  # type: ignore[operator]
        made[key] = laid_over(before, value) if is_table else value  # type: ignore[arg-type]
    return made
