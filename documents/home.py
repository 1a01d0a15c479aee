"""What the home page says about documents in quarantine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from access.roles import Can
from accounts.models import User
from documents.models import NOT_CHECKED, Attachment
from documents.rows import as_work
from sla.work import HOME, Share, nearest_clocks

FEW = 5


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.RELEASE_DOCUMENT in acts:
        waiting = Attachment.objects.filter(state__in=NOT_CHECKED)
        first = list(waiting.select_related("added_by").order_by("due_at", "pk")[:FEW])
        clocks = nearest_clocks(first)
        rows = [as_work(each, clocks.get(each.pk)) for each in first]
        yield Share("Photos and documents in quarantine", rows, waiting.count(), reverse("document-quarantine"))


HOME.needs_me.append(needs_me)
