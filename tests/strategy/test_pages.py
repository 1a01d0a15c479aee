"""The pages of a strategy meeting take it from the request to its close."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.strategy.meetings import the_council

pytestmark = pytest.mark.django_db
GROUNDS = {"basis": "public_task", "why_needed": "To decide with us", "informed": "yes"}
PEOPLE = [
    ("Sol Worker", "Vale Council", "Team manager", "social_care"),
    ("Nell Nurse", "Vale NHS", "Named nurse", "health"),
    ("Sam Sergeant", "Police", "MASH sergeant", "police"),
]
DECIDED = {
    "section_47": "start",
    "section_47_because": "The injury is not explained",
    "investigation": "joint",
    "sees_child": "The social worker, today",
    "medical": "yes",
    "medical_note": "At the hospital, at 16:00",
    "safety": "Anya stays with her aunt",
    "family_told": "Her mother, by the social worker",
    "other": "Nothing else",
    "next_on_day": "",
    "next_on_month": "",
    "next_on_year": "",
}


def moment(name, at):
    """As a browser sends a date and a time; the stories are told in winter, when London keeps UTC."""
    parts = {"day": at.day, "month": at.month, "year": at.year, "time": f"{at:%H:%M}"}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


def the_table(people=PEOPLE, rows=4, **more):
    sent = {"people-TOTAL_FORMS": str(rows), "people-INITIAL_FORMS": "0"}
    for number in range(rows):
        name, agency, role, group = people[number] if number < len(people) else ("", "", "", "education")
        sent |= {
            f"people-{number}-name": name,
            f"people-{number}-agency": agency,
            f"people-{number}-role": role,
            f"people-{number}-group": group,
            f"people-{number}-presence": "present",
        }
    return {**sent, **more}


def text(response):
    return response.content.decode()


def test_the_pages_take_a_meeting_from_the_request_to_its_close(client, sam, clock):
    client.force_login(sam)
    council = the_council()
    new = client.get(reverse("strategy-new"))
    sent = {
        "key": new.context["key"],
        "authority": council.pk,
        "others": "Anya Example\nBen Example",
        "why": "Bruises in three places",
        "risk_is_immediate": "no",
        **GROUNDS,
    }
    made = client.post(reverse("strategy-new"), sent)
    assert made.status_code == 302, text(made)
    page = text(client.get(made.url))
    assert "Strategy meeting about Anya Example, Ben Example" in page
    pk = made.url.rstrip("/").rpartition("/")[2]

    def go(name, **facts):
        url = reverse(f"strategy-{name}", args=[pk])
        shown = client.get(url)
        assert shown.status_code == 200, (name, text(shown))
        done = client.post(url, facts)
        assert done.status_code == 302, (name, text(done))
        return text(client.get(made.url))

    clock.shift(timedelta(minutes=30))
    page = go("accepted", by_name="Ash", because="They will chair", **moment("answered_at", clock.at))
    assert "Accepted by Ash" in page
    page = go("plan", mode="video", **moment("planned_for", clock.at + timedelta(hours=2)))
    assert "Video" in page or "planned" in page.lower()
    clock.shift(timedelta(hours=3))
    page = go("hold", mode="video", no_quorum_because="", **the_table(), **DECIDED, **moment("held_at", clock.at))
    for said in (
        "All were there",
        "Named nurse",
        "Anya stays with her aunt",
        "No date yet",
        "Nobody was given an action",
    ):
        assert said in page
    page = go(
        "give-action", key="", what="See Anya at school", owner=sam.pk, agency="", name_there="",
        **moment("due_at", clock.at + timedelta(hours=5)),
    )  # fmt: skip
    assert "See Anya at school" in page
    page = go("minutes", text="Everybody said what they knew.", document="")
    assert "Everybody said what they knew." in page
    page = go("conference", on_day="18", on_month="3", on_year="2026", late_because="")
    assert "18 March 2026" in page
    listed = text(client.get(reverse("strategy-queue") + "?show=actions"))
    assert "Anya Example, Ben Example" in listed
    refused = client.post(reverse("strategy-close", args=[pk]))
    assert (refused.status_code, "1 open action done" in text(refused)) == (422, True)
    assert reverse("strategy", args=[pk]) in listed
    paper = client.get(reverse("strategy-minutes-pdf", args=[pk]))
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
