"""Pre-charge bail: conditions that protect a child until a moment that the Act sets. It is extended before that moment
or it is gone, and whoever ends it says how the child is protected then."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from online import bail_law
from online.bail_law import NoSuchBail, Rule
from online.codes import Authority, Status
from online.models import Bail, BailChange, Suspect
from online.workflow.safety_plans import SafetyFacts, file_plan, is_a_child_linked, owe_plan
from online.workflow.suspects import OVER, conditions_gone, put_on_bail
from sla.calendar import local
from workflow.transitions import NotNow, must_say, transition

State = Bail.State
What = BailChange.What
ENDS = System("bail")
STANDING = [State.IN_FORCE.value, State.LAPSED.value]


@dataclass(frozen=True)
class Conditions:
    """Each is said, also where there is none: “none, because …”."""

    contact: str
    address: str
    devices: str


@dataclass(frozen=True)
class BailFacts:
    """When, by whom, until when, and on what conditions."""

    released_at: datetime
    expires_at: datetime
    custody_officer: str
    conditions: Conditions


@transition(target=State.IN_FORCE.value, may=Can.INVESTIGATE_ONLINE)
def bailed(
    bail: Bail,
    *,
    by: User,
    suspect: Suspect,
    facts: BailFacts,
    plan: SafetyFacts | None = None,
    why_no_plan: str = "",
) -> None:
    """A suspect is released on bail. Where a child is linked the safety plan goes with it, or why it does not yet."""
    suspect = Suspect.objects.select_for_update(of=("self",)).get(pk=suspect.pk)
    if suspect.state != Status.ARRESTED or suspect.arrested_at is None:
        raise NotNow(f"{suspect} has to be arrested first: it is {suspect.get_state_display().lower()}.")
    must_say(facts.custody_officer, "which custody officer gave bail")
    _must_be_whole(facts.conditions)
    if not suspect.arrested_at <= facts.released_at <= now():
        raise NotNow("They were released at a time between the arrest and now.")
    if is_a_child_linked(suspect.online_case) and plan is None:
        must_say(why_no_plan, "why no safety plan is there at release: a child is linked with this case")
    what = _first(suspect)
    _must_be_allowed(what, suspect, facts.released_at, facts.expires_at)
    bail.suspect, bail.online_case, bail.reference = suspect, suspect.online_case, next_reference("BAI")
    bail.released_at, bail.expires_at = facts.released_at, facts.expires_at
    bail.starts_on = bail_law.start_date(_arrested_on(suspect))
    bail.authority, bail.rule = what.authority, what.in_words()
    bail.custody_officer = facts.custody_officer.strip()
    _set(bail, facts.conditions)
    with acting(ENDS):
        put_on_bail(suspect, by=ENDS, at=facts.released_at)
    owed = owe_plan(suspect, since=facts.released_at, why_not_yet=why_no_plan)
    if owed and plan and owed.state == owed.State.NEEDED:
        file_plan(owed, by=by, facts=plan)


def _arrested_on(suspect: Suspect) -> date:
    return timezone.localdate(suspect.arrested_at)


def _first(suspect: Suspect) -> Rule:
    try:
        return bail_law.first_rule(_arrested_on(suspect))
    except NoSuchBail as refusal:
        raise NotNow(str(refusal)) from refusal


def until_at_most(what: Rule, suspect: Suspect, expires_at: datetime | None = None) -> datetime:
    """The moment at which bail by this rule is over at the latest: the end of its last day."""
    ends_on = timezone.localdate(expires_at) if expires_at else None
    return local(bail_law.last_day(what, _arrested_on(suspect), ends_on) + timedelta(days=1))


def next_rules(bail: Bail) -> list[Rule]:
    """By whose authority it can be extended next."""
    return bail_law.may_follow(_arrested_on(bail.suspect), bail.authority)


def _must_be_allowed(
    what: Rule, suspect: Suspect, begins: datetime, expires_at: datetime, before: datetime | None = None
) -> None:
    if expires_at <= begins:
        raise NotNow("Bail ends after it begins. Check the date and time.")
    at_most = until_at_most(what, suspect, before)
    if expires_at > at_most:
        last = timezone.localdate(at_most - timedelta(microseconds=1))
        raise NotNow(f"The Act allows it until {last:%-d %B %Y} and no longer ({what.in_words()}).")


def _must_be_whole(conditions: Conditions) -> None:
    must_say(conditions.contact, "the conditions on contact; “none, because …” is an answer")
    must_say(conditions.address, "the conditions on where they live and may go; “none, because …” is an answer")
    must_say(conditions.devices, "the conditions on devices and the internet; “none, because …” is an answer")


def _set(bail: Bail, conditions: Conditions) -> None:
    bail.about_contact = conditions.contact.strip()
    bail.about_address = conditions.address.strip()
    bail.about_devices = conditions.devices.strip()


@transition(source=State.IN_FORCE.value, may=Can.INVESTIGATE_ONLINE)
def bail_extended(bail: Bail, *, by: User, rule: str, authorised_by: str, until: datetime, because: str) -> None:
    """Extended by the next authority that the Act names, before it ran out; by a court also after, if asked in time."""
    must_say(authorised_by, "who authorised it, by rank and name, or which court")
    must_say(because, "why it is needed and proportionate")
    if has_run_out(bail):
        raise NotNow(f"{bail} has run out: it cannot be extended any more.")
    try:
        what = bail_law.rule(rule, _arrested_on(bail.suspect), bail.authority)
    except NoSuchBail as refusal:
        raise NotNow(str(refusal)) from refusal
    _must_be_allowed(what, bail.suspect, max(bail.expires_at, now()), until, bail.expires_at)
    about = {"expired_at": bail.expires_at, "expires_at": until, "rule": what.in_words(), "authority": what.authority}
    _changed(bail, What.EXTENDED, by, because, authorised_by=authorised_by.strip(), **about)
    bail.expires_at, bail.authority, bail.rule, bail.applied_at = until, what.authority, what.in_words(), None


def has_run_out(bail: Bail) -> bool:
    """Whether its conditions are gone. While a court that was asked in time has not decided, they stand (s.47ZJ(3))."""
    return bail.expires_at < now() and bail.applied_at is None


def _changed(bail: Bail, what: BailChange.What, by: User, because: str, **about: object) -> None:
    BailChange.objects.create(
        online_case=bail.online_case,
        bail=bail,
        what=what.value,
        at=now(),
        by=by,
        because=because.strip(),
        **about,
    )


@transition(source=State.IN_FORCE.value, may=Can.INVESTIGATE_ONLINE)
def court_asked(bail: Bail, *, by: User, said: str) -> None:
    """A magistrates' court has been asked to extend it. Until it decides, bail goes on (s.47ZJ(3))."""
    must_say(said, "which court was asked, and when it hears it")
    if has_run_out(bail):
        raise NotNow(f"{bail} has run out: a court had to be asked before.")
    if not [each for each in next_rules(bail) if each.authority == Authority.MAGISTRATES]:
        raise NotNow("A court comes after a superintendent: extend it by that authority first.")
    bail.applied_at = bail.applied_at or now()


