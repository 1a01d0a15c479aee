"""What an offender has to notify in person: from the day it arose until ViSOR has it, or until a supervisor has decided
on the breach. Days are counted by `offenders.statutory`; nothing here pauses or waits for anybody."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from access.actor import System
from access.roles import Can
from access.time import now, today
from accounts.models import User
from cases.models import next_reference
from offenders import statutory
from offenders.codes import TaskKind
from offenders.models import OURS, HubTask, Nominal, NotificationDuty, Spell
from offenders.workflow.hub_tasks import ON_VISOR, ask_hub
from sla.calendar import local
from workflow.transitions import NotNow, OneOf, must_say, transition

State = NotificationDuty.State
OWED = [State.DUE.value, State.NOT_RUNNING.value]
PERIODIC = ("annual", "weekly")
COUNTS = System("what an offender has to notify")
STILL_OWED = statutory.Rule("still_owed", "Still to be given after one was missed", "s.91(3)", 3)
"""Failing to notify goes on for as long as it is not done (s.91(3)). When somebody looks again, three days, is ours."""


def _due_or_not(duty: NotificationDuty) -> str:
    return State.DUE.value if duty.due_on else State.NOT_RUNNING.value


@transition(target=OneOf(_due_or_not, (State.DUE.value, State.NOT_RUNNING.value)), may=Can.RECORD_OFFENDERS)
def raise_duty(
    duty: NotificationDuty, *, by: User | System, nominal: Nominal, kind: str, what: str, arose_on: date
) -> None:
    """Something has happened that they must notify, or a notification falls due again."""
    if not nominal.is_registered or nominal.relevant_on is None or nominal.state not in OURS:
        raise NotNow("Only a registered sex offender who is managed here has to notify.")
    if isinstance(by, User):
        _must_be_for_a_person_to_say(kind, what, arose_on)
    try:
        rule = statutory.rule(kind, arose_on)
    except statutory.NoSuchRule as refusal:
        raise NotNow(str(refusal)) from refusal
    duty.reference, duty.nominal, duty.kind, duty.what = next_reference("DUTY"), nominal, kind, what.strip()
    duty.arose_on, duty.section = arose_on, rule.section
    _count(duty, statutory.last_day(rule, arose_on, spells_of(nominal)), local(arose_on))


def _must_be_for_a_person_to_say(kind: str, what: str, arose_on: date) -> None:
    if kind in PERIODIC:
        raise NotNow("The annual and the weekly notification come by themselves, after each notification.")
    if arose_on > today():
        raise NotNow("That day is still to come. Record it when it has happened.")
    must_say(what, "what has to be notified")


def _count(duty: NotificationDuty, due_on: date | None, runs_from: datetime) -> None:
    duty.due_on = due_on
    duty.due_at = local(due_on + timedelta(days=1)) if due_on else duty.due_at
    over_already = due_on is not None and duty.due_at is not None and duty.due_at <= runs_from
    duty.runs_from = local(duty.arose_on) if over_already else runs_from  # a last day in the past stays that day


@transition(target=OneOf(_due_or_not, (State.DUE.value, State.NOT_RUNNING.value)), may=Can.RECORD_OFFENDERS)
def still_owed(duty: NotificationDuty, *, by: System, missed: NotificationDuty) -> None:
    """Whoever missed a notification still has to make it: deciding on the breach does not end the duty."""
    duty.reference, duty.nominal, duty.kind = next_reference("DUTY"), missed.nominal, missed.kind
    duty.what, duty.follows, duty.arose_on, duty.section = missed.what, missed, today(), missed.section
    _count(duty, last_day_of(duty, spells_of(missed.nominal)), now())


@transition(source=OWED, target=OneOf(_due_or_not, (State.DUE.value, State.NOT_RUNNING.value)), may=Can.SEE_OFFENDERS)
def recount(duty: NotificationDuty, *, by: System, due_on: date | None, because: str) -> None:
    """Custody, hospital or time abroad has begun, ended or changed: the last day is another, or time does not run."""
    _count(duty, due_on, now())


@transition(source=OWED, target=State.GIVEN.value, may=Can.RECORD_OFFENDERS)
def given(duty: NotificationDuty, *, by: User, given_at: datetime, given_where: str, taken_by: str) -> None:
    """They have notified in person at a police station."""
    must_say(given_where, "at which police station")
    must_say(taken_by, "who took it")
    if given_at > now():
        raise NotNow("It cannot have been given in the future. Check the date and time.")
    if localdate(given_at) < duty.arose_on and not duty.follows_id:
        raise NotNow("It cannot have been given before it arose. Check the date and time.")
    duty.given_at, duty.given_where, duty.taken_by = given_at, given_where.strip(), taken_by.strip()
    what = f"{statutory.label_of(duty.kind)}. {duty.what}".strip()
    ask_hub(TASKS.get(duty.kind, TaskKind.CHANGE), duty.nominal, what, arises_from=duty, since=given_at)
    if statutory.resets_annual(duty.kind):
        _counts_anew(duty, localdate(given_at))


TASKS = {
    "initial": TaskKind.INITIAL,
    "annual": TaskKind.ANNUAL,
    "weekly": TaskKind.WEEKLY,
    "travel_return": TaskKind.TRAVEL_RETURN,
}


@transition(source=State.GIVEN.value, target=State.CHECKED.value, may=Can.KEEP_REGISTER)
def check(duty: NotificationDuty, *, by: User) -> None:
    """The hub has read what was notified, and it is complete."""
    duty.checked_at, duty.checked_by = now(), by


@transition(source=[State.GIVEN.value, State.CHECKED.value], target=State.ON_VISOR.value, may=Can.KEEP_REGISTER)
def notification_on_visor(duty: NotificationDuty, *, by: System, officer: User, visor_ref: str, at: datetime) -> None:
    """The hub's task is done: ViSOR has it."""
    duty.on_visor_at, duty.on_visor_by, duty.visor_ref = at, officer, visor_ref
    duty.checked_at, duty.checked_by = duty.checked_at or at, duty.checked_by or officer


