"""Where somebody is when they are not in the community, and that they are out again: recorded, expected, over. A day of
release that passes with no word stays on the list by name until somebody records what happened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from access.actor import System
from access.roles import Can
from access.time import now, today
from accounts.models import User
from cases.models import next_reference
from offenders.codes import AwayBecause, TaskKind
from offenders.models import HubTask, Nominal, NotificationDuty, Spell, Travel
from offenders.statutory import Away
from offenders.workflow import nominals
from offenders.workflow.hub_tasks import ON_VISOR, ask_hub
from offenders.workflow.notifications import OWED, raise_duty, recount_duties, spells_of
from sla.calendar import local
from workflow.transitions import NotNow, OneOf, must_say, transition

State = Spell.State
MOVES = System("custody, hospital or time abroad")


@transition(target=State.GOING_ON.value, may=Can.RECORD_OFFENDERS)
def record_spell(
    spell: Spell,
    *,
    by: User | System,
    nominal: Nominal,
    because: str,
    where: str,
    began_on: date,
    ends_on: date | None,
) -> None:
    """They are in custody, in hospital or abroad from this day: what they must notify does not run meanwhile."""
    if because not in AwayBecause.values:
        raise NotNow("Say whether they are remanded, serving a sentence, in hospital or abroad.")
    if began_on > today():
        raise NotNow("That day is still to come. Record it when it has happened.")
    _must_end_later(began_on, ends_on)
    if Spell.objects.filter(nominal=nominal, state=State.GOING_ON).exists():
        raise NotNow("They are away already: record first that it is over.")
    spell.reference, spell.nominal, spell.because = next_reference("SPELL"), nominal, because
    spell.where, spell.began_on, spell.ends_on = where.strip(), began_on, ends_on
    spell.release_due_at = _end_of(ends_on)
    spell.recorded_at = spell.asked_at = now()
    spell.recorded_by = None if isinstance(by, System) else by
    if because == AwayBecause.ABROAD:
        nominals.went_abroad(nominal, by=MOVES)
    else:
        nominals.taken_in(nominal, by=MOVES, whereabouts=because)
        words = f"{AwayBecause(because).label} since {began_on:%-d %B %Y}. {_expected(ends_on)}"
        ask_hub(TaskKind.ADMISSION, nominal, words, arises_from=spell, since=now())
    recount_duties(nominal, [*spells_of(nominal), Away(began_on)], spell.reference)


def _must_end_later(began_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on < began_on:
        raise NotNow("It cannot end before it began. Check the days.")


def _end_of(day: date | None) -> Any:
    return local(day + timedelta(days=1)) if day else None


def _expected(ends_on: date | None) -> str:
    return f"Release is expected on {ends_on:%-d %B %Y}" if ends_on else "No day of release is known"


@transition(source=State.GOING_ON.value, may=Can.RECORD_OFFENDERS)
def change_spell(spell: Spell, *, by: User, where: str, ends_on: date | None, because: str) -> None:
    """Another day of release or return is expected, or none; somebody has asked, and says how we know."""
    must_say(because, "how we know")
    _must_end_later(spell.began_on, ends_on)
    if ends_on and ends_on < today():
        raise NotNow("That day has passed. Record the release, or the day that is expected now.")
    spell.where, spell.ends_on, spell.release_due_at = where.strip(), ends_on, _end_of(ends_on)
    spell.asked_at, spell.changed_because = now(), because.strip()


def _over(spell: Spell) -> str:
    return State.ON_VISOR.value if spell.because == AwayBecause.ABROAD else State.OVER.value


@transition(
    source=State.GOING_ON.value,
    target=OneOf(_over, (State.OVER.value, State.ON_VISOR.value)),
    may=Can.RECORD_OFFENDERS,
)
def spell_over(spell: Spell, *, by: User | System, ended_on: date) -> None:
    """They are out, or back. Their manager is told at once, and what they must notify runs again."""
    if ended_on > today():
        raise NotNow("That day is still to come. Record it when it has happened.")
    _must_end_later(spell.began_on, ended_on)
    if isinstance(by, User) and Travel.objects.filter(spell=spell, state=Travel.State.AWAY).exists():
        raise NotNow("They are on a journey of which they gave notice: record there that they are back.")
    spell.ended_on, spell.over_at = ended_on, now()
    spell.over_by = None if isinstance(by, System) else by
    _no_longer_away(spell, ended_on)
    if spell.because != AwayBecause.ABROAD:
        words = f"Released on {ended_on:%-d %B %Y} from {spell.where or 'a place not known'}"
        ask_hub(TaskKind.RELEASE, spell.nominal, words, arises_from=spell, since=now(), happens_at=_end_of(ended_on))
        _must_notify_the_release(spell, ended_on)


def _no_longer_away(spell: Spell, ended_on: date) -> None:
    Spell.objects.filter(pk=spell.pk).update(ended_on=ended_on)  # what follows counts by it
    _is_here_again(spell, ended_on)
    recount_duties(spell.nominal, spells_of(spell.nominal), spell.reference)


def _is_here_again(spell: Spell, on: date) -> None:
    if spell.because == AwayBecause.ABROAD:
        nominals.came_back(spell.nominal, by=MOVES)
    else:
        nominals.let_out(spell.nominal, by=MOVES, at=local(on))


def _must_notify_the_release(spell: Spell, ended_on: date) -> None:
    """A release is a change (s.84(1)(c)), unless they have never notified: then the first notification is due."""
    nominal = Nominal.objects.get(pk=spell.nominal_id)
    first = NotificationDuty.objects.filter(nominal=nominal, kind="initial", state__in=OWED)
    if nominal.is_registered and nominal.relevant_on and not first.exists():
        words = f"Release from {spell.where or 'custody or hospital'}"
        raise_duty(NotificationDuty(), by=MOVES, nominal=nominal, kind="change", what=words, arose_on=ended_on)


@transition(source=State.GOING_ON.value, target=State.IN_ERROR.value, may=Can.SUPERVISE_OFFENDERS)
def spell_in_error(spell: Spell, *, by: User, because: str) -> None:
    """They never were there. They are visited as after a release, and what they must notify is counted without it."""
    must_say(because, "what was wrong")
    spell.changed_because = because.strip()
    _is_here_again(spell, today())
    recount_duties(spell.nominal, spells_of(spell.nominal, but=spell), spell.reference)


@transition(source=State.OVER.value, target=State.ON_VISOR.value, may=Can.KEEP_REGISTER)
def release_on_visor(spell: Spell, *, by: System, visor_ref: str) -> None:
    """The hub's task is done: ViSOR says that they are out."""
    spell.visor_ref = visor_ref


def _visor_has_it(task: HubTask) -> None:
    if task.kind == TaskKind.RELEASE:
        for spell in Spell.objects.filter(pk=task.arises_from, state=State.OVER):
            release_on_visor(spell, by=MOVES, visor_ref=task.visor_ref)


ON_VISOR.append(_visor_has_it)
