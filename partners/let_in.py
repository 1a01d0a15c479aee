"""Who of our partners is let in now, how long for, and when each of them last asked: for the pages about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, Q, Subquery

from accounts.models import AccessToken
from partners.models import Agency, AgencyAccount, AgencyPerson, Webhook
from partners.workflow.access import ENDS_SOON

WORKS, SOON, ENDED, CUT_OFF = "In force", "Ends soon", "Ended", "Cut off"
KINDS = {WORKS: "done", SOON: "waiting", ENDED: "stopped", CUT_OFF: "stopped"}
"""How each is coloured in a list."""


@dataclass(frozen=True)
class SystemLetIn:
    """One system: what it stands at, and when it last got a short token (None = it never asked for one)."""

    of_agency: AgencyAccount
    state: str
    last_asked: datetime | None

    @property
    def state_kind(self) -> str:
        return KINDS[self.state]

    @property
    def is_in(self) -> bool:
        return self.state in (WORKS, SOON)

    @property
    def may_be_renewed(self) -> bool:
        return self.state != CUT_OFF


@dataclass
class AgencyLetIn:
    """An agency with those of it that are let in, or were."""

    agency: Agency
    systems: list[SystemLetIn] = field(default_factory=list)
    people: list[AgencyPerson] = field(default_factory=list)
    addresses: list[Webhook] = field(default_factory=list)

    @property
    def people_in(self) -> list[AgencyPerson]:
        return [each for each in self.people if each.ended_at is None]

    @property
    def anybody_in(self) -> bool:
        return bool(self.people_in) or any(each.is_in for each in self.systems)


def let_in(at: datetime, agencies: Iterable[Agency] | None = None) -> list[AgencyLetIn]:
    """Each agency of which somebody is or was let in, by name; of these agencies where they are given, each of them."""
    chosen = None if agencies is None else list(agencies)
    systems, people = systems_of(at, chosen), _people(chosen)
    found = {each.pk: each for each in chosen or ()}
    for agency in [*(each.of_agency.agency for each in systems), *(each.agency for each in people)]:
        found.setdefault(agency.pk, agency)
    rows = {key: AgencyLetIn(agency) for key, agency in found.items()}
    for system in systems:
        rows[system.of_agency.agency_id].systems.append(system)
    for person in people:
        rows[person.agency_id].people.append(person)
    for address in Webhook.objects.filter(ended_at=None, account__agency__in=rows).select_related("account__account"):
        rows[address.account.agency_id].addresses.append(address)
    return sorted(rows.values(), key=lambda each: str(each.agency))


def systems_of(at: datetime, agencies: Sequence[Agency] | None = None) -> list[SystemLetIn]:
    """Those that still work first, and of them whichever ends next."""
    asked = AccessToken.objects.filter(account=OuterRef("account")).order_by().values("account")
    rows = AgencyAccount.objects.filter(_among(agencies)).select_related("account__created_by", "agency")
    rows = rows.annotate(last_asked=Subquery(asked.annotate(last=Max("issued_at")).values("last")))
    soon = at + ENDS_SOON.in_force(at)[0]
    systems = [SystemLetIn(each, _state_of(each, at, soon), each.last_asked) for each in rows]
    return sorted(systems, key=lambda each: (not each.is_in, each.of_agency.account.expires_at, each.of_agency.pk))


def _state_of(of_agency: AgencyAccount, at: datetime, soon: datetime) -> str:
    account = of_agency.account
    if account.cut_off_at:
        return CUT_OFF
    if not account.works_at(at):
        return ENDED
    return SOON if account.expires_at <= soon else WORKS


def _people(agencies: Sequence[Agency] | None) -> list[AgencyPerson]:
    """Those who are let in first."""
    rows = AgencyPerson.objects.filter(_among(agencies)).select_related("user", "agency", "let_in_by", "ended_by")
    return sorted(rows, key=lambda each: (each.ended_at is not None, str(each.user), each.pk))


def _among(agencies: Sequence[Any] | None) -> Q:
    return Q() if agencies is None else Q(agency__in=agencies)
