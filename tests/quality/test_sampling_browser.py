"""A reviewer who looks blind at a notice, an officer who reads feedback on a phone, and the quality lead at the
register, in a real browser; every page is sound."""

import pytest
from django.urls import reverse

from quality.models import Feedback, SecondLook
from quality.workflow.samples import draw
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.ppn.scenes import filed, ready
from tests.quality.sampling_scenes import looked_at_blind, of_each, reviewed, reviews_of, the, told
from tests.quality.sampling_scenes import theme as theme_named
from tests.stories import called_in

pytestmark = pytest.mark.django_db(transaction=True)
LIST = ("quality-register", "quality-sampling", "quality-draw", "quality-draw-due", "quality-peer-themes",
        "quality-my-reviews", "quality-my-feedback")  # fmt: skip


def test_a_reviewer_looks_blind_at_a_notice_and_reads_then_what_was_decided(sign_in, force, live_server):  # noqa: F811
    ppn = filed(ready(force["olly"], force["cora"], force["sam"]), force["sam"])
    review = looked_at_blind(ppn, force["cora"], force["reva"])
    page = sign_in("reva", reverse("quality-my-reviews"))
    is_sound(page, "my reviews", BOTH)
    page.get_by_role("link", name=f"Public protection notice {ppn.reference}").click()
    page.get_by_text("This is looked at blind").wait_for()
    page.get_by_text("I hid under the stairs").wait_for()
    assert page.get_by_text("Agreed with the social worker").count() == 0
    is_sound(page, "blind", BOTH)
    page.get_by_role("button", name="Say what you would have decided").click()
    page.get_by_label("Red / high").check()
    page.get_by_role("button", name="Save, and show me what was decided").click()
    page.get_by_role("alert").wait_for()
    is_sound(page, "refused", BOTH)
    assert page.get_by_label("Red / high").is_checked()
    page.get_by_label("Children's social care", exact=True).check()
    for question, answer in (("strategy meeting", "No"), ("in time", "Yes")):
        page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    page.get_by_role("button", name="Save, and show me what was decided").click()
    page.get_by_role("heading", name="Beside each other").wait_for()
    is_sound(page, "beside each other", BOTH)
    assert the(SecondLook, review=review).grade == "red"
    page.get_by_role("button", name="Review it").click()
    for group in page.get_by_role("group").all():
        if group.get_by_label("3", exact=True).count():
            group.get_by_label("3", exact=True).check()
    page.get_by_label("Good", exact=True).check()
    page.get_by_label("What was good?").fill("Quick, and the school was told")
    page.get_by_label(theme_named().name).check()
    is_sound(page, "finish", BOTH)
    page.get_by_role("button", name="Save, and go on to the feedback").click()
    page.get_by_text("Not sent yet: you alone can read it").wait_for()
    page.get_by_role("button", name="Send it").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("can read it. Nobody else can").wait_for()
    is_sound(page, "feedback", BOTH)
    assert the(Feedback, review=review).supervisor == force["sam"]


def test_an_officer_reads_what_was_found_on_a_phone_and_answers(sign_in, force, live_server):  # noqa: F811
    called_in(force["callie"])
    (review,) = reviews_of(draw("call_review", by=force["quinn"], because="To see"))
    told(reviewed(review, force["reva"]), force["reva"])
    page = sign_in("callie")
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name=f"Feedback on {review.record_reference}").click()
    page.get_by_text("Ask how old the child is").wait_for()
    is_sound(page, "feedback", [PHONE])
    page.get_by_role("button", name="I have read it").click()
    page.get_by_label("What do you say to it?").fill("I will ask first")
    is_sound(page, "answer", [PHONE])
    page.get_by_role("button", name="Save").click()
    page.get_by_text("I will ask first").wait_for()


def test_the_quality_lead_goes_from_the_register_to_a_sample_and_draws_one(sign_in, force, live_server, complaints):  # noqa: F811
    made = of_each(force)
    page = sign_in("quinn")
    for name in LIST:
        page.goto(live_server.url + reverse(name))
        is_sound(page, name, BOTH)
    for name in ("qualityreview", "qualityreview-give", "qualityreview-leave-out"):
        page.goto(live_server.url + reverse(name, args=[made["qualityreview"].pk]))
        is_sound(page, name, BOTH)
    page.goto(live_server.url + reverse("quality-register"))
    page.get_by_role("link", name="Calls of a call taker").click()
    page.get_by_text("How they were drawn").click()
    page.get_by_text(made["sample"].seed).wait_for()
    is_sound(page, "sample", BOTH)
    page.goto(live_server.url + reverse("quality-draw"))
    page.get_by_label("Thematic sample").check()
    page.get_by_label("From what?").select_option("incident")
    page.get_by_label("About which theme?").select_option(label="Voice of the child")
    page.get_by_role("button", name="Draw it").click()
    page.get_by_role("heading", name="Thematic sample: Voice of the child").wait_for()
    assert complaints() == []
