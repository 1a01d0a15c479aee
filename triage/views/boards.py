"""The boards of initial contact: what waits, the most urgent first, each with why it stands where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from access.roles import Can
from access.time import now
from sla.models import Clock
from sla.queues import PAGE, QueuePage
from sla.work import Work
from triage.codes import IN_HUB, WITH_A_TEAM
from triage.filters import IncidentFilter
from triage.models import NOT_ATTENDED, Answer, Destination, Grade, Incident, State
from triage.ranking import Band
from triage.rows import (
    as_work,
    days_known,
    reassessment_overdue,
    untouched,
    what_is_owed,
    with_notice,
    with_rank,
    with_reassessment,
)

CHILD = ~Q(child=Answer.NO) | ~Q(possible_child_because="")


class IncidentQueue(QueuePage):
    """A board of incidents."""

    may = Can.SEE_INCIDENTS
    filterset_class = IncidentFilter
    template_name = "triage/board.html"

    def waiting(self) -> Q:
        """Which incidents this board is about."""
        raise NotImplementedError

    def says(self, counts: dict[str, int]) -> str:
        """The state of it, in a sentence."""
        raise NotImplementedError

    def records(self) -> QuerySet[Incident]:
        incidents = Incident.objects.filter(self.waiting()).select_related("owner", "offered_to")
        return with_notice(with_reassessment(incidents, now()))

    def row(self, record: Incident, clock: Clock | None) -> Work:
        return as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        acts = self.request.user.acts()  # type: ignore[union-attr]
        may = {"may_take_call": Can.TAKE_CALL in acts, "may_give": Can.GIVE_WORK in acts}
        return {**may, "lead": self.says(counts), "live": True}


class Ranked(IncidentQueue):
    """A board in the order of the rule of ranking: the rank, then how much of its time has gone."""

    due_field = "attend_by"

    def records(self) -> QuerySet[Incident]:
        return with_rank(super().records(), self._as_at())

    def _as_at(self) -> datetime:
        """The moment the order is of: that of the first page, so that the pages after it fit on."""
        place = _place(self.request.GET.get("after", ""))
        return place[0] if place else now()

    def _page(self, records: QuerySet[Any], after: str) -> list[Any]:
        place = _place(after)
        if place:
            _, rank, share, last = place
            further = Q(share_gone__lt=share) | Q(share_gone=share, pk__gt=last)
            records = records.filter(Q(rank__gt=rank) | Q(Q(rank=rank) & further))
        return list(records.order_by("rank", "-share_gone", "pk")[: PAGE + 1])

    def _after(self, last: Any) -> str:
        return f"{self._as_at().timestamp():.6f}_{last.rank}_{last.share_gone!r}_{last.pk}"


def _place(after: str) -> tuple[datetime, int, float, UUID] | None:
    """The place in the order that an address names; an address that names none shows the first page."""
    moment, _, rest = after.partition("_")
    try:
        rank, share, key = rest.split("_")
        return datetime.fromtimestamp(float(moment), tz=UTC), int(rank), float(share), UUID(key)
    except (ValueError, OverflowError, OSError):
        return None


class Board(Ranked):
    """Incidents that nobody has attended, the most urgent first."""

    heading = "Late incidents"
    empty = {"title": "Nothing here is late", "text": "This page looks again by itself every 15 seconds."}

    def waiting(self) -> Q:
        return Q(state__in=NOT_ATTENDED)

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        late, to_attend = Q(attend_by__lt=at), ~Q(grade=Grade.G4)
        return {
            "late": ("Late", late & to_attend),
            "reassess": ("Late and not re-assessed", late & Q(reassessment_overdue(at))),
            "child": ("Late, child or not known", late & to_attend & CHILD),
            "caller": ("Caller not told", Q(pk__in=_with(["K5"], before=at))),
            "fim": ("With the force incident manager", Q(pk__in=_with(["FIM"])) | Q(pk__in=_with(["FIMX"], before=at))),
            "call_back": ("Late call-backs (G4)", late & ~to_attend),
            "unit": ("Waiting for a unit", Q(state=State.AWAITING_RESOURCE)),
            "on_way": ("A unit is on its way", Q(state=State.ASSIGNED)),
            "waiting": ("All waiting", Q()),
            "mine": ("Mine", Q(owner=self.request.user.pk)),
        }

    def says(self, counts: dict[str, int]) -> str:
        return (
            f"{counts['late']} late, {counts['child']} of them with a child or not known. "
            f"{counts['reassess']} have not been re-assessed. {counts['caller']} callers have not been told."
        )


class Hub(Ranked):
    """What the triage hub has to decide."""

    heading = "Triage hub"
    empty = {"title": "Nothing waits for a decision", "text": "New calls appear by themselves."}

    def waiting(self) -> Q:
        return Q(state__in=IN_HUB)

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {
            "all": ("To decide", Q()),
            "child": ("Child", Q(child=Answer.YES)),
            "possible": ("Possibly a child", ~Q(possible_child_because="")),
            "not_known": ("Not known if a child", Q(child=Answer.NOT_KNOWN, possible_child_because="")),
            "late": ("Decision overdue", Q(pk__in=_with(["K11"], before=at))),
            "second_look": ("Second look", Q(state=State.SECOND_LOOK)),
            "untouched": ("Nothing done yet", untouched()),
            "bounced": ("Sent back", Q(bounces__gt=0)),
            "mine": ("Mine", Q(owner=self.request.user.pk)),
        }

    def says(self, counts: dict[str, int]) -> str:
        return (
            f"{counts['all']} to decide: {counts['child']} with a child, {counts['possible']} possibly, "
            f"{counts['not_known']} where nobody knows. {counts['late']} decisions are overdue."
        )


class Resolution(Ranked):
    """What is with the resolution centre and the other teams."""

    heading = "Resolution centre"
    empty = {"title": "Nothing is with the resolution centre", "text": "What the hub allocates appears by itself."}

    def waiting(self) -> Q:
        return Q(state__in=WITH_A_TEAM)

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        by_phone = Q(destination=Destination.RESOLUTION)
        nobody = by_phone & Q(state=State.ALLOCATED)
        return {
            "all": ("By phone", by_phone),
            "nobody": ("Nobody has it", nobody),
            "somebody": ("Somebody has it", by_phone & Q(state=State.ACCEPTED)),
            "child": ("Child, or not known", by_phone & CHILD),
            "no_contact": ("Caller not contacted", by_phone & Q(first_contact_at=None)),
            "late": ("Contact overdue", by_phone & Q(first_contact_at=None, attend_by__lt=at)),
            "not_reached": ("Not reached, to decide", Q(pk__in=_with(["K14"]))),
            "bounced": ("Sent back twice or more", Q(bounces__gt=1)),
            "mine": ("Mine", Q(owner=self.request.user.pk)),
            "others": ("Other teams", ~by_phone),
        }

    def says(self, counts: dict[str, int]) -> str:
        return (
            f"{counts['all']} to deal with by phone, {counts['nobody']} of them nobody's yet. {counts['child']} with a "
            f"child or not known. {counts['no_contact']} callers have heard nothing, {counts['late']} of them too long."
        )


class Unseen(IncidentQueue):
    """The wall: children we know of whom nobody has seen, or about whom there is no notice; with the days."""

    heading = "Children not seen"
    due_field = "reported_at"
    empty = {"title": "Every child we know of has been seen", "text": "And there is a notice about each, or a reason."}

    def waiting(self) -> Q:
        return Q(pk__in=_with(["K7", "K8"]))

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        unseen, no_notice = Q(pk__in=_with(["K7"])), Q(pk__in=_with(["K8"]))
        return {
            "all": ("All", Q()),
            "both": ("Not seen and no notice", unseen & no_notice),
            "unseen": ("Not seen", unseen),
            "notice": ("No notice", no_notice),
            "overdue": ("Not seen, overdue", Q(pk__in=_with(["K7"], before=at))),
            "possible": ("Possibly a child", ~Q(possible_child_because="")),
        }

    def row(self, record: Incident, clock: Clock | None) -> Work:
        """The days first: how long police have known."""
        work = as_work(record, clock)
        return replace(work, why=f"{days_known(record, now())}. {work.why}", holds_up=what_is_owed(record))

    def says(self, counts: dict[str, int]) -> str:
        return (
            f"{counts['unseen']} incidents with a child whom nobody has seen, {counts['notice']} with no notice; "
            f"{counts['both']} have neither. {counts['overdue']} are overdue. Who has waited longest comes first."
        )


def _with(codes: list[str], before: datetime | None = None) -> QuerySet[Clock, Any]:
    """Records with one of these clocks running; with `before`, one that was due by then."""
    running = Clock.running().filter(deadline__in=codes, kind="triage.incident")
    return (running.filter(due_at__lt=before) if before else running).values("record")


def bands() -> Iterator[tuple[int, str]]:
    """The ranks in words, for the page that explains them."""
    words = {
        Band.HIGH_CHILD: "High risk or not known, with a child or where nobody knows",
        Band.HIGH: "High risk or not known, no child",
        Band.MEDIUM_CHILD: "Medium risk, or low with a child or where nobody knows",
        Band.MEDIUM: "Medium risk, no child",
        Band.LOW: "Low risk, no child",
    }
    yield from ((each.value, words[each]) for each in Band)
