"""Missing children of the last days: as many as the force has, with each way in which one was lost sight of in 2022."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from access.actor import System, acting
from cohort.codes import Risk
from demo.chronicle import Event, when
from demo.cohort import Kept
from demo.invented import household as a_household
from demo.missing_child import Missing
from demo.missing_words import asked
from demo.scene import Scene
from missing import workflow
from missing.chasing import chase_all
from missing.codes import Question
from missing.models import Episode, InterviewRequest
from missing.workflow.interviews import as_opened, interview_came, read_interview

TEST = System("demo")
RISKS = {Risk.HIGH.value: 125, Risk.MEDIUM.value: 809, Risk.LOW.value: 66}
"""Per thousand. Hampshire 2015/16, all ages."""
MEDIAN, SPREAD = 1.827, 1.605
"""Of the hours until a child is found, as logarithms: fitted to 80% within a day and 2% over a week."""
OF_THE_COHORT, MEETING_DECIDED = 0.2, 0.75
DAYS = 2
"""Of ordinary reports. What is older is told only where it is still owed."""


def events(scene: Scene, kept: Sequence[Kept]) -> Iterator[Event]:
    """`kept`: children of the cohort, the first of whom are missing now."""
    yield from a_trigger_plan_that_nobody_runs(scene, kept)
    yield from medium_risk_and_nothing_done(scene)
    yield from six_hours_and_nobody_there(scene)
    yield from not_ratified(scene)
    yield from found_and_not_heard(scene)
    yield from missing_again_before_the_interview_came_back(scene)
    yield from come_back_and_unread(scene)
    yield from missing_for_eight_days(scene)
    yield from ordinary_days(scene, kept)
    for day in range(10):
        yield when(scene.ago(days=day, hours=1), chase_all)


def somebody(scene: Scene, reported_at: datetime, risk: str, ages: tuple[int, int] = (12, 17)) -> Missing:
    return Missing(scene, a_household(scene.rng, scene.today, ages), reported_at, risk)


def medium_risk_and_nothing_done(scene: Scene) -> Iterator[Event]:
    """The finding itself: at medium risk, reviewed twice, and for seven hours nobody has done anything."""
    child = somebody(scene, scene.ago(hours=9.5), Risk.MEDIUM.value)
    yield child.report()
    yield child.graded()
    yield child.enquired(0.7)
    yield from child.attended(1.6)
    yield child.ratified(2.4)
    yield child.reviewed(5.2)
    yield child.reviewed(8.9)


def six_hours_and_nobody_there(scene: Scene) -> Iterator[Event]:
    """Reported six hours ago: no officer, no enquiry, re-assessed once."""
    child = somebody(scene, scene.ago(hours=6.1), Risk.MEDIUM.value)
    yield child.report()
    yield child.graded(0.4)
    facts = {"caller_reached": "yes", "what_changed": "Nothing", "decision": "The next free unit", "risk": child.risk}
    yield child.at(1.1, workflow.reassess, child.episode, by=child.by("connie"), **facts)


def not_ratified(scene: Scene) -> Iterator[Event]:
    """The officer thinks more of the risk than the call did, and no supervisor has decided yet."""
    child = somebody(scene, scene.ago(hours=2.6), Risk.MEDIUM.value)
    yield child.report()
    yield child.graded()
    officer = child.by("olly")
    yield child.at(0.9, workflow.attend, child.episode, by=officer)
    answers = asked(child.told, everything=True, exploitation="A grey car was waiting; she got in laughing")
    because = "Collected by an adult nobody knows, for the third time this month"
    facts = {"answers": answers, "risk": Risk.HIGH.value, "because": because}
    yield child.at(1.4, workflow.assess, child.episode, by=officer, **facts)


def found_and_not_heard(scene: Scene) -> Iterator[Event]:
    """Came back in the night; the day turn has not been to see the child."""
    child = somebody(scene, scene.ago(hours=15), Risk.MEDIUM.value)
    yield child.report()
    yield child.graded()
    yield from child.attended(0.8)
    yield child.ratified(1.6)
    yield from child.worked_on(8, every=3.5)
    yield child.found(8.3)


def _back_home(child: Missing, after: float, request: InterviewRequest) -> Iterator[Event]:
    yield child.report()
    yield child.graded()
    yield from child.attended(0.7)
    yield child.ratified(1.5)
    yield child.told_everybody(1.9)
    yield child.no_meeting_needed(3)
    yield from child.worked_on(after, every=3.5)
    yield child.found(after)
    yield child.heard(after + 1.5)
    yield child.told_everybody(after + 2)
    yield child.asked_for_interview(after + 4, request)
    yield child.closed(after + 10)


def missing_again_before_the_interview_came_back(scene: Scene) -> Iterator[Event]:
    """Nine days ago the first time; the return interview has not come back, and tonight the child is missing again."""
    first, request = somebody(scene, scene.ago(days=9), Risk.MEDIUM.value), InterviewRequest()
    yield from _back_home(first, 5, request)
    again = Missing(scene, first.household, scene.ago(hours=3.4), Risk.MEDIUM.value)
    yield again.at(0, _same_child, first, again)
    yield again.at(0.05, _reported_again, again)
    yield again.graded(0.3)
    yield again.enquired(0.6)
    yield from again.attended(1.0)
    yield again.ratified(1.8)
    yield again.enquired(2.9)


def _same_child(first: Missing, again: Missing) -> None:
    with acting(TEST):
        again.person = Episode.objects.select_related("person").get(pk=first.episode.pk).person


def _reported_again(again: Missing) -> None:
    again.report().does()


def come_back_and_unread(scene: Scene) -> Iterator[Event]:
    """Three interviews came back: one is read, two wait for somebody to read them."""
    for number, days in enumerate((6.0, 5.2, 4.4)):
        child, request = somebody(scene, scene.ago(days=days), Risk.MEDIUM.value), InterviewRequest()
        yield from _back_home(child, 4 + number, request)
        yield child.at(60, _came, child, request)
        if not number:
            yield child.at(70, _read, child, request)


def _came(child: Missing, request: InterviewRequest) -> None:
    said, who = child.told.line("interview"), "Jo Fernfold, Vale return interviews"
    held = child.reported_at + timedelta(hours=55)
    interview_came(request, by=child.by("maya"), who=who, said=said, held_at=held)


def _read(child: Missing, request: InterviewRequest) -> None:
    by = child.by("maya")
    with acting(by):
        opened = as_opened(InterviewRequest.objects.get(pk=request.pk))
    said = {"summary": child.told.line("interview"), "risks": "None beyond what was known", "plan_updated": "no"}
    read_interview(request, by=by, opened=opened, learned=[], **said)


def missing_for_eight_days(scene: Scene) -> Iterator[Event]:
    """High risk, known to the UK Missing Persons Unit, long-term since a superintendent decided so."""
    child = somebody(scene, scene.ago(days=8.1), Risk.HIGH.value, (15, 17))
    yield child.report(yes={Question.EXPLOITATION.value: "Messages from an adult, asking to be met"})
    yield child.graded(0.1)
    yield from child.attended(0.2)
    yield child.inspected(0.7)
    yield child.ratified(0.75)
    yield child.no_meeting_needed(3)
    yield child.at(20, workflow.tell_ukmpu, child.episode, by=child.by("rashid"), reference="UKMPU 26-004417")
    yield from _seen_through(child, scene)


def _seen_through(child: Missing, scene: Scene) -> Iterator[Event]:
    hours, over = 2.0, (scene.now - child.reported_at) / timedelta(hours=1)
    while hours < over - 1:
        yield child.enquired(hours)
        hours += scene.rng.uniform(1.2, 2.4)
    for hour in range(4, int(over), 4):
        yield child.reviewed(hour)
    for hour in range(12, int(over), 11):
        yield child.inspected(hour)
    said = {"said": child.told.line("reviews"), "next_review_at": child.reported_at + timedelta(days=14)}
    yield child.at(70, workflow.missing_for_long, child.episode, by=child.by("sue"), **said)
    yield child.at(166, workflow.long_review, child.episode, by=child.by("sue"), **said)
    for day in range(1, 9):
        decided = {"decision": "Search goes on; the two towns up the line are asked again"}
        yield child.at(24 * day - 3, workflow.decide_daily, child.episode, by=child.by("dmitri"), **decided)


def a_trigger_plan_that_nobody_runs(scene: Scene, kept: Sequence[Kept]) -> Iterator[Event]:
    """In the cohort, reported two hours ago. The first actions of the trigger plan are late; nobody has done one."""
    if known := first_planned(kept):
        child = Missing(scene, known.told.household, scene.ago(hours=2.1), Risk.HIGH.value, known.person)
        yield child.report(yes={Question.EXPLOITATION.value: "A grey car was seen near the home"})
        yield child.graded(0.3)
        yield from child.attended(1.1)


def first_planned(kept: Sequence[Kept]) -> Kept | None:
    """The first child with a trigger plan."""
    return next((each for each in kept if each.planned), None)


def ordinary_days(scene: Scene, kept: Sequence[Kept]) -> Iterator[Event]:
    """As many as are reported in a few days, found as soon as children are; one in five is of the cohort."""
    rng = scene.rng
    often = iter([each for each in kept[1::3] if each is not first_planned(kept)])
    for _ in range(scene.figures.missing_a_day * DAYS):
        gone = rng.uniform(0.5, DAYS * 24)
        risk = rng.choices(list(RISKS), list(RISKS.values()))[0]
        known = next(often, None) if rng.random() < OF_THE_COHORT else None
        if known:
            child = Missing(scene, known.told.household, scene.ago(hours=gone), risk, known.person)
        else:
            child = somebody(scene, scene.ago(hours=gone), risk, (9, 17))
        yield from ordinary(child, gone, min(rng.lognormvariate(MEDIAN, SPREAD), 200))


def ordinary(child: Missing, gone: float, after: float) -> Iterator[Event]:
    rng, request = child.scene.rng, InterviewRequest()
    found = max(after, 0.8)
    attended = rng.choices([0.35, 0.6, 0.9, 2.2, 4.5], [20, 20, 14, 30, 16])[0] * rng.uniform(0.8, 1.1)
    steps: list[tuple[float, Any]] = [(0, child.report()), (0.2, child.graded(rng.uniform(0.08, 0.24)))]
    if attended + 1.2 < found:
        steps += [(attended, each) for each in child.attended(attended)]
        steps += [(attended + 1.1, child.ratified(attended + rng.uniform(0.6, 1.1)))]
    end = min(found, gone) - 0.05
    steps += [(0, each) for each in child.worked_on(end, every=3 if child.risk == Risk.MEDIUM else 1.8)]
    steps += [(found, child.found(found)), (found, child.told_everybody(found + 0.7))]
    steps += [(found, child.heard(found + rng.uniform(0.4, 3.6)))]
    steps += [(found, child.asked_for_interview(found + rng.uniform(4, 22), request))]
    steps += [(found, child.closed(found + rng.uniform(22.5, 40)))]
    if rng.random() < MEETING_DECIDED:
        steps += [(0, child.no_meeting_needed(rng.uniform(1, 5))), (0, child.no_meeting_needed(26))]
    yield from (event for _, event in steps if event.at < child.scene.now)
