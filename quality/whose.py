"""Whose work it is, and who supervises them: from the posts people hold now, with cover for those who are away."""

from __future__ import annotations

from access.actor import Actor, current
from access.roles import ABOVE, Can, Role
from access.time import now
from accounts.duty import Duty, people_answered_for, posts_of, team_of
from accounts.models import Posting, Team, User


def post_of(person: int | None) -> Posting | None:
    """The post somebody holds now; of several the newest. None = they hold none, or have left."""
    at = now()
    held = Posting.objects.filter(person=person, person__is_active=True, starts__lte=at).exclude(ends__lte=at)
    return held.select_related("team").order_by("-starts", "-pk").first()


def team_of_person(person: User) -> Team:
    """Where their work belongs. Of somebody without a post it is the quality lead's."""
    post = post_of(person.pk)
    return post.team if post else team_of(Role.QUALITY_LEAD)


def answered_for(who: Actor) -> set[int]:
    """Keys of the people whose own work comes to them: themselves, and those they cover for. Of a system nobody."""
    return people_answered_for(who) if isinstance(who, User) else set()


def supervised_by(who: Actor) -> set[int]:
    """Keys of everybody whose post stands directly beneath one that this person answers for now."""
    return _kept(who, "supervised", whole_line=False)


def commanded_by(who: Actor) -> set[int]:
    """The same of everybody further beneath: whoever may be told of it further up."""
    return _kept(who, "commanded", whole_line=True)


def sees_training_of(who: Actor, person: int) -> bool:
    """Whether they may see that person's training: their own, that of those beneath them, or all, to keep it."""
    return who.can(Can.KEEP_TRAINING) or person in answered_for(who) | commanded_by(who)


def _kept(who: Actor, name: str, *, whole_line: bool) -> set[int]:
    """Worked out once a request."""
    if not isinstance(who, User):
        return set()
    stretch = current()
    if stretch is None or stretch.who != who:
        return _beneath(who, whole_line)
    if name not in stretch.kept:
        stretch.kept[name] = _beneath(who, whole_line)
    kept: set[int] = stretch.kept[name]
    return kept


def _beneath(who: User, whole_line: bool) -> set[int]:
    duty, mine = Duty(now()), people_answered_for(who)
    roles = {Role(post.role) for post in posts_of(who)}
    lines = {role: _line_above(role) if whole_line else [above] for role, above in ABOVE.items()}
    # The chief officer's absence is the superintendent's; their training is not.
    beneath = [role for role, line in lines.items() if roles & set(line) and role != Role.CHIEF_OFFICER]
    held = Posting.objects.filter(role__in=beneath, person__is_active=True, starts__lte=duty.at)
    return {
        post.person_id
        for post in held.exclude(ends__lte=duty.at)
        if any(mine & set(duty.posted(above, post.team_id)) for above in lines[Role(post.role)] if above in roles)
    } - {who.pk}


def _line_above(role: Role) -> list[Role]:
    line = []
    while role in ABOVE:
        role = ABOVE[role]
        line.append(role)
    return line
