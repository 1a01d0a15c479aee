"""What an offender manager wrote waits for a supervisor. It belongs to a post and never to a person: leave holds
nothing up. Nobody decides on their own work, also not as cover."""

from datetime import timedelta

import pytest

from access.actor import NotYours, System, acting
from access.roles import Role
from accounts.models import User
from cases.workflow.people import declare_conflict
from offenders.cover import Desk
from offenders.models import Approval
from offenders.workflow import approvals
from sla.engine import sweep
from tests.offenders.scenes import managed
from tests.offenders.watch_scenes import as_it_is, at_risk, opened, waiting
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal(clock, stella, omar):
    return at_risk(managed(stella, omar), "low")


def test_it_waits_for_the_sergeant_of_the_team_who_hears_of_it_at_once(clock, nominal, omar, stella):
    approval = waiting(nominal, omar)
    assert (approval.state, approval.at_team, approvals.who_decides(approval)) == ("waiting", nominal.team, [stella])
    clock.shift(MOMENT)
    sweep()
    assert raised(approval.pk) == [("RS18", 1, approval.submitted_at, ["stella"])]


@pytest.mark.parametrize(("risk", "days"), [("low", 3), ("medium", 3), ("high", 1), ("very_high", 1), (None, 1)])
def test_a_high_risk_or_one_that_nobody_has_assessed_waits_one_working_day(clock, stella, omar, risk, days):
    nominal = managed(stella, omar)
    approval = waiting(at_risk(nominal, risk) if risk else nominal, omar)
    assert clock_of(approval, "RS18").due_at == approval.due_at == clock.at + timedelta(days=days)


def test_who_is_away_is_covered_at_once(clock, nominal, omar, stella, seb):
    approval = waiting(nominal, omar)
    away(stella, days=14, cover=seb)
    assert approvals.who_decides(approval) == [seb]
    assert approvals.approve(opened(approval, seb), by=seb).decided_by == seb


def test_whoever_wrote_it_does_not_decide_on_it_when_they_cover_for_the_sergeant(
    clock, nominal, omar, stella, imran, sue
):
    away(stella, days=14, cover=omar)
    approval = waiting(nominal, omar)
    assert approvals.who_decides(approval) == [imran]
    clock.shift(MOMENT)
    sweep()
    assert raised(approval.pk)[0][3] == ["imran"]
    with pytest.raises(NotYours, match="You wrote this"):
        approvals.approve(approval, by=omar)
    away(imran, days=14, cover=omar)
    assert approvals.who_decides(approval) == [sue]


def test_a_colleague_who_covers_for_the_sergeant_decides_on_it(clock, nominal, omar, olga, stella):
    away(stella, days=14, cover=olga)
    approval = waiting(nominal, omar)
    assert approvals.who_decides(approval) == [olga]
    assert approvals.approve(approval, by=olga).state == "approved"


def test_with_everybody_away_in_a_circle_the_last_is_told_and_if_that_is_the_author_the_next_below(
    clock, nominal, stella, seb, imran, sue
):
    approval = waiting(nominal, sue)
    for one, other in ((stella, seb), (seb, stella), (imran, sue), (sue, imran)):
        away(one, days=9, cover=other)
    assert approvals.who_decides(approval) == [imran]
    assert approvals.who_decides(waiting(nominal, stella)) == [sue]


def test_it_is_sent_back_with_reasons_or_taken_back_by_its_author(clock, nominal, omar, olga, stella):
    approval = waiting(nominal, omar)
    with pytest.raises(NotNow):
        approvals.send_back(approval, by=stella, because=" ")
    approval = approvals.send_back(approval, by=stella, because="Say what was on the telephone")
    assert (approval.state, approval.decided_by, approval.because) == (
        "returned",
        stella,
        "Say what was on the telephone",
    )
    other = waiting(nominal, omar)
    with pytest.raises(NotYours):
        approvals.take_back(other, by=olga, because="To change it")
    with pytest.raises(NotNow):
        approvals.take_back(other, by=omar, because="")
    assert approvals.take_back(other, by=omar, because="To change it").state == "withdrawn"
    with pytest.raises(NotNow):
        approvals.approve(other, by=stella)
    with pytest.raises(NotNow):
        approvals.read(as_it_is(approval), by=stella)


