"""993 approvals waited because, "when sergeants are on leave or abstracted, their work isn't looked at in their
absence". Here work belongs to the post: whoever is away or has left, somebody who is there has it and may do it."""

from functools import cache

import pytest

from access.actor import System, acting, signed
from access.roles import Can, Role
from access.time import now
from accounts.duty import Duty
from accounts.models import User
from offenders.models import Approval
from offenders.workflow.approvals import approve, who_decides
from sla.models import Clock
from sla.policy import DEADLINES
from tests.conftest import hours
from tests.offenders import hub_scenes, register_scenes, visit_scenes, watch_scenes
from tests.offenders.scenes import managed
from tests.offenders.visit_scenes import assessed_by, plan_sent, visited
from tests.offenders.watch_scenes import approval_of
from tests.sla.made import MOMENT, raised
from tests.stories import away, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")
A_FORTNIGHT = 14
STAFF = ["omar", "olga", "stella", "seb", "imran", "hana", "hugo"]


@pytest.fixture
def team(cast, stella, omar):
    """What a manager writes in a week: a visit, an assessment, a plan."""
    nominal = managed(stella, omar)
    return [visited(nominal, omar), assessed_by(nominal, omar), plan_sent(nominal, omar)]


@pytest.fixture
def every_kind(clock, cast):
    """One of each record of offender management, with every clock that runs on them."""
    for part in (register_scenes, visit_scenes, hub_scenes, watch_scenes):
        part.of_each(cast)
    return list(Clock.running().filter(kind__startswith="offenders.").order_by("deadline", "pk"))


def leaves(person):
    with signed(TEST):
        User.objects.filter(pk=person.pk).update(is_active=False)


def waits():
    with acting(TEST):
        return list(Approval.objects.filter(state=Approval.State.WAITING).order_by("submitted_at", "pk"))


def test_a_fortnight_of_leave_and_nothing_waits_for_it(clock, team, stella, seb, omar):
    """The finding itself. Before: fourteen days in a queue that nobody opened."""
    away(stella, days=A_FORTNIGHT, cover=seb)
    for record in team:
        assert who_decides(approval_of(record)) == [seb]
        approve(approval_of(record), by=seb)
    assert waits() == []


def test_leave_that_begins_while_they_wait_moves_them_at_once(clock, team, stella, seb):
    assert [who_decides(each) for each in waits()] == [[stella]] * 3
    away(stella, days=A_FORTNIGHT, cover=seb)
    assert [who_decides(each) for each in waits()] == [[seb]] * 3


def test_both_sergeants_on_leave_at_once_and_the_inspector_has_them(clock, team, stella, seb, imran):
    away(stella, days=A_FORTNIGHT, cover=seb)
    away(seb, days=A_FORTNIGHT, cover=imran)
    assert [who_decides(each) for each in waits()] == [[imran]] * 3


def test_a_sergeant_covered_by_whoever_wrote_it_does_not_decide_on_their_own_work(clock, team, stella, omar, seb):
    away(stella, days=A_FORTNIGHT, cover=omar)
    for each in waits():
        assert omar not in who_decides(each)
        assert who_decides(each)
    with pytest.raises(Exception, match="somebody else decides"):
        approve(waits()[0], by=omar)


def test_leave_moves_no_due_time_and_whoever_covers_is_told(clock, team, stella, seb, imran, dmitri):
    away(stella, days=A_FORTNIGHT, cover=seb)
    approval = approval_of(team[0])
    due = approval.due_at
    swept(clock, hours((A_FORTNIGHT - 1) * 24))
    told = {who for *_, people in raised(approval.pk, "RS18") for who in people}
    assert approval_of(team[0]).due_at == due
    assert "stella" not in told
    assert {"seb", "imran"} <= told


def test_nothing_is_told_before_its_moment(clock, team, seb, stella):
    approval = approval_of(team[0])
    first = Clock.running().get(record=approval.pk, deadline="RS18").next_at
    swept(clock, first - clock.at)
    assert raised(approval.pk, "RS18") == []
    swept(clock, MOMENT)
    assert [people for *_, people in raised(approval.pk, "RS18")] == [["stella"]]


def test_a_superintendent_can_decide_when_nobody_below_is_there(clock, team, stella, seb, imran, sue):
    for person in (stella, seb, imran):
        leaves(person)
    assert [who_decides(each) for each in waits()] == [[sue]] * 3
    assert approve(waits()[0], by=sue).state == "approved"


def test_what_was_decided_is_not_decided_twice(clock, team, seb, stella):
    approve(approval_of(team[0]), by=stella)
    with pytest.raises(NotNow, match="Somebody may have been quicker"):
        approve(approval_of(team[0]), by=seb)


def orphans(clocks):
    """Every level of every clock that nobody who is there, and may see the record, would be told of."""
    left = set(User.objects.filter(is_active=False).values_list("pk", flat=True))
    people, duty, found = User.objects.in_bulk(), Duty(now()), []
    sees = cache(_sees)  # the same people answer for one record at many levels
    for row in clocks:
        ladder = DEADLINES[row.deadline].ladder
        for level in range(len(ladder.described())):
            role, its = ladder.role(row, level), {"whose": row.owner_id, "never": row.never_tells}
            keys = duty.answering(role, row.team_id, **its)
            there = [people[key] for key in keys if key not in left and key not in duty.away]
            if not [person for person in there if sees(person, row)]:
                found.append((row.deadline, level, [people[key].username for key in keys]))
    return found


def _sees(person, row):
    if not person.can(Can.SEE_OFFENDERS):
        return False
    with acting(person):
        return row.record_model().objects.filter(pk=row.record).exists()


def test_there_is_a_clock_of_every_kind_of_work(every_kind):
    kinds = {row.kind for row in every_kind}
    assert {
        "offenders.nominal",
        "offenders.notificationduty",
        "offenders.spell",
        "offenders.travel",
        "offenders.hubtask",
        "offenders.hubquery",
        "offenders.transfer",
        "offenders.scrutinyround",
        "offenders.approval",
        "offenders.intelligence",
        "offenders.childcontact",
        "offenders.plantask",
    } <= kinds


@pytest.mark.parametrize("name", STAFF)
def test_whoever_leaves_no_task_is_an_orphan(every_kind, cast, name):
    leaves(cast[name])
    assert orphans(every_kind) == []


@pytest.mark.parametrize("name", STAFF)
def test_whoever_is_on_leave_no_task_is_an_orphan(every_kind, cast, name):
    away(cast[name], days=A_FORTNIGHT, cover=cast["stella" if name != "stella" else "seb"])
    assert orphans(every_kind) == []


def test_a_whole_team_of_sergeants_away_in_a_circle_leaves_no_orphan(every_kind, stella, seb):
    away(stella, days=A_FORTNIGHT, cover=seb)
    away(seb, days=A_FORTNIGHT, cover=stella)
    assert orphans(every_kind) == []


def test_the_posts_of_offender_management_are_all_in_the_cast(cast):
    posts = {Role.OFFENDER_MANAGER, Role.OFFENDER_SERGEANT, Role.OFFENDER_INSPECTOR}
    posts |= {Role.HUB_ADMINISTRATOR, Role.HUB_MANAGER}
    held = {Role(each.role) for name in STAFF for each in cast[name].postings.all()}
    assert held == posts
