"""The MASH takes a notice, finds out what is known, and assesses the risk; beside it the officer's supervisor checks
the notice. Nothing here pauses a clock."""

from __future__ import annotations

from collections.abc import Mapping

from access.actor import System, signed
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import Person
from ppn import household, people
from ppn.models import (
    ANY,
    OPEN,
    Answer,
    ChildConsidered,
    Decision,
    DetailRequest,
    Grade,
    Ppn,
    State,
    Subject,
)
from ppn.recipients import propose_agencies
from ppn.schools import tell_schools
from ppn.workflow.filing import reopen_last_filed
from ppn.workflow.strategy import answer_triggers, look_again
from workflow.transitions import NotNow, must_say, transition


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
    look_again(ppn)


@transition(source=OPEN, may=Can.REVIEW_PPN)
def say_who(ppn: Ppn, *, by: User | System, subject: Subject, person: Person | None) -> None:
    """Somebody the notice names is somebody we know, or somebody new. What we know of them is here from now on."""
    if subject.ppn_id != ppn.pk:
        raise NotNow("That person is not in this notice.")
    if person and ppn.subjects.exclude(pk=subject.pk).filter(person__same_as=person.same_as_id).exists():
        raise NotNow(f"Somebody else in this notice is {person} already.")
    people.identify(ppn, subject, person, by)
    look_again(ppn)
    if subject.is_child:
        tell_schools(ppn, list(ppn.subjects.select_related("person", "school")), by=by)
        reopen_last_filed(ppn, subject)


@transition(source=State.UNDER_RESEARCH.value, target=State.RISK_ASSESSED.value, may=Can.REVIEW_PPN)
def assess(
    ppn: Ppn,
    *,
    by: User,
    systems_checked: str,
    assessment: str,
    grade: str,
    because: str,
    decision: str = Decision.INFORMATION.value,
    open_to: str = "",
    asked: Mapping[str, str] | None = None,
) -> None:
    """The secondary risk assessment, and what the MASH makes of it. A grade that differs from the officer's says why;
    both are kept."""
    if waiting := people.not_yet_identified(ppn):
        names = ", ".join(subject.name for subject in waiting)
        raise NotNow(f"Say first who they are, somebody we know or somebody new: {names}.")
    if grade != ppn.grade and not because.strip():
        raise NotNow(
            f"You grade it {Grade(grade).label}; the officer graded it {Grade(ppn.grade).label}. Say why it differs."
        )
    if decision == Decision.ALREADY_OPEN and not open_to.strip():
        raise NotNow("It is open to a social worker already: say to whom, or to which team.")
    must_say(systems_checked, "which systems you checked")
    ppn.systems_checked, ppn.assessment = systems_checked, assessment
    ppn.mash_grade, ppn.mash_grade_because = grade, because
    ppn.mash_decision, ppn.open_to = decision, open_to
    ppn.assessed_at = now()
    if asked:
        answer_triggers(ppn, by=by, asked=asked)
    propose_agencies(ppn, by=by)


@transition(source=ANY, may=Can.CHECK_PPN)
def check(ppn: Ppn, *, by: User, said: str) -> None:
    """A supervisor, any who is on duty, reads what the officer wrote and tells them what was good or what is missing.
    It runs beside the review and never holds it up."""
    if ppn.submitted_by_id == by.pk:
        raise NotNow("You wrote it: another supervisor checks it.")
    if ppn.checked_at:
        raise NotNow(f"{ppn.checked_by} has checked it already.")
    must_say(said, "what you tell the officer")
    ppn.checked_by, ppn.checked_at, ppn.check_said = by, now(), said


@transition(target=DetailRequest.State.ASKED.value, may=Can.REVIEW_PPN)
def ask_for_detail(request: DetailRequest, *, by: User, ppn: Ppn, question: str) -> None:
    """More is needed from the officer. The notice stays where it is, its clock runs; what is known is shared now."""
    must_say(question, "what you need to know")
    request.ppn, request.reference, request.team = ppn, ppn.reference, ppn.officers_team or ppn.team
    request.question, request.asked_at, request.asked_by = question, now(), by


@transition(source=DetailRequest.State.ASKED.value, target=DetailRequest.State.ANSWERED.value, may=Can.SUBMIT_PPN)
def answer_detail(request: DetailRequest, *, by: User, answer: str) -> None:
    """The officer, or a colleague who knows, answers. Where nobody knows, that is said."""
    must_say(answer, "what is known; “not known” is an answer")
    request.answer, request.answered_at, request.answered_by = answer, now(), by


@transition(source=OPEN, may=Can.REVIEW_PPN)
def consider_child(ppn: Ppn, *, by: User, child: Person, what_it_means: str) -> None:
    """Another child of the household, not named in the notice: what it means for them."""
    if child.same_as_id not in {other.same_as_id for other in household.other_children(ppn)}:
        raise NotNow("Choose a child of the household whom the notice does not name.")
    must_say(what_it_means, f"what it means for {child}")
    ChildConsidered.objects.create(ppn=ppn, person=child, what_it_means=what_it_means, at=now(), by=by)


def take_next(*, by: User) -> Ppn | None:
    """The notice closest to breach that nobody has taken; None = none left. Two people who press at once get two."""
    with signed(by):
        waiting = Ppn.objects.filter(state=State.SUBMITTED.value).order_by("due_at", "id")
        ppn = waiting.select_for_update(of=("self",), skip_locked=True).first()
        return take(ppn, by=by) if ppn else None
