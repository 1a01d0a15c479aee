"""Runs the whole of Longstop on one machine and keeps it alive: what `make demo` does.

    python -m config.supervise

Prepares the database and the invented people in it, then runs the pages, the worker and the timetable until it is told
to stop. PORT chooses the port; PROFILE a simulated force in place of the demo's own, and SIZE how much of it.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded import ROOT, Place
from config.programs import Program, die_with_parent, refuse, say, stop
from config.services import end_tidily, on_ending, refuse_second, running, services

CELERY = [sys.executable, "-m", "celery", "-A", "config"]
FIRST_ANSWER = 60  # seconds until the pages must have answered once
SIZE, INSPECTED = "0.05", "2022-06-15T10:00"
"""Of a simulated force, and the hour at which it is to be seen: a twentieth takes a few minutes."""
GRACE = 3.5  # seconds to stop by itself; whoever pressed Ctrl-C is waiting


def longstop(environment: dict[str, str], port: int) -> list[Program]:
    """The pages first: whether they answer decides whether we are ready."""
    # No control socket: a second server of the same user would quarrel over it.
    gunicorn = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "warning", "config.wsgi"]
    web = [*gunicorn, "-b", f"127.0.0.1:{port}", "-w", "2", "--threads", "4", "--graceful-timeout", "3"]
    # One worker needs neither gossip nor mingling; a pool of one saves two processes.
    worker = [*CELERY, "worker", "--pool", "solo", "-l", "WARNING", "--without-gossip", "--without-mingle"]
    run = Path(environment["LONGSTOP_RUN"])
    beat = [*CELERY, "beat", "-l", "WARNING", "-s", str(run / "beat-schedule")]
    options = {"cwd": ROOT, "env": environment}
    # Somebody at the other end: a partner agency's system, which uses nothing but the API.
    partner = [sys.executable, "manage.py", "sample_partner", "--url", f"http://127.0.0.1:{port}"]
    commands = {"web": web, "worker": worker, "beat": beat}
    if (run / "sample-partner").is_dir():  # a demo that was invented before there was one has none
        commands["partner"] = partner
    return [Program(name, command, run, options=options) for name, command in commands.items()]


@contextmanager
def kept(programs: list[Program]) -> Iterator[None]:
    try:
        yield
    finally:
        stop(programs, GRACE)


# Before the programs


def manage(environment: dict[str, str], *command: str, own_words: bool = False) -> str:
    """One command that ends by itself. What it says is shown if it fails, or if it tells its own progress."""
    output = None if own_words else subprocess.PIPE
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        text=True,
        check=False,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
    )
    if done.returncode:
        refuse(f"`manage.py {' '.join(command)}` failed.\n{done.stdout or ''}{done.stderr or ''}".rstrip())
    return done.stdout or ""


@contextmanager
def timed(doing: str, end: str = " ") -> Iterator[None]:
    say(f"{doing} ...", end)
    began = time.monotonic()
    yield
    say(f"{time.monotonic() - began:.1f} s")


def prepare(environment: dict[str, str]) -> str:
    """Everything that must be there before the first page, and who can sign in to see it."""
    with timed("Preparing the database"):
        manage(environment, "migrate", "--database", "owner", "--no-input")
    with timed("Collecting styles and scripts"):
        manage(environment, "collectstatic", "--no-input")
    with timed("Inventing people and work", end="\n"):
        manage(environment, *inventing(), own_words=True)
    return manage(environment, "demo_people").partition("\n")[0]


def inventing() -> list[str]:
    """What fills an empty database: the demo's own force, or days of a simulated one, up to an inspection's morning."""
    profile = os.environ.get("PROFILE")
    if not profile:
        return ["seed_demo"]
    size = os.environ.get("SIZE") or SIZE
    return ["simulate", "--as-demo", "--profile", profile, "--size", size, "--until", INSPECTED, "--lately", "1"]


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


def keep_alive(programs: list[Program], web: Program, port: int, welcome: str) -> None:
    until, ready = time.monotonic() + FIRST_ANSWER, False
    while True:
        for program in programs:
            program.tend()
        if not ready and (ready := answers(port)):
            print(welcome, flush=True)
        if not ready and time.monotonic() > until:
            refuse(f"no answer from the pages. From {web.log}:\n{web.last_words}")
        time.sleep(0.2)


def main() -> None:
    on_ending(end_tidily)
    port = chosen_port()
    check_port(port)
    url = f"http://127.0.0.1:{port}"
    servers: list[Program] = []
    with services("demo", url, servers) as environment:
        environment.setdefault("OVER_TLS", "0")  # plain HTTP, and it never leaves this machine
        welcome = f"Longstop is ready at {url} - sign in as {prepare(environment)}"
        ours = longstop(environment, port)
        say(f"Starting; Ctrl-C stops it. Logs: {environment['LONGSTOP_RUN']}/logs")
        with kept(ours):
            keep_alive(servers + ours, ours[0], port, welcome)


if __name__ == "__main__":
    try:
        main()
    except SystemExit as end:
        # Being told to stop is how the demo ends, so it is no failure.
        sys.exit(0 if end.code in (128 + signal.SIGINT, 128 + signal.SIGTERM, 128 + signal.SIGHUP) else end.code)
