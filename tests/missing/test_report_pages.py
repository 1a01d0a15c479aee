"""Reporting a child missing on the pages: what is known is in view, what is missing is named, nothing typed is lost."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from access.actor import System, acting
from access.time import now
from missing.codes import ASKED_ON_THE_CALL, BY_HAND, Question
from missing.models import Episode, RiskAnswer
from tests.conftest import hours
from tests.missing.scenes import (
    a_child,
    found,
    reported,
    searched_for,
)

pytestmark = pytest.mark.django_db
TEST = System("test")


def page(client: Any, who: Any, name: str, *keys: Any, **asked: str) -> str:
    client.force_login(who)
    answer = client.get(reverse(name, args=keys), asked)
    assert answer.status_code == 200, (name, answer.status_code)
    return " ".join(unescape(answer.content.decode()).split())


def moment(at: Any) -> str:
    return at.isoformat()


def a_typed_report(**said: str) -> dict[str, str]:
    asked = {f"asked_{each.value}": "not_known" for each in ASKED_ON_THE_CALL}
    looked = {f"look_{each.value}": "nothing" for each in BY_HAND}
    return {
        "why_worried": "She has never stayed out before",
        "done_so_far": "Rang her friends",
        "reporter": "Dana Example",
        "reporter_is": "Her mother",
        "missing_from": "home",
        "kind": "missing",
        "may_publish": "not_known",
        "risk": "medium",
        "because": "Out after dark",
        "next_review_at": moment(now() + hours(4)),
        **asked,
        **looked,
        **said,
    }


def test_who_is_missing_asks_whether_we_have_met_and_leads_to_the_report(client, callie):
    child = a_child(callie, "Kezia Example")
    client.force_login(callie)
    typed = {"given_names": "Kezia", "family_name": "Example", "born_on": "2011-05-04", "sex": "not_known"}
    answer = client.post(reverse("missing-new"), typed)
    assert answer.status_code == 200
    assert child.reference in answer.content.decode()
    answer = client.post(reverse("missing-new"), {**typed, "who": str(child.pk)})
    assert answer.url == reverse("missing-report", args=[child.pk])


def test_somebody_new_is_put_on_record_and_a_name_is_enough(client, callie):
    client.force_login(callie)
    answer = client.post(reverse("missing-new"), {"given_names": "Rafferty", "sex": "not_known"})
    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 200
    answer = client.post(reverse("missing-new"), {"given_names": " ", "sex": "not_known"})
    assert answer.status_code == 422
    assert "Give a name" in answer.content.decode()


def test_a_report_is_saved_with_its_answers_and_checks(client, callie):
    child = a_child(callie)
    client.force_login(callie)
    url = reverse("missing-report", args=[child.pk])
    typed = a_typed_report(
        asked_exploitation="yes", said_exploitation="A man in a grey car", look_pnd="could_not", found_pnd="It is down"
    )
    answer = client.post(url, typed)
    assert answer.status_code == 302, answer.content.decode()
    with acting(TEST):
        episode = Episode.objects.get()
        said = RiskAnswer.objects.get(question=Question.EXPLOITATION)
    assert answer.url == episode.get_absolute_url()
    assert (said.answer, said.said, said.source) == ("yes", "A man in a grey car", "Dana Example, Her mother")
    assert "harm" in episode.needs_meeting


def test_sent_twice_it_is_one_report(client, callie):
    child = a_child(callie)
    client.force_login(callie)
    url = reverse("missing-report", args=[child.pk])
    key = client.get(url).context["key"]
    typed = a_typed_report(key=str(key))
    first, second = client.post(url, typed), client.post(url, typed)
    assert first.url == second.url
    with acting(TEST):
        assert Episode.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"why_worried": ""}, "Answer needed: Why are you worried?"),
        ({"next_review_at": "2020-01-01T09:00"}, "still to come"),
        ({"next_review_at": ""}, "Answer needed: By when does a supervisor look at it again?"),
        ({"asked_self_harm": ""}, "Choose yes, no or not known"),
        ({"look_pnc": "found", "found_pnc": ""}, "Police National Computer: say what was found"),
        ({"look_pnc": "could_not", "found_pnc": ""}, "say why nobody could look"),
        ({"risk": "low"}, "Choose one of the answers offered"),
        ({"reported_at": "2099-01-01T09:00"}, "later than now"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(client, callie, typed, says):
    child = a_child(callie)
    client.force_login(callie)
    answer = client.post(
        reverse("missing-report", args=[child.pk]), a_typed_report(**{"because": "A reason to keep", **typed})
    )
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert says in text
    assert "A reason to keep" in text


def test_a_second_call_about_a_child_who_is_missing_leads_to_the_report_there_is(client, cast, callie):
    child = a_child(callie)
    episode = reported(callie, child)
    client.force_login(callie)
    answer = client.get(reverse("missing-report", args=[child.pk]))
    assert answer.url == episode.get_absolute_url()


def test_before_grading_everything_that_is_known_is_in_view(client, cast, callie, olly):
    child = a_child(callie)
    first = found(searched_for(cast, child=child), olly, where="The old boathouse")
    again = reported(callie, child)
    for where in (("missing-report", a_child(callie, "Otis Example")), ("episode-grade", again)):
        assert "Kept beforehand" in page(client, cast["connie"], where[0], where[1].pk)
    text = page(client, cast["connie"], "episode-grade", again.pk)
    for words in ("The old boathouse", first.reference, "trigger plan", "Philomena", "return interview", "cohort"):
        assert words in text, words


def test_a_report_is_begun_from_the_childs_page_and_from_an_incident(client, cast, callie):
    from tests.stories import called_in

    child, adult = a_child(callie), a_child(callie, "Gus Example", born=None, said_to_be_child="no")
    assert reverse("missing-report", args=[child.pk]) in page(client, callie, "person", child.pk)
    assert "Report them missing" not in page(client, callie, "person", adult.pk)
    incident = called_in(callie, what_happened="He did not come home from school")
    assert f"{reverse('missing-new')}?from={incident.pk}" in page(client, callie, "incident", incident.pk)
    text = page(client, callie, "missing-report", child.pk, **{"from": str(incident.pk)})
    assert "He did not come home from school" in text
    client.force_login(callie)
    answer = client.post(f"{reverse('missing-report', args=[child.pk])}?from={incident.pk}", a_typed_report())
    with acting(TEST):
        episode = Episode.objects.get()
    assert (answer.url, episode.arises_from) == (episode.get_absolute_url(), incident.pk)
    assert episode.reference in page(client, callie, "incident", incident.pk)
    assert incident.reference in page(client, callie, "episode", episode.pk)
