"""How recommendations, and what is done for them, show themselves."""

from __future__ import annotations

from datetime import date, datetime

from govuk.times import exactly
from quality.measures import MEASURES
from quality.models import ImprovementAction, Recommendation
from sla.models import Clock
from sla.work import Work

RECOMMENDATION_KINDS = {
    "awaiting_review": "new",
    "in_progress": "working",
    "ready_for_sign_off": "waiting",
    "confirmed": "done",
    "closed_by_inspector": "done",
    "closed_by_force": "done",
}
ACTION_KINDS = {"open": "working", "said_done": "waiting", "closed": "done", "not_needed": "stopped"}
NOT_MET = [
    Recommendation.State.AWAITING_REVIEW,
    Recommendation.State.IN_PROGRESS,
    Recommendation.State.READY_FOR_SIGN_OFF,
]
NOT_CLOSED = [ImprovementAction.State.OPEN, ImprovementAction.State.SAID_DONE]
NOT_RATED = "Not rated yet"


def recommendation_as_work(recommendation: Recommendation, clock: Clock | None = None) -> Work:
    rag = recommendation.get_rag_display() or NOT_RATED
    return Work(
        title=recommendation.title,
        url=recommendation.get_absolute_url(),
        reference=recommendation.reference,
        why=f"{recommendation.get_kind_display()} {recommendation.number}, {recommendation.source}. {rag}",
        due=recommendation.due_at if recommendation.state in NOT_MET else None,
        started=clock.started_at if clock else recommendation.added_at,
        state=Recommendation.State(recommendation.state).label,
        state_kind=RECOMMENDATION_KINDS[recommendation.state],
        owner=str(recommendation.sro or ""),
        holds_up="The children it was written for",
    )


def action_as_work(action: ImprovementAction) -> Work:
    return Work(
        title=action.what,
        url=action.get_absolute_url(),
        reference=action.reference,
        why=action.get_owner_kind_display(),
        due=action.due_at if action.state in NOT_CLOSED else None,
        started=action.given_at,
        state=ImprovementAction.State(action.state).label,
        state_kind=ACTION_KINDS[action.state],
        owner=action.whose,
        holds_up="What it was asked for",
    )


def day(of: date) -> str:
    return f"{of:%-d %B %Y}"


def facts_of(recommendation: Recommendation) -> list[tuple[str, str]]:
    """Label and words; what is not known says so."""
    each = recommendation
    rows = [
        ("Stands in", f"{each.source}, {each.get_kind_display().lower()} {each.number}"),
        ("What is recommended", each.text),
        ("Published", day(each.published_on)),
        ("To be met", f"{each.get_timescale_display()}: by {day(each.due_on)}"),
        ("Who answers for it", str(each.sro or "Nobody yet")),
        ("Action plan", _plan(each)),
        ("How it goes", f"{each.get_rag_display()}. {each.rag_said}" if each.rag else NOT_RATED),
    ]
    if each.red_since:
        rows.append(("Red since", exactly(each.red_since)))
    if each.proposed_at:
        rows.append(("Said to be met", f"{each.proposed_said}\n{each.proposed_by}, {exactly(each.proposed_at)}"))
    if each.confirmed_at:
        rows.append(("Confirmed", f"{each.confirmed_said}\n{each.confirmed_by}, {exactly(each.confirmed_at)}"))
    if each.closed_at:
        rows.append(("Closed", f"{_how_closed(each)}\n{each.closed_by}, {exactly(each.closed_at)}"))
    return rows


def _plan(recommendation: Recommendation) -> str:
    if recommendation.plan_sent_on is None:
        return "Not sent to the inspectorate yet"
    return f"{recommendation.plan_ref}, sent on {day(recommendation.plan_sent_on)}"


def _how_closed(recommendation: Recommendation) -> str:
    letter_on = recommendation.closed_letter_on
    if letter_on is None:
        return recommendation.closed_said
    return f"By the inspectorate’s letter {recommendation.closed_letter} of {day(letter_on)}"


def measures_of(recommendation: Recommendation, at: datetime) -> list[dict[str, str]]:
    """Each measure as it stands now, where its rows are, and what it means."""
    return [
        {
            "name": measure.name,
            "said": measure.at(at).in_words,
            "definition": measure.definition,
            "unit": measure.unit,
            "url": measure.url,
        }
        for code in recommendation.measures
        if (measure := MEASURES.get(code)) is not None
    ]
