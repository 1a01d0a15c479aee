"""Managed offenders on the picture of a person, and as a warning: who manages them and whom to ring before you act."""

from __future__ import annotations

from collections.abc import Iterable

from cases.markers import MARKERS, Asked, MarkerShown
from cases.picture import PICTURE, Event, Whom
from offenders.codes import ManagedAs, Risk
from offenders.models import GONE, OURS, ChildContact, Nominal


def managed_here(whom: Whom) -> Iterable[Event]:
    for nominal in Nominal.objects.filter(person__in=whom.people).select_related("person", "manager", "team"):
        yield Event(
            when=nominal.began_at,
            what="Offender management",
            title=f"{nominal.person} is managed: {ManagedAs(nominal.managed_as).label}, {nominal.reference}",
            url=nominal.get_absolute_url(),
            lines=[Nominal.State(nominal.state).label, risk_in_words(nominal)],
            by=f"by {nominal.manager}, {nominal.team}",
            kind="" if nominal.state in GONE else "Open",
            record=nominal.pk,
        )


def contacts(whom: Whom) -> Iterable[Event]:
    rows = ChildContact.objects.filter(child__in=whom.people) | ChildContact.objects.filter(
        nominal__person__in=whom.people
    )
    for contact in rows.distinct().select_related("nominal__person"):
        yield Event(
            when=contact.discovered_at,
            what="Offender management",
            title=f"Contact with a child: {contact.child_said}, {contact.reference}",
            url=contact.get_absolute_url(),
            lines=[ChildContact.State(contact.state).label],
            by=f"{contact.nominal.person}",
            kind="" if contact.closed_at else "Open",
            record=contact.pk,
        )


def risk_in_words(nominal: Nominal) -> str:
    """ "Risk: high", "Risk: not assessed yet"."""
    label = str(Risk(nominal.risk).label)
    return f"Risk: {label[0].lower()}{label[1:]}"


def managed_now(asked: Asked) -> Iterable[MarkerShown]:
    rows = Nominal.objects.filter(person__same_as__in=asked.people, state__in=OURS)
    for nominal in rows.select_related("person", "manager", "team"):
        warns = f" {nominal.warnings}" if nominal.warnings else ""
        yield MarkerShown(
            kind="managed_offender",
            label=f"Managed by {nominal.manager}, {nominal.team}. {risk_in_words(nominal)}.{warns}",
            about=str(nominal.person),
            how_we_know=nominal.reference,
            since=nominal.began_at.date(),
            is_a_risk=True,
            url=nominal.get_absolute_url(),
        )


PICTURE.sources += [managed_here, contacts]
MARKERS.sources.append(managed_now)
