"""What may need a strategy meeting, T1 to T16: each raised by its facts, none one step short of them, in whatever order
the facts become known, and once for the same evidence."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.actor import System, acting, signed
from cases.models import Finding
from cases.workflow import people
from cases.workflow.cases import open_case, restrict
from ppn import workflow
from ppn.models import Trigger
from ppn.triggers import TRIGGERS, fired
from ppn.workflow import AbuseAssessment, Harm
from tests.conftest import hours
from tests.households import HERE, TOLD, is_a_sex_offender, is_the, on_record
from tests.ppn.scenes import about, adult, child, fresh, says_who, triggers, written, years_ago

pytestmark = pytest.mark.django_db
YES, NO, NOT_KNOWN = "yes", "no", "not_known"
BORN = date(2018, 1, 5)


@pytest.fixture
def poppy(clock, cora):
    return on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)


@pytest.fixture
def desmond(clock, cora):
    return on_record(cora, "Desmond Garmere", said_to_be_child="no")


def harm(olly, *subjects, **said):
    return triggers(written(olly, *subjects, harm=Harm(**said)))


def reasons(ppn):
    with acting(System("test")):
        return [each.why for each in Trigger.objects.filter(ppn=ppn).order_by("code", "why")]


def test_there_are_sixteen_and_an_ordinary_notice_raises_none(clock, olly):
    assert list(TRIGGERS) == [f"T{number}" for number in range(1, 17)]
    assert triggers(written(olly)) == []


def test_the_same_evidence_raises_it_once_however_often_it_is_looked_at(clock, olly, sam):
    ppn = written(olly, harm=Harm(police_did=["protection"]))
    for _ in range(3):
        with acting(System("test")):
            assert workflow.look_again(ppn) == []
    workflow.decide_strategy(ppn, by=sam, decision="not_needed", because="Her aunt has her")
    with acting(System("test")):
        assert workflow.look_again(fresh(ppn)) == []
    assert triggers(ppn) == ["T13"]


# T1: a person posing a risk


@pytest.mark.parametrize("kind", ["rso", "poses_risk"])
def test_t1_somebody_in_the_notice_poses_a_risk(poppy, desmond, olly, cora, kind):
    people.mark_risk(desmond, by=cora, kind=kind, starts=None, ends=None, source=TOLD)
    ppn = written(olly, child("Somebody Else"), adult())
    assert triggers(ppn) == []
    why = reasons(says_who(ppn, "Desmond Garmere", desmond, cora))
    assert any(each.startswith("Desmond Garmere: ") for each in why)
    assert set(triggers(ppn)) == {"T1"}


def test_t1_a_warning_of_another_kind_is_none(desmond, olly, cora):
    people.add_warning(desmond, by=cora, kind="marac", starts=None, ends=None, source=TOLD)
    ppn = says_who(written(olly, child("Somebody Else"), adult()), "Desmond Garmere", desmond, cora)
    assert triggers(ppn) == []


def test_t1_what_ended_yesterday_or_was_withdrawn_is_none(desmond, olly, cora):
    people.mark_risk(desmond, by=cora, kind="rso", starts=date(2020, 1, 1), ends=date(2026, 3, 1), source=TOLD)
    people.mark_risk(desmond, by=cora, kind="poses_risk", starts=None, ends=None, source=TOLD)
    with acting(cora):
        mistake = desmond.flags.get(kind="poses_risk")
    people.withdraw(desmond, by=cora, fact=mistake, because="Another Desmond")
    ppn = says_who(written(olly, child("Somebody Else"), adult()), "Desmond Garmere", desmond, cora)
    assert triggers(ppn) == []


def test_t1_with_no_child_there_is_no_trigger_and_where_nobody_knows_there_is(desmond, olly, cora):
    is_a_sex_offender(desmond, cora)
    for answer, expected in ((NO, []), (NOT_KNOWN, ["T1"])):
        ppn = written(olly, adult(), child=answer, types=["person_posing_risk"])
        assert triggers(says_who(ppn, "Desmond Garmere", desmond, cora)) == expected


def test_t1_a_child_whom_our_own_records_link_with_him_though_the_notice_does_not_name_him(poppy, desmond, olly, cora):
    is_a_sex_offender(desmond, cora)
    is_the("parent", desmond, poppy, cora)
    ppn = about(poppy, olly, cora)
    with acting(System("test")):
        finding = Finding.objects.get()
    assert reasons(ppn) == [f"A child is linked with a person posing a risk: {finding.reference}"]


@pytest.mark.parametrize("first", ["the notice", "the flag"])
def test_t1_in_whichever_order_it_is_told(poppy, desmond, olly, cora, first):
    if first == "the flag":
        is_a_sex_offender(desmond, cora)
    ppn = says_who(written(olly, child("Somebody Else"), adult()), "Desmond Garmere", desmond, cora)
    if first == "the notice":
        assert triggers(ppn) == []
        is_a_sex_offender(desmond, cora)
        with acting(System("test")):
            workflow.look_again(ppn)
    assert set(triggers(ppn)) == {"T1"}
    assert len(reasons(ppn)) == len(set(reasons(ppn)))


# T2: an injury to the smallest


def test_t2_an_injury_to_a_child_who_cannot_move_about_alone(clock, olly):
    assert harm(olly, injured=YES, not_mobile=YES) == ["T2"]
    assert harm(olly, injured=YES, not_mobile=NO) == []
    assert harm(olly, injured=NO, not_mobile=YES) == []


def test_t2_under_one_to_the_day(clock, olly):
    under = child(born=years_ago(1, days=1))
    assert harm(olly, under, injured=YES) == ["T2"]
    assert harm(olly, child(born=years_ago(1)), injured=YES) == []


@pytest.mark.parametrize(("unexplained", "expected"), [(YES, ["T2"]), (NOT_KNOWN, ["T2"]), (NO, [])])
def test_t2_under_one_an_injury_is_unexplained_until_somebody_explains_it(clock, olly, unexplained, expected):
    assert harm(olly, child(born=years_ago(0)), injured=YES, injury_unexplained=unexplained) == expected


# T3 and T4: sexual activity


@pytest.mark.parametrize(
    ("born", "expected"),
    [((13, 1), ["T3"]), ((13, 0), ["T4"]), ((16, 1), ["T4"]), ((16, 0), [])],
    ids=["12", "13 today", "15", "16 today"],
)
def test_t3_under_13_and_t4_under_16_to_the_day(clock, olly, born, expected):
    assert harm(olly, child(born=years_ago(born[0], days=born[1])), sexual_activity=YES) == expected


def test_t3_a_child_whose_age_nobody_knows_is_a_young_one(clock, olly):
    assert harm(olly, child(), sexual_activity=YES) == ["T3"]


@pytest.mark.parametrize("answer", [NO, NOT_KNOWN])
def test_t3_without_a_yes_there_is_none(clock, olly, answer):
    assert harm(olly, child(born=years_ago(12)), sexual_activity=answer) == []


# T5, T8, T13 and T14: one answer each


@pytest.mark.parametrize(
    ("question", "code"),
    [("pregnant_under_18", "T5"), ("unborn", "T5"), ("allegation_by_child", "T8"), ("position_of_trust", "T14")],
)
def test_a_yes_raises_it_and_no_other_answer_does(clock, olly, question, code):
    assert harm(olly, **{question: YES}) == [code]
    for other in (NO, NOT_KNOWN):
        assert harm(olly, **{question: other}) == []


def test_t13_police_protection_was_used(clock, olly):
    assert harm(olly, police_did=["protection", "arrest"]) == ["T13"]
    assert harm(olly, police_did=["arrest", "taken_safe"]) == []


def test_t14_the_person_posing_the_risk_works_with_children(clock, olly):
    assert harm(olly, child(), adult(works_with_children=YES)) == ["T14"]
    assert harm(olly, child(), adult(works_with_children=NOT_KNOWN)) == []
    assert harm(olly, child(), adult(part="parent", works_with_children=YES)) == []


# T6: again and again


def months(clock, *days, to, by, cora):
    """A notice about somebody on each of these days; the codes of the last."""
    for day in days:
        clock.set(datetime(*day, 9, 0, tzinfo=UTC))
        last = about(to, by, cora)
    return triggers(last)


@pytest.mark.parametrize(("first", "expected"), [((2026, 3, 10), ["T6"]), ((2026, 3, 9), [])], ids=["to the day", "+1"])
def test_t6_three_notices_in_three_months(clock, poppy, olly, cora, first, expected):
    assert months(clock, first, (2026, 5, 1), (2026, 6, 10), to=poppy, by=olly, cora=cora) == expected


def test_t6_two_are_not_three(clock, poppy, olly, cora):
    assert months(clock, (2026, 3, 10), (2026, 6, 10), to=poppy, by=olly, cora=cora) == []


@pytest.mark.parametrize(("first", "expected"), [((2026, 3, 10), ["T6"]), ((2026, 3, 9), [])], ids=["to the day", "+1"])
def test_t6_five_notices_in_twelve_months(clock, poppy, olly, cora, first, expected):
    days = (first, (2026, 6, 1), (2026, 8, 1), (2026, 11, 1), (2027, 3, 10))
    assert months(clock, *days, to=poppy, by=olly, cora=cora) == expected


def test_t6_one_child_each_time_another_is_the_same_household(clock, cora, olly):
    children = [on_record(cora, f"{name} Sallowfold", born=BORN, home=HERE) for name in ("Ada", "Ben", "Cleo")]
    ppns = [about(each, olly, cora) for each in children]
    assert [triggers(ppn) for ppn in ppns] == [[], [], ["T6"]]
    assert "the household" in reasons(ppns[-1])[0]


def test_t6_it_is_raised_when_somebody_says_that_it_is_the_same_child(clock, poppy, olly, cora):
    for _ in range(2):
        about(poppy, olly, cora)
    ppn = written(olly, child("Poppy Sallowfold"))
    assert triggers(ppn) == []
    assert triggers(says_who(ppn, "Poppy Sallowfold", poppy, cora)) == ["T6"]


# T7: a child with a plan


@pytest.mark.parametrize(("kind", "expected"), [("looked_after", 1), ("protection_plan", 1), ("in_need", 0)])
def test_t7_a_child_who_has_a_plan_on_record(poppy, olly, cora, kind, expected):
    people.add_plan(poppy, by=cora, kind=kind, starts=None, ends=None, source=TOLD)
    assert triggers(about(poppy, olly, cora)) == ["T7"] * expected


@pytest.mark.parametrize("answer", ["looked_after", "protection_plan"])
def test_t7_an_officer_was_told_of_one(clock, olly, answer):
    assert triggers(written(olly, child(**{answer: YES}))) == ["T7"]
    assert triggers(written(olly, child(**{answer: NOT_KNOWN}))) == []
    assert triggers(written(olly, child(), adult(part="parent", **{answer: YES}))) == []


# T9: serious domestic abuse


@pytest.mark.parametrize("fact", ["strangulation", "weapon", "pregnant"])
def test_t9_what_makes_domestic_abuse_serious(clock, olly, fact):
    said = {"types": ["domestic_abuse"], "da_risk": "standard"}
    assert triggers(written(olly, abuse=AbuseAssessment(**{fact: YES}), **said)) == ["T9"]
    assert triggers(written(olly, abuse=AbuseAssessment(**{fact: NOT_KNOWN}), **said)) == []


@pytest.mark.parametrize(("risk", "expected"), [("high", ["T9"]), ("medium", []), ("not_known", [])])
def test_t9_high_risk(clock, olly, risk, expected):
    assert triggers(written(olly, types=["domestic_abuse"], da_risk=risk)) == expected


def test_t9_without_a_child_there_is_none_and_where_nobody_knows_there_is(clock, olly):
    said = {"types": ["domestic_abuse"], "da_risk": "high"}
    assert triggers(written(olly, adult("Kerry Sallowfold", "adult"), child=NO, **said)) == []
    assert triggers(written(olly, adult("Kerry Sallowfold", "adult"), child=NOT_KNOWN, **said)) == ["T9"]


# T10 and T16: the other children of the household


def test_t10_a_child_was_seriously_hurt_and_there_is_another(clock, olly):
    assert harm(olly, child(), child("Reuben Sallowfold"), serious=YES) == ["T10"]
    assert harm(olly, child(), child("Reuben Sallowfold"), serious=NOT_KNOWN) == []
    assert harm(olly, child(), serious=YES) == []


def test_t10_the_other_child_is_one_that_only_our_records_know(poppy, olly, cora):
    ppn = written(olly, child("Poppy Sallowfold"), harm=Harm(serious=YES))
    on_record(cora, "Reuben Sallowfold", born=date(2021, 5, 9), home=HERE)
    ppn = says_who(ppn, "Poppy Sallowfold", poppy, cora)
    assert triggers(ppn) == ["T10"]
    assert "Reuben" not in reasons(ppn)[0]


def test_t10_and_t16_somebody_grown_up_is_not_another_child(poppy, olly, cora):
    grown = on_record(cora, "Grown Sallowfold", born=years_ago(18), home=HERE)
    people.add_plan(grown, by=cora, kind="protection_plan", starts=None, ends=None, source=TOLD)
    ppn = written(olly, child("Poppy Sallowfold"), harm=Harm(serious=YES))
    assert triggers(says_who(ppn, "Poppy Sallowfold", poppy, cora)) == []


@pytest.mark.parametrize(("kind", "expected"), [("protection_plan", ["T16"]), ("in_need", [])])
def test_t16_another_child_of_the_household_has_a_plan(poppy, olly, cora, kind, expected):
    reuben = on_record(cora, "Reuben Sallowfold", born=date(2021, 5, 9), home=HERE)
    people.add_plan(reuben, by=cora, kind=kind, starts=None, ends=None, source=TOLD)
    assert triggers(about(poppy, olly, cora)) == expected


def test_t16_a_brother_who_lives_elsewhere_is_a_brother(poppy, olly, cora):
    reuben = on_record(cora, "Reuben Sallowfold", born=date(2021, 5, 9))
    people.add_plan(reuben, by=cora, kind="protection_plan", starts=None, ends=None, source=TOLD)
    ppn = about(poppy, olly, cora)
    assert triggers(ppn) == []
    is_the("sibling", reuben, poppy, cora)
    with acting(System("test")):
        workflow.look_again(ppn)
    assert triggers(ppn) == ["T16"]


# T11, T12 and T15: what it is about


@pytest.mark.parametrize("kind", ["exploitation", "harmful_practice", "radicalisation"])
def test_t11_exploitation_harmful_practices_radicalisation(clock, olly, kind):
    assert triggers(written(olly, types=[kind])) == ["T11"]
    assert triggers(written(olly, adult("Kerry", "adult"), types=[kind], child=NO)) == []


def test_t12_online_abuse_and_a_child_at_the_address(clock, olly):
    assert triggers(written(olly, types=["online_abuse"])) == ["T12"]
    assert triggers(written(olly, adult(), types=["online_abuse"], child=NOT_KNOWN)) == []


def test_t15_missing_at_high_risk_or_with_a_sign_of_exploitation(clock, olly):
    assert triggers(written(olly, types=["missing"], grade="red")) == ["T15"]
    assert triggers(written(olly, types=["missing"], grade="amber")) == []
    assert triggers(written(olly, types=["missing", "exploitation"])) == ["T11", "T15"]


@pytest.mark.parametrize(("days", "expected"), [(365, ["T15"]), (366, [])])
def test_t15_missing_again_within_a_year_to_the_day(clock, poppy, olly, cora, days, expected):
    about(poppy, olly, cora, types=["missing"])
    clock.shift(hours(24 * days))
    assert triggers(about(poppy, olly, cora, types=["missing"])) == expected


# What only named people may know


def test_the_words_of_a_restricted_case_are_shown_to_nobody_else(desmond, olly, cora, ines):
    with signed(System("test")):
        case = open_case()
    source = type(TOLD)(how="partner", says="Canaryquill House", case=case)
    people.mark_risk(desmond, by=cora, kind="rso", starts=None, ends=None, source=source)
    restrict(case, by=ines, people=[ines], because="The family of a colleague, Canaryquill")
    ppn = says_who(written(olly, child("Somebody Else"), adult()), "Desmond Garmere", desmond, cora)
    assert set(triggers(ppn)) == {"T1"}
    assert "Desmond Garmere: something that only named people may see. Ask the MASH inspector" in reasons(ppn)
    assert "Canaryquill" not in str(reasons(ppn))


def test_the_page_does_not_show_them_either(client, desmond, olly, cora, ines):
    with signed(System("test")):
        case = open_case()
    source = type(TOLD)(how="partner", says="Canaryquill House", case=case)
    people.mark_risk(desmond, by=cora, kind="rso", starts=None, ends=None, source=source)
    restrict(case, by=ines, people=[ines], because="The family of a colleague, Canaryquill")
    ppn = says_who(written(olly, child("Somebody Else"), adult()), "Desmond Garmere", desmond, cora)
    client.force_login(cora)
    page = client.get(ppn.get_absolute_url()).content.decode()
    assert "T1" in page
    assert "Canaryquill" not in page


# Whatever is known


FACTS = ["injured", "injury_unexplained", "not_mobile", "serious", "sexual_activity", "pregnant_under_18", "unborn",
         "allegation_by_child", "position_of_trust"]  # fmt: skip
TYPES = ["domestic_abuse", "missing", "exploitation", "online_abuse", "harmful_practice", "radicalisation"]
AGES = st.sampled_from([None, 0, 1, 12, 13, 15, 16, 17])
PEOPLE = st.lists(st.tuples(AGES, st.booleans(), st.booleans()), min_size=1, max_size=3)
WHAT = {
    "yes": st.sets(st.sampled_from(FACTS)),
    "kinds": st.sets(st.sampled_from(TYPES), min_size=1),
    "who": PEOPLE,
    "high": st.booleans(),
}
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def somebody(number, years, is_child, so):
    answer = "yes" if so else "no"
    if not is_child:
        return adult(f"Adult {number}", works_with_children=answer)
    return child(f"Child {number}", born=None if years is None else years_ago(years), looked_after=answer)


def codes(olly, yes, kinds, who, high):
    """What such a notice raises; it is rolled back."""
    point = transaction.savepoint()
    subjects = [somebody(number, *each) for number, each in enumerate(who)]
    said = {"types": sorted(kinds), "da_risk": "high" if high else "none", "grade": "red"}
    ppn = written(olly, *subjects, harm=Harm(**dict.fromkeys(yes, "yes")), **said)
    with acting(System("test")):
        found = sorted((each.code, each.why) for each in fired(ppn))
    transaction.savepoint_rollback(point)
    return found


@FEW
@given(**WHAT, one_more=st.sampled_from(FACTS), another=st.sampled_from(TYPES))
def test_to_know_more_never_takes_a_trigger_away(clock, olly, yes, kinds, who, high, one_more, another):
    before = {code for code, _ in codes(olly, yes, kinds, who, high)}
    assert before <= {code for code, _ in codes(olly, yes | {one_more}, kinds, who, high)}
    assert before <= {code for code, _ in codes(olly, yes, kinds | {another}, who, high)}


@FEW
@given(**WHAT, turned=st.integers(0, 2))
def test_in_whatever_order_the_people_stand_the_same_is_raised(clock, olly, yes, kinds, who, high, turned):
    turned = turned % len(who)
    again = [*who[turned:], *who[:turned]]
    first, second = codes(olly, yes, kinds, who, high), codes(olly, yes, kinds, again, high)
    assert [code for code, _ in first] == [code for code, _ in second]
