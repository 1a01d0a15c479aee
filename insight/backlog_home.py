"""On the home page of whoever runs a queue: that it has grown, week after week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from access.roles import Can, Role
from accounts.duty import posts_of
from accounts.models import User
from insight.backlog_growth import Growing, growing
from insight.queues import ALL
from sla.work import HOME, Share, Work


def as_work(each: Growing) -> Work:
    return Work(
        title=f"{each.queue.name}: {each.more} more than {len(each.weeks)} weeks ago",
        url=each.queue.get_absolute_url(),
        why="; ".join(f"{week.arrived} came in, {week.done} finished" for week in each.weeks),
        state=f"{each.waiting} waiting",
    )


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.SEE_FIGURES not in acts:
        return
    roles = {Role(post.role) for post in posts_of(user)}
    mine = [queue for queue in ALL if queue.runs in roles]
    found = growing(at, mine) if mine else []
    if found:
        yield Share("Queues of yours that grow each week", [as_work(each) for each in found], len(found),
                    reverse("backlogs"))  # fmt: skip


HOME.needs_me.append(needs_me)
