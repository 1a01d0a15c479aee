"""A call log run again through the live clocks says exactly what a pencil would."""

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sla.engine import sweep
from tests.conftest import SHARED_DATA
from triage.call_log import Call, CallLog, Profile, read_call_log
from triage.replay import replay, summary

START = datetime(2026, 3, 2, 9, 0, 30, tzinfo=UTC)
LENGTHS = {"G1": (15, (100, 150), 30), "G2": (60, (50, 75, 100, 150), 60), "G3": (48 * 60, (75, 100), 240)}
REAL = SHARED_DATA / "cad_alexandria_va_2025_w35-w42.csv.gz"
PROFILE = {
    "zone": "Europe/London",
    "id": "number",
    "start": "start",
    "dispatch": "sent",
    "arrive": "there",
    "close": "done",
    "formats": ["%Y-%m-%d %H:%M:%S"],
    "grade": {"column": "priority", "map": {"G1": ["1"], "G2": ["2"], "G3": ["3"]}, "otherwise": "G4"},
    "child": {"column": "what", "regex": "CHILD"},
    "horizon": "2026-03-03T09:00:00",
}


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def call(number: int, grade: str, *, sent: float = 1, there: float | None = None, done: float | None = None) -> Call:
    at = START + minutes(number)
    stop = {name: None if after is None else at + minutes(after) for name, after in (("there", there), ("done", done))}
    return Call(
        f"C{number}", number, number + 1, at, at + minutes(sent), stop["there"], stop["done"], grade, True, "", ()
    )


def a_log(*calls: Call) -> CallLog:
    return CallLog(list(calls), [], [], 0, 0)


def by_pencil(calls: list[Call], horizon: datetime) -> Counter[tuple[str, str, int]]:
    """Every level passed strictly before the end, without an engine."""
    found: Counter[tuple[str, str, int]] = Counter()
    for each in calls:
        if each.grade not in LENGTHS:
            continue
        length, levels, again = LENGTHS[each.grade]
        end = min(each.attended_at or each.ended_at or horizon, horizon)
        for percent in levels:
            if each.reported_at + minutes(length) * percent / 100 < end:
                found[each.id, each.grade, percent] += 1
        due, times = each.reported_at + minutes(length), 1
        while due < end:
            found[each.id, "K4", times] += 1
            due, times = due + minutes(again), times + 1
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("grade", "there", "levels"),
    [
        ("G1", 15, []),
        ("G1", 15.001, [("G1", 100), ("K4", 1)]),
        ("G2", 30, []),
        ("G2", 60, [("G2", 50), ("G2", 75)]),
        ("G2", 60.001, [("G2", 50), ("G2", 75), ("G2", 100), ("K4", 1)]),
        ("G2", 120, [("G2", 50), ("G2", 75), ("G2", 100), ("K4", 1), ("G2", 150)]),
        ("G2", 120.001, [("G2", 50), ("G2", 75), ("G2", 100), ("K4", 1), ("G2", 150), ("K4", 2)]),
        ("G3", 48 * 60, [("G3", 75)]),
        ("G4", 999, []),
    ],
)
def test_arriving_exactly_at_a_level_is_on_time_and_a_moment_later_is_not(clock, grade, there, levels):
    raised = replay(a_log(call(0, grade, there=there)), None)
    assert [(each.clock, each.level) for each in raised] == levels


@pytest.mark.django_db(transaction=True)
def test_each_escalation_is_raised_within_a_minute_of_its_time_and_never_before(clock):
    log = a_log(*(call(number, grade, there=190) for number, grade in enumerate(("G1", "G2", "G3", "G2"))))
    raised = replay(log, None)
    assert raised
    assert all(timedelta(0) < each.raised_at - each.due_at <= minutes(1) for each in raised)


@pytest.mark.django_db(transaction=True)
def test_what_is_open_at_the_horizon_has_not_been_attended_and_what_falls_due_exactly_then_is_not_late(clock):
    horizon = START + minutes(60)
    raised = replay(a_log(call(0, "G2", there=300)), horizon)
    assert [each.level for each in raised] == [50, 75]
    assert raised[0].incident == "C0"


