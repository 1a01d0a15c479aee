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
from access.time import holding, install_movable_clock, now, today
from accounts.models import User
from cohort.models import CohortEntry
from demo import (
    agency_people,
    briefing,
    cohort,
    control_room,
    insight_evidence,
    insight_figures,
    insight_staffing,
    known,
    mash,
    missing,
    offender_hub,
    offender_stories,
    offenders,
    online,
    online_ends,
    online_images,
    online_stories,
    online_well,
    partner_account,
    password,
    quality_learning,
    quality_recommendations,
    quality_samples,
    quality_scrutiny,
    quality_training,
    resolution,
    stories,
    town,
    waiting,
)
from demo.agencies import SOCIAL_CARE, open_agencies
from demo.chronicle import Chronicle, Event, when
from demo.clock import is_movable
from demo.figures import SEED, Figures
from demo.offender_staff import STAFF
from demo.online_staff import STAFF as ONLINE_STAFF
from demo.people import CANNOT_SIGN_IN, CAST, COLLEAGUES, Player, hire
from demo.scene import Scene
from demo.writing import Writer
from missing.codes import MISSING
from missing.codes import State as EpisodeState
from missing.models import Episode
from missing.workflow.raising import add_scheme
from offenders.codes import ManagedAs
from offenders.models import OURS, Approval, HubTask, Nominal, Pillar
from online import models as online_models
from online.models import LinkedChild, OnlineCase, SharedImage
from partners.models import SharingRule
from places.models import LocalAuthority
from ppn.models import WAITING_FOR_REVIEW, Ppn
from ppn.models import State as PpnState
from quality.models import Course, CourseTheme, Theme
from sla.engine import sweep
from sla.models import Escalation, Heartbeat, Notification
from triage.backlog import CHILDREN
from triage.codes import WITH_A_TEAM
from triage.models import NOT_ATTENDED, Destination, Grade, Incident
from triage.models import State as IncidentState

Say = Callable[[str], None]
HISTORY = timedelta(days=24)  # the oldest incident of the resolution centre is 23 days old
DAYS_OF_STATISTICS = {0, 1, 3, 7, 15}  # each time there is about twice as much as the last time
MINUTES_OF_STATISTICS = (0, 1, 3, 7, 15)  # of the hour in which a manager's offenders are taken over each minute
BEGAN = timedelta(days=quality_recommendations.PUBLISHED)  # nothing is older
HIRED = timedelta(days=400)
DEMO = System("demo")
WITH_ROWS = SharingRule | Pillar | Theme | Course | CourseTheme
"""Tables that are never empty: rows of theirs come with the migrations."""


class NotForTheDemo(Exception):
    """The database holds records and is not the demo's: it may be a real force's."""


def seed(say: Say, *, size: float = 1.0) -> bool:
    """Invent everything, unless it is there already. `size`: a smaller force, for tests. Says whether it did."""
    if is_the_demo():
        say("The invented people and their work are here already; nothing was changed.")
        return False
    refuse_a_real_force()
    install_movable_clock()
    let_statistics_be_taken()
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


def refuse_a_real_force() -> None:
    with acting(DEMO):
        for model in our_models():
            # The ledger cannot be read from here, and a heartbeat says only that a worker ran.
            if not issubclass(model, LedgerRow | Heartbeat | WITH_ROWS) and model._default_manager.exists():
                raise NotForTheDemo(
                    f"This database already holds records ({model._meta.verbose_name_plural}) and is not the demo's. "
                    "Nothing was changed."
                )


def let_statistics_be_taken() -> None:
    """Everything is invented in one transaction, whose rows PostgreSQL has never counted: without statistics it reads
    everybody's homes for each link between people. From version 17 on the application can be let take them itself."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE cases_sighting")  # nobody is sighted in the demo
        if _cantake_statistics():
            cursor.execute(f"GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {APP_ROLE}")


def _cantake_statistics() -> bool:
    return connection.pg_version >= 170_000  # type: ignore[attr-defined] # of PostgreSQL alone


def take_statistics() -> None:
    if _cantake_statistics():
        tables = ", ".join(model._meta.db_table for model in our_models() if not issubclass(model, LedgerRow))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def _invent(say: Say, size: float) -> None:
    scene = _set(say, size)
    visits, with_a_notice = control_room.attended(scene)
    managed: list[offenders.Managed] = []
    offending = _offenders(replace(scene, writer=Writer(SEED), rng=Random(SEED)), managed)
    abuse, read_later = _online(replace(scene, writer=Writer(SEED), rng=Random(SEED)), managed)
    unread = max(scene.figures.waiting - with_a_notice - stories.UNREAD - read_later, 1)
    by_phone = scene.figures.by_phone - waiting.BY_PHONE - online_images.BY_PHONE
    calls = chain(
        control_room.in_the_hub(scene, max(scene.figures.in_hub - waiting.IN_HUB, 1)),
        control_room.waiting_for_a_unit(scene),
        resolution.in_the_resolution_centre(scene, max(by_phone, 2)),
        waiting.events(scene),
        visits,
    )
    kept: list[cohort.Kept] = []
    apart = replace(scene, writer=Writer(SEED), rng=Random(SEED))  # chance of its own: nobody else's texts change
    children = [*cohort.events(apart, kept), *missing.events(apart, kept)]
    others = [*known.events(scene), *stories.events(scene), *mash.events(scene, unread), *calls]
    _live(scene, [*children, *offending, *abuse, *others, *_quality(scene), *_the_whole(scene)], say)
    agency_people.let_in(scene)
    for line in _figures():
        say(line)


def _quality(scene: Scene) -> list[Event]:
    """What was drawn for a second look, learned, taught, and asked for by inspectors and by the scrutiny group."""
    parts = [quality_recommendations, quality_scrutiny, quality_training, quality_samples, quality_learning]
    return [event for part in parts for event in part.events(scene)]


def _the_whole(scene: Scene) -> list[Event]:
    """Daily meetings, shifts that are planned, last month's figures, and a pack for an inspector."""
    parts = (briefing, insight_staffing, insight_figures, insight_evidence)
    return [event for part in parts for event in part.events(scene)]


