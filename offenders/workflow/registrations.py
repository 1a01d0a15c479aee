"""Taking somebody on: registered by the hub, before sentence by an offender manager, or with the caseload of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from access.actor import System, acting
from access.roles import Can
from access.time import now, today
from accounts.duty import posts_of, who_may_do
from accounts.models import Team, User
from cases.models import Flag, Person, next_reference
from offenders import statutory
from offenders.codes import Category, LeadAgency, Level, ManagedAs, Risk, TaskKind
from offenders.flags import is_flagged, no_longer_flagged
from offenders.models import OURS, Nominal, NotificationDuty, Requirement
from offenders.workflow.hub_tasks import ask_hub
from offenders.workflow.nominals import State
from offenders.workflow.notifications import COUNTS, begin_periodic, raise_duty
from sla.calendar import local
from workflow.transitions import NotNow, OneOf, must_say, transition

TAKES_ON = System("somebody is taken on")


@dataclass(frozen=True)
class RequirementFacts:
    """A conviction, caution or finding that makes somebody notify. `discharged_until`: of a conditional discharge."""

    offence: str
    disposal: str
    relevant_on: date
    under_18: bool
    discharged_until: date | None = None


@dataclass(frozen=True)
class NominalFacts:
    """Who is taken on and by whom they are managed. Without `requirements` nobody is registered."""

    managed_as: str
    manager: User
    external_system: str = ""
    external_ref: str = ""
    category: str = Category.NONE.value
    level: str = Level.ONE.value
    lead_agency: str = LeadAgency.POLICE.value
    warnings: str = ""
    requirements: Sequence[RequirementFacts] = ()


@dataclass(frozen=True)
class Held:
    """What the system of before says of somebody: each clock counts from these days. None = it does not say."""

    last_notified_on: date | None = None
    first_visited_on: date | None = None
    last_visited_on: date | None = None
    assessed_on: date | None = None
    risk: str = Risk.NOT_ASSESSED.value
    interval_days: int | None = None
    reviewed_on: date | None = None


@transition(target=State.AWAITING_VISIT.value, may=Can.KEEP_REGISTER)
def register(
    nominal: Nominal, *, by: User | System, person: Person, facts: NominalFacts, notified_at: datetime
) -> None:
    """Somebody is managed here from now on, and a named offender manager has them. A registered offender notifies from
    their relevant date."""
    _take_on(nominal, person, facts, notified_at)
    if nominal.is_registered:
        _must_notify(nominal, by, facts.requirements)
    _warn_everybody(nominal, by)


@transition(target=State.AWAITING_VISIT.value, may=Can.MANAGE_OFFENDERS)
def take_on(nominal: Nominal, *, by: User | System, person: Person, facts: NominalFacts, notified_at: datetime) -> None:
    """Somebody is managed who is not registered: a violent offender, or another who poses a risk."""
    if facts.managed_as == ManagedAs.RSO:
        raise NotNow("A registered sex offender is registered by the hub, or taken on before sentence.")
    _take_on(nominal, person, facts, notified_at)
    _warn_everybody(nominal, by)


@transition(target=State.PRE_SENTENCE.value, may=Can.MANAGE_OFFENDERS)
def register_before_sentence(
    nominal: Nominal,
    *,
    by: User,
    person: Person,
    facts: NominalFacts,
    notified_at: datetime,
    charged_with: str,
    sentence_on: date | None,
) -> None:
    """Somebody is charged with an offence that would make them notify: they are visited before they are sentenced."""
    must_say(charged_with, "what they are charged with")
    if facts.managed_as != ManagedAs.RSO or facts.requirements:
        raise NotNow("Before sentence nobody is registered: record the requirement when the court has sentenced them.")
    _take_on(nominal, person, facts, notified_at)
    nominal.sentence_on = sentence_on
    _warn_everybody(nominal, by)


def _after_sentence(nominal: Nominal) -> str:
    if nominal.state == State.IN_CUSTODY:
        return State.IN_CUSTODY.value
    return State.ACTIVE.value if nominal.first_visited_at else State.AWAITING_VISIT.value


@transition(
    source=[State.PRE_SENTENCE.value, State.IN_CUSTODY.value],
    target=OneOf(_after_sentence, (State.AWAITING_VISIT.value, State.ACTIVE.value, State.IN_CUSTODY.value)),
    may=Can.KEEP_REGISTER,
)
def sentenced(
    nominal: Nominal,
    *,
    by: User,
    external_system: str,
    external_ref: str,
    requirements: Sequence[RequirementFacts],
    notified_at: datetime,
) -> None:
    """The court has sentenced them: they are registered. Whoever is not convicted is no longer managed instead."""
    if not nominal.is_before_sentence:
        raise NotNow("They are registered already: add a requirement instead.")
    if notified_at > now():
        raise NotNow("That time is still to come. Check the date and time.")
    nominal.external_system, nominal.external_ref = _named(external_system, external_ref)
    nominal.sentence_on, nominal.notified_at = None, notified_at
    no_longer_flagged(nominal)
    _must_notify(nominal, by, requirements)
    _warn_everybody(nominal, by)


@transition(source=[State.PRE_SENTENCE.value, State.IN_CUSTODY.value], may=Can.MANAGE_OFFENDERS)
def sentence_expected(nominal: Nominal, *, by: User, sentence_on: date | None, because: str) -> None:
    """The day of sentence is another, or not known; somebody has asked, and says how we know."""
    must_say(because, "how we know")
    if not nominal.is_before_sentence:
        raise NotNow("They have been sentenced already.")
    if sentence_on and sentence_on < today():
        raise NotNow("That day has passed. Record the sentence, or the day that is expected now.")
    nominal.sentence_on, nominal.looked_for_at = sentence_on, now()


@transition(source=OURS, may=Can.KEEP_REGISTER)
def add_requirement(nominal: Nominal, *, by: User, requirement: RequirementFacts) -> None:
    """Another conviction, caution or finding. The requirement that lasts longest decides when the period ends."""
    if not nominal.is_registered or nominal.relevant_on is None:
        raise NotNow("They are not registered: register them first.")
    rows = Requirement.objects.filter(nominal=nominal)
    _set_period(nominal, [_counted(requirement), *(statutory.Period(each.ends_on, each.rule) for each in rows)])
    _record(nominal, by, [requirement])
    words = f"New requirement: {requirement.offence}, {requirement.relevant_on:%-d %B %Y}"
    ask_hub(TaskKind.CONVICTION, nominal, words, arises_from=nominal, since=now())


@transition(
    target=OneOf(_after_sentence, (State.AWAITING_VISIT.value, State.ACTIVE.value)),
    may=Can.KEEP_REGISTER,
)
def take_over(nominal: Nominal, *, by: User | System, person: Person, facts: NominalFacts, held: Held) -> None:
    """Somebody who was managed here before Longstop: every clock counts from the days the old record holds, and may be
    overdue from the first moment."""
    _must_have_been(held)
    _take_on(nominal, person, facts, now())
    nominal.first_visited_at = _at(held.first_visited_on or held.last_visited_on)
    nominal.last_visited_at, nominal.assessed_at = _at(held.last_visited_on), _at(held.assessed_on)
    nominal.notified_at = nominal.last_visited_at or nominal.notified_at  # they have been seen since we were told
    nominal.reviewed_at, nominal.risk, nominal.interval_days = _at(held.reviewed_on), held.risk, held.interval_days
    nominal.interval_for = held.risk if held.interval_days else ""
    nominal.low_since = held.assessed_on if held.risk == Risk.LOW else None
    nominal.last_notified_on = nominal.first_notified_on = held.last_notified_on
    nominal.notified_at = nominal.first_visited_at or _first_known(facts)
    if nominal.is_registered:
        _must_notify(nominal, by, facts.requirements, is_new=False)
    _warn_everybody(nominal, by)


def _first_known(facts: NominalFacts) -> datetime:
    """Of whom the old record holds no visit, the first has been due since the court dealt with them."""
    return _at(min((each.relevant_on for each in facts.requirements), default=None)) or now()


def _must_have_been(held: Held) -> None:
    days = [held.last_notified_on, held.first_visited_on, held.last_visited_on, held.assessed_on, held.reviewed_on]
    if any(day and day > today() for day in days):
        raise NotNow("What was done cannot be in the future. Check the days.")
    if held.risk not in Risk.values:
        raise NotNow("Choose the risk as it was assessed last.")
    if (held.risk == Risk.NOT_ASSESSED) != (held.assessed_on is None):
        raise NotNow("A risk has a day on which it was assessed, and nobody was assessed without a risk.")
    if held.first_visited_on and held.last_visited_on and held.first_visited_on > held.last_visited_on:
        raise NotNow("The first visit cannot be after the last. Check the days.")


def _at(day: date | None) -> datetime | None:
    return local(day) if day else None


def _take_on(nominal: Nominal, person: Person, facts: NominalFacts, notified_at: datetime) -> None:
    if notified_at > now():
        raise NotNow("That time is still to come. Check the date and time.")
    if facts.managed_as not in ManagedAs.values:
        raise NotNow("Say why they are managed.")
    if facts.category not in Category.values or facts.level not in Level.values:
        raise NotNow("Choose the MAPPA category and level.")
    Person.objects.select_for_update(of=("self",)).get(pk=person.same_as_id)  # nobody else takes them on meanwhile
    with acting(TAKES_ON, apart=True):  # also where whoever asks may not see that record
        same = Nominal.objects.filter(person__same_as=person.same_as_id, state__in=OURS)
        if same.figures().exists():
            raise NotNow("They are managed here already: see the page of the person.")
    nominal.reference, nominal.person = next_reference("NOM"), person
    nominal.manager, nominal.team = facts.manager, team_of_manager(facts.manager)
    for name in ("managed_as", "category", "level", "lead_agency"):
        setattr(nominal, name, getattr(facts, name))
    if nominal.is_registered and nominal.category == Category.NONE:
        nominal.category = Category.ONE.value
    nominal.external_system, nominal.external_ref = _named(facts.external_system, facts.external_ref)
    nominal.warnings, nominal.began_at, nominal.notified_at = facts.warnings.strip(), now(), notified_at


def _named(system: str, ref: str) -> tuple[str, str]:
    """A reference names its system; nobody else here has it."""
    system, ref = system.strip(), ref.strip()
    if bool(system) != bool(ref):
        raise NotNow("Give the other system and its reference, or neither.")
    with acting(TAKES_ON, apart=True):
        if ref and Nominal.objects.filter(external_system=system, external_ref=ref).figures().exists():
            raise NotNow(f"Somebody here has the reference {ref} of {system} already.")
    return system, ref


def _must_notify(
    nominal: Nominal, by: User | System, requirements: Sequence[RequirementFacts], *, is_new: bool = True
) -> None:
    if not requirements:
        raise NotNow(
            "Give the offence, what the court did and the relevant date: the notification period rests on them."
        )
    nominal.relevant_on = min(each.relevant_on for each in requirements)
    _set_period(nominal, [_counted(each) for each in requirements])
    _on_record(nominal)
    _record(nominal, by, requirements)
    if is_new or nominal.last_notified_on is None:
        about: dict[str, Any] = {
            "kind": "initial",
            "what": "",
            "arose_on": max(nominal.relevant_on, statutory.PART_2_BEGAN),
        }
        raise_duty(NotificationDuty(), by=COUNTS, nominal=nominal, **about)
    else:
        begin_periodic(nominal)


def _on_record(nominal: Nominal) -> None:
    """What follows reads the database: whoever is new is there from here on."""
    if nominal._state.adding:
        nominal.state = State.AWAITING_VISIT.value
        nominal.save()


def _counted(said: RequirementFacts) -> statutory.Period:
    """How long the Act makes them notify for this one."""
    must_say(said.offence, "the offence, as Schedule 3 names it")
    if said.relevant_on > today():
        raise NotNow("The relevant date cannot be in the future. Check the day.")
    about: dict[str, Any] = {"under_18": said.under_18, "discharged_until": said.discharged_until}
    try:
        return statutory.period(said.disposal, said.relevant_on, **about)
    except statutory.NoSuchRule as refusal:
        raise NotNow(str(refusal)) from refusal


def _record(nominal: Nominal, by: User | System, requirements: Sequence[RequirementFacts]) -> None:
    for said in requirements:
        counted = _counted(said)
        Requirement.objects.create(
            nominal=nominal,
            offence=said.offence.strip(),
            disposal=said.disposal,
            relevant_on=said.relevant_on,
            under_18=said.under_18,
            ends_on=counted.ends_on,
            rule=counted.section,
            recorded_at=now(),
            recorded_by=None if isinstance(by, System) else by,
        )


def _set_period(nominal: Nominal, periods: Sequence[statutory.Period]) -> None:
    """The one that lasts longest governs."""
    ends_on = statutory.longest(periods).ends_on
    nominal.period_ends_on, nominal.indefinite = ends_on, ends_on is None


def _warn_everybody(nominal: Nominal, by: User | System) -> None:
    """Whoever meets them is warned, and what links them with a child is looked at before this is committed."""
    registered = nominal.is_registered and nominal.relevant_on
    is_flagged(nominal, by, Flag.Kind.RSO if registered else Flag.Kind.POSES_RISK, nominal.relevant_on)


def team_of_manager(manager: User) -> Team:
    """The team in which somebody manages offenders."""
    if not who_may_do(Can.MANAGE_OFFENDERS).filter(pk=manager.pk).exists():
        raise NotNow(f"{manager} manages no offenders: choose somebody who does.")
    team: Team = next(post.team for post in posts_of(manager) if post.person_id == manager.pk)
    return team
