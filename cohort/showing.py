"""What other pages say of what the missing team keeps: the picture of a person, the warnings beside them, and the photo
that a Philomena form holds."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from access.actor import actor
from access.roles import Can
from cases.markers import MARKERS, Asked, MarkerShown
from cases.models import Flag
from cases.picture import PICTURE, Event, Whom
from cohort.models import CohortEntry, PhilomenaForm, TriggerPlan
from documents.holders import HOLDERS

HOLDERS.register(PhilomenaForm, may_see=Can.SEE_MISSING)
"""Whoever looks for a child needs the photo."""
WHAT = "Missing team"


def entries(whom: Whom) -> Iterable[Event]:
    for entry in CohortEntry.objects.filter(person__in=whom.people).select_related("entered_by", "left_by"):
        is_open = entry.left_at is None
        when = entry.left_at or entry.entered_at or entry.proposed_at
        by = entry.left_by or entry.entered_by
        yield Event(
            when=when,
            what=WHAT,
            title=f"{entry.reference}: {CohortEntry.State(entry.state).label.lower()}",
            url=entry.get_absolute_url() if actor().can(Can.SEE_COHORT) else "",
            lines=[entry.left_because or entry.entered_because or entry.proposed_because],
            by=f"by {by}" if by else "",
            kind="Open" if is_open else "",
            record=entry.pk,
        )


def kept(whom: Whom) -> Iterable[Event]:
    """Trigger plans and Philomena forms."""
    may_read = actor().can(Can.SEE_MISSING)
    for plan in TriggerPlan.objects.filter(person__in=whom.people).select_related("author"):
        yield Event(
            when=plan.written_at,
            what=WHAT,
            title=f"Trigger plan {plan.reference} written",
            url=plan.get_absolute_url() if may_read else "",
            lines=[TriggerPlan.State(plan.state).label],
            by=f"by {plan.author}",
            record=plan.pk,
        )
    for form in PhilomenaForm.objects.filter(person__in=whom.people).select_related("received_by"):
        yield Event(
            when=form.received_at,
            what=WHAT,
            title=f"Philomena form {form.reference} received from {form.received_from}",
            url=form.get_absolute_url() if may_read else "",
            lines=[PhilomenaForm.State(form.state).label],
            by=f"by {form.received_by}",
            record=form.pk,
        )


PICTURE.sources += [entries, kept]


def markers(asked: Asked) -> Iterable[MarkerShown]:
    """That a child is in the cohort, and that there is a trigger plan with what is done first. Everybody who may see
    the child is shown both: whoever takes the call has to know."""
    if not asked.people:
        return
    entries = CohortEntry.objects.filter(person__same_as__in=asked.people, state=CohortEntry.State.IN_COHORT)
    may_see, may_read = actor().can(Can.SEE_COHORT), actor().can(Can.SEE_MISSING)
    for entry in entries.select_related("person"):
        yield MarkerShown(
            kind="cohort",
            label=f"In the cohort of the missing team: {entry.exploitation_in_words}",
            about=entry.person.name,
            how_we_know=entry.reference,
            since=timezone.localdate(entry.entered_at) if entry.entered_at else None,
            url=entry.get_absolute_url() if may_see else "",
        )
    plans = TriggerPlan.objects.filter(person__same_as__in=asked.people, state=TriggerPlan.State.CURRENT)
    for plan in plans.select_related("person"):
        first = "; ".join(f"{number}. {action}" for number, action in enumerate(plan.first_actions, 1))
        yield MarkerShown(
            kind=Flag.Kind.TRIGGER_PLAN.value,
            label=f"Trigger plan for going missing. First: {first}",
            about=plan.person.name,
            how_we_know=plan.reference,
            since=timezone.localdate(plan.written_at),
            url=plan.get_absolute_url() if may_read else "",
        )


MARKERS.sources.append(markers)
