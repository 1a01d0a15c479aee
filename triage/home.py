"""What the home page says about incidents: to the control room, an officer, a response sergeant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from access.roles import Can
from accounts.models import User
from sla.models import Clock
from sla.work import HOME, Share, nearest_clocks
from triage.models import NOT_ATTENDED, Grade, Incident, State
from triage.rows import as_work, with_reassessment

FEW = 5


def _share(heading: str, rows: QuerySet[Incident], at: datetime, url: str = "") -> Share:
    first = list(with_reassessment(rows, at).order_by("attend_by", "pk")[:FEW])
    clocks = nearest_clocks(first)
    return Share(heading, [as_work(incident, clocks.get(incident.pk)) for incident in first], rows.count(), url)


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    late = Incident.objects.filter(state__in=NOT_ATTENDED, attend_by__lt=at).exclude(grade=Grade.G4)
    if Can.TAKE_CALL in acts:
        yield _share(
            "Late, and the risk not re-assessed", late.filter(pk__in=_to_reassess(at)), at, "/incidents/?show=reassess"
        )
    if Can.DISPATCH in acts:
        yield _share("Late incidents", late, at, "/incidents/?show=late")
    if Can.SUBMIT_PPN in acts and Can.ATTEND in acts:
        mine = Incident.objects.filter(attended_by=user)
        yield _share("A child at risk, and your notice is not submitted yet", mine.filter(pk__in=_without_ppn()), at)
        yield _share("Attended by you, outcome to record", mine.filter(state=State.ATTENDED), at)


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.CLOSE_INCIDENT in acts:
        recorded = Incident.objects.filter(state=State.OUTCOME_RECORDED)
        yield _share("Outcomes recorded, waiting to be closed", recorded, at)


def _to_reassess(at: datetime) -> QuerySet[Clock]:
    return Clock.running().filter(deadline="K4", due_at__lt=at).values("record")  # type: ignore[return-value]


def _without_ppn() -> QuerySet[Clock]:
    return Clock.running().filter(deadline="K8").values("record")  # type: ignore[return-value]


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)
