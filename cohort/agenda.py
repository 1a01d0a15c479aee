"""The agenda of a monthly meeting, which builds itself; and the pack that the agencies are given of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from cohort.hooks import EpisodeLine, episodes_of
from cohort.known import KnownBefore, known_before_each
from cohort.models import CohortEntry, CohortMeeting, MeetingDecision, PlanStep
from cohort.rows import warnings
from cohort.workflow import children_of


@dataclass(frozen=True)
class ChildOnAgenda:
    """One child: what is planned, what is still to be done, what happened since the last meeting."""

    entry: CohortEntry
    known: KnownBefore
    warnings: Sequence[str]
    steps: Sequence[PlanStep]
    episodes: Sequence[EpisodeLine]
    decision: MeetingDecision | None  # of this meeting
    last: MeetingDecision | None  # of the meeting before


@dataclass(frozen=True)
class Agenda:
    meeting: CohortMeeting
    since: datetime
    until: datetime
    children: Sequence[ChildOnAgenda]
    proposed: Sequence[CohortEntry]
    before: CohortMeeting | None = None
    figures: Sequence[tuple[str, int]] = field(default_factory=tuple)

    @property
    def plans_late(self) -> list[ChildOnAgenda]:
        return [each for each in self.children if _is_late(each.known, self.until)]

    @property
    def missing_since(self) -> list[EpisodeLine]:
        lines = [line for each in self.children for line in each.episodes]
        return sorted(lines, key=lambda line: line.when, reverse=True)


def _is_late(known: KnownBefore, at: datetime) -> bool:
    plan = known.risk_plan
    return plan is not None and (not plan.is_written or bool(plan.due_at and plan.due_at < at))


def agenda_of(meeting: CohortMeeting, at: datetime) -> Agenda:
    """What the meeting speaks of: every child of the authority as far as the acting person may see, those proposed,
    plans out of date, and everybody who was missing since the last meeting. A fixed number of statements."""
    until = meeting.held_at or at
    before = _before(meeting)
    decisions = _decisions(meeting)
    entries = _children(meeting, decisions)
    roots = [entry.person.same_as_id for entry in entries]
    known = known_before_each([entry.person for entry in entries])
    episodes = episodes_of(roots, meeting.counts_from, until)
    steps = _steps(entries)
    last = _decisions(before) if before else {}
    children = [
        ChildOnAgenda(
            entry=entry,
            known=known[entry.person.same_as_id],
            warnings=warnings(known[entry.person.same_as_id], until),
            steps=steps.get(entry.pk, []),
            episodes=episodes[entry.person.same_as_id],
            decision=decisions.get(entry.pk),
            last=last.get(entry.pk),
        )
        for entry in entries
    ]
    return _counted(Agenda(meeting, meeting.counts_from, until, children, _proposed(meeting), before))


def _counted(agenda: Agenda) -> Agenda:
    missing = sum(len(each.episodes) for each in agenda.children)
    figures = [
        ("Children in the cohort", len(agenda.children)),
        ("Proposed", len(agenda.proposed)),
        ("Risk management plans out of date", len(agenda.plans_late)),
        ("Times missing since the last meeting", missing),
        ("Children missing since the last meeting", sum(bool(each.episodes) for each in agenda.children)),
        ("Open steps", sum(len(each.steps) for each in agenda.children)),
    ]
    return Agenda(**{**vars(agenda), "figures": figures})


def _before(meeting: CohortMeeting) -> CohortMeeting | None:
    """The last meeting with this authority that was held."""
    held = CohortMeeting.objects.filter(authority=meeting.authority_id, state=CohortMeeting.State.HELD)
    found: CohortMeeting | None = (
        held.filter(held_at__lte=meeting.counts_from).exclude(pk=meeting.pk).order_by("-held_at", "pk").first()
    )
    return found


def _children(meeting: CohortMeeting, decisions: dict[UUID, MeetingDecision]) -> list[CohortEntry]:
    if meeting.state != CohortMeeting.State.HELD:
        return children_of(meeting.authority)
    rows = CohortEntry.objects.filter(pk__in=list(decisions)).select_related("person", "lead")
    return list(rows.order_by("entered_at", "pk"))


def _decisions(meeting: CohortMeeting) -> dict[UUID, MeetingDecision]:
    rows = MeetingDecision.objects.filter(meeting=meeting)
    return {each.entry_id: each for each in rows}


def _steps(entries: Sequence[CohortEntry]) -> dict[UUID, list[PlanStep]]:
    rows = PlanStep.objects.filter(plan__entry__in=[each.pk for each in entries], state=PlanStep.State.OPEN)
    found: dict[UUID, list[PlanStep]] = {}
    for step in rows.select_related("plan", "owner", "agency").order_by("due_at", "pk"):
        found.setdefault(step.plan.entry_id, []).append(step)
    return found


def _proposed(meeting: CohortMeeting) -> list[CohortEntry]:
    """Those of this authority, and those of whom nobody has said which authority is responsible."""
    if meeting.state != CohortMeeting.State.PLANNED:
        return []
    rows = CohortEntry.objects.filter(
        Q(authority=meeting.authority_id) | Q(authority=None), state=CohortEntry.State.PROPOSED
    )
    return list(rows.select_related("person", "proposed_by").order_by("proposed_at", "pk"))


def for_hold(meeting: CohortMeeting) -> list[CohortEntry]:
    """Everybody a decision may be written for: those in the cohort first, then those proposed by this authority."""
    proposed: list[Any] = [each for each in _proposed(meeting) if each.authority_id == meeting.authority_id]
    return [*children_of(meeting.authority), *proposed]
