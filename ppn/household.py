"""The household of a notice: where its children live, who else lives there, and every other open notice about them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from access.time import today
from cases.models import Person, Relationship, Residence
from govuk.fields import YesNoNotKnown as Answer
from ppn.models import OPEN, ChildConsidered, Ppn, Subject


def roots_of(ppn: Ppn, *parts: str) -> set[UUID]:
    """Keys (`same_as`) of the people of the notice whom somebody has identified, in these parts or in any."""
    rows = Subject.objects.filter(ppn=ppn, person__isnull=False).select_related("person")
    return {each.person.same_as_id for each in rows if each.person and (not parts or each.part in parts)}


def people_living_with(roots: Iterable[UUID]) -> dict[UUID, Person]:
    """Everybody who lives now where these people live now, themselves included, by `same_as`."""
    day = today()
    homes = Residence.objects.filter(Residence.current_on(day), person__same_as__in=list(roots))
    addresses = {home.address_id for home in homes}
    there = Residence.objects.filter(Residence.current_on(day), address__in=addresses).select_related("person")
    return {home.person.same_as_id: home.person for home in there}


def brothers_and_sisters(roots: Iterable[UUID]) -> dict[UUID, Person]:
    """As far as somebody has said so."""
    keys = list(roots)
    links = Relationship.objects.filter(kind=Relationship.Kind.SIBLING, withdrawn_at=None, ends=None)
    of = links.filter(person__same_as__in=keys).select_related("other")
    to = links.filter(other__same_as__in=keys).select_related("person")
    return {each.same_as_id: each for each in [*(link.other for link in of), *(link.person for link in to)]}


def other_children(ppn: Ppn) -> list[Person]:
    """Children of the household, and brothers and sisters, whom the notice does not name, as far as the acting person
    may see. Somebody whose age nobody knows is a child."""
    named = roots_of(ppn)
    children = roots_of(ppn, Subject.Part.CHILD.value)
    if not children:
        return []
    near = {**people_living_with(children), **brothers_and_sisters(children)}
    day = today()
    others = [person for root, person in near.items() if root not in named and person.child_on(day) != Answer.NO]
    return sorted(others, key=lambda person: (person.name, str(person.pk)))


def not_considered(ppn: Ppn) -> list[Person]:
    """Those of whom nobody has said yet what the notice means for them. Another open or assessed notice that names them
    has looked at them as well, once it has been assessed."""
    others = other_children(ppn)
    if not others:
        return []
    said = ChildConsidered.objects.filter(ppn=ppn).select_related("person")
    done = {each.person.same_as_id for each in said}
    assessed = Subject.objects.filter(
        part=Subject.Part.CHILD,
        person__same_as__in=[person.same_as_id for person in others],
        ppn__assessed_at__gte=ppn.submitted_at,
    )
    done |= {each.person.same_as_id for each in assessed.select_related("person") if each.person}
    return [person for person in others if person.same_as_id not in done]


def notices_of_household(ppn: Ppn) -> list[Ppn]:
    """Every other open notice about these people or whoever lives with their children, nearest to breach first."""
    roots = roots_of(ppn)
    roots |= set(people_living_with(roots_of(ppn, Subject.Part.CHILD.value)))
    about = Subject.objects.filter(person__same_as__in=roots).exclude(ppn=ppn).figures()
    keys = set(about.values_list("ppn", flat=True))
    rows = Ppn.objects.filter(pk__in=keys, state__in=OPEN).select_related("taken_by")
    return list(rows.order_by("due_at", "pk"))
