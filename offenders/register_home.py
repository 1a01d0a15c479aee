"""What the home page says of the register: what was missed, who is out, who leaves, whose period ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from offenders import nominal_lists as lists
from offenders.models import IndefiniteReview, Nominal, NotificationDuty, Spell, Travel
from offenders.register_rows import duty_as_work, nominal_as_work, review_as_work, spell_as_work, travel_as_work
from sla.work import HOME, Share

FEW = 5
SOON = timedelta(days=2)
DUTY, SPELL = NotificationDuty.State, Spell.State


def _duties(heading: str, when: Q, show: str, at: datetime) -> Share:
    rows: QuerySet[NotificationDuty] = NotificationDuty.objects.filter(when)
    first = rows.select_related("nominal__person", "nominal__manager").order_by("due_at", "pk")[:FEW]
    found = [duty_as_work(each, None, at) for each in first]
    return Share(heading, found, rows.count(), f"/offenders/notifications/?show={show}")


def _spells(heading: str, when: Q, show: str, at: datetime) -> Share:
    rows = Spell.objects.filter(when)
    first = rows.select_related("nominal__person", "nominal__manager").order_by("release_due_at", "pk")[:FEW]
    found = [spell_as_work(each, at) for each in first]
    return Share(heading, found, rows.count(), f"/offenders/releases/?show={show}")


def _to_check() -> Share:
    rows = Travel.objects.filter(state=Travel.State.NOTIFIED)
    first = rows.select_related("nominal__person", "nominal__manager").order_by("due_at", "pk")[:FEW]
    return Share(
        "Notices of travel to check", [travel_as_work(each) for each in first], rows.count(), "/offenders/travel/"
    )


def _nominals(heading: str, when: Q, show: str) -> Share:
    rows: QuerySet[Any] = lists.nominals().filter(when)
    first = [nominal_as_work(each, each.first_due) for each in rows.order_by("next_due", "pk")[:FEW]]
    return Share(heading, first, Nominal.objects.filter(when).count(), f"/offenders/?show={show}")


def _reviews() -> Share:
    rows = IndefiniteReview.objects.filter(state=IndefiniteReview.State.APPLIED)
    first = rows.select_related("nominal__person").order_by("due_at", "pk")[:FEW]
    return Share("Indefinite requirements to review", [review_as_work(each) for each in first], rows.count())


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    passed = Q(state=SPELL.GOING_ON, release_due_at__lt=at)
    missed = Q(state=DUTY.DUE, due_at__lt=at)
    mine = Q(nominal__manager__in=people_answered_for(user))
    if Can.SUPERVISE_OFFENDERS in acts:
        late = Q(given_at__gt=F("due_at"), breach="")
        yield _duties("Missed notifications: decide on the breach", missed, "missed", at)
        yield _duties("Late notifications: decide on the breach", late, "late", at)
        yield _spells("Releases that passed with nothing recorded", passed, "passed", at)
        yield _nominals("Nobody manages them", lists.without_manager(), "no_manager")
        yield _nominals("Notification periods that end", lists.period_ending(at), "period")
    elif Can.MANAGE_OFFENDERS in acts:
        yield _duties("Your offenders have to notify", mine & Q(state=DUTY.DUE, due_at__lt=at + SOON), "mine", at)
        yield _spells(
            "Your offenders come out", mine & Q(state=SPELL.GOING_ON, release_due_at__lt=at + SOON), "soon", at
        )
    if Can.KEEP_REGISTER in acts:
        yield _to_check()
    if Can.KEEP_REGISTER in acts and Can.MANAGE_OFFENDERS not in acts:
        yield _duties("Notifications to put on ViSOR", Q(state__in=[DUTY.GIVEN, DUTY.CHECKED]), "given", at)
        yield _spells("Releases that passed with nothing recorded", passed, "passed", at)
    if Can.REVIEW_INDEFINITE in acts:
        yield _reviews()


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.MANAGE_OFFENDERS in acts:
        mine = Q(nominal__manager__in=people_answered_for(user), state=SPELL.GOING_ON, release_due_at__lt=at)
        yield _spells("Somebody may be out, and nobody knows, while these are with you", mine, "passed", at)


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)
