"""The pages of samples, reviews and feedback: whom they let in, what they say, what they keep."""

from datetime import timedelta

import pytest
from django.urls import reverse

from quality.kinds import KINDS
from quality.models import Feedback, Sample
from quality.sampling_urls import urlpatterns
from tests.offenders.hub_scenes import a_round, graded
from tests.offenders.scenes import managed
from tests.quality.sampling_scenes import calls_in_february, drawn_of, of_each, reviews_of, the, theme
from tests.strategy.test_pages import text

pytestmark = pytest.mark.django_db
NAMES = [str(each.name) for each in urlpatterns]
LEADS_ONLY = {"quality-draw-due", "qualityreview-give", "qualityreview-leave-out"}
FOR_EVERYBODY = {"quality-my-feedback": 200, "feedback": 404, "feedback-acknowledge": 404}
SEES_QUALITY = {"quality-register", "quality-sampling", "sample"}


def address(name, made):
    record = made.get(name.split("-")[0])
    return reverse(name, args=[record.pk] if record else [])


def test_every_page_opens_for_whom_it_is_and_for_nobody_of_another_trade(client, cast):
    made = of_each(cast)
    for who, expected in (
        ("reva", {name: 403 if name in LEADS_ONLY else 200 for name in NAMES}),
        ("quinn", {name: 404 if name.startswith("feedback") else 200 for name in NAMES}),
        ("greta", {**dict.fromkeys(NAMES, 403), **dict.fromkeys(SEES_QUALITY, 200), **FOR_EVERYBODY}),
        ("olly", {**dict.fromkeys(NAMES, 403), **FOR_EVERYBODY}),
    ):
        client.force_login(cast[who])
        shown = {name: client.get(address(name, made)) for name in NAMES}
        assert {name: each.status_code for name, each in shown.items()} == expected, who
        client.get(reverse("home"))


def test_the_register_counts_and_the_sample_is_drawn_again_before_the_reader(client, cast):
    made = of_each(cast)
    client.force_login(cast["greta"])
    register = client.get(reverse("quality-register"))
    line = register.context["figures"][0]
    assert (line.kind, line.asked, line.drawn, line.reviewed, line.late) == ("Calls of a call taker", 2, 2, 1, 0)
    assert made["sample"].reference in text(register)
    page = text(client.get(made["sample"].get_absolute_url()))
    assert made["sample"].seed in page
    assert "2 drawn of 2" in page
    assert made["qualityreview"].reference not in page


@pytest.fixture
def review(clock, callie):
    calls_in_february(clock, callie)
    return reviews_of(drawn_of("call_review")[0])[0]


def marked(**instead):
    marks = {f"mark_{name}": "3" for name in KINDS["call_review"].criteria}
    words = {"strengths": "Asked who else was there", "to_improve": "Ask how old the child is", "themes": []}
    return {**marks, "grade": "requires_improvement", **words, **instead}


