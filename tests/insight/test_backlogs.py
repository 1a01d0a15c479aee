"""The truth about queues: what their steps say is what is there, now and at any moment before."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from access.actor import System, acting
from history.replay import as_it_stood
from insight.backlog import AGES, age_band, oldest, truth
from insight.backlog_flow import (
    A_MOMENT,
    COUNTS,
    Flow,
    Hour,
    by_day,
    by_week,
    flow,
    flows,
    grew_each_week,
    waiting_since,
)
from insight.backlog_flow import Span as Week
from insight.backlog_list import lines_of
from insight.queues import ALL, QUEUES
from ppn.workflow import SubjectFacts
from sla.calendar import local
from sla.models import Clock
from tests.conftest import hours, minutes
from tests.house.one_of_each import one_of_each
from tests.insight.lives import days_of_steps, something_happens, steps
from tests.partners.scenes import a_recipient, an_agency
from tests.stories import called_in, submitted
from tests.strategy.meetings import asked
from tests.triage.scenes import with_the_phone

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
GROWN = SubjectFacts(part="adult", name="Ada Example", seen="yes", spoken_to="yes")


def there(queue):
    with acting(COUNTS):
        return queue.waiting().count()


def test_what_the_steps_say_is_what_is_there_in_every_queue_now_and_as_it_stood(clock, cast):
    before = clock.at
    a_recipient(one_of_each(cast)["ppn"], an_agency("Hollow Council"), cast["cora"])
    with_the_phone(cast["callie"], cast["tara"], cast["tess"])
    asked(cast["sam"])
    moments = [before, clock.at]
    for number in range(3):
        clock.shift(hours(5))
        submitted(cast["olly"])
        called_in(cast["callie"], grade="G3" if number % 2 else "G2")
        moments.append(clock.at)
    clock.shift(hours(1))
    assert [queue.code for queue in ALL if not there(queue)] == [], "something waits in each"
    for queue in ALL:
        known = flow(queue, LONG_AGO, clock.at)
        assert known.closing == known.opening + known.arrived - known.done == there(queue), queue.code
        for at in moments:
            found = flow(queue, LONG_AGO, at)
            assert found.arrived - found.done == len(waiting_since(queue, at)), queue.code
            with acting(System("test")), as_it_stood(at):
                assert queue.waiting().count() == found.closing, (queue.code, at)


def test_a_random_life_says_at_every_moment_what_was_there_then(clock, cast):
    chance, written = Random(1103), []
    for _ in range(60):
        clock.shift(minutes(chance.uniform(1, 240)))  # over a night, so that days and hours differ
        something_happens(chance, cast)
        written.append((clock.at, {queue.code: there(queue) for queue in ALL}, said_of_each(clock.at)))
    clock.shift(hours(1))
    for at, was, _ in written:
        found = flows(ALL, LONG_AGO, at)
        assert {code: each.closing for code, each in found.items()} == was, at
    for at, _, said in written[::6]:
        with acting(System("test")), as_it_stood(at):
            assert said_of_each(at) == said, at
    assert len({was["notices"] for _, was, _ in written}) > 3, "something came and went"
    assert any(late for _, _, said in written for _, _, _, late, _ in said.values()), "and was late"


def said_of_each(at):
    return {
        line.queue.code: (line.total, line.sure, line.not_known, line.breached, line.oldest) for line in lines_of(at)
    }


@settings(max_examples=20, deadline=None)
@given(
    hours_seen=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 9), st.integers(0, 9)), max_size=30),
    opening=st.integers(0, 50),
    cut=st.integers(0, 8),
)
def test_days_and_weeks_of_a_flow_add_up_wherever_it_is_cut(hours_seen, opening, cut):
    begins = datetime(2026, 3, 23, tzinfo=UTC)  # the clocks go forward on the Sunday of this week
    seen = {number: (came, done) for number, came, done in hours_seen}
    made = tuple(Hour(begins + hours(number), *seen[number]) for number in sorted(seen))
    whole = Flow(begins - A_MOMENT, begins + hours(200), opening, made)
    later = whole.after(local(begins.date() + timedelta(days=cut)) - A_MOMENT)
    assert later.closing == whole.closing
    for spans in (by_day(whole), by_week(whole), by_day(later)):
        assert spans[-1].waiting == whole.closing
    assert sum(day.arrived for day in by_day(whole)) == whole.arrived


def test_the_list_says_of_each_queue_what_its_own_page_says(clock, cast):
    one_of_each(cast)
    clock.shift(hours(30))
    for line in lines_of(clock.at):
        own = truth(line.queue, clock.at)
        said = (own.total, own.sure, own.not_known, own.breached, own.oldest)
        assert (line.total, line.sure, line.not_known, line.breached, line.oldest) == said, line.queue.code


def test_the_list_asks_the_database_no_more_for_many_than_for_few(
    client, clock, anya, olly, callie, django_assert_max_num_queries
):
    client.force_login(anya)
    client.get(reverse("backlogs"))
    with django_assert_max_num_queries(40) as few:
        client.get(reverse("backlogs"))
    for _ in range(5):
        submitted(olly)
        called_in(callie)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("backlogs"))


def test_a_queue_in_which_nothing_waits_and_nothing_happened_stands_beneath_the_others(client, clock, anya, olly):
    client.force_login(anya)
    submitted(olly)
    page = client.get(reverse("backlogs"))
    above, beneath = ([line.queue.code for line in page.context[part]] for part in ("lines", "quiet"))
    assert "notices" in above
    assert "visor" in beneath
    assert sorted([*above, *beneath]) == sorted(QUEUES)
    assert QUEUES["visor"].name in page.content.decode()


def test_a_queue_asks_the_database_no_more_for_many_than_for_few(
    client, clock, sue, olly, django_assert_max_num_queries
):
    client.force_login(sue)
    for _ in range(5):  # as many as are shown one by one
        submitted(olly)
    with django_assert_max_num_queries(60) as few:
        client.get(reverse("queue-backlog", args=["notices"]))
    for _ in range(5):
        submitted(olly)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("queue-backlog", args=["notices"]))


def test_what_is_due_exactly_now_is_not_late_and_a_moment_later_it_is(clock, olly):
    ppn = submitted(olly)
    clock.set(Clock.running().filter(record=ppn.pk).order_by("due_at").first().due_at)
    assert (truth(QUEUES["notices"], clock.at).breached, lines_of(clock.at)[0].breached) == (0, 0)
    clock.shift(A_MOMENT)
    assert (truth(QUEUES["notices"], clock.at).breached, lines_of(clock.at)[0].breached) == (1, 1)


def test_a_notice_waits_from_its_submission_and_is_one_arrival(clock, olly):
    ppn = submitted(olly)
    clock.shift(hours(2))
    queue = QUEUES["notices"]
    assert waiting_since(queue, clock.at) == {ppn.pk: ppn.submitted_at}
    today = by_day(flow(queue, clock.at - timedelta(days=1), clock.at))[-1]
    assert (today.arrived, today.done, today.waiting) == (1, 0, 1)


def test_at_four_hours_it_is_no_longer_under_four_hours():
    ends = [least for _, least in AGES[1:]]
    assert [age_band(end) for end in ends] == [1, 2, 3, 4]
    assert [age_band(end - timedelta(microseconds=1)) for end in ends] == [0, 1, 2, 3]


def test_not_known_counts_as_a_child_and_so_does_one_who_is_named_whatever_is_said(clock, olly):
    for child in ("yes", "not_known", "no"):
        submitted(olly, child=child)
    submitted(olly, subjects=[GROWN], child="not_known")
    submitted(olly, subjects=[GROWN], child="no")
    found = truth(QUEUES["notices"], clock.at)
    assert (found.total, found.sure, found.not_known, found.no_child) == (5, 3, 1, 1)  # three name a girl of seven
    for parts in (found.ages, found.risks):
        assert (sum(part.total for part in parts), sum(part.children for part in parts)) == (5, 4)


def test_work_that_does_not_say_whether_a_child_is_concerned_is_not_known(clock, cast):
    one_of_each(cast)
    found = truth(QUEUES["visor"], clock.at)
    assert (found.sure, found.not_known) == (0, found.total)
    assert found.total


def test_what_is_held_up_is_counted(clock, olly):
    submitted(olly)
    held = {each.words: each.count for each in truth(QUEUES["notices"], clock.at).held_up}
    assert held["notices with a child, or where nobody knows, of which no agency has been told"] == 1


def test_what_one_record_holds_up_is_said_of_it_alone(client, clock, sam, olly, cora):
    first = submitted(olly)
    clock.shift(hours(1))
    grown = submitted(olly, subjects=[GROWN], child="no")
    a_recipient(grown, an_agency("Hollow Council"), cora)
    with acting(sam):
        said = {each.record: {held.words for held in each.held_up} for each in oldest(QUEUES["notices"], clock.at)}
    assert list(said) == [first, grown]
    assert "decisions on telling an agency" in said[grown]
    assert not any("with a child" in words for words in said[grown])
    assert any("with a child" in words for words in said[first])
    client.force_login(sam)
    page = client.get(reverse("queue-backlog", args=["notices"])).content.decode()
    assert "decisions on telling an agency (1)" in page


def week(arrived, done, partly=False):
    return Week(datetime(2026, 3, 2, tzinfo=UTC).date(), arrived, done, 0, partly)


def test_four_weeks_running_are_named_and_three_are_not():
    growing = week(5, 4)
    assert grew_each_week([growing] * 4, 4)
    assert not grew_each_week([week(4, 4), *[growing] * 3], 4)
    assert not grew_each_week([growing] * 3, 4)
    assert not grew_each_week([*[growing] * 3, week(9, 0, partly=True)], 4)


@pytest.mark.parametrize("code", QUEUES)
def test_each_queue_has_its_page_for_whoever_sees_figures(client, clock, anya, code):
    client.force_login(anya)
    answer = client.get(reverse("queue-backlog", args=[code]))
    assert answer.status_code == 200
    assert "Too little is known" in answer.content.decode()


def test_the_list_of_queues_is_for_those_who_see_figures(client, clock, anya, olly):
    submitted(olly)
    for person, status in ((anya, 200), (olly, 403)):
        client.force_login(person)
        assert client.get(reverse("backlogs")).status_code == status
    assert client.get("/insight/backlogs/no-such/").status_code in (403, 404)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("people=many", "More people: a whole number from -50 to 50"),
        ("people=51", "More people: a whole number from -50 to 50"),
        ("more=13.5", "More coming in: a whole number from -90 to 300"),
        ("more=-91", "More coming in: a whole number from -90 to 300"),
        ("people=2&from_day=99", "Choose one of the answers offered: From which day?"),
    ],
)
def test_a_question_that_makes_no_sense_names_the_field_and_keeps_what_was_typed(client, clock, anya, typed, said):
    days_of_steps(clock, anya, QUEUES["notices"], days=30, came=5, done=4)
    client.force_login(anya)
    answer = client.get(f"{reverse('queue-backlog', args=['notices'])}?{typed}")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert f'value="{typed.split("&")[0].split("=")[1]}"' in page
    assert "With 2 people" not in page


def test_two_more_people_on_a_day_and_thirteen_per_cent_more_are_answered_together(client, clock, anya):
    days_of_steps(clock, anya, QUEUES["notices"], days=30, came=5, done=4)
    client.force_login(anya)
    answer = client.get(reverse("queue-backlog", args=["notices"]) + "?people=2&from_day=3&more=20")
    assert answer.status_code == 200
    with_them, plain = answer.context["asked"], answer.context["table"]
    page = answer.content.decode()
    assert "With 2 people more from Sat 4 April 2026" in page
    assert "20 per cent more coming in" in page
    assert answer.context["rate"].a_day == 4
    # Each day brings 6 and not 5, of which 4 are finished; from the fourth day on two more people finish 8 more.
    assert [each.median for _, each in plain[:4]] == [31, 32, 33, 34]
    assert [each.median for _, each in with_them["table"][:4]] == [32, 34, 36, 30]


def test_a_day_on_which_the_clocks_change_loses_nothing_and_counts_nothing_twice(clock, anya):
    clock.set(datetime(2026, 10, 24, 22, 30, tzinfo=UTC))  # half past eleven at night; the clocks go back at two
    for _ in range(26):
        steps(anya, QUEUES["notices"], came=1)
        clock.shift(hours(1))
    days = by_day(flow(QUEUES["notices"], datetime(2026, 10, 23, 23, tzinfo=UTC) - A_MOMENT, clock.at))
    assert [(day.first.day, day.arrived) for day in days] == [(24, 1), (25, 25), (26, 0)]


def test_the_head_of_a_queue_that_grows_reads_so_on_the_home_page(client, clock, anya, ines):
    clock.set(datetime(2026, 3, 2, 9, tzinfo=UTC))
    days_of_steps(clock, anya, QUEUES["notices"], days=28, came=3, done=2)
    for person, named in ((ines, True), (anya, False)):
        client.force_login(person)
        said = "Notices to review: 28 more than 4 weeks ago" in client.get("/").content.decode()
        assert said is named, person
