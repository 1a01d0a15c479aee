"""Every clock of sharing at its exact moments: nobody is told on the moment, somebody named is a microsecond later, and
with that person away their cover is. Hours run through nights, weekends and bank holidays, because a child waits; what
a partner owes counts in working days, because partners keep those. Written by hand from what the force has promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from access.actor import System, acting, signed
from partners import workflow
from partners.disclose import withdraw
from partners.models import Delivery, Disagreement, WebhookCall
from sla.engine import sweep
from sla.policy import DEADLINES
from tests.conftest import hours, minutes
from tests.partners.agencies import a_system
from tests.partners.scenes import BY_PHONE, a_recipient, an_agency, arrived, sent
from tests.sla.made import MOMENT, raised
from tests.stories import away, submitted

pytestmark = pytest.mark.django_db
TEST = System("test")


@dataclass(frozen=True)
class Day:
    """A moment at which a clock begins, and when so many working days from it have gone."""

    began: datetime
    end_of_the_day: datetime
    working: dict[int, datetime]

    def __str__(self) -> str:
        return f"{self.began:%A %d %B}"


def utc(month: int, day: int, hour: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


DAYS = [
    Day(  # a Monday morning
        utc(3, 2, 9),
        utc(3, 3, 0),
        {1: utc(3, 3, 9), 2: utc(3, 4, 9), 3: utc(3, 5, 9), 5: utc(3, 9, 9), 10: utc(3, 16, 9)},
    ),
    Day(  # a Friday evening
        utc(3, 6, 20),
        utc(3, 7, 0),
        {1: utc(3, 9, 20), 2: utc(3, 10, 20), 3: utc(3, 11, 20), 5: utc(3, 13, 20), 10: utc(3, 20, 20)},
    ),
    Day(  # the night the clocks go forward: a Saturday, and then Easter lies in the way
        utc(3, 28, 23),
        utc(3, 30, 23),
        {1: utc(3, 30, 23), 2: utc(3, 31, 23), 3: utc(4, 1, 23), 5: utc(4, 7, 23), 10: utc(4, 14, 23)},
    ),
    Day(  # the night they go back: by the clock on the wall it is Sunday already
        utc(10, 24, 23),
        utc(10, 27, 0),
        {1: utc(10, 27, 0), 2: utc(10, 28, 0), 3: utc(10, 29, 0), 5: utc(10, 31, 0), 10: utc(11, 7, 0)},
    ),
    Day(  # Christmas Eve: 25 and 28 December and 1 January are bank holidays
        utc(12, 24, 16),
        utc(12, 25, 0),
        {1: utc(12, 29, 16), 2: utc(12, 30, 16), 3: utc(12, 31, 16), 5: utc(1, 5, 16, 2027), 10: utc(1, 12, 16, 2027)},
    ),
]
MONDAY = DAYS[0]


def notice(cast: Any) -> Any:
    return submitted(cast["olly"])


def proposed(cast: Any) -> Any:
    return a_recipient(notice(cast), an_agency(), cast["cora"])


def refused(cast: Any) -> Any:
    return workflow.refuse(proposed(cast), by=cast["cora"], because="He works there")


def on_its_way(cast: Any) -> Any:
    return sent(notice(cast), an_agency(), cast["cora"])


def without_a_mailbox(cast: Any) -> Any:
    delivery = sent(notice(cast), an_agency(secure=False, mailbox=""), cast["cora"])
    return workflow.failed(delivery, by=TEST, because="No mailbox of theirs is known")


def delivered(cast: Any) -> Any:
    return arrived(notice(cast), an_agency(), cast["cora"])


def asked_for_more(cast: Any) -> Any:
    return workflow.ask_for_more(delivered(cast), by=cast["cora"], answer=BY_PHONE, said="Where is she now?")


def taken_back(cast: Any) -> Any:
    cora, ppn = cast["cora"], notice(cast)
    arrived(ppn, an_agency(), cora)
    with signed(cora):
        withdraw(ppn, because="Another family", by=cora)
        return Delivery.objects.get(record=ppn.pk, purpose="withdrawal")


def in_dispute(cast: Any) -> Any:
    said = {"why": "They see no risk", "what_we_ask": "A strategy meeting"}
    return workflow.raise_disagreement(Disagreement(), by=cast["cora"], delivery=delivered(cast), **said)


def called(cast: Any) -> Any:
    council, sam = an_agency(), cast["sam"]
    workflow.add_webhook(a_system(council, by=sam)[0], by=sam, address="https://nobody.partners.example/longstop")
    delivery = sent(notice(cast), council, cast["cora"])
    with acting(TEST):
        return WebhookCall.objects.get(disclosure=delivery.disclosure)


Moments = Callable[[Day], list[tuple[datetime, list[str]]]]


@dataclass(frozen=True)
class Row:
    """One clock: how it begins, and who hears when."""

    code: str
    story: Callable[[Any], Any]
    tells: Moments

    def __str__(self) -> str:
        return self.code


def after(*levels: tuple[timedelta, list[str]]) -> Moments:
    """So long after it began, whatever day it is."""
    return lambda day: [(day.began + length, who) for length, who in levels]


def working_days(*levels: tuple[int, list[str]]) -> Moments:
    return lambda day: [(day.working[number], who) for number, who in levels]


def five_working_days_and_as_long_again(day: Day) -> list[tuple[datetime, list[str]]]:
    due = day.working[5]
    return [(due, ["sam"]), (due + (due - day.began), ["ines"])]


COORDINATORS = ["cole", "cora"]
WEEK = timedelta(days=7)
TABLE = [
    Row("PR", proposed, after((hours(24), ["sam"]), (hours(48), ["ines"]))),
    Row("CS", refused, after((hours(4), ["sam"]), (hours(8), ["ines"]))),
    Row("PD", on_its_way, after((minutes(30), COORDINATORS), (hours(2), ["sam"]))),
    Row("PT", without_a_mailbox, after((hours(0), COORDINATORS), (minutes(30), ["sam"]), (hours(2), ["ines"]))),
    Row("PM", asked_for_more, after((hours(0), COORDINATORS), (hours(24), ["sam"]), (hours(48), ["ines"]))),
    Row("P7", delivered, working_days((1, ["sam"]), (2, ["ines"]))),
    Row("P8", delivered, working_days((1, COORDINATORS), (2, ["sam"]), (3, ["ines"]))),
    Row("P18", on_its_way, working_days((10, ["sam"]))),
    Row("P18W", on_its_way, lambda day: [(day.working[10] + WEEK * n, ["sam"]) for n in (1, 2, 3)]),
    Row("WC", called, after((hours(1), ["sam"]), (hours(4), ["ines"]))),
    Row("WD", taken_back, five_working_days_and_as_long_again),
    Row(
        "P19",
        in_dispute,
        lambda day: [(day.end_of_the_day, ["sam"]), (day.working[1], ["ines"]), (day.working[3], ["sue"])],
    ),
]
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)


def climbs(clock: Any, row: Row, record: Any, day: Day, **instead: str) -> None:
    """At each moment in turn: on it nothing more has been raised, a microsecond later it has, by name."""
    expected = [(moment, sorted({instead.get(who, who) for who in people})) for moment, people in row.tells(day)]
    for moment in dict.fromkeys(moment for moment, _ in expected):
        for at in (moment, moment + MOMENT):
            clock.set(at)
            sweep()
            told = [(reached, who) for _, _, reached, who in raised(record.pk, row.code)]
            assert told == [each for each in expected if each[0] < at], at


def test_every_deadline_of_sharing_has_its_row():
    assert {row.code for row in TABLE} == {
        code for code, each in DEADLINES.items() if each.model._meta.app_label == "partners"
    }


@pytest.mark.parametrize("day", DAYS, ids=str)
@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row, day):
    clock.set(day.began)
    climbs(clock, row, row.story(cast), day)


@EVERY
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    record = row.story(cast)
    people = {who for _, names in row.tells(MONDAY) for who in names}
    for who in people:
        away(cast[who], days=60, cover=cast["dina"])
    climbs(clock, row, record, MONDAY, **dict.fromkeys(people, "dina"))
