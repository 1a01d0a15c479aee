"""Research, attribution, the people who live there, levels and what is new: what may be done when, and what follows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from access.actor import System, acting, signed
from cases.workflow.people import declare_conflict
from offenders.models import Intelligence
from online.models import CaseTransfer, ChildrenCheck, KiratAssessment, Occupant
from online.research_known import known_at
from online.research_missing import not_checked
from online.workflow.case_transfers import case_accepted, offer_case
from online.workflow.cases import link
from online.workflow.kirat import assess, ratify, return_level
from online.workflow.occupants import Corrected, correct_occupant, occupant_back, occupant_gone, occupant_is
from online.workflow.research import (
    WORKS_WITH_CHILDREN,
    attribute,
    candidate_again,
    check_in_several,
    research_again,
    rule_out,
    work_known,
)
from sla.models import Clock
from tests.offenders.scenes import managed
from tests.online.research_scenes import (
    a_family,
    at_an_end,
    heard,
    named,
    researched,
    run_again,
    waiting,
)
from tests.online.scenes import (
    address_of,
    as_it_is,
    assessed,
    attributed,
    candidate_of,
    child_of,
    level,
    level_of,
    lives_there,
    received,
    triaged,
)
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def the_check(candidate):
    with acting(System("test")):
        return ChildrenCheck.objects.get(at=candidate)


# Addresses


def test_an_address_on_record_is_recognised_however_it_is_written(cast, rory, sam):
    a_family(rory, sam)
    case = triaged(rory)
    candidate = candidate_of(case, rory, "12, Example St.", postcode="zv1 1aa")
    assert candidate.address is not None
    with acting(rory):
        assert {each.person.name for each in known_at(candidate).residents} == {
            "Graham Pell",
            "Nora Pell",
            "Maisie Pell",
        }
    with pytest.raises(NotNow, match="is there already"):
        candidate_of(case, rory, "12 Example Street", postcode="ZV1 1AA")


def test_ruled_out_nobody_looks_for_children_there_and_research_goes_on(clock, rory):
    case = attributed(rory)
    candidate = address_of(case)
    with pytest.raises(NotNow, match="Say why it is not this address"):
        rule_out(candidate, by=rory, because=" ")
    rule_out(candidate, by=rory, because="The subscriber moved out in May")
    assert the_check(candidate).state == "not_needed"
    now_is = as_it_is(case)
    assert (now_is.state, now_is.attributed_at) == ("researching", clock.at)
    assert Clock.running().filter(record=case.pk, deadline__in=["OC3A", "OC6"]).count() == 2


def test_with_another_address_it_stays_attributed_and_what_was_ruled_out_can_come_back(rory):
    case = attributed(rory)
    other = candidate_of(case, rory, "9 Larch Rise, Vale")
    attribute(other, by=rory, because="His car stands there each night")
    rule_out(as_it_is(other), by=rory, because="It is his mother's")
    assert as_it_is(case).state == "attributed"
    back = candidate_again(as_it_is(other), by=rory, because="His mother says he sleeps there")
    attribute(back, by=rory, because="Seen there at six")
    with acting(System("test")):
        states = sorted(ChildrenCheck.objects.filter(at=other).figures().values_list("state", flat=True))
    assert states == ["due", "not_needed"]


def test_nobody_lives_at_an_address_that_was_ruled_out(rory):
    case = attributed(rory)
    candidate = address_of(case)
    rule_out(candidate, by=rory, because="Another provider")
    from online.workflow.research import OccupantFacts, add_occupant

    with pytest.raises(NotNow, match="has been ruled out"):
        add_occupant(Occupant(), by=rory, at=candidate, facts=OccupantFacts("Graham Pell", "adult"))


# No further research


def test_only_a_sergeant_says_that_nothing_more_can_be_found_and_only_until_a_day(clock, rory, dina):
    from access.actor import NotYours

    case = triaged(rory)
    with pytest.raises(NotYours):
        at_an_end(case, rory)
    for days in (0, 91):
        with pytest.raises(NotNow, match="tomorrow or within 90 days"):
            at_an_end(case, dina, days=days)
    at_an_end(case, dina, days=30)
    clock.shift(timedelta(days=29))
    at_an_end(case, dina, days=30, because="The provider still has none")
    with acting(System("test")):
        due = Clock.running().get(record=case.pk, deadline="OC6R").due_at
    assert due > clock.at + timedelta(days=30)
    research_again(as_it_is(case), by=rory, because="A new log came")
    assert as_it_is(case).recheck_on is None
    codes = set(Clock.running().filter(record=case.pk).values_list("deadline", flat=True))
    assert "OC6" in codes
    assert "OC6R" not in codes


def test_an_address_found_after_all_ends_it(rory, dina):
    case = at_an_end(triaged(rory), dina)
    attribute(candidate_of(case, rory), by=rory, because="A second log names the house")
    now_is = as_it_is(case)
    assert (now_is.state, now_is.no_research_because, now_is.recheck_on) == ("attributed", "", None)


# Who lives there


def test_a_level_is_set_only_when_everybody_there_was_checked_and_every_adult_asked_about(rory):
    case = attributed(rory)
    with pytest.raises(NotNow, match="Nobody has said who lives at 4 Larch Rise"):
        assess(KiratAssessment(), by=rory, case=case, facts=level())
    from access.time import now
    from online.codes import CHECKS
    from online.workflow.research import OccupantFacts, add_occupant

    occupant = add_occupant(Occupant(), by=rory, at=address_of(case), facts=OccupantFacts("Nora Pell", "not_known"))
    with acting(rory):
        assert not_checked(case) == [
            "Nora Pell has not been checked in: Police National Computer, Police National Database, Our records "
            "management system, ViSOR, Longstop: people, homes, notices.",
            "Nobody has asked whether Nora Pell works with children.",
        ]
    with pytest.raises(NotNow, match="at least one system"):
        check_in_several(occupant, by=rory, results={}, at=now())
    check_in_several(occupant, by=rory, results=dict.fromkeys(CHECKS, "Nothing"), at=now())
    work_known(occupant, by=rory, works_with_children="not_known", post="", employer="", how="Asked her landlord")
    with acting(rory):
        assert not_checked(case) == []
    assess(KiratAssessment(), by=rory, case=case, facts=level())


def test_whoever_works_with_children_has_a_post_and_others_hear_of_it(rory, monkeypatch):
    heard_of = []
    monkeypatch.setattr("online.workflow.research.WORKS_WITH_CHILDREN", [*WORKS_WITH_CHILDREN, heard_of.append])
    occupant = lives_there(attributed(rory), rory)
    said = {"by": rory, "works_with_children": "yes", "employer": "Vale Nursery", "how": "Her own page"}
    with pytest.raises(NotNow, match="what they do with children"):
        work_known(occupant, post="", **said)
    work_known(as_it_is(occupant), post="Nursery assistant", **said)
    assert [each.name_said for each in heard_of] == ["Graham Pell"]


def test_one_person_is_one_occupant_of_an_address(rory, sam):
    family = a_family(rory, sam)
    case = attributed(rory)
    lives_there(case, rory, person=family["man"])
    with pytest.raises(NotNow, match="is an occupant there already"):
        lives_there(case, rory, "Graham", person=family["man"])
    other = lives_there(case, rory, "A woman of about forty")
    with pytest.raises(NotNow, match="is an occupant there already"):
        occupant_is(other, by=rory, person=family["man"], because="His photograph")
    occupant_is(as_it_is(other), by=rory, person=family["wife"], because="Her photograph")
    assert as_it_is(other).person == family["wife"]


def test_what_was_said_wrong_is_corrected_and_whoever_left_comes_back(rory):
    case = attributed(rory)
    occupant = lives_there(case, rory, is_suspect="not_known")
    right = Corrected("Graham Pell junior", "adult", "Son", "yes")
    correct_occupant(occupant, by=rory, facts=right, because="The electoral roll")
    assert (as_it_is(occupant).name_said, as_it_is(occupant).is_suspect) == ("Graham Pell junior", "yes")
    occupant_gone(as_it_is(occupant), by=rory, because="Moved to Leeds")
    with acting(rory):
        assert not_checked(case) == ["Nobody has said who lives at 4 Larch Rise, Vale."]
    occupant_back(as_it_is(occupant), by=rory, because="His car is back")
    assert as_it_is(occupant).state == "there"


# A managed offender


def test_a_managed_offender_among_them_is_told_to_their_manager_once_and_is_visited_again(clock, cast, rory):
    nominal = managed(cast["stella"], cast["omar"], "Graham Pell")
    case = assessed(rory)
    occupant = lives_there(case, rory, person=nominal.person)
    assert as_it_is(occupant).known_offender == nominal.reference
    with acting(System("test")):
        (told,) = Intelligence.objects.filter(nominal=nominal)
    assert case.reference in told.what
    assert "Larch Rise" not in told.what
    assert Clock.running().filter(record=told.pk, owner=cast["omar"]).exists()
    assert [info.what for info in waiting(case)] == [
        f"Somebody else lives at 4 Larch Rise, Vale or is there often. They are a managed offender "
        f"({nominal.reference})."
    ]
    other = candidate_of(case, rory, "9 Larch Rise, Vale")
    from online.workflow.research import OccupantFacts, add_occupant

    facts = OccupantFacts("Graham Pell", "adult", person=nominal.person)
    again = add_occupant(Occupant(), by=rory, at=other, facts=facts)
    assert again.known_offender == nominal.reference
    with acting(System("test")):
        assert Intelligence.objects.filter(nominal=nominal).count() == 1


def test_of_a_restricted_case_the_manager_reads_only_whom_to_ask(cast, rory, dina):
    from cases.workflow.cases import restrict

    nominal = managed(cast["stella"], cast["omar"], "Graham Pell")
    case = attributed(rory)
    restrict(case.case, by=cast["dina"], people=[rory, dina], because="A member of staff is involved")
    lives_there(as_it_is(case), rory, person=nominal.person)
    with acting(System("test")):
        (told,) = Intelligence.objects.filter(nominal=nominal)
    assert "online abuse" not in told.what


def test_somebody_who_is_managed_from_now_on_is_new_information(cast, rory):
    case = assessed(rory)
    from tests.households import on_record

    person = on_record(rory, "Desmond Garmere")
    occupant = lives_there(case, rory, "Desmond Garmere", person=person)
    run_again(case, rory)
    from access.time import now
    from offenders.models import Nominal
    from offenders.workflow.registrations import NominalFacts, take_on

    facts = NominalFacts(managed_as="violent", category="2", manager=cast["omar"])
    nominal = take_on(Nominal(), by=cast["stella"], person=person, facts=facts, notified_at=now())
    assert as_it_is(occupant).known_offender == nominal.reference
    assert [info.source for info in waiting(case)] == [nominal.reference]


# Levels


def test_nobody_ratifies_their_own_and_a_sergeant_ratifies_another_s(dina, delia, rory):
    own = level_of(assessed(dina))
    with pytest.raises(NotNow, match="Nobody ratifies their own level"):
        ratify(own, by=dina, said="")
    assert ratify(own, by=delia, said="").state == "ratified"
    assert ratify(level_of(assessed(rory)), by=dina, said="Agreed").decided_by == dina
    waits = level_of(assessed(dina))
    with pytest.raises(IntegrityError, match="nobody_ratifies_their_own_level"), transaction.atomic(), signed(dina):
        KiratAssessment.objects.filter(pk=waits.pk).update(decided_by=dina, decided_at=waits.assessed_at)


def test_another_level_than_the_tool_gave_needs_a_reason(rory):
    case = attributed(rory)
    lives_there(case, rory)
    with pytest.raises(NotNow, match="why another level than the tool gave"):
        assess(KiratAssessment(), by=rory, case=case, facts=level("low", tool_level="high"))
    assess(KiratAssessment(), by=rory, case=case, facts=level("high", tool_level="low", override_because="He drives"))


def test_a_later_run_replaces_one_that_nobody_ratified_and_leaves_one_that_somebody_did(rory, dina):
    case = assessed(rory)
    first = level_of(case)
    second = run_again(case, rory, "high")
    assert as_it_is(first).state == "replaced"
    assert not Clock.running().filter(record=first.pk).exists()
    ratify(second, by=dina, said="")
    run_again(case, rory, "low")
    assert as_it_is(second).state == "ratified"
    with pytest.raises(NotNow):
        ratify(as_it_is(first), by=dina, said="Too late")


def test_a_returned_level_has_to_be_run_again_and_the_time_to_act_runs_on(clock, rory, dina):
    case = assessed(rory, "low")
    due = as_it_is(case).act_by
    with pytest.raises(NotNow, match="what has to be looked at again"):
        return_level(level_of(case), by=dina, said=" ")
    return_level(level_of(case), by=dina, said="The niece is not in it")
    (info,) = waiting(case)
    assert info.what == "The level low was returned: The niece is not in it"
    assert Clock.running().get(record=info.pk).due_at == clock.at + timedelta(hours=24)
    assert as_it_is(case).act_by == due
    assessment = run_again(case, rory, "high")
    assert as_it_is(info).taken_up_in == assessment


# New information


@pytest.mark.parametrize("what", ["occupant", "work", "suspect", "child", "address", "ruled out", "linked"])
def test_what_changes_the_ground_of_a_level_is_new_information(clock, cast, rory, what):
    case = assessed(rory)
    with acting(System("test")):
        man = Occupant.objects.get(online_case=case)
    if what == "occupant":
        lives_there(case, rory, "Nora Pell", works_with_children="yes", post="Nursery nurse")
    if what == "work":
        how = {"post": "Football coach", "employer": "", "how": "His own page"}
        work_known(man, by=rory, works_with_children="yes", **how)
        work_known(as_it_is(man), by=rory, works_with_children="yes", **how)
    if what == "suspect":
        other = lives_there(case, rory, "Nora Pell", is_suspect="no")
        run_again(case, rory)
        right = Corrected("Nora Pell", "adult", "", "yes")
        correct_occupant(as_it_is(other), by=rory, facts=right, because="Her telephone")
    if what == "child":
        child_of(case, rory)
    if what == "address":
        attribute(candidate_of(case, rory, "9 Larch Rise, Vale"), by=rory, because="His car stands there")
    if what == "ruled out":
        rule_out(address_of(case), by=rory, because="He moved out")
    if what == "linked":
        link(triaged(rory), by=rory, to=as_it_is(case), because="Same account")
    (info,) = waiting(case)
    assert info.recorded_by is None
    assert Clock.running().filter(record=info.pk, deadline="OC10").exists()


@pytest.mark.parametrize("what", ["occupant", "child", "linked"])
def test_before_a_level_nothing_rests_on_it(rory, what):
    case = attributed(rory)
    if what == "occupant":
        lives_there(case, rory)
    if what == "child":
        child_of(case, rory)
    if what == "linked":
        link(triaged(rory), by=rory, to=as_it_is(case), because="Same account")
    assert waiting(case) == []


def test_a_referral_that_becomes_part_brings_its_age_and_whoever_it_names(clock, rory):
    lead = triaged(rory)
    other = named(rory, received_at=clock.at - timedelta(hours=20))
    clock.shift(timedelta(hours=1))
    heard(other, rory, "His sister rang")
    link(as_it_is(other), by=rory, to=as_it_is(lead), because="Same account")
    running = Clock.running().get(record=lead.pk, deadline="OC3")
    assert running.due_at == clock.at + timedelta(hours=3)
    assert [info.what for info in waiting(lead)] == ["His sister rang"]
    assert waiting(other) == []
    assert not Clock.running().filter(record=other.pk, deadline__startswith="OC3").exists()


def test_anybody_who_sees_it_tells_what_is_new_and_every_run_takes_up_all_of_it(rory, iris, sam):
    case = assessed(rory)
    news = [heard(case, iris), heard(case, sam, "A nurse rang the MASH")]
    with pytest.raises(NotNow, match="who or what says so"):
        heard(case, rory, source=" ")
    assessment = run_again(case, rory)
    assert [as_it_is(info).taken_up_in for info in news] == [assessment, assessment]


def test_when_another_force_has_it_nothing_of_research_waits_for_anybody(rory, dina):
    case = assessed(rory)
    info, waits = heard(case, rory), level_of(case)
    offer = offer_case(CaseTransfer(), by=dina, case=as_it_is(case), force="Kent", because="He lives there")
    case_accepted(offer, by=dina, answered_by_name="DS Example", their_ref="K-1", answer="")
    assert (as_it_is(info).state, as_it_is(waits).state) == ("case_over", "lapsed")
    assert not Clock.running().filter(record__in=[info.pk, waits.pk]).exists()


# Who sees what


def test_an_occupant_whom_somebody_is_never_shown_is_counted_and_not_named(cast, rory, iris, chidi, sam):
    family = a_family(rory, sam)
    case = attributed(rory)
    occupant = lives_there(case, rory, person=family["man"])
    with signed(System("test")):
        Occupant.objects.filter(pk=occupant.pk).update(works_with_children="not_known", works_how="")
    declare_conflict(family["man"], by=chidi, user=iris, because="His brother")
    with acting(iris):
        assert not Occupant.objects.filter(pk=occupant.pk).exists()
        assert not_checked(case) == ["Nobody has asked whether somebody whom you may not see works with children."]


def test_research_is_recorded_as_it_happened(clock, rory):
    case = received(rory)
    for at in (clock.at - timedelta(days=1), clock.at + timedelta(minutes=1)):
        with pytest.raises(NotNow, match="between when the referral was received and now"):
            researched(case, rory, at=at)
    with pytest.raises(NotNow, match="what was done"):
        researched(case, rory, what=" ")
