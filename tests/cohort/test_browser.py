"""The missing team works in a real browser, on a phone and at a desk; every page is sound."""

import pytest
from django.urls import reverse

from access.actor import acting
from cohort.models import CohortEntry
from tests.cohort.children import a_child, in_cohort, met, of_each, proposed
from tests.households import HERE, lives_at
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.strategy.meetings import the_council

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_of_the_team_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    maya, milo = force["maya"], force["milo"]
    made = of_each(maya, milo)
    other = in_cohort(maya, milo)
    for entry in (made["entry"], other):
        lives_at(entry.person, HERE, maya)
    waits = proposed(maya, a_child(maya, "Hazel Example"))
    held = met(made["cohortmeeting"], maya)
    with acting(maya):
        following = held.followed_by.get()
    page = sign_in("milo")
    for name, keys in (
        ("cohort", []),
        ("cohort-meetings", []),
        ("cohort-network", []),
        ("cohort-trigger-plans", []),
        ("entry", [made["entry"].pk]),
        ("entry", [waits.pk]),
        ("entry-take-in", [waits.pk]),
        ("entry-leave", [made["entry"].pk]),
        ("riskplan", [made["riskplan"].pk]),
        ("riskplan-update", [made["riskplan"].pk]),
        ("riskplan-step", [made["riskplan"].pk]),
        ("planstep", [made["planstep"].pk]),
        ("triggerplan", [made["triggerplan"].pk]),
        ("triggerplan-review", [made["triggerplan"].pk]),
        ("philomena", [made["philomena"].pk]),
        ("philomena-new", []),
        ("cohortmeeting", [held.pk]),
        ("cohortmeeting", [following.pk]),
        ("cohortmeeting-hold", [following.pk]),
        ("cohortmeeting-pack", [following.pk]),
    ):
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, name, BOTH)
    assert complaints() == []


def test_from_a_proposal_to_a_first_plan_on_a_phone(sign_in, force, live_server):  # noqa: F811
    the_council()
    child = a_child(force["maya"])
    page = sign_in("maya", f"{reverse('cohort-propose')}?person={child.reference}")
    page.set_viewport_size(PHONE)
    page.get_by_label("Why should the child be in the cohort?").fill("Missing three times since Christmas")
    page.get_by_role("button", name="Propose the child").click()
    page.get_by_role("heading", name="Poppy Example").wait_for()
    assert page.get_by_text("for a MASH inspector").first.is_visible()
    page = sign_in("milo", reverse("cohort") + "?show=proposed")
    page.get_by_role("link", name="Poppy Example").first.click()
    page.get_by_role("button", name="Take the child in").click()
    page.get_by_label("Why is the child taken in?").fill("Found twice with one adult")
    page.get_by_label("Child sexual exploitation").check()
    page.get_by_label("No tool was used").check()
    page.get_by_label("Which authority is responsible?").select_option(label="Vale Council")
    page.get_by_label("Who is the named worker?").select_option(label="Maya Missing-Co-ordinator")
    page.get_by_role("button", name="Take the child in").click()
    page.get_by_text("No risk management plan has been written yet").first.wait_for()
    page.get_by_role("button", name="Update the plan").click()
    page.get_by_label("What puts the child at risk?").fill("Older men give her lifts")
    page.get_by_label("What is done about those who harm the child?").fill("Nobody known")
    page.get_by_label("Not known").check()
    page.get_by_label("What works with the child?").fill("Not known yet")
    page.get_by_role("button", name="Save the plan").click()
    page.get_by_text("Older men give her lifts").first.wait_for()
    is_sound(page, "plan", [PHONE])
    with acting(force["milo"]):
        assert CohortEntry.objects.get().state == "in_cohort"
