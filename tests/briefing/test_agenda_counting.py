"""Nothing that a part finds is missing from the agenda, and nothing is on it twice, whatever the parts find."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.actor import acting
from briefing.agenda import AGES, FIRST, PARTS, Found, Part, entries
from briefing.lengths import ONE_BY_ONE, RELEASES_AHEAD
from offenders.models import Approval
from online.models import OnlineCase
from partners.models import Delivery
from ppn.models import Ppn, Trigger
from tests.briefing.scenes import TEST
from tests.house.one_of_each import one_of_each
from tests.offenders.register_scenes import in_custody, registered
from tests.stories import called_in, clock_of
from triage.models import Incident

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
FAR = timedelta(days=4000)
MANY = 30

pytestmark = pytest.mark.django_db


def found(number: int, child: str, hours: float) -> Found:
    record = Incident(pk=UUID(int=number), reference=f"INC-{number}")
    children = 2 if child == "yes" else 1
    return Found(record, f"Incident {number}", "Late", child, AT - timedelta(hours=hours), children)


@st.composite
def some_parts(draw):
    """Three parts that may find the same records: two of them one by one, of which one without an end."""
    records = st.builds(
        found, st.integers(1, MANY), st.sampled_from(["yes", "not_known", "no"]), st.floats(0, 400, allow_nan=False)
    )
    lists = [draw(st.lists(records, max_size=MANY, unique_by=lambda each: each.key)) for _ in range(3)]
    return [
        Part("all", "All of them", "", "", lambda at, rows=lists[0]: rows, singly=True),
        Part("some", "Some of them", "", "", lambda at, rows=lists[1]: rows, singly=True, most=ONE_BY_ONE),
        Part("queue", "A queue", "", "", lambda at, rows=lists[2]: rows),
    ], lists


@settings(max_examples=150, deadline=None)
@given(some_parts(), st.sets(st.integers(1, MANY)))
def test_each_record_that_a_part_finds_is_an_item_or_counted_in_one(made, kept):
    parts, lists = made
    keep = {UUID(int=number) for number in kept}
    with acting(TEST):
        agenda = entries(AT, keep, parts)
        most = ONE_BY_ONE.in_force(AT)[0]
    single = [entry for entry in agenda if entry.found]
    queues = {entry.part.code: entry for entry in agenda if not entry.found}
    assert max(Counter(entry.key for entry in agenda).values(), default=1) == 1
    items = {entry.key for entry in single}
    assert {each.key for each in lists[0]} <= items
    for part, rows in zip(parts, lists, strict=True):
        left = [each for each in rows if each.key not in items]
        assert (queues[part.code].total if part.code in queues else 0) == len(left)
        concern = [each for each in left if each.child != "no"]
        assert (queues[part.code].children if part.code in queues else 0) == len(concern)
    of_some = [entry for entry in single if entry.part.code == "some"]
    assert len([entry for entry in of_some if entry.key not in keep]) <= most
    assert {each.key for each in lists[1]} & keep <= items


@settings(max_examples=100, deadline=None)
@given(some_parts())
def test_the_ages_of_a_queue_add_up_and_its_oldest_is_the_oldest(made):
    parts, _ = made
    with acting(TEST):
        queues = [entry for entry in entries(AT, (), parts) if not entry.found]
    for entry in queues:
        assert sum(number for _, number in entry.ages) == entry.total
        assert len(entry.first) == min(FIRST, entry.total)


@pytest.mark.parametrize(("label", "least"), AGES)
def test_an_age_begins_with_its_exact_length(label, least):
    def of(age):
        row = Found(Incident(pk=UUID(int=1), reference="INC-1"), "An incident", "Late", "yes", AT - age)
        with acting(TEST):
            (entry,) = entries(AT, (), [Part("queue", "A queue", "", "", lambda at: [row])])
        return next(name for name, number in entry.ages if number)

    assert of(least) == label
    if least:
        assert of(least - MOMENT) != label


PAST_ITS_TIME = {"ppn": "due_at", "online": "act_by", "approvals": "due_at", "silence": "due_at"}


def keys(code, at):
    with acting(TEST):
        part = next(part for part in PARTS if part.code == code)
        return [each.key for each in part.find(at)]


@pytest.fixture
def made(cast):
    return one_of_each(cast)


def test_what_is_past_its_time_is_on_the_agenda_a_moment_later_and_not_at_it(made, clock):
    models = {"ppn": Ppn, "online": OnlineCase, "approvals": Approval, "silence": Delivery}
    for code, field in PAST_ITS_TIME.items():
        some = keys(code, clock.at + FAR)
        assert some, code
        with acting(TEST):
            record = models[code].objects.filter(pk__in=some).order_by("-" + field).first()
        due = getattr(record, field)
        assert record.pk not in keys(code, due), code
        assert record.pk in keys(code, due + MOMENT), code


def test_a_release_is_on_the_agenda_from_a_week_before_its_day(hana, omar):
    spell = in_custody(registered(hana, omar), omar, ends_on=date(2026, 6, 10))
    with acting(TEST):
        ahead = RELEASES_AHEAD.in_force(AT)[0]
    assert keys("releases", spell.release_due_at - ahead) == [spell.pk]
    assert keys("releases", spell.release_due_at - ahead - MOMENT) == []
    assert keys("releases", spell.release_due_at + FAR) == [spell.pk]


def test_a_trigger_until_a_sergeant_has_decided_and_a_disagreement_until_it_is_settled(made, clock):
    with acting(TEST):
        states = {each.pk: each.state for each in Trigger.objects.all()}
    assert set(keys("triggers", clock.at)) == {key for key, state in states.items() if state != Trigger.State.DECIDED}
    assert keys("triggers", clock.at)
    assert made["disagreement"].pk in keys("disagreements", clock.at)


def test_a_child_not_seen_moves_from_the_queue_to_an_item_a_moment_after_the_time_to_see_them(cast):
    incident = called_in(cast["callie"])
    due = clock_of(incident, "K7").due_at
    assert incident.pk in keys("unseen_others", due)
    assert incident.pk not in keys("unseen", due)
    assert incident.pk in keys("unseen", due + MOMENT)
    assert incident.pk not in keys("unseen_others", due + MOMENT)
