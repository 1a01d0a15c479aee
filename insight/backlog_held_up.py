"""What cannot go on while something waits: counted for each queue from the records that wait for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from encompass.models import SchoolNotice
from encompass.models.notice import NOT_TOLD
from govuk.fields import YesNoNotKnown as Answer
from insight.queues import Queue
from missing.codes import MISSING
from missing.models import Episode, MissingNotice
from offenders.hub_rows import departs_soon
from offenders.models import Approval
from online.models import LinkedChild
from partners.models import Recipient
from ppn.models import Trigger
from strategy.models import MeetingChild
from triage.codes import Destination

NOT_SENT = [Recipient.State.PROPOSED.value, Recipient.State.REFUSAL_PROPOSED.value]
Rows = QuerySet[Any]


@dataclass(frozen=True)
class HeldUp:
    """One kind of thing that waits for this queue, and how many there are."""

    words: str
    count: int


Counting = Callable[[Rows, datetime], int]


def _of(rows: Rows) -> Rows:
    return rows.figures().values("pk")  # type: ignore[attr-defined]


def _distinct(rows: Rows, *fields: str) -> int:
    return int(rows.figures().order_by().values(*fields).distinct().count())  # type: ignore[attr-defined]


def _nobody_told(rows: Rows, at: datetime) -> int:
    told = Recipient.objects.filter(record=OuterRef("pk"), state=Recipient.State.SENT)
    return rows.exclude(child=Answer.NO).filter(~Exists(told)).count()


def _agencies(rows: Rows, at: datetime) -> int:
    return Recipient.objects.filter(record__in=_of(rows), state__in=NOT_SENT).count()


def _schools(rows: Rows, at: datetime) -> int:
    notices = SchoolNotice.objects.filter(state__in=NOT_TOLD)
    return notices.filter(Q(about__in=_of(rows)) | Q(arises_from__in=_of(rows))).count()


def _triggers(rows: Rows, at: datetime) -> int:
    return Trigger.objects.filter(ppn__in=_of(rows)).exclude(state=Trigger.State.DECIDED).count()


def _unseen(rows: Rows, at: datetime) -> int:
    known = Q(child=Answer.YES) | ~Q(possible_child_because="")
    return rows.filter(known, child_seen_at=None).count()


def _callers(rows: Rows, at: datetime) -> int:
    return rows.filter(first_contact_at=None, last_contact_at=None).count()


def _missing_again(rows: Rows, at: datetime) -> int:
    again = Episode.objects.filter(person__same_as=OuterRef("episode__person__same_as"), state__in=MISSING)
    return rows.filter(Exists(again)).count()


def _not_told_of_missing(rows: Rows, at: datetime) -> int:
    return MissingNotice.objects.filter(episode__in=_of(rows), state=MissingNotice.State.TO_SEND).count()


HELD: dict[str, tuple[tuple[str, Counting], ...]] = {
    "notices": (
        ("notices with a child, or where nobody knows, of which no agency has been told", _nobody_told),
        ("decisions on telling an agency", _agencies),
        ("schools that have not been told", _schools),
        ("decisions on a strategy meeting", _triggers),
    ),
    "triggers": (
        ("notices that cannot be filed", lambda rows, at: _distinct(rows, "ppn")),
        ("children's strategy meetings that nobody has asked for or declined", lambda rows, at: rows.count()),
    ),
    "meetings": (
        ("children about whom the agencies have not met",
         lambda rows, at: MeetingChild.objects.filter(meeting__in=_of(rows)).count()),
        ("notices and other records that wait for what the meeting decides",
         lambda rows, at: _distinct(rows.filter(about__isnull=False), "about")),
    ),
    "agencies": (
        ("records of which an agency that should know has not been told", lambda rows, at: _distinct(rows, "record")),
        ("of them where no agency is known to send it to",
         lambda rows, at: _distinct(rows.filter(agency=None), "record")),
    ),
    "replies": (
        ("records on which we do not know whether anybody there has read it",
         lambda rows, at: _distinct(rows, "record")),
        ("that could not even be delivered", lambda rows, at: rows.exclude(state="delivered").count()),
    ),
    "schools": (
        ("children who are or were in school with nobody there knowing",
         lambda rows, at: rows.filter(bell_at__lt=at).count()),
        ("children whose next school day has not begun yet", lambda rows, at: rows.filter(bell_at__gte=at).count()),
    ),
    "unit": (
        ("incidents with a child whom nobody has seen", _unseen),
        ("callers who have heard nothing since they called", _callers),
        ("schools that have not been told", _schools),
    ),
    "hub": (
        ("incidents with a child whom nobody has seen", _unseen),
        ("callers who have heard nothing since they called", _callers),
        ("schools that have not been told", _schools),
    ),
    "resolution": (
        ("incidents with a child whom nobody has seen", _unseen),
        ("callers who have heard nothing since they called", _callers),
        ("incidents that nobody has taken on", lambda rows, at: rows.filter(state="allocated").count()),
        ("of all of them for the resolution centre",
         lambda rows, at: rows.filter(destination=Destination.RESOLUTION).count()),
    ),
    "missing": (
        ("children who are not found", lambda rows, at: _distinct(rows, "person__same_as")),
        ("reports whose risk no supervisor has confirmed", lambda rows, at: rows.filter(ratified_at=None).count()),
        ("authorities and schools that have not been told", _not_told_of_missing),
    ),
    "interviews": (
        ("children who are missing again while nobody has read what they said", _missing_again),
        ("interviews that were held and are not in the record",
         lambda rows, at: rows.exclude(state="requested").count()),
    ),
    "online": (
        ("children known in these cases whom nobody has settled",
         lambda rows, at: LinkedChild.objects.filter(online_case__in=_of(rows), state="known").count()),
        ("cases that nobody else in the force can find", lambda rows, at: rows.filter(external_at=None).count()),
        ("cases that nobody is researching", lambda rows, at: rows.filter(researcher=None).count()),
    ),
    "visor": (
        ("people who leave the country within a day, or have left, and ViSOR does not know",
         lambda rows, at: rows.filter(departs_soon(at)).count()),
        ("offenders on whom ViSOR is out of date", lambda rows, at: _distinct(rows, "nominal")),
    ),
    "approvals": (
        ("offenders who are managed by a plan that nobody has approved",
         lambda rows, at: _distinct(rows.filter(what=Approval.What.PLAN), "nominal")),
        ("visits and assessments that no supervisor has read",
         lambda rows, at: rows.filter(what__in=[Approval.What.VISIT, Approval.What.ASSESSMENT]).count()),
    ),
    "findings": (
        ("children of whom nobody has said whether they are safe", lambda rows, at: _distinct(rows, "child__same_as")),
    ),
    "matches": (
        ("people of whom each record may show half of what is known", lambda rows, at: _distinct(rows, "one__same_as")),
    ),
    "reviews": (
        ("people who have had no feedback on this work",
         lambda rows, at: _distinct(rows.filter(author__isnull=False), "author")),
    ),
}  # fmt: skip


def held_up(queue: Queue, at: datetime) -> list[HeldUp]:
    """What waits for this queue. Called by whoever may count everything."""
    return _held_up(queue, queue.waiting(), at)


def held_up_by(queue: Queue, record: UUID, at: datetime) -> list[HeldUp]:
    """What cannot go on until this one record is done; only what there is."""
    return [each for each in _held_up(queue, queue.waiting().filter(pk=record), at) if each.count]


def _held_up(queue: Queue, rows: Rows, at: datetime) -> list[HeldUp]:
    return [HeldUp(words, count(rows, at)) for words, count in HELD.get(queue.code, ())]
