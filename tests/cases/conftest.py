"""Who lives where, for what is marked with a warning; and a case that almost nobody may see."""

from datetime import date

import pytest

from access.actor import System, signed
from cases.models import Case, next_reference
from cases.records import Source
from cases.workflow.cases import restrict
from tests.cases.marked import only, place
from tests.households import HERE, on_record


@pytest.fixture
def here(clock):
    return place()


@pytest.fixture
def kerry(clock, cora):
    return on_record(cora, "Kerry Overlow", born=date(1991, 7, 1), home=HERE)


@pytest.fixture
def secret(clock, ines):
    """Learned in a case that only Ines may see."""
    with signed(System("test")):
        case = Case.objects.create(reference=next_reference("CASE"))
    restrict(case, by=ines, people=[ines], because="The family of a colleague")
    return Source(how="record", says="A meeting", case=only(Case, pk=case.pk))
