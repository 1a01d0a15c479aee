"""What leaves the force about a notice."""

from __future__ import annotations

from collections.abc import Sequence

from access.roles import Can
from access.time import now
from accounts.models import User
from partners.disclose import Grounds, disclose
from partners.models import Agency
from ppn.content import content_for_partners
from ppn.models import Ppn, State
from workflow.transitions import NotNow, must_say, transition


@transition(source=[State.RISK_ASSESSED.value, State.SHARED.value], target=State.SHARED.value, may=Can.REVIEW_PPN)
def share(ppn: Ppn, *, by: User, agencies: Sequence[Agency], summary: str, grounds: Grounds) -> None:
    """Each agency gets the same summary, exactly as it stands here, and we keep what was sent."""
    if not agencies:
        raise NotNow("Choose at least one agency: sharing with nobody is no sharing.")
    must_say(summary, "what they are told")
    disclose(ppn, to=agencies, content=content_for_partners(ppn, summary), grounds=grounds, by=by)
    ppn.shared_at = ppn.shared_at or now()