CAN_BE_CONSIDERED = [State.DUE.value, State.GIVEN.value, State.CHECKED.value, State.ON_VISOR.value]


def _after_the_decision(duty: NotificationDuty) -> str:
    return duty.state if duty.given_at else duty.breach


@transition(
    source=CAN_BE_CONSIDERED,
    target=OneOf(_after_the_decision, (*CAN_BE_CONSIDERED[1:], State.ENFORCED.value, State.EXCUSED.value)),
    may=Can.SUPERVISE_OFFENDERS,
)
def consider_breach(duty: NotificationDuty, *, by: User, breach: str, because: str) -> None:
    """A supervisor decides on a notification that was missed or late: enforced, or a reasonable excuse (s.91)."""
    if breach not in NotificationDuty.Breach.values:
        raise NotNow("Say whether the breach is enforced, or whether there is a reasonable excuse.")
    must_say(because, "why")
    if duty.breach:
        raise NotNow("This has been decided already.")
    if not (duty.is_late if duty.given_at else _has_passed(duty)):
        raise NotNow("It is not late: there is no breach to consider.")
    duty.breach, duty.decided_at, duty.decided_by, duty.decided_because = breach, now(), by, because.strip()
    if not duty.given_at:
        _decided_first(duty)
        _goes_on(duty)


def _has_passed(duty: NotificationDuty) -> bool:
    return duty.state == State.DUE and duty.due_at is not None and duty.due_at < now()


def _decided_first(duty: NotificationDuty) -> None:
    """Of those that come again and again one is open at a time: this one is not any more before the next begins."""
    names = ("breach", "decided_at", "decided_by", "decided_because", "given_at", "given_where", "taken_by")
    NotificationDuty.objects.filter(pk=duty.pk).update(**{name: getattr(duty, name) for name in names})


