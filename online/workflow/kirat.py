"""The KIRAT level: how soon to act. It is run again whenever something new is known; the time to act only comes nearer.
Its scoring is not here: trained users have the tool, and this keeps the level and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from online.codes import Kirat
from online.models import KiratAssessment, OnlineCase
from online.research_missing import not_checked
from online.workflow.cases import FOLLOWS
from online.workflow.news import information_moot, level_is_older, take_up, waiting_in
from workflow.transitions import NotNow, OneOf, must_say, transition

Case = OnlineCase.State
State = KiratAssessment.State
FURTHER = [Case.ASSESSED.value, Case.PLANNED.value, Case.EXECUTED.value, Case.SAFEGUARDED.value]
"""Where a level has been set, and the case goes on."""
ASSESSABLE = [Case.ATTRIBUTED.value, *FURTHER]


@dataclass(frozen=True)
class KiratFacts:
    """One run of the tool. `level` may differ from what the tool gave, for a reason."""

    level: str
    tool_level: str
    version: str
    previous_behaviour: str
    access_to_children: str
    current_behaviour: str
    other_factors: str
    because: str
    override_because: str = ""


@transition(target=State.SET.value, may=Can.RESEARCH_ONLINE)
def assess(assessment: KiratAssessment, *, by: User, case: OnlineCase, facts: KiratFacts) -> None:
    """KIRAT was run: this level, for these reasons. Whatever was new is taken up in it."""
    case = OnlineCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.state not in ASSESSABLE:
        raise NotNow(f"{case} has to be attributed to an address first." if case.is_open else f"{case} is not open.")
    if missing := not_checked(case):
        raise NotNow(" ".join(missing))
    _must_be_whole(facts)
    assessment.online_case, assessment.reference = case, next_reference("KIR")
    assessment.assessed_at, assessment.assessed_by = now(), by
    for name, fact in vars(facts).items():
        setattr(assessment, name, fact.strip())
    with acting(FOLLOWS):
        level_set(case, by=FOLLOWS, level=facts.level, at=now())
        for earlier in KiratAssessment.objects.filter(online_case=case, state=State.SET):
            replaced(earlier, by=FOLLOWS)
        for info in waiting_in(case):
            take_up(info, by=FOLLOWS, assessment=assessment)
    for follow in ASSESSED:
        follow(assessment)


ASSESSED: list[Callable[[KiratAssessment], object]] = []
"""Called with each new assessment, inside its transition: what else follows from a level."""


def _must_be_whole(facts: KiratFacts) -> None:
    if facts.level not in Kirat.values or facts.tool_level not in Kirat.values:
        raise NotNow("Choose the level, and the level that the tool gave.")
    for text, what in (
        (facts.version, "which version of the tool"),
        (facts.previous_behaviour, "what is known of previous behaviour; “nothing known” is an answer"),
        (facts.access_to_children, "what access to children there is"),
        (facts.current_behaviour, "what is known of current behaviour"),
        (facts.other_factors, "what other factors there are; “none known” is an answer"),
        (facts.because, "why it was run"),
    ):
        must_say(text, what)
    if facts.level != facts.tool_level:
        must_say(facts.override_because, "why another level than the tool gave")


def _assessed_or_further(case: OnlineCase) -> str:
    return Case.ASSESSED.value if case.state == Case.ATTRIBUTED else case.state


@transition(
    source=ASSESSABLE,
    target=OneOf(_assessed_or_further, tuple(FURTHER)),
    may=Can.RESEARCH_ONLINE,
)
def level_set(case: OnlineCase, *, by: System, level: str, at: datetime) -> None:
    """How soon to act. A lower level never moves it further away."""
    case.kirat, case.kirat_at = level, at
    case.researched_at = max(case.researched_at or at, at)


@transition(source=State.SET.value, target=State.RATIFIED.value, may=Can.SUPERVISE_ONLINE)
def ratify(assessment: KiratAssessment, *, by: User, said: str) -> None:
    """A sergeant agrees with the level. Nobody ratifies their own."""
    _decide(assessment, by, said)


@transition(source=State.SET.value, target=State.RETURNED.value, may=Can.SUPERVISE_ONLINE)
def return_level(assessment: KiratAssessment, *, by: User, said: str) -> None:
    """A sergeant does not agree, and says why. The time to act runs on."""
    must_say(said, "what has to be looked at again, and why")
    _decide(assessment, by, said)
    what = f"The level {assessment.get_level_display().lower()} was returned: {said.strip()}"
    level_is_older(assessment.online_case, what, assessment.reference)


@transition(source=State.SET.value, target=State.REPLACED.value, may=Can.RESEARCH_ONLINE)
def replaced(assessment: KiratAssessment, *, by: System) -> None:
    """KIRAT was run again before a sergeant had decided on this level."""


@transition(source=State.SET.value, target=State.LAPSED.value, may=Can.RESEARCH_ONLINE)
def level_moot(assessment: KiratAssessment, *, by: System) -> None:
    """The case ended before a sergeant had decided on the level: another force's, or closed."""


def research_is_over(case: OnlineCase) -> None:
    """Called inside the transition by which a case ends here: nothing of research waits for anybody any more."""
    with acting(FOLLOWS, apart=True):
        for assessment in KiratAssessment.objects.filter(online_case=case, state=State.SET):
            level_moot(assessment, by=FOLLOWS)
        for info in waiting_in(case):
            information_moot(info, by=FOLLOWS)


def _decide(assessment: KiratAssessment, by: User, said: str) -> None:
    if by == assessment.assessed_by:
        raise NotNow("Nobody ratifies their own level: another sergeant or an inspector does.")
    assessment.decided_at, assessment.decided_by, assessment.decided_said = now(), by, said.strip()
