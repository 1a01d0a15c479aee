"""Lists: bail by when it ends, suspects on whom nothing is decided, the designated officer, devices and uploads."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from access.roles import Can
from access.time import now
from accounts.duty import people_answered_for
from online.after_filters import BailFilter, DeviceFilter, LadoFilter, SuspectFilter
from online.after_rows import (
    FREE,
    UNDER_WAY,
    a_child_is_linked,
    bail_as_work,
    device_as_work,
    ends_within,
    lado_as_work,
    run_out,
    suspect_as_work,
    with_children,
)
from online.codes import Status
from online.models import Bail, Device, LadoReferral, Suspect
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work


class AfterQueue(QueuePage):
    may = Can.SEE_ONLINE
    due_field = "due_at"

    def theirs(self) -> Q:
        """Of cases in which this person, or somebody whom they cover, is the officer."""
        user: Any = self.request.user
        return Q(online_case__investigator__in=people_answered_for(user))


class BailQueue(AfterQueue):
    """Everybody who is on bail, whoever's conditions end first."""

    heading = "Bail"
    lead = "When bail ends its conditions protect nobody any more. It is extended before that moment, or not at all."
    filterset_class = BailFilter
    due_field = "expires_at"
    empty = {"title": "Nobody is on bail", "text": "Bail begins on the page of a suspect who was arrested."}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = now()

    def records(self) -> QuerySet[Bail]:
        return with_children(Bail.objects.all())

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        self.at = at
        open_ = ~Q(state=Bail.State.ENDED)
        ends = {
            f"d{days}": (f"Ends within {days} days", ends_within(at, at + timedelta(days=days)))
            for days in (2, 7, 14, 28)
        }
        return {
            "open": ("On bail, or run out", open_),
            "mine": ("Yours", open_ & self.theirs()),
            "lapsed": ("Run out", run_out(at)),
            **ends,
            "child": ("A child is linked", open_ & Q(a_child_is_linked())),
            "breach": ("Breach not decided on", Q(breached_at__isnull=False)),
            "court": ("A court has been asked", UNDER_WAY & Q(applied_at__isnull=False)),
            "ended": ("Ended", ~open_),
        }

    def row(self, record: Bail, clock: Clock | None) -> Work:
        return bail_as_work(record, self.at)


class SuspectQueue(AfterQueue):
    """Suspects on whom nothing has been decided."""

    heading = "Suspects in online cases"
    lead = "Whoever is free without conditions is looked at again until it is decided."
    filterset_class = SuspectFilter
    empty = {"title": "No suspect waits", "text": "A suspect is named on the page of an investigation."}

    def records(self) -> QuerySet[Suspect]:
        rows: QuerySet[Suspect] = Suspect.objects.select_related("online_case__investigator", "online_case__team")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        decided = Q(state__in=[Status.CHARGED, Status.NFA, Status.DIED])
        return {
            "open": ("Nothing decided", ~decided),
            "mine": ("Yours", ~decided & self.theirs()),
            "free": ("Free without conditions", FREE),
            "free_child": ("Free, and a child is linked", FREE & Q(a_child_is_linked())),
            "arrested": ("Arrested, release not recorded", Q(state=Status.ARRESTED)),
            "late": ("Late", ~decided & Q(due_at__lt=at) & ~Q(state=Status.BAILED)),
            "decided": ("Decided", decided),
        }

    def row(self, record: Suspect, clock: Clock | None) -> Work:
        return suspect_as_work(record)


class LadoQueue(AfterQueue):
    """Adults who work with children, and whether the designated officer knows and has answered."""

    heading = "Adults under investigation who work with children"
    lead = "The designated officer (LADO) is told within a working day."
    filterset_class = LadoFilter
    empty = {"title": "Nobody waits", "text": "Somebody comes here when it is recorded that they work with children."}

    def records(self) -> QuerySet[LadoReferral]:
        about = ("occupant__person", "agency", "online_case__investigator", "online_case__team")
        rows: QuerySet[LadoReferral] = LadoReferral.objects.select_related(*about)
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        due, referred = Q(state=LadoReferral.State.DUE), Q(state=LadoReferral.State.REFERRED)
        return {
            "open": ("Not told, or not answered", due | referred),
            "mine": ("Yours", (due | referred) & self.theirs()),
            "due": ("Not told", due),
            "referred": ("Not answered", referred),
            "late": ("Late", (due | referred) & Q(due_at__lt=at)),
            "done": ("Answered, or not needed", ~(due | referred)),
        }

    def row(self, record: LadoReferral, clock: Clock | None) -> Work:
        return lado_as_work(record)


class DeviceQueue(AfterQueue):
    """Seized devices: not examined, examined and not uploaded."""

    heading = "Devices and uploads"
    lead = "Children on images are found in the national database. Until they are uploaded nobody looks for them."
    filterset_class = DeviceFilter
    empty = {"title": "No device waits", "text": "A device comes here when it is seized."}

    def records(self) -> QuerySet[Device]:
        rows: QuerySet[Device] = Device.objects.select_related("online_case__investigator", "online_case__team")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        seized, examined = Q(state=Device.State.SEIZED), Q(state=Device.State.EXAMINED)
        return {
            "open": ("Not done", seized | examined),
            "mine": ("Yours", (seized | examined) & self.theirs()),
            "upload": ("Examined, not uploaded", examined),
            "upload_late": ("Upload late", examined & Q(due_at__lt=at)),
            "seized": ("Not examined", seized),
            "late": ("Late", (seized | examined) & Q(due_at__lt=at)),
            "done": ("Done", ~(seized | examined)),
        }

    def row(self, record: Device, clock: Clock | None) -> Work:
        return device_as_work(record)
