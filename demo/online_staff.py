"""Who investigates online abuse, besides Rory, Iris, Dina and Delia: researchers, investigators and a second sergeant.
Invented, like everybody."""

from __future__ import annotations

from access.roles import Role
from demo.people import CHILD_ABUSE, Player

RESEARCHERS = ["Amrit Sedgelow", "Ffion Thornlow", "Gustav Copsemoor"]
INVESTIGATORS = ["Jolene Brackwater", "Kwabena Dapplewick", "Lidia Eskfold", "Nerys Furzelow", "Rafael Gorsemarsh"]
SERGEANT = "Marek Heathwick"


def _player(username: str, name: str, role: Role) -> Player:
    first_name, last_name = name.split()
    return Player(username, first_name, last_name, role, CHILD_ABUSE)


STAFF = [
    *(
        _player(f"researcher{number}", name, Role.CHILD_ABUSE_RESEARCHER)
        for number, name in enumerate(RESEARCHERS, start=1)
    ),
    *(
        _player(f"investigator{number}", name, Role.CHILD_ABUSE_INVESTIGATOR)
        for number, name in enumerate(INVESTIGATORS, start=1)
    ),
    _player("onlinesgt1", SERGEANT, Role.CHILD_ABUSE_SERGEANT),
]
RESEARCH = ["rory", *(each.username for each in STAFF if each.role == Role.CHILD_ABUSE_RESEARCHER)]
INVESTIGATE = ["iris", *(each.username for each in STAFF if each.role == Role.CHILD_ABUSE_INVESTIGATOR)]
DECIDE = ["dina", "onlinesgt1"]
