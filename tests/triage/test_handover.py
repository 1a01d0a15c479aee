"""Whose it is: at every moment exactly one named person's. To offer it is not to hand it over: each one needs a yes."""

import pytest
from django.contrib.messages import get_messages
from django.db import DatabaseError, transaction
from django.urls import reverse

from access.actor import NotYours, System, acting, signed
from access.roles import Role
from accounts.models import Posting, Team, User
from cases.models import Case
from cases.workflow.cases import restrict
from tests.conftest import MONDAY, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import away, called_in, clock_of, ended, outcome_of, swept
from tests.triage.scenes import A_CHILD, allocated, fresh, running
from triage import workflow
from triage.models import Incident
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def offered(incident, by, to):
    return workflow.hand_over(incident, by=by, to=to, note="He rang twice")


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


OWNERS = [
    ("waits for a unit", lambda s: called_in(s["callie"]), "dev"),
    ("in the hub", lambda s: called_in(s["callie"], grade="G3"), "tara"),
    ("second look", lambda s: allocated(called_in(s["callie"], grade="G4"), s["tara"], said=A_CHILD), "tess"),
    ("by phone", lambda s: allocated(called_in(s["callie"], grade="G4", child="no"), s["tara"]), "rina"),
    ("neighbourhood", lambda s: allocated(called_in(s["callie"], grade="G4", child="no"), s["tara"], "neighbourhood"),
     "noor"),
    ("specialist", lambda s: allocated(called_in(s["callie"], grade="G4", child="no"), s["tara"], "specialist"),
     "dina"),
    ("appointment", lambda s: allocated(called_in(s["callie"], grade="G3"), s["tara"], "appointment"), "dev"),
    ("attended", lambda s: workflow.attend(called_in(s["callie"]), by=s["olly"]), "olly"),
    ("attended, as the control room was told", lambda s: workflow.attend(called_in(s["callie"]), by=s["dev"]), "rosa"),
    ("outcome", lambda s: outcome_of(workflow.attend(called_in(s["callie"]), by=s["olly"]), s["olly"]), "rosa"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "story", "owner"), OWNERS, ids=[where for where, *_ in OWNERS])
def test_wherever_it_is_it_is_somebodys_by_name(cast, where, story, owner):
    assert story(cast).owner.username == owner


def test_with_that_person_away_it_is_whoevers_who_covers(cast, callie, dev, cora):
    away(dev, days=1, cover=cora)
    assert called_in(callie).owner == cora


def test_of_several_it_is_whoevers_who_has_the_fewest(clock, cast, callie, tara):
    with signed(System("test")):
        theo = User.objects.create(username="theo", first_name="Theo", last_name="Triage")
        hub = Team.objects.get(name="Triage hub")
        Posting.objects.create(person=theo, role=Role.TRIAGE_OFFICER.value, team=hub, starts=MONDAY)
    owners = [called_in(callie, grade="G3").owner.username for _ in range(4)]
    assert sorted(owners) == ["tara", "tara", "theo", "theo"]


def test_the_database_refuses_one_that_is_nobodys(clock, callie):
    incident = called_in(callie)
    with pytest.raises(DatabaseError, match="an_open_incident_has_an_owner"), transaction.atomic(), signed(callie):
        Incident.objects.filter(pk=incident.pk).update(owner=None)


# Handing over


def test_it_stays_with_whoever_had_it_until_the_other_says_yes(clock, callie, dev, tara):
    incident = offered(called_in(callie), dev, tara)
    assert (incident.owner, incident.offered_to, incident.offered_at) == (dev, tara, MONDAY)
    incident = workflow.accept_handover(incident, by=tara)
    assert (incident.owner, incident.offered_to, "HO" in running(incident)) == (tara, None, False)


def test_with_no_yes_it_climbs_and_is_still_whose_it_was(clock, callie, dev, tara):
    incident = offered(called_in(callie), dev, tara)
    swept(clock, minutes(30) + MOMENT)
    assert [(due - MONDAY, who) for *_, due, who in raised(incident.pk, "HO")] == [
        (minutes(15), ["connie"]),
        (minutes(30), ["fin"]),
    ]
    assert fresh(incident).owner == dev


def test_with_a_no_it_stays_and_nobody_above_is_told(clock, callie, dev, tara):
    incident = offered(called_in(callie), dev, tara)
    with pytest.raises(NotNow, match="Say why"):
        workflow.decline_handover(incident, by=tara, because=" ")
    incident = workflow.decline_handover(incident, by=tara, because="I go home as well")
    assert (incident.owner, incident.offered_to) == (dev, None)
    swept(clock, minutes(60))
    assert raised(incident.pk, "HO") == []


def test_whoever_offered_it_may_take_the_offer_back(clock, callie, dev, tara):
    incident = workflow.decline_handover(offered(called_in(callie), dev, tara), by=dev, because="I stay on")
    assert (incident.owner, incident.offered_to) == (dev, None)


def test_only_the_person_asked_or_their_cover_says_yes(clock, callie, dev, tara, tess, connie):
    incident = offered(called_in(callie), dev, tara)
    with pytest.raises(NotYours, match="was not offered to you"):
        workflow.accept_handover(incident, by=connie)
    away(tara, days=1, cover=tess)
    assert workflow.accept_handover(fresh(incident), by=tess).owner == tess


def test_what_is_not_mine_i_cannot_hand_over(clock, callie, dev, tara, connie):
    incident = called_in(callie)
    with pytest.raises(NotYours, match="not yours to hand over"):
        offered(incident, connie, tara)


