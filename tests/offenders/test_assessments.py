"""An assessment is written as far as it is known, sent when it is whole, and decides the risk once it is approved."""

from datetime import date

import pytest

from access.actor import NotYours, System, acting
from offenders.codes import Factor
from offenders.models import Assessment
from offenders.workflow import assessments
from offenders.workflow.assessments import FactorFacts
from tests.conftest import hours
from tests.households import on_record
from tests.offenders.scenes import managed
from tests.offenders.visit_scenes import (
    TEST,
    all_of_it,
    anew,
    approval_of,
    approved,
    assessed_by,
    factors,
    returned,
)
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
BEGIN = {"tool": "arms", "why_now": "First"}


@pytest.fixture
def nominal(clock, stella, omar):
    return managed(stella, omar)


@pytest.fixture
def draft(nominal, omar):
    return assessments.begin_assessment(Assessment(), by=omar, nominal=nominal, **BEGIN)


def test_a_draft_keeps_what_is_known_so_far(draft, omar):
    some = [FactorFacts("opportunity", "present", ""), FactorFacts("interest", "", "He said nothing of it")]
    said = all_of_it("not_assessed", factors=some, overall_because="")
    assert assessments.write_assessment(draft, by=omar, said=said).state == "draft"
    with acting(TEST):
        kept = {each.factor: (each.rating, each.evidence) for each in draft.factors.all()}
        missing = assessments.missing_from(anew(draft))
    assert kept == {"opportunity": ("present", ""), "interest": ("", "He said nothing of it")}
    assert {"Opportunity: the evidence", "the overall level", "why it is that level"} <= set(missing)
    assert "Opportunity: a rating" not in missing
    cleared = all_of_it(factors=[FactorFacts("opportunity", "", "")])
    assessments.write_assessment(anew(draft), by=omar, said=cleared)
    with acting(TEST):
        assert draft.factors.get(factor="opportunity").rating == ""


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"factors": factors()}, None),
        ({"factors": factors(but_not=Factor.OPPORTUNITY)}, "Opportunity: a rating, Opportunity: the evidence"),
        ({"overall_because": " "}, "why it is that level"),
        ({"overall": "not_assessed"}, "the overall level"),
    ],
)
def test_it_is_sent_when_it_is_whole(draft, omar, said, why):
    written = assessments.write_assessment(draft, by=omar, said=all_of_it(**said))
    if why is None:
        assert assessments.submit_assessment(written, by=omar).state == "submitted"
    else:
        with pytest.raises(NotNow, match=why):
            assessments.submit_assessment(written, by=omar)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"tool": "tarot"}, "one of the answers"),
        ({"overall": "extreme"}, "one of the answers"),
        ({"why_now": " "}, "why they are assessed"),
        ({"factors": [FactorFacts("luck", "present", "Said so")]}, "one of the answers"),
        ({"factors": [FactorFacts("interest", "very", "Said so")]}, "one of the answers"),
    ],
)
def test_a_draft_says_what_it_may(draft, omar, said, why):
    with pytest.raises(NotNow, match=why):
        assessments.write_assessment(draft, by=omar, said=all_of_it(**said))


def test_whoever_wrote_it_last_sends_it(draft, omar, olga):
    written = assessments.write_assessment(draft, by=omar, said=all_of_it())
    with pytest.raises(NotYours, match="Omar Offender-Manager wrote this"):
        assessments.submit_assessment(written, by=olga)
    taken_over = assessments.write_assessment(written, by=olga, said=all_of_it())
    sent = assessments.submit_assessment(taken_over, by=olga)
    assert (sent.author, approval_of(sent).submitted_by) == (olga, olga)


