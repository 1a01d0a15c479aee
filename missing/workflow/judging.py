"""The risk of a missing child: anybody may raise it; lowering has a rank and a reason; a supervisor ratifies it."""

from __future__ import annotations

from access.actor import NotYours
from access.roles import Can
from access.time import now
from accounts.models import User
from cohort.codes import Risk, is_higher
from missing.codes import NEEDS_A_SUPERVISOR, Stage
from missing.models import Episode, RiskDecision
from workflow.transitions import NotNow, must_say

STEPS = [Risk.HIGH, Risk.MEDIUM, Risk.LOW, Risk.VERY_LOW]
"""One level down from each is the next."""


def must_be_a_risk(risk: str) -> None:
    if risk not in Risk.values:
        raise NotNow("Choose how high the risk is.")


def must_not_be_low_by_phone(risk: str) -> None:
    if risk in NEEDS_A_SUPERVISOR:
        raise NotNow(
            "A child is not down as low risk on what is said by telephone alone. Choose medium, high or not known; a "
            "supervisor may lower it."
        )


def may_lower(episode: Episode, risk: str, by: User) -> None:
    """Down from high is an inspector's; one level down a sergeant's. What nobody has graded yet may become anything.

    Raises NotYours, NotNow.
    """
    before = episode.risk
    if before == Risk.NOT_KNOWN or not is_higher(before, risk):
        return
    if risk == Risk.NOT_KNOWN:
        raise NotNow("Somebody has judged the risk already: choose a level.")
    if before == Risk.HIGH and not by.can(Can.COMMAND_MISSING):
        raise NotYours("Lowering the risk of a child from high is an inspector's decision.")
    if not (by.can(Can.SUPERVISE_MISSING) or by.can(Can.DEPLOY_FOR_MISSING)):
        raise NotYours("Lowering the risk of a child is a supervisor's decision.")
    if STEPS.index(Risk(risk)) - STEPS.index(Risk(before)) > 1 and not by.can(Can.COMMAND_MISSING):
        raise NotYours("A supervisor lowers the risk by one level; by more is an inspector's decision.")


def judged(episode: Episode, stage: Stage, risk: str, because: str, by: User) -> None:
    """The risk from now on, and who said so why."""
    must_say(because, "why")
    episode.risk = risk
    proposed(episode, stage, risk, because, by)


def proposed(episode: Episode, stage: Stage, risk: str, because: str, by: User) -> None:
    """A judgement that is kept and does not lower the risk by itself."""
    RiskDecision.objects.create(
        episode=episode, stage=stage.value, risk=risk, because=because.strip(), at=now(), by=by, recorded_at=now()
    )
