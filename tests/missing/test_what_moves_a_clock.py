"""What fulfils each clock of a missing child, and that nothing else does; what brings one nearer, and that nothing
moves one away."""

from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from access.actor import NotYours, System, acting
from access.time import now
from missing import workflow
from missing.models import Episode, PlanAction
from sla.models import Clock
from tests.conftest import hours, minutes
from tests.missing import returns
from tests.missing.every_clock import LATER, TABLE, Scene, about, exploited, medium, offered, seen_ten_hours_before
from tests.missing.scenes import ASKED, EVERYTHING, a_plan, enquired, found, interviewed, reported, searched_for
from tests.sla.made import MOMENT, raised
from tests.stories import clock_of, submitted, swept
from tests.strategy.meetings import asked
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")
Act = Callable[[Scene, Episode], Any]


def _look(verb: Any, who: str) -> Act:
    return lambda s, it: verb(it, by=s.cast[who], said="All of it", next_review_at=now() + LATER)


def _risk(verb: Any, who: str, risk: str) -> Act:
    return lambda s, it: verb(it, by=s.cast[who], risk=risk, because="As it is now")


def _graded(scene: Scene, episode: Episode) -> Episode:
    about = {"because": "As reported", "next_review_at": now() + LATER}
    return workflow.grade(episode, by=scene.fin, risk=episode.risk, **about)


def _reassessed(scene: Scene, episode: Episode) -> Episode:
    said = {"caller_reached": "yes", "what_changed": "Nothing", "decision": "Send the next unit"}
    return workflow.reassess(episode, by=scene.fin, risk=episode.risk, **said)


def _assessed(scene: Scene, episode: Episode) -> Episode:
    said = {"answers": EVERYTHING, "risk": "medium", "because": "Nobody has seen her"}
    return workflow.assess(episode, by=scene.olly, **said)


def _ratified(scene: Scene, episode: Episode) -> Episode:
    about = {"because": "I agree", "plan": a_plan(scene.olly), "next_review_at": now() + LATER}
    return workflow.ratify(episode, by=scene.rosa, risk=episode.risk, **about)


ACTS: dict[str, Act] = {
    "graded": _graded,
    "re-assessed": _reassessed,
    "attended": lambda s, it: workflow.attend(it, by=s.olly),
    "assessed": _assessed,
    "ratified": _ratified,
    "enquiry": lambda s, it: enquired(it, s.olly),
    "record kept up": lambda s, it: enquired(it, s.olly, type="admin"),
    "review": _look(workflow.review, "rosa"),
    "inspector's review": _look(workflow.inspector_review, "rashid"),
    "superintendent's review": _look(workflow.long_review, "sue"),
    "risk raised": _risk(workflow.raise_risk, "olly", "high"),
    "risk lowered": _risk(workflow.lower_risk, "rashid", "low"),
    "more is known": lambda s, it: workflow.know_more(it, by=s.olly, answers=ASKED[:1]),
    "unit told": lambda s, it: workflow.tell_ukmpu(it, by=s.rashid, reference="UK-1"),
    "daily meeting": lambda s, it: workflow.decide_daily(it, by=s.dmitri, decision="Search the park"),
    "no meeting": lambda s, it: workflow.no_meeting(it, by=s.sam, because="Known to social care today"),
    "meeting asked for": lambda s, it: asked(s.sam, about=about(it)),
    "passed on": lambda s, it: workflow.pass_on(it, by=s.rosa, to=s.rashid, because="My turn is over"),
    "offered": lambda s, it: workflow.offer_transfer(it, by=s.rashid, to="Wessmoor Police", because="Seen there"),
    "refused": lambda s, it: workflow.transfer_refused(it, by=s.rashid, who="Insp Other", because="Lives with you"),
    "accepted": lambda s, it: workflow.transfer_accepted(it, by=s.rashid, who="Insp Other", reference="WM 1"),
    "in error": lambda s, it: workflow.recorded_in_error(it, by=s.rashid, because="She was in her room"),
    "found": lambda s, it: found(it, s.olly),
    "spoken to": lambda s, it: interviewed(it, s.olly),
    "nobody sees": lambda s, it: workflow.let_nobody_see(it, by=s.rashid, because="Seen by her teacher at nine"),
    "notice": lambda s, it: submitted(s.olly, arises_from=it.pk),
    "interview asked for": lambda s, it: returns.asked(s.maya, it, returns.council()),
}
OVER = {"found", "in error"}
"""Another force is offered only a child whose risk a supervisor has ratified."""
DONE_BY = {
    "MC0": {"graded", "attended", *OVER},
    "MC1": {"re-assessed", "attended", *OVER},
    "MC2": {"attended", *OVER},
    "MC3": {"enquiry", "accepted", *OVER},
    "MC4A": {"assessed", *OVER},
    "MC4": {"ratified", *OVER},
    "MC5": {"enquiry", "accepted", *OVER},
    "MC6": {"review", "accepted", *OVER},
    "MC6S": {"review", "accepted", *OVER},
    "MC7": {"inspector's review", "accepted", *OVER},
    "MC8": {"superintendent's review", "accepted", *OVER},
    "MC9": {"unit told", "accepted", *OVER},
    "MC10": {"daily meeting", "accepted", *OVER},
    "MC11": {"no meeting", "meeting asked for", "accepted", *OVER},
    "MCT": {"refused", "accepted", *OVER},
    "MC13": {"spoken to", "nobody sees"},
    "MC14": {"notice"},
    "MC15": {"interview asked for"},
}


