"""Assessments: eleven factors, each with what was found, and a level they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from access.actor import NotYours, System
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from cases.models.person import Sex
from offenders.codes import Factor, FactorRating, Risk, Tool
from offenders.models import OURS, Approval, AssessedFactor, Assessment, Nominal, Written
from offenders.workflow.approvals import Decided, register, submit_for_approval
from offenders.workflow.intelligence import REASSESS
from offenders.workflow.nominals import assessed
from workflow.transitions import NotNow, must_say, transition

ASSESSES = System("an assessment was decided on")
BEING_WRITTEN = [Written.DRAFT.value, Written.RETURNED.value]


@dataclass(frozen=True)
class FactorFacts:
    """What was found of one factor. In a draft either may still be empty."""

    factor: str
    rating: str
    evidence: str
    is_priority: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.rating or self.evidence.strip() or self.is_priority)


@dataclass(frozen=True)
class AssessmentFacts:
    """What the assessment says so far."""

    tool: str
    why_now: str
    factors: Sequence[FactorFacts]
    static_scores: str = ""
    overall: str = Risk.NOT_ASSESSED.value
    overall_because: str = ""


@transition(target=Written.DRAFT.value, may=Can.MANAGE_OFFENDERS)
def begin_assessment(assessment: Assessment, *, by: User, nominal: Nominal, tool: str, why_now: str) -> None:
    """An assessment is begun. Of one person one is written at a time."""
    if not nominal.is_ours:
        raise NotNow("They are not managed here any more.")
    if tool not in Tool.values:
        raise NotNow("Say with which tool you assess.")
    must_say(why_now, "why they are assessed now")
    waits = Assessment.objects.filter(nominal=nominal, state__in=[*BEING_WRITTEN, Written.SUBMITTED]).first()
    if waits is not None:
        raise NotNow(f"{waits.reference} is being written already: go on with that one.")
    assessment.reference, assessment.nominal, assessment.author = next_reference("ARMS"), nominal, by
    assessment.begun_at, assessment.tool, assessment.why_now = now(), tool, why_now.strip()


@transition(source=BEING_WRITTEN, may=Can.MANAGE_OFFENDERS)
def write_assessment(assessment: Assessment, *, by: User, said: AssessmentFacts) -> None:
    """The assessment as far as it is written. Whoever wrote last is its author."""
    if said.tool not in Tool.values or said.overall not in Risk.values:
        raise NotNow("Choose one of the answers that are offered.")
    must_say(said.why_now, "why they are assessed now")
    assessment.author, assessment.tool, assessment.why_now = by, said.tool, said.why_now.strip()
    assessment.static_scores, assessment.overall = said.static_scores.strip(), said.overall
    assessment.overall_because = said.overall_because.strip()
    for each in said.factors:
        _write_factor(assessment, each)


@transition(source=BEING_WRITTEN, target=Written.SUBMITTED.value, may=Can.MANAGE_OFFENDERS)
def submit_assessment(assessment: Assessment, *, by: User) -> None:
    """It is whole, and goes to a supervisor who did not write it."""
    if assessment.author_id != by.pk:
        raise NotYours(f"{assessment.author} wrote this: they send it, or you read it and save it as yours first.")
    if missing := missing_from(assessment):
        raise NotNow(f"Still missing: {', '.join(missing)}.")
    assessment.submitted_at, assessment.returned_because = now(), ""
    submit_for_approval(assessment, by=by)


@transition(source=Written.DRAFT.value, target=Written.CANCELLED.value, may=Can.MANAGE_OFFENDERS)
def discard_assessment(assessment: Assessment, *, by: User, because: str) -> None:
    """A draft is not needed, and why. What was written stays to be read."""
    must_say(because, "why it is not needed")


@transition(source=Written.SUBMITTED.value, target=Written.APPROVED.value, may=Can.SEE_OFFENDERS)
def assessment_approved(assessment: Assessment, *, by: System, approver: User) -> None:
    """A supervisor approves it: from now on this is the risk, and the one before is replaced."""
    assessment.approved_at, assessment.approved_by = now(), approver
    for older in Assessment.objects.filter(nominal=assessment.nominal, state=Written.APPROVED):
        assessment_superseded(older, by=ASSESSES)
    written = assessment.submitted_at or now()
    assessed(assessment.nominal, by=ASSESSES, risk=assessment.overall, at=now(), written_at=written)


@transition(source=Written.SUBMITTED.value, target=Written.RETURNED.value, may=Can.SEE_OFFENDERS)
def assessment_returned(assessment: Assessment, *, by: System, because: str) -> None:
    """It went back to its author with reasons."""
    assessment.returned_because = because


@transition(source=Written.APPROVED.value, target=Written.SUPERSEDED.value, may=Can.SEE_OFFENDERS)
def assessment_superseded(assessment: Assessment, *, by: System) -> None:
    """A later one was approved."""


@transition(source=OURS, may=Can.SEE_OFFENDERS)
def reassessment_needed(nominal: Nominal, *, by: System, because: str, at: datetime) -> None:
    """Something happened that the last assessment does not know of. The first that was not weighed yet counts."""
    must_say(because, "what happened")
    if nominal.reassess_since is None or at < nominal.reassess_since:
        nominal.reassess_since, nominal.reassess_because = at, because.strip()


def missing_from(assessment: Assessment) -> list[str]:
    """What an assessment still needs before it can be sent, each in words."""
    found = {each.factor: each for each in assessment.factors.all()}
    missing = []
    for code, label in Factor.choices:
        each = found.get(code)
        if each is None or not each.rating:
            missing.append(f"{label}: a rating")
        if each is None or not each.evidence:
            missing.append(f"{label}: the evidence")
    if assessment.overall == Risk.NOT_ASSESSED:
        missing.append("the overall level")
    if not assessment.overall_because:
        missing.append("why it is that level")
    return missing


def factors_of(assessment: Assessment) -> list[AssessedFactor]:
    """In the order of the form."""
    order = {code: number for number, code in enumerate(Factor.values)}
    return sorted(assessment.factors.all(), key=lambda each: order[each.factor])


def arms_does_not_fit(nominal: Nominal, day: date) -> str:
    """ARMS was built for adult men (ATSA 2015): for whom else it is about, in words; empty = it fits."""
    person = nominal.person
    why = []
    if person.sex == Sex.FEMALE:
        why.append("a woman")
    if person.child_on(day) == "yes":
        why.append("under 18")
    return " and ".join(why)


def _write_factor(assessment: Assessment, said: FactorFacts) -> None:
    if said.factor not in Factor.values or (said.rating and said.rating not in FactorRating.values):
        raise NotNow("Choose one of the answers that are offered.")
    kept = AssessedFactor.objects.filter(assessment=assessment, factor=said.factor).first()
    if kept is None and not said.says_something:
        return
    each = kept or AssessedFactor(assessment=assessment, factor=said.factor)
    each.rating, each.evidence, each.is_priority = said.rating, said.evidence.strip(), said.is_priority
    each.save()


register(
    Approval.What.ASSESSMENT,
    Assessment,
    Decided(
        approved=lambda record, approver: assessment_approved(record, by=ASSESSES, approver=approver),
        returned=lambda record, _, because: assessment_returned(record, by=ASSESSES, because=because),
    ),
)
REASSESS.append(lambda nominal, because, at: reassessment_needed(nominal, by=ASSESSES, because=because, at=at))
