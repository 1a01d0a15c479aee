"""What the page of a managed person shows of the register: their requirement, what they notify, where they are, travel,
orders and MAPPA."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from access.roles import Can, who_may
from access.time import now
from accounts.models import User
from offenders import statutory
from offenders.codes import AwayBecause, Category, Level, OrderKind
from offenders.models import OURS, CivilOrder, IndefiniteReview, Nominal, NotificationDuty, Requirement, Spell, Travel
from offenders.nominal_parts import PARTS, Part
from offenders.register_rows import duty_in_words, is_missed, order_in_words, release_in_words
from offenders.workflow import custody, nominals, notifications, orders, periods, registrations, travel
from offenders.workflow.periods import has_ended, may_be_reviewed_from
from workflow.transitions import Transition
from workflow.views import actions_for

Steps = list[tuple[Transition[Any, Any], str, str]]
FEW = 10
ABOUT_THEM: Steps = [
    (registrations.sentenced, "Record the sentence", "nominal-sentenced"),
    (registrations.sentence_expected, "Change the day of sentence", "nominal-sentence-expected"),
    (periods.located, "Found", "nominal-located"),
    (periods.looked_for, "Looked for again", "nominal-looked-for"),
    (periods.set_children_at_home, "Children at home", "nominal-children"),
    (periods.set_no_fixed_abode, "No fixed abode, or a home again", "nominal-no-fixed-abode"),
    (periods.set_warnings, "Warnings", "nominal-warnings"),
    (periods.wanted_or_missing, "Wanted or missing", "nominal-lost"),
    (registrations.add_requirement, "Add a requirement", "nominal-requirement"),
    (nominals.end, "No longer managed", "nominal-end"),
    (nominals.died, "They have died", "nominal-died"),
    (nominals.archive, "Archived on ViSOR", "nominal-archive"),
]
MAPPA: Steps = [
    (periods.mappa_reviewed, "Record a review", "nominal-reviewed"),
    (periods.set_mappa, "Change category, level or lead", "nominal-mappa"),
]


def new(nominal: Nominal, user: User, label: str, name: str, may: Can = Can.RECORD_OFFENDERS) -> dict[str, str]:
    """Something new about them, from their page."""
    why_not = "" if user.may_change_by(may) else f"for a {who_may(may)}"
    return {"label": label, "url": reverse(name, args=[nominal.pk]), "why_not": why_not}


def steps_about_them(nominal: Nominal, user: User) -> list[dict[str, str]]:
    """What can be done now: steps that make no sense for them are not offered."""
    skip = set()
    if not nominal.is_before_sentence:
        skip |= {"nominal-sentenced", "nominal-sentence-expected"}
    if not nominal.is_registered or nominal.relevant_on is None:
        skip |= {"nominal-requirement"}
    skip |= {"nominal-lost"} if nominal.missing_since else {"nominal-looked-for", "nominal-located"}
    return actions_for(nominal, user, [step for step in ABOUT_THEM if step[2] not in skip])


def requirement(nominal: Nominal, user: User) -> Part | None:
    """Why they notify, how long for, and when they may ask for a review."""
    if not nominal.is_registered:
        return None
    rows = list(Requirement.objects.filter(nominal=nominal).order_by("relevant_on", "pk"))
    reviews = list(IndefiniteReview.objects.filter(nominal=nominal).order_by("-applied_at"))
    first = may_be_reviewed_from(nominal) if nominal.indefinite else None
    ours, waits = nominal.state in OURS, any(each.state == IndefiniteReview.State.APPLIED for each in reviews)
    offer = ours and nominal.indefinite and not waits
    return Part(
        heading="Notification period",
        template="offenders/nominal_requirement.html",
        context={"requirements": rows, "reviews": reviews, "may_apply_from": first},
        actions=[new(nominal, user, "Record an application for review", "nominal-apply")] if offer else [],
        records=reviews,
        warnings=["The notification period is over: decide what follows"] if ours and has_ended(nominal) else [],
    )


def notifications_of(nominal: Nominal, user: User) -> Part | None:
    if not nominal.is_registered:
        return None
    rows = list(NotificationDuty.objects.filter(nominal=nominal).order_by("-arose_on", "-reference"))
    at = now()
    open_first = sorted(rows, key=lambda duty: duty.state not in ("due", "not_running", "given", "checked"))
    lines = [(duty, statutory.label_of(duty.kind), duty_in_words(duty, at)) for duty in open_first[:FEW]]
    missed = [f"Missed: {statutory.label_of(duty.kind).lower()}" for duty in rows if is_missed(duty, at)]
    ours = nominal.state in OURS and nominal.relevant_on is not None
    return Part(
        heading="What they have to notify",
        template="offenders/nominal_notifications.html",
        context={"lines": lines, "more": len(rows) - FEW},
        actions=[new(nominal, user, "Record something to notify", "nominal-notification")] if ours else [],
        records=rows,
        warnings=missed,
    )


def away(nominal: Nominal, user: User) -> Part | None:
    spells = list(Spell.objects.filter(nominal=nominal).order_by("-began_on", "-reference"))
    at = now()
    lines = [(spell, AwayBecause(spell.because).label, release_in_words(spell, at)) for spell in spells]
    here = nominal.state in OURS and not any(spell.state == Spell.State.GOING_ON for spell in spells)
    passed = [spell for spell in spells if _has_passed(spell, at)]
    return Part(
        heading="Custody, hospital and time abroad",
        template="offenders/nominal_away.html",
        context={"lines": lines},
        actions=[new(nominal, user, "Record custody, hospital or time abroad", "nominal-custody")] if here else [],
        records=spells,
        warnings=[release_in_words(spell, at) for spell in passed],
    )


def _has_passed(spell: Spell, at: Any) -> bool:
    return spell.state == Spell.State.GOING_ON and spell.release_due_at is not None and spell.release_due_at < at


def journeys(nominal: Nominal, user: User) -> Part | None:
    if not nominal.is_registered:
        return None
    rows = list(Travel.objects.filter(nominal=nominal).order_by("-departs_at"))
    unchecked = [each for each in rows if each.state == Travel.State.NOTIFIED and each.due_at and each.due_at < now()]
    return Part(
        heading="Travel",
        template="offenders/nominal_travel.html",
        context={"journeys": rows},
        actions=[new(nominal, user, "Record a notice of travel", "nominal-travel")] if nominal.state in OURS else [],
        records=rows,
        warnings=[f"Travel to {each.countries} has not been checked" for each in unchecked],
    )


def court_orders(nominal: Nominal, user: User) -> Part | None:
    rows = list(CivilOrder.objects.filter(nominal=nominal).order_by("state", "-made_on"))
    lines = [(order, OrderKind(order.kind).label, order_in_words(order)) for order in rows]
    return Part(
        heading="Court orders",
        template="offenders/nominal_orders.html",
        context={"lines": lines},
        actions=[new(nominal, user, "Record an order", "nominal-order")] if nominal.state in OURS else [],
        records=rows,
        warnings=[],
    )


def mappa(nominal: Nominal, user: User) -> Part | None:
    steps = [step for step in MAPPA if nominal.category != Category.NONE or step[2] == "nominal-mappa"]
    return Part(
        heading="MAPPA",
        template="offenders/nominal_mappa.html",
        context={"category": Category(nominal.category).label, "level": Level(nominal.level).label},
        actions=actions_for(nominal, user, steps),
    )


PARTS[:0] = [requirement, notifications_of, away, journeys, court_orders, mappa]

ACTIONS: dict[str, Steps] = {
    "notificationduty": [
        (notifications.given, "They have notified", "notificationduty-given"),
        (notifications.check, "Check it", "notificationduty-check"),
        (notifications.consider_breach, "Decide on the breach", "notificationduty-breach"),
        (notifications.not_needed, "It is not needed", "notificationduty-not-needed"),
    ],
    "spell": [
        (custody.spell_over, "They are out, or back", "spell-over"),
        (custody.change_spell, "Another day is expected", "spell-change"),
        (custody.spell_in_error, "Recorded in error", "spell-in-error"),
    ],
    "travel": [
        (travel.check_travel, "Check it", "travel-check"),
        (travel.left, "They have left", "travel-left"),
        (travel.returned, "They are back", "travel-returned"),
        (travel.change_travel, "The journey changes", "travel-change"),
        (travel.not_going, "They are not going", "travel-not-going"),
    ],
    "civilorder": [
        (orders.vary_order, "The court has changed it", "civilorder-vary"),
        (orders.end_order, "It is over", "civilorder-end"),
    ],
    "indefinitereview": [
        (periods.requirement_continues, "The requirement continues", "indefinitereview-continues"),
        (periods.requirement_ends, "The requirement ends", "indefinitereview-ends"),
    ],
}


def actions_of(record: Any, user: User, *, but: Iterable[str] = ()) -> list[dict[str, str]]:
    steps = [step for step in ACTIONS[record._meta.model_name] if step[2] not in but]
    return actions_for(record, user, steps)