def test_approved_it_is_the_risk_and_replaces_the_one_before(nominal, omar, stella, clock):
    assert nominal.risk == "not_assessed"
    first = approved(assessed_by(nominal, omar, "low"), stella)
    assert (anew(nominal).risk, anew(nominal).low_since, anew(nominal).assessed_at) == (
        "low",
        clock.at.date(),
        clock.at,
    )
    clock.shift(hours(24))
    second = approved(assessed_by(nominal, omar, "high"), stella)
    assert (anew(first).state, second.state) == ("superseded", "approved")
    assert (anew(nominal).risk, anew(nominal).low_since) == ("high", None)


def test_until_it_is_approved_the_risk_stays(nominal, omar, stella):
    back = returned(assessed_by(nominal, omar, "low"), stella, "Why is he not a priority?")
    assert (back.state, back.returned_because, anew(nominal).risk) == (
        "returned",
        "Why is he not a priority?",
        "not_assessed",
    )
    again = assessments.write_assessment(back, by=omar, said=all_of_it("medium"))
    assert again.state == "returned"
    assert assessments.submit_assessment(again, by=omar).returned_because == ""


def test_one_is_written_at_a_time_and_a_draft_is_discarded_for_a_reason(draft, nominal, omar):
    with pytest.raises(NotNow, match=f"{draft.reference} is being written"):
        assessments.begin_assessment(Assessment(), by=omar, nominal=nominal, **BEGIN)
    with pytest.raises(NotNow, match="why it is not needed"):
        assessments.discard_assessment(draft, by=omar, because=" ")
    assert assessments.discard_assessment(draft, by=omar, because="Begun twice").state == "cancelled"
    assert assessments.begin_assessment(Assessment(), by=omar, nominal=nominal, **BEGIN).state == "draft"


@pytest.mark.parametrize(
    ("said", "why"), [({"tool": ""}, "which tool"), ({"why_now": ""}, "why they are assessed now")]
)
def test_it_is_begun_with_a_tool_and_a_reason(nominal, omar, said, why):
    with pytest.raises(NotNow, match=why):
        assessments.begin_assessment(Assessment(), by=omar, nominal=nominal, **{**BEGIN, **said})


def test_something_new_asks_for_another_and_one_written_before_it_does_not_answer_it(nominal, omar, stella, clock):
    assessed_by(nominal, omar)
    sent = anew(nominal)
    with acting(TEST):
        waiting = Assessment.objects.get()
    clock.shift(hours(1))
    about = {"because": "Seen at a playground", "at": clock.at}
    sent = assessments.reassessment_needed(sent, by=System("test"), **about)
    clock.shift(hours(1))
    later = {"because": "Seen there again", "at": clock.at}
    assert assessments.reassessment_needed(sent, by=System("test"), **later).reassess_because == "Seen at a playground"
    approved(waiting, stella)
    assert anew(nominal).reassess_because == "Seen at a playground"
    approved(assessed_by(nominal, omar), stella)
    assert (anew(nominal).reassess_since, anew(nominal).reassess_because) == (None, "")


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"born": date(1990, 1, 1), "sex": "male"}, ""),
        ({"born": date(1990, 1, 1), "sex": "female"}, "a woman"),
        ({"born": date(2009, 3, 2), "sex": "male"}, "under 18"),
        ({"born": date(2008, 3, 2), "sex": "male"}, ""),
        ({"born": date(2009, 3, 2), "sex": "female"}, "a woman and under 18"),
    ],
)
def test_for_whom_arms_was_not_built_is_said_and_not_refused(nominal, cora, omar, clock, known, words):
    nominal.person = on_record(cora, "Merle Sallowfold", **known)
    assert assessments.arms_does_not_fit(nominal, clock.at.date()) == words


def test_the_hub_writes_none(draft, nominal, hana):
    for verb, record, facts in (
        (assessments.begin_assessment, Assessment(), {"nominal": nominal, **BEGIN}),
        (assessments.write_assessment, draft, {"said": all_of_it()}),
        (assessments.submit_assessment, draft, {}),
    ):
        with pytest.raises(NotYours):
            verb(record, by=hana, **facts)
