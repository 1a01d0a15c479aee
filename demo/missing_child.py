"""One child who is missing in the demo, and everything that is done for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from access.actor import System, acting
from access.time import now
from cases.models import Person
from cohort.codes import Risk, is_higher
from demo.chronicle import Event, when
from demo.invented import Household
from demo.missing_words import Told, asked, looked, words_of
from demo.scene import Scene
from missing import workflow
from missing.models import Episode, InterviewRequest, MissingNotice
from missing.needs import waits_for_a_decision
from missing.workflow import Child, Heard, Planned, Report, Said
from missing.workflow.interviews import request_interview
from missing.workflow.notices import not_sent, send_notice, usual_grounds

READS = System("demo")


@dataclass
class Missing:
    """One child who is missing in the demo, and everything that is done for them."""

    scene: Scene
    household: Household
    reported_at: datetime
    risk: str
    person: Person | None = None
    told: Told = field(init=False)
    episode: Episode = field(default_factory=Episode)

    def __post_init__(self) -> None:
        self.told = words_of(self.scene, self.household)

    @property
    def responsible(self) -> Any:
        return self.scene.agencies["social_care"][0]

    def by(self, username: str) -> Any:
        return self.scene.anybody_like(username) if username in ("olly", "callie") else self.scene.people[username]

    def at(self, hours: float, does: Callable[..., Any], *records: Any, **facts: Any) -> Event:
        """So many hours after the report."""
        return when(self.reported_at + timedelta(hours=hours), does, *records, **facts)

    def report(self, **said: Any) -> Event:
        answers = asked(self.told, **said.pop("yes", {}))
        facts: dict[str, Any] = {
            "why_worried": self.told.line("worried"),
            "done_so_far": self.told.line("done"),
            "reporter": self.household.parent.name,
            "reporter_is": said.pop("reporter_is", "Their mother"),
            "reporter_number": self.household.phone,
            "risk": self.risk if self.risk != Risk.LOW else Risk.MEDIUM.value,
            "because": self.told.line("because"),
            "clothing": self.told.line("clothing"),
            "last_seen_at": self.reported_at - self.scene.hours(0.5, 3),
            "last_seen_where": self.household.address,
            "last_seen_by": self.household.parent.name,
            "next_review_at": self.reported_at + timedelta(hours=4),
            "host": self.responsible,
            "responsible": self.responsible,
            "area": self.scene.an_area(),
            **said,
        }
        child = self._child()
        taken_by = self.by("callie")
        return self.at(0, self._reported, taken_by, Report(**facts), child, answers)

    def _child(self) -> Child:
        if self.person:
            return Child(self.person)
        return self.told.child()

    def _reported(self, by: Any, report: Report, child: Child, answers: list[Said]) -> None:
        workflow.report(self.episode, by=by, report=report, child=child, answers=answers, checks=looked(self.told))

    def graded(self, after: float = 0.15) -> Event:
        next_review = self.reported_at + timedelta(hours=after + 3)
        return self.at(after, self._graded, self.told.line("because"), next_review)

    def _graded(self, because: str, next_review_at: datetime) -> None:
        """At what was thought on the call, or above: a trigger plan may have raised it."""
        risk = self._at_least(self.risk if self.risk != Risk.LOW else Risk.MEDIUM.value)
        by = self.by("fin" if risk == Risk.HIGH else "connie")
        workflow.grade(self.episode, by=by, risk=risk, because=because, next_review_at=next_review_at)

    def _at_least(self, risk: str) -> str:
        return self.episode.risk if is_higher(self.episode.risk, risk) else risk

    def attended(self, after: float) -> Iterator[Event]:
        officer = self.by("olly")
        yield self.at(after, workflow.attend, self.episode, by=officer)
        facts = {"answers": asked(self.told, everything=True), "risk": self.risk, "because": self.told.line("because")}
        yield self.at(after + 0.4, workflow.assess, self.episode, by=officer, **facts)

    def ratified(self, after: float) -> Event:
        due = self.reported_at + timedelta(hours=after)
        plan = [Planned(self.told.line("actions"), self.by("olly"), due + timedelta(hours=hours)) for hours in (1, 3)]
        return self.at(after, self._ratified, self.told.line("agree"), plan, due + timedelta(hours=4))

    def _ratified(self, because: str, plan: list[Planned], next_review_at: datetime) -> None:
        """By a sergeant: one level below what stands, where the officer thinks so, and never down from high."""
        with acting(READS):
            risk = Episode.objects.get(pk=self.episode.pk).risk
        facts: dict[str, Any] = {"because": because, "plan": plan, "next_review_at": next_review_at}
        workflow.ratify(self.episode, by=self.by("rosa"), risk=self.risk if risk == Risk.MEDIUM else risk, **facts)

    def enquired(self, after: float) -> Event:
        kind, result = self.told.pair("enquiries")
        return self.at(after, workflow.log_enquiry, self.episode, by=self.by("olly"), type=kind, result=result)

    def reviewed(self, after: float) -> Event:
        due = self.reported_at + timedelta(hours=after + 4)
        return self.at(
            after, workflow.review, self.episode, by=self.by("rosa"), said=self.told.line("reviews"), next_review_at=due
        )

    def inspected(self, after: float) -> Event:
        due = self.reported_at + timedelta(hours=after + 12)
        said = self.told.line("reviews")
        return self.at(
            after, workflow.inspector_review, self.episode, by=self.by("rashid"), said=said, next_review_at=due
        )

    def worked_on(self, until: float, *, every: float) -> Iterator[Event]:
        """Enquiries, reviews and daily meetings up to then, in the rhythm of a force that does its work."""
        at = 0.6
        while at < until:
            yield self.enquired(at)
            at += every * self.scene.rng.uniform(0.5, 0.95)
        reviewed = 3.5
        while reviewed < until:
            yield self.reviewed(reviewed)
            reviewed += self.scene.rng.uniform(3, 6)
        for moment in self._mornings(until):
            said = self.told.line("daily")
            yield when(moment, workflow.decide_daily, self.episode, by=self.by("dmitri"), decision=said)
        inspected = 0.8
        while inspected < until:
            yield self.inspected(inspected)
            inspected += self.scene.rng.uniform(9, 11.5)

    def _mornings(self, until: float) -> Iterator[datetime]:
        """Twenty past nine by the local clock, while the daily meeting sits."""
        day = timezone.localtime(self.reported_at).replace(hour=9, minute=20, second=0)
        while day < self.reported_at + timedelta(hours=until):
            if day > self.reported_at + timedelta(hours=0.5):
                yield day
            day += timedelta(days=1)

    def no_meeting_needed(self, after: float) -> Event:
        return self.at(after, self._no_meeting, self.told.line("no_meeting"))

    def _no_meeting(self, because: str) -> None:
        """A sergeant of the MASH answers what asks for a strategy meeting, where something does."""
        with acting(READS):
            episode = Episode.objects.get(pk=self.episode.pk)
        if episode.needs_meeting_at and episode.needs_meeting_at <= now() and not episode.no_meeting_at:
            workflow.no_meeting(self.episode, by=self.scene.sergeant_at(now()), because=because)

    def found(self, after: float, **said: Any) -> Event:
        facts: dict[str, Any] = {
            "found_at": self.reported_at + timedelta(hours=after),
            "where": self.told.line("wheres"),
            "found_by": self.scene.rng.choices(["returned", "police", "family"], [55, 25, 20])[0],
            "how": self.told.line("how"),
            "harm": ["not_known"],
            **said,
        }
        return self.at(after + 0.05, workflow.found, self.episode, by=self.by("olly"), **facts)

    def told_everybody(self, after: float) -> Event:
        return self.at(after, self._tell, self.by("maya"))

    def _tell(self, by: Any) -> None:
        for notice in MissingNotice.objects.filter(episode=self.episode.pk, state="to_send").order_by("reference"):
            if notice.agency_id:
                send_notice(notice, by=by, grounds=usual_grounds(notice.whom))

    def heard(self, after: float, **said: Any) -> Event:
        facts: dict[str, Any] = {
            "at": self.reported_at + timedelta(hours=after),
            "place": self.household.address,
            "own_words": self.told.line("words"),
            "demeanour": self.told.line("demeanour"),
            "why_left": self.told.line("why"),
            "where_been": self.told.line("been"),
            "with_whom": self.told.line("company"),
            "harm": ["none"],
            "exploitation": "no",
            "wants_to_talk_to": self.told.line("talk"),
            "safe_now_because": self.told.line("safe"),
            **said,
        }
        return self.at(after + 0.02, workflow.interview, self.episode, by=self.by("olly"), heard=Heard(**facts))

    def asked_for_interview(self, after: float, request: InterviewRequest) -> Event:
        return self.at(after, self._ask, request, self.by("maya"))

    def _ask(self, request: InterviewRequest, by: Any) -> None:
        facts = {"episode": self.episode, "agency": self.responsible, "provider": "Vale return interviews"}
        request_interview(request, by=by, grounds=usual_grounds("authority"), **facts)

    def closed(self, after: float) -> Event:
        said = "Nothing beyond what the last notice says; read with the officer"
        return self.at(after, self._close, self.by("rosa"), said)

    def _close(self, by: Any, said: str) -> None:
        """Where the MASH has not decided yet whether the agencies meet, it stays open."""
        with acting(READS):
            if waits_for_a_decision(Episode.objects.get(pk=self.episode.pk)):
                return
        for notice in MissingNotice.objects.filter(episode=self.episode.pk, state="to_send").order_by("reference"):
            not_sent(notice, by=by, because="Nobody could say which; told by telephone")
        workflow.close(self.episode, by=by, no_ppn_because=said)
