"""Who is proposed: by the table, for the right council; and nothing that is known ever takes anybody away."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from hypothesis import example, given
from hypothesis import strategies as st

from access.actor import NotYours, signed
from partners import workflow
from partners.models import ONE_COUNCIL, Agency, Fact, Kind, SharingRule
from partners.rules import SharingFacts, Whom, agencies_for, propose
from partners.workflow.keeping import Rule
from tests.partners.scenes import SALLOW, VALE
from workflow.transitions import NotNow

GRADES, TYPES = ["red", "amber", "green", "blue"], ["child_at_risk", "domestic_abuse", "exploitation", "adult_at_risk"]
COUNCIL = Agency(pk=1, name="Vale Council", kind="social_care", authorities=[VALE])
OTHER = Agency(pk=2, name="Sallow Council", kind="social_care", authorities=[SALLOW])
NURSES = Agency(pk=3, name="Nurses", kind="health")
SCHOOL = Agency(pk=4, name="Vale Primary", kind="education")
ANYA = Whom("Anya Example", age=7, authority=VALE, school=SCHOOL)


def a_rule(kind="social_care", **said):
    return SharingRule(kind=kind, why=said.pop("why", "They need it"), source="Test", field_classes=["voice"], **said)


def names(found):
    return [str(each.agency or each.why_none) for each in found]


def test_the_council_of_the_childs_home_is_proposed_and_no_other():
    found = propose(SharingFacts(people=(ANYA,)), [a_rule()], [COUNCIL, OTHER])
    assert [each.agency for each in found] == [COUNCIL]
    assert found[0].reasons == ("Anya Example: They need it",)


def test_children_of_two_councils_are_both_told():
    bo = Whom("Bo Example", authority=SALLOW)
    assert names(propose(SharingFacts(people=(ANYA, bo)), [a_rule()], [COUNCIL, OTHER])) == [
        "Sallow Council",
        "Vale Council",
    ]


@pytest.mark.parametrize(
    ("whom", "says"),
    [
        (Whom("Cy Example"), "nobody knows in which council's area Cy Example lives"),
        (Whom("Cy Example", authority="852"), "no agency is known for council 852, where Cy Example lives"),
    ],
)
def test_where_no_agency_is_known_the_proposal_says_so(whom, says):
    (found,) = propose(SharingFacts(people=(whom,)), [a_rule()], [COUNCIL])
    assert found.agency is None
    assert says in found.why_none


def test_where_nobody_is_named_it_says_that():
    (found,) = propose(SharingFacts(), [a_rule()], [COUNCIL])
    assert "nobody is named" in found.why_none


def test_a_council_of_which_nobody_said_where_it_works_is_never_guessed():
    nowhere = Agency(pk=9, name="A council", kind="social_care")
    assert names(propose(SharingFacts(people=(ANYA,)), [a_rule()], [nowhere])) != ["A council"]


@pytest.mark.django_db
def test_a_closed_agency_is_not_proposed(clock):
    closed = Agency(pk=9, name="Old nurses", kind="health", closed_at=clock.at)
    assert names(propose(SharingFacts(people=(ANYA,)), [a_rule("health")], [closed, NURSES])) == ["Nurses"]


def test_a_school_is_the_childs_own_and_where_none_is_known_it_says_so():
    bo = Whom("Bo Example", age=6, authority=VALE)
    found = propose(SharingFacts(people=(ANYA, bo)), [a_rule("education")], [SCHOOL])
    assert names(found) == ["Nobody knows which school Bo Example goes to.", "Vale Primary"]


@pytest.mark.parametrize(("age", "told"), [(3, False), (4, True), (17, True), (18, False), (None, True)])
def test_ages_of_a_rule_and_where_nobody_knows_the_age_it_holds(age, told):
    rule = a_rule("education", from_age=4, to_age=17)
    assert bool(propose(SharingFacts(people=(Whom("Bo", age=age, school=SCHOOL),)), [rule], [SCHOOL])) is told


def test_one_agency_by_two_rules_is_proposed_once_with_both_reasons_and_all_it_needs():
    rules = [a_rule(why="First"), SharingRule(kind="social_care", why="Second", source="T", field_classes=["health"])]
    (found,) = propose(SharingFacts(people=(ANYA,)), rules, [COUNCIL])
    assert found.reasons == ("Anya Example: First", "Anya Example: Second")
    assert found.field_classes == {"voice", "health"}


def test_those_who_manage_an_offender_are_those_where_the_offender_lives():
    risk = Whom("Des Garmere", part="risk", authority=SALLOW)
    vale = Agency(pk=11, name="Vale probation", kind="probation", authorities=[VALE])
    sallow = Agency(pk=12, name="Sallow probation", kind="probation", authorities=[SALLOW])
    assert names(propose(SharingFacts(people=(ANYA, risk)), [a_rule("probation")], [vale, sallow])) == [
        "Sallow probation"
    ]


AUTHORITIES = st.sampled_from(["", VALE, SALLOW, "852"])
AGENCIES = st.lists(
    st.builds(
        lambda pk, kind, where: Agency(pk=pk, name=f"Agency {pk}", kind=kind, authorities=where),
        st.integers(1, 99),
        st.sampled_from(Kind.values),
        st.lists(st.sampled_from([VALE, SALLOW, "852"]), max_size=2, unique=True),
    ),
    max_size=8,
    unique_by=lambda agency: agency.pk,
)
PEOPLE = st.lists(
    st.builds(
        Whom,
        st.sampled_from(["Anya", "Bo", "Cy"]),
        st.sampled_from(["child", "adult", "risk"]),
        st.none() | st.integers(0, 20),
        AUTHORITIES,
    ),
    max_size=4,
)
RULES = st.lists(
    st.builds(
        lambda kind, types, grades, facts, why: SharingRule(
            kind=kind, types=types, grades=grades, facts=facts, why=why, source="T", field_classes=["voice"]
        ),
        st.sampled_from(Kind.values),
        st.lists(st.sampled_from(TYPES), max_size=2, unique=True),
        st.lists(st.sampled_from(GRADES), max_size=2, unique=True),
        st.lists(st.sampled_from(Fact.values), max_size=2, unique=True),
        st.sampled_from(["One", "Two", "Three"]),
    ),
    max_size=6,
)
FACTS = st.builds(
    lambda types, grade, facts, people: SharingFacts(frozenset(types), grade, frozenset(facts), tuple(people)),
    st.lists(st.sampled_from(TYPES)),
    st.sampled_from(GRADES),
    st.lists(st.sampled_from(Fact.values)),
    PEOPLE,
)


@given(facts=FACTS, rules=RULES, agencies=AGENCIES, data=st.data())
def test_in_which_order_rules_agencies_and_people_stand_changes_nothing(facts, rules, agencies, data):
    shuffled = SharingFacts(
        facts.types, facts.grade, facts.facts, tuple(data.draw(st.permutations(facts.people), label="people"))
    )
    otherwise = propose(shuffled, data.draw(st.permutations(rules)), data.draw(st.permutations(agencies)))
    assert propose(facts, rules, agencies) == otherwise


@example(
    facts=SharingFacts(grade="red"),
    more=SharingFacts(grade="red", people=(ANYA,)),
    rules=[a_rule("health")],
    agencies=[Agency(pk=1, name="Agency 1", kind="health", authorities=[])],
)
@given(facts=FACTS, more=FACTS, rules=RULES, agencies=AGENCIES)
def test_to_know_more_never_takes_a_recipient_away(facts, more, rules, agencies):
    """A reason stays, and may say of whom once that is known."""
    both = SharingFacts(facts.types | more.types, facts.grade, facts.facts | more.facts, facts.people + more.people)
    before, after = propose(facts, rules, agencies), {each.key: each for each in propose(both, rules, agencies)}
    for each in before:
        if each.agency:
            still = after[each.key].reasons
            assert [why for why in each.reasons if not any(f": {now}".endswith(f": {why}") for now in still)] == []
            assert each.field_classes <= after[each.key].field_classes


@given(facts=FACTS, rules=RULES, agencies=AGENCIES)
def test_no_council_hears_of_a_child_who_lives_elsewhere(facts, rules, agencies):
    homes = {each.authority for each in facts.people}
    for each in propose(facts, rules, agencies):
        if each.agency and each.agency.kind in ONE_COUNCIL:
            assert set(each.agency.authorities) & homes


@given(facts=FACTS, rules=RULES, agencies=AGENCIES)
def test_a_rule_that_applies_is_never_silent(facts, rules, agencies):
    proposed = {each.wants for each in propose(facts, rules, agencies)}
    silent = [rule.kind for rule in rules if _holds(rule, facts) and rule.kind not in proposed]
    assert silent == []


def _holds(rule, facts):
    return (
        (not rule.types or facts.types & set(rule.types))
        and (not rule.grades or facts.grade in rule.grades)
        and set(rule.facts) <= facts.facts
    )


@given(agencies=AGENCIES, authority=AUTHORITIES, kind=st.sampled_from(Kind.values))
def test_agencies_are_of_the_kind_and_place_that_were_asked_for(agencies, authority, kind):
    for agency in agencies_for(kind, authority, agencies):
        assert agency.kind == kind
        assert authority in agency.authorities or not agency.authorities


@pytest.mark.django_db
def test_our_defaults_are_marked_as_such_and_the_law_is_not():
    assert SharingRule.objects.filter(is_our_default=True).count() == 16
    (law,) = SharingRule.objects.filter(is_our_default=False)
    assert (law.kind, law.types, law.source) == (
        "education",
        ["domestic_abuse"],
        "Domestic Abuse Act 2021, section 49A",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ({"grade": "red", "facts": ["child"]}, {"social_care", "health", "gp", "education"}),
        ({"grade": "green", "facts": ["child"]}, set()),
        ({"grade": "green", "facts": ["child"], "types": ["domestic_abuse"]}, {"social_care", "health", "education"}),
        ({"grade": "green", "facts": ["da_high"], "types": ["domestic_abuse"]}, {"domestic_abuse"}),
        ({"facts": ["unborn"]}, {"midwifery"}),
        ({"facts": ["exploitation"]}, {"exploitation"}),
        ({"facts": ["position_of_trust"]}, {"allegations"}),
        ({"facts": ["youth"]}, {"youth_justice"}),
        ({"facts": ["on_licence"]}, {"probation", "offenders"}),
        ({"facts": ["rso"]}, {"probation", "offenders"}),
        ({"types": ["adult_at_risk"]}, {"adult_care"}),
    ],
)
def test_whom_our_defaults_propose(said, kinds):
    facts = SharingFacts(frozenset(said.get("types", [])), said.get("grade", ""), frozenset(said.get("facts", [])))
    assert {each.wants for each in propose(facts, SharingRule.objects.all(), [])} == kinds


A_RULE = Rule(kind="housing", why="A home is in danger", source="Local agreement", field_classes=["address"])


@pytest.mark.django_db
def test_a_sergeant_adds_a_rule_and_ends_it_and_it_is_never_edited(clock, sam, ines):
    rule = workflow.add_rule(A_RULE, by=sam)
    assert (rule.starts_at, rule.added_by, rule.is_our_default) == (clock.at, sam, False)
    for change in ({"why": "Else"}, {"field_classes": ["voice"]}):
        with pytest.raises(DatabaseError), transaction.atomic(), signed(sam):
            SharingRule.objects.filter(pk=rule.pk).update(**change)
    ended = workflow.end_rule(rule, by=ines, because="The agreement ended")
    assert (ended.ends_at, ended.ended_by) == (clock.at, ines)
    with pytest.raises(NotNow, match="quicker"):
        workflow.end_rule(rule, by=ines, because="Again")
    with pytest.raises(DatabaseError), transaction.atomic(), signed(sam):
        SharingRule.objects.filter(pk=rule.pk).update(ends_at=None, ended_by=None, ended_because="")


@pytest.mark.django_db
def test_a_co_ordinator_may_not_change_who_is_proposed(cora):
    with pytest.raises(NotYours):
        workflow.add_rule(A_RULE, by=cora)
    with pytest.raises(NotYours):
        workflow.end_rule(SharingRule.objects.first(), by=cora, because="No")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"why": " "}, "why they need"),
        ({"source": ""}, "on what it rests"),
        ({"field_classes": []}, "what they need to know"),
        ({"facts": ["nonsense"]}, "from the lists"),
        ({"from_age": 9, "to_age": 8}, "youngest"),
    ],
)
def test_a_rule_that_is_half_said_is_refused(sam, wrong, says):
    with pytest.raises(NotNow, match=says):
        workflow.add_rule(replace(A_RULE, **wrong), by=sam)
