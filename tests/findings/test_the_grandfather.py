"""The inspectors' case: a registered sex offender was in contact with his grandchildren; five days to submit, five more
unread. Here nobody has to notice it: our own records put the children with him, and somebody is told at once."""

from datetime import date
from itertools import permutations

import pytest

from access.actor import System, acting, signed
from cases import records
from cases.models import Finding, Match
from cases.records import Details, Home
from cases.workflow import findings, matches, people
from cases.workflow.cases import open_case, restrict
from cases.workflow.findings import look
from ppn.models import Ppn
from tests.conftest import hours, minutes
from tests.households import HERE, TOLD, is_a_sex_offender, is_the, lives_at, on_record
from tests.sla.made import MOMENT
from tests.stories import away, submitted, swept, told
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
POPPY_BORN, REUBEN_BORN, KERRY_BORN, DESMOND_BORN = (
    date(2018, 1, 5), date(2021, 5, 9), date(1991, 7, 1), date(1958, 2, 11),
)  # fmt: skip


def found(by):
    """Child, person posing a risk, and what puts them together."""
    with acting(by):
        return sorted(
            (finding.child.name, finding.risk.name, tuple(sorted(each.kind for each in finding.evidence.all())))
            for finding in Finding.objects.select_related("child", "risk")
        )


@pytest.fixture
def family(clock, cora):
    """Desmond, his daughter Kerry, and her children Poppy and Reuben, who live with her."""
    kerry = on_record(cora, "Kerry Sallowfold", born=KERRY_BORN, home=HERE)
    poppy = on_record(cora, "Poppy Sallowfold", born=POPPY_BORN, home=HERE)
    reuben = on_record(cora, "Reuben Sallowfold", born=REUBEN_BORN, home=HERE)
    desmond = on_record(cora, "Desmond Garmere", born=DESMOND_BORN)
    return {"kerry": kerry, "poppy": poppy, "reuben": reuben, "desmond": desmond}


STORY = {
    "he is on the register": lambda f, by: is_a_sex_offender(f["desmond"], by),
    "he is Kerry's father": lambda f, by: is_the("parent", f["desmond"], f["kerry"], by),
    "Kerry is Poppy's mother": lambda f, by: is_the("parent", f["kerry"], f["poppy"], by),
    "Kerry is Reuben's mother": lambda f, by: is_the("parent", f["kerry"], f["reuben"], by),
}
GRANDCHILDREN = [
    ("Poppy Sallowfold", "Desmond Garmere", ("family",)),
    ("Reuben Sallowfold", "Desmond Garmere", ("family",)),
]


@pytest.mark.parametrize("order", list(permutations(STORY)), ids=lambda order: "; ".join(order))
def test_the_grandchildren_are_found_from_the_data_alone_in_whatever_order_it_came(family, cora, sam, order):
    for fact in order:
        STORY[fact](family, cora)
    assert found(sam) == GRANDCHILDREN


def test_it_is_written_the_moment_the_last_fact_is_and_the_sergeant_is_told_at_once(clock, family, cora, sam, ines):
    for fact in list(STORY)[:3]:
        STORY[fact](family, cora)
        clock.shift(hours(1))
    assert found(sam) == GRANDCHILDREN[:1]
    with acting(sam):
        poppys = Finding.objects.get(child=family["poppy"])
    assert poppys.known_since == poppys.found_at == clock.at - hours(1)
    swept(clock, MOMENT)
    assert told(poppys.pk) == ["sam"]
    swept(clock, hours(1) - MOMENT)
    assert told(poppys.pk) == ["sam"]
    swept(clock, MOMENT)
    assert told(poppys.pk) == ["sam", "ines"]


def test_with_the_sergeant_on_leave_her_cover_is_told(clock, family, cora, sam, ines):
    away(sam, days=14, cover=ines)
    for tell in STORY.values():
        tell(family, cora)
    swept(clock, MOMENT)
    assert set(told()) == {"ines"}


