"""A list that another agency sent is compared with our records. Every difference becomes work with a clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from hashlib import sha256

from django.utils.timezone import localdate

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now, today
from accounts.duty import team_of
from accounts.models import Team, User
from cases.models import next_reference
from offenders.codes import AwayBecause
from offenders.list_files import Contents, NotAList, read
from offenders.models import HubTask, ImportedList, Nominal, Spell, Transfer, Travel, UnreadableRow
from offenders.reconcile import (
    Books,
    Difference,
    Listed,
    Ours,
    OurSpell,
    OurTransfer,
    OurTravel,
    release,
    transfer_in,
    travel,
)
from offenders.workflow.hub_tasks import ASKS, TO_DO, receive
from sla.calendar import local
from workflow.transitions import NotNow, transition

Kind = ImportedList.Kind
COMPARES = System("comparing a list with our records")


@transition(target=ImportedList.State.COMPARED.value, may=Can.KEEP_REGISTER, secret=("content",))
def compare(imported: ImportedList, *, by: User, kind: str, name: str, content: bytes) -> None:
    """Each row of the list is held against what we say. What differs has to be put right by somebody, in time."""
    if kind not in Kind.values:
        raise NotNow("Choose what kind of list it is.")
    Team.objects.select_for_update(no_key=True).get(pk=team_of(Role.HUB_ADMINISTRATOR).pk)  # one list after another
    digest = sha256(content).hexdigest()
    if (before := ImportedList.objects.filter(kind=kind, sha256=digest).first()) is not None:
        raise NotNow(f"This very file was compared already: see {before.reference}. Nothing was done twice.")
    try:
        found = read(kind, content)
    except NotAList as refusal:
        raise NotNow(str(refusal)) from refusal
    imported.reference, imported.kind, imported.name = next_reference("LST"), kind, name[:200]
    imported.sha256, imported.compared_at, imported.compared_by = digest, now(), by
    with acting(COMPARES, apart=True):  # of somebody whom the hub may not see it is not said that nobody is here
        _compare(imported, found)
    for each in found.unread:
        UnreadableRow.objects.create(imported=imported, line=each.line, text=each.text, because=each.because)
    imported.rows, imported.unreadable = len(found.rows) + len(found.unread), len(found.unread)


def _compare(imported: ImportedList, found: Contents) -> None:
    look = _looks(imported.kind)
    differences = [each for each in map(look, found.rows) if each is not None]
    imported.agreed, imported.differing = len(found.rows) - len(differences), len(differences)
    for each in differences:
        _becomes_work(each, imported)


def _looks(kind: str) -> Callable[[Listed], Difference | None]:
    books = Books(_everybody())
    if kind == Kind.RELEASES:
        return partial(release, books=books, today=today())
    if kind == Kind.TRAVEL:
        return partial(travel, books=books, today=today())
    return partial(transfer_in, books=books, transfers=_transfers())


def _becomes_work(difference: Difference, imported: ImportedList) -> HubTask:
    """One that is open and says the same is not begun twice."""
    same = HubTask.objects.filter(kind=difference.kind, nominal=difference.key, what=difference.what, state__in=TO_DO)
    if (already := same.first()) is not None:
        return already
    return receive(
        HubTask(),
        by=ASKS,
        kind=difference.kind.value,
        nominal=Nominal.objects.get(pk=difference.key) if difference.key else None,
        what=difference.what,
        source=f"{imported.reference}, {Kind(imported.kind).label.lower()}",
        received_at=now(),
        happens_at=_moment(difference.happens_on),
        arises_from=imported,
    )


def _moment(day: date | None) -> datetime | None:
    """A list gives a day: it is counted from its first moment."""
    return local(day, time.min) if day else None


def _everybody() -> list[Ours]:
    spells: dict[object, list[OurSpell]] = {}
    for each in Spell.objects.exclude(state=Spell.State.IN_ERROR).exclude(because=AwayBecause.ABROAD):
        spells.setdefault(each.nominal_id, []).append(OurSpell(each.where, each.ends_on, each.ended_on))
    travels: dict[object, list[OurTravel]] = {}
    for trip in Travel.objects.exclude(state=Travel.State.NOT_GOING):
        ours = OurTravel(trip.reference, localdate(trip.departs_at), trip.countries)
        travels.setdefault(trip.nominal_id, []).append(ours)
    return [
        Ours(
            key=each.pk,
            reference=each.reference,
            ref=each.external_ref,
            name=each.person.name,
            born_on=each.person.born_on,
            is_ours=each.is_ours,
            state=str(Nominal.State(each.state).label).lower(),
            spells=spells.get(each.pk, []),
            travels=travels.get(each.pk, []),
        )
        for each in Nominal.objects.select_related("person")
    ]


def _transfers() -> list[OurTransfer]:
    rows = Transfer.objects.filter(way=Transfer.Way.IN).order_by("-requested_at")
    refused = (Transfer.State.REFUSED, Transfer.State.WITHDRAWN)
    return [
        OurTransfer(
            reference=each.reference,
            ref=each.external_ref,
            name=each.name_given,
            moves_on=each.moves_on,
            state=str(Transfer.State(each.state).label).lower(),
            is_refused=each.state in refused,
        )
        for each in rows
    ]