@contextmanager
def undone():
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)


def stopped_by(scene, story):
    """After which acts the clocks that ran are done: code -> acts."""
    record = story(scene)
    running = dict(Clock.running().filter(record=record.pk).values_list("deadline", "pk"))
    done: dict[str, set[str]] = {code: set() for code in running}
    scene.clock.shift(minutes(1))
    for name, act in ACTS.items():
        with undone(), suppress(NotNow, NotYours):
            act(scene, record)
            ended = set(
                Clock.objects.filter(pk__in=running.values())
                .exclude(stopped_at=None)
                .values_list("deadline", flat=True)
            )
            for code in ended:
                done[code].add(name)
    return done


BY_CODE = {row.code: row.story for row in reversed(TABLE)}
STORIES = {
    "reported": medium,
    "reported, and exploited": exploited,
    "attended": BY_CODE["MC4A"],
    "attended and assessed": BY_CODE["MC4"],
    "searched for, and offered to another force": offered,
    "found": BY_CODE["MC13"],
}


def test_what_fulfils_each_clock_does_and_nothing_else(clock, cast):
    seen: dict[str, set[str]] = {}
    for story in STORIES.values():
        with undone():
            for code, acts in stopped_by(Scene(clock, cast), story).items():
                seen.setdefault(code, set()).update(acts)
    assert seen == DONE_BY


def due(episode, code):
    return clock_of(episode, code).due_at


RISING = ["MC1", "MC2", "MC5", "MC6", "MC7"]


def test_when_the_risk_rises_what_is_due_comes_nearer_and_counts_from_where_it_did(clock, cast):
    scene = Scene(clock, cast)
    episode, began = scene.report(), clock.at
    clock.shift(minutes(10))
    workflow.raise_risk(episode, by=cast["olly"], risk="high", because="She said goodbye online")
    lengths = [due(episode, code) - began for code in RISING]
    assert lengths == [minutes(30), minutes(15), hours(2), hours(4), hours(1)]


def test_what_is_late_already_by_the_new_length_is_born_late_and_told_at_once(clock, cast):
    scene = Scene(clock, cast)
    episode, began = scene.report(), clock.at
    clock.shift(hours(2) + MOMENT)
    workflow.raise_risk(episode, by=cast["olly"], risk="high", because="She said goodbye online")
    swept(clock, timedelta(0))
    assert (due(episode, "MC5"), due(episode, "MC7")) == (began + hours(2), began + hours(1))
    assert [people for *_, people in raised(episode.pk, "MC5")] == [["rosa"], ["rashid"]]
    assert [people for *_, people in raised(episode.pk, "MC7")] == [["rashid"], ["dmitri"], ["sue"]]


def test_a_report_of_hours_ago_is_late_from_the_first(clock, cast):
    episode = Scene(clock, cast).report(reported_at=clock.at - hours(5))
    swept(clock, MOMENT)
    assert due(episode, "MC5") == clock.at - MOMENT - hours(1)
    assert [people for *_, people in raised(episode.pk, "MC5")] == [["rosa"], ["rashid"]]
    assert [people for *_, people in raised(episode.pk, "MC0")] == [["connie"], ["fin"]]


def test_when_the_risk_is_lowered_nothing_moves_away(clock, cast):
    scene = Scene(clock, cast)
    episode = searched_for(cast, "high")
    running = list(Clock.running().filter(record=episode.pk).order_by("pk").values_list("deadline", "due_at"))
    episode = workflow.lower_risk(episode, by=scene.rashid, risk="medium", because="The threat was a joke")
    workflow.lower_risk(episode, by=scene.rosa, risk="low", because="Seen by a friend")
    assert list(Clock.running().filter(record=episode.pk).order_by("pk").values_list("deadline", "due_at")) == running


