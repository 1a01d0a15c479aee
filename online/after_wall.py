"""What nobody may overlook of suspects, bail, safety plans, the designated officer and devices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from govuk.fields import YesNoNotKnown as Answer
from online.after_home import NO_PLAN, NOT_ANSWERED, NOT_TOLD, NOT_UPLOADED, VERY_SOON
from online.after_rows import FREE, a_child_is_linked, ends_within, run_out
from online.models import Bail, Device, Enforcement, LadoReferral, Occupant, OnlineCase, SafetyPlan, Suspect
from online.wall import LINES, Line, line

ENFORCED = [OnlineCase.State.EXECUTED, OnlineCase.State.SAFEGUARDED]


def bails(at: datetime) -> list[Line]:
    child, page = Q(a_child_is_linked()), "online-bail"
    soon = Bail.objects.filter(ends_within(at, at + VERY_SOON) & child)
    over = Bail.objects.filter(run_out(at) & child)
    broken = Bail.objects.filter(breached_at__isnull=False)
    return [
        line("bail_lapsed", "Bail that protected a child has run out", over, "expires_at", page, "lapsed"),
        line("bail_soon", "Bail that protects a child ends within 7 days", soon, "released_at", page, "d7"),
        line("bail_breach", "Breaches of bail not decided on", broken, "breached_at", page, "breach"),
    ]


def free(at: datetime) -> list[Line]:
    """Nobody's conditions protect a child."""
    plans = SafetyPlan.objects.filter(NO_PLAN)
    without = Suspect.objects.filter(FREE & Q(a_child_is_linked()))
    label = "Suspect free without conditions, and a child is linked"
    return [
        line("plan_missing", "A child is linked with a suspect who is free: no safety plan", plans, "needed_since"),
        line("free_child", label, without, "changed_at", "online-suspects", "free_child"),
    ]


def work(at: datetime) -> list[Line]:
    page, silent = "online-lado", LadoReferral.objects.filter(NOT_ANSWERED, due_at__lt=at)
    due, unknown = LadoReferral.objects.filter(NOT_TOLD), _work_not_known()
    return [
        line("lado_due", "Designated officer (LADO) not told", due, "known_at", page, "due"),
        line("lado_silent", "Designated officer (LADO) silent too long", silent, "referred_at", page, "referred"),
        line("work_unknown", "Enforced, and not known whether an adult works with children", unknown, "recorded_at"),
    ]


def devices(at: datetime) -> list[Line]:
    late = Device.objects.filter(NOT_UPLOADED, due_at__lt=at)
    label = "Devices counted at enforcement and not listed"
    return [
        line("upload_late", "Images not uploaded in time", late, "examined_at", "online-devices", "upload_late"),
        line("device_unlisted", label, not_listed(), "executed_at"),
    ]


def _work_not_known() -> QuerySet[Occupant]:
    """At the end of a case it closes nothing."""
    there = Occupant.objects.filter(state=Occupant.State.THERE, online_case__state__in=ENFORCED)
    return there.filter(works_with_children=Answer.NOT_KNOWN).exclude(age=Occupant.Age.CHILD)


def not_listed() -> QuerySet[OnlineCase]:
    """Cases of which fewer devices are listed than were counted."""
    counted = Enforcement.objects.filter(online_case=OuterRef("pk")).figures().order_by().values("online_case")
    listed = Device.objects.filter(online_case=OuterRef("pk")).figures().order_by().values("online_case")
    rows = OnlineCase.objects.filter(state__in=ENFORCED)
    rows = rows.annotate(
        counted=_number(counted.annotate(n=Sum("devices")).values("n")),
        listed=_number(listed.annotate(n=Count("pk")).values("n")),
    )
    return rows.filter(counted__gt=F("listed"))


def _number(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)


LINES.extend([bails, free, work, devices])
