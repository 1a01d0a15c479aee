"""What each step for a child whose image was shared demands, who may take it, and what it leads to."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from access.actor import NotYours, System, acting
from online.codes import Outcome
from online.models import OnlineCase, SharedImage
from online.workflow.cases import link
from online.workflow.shared_images import (
    allocate_images,
    full_investigation,
    images_covered_by_notice,
    no_shared_image,
    reopen_images,
    report_shared_image,
    wider_risk_asked,
)
from ppn.origins import origin_of
from tests.online.image_scenes import (
    NO_MORE_TO_IT,
    about,
    asked,
    given_to,
    given_to_specialist,
    guided,
    investigated,
    noticed,
    ready,
    reported,
    resolved,
    seen,
    team_of,
)
from tests.online.scenes import as_it_is, received
from tests.stories import submitted
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


# The report


@pytest.mark.parametrize("who", ["olly", "callie", "ravi", "tara", "noor", "rory", "iris", "dina"])
def test_whoever_hears_of_it_reports_it(cast, who):
    images = reported(cast[who])
    assert (images.state, images.recorded_by, images.team) == ("reported", cast[who], team_of(cast["dina"]))
    assert images.reference.startswith("IMG-")


@pytest.mark.parametrize("who", ["cora", "dmitri", "omar", "maya"])
def test_whose_work_it_is_not_does_not(cast, who):
    with pytest.raises(NotYours):
        reported(cast[who])


@pytest.mark.parametrize(
    ("said", "refused"),
    [({"what": " "}, "what was reported"), ({"child_said": ""}, "whose image it is")],
)
def test_a_report_says_what_and_whose(olly, said, refused):
    with pytest.raises(NotNow, match=refused):
        reported(olly, **said)


def test_nobody_was_told_in_the_future(clock, olly):
    with pytest.raises(NotNow, match="in the future"):
        reported(olly, reported_at=clock.at + timedelta(seconds=1))


def test_one_incident_has_one_report(olly):
    key = uuid4()
    facts = {"by": olly, "facts": about(), "arises_from": key, "from_reference": "INC-1"}
    first = report_shared_image(SharedImage(), **facts)
    with pytest.raises(NotNow, match=f"on record already: {first}"):
        report_shared_image(SharedImage(), **facts)


# The questions of wider risk


def test_each_question_is_answered_and_somebody_said_so(olly):
    images = reported(olly)
    with pytest.raises(NotNow, match="what was said to these questions"):
        wider_risk_asked(images, by=olly, answers=NO_MORE_TO_IT, said="")
    with pytest.raises(NotNow, match="Was anybody threatened"):
        asked(images, olly, threat="")
    images = asked(images, olly)
    assert (images.not_asked, images.is_aggravated) == ([], False)


@pytest.mark.parametrize("question", ["coercion", "threat", "payment", "adult", "circulation"])
@pytest.mark.parametrize("answer", ["yes", "not_known"])
def test_with_a_yes_or_an_answer_missing_it_comes_back_to_the_specialists(cast, question, answer):
    images = guided(asked(reported(cast["olly"]), cast["olly"]), cast["dina"])
    images = given_to(images, cast["dina"], cast["olly"])
    images = asked(images, cast["olly"], **{question: answer})
    assert (images.state, images.handler, images.officer) == ("guided", "", None)
    with pytest.raises(NotNow, match="only the specialist team deals with it"):
        given_to(images, cast["dina"], cast["olly"])
    assert given_to_specialist(images, cast["dina"], cast["iris"]).state == "allocated"


def test_a_yes_is_taken_back_by_the_specialist_sergeant_alone(cast):
    images = asked(reported(cast["olly"]), cast["olly"], adult="yes")
    with pytest.raises(NotYours, match="Internet child abuse sergeant"):
        asked(images, cast["rosa"])
    assert not asked(images, cast["dina"]).is_aggravated


# Guidance, and who deals with it


@pytest.mark.parametrize("who", ["olly", "rosa", "noor", "tess", "rory", "iris"])
def test_only_the_specialist_sergeant_gives_guidance(cast, who):
    with pytest.raises(NotYours):
        guided(reported(cast["olly"]), cast[who])


@pytest.mark.parametrize("missing", ["how", "questions", "viewing", "devices"])
def test_guidance_says_all_four(cast, missing):
    with pytest.raises(NotNow, match="Say "):
        guided(reported(cast["olly"]), cast["dina"], **{missing: " "})


def test_guidance_is_renewed_and_the_earlier_stays_in_the_steps(cast):
    images = guided(reported(cast["olly"]), cast["dina"])
    images = guided(images, cast["dina"], how="At home after all")
    assert "At home after all" in images.guidance
    steps = Step.objects.filter(record=images.pk, transition="online.give_guidance")
    assert [step.facts["guidance"]["how"][:4] for step in steps.order_by("at", "pk")] == ["Seen", "At h"]


@pytest.mark.parametrize("handler", ["neighbourhood", "safer_schools", "response"])
def test_without_guidance_only_the_specialist_team_gets_it(cast, handler):
    images = asked(reported(cast["olly"]), cast["olly"])
    with pytest.raises(NotNow, match="Give the specialist's guidance first"):
        given_to(images, cast["dina"], cast["noor"], handler)
    assert given_to(guided(images, cast["dina"]), cast["dina"], cast["noor"], handler).at_team == team_of(cast["noor"])


def test_before_the_questions_are_answered_only_the_specialist_team_gets_it(cast):
    images = guided(reported(cast["olly"]), cast["dina"])
    with pytest.raises(NotNow, match="Not known yet: Was the child pressed"):
        given_to(images, cast["dina"], cast["olly"])


def test_the_team_and_the_officer_are_real(cast):
    images = guided(asked(reported(cast["olly"]), cast["olly"]), cast["dina"])
    by = {"by": cast["dina"], "handler": "response"}
    with pytest.raises(NotNow, match="Choose the team"):
        allocate_images(images, **by)
    with pytest.raises(NotNow, match="is not in Neighbourhood"):
        allocate_images(images, **by, to_team=team_of(cast["noor"]), officer=cast["olly"])
    with pytest.raises(NotNow, match="goes to see the child"):
        allocate_images(images, **by, to_team=team_of(cast["ravi"]), officer=cast["ravi"])
    with pytest.raises(NotNow, match="Choose who deals with it"):
        allocate_images(images, by=cast["dina"], handler="phone", to_team=team_of(cast["ravi"]))
    with pytest.raises(NotYours):
        given_to(images, cast["rosa"], cast["olly"])


# Seen in person


@pytest.mark.parametrize("who", ["callie", "ravi", "tara", "rory"])
def test_whoever_sits_at_a_telephone_has_not_seen_the_child(cast, who):
    with pytest.raises(NotYours, match="an officer who went there"):
        seen(reported(cast["olly"]), cast[who])


@pytest.mark.parametrize("missing", ["where", "with_whom", "own_words", "demeanour", "wants", "devices"])
def test_what_the_child_said_and_wants_is_written_down(olly, missing):
    with pytest.raises(NotNow, match="Say "):
        seen(reported(olly), olly, **{missing: ""})


def test_seen_neither_in_the_future_nor_before_it_was_reported(clock, olly):
    images = reported(olly)
    with pytest.raises(NotNow, match="in the future"):
        seen(images, olly, seen_at=clock.at + timedelta(minutes=1))
    with pytest.raises(NotNow, match="before this was reported"):
        seen(images, olly, seen_at=clock.at - timedelta(minutes=1))
    assert seen(images, olly).seen_by == olly


# The notice, and the investigation


def test_a_notice_from_the_report_is_filled_in_and_settles_it(olly):
    images = seen(reported(olly), olly)
    with acting(olly):
        begun = origin_of(images.pk)
    assert begun.notice["types"] == ["online_abuse", "child_at_risk"]
    assert (begun.first_known_at, begun.subjects[0]["own_words"]) == (images.reported_at, images.own_words)
    notice = submitted(olly, arises_from=images.pk)
    assert as_it_is(images).ppn == notice


def test_an_earlier_notice_does_not_cover_it(clock, olly):
    notice = submitted(olly)
    clock.shift(timedelta(hours=1))
    with pytest.raises(NotNow, match="before this was reported"):
        images_covered_by_notice(reported(olly), by=olly, notice=notice, because="The same girl")


def test_an_investigation_from_a_report_is_as_old_as_the_report(clock, cast):
    images = asked(reported(cast["olly"]), cast["olly"], adult="yes")
    clock.shift(timedelta(hours=5))
    images = investigated(images, cast["iris"])
    assert images.online_case.known_since == images.reported_at
    assert images.online_case.sender_ref == images.reference


def test_an_investigation_that_is_younger_has_to_become_part_of_one(clock, cast):
    images = reported(cast["olly"])
    clock.shift(timedelta(hours=5))
    younger = received(cast["rory"])
    with pytest.raises(NotNow, match="counts from a later time"):
        full_investigation(images, by=cast["rory"], online_case=younger)
    images = investigated(images, cast["rory"])
    link(as_it_is(images.online_case), by=cast["rory"], to=younger, because="The same man")
    assert as_it_is(younger).known_since == images.reported_at


# Resolved


def test_it_is_resolved_once_everything_is_done(cast):
    images = resolved(ready(cast), cast["rosa"])
    assert (images.state, images.outcome, images.resolved_by) == ("resolved", "22", cast["rosa"])


@pytest.mark.parametrize("who", ["olly", "callie", "ravi", "tess", "rina", "iris", "rory", "sam"])
def test_only_a_sergeant_whose_work_it_is_resolves_it(cast, who):
    with pytest.raises(NotYours):
        resolved(ready(cast), cast[who])


@pytest.mark.parametrize("outcome", Outcome.values)
@pytest.mark.parametrize("risk", ["", "coercion", "threat", "payment", "adult", "circulation"])
def test_outcomes_21_and_22_where_the_child_was_pressed_are_the_specialist_sergeant_s(cast, outcome, risk):
    """With nothing, and with images gone further, any sergeant; with pressure the specialist, for reasons."""
    images = ready(cast, **({risk: "yes"} if risk else {}))
    if outcome not in ("21", "22") or risk in ("", "circulation"):
        assert resolved(images, cast["rosa"], outcome).state == "resolved"
        return
    with pytest.raises(NotYours, match="outcome 21 or 22 is for"):
        resolved(images, cast["rosa"], outcome, although="Her wish")
    with pytest.raises(NotNow, match="why outcome 21 or 22"):
        resolved(images, cast["dina"], outcome)
    assert resolved(images, cast["dina"], outcome, although="Her wish; he is 14").outcome_although


def test_what_is_missing_is_named(cast):
    images = asked(reported(cast["olly"]), cast["olly"], adult="not_known")
    with pytest.raises(NotNow) as refused:
        resolved(images, cast["rosa"])
    for said in ("has not been allocated", "not been seen in person", "not known: Is an adult involved"):
        assert said in str(refused.value)


def test_without_a_notice_a_sergeant_says_why(cast):
    images = guided(asked(reported(cast["olly"]), cast["olly"]), cast["dina"])
    images = seen(given_to(images, cast["dina"], cast["olly"]), cast["olly"])
    with pytest.raises(NotNow, match="No notice has been submitted"):
        resolved(images, cast["rosa"])
    assert resolved(images, cast["rosa"], no_ppn_because="The picture is of a cat").no_ppn_because


def test_with_wider_risk_it_needs_the_full_investigation(cast):
    images = asked(reported(cast["olly"]), cast["olly"], payment="yes")
    images = seen(given_to_specialist(images, cast["dina"], cast["iris"]), cast["iris"])
    images = noticed(images, cast["olly"])
    with pytest.raises(NotNow, match="no full investigation has begun"):
        resolved(images, cast["dina"], "18")
    assert resolved(investigated(images, cast["iris"]), cast["dina"], "18").state == "resolved"


def test_in_error_is_a_sergeant_s_and_with_wider_risk_the_specialist_s(cast):
    images = reported(cast["olly"])
    with pytest.raises(NotYours):
        no_shared_image(images, by=cast["olly"], because="A cartoon")
    with pytest.raises(NotNow, match="how you know"):
        no_shared_image(images, by=cast["rosa"], because="")
    assert no_shared_image(images, by=cast["rosa"], because="A cartoon").state == "in_error"
    worse = asked(reported(cast["olly"]), cast["olly"], threat="yes")
    with pytest.raises(NotYours, match="There is wider risk"):
        no_shared_image(worse, by=cast["rosa"], because="A cartoon")


def test_it_is_opened_again_as_far_as_it_was(cast):
    images = reopen_images(resolved(ready(cast), cast["rosa"]), by=cast["rosa"], because="He has sent it on")
    assert (images.state, images.outcome, images.resolved_by) == ("allocated", "", None)
    other = no_shared_image(reported(cast["olly"]), by=cast["rosa"], because="A cartoon")
    assert reopen_images(other, by=cast["rosa"], because="It was not").state == "reported"


# In the database as well


def in_the_table(images, change):
    """Past every verb."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE online_sharedimage SET {change} WHERE id = %s", [images.pk])  # noqa: S608