def test_an_enquiry_counts_from_when_it_was_made(clock, cast, olly):
    episode, began = Scene(clock, cast).report(), clock.at
    clock.shift(hours(3))
    enquired(episode, olly, at=began + hours(1))
    assert due(episode, "MC5") == began + hours(5)


def test_one_that_was_made_before_the_last_moves_nothing(clock, cast, olly):
    episode, began = Scene(clock, cast).report(), clock.at
    clock.shift(hours(3))
    enquired(episode, olly, at=began + hours(2))
    running = clock_of(episode, "MC5")
    enquired(episode, olly, at=began + hours(1))
    enquired(episode, olly, at=began + hours(2))
    assert clock_of(episode, "MC5").pk == running.pk
    assert due(episode, "MC5") == began + hours(6)


def test_an_enquiry_of_long_ago_is_told_as_late_as_it_is(clock, cast, olly):
    episode, began = Scene(clock, cast).report(), clock.at
    clock.shift(hours(9))
    enquired(episode, olly, at=began + minutes(30))
    swept(clock, MOMENT)
    assert due(episode, "MC5") == began + hours(4.5)
    assert [people for *_, people in raised(episode.pk, "MC5")] == [
        *[["rosa"]] * 2, *[["rashid"]] * 2, *[["dmitri"]] * 2,
    ]  # fmt: skip


def test_an_inspector_who_wants_it_looked_at_sooner_brings_the_supervisors_review_nearer(clock, cast, rashid):
    episode = Scene(clock, cast).report()
    sooner = clock.at + hours(2)
    episode = workflow.inspector_review(episode, by=rashid, said="All of it", next_review_at=sooner)
    assert (due(episode, "MC6"), episode.next_review_at) == (sooner, sooner)
    later = workflow.inspector_review(episode, by=rashid, said="All of it", next_review_at=sooner + hours(9))
    assert (due(later, "MC6"), later.next_review_at) == (sooner, sooner)


@pytest.mark.parametrize("act", ["accepted", "in error", "found"])
def test_when_nobody_looks_for_the_child_any_more_nothing_is_left_to_be_done(clock, cast, act):
    scene = Scene(clock, cast)
    episode = offered(scene)
    ACTS[act](scene, episode)
    with acting(TEST):
        actions = list(PlanAction.objects.filter(episode=episode))
    assert {each.state for each in actions} == {"not_needed"}
    assert not Clock.running().filter(record__in=[each.pk for each in actions]).exists()


# A meeting of the agencies.


def told_of_a_meeting(episode):
    return [(at, people) for _, _, at, people in raised(episode.pk, "MC11")]


def test_with_nothing_else_a_meeting_is_asked_for_once_the_child_has_been_missing_for_a_day(clock, cast):
    scene = Scene(clock, cast)
    episode = seen_ten_hours_before(scene)
    clock.set(scene.began + hours(14))
    swept(clock, timedelta(0))
    assert told_of_a_meeting(episode) == []
    swept(clock, MOMENT)
    assert told_of_a_meeting(episode) == [(scene.began + hours(14), ["sam"])]


LEARNED = {
    "the officer": lambda s, it: workflow.assess(
        workflow.attend(it, by=s.olly), by=s.olly, answers=[*EVERYTHING, worse()], risk="medium", because="A grey car"
    ),
    "somebody who rings": lambda s, it: workflow.know_more(it, by=s.callie, answers=[worse()]),
}


def worse():
    return type(ASKED[0])("exploitation", "yes", "Her friend", "A man picks her up")


@pytest.mark.parametrize("learned", LEARNED.values(), ids=LEARNED)
def test_and_sooner_when_somebody_learns_of_exploitation(clock, cast, learned):
    scene = Scene(clock, cast)
    episode = scene.report()
    clock.shift(hours(2))
    learned(scene, episode)
    running = Clock.running().get(record=episode.pk, deadline="MC11")
    assert (running.started_at, running.due_at) == (clock.at, clock.at + hours(4))
    swept(clock, MOMENT)
    assert told_of_a_meeting(episode) == [(running.started_at, ["sam"])]


def test_what_was_known_when_police_were_told_counts_from_then(clock, cast):
    told = clock.at - hours(3)
    yes = [worse() if each.question == "exploitation" else each for each in ASKED]
    episode = Scene(clock, cast).report(reported_at=told, answers=yes)
    assert due(episode, "MC11") == told + hours(4)


