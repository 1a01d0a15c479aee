"""Two people press at the same moment: one wins, the other is told."""

import pytest

from access.actor import System, acting
from strategy import workflow
from strategy.models import Action, AuthoritysAnswer
from tests.sla.made import at_once
from tests.stories import hours
from tests.strategy.meetings import agreed, answered, as_it_is, asked, given, held, minuted
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_people_who_record_the_answer_one_does(sam, cora, cole):
    meeting = asked(sam)
    done = at_once(lambda: answered(meeting, cora), lambda: answered(meeting, cole, yes=False))
    assert sorted(isinstance(each, NotNow) for each in done) == [False, True]
    with acting(System("test")):
        assert AuthoritysAnswer.objects.count() == 1


def test_a_meeting_is_not_closed_while_somebody_gives_an_action(sam, cora, clock):
    meeting = minuted(held(agreed(sam), sam), sam)
    due = clock.at + hours(4)
    at_once(lambda: workflow.close(meeting, by=sam), lambda: given(meeting, cora, due_at=due))
    with acting(System("test")):
        is_open = Action.objects.filter(meeting=meeting, state="open").exists()
    assert is_open == (as_it_is(meeting).state == "minuted")
