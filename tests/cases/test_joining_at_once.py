"""Two people join overlapping records at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from access.actor import System, acting
from cases.models import Match, Person
from cases.workflow import matches
from demo.people import hire
from matching.score import Comparison
from tests.conftest import MONDAY
from tests.households import on_record

pytestmark = pytest.mark.django_db(transaction=True)
LITTLE = Comparison(weight=1.0, grade="possible", reasons_for=("Same school",), reasons_against=())


def proposed(one, other, by):
    match = matches.suggest(Match(), by=by, pair=(one.pk, other.pk), found="by_somebody", comparison=LITTLE)
    return matches.propose(match, by=by, because="Same school")


@pytest.mark.parametrize("attempt", range(5))
def test_three_records_joined_by_two_people_at_once_are_one_person(attempt):
    people = hire(MONDAY)
    cora, cole = people["cora"], people["cole"]
    first, second, third = (on_record(cora, name) for name in ("Aurora Quill", "Basil Rook", "Cedric Stone"))
    pairs = [(proposed(first, second, cora), cole), (proposed(second, third, cole), cora)]
    gate = Barrier(2)

    def agree(match, by):
        gate.wait()
        matches.agree(match, by=by)
        connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(agree, *zip(*pairs, strict=True)))
    with acting(System("test")):
        stands_for = {person.same_as_id for person in Person.objects.all()}
        assert len(stands_for) == 1
        (root,) = stands_for
        assert Person.objects.get(pk=root).same_as_id == root
