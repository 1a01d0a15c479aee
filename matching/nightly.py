"""Everybody on record against everybody, by Splink: who was on record twice already before anybody asked.

Splink decides only who is worth comparing. The grade is ours (`matching.score`), so that the night never contradicts
what was said while somebody was being written down.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from matching.described import Described
from matching.keys import keys
from matching.names import long_forms, sound
from matching.register import A_FORCE, Register
from matching.score import LIKELY, Comparison, compare

if TYPE_CHECKING:
    from splink import SettingsCreator

Id = TypeVar("Id", bound=Hashable)

WORTH_COMPARING = -4.0
"""Points by Splink, far below those of a possible pair: it knows less, and leaves out only what is hopeless."""
A_NUMBER = ("t ", "e ", "r ", "n ")
"""Keys of telephones, e-mail addresses, references and the NHS number (`matching.keys`)."""
AT_A_TIME = 10_000


class LinkageNotInstalled(RuntimeError):
    """Splink and DuckDB are an extra, because they need 250 MB."""


@dataclass(frozen=True, slots=True)
class Pair(Generic[Id]):
    one: Id
    other: Id
    comparison: Comparison


def pairs(
    people: Iterable[tuple[Id, Described]], *, among: Register = A_FORCE, grades: Collection[str] = (LIKELY,)
) -> Iterator[Pair[Id]]:
    """Each two people whose comparison has one of these grades, once."""
    known = list(people)
    for first, second in _worth_comparing([described for _, described in known]):
        (one, its), (other, others) = known[first], known[second]
        comparison = compare(its, others, among=among)
        if comparison.grade in grades:
            yield Pair(one, other, comparison)


def _worth_comparing(people: Sequence[Described]) -> Iterator[tuple[int, int]]:
    """Pairs of places in the list."""
    try:
        from splink import DuckDBAPI, Linker
    except ImportError as missing:
        raise LinkageNotInstalled(
            "The nightly comparison needs Splink and DuckDB, which are not installed. To install them: make linkage"
        ) from missing
    if len(people) < 2:
        return
    db = DuckDBAPI()
    db.duckdb_con.execute("SET enable_progress_bar = false")
    linker = Linker(db.register(_table(people)), _settings(), log_level=logging.ERROR)
    found = linker.inference.predict(threshold_match_weight=WORTH_COMPARING).as_pyarrow_table()
    for batch in found.select(["row_l", "row_r"]).to_batches(AT_A_TIME):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _table(people: Sequence[Described]) -> Any:
    import pyarrow

    several = pyarrow.list_(pyarrow.string())
    columns = [("row", pyarrow.int64()), ("born", pyarrow.string())]
    schema = pyarrow.schema([*columns, *((name, several) for name in ("names", "homes", "numbers", "keys"))])
    every = range(len(people))
    parts = [every[first : first + AT_A_TIME] for first in every[::AT_A_TIME]]
    batches = (pyarrow.RecordBatch.from_pylist([_row(at, people[at]) for at in part], schema=schema) for part in parts)
    return pyarrow.Table.from_batches(batches, schema=schema)


def _row(at: int, described: Described) -> dict[str, Any]:
    """What is not known is None, which is no evidence to Splink either."""
    homes = {text for place in described.places for text in (place.house + place.street, place.postcode) if text}
    its_keys = sorted(keys(described))
    return {
        "row": at,
        "born": described.born_on.isoformat() if described.born_on else None,
        "names": sorted(_names(described)) or None,
        "homes": sorted(homes) or None,
        "numbers": [key for key in its_keys if key.startswith(A_NUMBER)] or None,
        "keys": its_keys,
    }


def _names(described: Described) -> set[str]:
    """The words and how they sound, in no order: a whole name in common is at least three of these."""
    words = {word for name in described.full_names for word in name.given + name.family}
    words |= {form for word in words for form in long_forms(word)}
    return words | {sound(word) for word in words}


def _settings() -> SettingsCreator:
    """The same weights as ours, roughly (`matching.weights`), in what Splink can compare.

    They are given. Learned by expectation maximisation they found no likely pair more on any file we tried, had half as
    many again compared, and would be others each night.
    """
    from splink import SettingsCreator, block_on
    from splink.comparison_library import ArrayIntersectAtSizes, DamerauLevenshteinAtThresholds

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row",
        probability_two_random_records_match=0.5,  # so that points are evidence alone, as ours are
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
        comparisons=[
            _weighed(ArrayIntersectAtSizes("names", [3, 1]), same=[0.65, 0.3], others=[0.00002, 0.02]),
            _weighed(DamerauLevenshteinAtThresholds("born", [2]), same=[0.8, 0.1], others=[0.00005, 0.003]),
            _weighed(ArrayIntersectAtSizes("homes", [1]), same=[0.5], others=[0.005]),
            _weighed(ArrayIntersectAtSizes("numbers", [1]), same=[0.5], others=[0.0002]),
        ],
        retain_matching_columns=False,
    )


def _weighed(comparison: Any, same: list[float], others: list[float]) -> Any:
    """How often each level of agreement is seen, best first; what remains is disagreement."""
    return comparison.configure(
        m_probabilities=[*same, round(1 - sum(same), 6)], u_probabilities=[*others, round(1 - sum(others), 6)]
    )
