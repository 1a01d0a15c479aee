"""What every page shows: the force, the time, whether the clocks are being watched, and where one can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from access.roles import Can
from access.time import now
from partners.actor import person_of
from ppn.backlog import overdue
from sla.inbox import open_for
from sla.models import Clock, Heartbeat

PLACES: list[tuple[str, str, Can | None]] = [
    ("Home", "home", None),
    ("Late incidents", "board", Can.SEE_INCIDENTS),
    ("Triage hub", "hub", Can.ALLOCATE),
    ("Resolution", "resolution", Can.RESOLVE_BY_PHONE),
    ("Children not seen", "unseen", Can.SEE_INCIDENTS),
    ("Handover", "handover", Can.HAND_OVER),
    ("Missing children", "missing", Can.SEE_MISSING),
    ("Return interviews", "interviews", Can.CHASE_INTERVIEWS),
    ("Who to tell of a missing child", "missing-notices", Can.CHASE_INTERVIEWS),
    ("MASH queue", "ppn-queue", Can.SEE_PPN_QUEUE),
    ("What waits", "ppn-backlog", Can.SEE_PPN_QUEUE),
    ("Triggers", "ppn-triggers", Can.REVIEW_PPN),
    ("Schools to tell", "schools-to-tell", Can.SEE_SCHOOL_NOTICES),
    ("Strategy meetings", "strategy-queue", Can.SEE_STRATEGY_MEETINGS),
    ("Missing team", "cohort", Can.SEE_COHORT),
    ("Partner silence", "partner-silence", Can.SEE_SHARING),
    ("Disagreements", "disagreements", Can.SEE_SHARING),
    ("Not to share", "to-countersign", Can.COUNTERSIGN),
    ("Quarantine", "document-quarantine", Can.RELEASE_DOCUMENT),
    ("Find a person", "find-person", Can.SEE_PEOPLE),
    ("Children at risk", "findings", Can.DECIDE_FINDING),
    ("Duplicates", "matches", Can.MERGE_PEOPLE),
    ("New notice", "ppn-new", Can.SUBMIT_PPN),
    ("My notices", "ppn-mine", Can.SUBMIT_PPN),
    ("Drafts", "ppn-drafts", Can.SUBMIT_PPN),
    ("Notices to check", "ppn-to-check", Can.CHECK_PPN),
    ("My absence", "my-absence", None),
]
"""Where work waits or begins: at the top of each page."""
TO_KEEP: list[tuple[str, str, Can | None]] = [
    ("Schools", "schools", None),
    ("School days", "school-calendars", Can.KEEP_SCHOOL_CALENDARS),
    ("Key adults", "school-contacts", Can.KEEP_SCHOOL_CALENDARS),
    ("Schools told of missing children", "school-schemes", Can.KEEP_SCHOOL_CALENDARS),
    ("Agencies", "agencies", Can.SEE_SHARING),
    ("Partners let in", "partner-access", Can.KEEP_AGENCY_ACCESS),
    ("Systems called", "webhooks", Can.KEEP_AGENCY_ACCESS),
    ("Calls not taken", "calls", Can.KEEP_AGENCY_ACCESS),
    ("Sharing rules", "sharing-rules", Can.KEEP_SHARING_RULES),
    ("Call logs", "rows-to-check", Can.IMPORT_CALLS),
    ("Deadlines", "deadlines", None),
]
"""What is looked up or kept right now and then: at the foot of each page."""


def page(request: HttpRequest) -> dict[str, Any]:
    context: dict[str, Any] = {"force_name": settings.FORCE_NAME, "home": "/"}
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    if user.is_outside:
        return {**context, **_at_the_portal(user)}
    at, acts = now(), user.acts()
    return {
        **context,
        "now": at,
        "navigation": _navigation(request, PLACES, acts, open_for(user).count()),
        "to_keep": _navigation(request, TO_KEEP, acts),
        "heartbeat": _heartbeat(at),
        "watches_children": Can.TAKE_CALL in acts,
        "children_waiting": _children_waiting(at) if Can.TAKE_CALL in acts else 0,
        "mash_overdue": overdue(at) if Can.SEE_PPN_QUEUE in acts else None,
    }


def _at_the_portal(user: Any) -> dict[str, Any]:
    """People of partner agencies are led to no page of the police. They have one list, and so no menu."""
    person = person_of(user)
    return {
        "now": now(),
        "home": reverse("portal"),
        "at_agency": f"{person.post}, {person.agency}" if person else "",
    }


def _navigation(
    request: HttpRequest, places: list[tuple[str, str, Can | None]], acts: set[Can], told: int = 0
) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": reverse(name),
            "current": request.path == reverse(name),
            "count": told if name == "home" and told else None,
        }
        for label, name, act in places
        if act is None or act in acts
    ]


def _heartbeat(at: Any) -> dict[str, Any]:
    late, last_at = Heartbeat.last(at)
    return {"late": late, "last_at": last_at}


def _children_waiting(at: Any) -> int:
    """Late incidents with a child, or where nobody knows, whose risk nobody has re-assessed since it fell due."""
    return Clock.running().filter(deadline="K4", no_child=False, due_at__lt=at).count()
