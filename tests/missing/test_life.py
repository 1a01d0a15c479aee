"""A missing episode from the report to the end, and everything that is refused on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from access.actor import NotYours, System, acting
from access.time import now
from cohort.codes import Risk
from missing import workflow
from missing.codes import Question, State
from missing.models import Enquiry, Episode, MissingNotice, PlanAction, RiskAnswer, RiskDecision, SystemCheck
from missing.workflow import Child, Looked, Said
from missing.workflow.notices import not_sent
from tests.conftest import hours, minutes
from tests.missing import returns
from tests.missing.scenes import (
    ASKED,
    LOOKED,
    MOTHER,
    a_child,
    a_plan,
    a_report,
    as_it_is,
    assessed,
    attended,
    enquired,
    found,
    graded,
    heard,
    interviewed,
    reported,
    searched_for,
)
from tests.partners.scenes import an_agency
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")


def rows(model, episode):
    with acting(TEST):
        return list(model.objects.filter(episode=episode).order_by("recorded_at", "pk"))


def test_a_report_keeps_what_was_said_who_said_it_and_where_somebody_looked(callie):
    episode = reported(callie)
    assert episode.state == State.REPORTED
    assert episode.reference.startswith("MIS-")
    assert {row.question for row in rows(RiskAnswer, episode)} == {each.question for each in ASKED}
    assert all(row.source == MOTHER and row.by == callie for row in rows(RiskAnswer, episode))
    assert [str(row) for row in rows(RiskDecision, episode)] == ["On the report: Medium"]
    by_hand = {row.system for row in rows(SystemCheck, episode) if row.by == callie}
    by_longstop = {row.system for row in rows(SystemCheck, episode) if row.by is None}
    assert by_hand == {each.system for each in LOOKED}
    assert by_longstop == {
        "episodes", "notices", "cohort", "trigger_plan", "philomena", "plans", "offenders", "warnings",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "asks_for"),
    [
        ({"why_worried": " "}, "why they are worried"),
        ({"done_so_far": ""}, "done so far to trace"),
        ({"reporter": ""}, "who reports it"),
        ({"reporter_is": ""}, "what they are to the child"),
        ({"because": ""}, "why you judge the risk so"),
        ({"missing_from": "the moon"}, "where the child is missing from"),
        ({"risk": "tiny"}, "how high the risk is"),
        ({"risk": "low"}, "by telephone alone"),
        ({"risk": "very_low"}, "by telephone alone"),
    ],
)
def test_no_report_is_saved_without(callie, said, asks_for):
    with pytest.raises(NotNow, match=asks_for):
        reported(callie, **said)
    with acting(TEST):
        assert not Episode.objects.exists()


def test_no_report_is_saved_without_a_time_to_look_again_that_is_still_to_come(callie, clock):
    with pytest.raises(NotNow, match="a time to look at it again"):
        reported(callie, next_review_at=now())
    assert reported(callie, next_review_at=now() + timedelta(microseconds=1)).next_review_at > now()


def test_a_question_that_was_not_asked_is_named(callie):
    with pytest.raises(NotNow, match="Any word or sign of self-harm"):
        reported(callie, answers=[each for each in ASKED if each.question != Question.SELF_HARM])


def test_an_answer_without_a_source_is_refused(callie):
    with pytest.raises(NotNow, match="who said so: Is it out of character"):
        reported(callie, answers=[Said("out_of_character", "yes", " "), *ASKED[1:]])


def test_a_system_in_which_nobody_looked_is_named_and_so_is_one_in_which_nobody_could(callie):
    with pytest.raises(NotNow, match="Police National Database"):
        reported(callie, checks=[each for each in LOOKED if each.system != "pnd"])
    could_not = [each if each.system != "pnd" else Looked("pnd", "could_not") for each in LOOKED]
    with pytest.raises(NotNow, match="why nobody could look"):
        reported(callie, checks=could_not)
    said = [each if each.system != "pnd" else Looked("pnd", "could_not", "It is down until six") for each in LOOKED]
    assert "It is down until six" in {row.said for row in rows(SystemCheck, reported(callie, checks=said))}


def test_a_child_who_is_missing_already_is_not_reported_twice_and_one_who_is_found_is(cast, callie, olly):
    child = a_child(callie)
    first = reported(callie, child)
    with pytest.raises(NotNow, match=f"reported missing already: {first.reference}"):
        reported(callie, child)
    found(first, olly)
    assert reported(callie, child).reference != first.reference


def test_somebody_new_is_put_on_record_with_the_report_and_a_report_about_nobody_is_refused(callie):
    from cases.records import Details

    about = {"report": a_report(), "answers": ASKED, "checks": LOOKED}
    new = Child(details=Details(given_names="Rafferty", family_name="Example", age=13))
    assert workflow.report(Episode(), by=callie, child=new, **about).person.name == "Rafferty Example"
    with pytest.raises(NotNow, match="Give a name"):
        workflow.report(Episode(), by=callie, child=Child(), **about)


def test_a_child_at_home_has_one_authority_and_one_who_is_placed_may_have_another_whom_nobody_knows_yet(callie):
    vale = an_agency("Vale children's social care")
    at_home = reported(callie, host=vale)
    assert (at_home.host, at_home.responsible) == (vale, vale)
    placed = reported(callie, a_child(callie, "Otis Example"), host=vale, missing_from="residential")
    assert (placed.host, placed.responsible) == (vale, None)


def test_the_life_of_an_episode(cast, clock):
    episode = searched_for(cast)
    assert (episode.state, episode.owner) == (State.INVESTIGATING, cast["rosa"])
    enquired(episode, cast["olly"])
    episode = found(episode, cast["olly"])
    assert episode.state == State.FOUND
    episode = interviewed(episode, cast["olly"])
    assert episode.state == State.INTERVIEWED
    assert [action.state for action in rows_of_plan(episode)] == ["not_needed"]


def rows_of_plan(episode):
    with acting(TEST):
        return list(PlanAction.objects.filter(episode=episode))


def test_the_officer_who_assessed_does_not_ratify(cast, rosa):
    episode = attended(cast)
    from tests.missing.scenes import EVERYTHING

    workflow.assess(episode, by=rosa, answers=EVERYTHING, risk="medium", because="I went there myself")
    about = {"because": "Agreed", "plan": a_plan(rosa), "next_review_at": now() + hours(2)}
    with pytest.raises(NotYours, match="another supervisor"):
        workflow.ratify(episode, by=rosa, risk="medium", **about)
    assert workflow.ratify(episode, by=cast["rashid"], risk="medium", **about).ratified_by == cast["rashid"]


def test_nothing_is_ratified_before_it_is_assessed_or_without_a_plan(cast, rosa):
    about = {"risk": "medium", "because": "Agreed", "next_review_at": now() + hours(2)}
    with pytest.raises(NotNow, match="not assessed the risk yet"):
        workflow.ratify(attended(cast), by=rosa, plan=a_plan(rosa), **about)
    with pytest.raises(NotNow, match="at least one enquiry"):
        workflow.ratify(assessed(cast, child=a_child(rosa, "Otis Example")), by=rosa, plan=[], **about)


def test_an_officer_who_thinks_less_of_the_risk_does_not_lower_it_and_one_who_thinks_more_raises_it_at_once(cast, olly):
    from tests.missing.scenes import EVERYTHING

    about = {"by": olly, "answers": EVERYTHING, "because": "As I see it"}
    assert workflow.assess(attended(cast), risk="low", **about).risk == Risk.MEDIUM
    other = attended(cast, child=a_child(olly, "Otis Example"))
    assert workflow.assess(other, risk="high", **about).risk == Risk.HIGH


def test_every_question_has_been_asked_once_the_officer_has_assessed(cast, olly):
    with pytest.raises(NotNow, match="Pregnant"):
        workflow.assess(attended(cast), by=olly, answers=[], risk="medium", because="As I see it")


@pytest.mark.parametrize("who", ["callie", "dev", "olly", "cora", "maya", "tara"])
def test_anybody_may_raise_the_risk_at_once(cast, who):
    assert (
        workflow.raise_risk(graded(cast), by=cast[who], risk="high", because="She said goodbye online").risk == "high"
    )


def test_raising_goes_up_and_lowering_goes_down(cast, rosa):
    episode = searched_for(cast)
    with pytest.raises(NotNow, match="medium already"):
        workflow.raise_risk(episode, by=rosa, risk="medium", because="The same")
    with pytest.raises(NotNow, match="choose a lower one"):
        workflow.lower_risk(episode, by=rosa, risk="high", because="The wrong way")


def test_a_sergeant_lowers_by_one_level_and_an_inspector_from_high(cast, rosa, rashid, olly):
    episode = searched_for(cast)
    with pytest.raises(NotYours):
        workflow.lower_risk(episode, by=olly, risk="low", because="Seen by a friend")
    with pytest.raises(NotYours, match="one level"):
        workflow.lower_risk(episode, by=rosa, risk="very_low", because="Seen by a friend")
    assert workflow.lower_risk(episode, by=rosa, risk="low", because="Seen by a friend").risk == Risk.LOW
    episode = workflow.raise_risk(episode, by=olly, risk="high", because="A threat")
    with pytest.raises(NotYours, match="inspector"):
        workflow.lower_risk(episode, by=rosa, risk="medium", because="The threat was a joke")
    assert workflow.lower_risk(episode, by=rashid, risk="medium", because="The threat was a joke").risk == Risk.MEDIUM


def test_a_reason_is_demanded_for_each_judgement(cast, rosa):
    episode = searched_for(cast)
    with pytest.raises(NotNow, match="Say why"):
        workflow.raise_risk(episode, by=rosa, risk="high", because=" ")


def test_enquiries_are_logged_by_anybody_before_anybody_has_attended(cast, callie, clock):
    episode = reported(callie)
    clock.shift(minutes(10))
    enquired(episode, callie)
    assert as_it_is(episode, callie).last_enquiry_at == clock.at
    assert [row.by for row in rows(Enquiry, episode)] == [callie]


def test_keeping_the_record_up_is_no_enquiry(cast, callie, clock):
    episode = enquired(reported(callie), callie, type="admin")
    assert (episode.last_enquiry_at, episode.first_enquiry_at) == (None, None)


def test_what_was_done_before_police_were_told_is_kept_and_is_not_ours(callie, clock):
    episode = reported(callie, last_seen_at=now() - hours(5))
    episode = enquired(episode, callie, at=now() - hours(1))
    assert episode.last_enquiry_at is None
    with pytest.raises(NotNow, match="before the child was missing"):
        enquired(episode, callie, at=now() - hours(6))
    with pytest.raises(NotNow, match="still to come"):
        enquired(episode, callie, at=now() + minutes(1))


def test_found_needs_an_interview_by_somebody_who_saw_the_child_or_an_inspector(cast, olly, rosa, rashid):
    episode = found(searched_for(cast), olly)
    with pytest.raises(NotNow, match="cannot be done now"):
        workflow.close(episode, by=rosa, no_ppn_because="Nothing to say")
    with pytest.raises(NotYours):
        workflow.let_nobody_see(episode, by=rosa, because="The school saw her")
    assert workflow.let_nobody_see(episode, by=rashid, because="Seen by her teacher at nine").state == State.INTERVIEWED


@pytest.mark.parametrize(
    "empty",
    ["own_words", "demeanour", "place", "why_left", "where_been", "with_whom", "wants_to_talk_to", "safe_now_because"],
)
def test_an_interview_leaves_nothing_blank(cast, olly, empty):
    episode = found(searched_for(cast), olly)
    with pytest.raises(NotNow):
        workflow.interview(episode, by=olly, heard=heard(**{empty: " "}))


def test_an_interview_was_held_after_the_child_was_found(cast, olly, clock):
    episode = found(searched_for(cast), olly)
    with pytest.raises(NotNow, match="before they were found"):
        interviewed(episode, olly, at=now() - minutes(1))
    with pytest.raises(NotNow, match="still to come"):
        interviewed(episode, olly, at=now() + minutes(1))


def test_harm_is_known_or_not_and_never_both(cast, olly):
    episode = searched_for(cast)
    for harm in ([], ["none", "sexual"], ["not_known", "none"], ["something"]):
        with pytest.raises(NotNow):
            found(episode, olly, harm=harm)


def test_without_a_notice_there_is_a_reason_and_without_a_return_interview_nothing_is_closed(cast, olly, rosa):
    episode = interviewed(found(searched_for(cast), olly), olly)
    with pytest.raises(NotNow, match="There is no PPN"):
        workflow.close(episode, by=rosa, no_ppn_because="")
    with pytest.raises(NotNow, match="return interview"):
        workflow.close(episode, by=rosa, no_ppn_because="The notice of yesterday says it")


def test_nothing_is_closed_while_the_mash_has_still_to_decide_whether_the_agencies_meet(cast, olly, rosa, maya, sam):
    exploited = [Said("exploitation", "yes", MOTHER), *[each for each in ASKED if each.question != "exploitation"]]
    episode = interviewed(found(searched_for(cast, answers=exploited), olly), olly)
    returns.asked(maya, episode, returns.council())
    for notice in rows_to_send(episode):
        not_sent(notice, by=maya, because="Told by telephone")
    with pytest.raises(NotNow, match="whether the agencies meet"):
        workflow.close(episode, by=rosa, no_ppn_because="The notice of this morning says it")
    workflow.no_meeting(episode, by=sam, because="They met this morning")
    assert workflow.close(episode, by=rosa, no_ppn_because="The notice of this morning says it").state == State.CLOSED


def rows_to_send(episode):
    with acting(TEST):
        return list(MissingNotice.objects.filter(episode=episode, state="to_send"))


def test_a_transfer_stays_ours_until_it_is_accepted(cast, rashid):
    episode = workflow.offer_transfer(searched_for(cast), by=rashid, to="Wessmoor Police", because="Seen there")
    assert episode.state == State.INVESTIGATING
    with pytest.raises(NotNow, match="have not answered"):
        workflow.offer_transfer(episode, by=rashid, to="Wessmoor Police", because="Again")
    episode = workflow.transfer_refused(episode, by=rashid, who="Insp Other", because="She lives with you")
    assert (episode.state, episode.transfer_to) == (State.INVESTIGATING, "")
    workflow.offer_transfer(episode, by=rashid, to="Wessmoor Police", because="Seen there again")
    episode = workflow.transfer_accepted(episode, by=rashid, who="Insp Other", reference="WM 12")
    assert episode.state == State.TRANSFERRED


def test_nothing_is_accepted_that_was_not_offered(cast, rashid):
    episode = searched_for(cast)
    for verb, said in (("transfer_accepted", {"reference": "1"}), ("transfer_refused", {"because": "No"})):
        with pytest.raises(NotNow, match="not been offered"):
            getattr(workflow, verb)(episode, by=rashid, who="Insp Other", **said)


def test_missing_for_long_is_a_superintendents_and_the_unit_is_told_first(cast, sue, rashid):
    episode, about = searched_for(cast), {"said": "All of it", "next_review_at": now() + timedelta(days=7)}
    with pytest.raises(NotNow, match="UK Missing Persons Unit"):
        workflow.missing_for_long(episode, by=sue, **about)
    episode = workflow.tell_ukmpu(episode, by=rashid, reference="UK-1")
    with pytest.raises(NotYours):
        workflow.missing_for_long(episode, by=rashid, **about)
    assert workflow.missing_for_long(episode, by=sue, **about).state == State.LONG_TERM
    with pytest.raises(NotNow, match="told already"):
        workflow.tell_ukmpu(episode, by=rashid, reference="UK-2")


def test_a_report_in_error_is_an_inspectors_and_stays_countable(cast, rosa, rashid):
    episode = searched_for(cast)
    with pytest.raises(NotYours):
        workflow.recorded_in_error(episode, by=rosa, because="She was in her room")
    assert workflow.recorded_in_error(episode, by=rashid, because="She was in her room").state == State.IN_ERROR


def test_a_child_at_high_risk_is_re_assessed_by_the_force_incident_manager(cast, connie, fin):
    episode = graded(cast, "high")
    about = {"caller_reached": "yes", "what_changed": "Nothing", "decision": "Send the next unit", "risk": "high"}
    with pytest.raises(NotYours, match="force incident manager"):
        workflow.reassess(episode, by=connie, **about)
    assert workflow.reassess(episode, by=fin, **about).reassessed_at == now()


def test_whoever_holds_it_can_hand_it_on_to_somebody_who_may(cast, rosa, rashid, dmitri):
    episode = searched_for(cast)
    assert workflow.pass_on(episode, by=rosa, to=rashid, because="My turn is over").owner == rashid
    with pytest.raises(NotNow, match="cannot hold"):
        workflow.pass_on(episode, by=rashid, to=dmitri, because="My turn is over")
