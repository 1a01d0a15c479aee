"""Every clock of a notice, told as a story: how it starts, how long it is, who hears of it and when. Written by hand
from what the force has promised, and not read from the code that it is held against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts.models import User
from ppn import workflow
from ppn.models import DetailRequest, Draft
from ppn.workflow import Harm
from tests.conftest import hours
from tests.ppn.scenes import adult, assessed, filed, told, trigger, written

Cast = dict[str, User]
PROTECTED = Harm(police_did=["protection"])


def a_draft(cast: Cast) -> Any:
    return workflow.start_draft(Draft(), by=cast["olly"], typed={"narrative": ["Called"]}, arises_from=None)


def a_child_at_risk(cast: Cast) -> Any:
    return written(cast["olly"])


def high_risk_abuse(cast: Cast) -> Any:
    kerry = adult("Kerry Example", "adult")
    return written(cast["olly"], kerry, types=["domestic_abuse"], child="no", da_risk="high")


def nobody_knows_of_a_child(cast: Cast) -> Any:
    return written(cast["olly"], adult("Ada Example", "adult"), types=["adult_at_risk"], child="not_known")


def no_child(cast: Cast) -> Any:
    return written(cast["olly"], adult("Ada Example", "adult"), types=["adult_at_risk"], child="no", grade="green")


def red(cast: Cast) -> Any:
    return written(cast["olly"], grade="red")


def asked(cast: Cast) -> Any:
    facts = {"ppn": written(cast["olly"]), "question": "Who was there?"}
    return workflow.ask_for_detail(DetailRequest(), by=cast["cora"], **facts)


def assessed_as(grade: str) -> Callable[[Cast], Any]:
    return lambda cast: assessed(written(cast["olly"], grade=grade), cast["cora"])


def raised_in(grade: str) -> Callable[[Cast], Any]:
    return lambda cast: trigger(written(cast["olly"], grade=grade, harm=PROTECTED), "T13")


def shared(cast: Cast) -> Any:
    return told(assessed(written(cast["olly"]), cast["cora"]), cast["cora"], cast["sam"])


def opened_again(cast: Cast) -> Any:
    done = filed(shared(cast), cast["sam"])
    return workflow.reopen(done, by=cast["sam"], because="Her school rang")


def looked_at_again(cast: Cast) -> Any:
    done = filed(shared(cast), cast["sam"])
    return workflow.force_a_look(done, by=cast["olly"], code="T8", why="She rang and said so")


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story. Times are after it began."""

    code: str
    when: str
    story: Callable[[Cast], Any]
    length: timedelta
    tells: list[tuple[float, list[str]]]

    def __str__(self) -> str:
        return f"{self.code} {self.when}"


COORDINATORS = ["cole", "cora"]
IN_24 = [(12, COORDINATORS), (18, ["sam"]), (24, ["ines"]), (36, ["chidi"]), (48, ["sue"])]
TABLE = [
    Row("DR", "an officer begins to write", a_draft, hours(2), [(2, ["rosa"]), (8, ["rashid"])]),
    Row("P1", "it is submitted", a_child_at_risk, hours(12), [(12, ["rosa"]), (24, ["rashid"])]),
    Row("P2", "a child at risk", a_child_at_risk, hours(24), IN_24),
    Row("P2", "high-risk domestic abuse without a child", high_risk_abuse, hours(24), IN_24),
    Row("P2", "nobody knows whether there is a child", nobody_knows_of_a_child, hours(24), IN_24),
    Row("P2", "graded red", red, hours(24), IN_24),
    Row("P2", "another notice", no_child, hours(72),
        [(36, COORDINATORS), (54, ["sam"]), (72, ["ines"]), (108, ["chidi"]), (144, ["sue"])]),
    Row("P3", "graded red", red, hours(4), [(3, COORDINATORS), (4, ["sam"]), (8, ["ines"])]),
    Row("RD", "the MASH asks", asked, hours(4), [(0, ["olly"]), (4, ["rosa"]), (8, ["rashid"])]),
    Row("P5", "assessed as red", assessed_as("red"), hours(2), [(2, ["sam"]), (3, ["ines"])]),
    Row("P5", "assessed as amber", assessed_as("amber"), hours(24), [(24, ["sam"]), (36, ["ines"])]),
    Row("P9", "raised in a red notice", raised_in("red"), hours(2), [(0, ["sam"]), (2, ["ines"]), (4, ["chidi"])]),
    Row("P9", "raised in another", raised_in("amber"), hours(8), [(0, ["sam"]), (8, ["ines"]), (16, ["chidi"])]),
    Row("PF", "it is shared", shared, hours(72), [(72, ["sam"]), (144, ["ines"])]),
    Row("PF", "it is opened again", opened_again, hours(72), [(72, ["sam"]), (144, ["ines"])]),
    Row("PF", "filed, and put before the sergeant", looked_at_again, hours(72), [(72, ["sam"]), (144, ["ines"])]),
]  # fmt: skip
