"""What was not seen through after an arrest, told once each: bail, the safety plan, what was found on the devices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from demo.chronicle import Event, when
from demo.online import Book, for_the_children
from demo.online_after import Investigation
from demo.online_stories import with_a_level
from online.workflow.bail import lapse_all

NOT_YET = "Social care writes it tonight and sends it"


def events(book: Book) -> Iterator[Event]:
    yield from bail_that_ends_in_two_days(book)
    yield from bail_that_has_lapsed(book)
    yield from a_safety_plan_that_never_came(book)


def as_far_as_the_search(case: Investigation, lead: float, search: float, devices: int, what: str) -> Iterator[Event]:
    """In time, with the children first."""
    ratified = yield from with_a_level(case, lead, what=what)
    held = yield from for_the_children(case, lead + 2.4)
    yield case.planned(max(ratified, held) + 1, search)
    yield case.carried_out(search + 0.2, devices)
    yield case.arrested(search + 0.3)
    yield case.seen(search + 1.5)
    yield case.seized(search + 2, devices)


def _spoken_to_each_week(case: Investigation, since: float) -> Iterator[Event]:
    at, end = since, case.hours_until(case.scene.now)
    while at < end:
        yield case.spoke_with_social_worker(at)
        at += 150


def bail_that_ends_in_two_days(book: Book) -> Iterator[Event]:
    """Two children; the conditions that keep him away end in two days, and nobody has asked an inspector. Of what was
    found on the devices twelve days ago nothing has been uploaded."""
    case = book.begun(book.scene.ago(days=21), children=2, level="high")
    search = case.by_the_clock(100, 6.5)
    yield from as_far_as_the_search(case, 20, search, 2, "A closed group of nine; one of them pays from our area.")
    released = search + 10
    ends = case.hours_until(book.scene.now + timedelta(hours=47))
    yield case.bailed(released, days=(ends - released) / 24)
    yield from _spoken_to_each_week(case, search + 30)
    yield case.examined(case.hours_until(book.scene.ago(days=12)))


def bail_that_has_lapsed(book: Book) -> Iterator[Event]:
    """It ran out the day before yesterday, and a boy lives where he may go again. Nobody has answered for that."""
    case = book.begun(book.scene.ago(days=20), children=1)
    search = case.by_the_clock(120, 6.5)
    yield from as_far_as_the_search(case, 30, search, 1, "Known files, found by their marks, in a mail account.")
    released, gone = search + 10, book.scene.ago(days=1.6)
    yield case.bailed(released, days=(case.hours_until(gone) - released) / 24)
    yield from _spoken_to_each_week(case, search + 30)
    yield when(gone + timedelta(minutes=4), lapse_all)


def a_safety_plan_that_never_came(book: Book) -> Iterator[Event]:
    """Bailed three days ago with a promise of a plan. It stands nowhere."""
    case = book.begun(book.scene.ago(days=12), children=1, level="low")
    search = case.by_the_clock(case.hours_until(book.scene.ago(days=3.9)), 6.5)
    yield from as_far_as_the_search(case, 40, search, 3, "14 images sent to somebody who turned out to be an officer.")
    yield case.bailed(search + 9, why_no_plan=NOT_YET)
    yield case.spoke_with_social_worker(search + 28)
