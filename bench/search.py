"""How many are found, and how quickly, among as many people as a large force knows.

    python -m config.services --test -- python -m bench.search [--people 2000000] [--queries 200]

Every question is put to the search without and with a date of birth, and to the limit: the least PostgreSQL must do,
one step down an index, which finds a name typed exactly. Some are put to the rival: `icontains`, as most do it.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, connections

from access.scratch import scratch_database
from bench.errors import KINDS
from bench.figures import Clocked, share, sizes, versions
from bench.people import dice_of, people, source
from matching.names import fold
from search.born import easily_mistaken
from search.find import Question, find
from search.index import Entry, put, rebuild
from search.words import tidy

RESULT = Path(__file__).resolve().parent / "results" / "search.json"
ROUNDS = 5  # in each of them every kind and every way has its turn, so that a slow minute is everybody's
RIVALS_QUESTIONS = 1  # of each kind in each round: one takes as long as fifty of ours
LIMIT = 20
POOL = 12_000
GOALS = {"recall without a date of birth": 0.93, "recall with one": 0.99, "p95 ms": 50.0}
OURS, WITH_BIRTH, LEAST, RIVAL = "search", "search with date of birth", "limit: exact b-tree", "rival: icontains"

TABLE = """
CREATE TABLE bench_people (key uuid PRIMARY KEY, given text, family text, name text);
CREATE INDEX bench_people_name ON bench_people (family, given);
"""


@dataclass(frozen=True)
class Asked:
    """Somebody, as they were asked for. Where more bear the very name than are shown, any of them counts as found."""

    key: UUID
    given: str
    family: str
    text: str
    born_on: date
    many: bool


def main() -> None:
    asked_for = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked_for.add_argument("--people", type=int, default=2_000_000)
    asked_for.add_argument("--queries", type=int, default=200, help="of each kind")
    options = asked_for.parse_args()
    began = time.perf_counter()
    with scratch_database("longstop_bench_search"):
        built, pool = build(options.people)
        questions = {kind: list(asked(kind, pool, options.queries)) for kind in KINDS}
        clocked = measure(questions)
        told = {**built, **results(clocked), "put, one person": one_at_a_time(pool)}
    told["seconds, all of it"] = round(time.perf_counter() - began)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(told, indent=1) + "\n")
    say(table(told))


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


# The people


def build(number: int) -> tuple[dict[str, Any], list[Entry]]:
    """The index of that many people, by way of the product; beside it a plain table for the limit and the rival."""
    say(f"Indexing {number:,} people: {source()} ...")
    with connections["owner"].cursor() as owner:
        owner.execute(TABLE)
        pool: list[Entry] = []
        began = time.perf_counter()
        rebuild(noted(people(number), owner, pool, POOL / number))
        took = time.perf_counter() - began
        tidy()
        owner.execute("VACUUM ANALYZE")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_word")
        words = cursor.fetchone()[0]
    built = {
        "people": number,
        "names": source(),
        "words": words,
        "versions": versions(),
        "seconds to index": round(took),
        "MiB": sizes("search_"),
        "goals": GOALS,
    }
    return built, pool


def noted(entries: Iterable[Entry], owner: Any, pool: list[Entry], share_of_pool: float) -> Iterator[Entry]:
    """They are copied to the plain table as they go by, and some are kept to be asked for."""
    dice, rows = dice_of(2), StringIO()
    for at, entry in enumerate(entries, start=1):
        given, family = name_of(entry)
        rows.write(f"{entry.key}\t{fold(given)}\t{fold(family)}\t{' '.join(entry.names[0])}\n")
        if entry.born_from and entry.born_from == entry.born_to and dice.random() < share_of_pool:
            pool.append(entry)
        if at % 50_000 == 0:
            copy(rows, owner)
        yield entry
    copy(rows, owner)


def copy(rows: StringIO, owner: Any) -> None:
    rows.seek(0)
    owner.copy_expert("COPY bench_people FROM STDIN", rows)
    rows.seek(0)
    rows.truncate()


def name_of(entry: Entry) -> tuple[str, str]:
    """What people type of somebody: the first of the first names and the family name."""
    given, family = entry.names[0]
    return given.split()[0], family


# The questions


def asked(kind: str, pool: Sequence[Entry], number: int) -> Iterator[Asked]:
    dice = dice_of(sum(map(ord, kind)))
    for entry in dice.sample(pool, len(pool)):
        given, family = name_of(entry)
        text = KINDS[kind](dice, given, family)
        if text is None or entry.born_from is None:
            continue
        yield Asked(entry.key, fold(given), fold(family), text, _as_said(dice, entry.born_from), _many(given, family))
        number -= 1
        if not number:
            return


def _as_said(dice: Random, born: date) -> date:
    """Half are right; the others have day and month swapped, or are a year off."""
    return born if dice.random() < 0.5 else dice.choice([*easily_mistaken(born)])


def _many(given: str, family: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM bench_people WHERE family = %s AND given = %s LIMIT %s) AS namesakes",
            [fold(family), fold(given), LIMIT + 1],
        )
        return bool(cursor.fetchone()[0] > LIMIT)


def answer(way: str, question: Asked) -> list[UUID]:
    if way in (OURS, WITH_BIRTH):
        born_on = question.born_on if way == WITH_BIRTH else None
        return [hit.key for hit in find(Question(question.text, born_on=born_on), LIMIT)]
    words = fold(question.text).split()
    if way == LEAST:
        conditions, values = "family = %s AND given = %s", [" ".join(words[1:]), words[0]]
    else:
        conditions = " AND ".join(["UPPER(name) LIKE UPPER(%s)"] * len(words))
        values = [f"%{word}%" for word in words]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key FROM bench_people WHERE {conditions} LIMIT {LIMIT}", values)
        return [key for (key,) in cursor.fetchall()]


def counts_as_found(question: Asked, keys: Sequence[UUID]) -> bool:
    if question.key in keys or not question.many:
        return question.key in keys
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM bench_people WHERE key = ANY(%s::uuid[]) AND given = %s AND family = %s LIMIT 1",
            [[str(key) for key in keys], question.given, question.family],
        )
        return cursor.fetchone() is not None


def measure(questions: dict[str, list[Asked]]) -> dict[tuple[str, str], Clocked]:
    clocked = {(kind, way): Clocked() for kind in KINDS for way in (OURS, WITH_BIRTH, LEAST, RIVAL)}
    for question in questions["letter missing"][:20]:  # to warm up
        for way in (OURS, WITH_BIRTH, LEAST):
            answer(way, question)
    gc.collect()
    gc.freeze()
    for number in range(ROUNDS):
        say(f"Round {number + 1} of {ROUNDS} ...")
        for kind, all_of_them in questions.items():
            for at, question in enumerate(all_of_them[number::ROUNDS]):
                ways = [OURS, WITH_BIRTH, LEAST, *([RIVAL] if at < RIVALS_QUESTIONS else [])]
                for way in ways if at % 2 else reversed(ways):
                    put_to(clocked[kind, way], way, question, number)
    return clocked


def put_to(clocked: Clocked, way: str, question: Asked, number: int) -> None:
    with clocked.timing(number):
        keys = answer(way, question)
    clocked.exactly.append(question.key in keys)
    # With the date of birth there is nobody else who could have been meant.
    clocked.found.append(question.key in keys if way == WITH_BIRTH else counts_as_found(question, keys))


def one_at_a_time(pool: Sequence[Entry]) -> dict[str, Any]:
    """Somebody gets a new phone number and another name: what it takes to find them by it."""
    clocked = Clocked()
    for at, entry in enumerate(pool[:250]):
        changed = replace(entry, phones=["07700 900461"], names=[*entry.names, ("Anna", f"Sallow{at}")])
        with clocked.timing(at // 50):
            put([changed])
    return {name: figure for name, figure in clocked.told().items() if "recall" not in name}


# What is told


def results(clocked: dict[tuple[str, str], Clocked]) -> dict[str, Any]:
    together: dict[str, Clocked] = {}
    for (_, way), each in clocked.items():
        together.setdefault(way, Clocked()).add(each)
    return {
        "kinds": {kind: {way: clocked[kind, way].told() for way in together} for kind in KINDS},
        "all kinds": {way: each.told() for way, each in together.items()},
        "goals met": {
            "recall without a date of birth": share(together[OURS].found) >= GOALS["recall without a date of birth"],
            "recall with one": share(together[WITH_BIRTH].found) >= GOALS["recall with one"],
            "p95 ms": max(together[way].told()["p95 ms"] for way in (OURS, WITH_BIRTH)) <= GOALS["p95 ms"],
        },
    }


def table(told: dict[str, Any]) -> str:
    lines = [
        f"\n{told['people']:,} people, {told['words']:,} words; {told['names']}",
        ", ".join(f"{name} {number}" for name, number in told["versions"].items()),
        f"indexed in {told['seconds to index']} s; {round(sum(told['MiB'].values()))} MiB: "
        + ", ".join(f"{name} {size:g}" for name, size in told["MiB"].items()),
        f"\n{'':18} {'':27} recall (very person)   p50 ms (least-most)     p95    CPU Python + server",
    ]
    for kind, ways in [*told["kinds"].items(), ("ALL", told["all kinds"])]:
        lines += [
            f"{kind if at == 0 else '':18} {way:27} {_row(figures)}" for at, (way, figures) in enumerate(ways.items())
        ]
    put_one = told["put, one person"]
    lines.append(f"\nput, one person: p50 {put_one['p50 ms']} ms, p95 {put_one['p95 ms']} ms")
    lines.append(f"goals met: {told['goals met']}; {told['seconds, all of it']} s in all")
    return "\n".join(lines)


def _row(figures: dict[str, Any]) -> str:
    least, most = figures["p50 of the rounds, least and most"]
    return (
        f"{figures['recall']:6.3f} ({figures['recall of the very person']:.3f})     "
        f"{figures['p50 ms']:8.1f} ({least:.1f}-{most:.1f}) {figures['p95 ms']:9.1f} "
        f"{figures['CPU ms, Python']:9.1f} + {figures['CPU ms, server']:.1f}"
    )


if __name__ == "__main__":
    main()
