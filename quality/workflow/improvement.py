"""Recommendations of inspectors: taken down, answered for, evidenced, confirmed by a chief officer, closed. Whoever
answers for one never says alone that it was met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from access.roles import Can
from access.time import now, today
from accounts.duty import people_answered_for
from accounts.models import User
from cases.models import next_reference
from quality.improvement_lengths import IMMEDIATELY
from quality.measures import countable
from quality.models import EvidenceItem, ImprovementAction, Rag, Recommendation
from sla.owners import owners_anew
from workflow.transitions import NotNow, must_say, transition

State = Recommendation.State
Kind = Recommendation.Kind
Timescale = Recommendation.Timescale
OPEN = [State.AWAITING_REVIEW.value, State.IN_PROGRESS.value]
TO_BE_MET = [*OPEN, State.READY_FOR_SIGN_OFF.value]
MONTHS = {Timescale.THREE_MONTHS: 3, Timescale.SIX_MONTHS: 6}
LAST_DAYS = (31, 30, 29, 28)


def due_on(published: date, timescale: str) -> date:
    """The day by which it is to be met: so many calendar months after publication, or its last day where that month is
    shorter."""
    if timescale == Timescale.IMMEDIATELY:
        return published + IMMEDIATELY.in_force(now())[0]
    year, month = divmod(published.month - 1 + MONTHS[Timescale(timescale)], 12)
    for day in (published.day, *LAST_DAYS):
        try:
            return date(published.year + year, month + 1, min(day, published.day))
        except ValueError:
            continue
    raise ValueError(f"no day in month {month + 1}")


@transition(target=State.AWAITING_REVIEW.value, may=Can.KEEP_RECOMMENDATIONS)
def add_recommendation(
    recommendation: Recommendation,
    *,
    by: User,
    source: str,
    number: str,
    title: str,
    text: str,
    kind: str,
    timescale: str,
    published_on: date,
    measures: Sequence[str],
) -> None:
    """What an inspectorate recommends is taken down in its words, with the figures that will show whether it is met."""
    for said, what in ((source, "which report it stands in"), (number, "its number"), (title, "it in a few words")):
        must_say(said, what)
    must_say(text, "what is recommended")
    if kind not in Kind.values or timescale not in Timescale.values:
        raise NotNow("Choose what kind it is, and how soon it is to be met.")
    if published_on > today():
        raise NotNow("It is taken down when it has been published.")
    if unknown := [each for each in measures if each not in countable()]:
        raise NotNow(f"No measure is called {', '.join(unknown)}.")
    if Recommendation.objects.filter(source__iexact=source.strip(), number__iexact=number.strip()).exists():
        raise NotNow("This recommendation is in the list already.")
    recommendation.reference, recommendation.added_at, recommendation.added_by = next_reference("REC"), now(), by
    recommendation.source, recommendation.number = source.strip(), number.strip()
    recommendation.title, recommendation.text, recommendation.kind = title.strip(), text.strip(), kind
    recommendation.timescale, recommendation.published_on = timescale, published_on
    recommendation.due_on, recommendation.measures = due_on(published_on, timescale), list(measures)


@transition(source=TO_BE_MET, may=Can.KEEP_RECOMMENDATIONS)
def name_sro(recommendation: Recommendation, *, by: User, sro: User) -> None:
    """One named person answers for it: the senior responsible owner. While they are away, whoever covers for them."""
    if not sro.can(Can.ANSWER_RECOMMENDATION):
        raise NotNow(f"{sro} holds no post that answers for a recommendation.")
    recommendation.sro = sro
    owners_anew([recommendation])


@transition(source=TO_BE_MET, may=Can.KEEP_RECOMMENDATIONS)
def choose_measures(recommendation: Recommendation, *, by: User, measures: Sequence[str]) -> None:
    """Which figures show whether it is met."""
    if unknown := [each for each in measures if each not in countable()]:
        raise NotNow(f"No measure is called {', '.join(unknown)}.")
    recommendation.measures = list(measures)


@transition(source=State.AWAITING_REVIEW.value, target=State.IN_PROGRESS.value, may=Can.ANSWER_RECOMMENDATION)
def take_up(recommendation: Recommendation, *, by: User) -> None:
    """Whoever answers for it has read it, and begins."""
    must_answer(recommendation, by)


def must_answer(recommendation: Recommendation, by: User) -> None:
    """Raises NotNow unless they answer for it, or cover for whoever does."""
    if recommendation.sro_id is None:
        raise NotNow("Nobody answers for it yet: the governance lead names somebody first.")
    if recommendation.sro_id not in people_answered_for(by):
        raise NotNow(f"{recommendation.sro} answers for it, or whoever covers for them.")


@transition(source=TO_BE_MET, may=Can.KEEP_RECOMMENDATIONS)
def record_plan(recommendation: Recommendation, *, by: User, plan_ref: str, plan_sent_on: date) -> None:
    """The inspectorate has the action plan."""
    must_say(plan_ref, "where the action plan is kept")
    if not recommendation.published_on <= plan_sent_on <= today():
        raise NotNow("It was sent after the report was published, and not in the future.")
    recommendation.plan_ref, recommendation.plan_sent_on = plan_ref.strip(), plan_sent_on


@transition(source=TO_BE_MET, may=Can.SEE_RECOMMENDATIONS)
def add_evidence(recommendation: Recommendation, *, by: User, what: str, where_it_is: str, dated_on: date) -> None:
    """Something shows that it is met, and where it is kept."""
    must_say(what, "what it shows")
    must_say(where_it_is, "where it is kept")
    if dated_on > today():
        raise NotNow("Evidence has a day that has been.")
    recommendation.evidence.create(
        what=what.strip(), where_it_is=where_it_is.strip(), dated_on=dated_on, added_at=now(), added_by=by
    )


@transition(source=TO_BE_MET, may=Can.ANSWER_RECOMMENDATION)
def rate(recommendation: Recommendation, *, by: User, rag: str, said: str) -> None:
    """Whoever answers for it says how it goes, and why they say so."""
    must_answer(recommendation, by)
    if rag not in Rag.values:
        raise NotNow("Choose red, amber or green.")
    must_say(said, "why")
    was_red = recommendation.rag == Rag.RED
    recommendation.rag, recommendation.rag_said, recommendation.rag_at = rag, said.strip(), now()
    recommendation.red_since = (recommendation.red_since if was_red else now()) if rag == Rag.RED else None


@transition(source=State.IN_PROGRESS.value, target=State.READY_FOR_SIGN_OFF.value, may=Can.ANSWER_RECOMMENDATION)
def propose_met(recommendation: Recommendation, *, by: User, said: str) -> None:
    """Whoever answers for it says that it is met. It takes evidence, and nothing may be left to be done."""
    must_answer(recommendation, by)
    must_say(said, "how it is met")
    if not EvidenceItem.objects.filter(recommendation=recommendation).exists():
        raise NotNow("There is no evidence yet: add what shows that it is met.")
    left = recommendation.actions.filter(state__in=NOT_DONE).count()
    if left:
        raise NotNow(f"{left} action{'' if left == 1 else 's'} not closed yet.")
    recommendation.proposed_said, recommendation.proposed_at, recommendation.proposed_by = said.strip(), now(), by


NOT_DONE = [ImprovementAction.State.OPEN.value, ImprovementAction.State.SAID_DONE.value]


@transition(source=State.READY_FOR_SIGN_OFF.value, target=State.CONFIRMED.value, may=Can.CONFIRM_RECOMMENDATION)
def confirm_met(recommendation: Recommendation, *, by: User, said: str) -> None:
    """A chief officer has looked at the evidence and confirms it."""
    _must_not_be_theirs(recommendation, by)
    must_say(said, "what you have looked at")
    recommendation.confirmed_said, recommendation.confirmed_at, recommendation.confirmed_by = said.strip(), now(), by


def _must_not_be_theirs(recommendation: Recommendation, by: User) -> None:
    if by.pk in (recommendation.sro_id, recommendation.proposed_by_id):
        raise NotNow("You answer for it: somebody else says that it is met.")


@transition(source=State.READY_FOR_SIGN_OFF.value, target=State.IN_PROGRESS.value, may=Can.CONFIRM_RECOMMENDATION)
def send_back(recommendation: Recommendation, *, by: User, because: str) -> None:
    """A chief officer is not convinced, and says of what."""
    must_say(because, "what is missing")
    _not_met_yet(recommendation)


def _not_met_yet(recommendation: Recommendation) -> None:
    for name in ("proposed", "confirmed", "closed"):
        setattr(recommendation, f"{name}_at", None)
        setattr(recommendation, f"{name}_by", None)


@transition(source=State.CONFIRMED.value, target=State.CLOSED_BY_INSPECTOR.value, may=Can.KEEP_RECOMMENDATIONS)
def closed_by_inspectorate(recommendation: Recommendation, *, by: User, letter: str, letter_on: date) -> None:
    """The inspectorate has closed it. The governance lead records its letter."""
    _must_not_be_theirs(recommendation, by)
    must_say(letter, "the reference of the inspectorate's letter")
    if not recommendation.published_on <= letter_on <= today():
        raise NotNow("The letter came after the report was published, and not in the future.")
    recommendation.closed_letter, recommendation.closed_letter_on = letter.strip(), letter_on
    recommendation.closed_at, recommendation.closed_by = now(), by


@transition(source=State.CONFIRMED.value, target=State.CLOSED_BY_FORCE.value, may=Can.KEEP_RECOMMENDATIONS)
def close_by_force(recommendation: Recommendation, *, by: User, said: str) -> None:
    """The force closes it itself, where a chief officer has confirmed it. A cause of concern only the inspectorate
    closes."""
    _must_not_be_theirs(recommendation, by)
    if recommendation.kind == Kind.CAUSE_OF_CONCERN:
        raise NotNow("A cause of concern is closed by the inspectorate alone.")
    must_say(said, "why the force closes it")
    recommendation.closed_said, recommendation.closed_at, recommendation.closed_by = said.strip(), now(), by


@transition(
    source=[State.CONFIRMED.value, State.CLOSED_BY_INSPECTOR.value, State.CLOSED_BY_FORCE.value],
    target=State.IN_PROGRESS.value,
    may=Can.KEEP_RECOMMENDATIONS,
)
def reopen_recommendation(recommendation: Recommendation, *, by: User, because: str) -> None:
    """It is not met after all."""
    must_say(because, "why it is opened again")
    _not_met_yet(recommendation)