def _online(scene: Scene, managed: list[offenders.Managed]) -> tuple[list[Event], int]:
    """What was investigated, and how many of its notices wait in the MASH like any other."""
    book, shared = online.Book(scene), list[online_images.Shared]()
    told = [*online_stories.events(book), *online_ends.events(book), *online_well.an_online_case_done_well(book)]
    number = max(scene.figures.online_referrals - online_stories.IN_THE_MONTH, 1)
    most = [*online.ordinary(book, number, online_stories.LEVELS, managed), *online.tidied(scene)]
    images = list(online_images.events(scene, shared))
    waiting = [each.waits_to_be_read for each in book.cases] + [each.waits_to_be_read for each in shared]
    return [*told, *most, *images], sum(waiting)


def _offenders(scene: Scene, everybody: list[offenders.Managed]) -> list[Event]:
    """Three thousand are taken over at once: statistics are taken while they are, or each would be looked for among all
    the others."""
    began = scene.now - offenders.TAKEN_OVER + timedelta(seconds=30)
    counted = [when(began + timedelta(minutes=after), take_statistics) for after in MINUTES_OF_STATISTICS]
    first = [*offenders.events(scene, everybody), *counted]
    return [*first, *offender_hub.events(scene, everybody), *offender_stories.events(scene, everybody)]


def _set(say: Say, size: float) -> Scene:
    """Who is there, and when it is."""
    at, words = now(), password.made()
    if words is None:
        say("LONGSTOP_RUN names no folder to keep a password in, so nobody can sign in.")
    hashed = make_password(words) if words else CANNOT_SIGN_IN
    with holding(at - BEGAN - timedelta(days=1)):  # before it all, or a page as it stood would be without them
        people = hire(at - HIRED, password_hash=hashed) | hire(at - HIRED, players=_colleagues())
        town.build(people["ines"])
        agencies = open_agencies()
    schools_are_told_of_missing_children(people["ines"])
    say(f"{len(CAST)} people in the cast, {len(_colleagues())} colleagues")
    partner_account.let_in(agencies[SOCIAL_CARE.value], people["ines"])
    return Scene(at, Figures().scaled(size), people, agencies, hashed)


def _colleagues() -> list[Player]:
    """Those as whom nobody signs in."""
    return [*COLLEAGUES, *STAFF, *ONLINE_STAFF]


def schools_are_told_of_missing_children(by: User) -> None:
    """Live in three of the four authorities; the island has not agreed yet."""
    for authority in LocalAuthority.objects.order_by("code"):
        live = authority.code != town.MERROW
        said = "Agreed with the authority's safeguarding lead" if live else "Asked in May, not agreed yet"
        add_scheme(by=by, authority=authority, starts=today() - HISTORY, is_live=live, because=said)


def _live(scene: Scene, events: list[Event], say: Say) -> None:
    """Day after day, with the sweep as the workers would have run it."""
    chronicle, days = Chronicle(scene.now - BEGAN, scene.now), HISTORY.days
    for day in range(days):
        began, ends = time.monotonic(), scene.ago(days=days - 1 - day)
        # The first day takes what is older, too: nothing that was invented is left out.
        todays = [event for event in events if event.at < ends and (not day or event.at >= ends - timedelta(days=1))]
        chronicle.live(todays, ends)
        if day in DAYS_OF_STATISTICS:
            take_statistics()
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
        _managed(),
        _investigated(),
    ]


def _missing() -> str:
    out, closed = Episode.objects.filter(state__in=MISSING), Episode.objects.filter(state=EpisodeState.CLOSED)
    in_cohort = CohortEntry.objects.filter(state=CohortEntry.State.IN_COHORT)
    return (
        f"{out.count()} children are missing; {closed.count()} are back and their return interview is not read; "
        f"{in_cohort.count()} in the cohort of the missing team"
    )


def _managed() -> str:
    ours = Nominal.objects.filter(state__in=OURS)
    registered = ours.filter(managed_as=ManagedAs.RSO).count()
    tasks = HubTask.objects.exclude(state=HubTask.State.CLOSED).count()
    approvals = Approval.objects.filter(state=Approval.State.WAITING).count()
    return (
        f"{registered} registered sex offenders and {ours.count() - registered} others; "
        f"{tasks} tasks wait in the ViSOR hub, {approvals} approvals for a supervisor"
    )


def _investigated() -> str:
    """How many investigations there are, and children whose images were shared."""
    cases, images = OnlineCase.objects.filter(state__in=online_models.OPEN), SharedImage.objects
    children = LinkedChild.objects.count()
    waiting = images.filter(seen_at=None).exclude(state__in=["resolved", "in_error"]).count()
    return (
        f"{cases.count()} investigations into online abuse, with {children} children; "
        f"{waiting} of {images.count()} children whose image was shared not seen yet"
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
