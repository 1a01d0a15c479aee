"""The life of a PPN: submitted, taken, assessed, shared, filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from access.actor import System, signed
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import Person, next_reference
from cases.workflow.cases import open_case
from cases.workflow.findings import answered_by_notice, finding_about
from partners.disclose import Grounds, disclose
from partners.models import Agency
from ppn import people
from ppn.content import content_for_partners
from ppn.models import OPEN, Answer, Grade, Ppn, State, StrategyDecision, Subject
from sla.lengths import Basis, Length
from sla.policy import Deadline, Ladder, Level
from workflow.transitions import NotNow, must_say, transition


@dataclass(frozen=True)
class SubjectFacts:
    """What the officer knows of one person, and for a child what the child said and how the child was."""

    part: str
    name: str
    born_on: date | None = None
    address: str = ""
    postcode: str = ""
    seen: str = Answer.NOT_KNOWN.value
    spoken_to: str = Answer.NOT_KNOWN.value
    not_spoken_to_because: str = ""
    own_words: str = ""
    demeanour: str = ""
    home: str = ""


@dataclass(frozen=True)
class Notice:
    """What a notice says."""

    types: Sequence[str]
    child: str
    grade: str
    da_risk: str
    narrative: str
    first_known_at: datetime
    arises_from: UUID | None = None


@transition(target=State.SUBMITTED.value, may=Can.SUBMIT_PPN)
def submit(ppn: Ppn, *, by: User, notice: Notice, subjects: Sequence[SubjectFacts]) -> None:
    """An officer has seen a child or an adult at risk. The notice is in the MASH queue the same second."""
    _every_child_has_a_voice(subjects)
    for name, fact in vars(notice).items():
        setattr(ppn, name, fact)
    if any(subject.part == Subject.Part.CHILD for subject in subjects):
        ppn.child = Answer.YES.value
    ppn.submitted_by, ppn.submitted_at = by, now()
    ppn.first_known_at = min(notice.first_known_at, ppn.submitted_at)
    ppn.reference, ppn.case, ppn.team = next_reference("PPN"), open_case(), team_of(Role.COORDINATOR)
    named = [Subject(ppn=ppn, **asdict(subject)) for subject in subjects]
    people.place_who_is_new(ppn, named, by)
    Subject.objects.bulk_create(named)
    if finding := finding_about(notice.arises_from):
        answered_by_notice(finding, by=by, notice=ppn.reference)


@transition(source=State.SUBMITTED.value, target=State.UNDER_RESEARCH.value, may=Can.REVIEW_PPN)
def take(ppn: Ppn, *, by: User) -> None:
    """A co-ordinator takes the notice on. The clock runs on: opening a notice is not reviewing it."""
    ppn.taken_by, ppn.taken_at = by, now()


@transition(source=State.UNDER_RESEARCH.value, target=State.SUBMITTED.value, may=Can.REVIEW_PPN)
def put_back(ppn: Ppn, *, by: User, because: str) -> None:
    """Somebody cannot finish the review: it goes back to the queue, at the place its clock gives it."""
    must_say(because, "why it goes back to the queue")
    ppn.taken_by = ppn.taken_at = None


@transition(source=[State.SUBMITTED.value, State.UNDER_RESEARCH.value], may=Can.REVIEW_PPN)
def found_a_child(ppn: Ppn, *, by: User, how_we_know: str) -> None:
    """Research shows that a child is involved after all. The due time moves nearer by itself."""
    must_say(how_we_know, "how we know")
    ppn.child = Answer.YES.value


@transition(source=OPEN, may=Can.REVIEW_PPN)
def say_who(ppn: Ppn, *, by: User | System, subject: Subject, person: Person | None) -> None:
    """Somebody the notice names is somebody we know, or somebody new. What we know of them is here from now on."""
    if subject.ppn_id != ppn.pk:
        raise NotNow("That person is not in this notice.")
    if person and ppn.subjects.exclude(pk=subject.pk).filter(person__same_as=person.same_as_id).exists():
        raise NotNow(f"Somebody else in this notice is {person} already.")
    people.identify(ppn, subject, person, by)


@transition(source=State.UNDER_RESEARCH.value, target=State.RISK_ASSESSED.value, may=Can.REVIEW_PPN)
def assess(ppn: Ppn, *, by: User, systems_checked: str, assessment: str, grade: str, because: str) -> None:
    """The secondary risk assessment. A grade that differs from the officer's says why; both are kept."""
    if waiting := people.not_yet_identified(ppn):
        names = ", ".join(subject.name for subject in waiting)
        raise NotNow(f"Say first who they are, somebody we know or somebody new: {names}.")
    if grade != ppn.grade and not because.strip():
        raise NotNow(
            f"You grade it {Grade(grade).label}; the officer graded it {Grade(ppn.grade).label}. Say why it differs."
        )
    ppn.systems_checked, ppn.assessment = systems_checked, assessment
    ppn.mash_grade, ppn.mash_grade_because = grade, because
    ppn.assessed_at = now()


