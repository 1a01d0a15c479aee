"""An offender manager works on a telephone: from their day to the visit, the assessment and the plan; every page is
sound."""

from datetime import timedelta

import pytest
from django.urls import reverse

from access import time
from access.actor import System, acting
from offenders.codes import Factor
from offenders.models import Approval, Assessment, ManagementPlan, OffenderVisit
from tests.conftest import MONDAY
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.offenders.scenes import managed
from tests.offenders.visit_scenes import TASKS, of_each, tried_in_vain, visited

pytestmark = pytest.mark.django_db(transaction=True)
TEST = System("test")


def test_every_page_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    made = of_each(force)
    nominal = made["assessment"].nominal
    tried_in_vain(nominal, force["omar"])
    seen = visited(nominal, force["omar"], children_seen="yes", children="Rowan, six: “I am drawing”")
    page = sign_in("omar")
    for name, key in (
        ("offenders-my-day", None),
        ("offenders-visits", None),
        ("offendervisit", seen.pk),
        ("offendervisit", made["offendervisit"].pk),
        ("offendervisit-failed", made["offendervisit"].pk),
        ("nominal-record-visit", nominal.pk),
        ("nominal-begin-assessment", nominal.pk),
        ("assessment", made["assessment"].pk),
        ("assessment-write", made["assessment"].pk),
        ("managementplan", made["managementplan"].pk),
        ("managementplan-write", made["managementplan"].pk),
        ("managementplan-submit", made["managementplan"].pk),
        ("managementplan-task", made["managementplan"].pk),
        ("plantask", made["plantask"].pk),
    ):
        page.goto(live_server.url + reverse(name, args=[key] if key else []))
        is_sound(page, name, BOTH)
    assert complaints() == []


def test_from_my_day_to_a_plan_that_is_sent(sign_in, force, live_server):  # noqa: F811
    nominal = managed(force["stella"], force["omar"])
    time.freeze(MONDAY + timedelta(days=16))
    page = sign_in("omar", reverse("offenders-my-day"))
    page.set_viewport_size(PHONE)
    page.get_by_role("heading", name="Visits overdue").wait_for()
    assert page.get_by_text("Desmond Garmere").first.is_visible()
    page.goto(live_server.url + reverse("nominal-record-visit", args=[nominal.pk]))
    record_the_visit(page)
    write_the_assessment(page, live_server, nominal)
    write_the_plan(page, live_server, nominal)
    with acting(TEST):
        found = [kind.objects.get().state for kind in (OffenderVisit, Assessment, ManagementPlan)]
        assert found == ["submitted"] * 3
        assert Approval.objects.filter(state="waiting").count() == 3


def record_the_visit(page):
    is_sound(page, "record a visit", [PHONE])
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_role("button", name="Now").first.click()
    page.get_by_label("Where were you?").fill("9 Example Row")
    page.get_by_label("Second officer").fill("Olga Offender-Manager")
    group(page, "Did they know that you would come?", "No")
    group(page, "Did you see the offender?", "Seen")
    page.get_by_label("Who else was there?").fill("His sister and her boy of six")
    group(page, "Did you see a child?", "Yes")
    page.get_by_label("If so: each child").fill("Rowan, six: “I am drawing the dog”")
    page.get_by_label("Which devices did you check?").fill("None checked")
    page.get_by_label("Who knows of the offence?").fill("His sister")
    group(page, "Do they comply?", "Complies")
    page.get_by_label("What did you find?").fill("He has left the angling club")
    next_visit = page.get_by_role("group", name="When is the next visit?")
    for part, value in (("Day", "20"), ("Month", "4"), ("Year", "2026")):
        next_visit.get_by_label(part).fill(value)
    is_sound(page, "a visit that is almost recorded", [PHONE])
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("A child was seen: record the contact and submit a notice now").wait_for()
    assert page.get_by_role("button", name="Record contact with a child").is_visible()
    is_sound(page, "the visit", [PHONE])


def write_the_assessment(page, live_server, nominal):
    page.goto(live_server.url + reverse("nominal-begin-assessment", args=[nominal.pk]))
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Go on writing").click()
    for _, label in Factor.choices:
        group(page, f"{label}: is it there?", "There in part")
        page.get_by_label(f"{label}: evidence").fill("Seen at the visit")
    page.get_by_label("Opportunity: the plan must do something about it").check()
    group(page, "Which level does it come to?", "Medium")
    page.get_by_label("Why that level?").fill("He has little to do all day")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("waits for a supervisor").wait_for()


def write_the_plan(page, live_server, nominal):
    page.goto(live_server.url + reverse("nominal-begin-plan", args=[nominal.pk]))
    page.get_by_role("button", name="Begin").click()
    for what, heading in zip(
        TASKS.values(),
        ("Supervision", "Monitoring and control", "Interventions and treatment", "Victim safety"),
        strict=True,
    ):
        page.get_by_role("button", name="Add a task").click()
        page.get_by_label("Under which pillar?").select_option(label=heading)
        page.get_by_label("What is to be done?").fill(what)
        page.get_by_label("Who does it?").fill("Omar Offender-Manager")
        for part, value in (("Day", "9"), ("Month", "4"), ("Year", "2026"), ("Time", "12:00")):
            page.get_by_label(part, exact=True).fill(value)
        page.get_by_role("button", name="Add the task").click()
        page.get_by_text(what).first.wait_for()
    page.get_by_role("button", name="Go on writing").click()
    page.get_by_label("What happens if the plan fails?").fill("Ring the duty sergeant")
    page.get_by_label("All licence conditions").fill("None")
    page.get_by_label("At most how many days between visits?").fill("60")
    page.get_by_label("Why as often as that?").fill("He drank again in spring")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("out of 100").wait_for()
    is_sound(page, "sending the plan", [PHONE])
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("waits for a supervisor").wait_for()


def group(page, question, answer):
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
