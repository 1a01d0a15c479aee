"""Whoever looks a second time is not shown what was decided until they have said what they would have decided: on no
page, in no list, in no search, by no system."""

import pytest
from django.urls import get_resolver, resolve, reverse

from access.actor import acting
from cases.models import Person
from cases.workflow.cases import restrict
from partners.models import Recipient
from ppn.models import Ppn, Subject, Trigger
from quality.models import Review, SecondLook
from quality.workflow.reviewers import why_not_reviewer
from quality.workflow.reviews import give_review, hand_back, look_again_blind
from tests.house.one_of_each import address, every_name, one_of_each
from tests.ppn.scenes import fresh
from tests.quality.sampling_scenes import (
    as_it_is,
    drawn_of,
    filed_in_february,
    looked_at_blind,
    reviewed,
    reviews_of,
    seen_blind,
    the,
    well_marked,
)
from tests.stories import as_seen_by
from tests.strategy.test_pages import text
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
FOR_THE_REVIEW = ("quality", "feedback", "sample")
"""Pages that are about the review itself."""


@pytest.fixture
def ppn(clock, olly, cora, sam):
    return filed_in_february(clock, olly, cora, sam)


@pytest.fixture
def review(ppn):
    (drawn,) = drawn_of("dip_sample")
    return reviews_of(drawn)[0]


def pages_for(who, made):
    """Name -> address of every page that this person's acts let them open, but those about the review itself."""
    acts = {*who.acts(), None}
    found = {name: address(name, made) for name in every_name() if not name.startswith(FOR_THE_REVIEW)}
    return {name: url for name, url in found.items() if resolve(url).func.view_class.may in acts}


def tell(client, urls, ppn):
    """Pages that show this notice or anything of it."""
    pages = {name: client.get(url) for name, url in urls.items()}
    shown = {name: page.content.decode(errors="ignore") for name, page in pages.items() if page.status_code == 200}
    return {name for name, page in shown.items() if ppn.reference in page or name == "ppn-pdf"}


def test_no_page_that_takes_a_notice_or_a_part_of_it_shows_anything_of_it(client, cast, cora, reva):
    made = one_of_each(cast)
    urls = pages_for(reva, made)
    client.force_login(reva)
    shows_it = {"ppn", "ppn-pdf", "document"}
    assert tell(client, {name: urls[name] for name in shows_it}, made["ppn"]) == shows_it
    review = looked_at_blind(made["ppn"], cora, reva)
    assert tell(client, urls, made["ppn"]) == {"home"}  # its number, as that of the review
    about = {url for url in urls.values() if str(made["ppn"].pk) in url}
    assert about
    assert {client.get(url).status_code for url in about} == {404}
    seen_blind(review, reva)
    assert client.get(made["ppn"].get_absolute_url()).status_code == 200


def test_what_hangs_on_it_is_withheld_from_its_reviewer_and_from_nobody_else(review, ppn, reva, quinn, cora):
    with acting(reva):
        assert not Ppn.objects.filter(pk=ppn.pk).exists()
        assert not Subject.objects.filter(ppn=ppn.pk).exists()
        assert not Trigger.objects.filter(ppn=ppn.pk).exists()
        assert not Recipient.objects.filter(record=ppn.pk).exists()
        assert not Person.objects.filter(learned_in=ppn.case_id).exists()
    for who in (quinn, cora):
        assert as_seen_by(who, ppn) == ppn
    review = seen_blind(review, reva)
    assert as_seen_by(reva, ppn) == ppn


def test_nor_does_a_search(client, review, ppn, reva, quinn):
    def found(who):
        client.force_login(who)
        page = client.post(reverse("find-person"), {"text": "anya", "purpose": "incident", "about": "A second look"})
        return "Anya Example" in text(page)

    assert not found(reva)
    assert found(quinn)


def test_no_endpoint_answers_a_person_who_is_signed_in(client, review, ppn, reva):
    client.force_login(reva)
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("api-")]
    assert names
    for name in names:
        for keys in ([], [ppn.pk], [ppn.reference]):
            try:
                url = reverse(name, args=keys)
            except Exception:  # noqa: S112 - it takes another number of keys
                continue
            page = client.get(url)
            assert page.status_code in (401, 403, 404, 405), name
            assert ppn.reference not in page.content.decode()


def test_the_reviewer_reads_the_notice_as_it_was_submitted_and_nothing_that_was_made_of_it(client, review, ppn, reva):
    client.force_login(reva)
    for name in ("qualityreview", "qualityreview-blind"):
        page = text(client.get(reverse(name, args=[review.pk])))
        assert "I hid under the stairs" in page
        assert "A girl of seven was under the stairs" in page
        for secret in ("Agreed with the social worker", "Vale Council", "As graded"):
            assert secret not in page, name
    sent = {"grade": "red", "recipients": ["social_care", "health"], "strategy": "yes", "timely": "yes"}
    assert client.post(reverse("qualityreview-blind", args=[review.pk]), sent).status_code == 302
    page = text(client.get(review.get_absolute_url()))
    assert "Beside each other" in page
    assert ppn.reference in page