@transition(source=State.IN_FORCE.value, may=Can.INVESTIGATE_ONLINE)
def court_refused(bail: Bail, *, by: User, said: str) -> None:
    """The court does not extend it. It ends when it would have ended, or now."""
    must_say(said, "what the court said")
    if bail.applied_at is None:
        raise NotNow("No court has been asked.")
    bail.applied_at = None


@transition(source=State.IN_FORCE.value, may=Can.INVESTIGATE_ONLINE)
def conditions_varied(bail: Bail, *, by: User, conditions: Conditions, authorised_by: str, because: str) -> None:
    """The conditions are others from now on."""
    _must_be_whole(conditions)
    must_say(authorised_by, "which custody officer or court varied them")
    must_say(because, "why, and how the child is protected by the new ones")
    if has_run_out(bail):
        raise NotNow(f"{bail} has run out: there are no conditions any more.")
    _changed(bail, What.VARIED, by, because, authorised_by=authorised_by.strip())
    _set(bail, conditions)


@transition(source=State.IN_FORCE.value, may=Can.INVESTIGATE_ONLINE)
def bail_breached(bail: Bail, *, by: User, known_at: datetime, what: str) -> None:
    """A condition was broken. A sergeant says within a day what follows."""
    must_say(what, "which condition was broken, how, and what was done at once for the child")
    if not bail.released_at <= known_at <= now():
        raise NotNow("We knew of it at a time between the release and now.")
    _changed(bail, What.BREACHED, by, what)
    bail.breaches, bail.breached_at = bail.breaches + 1, min(bail.breached_at or known_at, known_at)


