"""The case that the inspectors praised in 2022, day by day, with nobody kept waiting: how information was shared and a
child kept safe in an online case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from demo.chronicle import Event
from demo.invented import Person, postcode
from demo.online import Book
from demo.online_after import Investigation
from demo.online_case import as_it_is
from demo.scene import Scene
from online.workflow.research import work_known

DAYS_AGO = 15
"""At least. It began on a Monday, Tuesday or Wednesday: three days of one week."""
WEDNESDAY = 2
NELL = "Nell Yarrowfold"
"""The child is two: Nell lives with her mother Rhian and with Gareth Linmarsh."""
WHAT = (
    "31 indecent images of children uploaded to the internet from one home; the provider names its subscriber, Gareth "
    "Linmarsh."
)
NOT_ASKED = "Not asked before the search: she would know why. To be asked on the day"
SOCIAL_WORKER = "Bethan Colewick"
WEEKLY = (
    "Nell eats and sleeps. Rhian has the locks changed and a number to ring",
    "Rhian keeps to the plan; her mother comes at weekends. Assessment goes on",
    "Gareth was seen in the street once and left when asked. Nell is well; the nursery knows whom to ring",
)


def an_online_case_done_well(book: Book) -> Iterator[Event]:
    """A medium risk, a child of two. The notice the same day, the discussion the next, the arrest the day after."""
    case = _theirs(book)
    yield from _the_first_day(case)
    yield from _the_second_day(case)
    yield from _the_third_day(case)
    yield from _since_then(case)


def _theirs(book: Book) -> Investigation:
    case = book.begun(_at_ten_past_eight(book.scene), children=1)
    told = case.told
    names = replace(told.family.parent, forename="Rhian", surname="Yarrowfold", is_female=True)
    family = replace(told.family, parent=names, town="Kestrelhythe")
    address = f"{told.address.rpartition(', ')[0]}, Kestrelhythe"
    where = postcode("Kestrelhythe", family.street)
    nell = _nell(book.scene.today)
    told = replace(told, family=family, children=[nell], suspect="Gareth Linmarsh", address=address, postcode=where)
    case.told = replace(told, worker=SOCIAL_WORKER, count=31)
    case.adults[0].name, case.adults[1].name = "Gareth Linmarsh", "Rhian Yarrowfold"
    case.adults[1].works_how = NOT_ASKED
    return case


def _nell(today: date) -> Person:
    return Person("Nell", "Yarrowfold", is_female=True, born_on=today - timedelta(days=880), age=2)


def _at_ten_past_eight(scene: Scene) -> datetime:
    day = timezone.localdate(scene.ago(days=DAYS_AGO))
    while day.weekday() > WEDNESDAY:
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(8, 10)))


def _the_first_day(case: Investigation) -> Iterator[Event]:
    """Looked at, on Niche, a home, a child of two, a level, and the notice before five."""
    yield case.registered(0.3, what=WHAT)
    yield case.triaged(0.7)
    yield case.on_niche(0.9)
    yield case.researched(1, "asked", result="The answer came before noon: Gareth Linmarsh, the subscriber")
    yield case.attributed(4)
    yield from case.lived_in(4.3)
    yield case.children_looked_for(5.4)
    yield case.assessed(6)
    yield case.suspected(6.1)
    yield case.ratified(6.6)
    yield case.allocated(6.7)
    yield case.noticed(7.2)
    yield case.checked(7.9)
    yield from case.read_by_the_mash(8, 26)


def _the_second_day(case: Investigation) -> Iterator[Event]:
    """The agencies meet, and what they decided is on the police system the same afternoon."""
    yield from case.discussed(7.8, 26)
    yield case.others_say(28)
    kind = {
        "kind": "arrest",
        "child_plan": f"{SOCIAL_WORKER} comes along, speaks with Rhian and stays with Nell",
    }
    yield case.planned(31, 47, **kind)


def _the_third_day(case: Investigation) -> Iterator[Event]:
    """Arrested, with a social worker at the door. Rhian says where she works: the designated officer hears of it the
    same day, and KIRAT is run again with it."""
    result = f"Gareth arrested at home without trouble. {SOCIAL_WORKER} spoke with Rhian and played with Nell"
    yield case.carried_out(47.2, 3, result=result)
    yield case.arrested(47.3)
    yield case.seen(48.6)
    yield case.seized(49, 3)
    rhian = case.adults[1]
    yield case.at(49.5, _where_she_works, case)
    yield case.assessed(51, because="His partner works in a nursery")
    yield case.ratified(51.8)
    yield case.lado_told(52, rhian)
    yield case.lado_answered(55.5, rhian)
    yield case.bailed(57)


def _where_she_works(case: Investigation) -> None:
    rhian = case.adults[1]
    rhian.works = ("Nursery nurse", "Kestrelhythe Nursery")
    said = {"post": rhian.works[0], "employer": rhian.works[1], "how": "Rhian said so at the door, and gave her rota"}
    work_known(as_it_is(rhian.occupant), by=case.investigator, works_with_children="yes", **said)


def _since_then(case: Investigation) -> Iterator[Event]:
    """In touch with the social worker each week, and what was found is where children are identified. It goes on."""
    for week, said in enumerate(WEEKLY):
        at = 74 + 150 * week
        if at < case.hours_until(case.scene.now):
            yield case.spoke_with_social_worker(at, said)
    yield case.examined(220)
    yield case.uploaded(262)
