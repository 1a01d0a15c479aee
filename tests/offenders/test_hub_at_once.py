"""Two people press at the same moment: one wins, the other is told, and nothing is lost between them."""

import pytest

from access.actor import System, acting
from access.time import now
from offenders.models import OURS, HubTask, ImportedList, Nominal, ScrutinyItem, ScrutinyRound, Transfer
from offenders.workflow import hub_tasks, scrutiny, transfers
from offenders.workflow.workload import Confirmed, rebalance
from offenders.workloads import Scope, plan_of
from sla.lengths import set_number
from tests.offenders.hub_scenes import a_round, begun, came, coming, compared, going, graded, task_of
from tests.offenders.scenes import managed
from tests.sla.made import at_once
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db(transaction=True)
NAMED = {"accepted_by_name": "Inspector Ida Sallowfold", "because": ""}


@pytest.fixture
def nominal(clock, hana, omar):
    return managed(hana, omar, "Conrad Fernfold")


def every(model, **about):
    with acting(System("test")):
        return list(model.objects.filter(**about).order_by("pk"))


def refused(done):
    return sorted(isinstance(each, NotNow) for each in done)


def test_of_two_who_take_a_task_one_has_it(nominal, hana, hugo):
    task = task_of(hana, nominal)
    done = at_once(lambda: hub_tasks.take_task(task, by=hana), lambda: hub_tasks.take_task(task, by=hugo))
    assert refused(done) == [False, True]
    assert every(HubTask)[0].assigned_to in (hana, hugo)


def test_a_task_is_not_joined_to_one_that_is_put_on_visor_meanwhile_and_lost(nominal, hana, hugo):
    """Either it was joined in time, and is on ViSOR with the other; or it is refused, and still open."""
    task, other = task_of(hana, nominal), begun(task_of(hana, nominal, what="Another"), hugo)
    at_once(
        lambda: hub_tasks.join_duplicate(task, by=hana, of=other),
        lambda: hub_tasks.put_on_visor(other, by=hugo, visor_ref="V-1", updated_at=now()),
    )
    (kept,) = every(HubTask, pk=task.pk)
    assert (kept.state, kept.visor_ref) in (("received", ""), ("closed", "V-1"))


def test_a_transfer_is_accepted_or_withdrawn_and_never_both(nominal, omar, imran, sue):
    transfer = going(nominal, omar)
    done = at_once(
        lambda: transfers.accept_transfer_out(transfer, by=imran, **NAMED),
        lambda: transfers.withdraw_transfer(transfer, by=sue, because="He stays"),
    )
    assert refused(done) == [False, True]
    (transfer,), (nominal,) = every(Transfer), every(Nominal)
    assert (transfer.state == "accepted") == (nominal.state not in OURS)


def test_somebody_is_asked_for_once(nominal, omar, stella):
    done = at_once(lambda: going(nominal, omar), lambda: going(nominal, stella))
    assert refused(done) == [False, True]
    assert len(every(Transfer)) == 1


def test_whoever_comes_is_taken_over_once(clock, hana, imran, sue, omar, olga):
    transfer = coming(hana)
    done = at_once(lambda: came(transfer, imran, omar), lambda: came(transfer, sue, olga))
    assert len(every(Nominal)) == 1
    assert sum(isinstance(each, Exception) for each in done) == 1


def test_of_the_last_two_who_look_one_ends_the_round_and_the_next_begins_once(nominal, hana, omar, seb):
    managed(hana, omar, "Edgar Garmere")
    drawn, _ = a_round(nominal)
    one, two = every(ScrutinyItem, round=drawn)
    at_once(lambda: graded(one, seb), lambda: graded(two, seb, grade="good", action=""))
    assert [each.state for each in every(ScrutinyRound, pk=drawn.pk)] == ["done"]
    assert len(every(ScrutinyRound, state="drawn")) == 1


def test_a_round_is_begun_once(nominal):
    done = at_once(lambda: scrutiny.ensure_round(nominal.team), lambda: scrutiny.ensure_round(nominal.team))
    assert len(every(ScrutinyRound)) == 1
    assert not any(isinstance(each, Exception) for each in done), done


def test_a_file_is_compared_once(nominal, hana, hugo):
    text = "ref,name,dob,departure,destination\nV-100,Conrad Fernfold,11/02/1958,04/03/2026,France\n"
    done = at_once(lambda: compared(hana, "travel", text), lambda: compared(hugo, "travel", text))
    assert (len(every(ImportedList)), len(every(HubTask))) == (1, 1)
    assert refused(done) == [False, True]


def test_a_plan_is_carried_out_once(nominal, hana, imran, stella, seb, omar, clock):
    set_number("Offenders of every kind one person can manage", by=imran, number=1, starts=clock.at, because="For now")
    managed(hana, omar, "Edgar Garmere")
    with acting(stella):
        confirmed = Confirmed(Scope(), plan_of(Scope()).fingerprint)

    def confirms(who):
        with acting(who):
            return rebalance(confirmed, by=who, because="Omar has too many")

    done = at_once(lambda: confirms(stella), lambda: confirms(seb))
    assert refused(done) == [False, True]
    assert len({each.manager_id for each in every(Nominal)}) == 2
