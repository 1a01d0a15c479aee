"""Every clock of the ViSOR hub, of transfers and of peer scrutiny at its exact moments: nobody new is told on the
moment, somebody named is a microsecond later; with that person away their cover is."""

from datetime import UTC, datetime, timedelta

import pytest

from offenders.models import HubQuery, HubTask, ScrutinyItem, ScrutinyRound, Transfer
from offenders.workflow import hub_tasks
from offenders.workflow.nominals import reallocate
from sla.engine import sweep
from sla.policy import DEADLINES
from tests.offenders.hub_clocks import DAY, TABLE, Scene, asked_for_by_another_team, known_since_friday, question
from tests.offenders.hub_scenes import everything_is_checked, on_visor, task_of
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
RECORDS = (HubTask, HubQuery, Transfer, ScrutinyRound, ScrutinyItem)
OURS = {code for code, each in DEADLINES.items() if each.model in RECORDS}
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
ONE_OF_EACH = pytest.mark.parametrize("row", {row.code: row for row in reversed(TABLE)}.values(), ids=str)
FORWARD = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)
"""The Friday before the clocks go forward."""


def climbs(clock, code, record, expected):
    before = raised(record.pk, code)
    levels = [(code, number, at, [who]) for number, (at, who) in enumerate(expected, start=1)]
    for moment in dict.fromkeys(at for at, _ in expected):
        for at in (moment, moment + MOMENT):
            if at >= clock.at:
                clock.set(at)
            sweep()
            assert raised(record.pk, code) == before + [each for each in levels if each[2] < clock.at], at
    assert raised(record.pk, code) == before + levels


def in_the_story(scene, row, **instead):
    return [(scene.began + after, instead.get(who, who)) for after, who in row.tells]


def test_every_clock_has_its_row_with_each_of_its_lengths_and_posts():
    assert {row.code for row in TABLE} == OURS
    for code in OURS:
        rows, deadline = [row for row in TABLE if row.code == code], DEADLINES[code]
        assert {len(row.tells) for row in rows} == {len(deadline.ladder.levels)}
        assert len({row.length for row in rows}) >= len(deadline.lengths)


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    running = clock_of(record, row.code)
    assert (running.started_at - scene.began, running.due_at - running.started_at) == (row.begins, row.length)
    climbs(clock, row.code, record, in_the_story(scene, row))


@ONE_OF_EACH
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    people = {who for _, who in row.tells}
    for who in people:
        away(cast[who], days=60, cover=cast["dina"])
    climbs(clock, row.code, record, in_the_story(scene, row, **dict.fromkeys(people, "dina")))


def test_a_working_day_over_the_night_the_clocks_go_forward_ends_at_the_same_hour(clock, cast):
    clock.set(FORWARD)
    scene = Scene(clock, cast)
    task = task_of(scene.hana, scene.nominal, kind="release")
    assert clock_of(task, "RS9").due_at == datetime(2026, 3, 30, 8, 0, tzinfo=UTC)  # nine by the wall, on Monday


def test_a_departure_after_that_night_is_a_day_of_24_hours_away(clock, cast):
    clock.set(FORWARD)
    scene = Scene(clock, cast)
    departs = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
    task = task_of(scene.hana, scene.nominal, kind="travel_out", happens_at=departs)
    assert clock_of(task, "RS9").due_at == departs - timedelta(hours=24)


def test_what_lay_in_a_mailbox_is_late_at_once_and_everybody_hears(clock, cast):
    task = known_since_friday(Scene(clock, cast))
    clock.shift(MOMENT)
    sweep()
    assert [who for *_, who in raised(task.pk, "RS9")] == [["hana"], ["hugo"], ["imran"]]


def test_a_task_that_was_wrong_is_late_at_once_when_its_time_has_gone(clock, cast, hana, hugo, imran):
    scene = Scene(clock, cast)
    everything_is_checked(imran)
    task = on_visor(task_of(hana, scene.nominal), hana)
    clock.shift(5 * DAY)
    task = hub_tasks.find_error(task, by=hugo, found="Another number")
    clock.shift(MOMENT)
    sweep()
    assert [who for *_, who in raised(task.pk, "RS10")] == [["hana"], ["hugo"], ["imran"]]


def test_a_question_goes_along_when_they_get_another_manager(clock, cast, stella, olga, client):
    scene = Scene(clock, cast)
    query = question(scene)
    reallocate(scene.nominal, by=stella, manager=olga, team=scene.nominal.team, because="Omar has too many")
    clock.shift(MOMENT)
    sweep()
    assert [who for *_, who in raised(query.pk, "RS9Q")] == [["olga"]]
    client.force_login(olga)
    assert query.question in client.get("/").content.decode()


def test_what_is_one_managers_goes_along_when_they_get_another(clock, cast, stella, olga):
    scene = Scene(clock, cast)
    item = asked_for_by_another_team(scene)
    reallocate(scene.nominal, by=stella, manager=olga, team=scene.nominal.team, because="Omar has too many")
    clock.shift(28 * DAY * 0.8 + MOMENT)
    sweep()
    assert [who for *_, who in raised(item.pk, "RS22A")] == [["olga"]]