def test_a_reviewer_reviews_sends_and_the_officer_answers(client, review, reva, callie):
    client.force_login(reva)
    assert review.record_reference in text(client.get(reverse("quality-my-reviews")))
    answer = client.post(reverse("qualityreview-finish", args=[review.pk]), marked(themes=[str(theme().pk)]))
    feedback = the(Feedback, review=review)
    assert answer.url == feedback.get_absolute_url()
    assert "you alone can read it" in text(client.get(answer.url))
    assert feedback.reference in text(client.get(reverse("quality-my-reviews")))
    assert client.post(reverse("feedback-send", args=[feedback.pk]), {"to_supervisor": "yes"}).status_code == 302
    client.force_login(callie)
    for url in (reverse("home"), reverse("quality-my-feedback")):
        assert f"Feedback on {review.record_reference}" in text(client.get(url))
    page = text(client.get(feedback.get_absolute_url()))
    for words in ("Asked who else was there", "Ask how old the child is", "Voice of the child", "Requires improvement"):
        assert words in page
    sent = client.post(reverse("feedback-acknowledge", args=[feedback.pk]), {"reply": "I will"})
    assert sent.status_code == 302
    assert "I will" in text(client.get(feedback.get_absolute_url()))
    assert f"Feedback on {review.record_reference}" not in text(client.get(reverse("home")))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"mark_thrive": ""}, "mark_thrive"),
        ({"mark_thrive": "1"}, "why_thrive"),
        ({"to_improve": ""}, "to_improve"),
        ({"grade": ""}, "grade"),
        ({"strengths": ""}, "strengths"),
    ],
)
def test_a_refused_review_names_the_field_and_keeps_what_was_typed(client, review, reva, wrong, field):
    client.force_login(reva)
    said = marked(**{"why_curiosity": "Never asked who the man was", **wrong})
    answer = client.post(reverse("qualityreview-finish", args=[review.pk]), said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    page = text(answer)
    assert "Never asked who the man was" in page
    assert 'value="3" checked' in page


def test_the_lead_gives_a_review_to_somebody_else_and_leaves_one_out(client, review, quinn, reva):
    client.force_login(quinn)
    give = reverse("qualityreview-give", args=[review.pk])
    refused = client.post(give, {"to": str(reva.pk), "because": "She asked for it"})
    assert (refused.status_code, "She asked for it" in text(refused)) == (422, True)
    assert client.post(give, {"to": str(quinn.pk), "because": "Reva is away"}).status_code == 302
    assert "Reva is away" in text(client.get(review.get_absolute_url()))
    left = reverse("qualityreview-leave-out", args=[review.pk])
    assert client.post(left, {"because": "The recording is gone"}).status_code == 302
    assert "The recording is gone" in text(client.get(review.get_absolute_url()))


def test_handing_back_leads_to_ones_own_list(client, review, reva):
    client.force_login(reva)
    url = reverse("qualityreview-hand-back", args=[review.pk])
    assert client.post(url, {"because": "I was there"}).url == reverse("quality-my-reviews")
    assert client.get(review.get_absolute_url()).status_code == 404


def test_a_theme_is_drawn_on_a_page_and_a_refusal_keeps_the_reason(client, review, quinn):
    client.force_login(quinn)
    refused = client.post(reverse("quality-draw"), {"kind": "thematic", "of": "episode", "because": "To see whether"})
    assert (refused.status_code, "nothing to draw from" in text(refused)) == (422, True)
    assert "To see whether" in text(refused)
    asked = {"kind": "thematic", "of": "incident", "theme": str(theme().pk), "size": "1"}
    made = client.post(reverse("quality-draw"), asked)
    assert made.url == the(Sample, kind="thematic").get_absolute_url()
    assert "Voice of the child" in text(client.get(made.url))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 1),
        ("?kind=call_review", 1),
        ("?kind=dip_sample", 0),
        ("?month=2026-02", 1),
        ("?month=2026-03", 0),
        ("?month=never", 1),
        ("?show=done", 0),
    ],
)
def test_the_register_is_narrowed(client, review, greta, query, shown):
    client.force_login(greta)
    assert len(client.get(reverse("quality-register") + query).context["rows"]) == shown


def test_the_home_of_the_lead_names_work_that_nobody_reviewed(client, review, quinn, clock):
    clock.shift(timedelta(days=70))
    client.force_login(quinn)
    assert "Calls of a call taker: Callie Contact" in text(client.get(reverse("home")))
    assert "never reviewed" in text(client.get(reverse("quality-sampling")))


def test_peer_scrutiny_is_counted_on_a_page(client, hana, omar, seb, reva):
    item = graded(a_round(managed(hana, omar, "Conrad Fernfold"))[1], seb)
    client.force_login(reva)
    assert item.reference.split(" ")[0] in text(client.get(reverse("quality-register")))
    said = {"reference": item.reference, "themes": [str(theme().pk)], "said": "No school in it"}
    assert client.post(reverse("quality-peer-themes"), said).url == reverse("quality-register")
    assert "Conrad" not in text(client.get(reverse("quality-peer-themes")))
