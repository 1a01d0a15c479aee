"""What an evidence pack is made of beside its cases: sections, each of which gives tables. An app adds its own here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from access.actor import acting
from accounts.models import User
from insight.evidence_kinds import COUNTS
from insight.evidence_tables import Table


@dataclass(frozen=True)
class Span:
    """What a section is asked about: `begins` to before `ends`, as the tables stood at `at`, for `who`. `size` and
    `seed`: how many records of a list are drawn, and by which seed. Inside, `now()` is `at`."""

    reference: str
    begins: datetime
    ends: datetime
    at: datetime
    who: User
    size: int
    seed: str
    withheld: Counter[str] = field(default_factory=Counter, compare=False)

    def may_be_seen(self, what: str, rows: Callable[[], Any]) -> Any:
        """The rows that `who` may see. How many more there are is counted under `what`, and said in the pack."""
        seen = rows()
        with acting(COUNTS, apart=True):
            everything = rows().figures().count()
        self.withheld[what] = everything - seen.figures().count()
        return seen


@dataclass(frozen=True)
class Section:
    """One section. `code`: its name in addresses and files; `lists_records`: left out of a pack of figures alone."""

    code: str
    title: str
    tables: Callable[[Span], Iterable[Table]]
    lists_records: bool = False


SECTIONS: list[Section] = []
"""In the order in which the pack shows them."""


def section(code: str, title: str, *, lists_records: bool = False) -> Callable[..., Callable[[Span], Iterable[Table]]]:
    """Adds what gives the tables of a section. `lists_records`: it names single records, so a pack of figures alone is
    without it."""

    def add(tables: Callable[[Span], Iterable[Table]]) -> Callable[[Span], Iterable[Table]]:
        if code in {each.code for each in SECTIONS}:
            raise ValueError(f"two sections of the evidence pack are called {code}")
        SECTIONS.append(Section(code, title, tables, lists_records))
        return tables

    return add


def in_hours(span: timedelta) -> float:
    """Hours to one decimal, as tables give lengths of time."""
    return round(span.total_seconds() / 3600, 1)
