"""Whether the agencies may have to meet about a missing child. Read as the software: who looks does not matter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from access.actor import System, acting
from access.time import now
from access.time import today as local_day
from cases.meet import flags_of
from cases.models import Finding, Flag, Person
from cases.models.person import age
from cohort.known import known_before
from govuk.fields import YesNoNotKnown as Answer
from missing.codes import NeedsMeeting, Question, State
from missing.lengths import A_DAY_MISSING, EPISODES_IN_90_DAYS
from missing.models import Episode
from strategy.models import StrategyMeeting

READS = System("does a missing child need a strategy meeting?")
WINDOW = timedelta(days=90)
UNDER = 13
RISKS = {Flag.Kind.RSO.value, Flag.Kind.POSES_RISK.value}
YES_MEANS = {
    Question.EXPLOITATION.value: NeedsMeeting.HARM,
    Question.SEX_OFFENDER.value: NeedsMeeting.SEX_OFFENDER,
    Question.RISKY_ADULT.value: NeedsMeeting.SEX_OFFENDER,
}


def episodes_of(person: Person, since: datetime, until: datetime) -> int:
    """How often this child was reported missing, reports in error left out."""
    with acting(READS):
        rows = Episode.objects.filter(person__same_as=person.same_as_id, reported_at__gt=since, reported_at__lte=until)
        return int(rows.exclude(state=State.IN_ERROR).count())


def is_repeated(person: Person, at: datetime, *, and_now: int = 0) -> int:
    """How many times in the 90 days up to then, where that is often enough to ask for a meeting; else 0."""
    times = episodes_of(person, at - WINDOW, at) + and_now
    return times if times >= EPISODES_IN_90_DAYS.in_force(now())[0] else 0


def from_the_start(person: Person, at: datetime) -> list[str]:
    """What is known of this child in the moment of the report."""
    with acting(READS):
        flags = {flag.kind for flag in flags_of([person.same_as_id]).get(person.same_as_id, [])}
        linked = Finding.objects.filter(child__same_as=person.same_as_id).exists()
        in_cohort = known_before(person).in_cohort
    found = {
        NeedsMeeting.REPEATED: bool(is_repeated(person, at, and_now=1)),
        NeedsMeeting.COHORT: in_cohort,
        NeedsMeeting.PLAN: Flag.Kind.PROTECTION_PLAN.value in flags,
        NeedsMeeting.UNDER_13: bool(person.born_to and age(person.born_to, local_day()) < UNDER),
        NeedsMeeting.SEX_OFFENDER: linked or bool(flags & RISKS),
    }
    return [each.value for each, is_so in found.items() if is_so]


def from_answers(answers: Collection[tuple[str, str]]) -> list[str]:
    """What was answered (question, answer) that may need a meeting."""
    return sorted({YES_MEANS[asked].value for asked, said in answers if said == Answer.YES and asked in YES_MEANS})


def needs(episode: Episode, codes: Collection[str], at: datetime) -> None:
    """From that moment on a sergeant of the MASH asks for a meeting, or says why not. A need that is new asks again."""
    new = [code for code in codes if code not in episode.needs_meeting]
    if not new:
        return
    episode.needs_meeting = [*episode.needs_meeting, *new]
    answered = episode.no_meeting_at is not None
    if answered:
        episode.no_meeting_at = episode.no_meeting_by = None
    earlier = episode.needs_meeting_at
    if earlier is None or answered or at < earlier:
        episode.needs_meeting_at, episode.needed_sooner = at, True


def may_need_a_meeting(episode: Episode) -> bool:
    """Something asks for a strategy meeting, nobody has said since that none is needed, and none was asked for."""
    asked, answered = episode.needs_meeting_at, episode.no_meeting_at
    return asked is not None and (answered is None or answered < asked) and not has_a_meeting(episode)


def has_a_meeting(episode: Episode) -> bool:
    with acting(READS):
        return bool(StrategyMeeting.objects.filter(about=episode.pk).figures().exists())


def waits_for_a_decision(episode: Episode) -> bool:
    """What asks for a meeting does so by now, and no sergeant has answered."""
    return bool(episode.needs_meeting_at and episode.needs_meeting_at <= now()) and may_need_a_meeting(episode)


def after_a_day(episode: Episode) -> datetime:
    """When the child will have been missing for so long that the agencies may have to meet, if not found before."""
    return A_DAY_MISSING.due(episode.missing_since, now())[0]