def test_found_within_the_day_and_nothing_is_asked(clock, cast, olly):
    episode = Scene(clock, cast).report()
    clock.shift(hours(25))
    found(episode, olly, found_at=clock.at - hours(2))
    assert not Clock.running().filter(record=episode.pk, deadline="MC11").exists()


def test_found_after_a_day_and_it_still_is(clock, cast, olly):
    episode, began = Scene(clock, cast).report(), clock.at
    clock.shift(hours(25))
    found(episode, olly)
    assert Clock.running().get(record=episode.pk, deadline="MC11").due_at == began + hours(28)


def test_found_within_the_day_but_harmed_it_is_asked_at_once(clock, cast, olly):
    episode = Scene(clock, cast).report()
    clock.shift(hours(5))
    found(episode, olly, harm=["sexual"])
    assert Clock.running().get(record=episode.pk, deadline="MC11").due_at == clock.at + hours(4)


def test_what_the_child_says_when_found_asks_for_one(clock, cast, olly):
    episode = Scene(clock, cast).report()
    clock.shift(hours(5))
    episode = found(episode, olly)
    interviewed(episode, olly, exploitation="yes")
    assert Clock.running().get(record=episode.pk, deadline="MC11").due_at == clock.at + hours(4)


def test_none_is_needed_is_a_sergeants_decision_and_what_is_new_asks_again(clock, cast, sam, cora):
    scene = Scene(clock, cast)
    episode = exploited(scene)
    with pytest.raises(NotYours):
        workflow.no_meeting(episode, by=cora, because="Known to social care")
    clock.shift(hours(1))
    workflow.no_meeting(episode, by=sam, because="Known to social care, who saw her on Friday")
    clock.shift(hours(1))
    harm = type(ASKED[0])("sex_offender", "yes", "Her friend", "He is on the register")
    workflow.know_more(episode, by=cast["olly"], answers=[harm])
    running = Clock.running().get(record=episode.pk, deadline="MC11")
    assert running.due_at == clock.at + hours(4)


def test_what_was_decided_in_the_first_hours_is_asked_again_after_a_day(client, clock, cast, sam):
    scene = Scene(clock, cast)
    episode = exploited(scene)
    clock.shift(hours(1))
    workflow.no_meeting(episode, by=sam, because="Known to social care, who saw her on Friday")
    again = Clock.running().get(record=episode.pk, deadline="MC11")
    assert (again.started_at, again.due_at) == (scene.began + hours(24), scene.began + hours(28))
    with pytest.raises(NotNow, match="Nothing asks for a meeting yet"):
        workflow.no_meeting(episode, by=sam, because="As before")
    client.force_login(sam)
    answer = reverse("episode-no-meeting", args=[episode.pk])
    assert answer not in client.get(episode.get_absolute_url()).content.decode()
    clock.set(scene.began + hours(25))
    assert answer in client.get(episode.get_absolute_url()).content.decode()
    workflow.no_meeting(episode, by=sam, because="They meet about her on Monday")
    assert not Clock.running().filter(record=episode.pk, deadline="MC11").exists()


def test_and_not_of_a_child_who_was_found_by_then(clock, cast, sam, olly):
    episode = exploited(Scene(clock, cast))
    clock.shift(hours(1))
    episode = workflow.no_meeting(episode, by=sam, because="Known to social care, who saw her on Friday")
    clock.shift(hours(1))
    found(episode, olly)
    assert not Clock.running().filter(record=episode.pk, deadline="MC11").exists()


def test_a_meeting_asked_for_about_another_record_answers_nothing(clock, cast, sam):
    episode = exploited(Scene(clock, cast))
    asked(sam)
    assert Clock.running().filter(record=episode.pk, deadline="MC11").exists()
    asked(sam, about=about(episode))
    assert clock_of(episode, "MC11").stopped_by == "strategy.request"


def test_a_meeting_is_owed_until_somebody_decides_whatever_becomes_of_the_episode(clock, cast, sam, olly):
    episode = exploited(Scene(clock, cast))
    clock.shift(hours(1))
    interviewed(found(episode, olly), olly)
    assert Clock.running().filter(record=episode.pk, deadline="MC11").exists()
    workflow.no_meeting(episode, by=sam, because="They meet about her on Monday")
    assert not Clock.running().filter(record=episode.pk, deadline="MC11").exists()


def test_a_third_report_in_ninety_days_asks_for_one(clock, cast, callie, olly):
    child = None
    for number in range(3):
        episode = reported(callie, child)
        child = child or episode.person
        running = Clock.running().get(record=episode.pk, deadline="MC11")
        assert (running.started_at == clock.at) == (number == 2)
        found(episode, olly)
        clock.shift(hours(24 * 40))
