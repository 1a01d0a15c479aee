"""A restricted case is not there for anybody but the people it names, and neither is anything that hangs on it."""

import pytest

from access.actor import NotYours, System, acting, signed
from cases.models import Case, Restriction, next_reference
from cases.workflow.cases import restrict
from partners.models import Agency, Disclosure
from ppn import workflow as ppn_workflow
from ppn.models import Ppn, Subject
from ppn.workflow import Grounds
from tests.stories import called_in, hours, submitted, swept, told
from triage.models import CallLogImport, Incident, RowToCheck, Thrive
from workflow.models import Step

pytestmark = pytest.mark.django_db
EVERYTHING = [Case, Ppn, Subject, Incident, Thrive, Disclosure, RowToCheck]


@pytest.fixture
def household(clock, callie, olly, cora, sam):
    """One of everything about the same household."""
    ppn = submitted(olly)
    incident = called_in(callie)
    with signed(System("test")):
        Incident.objects.filter(pk=incident.pk).update(case=ppn.case)
        agency = Agency.objects.create(name="Vale Council", kind="social_care", mailbox="mash@vale.example")
        came_with = CallLogImport.objects.create(file_name="log.csv", at=clock.at)
        RowToCheck.objects.create(came_with=came_with, kind="flagged", line=2, reason="A time", incident=incident)
    ppn = ppn_workflow.take(ppn, by=cora)
    ppn = ppn_workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="As graded", grade="amber", because="")
    grounds = Grounds(basis="public_task", why_needed="To see the child", informed="yes")
    ppn_workflow.share(ppn, by=cora, agencies=[agency], summary="Seen under the stairs", grounds=grounds)
    return ppn.case


@pytest.mark.parametrize("model", EVERYTHING, ids=lambda model: model.__name__)
def test_everybody_sees_what_is_not_restricted(household, olly, model):
    with acting(olly):
        assert model.objects.count() == 1


@pytest.mark.parametrize("model", EVERYTHING, ids=lambda model: model.__name__)
def test_a_restricted_case_hides_what_hangs_on_it_from_everybody_else(household, olly, cora, sam, sue, model):
    restrict(household, by=sam, people=[cora], because="The father is a colleague")
    for other in (olly, sam, sue):
        with acting(other) as stretch:
            assert model.objects.count() == 0
            assert list(model.objects.all()) == []
        assert stretch.handed_over == {}


@pytest.mark.parametrize("model", EVERYTHING, ids=lambda model: model.__name__)
def test_a_restricted_case_shows_what_hangs_on_it_to_the_people_named(household, cora, sam, model):
    restrict(household, by=sam, people=[cora], because="The father is a colleague")
    with acting(cora):
        assert len(model.objects.all()) == 1


def test_a_hidden_record_is_one_that_does_not_exist(household, olly, cora, sam):
    restrict(household, by=sam, people=[cora], because="The father is a colleague")
    with acting(olly), pytest.raises(Ppn.DoesNotExist):
        Ppn.objects.get(case=household)


def test_a_hidden_notice_cannot_be_worked_on(household, olly, cora, cole, sam):
    ppn = submitted(olly)
    restrict(ppn.case, by=sam, people=[cora], because="The father is a colleague")
    with pytest.raises(Ppn.DoesNotExist):
        ppn_workflow.take(ppn, by=cole)
    assert ppn_workflow.take(ppn, by=cora).state == "under_research"


def test_the_next_notice_is_never_one_that_is_hidden(olly, cora, cole, sam):
    ppn = submitted(olly)
    restrict(ppn.case, by=sam, people=[cora], because="The father is a colleague")
    assert ppn_workflow.take_next(by=cole) is None
    assert ppn_workflow.take_next(by=cora) == ppn


def test_the_clocks_of_a_hidden_notice_run_on(clock, olly, cora, sam):
    ppn = submitted(olly)
    restrict(ppn.case, by=sam, people=[cora], because="The father is a colleague")
    swept(clock, hours(25))
    assert told(ppn.pk)[-1] == "ines"


def test_another_person_can_be_named_later_and_nobody_is_named_twice(household, olly, cora, sam):
    restrict(household, by=sam, people=[cora, sam], because="The father is a colleague")
    restrict(household, by=sam, people=[cora, olly], because="Olly attends again")
    assert Restriction.objects.filter(case=household).count() == 3
    with acting(olly):
        assert Case.objects.get() == household


@pytest.mark.parametrize("name", ["callie", "fin", "olly", "rashid", "cora", "dmitri"])
def test_who_may_not_restrict(household, cast, name):
    with pytest.raises(NotYours, match="restrict who may see a case"):
        restrict(household, by=cast[name], people=[cast[name]], because="I know them")
    assert not Restriction.objects.exists()


def test_a_reference_is_never_used_twice(db):
    assert len({next_reference("PPN") for _ in range(50)}) == 50


def test_a_reference_can_be_said_over_the_radio(db):
    prefix, number = next_reference("PPN").split("-")
    assert (prefix, len(number)) == ("PPN", 6)


def test_steps_are_reached_only_through_a_record_that_can_be_seen(household, olly, cora, sam):
    restrict(household, by=sam, people=[cora], because="The father is a colleague")
    with acting(cora):
        assert Step.of(Ppn.objects.get())[0].transition == "ppn.submit"