@transition(source=STANDING, may=Can.SUPERVISE_ONLINE)
def breach_decided(bail: Bail, *, by: User, said: str) -> None:
    """A sergeant says what follows from the breach."""
    must_say(said, "what follows from the breach, and how the child is protected now")
    if bail.breached_at is None:
        raise NotNow("No breach waits for a decision.")
    bail.breached_at = None


@transition(source=State.IN_FORCE.value, target=State.LAPSED.value, may=Can.INVESTIGATE_ONLINE)
def bail_lapsed(bail: Bail, *, by: System) -> None:
    """It ran out, and nobody had extended it or decided. The conditions are gone; somebody has to answer for that."""
    if not has_run_out(bail):
        raise NotNow(f"{bail} has not run out.")
    conditions_gone(bail.suspect, by=by, because=f"{bail} ran out and nobody had decided", at=bail.expires_at)
    owe_plan(bail.suspect, since=bail.expires_at)


@transition(source=State.IN_FORCE.value, may=Can.RESEARCH_ONLINE)
def child_now_linked(bail: Bail, *, by: System) -> None:
    """A child became known while a suspect is on bail: whoever is told of its end is told because of a child."""
    bail.child_known = True


def concerns_no_child(bail: Bail) -> bool:
    return not (bail.child_known or is_a_child_linked(bail.online_case))


@transition(source=State.LAPSED.value, target=State.ENDED.value, may=Can.SUPERVISE_ONLINE)
def lapse_answered(bail: Bail, *, by: User, said: str, protects: str = "") -> None:
    """A sergeant answers for bail that ran out: why, what follows, and how the child is protected without it."""
    must_say(said, "why it ran out, and what follows")
    if is_a_child_linked(bail.online_case):
        must_say(protects, "how the child is protected now; a child is linked with this case")
    bail.ended_at, bail.ended_by = now(), by
    bail.ended_because = " ".join(filter(None, [said.strip(), protects.strip()]))


@transition(source=STANDING, target=State.ENDED.value, may=Can.INVESTIGATE_ONLINE)
def bail_ended(bail: Bail, *, by: System, because: str, ended_by: User) -> None:
    """The suspect stands otherwise: charged, released without conditions, or nothing follows. Bail is over."""
    bail.ended_at, bail.ended_by, bail.ended_because = now(), ended_by, because
    bail.applied_at = bail.breached_at = None


def _over(suspect: Suspect, by: User, because: str) -> None:
    with acting(ENDS):
        for bail in Bail.objects.filter(suspect=suspect, state__in=STANDING):
            bail_ended(bail, by=ENDS, because=because, ended_by=by)


OVER.append(_over)


def lapse_all() -> int:
    """Every few minutes: whatever has run out is said to have lapsed. Returns how many that were."""
    with acting(ENDS):
        gone = Bail.objects.filter(state=State.IN_FORCE, expires_at__lt=now(), applied_at=None)
        found = list(gone.order_by("expires_at", "pk"))
        for bail in found:
            with suppress(NotNow):  # somebody was quicker
                bail_lapsed(bail, by=ENDS)
    return len(found)


def law_says(suspect: Suspect) -> str:
    """For whoever records bail: until when it may last at first. Raises NoSuchBail."""
    what = bail_law.first_rule(_arrested_on(suspect))
    last = timezone.localdate(until_at_most(what, suspect) - timedelta(microseconds=1))
    return f"At most until {last:%-d %B %Y} ({what.in_words()})."
