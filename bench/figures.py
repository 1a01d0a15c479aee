"""Times and shares as they are told: medians with the least and the most, and what nineteen of twenty stay below."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import django
from django.db import connection


@dataclass
class Clocked:
    """What one way of doing a thing took, question by question."""

    rounds: dict[int, list[float]] = field(default_factory=dict)  # milliseconds
    found: list[bool] = field(default_factory=list)
    exactly: list[bool] = field(default_factory=list)
    cpu_ms: float = 0.0
    server_cpu_ms: float = 0.0

    def add(self, other: Clocked) -> None:
        for number, times in other.rounds.items():
            self.rounds.setdefault(number, []).extend(times)
        self.found += other.found
        self.exactly += other.exactly
        self.cpu_ms += other.cpu_ms
        self.server_cpu_ms += other.server_cpu_ms

    @contextmanager
    def timing(self, number: int) -> Iterator[None]:
        cpu, server, began = time.process_time(), server_cpu_ms(), time.perf_counter()
        yield
        self.rounds.setdefault(number, []).append((time.perf_counter() - began) * 1e3)
        self.cpu_ms += (time.process_time() - cpu) * 1e3
        self.server_cpu_ms += server_cpu_ms() - server

    def told(self) -> dict[str, Any]:
        times = sorted(each for some in self.rounds.values() for each in some)
        p50s = [median(some) for some in self.rounds.values()]
        return {
            "questions": len(times),
            "recall": share(self.found),
            "recall of the very person": share(self.exactly),
            "p50 ms": round(median(times), 2),
            "p50 of the rounds, least and most": [round(min(p50s), 2), round(max(p50s), 2)],
            "p95 ms": round(times[int(len(times) * 0.95)], 2),
            "CPU ms, Python": round(self.cpu_ms / len(times), 2),
            "CPU ms, server": round(self.server_cpu_ms / len(times), 2),
        }


def share(of: Sequence[bool]) -> float:
    return round(sum(of) / len(of), 4) if of else 0.0


def server_cpu_ms() -> float:
    """What our session's process has used, where it runs on this machine and may be looked at; to ten milliseconds."""
    try:
        used = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(used[11]) + int(used[12])) * 1e3 / os.sysconf("SC_CLK_TCK")


def versions() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    return {
        "PostgreSQL": server,
        "Python": platform.python_version(),
        "Django": django.get_version(),
        "jellyfish": version("jellyfish"),
        "cores": str(os.cpu_count()),
    }


def sizes(like: str) -> dict[str, float]:
    """Tables and indexes whose table's name begins so, in MiB."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, round(pg_relation_size(oid) / 1048576.0, 1) FROM pg_class WHERE relkind IN ('r', 'i') AND "
            "oid IN (SELECT oid FROM pg_class WHERE starts_with(relname, %s) UNION "
            "SELECT indexrelid FROM pg_index WHERE starts_with(indrelid::regclass::text, %s)) ORDER BY 2 DESC",
            [like, like],
        )
        return {name: float(size) for name, size in cursor.fetchall()}
