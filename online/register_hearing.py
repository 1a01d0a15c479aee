"""More has come of a case than it said before: its level is looked at again."""

from __future__ import annotations

from access.actor import acting
from online.codes import NAMES_SOMEBODY
from online.models import OPEN, OnlineCase
from online.referrals import ReferralFacts
from online.workflow.cases import AGAIN, FOLLOWS, lead_of
from online.workflow.news import level_is_older
from online.workflow.research import somebody_named

FEW_WORDS = 500


def more_has_come(case: OnlineCase, facts: ReferralFacts) -> None:
    """What is said of a part is said of the case that it is part of."""
    lead, what = lead_of(case), f"Received again: {facts.what[:FEW_WORDS]}"
    names = any(each.kind in NAMES_SOMEBODY for each in facts.said)
    if lead.pk != case.pk and names and lead.state in OPEN:
        with acting(FOLLOWS, apart=True):
            somebody_named(lead, by=FOLLOWS, at=facts.received_at)
    level_is_older(lead, what, case.reference, since=facts.received_at)


AGAIN.append(more_has_come)
