"""Every clock of learning and training at its exact moments: nobody new is told on the moment, somebody named is a
microsecond later; with that person away their cover is."""

from datetime import UTC, datetime

import pytest

from quality.models import (
    AttendanceRow,
    LearningAction,
    Publication,
    Theme,
    TrainingDue,
    TrainingNeed,
)
from quality.workflow import learning, publishing
from quality.workflow.publishing import Written
from sla.engine import sweep
from sla.policy import DEADLINES
from tests.quality.learning_clocks import DAY, TABLE, Scene, an_action
from tests.quality.learning_scenes import done, given
from tests.quality.publication_scenes import written
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
RECORDS = (Theme, LearningAction, TrainingDue, TrainingNeed, AttendanceRow, Publication)
OURS = {code for code, each in DEADLINES.items() if each.model in RECORDS}
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
ONE_OF_EACH = pytest.mark.parametrize("row", {row.code: row for row in reversed(TABLE)}.values(), ids=str)


def climbs(clock, code, record, expected):
    """Levels at one moment are raised together."""
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


def test_every_clock_has_its_row_with_each_of_its_posts():
    assert {row.code for row in TABLE} == OURS
    for code in OURS:
        rows = [row for row in TABLE if row.code == code]
        assert {len(row.tells) for row in rows} == {len(DEADLINES[code].ladder.levels)}


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
        away(cast[who], days=500, cover=cast["dina"])
    climbs(clock, row.code, record, in_the_story(scene, row, **dict.fromkeys(people, "dina")))


def test_an_action_goes_along_to_whoever_has_it_next(clock, cast, quinn, connie, tess):
    scene = Scene(clock, cast)
    action = learning.pass_action(an_action(scene), by=quinn, owner=tess, because="She briefs them")
    climbs(clock, "GV5L", action, [(scene.began + 21 * DAY, "tess"), (scene.began + 28 * DAY, "fin"),
                                  (scene.began + 35 * DAY, "quinn"), (scene.began + 42 * DAY, "sue")])  # fmt: skip


def test_whose_owner_has_left_is_the_quality_leads(clock, cast, quinn, connie):
    action = given(quinn, connie)
    connie.is_active = False
    connie.save()
    clock.shift(21 * DAY + MOMENT)
    sweep()
    assert [who for *_, who in raised(action.pk, "GV5L")] == [["quinn"]]


def test_whoever_has_done_it_is_not_asked_to_test_it_again(clock, cast, quinn, reva):
    action = done(quinn, reva)
    clock.set(datetime(2026, 3, 31, 23, 0, 0, 1, tzinfo=UTC))
    sweep()
    assert [who for *_, who in raised(action.pk, "Q7")] == [["quinn"]]


@pytest.mark.parametrize(
    ("on", "until"),
    [
        ((2026, 3, 31), datetime(2026, 6, 30, 23, 0, tzinfo=UTC)),
        ((2026, 7, 1), datetime(2027, 1, 1, 0, 0, tzinfo=UTC)),
        ((2026, 12, 31), datetime(2027, 3, 31, 23, 0, tzinfo=UTC)),
    ],
)
def test_the_next_quarter_ends_at_midnight_by_the_wall_whatever_the_clocks_do(clock, cast, quinn, connie, on, until):
    clock.set(datetime(*on, 9, tzinfo=UTC))
    assert clock_of(done(quinn, connie), "Q7").due_at == until


def test_whoever_writes_a_draft_anew_is_not_asked_to_read_it(clock, cast, quinn, reva):
    draft = written(reva)
    anew = Written("Who else?", draft.begins_on, draft.ends_on, "Ask who else is at home.")
    publishing.change_publication(draft, by=quinn, written=anew)
    clock.shift(7 * DAY + MOMENT)
    sweep()
    assert [who for *_, who in raised(draft.pk, "QB6")] == [["reva"]]
