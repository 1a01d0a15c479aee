"""The cast: invented people, one or more for every role. The demo signs in as them; tests tell stories with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from access.actor import System, signed
from access.roles import Role
from access.time import now
from accounts.models import Absence, Posting, Team, User

CANNOT_SIGN_IN = "!"
CONTROL_ROOM, RESPONSE, MASH, COMMAND = "Control room", "Response team A", "Vale MASH", "Public protection command"
HUB, BY_PHONE, RESPONSE_B = "Triage hub", "Resolution centre", "Response team B"
NEIGHBOURHOOD, CHILD_ABUSE = "Neighbourhood team A", "Internet child abuse team"
MISSING = "Missing, exploited and trafficked team"
OFFENDERS, OFFENDERS_EAST = "Offender management north", "Offender management east"
OFFENDERS_SOUTH, OFFENDERS_WEST = "Offender management south", "Offender management west"
VISOR = "ViSOR hub"
QUALITY, GOVERNANCE, CHIEF_OFFICERS = "Quality and learning", "Governance", "Chief officers"
PERFORMANCE, INSPECTORATE = "Performance", "His Majesty's Inspectorate"


@dataclass(frozen=True)
class Player:
    username: str
    first_name: str
    last_name: str
    role: Role
    team: str


CAST = [
    Player("callie", "Callie", "Contact", Role.CONTACT_OFFICER, CONTROL_ROOM),
    Player("dev", "Dev", "Dispatcher", Role.DISPATCHER, CONTROL_ROOM),
    Player("connie", "Connie", "Control-Supervisor", Role.CONTACT_SUPERVISOR, CONTROL_ROOM),
    Player("fin", "Fin", "Force-Incident-Manager", Role.FIM, CONTROL_ROOM),
    Player("carl", "Carl", "Contact-Chief-Inspector", Role.CONTACT_CHIEF_INSPECTOR, CONTROL_ROOM),
    Player("tara", "Tara", "Triage", Role.TRIAGE_OFFICER, HUB),
    Player("tess", "Tess", "Triage-Supervisor", Role.TRIAGE_SUPERVISOR, HUB),
    Player("ravi", "Ravi", "Resolution", Role.RESOLUTION_OFFICER, BY_PHONE),
    Player("rina", "Rina", "Resolution-Supervisor", Role.RESOLUTION_SUPERVISOR, BY_PHONE),
    Player("olly", "Olly", "Officer", Role.OFFICER, RESPONSE),
    Player("rosa", "Rosa", "Response-Sergeant", Role.RESPONSE_SERGEANT, RESPONSE),
    Player("rashid", "Rashid", "Response-Inspector", Role.RESPONSE_INSPECTOR, RESPONSE),
    Player("noor", "Noor", "Neighbourhood-Sergeant", Role.NEIGHBOURHOOD_SERGEANT, NEIGHBOURHOOD),
    Player("rory", "Rory", "Child-Abuse-Researcher", Role.CHILD_ABUSE_RESEARCHER, CHILD_ABUSE),
    Player("iris", "Iris", "Child-Abuse-Investigator", Role.CHILD_ABUSE_INVESTIGATOR, CHILD_ABUSE),
    Player("delia", "Delia", "Child-Abuse-Inspector", Role.CHILD_ABUSE_INSPECTOR, CHILD_ABUSE),
    Player("dina", "Dina", "Child-Abuse-Sergeant", Role.CHILD_ABUSE_SERGEANT, CHILD_ABUSE),
    Player("maya", "Maya", "Missing-Co-ordinator", Role.MISSING_COORDINATOR, MISSING),
    Player("milo", "Milo", "Missing-Sergeant", Role.MISSING_SERGEANT, MISSING),
    Player("omar", "Omar", "Offender-Manager", Role.OFFENDER_MANAGER, OFFENDERS),
    Player("olga", "Olga", "Offender-Manager", Role.OFFENDER_MANAGER, OFFENDERS),
    Player("stella", "Stella", "Offender-Sergeant", Role.OFFENDER_SERGEANT, OFFENDERS),
    Player("seb", "Seb", "Offender-Sergeant", Role.OFFENDER_SERGEANT, OFFENDERS_EAST),
    Player("imran", "Imran", "Offender-Inspector", Role.OFFENDER_INSPECTOR, OFFENDERS),
    Player("hana", "Hana", "Hub-Administrator", Role.HUB_ADMINISTRATOR, VISOR),
    Player("hugo", "Hugo", "Hub-Manager", Role.HUB_MANAGER, VISOR),
    Player("cora", "Cora", "Co-ordinator", Role.COORDINATOR, MASH),
    Player("cole", "Cole", "Co-ordinator", Role.COORDINATOR, MASH),
    Player("sam", "Sam", "Sergeant", Role.MASH_SERGEANT, MASH),
    Player("ines", "Ines", "Inspector", Role.MASH_INSPECTOR, MASH),
    Player("chidi", "Chidi", "Chief-Inspector", Role.MASH_CHIEF_INSPECTOR, MASH),
    Player("reva", "Reva", "Quality-Reviewer", Role.QUALITY_REVIEWER, QUALITY),
    Player("quinn", "Quinn", "Quality-Lead", Role.QUALITY_LEAD, QUALITY),
    Player("greta", "Greta", "Governance-Lead", Role.GOVERNANCE_LEAD, GOVERNANCE),
    Player("alma", "Alma", "Chief-Officer", Role.CHIEF_OFFICER, CHIEF_OFFICERS),
    Player("anya", "Anya", "Analyst", Role.ANALYST, PERFORMANCE),
    Player("hettie", "Hettie", "HM-Inspector", Role.INSPECTORATE, INSPECTORATE),
    Player("sue", "Sue", "Superintendent", Role.SUPERINTENDENT, COMMAND),
    Player("dmitri", "Dmitri", "Daily-Chair", Role.DMM_CHAIR, COMMAND),
]

# Those who write most of the notices and take most of the calls. Nobody signs in as them.
COLLEAGUES = [
    *(
        Player(f"officer{number}", first_name, last_name, Role.OFFICER, RESPONSE)
        for number, (first_name, last_name) in enumerate(
            [
                ("Aoife", "Brackmarsh"),
                ("Ben", "Callowick"),
                ("Chioma", "Dunlow"),
                ("Ewan", "Fernfold"),
                ("Gita", "Hallmarsh"),
                ("Hywel", "Ivemoor"),
                ("Joanna", "Kestlow"),
                ("Leon", "Marchfold"),
                ("Mina", "Overlow"),
            ],
            start=1,
        )
    ),
    *(
        Player(f"calltaker{number}", first_name, last_name, Role.CONTACT_OFFICER, CONTROL_ROOM)
        for number, (first_name, last_name) in enumerate(
            [("Paul", "Quenlow"), ("Ruth", "Stanmarsh"), ("Sade", "Tollfold"), ("Viktor", "Wellick")], start=1
        )
    ),
    Player("officer10", "Petra", "Rushmoor", Role.OFFICER, RESPONSE_B),
    Player("officer11", "Samir", "Tidewick", Role.OFFICER, RESPONSE_B),
    Player("officer12", "Una", "Vellmarsh", Role.OFFICER, RESPONSE_B),
    Player("triage1", "Dev-Anand", "Brindlow", Role.TRIAGE_OFFICER, HUB),
    Player("triage2", "Marta", "Cawfold", Role.TRIAGE_OFFICER, HUB),
    Player("missing1", "Adaeze", "Fallowick", Role.MISSING_COORDINATOR, MISSING),
    Player("missing2", "Rhodri", "Gallowmarsh", Role.MISSING_COORDINATOR, MISSING),
    Player("resolution1", "Idris", "Dennelow", Role.RESOLUTION_OFFICER, BY_PHONE),
    Player("resolution2", "Lena", "Eskmoor", Role.RESOLUTION_OFFICER, BY_PHONE),
    Player("resolution3", "Noel", "Farwick", Role.RESOLUTION_OFFICER, BY_PHONE),
]


def hire(since: datetime, *, password_hash: str = CANNOT_SIGN_IN, players: Sequence[Player] = CAST) -> dict[str, User]:
    """All these people, posted to their teams since that moment. `password_hash`: how they sign in, if at all."""
    with signed(System("demo people")):
        names = dict.fromkeys(player.team for player in players)
        Team.objects.bulk_create([Team(name=name) for name in names], ignore_conflicts=True)
        teams = {team.name: team for team in Team.objects.filter(name__in=names)}
        User.objects.bulk_create(
            [
                User(username=p.username, first_name=p.first_name, last_name=p.last_name, password=password_hash)
                for p in players
            ]
        )
        people = {user.username: user for user in User.objects.filter(username__in=[p.username for p in players])}
        Posting.objects.bulk_create(
            [Posting(person=people[p.username], role=p.role.value, team=teams[p.team], starts=since) for p in players]
        )
    return people


SHOWN_FIRST = ["cora", "sam", "ines", "connie", "rosa", "maya", "seb"]


def in_short() -> str:
    """A few of the cast to begin with, on one line."""
    cast = _in_words()
    return ", ".join(f"{username} ({cast[username]})" for username in SHOWN_FIRST)


def everybody() -> list[str]:
    return [f"{username:10}{post}" for username, post in _in_words().items()]


def _in_words() -> dict[str, str]:
    away = {absence.person_id: absence for absence in Absence.at(now()).select_related("cover")}
    people = User.objects.in_bulk([player.username for player in CAST], field_name="username")
    return {p.username: _post(p, away.get(people[p.username].pk)) for p in CAST}


def _post(player: Player, absence: Absence | None) -> str:
    label = str(player.role.label)
    label = label if label.startswith("MASH") else label[0].lower() + label[1:]
    return f"{label}, away: {absence.cover.username} covers" if absence else label