@transition(source=[State.RISK_ASSESSED.value, State.SHARED.value], target=State.SHARED.value, may=Can.REVIEW_PPN)
def share(ppn: Ppn, *, by: User, agencies: Sequence[Agency], summary: str, grounds: Grounds) -> None:
    """Each agency gets the same summary, exactly as it stands here, and we keep what was sent."""
    if not agencies:
        raise NotNow("Choose at least one agency: sharing with nobody is no sharing.")
    must_say(summary, "what they are told")
    disclose(ppn, to=agencies, content=content_for_partners(ppn, summary), grounds=grounds, by=by)
    ppn.shared_at = ppn.shared_at or now()


@transition(source=State.SHARED.value, target=State.FILED.value, may=Can.FILE_PPN)
def file(ppn: Ppn, *, by: User, strategy_meeting: str, because: str) -> None:
    """Nothing is filed until a sergeant has said whether a strategy meeting is needed, and why."""
    if strategy_meeting not in StrategyDecision.values:
        raise NotNow("Decide whether a strategy meeting is requested, has been held, or is not needed.")
    must_say(because, "why")
    ppn.strategy_decision, ppn.strategy_because = strategy_meeting, because


def _every_child_has_a_voice(subjects: Sequence[SubjectFacts]) -> None:
    if not subjects:
        raise NotNow("Say who the notice is about. A name may be “not known”.")
    for subject in subjects:
        if subject.part != Subject.Part.CHILD:
            continue
        if subject.spoken_to == Answer.YES and not subject.own_words.strip():
            raise NotNow(f"{subject.name} was spoken to: write what they said, in their own words.")
        if subject.spoken_to != Answer.YES and not subject.not_spoken_to_because.strip():
            raise NotNow(f"{subject.name} was not spoken to: say why, who will, and by when.")


def take_next(*, by: User) -> Ppn | None:
    """The notice closest to breach that nobody has taken; None = none left. Two people who press at once get two."""
    with signed(by):
        waiting = Ppn.objects.filter(state=State.SUBMITTED.value).order_by("due_at", "id")
        ppn = waiting.select_for_update(of=("self",), skip_locked=True).first()
        return take(ppn, by=by) if ppn else None


CHILD_OR_HIGH_RISK = Length(
    "PPN review, child at risk or high-risk domestic abuse",
    timedelta(hours=24),
    Basis.LOCAL,
    "The force's own standard as told to inspectors, June 2022; weekends included",
)
OTHER_NOTICE = Length(
    "PPN review, other notices",
    timedelta(hours=72),
    Basis.LOCAL,
    "Comparable forces' green grade; no promised time exists",
    is_our_default=True,
)
SHARE_RED = Length(
    "Sharing after review, red", timedelta(hours=2), Basis.LOCAL, "No authority found", is_our_default=True
)
SHARE_OTHER = Length(
    "Sharing after review, other", timedelta(hours=24), Basis.LOCAL, "No authority found", is_our_default=True
)
DECIDE = Length(
    "Strategy decision after sharing", timedelta(hours=8), Basis.LOCAL, "Same tour of duty", is_our_default=True
)

REVIEW = Deadline(
    "P2",
    "MASH review of the notice",
    model=Ppn,
    starts=[submit],
    counts_from=lambda ppn: ppn.submitted_at,  # never from import, allocation or first opening
    length=lambda ppn: CHILD_OR_HIGH_RISK if ppn.is_priority else OTHER_NOTICE,
    lengths=[CHILD_OR_HIGH_RISK, OTHER_NOTICE],
    pulled_in_by=[found_a_child],
    stops=[assess],  # taking or returning a notice does not stop it
    publishes="due_at",
    no_child=lambda ppn: ppn.child == Answer.NO,
    ladder=Ladder(
        [
            Level(0.5, Role.COORDINATOR),
            Level(0.75, Role.MASH_SERGEANT),
            Level(1.0, Role.MASH_INSPECTOR),
            Level(1.5, Role.MASH_CHIEF_INSPECTOR),
            Level(2.0, Role.SUPERINTENDENT),
        ]
    ),
)

SHARE = Deadline(
    "P5",
    "Sharing with partner agencies",
    model=Ppn,
    starts=[assess],
    counts_from=lambda ppn: ppn.assessed_at,
    length=lambda ppn: SHARE_RED if ppn.current_grade == Grade.RED else SHARE_OTHER,
    lengths=[SHARE_RED, SHARE_OTHER],
    stops=[share],
    publishes="due_at",
    no_child=lambda ppn: ppn.child == Answer.NO,
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT), Level(1.5, Role.MASH_INSPECTOR)]),
)

DECISION = Deadline(
    "P9",
    "Decision on a strategy meeting",
    model=Ppn,
    starts=[share],
    counts_from=lambda ppn: ppn.shared_at,
    length=lambda ppn: DECIDE,
    lengths=[DECIDE],
    stops=[file],
    publishes="due_at",
    no_child=lambda ppn: ppn.child == Answer.NO,
    ladder=Ladder([Level(0.75, Role.MASH_SERGEANT), Level(1.0, Role.MASH_INSPECTOR)]),
)
