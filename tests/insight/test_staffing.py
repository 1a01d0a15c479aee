"""Who is planned, who is here, and who hears of it where somebody is not."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from access.actor import System, acting, signed
from accounts.models import Absence
from accounts.workflow import signs_in
from demo.chronicle import Chronicle
from demo.figures import Figures
from demo.insight_staffing import events
from demo.scene import Scene
from insight.models import ShiftPlan
from insight.queues import QUEUES
from insight.staffing_due import can_finish, due_before
from insight.staffing_held import held_while_off_duty
from insight.staffing_now import presence, shift_ends
from insight.staffing_shifts import hours_of, lasts
from insight.workflow import look_who_is_here, plan_shift, record_absence, set_pattern, take_off_plan
from ppn.workflow import take
from sla.calendar import local
from sla.engine import sweep
from sla.models import Clock
from tests.conftest import MONDAY, hours, minutes
from tests.insight.lives import steps
from tests.stories import away, submitted, told
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 3)
EIGHT = datetime(2026, 3, 3, 8, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def planned(by, person, day=TUESDAY, shift="office"):
    team = person.postings.get().team
    return plan_shift(ShiftPlan(), by=by, team=team, person=person, day=day, shift=shift)


def as_it_is(plan):
    with acting(System("test")):
        return ShiftPlan.objects.get(pk=plan.pk)


@pytest.mark.parametrize(
    ("day", "length"),
    [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 3, 29), 8), (date(2026, 10, 25), 8)],
)
def test_a_night_shift_lasts_as_long_as_the_night_does(day, length):
    assert lasts(hours_of(day, time(23), time(7))) == hours(length)


def test_exactly_an_hour_after_it_began_nobody_is_told_and_a_moment_later_the_supervisor_is(clock, cora, sam):
    plan = planned(sam, cora)
    clock.set(EIGHT + hours(1))
    look_who_is_here()
    assert as_it_is(plan).state == "planned"
    clock.shift(MOMENT)
    look_who_is_here()
    clock.shift(MOMENT)
    sweep()
    assert as_it_is(plan).state == "not_seen"
    assert told() == ["sam"]


def test_on_the_night_the_clocks_go_back_the_hour_in_which_they_are_seen_is_still_an_hour(clock, cora, sam):
    plan = planned(sam, cora, date(2026, 10, 24), "night")
    began = datetime(2026, 10, 24, 22, tzinfo=UTC)  # eleven at night, by the summer's clock
    assert (plan.starts_at, plan.ends_at) == (began, began + hours(9))
    clock.set(began + hours(1))
    look_who_is_here()
    assert as_it_is(plan).state == "planned"
    clock.shift(MOMENT)
    look_who_is_here()
    clock.shift(MOMENT)
    sweep()
    assert (as_it_is(plan).state, told()) == ("not_seen", ["sam"])


def test_a_supervisor_who_is_away_that_night_is_stood_in_for_and_hears_nothing(clock, cora, sam, ines):
    planned(sam, cora, date(2026, 3, 28), "night")
    clock.set(datetime(2026, 3, 28, 23, tzinfo=UTC))  # the clocks go forward at one
    away(sam, days=1, cover=ines)
    clock.shift(hours(1) + MOMENT)
    look_who_is_here()
    clock.shift(MOMENT)
    sweep()
    assert told() == ["ines"]


def test_when_a_supervisor_says_nothing_for_an_hour_the_one_above_them_hears(clock, cora, sam):
    planned(sam, cora)
    clock.set(EIGHT + hours(1) + MOMENT)
    look_who_is_here()
    clock.shift(hours(1) - MOMENT)
    sweep()
    assert told() == ["sam"]
    clock.shift(2 * MOMENT)
    sweep()
    assert told() == ["sam", "ines"]


def test_a_sign_in_of_somebody_else_or_from_before_does_not_say_that_they_are_here(clock, cora, cole, hana, sam):
    plan = planned(sam, cora)
    clock.set(EIGHT - hours(1) - MOMENT)
    signs_in(cora)  # a moment too early for this shift: she had stayed for the one before
    clock.set(EIGHT)
    for somebody in (cole, hana):
        signs_in(somebody)
    clock.set(EIGHT + hours(1) + MOMENT)
    look_who_is_here()
    assert as_it_is(plan).state == "not_seen"


def test_what_somebody_does_on_a_record_says_that_they_are_here_and_since_when(clock, cora, olly, sam):
    plan, ppn = planned(sam, cora), submitted(olly)
    clock.set(EIGHT + hours(2))
    look_who_is_here()
    assert as_it_is(plan).state == "not_seen"
    take(ppn, by=cora)
    clock.shift(minutes(1))
    look_who_is_here()
    came = as_it_is(plan)
    assert (came.state, came.seen_at, came.seen_how) == ("seen", EIGHT + hours(2), "Did something on a record")


def test_an_absence_of_today_does_not_excuse_yesterday(clock, cora, cole, sam):
    yesterday, today = planned(sam, cora), planned(sam, cora, date(2026, 3, 4))
    clock.set(EIGHT + hours(2))
    look_who_is_here()
    clock.set(EIGHT + hours(23))
    away(cora, days=5, cover=cole)
    clock.set(EIGHT + hours(26))
    look_who_is_here()
    assert (as_it_is(yesterday).state, as_it_is(today).state) == ("not_seen", "absent")


def test_planned_and_present_are_told_apart_by_team_and_shift(clock, cora, cole, sam, hana, hugo):
    planned(sam, cora)
    planned(sam, cole, shift="late")
    planned(hugo, hana)
    clock.set(EIGHT + hours(7) - MOMENT)  # a moment before the late shift begins
    signs_in(cora)
    look_who_is_here()
    assert shifts_now(clock.at, sam) == {(cora.postings.get().team, "Office hours"): (1, 1, 0, 0, 0),
                                         (hana.postings.get().team, "Office hours"): (1, 0, 0, 1, 0)}  # fmt: skip
    clock.shift(MOMENT)
    assert shifts_now(clock.at, sam)[cole.postings.get().team, "Late"] == (1, 0, 1, 0, 0)
    clock.set(EIGHT + hours(9))  # exactly at its end a shift is over
    assert set(shifts_now(clock.at, sam)) == {(cole.postings.get().team, "Late")}


def shifts_now(at, who):
    with acting(who):
        return {
            (each.team, each.shift): (each.planned, each.here, each.expected, each.not_seen, each.away)
            for each in presence(at)
            if each.shift
        }


def test_the_shift_that_goes_on_ends_when_the_last_who_is_planned_goes_and_else_by_the_clock(clock, cora, cole, sam):
    team = cora.postings.get().team
    assert shift_ends(team, [], EIGHT) == EIGHT + hours(7)
    plans = [planned(sam, cora), planned(sam, cole, shift="early")]
    assert shift_ends(team, plans, EIGHT) == EIGHT + hours(9)
    at_night = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert shift_ends(team, [], at_night) == datetime(2026, 10, 25, 7, tzinfo=UTC)
    set_pattern(by=sam, team=team, shift="late", begins=time(16), ends=time(0), from_day=TUESDAY, because="Agreed")
    gap = datetime(2026, 3, 3, 15, 30, tzinfo=UTC)
    assert shift_ends(team, [], gap) == datetime(2026, 3, 4, tzinfo=UTC)


def test_what_is_due_exactly_when_the_shift_ends_will_be_missed_in_it_and_a_moment_later_not(clock, olly, sam):
    ppn = submitted(olly)
    due = Clock.running().filter(record=ppn.pk, team=ppn.team_id).order_by("due_at").first().due_at
    with acting(sam):
        assert [each.record for each in due_before(ppn.team, clock.at, due, who=sam, most=5).shown] == [ppn]
        assert due_before(ppn.team, clock.at, due - MOMENT, who=sam, most=5).total == 0
        assert due_before(ppn.team, due, due, who=sam, most=5).total == 0  # it is due now: late from the next moment on


def test_what_somebody_may_not_open_is_counted_and_not_shown(clock, olly, sam, greta):
    ppn = submitted(olly)
    due = Clock.running().filter(record=ppn.pk, team=ppn.team_id).order_by("due_at").first().due_at
    for person, shown in ((sam, 1), (greta, 0)):
        with acting(person):
            found = due_before(ppn.team, clock.at, due, who=person, most=5)
        assert (found.total, len(found.shown), found.others) == (1, shown, 1 - shown), person


def test_what_a_team_can_finish_is_what_its_people_finished_in_the_same_hours_on_days_like_today(
    clock, cora, olly, anya
):
    team, queue = cora.postings.get().team, QUEUES["notices"]
    clock.set(datetime(2026, 3, 9, 10, tzinfo=UTC))
    for number in range(12):  # two weeks and a weekend; on weekdays two and three in turn, and twice nothing
        here = number not in (3, 4)
        steps(cora, queue, done=(2 + number % 2) * here)
        steps(anya, queue, done=9)  # of another team
        clock.shift(hours(2))
        steps(cora, queue, done=4 * here)  # at noon: after the hours that are asked for
        clock.shift(hours(22))
    clock.set(datetime(2026, 3, 23, 9, tzinfo=UTC))
    found = can_finish(team, clock.at, datetime(2026, 3, 23, 11, tzinfo=UTC))
    assert (found.days, found.low, found.middle, found.high, found.weekend) == (10, 0, 2, 3, False)
    to_the_minute = can_finish(team, datetime(2026, 3, 23, 10, tzinfo=UTC), datetime(2026, 3, 23, 12, tzinfo=UTC))
    assert to_the_minute.middle == 4  # what was done exactly at the beginning is not in it, at the end it is


def test_of_a_team_that_has_finished_nothing_yet_nothing_is_said(clock, cora):
    found = can_finish(cora.postings.get().team, clock.at, clock.at + hours(4))
    assert (found.days, found.known) == (0, False)


def test_the_same_hours_are_the_same_by_the_clock_on_the_wall_over_the_change_of_clocks(clock, cora):
    team, queue = cora.postings.get().team, QUEUES["notices"]
    for day in (23, 24, 25, 26, 27):  # the week before the clocks go forward
        clock.set(datetime(2026, 3, day, 9, 30, tzinfo=UTC))
        steps(cora, queue, done=1)
    monday = date(2026, 3, 30)
    found = can_finish(team, local(monday, time(9)), local(monday, time(10)))
    assert (found.days, found.middle) == (5, 1)


def test_somebody_who_leaves_a_team_takes_nothing_of_its_past_away(clock, cora):
    post, queue = cora.postings.get(), QUEUES["notices"]
    for day in range(2, 7):
        clock.set(datetime(2026, 3, day, 9, 30, tzinfo=UTC))
        steps(cora, queue, done=1)
    with signed(System("test")):
        post.ends = clock.at + hours(1)
        post.save()
    monday = date(2026, 3, 9)
    assert can_finish(post.team, local(monday, time(9)), local(monday, time(10))).days == 5


def test_the_page_of_a_team_says_what_will_be_missed_who_holds_what_and_whether_it_is_enough(
    client, clock, cora, cole, olly, sam
):
    for day in (3, 4, 5, 6, 9):
        clock.set(datetime(2026, 3, day, 12, tzinfo=UTC))
        steps(cora, QUEUES["notices"], done=1)
    clock.set(datetime(2026, 3, 10, 8, tzinfo=UTC))
    planned(sam, cora, date(2026, 3, 10))
    for each in (submitted(olly, grade="red"), submitted(olly, grade="red")):
        take(each, by=cole)
    taken = submitted(olly, grade="red")
    take(taken, by=cora)
    client.force_login(sam)
    page = client.get(reverse("staffing-team", args=[taken.team_id])).content.decode()
    assert "Holds 1 in Notices to review" in page
    assert "Holds 2 in Notices to review" in page
    assert taken.reference in page
    assert "That is not enough." in page


def test_the_pages_of_staffing_ask_the_database_no_more_for_many_people_than_for_one(
    client, clock, cora, cole, sam, olly, django_assert_max_num_queries
):
    clock.set(EIGHT)
    planned(sam, cora)
    for _ in range(6):  # that many about one child: a decision on a strategy meeting is due, too
        ppn = submitted(olly)
    take(ppn, by=cora)
    client.force_login(sam)
    pages, counted = [reverse("staffing"), reverse("staffing-team", args=[cora.postings.get().team_id])], []
    for page in pages:
        with django_assert_max_num_queries(50) as few:
            client.get(page)
        counted.append(len(few))
    planned(sam, cole)
    for _ in range(3):
        take(submitted(olly), by=cole)
    for page, most in zip(pages, counted, strict=True):
        with django_assert_max_num_queries(most):
            client.get(page)


def test_whoever_signed_in_is_here_and_nobody_is_told(clock, cora, sam):
    plan = planned(sam, cora)
    clock.set(EIGHT - hours(1))
    signs_in(cora)
    clock.set(EIGHT + hours(2))
    look_who_is_here()
    sweep()
    assert (as_it_is(plan).state, told()) == ("seen", [])


def test_a_supervisor_who_is_away_holds_nothing_up(clock, cora, sam, ines):
    planned(sam, cora)
    away(sam, days=14, cover=ines)
    clock.set(EIGHT + hours(1) + MOMENT)
    look_who_is_here()
    clock.shift(MOMENT)
    sweep()
    assert told() == ["ines"]


def test_the_supervisor_says_why_and_what_they_answer_for_goes_to_the_cover(clock, cora, cole, sam):
    plan = planned(sam, cora)
    clock.set(EIGHT + hours(2))
    look_who_is_here()
    ill = {"kind": "sick", "ends": EIGHT + hours(9), "cover": cole, "because": "She rang"}
    record_absence(as_it_is(plan), by=sam, **ill)
    assert Absence.objects.get(person=cora).cover == cole
    assert as_it_is(plan).state == "absent"


def test_nobody_is_planned_twice_or_while_they_are_away_or_for_a_shift_that_is_over(clock, cora, cole, sam):
    planned(sam, cora)
    for refused, day, shift in (
        ("planned then already", TUESDAY, "early"),
        ("That shift is over", MONDAY.date() - timedelta(days=1), "office"),
    ):
        with pytest.raises(NotNow, match=refused):
            planned(sam, cora, day, shift)
    away(cole, days=5, cover=cora)
    with pytest.raises(NotNow, match="is away then"):
        planned(sam, cole)


def test_somebody_is_taken_off_with_a_reason_and_never_by_themselves(clock, cora, sam):
    plan = planned(sam, cora)
    with pytest.raises(NotNow, match="Say why"):
        take_off_plan(plan, by=sam, because=" ")
    assert take_off_plan(as_it_is(plan), by=sam, because="Swapped").state == "taken_off"
    planned(sam, cora)


@pytest.mark.parametrize("name", ["staffing", "staffing-team", "shiftplan", "new-shiftplan", "shiftplan-absent"])
def test_the_pages_of_shifts_open_for_whoever_plans(client, clock, cora, sam, name):
    plan = planned(sam, cora)
    clock.set(EIGHT + hours(2))
    look_who_is_here()
    keys = {"staffing-team": [plan.team_id], "staffing": [], "new-shiftplan": []}.get(name, [plan.pk])
    client.force_login(sam)
    assert client.get(reverse(name, args=keys)).status_code == 200
    assert "nobody has seen them" in client.get("/").content.decode()


def test_the_home_page_says_by_when_the_supervisor_answers_and_what_waits_with_them(client, clock, cora, sam, olly):
    take(submitted(olly), by=cora)
    planned(sam, cora)
    clock.set(EIGHT + hours(1) + MOMENT)
    look_who_is_here()
    client.force_login(sam)
    page = client.get("/").content.decode()
    assert "They hold 1 in Notices to review" in page
    assert "Tue 3 March 2026, 10:00" in page
    client.force_login(cora)
    assert "nobody has seen them" not in client.get("/").content.decode()


def test_work_held_by_somebody_who_is_away_is_counted_and_there_should_be_none(clock, cora, cole, olly):
    ppn = submitted(olly)
    assert held_while_off_duty(clock.at) == []
    take(ppn, by=cora)
    away(cora, days=5, cover=cole)
    (held,) = held_while_off_duty(clock.at)
    assert (held.person, held.count, held.why, held.cover) == (cora, 1, "Away", cole)


@pytest.mark.parametrize(
    ("at", "shift", "of_one"),
    [
        (datetime(2026, 3, 3, 11, tzinfo=UTC), "early", "not_seen"),
        (datetime(2026, 3, 3, 3, tzinfo=UTC), "night", "not_seen"),
        (datetime(2026, 3, 3, 15, 30, tzinfo=UTC), "late", "planned"),
    ],
)
def test_in_the_demonstration_all_came_but_one_whatever_time_it_begins(clock, cast, at, shift, of_one):
    clock.set(at)
    scene = Scene(clock.at, Figures().scaled(0.01), cast, {})
    with acting(System("test")):
        Chronicle(scene.ago(days=2), scene.now).live(events(scene), scene.now)
        begun = list(ShiftPlan.objects.filter(starts_at__lte=clock.at))
    assert {plan.shift for plan in begun} == {shift}
    states = {plan.person.username: plan.state for plan in begun}
    assert states.pop("cole") == of_one
    assert set(states.values()) == {"seen"}
    assert len(states) == 6
