"""A child whom nobody spoke of: found by the software in words, in who is named and in who lives there; settled by a
person, and only by one."""

from datetime import date

import pytest

from access.actor import System, acting, signed
from access.roles import Can
from cases.models import Case, Residence
from cases.records import Details
from cases.workflow.cases import restrict
from tests.conftest import MONDAY, hours, minutes
from tests.households import HERE, lives_at, on_record
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, called_in, clock_of, outcome_of, regraded, swept
from tests.triage.scenes import LOW, fresh, heard, not_seen, running
from triage import workflow
from triage.children import words_for_a_child
from triage.nightly import look_for_children
from workflow.models import Step
from workflow.transitions import TRANSITIONS, NotNow

pytestmark = pytest.mark.django_db
AT = f"{HERE.address}, {HERE.postcode}"
BORN = date(2018, 1, 5)


def quiet(callie, **said):
    """Nobody says that a child is there, and nothing that was written speaks of one."""
    return called_in(callie, **{"child": "no", "what_happened": "Shouting next door", "location": AT, **said})


def named(incident, by, **details):
    facts = {"part": "there", "person": None, "details": Details(**details), "home": None}
    return workflow.name_person(incident, by=by, **facts)


# In words


@pytest.mark.parametrize(
    "text",
    ["Two kids at the window", "A CHILD crying", "the child's room", "babies", "her daughter", "grandson", "teenager",
     "outside the school", "a pushchair", "little girl", "young people", "she is pregnant", "aged 5", "Age of 12",
     "a 7-year-old", "17 years old", "9yo", "six, 3 yrs old", "a 6 week old", "10-months-old", "juvenile"],
)  # fmt: skip
def test_these_speak_of_a_child(text):
    assert words_for_a_child(text)


@pytest.mark.parametrize(
    "text",
    ["You are kidding", "a childish row", "Sonia and Jason", "18 years old", "aged 70", "a 25-year-old", "99 yo",
     "Scholes Road", "the babysitter's car", "", "Teensdale"],
)  # fmt: skip
def test_and_these_do_not(text):
    assert words_for_a_child(text) == []


@pytest.mark.parametrize("age", range(100))
def test_an_age_below_18_is_a_childs(age):
    assert bool(words_for_a_child(f"Somebody of {age} years old")) is (age < 18)


@pytest.mark.parametrize("where", ["what_happened", "category", "children"])
def test_wherever_it_is_written_somebody_is_asked_within_15_minutes(clock, callie, where):
    incident = called_in(callie, **{"child": "no", "what_happened": "Shouting", where: "Two kids at the window"})
    assert (incident.child, incident.possible_child_because) == ("no", "The text says “kids”")
    assert clock_of(incident, "K15").due_at == MONDAY + minutes(15)
    swept(clock, minutes(15) + MOMENT)
    assert [who for *_, who in raised(incident.pk, "K15")] == [["tara"]]


def test_until_somebody_says_it_counts_as_a_child_for_rank_and_clocks(clock, callie):
    incident = quiet(callie, what_happened="Two kids", grade="G3", assessment=LOW)
    assert (incident.rank, incident.concerns_a_child) == (3, True)
    assert clock_of(incident, "K11").due_at == MONDAY + hours(2)
    assert "K7" in running(incident)


def test_what_a_second_caller_says_counts(clock, callie):
    incident = quiet(callie)
    incident = workflow.rang_again(incident, by=callie, what_they_say="A baby is crying now", child="no")
    assert incident.possible_child_because == "The text says “baby”"


# In who is named, and in who lives there


def test_somebody_who_is_named_and_is_a_child(clock, callie):
    incident = quiet(callie)
    assert not incident.possible_child
    incident = named(incident, callie, given_names="Poppy", born_on=BORN)
    assert incident.possible_child_because == "Somebody named in it is a child"
    assert "K15" in running(incident)


@pytest.mark.parametrize(("born", "found"), [(date(2008, 3, 3), True), (date(2008, 3, 2), False)])
def test_until_the_day_before_the_eighteenth_birthday(clock, callie, born, found):
    incident = named(quiet(callie), callie, given_names="Poppy", born_on=born)
    assert incident.possible_child is found


def test_a_child_who_lives_there_although_nobody_speaks_of_one(clock, callie, cora):
    on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    assert quiet(callie).possible_child_because == "A child is known to live there"


def test_one_whom_the_call_taker_may_not_see_counts_and_is_not_named(clock, callie, cora, sam):
    poppy = on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    with signed(System("test")):
        case = Case.objects.create(reference="CASE-900001")
        Residence.objects.filter(person=poppy).update(case=case)
    restrict(case, by=sam, people=[sam], because="A colleague's child")
    assert "Poppy" not in quiet(callie).possible_child_because
    assert quiet(callie).possible_child


