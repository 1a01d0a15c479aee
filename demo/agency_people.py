"""People of agencies who can sign in to the demo: a school's safeguarding lead, and a charity's worker."""

from __future__ import annotations

from access.actor import System, signed
from demo.agencies import NOT_CHECKED
from demo.scene import Scene
from encompass import workflow as encompass
from encompass.models import Addressee, SchoolNotice
from encompass.models import State as SchoolState
from partners.models import Agency, AgencyPerson
from partners.workflow.access import let_person_in

HOLLY = ("holly", "Holly", "Safeguarding-Lead", "Designated safeguarding lead")
LENA = ("lena", "Lena", "Lanternhouse", "Independent domestic violence adviser")
PEOPLE = [HOLLY, LENA]
STILL_UNREAD = 2
"""Of what Holly's school was sent: the newest. It rang about everything before."""


def let_in(scene: Scene) -> None:
    """They sign in with the password of everybody in the demo. Holly is at the school that was told last, so that
    something waits for her at any time of day; Lena's agency is told by telephone or on these pages alone."""
    _one(LENA, Agency.objects.get(name=NOT_CHECKED), scene)
    told = _told_last()
    if told:
        school = Addressee.objects.get(school=told[0].school)
        _one(HOLLY, school.agency, scene)
        for notice in told[STILL_UNREAD:]:
            encompass.acknowledge(notice, by=scene.people["cora"], name="Holly Safeguarding-Lead, who rang")


def _told_last() -> list[SchoolNotice]:
    """What the school that was told last has not acknowledged, the newest first. Empty where none was told."""
    open_still = SchoolNotice.objects.filter(state__in=[SchoolState.SENT, SchoolState.DELIVERED]).order_by("-sent_at")
    last = open_still.exclude(school=None).first()
    return list(open_still.filter(school=last.school)) if last else []


def _one(named: tuple[str, str, str, str], agency: Agency, scene: Scene) -> None:
    username, first_name, last_name, post = named
    said = {"username": username, "first_name": first_name, "last_name": last_name, "post": post}
    person, _ = let_person_in(agency, by=scene.people["ines"], **said)
    with signed(System("demo partners")):
        person.user.password = scene.password_hash
        person.user.save(update_fields=["password"])


def everybody() -> list[str]:
    """As the command says it, where they were let in."""
    usernames = [username for username, *_ in PEOPLE]
    people = AgencyPerson.objects.filter(user__username__in=usernames).select_related("user", "agency")
    return [f"{each.user.username:10}{each.post}, {each.agency} (/portal/)" for each in people.order_by("user")]
