"""Every clock of evidence packs at its exact moments: nobody new is told on the moment, somebody named is a microsecond
later; with that person away their cover is."""

import pytest

from insight.models import EvidencePack
from sla.policy import DEADLINES
from tests.insight.evidence_clocks import TABLE
from tests.insight.evidence_scenes import as_it_is, asked, checked, prepared, released, store  # noqa: F401 - fixture
from tests.quality.improvement_clocks import Scene
from tests.quality.test_improvement_clocks import climbs, in_the_story
from tests.stories import away, clock_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)


def test_every_clock_has_its_row():
    assert {row.code for row in TABLE} == {code for code, each in DEADLINES.items() if each.model is EvidencePack}
    assert all(len(row.tells) == len(DEADLINES[row.code].ladder.levels) for row in TABLE)


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    running = clock_of(record, row.code)
    assert (running.started_at - scene.began, running.due_at - running.started_at) == (row.begins, row.length)
    climbs(clock, row.code, record, in_the_story(scene, row))


@EVERY
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    people = {who for _, who in row.tells}
    for who in people:
        away(cast[who], days=150, cover=cast["dina"])
    climbs(clock, row.code, record, in_the_story(scene, row, **dict.fromkeys(people, "dina")))
