"""The pages take a return interview from the request to the record, and a notice from the report to the agency. What a
child said is read by those who need it, and by nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from access.actor import System
from cases.workflow.cases import restrict
from missing.models import InterviewRequest
from missing.workflow.interviews import Found
from tests.cohort.children import trigger_plan
from tests.encompass.conftest import northvale, schools, vale
from tests.missing.returns import (
    RISKS,
    SUMMARY,
    TEXT,
    a_child,
    as_it_is,
    asked,
    back,
    came,
    council,
    declined,
    held,
    learned_from,
    missing,
    raised,
    read,
    sent_about,
)  # fmt: skip
from tests.missing.test_notices_life import of_authority, of_school
from tests.stories import hours
from tests.strategy.test_pages import moment

pytestmark = pytest.mark.django_db
__all__ = ["northvale", "schools", "vale"]
GROUNDS = {"basis": "public_task", "why_needed": "So that the child is heard", "informed": "yes"}


def text(answer):
    return answer.content.decode()


def rows_of(*learned, total=4):
    sent = {"learned-TOTAL_FORMS": str(total), "learned-INITIAL_FORMS": "0"}
    for number, (kind, words, *ticked) in enumerate(learned):
        sent |= {f"learned-{number}-kind": kind, f"learned-{number}-text": words}
        sent |= {f"learned-{number}-to_plan": "on"} if ticked else {}
    return sent


def test_the_pages_take_an_interview_from_the_request_to_the_record(client, clock, maya):
    client.force_login(maya)
    episode = back(maya)
    plan = trigger_plan(maya, episode.person)
    listed = text(client.get(reverse("interviews")))
    assert "To ask for: 1" in listed
    new = client.get(reverse("interview-new", args=[episode.pk]))
    assert new.context["form"].initial["agency"] == council().pk
    sent = {"key": new.context["key"], "agency": council().pk, "provider": "", **GROUNDS}
    made = client.post(reverse("interview-new", args=[episode.pk]), sent)
    assert made.status_code == 302, text(made)
    assert client.post(reverse("interview-new", args=[episode.pk]), sent).url == made.url  # twice is once
    page = text(client.get(made.url))
    assert "Request for a return interview" in page
    assert "Until Thu 5 March 2026, 09:00" in page or "Thu 5 March" in page
    pk = made.url.rstrip("/").rpartition("/")[2]

    def go(name, **facts):
        url = reverse(f"interview-{name}", args=[pk])
        shown = client.get(url)
        assert shown.status_code == 200, (name, text(shown))
        done = client.post(url, facts)
        assert done.status_code == 302, (name, text(done))
        return text(client.get(made.url))

    assert "Reminder 1: return interview" in go("chase")
    clock.shift(hours(20))
    assert "Held in time" in go("held", by_whom="Ines Listener", **moment("held_at", clock.at))
    page = go("came", who="Ines Listener", said=TEXT, held_at_day="", held_at_month="", held_at_year="")
    assert TEXT in page
    form = text(client.get(reverse("interview-read", args=[pk])))
    assert TEXT in form
    assert plan.reference in form
    opened = client.get(reverse("interview-read", args=[pk])).context["form"].initial["opened"]
    said = {"opened": opened, "summary": SUMMARY, "risks": RISKS, "plan_updated": "yes"}
    page = go("read", **said, **rows_of(("place", "Flats behind the station", True), ("push", "Somebody at home")))
    assert SUMMARY in page
    assert "Flats behind the station" in page
    assert f"return interview {as_it_is(InterviewRequest(pk=pk)).reference}" in as_it_is(plan).likely_places
    assert "No return interview is outstanding" in text(client.get(reverse("interviews")))


def test_a_tick_without_a_plan_is_refused_and_nothing_typed_is_lost(client, maya, cora):
    request = came(asked(maya), maya)
    client.force_login(maya)
    url = reverse("interview-read", args=[request.pk])
    assert "has no trigger plan" in text(client.get(url))
    opened = client.get(url).context["form"].initial["opened"]
    said = {"opened": opened, "summary": SUMMARY, "risks": RISKS, "plan_updated": "no"}
    refused = client.post(url, {**said, **rows_of(("place", "The flats", True))})
    assert refused.status_code == 422
    assert "This child has no trigger plan yet" in text(refused)
    assert all(words in text(refused) for words in (SUMMARY, RISKS, "The flats"))
    trigger_plan(maya, request.episode.person)
    drawn = client.post(url, {**said, **rows_of(("pull", "A bike", True))})
    assert "Only places and people go into a trigger plan" in text(drawn)
    client.force_login(cora)
    theirs = client.post(url, {**said, **rows_of(("place", "The flats", True))})
    assert "The missing team changes a trigger plan" in text(theirs)
    assert client.post(url, {**said, **rows_of(("place", "The flats"))}).status_code == 302


def test_more_that_came_meanwhile_is_shown_before_it_counts_as_read(client, clock, maya):
    request = came(asked(maya), maya)
    client.force_login(maya)
    url = reverse("interview-read", args=[request.pk])
    opened = client.get(url).context["form"].initial["opened"]
    clock.shift(hours(1))
    came(request, System("a partner"), "She has rung again")
    said = {"summary": SUMMARY, "risks": RISKS, "plan_updated": "no", **rows_of()}
    refused = client.post(url, {"opened": opened, **said})
    assert refused.status_code == 422
    assert "More has come since you opened it" in text(refused)
    assert "She has rung again" in text(refused)
    assert SUMMARY in text(refused)
    assert client.post(url, {"opened": refused.context["form"]["opened"].value(), **said}).status_code == 302


def test_another_row_keeps_everything_that_was_typed(client, maya):
    request = came(asked(maya), maya)
    client.force_login(maya)
    more = client.post(
        reverse("interview-read", args=[request.pk]),
        {"add_row": "1", "opened": "x", "summary": SUMMARY, "risks": "", "plan_updated": "", **rows_of(("place", "A"))},
    )
    assert more.status_code == 200
    assert "learned-4-text" in text(more)
    assert SUMMARY in text(more)
    assert "There is a problem" not in text(more)


MAY_READ = ["maya", "milo", "cora", "sam", "ines", "rosa", "rashid", "fin", "sue"]
MAY_NOT = ["olly", "callie", "connie", "dmitri", "tara", "ravi"]


@pytest.mark.parametrize("name", [*MAY_READ, *MAY_NOT])
def test_what_a_child_said_is_read_by_those_who_need_it(client, cast, maya, name):
    request = came(asked(maya), maya)
    other = declined(asked(maya, back(maya, a_child(maya, "Bea Example"))), maya, because="He is afraid of the man")
    client.force_login(cast[name])
    pages = [text(client.get(each.get_absolute_url())) for each in (request, other)]
    assert [TEXT in pages[0], "He is afraid of the man" in pages[1]] == [name in MAY_READ] * 2
    read(request, maya)
    page = text(client.get(request.get_absolute_url()))
    assert (SUMMARY in page, TEXT in page) == (True, name in MAY_READ)


@pytest.mark.parametrize("name", MAY_NOT)
def test_nothing_of_it_is_on_any_other_page(client, cast, maya, name):
    episode = back(maya)
    request = read(came(asked(maya, episode), maya), maya, Found("place", "Flats behind the station"))
    client.force_login(cast[name])
    pages = ["/", reverse("interviews"), episode.get_absolute_url(), episode.person.get_absolute_url()]
    pages += [reverse("missing-report", args=[episode.person.pk]), request.get_absolute_url()]
    pages += [each.get_absolute_url() for each in sent_about(request)]
    for page in pages:
        assert TEXT not in text(client.get(page)), page


def test_the_list_names_each_way_of_losing_one(client, clock, maya):
    client.force_login(maya)
    back(maya)
    children = [a_child(maya, f"{name} Example") for name in ("Bea", "Cy", "Di", "Ed", "Flo", "Gus")]
    asked(maya, back(maya, children[0], found_at=clock.at - hours(80), reported_at=clock.at - hours(99)))
    held(asked(maya, back(maya, children[1])), maya)
    came(asked(maya, back(maya, children[2])), maya)
    came(read(came(asked(maya, back(maya, children[3])), maya), maya), maya, "Later")
    declined(asked(maya, back(maya, children[4])), maya)
    counts = {chip["label"]: chip["count"] for chip in client.get(reverse("interviews")).context["chips"]}
    assert counts == {
        "Not done": 5,
        "Overdue": 1,
        "Asked for, not held yet": 1,
        "Not held within 72 hours": 1,
        "Held, nothing has come back": 1,
        "Come back, unread": 3,
        "A later answer, unread": 1,
        "There was none": 1,
        "The authority never answered": 0,
        "Read into the record": 0,
    }
    assert client.get(reverse("interviews")).context["to_ask"].total == 1


def test_what_waits_stands_on_the_home_page_of_whoever_chases(client, clock, maya, olly):
    back(maya)
    bea = a_child(maya, "Bea Example")
    asked(maya, back(maya, bea, found_at=clock.at - hours(80), reported_at=clock.at - hours(99)))
    came(asked(maya, back(maya, a_child(maya, "Cy Example"))), maya)
    raised(missing(maya, a_child(maya, "Di Example")), maya)
    headings = ("to ask for", "that came back, unread", "overdue", "Authorities and schools to tell of a child")
    client.force_login(maya)
    assert all(each in text(client.get("/")) for each in headings)
    client.force_login(olly)
    assert not any(each in text(client.get("/")) for each in headings)


def test_of_a_restricted_case_nothing_is_there_for_others(client, maya, ines, sue):
    request = asked(maya)
    (notice,) = of_authority(raised(missing(maya, a_child(maya, "Bea Example")), maya))
    for record in (request, notice):
        restrict(record.case, by=ines, people=[ines, sue], because="A member of staff is involved")
    client.force_login(maya)
    assert client.get(request.get_absolute_url()).status_code == 404
    assert client.get(notice.get_absolute_url()).status_code == 404
    for name in ("interviews", "missing-notices"):
        assert request.reference not in text(client.get(reverse(name)))
        assert notice.reference not in text(client.get(reverse(name)))
    client.force_login(ines)
    assert client.get(request.get_absolute_url()).status_code == 200


# Who is told


def test_the_pages_take_a_notice_to_the_authority(client, clock, maya):
    (notice,) = of_authority(raised(missing(maya), maya))
    client.force_login(maya)
    page = client.get(reverse("missing-notice-send", args=[notice.pk]))
    assert "Whom to ring" in text(page)
    usual = {name: value for name, value in page.context["form"].initial.items() if value}
    assert usual["informed"] == "no_other"
    done = client.post(reverse("missing-notice-send", args=[notice.pk]), usual)
    assert done.status_code == 302, text(done)
    page = text(client.get(done.url))
    assert "Exactly what was sent" in page
    assert "Sent" in page
    assert client.get(reverse("missing-notices") + "?show=sent").context["rows"][0].reference == notice.reference


def test_a_school_is_named_by_its_number(client, maya, schools):
    notice = of_school(raised(missing(maya), maya))
    client.force_login(maya)
    url = reverse("missing-notice-school", args=[notice.pk])
    assert client.get(url).status_code == 200
    refused = client.post(url, {"urn": "123456"})
    assert (refused.status_code, "No school on record has this number" in text(refused)) == (422, True)
    assert 'value="123456"' in text(refused)
    assert client.post(url, {"urn": "900002"}).status_code == 302
    assert as_it_is(notice).school == schools["mill"]


def test_an_authority_is_named_and_what_is_not_sent_says_why(client, maya):
    notice = next(each for each in of_authority(raised(missing(maya, responsible=None), maya)) if not each.agency)
    client.force_login(maya)
    assert "not known: somebody has to find out" in text(client.get(notice.get_absolute_url()))
    url = reverse("missing-notice-authority", args=[notice.pk])
    assert client.post(url, {"agency": council("Sallow Council").pk}).status_code == 302
    url = reverse("missing-notice-not-sent", args=[notice.pk])
    assert client.post(url, {"because": ""}).status_code == 422
    assert client.post(url, {"because": "They rang us"}).status_code == 302
    assert "They rang us" in text(client.get(notice.get_absolute_url()))


def test_all_that_are_complete_go_with_one_form(client, maya):
    raised(missing(maya, responsible=council("Sallow Council")), maya)
    client.force_login(maya)
    assert "Send all that are complete (2)" in text(client.get(reverse("missing-notices")))
    page = client.get(reverse("missing-notices-send-all"))
    assert "Sallow Council" in text(page)
    half = client.post(reverse("missing-notices-send-all"), {"basis": "public_task", "informed": "no_other"})
    done = client.post(
        reverse("missing-notices-send-all"),
        {"basis": "public_task", "informed": "no_other", "not_informed_because": "They are told at once"},
        follow=True,
    )
    assert "Sent: 2." in text(done) or "Sent: 2." in text(half)
    assert "Nothing is complete now" in text(client.get(reverse("missing-notices-send-all")))


def test_where_the_scheme_is_live_is_a_page_of_the_mash(client, sam, maya, vale):
    client.force_login(sam)
    url = reverse("school-schemes")
    assert "Live nowhere today" in text(client.get(url))
    day = {"starts_day": "2", "starts_month": "3", "starts_year": "2026"}
    half = client.post(url, {"authority": vale.pk, "is_live": "yes", "because": "", **day})
    assert half.status_code == 422
    done = client.post(url, {"authority": vale.pk, "is_live": "yes", "because": "Agreed in February", **day})
    assert done.status_code == 302, text(done)
    assert "Live today: Vale." in text(client.get(url))
    client.force_login(maya)
    assert client.get(url).status_code == 403


def test_the_page_of_the_episode_says_who_was_told_and_what_became_of_the_interview(client, clock, maya):
    episode = missing(maya, a_child(maya))
    raised(episode, maya)
    client.force_login(maya)
    page = text(client.get(episode.get_absolute_url()))
    assert "Vale Council, MNT-" in page
    other = back(maya, a_child(maya, "Bea Example"))
    page = text(client.get(other.get_absolute_url()))
    assert "No return interview has been asked for yet" in page
    read(came(asked(maya, other), maya), maya)
    clock.shift(timedelta(days=1))
    assert SUMMARY in text(client.get(other.get_absolute_url()))


def test_it_is_on_the_picture_of_the_child(client, maya):
    request = read(came(asked(maya), maya), maya, Found("place", "The flats"))
    client.force_login(maya)
    page = text(client.get(request.episode.person.get_absolute_url()))
    assert f"Return interview {request.reference} held" in page
    assert learned_from(request) == ["The flats"]
