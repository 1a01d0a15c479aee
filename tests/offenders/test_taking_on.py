"""Somebody is managed from now on, and by whom is always known."""

from datetime import timedelta

import pytest

from access.time import now, today
from offenders.models import IndefiniteReview
from offenders.workflow.orders import end_order
from offenders.workflow.periods import apply_for_review
from offenders.workflow.registrations import Held
from tests.offenders.register_scenes import ordered, taken_over
from tests.offenders.scenes import managed
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def test_whoever_is_managed_has_a_named_manager_in_a_team(clock, stella, omar):
    nominal = managed(stella, omar)
    assert (nominal.manager, nominal.team.name, nominal.state) == (
        omar,
        "Offender management north",
        "awaiting_visit",
    )


def test_nobody_is_given_to_somebody_who_manages_no_offenders(clock, stella, cora):
    with pytest.raises(NotNow, match="manages no offenders"):
        managed(stella, cora)


def test_nobody_under_a_sexual_harm_prevention_order_may_apply_for_a_review(clock, hana, omar):
    """Section 91A(2)(b): and once the order has ended they may."""
    held = Held(last_notified_on=today() - timedelta(days=16 * 366))
    nominal = taken_over(hana, omar, held=held, relevant_on=today() - timedelta(days=17 * 366))
    order = ordered(nominal, omar)
    about = {"by": hana, "nominal": nominal, "applied_at": now(), "said": "Has lived without offending"}
    with pytest.raises(NotNow, match=r"nobody under one may apply \(s\.91A\(2\)\(b\)\)"):
        apply_for_review(IndefiniteReview(), **about)
    end_order(order, by=omar, because="Discharged by the court")
    assert apply_for_review(IndefiniteReview(), **about).state == "applied"
