"""A force with about as many missing children as the inspected one, and staff who forget, are late, and go on leave.

Calibrated on what is published: eighteen episodes of children a day; how long until they are found; how high the risk;
half of all by children who were missing before; half attended within the hour, the others within six.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from access.actor import NotYours, System, acting, signed
from access.roles import Role
from access.time import now
from accounts.duty import on_duty
from accounts.models import Absence, User
from cases.models import Person
from demo.chronicle import Event
from missing import workflow
from missing.codes import MISSING
from missing.models import Episode, MissingNotice
from missing.workflow import notices
from tests.conftest import hours, minutes
from tests.missing import returns
from tests.missing.every_clock import about
from tests.missing.scenes import EVERYTHING, a_child, a_plan, found, interviewed, reported
from tests.strategy.meetings import asked
from workflow.transitions import NotNow

SEED = 20220614
A_DAY = 18
MU, SIGMA = 1.827, 1.605  # of the lognormal of hours until a child is found
RISKS = {"high": 12.5, "medium": 80.9, "low": 6.6}
BY_REPEAT_CHILDREN = 0.49
WITHIN_THE_HOUR = 0.54
DAY = timedelta(days=1)
FORCE = System("a month of missing children")
WHO_IS_AWAY = [
    # who, from which day of each week, for how many days, who covers
    ("rosa", 1, 2, "dina"),
    ("dina", 2, 1, "noor"),  # the cover is away as well
    ("rashid", 2, 3, "carl"),
    ("connie", 0, 2, "dev"),
    ("fin", 3, 2, "carl"),
    ("dmitri", 5, 2, "sue"),
    ("sam", 4, 3, "ines"),
    ("maya", 5, 2, "milo"),
    ("milo", 2, 2, "ines"),
]


@dataclass
class Case:
    """One time a child is missing: when what happens, chosen beforehand, as life does."""

    at: datetime
    found_at: datetime
    risk: str
    episode: Episode | None = None


@dataclass
class Force:
    """The invented month, event by event."""

    cast: dict[str, User]
    since: datetime
    rng: Random = field(default_factory=lambda: Random(SEED))
    cases: list[Case] = field(default_factory=list)
    known: list[tuple[Person, datetime]] = field(default_factory=list)  # children, and until when they are missing
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def goes_on_leave(self, days: int) -> None:
        with signed(FORCE):
            Absence.objects.bulk_create(
                Absence(
                    person=self.cast[who],
                    cover=self.cast[cover],
                    recorded_by=self.cast[who],
                    starts=self.since + timedelta(days=week + first),
                    ends=self.since + timedelta(days=week + first + long),
                )
                for week in range(0, days, 7)
                for who, first, long, cover in WHO_IS_AWAY
            )

    def events(self, days: int) -> list[Event]:
        until = self.since + days * DAY
        moments = [self.since + self.rng.random() * days * DAY for _ in range(days * A_DAY)]
        events = [event for at in sorted(moments) for event in self._of_one(at)]
        events += [Event(self.since + day * DAY + minutes(30), self._daily_meeting) for day in range(days)]
        return [event for event in events if event.at < until]

    def _between(self, least: float, most: float) -> timedelta:
        return hours(self.rng.uniform(least, most))

    def _of_one(self, at: datetime) -> Iterator[Event]:
        found_at = at + hours(self.rng.lognormvariate(MU, SIGMA))
        case = Case(at, found_at, self.rng.choices(list(RISKS), list(RISKS.values()))[0])
        self.cases.append(case)
        late = self._between(0.5, 1.5) if self.rng.random() < 0.1 else timedelta(0)  # written down later
        yield Event(at + late, lambda: self._report(case))
        for moment, what, does in (*self._first_hours(at + late), *self._search(case, at + late), *self._return(case)):
            yield Event(moment, self._tried(case, what, does))

    def _report(self, case: Case) -> None:
        if case.found_at <= now():
            return  # back before anybody wrote it down
        again = [child for child, until in self.known if until < now()]
        is_repeat = again and self.rng.random() < BY_REPEAT_CHILDREN
        child = self.rng.choice(again) if is_repeat else a_child(self.cast["callie"], f"Child{len(self.known)} Example")
        self.known = [(each, until) for each, until in self.known if each != child]
        self.known.append((child, case.found_at + hours(4)))
        said: dict[str, Any] = {"risk": "medium" if case.risk == "low" else case.risk, "reported_at": case.at}
        case.episode = reported(self.cast["callie"], child, last_seen_at=case.at - self._between(0, 6), **said)
        self.done["report"] += 1

    def _tried(self, case: Case, what: str, does: Callable[[Episode], Any]) -> Callable[[], None]:
        """Whoever does it may come too late, or be in the wrong post for it: then it is refused and life goes on."""

        def act() -> None:
            if case.episode is None:
                return
            try:
                does(case.episode)
                self.done[what] += 1
            except (NotNow, NotYours):
                self.refused[what] += 1

        return act

    def _first_hours(self, at: datetime) -> Iterator[tuple[datetime, str, Callable[[Episode], Any]]]:
        quick = self.rng.random() < WITHIN_THE_HOUR
        attended = at + (self._between(0.2, 1) if quick else self._between(1, 6))
        assessed = attended + self._between(0.2, 1)
        chance = self.rng.random
        if chance() > 0.05:
            yield at + self._between(0.05, 0.5), "grade", self._grade
        for hour in range(1, 6):
            if at + hours(hour) < attended and chance() < 0.6:
                yield at + hours(hour) - minutes(5), "reassess", _reassess
        yield attended, "attend", lambda it: workflow.attend(it, by=self.cast["olly"])
        if chance() > 0.03:
            yield assessed, "assess", self._assess
            yield assessed + self._between(0.2, 2), "ratify", self._ratify

    def _grade(self, it: Episode) -> Any:
        case = next(each for each in self.cases if each.episode and each.episode.pk == it.pk)
        look = now() + self._between(1, 10)
        return workflow.grade(it, by=_on(Role.FIM), risk=case.risk, because="As reported", next_review_at=look)

    def _assess(self, it: Episode) -> Any:
        risk = self.rng.choice(["high", "medium", "medium", "medium", "low"])
        return workflow.assess(it, by=self.cast["olly"], answers=EVERYTHING, risk=risk, because="As I see it")

    def _ratify(self, it: Episode) -> Any:
        said = {"because": "I agree", "plan": a_plan(self.cast["olly"]), "next_review_at": now() + self._between(1, 12)}
        return workflow.ratify(it, by=_on(Role.RESPONSE_SERGEANT, it), risk=_as_it_is(it).risk, **said)

    def _search(self, case: Case, since: datetime) -> Iterator[tuple[datetime, str, Callable[[Episode], Any]]]:
        at = since
        while (at := at + hours(self.rng.expovariate(1 / 2.5))) < case.found_at:
            if self.rng.random() > 0.25:  # a quarter is done and never written down
                yield at, "enquiry", self._enquire
        at = since
        while (at := at + self._between(3, 11)) < case.found_at:
            if self.rng.random() > 0.15:
                yield at, "review", lambda it: self._look(it, workflow.review, Role.RESPONSE_SERGEANT, 8)
        at = since
        while (at := at + self._between(2, 40)) < case.found_at:
            yield at, "inspector", lambda it: self._look(it, workflow.inspector_review, Role.RESPONSE_INSPECTOR, 24)
        for after in (70, 170, 600):
            look = lambda it: self._look(it, workflow.long_review, Role.SUPERINTENDENT, 100)  # noqa: E731
            yield since + hours(after) + self._between(-20, 20), "superintendent", look
        yield since + self._between(40, 90), "unit", self._unit
        for after in (self._between(1, 9), hours(24) + self._between(1, 6)):
            yield since + after, "meeting", self._meet
        if self.rng.random() < 0.1:
            yield since + self._between(0.5, 20), "raise", self._raise
        if self.rng.random() < 0.2:
            yield since + self._between(2, 20), "lower", self._lower

    def _enquire(self, it: Episode) -> Any:
        said = {"type": self.rng.choice(["phone", "visit", "cctv", "carer", "admin"]), "result": "Not there"}
        ago = self._between(0, 2) if self.rng.random() < 0.2 else timedelta(0)  # some write it down later
        return workflow.log_enquiry(it, by=self.cast["olly"], at=now() - ago, **said)

    def _look(self, it: Episode, verb: Any, role: Role, within: float) -> Any:
        return verb(it, by=_on(role, it), said="No change", next_review_at=now() + self._between(1, within))

    def _unit(self, it: Episode) -> Any:
        return workflow.tell_ukmpu(it, by=_on(Role.RESPONSE_INSPECTOR, it), reference="UK-1")

    def _raise(self, it: Episode) -> Any:
        return workflow.raise_risk(it, by=self.cast["olly"], risk="high", because="A message to a friend")

    def _lower(self, it: Episode) -> Any:
        return workflow.lower_risk(it, by=_on(Role.RESPONSE_SERGEANT, it), risk="low", because="Seen by a friend")

    def _meet(self, it: Episode) -> Any:
        if self.rng.random() < 0.3:
            return asked(_on(Role.MASH_SERGEANT), about=about(it))
        return workflow.no_meeting(it, by=_on(Role.MASH_SERGEANT), because="Known to social care today")

    def _daily_meeting(self) -> None:
        with acting(FORCE):
            there = list(Episode.objects.filter(state__in=MISSING))
        for episode in there:
            if self.rng.random() > 0.1:  # one in ten is forgotten
                workflow.decide_daily(episode, by=_on(Role.DMM_CHAIR), decision="Go on")
                self.done["daily"] += 1

    def _return(self, case: Case) -> Iterator[tuple[datetime, str, Callable[[Episode], Any]]]:
        back = case.found_at
        told = back + self._between(0, 1)
        harm = ["none"] if self.rng.random() < 0.96 else ["crime"]
        yield told, "found", lambda it: found(it, self.cast["olly"], found_at=back, harm=harm, found_by="returned")
        yield told + self._between(0.2, 8), "interview", lambda it: interviewed(it, self.cast["olly"])
        if self.rng.random() > 0.15:
            asks = lambda it: returns.asked(_on(Role.MISSING_COORDINATOR), it)  # noqa: E731
            yield told + self._between(1, 40), "return interview", asks
            yield told + self._between(41, 60), "close", self._close

    def _close(self, it: Episode) -> Any:
        with acting(FORCE):
            waiting = list(MissingNotice.objects.filter(episode=it, state="to_send"))
        for notice in waiting:
            notices.not_sent(notice, by=self.cast["olly"], because="Told by telephone")
        return workflow.close(it, by=_on(Role.RESPONSE_SERGEANT, it), no_ppn_because="The notice of yesterday says it")


def _reassess(it: Episode) -> Any:
    said = {"caller_reached": "yes", "what_changed": "Nothing", "decision": "Send the next unit"}
    return workflow.reassess(it, by=_on(Role.FIM), risk=_as_it_is(it).risk, **said)


def _on(role: Role, episode: Episode | None = None) -> User:
    """Whoever answers for the post now."""
    return on_duty(role, episode.team if episode else None)[0]


def _as_it_is(it: Episode) -> Episode:
    with acting(FORCE):
        return Episode.objects.get(pk=it.pk)
