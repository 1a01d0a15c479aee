"""What nobody may overlook is counted as it is: one of a kind is one, and none before."""

from datetime import date, timedelta

import pytest

from access.actor import System, acting, signed
from cases.workflow.people import declare_conflict
from offenders.board import lines_of
from offenders.growth import growth_of_approvals, growth_of_tasks
from offenders.models import (
    Approval,
    ChildContact,
    Intelligence,
    ManagementPlan,
    Nominal,
    OffenderVisit,
    PlanTask,
    Travel,
)
from offenders.workflow import hub_tasks
from offenders.workflow.nominals import taken_in
from sla.lengths import set_number
from tests.offenders.hub_scenes import a_round, coming, graded, in_custody, task_of
from tests.offenders.scenes import managed
from tests.stories import away, submitted

pytestmark = pytest.mark.django_db
TEST = System("test")
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)


@pytest.fixture
def nominal(clock, hana, omar):
    return managed(hana, omar, "Conrad Fernfold")


@pytest.fixture
def board(clock, imran):
    """What there is, by code: code -> (how many, since when)."""

    def shown(who=imran):
        with acting(who):
            return {line.code: (line.count, line.oldest) for line in lines_of(clock.at) if line.count}

    return shown


def keep(model, **facts):
    with signed(TEST):
        return model.objects.create(**facts)


def change(record, **facts):
    with signed(TEST):
        type(record).objects.filter(pk=record.pk).update(**facts)


def waits(nominal, author, at, **facts):
    about = {
        "reference": f"APV-{at.microsecond}{facts.get('what', '')}", "state": "waiting", "nominal": nominal,
        "at_team": nominal.team, "what": "visit", "record": nominal.pk, "record_reference": "VIS-1", "url": "/",
        "role": "offender_sgt", "risk": "low", "submitted_at": at, "submitted_by": author, "due_at": at + 3 * DAY,
    }  # fmt: skip
    return keep(Approval, **{**about, **facts})


def visit(nominal, author, at, **facts):
    about = {
        "reference": f"VIS-{at:%d%H%M}", "state": "approved", "nominal": nominal, "author": author, "begun_at": at,
        "submitted_at": at, "purpose": "routine", "visited_at": at, "officer_one": "Omar", "officer_two": "Olga",
        "announced": "no", "seen": "yes", "observations": "Calm",
    }  # fmt: skip
    return keep(OffenderVisit, **{**about, **facts})


def test_with_nothing_wrong_there_is_nothing(nominal, board):
    assert board() == {}


def test_an_approval_whose_approver_is_away(nominal, board, omar, stella, imran, clock):
    at = clock.at
    waits(nominal, omar, at)
    assert board() == {}
    away(stella, days=7, cover=imran)
    assert board() == {"approver_away": (1, at)}


def test_an_approval_is_late_a_moment_after_its_time_and_not_on_it(nominal, board, omar, clock):
    at = clock.at
    waits(nominal, omar, at)
    clock.shift(3 * DAY)
    assert board() == {}
    clock.shift(MOMENT)
    assert board() == {"approval_late": (1, at)}


def test_a_task_of_the_hub_that_is_late(nominal, board, hana, clock):
    at = clock.at
    task_of(hana, nominal)
    clock.shift(3 * DAY)
    assert board() == {}
    clock.shift(MOMENT)
    assert board() == {"hub_late": (1, at)}


def test_somebody_leaves_within_a_day_and_visor_does_not_know(nominal, board, hana, hugo, clock):
    departs = clock.at + DAY
    task = task_of(hana, nominal, kind="travel_out", happens_at=departs)
    assert board() == {}
    clock.shift(MOMENT)
    assert board() == {"hub_travel": (1, departs), "hub_late": (1, task.received_at)}
    hub_tasks.close_without_update(task, by=hugo, because="Not going")
    assert board() == {}


