"""Cases the inspectors told, and two that show who stands in for whom and who may see what. The online case that they
praised is in `online_well`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from access.actor import acting
from accounts.models import Absence, User
from accounts.workflow import go_away
from cases.models import Case
from cases.workflow.cases import restrict
from demo.chronicle import Event, when
from demo.known import assessed
from demo.scene import LEAVE_BEGAN, Scene
from partners.disclose import Grounds
from partners.models import Agency, Basis, Informed
from ppn import workflow as notices
from ppn.models import Answer, DomesticAbuseRisk, Grade, Ppn, Subject, Type
from ppn.workflow import Notice, SubjectFacts
from triage import workflow as incidents
from triage.models import Category, Channel, Incident, Risk, Thrive
from triage.models import Grade as CallGrade
from triage.workflow import Assessment, Contact, Voice

YES, NO = Answer.YES.value, Answer.NO.value
CHILD, PARENT, POSES_RISK = (part.value for part in (Subject.Part.CHILD, Subject.Part.PARENT, Subject.Part.POSES_RISK))
UNREAD = 1  # how many of these notices wait for review
TO_PROTECT = Grounds(
    Basis.PUBLIC_TASK.value, "To protect the child, and to plan who does what first", Informed.YES.value
)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def events(scene: Scene) -> Iterator[Event]:
    yield from a_sergeant_on_leave(scene)
    yield from a_boy_nobody_has_seen(scene)
    yield from grandchildren_of_a_sex_offender(scene)
    yield from a_restricted_case(scene)


def a_sergeant_on_leave(scene: Scene) -> Iterator[Event]:
    """Sam is away for twelve days from two days ago, and Ines covers."""
    sam, ines, began = scene.people["sam"], scene.people["ines"], scene.now - LEAVE_BEGAN
    leave = {"kind": Absence.Kind.LEAVE.value, "starts": began, "ends": began + timedelta(days=12), "cover": ines}
    yield when(began - hours(5), go_away, sam, by=sam, **leave)


# A boy of sixteen

ELLIS = Contact(
    channel=Channel.NON_EMERGENCY.value,
    location="31 Osierbed Way, Port Ravel",
    category="Public safety and welfare: domestic incident",
    caller="Ellis Tarnmoor",
    caller_number="07700 900461",
    safe_number="07700 900461",
    safe_time="Any time; by text",
    caller_is_child=YES,
    child=YES,
    what_happened="Ellis, 16, says that his mother attacked him and that he defended himself. She has bipolar disorder "
    "and has had no medication for five months, he says. He has gone out and does not want to go back.",
)
ELLIS_AT_RISK = Assessment(
    threat="His mother, at home and unwell",
    harm="Scratches to his neck and a sore wrist, he says",
    risk="Likely to happen again when he goes home",
    investigation="His own account; nobody else was there",
    vulnerability="A child, out of the house, with nowhere named to sleep",
    engagement="Wants to talk to somebody; his own phone, any time",
    before_we_arrive="He may go home because he has nowhere else",
    overall=Risk.HIGH.value,
)
ELLIS_NOT_SEEN = {
    "outcome": "His mother spoken to at the door; she says that nothing happened. Ellis was out.",
    "closing_category": Category.WELFARE.value,
    "child": YES,
    "child_seen": NO,
    "child_not_seen_because": "He was out. The late turn is to see him at his friend's before ten tonight.",
}
NOT_THERE: dict[str, Any] = {
    "child": "Ellis Tarnmoor",
    "seen": NO,
    "spoken_to": NO,
    "why_not": "He was out; his mother came to the door",
    "who_will": "The late turn, at his friend's",
}


def a_boy_nobody_has_seen(scene: Scene) -> Iterator[Event]:
    """Two days after he rang police have been to the door, nobody has seen him, and there is no notice."""
    incident, officer = Incident(), scene.people["olly"]
    call = {"contact": ELLIS, "abuse": None, "assessment": ELLIS_AT_RISK, "grade": CallGrade.G2.value}
    yield when(scene.ago(hours=49), incidents.take_call, incident, by=scene.people["callie"], **call)
    late = {"assessment": ELLIS_AT_RISK, "trigger": Thrive.Trigger.TARGET_MISSED.value}
    yield when(scene.ago(hours=47.9), incidents.reassess, incident, by=scene.people["connie"], **late)
    yield when(scene.ago(hours=47.8), incidents.assign, incident, by=scene.people["dev"], unit="WV23")
    yield when(scene.ago(hours=47.5), incidents.attend, incident, by=officer)
    out = Voice(**NOT_THERE, see_by=scene.ago(hours=36))
    yield when(scene.ago(hours=47.2), incidents.hear_child, incident, by=officer, voice=out)
    yield when(scene.ago(hours=47), incidents.record_outcome, incident, by=officer, **ELLIS_NOT_SEEN)


# Grandchildren

GRANDCHILDREN = (
    "Routine monitoring visit to Desmond Garmere, a registered sex offender. School photographs and a booster seat: "
    "his grandchildren Poppy, 8, and Reuben, 5, come on Saturdays and stay while their mother works. She says that "
    "nobody ever told her why he went to prison. He has conditions not to be alone with a child."
)
NOT_SEEN_YET = "Not there at the visit. To be seen with social care; nobody has been named and no day set."


def _grandchild(name: str) -> SubjectFacts:
    return SubjectFacts(CHILD, name, seen=NO, spoken_to=NO, not_spoken_to_because=NOT_SEEN_YET)


def grandchildren_of_a_sex_offender(scene: Scene) -> Iterator[Event]:
    """Known for ten days, submitted after five, and for five more nobody in the MASH has opened it."""
    notice = Notice(
        types=[Type.PERSON_POSING_RISK.value, Type.CHILD_AT_RISK.value],
        child=YES,
        grade=Grade.RED.value,
        da_risk=DomesticAbuseRisk.NONE.value,
        first_known_at=scene.ago(days=10),
        narrative=GRANDCHILDREN,
    )
    subjects = [
        _grandchild("Poppy Sallowfold"),
        _grandchild("Reuben Sallowfold"),
        SubjectFacts(PARENT, "Kerry Sallowfold"),
        SubjectFacts(POSES_RISK, "Desmond Garmere", seen=YES, spoken_to=YES),
    ]
    ppn = Ppn()
    yield when(scene.ago(days=5), notices.submit, ppn, by=scene.people["olly"], notice=notice, subjects=subjects)
    yield _checked(scene, ppn, scene.ago(days=4.8), "rosa")


# A case that almost nobody may see

AT_A_COLLEAGUES = (
    "A neighbour rang about shouting and a slammed door. Both parents say that it was an argument about money. One of "
    "them works in our control room, and asked who would read this. Ottilie, 9, had packed a bag."
)
OTTILIE = SubjectFacts(
    part=CHILD,
    name="Ottilie Wainfold",
    seen=YES,
    spoken_to=YES,
    own_words="“I packed for me and the hamster.”",
    demeanour="Composed; asked twice who we would tell",
    home="Tidy and warm",
)
WHAT_INES_FOUND = {
    "systems_checked": "RMS, by Ines alone",
    "assessment": "One earlier call, two years ago. Ottilie is afraid of the next one.",
    "grade": Grade.AMBER.value,
    "because": "",
}


def a_restricted_case(scene: Scene) -> Iterator[Event]:
    """A parent works for the force. Only Ines and Sue can know that the case is there."""
    ppn, ines, submitted = Ppn(), scene.people["ines"], scene.ago(hours=30)
    notice = Notice(
        types=[Type.DOMESTIC_ABUSE.value, Type.CHILD_AT_RISK.value],
        child=YES,
        grade=Grade.AMBER.value,
        da_risk=DomesticAbuseRisk.MEDIUM.value,
        first_known_at=submitted - hours(3),
        narrative=AT_A_COLLEAGUES,
    )
    yield when(submitted, notices.submit, ppn, by=scene.people["rashid"], notice=notice, subjects=[OTTILIE])
    yield when(submitted + hours(0.4), _restrict, ppn, ines, [ines, scene.people["sue"]])
    yield when(submitted + hours(2), notices.take, ppn, by=ines)
    yield _checked(scene, ppn, submitted + hours(3), "ines")
    yield when(submitted + hours(5), assessed, ppn, by=ines, **WHAT_INES_FOUND)
    sent = {
        "agencies": scene.agencies[Agency.Kind.SOCIAL_CARE.value][:1],
        "summary": "Restricted with us, since a parent works for the force. Please hold it likewise, and ring Ines.",
        "grounds": TO_PROTECT,
    }
    yield when(submitted + hours(20), notices.share, ppn, by=ines, **sent)


def _checked(scene: Scene, ppn: Ppn, at: datetime, by: str) -> Event:
    """Beside the review: the notice did not wait for it."""
    said = "Good: the child's own words first. Say next time who else is in the house."
    return when(at, notices.check, ppn, by=scene.people[by], said=said)


def _restrict(ppn: Ppn, by: User, people: list[User]) -> None:
    with acting(by):
        case = Case.objects.get(pk=ppn.case_id)
    restrict(case, by=by, people=people, because="A parent works in the control room")
