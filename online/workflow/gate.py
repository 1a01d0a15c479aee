"""The safeguarding gate. Before anybody plans an arrest: somebody looked for children, a notice is in for each, and a
strategy discussion was held. Only a detective inspector may go without, says why, and owes a discussion in hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from access.actor import System, acting
from online.models import CandidateAddress, ChildrenCheck, KiratAssessment, LinkedChild, OnlineCase

READS = System("the safeguarding gate")
HIDDEN = "A child whom you may not see"


@dataclass(frozen=True)
class Lack:
    """One thing that is missing. `child` and `check`: about which, where it is about one."""

    code: str
    text: str
    child: LinkedChild | None = None
    check: ChildrenCheck | None = None

    def said_of(self, who: str) -> str:
        return f"{who}: {self.text}" if self.child else self.text

    @property
    def words(self) -> str:
        """With the child's reference, which names nobody: as it is kept."""
        return self.said_of(str(self.child))


def lacks_of(cases: Iterable[OnlineCase], at: datetime | None = None) -> dict[UUID, list[Lack]]:
    """Case -> what is missing before enforcement, or what was missing then; nothing = the gate is open.

    Read as the system: a child whom the reader may not see keeps it shut as well.
    """
    found = {case.pk: case for case in cases}
    with acting(READS, apart=True):
        levels = KiratAssessment.objects.filter(online_case__in=found).order_by("assessed_at", "reference")
        last = {each.online_case_id: each for each in levels}
        checks = _by_case(
            ChildrenCheck.objects.filter(online_case__in=found).select_related("at").order_by("asked_at", "pk")
        )
        linked = LinkedChild.objects.filter(online_case__in=found).select_related("person")
        children = _by_case(linked.exclude(state=LinkedChild.State.IN_ERROR).order_by("known_at", "reference"))
    return {
        key: [
            *_level(case, last.get(key)),
            *_looked_for(checks.get(key, []), at),
            *_each_child(children.get(key, []), at),
        ]
        for key, case in found.items()
    }


def _by_case(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.online_case_id, []).append(row)
    return found


def lacks(case: OnlineCase, at: datetime | None = None) -> list[Lack]:
    return lacks_of([case], at)[case.pk]


def shut_because(case: OnlineCase, at: datetime | None = None) -> list[str]:
    """What is missing before enforcement, in words, each child by reference; empty = the gate is open."""
    return [lack.words for lack in lacks(case, at)]


def as_you_read(missing: Collection[Lack]) -> list[str]:
    """The same for whoever acts now: each child by name, and one whom they may not see without."""
    keys = [lack.child.pk for lack in missing if lack.child]
    seen = {each.pk: each for each in LinkedChild.objects.filter(pk__in=keys).select_related("person")} if keys else {}
    return [
        lack.said_of(f"{seen[lack.child.pk].named} ({lack.child})" if lack.child and lack.child.pk in seen else HIDDEN)
        for lack in missing
    ]


def _level(case: OnlineCase, last: KiratAssessment | None) -> list[Lack]:
    if not case.kirat or last is None:
        return [Lack("level", "No KIRAT level has been set.")]
    ratified = last.state == KiratAssessment.State.RATIFIED
    return [] if ratified else [Lack("ratified", "No sergeant has ratified the KIRAT level.")]


def _looked_for(checks: list[ChildrenCheck], at: datetime | None) -> list[Lack]:
    there = [each for each in checks if each.at.state == CandidateAddress.State.ATTRIBUTED]
    if not there:
        return [Lack("address", "Nobody has looked for children: no address has been attributed.")]
    return [
        Lack("check", f"Nobody has looked for children at {each.at}.", check=each)
        for each in there
        if not _by_then(each.done_at, at) and (at is None or each.asked_at <= at)
    ]


def _each_child(children: list[LinkedChild], at: datetime | None) -> list[Lack]:
    missing = []
    for child in children:
        if at is not None and child.known_at > at:
            continue  # nobody knew of the child then
        if not _by_then(child.notice_at, at):
            missing.append(Lack("notice", "no notice has been submitted.", child))
        if not _by_then(child.discussed_at, at):
            missing.append(Lack("discussion", "no strategy discussion has been held.", child))
    return missing


def _by_then(done: datetime | None, at: datetime | None) -> bool:
    return done is not None and (at is None or done <= at)
