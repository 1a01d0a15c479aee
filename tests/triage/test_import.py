"""Loading a force's call log through the same intake as a call: nothing twice, nothing dropped."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from access.actor import System, acting
from sla.engine import sweep
from sla.models import Clock, Escalation
from tests.stories import told
from tests.triage.test_replay import PROFILE
from triage.models import Incident, RowToCheck, State

pytestmark = pytest.mark.django_db
HEADING = "number,start,sent,there,done,priority,what\n"
LOG = (
    HEADING
    + "A1,2026-03-02 08:00:00,2026-03-02 08:05:00,2026-03-02 08:10:00,,1,A CHILD CRYING\n"  # attended in time
    + "A2,2026-03-02 07:00:00,2026-03-02 07:05:00,2026-03-02 08:10:00,,2,NOISE\n"  # attended late
    + "A3,2026-03-02 08:30:00,,,,2,NOISE\n"  # still waiting
    + ",2026-03-02 08:40:00,,,2026-03-02 08:50:00,4,NOISE\n"  # no number
    + "A1,2026-03-02 08:59:00,,,,1,THE SAME NUMBER\n"
    + "A5,not a time,,,,1,NOISE\n"
    + "A6,2026-03-02 08:50:00,2026-03-02 08:55:00,2026-03-02 08:45:00,,1,THERE BEFORE IT BEGAN\n"
)


@pytest.fixture
def load(tmp_path, cast):
    def run(text=LOG, **options):
        log, profile = tmp_path / "log.csv", tmp_path / "profile.json"
        log.write_text(text)
        profile.write_text(json.dumps(PROFILE))
        call_command("import_call_log", str(log), profile=str(profile), **options)

    return run


@pytest.fixture
def as_software():
    with acting(System("test")):
        yield


def test_each_row_is_an_incident_or_a_row_to_check_and_none_is_neither(load, as_software, capsys):
    load()
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {
        "incidents": 5,
        "duplicates": 1,
        "rows_without_id": 1,
        "flagged_times": 1,
        "bad_rows": 1,
        "rows_left_out_by_the_profile": 0,
    }
    assert Incident.objects.count() == 5
    assert {(row.kind, row.line) for row in RowToCheck.objects.all()} == {
        ("not_loaded", 7),
        ("flagged", 8),
        ("duplicate", 6),
    }


def test_what_happened_then_is_entered_as_having_happened_then(load, as_software, clock):
    load()
    in_time, late = (Incident.objects.get(log_reference=number) for number in ("A1", "A2"))
    assert (in_time.state, in_time.attended_at.hour) == (State.ATTENDED, 8)
    assert not Escalation.objects.filter(clock__record=in_time.pk).exists()
    breach = Escalation.objects.get(clock__record=late.pk, percent=100)
    assert (breach.due_at.hour, breach.due_at.minute) == (8, 0)


def test_a_log_that_does_not_speak_of_a_child_does_not_say_that_there_was_none(load, as_software):
    load()
    answers = {incident.log_reference: incident.child for incident in Incident.objects.all()}
    assert (answers["A1"], answers["A2"]) == ("yes", "not_known")


def test_what_still_waits_is_timed_from_the_call_by_the_ordinary_sweep(load, as_software, clock):
    load()
    waiting = Incident.objects.get(log_reference="A3")
    assert Clock.running().get(record=waiting.pk).started_at == waiting.reported_at
    sweep()
    assert told(waiting.pk) == []
    from tests.stories import minutes

    clock.shift(minutes(0.01))
    sweep()
    assert told(waiting.pk) == ["dev"]


def test_loading_the_same_log_twice_makes_nothing_twice(load, as_software):
    load()
    load()
    assert Incident.objects.count() == 5
    assert RowToCheck.objects.filter(kind="duplicate").count() == 1 + 1 + 5


def test_a_file_that_breaks_off_loads_nothing(load, as_software):
    with pytest.raises(CommandError) as refused:
        load(LOG + 'A9,"2026-03-02 08:00:00')
    assert refused.value.returncode == 2
    assert not Incident.objects.exists()


def test_only_those_who_may_can_load_a_log(load, as_software):
    with pytest.raises(CommandError, match="olly may not import a call log"):
        load(by="olly")
    load(by="connie")
    assert Incident.objects.count() == 5


def test_a_person_works_through_the_list_and_says_what_was_done(load, client, connie, as_software):
    load()
    client.force_login(connie)
    page = client.get(reverse("rows-to-check")).content.decode()
    assert "line 7" in page
    assert "not a time" in page
    row = RowToCheck.objects.get(line=7)
    refused = client.post(reverse("settle-row", args=[row.pk]), {"how": ""})
    assert refused.status_code == 422
    client.post(reverse("settle-row", args=[row.pk]), {"how": "Rang the control room: 08:15. Entered by hand."})
    row.refresh_from_db()
    assert (row.settled_by, row.settled_how[:4]) == (connie, "Rang")
    assert "line 7" not in client.get(reverse("rows-to-check")).content.decode()


def test_a_profile_that_stretches_time_is_for_replays_only(load, as_software, monkeypatch):
    monkeypatch.setitem(PROFILE, "stretch", 5)
    with pytest.raises(CommandError, match="its times never happened"):
        load()
    assert not Incident.objects.exists()