def test_he_moves_in(family, cora, sam):
    is_a_sex_offender(family["desmond"], cora)
    assert found(sam) == []
    lives_at(family["desmond"], Home("12, Example St.", "zv11aa"), cora)
    assert found(sam) == [
        ("Poppy Sallowfold", "Desmond Garmere", ("same_home",)),
        ("Reuben Sallowfold", "Desmond Garmere", ("same_home",)),
    ]


def test_he_is_seen_at_the_childrens_home(clock, family, cora, olly, sam):
    is_a_sex_offender(family["desmond"], cora)
    people.add_sighting(
        family["desmond"], by=olly, seen_at=clock.at, company=None, place=HERE, note="At the door", source=TOLD
    )
    assert [(child, kinds) for child, _, kinds in found(sam)] == [
        ("Poppy Sallowfold", ("seen",)),
        ("Reuben Sallowfold", ("seen",)),
    ]


def test_he_is_seen_with_one_of_them(clock, family, cora, olly, sam):
    is_a_sex_offender(family["desmond"], cora)
    people.add_sighting(
        family["poppy"], by=olly, seen_at=clock.at, company=family["desmond"], place=None, note="", source=TOLD
    )
    assert [child for child, *_ in found(sam)] == ["Poppy Sallowfold"]


def test_their_mother_lives_with_him_and_they_come_at_weekends(family, cora, sam):
    elsewhere = Home("9 Weekend Walk", "ZV9 9ZZ")
    is_a_sex_offender(family["desmond"], cora)
    lives_at(family["desmond"], elsewhere, cora)
    lives_at(family["kerry"], elsewhere, cora)
    is_the("parent", family["kerry"], family["poppy"], cora)
    assert ("Poppy Sallowfold", "Desmond Garmere", ("carers_home",)) in found(sam)


def test_their_mother_is_his_partner(family, cora, sam):
    is_a_sex_offender(family["desmond"], cora)
    is_the("parent", family["kerry"], family["poppy"], cora)
    is_the("partner", family["desmond"], family["kerry"], cora)
    assert found(sam) == [("Poppy Sallowfold", "Desmond Garmere", ("family",))]


def test_an_adult_in_the_house_is_no_finding_but_somebody_whose_age_nobody_knows_is(family, cora, sam):
    is_a_sex_offender(family["desmond"], cora)
    lives_at(family["desmond"], HERE, cora)
    on_record(cora, "Somebody Else", home=HERE)
    on_record(cora, "Grown Up", home=HERE, said_to_be_child="no")
    assert {child for child, *_ in found(sam)} == {"Poppy Sallowfold", "Reuben Sallowfold", "Somebody Else"}


def test_a_child_until_the_day_of_the_eighteenth_birthday(clock, cora, sam):
    today = clock.at.date()
    grown = on_record(cora, "Grown Today", born=date(today.year - 18, today.month, today.day), home=HERE)
    not_yet = on_record(cora, "Grown Tomorrow", born=date(today.year - 18, today.month, today.day + 1), home=HERE)
    is_a_sex_offender(on_record(cora, "Desmond Garmere", born=DESMOND_BORN, home=HERE), cora)
    assert [child for child, *_ in found(sam)] == [not_yet.name]
    assert grown.child_on(today) == "no"


def test_somebody_who_had_moved_out_before_is_no_link_and_neither_is_a_fact_withdrawn(clock, family, cora, sam):
    with acting(cora):
        home = family["poppy"].residences.get()
    people.moved_out(family["poppy"], by=cora, home=home, ends=date(2026, 1, 31))
    with acting(cora):
        reubens = family["reuben"].residences.get()
    people.withdraw(family["reuben"], by=cora, fact=reubens, because="Another Reuben")
    is_a_sex_offender(family["desmond"], cora, since=date(2020, 1, 1))
    people.add_home(
        family["desmond"], by=cora, home=Home("12 Example Street", "ZV1 1AA", starts=date(2026, 2, 1)), source=TOLD
    )
    assert found(sam) == []


