"""People of agencies who can sign in to the demo: a safeguarding adviser for schools, and a charity's worker."""

from __future__ import annotations

from access.actor import System, signed
from accounts.models import User
from demo.agencies import NOT_CHECKED
from partners.models import Agency
from partners.workflow.access import let_person_in

SCHOOLS = "Vale education safeguarding team"
PEOPLE = [
    ("erin", "Erin", "Education", "Duty safeguarding adviser", SCHOOLS),
    ("lena", "Lena", "Lanternhouse", "Independent domestic violence adviser", NOT_CHECKED),
]
"""User name, name, what they are there, and at which agency. The second agency is told by telephone or here alone."""


def let_in(by: User, *, password_hash: str) -> None:
    """They sign in with the password of everybody in the demo."""
    for username, first_name, last_name, post, agency in PEOPLE:
        said = {"username": username, "first_name": first_name, "last_name": last_name, "post": post}
        person, _ = let_person_in(Agency.objects.get(name=agency), by=by, **said)
        with signed(System("demo partners")):
            person.user.password = password_hash
            person.user.save(update_fields=["password"])


def everybody() -> list[str]:
    return [f"{username:10}{post}, {agency} (/portal/)" for username, _, _, post, agency in PEOPLE]
