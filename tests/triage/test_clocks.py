"""Every clock of initial contact at its exact boundaries: nobody is told on the moment, and somebody named is a
microsecond later; with that person away somebody else is; on the two nights when the clock on the wall jumps as well.
What fulfils a clock is written down for each, and whatever else is done to the incident, no clock is set back."""

from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from access.actor import NotYours, System, signed
from accounts.models import User
from sla.engine import sweep
from sla.models import Clock
from sla.policy import DEADLINES
from tests.conftest import MONDAY, hours
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, away, clock_of
from tests.triage.acts import ACTS
from tests.triage.every_clock import LONDON, POSTS, TABLE, Row, Scene
from tests.triage.scenes import allocated, fresh
from triage import workflow
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
FORWARD = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
BACK = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
NEXT_IN_LINE = {
    "dev": "connie",
    "connie": "fin",
    "fin": "dmitri",
    "dmitri": "sue",
    "carl": "sue",
    "tara": "tess",
    "tess": "fin",
    "rina": "carl",
    "rosa": "rashid",
    "rashid": "sue",
    "sam": "ines",
    "sue": "sue",
}
"""Who is told when nobody covers. At the top nobody is above, and the superintendent is told all the same."""


def climbs(scene, row, incident, **instead):
    """Each level in turn: on its moment nothing more has been raised, a microsecond later it has, by name."""
    expected = [
        (row.code, number, scene.began + after, [instead.get(who, who)])
        for number, (after, who) in enumerate(row.tells, start=1)
    ]
    for after in dict.fromkeys(after for after, _ in row.tells):
        scene.after(after)
        sweep()
        assert raised(incident.pk, row.code) == [each for each in expected if each[2] < scene.clock.at]
        scene.after(after + MOMENT)
        sweep()
        assert raised(incident.pk, row.code) == [each for each in expected if each[2] < scene.clock.at]
    assert raised(incident.pk, row.code) == expected


@contextmanager
def undone():
    """What happens inside has not happened afterwards; the clock is set by whoever asks."""
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)


@pytest.fixture
def scene(clock, cast):
    return Scene(clock, cast)


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(scene, row):
    incident = row.story(scene)
    climbs(scene, row, incident)
    running = clock_of(incident, row.code)
    assert (running.started_at, running.due_at - running.started_at) == (scene.began + row.begins, row.length)
    levels = range(len(row.tells))
    assert [DEADLINES[row.code].ladder.role(running, level) for level in levels] == [POSTS[who] for _, who in row.tells]
    assert all(scene.cast[who].postings.get().role == POSTS[who] for _, who in row.tells)


@EVERY
def test_with_the_right_person_away_their_cover_is_told(scene, row):
    incident = row.story(scene)
    for who in {who for _, who in row.tells}:
        away(scene.cast[who], days=30, cover=scene.cole)
    climbs(scene, row, incident, **{who: "cole" for _, who in row.tells})


@EVERY
def test_with_the_right_person_away_and_no_cover_within_reach_the_next_in_line_is_told(scene, row):
    incident, at = row.story(scene), scene.clock.at
    with signed(System("test")):
        gone = User.objects.create(username="gone", is_active=False)
    for who in {who for _, who in row.tells}:
        with undone():
            scene.clock.set(at)
            away(scene.cast[who], days=30, cover=gone)
            scene.after(row.tells[-1][0] + MOMENT)
            sweep()
            expected = [[NEXT_IN_LINE[who] if each == who else each] for _, each in row.tells]
            assert [people for *_, people in raised(incident.pk, row.code)] == expected


@EVERY
@pytest.mark.parametrize("night", [FORWARD, BACK], ids=["forward", "back"])
def test_over_the_nights_the_clocks_change_it_is_elapsed_time_that_counts(clock, cast, row, night):
    last = row.tells[-1][0]
    clock.set(night - last / 2 - MOMENT)
    scene = Scene(clock, cast)
    climbs(scene, row, row.story(scene))
    by_the_wall = _on_the_wall(scene.began + last + MOMENT) - _on_the_wall(scene.began)
    assert by_the_wall - last - MOMENT == (hours(1) if night == FORWARD else -hours(1))


def _on_the_wall(moment):
    return moment.astimezone(LONDON).replace(tzinfo=None)


