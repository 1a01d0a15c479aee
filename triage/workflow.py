"""The life of an incident: called in and graded, assigned, attended, its outcome recorded, closed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from access.actor import NotYours, System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import Person, next_reference
from cases.places import address_in
from cases.records import Details, Home, must_be_somebody
from ppn import workflow as ppn
from ppn.models import Ppn
from sla.lengths import Basis, Length
from sla.policy import Deadline, EachTime, Ladder, Level, On
from triage.models import NOT_ATTENDED, Answer, Grade, Incident, State, Thrive
from triage.people import takes_part
from workflow.transitions import NotNow, OneOf, must_say, transition


@dataclass(frozen=True)
class Contact:
    """What the caller told us."""

    channel: str
    location: str
    what_happened: str
    child: str
    caller: str = ""
    category: str = ""
    log_reference: str | None = None
    reported_at: datetime | None = None


@dataclass(frozen=True)
class Assessment:
    """THRIVE: threat, harm, risk, investigation, vulnerability, engagement; and what could happen before we arrive."""

    threat: str
    harm: str
    risk: str
    investigation: str
    vulnerability: str
    engagement: str
    before_we_arrive: str
    overall: str


def _waits_in(incident: Incident) -> str:
    return State.AWAITING_RESOURCE.value if incident.grade in (Grade.G1, Grade.G2) else State.IN_TRIAGE.value


WAITS = OneOf(_waits_in, (State.AWAITING_RESOURCE.value, State.IN_TRIAGE.value))


@transition(target=WAITS, may=Can.TAKE_CALL)
def take_call(incident: Incident, *, by: User | System, contact: Contact, assessment: Assessment, grade: str) -> None:
    """Somebody has called: what happened, whether a child is there, THRIVE, and a grade."""
    for name, fact in vars(contact).items():
        setattr(incident, name, fact)
    incident.reported_at = min(contact.reported_at or now(), now())
    incident.grade = incident.grade_initial = grade
    incident.address = address_in(contact.location)
    incident.reference, incident.team = next_reference("INC"), team_of(Role.CONTACT_SUPERVISOR)
    _assessed(incident, assessment, Thrive.Trigger.INITIAL, by)


@transition(source=NOT_ATTENDED, target=WAITS, may=Can.REGRADE)
def regrade(incident: Incident, *, by: User, grade: str, assessment: Assessment, because: str) -> None:
    """A new grade, always with a new THRIVE. Anyone may raise it; only a supervisor may lower it. No clock is reset."""
    if Grade(grade).is_lower_than(incident.grade) and not by.can(Can.DOWNGRADE):
        raise NotYours(f"You may not {Can.DOWNGRADE.label}. Ask a supervisor.")
    must_say(because, "why the grade changes")
    incident.grade = grade
    _assessed(incident, assessment, Thrive.Trigger.REGRADE, by)


@transition(source=NOT_ATTENDED, may=Can.REASSESS)
def reassess(incident: Incident, *, by: User, assessment: Assessment, trigger: str) -> None:
    """The risk is looked at again while the incident waits. The next look falls due an interval from now."""
    _assessed(incident, assessment, Thrive.Trigger(trigger), by)
    incident.reassessed_at = now()


@transition(source=NOT_ATTENDED, target=State.ASSIGNED.value, may=Can.DISPATCH)
def assign(incident: Incident, *, by: User | System, unit: str) -> None:
    """A unit is on its way. Being on the way is not being there: the clock runs on."""
    incident.unit, incident.resourced_at = unit, incident.resourced_at or now()


@transition(source=NOT_ATTENDED, target=State.ATTENDED.value, may=Can.ATTEND)
def attend(incident: Incident, *, by: User | System) -> None:
    """Police have arrived."""
    incident.attended_at = now()
    incident.attended_by = by if isinstance(by, User) else None


@transition(source=[state.value for state in State], may=Can.RECORD_PEOPLE)
def name_person(
    incident: Incident, *, by: User, part: str, person: Person | None, details: Details, home: Home | None
) -> None:
    """Somebody is part of this incident: somebody we know, or somebody new. What we know of them is here at once."""
    must_say(part, "what part they have in it")
    if person is None:
        must_be_somebody(details)
    takes_part(incident, part, person, details, home, by)


@transition(source=State.ATTENDED.value, target=State.OUTCOME_RECORDED.value, may=Can.ATTEND)
def record_outcome(
    incident: Incident, *, by: User, outcome: str, child: str, child_seen: str, child_not_seen_because: str
) -> None:
    """What was found and done. If a child is involved: the child was seen, or why not."""
    if child != Answer.NO and child_seen != Answer.YES and not child_not_seen_because.strip():
        raise NotNow("A child is, or may be, involved and was not seen: say why, who will see the child, and by when.")
    incident.outcome, incident.child = outcome, child
    incident.child_seen, incident.child_not_seen_because = child_seen, child_not_seen_because


@transition(source=State.OUTCOME_RECORDED.value, target=State.CLOSED.value, may=Can.CLOSE_INCIDENT)
def close(incident: Incident, *, by: User, no_ppn_because: str) -> None:
    """A supervisor closes it. If a child is involved there is a PPN, or this supervisor says why there is none."""
    if incident.concerns_a_child and not no_ppn_because.strip() and not has_a_ppn(incident):
        raise NotNow("A child is, or may be, involved and there is no PPN: submit one first, or say why there is none.")
    incident.no_ppn_because = no_ppn_because


@transition(source=NOT_ATTENDED, target=State.NO_DEPLOYMENT.value, may=Can.END_WITHOUT_ATTENDANCE)
def end_without_attendance(incident: Incident, *, by: User | System, because: str) -> None:
    """A supervisor decides that nobody will attend, and says why. What was missed until then stays missed."""
    must_say(because, "why nobody will attend")
    incident.outcome = because


def _assessed(incident: Incident, assessment: Assessment, trigger: Thrive.Trigger, by: User | System) -> None:
    author = by if isinstance(by, User) else None
    Thrive.objects.create(incident=incident, trigger=trigger.value, at=now(), by=author, **asdict(assessment))


def has_a_ppn(incident: Incident) -> bool:
    """Asked as the software: a restricted notice, which the person may not see, is a notice all the same."""
    with acting(System("is there a notice?")):
        return Ppn.objects.filter(arises_from=incident.pk).exists()


def _incident_of(notice: Ppn) -> Incident | None:
    return Incident.objects.filter(pk=notice.arises_from).first() if notice.arises_from else None


def _local(name: str, length: timedelta, source: str, *, ours: bool = False) -> Length:
    return Length(name, length, Basis.LOCAL, source, is_our_default=ours)


G1_TARGET = _local("G1 attendance", timedelta(minutes=15), "Force target, PEEL inspection 2022")
G2_TARGET = _local("G2 attendance", timedelta(minutes=60), "Force target (75% within it), inspection June 2022")
G4_CONTACT = _local("G4 first contact", timedelta(hours=24), "No authority found", ours=True)
OUTCOME = _local("Outcome after attendance", timedelta(hours=12), "End of tour of duty", ours=True)
G3_TARGET = _local("G3 attendance", timedelta(hours=48), "Comparable forces, 24 to 48 hours", ours=True)
G1_AGAIN = _local("Re-assessment of a late G1", timedelta(minutes=30), "No authority found", ours=True)
G2_AGAIN = _local("Re-assessment of a late G2", timedelta(minutes=60), "No authority found", ours=True)
G3_AGAIN = _local("Re-assessment of a late G3", timedelta(hours=4), "No authority found", ours=True)
OFFICER_PPN = _local("PPN from the officer", timedelta(hours=12), "End of tour of duty", ours=True)


def _attendance(code: str, grade: Grade, target: Length, ladder: Ladder, promise: str = "Attendance") -> Deadline:
    """From the call, so that slow grading cannot hide, until police arrive. A regrade resets nothing."""
    return Deadline(
        code,
        f"{promise}, {grade.label}",
        model=Incident,
        starts=[take_call, regrade],
        applies=lambda incident: incident.grade == grade,
        counts_from=lambda incident: incident.reported_at,
        length=lambda incident: target,
        lengths=[target],
        stops=[attend, end_without_attendance],
        publishes="attend_by",
        no_child=lambda incident: not incident.concerns_a_child,
        ladder=ladder,
    )


K1 = _attendance("K1", Grade.G1, G1_TARGET, Ladder([Level(1.0, Role.CONTACT_SUPERVISOR), Level(1.5, Role.FIM)]))
K2 = _attendance(
    "K2",
    Grade.G2,
    G2_TARGET,
    Ladder(
        [
            Level(0.5, Role.DISPATCHER),
            Level(0.75, Role.CONTACT_SUPERVISOR),
            Level(1.0, Role.CONTACT_SUPERVISOR),
            Level(1.5, Role.FIM),
        ]
    ),
)
K3 = _attendance(
    "K3",
    Grade.G3,
    G3_TARGET,
    Ladder([Level(0.75, Role.CONTACT_SUPERVISOR), Level(1.0, Role.FIM, if_no_child=Role.CONTACT_SUPERVISOR)]),
)
K13 = _attendance(
    "K13",
    Grade.G4,
    G4_CONTACT,
    Ladder([Level(0.75, Role.CONTACT_SUPERVISOR), Level(1.0, Role.FIM, if_no_child=Role.CONTACT_SUPERVISOR)]),
    promise="Contact or a decision",
)
K4 = Deadline(
    "K4",
    "Re-assessment of the risk while late",
    model=Incident,
    after={K1: G1_AGAIN, K2: G2_AGAIN, K3: G3_AGAIN},
    restarts=[reassess, regrade],
    stops=[attend, end_without_attendance],
    ladder=EachTime([Role.CONTACT_SUPERVISOR, Role.FIM, Role.DMM_CHAIR]),
)
K8 = Deadline(
    "K8",
    "PPN from the officer who saw a child at risk",
    model=Incident,
    starts=[attend, record_outcome],
    applies=lambda incident: incident.child == Answer.YES and not has_a_ppn(incident),
    counts_from=lambda incident: incident.attended_at,
    length=lambda incident: OFFICER_PPN,
    lengths=[OFFICER_PPN],
    stops=[On(ppn.submit, of=_incident_of), close],
    ladder=Ladder(
        [Level(1.0, Role.RESPONSE_SERGEANT), Level(2.0, Role.RESPONSE_INSPECTOR), Level(2.0, Role.MASH_SERGEANT)]
    ),
)
OUTCOME_DUE = Deadline(
    "OUT",
    "Outcome recorded after attendance",
    model=Incident,
    starts=[attend],
    counts_from=lambda incident: incident.attended_at,
    length=lambda incident: OUTCOME,
    lengths=[OUTCOME],
    stops=[record_outcome],
    no_child=lambda incident: not incident.concerns_a_child,
    ladder=Ladder([Level(1.0, Role.RESPONSE_SERGEANT), Level(2.0, Role.RESPONSE_INSPECTOR)]),
)
