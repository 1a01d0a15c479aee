"""Online abuse of children: as many referrals as a month brings, most of them dealt with in time."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from django.utils import timezone

from demo.chronicle import Event, when
from demo.figures import CHILDREN_AT_AN_ADDRESS, KIRAT_LEVELS, MANAGED_SUSPECTS, SENDERS, WORKS_WITH_CHILDREN
from demo.offenders import Managed, with_a_story
from demo.online_after import Investigation
from demo.online_case import Adult
from demo.online_staff import DECIDE, INVESTIGATE, RESEARCH
from demo.online_words import WORDS, Names
from demo.scene import Scene
from online.codes import Kirat
from online.workflow.bail import lapse_all
from online.workflow.research import no_further_research

T = TypeVar("T")
Hours = Generator[Event, None, float]
"""Events, and after how many hours the last of them is done."""
DAYS = 23.4
"""Since when referrals arrive in the demo."""
EARLY = timedelta(days=5)
"""What has arrived since then has not got far: levels and children are dealt to what is older."""
PLANNED_DAYS = {Kirat.VERY_HIGH.value: (1, 1), Kirat.HIGH.value: (2, 3), Kirat.MEDIUM.value: (3, 7),
                Kirat.LOW.value: (4, 11)}  # fmt: skip
"""Days from the level to the search, well within the time to act on it."""
LEADS = {Kirat.VERY_HIGH.value: (2, 2.5), Kirat.HIGH.value: (20, 40), Kirat.MEDIUM.value: (22, 70),
         Kirat.LOW.value: (26, 110)}  # fmt: skip
"""Hours from the referral to an address."""
EARLY_HOURS = 10
NO_LOGS = "The provider keeps no logs of that time, and nothing else leads to anybody"


@dataclass
class Book:
    """Everything investigated in the demo, and whose names are taken."""

    scene: Scene
    names: Names = field(init=False)
    cases: list[Investigation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = Names(self.scene)

    def begun(self, received_at: datetime, *, children: int = 0, mine: bool = True, **said: Any) -> Investigation:
        """`mine`: Rory researches it, Iris investigates it and Dina decides; else anybody of the team."""
        managed: Managed | None = said.pop("managed", None)
        known = _home_of(managed) if managed else {}
        told = self.names.told(children, **known)
        people = [("rory", "iris", "dina")] if mine else [tuple(map(self._any, (RESEARCH, INVESTIGATE, DECIDE)))]
        researcher, investigator, sergeant = (self.scene.people[name] for name in people[0])
        case = Investigation(self.scene, told, received_at, researcher, investigator, sergeant, **said)
        case.adults = [Adult(told.suspect, is_suspect=True, managed=managed)]
        if children:
            case.adults.append(Adult(told.partner, is_suspect=False))
        self.cases.append(case)
        return case

    def _any(self, usernames: Sequence[str]) -> str:
        return self.scene.rng.choice(usernames)


def _home_of(managed: Managed) -> dict[str, str]:
    return {"suspect": managed.who.name, "address": managed.home, "postcode": managed.who.home.postcode}


def dealt(shares: Mapping[T, float], number: int, already: Sequence[T] = ()) -> list[T]:
    """So many of each, in these proportions of them all; what is there already counts. The commonest fill it up."""
    every = number + len(already)
    wanted = {each: round(every * share / sum(shares.values())) - already.count(each) for each, share in shares.items()}
    found = [each for each, times in wanted.items() for _ in range(max(0, times))]
    commonest = max(shares, key=lambda each: shares[each])
    return (found + [commonest] * number)[:number] if len(found) < number else found[:number]


def ordinary(book: Book, number: int, levels: Sequence[str], managed: Sequence[Managed]) -> Iterator[Event]:
    """So many referrals. `levels`: of those whose story is told elsewhere; they count in the mix."""
    scene = book.scene
    arrived = scene.arrivals(number, [1] * round(DAYS), timedelta(days=DAYS))
    decks: dict[str, list[Any]] = {
        "level": dealt(KIRAT_LEVELS, number, levels),
        "children": dealt(CHILDREN_AT_AN_ADDRESS, number),
        "sender": dealt(SENDERS, number),
    }
    for deck in decks.values():
        scene.rng.shuffle(deck)
    old = [place for place, at in enumerate(arrived) if at < scene.now - EARLY]
    works = set(old[: round((number + len(levels)) * WORKS_WITH_CHILDREN)])
    theirs = old[len(works) : len(works) + round((number + len(levels)) * MANAGED_SUSPECTS)]
    nominals = dict(zip(theirs, _managed(scene, managed, len(theirs)), strict=False))
    for place, received_at in enumerate(arrived):
        said = {name: deck[place] for name, deck in decks.items()}
        yield from _one(book, received_at, said, place in works, nominals.get(place))


def _managed(scene: Scene, managed: Sequence[Managed], number: int) -> list[Managed]:
    """Registered offenders of whom nothing else is told."""
    told = with_a_story(managed)
    others = [each for each in managed if each.is_registered and each not in told]
    return scene.rng.sample(others, min(number, len(others)))


def _one(
    book: Book, received_at: datetime, said: dict[str, Any], works: bool, managed: Managed | None
) -> Iterator[Event]:
    scene, level = book.scene, str(said["level"])
    if level == Kirat.VERY_HIGH:
        received_at = _that_morning(received_at)
    children = 0 if managed else said["children"]
    about = {"level": level, "sender": said["sender"], "managed": managed}
    case = book.begun(received_at, children=children, mine=False, **about)
    if works:
        post, employer = scene.rng.choice(WORDS["work"]["posts"])
        case.suspect.works = (post, str(employer).format_map(case.told.words()))
    yield from (event for event in _life(case) if event.at < scene.now)


def _that_morning(moment: datetime) -> datetime:
    """At eight by the local clock, that day or the day before: what is very high is dealt with while everybody is
    there."""
    day = timezone.localdate(moment - timedelta(days=1))
    return timezone.make_aware(datetime.combine(day, time(8)))


def _life(case: Investigation) -> Iterator[Event]:
    """In the rhythm of a team that does its work."""
    rng, told = case.scene.rng, case.told
    lead = rng.uniform(*LEADS[case.level])
    if case.sender in ("public", "school"):
        lead = min(lead, rng.uniform(3, 9))
    yield case.registered()
    yield case.triaged(min(rng.uniform(0.4, 5), lead - 1))
    yield case.on_niche(min(rng.uniform(1.2, 18), lead - 0.6))
    yield from case.looked_into(lead)
    if case.level == Kirat.LOW and told.count % 9 == 4 and not case.suspect.managed:
        yield case.at(max(lead, 60), no_further_research, case.case, by=case.sergeant, **_look_again(case))
        return
    ready = yield from to_a_level(case, lead)
    if told.children:
        ready = max(ready, (yield from for_the_children(case, lead + 2.4)))
    yield from search(case, ready)


def _look_again(case: Investigation) -> dict[str, Any]:
    day = timezone.localdate(case.received_at + timedelta(days=40))
    return {"because": NO_LOGS, "recheck_on": day}


def to_a_level(case: Investigation, lead: float, *, tells: bool = True) -> Hours:
    """From an address to a level that a sergeant has ratified. Says after how many hours that is. `tells`: where
    somebody works with children, the designated officer."""
    rng, soon = case.scene.rng, case.level == Kirat.VERY_HIGH
    yield case.attributed(lead)
    yield from case.lived_in(lead + 0.6)
    yield case.children_looked_for(lead + 2)
    level = lead + (2.6 if soon else rng.uniform(3, 11))
    yield case.assessed(level)
    yield case.suspected(level + 0.1)
    yield from case.manager_says(lead + 9)
    ratified = level + (0.4 if soon else rng.uniform(0.8, 9))
    yield case.ratified(ratified)
    yield case.allocated(ratified + 0.2)
    for adult in case.adults if tells else ():
        if adult.works:
            yield case.lado_told(ratified + 0.6, adult)
            yield case.lado_answered(ratified + 26, adult)
    return ratified + 0.6


def for_the_children(case: Investigation, after: float) -> Hours:
    """A notice the same day, a discussion the next, or the same where the level is very high. Says after how many hours
    it was held."""
    rng, soon = case.scene.rng, case.level == Kirat.VERY_HIGH
    noticed = after + (0.2 if soon else rng.uniform(0.5, 5))
    asked = noticed + rng.uniform(0.3, 0.9)
    held = noticed + 2.4 if soon else _in_office_hours(case, asked)
    yield case.noticed(noticed)
    yield case.checked(noticed + rng.uniform(0.5, 7))
    yield from case.discussed(asked, held, "yes" if soon else "no")
    if case.is_read:
        yield from case.read_by_the_mash(noticed + rng.uniform(0.4, 2.5), held)
    return held + 1


def _in_office_hours(case: Investigation, asked: float) -> float:
    """The next day; the same day, where it was asked for in the night."""
    hour = case.scene.rng.uniform(10.5, 14.5)
    is_early = timezone.localtime(case.received_at + timedelta(hours=asked)).hour < EARLY_HOURS
    return case.by_the_clock(asked, hour, days=0 if is_early else 1)


def search(case: Investigation, ready: float) -> Iterator[Event]:
    """Planned behind the open gate, carried out in the morning, and what follows it."""
    rng, told = case.scene.rng, case.told
    least, most = PLANNED_DAYS[case.level]
    at = case.by_the_clock(ready + 3, 6.5, days=rng.randint(least, most))
    by_invitation = case.level == Kirat.LOW and not told.children and told.count % 4 == 1
    kind = {"kind": "voluntary", "voluntary_because": told.line("search", "voluntary")} if by_invitation else {}
    number = rng.randint(1, 4)
    yield case.planned(ready + 1, at, **kind)
    yield case.carried_out(at + 0.2, number)
    if by_invitation:
        yield case.came_as_a_volunteer(at + 1)
    else:
        yield case.arrested(at + 0.3)
        yield from case.manager_says(at + 9)
        yield case.released(at + 9) if not told.children and told.count % 5 == 2 else case.bailed(at + 10)
    yield case.seized(at + 2, number)
    yield from followed(case, at)


def followed(case: Investigation, at: float) -> Iterator[Event]:
    rng, told = case.scene.rng, case.told
    if told.children:
        yield case.seen(at + 1.5)
        for week in range(4):
            yield case.spoke_with_social_worker(at + 28 + week * 168)
        if case.is_read:
            yield case.care_decided(at + rng.uniform(120, 200))
    examined = at + rng.uniform(130, 260)
    if not told.children and not case.suspect.works and told.count % 3 == 0:
        yield case.nothing_on_them(examined)
        yield from case.ended(examined + 20)
        return
    yield case.examined(examined)
    yield case.uploaded(examined + rng.uniform(20, 100))


def tidied(scene: Scene) -> Iterator[Event]:
    """What the workers do by themselves every few minutes: bail that has run out is said to have lapsed."""
    for hours in range(0, 24 * 3, 3):
        yield when(scene.ago(hours=hours + 0.05), lapse_all)