STORIES = [[row for row in TABLE if row.story is story] for story in dict.fromkeys(row.story for row in TABLE)]
FIRST_OF_ITS_KIND: dict[tuple[str, frozenset[str], frozenset[str]], list[Row]] = {}
for told in STORIES:
    for each in told:
        FIRST_OF_ITS_KIND.setdefault((each.code, frozenset(each.done_by), frozenset(each.again_by)), told)
DIFFERENT = [told for told in STORIES if told in FIRST_OF_ITS_KIND.values()]
"""A story in which every clock is fulfilled as in an earlier one is not told again: it takes a second each."""


def outcome(row, incident, before):
    """What an act did to a clock: it is "done", done and due "again", or "runs on" as it was, or nearer."""
    after = Clock.objects.get(pk=before.pk)
    if after.stopped_at:
        return "again" if Clock.running().filter(record=incident.pk, deadline=row.code).exists() else "done"
    assert (after.started_at, after.level, after.due_at <= before.due_at) == (before.started_at, before.level, True)
    return "runs on"


@pytest.mark.parametrize("rows", DIFFERENT, ids=lambda rows: ", ".join(map(str, rows))[:60])
def test_what_fulfils_it_is_this_and_nothing_else_stops_it_or_sets_it_back(scene, rows):
    incident = rows[0].story(scene)
    scene.clock.set(max(scene.clock.at, *(scene.began + row.begins for row in rows)) + MOMENT)
    sweep()
    before = {row: clock_of(incident, row.code) for row in rows}
    found = {row: {"done": set(), "again": set(), "runs on": set()} for row in rows}
    for act, do in ACTS.items():
        with undone(), suppress(NotNow, NotYours):
            do(scene, fresh(incident))
            for row in rows:
                found[row][outcome(row, incident, before[row])].add(act)
    for row in rows:
        assert (found[row]["done"], found[row]["again"]) == (row.done_by, row.again_by), row
        assert found[row]["runs on"]


@EVERY
def test_to_finish_late_does_not_hide_it(scene, row):
    incident = row.story(scene)
    scene.after(row.tells[0][0] + MOMENT)
    ACTS[min(row.done_by)](scene, fresh(incident))
    assert raised(incident.pk, row.code)[0] == (row.code, 1, scene.began + row.tells[0][0], [row.tells[0][1]])


# Whatever is done, the time counts from the first call


def test_whatever_is_done_to_it_an_incident_has_to_be_attended_by_when_it_had_to_be(scene):
    incident = scene.call("G2")
    for act in (
        "the grade goes down",
        "allocated",
        "sent back",
        "allocated",
        "accepted",
        "returned",
        "the grade goes up",
        "given",
        "a unit is sent and stood down",
    ):
        scene.clock.shift(timedelta(seconds=50))
        incident = ACTS[act](scene, fresh(incident))
        assert clock_of(incident, "K2").due_at == MONDAY + hours(1)
        assert incident.reported_at == MONDAY
    assert (clock_of(incident, "K1").started_at, clock_of(incident, "K3").started_at) == (MONDAY, MONDAY)


@pytest.mark.parametrize(
    ("way", "child", "to_decide"), [("sent back", "no", hours(24)), ("disagreed", "yes", hours(2))]
)
def test_back_in_the_hub_the_decision_is_due_when_it_was(scene, way, child, to_decide):
    incident = scene.call("G4", child)
    scene.clock.shift(hours(1))
    incident = allocated(incident, scene.tara)
    scene.clock.shift(hours(0.5))
    ACTS[way](scene, incident)
    running = clock_of(incident, "K11")
    assert (running.due_at, running.stopped_at) == (MONDAY + to_decide, None)


def test_opened_again_it_counts_from_then_and_what_was_missed_stays_missed(scene):
    incident = scene.call("G2")
    scene.after(hours(2))
    incident = ACTS["a supervisor ends it"](scene, incident)
    missed = raised(incident.pk, "K2")
    assert [level for _, level, *_ in missed] == [1, 2, 3, 4]
    scene.after(hours(5))
    again = {"because": "He is back", "grade": "G2", "assessment": CALM}
    incident = workflow.reopen(incident, by=scene.connie, **again)
    assert (incident.reported_at, incident.attend_by) == (MONDAY, MONDAY + hours(6))
    assert raised(incident.pk, "K2") == missed
