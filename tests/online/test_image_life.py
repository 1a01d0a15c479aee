"""A report of shared images, in any order of whatever people do: it is never resolved without the child having been
seen in person, and never with anybody but the specialists before the guidance or with wider risk; while it is open a
clock runs, and the one on the list is the next to run out."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.actor import NotYours
from online.models import SharedImage
from online.workflow import shared_images as verbs
from sla.engine import sweep
from sla.models import Clock
from tests.conftest import MONDAY
from tests.online.image_scenes import (
    asked,
    given_to,
    given_to_specialist,
    guided,
    investigated,
    noticed,
    reported,
    resolved,
    seen,
)
from tests.online.scenes import as_it_is
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Life:
    """What people may do with one report, whether or not it is the time for it or their business."""

    def __init__(self, cast):
        self.cast, self.key = cast, reported(cast["callie"]).pk

    @property
    def images(self):
        return as_it_is(SharedImage(pk=self.key))

    def nothing_more_to_it(self, who):
        asked(self.images, who)

    def an_adult(self, who):
        asked(self.images, who, adult="yes")

    def nobody_knows(self, who):
        asked(self.images, who, threat="not_known")

    def guidance(self, who):
        guided(self.images, who)

    def to_response(self, who):
        given_to(self.images, who, self.cast["olly"])

    def to_neighbourhood(self, who):
        given_to(self.images, who, self.cast["noor"], "neighbourhood")

    def to_specialist(self, who):
        given_to_specialist(self.images, who, self.cast["iris"])

    def see(self, who):
        seen(self.images, who)

    def notice(self, who):
        noticed(self.images, who)

    def investigate(self, who):
        investigated(self.images, who)

    def resolve(self, who):
        resolved(self.images, who)

    def resolve_with_reasons(self, who):
        resolved(self.images, who, "21", although="Her wish", no_ppn_because="Known to social care since Monday")

    def error(self, who):
        verbs.no_shared_image(self.images, by=who, because="A cartoon")

    def reopen(self, who):
        verbs.reopen_images(self.images, by=who, because="There is more")


STEPS = [name for name, each in vars(Life).items() if callable(each) and not name.startswith("_")]
WHO = ["olly", "rosa", "noor", "callie", "ravi", "iris", "dina"]
USUALLY = ["nothing_more_to_it", "guidance", "to_response", "see", "notice", "resolve"]
A_LIFE = st.one_of(
    st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(WHO), st.integers(0, 30)), max_size=14),
    st.permutations(USUALLY).map(lambda order: [(each, "dina", 3) for each in [*order, *order, *order]]),
)


@FEW
@given(steps=A_LIFE)
def test_in_any_order(clock, cast, steps):
    clock.set(MONDAY)
    life = Life(cast)
    for step, who, hours in steps:
        clock.shift(timedelta(hours=hours))
        sweep()
        with suppress(NotNow, NotYours):
            getattr(life, step)(cast[who])
        images = life.images
        running = Clock.running().filter(record=life.key)
        assert running.exists() == (images.state in verbs.OPEN)
        if images.state in verbs.OPEN:
            assert images.due_at == min(running.values_list("due_at", flat=True))
            assert (images.handler != "") == (images.state == "allocated")
        if images.handler not in ("", "specialist"):
            assert images.guidance
            assert not images.is_aggravated
            assert not images.not_asked
        if images.state == "resolved":
            assert images.seen_at
            assert images.seen_by.username not in ("callie", "ravi")
            assert not images.not_asked
            assert images.ppn_id or images.no_ppn_because
            assert images.online_case_id or not images.is_aggravated
