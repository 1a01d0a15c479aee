"""Every missing child now, by risk and by what runs out first; and every child who is back, with what is still owed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, SmallIntegerField, Value, When

from access.roles import Can
from access.time import now
from cohort.codes import IN_ORDER, Risk
from missing.codes import CHECKS, MISSING, NOT_ATTENDED, State
from missing.filters import EpisodeFilter
from missing.models import Episode
from missing.rows import INACTIVE, as_work, running
from sla.models import Clock
from sla.queues import PAGE, QueuePage
from sla.work import Work


class Board(QueuePage):
    """Who is missing now. It looks again by itself every 15 seconds."""

    may = Can.SEE_MISSING
    heading = "Missing children"
    template_name = "missing/board.html"
    filterset_class = EpisodeFilter
    due_field = "due_at"
    besides = ("MC10", "MC11", "MCT")
    empty = {"title": "No child is missing", "text": "This page looks again by itself every 15 seconds."}

    def records(self) -> QuerySet[Episode]:
        ranks = [When(risk=risk, then=Value(number)) for number, risk in enumerate(IN_ORDER)]
        rows = Episode.objects.select_related("person", "owner", "team")
        ranked: QuerySet[Episode] = rows.annotate(rank=Case(*ranks, output_field=SmallIntegerField()))
        return ranked

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        out = Q(state__in=MISSING)
        return {
            "missing": ("Missing now", out),
            "inactive": ("Nothing done for too long", out & Q(pk__in=running(INACTIVE, at))),
            "high": ("High, or not known", out & Q(risk__in=[Risk.HIGH, Risk.NOT_KNOWN])),
            "late": ("Something is late", out & Q(pk__in=running(before=at))),
            "unattended": ("Nobody has attended", Q(state__in=NOT_ATTENDED)),
            "reassess": ("Not re-assessed", Q(state__in=NOT_ATTENDED, pk__in=running(["MC1"], at))),
            "ratify": ("To ratify", Q(state=State.ATTENDED, assessed_at__isnull=False)),
            "review": ("Review late", out & Q(pk__in=running(["MC6", "MC6S", "MC7", "MC8"], at))),
            "meeting": ("Strategy meeting to decide", Q(pk__in=running(["MC11"])) & Q(needs_meeting_at__lte=at)),
            "daily": ("For the daily meeting", out & Q(pk__in=running(["MC10"]))),
            "mine": ("Mine", Q(owner=self.request.user.pk, state__in=[*MISSING, *CHECKS])),
            "found": ("Found, not heard yet", Q(state=State.FOUND)),
            "to_close": ("Heard, not closed yet", Q(state=State.INTERVIEWED)),
            "owed": ("Closed, return interview to come", Q(state=State.CLOSED)),
            "ended": ("Complete, or ended", Q(state__in=[State.COMPLETE, State.TRANSFERRED, State.IN_ERROR])),
        }

    def row(self, record: Episode, clock: Clock | None) -> Work:
        return as_work(record, clock, now())

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        may_report = self.request.user.can(Can.REPORT_MISSING)  # type: ignore[union-attr]
        return {"lead": self.says(counts), "live": True, "may_report": may_report}

    def says(self, counts: dict[str, int]) -> str:
        return (
            f"Missing: {counts['missing']}. At high risk or not known: {counts['high']}. Nothing done for too long: "
            f"{counts['inactive']}. Waiting for an officer: {counts['unattended']}."
        )

    def _page(self, records: QuerySet[Any], after: str) -> list[Any]:
        """By risk, and within a risk by what runs out first."""
        place = _place(after)
        if place:
            rank, moment, last = place
            further = Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=last)
            records = records.filter(Q(rank__gt=rank) | Q(Q(rank=rank) & further))
        return list(records.order_by("rank", "due_at", "pk")[: PAGE + 1])

    def _after(self, last: Any) -> str:
        return f"{last.rank}_{last.due_at.timestamp():.6f}_{last.pk}"


def _place(after: str) -> tuple[int, datetime, UUID] | None:
    """The place in the order that an address names; an address that names none shows the first page."""
    try:
        rank, moment, key = after.split("_")
        return int(rank), datetime.fromtimestamp(float(moment), tz=UTC), UUID(key)
    except (ValueError, OverflowError, OSError):
        return None
