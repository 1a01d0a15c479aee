"""What the ViSOR hub is asked to put on ViSOR, until it is there."""

from datetime import timedelta

import pytest

from access.actor import NotYours, System, acting
from access.time import now
from cases.drawing import is_drawn
from offenders.codes import TaskKind
from offenders.models import HubQuery, HubTask
from offenders.workflow import hub_tasks
from sla.lengths import set_number
from sla.models import Clock
from tests.offenders.hub_scenes import asked, begun, everything_is_checked, on_visor, task_of
from tests.offenders.scenes import managed
from tests.stories import clock_of
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def nominal(clock, hana, omar):
    return managed(hana, omar)


def as_it_is(record):
    with acting(System("test")):
        return type(record).objects.get(pk=record.pk)


def test_a_task_goes_from_the_mail_to_visor(nominal, hana):
    task = task_of(hana, nominal)
    assert (task.state, task.hub.name) == ("received", "ViSOR hub")
    task = hub_tasks.take_task(task, by=hana)
    assert (task.state, task.assigned_to) == ("assigned", hana)
    task = hub_tasks.begin_task(task, by=hana)
    done = hub_tasks.put_on_visor(task, by=hana, visor_ref=" V-1 ", updated_at=now())
    assert (done.visor_ref, done.updated_at, done.updated_by) == ("V-1", now(), hana)
    assert done.state == ("updated" if is_drawn(done.draw) else "closed")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"kind": "gossip"}, "what kind"),
        ({"what": " "}, "what has to be put"),
        ({"source": ""}, "who sent it"),
        ({"received_at": "later"}, "in the future"),
    ],
)
def test_nothing_is_received_that_says_too_little(nominal, hana, wrong, why):
    wrong = {**wrong, **({"received_at": now() + timedelta(microseconds=1)} if "received_at" in wrong else {})}
    with pytest.raises(NotNow, match=why):
        task_of(hana, nominal, **wrong)


def test_only_a_reference_and_a_time_that_can_be_put_it_on_visor(nominal, hana):
    task = begun(task_of(hana, nominal), hana)
    for wrong in (
        {"visor_ref": " ", "updated_at": now()},
        {"visor_ref": "V-1", "updated_at": now() + timedelta(microseconds=1)},
        {"visor_ref": "V-1", "updated_at": task.received_at - timedelta(microseconds=1)},
    ):
        with pytest.raises(NotNow):
            hub_tasks.put_on_visor(task, by=hana, **wrong)


def test_the_manager_of_the_hub_gives_work_to_those_who_do_it(nominal, hana, hugo, cora):
    task = task_of(hana, nominal)
    with pytest.raises(NotYours):
        hub_tasks.assign_task(task, by=hana, to=hugo)
    with pytest.raises(NotNow, match="no work of the ViSOR hub"):
        hub_tasks.assign_task(task, by=hugo, to=cora)
    assert hub_tasks.assign_task(task, by=hugo, to=hana).assigned_to == hana


# A question to the offender manager


def test_a_question_waits_for_the_manager_and_the_clock_of_the_task_does_not(nominal, hana, omar, olga, clock):
    query = asked(task_of(hana, nominal), hana, omar)
    task = as_it_is(query.task)
    assert (query.state, task.state, clock_of(task, "RS10").stopped_at) == ("asked", "queried", None)
    with pytest.raises(NotNow, match="what the answer is"):
        hub_tasks.answer_query(query, by=omar, answer=" ")
    query = hub_tasks.answer_query(query, by=olga, answer="A second one, of his mother")
    assert (query.answered_by, as_it_is(task).state) == (olga, "in_progress")


def test_a_question_may_be_taken_back(nominal, hana, omar):
    query = asked(task_of(hana, nominal), hana, omar)
    with pytest.raises(NotNow):
        hub_tasks.take_query_back(query, by=hana, because="")
    query = hub_tasks.take_query_back(query, by=hana, because="It stands in his letter")
    assert (query.state, as_it_is(query.task).state) == ("not_needed", "in_progress")


def test_only_somebody_who_manages_offenders_is_asked(nominal, hana, cora):
    with pytest.raises(NotNow, match="manages no offenders"):
        asked(task_of(hana, nominal), hana, cora)


def test_a_task_that_is_closed_leaves_no_question_open(nominal, hana, hugo, omar):
    query = asked(task_of(hana, nominal), hana, omar)
    hub_tasks.close_without_update(query.task, by=hugo, because="ViSOR has it already")
    assert as_it_is(query).state == "not_needed"
    assert not Clock.running().filter(record__in=[query.pk, query.task_id]).exists()


# A second person looks


def test_a_second_person_looks_and_never_the_first(nominal, hana, hugo, imran):
    everything_is_checked(imran)
    task = on_visor(task_of(hana, nominal), hana)
    assert (task.state, task.to_verify) == ("updated", True)
    with pytest.raises(NotNow, match="somebody else looks"):
        hub_tasks.verify_task(task, by=hana)
    with pytest.raises(NotNow, match="somebody else looks"):
        hub_tasks.find_error(task, by=hana, found="Wrong day")
    task = hub_tasks.verify_task(task, by=hugo)
    assert (task.state, task.verified_by) == ("closed", hugo)


