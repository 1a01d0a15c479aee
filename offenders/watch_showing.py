"""What the page of an offender shows of approvals, new information, reactive management and children; and how an
inspector is shown a proposal of reactive management."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from access.roles import Can, who_may
from accounts.models import User
from govuk.fields import YesNoNotKnown as Answer
from offenders.approval_shows import SHOWS, Shown
from offenders.cover import Desk
from offenders.models import Approval, ChildContact, Intelligence, Nominal, ReactiveProposal
from offenders.nominal_parts import PARTS, Part
from offenders.watch_rows import approval_as_work, contact_as_work, contact_warnings, news_as_work
from offenders.workflow.reactive import CRITERIA
from sla.work import clocks_of, timeline_of

MOST = 20


def in_words(criteria: Mapping[str, str]) -> list[tuple[str, str]]:
    """(criterion, yes, no or not known) in the order in which they are asked."""
    return [(words, str(Answer(criteria.get(name, "not_known")).label)) for name, words in CRITERIA.items()]


def _begin(nominal: Nominal, user: User, act: Can, label: str, name: str) -> list[dict[str, str]]:
    if not nominal.is_ours:
        return []
    why_not = "" if user.may_change_by(act) else f"for a {who_may(act)}"
    return [{"label": label, "url": f"{reverse(name)}?nominal={nominal.reference}", "why_not": why_not}]


def children(nominal: Nominal, user: User) -> Part:
    """Which children they are in contact with, and what is still to be done about each."""
    rows = ChildContact.objects.filter(nominal=nominal).select_related("nominal__person", "nominal__manager", "child")
    contacts = list(rows.order_by("closed_at", "discovered_at", "pk")[:MOST])
    return Part(
        heading="Contact with children",
        template="offenders/watch_part.html",
        context={"rows": [contact_as_work(each) for each in contacts], "none": "No contact with a child is on record."},
        actions=_begin(
            nominal, user, Can.MANAGE_OFFENDERS, "Record contact with a child and submit a notice", "childcontact-new"
        ),
        records=[each for each in contacts if each.closed_at is None],
        warnings=[warning for each in contacts for warning in contact_warnings(each)],
    )


def news(nominal: Nominal, user: User) -> Part:
    """What is new about them, and what it means."""
    rows = Intelligence.objects.filter(nominal=nominal).select_related("nominal__person", "nominal__manager")
    items = list(rows.order_by("assessed_at", "-received_at")[:MOST])
    new = [each for each in items if each.state == Intelligence.State.NEW]
    return Part(
        heading="New information",
        template="offenders/watch_part.html",
        context={"rows": [news_as_work(each) for each in items], "none": "Nothing new is on record."},
        actions=_begin(nominal, user, Can.SEE_OFFENDERS, "Record new information", "intelligence-new"),
        records=new,
        warnings=[f"Nobody has assessed what is new ({each.reference})" for each in new],
    )


def waits(nominal: Nominal, user: User) -> Part | None:
    """What about them waits for a supervisor, and who decides on it now."""
    rows = Approval.objects.filter(nominal=nominal, state=Approval.State.WAITING)
    found = list(rows.select_related("nominal__person", "submitted_by").order_by("due_at", "pk")[:MOST])
    if not found:
        return None
    desk = Desk()
    return Part(
        heading="Waiting for a supervisor",
        template="offenders/watch_part.html",
        context={"rows": [approval_as_work(each, desk) for each in found], "none": ""},
        records=found,
    )


def reactive(nominal: Nominal, user: User) -> Part | None:
    """Whether they may be managed reactively, or are, and why."""
    proposals = list(ReactiveProposal.objects.filter(nominal=nominal).order_by("-begun_at", "-pk")[:MOST])
    may_be = nominal.state == Nominal.State.ACTIVE and nominal.low_since is not None
    if not proposals and not may_be:
        return None
    is_open = any(each.state in ("submitted", "returned") for each in proposals)
    label = "Propose reactive management"
    return Part(
        heading="Reactive management",
        template="offenders/reactive_part.html",
        context={"proposals": proposals, "low_since": nominal.low_since},
        actions=_begin(nominal, user, Can.MANAGE_OFFENDERS, label, "reactiveproposal-new")
        if may_be and not is_open
        else [],
        records=[each for each in proposals if each.state in ("submitted", "returned")],
    )


def _proposal(proposal: ReactiveProposal, before: ReactiveProposal | None) -> Shown:
    return Shown("offenders/reactive_shown.html", {"proposal": proposal, "criteria": in_words(proposal.criteria)})


PARTS.extend([children, waits, news, reactive])
SHOWS[Approval.What.REACTIVE.value] = _proposal


def clocks_and_steps(record: Any) -> dict[str, Any]:
    """What the page of each record shows beside it."""
    return {"clocks": clocks_of(record), "timeline": timeline_of(record), "missing": [], "missing_step": ""}
