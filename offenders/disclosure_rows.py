"""How proposals to tell an agency of an offender show themselves: in lists, at home, on the offender's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from access.roles import Can
from accounts.models import User
from offenders.models import Nominal, OffenderDisclosure
from offenders.nominal_parts import PARTS, Part
from sla.work import HOME, Share, Work

FEW = 5
State = OffenderDisclosure.State
KINDS = {"proposed": "waiting", "sent": "done", "refused": "stopped"}


def disclosure_as_work(disclosure: OffenderDisclosure) -> Work:
    waits = disclosure.state == State.PROPOSED
    return Work(
        title=f"{disclosure.nominal.person}: tell {disclosure.agency}",
        url=disclosure.get_absolute_url(),
        reference=disclosure.reference,
        why=disclosure.why,
        due=disclosure.due_at if waits else None,
        started=disclosure.proposed_at,
        state=State(disclosure.state).label,
        state_kind=KINDS[disclosure.state],
        owner=f"Offender management inspector, {disclosure.nominal.team}" if waits else str(disclosure.proposed_by),
        holds_up="Whoever looks after the child does not know" if waits else "Nobody",
    )


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.COMMAND_OFFENDERS in acts:
        rows = OffenderDisclosure.objects.filter(state=State.PROPOSED)
        about = rows.select_related("nominal__person", "nominal__team", "agency", "proposed_by")
        first = about.order_by("due_at", "pk")[:FEW]
        found = [disclosure_as_work(each) for each in first]
        yield Share("Agencies to be told of offenders: decide", found, rows.count(), "/offenders/disclosures/")


def on_the_page(nominal: Nominal, user: User) -> Part:
    rows = OffenderDisclosure.objects.filter(nominal=nominal).select_related("agency").order_by("-proposed_at", "pk")
    actions: list[dict[str, Any]] = []
    if nominal.is_ours and user.can(Can.MANAGE_OFFENDERS):
        url = f"{nominal.get_absolute_url()}disclosures/new/"
        actions.append({"label": "Propose to tell an agency", "url": url, "why_not": ""})
    return Part("What agencies were told", "offenders/disclosures_part.html", {"disclosures": list(rows)}, actions)


HOME.needs_me.append(needs_me)
PARTS.append(on_the_page)