def test_each_night_everything_that_waits_is_looked_at_again(clock, callie, cora):
    incident, elsewhere = quiet(callie, assessment=LOW), quiet(callie, location="9 Other Road")
    assert look_for_children() == 0
    clock.shift(hours(18))
    poppy = on_record(cora, "Poppy Sallowfold", born=BORN)
    lives_at(poppy, HERE, cora)
    assert look_for_children() == 1
    incident = fresh(incident)
    assert (incident.possible_child_because, incident.rank) == ("A child is known to live there", 3)
    assert clock_of(incident, "K15").due_at == clock.at + minutes(15)
    assert clock_of(incident, "K7").started_at == MONDAY  # seen within a day of the call, not of the night
    assert not fresh(elsewhere).possible_child
    assert look_for_children() == 0


def test_what_has_been_attended_or_ended_is_left_alone_at_night(clock, callie, olly, cora):
    incident = workflow.attend(quiet(callie), by=olly)
    on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    assert look_for_children() == 0
    assert not fresh(incident).possible_child


# Settled by a person


def test_somebody_says_that_there_is_one_and_police_have_known_since_the_software_did(clock, callie, tara):
    incident = quiet(callie, what_happened="Two kids")
    clock.shift(hours(2))
    with pytest.raises(NotNow, match="how we know"):
        workflow.child_found(incident, by=tara, how_we_know=" ")
    incident = workflow.child_found(incident, by=tara, how_we_know="Rang the neighbour")
    assert (incident.child, incident.possible_child, incident.child_known_at) == ("yes", False, MONDAY)
    assert (clock_of(incident, "K8").due_at, "K15" in running(incident)) == (MONDAY + hours(12), False)


def test_somebody_says_that_there_is_none_and_the_same_words_do_not_ask_again(clock, callie, tara):
    incident = quiet(callie, what_happened="Two kids")
    incident = workflow.no_child(incident, by=tara, how_we_know="They are on the television")
    assert (incident.child, incident.possible_child, running(incident) & {"K7", "K15"}) == ("no", False, set())
    assert look_for_children() == 0
    clock.shift(hours(1))
    incident = workflow.rang_again(incident, by=callie, what_they_say="Their daughter is there", child="no")
    assert incident.possible_child  # something new
    assert clock_of(incident, "K15").due_at == clock.at + minutes(15)


def test_something_new_about_who_lives_there_asks_again_too(clock, callie, tara, cora):
    incident = workflow.no_child(quiet(callie, what_happened="Two kids"), by=tara, how_we_know="On television")
    on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    assert look_for_children() == 1
    assert "A child is known to live there".lower() in fresh(incident).possible_child_because.lower()


def test_that_there_is_none_cannot_be_said_once_somebody_has_said_that_there_is(clock, callie, tara):
    with pytest.raises(NotNow, match="Somebody has said that a child is involved"):
        workflow.no_child(called_in(callie, child="yes"), by=tara, how_we_know="Guess")


def test_nothing_else_that_is_done_settles_it(clock, callie, connie, dev, tara):
    incident = quiet(callie, what_happened="Two kids")
    for verb, by, facts in (
        (workflow.reassess, connie, {"assessment": CALM, "trigger": "interval"}),
        (workflow.treat_as_urgent, connie, {"because": "A knife"}),
        (workflow.assign, dev, {"unit": "AB12"}),
        (workflow.give, connie, {"to": tara}),
        (workflow.ask_about_abuse, callie, {"domestic_abuse": "yes", "abuse": workflow.Abuse()}),
    ):
        incident = verb(incident, by=by, **facts)
    incident = regraded(incident, connie, "G1")
    assert incident.possible_child
    assert "K15" in running(incident)


@pytest.mark.parametrize("voice", [heard, not_seen])
def test_a_child_who_was_heard_or_missed_is_a_child(clock, callie, olly, voice):
    incident = workflow.attend(quiet(callie, what_happened="Two kids"), by=olly)
    assert "K15" in running(incident)  # to arrive is not to say
    incident = workflow.hear_child(incident, by=olly, voice=voice())
    assert (incident.child, "K15" in running(incident)) == ("yes", False)


@pytest.mark.parametrize("child", ["yes", "no", "not_known"])
def test_what_police_found_there_is_so(clock, callie, olly, child):
    incident = workflow.attend(quiet(callie, what_happened="Two kids"), by=olly)
    why = {"child_not_seen_because": "Nobody was in; late turn goes back"}
    incident = outcome_of(incident, olly, child=child, child_seen="no", **why)
    assert (incident.child, incident.possible_child, "K15" in running(incident)) == (child, False, False)


def test_the_software_never_says_that_there_is_a_child_or_that_there_is_none():
    of_its_own = {
        name for name, verb in TRANSITIONS.items() if name.startswith("triage.") and verb.may == Can.TAKE_CALL
    }
    assert of_its_own == {"triage.take_call", "triage.rang_again", "triage.look_for_a_child"}


def test_it_is_entered_in_the_name_of_the_software_with_its_reason(clock, callie, cora):
    incident = quiet(callie)
    on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    look_for_children()
    with acting(System("test")):
        step = Step.objects.get(record=incident.pk, transition="triage.look_for_a_child")
    assert (step.by, step.by_system) == (None, "is a child involved?")
