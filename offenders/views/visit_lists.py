"""The offender manager's day, and whom somebody has to visit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.views.generic import TemplateView

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from accounts.duty import people_answered_for, posts_of
from govuk.times import exactly
from offenders.models import Nominal, OffenderVisit, VisitAttempt, Written
from offenders.visit_day import whole_day
from offenders.visit_filters import VisitFilter
from offenders.visit_patterns import most_urgent_first, to_be_visited
from offenders.visit_rows import last_seen, nominal_as_work
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work

MANY = 50


class MyDay(GuardedPage, TemplateView):
    """What the signed-in offender manager has to do, and what is theirs because somebody is away."""

    may = Can.MANAGE_OFFENDERS
    template_name = "offenders/visit_day.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        at, user = now(), self.request.user
        covered = sorted({str(post.person) for post in posts_of(user) if post.person_id != user.pk})  # type: ignore[arg-type]
        shares = whole_day(people_answered_for(user), at, MANY)  # type: ignore[arg-type]
        return super().get_context_data(now=at, shares=shares, covered=covered, **context)


class Visits(QueuePage):
    """Everybody who has to be visited, in every team: who is overdue by risk, then who is due first."""

    may = Can.SEE_OFFENDERS
    heading = "Visits to managed offenders"
    lead = "Overdue visits come first, the highest risk before the others."
    filterset_class = VisitFilter
    due_field = "urgency"
    empty = {"title": "Nobody has to be visited", "text": "Whoever is managed here appears by themselves."}

    def records(self) -> QuerySet[Nominal]:
        attempts = VisitAttempt.objects.filter(nominal=OuterRef("pk")).order_by("-tried_at").figures()
        planned = OffenderVisit.objects.filter(nominal=OuterRef("pk"), state=Written.DRAFT)
        return most_urgent_first(to_be_visited()).annotate(
            tried_at=Subquery(attempts.values("tried_at")[:1]),
            is_planned=Exists(planned),
        )

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        failed = Q(tried_at__isnull=False) & (Q(last_visited_at=None) | Q(tried_at__gt=F("last_visited_at")))
        return {
            "all": ("To be visited", Q()),
            "overdue": ("Overdue", Q(visit_due_at__lt=at)),
            "soon": ("Due within 7 days", Q(visit_due_at__gte=at, visit_due_at__lte=at + timedelta(days=7))),
            "failed": ("Not seen: go again", failed),
            "planned": ("Planned", Q(is_planned=True)),
            "never": ("Never visited", Q(last_visited_at=None)),
        }

    def row(self, record: Any, clock: Clock | None) -> Work:
        why = last_seen(record)
        if record.tried_at and (record.last_visited_at is None or record.tried_at > record.last_visited_at):
            why = f"Not seen {exactly(record.tried_at)}. {why}"
        return nominal_as_work(record, record.visit_due_at, f"{why}. Planned" if record.is_planned else why)
