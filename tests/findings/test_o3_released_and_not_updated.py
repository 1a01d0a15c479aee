"""195 tasks waited in the ViSOR hub, and "one case where an offender had been released from custody, but this wasn't
updated": nobody knew the risk. Here a day of release that passes in silence is somebody's by name, every day anew."""

from datetime import UTC, date, datetime, timedelta

import pytest

from access.actor import System, acting
from offenders.models import HubTask, Nominal, Spell
from offenders.workflow import custody, hub_tasks
from tests.conftest import MONDAY, hours
from tests.offenders.hub_scenes import compared, on_visor, task_of, tasks_of
from tests.offenders.register_scenes import as_it_is, in_custody, known_to_police, owed_by
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, swept

pytestmark = pytest.mark.django_db
TEST = System("test")
FRIDAY = MONDAY.date() + timedelta(days=4)
END_OF_FRIDAY = datetime(2026, 3, 7, 0, 0, tzinfo=UTC)


@pytest.fixture
def nominal(clock, hana, omar):
    return known_to_police(hana, omar)


@pytest.fixture
def spell(nominal, hana):
    return in_custody(nominal, hana, ends_on=FRIDAY)


def until(clock, moment):
    swept(clock, moment - clock.at)


def told(record, code="RS11"):
    return [people for *_, people in raised(record.pk, code)]


def tasks():
    with acting(TEST):
        return list(HubTask.objects.order_by("received_at", "reference"))


def test_the_morning_of_the_day_his_manager_hears_that_he_comes_out(clock, spell, omar):
    until(clock, datetime(2026, 3, 6, 8, 0, tzinfo=UTC))
    assert told(spell) == []
    swept(clock, MOMENT)
    assert told(spell) == [["omar"]]


def test_the_day_passes_and_nobody_says_what_happened_so_it_climbs_by_name(clock, spell, omar):
    """The finding itself."""
    until(clock, END_OF_FRIDAY)
    assert told(spell) == [["omar"]]
    swept(clock, MOMENT)
    assert told(spell) == [["omar"], ["stella"]]
    swept(clock, hours(24))
    assert told(spell) == [["omar"], ["stella"], ["imran"]]
    swept(clock, hours(24))
    assert told(spell) == [["omar"], ["stella"], ["imran"], ["dmitri"]]
    assert clock_of(spell, "RS11").stopped_at is None


def test_with_the_manager_and_the_sergeant_away_their_cover_hears_the_same_moment(
    clock, spell, omar, olga, stella, seb
):
    away(omar, days=14, cover=olga)
    away(stella, days=14, cover=seb)
    until(clock, END_OF_FRIDAY + MOMENT)
    assert told(spell) == [["olga"], ["seb"]]


def test_over_the_night_the_clocks_change_the_day_still_ends_at_midnight_here(clock, nominal, hana):
    spell = in_custody(nominal, hana, ends_on=date(2026, 3, 29))
    until(clock, datetime(2026, 3, 29, 23, 0, tzinfo=UTC))  # midnight in British Summer Time
    assert told(spell) == [["omar"]]
    swept(clock, MOMENT)
    assert told(spell) == [["omar"], ["stella"]]


def test_a_new_day_is_said_with_who_says_so_and_is_watched_as_closely(clock, spell, omar):
    changed = custody.change_spell(
        spell, by=omar, where=spell.where, ends_on=FRIDAY + timedelta(days=7), because="The prison, by telephone"
    )
    until(clock, END_OF_FRIDAY + MOMENT)
    assert told(changed) == []
    until(clock, END_OF_FRIDAY + timedelta(days=7) + MOMENT)
    assert told(changed) == [["omar"], ["stella"]]


def test_a_release_that_is_recorded_starts_everything_that_hangs_on_it(clock, spell, nominal, omar):
    clock.set(datetime(2026, 3, 6, 11, 0, tzinfo=UTC))
    custody.spell_over(spell, by=omar, ended_on=FRIDAY)
    out = as_it_is(nominal)
    assert (out.state, out.whereabouts) == (Nominal.State.RELEASED, "community")
    assert clock_of(out, "RS12").stopped_at is None  # a visit, counted from the release
    assert "change" in owed_by(nominal)  # s.84: within three days beginning with that day
    release = [each for each in tasks() if each.kind == "release"]
    assert [each.arises_from for each in release] == [spell.pk]
    swept(clock, MOMENT)
    assert told(spell, "RS11V") == [["omar"]]


def test_until_visor_has_it_the_release_is_not_done(clock, spell, hana, omar):
    clock.set(datetime(2026, 3, 6, 11, 0, tzinfo=UTC))
    custody.spell_over(spell, by=omar, ended_on=FRIDAY)
    assert as_it_is(spell).state == Spell.State.OVER
    (release,) = (each for each in tasks() if each.kind == "release")
    done = hub_tasks.begin_task(hub_tasks.take_task(release, by=hana), by=hana)
    hub_tasks.put_on_visor(done, by=hana, visor_ref="V-2026-0777", updated_at=clock.at)
    assert (as_it_is(spell).state, as_it_is(spell).visor_ref) == (Spell.State.ON_VISOR, "V-2026-0777")
    assert clock_of(spell, "RS11V").stopped_at == clock.at


def test_the_prisons_list_finds_a_release_that_nobody_recorded(clock, spell, nominal, hana):
    """Reconcile, don't just record: he is out, as the list says, and our record says that he is not."""
    clock.set(datetime(2026, 3, 9, 9, 0, tzinfo=UTC))
    row = f"{nominal.external_ref};{nominal.person};03/06/1971;06/03/2026;Garmere prison"
    listed = compared(hana, "releases", f"ViSOR ref;Name;Date of birth;Release date;Prison\n{row}\n")
    assert (listed.rows, listed.agreed, listed.differing, listed.unreadable) == (1, 0, 1, 0)
    (task,) = tasks_of(listed)
    assert task.nominal == nominal
    assert clock_of(task, "RS9").stopped_at is None


def test_a_task_of_the_hub_climbs_to_the_manager_of_the_hub_and_on(clock, hana, hugo, nominal):
    task = task_of(hana, nominal, kind="release")
    due = clock_of(task, "RS9").due_at
    assert due == task.received_at + hours(24)  # one working day
    until(clock, due)
    assert "imran" not in {who for people in told(task, "RS9") for who in people}
    swept(clock, hours(72))
    assert {"hugo", "imran"} <= {who for people in told(task, "RS9") for who in people}


def test_a_task_that_is_on_visor_stops(clock, hana, nominal):
    task = on_visor(task_of(hana, nominal), hana)
    assert clock_of(task, "RS10").stopped_by == "offenders.put_on_visor"
