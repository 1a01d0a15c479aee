"""From a referral to a warrant, in the order in which it has to be done."""

from __future__ import annotations

from typing import Any

import pytest

from online.models import Enforcement
from online.workflow.enforcing import plan_enforcement
from tests.online.scenes import as_it_is, executed, plan, with_a_child, without_a_child
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def test_with_no_child_found_and_the_level_ratified_it_can_be_planned_and_carried_out(cast: dict[str, Any]) -> None:
    case = executed(cast["rory"], cast["dina"], cast["iris"])
    assert case.state == "executed"


def test_with_a_child_nothing_is_planned_before_notice_and_discussion(cast: dict[str, Any]) -> None:
    case = with_a_child(cast["rory"], cast["dina"])
    with pytest.raises(NotNow, match="no notice has been submitted"):
        plan_enforcement(Enforcement(), by=cast["dina"], case=case, facts=plan())
    assert as_it_is(case).state == "assessed"


def test_where_nobody_has_looked_for_children_the_gate_is_shut(cast: dict[str, Any]) -> None:
    case = without_a_child(cast["rory"], cast["dina"])
    assert case.state == "assessed"
