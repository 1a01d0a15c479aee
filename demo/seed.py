"""A fictional force with invented people, put where the inspectors found the real one: all of it, or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import connection, connections, transaction
from django.db.models import QuerySet

from access.actor import System, acting
from access.checks import our_models
from access.models import LedgerRow
from access.sql import APP_ROLE
from access.time import install_movable_clock, now, today
from accounts.models import User
from cohort.models import CohortEntry
from demo import (
    agency_people,
    cohort,
    control_room,
    known,
    mash,
    missing,
    partner_account,
    password,
    resolution,
    stories,
    town,
    waiting,
)
from demo.agencies import SOCIAL_CARE, open_agencies
from demo.chronicle import Chronicle, Event
from demo.clock import is_movable
from demo.figures import SEED, Figures
from demo.people import CANNOT_SIGN_IN, CAST, COLLEAGUES, hire
from demo.scene import Scene
from demo.writing import Writer
from missing.codes import MISSING
from missing.codes import State as EpisodeState
from missing.models import Episode
from missing.workflow.raising import add_scheme
from partners.models import SharingRule
from places.models import LocalAuthority
from ppn.models import WAITING_FOR_REVIEW, Ppn
from ppn.models import State as PpnState
from sla.engine import sweep
from sla.models import Escalation, Heartbeat, Notification
from triage.backlog import CHILDREN
from triage.codes import WITH_A_TEAM
from triage.models import NOT_ATTENDED, Destination, Grade, Incident
from triage.models import State as IncidentState

Say = Callable[[str], None]
HISTORY = timedelta(days=24)  # the oldest incident of the resolution centre is 23 days old
DAYS_OF_STATISTICS = {0, 1, 3, 7, 15}  # each time there is about twice as much as the last time
HIRED = timedelta(days=400)
DEMO = System("demo")


class NotForTheDemo(Exception):
    """The database holds records and is not the demo's: it may be a real force's."""


def seed(say: Say, *, size: float = 1.0) -> bool:
    """Invent everything, unless it is there already. `size`: a smaller force, for tests. Says whether it did."""
    if is_the_demo():
        say("The invented people and their work are here already; nothing was changed.")
        return False
    _refuse_a_real_force()
    install_movable_clock()
    _let_statistics_be_taken()
    began = time.monotonic()
    with transaction.atomic(), acting(DEMO):
        _invent(say, size)
    swept = time.monotonic()
    found = sweep()
    say(f"Last sweep: {found} more in {time.monotonic() - swept:.2f} s; in all {_raised()}")
    say(f"Invented in {time.monotonic() - began:.1f} s")
    return True


def is_the_demo() -> bool:
    return is_movable() and User.objects.filter(username__in=[p.username for p in CAST]).count() == len(CAST)


def _refuse_a_real_force() -> None:
    with acting(DEMO):
        for model in our_models():
            # The ledger cannot be read from here, and a heartbeat says only that a worker ran.
            if not issubclass(model, LedgerRow | Heartbeat | SharingRule) and model._default_manager.exists():
                raise NotForTheDemo(
                    f"This database already holds records ({model._meta.verbose_name_plural}) and is not the demo's. "
                    "Nothing was changed."
                )


def _let_statistics_be_taken() -> None:
    """Everything is invented in one transaction, whose rows PostgreSQL has never counted: without statistics it reads
    everybody's homes for each link between people. From version 17 on the application can be let take them itself."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE cases_sighting")  # nobody is sighted in the demo
        if _can_take_statistics():
            cursor.execute(f"GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {APP_ROLE}")


def _can_take_statistics() -> bool:
    return connection.pg_version >= 170_000  # type: ignore[attr-defined] # of PostgreSQL alone


def _take_statistics() -> None:
    if _can_take_statistics():
        tables = ", ".join(model._meta.db_table for model in our_models() if not issubclass(model, LedgerRow))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def _invent(say: Say, size: float) -> None:
    scene = _set(say, size)
    visits, with_a_notice = control_room.attended(scene)
    unread = max(scene.figures.waiting - with_a_notice - stories.UNREAD, 1)
    calls = chain(
        control_room.in_the_hub(scene, max(scene.figures.in_hub - waiting.IN_HUB, 1)),
        control_room.waiting_for_a_unit(scene),
        resolution.in_the_resolution_centre(scene, max(scene.figures.by_phone - waiting.BY_PHONE, 2)),
        waiting.events(scene),
        visits,
    )
    kept: list[cohort.Kept] = []
    apart = replace(scene, writer=Writer(SEED), rng=Random(SEED))  # chance of its own: nobody else's texts change
    children = [*cohort.events(apart, kept), *missing.events(apart, kept)]
    _live(scene, [*children, *known.events(scene), *stories.events(scene), *mash.events(scene, unread), *calls], say)
    agency_people.let_in(scene)
    for line in _figures():
        say(line)


