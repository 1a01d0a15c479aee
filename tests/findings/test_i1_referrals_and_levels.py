"""I1: "All referrals from the National Crime Agency, other forces and intelligence from peer-to-peer networks are
updated in the Niche system in a timely way ... KIRAT risk assessments are consistently used. Should further information
come to light, risk will be reviewed." Here nothing is held out of sight, and no level is left as it was."""

from datetime import timedelta

import pytest

from access.actor import acting
from access.time import now
from online.models import KiratAssessment, NewInformation, OnlineCase
from online.wall import lines_of
from online.workflow.cases import ReferralFacts, Said, link, register
from online.workflow.kirat import assess
from online.workflow.news import NewsFacts, information_received
from tests.conftest import hours
from tests.online.scenes import as_it_is, assessed, level, received, triaged, without_a_child
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SENDERS = ["nca", "other_force", "regional", "peer_to_peer", "public", "school", "offender_visit", "covert", "other"]


def told(record, deadline):
    return [who for *_, people in raised(record.pk, deadline) for who in people]


def wall(who, clock):
    with acting(who):
        return {line.code: line for line in lines_of(clock.at)}


@pytest.mark.parametrize("sender", SENDERS)
def test_from_every_sender_it_stands_on_one_register_and_is_looked_at_the_same_day(cast, rory, clock, sender):
    case = received(rory, sender=sender)
    assert clock_of(case, "OC1").due_at == clock.at + hours(8)
    assert clock_of(case, "OC2").due_at == clock.at + DAY


def test_what_nobody_in_the_force_can_see_is_on_the_wall_by_name_and_the_inspector_hears(cast, rory, dina, clock):
    """Iris of another team looks up the house and finds nothing: the referral lies with one researcher, on leave."""
    case = triaged(rory)
    away(rory, days=14, cover=dina)
    swept(clock, DAY + MOMENT)
    assert "delia" in told(case, "OC2")
    assert case.reference in wall(dina, clock)["online_not_visible"].names


def test_an_old_referral_that_is_registered_late_is_as_old_as_it_is(cast, rory, clock):
    """It reached the force 64 days ago and lay in a mailbox: overdue from its first moment, and the chair hears."""
    case = received(rory, received_at=clock.at - 64 * DAY, said=[])
    swept(clock, MOMENT)
    assert "delia" in told(case, "OC5")
    assert "dmitri" in told(case, "OC5")
    assert "sue" not in told(case, "OC5")


def test_becoming_part_of_another_case_makes_nothing_younger(cast, rory, clock):
    older = received(rory, received_at=clock.at - 40 * DAY)
    newer = triaged(rory, said=[Said("username", "harbour_lantern")])
    link(older, by=rory, to=newer, because="The same account")
    assert as_it_is(newer).known_since == clock.at - 40 * DAY
    assert clock_of(newer, "OC5").due_at == clock.at - 10 * DAY


def test_the_same_number_of_the_same_sender_is_one_case(cast, rory):
    received(rory, sender_ref="NCA-26-0077")
    facts = ReferralFacts("nca", "Referrals bureau", "nca-26-0077 ", now(), "Sent again")
    with pytest.raises(NotNow, match=r"(?i)NCA-26-0077"):
        register(OnlineCase(), by=rory, facts=facts)


@pytest.mark.parametrize(("kirat", "days"), [("very_high", 1), ("high", 7), ("medium", 14), ("low", 30)])
def test_each_level_has_its_time_and_when_it_passes_the_daily_meeting_hears(cast, rory, dina, clock, kirat, days):
    case = without_a_child(rory, dina, kirat)
    assert case.act_by == clock.at + days * DAY
    swept(clock, days * DAY)
    assert "dmitri" not in told(case, "OC4")
    swept(clock, MOMENT)
    assert "dmitri" in told(case, "OC4")
    assert case.reference in wall(dina, clock)["kirat"].names


def test_what_becomes_known_asks_for_a_new_run_and_the_time_only_comes_nearer(cast, rory, dina, clock):
    case = assessed(rory, "low")
    clock.shift(2 * DAY)
    news = {"what": "He coaches under-nines", "source": "His brother", "received_at": clock.at}
    information = information_received(NewInformation(), by=rory, case=case, facts=NewsFacts(**news))
    swept(clock, DAY + MOMENT)
    assert information.reference in wall(dina, clock)["kirat_again"].names
    assess(KiratAssessment(), by=rory, case=as_it_is(case), facts=level("high", because="He coaches children"))
    assert as_it_is(information).state == "taken_up"
    assert as_it_is(case).act_by == clock.at + 7 * DAY
    clock.shift(hours(1))
    assess(KiratAssessment(), by=rory, case=as_it_is(case), facts=level("low", because="It was another man"))
    assert as_it_is(case).act_by == clock.at - hours(1) + 7 * DAY