def test_a_notice_of_travel_that_nobody_has_checked(nominal, board, clock):
    at, departs = clock.at, clock.at + DAY - MOMENT
    about = {
        "given_where": "Here",
        "countries": "France",
        "with_children": "no",
    }
    trip = keep(
        Travel,
        reference="TRV-1",
        state="notified",
        nominal=nominal,
        departs_at=departs,
        notified_at=at,
        changed_at=at,
        **about,
    )
    assert board() == {"travel": (1, departs)}
    change(trip, departs_at=clock.at + DAY + MOMENT)
    assert board() == {}


def test_the_day_of_release_has_passed(nominal, board, hana, clock):
    spell = in_custody(nominal, hana, date(2026, 3, 2))
    due = clock.at + 15 * timedelta(hours=1)
    change(spell, release_due_at=due)
    clock.set(due)
    assert board() == {}
    clock.shift(MOMENT)
    assert board() == {"release": (1, due)}


def test_contact_with_a_child_without_a_notice_a_decision_or_a_plan(nominal, board, olly, clock):
    about = {"nominal": nominal, "child_said": "A girl of seven", "relation": "Granddaughter", "what": "Stays"}
    at = {"kind": "visits", "discovered_at": clock.at, **about}
    sent = {"ppn": submitted(olly), "notice_at": clock.at, **at}
    decided = {"decision": "s47", "decision_at": clock.at, "protects": "Sleeps elsewhere", **sent}
    keep(ChildContact, reference="CON-1", state="learned", **at)
    assert board() == {"no_notice": (1, clock.at)}
    keep(ChildContact, reference="CON-2", state="notice", **sent)
    keep(ChildContact, reference="CON-3", state="shared", **sent)
    assert board() == {"no_notice": (1, clock.at), "no_decision": (2, clock.at)}
    keep(ChildContact, reference="CON-4", state="decided", **decided)
    keep(ChildContact, reference="CON-5", state="closed", effect="Visits only with his sister there", **decided)
    assert board()["not_in_plan"] == (1, clock.at)


@pytest.mark.parametrize("risk", ["very_high", "high", "not_assessed", "medium", "low"])
def test_a_visit_that_is_overdue_stands_under_its_risk(nominal, board, clock, risk):
    change(nominal, risk=risk, visit_due_at=clock.at)
    assert board() == {}
    change(nominal, visit_due_at=clock.at - MOMENT)
    assert board() == {f"visit_{risk}": (1, clock.at - MOMENT)}
    taken_in(nominal, by=TEST, whereabouts="remand")
    assert board() == {}


def test_nobody_manages_them_or_whoever_does_is_away(nominal, board, omar, olga, clock):
    away(omar, days=1, cover=olga)
    assert board() == {"manager_away": (1, nominal.began_at)}
    with signed(TEST):
        omar.postings.update(ends=clock.at)
    clock.shift(DAY)
    assert board()["no_manager"] == (1, nominal.began_at)


def test_more_than_one_person_can_manage(nominal, board, hana, imran, omar, clock):
    set_number("Offenders of every kind one person can manage", by=imran, number=1, starts=clock.at, because="For now")
    assert board() == {}
    managed(hana, omar, "Edgar Garmere")
    assert board() == {"over": (1, None)}


def test_a_transfer_that_nobody_decides(nominal, board, hana, clock):
    transfer = coming(hana)
    clock.shift(2 * DAY)
    assert board() == {}
    clock.shift(MOMENT)
    assert board() == {"transfer_late": (1, transfer.requested_at)}
    change(transfer, moves_on=date(2026, 3, 3))
    assert board()["transfer_moved"] == (1, transfer.requested_at)


def test_something_new_of_somebody_managed_reactively(nominal, board, clock):
    about = {"reference": "INT-1", "state": "new", "nominal": nominal, "source": "A call", "what": "At a school"}
    new = keep(Intelligence, received_at=clock.at, **about)
    assert board() == {}
    change(new, was_reactive=True)
    assert board() == {"intelligence": (1, clock.at)}


