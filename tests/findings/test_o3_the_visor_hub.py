"""O3: 195 tasks waited in the ViSOR hub: notifications, foreign travel, offenders who came from other forces. One had
been released from custody, and ViSOR did not know."""

from datetime import date, timedelta

import pytest

from access.actor import System, acting
from offenders.growth import growth_of_tasks
from offenders.models import HubTask, Nominal
from offenders.workflow import hub_tasks, transfers
from sla.engine import sweep
from sla.models import Clock
from tests.offenders.hub_scenes import ASKED, begun, coming, compared, in_custody, on_visor, task_of, tasks_of
from tests.offenders.scenes import managed
from tests.sla.made import MOMENT, raised
from tests.stories import away, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")
DAY = timedelta(days=1)
MIX = {"annual": 88, "travel_out": 39, "weekly": 20, "transfer_in": 20, "release": 16, "order": 10, "death": 2}


@pytest.fixture
def nominal(clock, hana, omar):
    return managed(hana, omar, "Conrad Fernfold", external_system="ViSOR", external_ref="V-100")


def told(record):
    return [who for *_, people in raised(record.pk) for who in people]


def test_of_195_tasks_each_has_a_clock_and_each_that_is_late_is_told_to_somebody(nominal, hana, clock):
    for kind, many in MIX.items():
        for number in range(many):
            task_of(hana, nominal, kind=kind, what=f"{kind} {number}")
    with acting(TEST):
        tasks = list(HubTask.objects.all())
    assert len(tasks) == 195
    assert Clock.running().filter(record__in=[task.pk for task in tasks]).count() == 195
    clock.shift(3 * DAY + MOMENT)
    sweep()
    assert all("imran" in told(task) for task in tasks)
    with acting(hana):
        assert (growth_of_tasks(clock.at).open, growth_of_tasks(clock.at).late) == (195, 195)


def test_released_and_not_updated_is_found_by_the_list_of_the_prison_and_chased_to_the_daily_meeting(
    nominal, hana, clock
):
    in_custody(nominal, hana, date(2026, 4, 30))
    rows = "visor ref;name;dob;released;prison\nV-100;Conrad Fernfold;11/02/1958;27/02/2026;HMP Larkmoor\n"
    (task,) = tasks_of(compared(hana, "releases", rows))
    assert "They may be out already" in task.what
    swept(clock, MOMENT)
    assert told(task) == ["hana", "hugo", "imran"]
    swept(clock, DAY)
    assert told(task)[-1] == "dmitri"
    on_visor(task, hana)
    assert not Clock.running().filter(record=task.pk, deadline="RS9").exists()


def test_with_the_whole_hub_away_whoever_covers_hears(nominal, hana, hugo, dina, clock):
    for who in (hana, hugo):
        away(who, days=14, cover=dina)
    task = task_of(hana, nominal, kind="release")
    swept(clock, DAY)
    assert told(task) == ["dina", "dina"]


def test_nothing_is_done_by_saying_so(nominal, hana, clock):
    """Only the reference and the time of the update on ViSOR end a task."""
    task = begun(task_of(hana, nominal, kind="travel_out", happens_at=clock.at + 9 * DAY), hana)
    with pytest.raises(NotNow, match="the reference of the update"):
        hub_tasks.put_on_visor(task, by=hana, visor_ref="", updated_at=clock.at)


def test_whoever_comes_from_another_force_is_somebodys_at_every_moment(hana, imran, omar, clock):
    transfer = coming(hana)
    assert transfer.force == ASKED.force
    swept(clock, 2 * DAY + MOMENT)
    assert told(transfer) == ["stella", "imran", "dmitri"]
    with acting(TEST):
        assert not Nominal.objects.exists()  # they are Vale's, until somebody here says yes
    transfers.refuse_transfer(transfer, by=imran, because="Has not moved")
    assert not Clock.running().filter(record=transfer.pk).exists()
