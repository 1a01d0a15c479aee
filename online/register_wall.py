"""What nobody may overlook of the register: referrals that nobody can see or has looked at, and how old cases are."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from online.models import OPEN, CaseTransfer, OnlineCase, ReferralRow
from online.register_lengths import AGE_FIRST, AGE_SECOND, AGE_THIRD
from online.wall import LINES, Line, line
from sla.lengths import Length

IS_OPEN = Q(state__in=OPEN)
NOT_VISIBLE = IS_OPEN & Q(external_at=None)
NOT_LOOKED_AT = Q(state=OnlineCase.State.RECEIVED)
NOBODYS = IS_OPEN & ~NOT_LOOKED_AT & Q(researcher=None, investigator=None)
AGES = {"month": AGE_FIRST, "two_months": AGE_SECOND, "three_months": AGE_THIRD}


def older_than(length: Length, at: datetime) -> Q:
    """Not carried out yet, and known to the force for longer than this."""
    return IS_OPEN & Q(executed_at=None, known_since__lt=at - length.in_force(at)[0])


def unanswered(at: datetime) -> QuerySet[CaseTransfer]:
    rows: QuerySet[CaseTransfer] = CaseTransfer.objects.filter(state=CaseTransfer.State.OFFERED, due_at__lt=at)
    return rows


def lines(at: datetime) -> list[Line]:
    rows: QuerySet[OnlineCase] = OnlineCase.objects.all()
    unreadable = ReferralRow.objects.filter(state=ReferralRow.State.UNREADABLE)
    ages = [
        line(
            f"online_{name}",
            f"Not acted on, {length.in_force(at)[0].days} days after it reached the force",
            rows.filter(older_than(length, at)),
            "known_since",
            "online-cases",
            name,
        )
        for name, length in AGES.items()
    ]
    return [
        line(
            "online_not_visible",
            "Nobody who looks it up in the records system finds it",
            rows.filter(NOT_VISIBLE),
            "known_since",
            "online-cases",
            "not_visible",
        ),
        line(
            "online_not_looked_at",
            "Received, and nobody has looked at it",
            rows.filter(NOT_LOOKED_AT),
            "known_since",
            "online-cases",
            "received",
        ),
        *ages,
        line("online_rows", "Rows of files nobody could read", unreadable, "received_at", "online-rows"),
        line(
            "online_transfers",
            "Offered to another force, and no answer in time",
            unanswered(at),
            "offered_at",
            "online-transfers",
            "late",
        ),
    ]


LINES.append(lines)