def test_what_is_wrong_on_visor_is_done_again_and_looked_at_again(nominal, hana, hugo, imran, clock):
    everything_is_checked(imran)
    task = on_visor(task_of(hana, nominal), hana)
    received = task.received_at
    clock.shift(4 * DAY)
    with pytest.raises(NotNow):
        hub_tasks.find_error(task, by=hugo, found=" ")
    task = hub_tasks.find_error(task, by=hugo, found="The number is his brother's")
    running = clock_of(task, "RS10")
    assert (task.state, task.updated_by, task.visor_ref) == ("in_progress", None, "")
    assert (running.stopped_at, running.started_at) == (None, received)
    name = "Updates on ViSOR checked by a second person, of a hundred"
    set_number(name, by=imran, number=1, starts=now(), because="Few")
    task = hub_tasks.put_on_visor(task, by=hana, visor_ref="V-2", updated_at=now())
    assert task.state == "updated"


def test_anybody_can_draw_again_who_was_to_be_checked(nominal, hana):
    done = [on_visor(task_of(hana, nominal, what=f"Change {number}"), hana) for number in range(30)]
    assert [each.to_verify for each in done] == [is_drawn(each.draw) for each in done]
    assert len({each.draw for each in done}) == 30
    assert all(each.draw.startswith("10 of 100, ") for each in done)


# Closed otherwise


def test_nothing_is_closed_without_an_update_but_by_the_manager_and_for_a_reason(nominal, hana, hugo):
    task = task_of(hana, nominal)
    with pytest.raises(NotYours):
        hub_tasks.close_without_update(task, by=hana, because="Not needed")
    with pytest.raises(NotNow):
        hub_tasks.close_without_update(task, by=hugo, because=" ")
    assert hub_tasks.close_without_update(task, by=hugo, because="Sent to the wrong force").state == "closed"


def test_of_a_duplicate_nothing_is_lost(nominal, hana, imran, clock):
    first = task_of(hana, nominal, what="Has a second telephone", received_at=now() - 2 * DAY)
    other = task_of(hana, nominal, what="Has a new telephone")
    before = other.due_at
    joined = hub_tasks.join_duplicate(first, by=hana, of=other)
    other = as_it_is(other)
    assert (joined.state, joined.duplicate_of) == ("closed", other)
    assert other.what == "Has a new telephone\n\nHas a second telephone"
    assert (other.received_at, other.due_at < before) == (first.received_at, True)
    on_visor(other, hana, "V-9")
    assert (as_it_is(joined).visor_ref, as_it_is(joined).updated_by) == ("V-9", hana)


def test_only_what_is_open_and_about_the_same_is_joined(nominal, hana, hugo, omar):
    task = task_of(hana, nominal)
    done = hub_tasks.close_without_update(task_of(hana, nominal), by=hugo, because="Wrong force")
    others = [task, done, task_of(hana, nominal, kind="annual"), task_of(hana, managed(hana, omar, "Edgar Garmere"))]
    for other in others:
        with pytest.raises(NotNow):
            hub_tasks.join_duplicate(task, by=hana, of=other)


# What other records ask of the hub


def test_what_happened_asks_the_hub_once_and_more_of_it_joins(nominal, hana, clock):
    about = {"arises_from": nominal, "since": now()}
    with acting(hana):
        first = hub_tasks.ask_hub(TaskKind.TRAVEL_OUT, nominal, "To France", happens_at=now() + 9 * DAY, **about)
        again = hub_tasks.ask_hub(TaskKind.TRAVEL_OUT, nominal, "Leaves earlier", happens_at=now() + DAY, **about)
        assert again.pk == first.pk
        assert (again.what, again.happens_at) == ("To France\n\nLeaves earlier", now() + DAY)
        assert HubTask.objects.count() == 1
    assert clock_of(first, "RS9").due_at == now()


def test_what_is_done_is_done(nominal, hana, hugo):
    task = hub_tasks.close_without_update(task_of(hana, nominal), by=hugo, because="Wrong force")
    for verb, facts in (
        (hub_tasks.take_task, {}),
        (hub_tasks.begin_task, {}),
        (hub_tasks.verify_task, {}),
        (hub_tasks.find_error, {"found": "x"}),
        (hub_tasks.put_on_visor, {"visor_ref": "V", "updated_at": now()}),
    ):
        with pytest.raises(NotNow):
            verb(task, by=hugo, **facts)


def test_officers_see_nothing_of_it(nominal, hana, olly):
    task = task_of(hana, nominal)
    with acting(olly):
        assert not HubTask.objects.filter(pk=task.pk).exists()
        assert not HubQuery.objects.exists()
