"""Children whose images were shared, in tests, at each step until it is resolved. All invented."""

from __future__ import annotations

from typing import Any

from access.time import now
from accounts.models import Team, User
from cases.models import Person
from online.models import SharedImage
from online.workflow.shared_images import (
    Guidance,
    ImageFacts,
    Risk,
    Seen,
    allocate_images,
    begin_investigation,
    child_seen_in_person,
    give_guidance,
    images_covered_by_notice,
    report_shared_image,
    resolve_images,
    wider_risk_asked,
)
from tests.stories import submitted

NO_MORE_TO_IT = Risk(coercion="no", threat="no", payment="no", adult="no", circulation="no")
GUIDANCE = Guidance(
    how="Seen at school by a neighbourhood officer, her mother told first",
    questions="Who has it now? What would help?",
    viewing="Nobody views it",
    devices="She keeps her phone; Report Remove with her",
)


def about(**said: Any) -> ImageFacts:
    facts: dict[str, Any] = {
        "what": "Her mother rings: a picture of her daughter is going round at school",
        "child_said": "Tilly Ashmarsh",
        "child_age": "13",
        "recipient_age": "14",
        "school_said": "Vale Academy",
        "reported_at": now(),
        **said,
    }
    return ImageFacts(**facts)


def reported(by: User, child: Person | None = None, **said: Any) -> SharedImage:
    """A mother rings about a picture of her daughter."""
    return report_shared_image(SharedImage(), by=by, facts=about(child=child, **said))


def asked(images: SharedImage, by: User, **answers: str) -> SharedImage:
    """Nobody pressed her, unless it says otherwise."""
    risk = Risk(**{**vars(NO_MORE_TO_IT), **answers})
    return wider_risk_asked(images, by=by, answers=risk, said="Tilly says that nobody made her")


def guided(images: SharedImage, by: User, **said: str) -> SharedImage:
    return give_guidance(images, by=by, guidance=Guidance(**{**vars(GUIDANCE), **said}))


def team_of(user: User) -> Team:
    found: Team = Team.objects.get(postings__person=user)
    return found


def given_to(images: SharedImage, by: User, officer: User, handler: str = "response") -> SharedImage:
    """Allocated to an officer of another team, by name."""
    return allocate_images(images, by=by, handler=handler, to_team=team_of(officer), officer=officer)


def given_to_specialist(images: SharedImage, by: User, officer: User | None = None) -> SharedImage:
    return allocate_images(images, by=by, handler="specialist", officer=officer)


def what_was_seen(**said: Any) -> Seen:
    facts: dict[str, Any] = {
        "seen_at": now(),
        "where": "At home",
        "with_whom": "Her mother",
        "own_words": "“I sent it to him and now everybody has it.”",
        "demeanour": "Quiet, looking at her hands",
        "wants": "That it goes away",
        "devices": "Report Remove done together",
        **said,
    }
    return Seen(**facts)


def seen(images: SharedImage, by: User, **said: Any) -> SharedImage:
    return child_seen_in_person(images, by=by, seen=what_was_seen(**said))


def noticed(images: SharedImage, by: User) -> SharedImage:
    """A notice that says it, submitted now."""
    return images_covered_by_notice(images, by=by, notice=submitted(by), because="It is about this")


def investigated(images: SharedImage, by: User) -> SharedImage:
    facts = {"sender": "public", "sender_named": "Her mother", "what": "A man of forty asked for pictures"}
    return begin_investigation(images, by=by, **facts)


def ready(people: dict[str, User], **answers: str) -> SharedImage:
    """Everything is done; nobody has resolved it."""
    images = asked(reported(people["olly"]), people["olly"], **answers)
    images = guided(images, people["dina"])
    if "yes" in answers.values():
        images = given_to_specialist(images, people["dina"], people["iris"])
        images = seen(images, people["iris"])
        images = investigated(images, people["iris"])
    else:
        images = seen(given_to(images, people["dina"], people["olly"]), people["olly"])
    return noticed(images, people["olly"])


def resolved(images: SharedImage, by: User, outcome: str = "22", **said: str) -> SharedImage:
    facts = {"said": "Taken down; the school's counsellor sees her weekly", **said}
    return resolve_images(images, by=by, outcome=outcome, **facts)


def of_each(people: dict[str, User]) -> dict[str, Any]:
    """One of each record that a page here is about, made through its verbs."""
    images = guided(asked(reported(people["olly"], child_said="Tilly Overlow"), people["olly"]), people["dina"])
    return {"sharedimage": given_to(images, people["dina"], people["olly"])}
