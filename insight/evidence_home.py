"""What the home page says to those who prepare, check, release and read evidence packs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from access.roles import Can
from accounts.models import User
from insight.evidence_rows import pack_as_work
from insight.models import EvidencePack
from sla.work import HOME, Share

FEW = 5
State = EvidencePack.State


def _share(heading: str, which: Q) -> Share:
    rows = EvidencePack.objects.filter(which)
    first = [pack_as_work(each) for each in rows.order_by("due_at", "pk")[:FEW]]
    return Share(heading, first, rows.count(), reverse("evidence"))


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.PREPARE_EVIDENCE in acts:
        yield _share("Evidence packs to prepare", Q(state=State.ASKED))
        yield _share("Evidence packs to check", Q(state=State.PREPARED) & ~Q(prepared_by=user))
        yield _share("Copies of evidence packs to come back", Q(state=State.CLOSED))
    if Can.RELEASE_EVIDENCE in acts:
        yield _share("Evidence packs to release", Q(state=State.CHECKED) & ~Q(prepared_by=user))
    if Can.READ_EVIDENCE in acts:
        yield _share("Evidence packs for you to read", Q(state=State.RELEASED, readers__person=user))


HOME.needs_me.append(needs_me)