def test_the_night_finds_what_was_loaded_without_anybody_looking_and_counts_from_when_it_came(clock, cast, sam, ines):
    """Straight into the tables, as an import would: the finding is born overdue and says so."""
    loaded = clock.at
    with signed(System("import")):
        child, man = records.new_people(
            [Details("Poppy", "Sallowfold", born_on=POPPY_BORN), Details("Desmond", "Garmere", born_on=DESMOND_BORN)]
        )
        for person in (child, man):
            records.lives_at(person, HERE, TOLD)
        records.flagged(man, "rso", TOLD, starts=None, ends=None)
    clock.shift(hours(17))
    assert found(sam) == []
    assert look() == 1
    assert look() == 0
    with acting(sam):
        finding = Finding.objects.get()
    assert (finding.known_since, finding.due_at, finding.found_at) == (loaded, loaded + hours(2), clock.at)
    swept(clock, MOMENT)
    assert told(finding.pk) == ["sam", "ines", "chidi", "sue"]


def test_a_decision_stands_until_there_is_a_fact_it_did_not_know(clock, family, cora, sam):
    for tell in STORY.values():
        tell(family, cora)
    with acting(sam):
        poppys = Finding.objects.get(child=family["poppy"])
    findings.decide(poppys, by=sam, decision="no_contact", because="Kerry has not seen him for ten years")
    assert look() == 0
    clock.shift(hours(24))
    lives_at(family["desmond"], HERE, cora)
    with acting(sam):
        again = Finding.objects.get(child=family["poppy"], state="open")
        assert {each.kind for each in again.evidence.all()} == {"same_home", "carers_home"}


def test_what_was_decided_on_one_record_holds_when_it_is_joined_with_another(clock, family, cora, cole, sam):
    for tell in STORY.values():
        tell(family, cora)
    with acting(sam):
        poppys = Finding.objects.get(child=family["poppy"])
    findings.decide(poppys, by=sam, decision="managed", because="On a plan; he has supervised contact only")
    clock.shift(-hours(1))
    earlier = on_record(cora, "Poppet Sallowfold", born=POPPY_BORN)
    clock.shift(hours(1))
    with acting(cora):
        match = Match.objects.get(one__in=[earlier, family["poppy"]], other__in=[earlier, family["poppy"]])
    matches.agree(matches.propose(match, by=cora, because="One girl"), by=cole)
    with acting(cora):
        assert family["poppy"].__class__.objects.get(pk=family["poppy"].pk).same_as_id == earlier.pk
    assert look() == 0
    with acting(sam):
        assert Finding.objects.filter(state="open", child__same_as=earlier).count() == 0


def test_a_decision_says_why(family, cora, sam):
    for tell in STORY.values():
        tell(family, cora)
    with acting(sam):
        poppys = Finding.objects.get(child=family["poppy"])
    with pytest.raises(NotNow, match="why"):
        findings.decide(poppys, by=sam, decision="no_contact", because=" ")
    with pytest.raises(NotNow, match="notice"):
        findings.decide(poppys, by=sam, decision="notice", because="To be rid of it")


def test_the_notice_about_it_decides_it(clock, family, cora, olly, sam):
    for tell in STORY.values():
        tell(family, cora)
    with acting(sam):
        poppys = Finding.objects.get(child=family["poppy"])
    clock.shift(minutes(30))
    ppn = submitted(olly, arises_from=poppys.pk)
    with acting(sam):
        poppys = Finding.objects.get(pk=poppys.pk)
        assert (poppys.state, poppys.decision, poppys.notice) == ("decided", "notice", ppn.reference)
        assert Ppn.objects.get(pk=ppn.pk).arises_from == poppys.pk


def test_what_a_restricted_case_taught_us_is_found_and_only_its_people_see_it(clock, family, cora, sam, ines):
    is_a_sex_offender(family["desmond"], cora)
    is_the("parent", family["kerry"], family["poppy"], cora)
    with signed(System("test")):
        case = open_case()
    source = type(TOLD)(how="partner", says="Social care", case=case)
    people.add_relationship(
        family["desmond"], by=cora, kind="parent", other=family["kerry"], starts=None, source=source
    )
    restrict(case, by=ines, people=[ines], because="The family of a colleague")
    assert found(ines) == GRANDCHILDREN[:1]
    assert found(sam) == []
