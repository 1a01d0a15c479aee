"""A referral reaches the force: what is kept of it, who looks at it, what it is part of, and who has it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from access.actor import NotYours, acting
from access.time import now
from cases.workflow.cases import restrict
from online.models import KeptApart, NewInformation, OnlineCase
from online.register_duplicates import of_case, of_referral, undecided
from online.workflow import cases
from online.workflow.allocating import allocate_case
from online.workflow.case_transfers import case_accepted, case_refused, offer_case, take_offer_back
from online.workflow.cases import Said, link, register, report_again, triage, unlink
from online.workflow.keeping_apart import keep_apart
from online.workflow.research import attribute
from tests.online.register_clocks import NICHE
from tests.online.register_scenes import at_ip, every_case, linked, offered, referral, said_of, used
from tests.online.scenes import TEST, as_it_is, assessed, attributed, candidate_of, child_of, received, triaged
from tests.stories import clock_of
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
LOOKED = {"immediate_risk": "no", "immediate_because": "Nobody is named", "duplicates_looked_for": "Niche: nothing"}
BECAUSE = {"because": "It is so"}


def refused(verb: Any, *about: Any, says: str, **facts: Any) -> None:
    with pytest.raises(NotNow, match=says):
        verb(*about, **facts)


# Received


def test_a_referral_is_kept_with_everything_the_sender_says_and_waits_for_the_team(clock: Any, rory: Any) -> None:
    said = [Said("username", " Blue.Kestrel.41 "), at_ip()]
    case = received(rory, sender_ref=" NCA-2026-0117 ", category_a=2, said=said)
    assert (case.state, case.sender_ref, case.category_a, case.category_b) == ("received", "NCA-2026-0117", 2, None)
    assert (case.researcher, case.known_since, case.recorded_by) == (None, clock.at, rory)
    assert said_of(case) == [("ip", "203.0.113.7"), ("username", "Blue.Kestrel.41")]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"sender": "somebody"}, "Choose who sends it"),
    ({"what": "  "}, "Say what they say"),
    ({"said": [Said("username", " ")]}, "Say what each identifier is"),
    ({"said": [Said("shoe size", "44")]}, "Say what each identifier is"),
    ({"said": [Said("username", "a" * 301)]}, "at most 300"),
    ({"what": "data:image/png;base64,iVBORw0KGgo="}, "No image is ever stored here"),
    ({"what": "A" * 2048}, "No image is ever stored here"),
    ({"said": [Said("other", "data:image/jpeg;base64,/9j/4AAQ")]}, "No image is ever stored here"),
]


@pytest.mark.parametrize(("said", "says"), WRONG, ids=[says for _, says in WRONG])
def test_what_is_missing_or_no_referral_is_refused_in_words(rory: Any, said: dict[str, Any], says: str) -> None:
    refused(received, rory, says=says, **said)
    assert every_case() == []


def test_nothing_is_received_or_logged_in_the_future(clock: Any, rory: Any) -> None:
    later = clock.at + timedelta(microseconds=1)
    refused(received, rory, says="in the future", received_at=later)
    refused(received, rory, says="after it was received", uploaded_at=later)
    refused(received, rory, says="in the future", said=[Said("ip", "203.0.113.7", later)])
    backwards = Said("ip", "203.0.113.7", clock.at - timedelta(hours=1), clock.at - timedelta(hours=2))
    refused(received, rory, says="end before they begin", said=[backwards])


def test_sixty_four_letters_of_a_hash_are_no_image(clock: Any, rory: Any) -> None:
    assert received(rory, said=[Said("hash", "a1b2" * 32)]).state == "received"


def test_one_number_of_one_sender_is_one_case(clock: Any, rory: Any) -> None:
    first = received(rory, sender_ref="NCA-7")
    refused(received, rory, says=f"is here already: see {first.reference}", sender_ref=" nca-7")
    assert len(every_case()) == 1


def test_two_forces_may_have_one_number(clock: Any, rory: Any) -> None:
    for force in ("Garmere Constabulary", "Sallow Police", ""):
        received(rory, sender="other_force", sender_named=force, sender_ref="77/26")
    refused(
        received, rory, says="is here already", sender="other_force", sender_named="sallow police", sender_ref="77/26"
    )
    received(rory, sender="other_force", sender_named="", sender_ref="77/26")
    assert len(every_case()) == 4


def test_of_a_first_one_that_somebody_may_not_see_they_learn_only_that_there_is_one(
    clock: Any, rory: Any, delia: Any
) -> None:
    first = received(rory, sender_ref="NCA-7")
    restrict(first.case, by=delia, people=[delia], because="A member of staff")
    with acting(rory), pytest.raises(NotNow, match="ask your sergeant") as refusal:
        register(OnlineCase(), by=rory, facts=referral(sender_ref="NCA-7"))
    assert first.reference not in str(refusal.value)


# Received again


def test_what_comes_again_is_kept_on_the_case_with_what_is_new_and_the_earlier_moment_counts(
    clock: Any, rory: Any
) -> None:
    case = received(rory, said=used())
    before = clock.at - timedelta(days=2)
    facts = referral(
        received_at=before, what="The same account, six more images", said=[*used(), Said("phone", "07700 900461")]
    )
    again = report_again(case, by=rory, facts=facts, channel="typed")
    assert (again.state, again.received_again_at) == ("received", clock.at)
    assert said_of(case) == [("phone", "07700 900461"), ("username", "blue.kestrel.41")]
    assert (as_it_is(case).known_since, as_it_is(case).received_at) == (before, clock.at)
    assert "six more images" in str(Step.of(case).filter(transition="online.received_again").get().facts)


def heard_of(case: OnlineCase) -> list[str]:
    with acting(TEST):
        return [each.what for each in NewInformation.objects.filter(online_case=case).order_by("reference")]


def test_what_comes_again_and_says_more_than_before_has_the_level_looked_at_again(clock: Any, rory: Any) -> None:
    case = assessed(rory, what="Twelve images", said=used())
    report_again(case, by=rory, facts=referral(what="Twelve images", said=used()), channel="file")
    assert heard_of(case) == []
    report_again(case, by=rory, facts=referral(what="A child of two"), channel="file")
    report_again(
        case, by=rory, facts=referral(what="Twelve images", said=[Said("phone", "07700 900461")]), channel="file"
    )
    assert heard_of(case) == ["Received again: A child of two", "Received again: Twelve images"]


def test_what_comes_again_of_a_part_is_heard_by_the_case_it_is_part_of(clock: Any, rory: Any) -> None:
    part, lead = received(rory), assessed(rory)
    part = link(part, by=rory, to=lead, because="One account")
    facts = referral(what="More", said=[Said("name", "Graham Pell")])
    report_again(part, by=rory, facts=facts, channel="typed")
    assert "Received again: More" in heard_of(lead)
    assert as_it_is(lead).named_at == as_it_is(part).received_again_at == clock.at


def test_whoever_is_named_later_is_named_since_then(clock: Any, rory: Any) -> None:
    case = received(rory, said=[])
    assert case.named_at is None
    clock.shift(timedelta(hours=3))
    case = cases.add_identifier(case, by=rory, said=Said("name", "Graham Pell"))
    assert (case.named_at, clock_of(case, "OC3").due_at) == (clock.at, clock.at + timedelta(hours=24))


# Looked at


def test_whoever_looks_at_it_has_it_and_says_whether_a_child_is_at_risk_now(clock: Any, rory: Any, iris: Any) -> None:
    case = triage(received(rory), by=rory, **LOOKED)
    assert (case.state, case.researcher, case.triaged_by) == ("researching", rory, rory)
    for name in LOOKED:
        refused(triage, received(rory), says="Say ", by=rory, **{**LOOKED, name: " "})
    refused(triage, case, says="cannot be done now", by=iris, **LOOKED)


def test_whom_the_sergeant_gave_it_to_keeps_it_whoever_looks(clock: Any, rory: Any, iris: Any, dina: Any) -> None:
    case = allocate_case(received(rory), by=dina, researcher=iris, investigator=None, because="Rory has eighty")
    assert triage(case, by=rory, **LOOKED).researcher == iris


@pytest.mark.parametrize("who", ["sam", "olly", "dmitri", "omar"])
def test_nobody_else_looks_at_it_links_it_or_registers_one(cast: dict[str, Any], who: str) -> None:
    case, other = received(cast["rory"]), received(cast["rory"])
    for verb, facts in (
        (triage, LOOKED),
        (link, {"to": other, **BECAUSE}),
        (cases.seen_elsewhere, {**NICHE, "at": now()}),
        (allocate_case, {"researcher": None, "investigator": None, **BECAUSE}),
    ):
        with pytest.raises(NotYours):
            verb(case, by=cast[who], **facts)
    with pytest.raises(NotYours):
        received(cast[who])


# Seen by the force


def test_a_number_in_the_records_system_is_recorded_corrected_and_taken_back(clock: Any, rory: Any) -> None:
    case = received(rory)
    clock.shift(timedelta(hours=2))
    refused(cases.correct_elsewhere, case, says="No number", by=rory, **NICHE, at=clock.at, **BECAUSE)
    refused(cases.not_seen_elsewhere, case, says="No number", by=rory, **BECAUSE)
    before = clock.at - timedelta(hours=3)
    refused(cases.seen_elsewhere, case, says="between when it was received and now", by=rory, **NICHE, at=before)
    case = cases.seen_elsewhere(case, by=rory, at=clock.at, **NICHE)
    assert case.is_visible_to_the_force
    refused(cases.seen_elsewhere, case, says="Correct that instead", by=rory, **NICHE, at=clock.at)
    new = {**NICHE, "ref": "44260054321"}
    refused(cases.correct_elsewhere, case, says="what was wrong", by=rory, **new, at=clock.at, because=" ")
    case = cases.correct_elsewhere(case, by=rory, **new, at=clock.at, because="Two figures changed places")
    assert case.external_ref == "44260054321"
    assert not cases.not_seen_elsewhere(case, by=rory, **BECAUSE).is_visible_to_the_force


# More is known


def test_an_identifier_is_added_once(clock: Any, rory: Any) -> None:
    case = cases.add_identifier(received(rory, said=[]), by=rory, said=Said("email", "Kestrel@example.org"))
    refused(cases.add_identifier, case, says="is there already", by=rory, said=Said("email", " kestrel@EXAMPLE.org "))
    assert said_of(case) == [("email", "Kestrel@example.org")]


# Duplicates, with reasons


def reasons(case: OnlineCase, who: Any) -> dict[str, list[str]]:
    with acting(who):
        return {each.case.reference: each.reasons for each in of_case(case)}


ALIKE = [
    ("username", "Blue.Kestrel.41", "blue.kestrel.41 ", "Same username: Blue.Kestrel.41"),
    ("email", "Kestrel@example.org", "kestrel@EXAMPLE.org", "Same email address: Kestrel@example.org"),
    ("phone", "07700 900461", "+44 7700 900461", "Same telephone number: 07700 900461"),
    ("device", "ABC-1", "abc-1", "Same device: ABC-1"),
    ("hash", "F00D1234", "f00d1234", "Same file hash or case number of the sender: F00D1234"),
    ("name", "Graham Pell", "graham  PELL", "Same name: Graham Pell"),
    ("address", "4 Larch Rise, Vale VL1 4LR", "Flat, 4 Larch Rise VL14LR", "Same address: 4 Larch Rise, Vale VL1 4LR"),
]


@pytest.mark.parametrize(("kind", "one", "other", "says"), ALIKE, ids=[kind for kind, *_ in ALIKE])
def test_a_case_with_the_same_thing_spelt_otherwise_is_found_with_the_reason(
    clock: Any, rory: Any, kind: str, one: str, other: str, says: str
) -> None:
    first, second = received(rory, said=[Said(kind, one)]), received(rory, said=[Said(kind, other)])
    received(rory, said=[Said("other", one)])
    assert reasons(second, rory) == {first.reference: [says]}


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [(72, 72, True), (72, 96, True), (72, 48, True), (72, 96.001, False), (72, 47.999, False)],
)
def test_one_ip_address_is_one_household_only_within_a_day(
    clock: Any, rory: Any, ours: float, theirs: float, found: bool
) -> None:
    first = received(rory, said=[at_ip(hours_ago=ours)])
    second = received(rory, said=[at_ip(hours_ago=theirs)])
    assert (first.reference in reasons(second, rory)) == found


def test_an_ip_address_without_a_log_time_is_found_and_says_so(clock: Any, rory: Any) -> None:
    first, second = received(rory, said=[at_ip()]), received(rory, said=[Said("ip", "203.0.113.7")])
    assert reasons(second, rory)[first.reference] == ["Same IP address: 203.0.113.7, and a log time is not known"]


def test_a_case_whose_research_led_to_the_same_house_is_found_and_not_the_one_next_door(clock: Any, rory: Any) -> None:
    first, next_door = triaged(rory, said=[]), triaged(rory, said=[])
    candidate_of(first, rory)
    candidate_of(next_door, rory, "6 Larch Rise, Vale")
    new = received(rory, said=[Said("address", "4 Larch Rise, Vale, VL1 4LR")])
    assert reasons(new, rory) == {first.reference: ["Same address: 4 Larch Rise, Vale"]}
    assert list(reasons(first, rory)) == [new.reference]


def test_before_a_referral_is_saved_each_candidate_is_shown_the_most_alike_first(clock: Any, rory: Any) -> None:
    one = received(rory, said=used())
    two = received(rory, said=[*used(), Said("phone", "07700 900461")])
    facts = referral(said=[*used(), Said("phone", "07700900461")])
    with acting(rory):
        assert [each.case for each in of_referral(facts)] == [two, one]
        assert of_referral(referral(said=used("somebody.else"))) == []


def test_of_a_case_that_one_may_not_see_nothing_is_said(clock: Any, rory: Any, delia: Any) -> None:
    hidden, case = received(rory, said=used()), received(rory, said=used())
    restrict(hidden.case, by=delia, people=[delia], because="A member of staff")
    assert reasons(case, rory) == {}


def test_how_many_statements_it_takes_does_not_depend_on_how_many_are_alike(
    clock: Any, rory: Any, django_assert_max_num_queries: Any
) -> None:
    case = received(rory, said=used())
    for _ in range(6):
        received(rory, said=used())
    with acting(rory), django_assert_max_num_queries(8):
        assert len(of_case(case)) == 6


def test_whoever_has_looked_at_both_says_why_they_are_not_one_and_nobody_is_asked_again(clock: Any, rory: Any) -> None:
    first, second = received(rory, said=used()), received(rory, said=used())
    keep_apart(first, by=rory, other=second, because="Two people of a family")
    with acting(rory):
        assert [each.kept_apart for each in of_case(second)] == ["Two people of a family (Rory Child-Abuse-Researcher)"]
        assert undecided(first) == undecided(second) == []
    refused(keep_apart, second, says="has said already", by=rory, other=first, **BECAUSE)
    refused(keep_apart, second, says="It is the same case", by=rory, other=second, **BECAUSE)
    refused(keep_apart, second, says="why the two are not one", by=rory, other=received(rory), because=" ")
    with acting(TEST):
        assert KeptApart.objects.count() == 1


# Part of another case


def test_a_case_that_is_part_of_another_keeps_when_it_was_received_and_the_other_is_as_old(
    clock: Any, rory: Any
) -> None:
    old = received(rory)
    clock.shift(timedelta(days=5))
    lead = received(rory)
    part = link(old, by=rory, to=lead, because="One account")
    assert (part.state, part.linked_to, part.received_at) == ("linked", lead, old.received_at)
    assert (as_it_is(lead).known_since, as_it_is(lead).received_at) == (old.received_at, lead.received_at)


def test_what_a_case_cannot_be_part_of(clock: Any, rory: Any) -> None:
    case, other = received(rory), received(rory)
    refused(link, case, says="part of itself", by=rory, to=case, **BECAUSE)
    refused(link, case, says="why the two are one", by=rory, to=other, because="")
    gone, _ = linked(rory)
    refused(link, case, says="not open any more", by=rory, to=gone, **BECAUSE)


def test_an_address_where_somebody_looks_for_children_is_not_lost_by_linking(clock: Any, rory: Any) -> None:
    case, other = attributed(rory), triaged(rory)
    refused(link, case, says="the address 4 Larch Rise, Vale", by=rory, to=other, **BECAUSE)
    attribute(candidate_of(other, rory, "4 larch rise"), by=rory, because="The subscriber lives there")
    assert link(as_it_is(case), by=rory, to=as_it_is(other), **BECAUSE).state == "linked"


def test_a_child_who_is_linked_is_not_lost_by_linking_and_is_not_named_to_somebody_else(clock: Any, rory: Any) -> None:
    case, other = triaged(rory), triaged(rory)
    child_of(case, rory)
    with pytest.raises(NotNow, match="a child who is linked with it") as refusal:
        link(as_it_is(case), by=rory, to=other, **BECAUSE)
    assert "Maisie" not in str(refusal.value)
    child_of(other, rory)
    assert link(as_it_is(case), by=rory, to=as_it_is(other), **BECAUSE).state == "linked"


def test_a_case_that_is_offered_to_another_force_is_not_linked_meanwhile(clock: Any, rory: Any, dina: Any) -> None:
    case = received(rory)
    offer = offered(case, dina)
    refused(link, as_it_is(case), says="Garmere Constabulary", by=rory, to=received(rory), **BECAUSE)
    take_offer_back(offer, by=dina, because="It is ours")
    assert link(as_it_is(case), by=rory, to=received(rory), **BECAUSE).state == "linked"


def test_only_a_sergeant_says_that_two_are_not_one_case_after_all(clock: Any, rory: Any, dina: Any) -> None:
    part, lead = linked(rory)
    with pytest.raises(NotYours):
        unlink(part, by=rory, **BECAUSE)
    refused(unlink, part, says="why the two are not one", by=dina, because=" ")
    again = unlink(part, by=dina, **BECAUSE)
    assert (again.state, again.linked_to) == ("received", None)
    refused(unlink, lead, says="cannot be done now", by=dina, **BECAUSE)


# Given to somebody


def test_a_case_is_given_to_somebody_whose_work_it_is_and_who_may_see_it(cast: dict[str, Any]) -> None:
    rory, iris, dina, delia = (cast[name] for name in ("rory", "iris", "dina", "delia"))
    case = received(rory)
    nobody = {"researcher": None, "investigator": None}
    refused(allocate_case, case, says="They have it already", by=dina, **nobody, **BECAUSE)
    refused(allocate_case, case, says="Say why", by=dina, **{**nobody, "researcher": rory}, because=" ")
    refused(allocate_case, case, says="no officer", by=dina, **{**nobody, "investigator": rory}, **BECAUSE)
    refused(allocate_case, case, says="researches no", by=dina, **{**nobody, "researcher": cast["omar"]}, **BECAUSE)
    given = allocate_case(case, by=dina, researcher=rory, investigator=iris, **BECAUSE)
    assert (given.researcher, given.investigator) == (rory, iris)
    restrict(case.case, by=delia, people=[delia, dina], because="A member of staff")
    with acting(dina):
        refused(allocate_case, case, says="may not see this case", by=dina, **{**nobody, "researcher": iris}, **BECAUSE)


# To another force


def test_a_case_is_ours_until_a_named_person_has_accepted_it_with_a_number(clock: Any, rory: Any, dina: Any) -> None:
    case = received(rory)
    offer = offered(case, dina)
    about = {"case": as_it_is(case), "force": "Sallow Police", **BECAUSE}
    refused(offer_case, type(offer)(), says="Garmere Constabulary has been asked already", by=dina, **about)
    for missing in ("answered_by_name", "their_ref"):
        said = {"answered_by_name": "DS Wrenfield", "their_ref": "GAR-77", "answer": ""}
        refused(case_accepted, offer, says="Say ", by=dina, **{**said, missing: " "})
    assert as_it_is(case).state == "received"
    offer = case_refused(offer, by=dina, answered_by_name="DS Wrenfield", answer="The flat is yours")
    assert (as_it_is(case).state, offer.state) == ("received", "refused")
    offer = offered(case, dina, "Sallow Police")
    case_accepted(offer, by=dina, answered_by_name="DS Marchfold", their_ref="SAL-9", answer="")
    assert as_it_is(case).state == "transferred"
    refused(offer_case, type(offer)(), says="not open any more", by=dina, **{**about, "case": as_it_is(case)})


def test_a_researcher_offers_nothing(clock: Any, rory: Any) -> None:
    with pytest.raises(NotYours):
        offered(received(rory), rory)
