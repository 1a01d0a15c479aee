"""The chair of the scrutiny group from the draw to the report, a member at the portal on a phone, a recommendation
until a chief officer confirms it, in a real browser; every page is sound."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from access import time
from access.actor import signed
from access.time import now
from quality.models import ImprovementAction, Recommendation, ScrutinyMeeting, ScrutinyPaper
from quality.workflow import scrutiny
from tests.journeys.conftest import BOTH, PASSWORD, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.quality.improvement_scenes import TEST, as_it_is, begun, evidenced, month_of, red
from tests.quality.scrutiny_scenes import (
    REPORT,
    TUESDAY,
    asked_of,
    checked,
    found,
    held,
    kim,
    of_the_quarter,
    paper_of,
    papers_sent,
)

pytestmark = pytest.mark.django_db(transaction=True)


def fill_moment(page, group, **parts):
    for part, typed in parts.items():
        page.get_by_role("group", name=group).get_by_label(part.title()).fill(typed)


def one(model):
    from access.actor import acting

    with acting(TEST):
        return model.objects.order_by("-reference").first()


def test_every_page_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    meeting = papers_sent(force, kim(force["sam"]).user, force["sue"])
    time.freeze(TUESDAY)
    held(meeting, force["chidi"])
    paper = found(paper_of(meeting), force["chidi"])
    action = asked_of(paper, force["chidi"], owner=force["connie"])
    scrutiny.report_meeting(as_it_is(meeting), by=force["chidi"], report=REPORT)
    recommendation = evidenced(red(begun(force["greta"], force["sue"]), force["sue"]), force["sue"])
    month = month_of(recommendation)
    page = sign_in("sue")
    for name, keys in (
        ("scrutiny", []),
        ("scrutinymeeting", [meeting.pk]),
        ("scrutiny-mine", []),
        ("recommendations", []),
        ("recommendation", [recommendation.pk]),
        ("recommendation-action", [recommendation.pk]),
        ("measuresnapshot-comment", [month.pk]),
        ("improvement-plan", []),
        ("improvementaction-done", [action.pk]),
    ):
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, name, BOTH)
    page.goto(f"{live_server.url}{reverse('improvement-plan')}?print=1")
    is_sound(page, "plan for paper", BOTH)
    assert complaints() == []


def test_the_chair_plans_draws_sends_finds_and_reports(sign_in, force, live_server):  # noqa: F811
    of_the_quarter(force["olly"])
    meeting = scrutiny.ensure_meeting()
    page = sign_in("chidi", meeting.get_absolute_url())
    page.get_by_role("button", name="Plan the meeting").click()
    page.get_by_role("button", name="Plan it").click()
    page.get_by_role("alert").wait_for()
    is_sound(page, "refused")
    fill_moment(page, "When does the group meet?", day="14", month="4", year="2026", time="10:00")
    page.get_by_label("Where?").fill("Vale police station, room 2")
    page.get_by_role("button", name="Plan it").click()
    page.get_by_role("button", name="Draw the cases").click()
    page.get_by_role("button", name="Draw them").click()
    page.get_by_text("Case 1").first.wait_for()
    page.get_by_text("How they were drawn").click()
    is_sound(page, "drawn", BOTH)
    page.get_by_role("link", name="Add a member").click()
    page.get_by_label("Or somebody of the force").select_option(label="Connie Control-Supervisor")
    page.get_by_role("button", name="Add them").click()
    page.get_by_text("Contact supervisor").first.wait_for()
    checked(paper_of(one(ScrutinyMeeting)), force)
    page.reload()
    page.get_by_role("button", name="Send the papers").click()
    page.get_by_role("button", name="Send them").click()
    page.get_by_text("Members see its papers until").wait_for()
    time.freeze(TUESDAY + timedelta(hours=2))
    page = sign_in("chidi", meeting.get_absolute_url())
    page.get_by_role("button", name="It has met").click()
    page.get_by_role("button", name="Now").first.click()
    page.get_by_label("Who was there?").fill("Social care, youth justice, health")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Case 1").first.click()
    page.get_by_role("button", name="Record the finding").click()
    page.get_by_label("Requires improvement").check()
    page.get_by_label("What was good?").fill("The officer knelt down to talk")
    page.get_by_label("What is there to learn?").fill("Ask who else lives there")
    page.get_by_label("Other children").check()
    is_sound(page, "finding", BOTH)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Ask for something to be done").click()
    page.get_by_label("What has to be done?").fill("Put the question on the sheet")
    page.get_by_label("The force", exact=True).check()
    page.get_by_label("Who does it").select_option(label="Quinn Quality-Lead")
    page.get_by_role("button", name="Ask for it").click()
    page.get_by_role("heading", name="Put the question on the sheet").wait_for()
    is_sound(page, "action", BOTH)
    page.goto(live_server.url + meeting.get_absolute_url())
    page.get_by_role("button", name="Send the report").click()
    report = page.get_by_label("Report", exact=True)
    assert "The officer knelt down to talk" in report.input_value()
    report.fill(f"{report.input_value()}\n\nAnya Example was heard.")
    page.get_by_role("button", name="Send it to the members").click()
    page.get_by_text("Take out what says who it is about: Anya Example").first.wait_for()
    page.get_by_label("Report", exact=True).fill("Officers knelt down to talk, and did not ask who else lived there.")
    page.get_by_role("button", name="Send it to the members").click()
    page.get_by_role("link", name="The report as PDF").wait_for()
    assert (one(ScrutinyPaper).state, one(ImprovementAction).owner) == ("found", force["quinn"])


def test_a_member_of_an_agency_reads_on_a_phone_and_has_one_case_kept_from_them(page, live_server, force):  # noqa: F811
    person = kim(force["sam"]).user
    with signed(TEST):
        person.password = make_password(PASSWORD)
        person.save()
    papers_sent(force, person)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("Username").fill("kim")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Scrutiny group: your papers").click()
    is_sound(page, "papers", BOTH)
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Case 1").click()
    page.get_by_text("Child 1 was seen").wait_for()
    is_sound(page, "paper", BOTH)
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="you cannot look at this case").click()
    page.get_by_role("button", name="Keep it from me").click()
    page.get_by_role("alert").wait_for()
    is_sound(page, "refused", [PHONE])
    page.get_by_label("Why can you not look at this case?").fill("I was her teacher")
    page.get_by_role("button", name="Keep it from me").click()
    page.get_by_text("There is no paper for you to read").wait_for()
    is_sound(page, "kept apart", [PHONE])


def test_a_recommendation_from_the_report_until_a_chief_officer_confirms_it(sign_in, force, live_server):  # noqa: F811
    page = sign_in("greta", reverse("recommendations"))
    page.get_by_role("link", name="New recommendation").click()
    page.get_by_label("Which report does it stand in?").fill("National child protection inspection")
    page.get_by_label("Its number in that report").fill("4")
    page.get_by_label("In a few words").fill("Missing children are looked for at once")
    page.get_by_role("button", name="Take it down").click()
    page.get_by_role("alert").wait_for()
    is_sound(page, "refused", BOTH)
    assert page.get_by_label("Its number in that report").input_value() == "4"
    page.get_by_label("What is recommended, as it is written").fill(
        "Within three months, look for every missing child."
    )
    page.get_by_label("Recommendation", exact=True).check()
    page.get_by_label("Within three months", exact=True).check()
    fill_moment(page, "When was the report published?", day="23", month="2", year="2026")
    page.get_by_label("Medium-risk missing children").check()
    page.get_by_role("button", name="Take it down").click()
    page.get_by_text("No cases").wait_for()
    page.get_by_role("button", name="Say who answers for it").click()
    page.get_by_label("Who answers for it?").select_option(label="Sue Superintendent")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Sue Superintendent").first.wait_for()
    where = one(Recommendation).get_absolute_url()
    page = sign_in("sue", where)
    page.get_by_role("button", name="Take it up").click()
    page.get_by_role("button", name="Take it up").click()
    page.get_by_role("button", name="Add evidence").click()
    page.get_by_label("What does it show?").fill("Every child of February was looked for within the hour")
    page.get_by_label("Where is it kept?").fill("Quality folder, February")
    fill_moment(page, "Of which day is it?", day="1", month="3", year=str(now().year))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="It is met").click()
    page.get_by_label("How is it met?").fill("No breach for a month")
    page.get_by_role("button", name="Ask for sign-off").click()
    page.get_by_text("Ready for sign-off").first.wait_for()
    page = sign_in("alma", where)
    is_sound(page, "to be confirmed", BOTH)
    page.get_by_role("button", name="Confirm that it is met").click()
    page.get_by_label("What have you looked at?").fill("The sample of February")
    page.get_by_role("button", name="Confirm it").click()
    page.get_by_text("Confirmed by a chief officer").first.wait_for()
    assert one(Recommendation).confirmed_by == force["alma"]
