"""Finds or starts PostgreSQL and Redis, and runs a command that knows where they are.

    python -m config.services [--test] [--reset] -- COMMAND...

With DATABASE_URL and REDIS_URL set, those servers are used and nothing is started. Otherwise private ones run for as
long as the command does; a command started meanwhile shares them. Everything said here goes to standard error:
standard output belongs to the command.
"""

import argparse
import fcntl
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, Any, NoReturn
from urllib.parse import parse_qsl, urlencode, urlsplit

import psycopg2
from psycopg2.extensions import encrypt_password

from config.embedded import (
    APP,
    SLOWEST_START,
    Place,
    answers,
    cursor,
    missing,
    own_folder,
    postgresql,
    redis_server,
)
from config.programs import Program, die_with_parent, refuse, say

Handler = Callable[[int, FrameType | None], Any] | signal.Handlers


@contextmanager
def services(name: str = "demo", url: str = "", started: list[Program] | None = None) -> Iterator[dict[str, str]]:
    """The environment for a command.

    A `url` says that pages are served there, which only one can do at a time.
    Whoever means to keep the servers alive passes a list, and finds in it those that were started.
    """
    place = Place(name)
    place.prepare()
    started = [] if started is None else started
    if os.environ.get("DATABASE_URL") and not url:
        with servers(place, started) as found:
            yield for_children(found)
        return
    lock, joined = hold_or_join(place)
    with lock:
        if joined and url:
            refuse_second(joined)
        if joined:
            yield for_children(joined)
            return
        with servers(place, started) as found, last_to_leave(place, url), published(place, url, found) as found:
            yield for_children(found)


@contextmanager
def servers(place: Place, started: list[Program]) -> Iterator[dict[str, str]]:
    given = os.environ.get("DATABASE_URL", "")
    if given and not os.environ.get("REDIS_URL"):
        refuse("DATABASE_URL is set and REDIS_URL is not. Set both, or neither.")
    with ExitStack() as stack:
        found = given_database(place, given) if given else stack.enter_context(postgresql(place, started))
        redis_url = os.environ.get("REDIS_URL") or stack.enter_context(redis_server(place, started))
        temporary = place.private / "tmp"
        own_folder(temporary, 0o700)
        yield found | {
            "REDIS_URL": redis_url,
            "LONGSTOP_RUN": str(place.run),
            "SECRET_KEY": os.environ.get("SECRET_KEY") or kept_secret(place.run / "secret-key"),
            "TMPDIR": str(temporary),
        }


def for_children(found: dict[str, str]) -> dict[str, str]:
    """A key that was given wins, even over the one a running set was started with."""
    key = os.environ.get("SECRET_KEY") or found["SECRET_KEY"]
    return {**os.environ, **found, "SECRET_KEY": key}


