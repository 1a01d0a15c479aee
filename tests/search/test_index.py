"""What can be found is what is on record now."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from search.find import MOST_HITS, Question, find
from search.index import Entry, put, rebuild, take_out
from search.keys import pairs, searchable
from search.models import Indexed, Pair, Word
from search.words import LOCK, tidy
from tests.search.known import found, known

pytestmark = pytest.mark.django_db
EVERYTHING = Entry(
    uuid4(),
    "cases.person",
    [("Poppy", "Sallowfold"), ("Nancy", "Garmere")],
    date(2014, 3, 12),
    date(2014, 3, 12),
    [("12 Example Street", "ZZ1 1AA")],
    ["07700 900461"],
    ["PER-001234"],
)
ASKED = ["poppy sallowfold", "garmere", "12/3/2014", "12 Example Street", "ZZ1 1AA", "07700 900461", "PER-001234"]


def words():
    return set(Word.objects.filter(sort="n").values_list("word", flat=True))


def test_a_record_is_found_by_all_of_it():
    put([EVERYTHING])
    assert [found(text) for text in ASKED] == [[EVERYTHING.key]] * len(ASKED)
    assert [hit.kind for hit in find(Question("poppy"))] == ["cases.person"]


def test_what_is_put_replaces_what_was_there():
    put([EVERYTHING])
    put([Entry(EVERYTHING.key, "ppn.subject", [("Iris", "Wexbourne")])])
    assert [found(text) for text in ASKED] == [[]] * len(ASKED)
    assert [hit.kind for hit in find(Question("iris wexbourne"))] == ["ppn.subject"]


def test_a_birth_that_was_corrected_is_the_one_that_counts(clock):
    key = known("Poppy", "Sallowfold", born=date(1980, 1, 1))
    put([Entry(key, "cases.person", [("Poppy", "Sallowfold")], date(2014, 3, 12), date(2014, 3, 12))])
    assert [hit.because for hit in find(Question("Poppy Sallowfold", age=11))] == [["Name", "Age 11"]]
    assert found("1/1/1980") == []


def test_the_same_again_changes_no_row():
    def versions():
        with connection.cursor() as cursor:
            cursor.execute("SELECT ctid FROM search_indexed UNION ALL SELECT ctid FROM search_pair ORDER BY 1")
            return cursor.fetchall()

    put([EVERYTHING])
    before = versions()
    put([EVERYTHING])
    assert versions() == before


def test_what_is_taken_out_is_not_found():
    other = known("Poppy", "Sallowfold")
    put([EVERYTHING])
    take_out([EVERYTHING.key])
    assert found("Poppy Sallowfold") == [other]
    assert [found(text) for text in ASKED[1:]] == [[]] * (len(ASKED) - 1)


def test_taking_out_what_is_not_there_does_no_harm():
    take_out([uuid4()])
    take_out([])
    put([])


def test_given_twice_the_last_counts():
    key = uuid4()
    put([Entry(key, "cases.person", [("Anna", "Garmere")]), Entry(key, "cases.person", [("Anna", "Sallowfold")])])
    assert (found("garmere"), found("sallowfold")) == ([], [key])


def test_somebody_of_whom_no_name_is_known_is_found_by_the_rest():
    key = uuid4()
    put([Entry(key, "cases.person", [("", "")], phones=["07700 900461"])])
    assert found("07700 900461") == [key]
    put([Entry(key, "cases.person", [], references=["PER-000007"])])
    assert found("PER-000007") == [key]


def test_rebuilding_leaves_exactly_what_was_given():
    gone, stays = known("Iris", "Wexbourne"), known("Anna", "Garmere")
    rebuild(iter([EVERYTHING, Entry(stays, "cases.person", [("Anna", "Sallowfold")])]))
    assert found("Iris Wexbourne") == []
    assert found("Anna Garmere") != [stays]
    assert found("Anna Sallowfold")[0] == stays
    assert set(Indexed.objects.values_list("key", flat=True)) == {EVERYTHING.key, stays}
    assert not Pair.objects.filter(key=gone).exists()


def test_somebody_put_in_during_a_rebuild_stays():
    meanwhile = []

    def entries():
        yield EVERYTHING
        meanwhile.append(known("Iris", "Wexbourne"))

    rebuild(entries())
    assert found("Iris Wexbourne") == meanwhile


def test_a_word_is_forgotten_when_nobody_bears_it_any_more():
    put([EVERYTHING])
    key = known("Poppy", "Wexbourne")
    take_out([EVERYTHING.key])
    assert "sallowfold" in words()
    tidy()
    assert words() == {"poppy", "wexbourne"}
    assert found("popy wexborne") == [key]


def test_a_word_that_was_forgotten_can_be_learned_again():
    put([EVERYTHING])
    take_out([EVERYTHING.key])
    tidy()
    put([EVERYTHING])
    assert found("popy salowfold") == [EVERYTHING.key]


def test_no_word_is_forgotten_while_somebody_writes_a_record_with_it():
    put([EVERYTHING])
    with connections["audit"].cursor() as elsewhere:
        elsewhere.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        assert elsewhere.fetchone() == (False,)
        elsewhere.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [LOCK])
        assert elsewhere.fetchone() == (True,)


@pytest.mark.django_db(transaction=True)
def test_many_who_write_the_same_records_at_once_leave_each_as_one_of_them_wrote_it():
    keys = [UUID(int=number) for number in range(1, 9)]
    syllables = ["sal", "low", "fold", "gar", "mere", "wex"]

    def write(seed):
        dice = Random(seed)
        try:
            for turn in range(40):
                some = dice.sample(keys, 3)
                names = [("".join(dice.sample(syllables, 2)), "".join(dice.sample(syllables, 3))) for _ in some]
                put([Entry(key, "cases.person", [name]) for key, name in zip(some, names, strict=True)])
                if turn % 10 == 0:
                    take_out(some)
                    tidy()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        list(people.map(write, range(4)))
    for row in Indexed.objects.all():
        name = tuple(row.names[0].split("\t"))
        assert set(Pair.objects.filter(key=row.key).values_list("low", "high")) == pairs([searchable(name)])
        assert set(searchable(name)) <= words()
    assert set(Pair.objects.values_list("key", flat=True)) == set(Indexed.objects.values_list("key", flat=True))


def test_the_commonest_word_comes_first_where_one_was_only_begun():
    for given in ("Anna", "Bella", "Carla"):
        known(given, "Sallowmore")
    known("Anna", "Sallowfold")
    tidy()
    assert Word.objects.get(word="sallowmore").people > Word.objects.get(word="sallowfold").people


def test_a_record_takes_three_statements_and_so_do_a_thousand(django_assert_num_queries):
    many = [Entry(uuid4(), "cases.person", [(f"Anna{at}", "Sallowfold")]) for at in range(1000)]
    for entries in ([EVERYTHING], many):
        with django_assert_num_queries(3):
            put(entries)


@pytest.mark.parametrize("asked", ["Poppy Sallowfold", " ".join(ASKED), "poppy " * 20, ""])
def test_a_search_takes_three_statements_at_most(django_assert_max_num_queries, asked):
    put([EVERYTHING])
    with django_assert_max_num_queries(3):
        find(Question(asked, born_on=date(2014, 3, 12), age=11))


def test_no_more_are_found_than_were_asked_for():
    put([Entry(uuid4(), "cases.person", [("Anna", "Sallowfold")]) for _ in range(MOST_HITS + 50)])
    assert len(find(Question("Anna Sallowfold"))) == 20
    assert len(find(Question("Anna Sallowfold"), limit=1)) == 1
    assert len(find(Question("Anna Sallowfold"), limit=10**6)) == MOST_HITS


def test_the_same_question_has_the_same_answer():
    put([Entry(uuid4(), "cases.person", [("Anna", "Sallowfold")]) for _ in range(50)])
    assert found("Anna Sallowfold") == found("Anna Sallowfold")


def test_scores_fall_and_are_shares():
    known("Anna", "Sallowfold")
    known("Anne", "Sallowfield", born=date(2014, 1, 1))
    known("Bella", "Sallowfold", born=date.min + timedelta(days=1))
    scores = [hit.score for hit in find(Question("Anna Sallowfold 1/1/2014"))]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
