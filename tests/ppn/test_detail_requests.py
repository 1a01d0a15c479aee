"""The MASH asks the officer for more: the review's clock runs on, and what is known is shared meanwhile."""

import pytest
from django.db import DatabaseError, connection, transaction

from access.actor import NotYours
from ppn import workflow
from ppn.models import DetailRequest
from tests.conftest import hours
from tests.ppn.scenes import assessed, filed, fresh, ready, told
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, submitted, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
QUESTION = "Who was at the door, and did you see the baby?"


def asked(ppn, by):
    return workflow.ask_for_detail(DetailRequest(), by=by, ppn=ppn, question=QUESTION)


def test_the_reviews_clock_runs_on_and_the_notice_stays_where_it_is(clock, olly, cora):
    ppn = workflow.take(submitted(olly), by=cora)
    due = clock_of(ppn, "P2").due_at
    clock.shift(hours(20))
    request = asked(ppn, cora)
    assert (fresh(ppn).state, fresh(ppn).due_at) == ("under_research", due)
    clock.shift(hours(1))
    workflow.answer_detail(request, by=olly, answer="Her aunt. I saw the baby asleep")
    assert (clock_of(ppn, "P2").due_at, clock_of(ppn, "P2").stopped_at) == (due, None)
    swept(clock, hours(3) + MOMENT)
    assert [level for _, level, *_ in raised(ppn.pk, "P2")] == [1, 2, 3]


def test_what_is_known_is_assessed_and_shared_while_the_officer_is_asked(clock, olly, cora, sam):
    ppn = submitted(olly)
    asked(ppn, cora)
    ppn = told(assessed(ppn, cora), cora, sam)
    assert ppn.state == "shared"
    with pytest.raises(NotNow, match="has not answered yet: Who was at the door"):
        filed(ppn, sam)


def test_the_officer_is_told_at_once_and_at_4_and_8_hours_somebody_above(clock, olly, cora):
    request, start = asked(submitted(olly), cora), clock.at
    swept(clock, MOMENT)
    told_first = raised(request.pk)
    assert [(code, level, at) for code, level, at, _ in told_first] == [("RD", 1, start)]
    assert "olly" in told_first[0][3]
    expected = [("RD", 2, start + hours(4), ["rosa"]), ("RD", 3, start + hours(8), ["rashid"])]
    for number, at in enumerate((4, 8)):
        clock.set(start)
        swept(clock, hours(at))
        assert raised(request.pk)[1:] == expected[:number]
        swept(clock, MOMENT)
        assert raised(request.pk)[1:] == expected[: number + 1]


def test_with_the_sergeant_away_their_cover_is_told(clock, olly, cora, rosa, noor):
    request = asked(submitted(olly), cora)
    away(rosa, days=3, cover=noor)
    swept(clock, hours(4) + MOMENT)
    assert [people for *_, people in raised(request.pk)][1:] == [["noor"]]


def test_not_known_is_an_answer(clock, olly, cora, sam):
    ppn = ready(olly, cora, sam)
    request = asked(ppn, cora)
    clock.shift(hours(1))
    done = workflow.answer_detail(request, by=olly, answer="Not known")
    assert (done.state, done.answer, done.answered_by, done.answered_at) == ("answered", "Not known", olly, clock.at)
    assert clock_of(request, "RD").stopped_by == "ppn.answer_detail"
    assert filed(ppn, sam).state == "filed"


@pytest.mark.parametrize("answer", ["", "  "])
def test_nothing_is_no_answer(clock, olly, cora, answer):
    request = asked(submitted(olly), cora)
    with pytest.raises(NotNow, match="not known"):
        workflow.answer_detail(request, by=olly, answer=answer)


@pytest.mark.parametrize("question", ["", "\n"])
def test_a_question_is_asked(clock, olly, cora, question):
    with pytest.raises(NotNow):
        workflow.ask_for_detail(DetailRequest(), by=cora, ppn=submitted(olly), question=question)


def test_a_colleague_who_knows_answers_and_once(clock, olly, cora, rosa):
    request = workflow.answer_detail(asked(submitted(olly), cora), by=rosa, answer="I was there: her aunt")
    with pytest.raises(NotNow):
        workflow.answer_detail(request, by=olly, answer="Her uncle")


@pytest.mark.parametrize("name", ["olly", "rosa", "callie"])
def test_only_the_mash_asks(clock, olly, cast, name):
    with pytest.raises(NotYours):
        asked(submitted(olly), cast[name])


def test_the_database_itself_refuses_an_answer_without_words(clock, olly, cora):
    request = asked(submitted(olly), cora)
    refused = pytest.raises(DatabaseError, match="answered_with_words")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ppn_detailrequest SET state = 'answered' WHERE id = %s", [request.pk])
