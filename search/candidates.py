"""Who may be meant: a bounded number of records, the likeliest first, in one statement however common the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from search.born import Span
from search.rows import array, columns

# Nobody reads more than this many of the same name. Whoever asks with an age gets those of that age beside them.
MOST_OF_A_PAIR = 200
MOST_OF_A_MARK = 300
MOST_OF_A_DAY = 1_000  # on a first of January many were born of whom only the year is known
FEW_OF_A_WORD = 30

PEOPLE = "(SELECT p.key, 0.0 AS extra FROM search_pair p WHERE {words} LIMIT {most})"
PEOPLE_OF_THAT_AGE = (
    "(SELECT p.key, 0.5 AS extra FROM search_pair p WHERE {words}"
    " AND p.born_from <= %(born_to)s AND p.born_to >= %(born_from)s LIMIT {most})"
)
PAIRED = """
SELECT key, sum(weight) AS weight FROM (
  SELECT person.key, asked.which, max(asked.weight + person.extra) AS weight
  FROM unnest(%(which)s::int[], %(low)s::int[], %(high)s::int[], %(weight)s::real[]) AS asked (which, low, high, weight)
  CROSS JOIN LATERAL ({people}) AS person
  GROUP BY person.key, asked.which
) AS each_pair GROUP BY key
"""
SINGLE = """
SELECT person.key, max(asked.weight + person.extra) AS weight
FROM unnest(%(single)s::int[], %(single_weight)s::real[]) AS asked (number, weight)
CROSS JOIN LATERAL ({people}) AS person
GROUP BY person.key
"""
# Both conditions say the same. PostgreSQL takes one of them for half a percent of all rows, and would read the table.
MARKED = """
SELECT person.key, asked.weight FROM unnest(%(mark)s::bigint[], %(mark_weight)s::real[]) AS asked (mark, weight)
CROSS JOIN LATERAL (
  SELECT key FROM search_indexed WHERE marks @> ARRAY[asked.mark] AND marks && ARRAY[asked.mark] LIMIT %(most_marked)s
) AS person
"""
BORN = """
SELECT key, 0.5 + coalesce(sum(weight), 0) AS weight FROM (
  SELECT i.key, near.which, max(near.weight) AS weight
  FROM unnest(%(days)s::date[]) AS asked (day)
  CROSS JOIN LATERAL (
    SELECT key, names FROM search_indexed WHERE born_from = asked.day AND born_to = asked.day LIMIT %(most_of_a_day)s
  ) AS i
  CROSS JOIN LATERAL string_to_table(translate(array_to_string(i.names, ' '), E'\\t', ' '), ' ') AS own (word)
  LEFT JOIN unnest(%(near_which)s::int[], %(near_word)s::text[], %(near_weight)s::real[]) AS near (which, word, weight)
    ON near.word = own.word
  GROUP BY i.key, near.which
) AS each_word GROUP BY key
"""
LIKELIEST = """
WITH likely AS MATERIALIZED (
  SELECT key, sum(weight) AS weight FROM ({sources}) AS source GROUP BY key ORDER BY weight DESC, key LIMIT %(most)s
)
SELECT i.key, i.kind, i.names, i.homes, i.marks, i.born_from, i.born_to FROM likely JOIN search_indexed i USING (key)
"""


@dataclass(frozen=True)
class Candidate:
    """What the index says of a record that may be meant."""

    key: UUID
    kind: str
    names: list[str]
    homes: list[str]
    marks: list[int]
    born_from: date
    born_to: date


@dataclass(frozen=True)
class Wanted:
    """What to look up. Words stand here by their number (`search.keys.number`); `which` tells what was asked apart."""

    pairs: Sequence[tuple[int, int, int, float]] = ()  # which, low, high, weight
    singles: Sequence[tuple[int, float]] = ()  # number, weight
    words: Sequence[tuple[int, str, float]] = ()  # which, word, weight
    marks: Sequence[tuple[int, float]] = ()  # mark, weight
    days: Sequence[date] = ()
    born: Span | None = None
    one_word: bool = False  # all that is known of the name


def candidates(wanted: Wanted, most: int) -> list[Candidate]:
    sources = [source for source, needed in _sources(wanted) if needed]
    if not sources:
        return []
    statement = LIKELIEST.format(sources=" UNION ALL ".join(sources))
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(wanted, most))
        return [Candidate(*row) for row in cursor.fetchall()]


def _sources(wanted: Wanted) -> list[tuple[str, Sequence[object]]]:
    both, low, high = "p.low = asked.low AND p.high = asked.high", "p.low = asked.number", "p.high = asked.number"
    aged = wanted.born is not None
    # By one word of several somebody is found as a last resort: not worth reading all Smiths for their age.
    single = (
        _people([low, high], aged, MOST_OF_A_PAIR) if wanted.one_word else _people([low, high], False, FEW_OF_A_WORD)
    )
    return [
        (PAIRED.format(people=_people([both], aged, MOST_OF_A_PAIR)), wanted.pairs),
        (SINGLE.format(people=single), wanted.singles),
        (MARKED, wanted.marks),
        (BORN, wanted.days),
    ]


def _people(conditions: Sequence[str], aged: bool, most: int) -> str:
    parts = [PEOPLE, PEOPLE_OF_THAT_AGE] if aged else [PEOPLE]
    return " UNION ALL ".join(part.format(words=words, most=most) for words in conditions for part in parts)


def _values(wanted: Wanted, most: int) -> dict[str, Any]:
    which, low, high, weight = columns(wanted.pairs, 4)
    single, single_weight = columns(wanted.singles, 2)
    mark, mark_weight = columns(wanted.marks, 2)
    near_which, near_word, near_weight = columns(wanted.words, 3)
    return {
        "which": array(which),
        "low": array(low),
        "high": array(high),
        "weight": array(weight),
        "single": array(single),
        "single_weight": array(single_weight),
        "near_which": array(near_which),
        "near_word": near_word,
        "near_weight": array(near_weight),
        "mark": array(mark),
        "mark_weight": array(mark_weight),
        "days": list(wanted.days),
        "born_from": wanted.born and wanted.born.first,
        "born_to": wanted.born and wanted.born.last,
        "most": most,
        "most_marked": MOST_OF_A_MARK,
        "most_of_a_day": MOST_OF_A_DAY,
    }
