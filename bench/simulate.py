"""How many transitions a second Longstop does when a simulated force lives in it, sweeps, clocks and ledger included.

    python -m config.services --test -- python -m bench.simulate [--size 0.05] [--days 2] [--profile june_2022.toml]

One process does everything in the order of time, in one transaction: what a force does at once, by many people, is not
measured here. The database is of its own and is gone afterwards.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from access.scratch import scratch_database
from bench.figures import versions
from simulator.drive import closing_table, live
from simulator.reading import load
from simulator.series import JUNE

RESULT = Path(__file__).resolve().parent / "results" / "simulate.json"


def main() -> None:
    asked_for = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked_for.add_argument("--size", type=float, default=0.05, help="of the force; 1 = all of it, and takes hours")
    asked_for.add_argument("--days", type=int, default=2)
    asked_for.add_argument("--profile", default="june_2022.toml")
    asked_for.add_argument("--seed", default="694")
    options = asked_for.parse_args()
    with scratch_database("longstop_bench_simulate"):
        told = measured(options)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(told, indent=1) + "\n")


def measured(options: argparse.Namespace) -> dict[str, Any]:
    lived = live(load(options.profile).scaled(options.size), options.seed, JUNE, options.days, say)
    for line in closing_table(lived):
        say(line)
    return {
        "profile": options.profile,
        "size": options.size,
        "days": options.days,
        "seed": options.seed,
        "transitions": lived.transitions,
        "seconds": round(lived.seconds, 1),
        "transitions a second": round(lived.transitions / max(lived.seconds, 0.001), 1),
        "refused": len(lived.stage.refused),
        "versions": versions(),
    }


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
