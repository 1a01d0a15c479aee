"""What the page of an investigation shows of suspects, bail, safety plans, adults who work with children, devices, and
of what is still owed before it can be closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from access.roles import Can, who_may
from access.time import now
from accounts.models import User
from documents.holders import HOLDERS
from documents.showing import documents_of
from govuk.times import exactly
from online.after_rows import (
    bail_as_work,
    bail_warnings,
    device_as_work,
    lado_as_work,
    plan_as_work,
    suspect_as_work,
    with_children,
)
from online.case_parts import PARTS, Part
from online.codes import Status
from online.models import Bail, Device, LadoReferral, LinkedChild, Occupant, OnlineCase, SafetyPlan, Suspect
from online.workflow import closing
from sla.work import Work
from workflow.transitions import Transition
from workflow.views import actions_for

HOLDERS.register(OnlineCase, may_add=Can.ADD_DOCUMENT, may_see=Can.SEE_ONLINE, no_images=True)

RELATED = ("online_case__investigator", "online_case__team")
MOST = 50
CLOSING: list[tuple[Transition[Any, Any], str, str]] = [
    (closing.safeguarding_complete, "Safeguarding is complete", "onlinecase-safe"),
    (closing.close_case, "Close the case", "onlinecase-close"),
    (closing.case_reviewed, "Review what is still open", "onlinecase-review"),
    (closing.reopen_case, "Open the case again", "onlinecase-reopen"),
]


def _rows(heading: str, rows: Iterable[Work], none: str, **more: Any) -> Part:
    return Part(heading, "online/after_part.html", {"rows": list(rows), "none": none}, **more)


def _begin(case: OnlineCase, user: User, label: str, name: str, act: Can, query: str = "") -> list[dict[str, str]]:
    if not case.is_open:
        return []
    why_not = "" if user.may_change_by(act) else f"for a {who_may(act)}"
    return [{"label": label, "url": f"{reverse(name, args=[case.pk])}{query}", "why_not": why_not}]


def suspects(case: OnlineCase, user: User) -> Part:
    """Where each suspect stands; whoever at an address is said to be one and is not named is offered."""
    at = now()
    found = list(Suspect.objects.filter(online_case=case).select_related(*RELATED).order_by("reference")[:MOST])
    bails = list(with_children(Bail.objects.filter(online_case=case)).order_by("expires_at", "pk")[:MOST])
    named = {each.occupant_id for each in found}
    proposed = Occupant.objects.filter(online_case=case, is_suspect="yes", state=Occupant.State.THERE)
    actions = [
        each
        for occupant in proposed.order_by("reference")[:MOST]
        if occupant.pk not in named
        for each in _begin(
            case,
            user,
            f"Name {occupant.name_said} as a suspect",
            "onlinecase-suspect",
            Can.RESEARCH_ONLINE,
            f"?occupant={occupant.reference}",
        )
    ]
    free = [each for each in found if each.state in (Status.RUI, Status.INTERVIEWED)]
    return _rows(
        "Suspects and bail",
        [*map(suspect_as_work, found), *(bail_as_work(each, at) for each in bails)],
        "Nobody is named as a suspect.",
        actions=[*actions, *_begin(case, user, "Name a suspect", "onlinecase-suspect", Can.RESEARCH_ONLINE)],
        records=[*found, *bails],
        warnings=[
            *(warning for each in bails for warning in bail_warnings(each, at)),
            *_free_with_a_child(case, free),
        ],
    )


def _free_with_a_child(case: OnlineCase, free: list[Suspect]) -> list[str]:
    if not free:
        return []
    linked = LinkedChild.objects.filter(online_case=case).exclude(state=LinkedChild.State.IN_ERROR).exists()
    return [f"{each} is free without conditions, and a child is linked" for each in free] if linked else []


def plans(case: OnlineCase, user: User) -> Part | None:
    rows = SafetyPlan.objects.filter(online_case=case).select_related("suspect", *RELATED)
    found = list(rows.order_by("filed_at", "needed_since", "pk")[:MOST])
    if not found:
        return None
    waits = [each for each in found if each.state == SafetyPlan.State.NEEDED]
    return _rows(
        "Safety plans",
        map(plan_as_work, found),
        "",
        records=found,
        warnings=[f"{each}: no safety plan is filed" for each in waits],
    )


def designated_officer(case: OnlineCase, user: User) -> Part | None:
    """Adults who work with children, one by one."""
    rows = LadoReferral.objects.filter(online_case=case).select_related("occupant", "agency", *RELATED)
    found = list(rows.order_by("known_at", "pk")[:MOST])
    if not found:
        return None
    due = [each for each in found if each.state == LadoReferral.State.DUE]
    return _rows(
        "Adults who work with children",
        map(lado_as_work, found),
        "",
        records=found,
        warnings=[f"{each}: the designated officer (LADO) has not been told" for each in due],
    )


def devices(case: OnlineCase, user: User) -> Part | None:
    rows = Device.objects.filter(online_case=case).select_related(*RELATED)
    found = list(rows.order_by("reference")[:MOST])
    if not found and not case.executed_at:
        return None
    return _rows(
        "Devices",
        map(device_as_work, found),
        "No device is listed.",
        actions=_begin(case, user, "Record a seized device", "onlinecase-device", Can.INVESTIGATE_ONLINE),
        records=found,
    )


def still_owed(case: OnlineCase, user: User) -> Part:
    """What has to be done before it can be closed, and how it ended."""
    ended = f"Closed {exactly(case.closed_at)} by {case.closed_by}: {case.closed_because}" if case.closed_at else ""
    owed = closing.open_obligations(case) if case.is_open else []
    return Part(
        heading="Before it can be closed",
        template="online/after_owed.html",
        context={"owed": owed, "ended": ended},
        actions=actions_for(case, user, CLOSING),
    )


def papers(case: OnlineCase, user: User) -> Part:
    """Minutes and safety plans. Never an image."""
    found = documents_of(case)
    add = [{"label": "Add a paper", "url": found["documents_add_url"], "why_not": ""}]
    return Part(
        heading="Papers",
        template="online/after_papers.html",
        context=found,
        actions=add if found["documents_add_url"] else [],
    )


PARTS.extend([suspects, plans, designated_officer, devices, papers, still_owed])
