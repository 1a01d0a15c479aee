"""Who may review what was drawn: never their own work, and of what is looked at blind never their own people's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from access.actor import System, acting
from access.roles import ABOVE, Can, Role, who_may
from access.time import now
from accounts.duty import Duty, who_may_do
from accounts.models import Posting, User
from cases.models import named_in_case
from quality.models import Review
from quality.sampling_found import MODELS

CHOOSES = System("who reviews what was drawn")


def why_not_reviewer(review: Review, person: User, *, holds_it: bool = False) -> str:
    """Why this person cannot review it; empty = they can. `holds_it`: it is withheld from them meanwhile."""
    if not person.can(Can.REVIEW_QUALITY):
        return f"It is reviewed by a {who_may(Can.REVIEW_QUALITY)}."
    if review.author_id == person.pk:
        return "It is their own work: somebody else reviews it."
    if review.sample.is_blind and _leads(person, review):
        return "They lead whoever decided it: somebody else looks at it a second time."
    if review.sample.is_blind and person.pk in review.handed_back_by:
        return "They have handed it back or given it away, and may have read since what was decided."
    if not (is_named(review, person) if holds_it else sees_record(review, person)):
        return "They may not see the record: it is restricted, and somebody who may see it reviews it."
    return ""


def choose_reviewer(review: Review, *, but_not: User | None = None) -> User | None:
    """Of those who may, whoever is there and has least to review; the lead last. None = nobody may."""
    others = [person for person in who_may_do(Can.REVIEW_QUALITY) if person != but_not]
    may = [person for person in others if not why_not_reviewer(review, person)]
    with acting(CHOOSES, apart=True):
        rows = Review.objects.filter(state=Review.State.TO_REVIEW, reviewer__in=may).figures()
        has = dict(rows.values_list("reviewer").annotate(Count("pk")))
    away = Duty(now()).away

    def rank(person: User) -> tuple[bool, bool, int, int]:
        return person.pk in away, person.can(Can.LEAD_QUALITY), has.get(person.pk, 0), person.pk

    return min(may, key=rank, default=None)


def is_named(review: Review, person: User) -> bool:
    """Whether need-to-know lets them see the case, withheld or not."""
    with acting(CHOOSES, apart=True):
        return MODELS[review.of].objects.filter(named_in_case(person), pk=review.record).exists()


def sees_record(review: Review, person: User) -> bool:
    with acting(person, apart=True):
        return MODELS[review.of].objects.filter(pk=review.record).exists()


def _leads(person: User, review: Review) -> bool:
    """Whether they hold, or held when the work was done, a post above its author's in the same team."""
    if review.author_id is None:
        return False
    moments = (review.worked_at, now())
    return any(person.pk == post.person_id for at in moments for post in posts_above(review.author_id, at))


def supervisor_at(person: int | None, at: datetime) -> Posting | None:
    """Who led this person then: the nearest post above theirs that somebody held in their team."""
    return next(iter(posts_above(person, at)), None) if person else None


def posts_above(person: int, at: datetime) -> list[Posting]:
    """Posts held then above this person's own in the same team, the nearest first."""
    found = []
    for own in _held(at).filter(person=person):
        ranks = list(_above(Role(own.role)))
        holders = _held(at).filter(team=own.team_id, role__in=[rank.value for rank in ranks]).exclude(person=person)
        found += sorted(holders, key=lambda post: (ranks.index(Role(post.role)), post.person_id))
    return found


def team_at(person: int, at: datetime) -> Posting | None:
    """The post this person held then; of several the one they have held longest."""
    return _held(at).filter(person=person).order_by("starts", "pk").first()


def _held(at: datetime) -> QuerySet[Posting]:
    rows = Posting.objects.filter(Q(ends=None) | Q(ends__gt=at), starts__lte=at)
    return rows.select_related("team", "person")


def _above(role: Role) -> Iterable[Role]:
    while role in ABOVE:
        role = ABOVE[role]
        yield role
