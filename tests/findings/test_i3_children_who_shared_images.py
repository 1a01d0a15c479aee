"""I3: children who shared images of themselves were spoken to by phone. "Wider risk to children and risk from
perpetrators may be missed through this approach ... invariably, the child will need to be seen in person." About 25 a
month. Here each is seen, the specialist says how before anybody else deals with it, and no image is ever stored."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from access.actor import acting
from online.wall import lines_of
from tests.conftest import hours
from tests.online.image_scenes import (
    asked,
    given_to,
    given_to_specialist,
    guided,
    investigated,
    noticed,
    ready,
    reported,
    resolved,
    seen,
)
from tests.online.scenes import as_it_is
from tests.sla.made import MOMENT, raised
from tests.stories import away, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(record, deadline):
    return [who for *_, people in raised(record.pk, deadline) for who in people]


def on_the_wall(who, clock, record):
    with acting(who):
        return sorted(line.code for line in lines_of(clock.at) if any(record.reference in name for name in line.names))


def test_the_phone_alone_resolves_nothing(cast, olly, dina):
    """Everything is asked and answered, and the advice to delete it given: nobody has seen her."""
    images = noticed(given_to(guided(asked(reported(olly), olly), dina), dina, olly), olly)
    with pytest.raises(NotNow, match="in person"):
        resolved(images, dina)
    assert resolved(seen(as_it_is(images), olly), dina).state == "resolved"


def test_nor_does_the_database_take_it(cast, olly, dina):
    images = noticed(given_to(guided(asked(reported(olly), olly), dina), dina, olly), olly)
    resolves = (
        "UPDATE online_sharedimage SET state = 'resolved', outcome = '22', resolved_said = 'Told', "
        "resolved_at = now(), resolved_by_id = %s WHERE id = %s"
    )
    refused = pytest.raises(IntegrityError, match="never_resolved_without_seeing_the_child")
    with acting(dina), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(resolves, [dina.pk, images.pk])


def test_a_team_that_is_not_specialist_gets_it_only_with_the_specialist_sergeants_guidance(cast, olly, dina):
    images = asked(reported(olly), olly)
    with pytest.raises(NotNow, match="guidance"):
        given_to(images, dina, olly)
    assert given_to(guided(images, dina), dina, olly).state == "allocated"


def test_somebody_pressed_her_so_it_is_a_full_investigation_and_she_is_seen_within_a_day(cast, olly, dina, iris, clock):
    images = guided(asked(reported(olly), olly, coercion="yes", adult="yes"), dina)
    with pytest.raises(NotNow):
        given_to(images, dina, olly)
    images = given_to_specialist(images, dina, iris)
    swept(clock, DAY + MOMENT)
    assert "dmitri" in told(images, "OC14")
    assert on_the_wall(dina, clock, images)
    images = noticed(seen(images, iris), iris)
    with pytest.raises(NotNow, match="investigation"):
        resolved(images, dina)
    assert investigated(as_it_is(images), iris).online_case is not None


def test_waiting_for_a_call_back_is_on_the_wall_by_name_and_climbs_with_the_officer_on_leave(
    cast, olly, rosa, dina, clock
):
    images = given_to(guided(asked(reported(olly), olly), dina), dina, olly)
    away(olly, days=14, cover=rosa)
    swept(clock, 3 * DAY)
    before = told(images, "OC14")
    swept(clock, MOMENT)
    assert "dmitri" in told(images, "OC14")
    assert "dmitri" not in before
    assert "rosa" in told(images, "OC14P")  # she covers for the officer who has it
    assert on_the_wall(dina, clock, images)


@pytest.mark.parametrize("outcome", ["21", "22"])
def test_outcomes_21_and_22_are_there_for_a_child_whom_nobody_pressed(cast, dina, outcome):
    assert resolved(ready(cast), dina, outcome).outcome == outcome


def test_and_not_for_one_whom_somebody_did_unless_the_specialist_says_why(cast, dina):
    with pytest.raises(NotNow):
        resolved(ready(cast, coercion="yes"), dina, "21")


def test_nobody_has_asked_the_wider_questions_so_it_stays_open(cast, olly, dina, clock):
    images = noticed(seen(given_to_specialist(guided(reported(olly), dina), dina, cast["iris"]), cast["iris"]), olly)
    swept(clock, hours(24) + MOMENT)
    with pytest.raises(NotNow, match="pressed or tricked"):
        resolved(as_it_is(images), dina)
