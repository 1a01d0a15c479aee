"""How cases with a level, research that stands still, and people nobody has asked about show themselves in lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from govuk.times import ago, exactly
from online.codes import Kirat
from online.models import KiratAssessment, LinkedChild, NewInformation, Occupant, OnlineCase
from online.register_rows import KINDS, title_of
from sla.work import Work

ADDRESS_KINDS = {"candidate": "new", "attributed": "working", "ruled_out": "stopped"}
OCCUPANT_KINDS = {"there": "working", "gone": "stopped"}
LEVEL_KINDS = {"set": "waiting", "ratified": "done", "returned": "stopped", "replaced": "stopped", "lapsed": "stopped"}
NEWS_KINDS = {"waiting": "new", "taken_up": "done", "case_over": "stopped"}
NOBODY = "Nobody yet: whoever of the team is there"


def _of_the_case(model: type[KiratAssessment | NewInformation], state: str) -> Exists:
    """Whoever sees the case sees these: no need to work out again who may."""
    rows: QuerySet[KiratAssessment | NewInformation] = QuerySet(model)
    return Exists(rows.filter(online_case=OuterRef("pk"), state=state))


def _child() -> Exists:
    rows: QuerySet[LinkedChild] = QuerySet(LinkedChild)
    return Exists(rows.filter(online_case=OuterRef("pk")).exclude(state=LinkedChild.State.IN_ERROR))


def with_levels(cases: QuerySet[OnlineCase]) -> QuerySet[Any]:
    """Each with whether its level waits for a sergeant, whether something new waits, whether a child is linked, and
    what lists sort by: by when to act; before there is a level, by when the first clock of it runs out."""
    flag = BooleanField()
    return cases.annotate(
        unratified=ExpressionWrapper(_of_the_case(KiratAssessment, "set"), output_field=flag),
        news_waits=ExpressionWrapper(_of_the_case(NewInformation, "waiting"), output_field=flag),
        has_child=ExpressionWrapper(_child(), output_field=flag),
        sorts_by=Coalesce("act_by", "due_at", "known_since"),
    ).select_related("researcher", "investigator")


def child_of(case: OnlineCase) -> str:
    """Of a case from `with_levels`: until a child is linked, it is not known whether there is one."""
    return "yes" if case.has_child else "not_known"  # type: ignore[attr-defined]


def held_by(case: OnlineCase) -> str:
    return str(case.investigator or case.researcher or NOBODY)


def level_of(case: OnlineCase) -> str:
    return f"KIRAT {case.get_kirat_display().lower()}" if case.kirat else "No KIRAT level yet"


def case_as_work(case: OnlineCase, at: datetime) -> Work:
    """A case from `with_levels`, by its time to act."""
    acts = bool(case.kirat) and case.executed_at is None
    said = [
        "not ratified" if case.unratified else "",  # type: ignore[attr-defined] # annotated above
        "new information waits: run it again" if case.news_waits else "",  # type: ignore[attr-defined]
    ]
    level = ", ".join(filter(None, [level_of(case), *said]))
    return Work(
        title=title_of(case),
        url=case.get_absolute_url(),
        reference=case.reference,
        why=f"{level}. Known to the force since {ago(case.known_since, at)}",
        due=case.act_by if acts else None if case.kirat else case.due_at,
        started=case.kirat_at or case.known_since,
        child=child_of(case),
        state=str(OnlineCase.State(case.state).label),
        state_kind=KINDS[case.state],
        owner=held_by(case),
        holds_up="Children whom nobody has reached yet" if case.executed_at is None else "Nobody",
    )


def stalled_as_work(case: OnlineCase, at: datetime) -> Work:
    """A case from the list of stalled research, by when that clock runs out."""
    last = f"Last research {ago(case.researched_at, at)}" if case.researched_at else "No research is on record"
    return Work(
        title=title_of(case),
        url=case.get_absolute_url(),
        reference=case.reference,
        why=". ".join(filter(None, [last, _looks_again(case)])),
        due=case.runs_out,  # type: ignore[attr-defined] # annotated by the list
        started=case.researched_at or case.received_at,
        child=child_of(case),
        state=str(OnlineCase.State(case.state).label),
        state_kind=KINDS[case.state],
        owner=held_by(case),
        holds_up="Nobody knows yet who is behind it",
    )


def _looks_again(case: OnlineCase) -> str:
    if case.recheck_on is None:
        return ""
    return f"Looked at again on {case.recheck_on:%-d %B %Y}: {case.no_research_because}"


def occupant_as_work(occupant: Occupant, at: datetime) -> Work:
    return Work(
        title=occupant.name_said,
        url=occupant.get_absolute_url(),
        reference=f"{occupant.online_case}, {occupant.at}",
        why=f"{occupant.get_age_display()}. Known to be there since {ago(occupant.recorded_at, at)}",
        started=occupant.recorded_at,
        child="not_known",
        state=str(Occupant.State(occupant.state).label),
        state_kind=OCCUPANT_KINDS[occupant.state],
        owner=held_by(occupant.online_case),
        holds_up="Children with whom they may work",
    )


def assessment_as_work(assessment: KiratAssessment) -> Work:
    waits = assessment.state == KiratAssessment.State.SET
    return Work(
        title=f"{assessment.online_case}: {Kirat(assessment.level).label}",
        url=assessment.get_absolute_url(),
        reference=assessment.reference,
        why=f"Set by {assessment.assessed_by}, {exactly(assessment.assessed_at)}",
        due=assessment.due_at if waits else None,
        started=assessment.assessed_at,
        state=str(KiratAssessment.State(assessment.state).label),
        state_kind=LEVEL_KINDS[assessment.state],
        owner=str(assessment.decided_by or "A sergeant who did not set it"),
        holds_up="Enforcement: the gate is shut until it is ratified" if waits else "Nobody",
    )


def news_as_work(info: NewInformation) -> Work:
    waits = info.state == NewInformation.State.WAITING
    return Work(
        title=str(info.online_case),
        url=info.get_absolute_url(),
        reference=info.reference,
        why=f"{info.what} From: {info.source}, {exactly(info.received_at)}",
        due=info.due_at if waits else None,
        started=info.received_at,
        state=str(NewInformation.State(info.state).label),
        state_kind=NEWS_KINDS[info.state],
        owner=held_by(info.online_case),
        holds_up="Nobody knows yet what it means for the level" if waits else "Nobody",
    )


def mine(people: set[int]) -> Q:
    return Q(researcher__in=people) | Q(investigator__in=people)