@pytest.mark.parametrize("to", ["dev", "cora", "gone"])
def test_it_is_offered_to_somebody_else_who_deals_with_incidents(clock, callie, dev, cast, to):
    with signed(System("test")):
        cast["gone"] = User.objects.create(username="gone", is_active=False)
    with pytest.raises(NotNow, match="cannot take it"):
        offered(called_in(callie), dev, cast[to])


def test_offered_anew_the_time_of_the_first_offer_runs_on(clock, callie, dev, tara, tess):
    incident = offered(called_in(callie), dev, tara)
    clock.shift(minutes(10))
    incident = offered(incident, dev, tess)
    assert (incident.offered_to, clock_of(incident, "HO").due_at) == (tess, MONDAY + minutes(15))


# The page of a tour's end


def test_on_the_page_each_item_is_offered_by_itself_and_needs_its_own_yes(client, clock, callie, dev, tara):
    mine = [called_in(callie) for _ in range(3)]
    client.force_login(dev)
    page = client.get(reverse("handover")).context
    assert ({each.pk for each in page["mine"]}, page["mine_total"]) == ({each.pk for each in mine}, 3)
    client.post(reverse("handover"), {"incident": [each.pk for each in mine], "to": tara.pk, "note": "As it is"})
    client.force_login(tara)
    assert len(client.get(reverse("handover")).context["offered"]) == 3
    answer = client.post(reverse("handover"), {"accept": [mine[0].pk, mine[2].pk]})
    assert said(answer) == ["2 accepted."]
    assert [fresh(each).owner for each in mine] == [tara, dev, tara]


def test_what_cannot_be_offered_says_why_and_the_rest_is(client, clock, callie, dev, tara):
    mine, not_mine = called_in(callie), called_in(callie, grade="G3")
    client.force_login(dev)
    chosen = [mine.pk, not_mine.pk]
    answer = client.post(reverse("handover"), {"incident": chosen, "to": tara.pk, "note": ""})
    assert set(said(answer)) == {
        f"1 offered to {tara}.",
        f"{not_mine}: {not_mine} is not yours to hand over.",
    }
    assert fresh(mine).offered_to == tara


def test_to_choose_nobody_keeps_what_was_ticked(client, clock, callie, dev):
    incident = called_in(callie)
    client.force_login(dev)
    answer = client.post(reverse("handover"), {"incident": [incident.pk], "to": "", "note": "He rang twice"})
    assert answer.status_code == 422
    assert answer.context["ticked"] == [str(incident.pk)]
    assert "He rang twice" in answer.content.decode()


# A supervisor gives out many at once


def give(client, who, incidents, to):
    client.force_login(who)
    return client.post(reverse("give-many"), {"incident": [each.pk for each in incidents], "to": to.pk})


def test_of_many_each_is_given_or_says_why_not(client, clock, callie, tess, tara, connie):
    waits = [called_in(callie, grade="G4", child="no") for _ in range(3)]
    over = ended(called_in(callie), connie)
    answer = give(client, tess, [*waits, over], tara)
    assert set(said(answer)) == {
        f"3 given to {tara}.",
        f"{over}: This cannot be done now: it is no deployment. Somebody may have been quicker.",
    }
    assert {fresh(each).owner for each in waits} == {tara}


def test_what_a_team_has_not_accepted_is_accepted_in_that_name(client, clock, callie, tara, rina, ravi):
    incident = allocated(called_in(callie, grade="G4", child="no"), tara)
    give(client, rina, [incident], ravi)
    assert (fresh(incident).state, fresh(incident).owner) == ("accepted", ravi)
    assert "K12" not in running(incident)


def test_what_somebody_may_not_see_is_not_given_by_them(client, clock, callie, tess, tara, sam):
    incident = called_in(callie, grade="G3")
    with signed(System("test")):
        case = Case.objects.create(reference="CASE-900001")
        Incident.objects.filter(pk=incident.pk).update(case=case)
    restrict(case, by=sam, people=[sam], because="A colleague's home")
    answer = give(client, tess, [incident], tara)
    assert answer.status_code == 422
    assert incident.reference not in answer.content.decode()


@pytest.mark.parametrize("keys", [[], ["nonsense"], ["00000000-0000-4000-8000-000000000000"]])
def test_to_choose_nothing_is_told_in_words(client, clock, tess, tara, keys):
    client.force_login(tess)
    answer = client.post(reverse("give-many"), {"incident": keys, "to": tara.pk})
    assert answer.status_code == 422
    assert "Choose at least one incident." in answer.content.decode()


@pytest.mark.parametrize("name", ["callie", "dev", "olly", "tara", "ravi"])
def test_only_a_supervisor_gives_out_work(client, clock, callie, cast, name):
    incident = called_in(callie, grade="G3")
    with pytest.raises(NotYours):
        workflow.give(incident, by=cast[name], to=cast["tara"])
    client.force_login(cast[name])
    assert client.post(reverse("give-many"), {"incident": [incident.pk], "to": cast["tara"].pk}).status_code == 403


def test_at_most_a_hundred_are_given_at_once(client, clock, callie, tess, tara):
    incident = called_in(callie, grade="G3")
    client.force_login(tess)
    page = client.get(reverse("give-many"), {"incident": [incident.pk] * 300})
    assert len(page.context["rows"]) == 1
    with acting(System("test")):
        assert Incident.objects.count() == 1
