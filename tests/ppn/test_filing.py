"""A notice is filed when nothing is left to do, whoever presses and however; and opened again by what is new."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from access.actor import acting
from cases.workflow.cases import restrict
from ppn import household, nightly, workflow
from ppn.models import DetailRequest
from ppn.workflow import Harm
from tests.conftest import hours
from tests.households import HERE, is_a_sex_offender, is_the, on_record
from tests.ppn.scenes import (
    GROUNDS,
    NONE_OF_IT,
    about,
    assessed,
    council,
    filed,
    fresh,
    ready,
    told,
    triggers,
    written,
)
from tests.stories import clock_of, submitted
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
BORN = date(2018, 1, 5)
WHO = ["cora", "sam", "ines", "chidi"]
SAID = {"strategy_meeting": "not_needed", "because": "Agreed with the social worker"}


@pytest.fixture
def poppy(clock, cora):
    return on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)


def a_trigger(olly, cora, sam):
    return told(assessed(written(olly, harm=Harm(police_did=["protection"])), cora), cora, sam)


def a_question(olly, cora, sam):
    answered = {code: said for code, said in NONE_OF_IT.items() if code != "T11"}
    return told(assessed(submitted(olly), cora, asked=answered), cora, sam)


def a_detail(olly, cora, sam):
    ppn = ready(olly, cora, sam)
    workflow.ask_for_detail(DetailRequest(), by=cora, ppn=ppn, question="Who was at the door?")
    return ppn


def a_brother(olly, cora, sam):
    poppy = on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    on_record(cora, "Reuben Sallowfold", born=date(2021, 5, 9), home=HERE)
    return told(assessed(about(poppy, olly, cora), cora), cora, sam)


def an_agency_not_told(olly, cora, sam):
    ppn = assessed(submitted(olly), cora)
    return workflow.share(ppn, by=cora, agencies=[council()], summary="Seen", grounds=GROUNDS)


IN_THE_WAY = {
    "a trigger without a decision": (a_trigger, "Trigger T13 has no decision"),
    "a question nobody answered": (a_question, "T11"),
    "an officer who has not answered": (a_detail, "Who was at the door"),
    "another child of the household": (a_brother, "Reuben Sallowfold is in the household"),
    "an agency that was not told": (an_agency_not_told, "not delivered yet"),
}
EACH = pytest.mark.parametrize(("story", "words"), IN_THE_WAY.values(), ids=list(IN_THE_WAY))


@EACH
def test_from_a_shell_nobody_files_past_what_is_in_the_way(clock, cast, olly, cora, sam, story, words):
    ppn = story(olly, cora, sam)
    for who in WHO:
        with pytest.raises(NotNow):
            workflow.file(fresh(ppn), by=cast[who], **SAID)
    with pytest.raises(NotNow, match=words):
        workflow.file(fresh(ppn), by=sam, **SAID)
    assert (fresh(ppn).state, clock_of(ppn, "PF").stopped_at) == ("shared", None)


@EACH
def test_by_form_nobody_does_and_the_page_says_what_is_in_the_way(client, clock, olly, cora, sam, story, words):
    ppn = story(olly, cora, sam)
    client.force_login(sam)
    assert words in client.get(ppn.get_absolute_url()).content.decode()
    page = client.post(reverse("ppn-file", args=[ppn.pk]), SAID)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert SAID["because"] in page.content.decode()
    assert fresh(ppn).state == "shared"


def test_with_nothing_in_the_way_it_is_filed_by_form(client, clock, olly, cora, sam):
    ppn = ready(olly, cora, sam)
    client.force_login(cora)
    assert client.post(reverse("ppn-file", args=[ppn.pk]), SAID).status_code == 302
    assert (fresh(ppn).state, clock_of(ppn, "PF").stopped_by) == ("filed", "ppn.file")


def test_once_each_is_settled_it_is_filed(clock, olly, cora, sam):
    ppn = a_brother(olly, cora, sam)
    with acting(cora):
        (reuben,) = household.not_considered(ppn)
    workflow.consider_child(fresh(ppn), by=cora, child=reuben, what_it_means="At his father's; seen by Kim at noon")
    assert filed(ppn, sam).state == "filed"


def test_what_it_means_for_the_other_child_is_said_in_words_and_of_that_household(clock, olly, cora, sam):
    ppn = a_brother(olly, cora, sam)
    stranger = on_record(cora, "Somebody Else", born=BORN)
    with acting(cora):
        (reuben,) = household.not_considered(ppn)
    for who, words in ((reuben, " "), (stranger, "Seen")):
        with pytest.raises(NotNow):
            workflow.consider_child(fresh(ppn), by=cora, child=who, what_it_means=words)


def test_a_child_considered_in_a_notice_assessed_since_is_considered(clock, olly, cora, sam):
    ppn = a_brother(olly, cora, sam)
    with acting(cora):
        (reuben,) = household.not_considered(ppn)
    assessed(about(reuben, olly, cora), cora)
    assert filed(ppn, sam).state == "filed"


def test_a_notice_without_a_child_asks_no_questions_about_one(clock, olly, cora, sam):
    adult = workflow.SubjectFacts(part="adult", name="Ada Example")
    ppn = submitted(olly, subjects=[adult], types=["adult_at_risk"], child="no")
    ppn = told(assessed(ppn, cora, asked={}), cora, sam)
    assert filed(ppn, cora).state == "filed"


@pytest.mark.parametrize("decision", ["", None])
def test_the_database_itself_keeps_a_filed_notice_decided(clock, olly, cora, sam, decision):
    ppn = filed(ready(olly, cora, sam), sam)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ppn_ppn SET strategy_decision = %s WHERE id = %s", [decision, ppn.pk])


# Opened again


@pytest.mark.parametrize(
    ("later", "state"), [((2026, 6, 2), "shared"), ((2026, 6, 3), "filed")], ids=["to the day", "a day more"]
)
def test_a_new_notice_about_the_child_within_three_months_opens_it_again(clock, poppy, olly, cora, sam, later, state):
    first = filed(told(assessed(about(poppy, olly, cora), cora), cora, sam), sam)
    clock.set(datetime(*later, 9, 0, tzinfo=UTC))
    second = about(poppy, olly, cora)
    again = fresh(first)
    assert again.state == state
    if state == "shared":
        assert (again.reopened_at, second.reference in again.reopened_because) == (clock.at, True)
        assert (clock_of(first, "PF").started_at, clock_of(first, "PF").stopped_at) == (clock.at, None)


def test_a_notice_about_another_child_opens_nothing(clock, poppy, olly, cora, sam):
    first = filed(told(assessed(about(poppy, olly, cora), cora), cora, sam), sam)
    about(on_record(cora, "Somebody Else", born=BORN), olly, cora)
    assert fresh(first).state == "filed"


def test_it_is_the_last_of_several_that_is_opened(clock, poppy, olly, cora, sam):
    def done():
        clock.shift(hours(1))
        return filed(told(assessed(about(poppy, olly, cora), cora), cora, sam), sam)

    first = done()
    second = done()
    assert fresh(first).state == "shared"
    clock.shift(hours(1))
    about(poppy, olly, cora)
    assert fresh(second).state == "shared"


def test_at_night_a_filed_notice_with_something_new_is_opened_and_a_sergeant_decides(clock, poppy, olly, cora, sam):
    ppn = filed(told(assessed(about(poppy, olly, cora), cora), cora, sam), sam)
    assert nightly.look_again_at_filed() == 0
    desmond = on_record(cora, "Desmond Garmere", said_to_be_child="no")
    is_the("parent", desmond, poppy, cora)
    is_a_sex_offender(desmond, cora)
    clock.shift(hours(12))
    assert nightly.look_again_at_filed() == 1
    assert (fresh(ppn).state, triggers(ppn)) == ("shared", ["T1"])
    with pytest.raises(NotNow):
        filed(ppn, cora)
    assert nightly.look_again_at_filed() == 0
    workflow.decide_strategy(fresh(ppn), by=sam, decision="not_needed", because="He has been in prison since May")
    assert filed(ppn, sam).state == "filed"
    assert nightly.look_again_at_filed() == 0


def test_at_night_an_open_notice_learns_what_was_put_on_record_since(clock, poppy, olly, cora, sam):
    ppn = about(poppy, olly, cora)
    assert (nightly.look_again_at_open(), triggers(ppn)) == (0, [])
    desmond = on_record(cora, "Desmond Garmere", said_to_be_child="no")
    is_the("parent", desmond, poppy, cora)
    is_a_sex_offender(desmond, cora)
    assert (nightly.look_again_at_open(), triggers(ppn)) == (1, ["T1"])
    assert nightly.look_again_at_open() == 0


@pytest.mark.parametrize(("later", "opened"), [((2027, 3, 2), 1), ((2027, 3, 3), 0)], ids=["a year", "a day more"])
def test_the_night_reads_a_year_to_the_day(clock, poppy, olly, cora, sam, later, opened):
    filed(told(assessed(about(poppy, olly, cora), cora), cora, sam), sam)
    desmond = on_record(cora, "Desmond Garmere", said_to_be_child="no")
    is_the("parent", desmond, poppy, cora)
    is_a_sex_offender(desmond, cora)
    clock.set(datetime(*later, 3, 0, tzinfo=UTC))
    assert nightly.look_again_at_filed() == opened


def test_the_night_sees_what_only_named_people_see(clock, poppy, olly, cora, sam, ines):
    ppn = filed(told(assessed(about(poppy, olly, cora), cora), cora, sam), sam)
    restrict(ppn.case, by=ines, people=[ines], because="A colleague's family")
    desmond = on_record(cora, "Desmond Garmere", said_to_be_child="no")
    is_the("parent", desmond, poppy, cora)
    is_a_sex_offender(desmond, cora)
    assert nightly.look_again_at_filed() == 1


@pytest.mark.parametrize("because", ["", " "])
def test_to_open_one_again_says_what_is_new(clock, olly, cora, sam, because):
    ppn = filed(ready(olly, cora, sam), sam)
    with pytest.raises(NotNow):
        workflow.reopen(ppn, by=sam, because=because)
    assert workflow.reopen(ppn, by=sam, because="Her school rang").state == "shared"
