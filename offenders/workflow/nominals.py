"""The life of a managed person, as what happens to them moves it. Each verb is made by what happened: a visit that was
recorded, a spell in custody, an approval."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.utils.timezone import localdate

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import Team, User
from offenders.codes import Access, Risk, TaskKind, Whereabouts
from offenders.flags import no_longer_flagged
from offenders.models import OURS, ChildContact, HubQuery, Nominal
from offenders.models.nominal import OfANominal
from offenders.workflow.hub_tasks import ask_hub
from offenders.workflow.notifications import nothing_is_owed
from sla.owners import pass_on
from workflow.transitions import NotNow, OneOf, must_say, transition

State = Nominal.State
ENDS = System("whether a child waits")
OUTSIDE_CUSTODY = [state for state in OURS if state != State.IN_CUSTODY.value]
CAN_BE_VISITED = [
    State.PRE_SENTENCE.value,
    State.AWAITING_VISIT.value,
    State.ACTIVE.value,
    State.REACTIVE.value,
    State.RELEASED.value,
]


@transition(source=OUTSIDE_CUSTODY, target=State.IN_CUSTODY.value, may=Can.SEE_OFFENDERS)
def taken_in(nominal: Nominal, *, by: System, whereabouts: str) -> None:
    """They are in custody or hospital: nobody visits, and what they had to notify does not run."""
    nominal.whereabouts, nominal.missing_since = whereabouts, None


def _after_custody(nominal: Nominal) -> str:
    return State.PRE_SENTENCE.value if nominal.is_before_sentence else State.RELEASED.value


@transition(
    source=State.IN_CUSTODY.value,
    target=OneOf(_after_custody, (State.RELEASED.value, State.PRE_SENTENCE.value)),
    may=Can.SEE_OFFENDERS,
)
def let_out(nominal: Nominal, *, by: System, at: datetime) -> None:
    """They are out: the clocks of a visit begin again from when police knew."""
    nominal.whereabouts, nominal.notified_at = Whereabouts.COMMUNITY, at
    nominal.access = Access.ACTIVE


@transition(source=OUTSIDE_CUSTODY, may=Can.SEE_OFFENDERS)
def went_abroad(nominal: Nominal, *, by: System) -> None:
    """They have left the United Kingdom: what they had to notify does not run."""
    nominal.whereabouts = Whereabouts.ABROAD


@transition(source=OUTSIDE_CUSTODY, may=Can.SEE_OFFENDERS)
def came_back(nominal: Nominal, *, by: System) -> None:
    """They are in the United Kingdom again."""
    nominal.whereabouts = Whereabouts.COMMUNITY


def _after_a_visit(nominal: Nominal) -> str:
    return State.PRE_SENTENCE.value if nominal.state == State.PRE_SENTENCE else State.ACTIVE.value


@transition(
    source=CAN_BE_VISITED,
    target=OneOf(_after_a_visit, (State.PRE_SENTENCE.value, State.ACTIVE.value)),
    may=Can.SEE_OFFENDERS,
)
def visited(nominal: Nominal, *, by: System, at: datetime) -> None:
    """Somebody has seen them at home. Counted from the visit, not from when it was written down."""
    nominal.first_visited_at = min(nominal.first_visited_at or at, at)
    nominal.last_visited_at = max(nominal.last_visited_at or at, at)
    nominal.access = Access.ACTIVE


@transition(source=OURS, may=Can.SEE_OFFENDERS)
def assessed(nominal: Nominal, *, by: System, risk: str, at: datetime, written_at: datetime) -> None:
    """An assessment has been approved: this is the risk now. What happened after it was written it did not weigh."""
    if nominal.reassess_since is not None and written_at >= nominal.reassess_since:
        nominal.reassess_since, nominal.reassess_because = None, ""
    low = risk == Risk.LOW
    nominal.low_since = (nominal.low_since or localdate(at)) if low else None
    nominal.risk, nominal.assessed_at = risk, at


@transition(source=OURS, may=Can.SEE_OFFENDERS)
def planned(nominal: Nominal, *, by: System, interval_days: int) -> None:
    """A plan has been approved: it says how often somebody visits."""
    nominal.interval_days, nominal.interval_for = interval_days, nominal.risk


@transition(source=State.ACTIVE.value, target=State.REACTIVE.value, may=Can.SEE_OFFENDERS)
def made_reactive(nominal: Nominal, *, by: System) -> None:
    """An inspector has approved it: they are no longer visited, and watched from afar."""
    nominal.access = Access.REACTIVE


@transition(source=State.REACTIVE.value, target=State.ACTIVE.value, may=Can.SEE_OFFENDERS)
def made_active(nominal: Nominal, *, by: System, because: str, at: datetime) -> None:
    """Something new is known: they are visited again, and soon."""
    nominal.access, nominal.notified_at, nominal.active_again_at = Access.ACTIVE, at, at


@transition(source=OURS, may=Can.SUPERVISE_OFFENDERS)
def reallocate(nominal: Nominal, *, by: User, manager: User, team: Team, because: str) -> None:
    """Another offender manager has them from now on, and every clock goes along."""
    must_say(because, "why they get another manager")
    if manager.pk == nominal.manager_id:
        raise NotNow(f"{manager} manages them already.")
    nominal.manager, nominal.team = manager, team
    pass_on(records_about(nominal), owner=manager, team=team)


@transition(source=OURS, target=State.TRANSFERRED.value, may=Can.SEE_OFFENDERS)
def transferred_out(nominal: Nominal, *, by: System, force: str) -> None:
    """Another force has accepted them: from now on they are theirs."""
    nominal.whereabouts = Whereabouts.TRANSFERRED
    nothing_is_owed(nominal, f"Managed by {force} from now on")


@transition(source=OURS, target=State.ENDED.value, may=Can.SUPERVISE_OFFENDERS)
def end(nominal: Nominal, *, by: User, because: str) -> None:
    """A supervisor says that they need not be managed any more, and why."""
    must_say(because, "why they are not managed any more")
    _no_child_waits(nominal)
    _end(nominal, by, because)
    no_longer_flagged(nominal)
    ask_hub(TaskKind.PERIOD_END, nominal, f"No longer managed: {because.strip()}", arises_from=nominal, since=now())


@transition(source=OURS, target=State.ENDED.value, may=Can.SUPERVISE_OFFENDERS)
def died(nominal: Nominal, *, by: User, died_on: date, how_known: str) -> None:
    """They have died, and somebody says how we know."""
    must_say(how_known, "how we know")
    if died_on > localdate(now()):
        raise NotNow("That day is still to come.")
    nominal.whereabouts = Whereabouts.DECEASED
    _end(nominal, by, f"Died on {died_on:%-d %B %Y}: {how_known.strip()}")
    no_longer_flagged(nominal)
    ask_hub(TaskKind.DEATH, nominal, nominal.ended_because, arises_from=nominal, since=now())


def _no_child_waits(nominal: Nominal) -> None:
    """Contact with a child is seen through first, also one that whoever ends it may not see."""
    with acting(ENDS, apart=True):
        contacts = ChildContact.objects.filter(nominal=nominal, closed_at=None)
        waits = contacts.exclude(state=ChildContact.State.IN_ERROR).order_by("discovered_at", "pk").first()
    if waits is not None:
        raise NotNow(f"{waits} is not closed: nobody knows yet what protects a child they have contact with.")


def _end(nominal: Nominal, by: User, because: str) -> None:
    nominal.ended_at, nominal.ended_by, nominal.ended_because = now(), by, because.strip()
    nothing_is_owed(nominal, "They are not managed any more")


@transition(source=[State.ENDED.value, State.TRANSFERRED.value], target=State.ARCHIVED.value, may=Can.KEEP_REGISTER)
def archive(nominal: Nominal, *, by: User, visor_ref: str) -> None:
    """ViSOR has the archived record: nothing more is done here."""
    must_say(visor_ref, "the reference of the archived record")


def records_about(nominal: Nominal) -> list[UUID]:
    """Keys of everything about them whose clock may be their manager's."""
    keys: list[UUID] = [nominal.pk]
    for kind in (each for each in apps.get_app_config("offenders").get_models() if issubclass(each, OfANominal)):
        keys += kind.objects.filter(nominal=nominal).figures().values_list("pk", flat=True)
    keys += HubQuery.objects.filter(task__nominal=nominal).figures().values_list("pk", flat=True)
    return keys
