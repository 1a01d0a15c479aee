"""How a child whose image was shared shows in lists, and which of them wait for what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q

from access.time import now
from govuk.fields import YesNoNotKnown as Answer
from govuk.times import ago, exactly
from online.models import WIDER_RISK, SharedImage
from online.workflow.shared_images import OPEN, missing_before_resolved
from sla.models import Clock
from sla.work import Work, promise_of

State = SharedImage.State
KINDS = {"reported": "new", "guided": "working", "allocated": "waiting", "resolved": "done", "in_error": "stopped"}
IS_OPEN = Q(state__in=OPEN)
NO_GUIDANCE = Q(state=State.REPORTED)
TO_ALLOCATE = Q(state=State.GUIDED)
NOT_SEEN = IS_OPEN & Q(seen_at=None)
WITH_THE_PHONE_TEAM: list[Callable[[], Any]] = []
"""Apps above give the keys of what is being dealt with by phone; a report that came with one waits for a call."""


def wider_risk() -> Q:
    """Somebody answered yes to one of the questions."""
    found = Q()
    for name in WIDER_RISK:
        found |= Q(**{name: Answer.YES})
    return IS_OPEN & found


def by_phone() -> Q:
    """The child has not been seen, and what it came with is with those who telephone."""
    found = Q(pk__in=[])
    for keys in WITH_THE_PHONE_TEAM:
        found |= Q(arises_from__in=keys())
    return NOT_SEEN & found


def whose(images: SharedImage) -> str:
    """The child as they are on record, or as we were told."""
    return images.child.name if images.child else images.child_said


def holder(images: SharedImage) -> str:
    if images.officer:
        return f"{images.officer}, {images.at_team}"
    return str(images.at_team or f"Nobody yet: {images.team} allocates it")


def as_work(images: SharedImage, clock: Clock | None = None) -> Work:
    is_open = images.state in OPEN
    return Work(
        title=whose(images),
        url=images.get_absolute_url(),
        reference=images.reference,
        why=". ".join(filter(None, [what_waits(images), promise_of(clock.deadline) if clock else ""])),
        due=images.due_at if is_open else None,
        started=clock.started_at if clock else images.reported_at,
        child="yes",
        state=str(State(images.state).label),
        state_kind=KINDS[images.state],
        owner=holder(images),
        holds_up="The safety of the child" if is_open else "Nobody",
    )


def what_waits(images: SharedImage) -> str:
    """Since when we know, and what is not done yet; of one that is resolved, how."""
    known = f"Told {exactly(images.reported_at)}"
    if images.state == State.RESOLVED:
        return f"{known}. Outcome {images.get_outcome_display()}"
    if images.state == State.IN_ERROR:
        return known
    wider = "Wider risk. " if images.is_aggravated else ""
    missing = "; ".join(missing_before_resolved(images))
    return f"{wider}{known}{f'. Missing: {missing}' if missing else ''}"


def warnings_of(images: SharedImage, at: datetime | None = None) -> list[str]:
    """What nobody may overlook of it."""
    if images.state not in OPEN:
        return []
    moment = at or now()
    since = ago(images.reported_at, moment)
    found = []
    if images.is_aggravated:
        found.append("There is wider risk: the specialist team deals with it, as a full investigation")
    if images.seen_at is None:
        found.append(f"Nobody has seen the child in person. We have known since {since}")
    if not images.guidance and not images.handler:
        found.append("The specialist sergeant has not said how it is dealt with")
    if images.not_asked:
        found.append("Not every question of wider risk is answered: until then it counts as wider risk")
    if images.ppn_id is None:
        found.append("No notice has been submitted")
    return found
