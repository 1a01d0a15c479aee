"""Two cases have something in common and are not one: whoever has looked says why, and is not asked again."""

from __future__ import annotations

from access.roles import Can
from access.time import now
from accounts.models import User
from online.models import OPEN, KeptApart, OnlineCase
from workflow.transitions import NotNow, must_say, transition


@transition(source=OPEN, may=Can.RESEARCH_ONLINE)
def keep_apart(case: OnlineCase, *, by: User, other: OnlineCase, because: str) -> None:
    """Somebody has looked at both: they are not one case, and why."""
    must_say(because, "why the two are not one case")
    if other.pk == case.pk:
        raise NotNow("It is the same case.")
    both = [(case, other), (other, case)]
    if any(KeptApart.objects.filter(online_case=one, other=two).exists() for one, two in both):
        raise NotNow(f"Somebody has said already that {other} is not the same.")
    KeptApart.objects.create(online_case=case, other=other, because=because.strip(), at=now(), by=by)
