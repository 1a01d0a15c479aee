"""A sergeant gives a case to a researcher or to an officer in the case. Every clock that is one person's goes along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from access.actor import System, acting
from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from online.models import OPEN, OnlineCase
from online.models.case import OfAnOnlineCase
from online.workflow.cases import TRIAGED
from sla.owners import owners_anew
from sla.policy import DEADLINES
from workflow.transitions import NotNow, must_say, transition

FINDS = System("whose clocks they are now")


@transition(source=OPEN, may=Can.SUPERVISE_ONLINE)
def allocate_case(
    case: OnlineCase, *, by: User, researcher: User | None, investigator: User | None, because: str
) -> None:
    """From now on these two have it. Nobody = whoever of the team is there."""
    must_say(because, "why they get it")
    if (researcher, investigator) == (case.researcher, case.investigator):
        raise NotNow("They have it already.")
    _must_be_able(case, researcher, Can.RESEARCH_ONLINE, "researches no referrals")
    _must_be_able(case, investigator, Can.INVESTIGATE_ONLINE, "is no officer in such a case")
    case.researcher, case.investigator = researcher, investigator
    clocks_follow(case)


def _must_be_able(case: OnlineCase, who: User | None, act: Can, is_not: str) -> None:
    if who is None:
        return
    if not who_may_do(act).filter(pk=who.pk).exists():
        raise NotNow(f"{who} {is_not}: choose somebody who does.")
    if not OnlineCase.objects.filter(OnlineCase.visible_to(who), pk=case.pk).exists():
        raise NotNow(f"{who} may not see this case: choose somebody else.")


def clocks_follow(case: OnlineCase) -> None:
    """Called inside a transition that gives the case to somebody, before it is saved."""
    with acting(FINDS, apart=True):
        owners_anew([case, *_records_of(case)])


def _records_of(case: OnlineCase) -> Iterator[Any]:
    for model in {each.model for each in DEADLINES.values() if issubclass(each.model, OfAnOnlineCase)}:
        for record in model.objects.filter(online_case=case):
            record.online_case = case
            yield record


TRIAGED.append(clocks_follow)