def _set(say: Say, size: float) -> Scene:
    """Who is there, and when it is."""
    at, words = now(), password.made()
    if words is None:
        say("LONGSTOP_RUN names no folder to keep a password in, so nobody can sign in.")
    hashed = make_password(words) if words else CANNOT_SIGN_IN
    people = hire(at - HIRED, password_hash=hashed) | hire(at - HIRED, players=COLLEAGUES)
    town.build(people["ines"])
    _schools_are_told_of_missing_children(people["ines"])
    say(f"{len(CAST)} people in the cast, {len(COLLEAGUES)} colleagues")
    agencies = open_agencies()
    partner_account.let_in(agencies[SOCIAL_CARE.value], people["ines"])
    return Scene(at, Figures().scaled(size), people, agencies, hashed)


def _schools_are_told_of_missing_children(by: User) -> None:
    """Live in three of the four authorities; the island has not agreed yet."""
    for authority in LocalAuthority.objects.order_by("code"):
        live = authority.code != town.MERROW
        said = "Agreed with the authority's safeguarding lead" if live else "Asked in May, not agreed yet"
        add_scheme(by=by, authority=authority, starts=today() - HISTORY, is_live=live, because=said)


def _live(scene: Scene, events: list[Event], say: Say) -> None:
    """Day after day, with the sweep as the workers would have run it."""
    chronicle, days = Chronicle(scene.now - cohort.BEGAN, scene.now), HISTORY.days
    for day in range(days):
        began, ends = time.monotonic(), scene.ago(days=days - 1 - day)
        # The first day takes what is older, too: nothing that was invented is left out.
        todays = [event for event in events if event.at < ends and (not day or event.at >= ends - timedelta(days=1))]
        chronicle.live(todays, ends)
        if day in DAYS_OF_STATISTICS:
            _take_statistics()
        say(f"Day {day + 1} of {days}: {len(todays)} events, {time.monotonic() - began:.1f} s")


def _figures() -> list[str]:
    """What there is now, queue by queue."""
    incidents = Incident.objects.all()
    urgent = incidents.filter(state__in=NOT_ATTENDED, grade__in=[Grade.G1, Grade.G2])
    late = urgent.filter(attend_by__lt=now())
    in_hub = incidents.filter(state=IncidentState.IN_TRIAGE)
    by_phone = incidents.filter(state__in=WITH_A_TEAM, destination=Destination.RESOLUTION)
    nobodys = by_phone.filter(state=IncidentState.ALLOCATED)
    oldest = (now() - nobodys.earliest("reported_at").reported_at).days
    return [
        _notices(),
        f"{urgent.count()} immediate or priority not attended, {late.count()} of them late; "
        f"{incidents.exclude(attended_at=None).count()} attended",
        f"{in_hub.count()} in the triage hub: {_by_child(in_hub)}; "
        f"{incidents.filter(state=IncidentState.SECOND_LOOK).count()} more wait for a second look",
        f"{by_phone.count()} in the resolution centre: {_by_child(by_phone)}",
        f"{nobodys.count()} of them are nobody's, the oldest {oldest} days old; "
        f"{by_phone.filter(first_contact_at=None).count()} callers have heard nothing yet",
        _missing(),
    ]


def _missing() -> str:
    out, closed = Episode.objects.filter(state__in=MISSING), Episode.objects.filter(state=EpisodeState.CLOSED)
    in_cohort = CohortEntry.objects.filter(state=CohortEntry.State.IN_COHORT)
    return (
        f"{out.count()} children are missing; {closed.count()} are back, and their return interview has not been read; "
        f"{in_cohort.count()} in the cohort of the missing team"
    )


def _notices() -> str:
    notices = Ppn.objects.all()
    waiting = notices.filter(state__in=WAITING_FOR_REVIEW).count()
    others = [state for state in PpnState if state not in WAITING_FOR_REVIEW]
    further = [f"{notices.filter(state=state).count()} {state.label[0].lower()}{state.label[1:]}" for state in others]
    return f"{waiting} notices waiting for review; {'; '.join(further)}"


def _by_child(incidents: QuerySet[Incident]) -> str:
    """How many with a child, possibly one, not known, none."""
    counted = [(label, incidents.filter(which).count()) for label, which in CHILDREN.values()]
    return ", ".join(f"{number} {label[0].lower()}{label[1:]}" for label, number in counted)


def _raised() -> str:
    return f"{Escalation.objects.count()} levels raised, {Notification.objects.count()} notifications"