def test_what_an_inspector_decides_no_sergeant_does(clock, nominal, omar, stella, imran):
    approval = waiting(nominal, omar, role=Role.OFFENDER_INSPECTOR)
    assert approvals.who_decides(approval) == [imran]
    with pytest.raises(NotYours):
        approvals.approve(approval, by=stella)
    assert approvals.approve(approval, by=imran).state == "approved"


def test_managers_approve_nothing(clock, nominal, omar, olga):
    with pytest.raises(NotYours):
        approvals.approve(waiting(nominal, omar), by=olga)


# Several at once


def test_several_that_were_opened_are_approved_together(clock, nominal, omar, stella):
    both = [opened(waiting(nominal, omar), stella) for _ in range(2)]
    assert [each.state for each in approvals.approve_many(both, by=stella)] == ["approved", "approved"]


def test_one_that_cannot_be_is_named_and_then_none_is_approved(clock, stella, omar, imran, nominal):
    good = opened(waiting(nominal, omar), stella)
    unread = waiting(nominal, omar)
    alone = opened(waiting(nominal, omar, one_by_one=True), stella)
    own = opened(waiting(nominal, stella), imran)
    high = opened(waiting(at_risk(managed(stella, omar, "Clive Marchfold"), "high"), omar), stella)
    gone = opened(waiting(nominal, omar), stella)
    approvals.take_back(gone, by=omar, because="To change it")
    for wrong, why in (
        (unread, "not opened"),
        (alone, "by itself"),
        (own, "You wrote this"),
        (high, "The risk is high"),
        (gone, "withdrawn"),
    ):
        with pytest.raises(NotNow, match=f"{wrong.reference}: .*{why}.*Nothing was approved"):
            approvals.approve_many([good, wrong], by=stella)
    assert as_it_is(good).state == "waiting"
    with pytest.raises(NotNow, match="at least one"):
        approvals.approve_many([], by=stella)


def test_opening_it_twice_is_opening_it_once(clock, nominal, omar, stella):
    approval = opened(opened(waiting(nominal, omar), stella), stella)
    with acting(System("test")):
        assert approval.reads.count() == 1


def test_it_is_the_team_s_also_after_the_offender_went_to_another_manager(clock, nominal, omar, stella, seb):
    approval = waiting(nominal, omar)
    assert approvals.who_decides(approval) == [stella]
    assert Approval.What(approval.what).label == "Visit"
    assert User.objects.filter(pk=omar.pk).exists()


# Somebody who is never shown the offender


def test_a_sergeant_who_may_not_see_the_offender_does_not_decide_and_is_not_told(
    clock, nominal, omar, stella, imran, chidi
):
    declare_conflict(nominal.person, by=chidi, user=stella, because="Her uncle")
    approval = waiting(nominal, omar)
    assert approvals.who_decides(approval) == [imran]
    clock.shift(MOMENT)
    sweep()
    assert raised(approval.pk) == [("RS18", 1, approval.submitted_at, ["imran"])]
    with acting(imran):
        assert Desk().named(as_it_is(approval)) == "Imran Offender-Inspector (for Stella Offender-Sergeant)"
        assert [each.pk for each in Approval.objects.filter(Desk().mine(imran))] == [approval.pk]
    with acting(stella):
        assert not Approval.objects.filter(Desk().mine(stella)).exists()


def test_nor_where_it_is_declared_while_it_waits(clock, nominal, stella, omar, imran, chidi):
    approval, other = waiting(nominal, omar), waiting(managed(stella, omar, "Clive Marchfold"), omar)
    declare_conflict(nominal.person, by=chidi, user=stella, because="Her uncle")
    assert (approvals.who_decides(approval), approvals.who_decides(other)) == ([imran], [stella])
    clock.shift(MOMENT)
    sweep()
    assert (raised(approval.pk)[0][3], raised(other.pk)[0][3]) == (["imran"], ["stella"])
    with acting(imran):
        assert [each.pk for each in Approval.objects.filter(Desk().mine(imran))] == [approval.pk]
    with acting(stella):
        assert [each.pk for each in Approval.objects.filter(Desk().mine(stella))] == [other.pk]