NEVER = {
    "resolved and nobody saw the child": "state = 'resolved', resolved_at = now(), outcome = '21', resolved_said = 'x'",
    "without guidance at a neighbourhood team": "state = 'allocated', handler = 'neighbourhood'",
    "in error for no reason": "state = 'in_error'",
    "outcome 22 while nobody knows": "outcome = '22'",
    "with a team and nobody": "handler = 'specialist'",
    "whose image it is left out": "child_said = ''",
}


@pytest.mark.parametrize("change", NEVER.values(), ids=NEVER)
def test_the_database_refuses_it_too(olly, change):
    images = reported(olly)
    with pytest.raises(IntegrityError, match="violates check constraint"):
        in_the_table(images, change)


def test_the_database_keeps_wider_risk_with_the_specialists_and_resolved_only_with_an_investigation(cast):
    images = given_to(guided(asked(reported(cast["olly"]), cast["olly"]), cast["dina"]), cast["dina"], cast["olly"])
    done = resolved(ready(cast), cast["rosa"])
    for record, change in ((images, "adult = 'yes'"), (done, "coercion = 'not_known'"), (done, "circulation = 'yes'")):
        with pytest.raises(IntegrityError, match="violates check constraint"):
            in_the_table(record, change)


def test_a_report_is_never_deleted(olly):
    images = reported(olly)
    with pytest.raises(Exception, match=r"denied|never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM online_sharedimage WHERE id = %s", [images.pk])


def test_an_investigation_begins_once_and_a_refused_one_leaves_nothing_behind(cast):
    images = investigated(reported(cast["olly"]), cast["iris"])
    with pytest.raises(NotNow, match="investigated already"):
        investigated(images, cast["iris"])
    over = no_shared_image(reported(cast["olly"]), by=cast["rosa"], because="A cartoon")
    with pytest.raises(NotNow, match="cannot be done now"):
        investigated(over, cast["iris"])
    with acting(System("test")):
        assert OnlineCase.objects.count() == 1


def test_the_notice_of_the_incident_counts_as_well(cast):
    key = uuid4()
    images = report_shared_image(SharedImage(), by=cast["olly"], facts=about(), arises_from=key, from_reference="INC-1")
    notice = submitted(cast["olly"], arises_from=key)
    assert as_it_is(images).ppn == notice
