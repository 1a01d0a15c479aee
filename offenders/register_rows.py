"""How those who are managed, and what they have to notify, show themselves in lists; and what nobody may overlook."""

from __future__ import annotations

from datetime import datetime

from govuk.times import exactly
from offenders import statutory
from offenders.codes import AwayBecause, Risk, Whereabouts
from offenders.models import GONE, CivilOrder, IndefiniteReview, Nominal, NotificationDuty, Spell, Travel
from sla.models import Clock
from sla.work import Work, promise_of

KINDS = {
    "pre_sentence": "new",
    "awaiting_visit": "new",
    "active": "working",
    "reactive": "working",
    "in_custody": "stopped",
    "released": "waiting",
    "transferred": "done",
    "ended": "done",
    "archived": "done",
}
DUTY_KINDS = {
    "due": "waiting",
    "not_running": "stopped",
    "given": "working",
    "checked": "working",
    "on_visor": "done",
    "enforced": "done",
    "excused": "done",
    "not_needed": "stopped",
}
SPELL_KINDS = {"going_on": "stopped", "over": "working", "on_visor": "done", "in_error": "stopped"}
TRAVEL_KINDS = {"notified": "new", "checked": "working", "away": "waiting", "returned": "done", "not_going": "stopped"}
ORDER_KINDS = {"in_force": "working", "ended": "done"}
REVIEW_KINDS = {"applied": "waiting", "continues": "done", "ends": "done"}


def nominal_as_work(nominal: Nominal, due: datetime | None, clock: Clock | None = None) -> Work:
    where = "" if nominal.whereabouts == Whereabouts.COMMUNITY else f". {Whereabouts(nominal.whereabouts).label}"
    return Work(
        title=nominal.person.name,
        url=nominal.get_absolute_url(),
        reference=nominal.reference,
        why=". ".join(filter(None, [f"Risk: {Risk(nominal.risk).label.lower()}{where}", _next(clock)])),
        due=due if nominal.state not in GONE else None,
        started=clock.started_at if clock else nominal.began_at,
        state=Nominal.State(nominal.state).label,
        state_kind=KINDS[nominal.state],
        owner=f"{nominal.manager}, {nominal.team}",
        holds_up="Children near them",
    )


def _next(clock: Clock | None) -> str:
    return promise_of(clock.deadline) if clock else ""


def duty_as_work(duty: NotificationDuty, clock: Clock | None, at: datetime) -> Work:
    waits = duty.state in ("due", "given", "checked")
    return Work(
        title=f"{duty.nominal.person.name}: {statutory.label_of(duty.kind).lower()}",
        url=duty.get_absolute_url(),
        reference=duty.reference,
        why=". ".join(filter(None, [duty_in_words(duty, at), duty.what])),
        due=(clock.due_at if clock else duty.due_at) if waits else None,
        started=clock.started_at if clock else duty.runs_from,
        state=NotificationDuty.State(duty.state).label,
        state_kind=DUTY_KINDS[duty.state],
        owner=str(duty.nominal.manager),
    )


def is_missed(duty: NotificationDuty, at: datetime) -> bool:
    return duty.state == NotificationDuty.State.DUE and duty.due_at is not None and duty.due_at < at


def duty_in_words(duty: NotificationDuty, at: datetime) -> str:
    """What somebody has to know of it first."""
    if is_missed(duty, at):
        return f"Missed: the last day was {exactly(duty.due_on)}"
    if duty.is_late:
        return "Given late" if duty.breach else "Given late, and nobody has decided on the breach"
    return ""


def spell_as_work(spell: Spell, at: datetime) -> Work:
    going_on = spell.state == Spell.State.GOING_ON
    return Work(
        title=spell.nominal.person.name,
        url=spell.get_absolute_url(),
        reference=spell.reference,
        why=f"{AwayBecause(spell.because).label}: {spell.where or 'where is not known'}. {release_in_words(spell, at)}",
        due=spell.release_due_at if going_on else None,
        started=spell.asked_at,
        state=Spell.State(spell.state).label,
        state_kind=SPELL_KINDS[spell.state],
        owner=str(spell.nominal.manager),
        holds_up="Whoever they may go back to",
    )


def release_in_words(spell: Spell, at: datetime) -> str:
    if spell.ended_on:
        return f"Over since {exactly(spell.ended_on)}"
    if spell.ends_on is None:
        return "No day of release or return is known"
    passed = spell.release_due_at is not None and spell.release_due_at < at
    day = exactly(spell.ends_on)
    return f"The expected day has passed, {day}, and nobody has recorded what happened" if passed else f"Expected {day}"


def travel_as_work(travel: Travel, clock: Clock | None = None) -> Work:
    open_still = travel.state in ("notified", "checked")
    return Work(
        title=f"{travel.nominal.person.name}: {travel.countries}",
        url=travel.get_absolute_url(),
        reference=travel.reference,
        why=f"Leaves {exactly(travel.departs_at)}",
        due=travel.due_at if open_still else None,
        started=clock.started_at if clock else travel.notified_at,
        state=Travel.State(travel.state).label,
        state_kind=TRAVEL_KINDS[travel.state],
        owner=str(travel.nominal.manager),
        holds_up="Whoever has to be told at the border",
    )


def review_as_work(review: IndefiniteReview) -> Work:
    return Work(
        title=f"{review.nominal.person.name}: indefinite requirement",
        url=review.get_absolute_url(),
        reference=review.reference,
        due=review.due_at if review.state == IndefiniteReview.State.APPLIED else None,
        started=review.applied_at,
        state=IndefiniteReview.State(review.state).label,
        state_kind=REVIEW_KINDS[review.state],
        owner="A superintendent",
    )


def order_in_words(order: CivilOrder) -> str:
    until = f"until {exactly(order.ends_on)}" if order.ends_on else "until a further order"
    return f"Made {exactly(order.made_on)}, {until}"


def manages_offenders(nominal: Nominal, managers: set[int]) -> str:
    """The warning about a manager who is not one any more; empty = they are."""
    return "" if nominal.manager_id in managers else f"No offender manager: {nominal.manager} manages nobody any more"


def stands_out(nominal: Nominal) -> list[str]:
    """What nobody may overlook of how they live."""
    found = []
    if nominal.missing_since:
        lost = Whereabouts(nominal.whereabouts).label.split(":")[0]
        found.append(f"{lost} since {exactly(nominal.missing_since)}")
    if nominal.children_at_home == "yes":
        found.append("A child lives, or stays, where they live")
    if nominal.warnings:
        found.append(nominal.warnings.rstrip("."))
    return found
