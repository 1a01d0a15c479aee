"""What the home page says of children whose images were shared, and what nobody may overlook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from access.roles import Can
from accounts.duty import people_answered_for, posts_of
from accounts.models import User
from online import wall
from online.image_lengths import SEEN_AT_WIDER_RISK
from online.image_rows import IS_OPEN, NO_GUIDANCE, NOT_SEEN, TO_ALLOCATE, as_work, by_phone, wider_risk
from online.models import SharedImage
from sla.work import HOME, Share, nearest_clocks

FEW = 5
RELATED = ("child", "officer", "at_team", "team")


def _share(heading: str, condition: Q, show: str) -> Share:
    rows = SharedImage.objects.filter(condition)
    first = list(rows.select_related(*RELATED).order_by("due_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    found = [as_work(each, clocks.get(each.pk)) for each in first]
    return Share(heading, found, rows.count(), f"{reverse('online-images')}?show={show}")


def theirs(user: User) -> Q:
    """What this person has by name, or somebody whom they cover."""
    return Q(officer__in=people_answered_for(user))


def of_their_teams(user: User) -> Q:
    """What a team of theirs deals with."""
    return Q(at_team__in={post.team_id for post in posts_of(user)})


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.ADD_SPECIALIST_NOTE in acts:
        yield _share("Images of a child shared: your guidance first", NO_GUIDANCE, "guidance")
        yield _share("Images of a child shared: to allocate", TO_ALLOCATE, "allocate")
        yield _share("Images of a child shared, with wider risk", wider_risk(), "wider")
    if Can.REPORT_SHARED_IMAGES not in acts:
        return
    yield _share("A child whose image was shared, to be seen by you in person", NOT_SEEN & theirs(user), "mine")
    if Can.RESOLVE_SHARED_IMAGES in acts:
        unseen = NOT_SEEN & of_their_teams(user)
        yield _share("Your team has not seen a child whose image was shared", unseen, "team")
        ready = IS_OPEN & Q(seen_at__isnull=False) & of_their_teams(user)
        yield _share("Images of a child shared: seen, to be resolved", ready, "team")


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    late = IS_OPEN & Q(due_at__lt=at)
    if Can.REPORT_SHARED_IMAGES in acts:
        yield _share("A child whose image was shared waits for you", late & theirs(user), "mine")
    if Can.SUPERVISE_ONLINE in acts:
        yield _share("Images of a child shared: something is late", late, "late")


def lines(at: datetime) -> list[wall.Line]:
    """Kinds that nobody may overlook."""
    rows = SharedImage.objects
    unseen, seen_within = rows.filter(NOT_SEEN), SEEN_AT_WIDER_RISK.in_force(at)[0]
    since = at - seen_within
    return [
        _line(
            "image_phone",
            "Children whose image was shared, waiting for a phone call",
            unseen.filter(by_phone()),
            "phone",
        ),
        _line("image_unseen", "Children whose image was shared and whom nobody has seen", unseen, "unseen"),
        _line(
            "image_guidance", "Shared images without the specialist's guidance", rows.filter(NO_GUIDANCE), "guidance"
        ),
        _line(
            "image_wider",
            "Wider risk, and the child not seen in time",
            unseen.filter(wider_risk(), reported_at__lt=since),
            "wider",
        ),
    ]


def _line(code: str, label: str, rows: object, show: str) -> wall.Line:
    return wall.line(code, label, rows, "reported_at", "online-images", show)  # type: ignore[arg-type]


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)
wall.LINES.append(lines)
