"""What the home page says about incidents: to the control room, the hub, the resolution centre, officers, sergeants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from sla.models import Clock
from sla.work import HOME, Share, nearest_clocks
from triage.children import SPEAKS_OF_IMAGES
from triage.codes import IN_HUB, WITH_A_TEAM
from triage.models import NOT_ATTENDED, OPEN, Answer, Destination, Grade, Incident, State
from triage.rows import as_work, with_notice, with_rank, with_reassessment

FEW = 5


def _share(heading: str, rows: QuerySet[Incident], at: datetime, url: str = "") -> Share:
    ranked = with_rank(with_reassessment(with_notice(rows), at), at).select_related("owner", "offered_to")
    first = list(ranked.order_by("rank", F("share_gone").desc(), "pk")[:FEW])
    clocks = nearest_clocks(first)
    return Share(heading, [as_work(incident, clocks.get(incident.pk)) for incident in first], rows.count(), url)


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.HAND_OVER in acts:
        offered = Incident.objects.filter(state__in=OPEN, offered_to__in=people_answered_for(user))
        yield _share("Offered to you, waiting for your yes", offered, at, "/incidents/handover/")
    yield from _in_the_control_room(acts, at)
    yield from _in_the_hub_and_by_phone(user, acts, at)
    yield from _at_the_scene(user, acts, at)


def _in_the_control_room(acts: set[Can], at: datetime) -> Iterator[Share]:
    late = Incident.objects.filter(state__in=NOT_ATTENDED, attend_by__lt=at).exclude(grade=Grade.G4)
    if Can.DECIDE_RESOURCES in acts:
        asked = Incident.objects.filter(pk__in=_running("FIM")) | Incident.objects.filter(pk__in=_running("FIMX", at))
        yield _share("Waiting for your decision on resources", asked, at, "/incidents/?show=fim")
    if Can.TAKE_CALL in acts and (Can.DISPATCH in acts or not acts & {Can.ALLOCATE, Can.RESOLVE_BY_PHONE}):
        to_assess = late.filter(pk__in=_running("K4", at))
        yield _share("Late, and the risk not re-assessed", to_assess, at, "/incidents/?show=reassess")
    if Can.TAKE_CALL in acts and Can.DISPATCH in acts:
        untold = Incident.objects.filter(state__in=NOT_ATTENDED, pk__in=_running("K5", at))
        yield _share("Late, and the caller has not been told", untold, at, "/incidents/?show=caller")
    if Can.DISPATCH in acts:
        yield _share("Late incidents", late, at, "/incidents/?show=late")


def _in_the_hub_and_by_phone(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.SECOND_LOOK in acts:
        second = Incident.objects.filter(state=State.SECOND_LOOK)
        yield _share("Waiting for a second look", second, at, "/incidents/hub/?show=second_look")
    if Can.DECIDE_NOT_REACHED in acts:
        not_reached = Incident.objects.filter(pk__in=_running("K14"))
        yield _share("Callers not reached, to decide", not_reached, at, "/incidents/resolution/?show=not_reached")
    if Can.ALLOCATE in acts:
        possible = Incident.objects.filter(pk__in=_running("K15"))
        yield _share(
            "Possibly a child: say whether one is involved", possible, at, "/incidents/children/?show=possible"
        )
        undecided = Incident.objects.filter(state__in=IN_HUB, pk__in=_running("K11", at))
        yield _share("Triage decisions overdue", undecided, at, "/incidents/hub/?show=late")
    if Can.ACCEPT_WORK in acts:
        mine = Incident.objects.filter(state__in=WITH_A_TEAM, owner=user)
        yield _share("Yours to deal with", mine, at, "/incidents/resolution/?show=mine")
    if Can.RESOLVE_BY_PHONE in acts:
        nobody = Incident.objects.filter(state=State.ALLOCATED, destination=Destination.RESOLUTION)
        yield _share("Allocated, and nobody has it", nobody, at, "/incidents/resolution/?show=nobody")
    if Can.ADD_SPECIALIST_NOTE in acts:
        speaks = Q(what_happened__iregex=SPEAKS_OF_IMAGES) & (~Q(child=Answer.NO) | ~Q(possible_child_because=""))
        images = Incident.objects.filter(speaks, state__in=IN_HUB, specialist_note="")
        yield _share("Images of a child shared: your guidance first", images, at)


def _at_the_scene(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.SUBMIT_PPN in acts and Can.ATTEND in acts:
        mine = Incident.objects.filter(Q(attended_by=user) | Q(owner=user, state=State.ATTENDED))
        owed = mine.filter(pk__in=_running("K8"))
        yield _share("A child at risk, and your notice is not submitted yet", owed, at)
        unseen = mine.filter(pk__in=_running("K7"))
        yield _share("A child you have not seen yet", unseen, at)
        yield _share("Attended by you, outcome to record", mine.filter(state=State.ATTENDED), at)
    if Can.CLOSE_INCIDENT in acts and Can.ATTEND in acts:
        overdue = Incident.objects.filter(pk__in=_running("K7", at))
        yield _share("Children not seen, overdue", overdue, at, "/incidents/children/?show=overdue")


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.CLOSE_INCIDENT in acts:
        recorded = Incident.objects.filter(state=State.OUTCOME_RECORDED)
        yield _share("Outcomes recorded, waiting to be closed", recorded, at)
    handed = Incident.objects.filter(state__in=OPEN, owner=user).exclude(offered_to=None)
    yield _share("Offered by you, not accepted yet", handed, at, "/incidents/handover/")


def _running(code: str, overdue_at: datetime | None = None) -> QuerySet[Clock, Any]:
    """Records with this clock running; with a moment, those where it was due by then."""
    running = Clock.running().filter(deadline=code)
    return (running.filter(due_at__lt=overdue_at) if overdue_at else running).values("record")


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)
