"""Every clock of children whose images were shared, told as a story: how it begins, when it is due, who hears of it and
when. Written by hand from what the force has promised. It begins on a Monday at nine; times are in hours from then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from access.roles import Role
from online.models import SharedImage
from online.workflow.shared_images import allocate_images
from tests.online.image_scenes import asked, given_to, given_to_specialist, guided, reported, team_of

Cast = dict[str, Any]
Tells = list[tuple[float, str]]


def told(cast: Cast) -> SharedImage:
    return reported(cast["olly"])


def with_an_adult(cast: Cast) -> SharedImage:
    """Told and asked within the same minute: an adult asked her for it."""
    return asked(told(cast), cast["olly"], adult="yes")


def with_guidance(cast: Cast) -> SharedImage:
    return guided(asked(told(cast), cast["olly"]), cast["dina"])


def with_an_officer(cast: Cast) -> SharedImage:
    return given_to(with_guidance(cast), cast["dina"], cast["olly"])


def with_a_response_team(cast: Cast) -> SharedImage:
    images, team = with_guidance(cast), team_of(cast["rosa"])
    return allocate_images(images, by=cast["dina"], handler="response", to_team=team)


def with_the_neighbourhood(cast: Cast) -> SharedImage:
    return given_to(with_guidance(cast), cast["dina"], cast["noor"], "neighbourhood")


def with_safer_schools(cast: Cast) -> SharedImage:
    return given_to(with_guidance(cast), cast["dina"], cast["noor"], "safer_schools")


def with_an_investigator(cast: Cast) -> SharedImage:
    return given_to_specialist(told(cast), cast["dina"], cast["iris"])


def with_an_investigator_and_an_adult(cast: Cast) -> SharedImage:
    return given_to_specialist(with_an_adult(cast), cast["dina"], cast["iris"])


def given_then_an_adult(cast: Cast) -> SharedImage:
    """Pulled in, while an investigator has it."""
    return asked(with_an_investigator(cast), cast["iris"], adult="yes")


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story: when it is due, and who is told when, each in hours after the report."""

    code: str
    when: str
    story: Callable[[Cast], SharedImage]
    due: float
    tells: Tells

    def __str__(self) -> str:
        return f"{self.code} {self.when}"

    def moments(self, began: datetime) -> list[tuple[datetime, str]]:
        return [(began + timedelta(hours=after), who) for after, who in self.tells]


OFFICER: Tells = [(0, "olly"), (36, "olly"), (72, "olly")]
IRIS: Tells = [(0, "iris"), (36, "iris"), (72, "iris")]
IRIS_SOON: Tells = [(0, "iris"), (12, "iris"), (24, "iris")]
NOOR: Tells = [(0, "noor"), (57.6, "noor"), (72, "rashid")]
IN_THREE_DAYS: Tells = [(36, "dina"), (57.6, "delia"), (72, "dmitri"), (108, "sue")]
IN_A_DAY: Tells = [(12, "dina"), (19.2, "delia"), (24, "dmitri"), (36, "sue")]
IN_HALF_A_DAY: Tells = [(6, "dina"), (9.6, "delia"), (12, "dmitri"), (18, "sue")]
SPECIALIST: Tells = [(0, "dina"), (19.2, "dina"), (24, "delia"), (36, "dmitri"), (48, "sue")]

TABLE = [
    Row("OC14", "told", told, 72, IN_THREE_DAYS),
    Row("OC14", "an adult", with_an_adult, 24, IN_A_DAY),
    Row("OC14", "an adult, later", given_then_an_adult, 24, IN_A_DAY),
    Row("OC14P", "an officer has it", with_an_officer, 72, OFFICER),
    Row("OC14I", "an investigator has it", with_an_investigator, 72, IRIS),
    Row("OC14I", "an adult", with_an_investigator_and_an_adult, 24, IRIS_SOON),
    Row("OC14I", "an adult, later", given_then_an_adult, 24, IRIS_SOON),
    Row("OC14T", "response", with_a_response_team, 72, [(0, "rosa"), (57.6, "rosa"), (72, "rashid")]),
    Row("OC14U", "neighbourhood", with_the_neighbourhood, 72, NOOR),
    Row("OC14U", "safer schools", with_safer_schools, 72, NOOR),
    Row("OC14Q", "told", told, 24, [(12, "dina"), (24, "dina"), (36, "delia"), (48, "dmitri")]),
    Row("OC14N", "told", told, 24, IN_A_DAY),
    Row("OC14N", "an adult", with_an_adult, 12, IN_HALF_A_DAY),
    Row("OC14A", "an adult", with_an_adult, 24, [(0, "dina"), (12, "delia"), (19.2, "dmitri"), (24, "sue")]),
    Row("OC15", "told", told, 24, SPECIALIST),
    Row("OC15A", "guidance", with_guidance, 24, SPECIALIST),
    Row("OC15R", "told", told, 672, [(336, "dina"), (672, "delia"), (1008, "dmitri"), (1344, "sue")]),
]
POSTS = {
    "olly": Role.OFFICER,
    "iris": Role.CHILD_ABUSE_INVESTIGATOR,
    "rosa": Role.RESPONSE_SERGEANT,
    "noor": Role.NEIGHBOURHOOD_SERGEANT,
    "rashid": Role.RESPONSE_INSPECTOR,
    "dina": Role.CHILD_ABUSE_SERGEANT,
    "delia": Role.CHILD_ABUSE_INSPECTOR,
    "dmitri": Role.DMM_CHAIR,
    "sue": Role.SUPERINTENDENT,
}
COVERS = {
    "olly": "tess",
    "iris": "rory",
    "rosa": "tara",
    "noor": "tara",
    "rashid": "fin",
    "dina": "milo",
    "delia": "maya",
    "dmitri": "ines",
    "sue": "chidi",
}
ABOVE = {"olly": "rosa", "iris": "dina", "rosa": "rashid", "noor": "rashid", "rashid": "sue", "dina": "delia"}
"""Who is told when somebody has left."""
