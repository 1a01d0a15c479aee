"""The cases the inspectors told, and two that show who is there and who may see what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from access.actor import acting
from accounts.models import Absence, User
from accounts.workflow import go_away
from cases.models import Case
from cases.workflow import restrict
from demo.chronicle import Event, when
from demo.scene import LEAVE_BEGAN, Scene
from partners.disclose import Grounds
from partners.models import Agency, Basis, Informed
from ppn import workflow as notices
from ppn.models import Answer, DomesticAbuseRisk, Grade, Ppn, StrategyDecision, Subject, Type
from ppn.workflow import Notice, SubjectFacts
from triage import workflow as incidents
from triage.models import Channel, Incident, Risk
from triage.workflow import Assessment, Contact

YES, NO = Answer.YES.value, Answer.NO.value
CHILD, PARENT, POSES_RISK = (part.value for part in (Subject.Part.CHILD, Subject.Part.PARENT, Subject.Part.POSES_RISK))
UNREAD = 1  # of these notices so many wait to be read
SAFEGUARDING = Grounds(
    Basis.PUBLIC_TASK.value, "To protect the child and to plan what each of us does first", Informed.YES.value
)


def events(scene: Scene) -> Iterator[Event]:
    yield from a_sergeant_on_leave(scene)
    yield from a_boy_nobody_has_seen(scene)
    yield from grandchildren_in_contact_with_a_sex_offender(scene)
    yield from an_online_case_done_well(scene)
    yield from a_restricted_case(scene)


def a_sergeant_on_leave(scene: Scene) -> Iterator[Event]:
    sam, ines, began = scene.people["sam"], scene.people["ines"], scene.now - LEAVE_BEGAN
    leave = {"kind": Absence.Kind.LEAVE.value, "starts": began, "ends": began + timedelta(days=12), "cover": ines}
    yield when(began - timedelta(hours=5), go_away, sam, by=sam, **leave)


def a_boy_nobody_has_seen(scene: Scene) -> Iterator[Event]:
    """Two days after Ellis, 16, rang, police have been to the door, nobody has seen him, and there is no notice."""
    incident, officer = Incident(), scene.people["olly"]
    contact = Contact(
        channel=Channel.NON_EMERGENCY.value,
        location="31 Osierbed Way, Port Ravel",
        category="Public safety and welfare: domestic incident",
        caller="Ellis Tarnmoor, 07700 900461",
        child=YES,
        what_happened="Ellis, 16, says that his mother attacked him and that he defended himself. He says that she has "
        "bipolar disorder and has had no medication for five months. He has gone out and does not want to go back.",
    )
    thrive = Assessment(
        threat="His mother, at home and unwell",
        harm="Scratches to his neck and a sore wrist, he says",
        risk="Likely to happen again when he goes home",
        investigation="His own account; nobody else was there",
        vulnerability="A child, out of the house, with nowhere named to sleep",
        engagement="Wants to talk to somebody; his own phone, any time",
        before_we_arrive="He may have to go home because he has nowhere else",
        overall=Risk.HIGH.value,
    )
    yield when(
        scene.ago(hours=49),
        incidents.take_call,
        incident,
        by=scene.people["callie"],
        contact=contact,
        assessment=thrive,
        grade="G2",
    )
    yield when(scene.ago(hours=48.4), incidents.assign, incident, by=scene.people["dev"], unit="WV23")
    yield when(scene.ago(hours=47.5), incidents.attend, incident, by=officer)
    found = {
        "outcome": "His mother spoken to at the door. She says that nothing happened. Ellis was not there.",
        "child": YES,
        "child_seen": NO,
        "child_not_seen_because": "He was out. The late turn sees him at his friend's before ten tonight.",
    }
    yield when(scene.ago(hours=47), incidents.record_outcome, incident, by=officer, **found)


def grandchildren_in_contact_with_a_sex_offender(scene: Scene) -> Iterator[Event]:
    """Known for ten days, submitted after five, and for five days nobody in the MASH has opened it."""
    not_yet = {"seen": NO, "spoken_to": NO}
    why = "Not there at the visit. To be seen with social care; nobody has been named and no day set."
    notice = Notice(
        types=[Type.PERSON_POSING_RISK.value, Type.CHILD_AT_RISK.value],
        child=YES,
        grade=Grade.RED.value,
        da_risk=DomesticAbuseRisk.NONE.value,
        first_known_at=scene.ago(days=10),
        narrative="Routine monitoring visit to Desmond Garmere, a registered sex offender. Two school photographs and a "
        "booster seat: his grandchildren Poppy, 8, and Reuben, 5, come on Saturdays and stay while their mother works. "
        "She says that she was never told why he went to prison. He has conditions not to be alone with a child.",
    )
    subjects = [
        SubjectFacts(part=CHILD, name="Poppy Sallowfold", not_spoken_to_because=why, **not_yet),
        SubjectFacts(part=CHILD, name="Reuben Sallowfold", not_spoken_to_because=why, **not_yet),
        SubjectFacts(part=PARENT, name="Kerry Sallowfold"),
        SubjectFacts(part=POSES_RISK, name="Desmond Garmere", seen=YES, spoken_to=YES),
    ]
    yield when(scene.ago(days=5), notices.submit, Ppn(), by=scene.people["olly"], notice=notice, subjects=subjects)


def an_online_case_done_well(scene: Scene) -> Iterator[Event]:
    """Notice, review, strategy discussion and safety plan on one day, before the arrest."""
    ppn, cora, began = Ppn(), scene.people["cora"], scene.ago(days=6)
    notice = Notice(
        types=[Type.ONLINE_ABUSE.value, Type.CHILD_AT_RISK.value],
        child=YES,
        grade=Grade.RED.value,
        da_risk=DomesticAbuseRisk.NONE.value,
        first_known_at=began - timedelta(minutes=50),
        narrative="Referral about an account that uploads indecent images of children. It leads to Gareth Linmarsh, who "
        "lives with his partner and her daughter Nell, 11, and teaches swimming. No arrest until the agencies have met.",
    )
    nell = SubjectFacts(
        part=CHILD,
        name="Nell Yarrowfold",
        seen=YES,
        spoken_to=YES,
        own_words="“He's alright. He's on his computer a lot. Mum says not to go in.”",
        demeanour="Cheerful; spoken to at school, with a teacher she chose",
        home="Not entered before the arrest",
    )
    subjects = [
        nell,
        SubjectFacts(part=POSES_RISK, name="Gareth Linmarsh"),
        SubjectFacts(part=PARENT, name="Rhian Yarrowfold"),
    ]
    yield when(began, notices.submit, ppn, by=scene.people["rosa"], notice=notice, subjects=subjects)
    yield when(began + timedelta(minutes=40), notices.take, ppn, by=cora)
    yield when(began + timedelta(hours=2), notices.assess, ppn, by=cora, **_what_cora_found())
    partners = [
        scene.agencies[kind.value][0] for kind in (Agency.Kind.SOCIAL_CARE, Agency.Kind.EDUCATION, Agency.Kind.HEALTH)
    ]
    summary = "Arrest planned for tomorrow at seven. Please join the strategy discussion today at three."
    yield when(
        began + timedelta(hours=2.5),
        notices.share,
        ppn,
        by=cora,
        agencies=partners,
        summary=summary,
        grounds=SAFEGUARDING,
    )
    because = (
        "Held at three with social care, education and health, before the arrest. A social worker goes with the officers; "
        "the LADO has the question about his teaching; bail conditions and safety plan agreed with Nell's mother."
    )
    yield when(
        began + timedelta(hours=7),
        notices.file,
        ppn,
        by=scene.people["sam"],
        strategy_meeting=StrategyDecision.HELD.value,
        because=because,
    )


def _what_cora_found() -> dict[str, str]:
    return {
        "systems_checked": "RMS, PNC, PND, school list",
        "assessment": "KIRAT high: lives with a child and works with children. Nothing known of him before; Nell has no notices.",
        "grade": Grade.RED.value,
        "because": "",
    }


def a_restricted_case(scene: Scene) -> Iterator[Event]:
    """A parent works for the force. Only Ines and Sue may know that the case is there."""
    ppn, ines, submitted = Ppn(), scene.people["ines"], scene.ago(hours=30)
    notice = Notice(
        types=[Type.DOMESTIC_ABUSE.value, Type.CHILD_AT_RISK.value],
        child=YES,
        grade=Grade.AMBER.value,
        da_risk=DomesticAbuseRisk.MEDIUM.value,
        first_known_at=submitted - timedelta(hours=3),
        narrative="A neighbour rang about shouting and a slammed door. Both parents say that it was an argument about money. "
        "One of them works in our control room, and asked who would read this. Ottilie, 9, had packed a bag.",
    )
    ottilie = SubjectFacts(
        part=CHILD,
        name="Ottilie Wainfold",
        seen=YES,
        spoken_to=YES,
        own_words="“I packed for me and the hamster.”",
        demeanour="Composed; asked twice who we would tell",
        home="Tidy and warm",
    )
    yield when(submitted, notices.submit, ppn, by=scene.people["rashid"], notice=notice, subjects=[ottilie])
    yield when(submitted + timedelta(minutes=25), _restrict, ppn, ines, [ines, scene.people["sue"]])
    yield from _reviewed_by_ines(scene, ppn, submitted)


def _reviewed_by_ines(scene: Scene, ppn: Ppn, submitted: datetime) -> Iterator[Event]:
    ines = scene.people["ines"]
    yield when(submitted + timedelta(hours=2), notices.take, ppn, by=ines)
    found = {
        "systems_checked": "RMS, by Ines alone",
        "assessment": "One earlier call, two years ago. Ottilie is afraid of the next one.",
    }
    yield when(
        submitted + timedelta(hours=5), notices.assess, ppn, by=ines, grade=Grade.AMBER.value, because="", **found
    )
    to = scene.agencies[Agency.Kind.SOCIAL_CARE.value][:1]
    summary = "Restricted with us, since a parent works for the force. Please hold it likewise, and ring Ines."
    yield when(
        submitted + timedelta(hours=20), notices.share, ppn, by=ines, agencies=to, summary=summary, grounds=SAFEGUARDING
    )


def _restrict(ppn: Ppn, by: User, people: list[User]) -> None:
    with acting(by):
        case = Case.objects.get(pk=ppn.case_id)
    restrict(case, by=by, people=people, because="A parent works in the control room")