def test_a_plan_with_a_heading_under_which_nothing_is_done(nominal, board, omar, clock):
    plan = keep(
        ManagementPlan, reference="RMP-1", state="approved", nominal=nominal, author=omar, begun_at=clock.at,
        submitted_at=clock.at, contingency="Ring", licence_conditions="none", interval_days=90,
        interval_because="As the tariff", quality=80, approved_at=clock.at, approved_by_id=omar.pk + 1,
        not_applicable={"interventions": "Done in custody", "monitoring": "In prison still"},
    )  # fmt: skip
    assert board() == {"empty_pillar": (1, clock.at)}
    for number, pillar in enumerate(["supervision", "victim_safety"]):
        keep(
            PlanTask, reference=f"RMP-1 {number}", state="open", plan=plan, nominal=nominal, pillar_id=pillar,
            what="Visit", owner="Omar", given_at=clock.at, due_at=clock.at + DAY,
        )  # fmt: skip
    assert board() == {}


def test_three_visits_in_a_row_by_one_officer_or_announced(nominal, board, omar, clock):
    first = clock.at - 90 * DAY
    facts = {"officer_two": "", "single_crew_because": "Nobody free"}
    visit(nominal, omar, first - DAY)
    for number in range(2):
        visit(nominal, omar, first + number * DAY, **facts)
    assert board() == {}
    visit(nominal, omar, first + 2 * DAY, announced="yes", **facts)
    assert board() == {"single_crewed": (1, first)}
    for number in range(3, 5):
        visit(nominal, omar, first + number * DAY, announced="yes")
    assert board() == {"announced": (1, first + 2 * DAY)}


def test_a_round_that_is_late_and_what_it_asked_for(nominal, board, seb, clock):
    at = clock.at
    _, item = a_round(nominal)
    clock.shift(14 * DAY + MOMENT)
    assert board() == {"scrutiny": (1, at)}
    item = graded(item, seb)
    assert board() == {}
    clock.shift(28 * DAY + MOMENT)
    assert board()["scrutiny_action"] == (1, item.graded_at)


def test_who_looks_is_told_only_of_those_they_may_see(nominal, board, clock, chidi, imran, sue):
    change(nominal, visit_due_at=clock.at - MOMENT)
    declare_conflict(nominal.person, by=chidi, user=imran, because="His brother")
    assert board() == {}
    assert "visit_not_assessed" in board(sue)


def test_the_board_costs_the_same_for_many_as_for_few(nominal, board, hana, omar, django_assert_max_num_queries):
    board()
    with django_assert_max_num_queries(60) as few:
        board()
    for number in range(8):
        managed(hana, omar, f"Alfred{'abcdefgh'[number]} Fernfold")
    with django_assert_max_num_queries(len(few)):
        board()


def test_whether_a_backlog_grows(nominal, hana, hugo, omar, clock):
    old = clock.at - 8 * DAY
    task_of(hana, nominal, received_at=old)
    new = task_of(hana, nominal, what="New")
    waits(nominal, omar, old)
    with acting(hana):
        tasks, approvals = growth_of_tasks(clock.at), growth_of_approvals(clock.at)
    assert (tasks.open, tasks.oldest, tasks.came, tasks.done, tasks.late) == (2, old, 1, 0, 1)
    assert tasks.in_words == "1 more than a week ago"
    assert (approvals.open, approvals.came, approvals.in_words) == (1, 0, "As many as a week ago")
    for task in (new, task_of(hana, nominal, received_at=old, what="Old")):
        hub_tasks.close_without_update(task, by=hugo, because="Wrong force")
    with acting(hana):
        assert growth_of_tasks(clock.at).in_words == "1 fewer than a week ago"


def test_there_is_a_page_for_it(client, nominal, imran):
    client.force_login(imran)
    assert "Nothing waits that nobody may overlook" in client.get("/offenders/board/").content.decode()
    with acting(imran):
        assert Nominal.objects.count() == 1
