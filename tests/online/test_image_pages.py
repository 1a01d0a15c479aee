"""The pages of children whose images were shared: what they say, whom they let in, and what they keep when something is
missing. No word on them blames the child."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.actor import acting
from cases.workflow.people import declare_conflict
from online.case_parts import parts_of
from online.image_outcomes import outcomes
from online.image_urls import urlpatterns
from online.models import SharedImage
from online.wall import lines_of
from online.workflow.shared_images import no_shared_image
from sla.work import HOME
from tests.households import on_record
from tests.online.image_scenes import (
    asked,
    given_to,
    given_to_specialist,
    guided,
    investigated,
    of_each,
    ready,
    reported,
    resolved,
    seen,
    team_of,
)
from tests.online.scenes import as_it_is
from tests.stories import away
from tests.strategy.test_pages import moment, text

pytestmark = pytest.mark.django_db
WITHOUT_A_RECORD = ["online-images", "sharedimage-new"]
ABOUT_A_RECORD = [each.name for each in urlpatterns if each.name not in WITHOUT_A_RECORD]
RISK = dict.fromkeys(("coercion", "threat", "payment", "adult", "circulation"), "no")


def page(client, user, name, /, *keys, **query):
    client.force_login(user)
    return client.get(reverse(name, args=keys), query)


def sends(client, user, name, /, *keys, **said):
    client.force_login(user)
    return client.post(reverse(name, args=keys), said)


def words(response):
    """What somebody reads, without the marks between."""
    return " ".join(re.sub("<[^>]*>", " ", text(response)).split())


# Whom they let in


@pytest.mark.parametrize("name", [each.name for each in urlpatterns])
def test_nobody_is_let_in_whose_work_it_is_not(client, cast, name):
    keys = [] if name in WITHOUT_A_RECORD else [of_each(cast)["sharedimage"].pk]
    assert page(client, cast["omar"], name, *keys).status_code in (403, 404)
    assert page(client, cast["dina"], name, *keys).status_code == 200


@pytest.mark.parametrize(
    ("name", "who", "may"),
    [
        ("online-images", "sam", True),
        ("online-images", "dmitri", True),
        ("online-images", "callie", True),
        ("sharedimage-new", "callie", True),
        ("sharedimage-new", "olly", True),
        ("sharedimage-new", "sam", False),
        ("sharedimage-guidance", "rosa", False),
        ("sharedimage-allocate", "iris", False),
        ("sharedimage-resolve", "olly", False),
        ("sharedimage-resolve", "noor", True),
        ("sharedimage-investigate", "rory", True),
        ("sharedimage-investigate", "olly", False),
        ("sharedimage-reopen", "rina", False),
    ],
)
def test_each_step_is_for_those_whose_step_it_is(client, cast, name, who, may):
    keys = [] if name in WITHOUT_A_RECORD else [of_each(cast)["sharedimage"].pk]
    assert page(client, cast[who], name, *keys).status_code == (200 if may else 403)


@pytest.mark.parametrize("name", ABOUT_A_RECORD)
def test_a_child_whom_somebody_may_not_see_is_not_there_for_them(client, cast, name):
    child = on_record(cast["olly"], "Tilly Ashmarsh")
    images = reported(cast["olly"], child)
    declare_conflict(child, by=cast["chidi"], user=cast["dina"], because="Her niece")
    assert page(client, cast["dina"], name, images.pk).status_code == 404
    assert "Ashmarsh" not in text(page(client, cast["dina"], "online-images"))


# A report, at a doorstep or by telephone


def typed(clock, **said):
    usual = {"what": "A picture goes round", "child_said": "Tilly", "child_age": "13", "child": "", "school_urn": ""}
    return {**usual, "school_said": "", "recipient_age": "", **moment("reported_at", clock.at), **said}


def test_a_report_leads_straight_to_the_questions(client, clock, olly):
    shown = text(page(client, olly, "sharedimage-new"))
    assert "The child is not to blame" in shown
    assert "No image is ever stored here" in shown
    refused = sends(client, olly, "sharedimage-new", **typed(clock, child_said=""))
    assert (refused.status_code, "A picture goes round" in text(refused)) == (422, True)
    made = sends(client, olly, "sharedimage-new", **typed(clock))
    with acting(olly):
        images = SharedImage.objects.get()
    assert made.url == reverse("sharedimage-questions", args=[images.pk])


def test_a_report_sent_twice_is_one_report(client, clock, callie):
    key = page(client, callie, "sharedimage-new").context["key"]
    for _ in range(2):
        assert sends(client, callie, "sharedimage-new", key=key, **typed(clock)).status_code == 302
    with acting(callie):
        assert SharedImage.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"child": "PER-999999"}, "Nobody on record has this reference"),
        ({"school_urn": "000000"}, "No school has this URN"),
        ({"what": "data:image/png;base64,iVBORw0KGgo="}, "Give the exhibit number or the CAID reference instead"),
        ({"reported_at_0": "99"}, "reported_at"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(client, clock, olly, said, refused):
    answer = sends(client, olly, "sharedimage-new", **typed(clock, **said))
    assert answer.status_code in (422, 302)
    if answer.status_code == 422:
        assert refused in text(answer)
        assert "Tilly" in text(answer)


def test_questions_not_answered_come_back_with_what_was_typed(client, olly):
    images = reported(olly)
    refused = sends(client, olly, "sharedimage-questions", images.pk, **{**RISK, "adult": ""}, said="She says no")
    assert (refused.status_code, "She says no" in text(refused)) == (422, True)
    assert sends(client, olly, "sharedimage-questions", images.pk, **RISK, said="She says no").status_code == 302
    assert "She says no" in text(page(client, olly, "sharedimage", images.pk))


# The page, and each step


def test_the_page_says_what_is_missing_and_who_may_do_it(client, cast):
    images = reported(cast["olly"])
    shown = words(page(client, cast["olly"], "sharedimage", images.pk))
    for said in (
        "Nobody has seen the child in person",
        "Not every question of wider risk is answered",
        "No notice has been submitted",
        "Before you can resolve it",
        "Never by phone alone",
        "for a Internet child abuse sergeant",
        "Nobody has asked yet",
    ):
        assert said.replace("for a Internet", "Internet") in shown, said
    assert "for an officer who has seen the child" in words(page(client, cast["callie"], "sharedimage", images.pk))


def test_from_guidance_to_the_end_on_the_pages(client, clock, cast):
    olly, dina, rosa = cast["olly"], cast["dina"], cast["rosa"]
    pk = asked(reported(olly), olly).pk
    guidance = {"how": "At school", "questions": "Who has it?", "viewing": "Nobody", "devices": ""}
    refused = sends(client, dina, "sharedimage-guidance", pk, **guidance)
    assert (refused.status_code, "At school" in text(refused)) == (422, True)
    to = {"handler": "response", "to_team": team_of(olly).pk, "officer": olly.pk}
    refused = sends(client, dina, "sharedimage-allocate", pk, **to)
    assert refused.status_code == 422
    assert "guidance first: nobody else deals with it" in words(refused)
    assert sends(client, dina, "sharedimage-guidance", pk, **{**guidance, "devices": "Kept"}).status_code == 302
    assert sends(client, dina, "sharedimage-allocate", pk, **to).status_code == 302
    refused = sends(client, rosa, "sharedimage-resolve", pk, outcome="22", said="Taken down")
    assert "the child has not been seen in person" in text(refused)
    assert "Taken down" in text(refused)
    told = {"where": "At home", "with_whom": "Her mother", "own_words": "“It was me.”", "demeanour": "Quiet"}
    told |= {"wants": "That it goes away", "devices": "Report Remove", **moment("seen_at", clock.at)}
    assert sends(client, olly, "sharedimage-seen", pk, **told).status_code == 302
    shown = words(page(client, olly, "sharedimage", pk))
    assert shown.index("What the child said") < shown.index("What was reported")
    done = {"outcome": "22", "said": "Taken down", "no_ppn_because": "Submitted on Monday under PPN-1"}
    assert sends(client, rosa, "sharedimage-resolve", pk, **done).status_code == 302
    assert "22: Diversion" in text(page(client, rosa, "sharedimage", pk))
    assert sends(client, rosa, "sharedimage-reopen", pk, because="Sent on").status_code == 302


def test_an_investigation_is_begun_from_the_page_and_shows_the_report(client, cast):
    images = asked(reported(cast["olly"]), cast["olly"], adult="yes")
    said = {"sender": "public", "sender_named": "", "what": ""}
    refused = sends(client, cast["iris"], "sharedimage-investigate", images.pk, **said)
    assert refused.status_code == 422
    begun = sends(client, cast["iris"], "sharedimage-investigate", images.pk, **{**said, "what": "A man asked"})
    assert begun.status_code == 302
    case = as_it_is(images).online_case
    with acting(cast["iris"]):
        part = next(each for each in parts_of(case, cast["iris"]) if "Reports that led" in each.heading)
    assert part.context["rows"][0].reference == images.reference
    assert images.reference in text(page(client, cast["iris"], "onlinecase", case.pk))
    assert case.get_absolute_url() in text(page(client, cast["iris"], "sharedimage", images.pk))
    again = sends(client, cast["iris"], "sharedimage-investigate", images.pk, **{**said, "what": "A man asked"})
    assert "investigated already" in text(again)
    other = reported(cast["olly"])
    linked = sends(client, cast["iris"], "sharedimage-investigation", other.pk, online_case="OSC-9")
    assert "There is no investigation with this reference" in text(linked)


# The list, the home page and the wall


@pytest.fixture
def several(clock, cast):
    """One of each kind, by the name of the chip that is about it."""
    olly, dina = cast["olly"], cast["dina"]
    made = {"late": reported(olly)}
    clock.shift(timedelta(hours=30))
    made["new"] = reported(olly)
    made["guided"] = guided(asked(reported(olly), olly), dina)
    made["given"] = given_to(guided(asked(reported(olly), olly), dina), dina, olly)
    made["seen"] = seen(given_to(guided(asked(reported(olly), olly), dina), dina, olly), olly)
    made["wider"] = given_to_specialist(asked(reported(olly), olly, threat="yes"), dina, cast["iris"])
    made["resolved"] = resolved(ready(cast), cast["rosa"])
    made["error"] = no_shared_image(reported(olly), by=cast["rosa"], because="A cartoon")
    return made


OPEN = {"late", "new", "guided", "given", "seen", "wider"}


@pytest.mark.parametrize(
    ("show", "who", "found"),
    [
        ("open", "dina", OPEN),
        ("mine", "olly", {"given", "seen"}),
        ("mine", "iris", {"wider"}),
        ("team", "rosa", {"given", "seen"}),
        ("guidance", "dina", {"late", "new"}),
        ("allocate", "dina", {"guided"}),
        ("unseen", "dina", OPEN - {"seen"}),
        ("phone", "dina", set()),
        ("wider", "dina", {"wider"}),
        ("late", "dina", {"late"}),
        ("resolved", "dina", {"resolved"}),
        ("error", "dina", {"error"}),
    ],
)
def test_what_each_chip_shows(client, cast, several, show, who, found):
    listed = text(page(client, cast[who], "online-images", show=show))
    assert {name for name, each in several.items() if each.reference in listed} == found


def test_a_list_of_many_costs_what_a_list_of_few_costs(client, cast, several):
    def statements():
        client.force_login(cast["dina"])
        with CaptureQueriesContext(connection) as made:
            assert client.get(reverse("online-images")).status_code == 200
        return len(made)

    few = statements()
    for _ in range(15):
        given_to(guided(asked(reported(cast["olly"]), cast["olly"]), cast["dina"]), cast["dina"], cast["olly"])
    assert statements() == few


def headings(user, at):
    with acting(user):
        given = [share for give in HOME.needs_me for share in give(user, user.acts(), at)]
    return {share.heading: share.total for share in given if "image" in share.heading.lower() and share.total}


def test_each_finds_their_own_on_the_home_page(clock, cast, several):
    assert headings(cast["dina"], clock.at)["Images of a child shared: your guidance first"] == 2
    assert headings(cast["dina"], clock.at)["Images of a child shared: to allocate"] == 1
    to_be_seen = "A child whose image was shared, to be seen by you in person"
    assert headings(cast["olly"], clock.at) == {to_be_seen: 1}
    assert headings(cast["iris"], clock.at) == {to_be_seen: 1}
    team = headings(cast["rosa"], clock.at)
    assert team == {
        "Your team has not seen a child whose image was shared": 1,
        "Images of a child shared: seen, to be resolved": 1,
    }
    away(cast["olly"], days=2, cover=cast["noor"])
    assert headings(cast["noor"], clock.at)[to_be_seen] == 1


def test_what_nobody_may_overlook(clock, cast, several):
    clock.shift(timedelta(hours=24, microseconds=1))
    with acting(cast["dina"]):
        found = {each.code: each.count for each in lines_of(clock.at) if each.code.startswith("image_")}
    assert found == {"image_phone": 0, "image_unseen": 5, "image_guidance": 2, "image_wider": 1}


def test_outcomes_are_counted_by_the_month_of_the_force(clock, cast):
    resolved(ready(cast), cast["rosa"], "21")
    clock.set(clock.at.replace(month=3, day=31, hour=23, minute=30))  # the first of April by local time
    resolved(ready(cast), cast["rosa"])
    resolved(ready(cast), cast["rosa"])
    with acting(cast["dina"]):
        months, rows = outcomes(clock.at)
    assert len(months) == 6
    counts = {row.outcome[:2]: (row.counts[-2:], row.total) for row in rows}
    assert (counts["21"], counts["22"], counts["15"]) == (([1, 0], 1), ([0, 2], 2), ([0, 0], 0))


def test_the_list_shows_how_reports_ended(client, cast):
    resolved(ready(cast), cast["rosa"])
    listed = words(page(client, cast["dina"], "online-images"))
    assert "22: Diversion, education or intervention 0 0 0 0 0 1 1" in listed


BLAME = r"sexting|selfie|promiscuous|perpetrator|at fault|put (?:him|her|them)self at risk|child porn"


def test_no_word_blames_the_child(client, cast):
    images = investigated(asked(reported(cast["olly"]), cast["olly"], adult="yes"), cast["iris"])
    for name in ABOUT_A_RECORD:
        _, _, shown = page(client, cast["dina"], name, images.pk).content.decode().lower().partition("<main")
        assert shown
        assert not re.search(BLAME, shown), name
