"""The scrutiny group met, found something to learn, and asked for it; the next meeting is not planned yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from access.actor import acting
from access.time import today
from demo.chronicle import Event, when
from demo.online_case import DEMO, as_it_is
from demo.quality_samples import theme
from demo.scene import Scene
from missing.codes import State as EpisodeState
from missing.models import Episode
from partners.models import Agency
from ppn.models import Ppn
from quality.models import ImprovementAction, ScrutinyMeeting, ScrutinyMember, ScrutinyPaper
from quality.workflow import scrutiny, scrutiny_papers
from quality.workflow.improvement_actions import action_said_done, close_action, give_scrutiny_action

MEMBERS = ["connie", "rashid", "milo"]
THERE = "Police; children’s social care of two councils; health visiting and school nursing; education"
PLACE = "Conference room, Port Ravel police station"
WANTED, PLANNED, CHOSEN, SENT, MET = 70, 22, 19, 17, 10
"""Days ago."""
HOW_MANY = 2


@dataclass(frozen=True)
class Case:
    """One case as the group sees it, and what it found."""

    text: str
    seen: str
    spoken_to: str
    grade: str
    was_good: str
    to_learn: str
    theme: str


CASES = [
    Case(
        "Police were told in the evening that child 1 was missing. Nobody wrote down for seven hours what was done. "
        "Child 1 came back alone at dawn and was seen by an officer, who asked where child 1 had slept.",
        "yes",
        "yes",
        "inadequate",
        "police believed the child, and said so",
        "somebody has the search by name at each hour of the night",
        "Nothing done for a missing child",
    ),
    Case(
        "Police were told at noon that child 1 had not come to lessons. A school nurse knew where child 1 "
        "goes when afraid, and was asked only the next day.",
        "yes",
        "not_known",
        "requires_improvement",
        "health knew the child well, and came to the meeting the same day",
        "ask at once which nurse knows the child",
        "Agency not told",
    ),
]


@dataclass
class Group:
    """The meeting and what came of it. Its steps are events."""

    scene: Scene
    meeting: ScrutinyMeeting = field(default_factory=ScrutinyMeeting)

    def at(self, days: float, does: Any, *about: Any) -> Event:
        return when(self.scene.ago(days=days), does, *about)

    def plan(self) -> None:
        chidi = self.scene.people["chidi"]
        self.meeting = scrutiny.ensure_meeting()
        meets_at = self.scene.ago(days=MET)
        self.meeting = scrutiny.plan_meeting(self.meeting, by=chidi, meets_at=meets_at, place=PLACE)
        for username in MEMBERS:
            person = self.scene.people[username]
            scrutiny.add_member(ScrutinyMember(), by=chidi, meeting=as_it_is(self.meeting), person=person)

    def choose(self) -> None:
        """The quarter before is not on record here: the chair says which cases, and why."""
        for reference in _oldest():
            add = {"reference": reference, "because": "Asked for by social care", "every_member_may": ""}
            meeting = as_it_is(self.meeting)
            scrutiny_papers.add_case(ScrutinyPaper(), by=self.scene.people["chidi"], meeting=meeting, **add)
        for paper, case in self._papers():
            self._prepare(paper, case)

    def _prepare(self, paper: ScrutinyPaper, case: Case) -> None:
        facts = {"child_seen": case.seen, "child_spoken_to": case.spoken_to, "child_observed": "not_known"}
        how = "what was asked is written down; how the child was is not"
        reva, quinn = self.scene.people["reva"], self.scene.people["quinn"]
        prepared = scrutiny_papers.prepare_paper(paper, by=reva, text=case.text, how_recorded=how, **facts)
        scrutiny_papers.check_paper(as_it_is(prepared), by=quinn)

    def _papers(self) -> list[tuple[ScrutinyPaper, Case]]:
        with acting(DEMO):
            rows = ScrutinyPaper.objects.filter(meeting=self.meeting.pk).order_by("number")
            return list(zip(rows.select_related("meeting"), CASES, strict=False))

    def send(self) -> None:
        scrutiny.send_papers(as_it_is(self.meeting), by=self.scene.people["chidi"])

    def meet(self) -> None:
        chidi = self.scene.people["chidi"]
        met: dict[str, Any] = {"held_at": self.scene.ago(days=MET), "who_was_there": THERE}
        scrutiny.hold_meeting(as_it_is(self.meeting), by=chidi, **met)
        for paper, case in self._papers():
            found = {"grade": case.grade, "was_good": case.was_good, "to_learn": case.to_learn}
            scrutiny_papers.record_finding(paper, by=chidi, themes=[theme(case.theme)], **found)

    def ask(self) -> None:
        """One of each: a supervisor's that is overdue, one that is done and checked, and a partner agency's."""
        people = self.scene.people
        (first, _), *_, (last, _) = self._papers()
        what = "Name at each handover of a night who looks for which child"
        self._ask(first, what, 7, owner_kind="supervisor", owner=people["milo"])
        what = "Health says by telephone, day and night, which nurse knows a child"
        agency = self.scene.agencies[Agency.Kind.HEALTH.value][0]
        self._ask(last, what, 30, owner_kind="partner", agency=agency)
        what = "Put the telephone numbers of every team of school nurses on the desk of the control room"
        done = self._ask(last, what, 14, owner_kind="force", owner=people["connie"])
        done = action_said_done(as_it_is(done), by=people["reva"], said="They lie on each desk")
        close_action(as_it_is(done), by=people["quinn"], said="Looked at four desks")

    def _ask(self, paper: ScrutinyPaper, what: str, within: int, **whose: Any) -> ImprovementAction:
        action, due_on = ImprovementAction(), today() + timedelta(days=within)
        about = {"owner": None, "agency": None, **whose}
        chidi = self.scene.people["chidi"]
        given: ImprovementAction = give_scrutiny_action(
            action, by=chidi, paper=as_it_is(paper), what=what, due_on=due_on, **about
        )
        return given


def _oldest() -> list[str]:
    """References of the first children reported missing; of notices where there are none."""
    with acting(DEMO):
        missing = Episode.objects.exclude(state=EpisodeState.IN_ERROR).filter(case__restricted=False)
        notices = Ppn.objects.filter(case__restricted=False)
        found = [*missing.order_by("reported_at")[:HOW_MANY], *notices.order_by("submitted_at")[:HOW_MANY]]
    return [str(each.reference) for each in found[:HOW_MANY]]


def events(scene: Scene) -> Iterator[Event]:
    group = Group(scene)
    yield group.at(WANTED, scrutiny.ensure_meeting)
    yield group.at(PLANNED, group.plan)
    yield group.at(CHOSEN, group.choose)
    yield group.at(SENT, group.send)
    yield group.at(MET - 0.2, group.meet)
    yield group.at(MET - 0.5, group.ask)
