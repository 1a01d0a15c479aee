"""What a page says is so: of a part that is empty, of who waits, of a possible child; and what was typed stays."""

import html
import re

import pytest
from django.urls import reverse

from cases.models import PlaceMarker
from cases.workflow.markers import mark_number
from tests.conftest import hours, minutes
from tests.households import HERE, TOLD, is_a_sex_offender, on_record
from tests.sla.made import MOMENT
from tests.stories import CALM, called_in, ended, submitted, swept
from triage import workflow
from triage.nightly import look_for_children

pytestmark = pytest.mark.django_db


@pytest.fixture
def see(client):
    def page(who, name, *args, **asked):
        client.force_login(who)
        return client.get(reverse(name, args=args), asked)

    return page


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


# A part of a list that is empty says nothing of the whole


@pytest.mark.parametrize("asked", [{"show": "possible"}, {"grade": "G1"}])
def test_that_nobody_is_in_a_part_of_the_wall_does_not_say_that_every_child_was_seen(clock, callie, sue, see, asked):
    called_in(callie, grade="G2", child="yes")
    said = words(see(sue, "unseen", **asked))
    assert "Every child we know of has been seen" not in said
    assert "It is narrowed" in said


def test_when_the_whole_wall_is_empty_it_says_so(clock, sue, see):
    assert "Every child we know of has been seen" in words(see(sue, "unseen"))


# Who waits


def test_where_there_is_a_notice_nobody_is_told_that_partners_know_nothing(clock, callie, olly, connie, see):
    first, second = called_in(callie), called_in(callie)
    submitted(olly, arises_from=first.pk)
    rows = {row.key: row for row in see(connie, "board", show="waiting").context["rows"]}
    assert rows[first.pk].holds_up == "The child has not been seen; a notice is with the MASH"
    assert rows[second.pk].holds_up == "The child has not been seen; partners know nothing of it"


def test_nor_is_it_counted_among_those_of_whom_no_partner_knows(clock, callie, olly, connie, see):
    first, *_ = [called_in(callie, child=child) for child in ("yes", "not_known", "no")]
    before = see(connie, "backlog").context["queues"][0].waits_on_it
    submitted(olly, arises_from=first.pk)
    after = see(connie, "backlog").context["queues"][0].waits_on_it
    assert (before[:1], after[:1]) == ("2", "1")


def test_a_decision_on_resources_that_has_run_out_is_on_the_board_to_which_the_first_page_leads(
    clock, callie, fin, see
):
    incident = called_in(callie, grade="G2", child="no")
    facts = {"decision": "hold", "because": "Nobody is free", "until": clock.at + hours(1)}
    workflow.decide_resources(incident, by=fin, **facts)
    swept(clock, hours(1))
    assert see(fin, "board", show="fim").context["rows"] == []
    swept(clock, MOMENT)
    assert [row.key for row in see(fin, "board", show="fim").context["rows"]] == [incident.pk]
    (share,) = [each for each in see(fin, "home").context["needs_me"] if each.heading.startswith("Waiting for your")]
    assert share.total == 1


# A possible child


def test_what_may_be_a_child_is_nowhere_shown_as_none(clock, callie, tara, see):
    incident = called_in(callie, grade="G3", child="no", what_happened="Two kids at the window")
    for page in (see(tara, "hub"), see(tara, "incident", incident.pk), see(tara, "handover")):
        assert "Not known if a child" in words(page)
        assert "app-child--no" not in page.content.decode()


def test_each_warning_is_said_once_while_a_call_is_taken(clock, callie, cora, see):
    is_a_sex_offender(on_record(cora, "Desmond Garmere", home=HERE, said_to_be_child="no"), cora)
    said = words(see(callie, "known", location=f"{HERE.address}, {HERE.postcode}"))
    assert said.count("Registered sex offender") == 1
    assert "No warning markers" not in said


def test_where_nothing_is_marked_it_says_so(clock, callie, cora, see):
    mark = {"kind": "weapons", "note": "", "starts": None, "ends": None, "source": TOLD}
    mark_number(PlaceMarker(), by=cora, number="07700 900461", **mark)
    assert "No warning markers" in words(see(callie, "known", caller_number="07700 900462"))
    assert "No warning markers" not in words(see(callie, "known", caller_number="07700 900461"))


def test_at_night_one_that_has_ended_is_left_alone_and_the_others_are_looked_at(clock, callie, connie, cora):
    gone, _ = (called_in(callie, child="no", location=f"{HERE.address}, {HERE.postcode}") for _ in range(2))
    on_record(cora, "Poppy Example", home=HERE, said_to_be_child="yes")
    ended(gone, connie)
    assert look_for_children() == 1
    assert look_for_children() == 0


# Time that has gone


def test_one_that_was_opened_again_has_used_up_time_since_then_and_not_since_the_first_call(clock, callie, connie, see):
    again = called_in(callie, grade="G2", child="no")
    ended(again, connie)
    clock.shift(hours(40))
    late = called_in(callie, grade="G2", child="no")
    clock.shift(minutes(55))
    facts = {"because": "He rang the council", "grade": "G2", "assessment": CALM}
    again = workflow.reopen(again, by=connie, **facts)
    clock.shift(minutes(30))
    assert again.rank == late.rank
    rows = see(connie, "board", show="waiting").context["rows"]
    assert [row.key for row in rows] == [late.pk, again.pk]  # 85 minutes of 60 gone, and 30 of 60


# Nothing typed is lost


def test_offered_with_nothing_ticked_what_was_written_is_still_there(client, clock, callie, dev, tara):
    called_in(callie, grade="G2")
    client.force_login(dev)
    page = client.post(reverse("handover"), {"to": tara.pk, "note": "Ring her sister at six"})
    assert page.status_code == 422
    assert "Choose at least one incident." in words(page)
    assert "Ring her sister at six" in page.content.decode()


def test_yes_to_nothing_asks_for_an_incident_and_not_to_whom(client, clock, callie, dev, tara):
    workflow.hand_over(called_in(callie, grade="G2"), by=dev, to=tara, note="As it is")
    client.force_login(tara)
    said = words(client.post(reverse("handover"), {"do": "accept"}, follow=True))
    assert "Choose at least one incident." in said
    assert "Answer needed" not in said
