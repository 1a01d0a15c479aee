"""What the page of an investigation shows of research: levels, what is new, addresses and who lives there, and what was
done to find out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from access.roles import Can, who_may
from accounts.models import User
from online.case_parts import PARTS, Part
from online.codes import CHECKS, ResearchKind
from online.models import (
    BEFORE,
    CandidateAddress,
    KiratAssessment,
    NewInformation,
    Occupant,
    OccupantCheck,
    OnlineCase,
    ResearchAction,
)
from online.research_missing import not_asked, not_checked
from online.research_rows import ADDRESS_KINDS, LEVEL_KINDS, NEWS_KINDS
from online.research_warnings import warnings_of
from online.workflow.kirat import ASSESSABLE
from online.workflow.research import RESEARCHED, TRIAGED
from sla.work import clocks_of, timeline_of

MOST = 30


def clocks_and_steps(record: Any) -> dict[str, Any]:
    """What the page of each record shows beside it."""
    return {"clocks": clocks_of(record), "timeline": timeline_of(record), "missing": [], "missing_step": ""}


def occupants_of(addresses: Iterable[CandidateAddress]) -> list[Occupant]:
    """With their checks, those who live there first."""
    checks = Prefetch("checks", OccupantCheck.objects.select_related("by").order_by("at", "pk"))
    rows = Occupant.objects.filter(at__in=list(addresses)).select_related("at", "person").prefetch_related(checks)
    return sorted(rows.order_by("recorded_at", "reference"), key=lambda each: each.state != Occupant.State.THERE)


def checks_of(occupant: Occupant) -> list[dict[str, Any]]:
    """Each system that has to be asked, and what it said; then what else was asked."""
    made: dict[str, list[OccupantCheck]] = {system: [] for system in CHECKS}
    for check in occupant.checks.all():
        made.setdefault(check.system, []).append(check)
    return [
        {"system": ResearchKind(system).label, "checks": sorted(found, key=lambda each: each.at, reverse=True)}
        for system, found in made.items()
    ]


def _begin(case: OnlineCase, user: User, act: Can, label: str, name: str) -> dict[str, str]:
    why_not = "" if user.may_change_by(act) else f"for a {who_may(act)}"
    return {"label": label, "url": reverse(name, args=[case.pk]), "why_not": why_not}


def levels(case: OnlineCase, user: User) -> Part:
    """Every run of KIRAT, the last first, and what is missing before the next."""
    rows = KiratAssessment.objects.filter(online_case=case).select_related("assessed_by", "decided_by")
    runs = list(rows.order_by("-assessed_at", "-reference")[:MOST])
    waits = [each for each in runs if each.state == KiratAssessment.State.SET]
    may_set = case.state in ASSESSABLE
    again = "Run KIRAT again" if case.kirat else "Set the KIRAT level"
    return Part(
        heading="KIRAT levels",
        template="online/research_levels_part.html",
        context={
            "runs": [(each, LEVEL_KINDS[each.state]) for each in runs],
            "lacks": not_checked(case) if may_set else [],
            "acts": bool(case.kirat) and case.executed_at is None,
        },
        actions=[_begin(case, user, Can.RESEARCH_ONLINE, again, "onlinecase-kirat")] if may_set else [],
        records=waits,
        warnings=[f"No sergeant has ratified the level {each.get_level_display().lower()} ({each})" for each in waits],
    )


def news(case: OnlineCase, user: User) -> Part:
    """What became known, and whether KIRAT was run again with it."""
    rows = NewInformation.objects.filter(online_case=case).select_related("recorded_by", "taken_up_in")
    items = list(rows.order_by("-received_at", "-reference")[:MOST])
    waits = [each for each in items if each.state == NewInformation.State.WAITING]
    begin = _begin(case, user, Can.SEE_ONLINE, "Something new is known", "onlinecase-news")
    return Part(
        heading="New information",
        template="online/research_news_part.html",
        context={"items": [(each, NEWS_KINDS[each.state]) for each in items]},
        actions=[begin] if case.is_open else [],
        records=waits,
        warnings=[f"KIRAT has not been run again with {each}" for each in waits if case.kirat],
    )


def addresses(case: OnlineCase, user: User) -> Part:
    """Where it may lead, who lives there, and what each system says of them."""
    rows = list(CandidateAddress.objects.filter(online_case=case).order_by("recorded_at", "reference"))
    rows.sort(key=lambda each: ["attributed", "candidate", "ruled_out"].index(each.state))
    people = occupants_of(rows)
    shown = [
        {
            "address": each,
            "kind": ADDRESS_KINDS[each.state],
            "people": [_person(one) for one in people if one.at_id == each.pk],
        }
        for each in rows
    ]
    concerned = [one for one in people if one.at.state != CandidateAddress.State.RULED_OUT]
    add = _begin(case, user, Can.RESEARCH_ONLINE, "Add an address", "onlinecase-address")
    return Part(
        heading="Addresses and who lives there",
        template="online/research_addresses_part.html",
        context={"addresses": shown},
        actions=[add] if case.state in TRIAGED else [],
        warnings=warnings_of(concerned),
    )


def _person(occupant: Occupant) -> dict[str, Any]:
    left = [ResearchKind(system).label for system in not_asked(occupant)]
    return {
        "occupant": occupant,
        "asked": len(CHECKS) - len(left),
        "of": len(CHECKS),
        "left": left,
        "is_there": occupant.state == Occupant.State.THERE,
    }


def log(case: OnlineCase, user: User) -> Part:
    """What was done to find out who is behind it, the last first."""
    rows = ResearchAction.objects.filter(online_case=case).select_related("by").order_by("-at", "-recorded_at", "pk")
    record = _begin(case, user, Can.RESEARCH_ONLINE, "Record research", "onlinecase-research")
    actions = [record] if case.is_open else []
    if case.state == OnlineCase.State.NO_RESEARCH:
        actions.append(_begin(case, user, Can.RESEARCH_ONLINE, "Research goes on", "onlinecase-research-again"))
    if case.state in RESEARCHED:
        label = "No further research possible for now"
        actions.append(_begin(case, user, Can.SUPERVISE_ONLINE, label, "onlinecase-no-research"))
    return Part(
        heading="Research",
        template="online/research_log_part.html",
        context={"log": list(rows[:MOST]), "goes_on": case.state in BEFORE},
        actions=actions,
    )


PARTS.extend([levels, news, addresses, log])
