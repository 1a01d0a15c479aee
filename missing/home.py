"""What the home page says about missing children: to the control room, officers, sergeants, inspectors, the MASH."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from missing.codes import CHECKS, MISSING, NOT_ATTENDED, State
from missing.models import Episode, PlanAction
from missing.rows import INACTIVE, action_as_work, as_work, running
from sla.work import HOME, Share, nearest_clocks

FEW = 5


def _share(heading: str, rows: QuerySet[Episode], at: datetime, show: str) -> Share:
    first = list(rows.select_related("person", "owner").order_by("due_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    found = [as_work(episode, clocks.get(episode.pk), at) for episode in first]
    return Share(heading, found, rows.count(), f"/missing/?show={show}")


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    out = Episode.objects.filter(state__in=MISSING)
    if Can.SUPERVISE_MISSING in acts or Can.DEPLOY_FOR_MISSING in acts:
        yield _share("Missing, and nothing done for too long", out.filter(pk__in=running(INACTIVE, at)), at, "inactive")
    if Can.DEPLOY_FOR_MISSING in acts:
        yield _share("Missing, to grade", out.filter(state=State.REPORTED), at, "unattended")
        waits = out.filter(state__in=NOT_ATTENDED, pk__in=running(["MC1"], at))
        yield _share("Missing, nobody there, and not re-assessed", waits, at, "reassess")
    if Can.SUPERVISE_MISSING in acts and Can.ATTEND in acts:
        yield _share("Missing, risk to ratify", out.filter(state=State.ATTENDED, assessed_at__lte=at), at, "ratify")
        yield _share("Missing, review late", out.filter(pk__in=running(["MC6", "MC6S"], at)), at, "review")
        heard = Episode.objects.filter(state=State.INTERVIEWED)
        yield _share("Found and heard, to close", heard, at, "to_close")
    if Can.COMMAND_MISSING in acts:
        yield _share("Missing, inspector's review late", out.filter(pk__in=running(["MC7"], at)), at, "review")
    if Can.REQUEST_STRATEGY_MEETING in acts:
        meet = Episode.objects.filter(pk__in=running(["MC11"]), needs_meeting_at__lte=at)
        yield _share("Missing children about whom the agencies may have to meet", meet, at, "meeting")
    if Can.DECIDE_DAILY in acts:
        yield _share("Missing children for the daily meeting", out, at, "daily")
    yield from _mine(user, acts, at)


def _mine(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.SEARCH_FOR_MISSING not in acts:
        return
    yours = Episode.objects.filter(owner__in=people_answered_for(user), state__in=[*MISSING, *CHECKS])
    yield _share("Missing children who are yours", yours, at, "mine")
    if Can.HEAR_CHILD in acts:
        found = Episode.objects.filter(state=State.FOUND, pk__in=running(["MC13"]))
        yield _share("Found, and nobody has heard the child yet", found, at, "found")
    rows = PlanAction.objects.filter(state=PlanAction.State.OPEN, owner__in=people_answered_for(user))
    first = list(rows.select_related("owner", "episode__person").order_by("due_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    found_actions = [action_as_work(action, clocks.get(action.pk)) for action in first]
    yield Share("Your actions for missing children", found_actions, rows.count())


HOME.needs_me.append(needs_me)
