"""C6: 400 incidents waited in the triage hub to be decided. Of twenty that were read two concerned a child, and both
had been delayed. Here a child, or where nobody knows, comes first and has a clock of its own."""

from dataclasses import replace

import pytest
from django.urls import reverse

from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, away, called_in, clock_of, swept
from tests.triage.scenes import A_CHILD, NOTHING_AGAINST, allocated, fresh, running
from triage import workflow
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
LOW = replace(CALM, overall="low")


@pytest.fixture
def hub(clock, callie):
    """Forty low-risk incidents without a child, and among them, as they came in, two with one and one not known."""

    def comes_in(number):
        child = {7: "yes", 23: "yes", 31: "not_known"}.get(number, "no")
        clock.shift(minutes(1))
        return called_in(callie, grade="G3", child=child, assessment=LOW)

    return [comes_in(number) for number in range(40)]


def board(client, who, **asked):
    client.force_login(who)
    return client.get(reverse("hub"), asked).context


def test_the_two_with_a_child_and_the_one_nobody_knows_of_are_at_the_top(client, hub, tara):
    rows = board(client, tara)["rows"]
    assert [row.key for row in rows[:3]] == [hub[7].pk, hub[23].pk, hub[31].pk]
    assert {row.child for row in rows[3:]} == {"no"}


def test_the_page_says_how_many_there_are_of_each(client, hub, tara):
    counts = {chip["label"]: chip["count"] for chip in board(client, tara)["chips"]}
    assert (counts["To decide"], counts["Child"], counts["Not known if a child"]) == (40, 2, 1)


@pytest.mark.parametrize(("child", "length"), [("yes", hours(2)), ("not_known", hours(2)), ("no", hours(24))])
def test_a_decision_is_due_within_two_hours_for_a_child_or_not_known_and_a_day_otherwise(clock, callie, child, length):
    incident = called_in(callie, grade="G3", child=child)
    assert clock_of(incident, "K11").due_at == MONDAY + length


def test_undecided_it_goes_to_the_supervisor_and_then_to_the_force_incident_manager(clock, callie):
    incident = called_in(callie, grade="G3", child="yes")
    swept(clock, minutes(90))
    assert raised(incident.pk, "K11") == []
    swept(clock, MOMENT)
    assert [who for *_, who in raised(incident.pk, "K11")] == [["tess"]]
    swept(clock, minutes(30))
    assert [who for *_, who in raised(incident.pk, "K11")] == [["tess"], ["fin"]]


def test_with_the_supervisor_on_leave_somebody_who_is_there_is_told(clock, callie, tess, tara):
    incident = called_in(callie, grade="G3", child="yes")
    away(tess, days=14, cover=tara)
    swept(clock, minutes(90) + MOMENT)
    assert [who for *_, who in raised(incident.pk, "K11")] == [["tara"]]


def test_a_child_that_comes_to_light_in_the_queue_brings_the_decision_nearer(clock, callie, tara):
    incident = called_in(callie, grade="G3", child="no")
    clock.shift(hours(5))
    workflow.rang_again(incident, by=callie, what_they_say="He has the little one with him", child="yes")
    assert clock_of(incident, "K11").due_at == MONDAY + hours(2)  # past already: it counts from when it came in
    swept(clock, MOMENT)
    assert {who for *_, people in raised(incident.pk, "K11") for who in people} == {"tess", "fin"}


def test_what_the_text_says_of_a_child_asks_somebody_to_say_whether_one_is_there(clock, callie, tara):
    said = "Neighbour shouting. Two kids at the window."
    incident = called_in(callie, grade="G3", child="not_known", what_happened=said)
    assert "kids" in incident.possible_child_because
    assert clock_of(incident, "K15").due_at == MONDAY + minutes(15)
    incident = workflow.child_found(incident, by=tara, how_we_know="Rang the neighbour: two boys")
    assert (incident.child, running(incident) & {"K15"}) == ("yes", set())
    assert "K7" in running(incident)


def test_a_child_goes_to_the_phone_only_after_a_second_person_has_looked(clock, callie, tara, tess, ravi):
    incident = allocated(called_in(callie, grade="G4", child="yes"), tara, said=A_CHILD)
    assert incident.state == "second_look"
    incident = workflow.agree(incident, by=tess, because="She rang herself, from school")
    assert incident.state == "allocated"


def test_shared_images_of_a_child_do_not_go_to_the_phone_without_the_specialist_sergeant(clock, callie, tara, dina):
    incident = called_in(callie, grade="G4", child="yes")
    images = replace(A_CHILD, images_shared="yes", abuse_or_images="yes")
    with pytest.raises(NotNow, match="specialist sergeant has not said how"):
        allocated(incident, tara, said=images)
    incident = workflow.add_specialist_note(fresh(incident), by=dina, note="View her phone with her mother there first")
    assert allocated(incident, tara, said=images).state == "second_look"


def test_allocated_and_not_accepted_is_still_the_hubs(clock, callie, tara, tess):
    incident = allocated(called_in(callie, grade="G4", child="no"), tara, said=NOTHING_AGAINST)
    assert "K12" in running(incident)
    swept(clock, hours(72) + MOMENT)
    assert ["tess"] in [who for *_, who in raised(incident.pk, "K12")]


def test_a_supervisor_gives_out_many_at_once_and_each_has_a_named_owner(client, hub, tess, tara):
    client.force_login(tess)
    chosen = [str(incident.pk) for incident in hub[:10]]
    client.post(reverse("give-many"), {"incident": chosen, "to": tara.pk})
    assert {fresh(incident).owner for incident in hub[:10]} == {tara}
