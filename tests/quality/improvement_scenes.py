"""Recommendations, and what is done for them, in tests, in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from access.actor import System, acting, signed
from access.time import today
from accounts.models import User
from quality.models import ImprovementAction, MeasureSnapshot, Recommendation
from quality.workflow import improvement, improvement_actions, improvement_snapshots

TEST = System("test")
PUBLISHED = date(2026, 2, 23)
REPORT = "National child protection inspection, 2026"
REVIEWED = "notices_reviewed_in_a_day"


def recommended(greta: User, number: str = "3", **said: Any) -> Recommendation:
    """Taken down a week after it was published."""
    facts = {
        "source": REPORT,
        "title": "Information is shared early",
        "text": "Within three months the force shares what it knows of a child as soon as it knows it.",
        "kind": "recommendation",
        "timescale": "three_months",
        "published_on": PUBLISHED,
        "measures": [REVIEWED],
    }
    return improvement.add_recommendation(Recommendation(), by=greta, number=number, **{**facts, **said})


def owned(greta: User, sro: User, **said: Any) -> Recommendation:
    return improvement.name_sro(recommended(greta, **said), by=greta, sro=sro)


def begun(greta: User, sro: User, **said: Any) -> Recommendation:
    return improvement.take_up(owned(greta, sro, **said), by=sro)


def evidenced(recommendation: Recommendation, by: User, what: str = "Sample of March: 28 of 30") -> Recommendation:
    kept = {"where_it_is": "Quality folder, March", "dated_on": today()}
    return improvement.add_evidence(as_it_is(recommendation), by=by, what=what, **kept)


def proposed(greta: User, sro: User, **said: Any) -> Recommendation:
    recommendation = evidenced(begun(greta, sro, **said), sro)
    return improvement.propose_met(recommendation, by=sro, said="Three months in a row")


def confirmed(greta: User, sro: User, alma: User, **said: Any) -> Recommendation:
    return improvement.confirm_met(proposed(greta, sro, **said), by=alma, said="Read the sample")


def asked_for(
    recommendation: Recommendation, sro: User, owner: User, days: int = 28, what: str = "A new sheet for the desk"
) -> ImprovementAction:
    due = today() + timedelta(days=days)
    return improvement_actions.give_recommendation_action(
        ImprovementAction(), by=sro, recommendation=as_it_is(recommendation), what=what, owner=owner, due_on=due
    )


def red(recommendation: Recommendation, sro: User) -> Recommendation:
    return improvement.rate(as_it_is(recommendation), by=sro, rag="red", said="Two co-ordinators short")


def month_of(recommendation: Recommendation) -> MeasureSnapshot:
    """This month's, kept now."""
    improvement_snapshots.keep_month()
    with acting(TEST):
        found: MeasureSnapshot = MeasureSnapshot.objects.get(
            recommendation=recommendation, month=today().replace(day=1)
        )
    return found


def forced(record: Any, **values: Any) -> None:
    """Straight into the table, past every verb."""
    with signed(TEST):
        type(record).objects.filter(pk=record.pk).update(**values)


def as_it_is(record: Any) -> Any:
    with acting(TEST):
        return type(record).objects.get(pk=record.pk)


def of_each(people: dict[str, Any]) -> dict[str, Any]:
    recommendation = red(begun(people["greta"], people["chidi"]), people["chidi"])
    action = asked_for(recommendation, people["chidi"], people["connie"])
    return {
        "recommendation": recommendation,
        "improvementaction": action,
        "measuresnapshot": month_of(recommendation),
    }
