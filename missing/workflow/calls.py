"""A child is reported missing, graded, and re-assessed while nobody is there. Every clock counts from the report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from access.actor import NotYours, System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import HowKnown, Person, next_reference
from cases.records import Source, involve, lives_at, must_be_somebody, new_people
from cases.workflow.cases import open_case
from cases.workflow.people import newly_known
from cohort.codes import Risk, is_higher
from cohort.known import known_before
from cohort.workflow import propose_repeat, went_missing
from govuk.fields import YesNoNotKnown as Answer
from missing.codes import (
    ASKED_ON_THE_CALL,
    BY_HAND,
    MISSING,
    NOT_ATTENDED,
    PLACED,
    CheckResult,
    MissingFrom,
    NeedsMeeting,
    Question,
    Stage,
    State,
)
from missing.codes import System as Place
from missing.looked_up import look_up
from missing.models import Episode, MissingNotice, Reassessment, RiskAnswer, SystemCheck
from missing.needs import after_a_day, from_answers, from_the_start, is_repeated, needs
from missing.owners import one_of
from missing.workflow.facts import Child, Looked, Report, Said
from missing.workflow.judging import judged, may_lower, must_be_a_risk, must_not_be_low_by_phone
from missing.workflow.planning import run_trigger_plan
from missing.workflow.raising import raise_notices
from workflow.transitions import NotNow, must_say, transition

SAME_CHILD = System("is this child missing already?")
PART = "missing child"


@transition(target=State.REPORTED.value, may=Can.REPORT_MISSING)
def report(
    episode: Episode,
    *,
    by: User,
    report: Report,
    child: Child,
    answers: Sequence[Said],
    checks: Sequence[Looked],
) -> None:
    """A child is reported missing. Recorded, the risk judged, first checks made, and a time set to look again."""
    _must_be_complete(report, answers, checks)
    _says(episode, report, by)
    episode.reference, episode.case = next_reference("MIS"), open_case()
    episode.team = report.area or team_of(Role.OFFICER)
    episode.person = _on_record(episode, child, by)
    _must_not_be_missing_already(episode)
    judged(episode, Stage.REPORT, _not_below_the_plan(episode, report.risk), report.because, by)
    needs(episode, from_the_start(episode.person, episode.reported_at), episode.reported_at)
    needs(episode, from_answers([(each.question, each.answer) for each in answers]), episode.reported_at)
    keep_answers(episode, answers, by)
    _keep_checks(episode, checks, by)
    SystemCheck.objects.bulk_create(look_up(episode))
    needs(episode, [NeedsMeeting.A_DAY.value], after_a_day(episode))
    run_trigger_plan(episode, by)
    went_missing(episode.person, reference=episode.reference, at=episode.reported_at)
    _seen_by_the_repeat_detector(episode)
    raise_notices(episode, MissingNotice.About.MISSING.value, by)


def _must_be_complete(report: Report, answers: Sequence[Said], checks: Sequence[Looked]) -> None:
    must_say(report.why_worried, "why they are worried")
    must_say(report.done_so_far, "what has been done so far to trace the child")
    must_say(report.reporter, "who reports it")
    must_say(report.reporter_is, "what they are to the child")
    must_say(report.because, "why you judge the risk so")
    if report.missing_from not in MissingFrom.values:
        raise NotNow("Say where the child is missing from.")
    must_be_a_risk(report.risk)
    must_not_be_low_by_phone(report.risk)
    must_be_looked_at_again(report.next_review_at)
    told = report.reported_at or now()
    if told > now():
        raise NotNow("Police were told at a moment that is still to come: check the date and time.")
    if report.last_seen_at and report.last_seen_at > told:
        raise NotNow("The child was last seen after the report: check both times.")
    asked = {each.question for each in answers}
    if left := [Question(each).label for each in ASKED_ON_THE_CALL if each not in asked]:
        raise NotNow(f"Ask, and write “not known” where nobody knows: {' '.join(str(each) for each in left)}")
    _every_system(checks)


def _every_system(checks: Sequence[Looked]) -> None:
    looked = {each.system for each in checks}
    if left := [str(Place(each).label) for each in BY_HAND if each not in looked]:
        raise NotNow(f"Look there, or say why nobody could: {', '.join(left)}.")


def must_be_looked_at_again(at: datetime) -> None:
    if at is None or at <= now():
        raise NotNow("Set a time to look at it again: a moment that is still to come.")


def _says(episode: Episode, report: Report, by: User) -> None:
    apart = {"reported_at", "risk", "because", "area"}
    for name, fact in vars(report).items():
        if name not in apart:
            setattr(episode, name, fact.strip() if isinstance(fact, str) else fact)
    episode.reported_at, episode.reported_by = report.reported_at or now(), by
    episode.owner = one_of(Role.CONTACT_SUPERVISOR, None)
    if episode.responsible is None and episode.missing_from not in PLACED:
        episode.responsible = episode.host  # a child who is not looked after has one authority


def _on_record(episode: Episode, child: Child, by: User) -> Person:
    """Who it is. What we know of them is on the report at once."""
    if child.person is None:
        must_be_somebody(child.details)
    source = Source(HowKnown.SAID_BY_OTHER.value, f"{episode.reporter}, {episode.reference}", by=by, case=episode.case)
    somebody = child.person or new_people([child.details], learned_in=episode.case)[0]
    involve([(somebody, PART)], episode, source)
    if child.home:
        lives_at(somebody, child.home, source)
    newly_known([somebody], are_new=child.person is None)
    return somebody


def _must_not_be_missing_already(episode: Episode) -> None:
    """Asked as the software. A child who is found, or whose episode is closed, is missing anew."""
    with acting(SAME_CHILD):
        rows = Episode.objects.filter(person__same_as=episode.person.same_as_id, state__in=MISSING)
        there = rows.order_by("reported_at").first()
    if there:
        raise NotNow(
            f"{episode.person} is reported missing already: {there.reference}. Add what is new to that report."
        )


def _not_below_the_plan(episode: Episode, risk: str) -> str:
    """The trigger plan may say that a child is never at less than a certain risk when missing."""
    with acting(SAME_CHILD):
        plan = known_before(episode.person).trigger_plan
    floor = plan.risk_floor if plan else Risk.NOT_KNOWN.value
    return floor if floor != Risk.NOT_KNOWN and is_higher(floor, risk) else risk


def keep_answers(episode: Episode, answers: Sequence[Said], by: User) -> None:
    """Each answer with who said it, and when. An answer that may need a strategy meeting says so."""
    for each in answers:
        if each.question not in Question.values or each.answer not in Answer.values:
            raise NotNow("Answer yes, no or not known.")
        must_say(each.source, f"who said so: {Question(each.question).label}")
        if each.at and each.at > now():
            raise NotNow(f"{Question(each.question).label} That moment is still to come.")
    RiskAnswer.objects.bulk_create(
        RiskAnswer(
            episode=episode,
            question=each.question,
            answer=each.answer,
            said=each.said.strip(),
            source=each.source.strip(),
            at=each.at or now(),
            by=by,
            recorded_at=now(),
        )
        for each in answers
    )
    for each in answers:  # counted from when police were told so, which may be before it was written down
        needs(episode, from_answers([(each.question, each.answer)]), each.at or now())


def _keep_checks(episode: Episode, checks: Sequence[Looked], by: User) -> None:
    for each in checks:
        if each.system not in Place.values or each.result not in CheckResult.values:
            raise NotNow("Say what was found, that nothing was, or why nobody could look.")
        if each.result != CheckResult.NOTHING:
            what = "what was found" if each.result == CheckResult.FOUND else "why nobody could look"
            must_say(each.said, f"{what}: {Place(each.system).label}")
    SystemCheck.objects.bulk_create(
        SystemCheck(
            episode=episode,
            system=each.system,
            result=each.result,
            said=each.said.strip(),
            at=now(),
            by=by,
            recorded_at=now(),
        )
        for each in checks
    )


def _seen_by_the_repeat_detector(episode: Episode) -> None:
    """A child who goes missing again and again is put to the missing team."""
    times = is_repeated(episode.person, episode.reported_at, and_now=1)
    if times:
        said = f"Reported missing {times} times in 90 days, the last time {episode.reference}"
        propose_repeat(episode.person, because=said, evidence=[episode.reference])


@transition(source=State.REPORTED.value, target=State.AWAITING.value, may=Can.DEPLOY_FOR_MISSING)
def grade(
    episode: Episode,
    *,
    by: User,
    risk: str,
    because: str,
    next_review_at: datetime,
    unit: str = "",
    attend_within: timedelta | None = None,
) -> None:
    """A supervisor in the control room grades the risk, and says by when somebody is with the reporter."""
    must_say(because, "why you judge the risk so")
    must_be_a_risk(risk)
    may_lower(episode, risk, by)
    must_be_looked_at_again(next_review_at)
    if attend_within is not None and attend_within <= timedelta(0):
        raise NotNow("Agree a length of time above zero.")
    judged(episode, Stage.GRADED, risk, because, by)
    episode.unit, episode.attend_within = unit.strip(), attend_within
    episode.next_review_at = min(episode.next_review_at, next_review_at)
    episode.graded_at, episode.graded_by = now(), by
    episode.owner = one_of(Role.FIM, None) if episode.is_cautious else by


@transition(source=NOT_ATTENDED, may=Can.SEARCH_FOR_MISSING)
def reassess(
    episode: Episode,
    *,
    by: User,
    caller_reached: str,
    what_changed: str,
    decision: str,
    risk: str,
) -> None:
    """Nobody is there yet: the caller is reached again, asked whether the risk has changed, and somebody decides."""
    if episode.risk == Risk.HIGH and not by.can(Can.COMMAND_MISSING):
        raise NotYours("The force incident manager re-assesses a child at high risk whom nobody has attended.")
    if caller_reached not in Answer.values:
        raise NotNow("Say whether the caller was reached.")
    must_say(what_changed, "what has changed since; “nothing” is an answer")
    must_say(decision, "what you decide")
    must_be_a_risk(risk)
    may_lower(episode, risk, by)
    Reassessment.objects.create(
        episode=episode,
        caller_reached=caller_reached,
        what_changed=what_changed.strip(),
        decision=decision.strip(),
        at=now(),
        by=by,
        recorded_at=now(),
    )
    judged(episode, Stage.REASSESSED, risk, what_changed, by)
    episode.reassessed_at = now()
