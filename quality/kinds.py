"""The kinds of sample: what each is drawn from, how many, how each record is judged, and who must not judge it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from access.roles import Role
from cohort.codes import Risk
from govuk.fields import YesNoNotKnown as Answer
from ppn.codes import Grade as NoticeGrade
from quality.codes import Kind, Of, Source
from quality.sampling_found import CALLS_TAKEN, CHILDREN_REPORTED, NOTICES_FILED, NOTICES_WRITTEN, Work
from quality.sampling_lengths import CALLS_A_MONTH, NOTICES_A_MONTH, THEMATIC_SIZE
from sla.lengths import Number

CHILD_FIRST = [Answer.YES.value, Answer.NOT_KNOWN.value, Answer.NO.value]
HIGHEST_FIRST = [grade.value for grade in (NoticeGrade.RED, NoticeGrade.AMBER, NoticeGrade.GREEN, NoticeGrade.BLUE)]
RISK_FIRST = [risk.value for risk in (Risk.HIGH, Risk.NOT_KNOWN, Risk.MEDIUM, Risk.LOW, Risk.VERY_LOW)]

OF_A_CALL = {
    "curiosity": "Professional curiosity: the next question was asked",
    "child_asked": "Asked whether a child is there or lives there",
    "thrive": "THRIVE says what the risk is, and to whom",
    "repeat": "Looked whether it had happened before",
    "grade": "The grade fits what was known",
    "delay_told": "The caller was told of a delay, and what to do meanwhile",
    "evidence": "Advice on keeping evidence and on preventing crime",
}
OF_A_REVIEW = {
    "grade": "The right grade",
    "recipients": "The right agencies were told",
    "strategy": "The need of a strategy meeting was recognised",
    "timely": "In time for the child",
}
OF_A_CHILD = {
    "seen": "The child was seen",
    "heard": "The child was heard: their own words, or why not",
    "observed": "How the child and the home were is described",
    "recorded": "Whoever reads it next knows what they need to know",
    "acted_on": "Something was done about it",
    "plan": "What happens next is planned, and for whom",
}


@dataclass(frozen=True)
class SampleKind:
    """One kind of sample. `work`: by kind of record, what it may be drawn from; the first is the usual one."""

    code: Kind
    source: Source
    size: Number
    criteria: Mapping[str, str]
    work: Mapping[Of, Work]
    roles: Sequence[Role] = ()
    """Posts whose holders' work is drawn from each month; none = it is drawn across the force."""
    is_blind: bool = False

    @property
    def usual(self) -> Of:
        return next(iter(self.work))


STRATA = {Of.INCIDENT: CHILD_FIRST, Of.NOTICE: CHILD_FIRST, Of.EPISODE: RISK_FIRST}


def strata_of(kind: str, of: str) -> list[str]:
    """Every stratum there is, the most urgent first."""
    return HIGHEST_FIRST if KINDS[Kind(kind)].is_blind else STRATA[Of(of)]


KINDS: dict[Kind, SampleKind] = {
    each.code: each
    for each in (
        SampleKind(
            Kind.CALL_REVIEW,
            Source.CALL_REVIEW,
            CALLS_A_MONTH,
            OF_A_CALL,
            {Of.INCIDENT: CALLS_TAKEN},
            roles=[Role.CONTACT_OFFICER],
        ),
        SampleKind(
            Kind.DIP_SAMPLE,
            Source.DIP_SAMPLE,
            NOTICES_A_MONTH,
            OF_A_REVIEW,
            {Of.NOTICE: NOTICES_FILED},
            roles=[Role.COORDINATOR],
            is_blind=True,
        ),
        SampleKind(
            Kind.THEMATIC,
            Source.THEMATIC,
            THEMATIC_SIZE,
            OF_A_CHILD,
            {Of.NOTICE: NOTICES_WRITTEN, Of.INCIDENT: CALLS_TAKEN, Of.EPISODE: CHILDREN_REPORTED},
        ),
    )
}


def monthly() -> list[SampleKind]:
    """Those that are drawn of each person's work."""
    return [kind for kind in KINDS.values() if kind.roles]
