"""Every night everybody is compared with everybody; what somebody has decided on stays decided."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from access.actor import System, acting, signed
from cases import records
from cases.indexing import index
from cases.models import Match, Person
from cases.nightly import compare_everybody
from cases.records import Details, Home
from cases.workflow import matches
from sla.models import Clock
from tests.households import TOLD
from tests.stories import hours

pytestmark = pytest.mark.django_db
CLOSE = Home("51 Curlew Close", "ZV4 4ZZ")


def loaded(*names):
    """As an import would: nobody was asked whether we had met."""
    with signed(System("import")):
        people = records.new_people(
            [Details(given, family, born_on=date(2013, 9, 30)) for given, family in (name.split() for name in names)]
        )
        records.live_at([(person, CLOSE) for person in people], TOLD)
        index(people)
    return people


def test_the_night_suggests_what_nobody_looked_for_and_merges_nothing(clock, cast, capsys):
    one, other, _ = loaded("Michael Sedgefold", "Micheal Sedgefold", "Ottilie Wainfold")
    call_command("compare_people")
    assert "1 new" in capsys.readouterr().out
    with acting(System("test")):
        match = Match.objects.get()
        assert {match.one_id, match.other_id} == {one.pk, other.pk}
        assert match.found == "nightly"
        assert {person.same_as_id for person in Person.objects.all()} == {person.pk for person in Person.objects.all()}
    assert not Clock.running().filter(record=match.pk).exists()


def test_the_queue_says_when_the_night_last_got_to_its_end_or_that_it_never_did(client, clock, cast, cora):
    client.force_login(cora)
    page = reverse("matches")
    assert "has not run" in client.get(page).content.decode()
    compare_everybody()
    assert "Mon 2 March 2026, 09:00" in client.get(page).content.decode()


def test_what_was_suggested_or_decided_is_not_suggested_again(clock, cast, cora):
    loaded("Michael Sedgefold", "Micheal Sedgefold")
    assert (compare_everybody(), compare_everybody()) == (1, 0)
    with acting(cora):
        match = Match.objects.get()
    matches.not_the_same(match, by=cora, because="Cousins")
    clock.shift(hours(24))
    assert compare_everybody() == 0


def test_records_that_are_one_person_already_are_no_suggestion(clock, cast, cora, cole):
    loaded("Michael Sedgefold", "Micheal Sedgefold")
    compare_everybody()
    with acting(cora):
        match = Match.objects.get()
    matches.agree(matches.propose(match, by=cora, because="One boy"), by=cole)
    assert compare_everybody() == 0
