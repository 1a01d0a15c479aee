"""What every page shows: the force, the time, whether the clocks are being watched, and where one can go."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from access.roles import Can
from access.time import now
from history.replay import replayed_at
from partners.actor import person_of
from ppn.backlog import overdue
from quality.workflow.scrutiny import meetings_open_to
from sla.inbox import open_for
from sla.models import Clock, Heartbeat

AS_AT = "/insight/as-at/"
"""Written out: while a page is shown as it stood, every address that is made leads to that moment."""
Place = tuple[str, str, Can | set[Can] | None]
"""Its words, its address, and the act it is for; several where any of them is enough, None = everybody."""

RECOMMENDS = {Can.KEEP_RECOMMENDATIONS, Can.CONFIRM_RECOMMENDATION}
KEEPS_FIGURES = {*RECOMMENDS, Can.KEEP_FIGURES, Can.EXPLAIN_FIGURE, Can.READ_EVIDENCE}
PLACES: list[Place] = [
    ("Home", "home", None),
    ("Daily meeting", "daily-meetings", Can.SEE_DAILY),
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
    ("Online abuse", "online-cases", Can.SEE_ONLINE),
    ("Register a referral", "online-new", Can.REGISTER_ONLINE),
    ("Levels and time to act", "online-levels", Can.RESEARCH_ONLINE),
    ("Children in online cases", "online-children", Can.RESEARCH_ONLINE),
    ("Enforcement", "online-enforcement", Can.INVESTIGATE_ONLINE),
    ("Bail", "online-bail", Can.INVESTIGATE_ONLINE),
    ("Nobody may overlook online", "online-board", {Can.SUPERVISE_ONLINE, Can.DECIDE_DAILY}),
    ("Shared images", "online-images", Can.SEE_SHARED_IMAGES),
    ("Offenders: my day", "offenders-my-day", Can.MANAGE_OFFENDERS),
    ("Managed offenders", "offenders", Can.SEE_OFFENDERS),
    ("Approvals", "offenders-approvals", Can.SUPERVISE_OFFENDERS),
    ("ViSOR hub", "offenders-hub", Can.KEEP_REGISTER),
    ("Notifications due", "offenders-notifications", Can.KEEP_REGISTER),
    ("Releases", "offenders-releases", Can.KEEP_REGISTER),
    ("Contact with children", "offenders-contacts", Can.MANAGE_OFFENDERS),
    ("Nobody may overlook", "offenders-board", Can.SUPERVISE_OFFENDERS),
    ("Workload", "offenders-workload", Can.SUPERVISE_OFFENDERS),
    ("Quality register", "quality-register", Can.REVIEW_QUALITY),
    ("Themes", "themes", Can.REVIEW_QUALITY),
    ("The force on one page", "force", KEEPS_FIGURES),
    ("Figures", "figures", KEEPS_FIGURES),
    ("Evidence packs", "evidence", Can.READ_EVIDENCE),
    ("As it stood", "as-at", Can.READ_EVIDENCE),
    ("Recommendations", "recommendations", RECOMMENDS),
    ("Improvement plan", "improvement-plan", RECOMMENDS),
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
    ("My reviews", "quality-my-reviews", Can.REVIEW_QUALITY),
    ("What waits, in every queue", "backlogs", Can.SEE_FIGURES),
    ("Who is here", "staffing", Can.SEE_FIGURES),
    ("My absence", "my-absence", None),
]
"""Where work waits or begins: at the top of each page."""
TO_KEEP: list[Place] = [
    ("Schools", "schools", None),
    ("School days", "school-calendars", Can.KEEP_SCHOOL_CALENDARS),
    ("Key adults", "school-contacts", Can.KEEP_SCHOOL_CALENDARS),
    ("Schools told of missing children", "school-schemes", Can.KEEP_SCHOOL_CALENDARS),
    ("Agencies", "agencies", Can.SEE_SHARING),
    ("Partners let in", "partner-access", Can.KEEP_AGENCY_ACCESS),
    ("Systems called", "webhooks", Can.KEEP_AGENCY_ACCESS),
    ("Calls not taken", "calls", Can.KEEP_AGENCY_ACCESS),
    ("Sharing rules", "sharing-rules", Can.KEEP_SHARING_RULES),
    ("Research stalled", "online-stalled", Can.RESEARCH_ONLINE),
    ("Work with children not asked", "online-not-asked", Can.RESEARCH_ONLINE),
    ("Children looked for", "online-checks", Can.RESEARCH_ONLINE),
    ("Files of referrals", "online-files", Can.REGISTER_ONLINE),
    ("Rows nobody could read", "online-rows", Can.REGISTER_ONLINE),
    ("Cases offered to other forces", "online-transfers", Can.RESEARCH_ONLINE),
    ("Suspects", "online-suspects", Can.INVESTIGATE_ONLINE),
    ("Designated officers told", "online-lado", Can.INVESTIGATE_ONLINE),
    ("Devices and uploads", "online-devices", Can.INVESTIGATE_ONLINE),
    ("Visits", "offenders-visits", Can.SEE_OFFENDERS),
    ("Travel of offenders", "offenders-travel", Can.SEE_OFFENDERS),
    ("Transfers of offenders", "offenders-transfers", Can.SEE_OFFENDERS),
    ("New information on offenders", "offenders-intelligence", Can.SEE_OFFENDERS),
    ("Agencies told of offenders", "offenders-disclosures", Can.SEE_OFFENDERS),
    ("Lists compared with our records", "offenders-lists", Can.KEEP_REGISTER),
    ("Peer scrutiny", "offenders-scrutiny", Can.SUPERVISE_OFFENDERS),
    ("Cover of supervisors", "offenders-cover", Can.SEE_OFFENDERS),
    ("The force on one page", "force", Can.SEE_FIGURES),
    ("Figures", "figures", Can.SEE_FIGURES),
    ("Figures taken away", "figure-exports", Can.SEE_FIGURES),
    ("Scrutiny group", "scrutiny", Can.SEE_QUALITY),
    ("Recommendations", "recommendations", Can.SEE_RECOMMENDATIONS),
    ("Improvement plan", "improvement-plan", Can.SEE_QUALITY),
    ("Learning", "learning", Can.LEARN),
    ("Training", "required-training", Can.LEARN),
    ("Call logs", "rows-to-check", Can.IMPORT_CALLS),
    ("Quality register", "quality-register", Can.SEE_QUALITY),
    ("Themes", "themes", Can.SEE_QUALITY),
    ("Sampling", "quality-sampling", Can.SEE_QUALITY),
    ("Feedback on my work", "quality-my-feedback", None),
    ("As it stood", "as-at", Can.REPLAY),
    ("Actions of the daily meeting", "daily-actions", None),
    ("Evidence packs", "evidence", Can.READ_EVIDENCE),
    ("Deadlines", "deadlines", None),
]
"""What is looked up or kept right now and then: at the foot of each page, unless it is at the top for them."""


def page(request: HttpRequest) -> dict[str, Any]:
    context: dict[str, Any] = {"force_name": settings.FORCE_NAME, "home": "/"}
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    if user.is_outside:
        return {**context, **_at_the_portal(user)}
    if (replayed := replayed_at()) is not None:
        return {**context, "now": replayed, "replay": _as_it_stood(request)}
    at, acts = now(), user.acts()
    places = _navigation(request, PLACES, acts, open_for(user).count())
    at_the_top = {place["label"] for place in places}
    return {
        **context,
        "now": at,
        "navigation": places,
        "to_keep": [place for place in _navigation(request, TO_KEEP, acts) if place["label"] not in at_the_top],
        "heartbeat": _heartbeat(at),
        "watches_children": Can.TAKE_CALL in acts,
        "children_waiting": _children_waiting(at) if Can.TAKE_CALL in acts else 0,
        "mash_overdue": overdue(at) if Can.SEE_PPN_QUEUE in acts else None,
        "as_at_url": f"{reverse('as-at')}?{urlencode({'page': request.get_full_path()})}" if Can.REPLAY in acts else "",
    }


def _as_it_stood(request: HttpRequest) -> dict[str, str]:
    """A page of another moment leads to no work: back to the page as it is, or to another moment."""
    present = getattr(request, "shown_as_at", "/")
    return {"present": present, "other": f"{AS_AT}?{urlencode({'page': present})}"}


def _at_the_portal(user: Any) -> dict[str, Any]:
    """People of partner agencies are led to no page of the police. They have one list, and so no menu."""
    person = person_of(user)
    return {
        "now": now(),
        "home": reverse("portal"),
        "at_agency": f"{person.post}, {person.agency}" if person else "",
        "is_of_scrutiny_group": bool(person and meetings_open_to(user)),
    }


def _navigation(request: HttpRequest, places: list[Place], acts: set[Can], told: int = 0) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": reverse(name),
            "current": request.path == reverse(name),
            "count": told if name == "home" and told else None,
        }
        for label, name, act in places
        if act is None or acts & (act if isinstance(act, set) else {act})
    ]


def _heartbeat(at: Any) -> dict[str, Any]:
    late, last_at = Heartbeat.last(at)
    return {"late": late, "last_at": last_at}


def _children_waiting(at: Any) -> int:
    """Late incidents with a child, or where nobody knows, whose risk nobody has re-assessed since it fell due."""
    return Clock.running().filter(deadline="K4", no_child=False, due_at__lt=at).count()
