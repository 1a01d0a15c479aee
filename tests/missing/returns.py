"""What follows a return in tests, in words: a child is back, an interview is asked for, held, come back, read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from access.actor import System, acting, signed
from access.roles import Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import Person, next_reference
from cases.workflow.cases import open_case
from missing.models import Episode, InterviewRequest, MissingNotice
from missing.workflow import interviews, notices
from missing.workflow.interviews import Found, as_opened
from partners.disclose import Grounds
from partners.models import Agency, Disclosure
from tests.households import HERE, on_record
from tests.stories import hours

TEST = System("test")
GROUNDS = Grounds(basis="public_task", why_needed="So that somebody independent hears the child", informed="yes")
TEXT = "She was with Kez at the flats behind the station. She will not go home while he is there."
SUMMARY = "Goes to the flats behind the station. Ask for Kez."
RISKS = "An older friend who buys her things"
EIGHTEEN_HOURS = timedelta(hours=18)


def a_child(by: User, name: str = "Anya Example", **known: Any) -> Person:
    return on_record(by, name, **{"born": date(2012, 5, 4), "home": HERE, **known})


def council(name: str = "Vale Council", **more: Any) -> Agency:
    with signed(TEST):
        mailbox = f"{name.lower().replace(' ', '-')}@council.example"
        usual = {"kind": "social_care", "mailbox": mailbox, "mailbox_is_secure": True, **more}
        found: Agency = Agency.objects.get_or_create(name=name, defaults=usual)[0]
    return found


def missing(by: User, person: Person | None = None, **said: Any) -> Episode:
    """A child is missing since eighteen hours ago. Straight into the table: reporting has its own tests."""
    person = person or a_child(by)
    with signed(TEST):
        usual: dict[str, Any] = {
            "reference": next_reference("MIS"),
            "case": open_case(),
            "team": team_of(Role.RESPONSE_SERGEANT),
            "state": "investigating",
            "person": person,
            "why_worried": "She has never stayed out",
            "done_so_far": "Her friends were rung",
            "reporter": "Mia Example",
            "reporter_is": "Mother",
            "reported_at": now() - EIGHTEEN_HOURS,
            "reported_by": by,
            "missing_from": "home",
            "host": council(),
            "responsible": council(),
            "owner": by,
            "risk": "medium",
            "next_review_at": now() + hours(4),
            "ratified_at": now() - EIGHTEEN_HOURS,
            "ratified_by": by,
        }
        made: Episode = Episode.objects.create(**{**usual, **said})
    return made


def back(by: User, person: Person | None = None, **said: Any) -> Episode:
    """The child is found now."""
    usual = {"state": "found", "found_at": now(), "found_by": "returned", "harm": ["none"]}
    return missing(by, person, **{**usual, **said})


def asked(by: User, episode: Episode | None = None, agency: Agency | None = None) -> InterviewRequest:
    episode = episode or back(by)
    return interviews.request_interview(
        InterviewRequest(), by=by, episode=episode, agency=agency or council(), provider="Vale Voices", grounds=GROUNDS
    )


def held(request: InterviewRequest, by: Any, at: datetime | None = None) -> InterviewRequest:
    return interviews.interview_held(request, by=by, held_at=at or now(), by_whom="Ines Listener, Vale Voices")


def came(request: InterviewRequest, by: Any, text: str = TEXT, at: datetime | None = None) -> InterviewRequest:
    return interviews.interview_came(request, by=by, who="Ines Listener, Vale Voices", said=text, held_at=at or now())


def read(request: InterviewRequest, by: User, *learned: Found, **said: Any) -> InterviewRequest:
    usual = {"opened": as_opened(as_it_is(request)), "summary": SUMMARY, "risks": RISKS, "plan_updated": "no"}
    return interviews.read_interview(request, by=by, learned=learned, **{**usual, **said})


def declined(request: InterviewRequest, by: Any, outcome: str = "declined", because: str = "") -> InterviewRequest:
    because = because or "Offered twice, by telephone and at the door"
    return interviews.no_interview(request, by=by, outcome=outcome, because=because, who="Ines Listener")


def raised(episode: Episode, by: User, about: str = "missing") -> list[MissingNotice]:
    with signed(by):
        return notices.raise_notices(episode, about, by)


def sent_about(record: Any) -> list[Disclosure]:
    with acting(TEST):
        return list(Disclosure.objects.filter(record=record.pk).select_related("agency").order_by("number"))


def lines_of(sent: Disclosure) -> dict[str, str]:
    """What was sent, line by line."""
    return {line["label"]: line["text"] for section in sent.content["sections"] for line in section["lines"]}


def as_it_is(record: Any) -> Any:
    with acting(TEST):
        return type(record).objects.get(pk=record.pk)


def learned_from(request: InterviewRequest) -> list[str]:
    with acting(TEST):
        return sorted(str(each) for each in request.learned.all())


def of_each(maya: User) -> dict[str, Any]:
    """An interview that came back unread, an authority that is to be told, and a child for whom nobody has asked."""
    episode = back(maya)
    notice = next(each for each in raised(episode, maya, "found") if each.whom == "authority")
    return {
        "interview": came(asked(maya, episode), maya),
        "missing_notice": notice,
        "returned": back(maya, a_child(maya, "Bea Example")),
    }