def _goes_on(duty: NotificationDuty) -> None:
    """They have notified since, and the next one counts from there; or they still have to."""
    nominal = duty.nominal
    since = nominal.last_notified_on and duty.due_on and nominal.last_notified_on > duty.due_on
    if duty.kind in PERIODIC and since:
        begin_periodic(nominal)
    else:
        still_owed(NotificationDuty(), by=COUNTS, missed=duty)


@transition(source=OWED, target=State.NOT_NEEDED.value, may=Can.SUPERVISE_OFFENDERS)
def not_needed(duty: NotificationDuty, *, by: User | System, because: str) -> None:
    """It need not be notified any more, and why: a later one counts, or it did not arise."""
    must_say(because, "why it is not needed")
    duty.ended_because = because.strip()


@transition(source=OURS, may=Can.SEE_OFFENDERS)
def notified(nominal: Nominal, *, by: System, on: date) -> None:
    """They have notified under ss.83, 84 or 85: the next annual notification counts from here."""
    nominal.first_notified_on = min(nominal.first_notified_on or on, on)
    nominal.last_notified_on = max(nominal.last_notified_on or on, on)


def begin_periodic(nominal: Nominal) -> None:
    """Called inside a transition: the next annual or weekly notification counts from the last one. One that has been
    missed stays until a supervisor has decided on it."""
    last_on = nominal.last_notified_on
    if last_on is None:
        return  # the first one is still to come
    rows = NotificationDuty.objects.filter(nominal=nominal, kind__in=PERIODIC, state__in=OWED)
    for duty in rows.filter(breach="", given_at=None):
        if _has_passed(duty):
            return
        not_needed(duty, by=COUNTS, because="A later notification, or how they live now, counts")
    raise_duty(
        NotificationDuty(),
        by=COUNTS,
        nominal=nominal,
        kind="weekly" if nominal.no_fixed_abode else "annual",
        what="",
        arose_on=last_on,
    )


def _counts_anew(duty: NotificationDuty, on: date) -> None:
    _decided_first(duty)
    begin_periodic(notified(duty.nominal, by=COUNTS, on=on))


def spells_of(nominal: Nominal, *, but: Spell | None = None) -> list[statutory.Away]:
    """Time that the Act disregards. One that goes on has no end, whatever day is expected."""
    rows = Spell.objects.filter(nominal=nominal).exclude(state=Spell.State.IN_ERROR)
    rows = rows.exclude(pk=but.pk) if but else rows
    return [statutory.Away(spell.began_on, spell.ended_on) for spell in rows]


def last_day_of(duty: NotificationDuty, away: list[statutory.Away]) -> date | None:
    if duty.follows_id:
        return statutory.last_day(STILL_OWED, duty.arose_on, away)
    return statutory.last_day(statutory.rule(duty.kind, duty.arose_on), duty.arose_on, away)


def recount_duties(nominal: Nominal, away: list[statutory.Away], because: str) -> None:
    """Called inside a transition, when time that the Act disregards has changed."""
    for duty in NotificationDuty.objects.filter(nominal=nominal, state__in=OWED):
        due_on = last_day_of(duty, away)
        if due_on != duty.due_on:
            recount(duty, by=COUNTS, due_on=due_on, because=because)


def nothing_is_owed(nominal: Nominal, because: str) -> None:
    """Called inside a transition: they are not managed here any more."""
    for duty in NotificationDuty.objects.filter(nominal=nominal, state__in=OWED):
        not_needed(duty, by=COUNTS, because=because)


def _visor_has_it(task: HubTask) -> None:
    waits = NotificationDuty.objects.filter(pk=task.arises_from, state__in=[State.GIVEN.value, State.CHECKED.value])
    for duty in waits:
        about: dict[str, Any] = {"officer": task.updated_by, "visor_ref": task.visor_ref, "at": task.updated_at}
        notification_on_visor(duty, by=COUNTS, **about)


ON_VISOR.append(_visor_has_it)
