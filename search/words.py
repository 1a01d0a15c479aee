"""The words that are in use as names and streets, and which of them somebody may have meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from matching.names import short_and_long_forms
from search.keys import alike
from search.likeness import Near, likeness
from search.rows import array

NAME, STREET = "n", "s"
MOST_BEGUN = 100
SLICE = 2**26  # of the numbers of words, of which there are 2**32
LOCK = 694_001  # held by all who write words, so that none is forgotten while somebody begins to use it

# One search of the index for each word asked for: for all of them together PostgreSQL expects so many rows that it
# would rather read the whole table. A word that was only begun may stand for thousands; the commonest come first.
NEAR = """
SELECT asked.which, near.word, near.number, near.people
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) WITH ORDINALITY AS asked (sort, word, keys, forms, which)
CROSS JOIN LATERAL (
  SELECT word, number, people FROM search_word w WHERE w.keys && asked.keys::int[] AND w.sort = asked.sort
  UNION
  SELECT word, number, people FROM search_word w
  WHERE w.sort = asked.sort AND w.word = ANY(string_to_array(asked.forms, ' '))
  UNION
  (SELECT word, number, people FROM search_word w
   WHERE w.sort = asked.sort AND w.word >= asked.word AND w.word < asked.word || U&'\\+10FFFF'
   ORDER BY people DESC, length(w.word) LIMIT %s)
) AS near
"""
# Pairs, not people: somebody with three names counts twice, which does no harm where it only says what is common.
COUNT = """
UPDATE search_word AS w SET people = counted.people
FROM (
  SELECT number, count(*) AS people FROM (
    SELECT low AS number FROM search_pair WHERE low BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT high FROM search_pair WHERE high BETWEEN %(first)s AND %(last)s
  ) AS used GROUP BY number
) AS counted
WHERE w.sort = 'n' AND w.number = counted.number AND w.people <> counted.people
"""
UNUSED = """
sort = 'n'
AND NOT EXISTS (SELECT FROM search_pair p WHERE p.low = w.number)
AND NOT EXISTS (SELECT FROM search_pair p WHERE p.high = w.number)
"""

Asked = tuple[str, str]  # NAME or STREET, and the word


def near(asked: Sequence[Asked]) -> dict[Asked, list[Near]]:
    """The words on record that each of these may stand for, the likeliest first. One statement for them all."""
    if not asked:
        return {}
    close: defaultdict[int, list[Near]] = defaultdict(list)
    sorts, words = zip(*asked, strict=True)
    keys = [array(alike(sort, word)) for sort, word in asked]
    forms = [" ".join(short_and_long_forms(word)) if sort == NAME else "" for sort, word in asked]
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [list(sorts), list(words), keys, forms, MOST_BEGUN])
        for which, word, number, people in cursor.fetchall():
            if (like := likeness(words[which - 1], word)).share:
                close[which - 1].append(Near(word, number, people, like))
    return {each: sorted(close[which], key=_likeliest) for which, each in enumerate(asked)}


def _likeliest(near: Near) -> tuple[float, int, str]:
    return -near.like.share, -near.people, near.word


@contextmanager
def words_are_kept() -> Iterator[None]:
    """Nobody forgets a word meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [LOCK])


def tidy() -> None:
    """Count how many are called what, and forget the words that nobody is called by any more. For every night."""
    with connection.cursor() as cursor:
        # Little by little: who writes a record with a word that is being counted waits for it.
        for first in range(-(2**31), 2**31, SLICE):
            cursor.execute(COUNT, {"first": first, "last": first + SLICE - 1})
        cursor.execute(f"SELECT word FROM search_word w WHERE {UNUSED}")  # noqa: S608 - ours
        unused = [word for (word,) in cursor.fetchall()]
        with transaction.atomic():
            # Not to be waited for, or all who write would wait behind. If somebody writes just now, another night.
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if cursor.fetchone() == (True,):
                cursor.execute(f"DELETE FROM search_word w WHERE word = ANY(%s) AND {UNUSED}", [unused])  # noqa: S608