@pytest.mark.django_db(transaction=True)
def test_an_end_without_arrival_stops_the_clocks_and_a_dispatch_after_it_changes_nothing(clock):
    ended, sent_late = call(0, "G2", done=61), replace(call(1, "G2", done=10), resourced_at=START + minutes(30))
    raised = replay(a_log(ended, sent_late), START + minutes(600))
    assert Counter(each.incident for each in raised) == {"C0": 4}


@pytest.mark.django_db(transaction=True)
def test_the_summary_counts_by_clock_and_level(clock):
    log = a_log(call(0, "G1", there=46))
    said = summary(log, replay(log, None))
    assert said["incidents"] == 1
    assert said["escalations"] == {"G1": {"100": 1, "150": 1}, "G2": {}, "G3": {}, "K4": {"1": 1, "2": 1}}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not REAL.exists(), reason="the public call log is not beside the repository")
@pytest.mark.parametrize("name", ["alexandria_dev", "alexandria_dev_slow_force"])
def test_a_week_of_real_calls_gives_exactly_what_a_pencil_gives(clock, name):
    profile = Profile.load(SHARED_DATA / "profiles" / f"{name}.json")
    everything = read_call_log(REAL, profile)
    first = min(each.reported_at for each in everything.calls)
    calls = [each for each in everything.calls if each.reported_at < first + timedelta(days=4)]
    horizon = first + timedelta(days=7)
    raised = replay(replace(everything, calls=calls), horizon)
    assert Counter((each.incident, each.clock, each.level) for each in raised) == by_pencil(calls, horizon)
    assert all(timedelta(0) < each.raised_at - each.due_at <= minutes(1) for each in raised)
    assert sweep() == 0


@pytest.fixture
def files(tmp_path: Path):
    def write(rows: str, **changes):
        log, profile = tmp_path / "log.csv", tmp_path / "profile.json"
        log.write_text("number,start,sent,there,done,priority,what\n" + rows)
        profile.write_text(json.dumps({**PROFILE, **changes}))
        return str(log), str(profile)

    return write


@pytest.mark.django_db(transaction=True)
def test_the_command_replays_on_a_database_of_its_own_and_leaves_ours_alone(files, tmp_path):
    log, profile = files("A1,2026-03-02 09:00:00,2026-03-02 09:01:00,2026-03-02 09:40:00,,1,A CHILD CRYING\n")
    output, said = tmp_path / "out.csv", io.StringIO()
    call_command("replay_call_log", log, profile=profile, output=output, stdout=said)
    assert list(csv.reader(output.read_text().splitlines())) == [
        ["incident", "clock", "level", "due_at", "raised_at"],
        ["A1", "G1", "100", "2026-03-02T09:15:00+00:00", "2026-03-02T09:16:00+00:00"],
        ["A1", "K4", "1", "2026-03-02T09:15:00+00:00", "2026-03-02T09:16:00+00:00"],
        ["A1", "G1", "150", "2026-03-02T09:22:30+00:00", "2026-03-02T09:23:00+00:00"],
    ]
    summary_line = said.getvalue().splitlines()[-1]
    assert json.loads(summary_line)["escalations"]["G1"] == {"100": 1, "150": 1}
    from access.actor import System, acting
    from triage.models import Incident

    with acting(System("test")):
        assert Incident.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("changes", "said"),
    [({"zone": "Europe/Nowhere"}, "Europe/Nowhere"), ({"arrive": "arrived"}, "arrived"), ({"formats": []}, "formats")],
)
def test_a_profile_that_does_not_fit_is_one_clear_line_and_exit_2(files, tmp_path, changes, said):
    log, profile = files("A1,2026-03-02 09:00:00,,,,1,\n", **changes)
    with pytest.raises(CommandError) as refused:
        call_command("replay_call_log", log, profile=profile, output=tmp_path / "out.csv")
    assert refused.value.returncode == 2
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
