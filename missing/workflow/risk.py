"""Somebody is with the reporter, judges the risk in full, and a supervisor who is not that officer decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from access.actor import NotYours
from access.roles import Can
from access.time import now
from accounts.models import User
from cohort.codes import Risk, is_higher
from missing.codes import MISSING, NOT_ATTENDED, Question, Stage, State
from missing.models import Episode, RiskAnswer
from missing.owners import belongs_to_a_supervisor
from missing.workflow.calls import keep_answers, must_be_looked_at_again
from missing.workflow.facts import Planned, Said
from missing.workflow.judging import judged, may_lower, must_be_a_risk, proposed
from missing.workflow.planning import Source, give_each
from workflow.transitions import NotNow, must_say, transition

ATTENDED = State.ATTENDED.value


@transition(source=NOT_ATTENDED, target=ATTENDED, may=Can.ATTEND)
def attend(episode: Episode, *, by: User) -> None:
    """An officer is with the reporter."""
    episode.attended_at, episode.attended_by = now(), by
    if not by.can(Can.DEPLOY_FOR_MISSING):
        episode.owner = by
    else:
        belongs_to_a_supervisor(episode, by)


@transition(source=ATTENDED, may=Can.SEARCH_FOR_MISSING)
def assess(episode: Episode, *, by: User, answers: Sequence[Said], risk: str, because: str) -> None:
    """The officer has asked everything and judges the risk. A higher one counts at once; a lower one once ratified."""
    must_say(because, "why you judge the risk so")
    must_be_a_risk(risk)
    if risk == Risk.NOT_KNOWN:
        raise NotNow("You have been there: choose how high the risk is.")
    keep_answers(episode, answers, by)
    if left := not_asked(episode):
        raise NotNow(f"Ask, and write “not known” where nobody knows: {' '.join(left)}")
    proposed(episode, Stage.ATTENDED, risk, because, by)
    if is_higher(risk, episode.risk):
        episode.risk = risk
    episode.assessed_at, episode.assessed_by = now(), by


def not_asked(episode: Episode) -> list[str]:
    """Questions that nobody has asked yet, in words."""
    asked = {row.question for row in RiskAnswer.objects.filter(episode=episode)}
    return [str(question.label) for question in Question if question.value not in asked]


@transition(source=ATTENDED, target=State.INVESTIGATING.value, may=Can.SUPERVISE_MISSING)
def ratify(
    episode: Episode, *, by: User, risk: str, because: str, plan: Sequence[Planned], next_review_at: datetime
) -> None:
    """A supervisor who did not make the assessment decides on the risk, and sets and owns the plan."""
    if episode.assessed_at is None:
        raise NotNow("The officer has not assessed the risk yet.")
    if by.pk == episode.assessed_by_id:
        raise NotYours("You made the assessment: another supervisor ratifies it.")
    must_be_a_risk(risk)
    if risk == Risk.NOT_KNOWN:
        raise NotNow("Choose how high the risk is.")
    may_lower(episode, risk, by)
    must_be_looked_at_again(next_review_at)
    if not plan:
        raise NotNow("A plan has at least one enquiry, with its owner and a time.")
    judged(episode, Stage.RATIFIED, risk, because, by)
    give_each(episode, plan, by, Source.PLAN)
    episode.ratified_at, episode.ratified_by = now(), by
    episode.next_review_at = min(episode.next_review_at, next_review_at)
    belongs_to_a_supervisor(episode, by)


@transition(source=MISSING, may=Can.SEARCH_FOR_MISSING)
def know_more(episode: Episode, *, by: User, answers: Sequence[Said]) -> None:
    """Somebody has said more about the child: each answer with who said so, and when."""
    if not answers:
        raise NotNow("Write what was said, and who said it.")
    keep_answers(episode, answers, by)


@transition(source=MISSING, may=Can.SEARCH_FOR_MISSING)
def raise_risk(episode: Episode, *, by: User, risk: str, because: str) -> None:
    """Anybody may raise the risk, at once. What is due comes nearer."""
    must_be_a_risk(risk)
    if not is_higher(risk, episode.risk) or risk == Risk.NOT_KNOWN:
        raise NotNow(f"The risk is {Risk(episode.risk).label.lower()} already: choose a higher one.")
    judged(episode, Stage.RAISED, risk, because, by)


@transition(source=MISSING, may=Can.SUPERVISE_MISSING)
def lower_risk(episode: Episode, *, by: User, risk: str, because: str) -> None:
    """A sergeant lowers the risk by one level, an inspector from high. What is due already stays due."""
    must_be_a_risk(risk)
    if not is_higher(episode.risk, risk) or risk == Risk.NOT_KNOWN:
        raise NotNow(f"The risk is {Risk(episode.risk).label.lower()}: choose a lower one.")
    may_lower(episode, risk, by)
    judged(episode, Stage.LOWERED, risk, because, by)
