"""Runs the whole of Longstop on one machine and keeps it alive: what `make demo` does.

    python -m config.supervise

Prepares the database and the invented people in it, then runs the pages, the worker and the timetable until it is told
to stop. PORT chooses the port.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded import ROOT, Place, die_with_parent, last_words, own_folder, refuse, say, start
from config.services import end_tidily, on_ending, refuse_second, running, services

MANAGE = [sys.executable, "manage.py"]
CELERY = [sys.executable, "-m", "celery", "-A", "config"]
FIRST_ANSWER = 60  # seconds until the pages must have answered once
SETTLED = 10  # seconds after which a program that dies is not thought to die at once
FIRST_DELAY, LONGEST_DELAY = 1.0, 15.0
GRACE = 3.5  # seconds to stop by itself; whoever pressed Ctrl-C is waiting


@dataclass
class Program:
    """One long-running program. When it dies it is started again, later and later if it keeps dying at once."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    delay: float = FIRST_DELAY
    due: float = field(default_factory=time.monotonic)

    @property
    def run(self) -> Path:
        return Path(self.environment["LONGSTOP_RUN"])

    @property
    def log(self) -> Path:
        return self.run / "logs" / f"{self.name}.log"

    @property
    def pid_file(self) -> Path:
        return self.run / "pids" / f"{self.name}.pid"

    def tend(self) -> None:
        if self.process and self.process.poll() is not None:
            self.mourn(self.process.returncode)
        if self.process is None and time.monotonic() >= self.due:
            self.start()

    def start(self) -> None:
        self.process = start(self.command, self.log, ends_with=signal.SIGTERM, cwd=ROOT, env=self.environment)
        self.started = time.monotonic()
        self.pid_file.write_text(f"{self.process.pid}\n")

    def mourn(self, code: int) -> None:
        self.process = None
        self.pid_file.unlink(missing_ok=True)
        if time.monotonic() - self.started > SETTLED:
            self.delay = FIRST_DELAY
        how = f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended (code {code})"
        say(f"Longstop: {self.name} {how}; starting it again in {self.delay:.0f} s. See {self.log}")
        self.due = time.monotonic() + self.delay
        self.delay = min(self.delay * 2, LONGEST_DELAY)

    def signal(self, signum: signal.Signals) -> None:
        """To the whole session, so that a server's own workers cannot be left behind."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signum)

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None


def programs(environment: dict[str, str], port: int) -> list[Program]:
    # No control socket: a second server of the same user would quarrel over it.
    gunicorn = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "warning", "config.wsgi"]
    web = [*gunicorn, "-b", f"127.0.0.1:{port}", "-w", "2", "--threads", "4", "--graceful-timeout", "3"]
    # One worker needs neither gossip nor mingling; a pool of one saves two processes.
    worker = [*CELERY, "worker", "--pool", "solo", "-l", "WARNING", "--without-gossip", "--without-mingle"]
    beat = [*CELERY, "beat", "-l", "WARNING", "-s", f"{environment['LONGSTOP_RUN']}/beat-schedule"]
    commands = {"web": web, "worker": worker, "beat": beat}
    return [Program(name, command, environment) for name, command in commands.items()]


@contextmanager
def kept(all_programs: list[Program]) -> Iterator[None]:
    for program in all_programs:
        own_folder(program.pid_file.parent, 0o700)
        program.tend()
    try:
        yield
    finally:
        stop_all(all_programs)


def stop_all(all_programs: list[Program]) -> None:
    for program in all_programs:
        program.signal(signal.SIGTERM)
    until = time.monotonic() + GRACE
    while time.monotonic() < until and not all(program.ended() for program in all_programs):
        time.sleep(0.05)
    for program in all_programs:
        program.signal(signal.SIGKILL)
        program.pid_file.unlink(missing_ok=True)


# Before the programs


def step(doing: str, environment: dict[str, str], *command: str, own_words: bool = False) -> str:
    """One command that ends by itself. What it says is shown if it fails, or if it tells its own progress."""
    say(f"{doing} ...")
    began = time.monotonic()
    done = subprocess.run(
        [*MANAGE, *command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=None if own_words else subprocess.PIPE,
        stderr=None if own_words else subprocess.PIPE,
        text=True,
        check=False,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
    )
    if done.returncode:
        refuse(f"`manage.py {' '.join(command)}` failed.\n{done.stdout or ''}{done.stderr or ''}".rstrip())
    say(f"{doing}: done in {time.monotonic() - began:.1f} s")
    return done.stdout or ""


def prepare(environment: dict[str, str]) -> str:
    """Everything that must be there before the first page, and who can sign in to see it."""
    step("Preparing the database", environment, "migrate", "--database", "owner", "--no-input")
    step("Collecting styles and scripts", environment, "collectstatic", "--no-input")
    step("Inventing people and work", environment, "seed_demo", own_words=True)
    people = step("Looking up who can sign in", environment, "demo_people")
    return people.partition("\n")[0]


# The port


def chosen_port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        refuse(f"PORT is {given!r}, which is no port.")
    return int(given)


def check_port(port: int) -> None:
    """Before anything is started: a server that cannot listen would only be noticed at the end."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            found = running(Place("demo"))
            if found and found["LONGSTOP_URL"]:
                refuse_second(found)
            refuse(f"port {port} cannot be used ({problem.strerror}). Choose another: make demo PORT={port + 1}")


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


# All together


def supervise(environment: dict[str, str], port: int, people: str) -> None:
    all_programs = programs(environment, port)
    web = all_programs[0]
    with kept(all_programs):
        until, ready = time.monotonic() + FIRST_ANSWER, False
        while True:
            for program in all_programs:
                program.tend()
            if not ready and (ready := answers(port)):
                print(f"Longstop is ready at {environment['LONGSTOP_URL']} - sign in as {people}", flush=True)
            if not ready and time.monotonic() > until:
                refuse(f"no answer from the pages. From {web.log}:\n{last_words(web.log)}")
            time.sleep(0.2)


def main() -> None:
    on_ending(end_tidily)
    port = chosen_port()
    check_port(port)
    url = f"http://127.0.0.1:{port}"
    with services("demo", url) as environment:
        people = prepare(environment)
        say(f"Starting. Ctrl-C stops it; logs are in {environment['LONGSTOP_RUN']}/logs")
        supervise(environment, port, people)


if __name__ == "__main__":
    try:
        main()
    except SystemExit as end:
        # Being told to stop is how the demo ends, so it is no failure.
        sys.exit(0 if end.code in (128 + signal.SIGINT, 128 + signal.SIGTERM, 128 + signal.SIGHUP) else end.code)
