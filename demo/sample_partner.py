"""A partner agency's system, as small as one can be: it fetches what is new, says that it has it, and decides.

It uses the client that partners use and nothing of Longstop's own. Who answers in it is invented.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

# Partners install it (pip install clients/python); here it lies beside us.
sys.path.append(str(Path(__file__).resolve().parent.parent / "clients" / "python"))

from longstop_partner import Change, Client, Disclosure, Gone, NotFound, NotNow, Problem, Unreachable

Say = Callable[[str], None]
WHO = "Kim Sample, duty social worker"
SEEN_AFTER = (20.0, 60.0)  # seconds until somebody there says that they have it
DECIDED_AFTER = (120.0, 420.0)  # seconds from then until they decide
ONE_IN = 5  # asks for more before it decides
STILL_IN_THE_TRAY = 3
"""Of what was sent before it was connected: so that somebody who has just begun to look sees them answered."""
ASKS = "Which school does the child go to, and who lives in the home now?"
OUTCOMES = [
    ("in_need", "Assessment by the duty team. A social worker visits tomorrow."),
    ("early_help", "Offered to the family by the early help team."),
    ("already_open", "The allocated social worker has it and visits this week."),
    ("advice", "The family was called. They know whom to ask."),
    ("nfa", "Checked with school and health visitor. Nothing further is needed now."),
]


@dataclass
class Memory:
    """What it has to remember: where it has got to, and what it has still to do, by disclosure.

    One file, written whole, so that both are always of the same moment.
    """

    path: Path
    cursor: str = ""
    to_do: dict[str, list[object]] = field(default_factory=dict)

    @classmethod
    def kept_in(cls, path: Path) -> Memory:
        return cls(path, **json.loads(path.read_text())) if path.exists() else cls(path)

    def read(self) -> str:
        return self.cursor

    def write(self, cursor: str) -> None:
        self.cursor = cursor
        self.keep()

    def keep(self) -> None:
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps({"cursor": self.cursor, "to_do": self.to_do}))
        os.replace(draft, self.path)


class SamplePartner:
    """One system of one agency. `pull_once` is everything it does."""

    def __init__(self, client: Client, memory: Memory, *, say: Say, clock: Callable[[], float] = time.time) -> None:
        self.client, self.memory, self.say, self.clock = client, memory, say, clock

    def pull_once(self) -> None:
        """Fetch what is new, then do what is due. Raises Problem, Unreachable where nothing can be fetched."""
        if not self.memory.cursor:
            self._begin()
        for change in self.client.follow(self.memory):
            self._take(change)
        for identifier, (step, at) in list(self.memory.to_do.items()):
            if float(str(at)) <= self.clock():
                self._do(identifier, str(step))

    def _begin(self) -> None:
        """The newest of what was sent before it was connected are taken up; the others are with people there."""
        for change in [*self.client.follow(self.memory)][-STILL_IN_THE_TRAY:]:
            self._take(change)

    def _take(self, change: Change) -> None:
        if change.replaces:
            self.memory.to_do.pop(change.replaces, None)
        try:
            sent = self.client.disclosure(change.id)
        except (Gone, NotFound):  # replaced or run out since it was listed: what replaces it is in the list as well
            return
        if sent and sent.id not in self.memory.to_do:
            self.say(f"{sent.reference}: {change.what}")
            self._later(sent.id, "destroyed" if sent.purpose == "withdrawal" else "acknowledge", SEEN_AFTER)

    def _do(self, identifier: str, step: str) -> None:
        try:
            sent = self.client.disclosure(identifier)
            if sent:
                getattr(self, f"_{step}")(sent)
        except (Gone, NotFound, NotNow) as refusal:  # people were quicker, here or there
            self.say(f"{step}: {refusal}")
            self._done(identifier)

    def _acknowledge(self, sent: Disclosure) -> None:
        self.client.acknowledge(sent.id, who=WHO, key=f"acknowledge-{sent.id}")
        self.say(f"{sent.reference}: acknowledged")
        if "decision" not in sent.expects and "outcome" not in sent.expects:
            self._done(sent.id)
        else:
            self._later(sent.id, "decide" if self._chance(sent.id) % ONE_IN else "ask", DECIDED_AFTER)

    def _ask(self, sent: Disclosure) -> None:
        self.client.ask(sent.id, who=WHO, said=ASKS, key=f"ask-{sent.id}")
        self.say(f"{sent.reference}: asked for more")
        self._later(sent.id, "decide", DECIDED_AFTER)

    def _decide(self, sent: Disclosure) -> None:
        outcome, said = OUTCOMES[self._chance(sent.id) % len(OUTCOMES)]
        self.client.decide(sent.id, who=WHO, outcome=outcome, said=said, key=f"decide-{sent.id}")
        self.say(f"{sent.reference}: {outcome}")
        self._done(sent.id)

    def _destroyed(self, sent: Disclosure) -> None:
        said = "Taken out of our records, and out of the mailbox."
        self.client.destroyed(sent.id, who=WHO, said=said, key=f"destroyed-{sent.id}")
        self.say(f"{sent.reference}: destroyed")
        self._done(sent.id)

    def _later(self, identifier: str, step: str, between: tuple[float, float]) -> None:
        least, most = between
        wait = least + (most - least) * (self._chance(identifier) % 100) / 100
        self.memory.to_do[identifier] = [step, self.clock() + wait]
        self.memory.keep()

    def _done(self, identifier: str) -> None:
        self.memory.to_do.pop(identifier, None)
        self.memory.keep()

    @staticmethod
    def _chance(identifier: str) -> int:
        """The same for the same disclosure, whenever it is asked."""
        return crc32(identifier.encode())


def run(partner: SamplePartner, every: float, sleep: Callable[[float], None] = time.sleep) -> None:
    """Until it is stopped. Where Longstop does not answer it says so and goes on."""
    while True:
        try:
            partner.pull_once()
        except (Problem, Unreachable) as trouble:
            partner.say(f"{type(trouble).__name__}: {trouble}")
        sleep(every)
