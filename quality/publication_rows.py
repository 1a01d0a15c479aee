"""How a report shows itself, and the newsletter on everybody's home page for a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from access.roles import Can
from accounts.models import User
from quality.models import Publication
from sla.work import HOME, Share, Work

KINDS = {"draft": "waiting", "checked": "working", "published": "done", "withdrawn": "stopped"}
NEW = timedelta(days=7)
State = Publication.State


def as_work(publication: Publication) -> Work:
    published = publication.state == State.PUBLISHED
    return Work(
        title=publication.title,
        url=publication.get_absolute_url(),
        reference=publication.reference,
        why=publication.get_kind_display(),
        due=None if published else publication.due_at,
        started=publication.written_at,
        state=State(publication.state).label,
        state_kind=KINDS[publication.state],
        owner="Everybody" if published else "Whoever has not written it",
        holds_up="What others could learn",
    )


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    new = Publication.objects.filter(state=State.PUBLISHED, kind=Publication.Kind.NEWSLETTER, published_at__gt=at - NEW)
    letters = list(new.order_by("-published_at")[:1])
    yield Share("New to read", [as_work(each) for each in letters], len(letters), "/quality/learning/")
    if Can.SEE_QUALITY in acts:
        mine = Publication.objects.filter(state=State.DRAFT).exclude(written_by=user)
        if Can.REVIEW_QUALITY in acts:
            first = list(mine.order_by("due_at", "pk")[:5])
            total = mine.count() if first else 0
            yield Share("Reports to read before they are published", [as_work(each) for each in first], total)


HOME.needs_me.append(needs_me)
