"""The pages of learning, training and publishing: who may open which, what they say, and that nothing typed is lost."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quality.codes import Source
from quality.learning_urls import urlpatterns as of_learning
from quality.models import LearningAction, Publication, TrainingRecord
from quality.publication_urls import urlpatterns as of_reports
from quality.training_urls import urlpatterns as of_training
from sla.engine import sweep
from tests.house.one_of_each import address
from tests.quality.learning_each import of_each
from tests.quality.learning_scenes import Found, as_it_is, done, drawn, found, given, theme_of
from tests.quality.training_scenes import champion_of, due_of, proposed, required, took
from tests.stories import away

pytestmark = pytest.mark.django_db
NAMES = [pattern.name for pattern in (*of_learning, *of_training, *of_reports)]
OF_QUALITY = {
    "learning-board",
    "themes",
    "theme",
    "new-learning-action",
    "new-publication",
    "publication-change",
    "publication-check",
}
OF_THE_LEAD = {
    "new-theme",
    "theme-retire",
    "theme-again",
    "learningaction-pass",
    "learningaction-not-needed",
    "publication-publish",
    "publication-withdraw",
}
OF_REVIEWERS = {"learningaction-retest", "retest-judge"}
OF_TRAINING = {
    "record-training",
    "trainingrecord-correct",
    "attendance-lists",
    "new-attendance",
    "attendancefile",
    "attendancerow",
    "attendancerow-type",
    "attendancerow-settle",
    *(f"course-{step}" for step in ("change", "answers", "retire", "again")),
    "new-course",
    "new-champion",
    "champion-end",
}
NOT_THEIRS = OF_QUALITY | OF_THE_LEAD | OF_REVIEWERS | OF_TRAINING
OF_OLLY = {"trainingneed", "trainingneed-book", "trainingneed-decline", "learner"}
OF_CONNIE = {"learningaction", "learningaction-done"}
OF_CORA, OF_DRAFTS = {"trainingdue"}, {"publication", "publication-pdf"}
WHO = {
    "quinn": (set(), set()),
    "reva": (OF_THE_LEAD | OF_TRAINING, OF_OLLY | OF_CORA),
    "sue": (OF_THE_LEAD | OF_REVIEWERS | OF_TRAINING, OF_OLLY - {"learner"}),
    "connie": (NOT_THEIRS, OF_OLLY | OF_CORA | OF_DRAFTS),
    "olly": (NOT_THEIRS, OF_CONNIE | OF_CORA | OF_DRAFTS),
    "rosa": (NOT_THEIRS, OF_CONNIE | OF_CORA | OF_DRAFTS),
    "cora": (NOT_THEIRS, OF_CONNIE | OF_OLLY | OF_DRAFTS),
}


@pytest.fixture
def opened(client, cast):
    """Somebody opens a page: what it says in plain text."""

    def page(name, who, *args, show=""):
        client.force_login(cast[who])
        url = name if name.startswith("/") else reverse(name, args=args)
        return unescape(client.get(url + (f"?{show}" if show else "")).content.decode())

    return page


@pytest.mark.parametrize("who", WHO)
def test_who_may_open_which_page(client, cast, who):
    forbidden, hidden = WHO[who]
    made = of_each(cast)
    client.force_login(cast[who])
    status = {name: client.get(address(name, made)).status_code for name in NAMES}
    assert {name for name, code in status.items() if code == 403} == forbidden
    assert {name for name, code in status.items() if code == 404} == hidden
    assert set(status.values()) <= {200, 302, 403, 404}


# Themes and actions


def test_a_theme_found_twice_stands_at_the_top_and_on_the_leads_home_page(opened, cast, reva):
    theme = found(reva)
    found(reva, source=Source.PEER_SCRUTINY)
    assert "Found twice, and nothing done: 1" in opened("themes", "quinn")
    assert "Found twice, and nothing done" in opened("/", "quinn")
    assert "Found twice, and nothing done" not in opened("/", "reva")
    page = opened("theme", "quinn", theme.pk)
    for words in ("Review of a call, QA-000000", "Peer scrutiny of offender management", "Voice of the child"):
        assert words in page


def test_what_nobody_may_overlook_is_counted_and_none_is_said_as_well(opened, cast, clock, quinn, connie, reva, cora):
    found(reva, 2, name="Other children")
    given(quinn, connie)
    required(cora)
    clock.shift(timedelta(days=29))
    board = opened("learning-board", "quinn")
    waiting, clear = board.split("None of these now")
    assert "Themes found twice, and nothing done" in waiting
    assert "Learning actions overdue" in waiting
    assert "Required training never taken" in waiting
    assert "Reports not read or published in time" in clear


def test_a_note_is_linked_where_the_reader_may_see_what_it_was_found_in(opened, cast, reva, hana, omar, seb):
    from access.actor import signed
    from quality.workflow.themes import note_themes
    from tests.offenders.hub_scenes import a_round, graded
    from tests.offenders.scenes import managed

    _, item = a_round(managed(hana, omar, "Conrad Fernfold"))
    item = graded(item, seb)
    with signed(reva):
        note_themes([theme_of()], by=reva, source=Source.PEER_SCRUTINY, record=item, reference=item.reference)
    assert item.get_absolute_url() not in opened("theme", "quinn", theme_of().pk)
    assert item.get_absolute_url() in opened("theme", "sue", theme_of().pk)


def test_an_action_is_opened_from_a_scrutiny_and_what_is_refused_is_not_lost(client, cast, quinn, connie):
    client.force_login(quinn)
    scrutiny = Found()
    query = f"?theme={theme_of().pk}&source=scrutiny_group&record={scrutiny.pk}&found_in=SCG-000004"
    address = reverse("new-learning-action") + query
    page = client.get(address).content.decode()
    assert "SCG-000004" in page
    said = {
        "what": "Ask who else is at home",
        "source": "scrutiny_group",
        "record": scrutiny.pk,
        "found_in": "SCG-000004",
    }
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "Ask who else is at home" in refused.content.decode()
    made = client.post(address, {**said, "theme": theme_of().pk, "owner": connie.pk})
    action = as_it_is(LearningAction(pk=made.url.split("/")[-2]))
    assert (action.owner, action.found_in, action.record) == (connie, "SCG-000004", scrutiny.pk)


def test_an_action_is_on_the_home_page_of_its_owner_their_cover_and_supervisor(opened, cast, quinn, callie, tess):
    given(quinn, callie)
    assert "To change because of what was found" in opened("/", "callie")
    assert "To change, by people you supervise" in opened("/", "connie")
    for other in ("olly", "fin"):
        assert "Call takers ask who else is at home" not in opened("/", other)
    away(callie, days=3, cover=tess)
    assert "To change because of what was found" in opened("/", "tess")


def test_the_list_of_actions_shows_each_what_is_theirs(opened, cast, quinn, callie, connie, clock):
    given(quinn, callie)
    done(quinn, connie, what="Brief each shift")
    clock.shift(timedelta(days=29))
    sweep()
    assert "Call takers ask" in opened("learning-actions", "connie", show="show=supervised")
    assert "Call takers ask" in opened("learning-actions", "quinn", show="show=overdue")
    assert "Brief each shift" in opened("learning-actions", "reva", show="show=to_test")
    assert "Call takers ask" not in opened("learning-actions", "olly")


def test_a_retest_that_did_not_hold_asks_what_follows_and_names_the_field(client, cast, quinn, connie, reva):
    retest = drawn(reva, done(quinn, connie))
    client.force_login(reva)
    address = reverse("retest-judge", args=[retest.pk])
    said = {"looked_at": "10", "found": "4", "result": "Not asked in four", "held": "no"}
    refused = client.post(address, said)
    page = unescape(refused.content.decode())
    assert refused.status_code == 422
    assert "Say what is to change now" in page
    assert "Not asked in four" in page
    client.post(address, {**said, "next_what": "A prompt on the screen", "next_owner": connie.pk})
    page = unescape(client.get(retest.action.get_absolute_url()).content.decode())
    assert "Found again in 4 of 10" in page
    assert "A prompt on the screen" in page


@pytest.mark.parametrize("name", ["themes", "learning-actions", "required-training", "learning-board"])
def test_a_page_asks_the_database_no_more_for_many_than_for_few(
    client, cast, quinn, reva, connie, cora, name, django_assert_max_num_queries
):
    def more(theme):
        found(reva, 2, name=theme)
        given(quinn, connie, theme=theme_of(theme))

    more("Voice of the child")
    required(cora)
    client.force_login(quinn)
    with django_assert_max_num_queries(40) as few:
        client.get(reverse(name))
    for theme in ("Other children", "Wrong grade", "Professional curiosity"):
        more(theme)
    required(connie, "Voice of the child")
    with django_assert_max_num_queries(len(few)):
        client.get(reverse(name))


# Training


def test_the_list_shows_who_never_took_it_and_who_is_away(opened, cast, cora, cole, quinn, sam):
    required(cora)
    took(cole, quinn)
    away(cora, days=3, cover=cole)
    page = opened("required-training", "sam")
    assert "Cora Co-ordinator: MASH refresher" in page
    assert "Never taken. Required by a post in Vale MASH. Away until" in page
    assert "Cole Co-ordinator: MASH refresher" not in page
    assert "Cole Co-ordinator: MASH refresher" in opened("required-training", "sam", show="show=all")
    assert "Cora Co-ordinator" not in opened("required-training", "olly")
    assert "Training your post requires of you" in opened("/", "cora")
    assert "Training overdue, of people you supervise" in opened("/", "sam")


def test_training_is_recorded_and_corrected_and_the_wrong_one_stays_readable(client, opened, cast, quinn, cora):
    required(cora)
    client.force_login(quinn)
    day = {"taken_on_day": "27", "taken_on_month": "2", "taken_on_year": "2026"}
    about = {"course": due_of(cora).course_id, "person": cora.pk, "certificate": "C-7"}
    assert client.post(reverse("record-training"), {**about, **day}).url == reverse("learner", args=[cora.pk])
    (record,) = _records(cora)
    address = reverse("trainingrecord-correct", args=[record.pk])
    refused = client.post(address, {**day, "certificate": "C-8", "because": ""})
    assert (refused.status_code, "C-8" in refused.content.decode()) == (422, True)
    client.post(address, {**day, "certificate": "C-8", "because": "Another certificate"})
    page = opened("learner", "cora", cora.pk)
    assert page.count("Wrong: Another certificate") == 1
    assert "Certificate C-8" in page
    assert "This is wrong" not in page


def _records(person):
    from access.actor import System, acting

    with acting(System("test")):
        return list(TrainingRecord.objects.filter(person=person))


def test_what_is_proposed_is_booked_on_ones_own_page(client, opened, cast, callie, reva):
    need = proposed(callie, reva)
    assert "Training proposed to you" in opened("/", "callie")
    assert opened("learner", "callie", callie.pk).count(need.reference) == 1
    client.force_login(callie)
    day = {"booked_for_day": "9", "booked_for_month": "3", "booked_for_year": "2026"}
    client.post(reverse("trainingneed-book", args=[need.pk]), day)
    assert as_it_is(need).booked_for == date(2026, 3, 9)
    assert "The brother was not asked about" not in opened("/", "olly")


def test_ones_own_training_is_one_step_from_the_list(client, cast, olly):
    client.force_login(olly)
    assert client.get(reverse("my-training")).url == reverse("learner", args=[olly.pk])


def test_teams_without_a_champion_are_named(opened, cast, olly, quinn):
    champion_of(olly, quinn)
    page = opened("champions", "cora")
    assert "Response team A: Olly Officer" in page
    without = page.split("Teams without a champion")[1]
    assert "Vale MASH" in without
    assert "Response team A" not in without


def test_an_attendance_list_is_uploaded_and_its_rows_dealt_with(client, opened, cast, quinn, cora):
    required(cora)
    client.force_login(quinn)
    sent = SimpleUploadedFile("march.csv", b"Who,Taken on\ncora,27/02/2026\nKora,27/02/2026\n")
    made = client.post(reverse("new-attendance"), {"course": due_of(cora).course_id, "file": sent})
    page = unescape(client.get(made.url).content.decode())
    assert "Put on record: 1. Known already: 0. Could not be read: 1." in page
    assert "Nobody here is called “Kora”" in page
    assert "Rows of attendance lists to type in" in opened("/", "quinn")
    assert "Kora" in opened("attendance-lists", "quinn")


# Reports


def test_a_report_is_written_read_and_published_on_pages(client, opened, cast, reva, quinn, olly):
    client.force_login(reva)
    period = {
        f"{name}_{part}": value
        for name, day in (("begins_on", date(2026, 1, 1)), ("ends_on", date(2026, 2, 28)))
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year))
    }
    said = {"kind": "newsletter", "title": "Who else is at home?", "text": "As Olly Officer asked: who else?", **period}
    made = client.post(reverse("new-publication"), said)
    client.force_login(quinn)
    assert "Reports to read before they are published" in opened("/", "quinn")
    refused = client.post(f"{made.url}check/")
    assert "“Olly Officer” (somebody who works here)" in unescape(refused.content.decode())
    client.force_login(reva)
    client.post(f"{made.url}change/", {**said, "text": "Ask: who else?"})
    client.force_login(quinn)
    client.post(f"{made.url}check/")
    client.post(f"{made.url}publish/")
    assert as_it_is(Publication(pk=made.url.split("/")[-2])).state == "published"
    assert "Who else is at home?" in opened("learning", "olly")
    assert "New to read" in opened("/", "olly")
