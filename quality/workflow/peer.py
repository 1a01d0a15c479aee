"""Peer scrutiny of offender management stays where it is; what it finds again and again is counted here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from access.actor import NotYours, System, acting, signed
from access.roles import Can
from accounts.models import User
from offenders.models import ScrutinyItem, ScrutinyRound
from quality.codes import Source
from quality.models import Theme, ThemeNote
from quality.workflow.themes import note_themes
from workflow.transitions import NotNow

READS = System("peer scrutiny as a source of themes")
Item, Drawn = ScrutinyItem.State, ScrutinyRound.State


@dataclass(frozen=True)
class Round:
    """One round, in figures: nobody's name is in it."""

    reference: str
    team: str
    drawn_at: datetime
    due_at: datetime | None
    is_done: bool
    drawn: int
    graded: int
    open_actions: int


def rounds() -> list[Round]:
    """Every round of peer scrutiny, the latest first."""
    graded, to_do = Q(items__graded_at__isnull=False), Q(items__state=Item.GRADED)
    counts = {"n": Count("items"), "graded": Count("items", filter=graded), "to_do": Count("items", filter=to_do)}
    with acting(READS, apart=True):
        rows = ScrutinyRound.objects.select_related("team").annotate(**counts).order_by("-drawn_at", "-reference")
        return [
            Round(
                each.reference,
                str(each.team),
                each.drawn_at,
                each.due_at,
                each.state == Drawn.DONE,
                each.n,
                each.graded,
                each.to_do,
            )
            for each in rows
        ]


def graded_items() -> list[tuple[str, str]]:
    """Number and grade of every record that was graded and has no theme yet, the latest first."""
    with acting(READS, apart=True):
        noted = ThemeNote.objects.filter(source=Source.PEER_SCRUTINY).figures().values("record")
        rows = ScrutinyItem.objects.filter(graded_at__isnull=False).exclude(pk__in=noted).order_by("-graded_at")
        return [(each.reference, str(each.get_grade_display())) for each in rows]


def note_peer_themes(reference: str, *, by: User, themes: Collection[Theme], said: str = "") -> list[ThemeNote]:
    """What peer scrutiny of one record found is counted under themes. Raises NotNow where it was not graded."""
    if not by.can(Can.REVIEW_QUALITY):
        raise NotYours(f"You may not {Can.REVIEW_QUALITY.label}.")
    if not themes:
        raise NotNow("Choose at least one theme.")
    with signed(by):
        with acting(READS, apart=True):
            item = ScrutinyItem.objects.filter(reference=reference, graded_at__isnull=False).first()
        if item is None:
            raise NotNow("Choose a record that was graded.")
        number = item.reference.split(" ")[0]  # of the round: who was managed is nobody's business here
        return note_themes(themes, by=by, source=Source.PEER_SCRUTINY, record=item, reference=number, said=said)