def test_what_was_said_blind_stands_beside_what_was_decided(review, reva):
    seen_blind(review, reva, grade="red")
    look = the(SecondLook, review=review)
    assert (look.grade, look.their_grade) == ("red", "amber")
    assert (look.strategy, look.their_strategy) == ("no", "no")
    assert (look.their_recipients, look.their_timely) == (["social_care"], "yes")
    with pytest.raises(NotNow, match="said it already"):
        seen_blind(review, reva, grade="amber")


@pytest.mark.parametrize(
    "wrong",
    [{"grade": ""}, {"grade": "purple"}, {"strategy": ""}, {"timely": "perhaps"}, {"recipients": ["everybody"]}],
)
def test_every_question_is_answered_blind(review, reva, wrong):
    with pytest.raises(NotNow):
        seen_blind(review, reva, **wrong)


def test_nothing_is_graded_before_it_was_looked_at_blind(review, reva):
    with pytest.raises(NotNow, match="Say first what you would have decided"):
        reviewed(review, reva)
    assert reviewed(seen_blind(review, reva), reva).state == "reviewed"


def test_the_author_and_whoever_leads_them_never_look_a_second_time(review, cora, sam, ines, quinn, reva):
    from access.actor import System, signed
    from accounts.models import Posting, Team

    with signed(System("test")):
        team = Team.objects.get(name="Quality and learning")
        for person in (sam, ines):
            Posting.objects.create(person=person, role="quality_reviewer", team=team, starts=review.worked_at)
    assert "It is reviewed by a Quality reviewer" in why_not_reviewer(review, cora)
    for leads in (sam, ines):
        assert "They lead whoever decided it" in why_not_reviewer(review, leads)
        with pytest.raises(NotNow, match="They lead whoever decided it"):
            give_review(review, by=quinn, to=leads, because="Nobody else is here")
    assert why_not_reviewer(review, quinn) == ""
    with pytest.raises(NotNow, match="Olly Officer cannot review it"):
        give_review(review, by=quinn, to=the_person("olly"), because="To learn")


def the_person(name):
    from accounts.models import User

    return User.objects.get(username=name)


def test_it_is_handed_back_with_a_reason_and_never_comes_again_to_who_has_read_it_since(
    client, review, ppn, reva, quinn
):
    with pytest.raises(NotNow, match="why you hand it back"):
        hand_back(review, by=reva, because=" ")
    review = hand_back(review, by=reva, because="I took the call that day")
    assert review.reviewer == quinn
    assert as_seen_by(reva, ppn) == ppn
    client.force_login(quinn)
    offered = text(client.get(reverse("qualityreview-give", args=[review.pk])))
    assert "Reva Quality-Reviewer: They have handed it back" in offered
    with pytest.raises(NotNow, match="handed it back or given it away"):
        give_review(review, by=quinn, to=reva, because="She is back")


def test_nobody_finishes_what_another_looked_at_blind(review, reva, quinn):
    with pytest.raises(NotNow, match="they finish it, or it is left out"):
        give_review(seen_blind(review, reva), by=quinn, to=quinn, because="Reva is away")


def test_who_had_to_give_it_away_has_seen_it_since_and_does_not_have_it_again(review, reva, quinn):
    review = give_review(review, by=quinn, to=quinn, because="Reva is away")
    with pytest.raises(NotNow, match="may have read since what was decided"):
        give_review(review, by=quinn, to=reva, because="Reva is back")


def test_a_restricted_record_is_given_to_somebody_who_may_see_it_or_said_to_be_nobodys(ppn, ines, quinn, reva, cora):
    restrict(fresh(ppn).case, by=ines, people=[ines, quinn], because="A parent works for the force")
    (drawn,) = drawn_of("dip_sample")
    (review,) = reviews_of(drawn)
    assert review.reviewer == quinn
    with pytest.raises(NotNow, match="They may not see the record: it is restricted"):
        give_review(review, by=quinn, to=reva, because="She has time")


def test_a_record_restricted_later_is_said_to_be_and_cannot_be_judged(client, review, ppn, ines, reva, quinn):
    restrict(fresh(ppn).case, by=ines, people=[ines], because="A parent works for the force")
    client.force_login(reva)
    page = text(client.get(review.get_absolute_url()))
    assert "You may not see this record" in page
    assert "I hid under the stairs" not in page
    with pytest.raises(NotNow, match="restricted"):
        seen_blind(review, reva)
    assert hand_back(review, by=reva, because="Restricted").reviewer is None
    client.force_login(quinn)
    for url in (reverse("quality-sampling"), reverse("home")):
        assert review.reference in text(client.get(url))
    assert "1: whoever may review it" in text(client.get(reverse("quality-sampling")))


def test_an_open_review_withholds_nothing(ppn, reva, quinn, clock):
    from quality.workflow.samples import draw

    drawn = draw("thematic", by=quinn, because="To see", of="notice")
    (review,) = reviews_of(drawn)
    assert as_seen_by(reva, ppn) == ppn
    with pytest.raises(NotNow, match="not looked at blind"):
        look_again_blind(review, by=reva, grade="red", recipients=[], strategy="no", timely="yes")
    assert reviewed(review, reva, marks=well_marked("thematic")).state == "reviewed"
    assert as_it_is(review).author.username == "olly"
    assert isinstance(review, Review)
