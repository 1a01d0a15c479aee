"""Who manages offenders: 39 managers in four teams, their sergeants, and the ViSOR hub. Invented, like everybody."""

from __future__ import annotations

from access.roles import Role
from demo.people import OFFENDERS, OFFENDERS_EAST, OFFENDERS_SOUTH, OFFENDERS_WEST, VISOR, Player

TEAMS = {
    OFFENDERS: ["Bram Tollwick", "Cerys Dunmarsh", "Dilip Fernlow", "Ebba Hallfold", "Fergus Ivewick", "Greta Kestmoor",
                "Haroon Marchlow", "Ingrid Overfold"],
    OFFENDERS_EAST: ["Jomo Quenmarsh", "Kirsty Stanlow", "Lamar Tollmoor", "Megan Wellmarsh", "Nikhil Brackwick",
                     "Oona Callowfold", "Pavel Dunmoor", "Queenie Fernmarsh", "Rhys Hallow", "Sunita Ivefold"],
    OFFENDERS_SOUTH: ["Tobias Kestwick", "Ursula Marchmoor", "Vikram Overmarsh", "Winnie Quenfold", "Xavi Stanwick",
                      "Yasmin Tollmarsh", "Zeb Wellow", "Ada Brackfold", "Boris Callowmoor", "Clara Dunwick"],
    OFFENDERS_WEST: ["Deji Fernwick", "Enid Hallmoor", "Faisal Ivemarsh", "Gwen Kestfold", "Hamza Marchwick",
                     "Iona Overwick", "Jude Quenmoor", "Kamal Stanfold", "Lowri Tollow"],
}  # fmt: skip
"""Besides Omar and Olga in the north. 2,346 registered offenders at 60 each are 39 managers (inspection of 2022)."""
SERGEANTS = {OFFENDERS_SOUTH: "Moira Wellfold", OFFENDERS_WEST: "Nasir Brackmoor"}
HUB = ["Orla Callowmarsh", "Peter Dunfold", "Rowena Fernmoor"]


def _player(username: str, name: str, role: Role, team: str) -> Player:
    first_name, last_name = name.split()
    return Player(username, first_name, last_name, role, team)


STAFF = [
    *(
        _player(f"manager{number}", name, Role.OFFENDER_MANAGER, team)
        for number, (team, name) in enumerate(
            ((team, name) for team, names in TEAMS.items() for name in names), start=1
        )
    ),
    *(
        _player(f"offendersgt{number}", name, Role.OFFENDER_SERGEANT, team)
        for number, (team, name) in enumerate(SERGEANTS.items(), start=1)
    ),
    *(_player(f"hub{number}", name, Role.HUB_ADMINISTRATOR, VISOR) for number, name in enumerate(HUB, start=1)),
]
