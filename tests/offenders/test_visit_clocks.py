"""Every clock of visits, assessments and plans at its exact moments: nobody new is told on the moment, somebody named
is a microsecond later; with that person away their cover is; over the nights on which the clock on the wall jumps."""

from datetime import UTC, datetime, timedelta

import pytest

from access.actor import System, acting
from access.time import now
from offenders.models import VisitAttempt
from offenders.workflow import assessments, nominals, plan_tasks, plans, visit_deadlines, visits
from offenders.workflow.nominals import reallocate
from sla.engine import sweep
from sla.lengths import set_length
from sla.models import Clock
from sla.policy import Deadline
from tests.conftest import hours
from tests.offenders.scenes import managed
from tests.offenders.visit_clocks import POSTS, TABLE, Scene, in_vain, seen, something_happened, with_a_plan
from tests.offenders.visit_scenes import (
    anew,
    approved,
    assessed_by,
    plan_sent,
    planned_visit,
    returned,
    tried_in_vain,
    visited,
    what_was_found,
)
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
OURS = {each.code: each for each in vars(visit_deadlines).values() if isinstance(each, Deadline)}
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
ONE_OF_EACH = pytest.mark.parametrize("row", {row.code: row for row in reversed(TABLE)}.values(), ids=str)
NIGHTS = [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
BY_WORKING_DAYS = {"RS13", "RS13P", "RS18V", "RS18A", "RS18M"}


def climbs(clock, code, record, began, tells, **instead):
    told = [people for *_, people in raised(record.pk, code)]
    for after, who in tells:
        clock.set(began + timedelta(days=after))
        sweep()
        assert [people for *_, people in raised(record.pk, code)] == told
        clock.shift(MOMENT)
        sweep()
        told.append([instead.get(who, who)])
        assert [people for *_, people in raised(record.pk, code)] == told


@pytest.mark.parametrize("code", OURS)
def test_every_clock_of_ours_has_a_story_with_each_length_each_level_and_each_post(code):
    rows, deadline = [row for row in TABLE if row.code == code], OURS[code]
    assert {POSTS[who] for row in rows for _, who in row.tells} == deadline.ladder.roles()
    assert {len(row.tells) for row in rows} == {len(deadline.ladder.levels)}
    if code not in BY_WORKING_DAYS:
        assert {timedelta(days=row.length) for row in rows} >= {each.default for each in deadline.lengths}


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    running = clock_of(record, row.code)
    begins, length = timedelta(days=row.begins), timedelta(days=row.length)
    assert (running.started_at - scene.began, running.due_at - running.started_at) == (begins, length)
    climbs(clock, row.code, record, scene.began, row.tells)


@ONE_OF_EACH
def test_with_the_right_person_away_their_cover_is_told_and_nobody_else(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    people = {who for _, who in row.tells}
    for who in people:
        away(cast[who], days=900, cover=cast["olga"])
    climbs(clock, row.code, record, scene.began, row.tells, **dict.fromkeys(people, "olga"))


@pytest.mark.parametrize("night", NIGHTS, ids=["forward", "back"])
@pytest.mark.parametrize("code", ["RS12", "RS14", "RS15"])
def test_over_the_nights_the_clocks_change_it_is_elapsed_time_that_counts(clock, cast, code, night):
    row = next(row for row in TABLE if row.code == code)
    clock.set(night - timedelta(days=row.length) / 2)
    scene = Scene(clock, cast)
    climbs(clock, code, row.story(scene), scene.began, row.tells)


def due(nominal, code):
    return clock_of(nominal, code).due_at


def runs(nominal):
    return set(Clock.running().filter(record=nominal.pk).values_list("deadline", flat=True))


def test_whoever_has_to_be_visited_is_always_on_exactly_one_clock_of_a_visit(clock, cast, omar, stella):
    scene = Scene(clock, cast)
    nominal = scene.managed()
    assert runs(nominal) & {"RS12", "RS14"} == {"RS12"}
    assert anew(nominal).visit_due_at == clock.at + timedelta(days=15)
    nominal = scene.seen(nominal)
    assert (runs(nominal) & {"RS12", "RS14"}, nominal.visit_due_at) == ({"RS14"}, clock.at + timedelta(days=92))
    inside = nominals.taken_in(nominal, by=System("test"), whereabouts="remand")
    assert runs(inside) & {"RS12", "RS14", "RS15"} == set()
    out = nominals.let_out(inside, by=System("test"), at=clock.at)
    assert runs(out) & {"RS12", "RS14"} == {"RS12"}
    again = nominals.made_reactive(scene.seen(out, purpose="after_release"), by=System("test"))
    assert runs(again) & {"RS12", "RS14"} == set()


def test_a_visit_of_before_they_were_made_active_again_is_not_the_one_that_is_due(clock, cast, omar):
    scene = Scene(clock, cast)
    nominal = nominals.made_reactive(scene.seen(scene.managed()), by=System("test"))
    before = clock.at + hours(1)
    clock.shift(hours(2))
    nominal = nominals.made_active(nominal, by=System("test"), because="Seen at a playground", at=clock.at)
    visited(nominal, omar, before, purpose="routine")
    assert runs(nominal) & {"RS12", "RS14"} == {"RS12"}
    visited(nominal, omar, purpose="concern")
    assert runs(nominal) & {"RS12", "RS14"} == {"RS14"}


def test_a_visit_counts_from_when_it_was_made_and_not_from_when_it_was_written_down(clock, cast, omar):
    scene = Scene(clock, cast)
    nominal = scene.of_risk("very_high")
    at = clock.at + hours(1)
    clock.shift(timedelta(days=9))
    visited(nominal, omar, at)
    assert due(nominal, "RS14") == at + timedelta(days=31)
    visited(nominal, omar, at - hours(1))
    assert due(nominal, "RS14") == at + timedelta(days=31)


def test_a_risk_that_has_risen_brings_the_visit_nearer_and_one_that_fell_does_not_move_it(clock, cast, omar, stella):
    scene = Scene(clock, cast)
    nominal = seen("medium")(scene)
    approved(assessed_by(nominal, omar, "high"), stella)
    assert due(nominal, "RS14") == clock.at + timedelta(days=92)
    approved(assessed_by(nominal, omar, "low"), stella)
    assert due(nominal, "RS14") == clock.at + timedelta(days=92)
    scene.seen(nominal)
    assert due(nominal, "RS14") == clock.at + timedelta(days=366)


def test_after_the_risk_has_risen_a_plan_for_a_lower_one_shortens_and_never_lengthens(clock, cast, omar, stella):
    scene = Scene(clock, cast)
    nominal = with_a_plan(150)(scene)
    approved(assessed_by(nominal, omar, "very_high"), stella)
    nominal = scene.seen(nominal)
    assert due(nominal, "RS14") == clock.at + timedelta(days=31)
    approved(plan_sent(nominal, omar, interval_days=40), stella)
    assert due(nominal, "RS14") == clock.at + timedelta(days=40)


def test_a_plan_for_a_higher_risk_goes_on_when_the_risk_falls(clock, cast, omar, stella):
    scene = Scene(clock, cast)
    nominal = with_a_plan(20, "high")(scene)
    approved(assessed_by(nominal, omar, "low"), stella)
    assert due(scene.seen(nominal), "RS14") == clock.at + timedelta(days=20)


def test_a_clock_may_be_born_overdue_and_says_so(clock, cast, omar, stella):
    scene = Scene(clock, cast)
    nominal = scene.of_risk("very_high")
    clock.shift(timedelta(days=60))
    visited(nominal, omar, scene.began + hours(1))
    sweep()
    assert [people for *_, people in raised(nominal.pk, "RS14")] == [["omar"], ["stella"], ["imran"], ["dmitri"]]


def test_a_visit_ends_the_wait_for_the_next_attempt_and_one_of_before_the_attempt_does_not(clock, cast, omar):
    scene = Scene(clock, cast)
    nominal = scene.of_risk("low")
    clock.shift(hours(5))
    tried_in_vain(nominal, omar)
    visited(nominal, omar, scene.began)
    assert "RS15" in runs(nominal)
    visited(nominal, omar, purpose="routine")
    assert "RS15" not in runs(nominal)


def test_an_attempt_of_before_the_last_visit_that_is_written_down_late_asks_for_nothing(clock, cast, omar):
    scene = Scene(clock, cast)
    nominal = seen("low")(scene)
    clock.shift(hours(5))
    tried_in_vain(nominal, omar, scene.began - hours(1))
    assert "RS15" not in runs(nominal)
    with acting(System("test")):
        assert VisitAttempt.objects.count() == 1


def test_of_whoever_is_managed_reactively_no_next_attempt_is_waited_for(clock, cast, omar):
    nominal = nominals.made_reactive(seen("low")(Scene(clock, cast)), by=System("test"))
    clock.shift(hours(5))
    tried_in_vain(nominal, omar)
    assert runs(nominal) & {"RS12", "RS14", "RS15"} == set()


def test_whoever_is_managed_reactively_again_is_not_waited_for(clock, cast, omar):
    nominal = nominals.made_reactive(seen("low")(Scene(clock, cast)), by=System("test"))
    clock.shift(hours(5))
    nominal = nominals.made_active(nominal, by=System("test"), because="Seen at a playground", at=clock.at)
    assert runs(nominal) & {"RS12", "RS14"} == {"RS12"}
    assert runs(nominals.made_reactive(nominal, by=System("test"))) & {"RS12", "RS14"} == set()


def test_a_risk_that_has_risen_brings_the_next_attempt_nearer(clock, cast, omar, stella):
    nominal = in_vain("low")(Scene(clock, cast))
    approved(assessed_by(nominal, omar, "high"), stella)
    assert due(nominal, "RS15") == clock.at + hours(48)


def test_what_happened_pulls_a_yearly_assessment_in(clock, cast, omar, stella):
    scene = Scene(clock, cast)
    nominal = something_happened(scene)
    began = scene.began + timedelta(days=7)  # and summer time begins within these fifteen working days
    assert (due(nominal, "RS13"), anew(nominal).assessment_due_at) == (began + timedelta(days=21) - hours(1),) * 2
    approved(assessed_by(nominal, omar), stella)
    assert due(nominal, "RS13") == clock.at + timedelta(days=365)


def test_what_happened_after_it_was_written_is_still_to_be_assessed(clock, cast, omar, stella):
    scene = Scene(clock, cast)
    nominal = scene.seen(scene.managed())
    waits = assessed_by(nominal, omar)
    clock.shift(hours(3))
    about = {"because": "Seen at a playground", "at": clock.at}
    assessments.reassessment_needed(anew(nominal), by=System("test"), **about)
    approved(waits, stella)
    assert due(nominal, "RS13") == clock.at + timedelta(days=21)


def test_each_verb_that_ends_a_wait(clock, cast, omar, stella):
    scene = Scene(clock, cast)
    nominal = scene.managed()
    visit = planned_visit(nominal, omar, clock.at + hours(1))
    clock.shift(hours(2))
    visit = visits.record_planned_visit(visit, by=omar, visited_at=clock.at, found=what_was_found())
    assert runs(visit) == set()
    assert runs(visits.cancel_visit(planned_visit(nominal, omar), by=omar, because="In hospital")) == set()
    back = returned(visit, stella)
    assert runs(back) == {"RS18V"}
    assert runs(visits.amend_visit(back, by=omar, found=what_was_found())) == set()
    back = returned(assessed_by(nominal, omar), stella)
    assert runs(back) == {"RS18A"}
    assert runs(assessments.submit_assessment(back, by=omar)) == set()
    back = returned(plan_sent(nominal, omar), stella)
    assert runs(back) == {"RS18M"}
    sent = plans.submit_plan(back, by=omar)
    assert runs(sent) == set()
    with acting(System("test")):
        one, two, *_ = sent.tasks.all()
    assert runs(one) == {"RS13T"}
    assert runs(plan_tasks.task_done(one, by=omar, how="Rang the club")) == set()
    assert runs(plan_tasks.task_not_needed(two, by=omar, because="He has moved")) == set()


def test_after_an_assessment_a_plan_is_waited_for_and_its_approval_ends_that(clock, cast, omar, stella):
    nominal = Scene(clock, cast).of_risk("medium")
    assert "RS13P" in runs(nominal)
    approved(plan_sent(nominal, omar), stella)
    assert "RS13P" not in runs(nominal)


def test_with_another_manager_every_clock_goes_along(clock, cast, omar, olga, stella):
    scene = Scene(clock, cast)
    nominal = scene.seen(scene.managed())
    task = plan_sent(nominal, omar)
    reallocate(anew(nominal), by=stella, manager=olga, team=olga.postings.get().team, because="Omar moves on")
    records = [nominal.pk, *[each.pk for each in _tasks(task)]]
    assert {each.owner.username for each in Clock.running().filter(record__in=records)} == {"olga"}


def _tasks(plan):
    with acting(System("test")):
        return list(plan.tasks.all())


def test_a_force_sets_its_own_lengths_and_what_runs_keeps_its_own(clock, cast, imran, omar):
    nominal = managed(cast["stella"], omar)
    kept = due(nominal, "RS12")
    name = "First visit to a managed offender, or the first after release"
    set_length(name, by=imran, length=timedelta(days=5), starts=now(), because="Five days here")
    assert due(nominal, "RS12") == kept
    other = managed(cast["stella"], omar, name="Merle Sallowfold")
    assert due(other, "RS12") == clock.at + timedelta(days=5)
