"""What inspectors recommended: answered for by one named person, evidenced, confirmed by a chief officer, and never
closed by whoever answers for it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from access.actor import NotYours, acting, signed
from quality import tasks
from quality.models import ImprovementAction, MeasureSnapshot, ScrutinyMeeting
from quality.workflow import improvement, improvement_actions, improvement_snapshots
from sla.models import Clock
from tests.quality.improvement_scenes import (
    PUBLISHED,
    TEST,
    as_it_is,
    asked_for,
    begun,
    confirmed,
    evidenced,
    forced,
    month_of,
    owned,
    proposed,
    recommended,
    red,
)
from tests.quality.scrutiny_scenes import TUESDAY, asked_of, found, held, kim, paper_of, papers_sent
from tests.stories import away, clock_of
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
LETTER = {"letter": "HMI/2026/114", "letter_on": date(2026, 3, 2)}


@pytest.mark.parametrize(
    ("published", "timescale", "due"),
    [
        (date(2026, 2, 23), "immediately", date(2026, 3, 23)),
        (date(2026, 2, 23), "three_months", date(2026, 5, 23)),
        (date(2026, 8, 31), "six_months", date(2027, 2, 28)),
        (date(2025, 11, 30), "three_months", date(2026, 2, 28)),
        (date(2026, 9, 30), "three_months", date(2026, 12, 30)),
    ],
)
def test_it_is_due_so_many_calendar_months_after_it_was_published(cast, published, timescale, due):
    assert improvement.due_on(published, timescale) == due


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"text": " "}, "what is recommended"),
        ({"kind": "advice"}, "Choose what kind"),
        ({"timescale": "soon"}, "how soon"),
        ({"published_on": date(2026, 3, 3)}, "when it has been published"),
        ({"measures": ["happiness"]}, "No measure is called happiness"),
    ],
)
def test_a_recommendation_is_taken_down_whole(greta, wrong, refusal):
    with pytest.raises(NotNow, match=refusal):
        recommended(greta, **wrong)


def test_a_recommendation_is_in_the_list_once(greta):
    recommended(greta)
    with pytest.raises(NotNow, match="already"):
        recommended(greta)


@pytest.mark.parametrize("name", ["chidi", "quinn", "alma", "sue", "reva"])
def test_nobody_but_the_governance_lead_takes_one_down(cast, name):
    with pytest.raises(NotYours):
        recommended(cast[name])


def test_one_named_person_of_a_fitting_post_answers_for_it(greta, chidi, connie):
    recommendation = recommended(greta)
    with pytest.raises(NotNow, match="names somebody first"):
        improvement.take_up(recommendation, by=chidi)
    with pytest.raises(NotNow, match="holds no post that answers"):
        improvement.name_sro(recommendation, by=greta, sro=connie)
    assert improvement.name_sro(recommendation, by=greta, sro=chidi).sro == chidi


def test_nobody_else_answers_but_whoever_covers_does(greta, chidi, sue):
    recommendation = owned(greta, chidi)
    with pytest.raises(NotNow, match="Chidi Chief-Inspector answers for it"):
        improvement.take_up(recommendation, by=sue)
    away(chidi, days=10, cover=sue)
    assert improvement.take_up(recommendation, by=sue).state == "in_progress"


def test_with_another_owner_its_clocks_tell_the_other(greta, chidi, sue):
    recommendation = owned(greta, chidi)
    assert clock_of(recommendation, "GV2").owner == chidi
    improvement.name_sro(recommendation, by=greta, sro=sue)
    assert clock_of(recommendation, "GV2").owner == sue


def test_it_is_said_to_be_met_with_evidence_and_with_nothing_left_to_do(greta, chidi, connie, quinn):
    recommendation = begun(greta, chidi)
    with pytest.raises(NotNow, match="no evidence yet"):
        improvement.propose_met(recommendation, by=chidi, said="All done")
    evidenced(recommendation, quinn)
    action = asked_for(recommendation, chidi, connie)
    with pytest.raises(NotNow, match="1 action not closed yet"):
        improvement.propose_met(as_it_is(recommendation), by=chidi, said="All done")
    improvement_actions.say_done(action, person=connie, said="On every desk")
    improvement_actions.close_action(as_it_is(action), by=quinn, said="Seen on three desks")
    recommendation = improvement.propose_met(as_it_is(recommendation), by=chidi, said="All done")
    assert (recommendation.state, recommendation.proposed_by) == ("ready_for_sign_off", chidi)


@pytest.mark.parametrize("name", ["chidi", "greta", "sue", "quinn"])
def test_only_a_chief_officer_confirms(cast, greta, chidi, name):
    recommendation = proposed(greta, chidi)
    with pytest.raises(NotYours):
        improvement.confirm_met(recommendation, by=cast[name], said="Fine")


def test_nobody_confirms_what_they_answer_for_even_as_cover(greta, sue, alma):
    recommendation = begun(greta, sue)
    evidenced(recommendation, sue)
    away(alma, days=10, cover=sue)
    recommendation = improvement.propose_met(as_it_is(recommendation), by=sue, said="Met")
    with pytest.raises(NotNow, match="You answer for it"):
        improvement.confirm_met(recommendation, by=sue, said="Fine")


@pytest.mark.parametrize("field", ["confirmed", "closed"])
def test_the_database_says_so_too(clock, greta, chidi, field):
    recommendation = proposed(greta, chidi)
    with pytest.raises(IntegrityError), transaction.atomic():
        forced(recommendation, **{f"{field}_by": chidi, f"{field}_at": clock.at})


def test_a_chief_officer_who_is_not_convinced_sends_it_back(greta, chidi, alma):
    recommendation = proposed(greta, chidi)
    with pytest.raises(NotNow, match="what is missing"):
        improvement.send_back(recommendation, by=alma, because=" ")
    recommendation = improvement.send_back(recommendation, by=alma, because="One month is not enough")
    assert (recommendation.state, recommendation.proposed_by) == ("in_progress", None)


def test_the_inspectorate_closes_it_with_a_letter_that_the_governance_lead_records(greta, chidi, alma):
    recommendation = confirmed(greta, chidi, alma)
    with pytest.raises(NotNow, match="letter"):
        improvement.closed_by_inspectorate(recommendation, by=greta, **{**LETTER, "letter": ""})
    with pytest.raises(NotNow, match="not in the future"):
        improvement.closed_by_inspectorate(recommendation, by=greta, **{**LETTER, "letter_on": date(2026, 3, 3)})
    assert improvement.closed_by_inspectorate(recommendation, by=greta, **LETTER).state == "closed_by_inspector"


def test_the_force_closes_what_is_no_cause_of_concern(greta, chidi, alma):
    concern = confirmed(greta, chidi, alma, kind="cause_of_concern")
    with pytest.raises(NotNow, match="by the inspectorate alone"):
        improvement.close_by_force(concern, by=greta, said="Done")
    other = confirmed(greta, chidi, alma, number="4")
    closed = improvement.close_by_force(other, by=greta, said="Measured for a quarter")
    assert closed.state == "closed_by_force"
    again = improvement.reopen_recommendation(closed, by=greta, because="It has slipped")
    assert (again.state, again.confirmed_by, again.closed_by) == ("in_progress", None, None)
    assert clock_of(again, "GV2").stopped_at is None


def test_a_rating_says_why_and_since_when_it_is_red(clock, greta, chidi):
    recommendation = begun(greta, chidi)
    with pytest.raises(NotNow, match="why"):
        improvement.rate(recommendation, by=chidi, rag="red", said="")
    with pytest.raises(NotNow, match="red, amber or green"):
        improvement.rate(recommendation, by=chidi, rag="purple", said="So")
    first = red(recommendation, chidi).red_since
    clock.shift(timedelta(days=30))
    assert red(recommendation, chidi).red_since == first
    green = improvement.rate(as_it_is(recommendation), by=chidi, rag="green", said="Four weeks in time")
    assert green.red_since is None


def test_the_action_plan_has_a_place_and_a_day(greta, chidi):
    recommendation = owned(greta, chidi)
    with pytest.raises(NotNow, match="after the report was published"):
        improvement.record_plan(recommendation, by=greta, plan_ref="Plan 1", plan_sent_on=date(2026, 2, 1))
    improvement.record_plan(recommendation, by=greta, plan_ref="Plan 1", plan_sent_on=PUBLISHED)
    assert clock_of(recommendation, "GV1").stopped_at


# Actions


def test_nobody_closes_their_own_action(greta, chidi, connie, quinn):
    action = asked_for(begun(greta, chidi), chidi, quinn)
    action = improvement_actions.say_done(action, person=quinn, said="Done")
    with pytest.raises(NotNow, match="somebody else looks"):
        improvement_actions.close_action(action, by=quinn, said="Fine")
    with pytest.raises(IntegrityError), transaction.atomic():
        forced(action, closed_by=quinn, closed_at=action.done_at, closed_said="Fine")
    assert improvement_actions.close_action(action, by=chidi, said="Seen").state == "closed"


def test_whoever_says_for_another_that_it_is_done_does_not_close_it(greta, chidi, connie, quinn):
    action = asked_for(begun(greta, chidi), chidi, connie)
    action = improvement_actions.say_done(action, person=quinn, said="Connie told me")
    with pytest.raises(NotNow, match="somebody else looks"):
        improvement_actions.close_action(action, by=quinn, said="Fine")


def test_an_officer_says_of_their_own_alone_that_it_is_done_or_whoever_covers(greta, chidi, connie, olly, carl):
    action = asked_for(begun(greta, chidi), chidi, connie)
    with pytest.raises(NotNow, match="Connie Control-Supervisor says"):
        improvement_actions.say_done(action, person=olly, said="Done")
    away(connie, days=3, cover=olly)
    assert improvement_actions.say_done(action, person=olly, said="Done").done_by == olly


def test_what_is_not_done_after_all_is_open_again(greta, chidi, connie, quinn):
    action = asked_for(begun(greta, chidi), chidi, connie)
    action = improvement_actions.say_done(action, person=connie, said="Done")
    action = improvement_actions.action_not_done_yet(action, by=quinn, because="Not on the night desk")
    assert (action.state, action.done_by) == ("open", None)
    assert clock_of(action, "GV5").stopped_at is None


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"what": " "}, "what has to be done"),
        ({"what": "Ring Anya"}, "Take out what says who it is about: Anya Example"),
        ({"owner_kind": "nobody"}, "Choose whose it is"),
        ({"owner_kind": "partner"}, "Name the agency"),
        ({"owner_kind": "officer", "owner": None}, "Name the person"),
        ({"due": date(2026, 4, 13)}, "still to come"),
    ],
)
def test_an_action_of_the_group_is_somebodys_by_a_day(clock, cast, chidi, said, refusal):
    meeting = papers_sent(cast)
    clock.set(TUESDAY)
    held(meeting, chidi)
    with pytest.raises(NotNow, match="what the group found first"):
        asked_of(paper_of(meeting), chidi, owner=cast["connie"])
    paper = found(paper_of(meeting), chidi)
    with pytest.raises(NotNow, match=refusal):
        asked_of(paper, chidi, **{"owner": cast["connie"], **said})


def test_what_a_partner_agency_does_only_the_chair_closes(clock, cast, chidi, quinn, sam):
    council = kim(sam).agency
    meeting = papers_sent(cast)
    clock.set(TUESDAY)
    held(meeting, chidi)
    action = asked_of(found(paper_of(meeting), chidi), chidi, owner_kind="partner", agency=council)
    assert (action.whose, action.owner) == ("Vale Council", None)
    action = improvement_actions.say_done(action, person=quinn, said="Kim wrote")
    for verb in (improvement_actions.close_action, improvement_actions.action_not_needed):
        with pytest.raises(NotNow, match="by the chair of the scrutiny group"):
            verb(action, by=quinn, said="Fine")
    assert improvement_actions.close_action(action, by=chidi, said="Read the letter").state == "closed"


# Each month


def test_each_month_is_kept_once_as_it_stood(clock, greta, chidi):
    recommendation = begun(greta, chidi)
    month = month_of(recommendation)
    assert improvement_snapshots.keep_month() == 0
    assert (month.state, month.month, month.figures[0]["said"]) == ("complete", date(2026, 3, 1), "No cases")
    assert (
        month.reference == f"{recommendation.reference}/2026-03"
    )  # no run of figures that looks like a number to ring
    clock.set(clock.at + timedelta(days=31))
    assert improvement_snapshots.keep_month() == 1


def test_a_red_month_is_explained_by_somebody(greta, chidi, alma):
    month = month_of(red(begun(greta, chidi), chidi))
    assert month.state == "to_comment"
    with pytest.raises(NotNow, match="why it is red"):
        improvement_snapshots.comment_on_month(month, by=chidi, comment="")
    with pytest.raises(IntegrityError), transaction.atomic():
        forced_complete(month)
    assert improvement_snapshots.comment_on_month(month, by=chidi, comment="Two posts empty").state == "complete"


def test_what_was_counted_is_not_counted_otherwise_afterwards(greta, chidi):
    month = month_of(begun(greta, chidi))
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        forced(month, figures=[])


def test_every_night_longstop_asks_for_the_month_and_for_the_next_meeting(greta, chidi):
    begun(greta, chidi)
    for _ in range(2):
        tasks.keep_month()
        tasks.owe_scrutiny_meeting()
    with acting(TEST):
        assert (MeasureSnapshot.objects.count(), ScrutinyMeeting.objects.get().state) == (1, "wanted")


def forced_complete(month):
    with signed(TEST):
        month.state = "complete"
        month.save()


def test_what_is_confirmed_is_kept_no_more_and_has_no_clock(greta, chidi, alma):
    recommendation = confirmed(greta, chidi, alma)
    assert improvement_snapshots.keep_month() == 0
    assert not Clock.running().filter(record=recommendation.pk).exists()


def test_an_action_comes_from_one_thing(greta, chidi, connie):
    action = asked_for(begun(greta, chidi), chidi, connie)
    with pytest.raises(IntegrityError), transaction.atomic():
        forced(action, recommendation=None)
    assert ImprovementAction.OwnerKind(action.owner_kind) == "force"
