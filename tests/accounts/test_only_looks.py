"""An inspector of constabulary sees what others see, and changes nothing of it."""

import pytest

from access.actor import NotYours
from access.acts import WHILE_LOOKING
from access.roles import Can
from accounts.duty import who_may_do
from offenders.models import Intelligence
from offenders.workflow.intelligence import record_intelligence
from tests.house.test_access_table import HEADER, ROWS, VIEWS
from workflow.models import Step
from workflow.transitions import TRANSITIONS
from workflow.views import TransitionPage

pytestmark = pytest.mark.django_db


def test_no_verb_is_theirs_but_the_copy_of_what_was_released_to_them(cast):
    theirs = {verb.may for verb in TRANSITIONS.values() if cast["hettie"].may_change_by(verb.may)}
    assert theirs == WHILE_LOOKING


def test_a_verb_for_whoever_sees_the_record_is_refused_to_them_too(cast):
    hettie = cast["hettie"]
    assert hettie.can(record_intelligence.may)
    with pytest.raises(NotYours, match="change none"):
        record_intelligence(Intelligence(), by=hettie)
    assert not Step.objects.filter(by=hettie).exists()


def test_no_page_by_which_something_is_done_is_theirs():
    place = HEADER.index("hettie")
    let_in = [
        row[0]
        for row in ROWS
        if issubclass(view := VIEWS[row[0]].view_class, TransitionPage)
        and view.may not in WHILE_LOOKING
        and row[place] not in ("403", "405")
    ]
    assert let_in == []


@pytest.mark.parametrize("act", [Can.SEE_COHORT, Can.SEE_MISSING, Can.SEE_PPNS])
def test_nothing_can_be_given_to_them_to_do(cast, act):
    assert cast["hettie"].can(act)
    assert cast["anya"] in who_may_do(act)
    assert cast["hettie"] not in who_may_do(act)


def test_a_pack_can_be_released_to_them(cast):
    assert cast["hettie"] in who_may_do(Can.READ_EVIDENCE)
