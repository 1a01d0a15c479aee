"""C4: daily management meetings scrutinise, and cannot leave a child undecided.

Inspectors found meetings each day that looked at incidents and at missing children, and no way to show that each child
had been decided on. The agenda is built from the records; the meeting cannot end before each child has a decision.
"""

import pytest
from django.db import DatabaseError, connection, transaction

from access.actor import System, acting, signed
from briefing.models import Decision
from briefing.workflow import meetings
from tests.briefing.scenes import (
    TUESDAY,
    a_missing_child,
    acted_on,
    as_it_is,
    decided,
    item_of,
    items,
    opened,
    there,
)
from tests.conftest import hours
from tests.stories import called_in, swept, told
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def test_every_child_who_waits_is_on_the_agenda_and_has_a_decision_before_the_meeting_is_over(
    cast, dmitri, rosa, clock
):
    episode = a_missing_child(cast, risk="low")
    clock.set(TUESDAY - hours(3))
    late = called_in(cast["callie"])
    meeting = opened(clock, dmitri)
    there(meeting, dmitri)
    assert {episode.pk, late.pk} <= {item.record for item in items(meeting)}

    with pytest.raises(NotNow, match="Not decided yet"):
        meetings.end_meeting(as_it_is(meeting), by=dmitri)
    refused = pytest.raises(DatabaseError, match="not decided")
    with refused, transaction.atomic(), signed(System("test")), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE briefing_meeting SET state = 'over', ended_at = opened_at, ended_by_id = chair_id "
            "WHERE state = 'open'"
        )

    action = acted_on(item_of(meeting, late), dmitri, rosa)
    for item in items(meeting):
        if item.state == "undecided":
            decided(item, dmitri)
    over = meetings.end_meeting(as_it_is(meeting), by=dmitri)
    assert meetings.sign_off(over, by=dmitri).state == "signed_off"
    with acting(System("test")):
        assert Decision.objects.filter(item__meeting=meeting.pk).count() == len(items(meeting))

    swept(clock, hours(7))
    assert told(action.pk) == ["rosa", "rashid"]
