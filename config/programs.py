"""Long-running programs: started, kept alive, stopped, and never left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

SETTLED = 10  # seconds; a program that dies sooner has died at once
FIRST_DELAY, LONGEST_DELAY = 1.0, 15.0
LONG_LOG = 1_000_000  # bytes; one older log is kept beside it

C_LIBRARY = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def say(line: str, end: str = "\n") -> None:
    """To standard error: standard output belongs to the command, and a program may be reading it."""
    print(line, end=end, file=sys.stderr, flush=True)


def refuse(why: str) -> NoReturn:
    raise SystemExit(f"Longstop: {why}")


def die_with_parent(how: signal.Signals) -> Callable[[], None]:
    """Even a supervisor killed outright leaves nothing behind. Linux only; elsewhere the next start tidies up."""

    def ask_kernel() -> None:
        if sys.platform == "linux":
            C_LIBRARY.prctl(PR_SET_PDEATHSIG, how)

    return ask_kernel


@dataclass
class Program:
    """When it dies it is started again, later and later if it keeps dying at once."""

    name: str
    command: Sequence[str]
    run: Path
    stops_on: signal.Signals = signal.SIGTERM
    options: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    delay: float = FIRST_DELAY
    due: float = 0.0

    @property
    def log(self) -> Path:
        return self.run / "logs" / f"{self.name}.log"

    @property
    def pid_file(self) -> Path:
        return self.run / "pids" / f"{self.name}.pid"

    @property
    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-5:])

    def start(self) -> None:
        """In a session of its own: Ctrl-C at the terminal is for us, and we stop things in their order."""
        if self.log.exists() and self.log.stat().st_size > LONG_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        with open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(self.stops_on),
                **self.options,
            )
        self.started = time.monotonic()
        self.pid_file.write_text(f"{self.process.pid}\n")

    def start_and_wait(self, ready: Callable[[], bool], limit: float) -> None:
        self.start()
        while not ready():
            if self.ended() or time.monotonic() > self.started + limit:
                refuse(f"{self.name} did not start. From {self.log}:\n{self.last_words}")
            time.sleep(0.05)

    def tend(self) -> None:
        if self.process and self.process.poll() is not None:
            self.mourn(self.process.returncode)
        if self.process is None and time.monotonic() >= self.due:
            self.start()

    def mourn(self, code: int) -> None:
        self.kill()
        self.process = None
        if time.monotonic() - self.started > SETTLED:
            self.delay = FIRST_DELAY
        how = f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended (code {code})"
        say(f"Longstop: {self.name} {how}; starting it again in {self.delay:.0f} s. See {self.log}")
        self.due = time.monotonic() + self.delay
        self.delay = min(self.delay * 2, LONGEST_DELAY)

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def ask_to_stop(self) -> None:
        if self.process:
            self.process.send_signal(self.stops_on)

    def kill(self) -> None:
        """The whole session, so that a server's own workers cannot outlive it."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.pid_file.unlink(missing_ok=True)


def stop(programs: Sequence[Program], grace: float) -> None:
    """All at once, so that the slowest decides how long it takes."""
    for program in programs:
        program.ask_to_stop()
    until = time.monotonic() + grace
    while time.monotonic() < until and not all(program.ended() for program in programs):
        time.sleep(0.05)
    for program in programs:
        program.kill()
