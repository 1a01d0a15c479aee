"""Something that has to be done to get better: given, said to be done by whoever does it, and closed by somebody
else. What a partner agency does only the chair of the scrutiny group closes."""

from __future__ import annotations

from datetime import date

from access.actor import acting
from access.roles import Can
from access.time import now, today
from accounts.duty import people_answered_for
from accounts.models import User
from cases.models import next_reference
from partners.actor import OnBehalf
from partners.models import Agency
from quality.anonymity import must_be_anonymous
from quality.measures import countable
from quality.models import ImprovementAction, Recommendation, ScrutinyPaper
from quality.scrutiny_cases import names_around
from quality.workflow.improvement import TO_BE_MET, must_answer
from workflow.transitions import NotNow, must_say, transition

State = ImprovementAction.State
OwnerKind = ImprovementAction.OwnerKind
LONGEST_NAME = 60


@transition(target=State.OPEN.value, may=Can.CHAIR_SCRUTINY)
def give_scrutiny_action(
    action: ImprovementAction,
    *,
    by: User,
    paper: ScrutinyPaper,
    what: str,
    owner_kind: str,
    owner: User | None,
    agency: Agency | None,
    due_on: date,
) -> None:
    """The group asks for something, of an officer, a supervisor, the force or a partner agency, by a day."""
    if paper.state != ScrutinyPaper.State.FOUND:
        raise NotNow("Record what the group found first.")
    must_be_anonymous(what, names_around(paper.kind, paper.record))
    action.paper = paper
    _given(action, by, what, owner_kind, owner, agency, due_on)


@transition(target=State.OPEN.value, may=Can.ANSWER_RECOMMENDATION)
def give_recommendation_action(
    action: ImprovementAction, *, by: User, recommendation: Recommendation, what: str, owner: User, due_on: date
) -> None:
    """Whoever answers for a recommendation has something done for it, by a day."""
    recommendation = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    must_answer(recommendation, by)
    if recommendation.state not in TO_BE_MET:
        raise NotNow("It is met: open it again first.")
    action.recommendation = recommendation
    _given(action, by, what, OwnerKind.FORCE.value, owner, None, due_on)


@transition(target=State.OPEN.value, may=Can.EXPLAIN_FIGURE)
def give_figure_action(
    action: ImprovementAction, *, by: User, figure: str, what: str, owner: User, due_on: date
) -> None:
    """Whoever answers for a figure that is red has something done about it, by a day."""
    if figure not in countable():
        raise NotNow("No such figure is counted.")
    action.figure = figure
    _given(action, by, what, OwnerKind.FORCE.value, owner, None, due_on)


def _given(
    action: ImprovementAction,
    by: User,
    what: str,
    owner_kind: str,
    owner: User | None,
    agency: Agency | None,
    due_on: date,
) -> None:
    must_say(what, "what has to be done")
    if owner_kind not in OwnerKind.values:
        raise NotNow("Choose whose it is.")
    is_partners = owner_kind == OwnerKind.PARTNER
    if (agency is None) if is_partners else (owner is None):
        raise NotNow("Name the agency." if is_partners else "Name the person who does it.")
    if due_on < today():
        raise NotNow("Give a day that is still to come.")
    action.reference, action.what, action.owner_kind = next_reference("IA"), what.strip(), owner_kind
    action.owner, action.agency = (None, agency) if is_partners else (owner, None)
    action.given_at, action.given_by, action.due_on = now(), by, due_on


@transition(source=State.OPEN.value, target=State.SAID_DONE.value, may=Can.SEE_QUALITY)
def action_said_done(action: ImprovementAction, *, by: User, said: str) -> None:
    """Whoever does it, or somebody who works on quality, says that it is done, and how."""
    must_say(said, "how it was done")
    action.done_said, action.done_at, action.done_by = said.strip(), now(), by


@transition(source=State.OPEN.value, target=State.SAID_DONE.value, may=Can.SEE_QUALITY)
def owner_said_done(action: ImprovementAction, *, by: OnBehalf, person: User, said: str) -> None:
    """Whoever has to do it says that it is done, and how."""
    must_say(said, "how it was done")
    action.done_said, action.done_at, action.done_by = said.strip(), now(), person


def say_done(action: ImprovementAction, *, person: User, said: str) -> ImprovementAction:
    """By whoever may: one of whose work it is, or whoever works on quality. Raises NotNow for anybody else."""
    if person.can(Can.SEE_QUALITY):
        return action_said_done(action, by=person, said=said)
    if action.owner_id not in people_answered_for(person):
        raise NotNow(f"{action.whose} says that it is done.")
    hand = OnBehalf(str(person)[:LONGEST_NAME], signs_as=person.signature())
    with acting(hand, apart=True):
        return owner_said_done(action, by=hand, person=person, said=said)


@transition(source=State.SAID_DONE.value, target=State.OPEN.value, may=Can.SEE_QUALITY)
def action_not_done_yet(action: ImprovementAction, *, by: User, because: str) -> None:
    """Somebody has looked, and it is not done."""
    must_say(because, "what is missing")
    _must_be_somebody_elses(action, by)
    action.done_at, action.done_by = None, None


@transition(source=State.SAID_DONE.value, target=State.CLOSED.value, may=Can.SEE_QUALITY)
def close_action(action: ImprovementAction, *, by: User, said: str) -> None:
    """Somebody else has looked, and it is done."""
    _must_be_somebody_elses(action, by)
    _closed(action, by, said)


@transition(source=[State.OPEN.value, State.SAID_DONE.value], target=State.NOT_NEEDED.value, may=Can.SEE_QUALITY)
def action_not_needed(action: ImprovementAction, *, by: User, said: str) -> None:
    """It need not be done any more."""
    _must_be_somebody_elses(action, by)
    _closed(action, by, said)


def _must_be_somebody_elses(action: ImprovementAction, by: User) -> None:
    """Raises NotNow: nobody closes their own action, and a partner's is the chair's to close."""
    if by.pk in (action.owner_id, action.done_by_id) and not action.agency_id:
        raise NotNow("It is yours, or you said that it is done: somebody else looks.")
    if action.agency_id and not by.can(Can.CHAIR_SCRUTINY):
        raise NotNow("What a partner agency does is closed by the chair of the scrutiny group.")


def _closed(action: ImprovementAction, by: User, said: str) -> None:
    must_say(said, "what you have looked at")
    action.closed_said, action.closed_at, action.closed_by = said.strip(), now(), by
