"""A child is missing, as tests tell it: reported, graded, attended, ratified, found, heard."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from access.actor import acting
from access.time import now
from accounts.models import User
from cases.models import Person
from cases.records import Details, Source
from cases.workflow.people import record_person
from missing import workflow
from missing.codes import ASKED_ON_THE_CALL, BY_HAND, Question
from missing.models import Episode
from missing.workflow import Child, Heard, Looked, Planned, Report, Said

MOTHER = "Dana Example, her mother, 07700 900461"
LOOKED = [Looked(each.value, "nothing") for each in BY_HAND]
ASKED = [Said(each.value, "not_known", MOTHER) for each in ASKED_ON_THE_CALL]
EVERYTHING = [Said(each.value, "no", MOTHER) for each in Question]


def a_child(by: User, name: str = "Kezia Example", born: date | None = date(2011, 5, 4), **known: Any) -> Person:
    given, _, family = name.partition(" ")
    details = Details(given_names=given, family_name=family, born_on=born, **known)
    return record_person(Person(), by=by, details=details, home=None, source=Source("seen", "the test"))


def a_report(**said: Any) -> Report:
    return Report(
        **{
            "why_worried": "She has never stayed out before",
            "done_so_far": "Rang her friends; went round the park",
            "reporter": "Dana Example",
            "reporter_is": "Her mother",
            "next_review_at": now() + timedelta(hours=4),
            "risk": "medium",
            "because": "Fourteen, out after dark, and her phone is off",
            **said,
        }
    )


def reported(by: User, child: Person | None = None, **said: Any) -> Episode:
    """A call taker takes the report. `answers` and `checks` as they are said; the rest is of the report."""
    answers, checks = said.pop("answers", ASKED), said.pop("checks", LOOKED)
    person = child or a_child(by)
    about: dict[str, Any] = {"report": a_report(**said), "child": Child(person), "answers": answers, "checks": checks}
    return workflow.report(Episode(), by=by, **about)


def graded(cast: dict[str, User], risk: str = "medium", **said: Any) -> Episode:
    by = cast["fin"] if said.get("risk") == "high" and risk != "high" else cast["connie"]
    episode = reported(cast["callie"], **said)
    return workflow.grade(episode, by=by, risk=risk, because="As reported", next_review_at=now() + timedelta(hours=2))


def attended(cast: dict[str, User], risk: str = "medium", **said: Any) -> Episode:
    return workflow.attend(graded(cast, risk, **said), by=cast["olly"])


def assessed(cast: dict[str, User], risk: str = "medium", **said: Any) -> Episode:
    episode = attended(cast, risk, **said)
    because = "Her mother is frightened; nobody has seen her since school"
    return workflow.assess(episode, by=cast["olly"], answers=EVERYTHING, risk=risk, because=because)


def a_plan(owner: User) -> list[Planned]:
    return [Planned("Search her room, and take a photo", owner, now() + timedelta(hours=1))]


def searched_for(cast: dict[str, User], risk: str = "medium", **said: Any) -> Episode:
    """Attended, assessed and ratified: a sergeant owns the plan."""
    episode = assessed(cast, risk, **said)
    return workflow.ratify(
        episode,
        by=cast["rosa"],
        risk=risk,
        because="I agree with the officer",
        plan=a_plan(cast["olly"]),
        next_review_at=now() + timedelta(hours=4),
    )


def enquired(episode: Episode, by: User, at: datetime | None = None, type: str = "associate") -> Episode:
    return workflow.log_enquiry(episode, by=by, type=type, result="Not there; she was seen at noon", at=at)


def found(episode: Episode, by: User, **said: Any) -> Episode:
    about: dict[str, Any] = {
        "found_at": now(),
        "where": "A friend's flat",
        "found_by": "family",
        "how": "Her aunt fetched her; she is at home",
        "harm": ["not_known"],
        **said,
    }
    return workflow.found(episode, by=by, **about)


def heard(**said: Any) -> Heard:
    return Heard(
        **{
            "at": now(),
            "place": "At home, in her room",
            "own_words": "“I just needed to be somewhere quiet.”",
            "demeanour": "Tired; looked at the door when a car passed",
            "why_left": "An argument about her phone",
            "where_been": "At a friend's flat",
            "with_whom": "Her friend, and a man she calls J",
            "harm": ["none"],
            "exploitation": "no",
            "wants_to_talk_to": "Her school nurse",
            "safe_now_because": "Her aunt stays the night",
            **said,
        }
    )


def interviewed(episode: Episode, by: User, **said: Any) -> Episode:
    return workflow.interview(episode, by=by, heard=heard(**said))


def as_it_is(episode: Episode, who: User) -> Episode:
    with acting(who):
        return Episode.objects.get(pk=episode.pk)