# Secrets


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def kept_secret(path: Path) -> str:
    """Made once, then kept: a new key would sign everybody out."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text()


# Servers of somebody else's


def given_database(place: Place, given: str) -> dict[str, str]:
    """What was given is the owner's address, unless the owner's was given too."""
    owner_url = os.environ.get("DATABASE_OWNER_URL")
    if owner_url:
        return {"DATABASE_URL": given, "DATABASE_OWNER_URL": owner_url}
    password = kept_secret(place.run / "app-password")
    app_url = as_app(given, password)
    try:
        with cursor(given) as db:
            allow_app(db, app_url, password)
    except psycopg2.errors.InsufficientPrivilege:
        refuse(f"DATABASE_URL's role may not create {APP}. Create it, and set DATABASE_OWNER_URL as well.")
    except psycopg2.ProgrammingError:
        refuse("DATABASE_URL is no PostgreSQL address.")  # its text may hold a password, so it is not repeated
    except psycopg2.Error as problem:
        refuse(f"DATABASE_URL: {str(problem).strip().splitlines()[0]}")
    return {"DATABASE_URL": app_url, "DATABASE_OWNER_URL": given}


def as_app(url: str, password: str) -> str:
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    options = [(key, value) for key, value in parse_qsl(parts.query) if key not in ("user", "password")]
    return parts._replace(netloc=f"{APP}:{password}@{where}", query=urlencode(options)).geturl()


def allow_app(db: Any, app_url: str, password: str) -> None:
    db.execute("SELECT current_user")
    if db.fetchone()[0] == APP:
        refuse(f"DATABASE_URL signs in as {APP}. Set DATABASE_OWNER_URL to the owner's address as well.")
    new = missing(db, "pg_roles", "rolname", APP)
    if new or not answers(app_url):
        # Hashed here, so that the password itself never reaches the server's log.
        hashed = encrypt_password(password, APP, scope=db.connection)
        db.execute(f"{'CREATE' if new else 'ALTER'} ROLE {APP} LOGIN PASSWORD %s", [hashed])
    db.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")


# One set of servers, shared by every command of this project


def hold_or_join(place: Place) -> tuple[IO[str], dict[str, str] | None]:
    """The supervisor's lock, when we are first; otherwise a user's, and where to find the servers of whoever is."""
    until = time.monotonic() + SLOWEST_START
    while True:
        if supervisor := locked(place, "lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
            return supervisor, None
        if user := locked(place, "users", fcntl.LOCK_SH | fcntl.LOCK_NB):
            if found := running(place):
                return user, found
            user.close()
        if time.monotonic() > until:
            refuse("another command has been starting or stopping for a minute. See whether it hangs.")
        time.sleep(0.2)


def locked(place: Place, what: str, how: int) -> IO[str] | None:
    """The kernel lets go of the lock when its holder dies, however it dies."""
    lock = open(place.base / f"{place.name}.{what}", "a")  # noqa: SIM115 - closed by whoever holds it
    try:
        fcntl.flock(lock, how)
        return lock
    except BlockingIOError:
        lock.close()
        return None


@contextmanager
def last_to_leave(place: Place, url: str) -> Iterator[None]:
    """A command that joined us keeps its servers until it ends. The demo was told to stop, and stops."""
    yield
    if not url and not locked(place, "users", fcntl.LOCK_EX | fcntl.LOCK_NB):
        say("Longstop: another command still uses the servers; they stop when it ends.")
        locked(place, "users", fcntl.LOCK_EX)


@contextmanager
def published(place: Place, url: str, found: dict[str, str]) -> Iterator[dict[str, str]]:
    """While we run, others find our servers here."""
    found = found | {"LONGSTOP_URL": url, "LONGSTOP_SUPERVISOR": str(os.getpid())}
    write_private(place.environment, json.dumps(found))
    try:
        yield found
    finally:
        place.environment.unlink(missing_ok=True)


def running(place: Place) -> dict[str, str] | None:
    """What the running set published. A file left by one that was killed names a process that is no more."""
    try:
        found: dict[str, str] = json.loads(place.environment.read_text())
        os.kill(int(found["LONGSTOP_SUPERVISOR"]), 0)
    except OSError:
        return None
    return found


def refuse_second(found: dict[str, str]) -> NoReturn:
    if found["LONGSTOP_URL"]:
        refuse(f"already running at {found['LONGSTOP_URL']}")
    refuse(f"another command (process {found['LONGSTOP_SUPERVISOR']}) is using the data. Let it end first.")


def reset(place: Place) -> None:
    place.prepare()
    lock = locked(place, "lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
    if lock is None:
        refuse(f"the {place.name} data are in use. Stop Longstop first.")
    with lock:
        shutil.rmtree(place.data)
    say(f"Longstop: the {place.name} data are gone.")


# The command


def run(command: list[str], environment: dict[str, str]) -> int:
    """At a terminal the command keeps it, and hears Ctrl-C by itself; without one we pass on what we are told."""
    terminal = sys.stdin.isatty()
    try:
        child = subprocess.Popen(
            command,
            env=environment,
            start_new_session=not terminal,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
    except OSError as problem:
        refuse(f"{command[0]}: {problem.strerror}")

    def pass_on(signum: int, _frame: FrameType | None) -> None:
        with suppress(ProcessLookupError):
            if not terminal:
                os.killpg(child.pid, signum)
            elif signum != signal.SIGINT:
                child.send_signal(signum)

    on_ending(pass_on)
    code = child.wait()
    on_ending(end_tidily)
    return 128 - code if code < 0 else code


def on_ending(handler: Handler) -> None:
    """A hang-up that was ignored from the start (nohup) stays ignored."""
    nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    for ending in (signal.SIGINT, signal.SIGTERM) if nohup else (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, handler)


def end_tidily(signum: int, _frame: FrameType | None) -> NoReturn:
    """Asked to stop: undo what was started, and let no second signal interrupt that."""
    on_ending(signal.SIG_IGN)
    raise SystemExit(128 + signum)


def main(arguments: list[str]) -> int:
    split = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser("python -m config.services", usage="%(prog)s [--test] [--reset] -- COMMAND...")
    parser.add_argument(
        "--test", action="store_true", help="servers that are fast rather than safe, with their own data"
    )
    parser.add_argument("--reset", action="store_true", help="delete the data first")
    options, command = parser.parse_args(arguments[:split]), arguments[split + 1 :]
    name = "test" if options.test else "demo"
    if not command and not options.reset:
        parser.error("a command is needed")
    on_ending(end_tidily)
    if options.reset:
        reset(Place(name))
    if not command:
        return 0
    with services(name) as environment:
        return run(command, environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
