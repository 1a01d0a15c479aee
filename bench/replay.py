"""How long a queue takes as it stood, against the same queue as it is.

    python -m config.services --test -- python -m bench.replay [--size 0.3] [--requests 5]

The demo's force, lived through by the verbs, in a database of its own. Each queue is opened as a page by somebody who
may see it: as it is, and as it stood an hour, a day, a week and three weeks ago. What is measured is the whole request.
The limit is the page as it is: a replay runs the same code on rows that have to be worked out first.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from access.actor import System, acting
from access.roles import Can
from access.scratch import scratch_database
from access.time import now
from accounts.models import User
from bench.figures import Clocked, versions
from demo.people import CAST
from demo.seed import seed
from history.models import EarlierRow
from history.replay import remembered_tables
from insight.looking_back import address_then, queues

RESULT = Path(__file__).resolve().parent / "results" / "replay.json"
AGO = {
    "an hour ago": timedelta(hours=1),
    "a day ago": timedelta(days=1),
    "a week ago": timedelta(days=7),
    "three weeks ago": timedelta(days=21),
}
PRESENT = "as it is"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--size", type=float, default=0.3, help="of the demo's force")
    asked.add_argument("--requests", type=int, default=5, help="of each queue at each moment")
    options = asked.parse_args()
    with scratch_database("longstop_bench_replay"):
        seed(lambda line: None, size=options.size)
        told = {"size": options.size, "versions": versions(), **_kept(), **measured(options.requests)}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(told, indent=1) + "\n")
    sys.stdout.write(table(told) + "\n")


def _kept() -> dict[str, Any]:
    """What there is to read, and how many tables each moment covers."""
    with acting(System("bench")):
        at = now()
        covered = {
            name: sum(each.changed or bool(each.born) for each in remembered_tables(at - ago))
            for name, ago in AGO.items()
        }
        return {"earlier rows": EarlierRow.objects.count(), "tables covered": covered, "bytes": _bytes()}


def _bytes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('history_earlierrow')")
        (size,) = cursor.fetchone()
        return int(size)


def measured(requests: int) -> dict[str, Any]:
    """Moment -> queue -> milliseconds, in turns."""
    at, signed_in = now(), {}
    clocked: dict[str, dict[str, Clocked]] = {moment: {} for moment in [PRESENT, *AGO]}
    for name, view in queues().items():
        client = signed_in.setdefault(view.may, _somebody(view.may))
        if client is None:
            continue
        here = reverse(name)
        addresses = {PRESENT: here} | {moment: address_then(here, at - ago) for moment, ago in AGO.items()}
        for address in addresses.values():  # to warm up
            _open(client, address)
        for number in range(requests):
            for moment, address in addresses.items():
                with clocked[moment].setdefault(name, Clocked()).timing(number):
                    _open(client, address)
    p50 = {moment: {name: each.told()["p50 ms"] for name, each in found.items()} for moment, found in clocked.items()}
    return {"queues": len(p50[PRESENT]), "p50 ms": p50}


def _somebody(may: Any) -> Client | None:
    """Somebody of the cast who may see it, and may look back."""
    for player in CAST:
        with acting(System("bench")):
            person = User.objects.get(username=player.username)
            acts = person.acts()
        if Can.REPLAY in acts and (may is None or may in acts):
            client = Client(SERVER_NAME="localhost")
            client.force_login(person)
            return client
    return None


def _open(client: Client, address: str) -> None:
    answer = client.get(address, secure=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def table(told: dict[str, Any]) -> str:
    lines = [
        f"{told['queues']} queues; {told['earlier rows']:,} earlier rows, {told['bytes'] / 2**20:.0f} MiB",
        f"{'':18}{'covered':>8}{'middle ms':>11}{'slowest ms':>12}{'times the page as it is':>26}",
    ]
    present = told["p50 ms"][PRESENT]
    for moment, found in told["p50 ms"].items():
        worst = max(found, key=lambda name: found[name])
        times = median(found[name] / present[name] for name in found)
        covered = told["tables covered"].get(moment, 0)
        lines.append(
            f"{moment:18}{covered:>8}{median(found.values()):>11.0f}{found[worst]:>12.0f}{times:>26.1f}  {worst}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
