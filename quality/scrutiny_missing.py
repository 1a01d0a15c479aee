"""What a meeting of the scrutiny group still needs before its papers can go out."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from access.actor import acting
from partners.models import Agency, AgencyPerson
from quality.models import ScrutinyMeeting, ScrutinyMember, ScrutinyPaper
from quality.scrutiny_cases import DRAWS

WANTED = [Agency.Kind.SOCIAL_CARE, Agency.Kind.YOUTH_JUSTICE, Agency.Kind.HEALTH]
"""Agencies that inspectors found in the group in 2022. One that cannot come does not hold the others up."""


def missing_of(meeting: ScrutinyMeeting) -> list[dict[str, Any]]:
    """Counted of all its papers, whoever looks; empty unless it is planned."""
    if meeting.state != ScrutinyMeeting.State.PLANNED:
        return []
    with acting(DRAWS, apart=True):
        papers = list(meeting.papers.exclude(state=ScrutinyPaper.State.LEFT_OUT))
        members = [each.person_id for each in meeting.members.filter(state=ScrutinyMember.State.ON)]
    kinds = set(AgencyPerson.objects.filter(user__in=members, ended_at=None).values_list("agency__kind", flat=True))
    add = reverse("scrutinymeeting-member", args=[meeting.pk])
    checked = sum(1 for each in papers if each.state == ScrutinyPaper.State.CHECKED)
    return [
        {"label": "Cases drawn or added", "done": bool(papers), "why": "There is none yet"},
        {
            "label": "Papers checked by a second person",
            "done": bool(papers) and checked == len(papers),
            "why": f"{checked} of {len(papers)}",
        },
        *(
            {"label": f"Somebody of {kind.label.lower()}", "done": kind in kinds, "why": "Nobody yet", "url": add}
            for kind in WANTED
        ),
    ]
