"""Research, levels and what is new, in tests and in words. All invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from access.actor import acting
from access.time import now, today
from accounts.models import User
from online.models import CandidateAddress, KiratAssessment, NewInformation, OnlineCase
from online.workflow.cases import Said
from online.workflow.kirat import assess
from online.workflow.news import NewsFacts, information_received
from online.workflow.research import ResearchFacts, no_further_research, record_research
from tests.households import HERE, is_the, on_record
from tests.online.scenes import (
    TEST,
    address_of,
    as_it_is,
    assessed,
    attributed,
    level,
    level_of,
    lives_there,
    received,
    triaged,
)

NAMED = [Said("ip", "203.0.113.7"), Said("name", "Graham Pell")]


def named(by: User, **said: Any) -> OnlineCase:
    """The sender names somebody."""
    return received(by, **{"said": NAMED, **said})


def researched(case: OnlineCase, by: User, *, at: datetime | None = None, **said: Any) -> OnlineCase:
    facts = {"kind": "subscriber", "what": "Subscriber of 203.0.113.7 asked for", "at": at or now(), **said}
    return record_research(as_it_is(case), by=by, facts=ResearchFacts(**facts))


def at_an_end(case: OnlineCase, sergeant: User, *, days: int = 9, **said: Any) -> OnlineCase:
    """Nothing more can be found out for now."""
    facts = {"because": "The provider keeps no logs", "recheck_on": today() + timedelta(days=days), **said}
    return no_further_research(as_it_is(case), by=sergeant, **facts)


def run_again(case: OnlineCase, by: User, kirat: str = "medium", **said: Any) -> KiratAssessment:
    return assess(KiratAssessment(), by=by, case=as_it_is(case), facts=level(kirat, because="Something new", **said))


def heard(case: OnlineCase, by: User, what: str = "He has a niece of six", **said: Any) -> NewInformation:
    facts = {"source": "His former wife, by telephone", "received_at": now(), **said}
    return information_received(NewInformation(), by=by, case=as_it_is(case), facts=NewsFacts(what=what, **facts))


def waiting(case: OnlineCase) -> list[NewInformation]:
    with acting(TEST):
        return list(NewInformation.objects.filter(online_case=case, state="waiting").order_by("reference"))


def candidates(case: OnlineCase) -> list[CandidateAddress]:
    with acting(TEST):
        return list(CandidateAddress.objects.filter(online_case=case).order_by("reference"))


def a_family(by: User, sam: User) -> dict[str, Any]:
    """A man, his wife and a girl of six live at an address that is on record."""
    man = on_record(by, "Graham Pell", born=date(1980, 3, 1), home=HERE)
    wife = on_record(by, "Nora Pell", born=date(1982, 7, 9), home=HERE)
    girl = on_record(by, "Maisie Pell", born=date(2019, 5, 2), home=HERE)
    is_the("parent", man, girl, sam)
    return {"man": man, "wife": wife, "girl": girl}


def of_each(people: dict[str, Any]) -> dict[str, Any]:
    """One of each record that a page here is about, made through its verbs."""
    rory = people["rory"]
    case = assessed(rory)
    occupant = lives_there(case, rory, "Nora Pell", is_suspect="no")
    return {
        "onlinecase": as_it_is(case),
        "candidateaddress": address_of(case),
        "occupant": as_it_is(occupant),
        "kiratassessment": level_of(case),
        "newinformation": heard(case, rory),
    }


__all__ = ["attributed", "triaged"]
