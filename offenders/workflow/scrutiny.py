"""Peer scrutiny: every fortnight another team looks at records of a team that were drawn at random. Nobody looks at
their own, and what was found is somebody's to put right."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import posts_of
from accounts.models import Posting, Team, User
from cases.drawing import new_seed, sample
from cases.models import next_reference
from offenders.codes import HIGH_FIRST, Grade
from offenders.hub_lengths import SCRUTINY_SIZE
from offenders.models import OURS, Nominal, ScrutinyItem, ScrutinyRound
from workflow.transitions import NotNow, OneOf, must_say, transition

Drawn = ScrutinyRound.State
State = ScrutinyItem.State
DRAWS = System("peer scrutiny every fortnight")
BESPOKE = ("yes", "part", "no")


def ensure_round(team: Team) -> ScrutinyRound | None:
    """A team with somebody to manage always has a round going on. None = there is nobody to draw."""
    with acting(DRAWS, apart=True), transaction.atomic():
        Team.objects.select_for_update(no_key=True).get(pk=team.pk)  # two who begin at once begin one
        going_on = ScrutinyRound.objects.filter(team=team, state=Drawn.DRAWN).first()
        if going_on is not None or not Nominal.objects.filter(team=team, state__in=OURS).exists():
            return going_on
        last = ScrutinyRound.objects.filter(team=team, state=Drawn.DONE).order_by("-done_at").first()
        return draw_round(ScrutinyRound(), by=DRAWS, team=team, counts_from=last.done_at if last else now())


@transition(target=Drawn.DRAWN.value, may=Can.SUPERVISE_OFFENDERS)
def draw_round(drawn: ScrutinyRound, *, by: System, team: Team, counts_from: datetime) -> None:
    """Records of a team are drawn at random, each risk among them, for another team to look at."""
    people = list(Nominal.objects.filter(team=team, state__in=OURS).order_by("reference"))
    drawn.reference, drawn.team, drawn.counts_from = next_reference("SCR"), team, counts_from
    drawn.seed, drawn.drawn_at = new_seed(), now()
    drawn.size, _ = SCRUTINY_SIZE.in_force(now())
    drawn.drawn_from = [[each.reference, each.risk] for each in people]
    drawn.looked_at_by = _another_team(team)
    named = {each.reference: each for each in people}
    for reference in the_draw(drawn):
        draw_item(ScrutinyItem(round=drawn), by=DRAWS, nominal=named[reference])


def the_draw(drawn: ScrutinyRound) -> list[str]:
    """References of the records that the round's seed draws, now as then."""
    rows = [(reference, risk) for reference, risk in drawn.drawn_from]
    return sample(drawn.seed, rows, drawn.size, HIGH_FIRST)


@transition(target=State.TO_LOOK_AT.value, may=Can.SUPERVISE_OFFENDERS)
def draw_item(item: ScrutinyItem, *, by: System, nominal: Nominal) -> None:
    """This record was drawn."""
    item.nominal, item.reference = nominal, f"{item.round.reference} {nominal.reference}"


def _after_a_grade(item: ScrutinyItem) -> str:
    return State.GRADED.value if item.action else State.CLOSED.value


@transition(
    source=State.TO_LOOK_AT.value,
    target=OneOf(_after_a_grade, (State.GRADED.value, State.CLOSED.value)),
    may=Can.MANAGE_OFFENDERS,
)
def grade_item(item: ScrutinyItem, *, by: User, grade: str, found: str, plan_is_bespoke: str, action: str) -> None:
    """Somebody of another team has looked at it: a grade, what they found, and what has to be done."""
    drawn = ScrutinyRound.objects.select_for_update().get(pk=item.round_id)  # the last two must not miss each other
    must_be_a_peer(item, by)
    if grade not in Grade.values:
        raise NotNow("Choose a grade.")
    if plan_is_bespoke not in BESPOKE:
        raise NotNow("Say whether the plan is written for this person.")
    must_say(found, "what you found")
    if grade != Grade.GOOD:
        must_say(action, "what has to be done")
    item.reviewer, item.grade, item.found, item.graded_at = by, grade, found.strip(), now()
    item.plan_is_bespoke, item.action = plan_is_bespoke, action.strip()
    if not _all_of(drawn).filter(state=State.TO_LOOK_AT).exclude(pk=item.pk).exists():
        round_done(drawn, by=DRAWS)
        ensure_round(drawn.team)


@transition(source=State.GRADED.value, target=State.CLOSED.value, may=Can.MANAGE_OFFENDERS)
def scrutiny_action_done(item: ScrutinyItem, *, by: User, done_said: str) -> None:
    """The team that manages them has done what was asked for, and says how."""
    must_say(done_said, "how it was done")
    if item.reviewer_id == by.pk:
        raise NotNow("You asked for it: somebody of the team that manages them says that it is done.")
    item.done_at, item.done_by, item.done_said = now(), by, done_said.strip()


@transition(source=Drawn.DRAWN.value, target=Drawn.DONE.value, may=Can.SUPERVISE_OFFENDERS)
def round_done(drawn: ScrutinyRound, *, by: System) -> None:
    """Every record that was drawn has been looked at."""
    drawn.done_at = now()


def must_be_a_peer(item: ScrutinyItem, by: User) -> None:
    """Raises NotNow: it is somebody of another team who looks at it, and never who manages them."""
    if why := why_no_peer(item, by):
        raise NotNow(why)


def why_no_peer(item: ScrutinyItem, by: User) -> str:
    """Why this person cannot look at it; empty = they can."""
    if item.nominal.manager_id == by.pk:
        return "You manage them: somebody of another team looks at it."
    own = {post.team_id for post in posts_of(by) if post.person_id == by.pk}
    return "You are of the same team: somebody of another team looks at it." if item.round.team_id in own else ""


def _all_of(drawn: ScrutinyRound) -> QuerySet[ScrutinyItem]:
    """Those too that whoever grades may not see."""
    with acting(DRAWS, apart=True):
        rows: QuerySet[ScrutinyItem] = ScrutinyItem.objects.filter(round=drawn)
        return rows


def _another_team(team: Team) -> Team | None:
    """The team that looks: each other team in turn, the one that has not done so for longest first."""
    roles = [Role.OFFENDER_MANAGER.value, Role.OFFENDER_SERGEANT.value]
    posts = Posting.objects.filter(role__in=roles, ends=None, person__is_active=True).exclude(team=team)
    teams = {post.team_id: post.team for post in posts.select_related("team")}
    last: dict[int, datetime] = {}
    for drawn in ScrutinyRound.objects.filter(looked_at_by__in=list(teams)).order_by("drawn_at"):
        last[drawn.looked_at_by_id or 0] = drawn.drawn_at
    return min(
        teams.values(), key=lambda each: (last.get(each.pk) is not None, last.get(each.pk), each.name), default=None
    )


def teams_without_a_round() -> list[Team]:
    """Teams that manage somebody and have no round going on."""
    with acting(DRAWS, apart=True):
        managing = Nominal.objects.filter(state__in=OURS).figures().values("team")
        going_on = ScrutinyRound.objects.filter(state=Drawn.DRAWN).figures().values("team")
        return list(Team.objects.filter(pk__in=managing).exclude(pk__in=going_on).order_by("name"))


def begin_rounds() -> int:
    """Every team that manages somebody is looked at, from its first day on. Returns how many rounds were begun."""
    teams = teams_without_a_round()
    for team in teams:
        ensure_round(team)
    return len(teams)
