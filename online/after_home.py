"""What the home page says of suspects, bail, safety plans, the designated officer and devices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from online.after_rows import (
    FREE,
    a_child_is_linked,
    bail_as_work,
    device_as_work,
    ends_within,
    lado_as_work,
    plan_as_work,
    run_out,
    suspect_as_work,
    with_children,
)
from online.models import Bail, Device, LadoReferral, SafetyPlan, Suspect
from sla.work import HOME, Share, Work

FEW = 5
SOON = timedelta(days=14)
VERY_SOON = timedelta(days=7)
CASE = ("online_case__investigator", "online_case__team")
NOT_TOLD = Q(state=LadoReferral.State.DUE)
NOT_ANSWERED = Q(state=LadoReferral.State.REFERRED)
NO_PLAN = Q(state=SafetyPlan.State.NEEDED)
NOT_UPLOADED = Q(state=Device.State.EXAMINED)


def _share(
    heading: str, rows: QuerySet[Any], work: Callable[[Any], Work], page: str, show: str, due: str = "due_at"
) -> Share:
    found = [work(each) for each in rows.order_by(due, "pk")[:FEW]]
    return Share(heading, found, rows.count(), f"{reverse(page)}?show={show}" if page else "")


def _bails(heading: str, condition: Q, show: str, at: datetime) -> Share:
    rows = with_children(Bail.objects.filter(condition))
    return _share(heading, rows, lambda each: bail_as_work(each, at), "online-bail", show, "expires_at")


def _plans(heading: str, condition: Q) -> Share:
    rows = SafetyPlan.objects.filter(NO_PLAN & condition).select_related("suspect", *CASE)
    return _share(heading, rows, plan_as_work, "", "")


def _lados(heading: str, condition: Q, show: str) -> Share:
    rows = LadoReferral.objects.filter(condition).select_related("occupant", "agency", *CASE)
    return _share(heading, rows, lado_as_work, "online-lado", show)


def _devices(heading: str, condition: Q, show: str) -> Share:
    rows = Device.objects.filter(condition).select_related(*CASE)
    return _share(heading, rows, device_as_work, "online-devices", show)


def _suspects(heading: str, condition: Q, show: str) -> Share:
    rows = Suspect.objects.filter(condition).select_related(*CASE)
    return _share(heading, rows, suspect_as_work, "online-suspects", show)


def _theirs(user: User) -> Q:
    """Of cases in which this person, or somebody whom they cover, is the officer."""
    return Q(online_case__investigator__in=people_answered_for(user))


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.INVESTIGATE_ONLINE not in acts:
        return
    mine = _theirs(user)
    yield _bails("Bail that has run out", run_out(at) & mine, "mine", at)
    yield _bails("Your bail ends within 14 days", ends_within(at, at + SOON) & mine, "mine", at)
    yield _plans("Safety plans to file", mine)
    yield _lados("Works with children: tell the designated officer", NOT_TOLD & mine, "mine")
    yield _devices("Images to upload for victim identification", NOT_UPLOADED & mine, "mine")
    if Can.SUPERVISE_ONLINE in acts:
        yield _bails("Breach of bail: decide what follows", Q(breached_at__isnull=False), "breach", at)
        yield _bails("Bail that has run out: answer for it", run_out(at), "lapsed", at)
        yield _suspects("Free without conditions, review due", FREE & Q(due_at__lt=at + VERY_SOON), "free")
    if Can.COMMAND_ONLINE in acts:
        protects = ends_within(at, at + VERY_SOON) & Q(a_child_is_linked())
        yield _bails("Bail that protects a child ends within 7 days", protects, "d7", at)


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.INVESTIGATE_ONLINE not in acts:
        return
    late, mine = Q(due_at__lt=at), _theirs(user)
    yield _plans("A child is without a safety plan while it is with you", late & mine)
    yield _lados("A designated officer waits to hear from you", NOT_TOLD & late & mine, "mine")
    if Can.SUPERVISE_ONLINE in acts:
        yield _plans("Safety plans that are late", late)
        yield _lados("Designated officers not told in time", NOT_TOLD & late, "late")
        yield _devices("Images not uploaded in time", NOT_UPLOADED & late, "upload_late")


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)
