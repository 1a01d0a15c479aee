"""A real worker and a real beat, as subprocesses on this test's own database and its own Redis."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import redis
from django.conf import settings
from django.db import connections

WORKER = ["worker", "--pool", "solo", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
DEADLINE = 20.0


def database() -> str:
    return str(connections["default"].settings_dict["NAME"])


def redis_url() -> str:
    """A Redis database of its own for each test process, so that none takes another's nudges."""
    given = urlsplit(os.environ["REDIS_URL"])
    number = os.getpid() % 15 + 1
    if given.scheme == "unix":
        options = {**dict(parse_qsl(given.query)), "db": str(number)}
        return f"unix://{given.path}?{urlencode(options)}"
    return given._replace(path=f"/{number}").geturl()


def broker() -> redis.Redis:
    return redis.Redis.from_url(redis_url())


def _environment() -> dict[str, str]:
    here = {
        name: urlsplit(os.environ[name])._replace(path=f"/{database()}").geturl()
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    return {**os.environ, **here, "REDIS_URL": redis_url(), "OVER_TLS": "0", "LOG_LEVEL": "INFO"}


class Programs:
    """What this test started, and nothing else, is what it stops."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: list[tuple[subprocess.Popen[bytes], Path]] = []

    def worker(self) -> subprocess.Popen[bytes]:
        return self._start([*WORKER, "--hostname", f"test-{len(self.running)}@%h"])

    def beat(self) -> subprocess.Popen[bytes]:
        schedule = self.folder / f"schedule-{len(self.running)}"
        return self._start(["beat", "--schedule", str(schedule), "--pidfile", ""])

    def _start(self, arguments: list[str]) -> subprocess.Popen[bytes]:
        log = self.folder / f"{arguments[0]}-{len(self.running)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 - ours
                [sys.executable, "-m", "celery", "-A", "config", *arguments],
                cwd=settings.BASE_DIR,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running.append((process, log))
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process, _ in self.running:
            self.kill(process)

    def wait_until(self, true: Callable[[], bool], what: str) -> None:
        """Looks again and again until the deadline; then says what the programs said."""
        until = time.monotonic() + DEADLINE
        while not true():
            if time.monotonic() > until or all(process.poll() is not None for process, _ in self.running):
                raise AssertionError(f"{what}: not within {DEADLINE:.0f} s.\n{self._last_words()}")
            time.sleep(0.1)

    def _last_words(self) -> str:
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}" for _, log in self.running)
