"""What can be found: written in the transaction that writes the record, replaced as a whole, taken out as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from search.homes import Home, all_homes
from search.keys import Name, alike, mark, name_words, number, pairs, plain, searchable
from search.models import Indexed
from search.question import phone, reference, whole
from search.rows import array, columns
from search.words import LOCK, NAME, STREET, words_are_kept

T = TypeVar("T")

AT_A_TIME = 2_000

WORDS = """
WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(%s))
INSERT INTO search_word (sort, word, number, keys, people)
SELECT sort, word, number, keys::int[], 0
FROM held, unnest(%s::text[], %s::text[], %s::int[], %s::text[]) AS given (sort, word, number, keys)
ON CONFLICT DO NOTHING
"""
INDEXED = """
INSERT INTO search_indexed AS was (key, kind, names, homes, marks, born_from, born_to)
SELECT key, kind, string_to_array(names, E'\\n'), string_to_array(homes, E'\\n'), marks::bigint[], born_from, born_to
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::date[], %s::date[])
  AS given (key, kind, names, homes, marks, born_from, born_to)
ON CONFLICT (key) DO UPDATE SET (kind, names, homes, marks, born_from, born_to) =
  (excluded.kind, excluded.names, excluded.homes, excluded.marks, excluded.born_from, excluded.born_to)
WHERE (was.kind, was.names, was.homes, was.marks, was.born_from, was.born_to) IS DISTINCT FROM
  (excluded.kind, excluded.names, excluded.homes, excluded.marks, excluded.born_from, excluded.born_to)
"""
PAIRS = """
WITH given AS MATERIALIZED (
  SELECT * FROM unnest(%s::int[], %s::int[], %s::uuid[], %s::date[], %s::date[])
    AS g (low, high, key, born_from, born_to)
), gone AS (
  DELETE FROM search_pair p WHERE p.key = ANY(%s::uuid[])
  AND NOT EXISTS (SELECT FROM given g WHERE (g.low, g.high, g.key) = (p.low, p.high, p.key))
)
INSERT INTO search_pair AS was (low, high, key, born_from, born_to) SELECT * FROM given
ON CONFLICT (low, high, key) DO UPDATE SET (born_from, born_to) = (excluded.born_from, excluded.born_to)
WHERE (was.born_from, was.born_to) IS DISTINCT FROM (excluded.born_from, excluded.born_to)
"""

# In the order in which `put` takes them, or two people would wait for each other.
TAKEN_OUT = """
WITH locked AS MATERIALIZED (SELECT key FROM search_indexed WHERE key = ANY(%s::uuid[]) ORDER BY key FOR UPDATE)
DELETE FROM search_indexed WHERE key IN (SELECT key FROM locked)
"""


@dataclass(frozen=True)
class Entry:
    """One record as it is to be found."""

    key: UUID
    kind: str
    names: Sequence[Name]
    born_from: date | None = None
    born_to: date | None = None
    homes: Sequence[tuple[str, str]] = ()
    phones: Sequence[str] = ()
    references: Sequence[str] = ()

    @property
    def born(self) -> tuple[date, date]:
        return self.born_from or date.min, self.born_to or date.max


def put(entries: Sequence[Entry]) -> None:
    """Find these records from now on by this, and by nothing that was known of them before. Three statements."""
    _put(entries, set())


def _put(entries: Sequence[Entry], known: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The words of these records. Those in `known` stand in the index already, and are not written again."""
    # In one order, so that two who write the same records do not wait for each other.
    given = [entry for _, entry in sorted({entry.key: entry for entry in entries}.items())]
    if not given:
        return known
    known_as = {entry.key: [searchable(name) for name in entry.names] for entry in given}
    homes = {entry.key: all_homes(entry.homes) for entry in given}
    used = {(NAME, word) for names in known_as.values() for name in names for word in name}
    used |= {(STREET, home.street) for each in homes.values() for home in each if home.street}
    rows = [(*two, entry.key, *entry.born) for entry in given for two in pairs(known_as[entry.key])]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(WORDS, [LOCK, *columns([_word(*each) for each in sorted(used - known)], 4)])
        cursor.execute(INDEXED, columns([_row(entry, homes[entry.key]) for entry in given], 7))
        cursor.execute(PAIRS, [*map(array, columns(rows, 5)), array(entry.key for entry in given)])
    return used


def take_out(keys: Collection[UUID]) -> None:
    """These records are not found any more. Their words stay until `search.words.tidy` finds nobody called so."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(TAKEN_OUT, [array(keys)])
        cursor.execute("DELETE FROM search_pair WHERE key = ANY(%s::uuid[])", [array(keys)])


def rebuild(entries: Iterable[Entry]) -> None:
    """Make the index say exactly this. People go on searching and writing meanwhile, so it goes in small steps.

    What somebody else puts in while this runs stays: only what was there before and was not given is taken out.
    """
    left = set(Indexed.objects.values_list("key", flat=True).iterator())
    known: set[tuple[str, str]] = set()
    with words_are_kept():
        for some in _batches(entries):
            known |= _put(some, known)
            left.difference_update(entry.key for entry in some)
    for gone in _batches(left):
        take_out(gone)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    steadily = iter(items)
    while some := list(islice(steadily, AT_A_TIME)):
        yield some


def _word(sort: str, word: str) -> tuple[object, ...]:
    return sort, word, number(word), array(alike(sort, word))


def _row(entry: Entry, homes: Sequence[Home]) -> tuple[object, ...]:
    names = dict.fromkeys("\t".join(" ".join(name_words(part)) for part in name) for name in entry.names)
    return (
        str(entry.key),
        entry.kind,
        "\n".join(names),
        "\n".join(home.stored() for home in homes),
        array(sorted(_marks(entry, homes))),
        *entry.born,
    )


def _marks(entry: Entry, homes: Sequence[Home]) -> set[int]:
    """What finds this record in one step. A name of plain letters needs no mark: its words find it."""
    found = {("phone", phone(each)) for each in entry.phones}
    found |= {("number", reference(each)) for each in entry.references}
    found |= {("postcode", home.postcode) for home in homes}
    found |= {("home", home.mark()) for home in homes}
    found |= {("name", whole(f"{given} {family}")) for given, family in entry.names if not plain(f"{given} {family}")}
    return {mark(sort, text) for sort, text in found if text}
