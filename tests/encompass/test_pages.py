"""The pages: from the officer's phone at midnight to the co-ordinator's queue in the morning."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from access.actor import acting
from cases.picture import PICTURE, whom_of
from encompass import workflow
from encompass.models import SchoolNotice
from encompass.showing import school_notices_about
from encompass.workflow import keeping
from tests.encompass.conftest import a_school, local
from tests.encompass.scenes import NO, POPPY, SEVEN, a_child, raised, raised_one, screened, told
from tests.households import on_record
from tests.stories import called_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(friday_night, olly, lark):
    return raised_one(olly, school=lark)


def page(client, who, name, *keys, **query):
    client.force_login(who)
    answer = client.get(reverse(name, args=keys), query)
    return answer.status_code, answer.content.decode()


def test_an_officer_answers_four_questions_and_the_school_is_told(client, notice, olly):
    status, text = page(client, olly, "encompass-screen", notice.pk)
    assert status == 200
    assert "Larkfield Primary School" in text
    answer = client.post(
        reverse("encompass-screen", args=[notice.pk]), {**NO, "happened": "", "voice": ""}, follow=True
    )
    assert "Sent, not delivered" in answer.content.decode()
    assert "Exactly what was sent" in answer.content.decode()


def test_no_answer_is_chosen_beforehand_and_a_refused_form_keeps_every_word(client, notice, olly):
    _, text = page(client, olly, "encompass-screen", notice.pk)
    assert "checked" not in text
    said = {**NO, "refuge": "", "happened": "Words that must not be lost", "voice": ""}
    answer = client.post(reverse("encompass-screen", args=[notice.pk]), said)
    assert answer.status_code == 422
    assert "Words that must not be lost" in answer.content.decode()
    assert "Choose yes, no or not known" in answer.content.decode()


def test_what_may_not_go_is_shown_where_it_is_reworded(client, notice, olly, cora):
    screened(notice, olly, happened="Intelligence says he is at the refuge.")
    for name in ("encompass-screen", "encompass-send", "encompass"):
        status, text = page(client, cora, name, notice.pk)
        assert (status, "Leave out “Intelligence”" in text) == (200, True), name


def test_the_queue_counts_truly_and_the_nearest_bell_is_first(
    client, notice, friday_night, olly, cora, sam, lark, mill
):
    raised_one(olly)
    screened(raised_one(olly, school=lark), olly, refuge="yes")
    screened(raised_one(olly, school=mill), olly)
    told(raised_one(olly, school=mill), olly)
    workflow.hold_back(raised_one(olly, school=mill), by=sam, because="He teaches there", exemption=None)
    raised_one(olly, school=lark, lives_elsewhere=True)
    raised_one(olly, born_on=date(2000, 1, 1), school=lark)
    client.force_login(cora)
    answer = client.get(reverse("schools-to-tell"))
    counts = {chip["label"]: chip["count"] for chip in answer.context["chips"]}
    assert counts == {
        "Not told yet": 6,
        "To check": 2,
        "School not known": 1,
        "Checked, not sent": 1,
        "Sent, not delivered": 1,
        "Late": 0,
        "Not acknowledged": 1,
        "Held back": 1,
        "Home force not told": 1,
        "Done": 1,
    }
    for chip in answer.context["chips"]:
        shown = client.get(reverse("schools-to-tell") + chip["url"])
        assert len(shown.context["rows"]) == chip["count"], chip["label"]
    dues = [row.due for row in answer.context["rows"]]
    assert dues == sorted(dues)
    friday_night.set(local(2026, 3, 9, 8, 41))
    late = client.get(reverse("schools-to-tell"), {"show": "late"})
    assert len(late.context["rows"]) == 6
    assert "and the school is not told" in late.content.decode()


def test_every_page_of_a_notice_opens_for_the_mash(client, notice, sam):
    client.force_login(sam)
    for name in (
        "encompass", "encompass-screen", "encompass-find-school", "encompass-ask-authority", "encompass-send",
        "encompass-send-late", "encompass-told-by-phone", "encompass-delivered", "encompass-not-delivered",
        "encompass-acknowledge", "encompass-hold-back", "encompass-send-anyway", "encompass-not-for-school",
        "encompass-tell-home-force",
    ):  # fmt: skip
        assert client.get(reverse(name, args=[notice.pk])).status_code == 200, name


def test_who_sees_what(client, notice, olly, callie, cora, dmitri):
    allowed = {"olly": (403, 200), "callie": (403, 403), "cora": (200, 200), "dmitri": (200, 200)}
    for who in (olly, callie, cora, dmitri):
        queue, _ = page(client, who, "schools-to-tell")
        record, _ = page(client, who, "encompass", notice.pk)
        assert (queue, record) == allowed[who.username], who


def test_the_search_offers_open_schools_nearest_to_home_first(client, friday_night, olly, cora, lark, northvale):
    a_school("900010", "A Larkfield Far Away")
    a_school("900011", "Larkfield Closed", northvale, status="closed", closed_on=date(2025, 1, 1))
    notice = raised_one(olly, postcode="ZV1 1AA", school_as_written="Larkfield")
    _, text = page(client, cora, "encompass-find-school", notice.pk)
    assert "Larkfield Closed" not in text
    assert text.index("Larkfield Primary School") < text.index("A Larkfield Far Away")
    said = {"place": "school", "school": lark.pk, "how_we_know": "Her mother said so"}
    answer = client.post(reverse("encompass-find-school", args=[notice.pk]) + "?q=Larkfield", said, follow=True)
    assert "Not yet checked for safety" in answer.content.decode()
    _, found = page(client, cora, "encompass-find-school", notice.pk, q="ZV1 1AA")
    assert "Larkfield Primary School" in found


def test_a_school_that_is_not_chosen_is_asked_for_again(client, friday_night, olly, cora, lark):
    notice = raised_one(olly)
    client.force_login(cora)
    answer = client.post(
        reverse("encompass-find-school", args=[notice.pk]), {"place": "school", "how_we_know": "Kept on the page"}
    )
    assert answer.status_code == 422
    assert "Choose the school or college" in answer.content.decode()
    assert "Kept on the page" in answer.content.decode()


def test_a_telephone_call_by_its_page(client, notice, olly, cora):
    screened(notice, olly, suspect_at_school="yes")
    _, text = page(client, cora, "encompass-told-by-phone", notice.pk)
    assert "Lena Lead" in text
    said = {"name": "Lena Lead", "because": "She is not the suspect", "support_note": ""}
    answer = client.post(reverse("encompass-told-by-phone", args=[notice.pk]), said, follow=True)
    assert "By telephone: Lena Lead" in answer.content.decode()


def test_late_by_its_page(client, notice, olly, cora, friday_night):
    screened(notice, olly, refuge="not_known")
    friday_night.set(local(2026, 3, 9, 9, 0))
    _, text = page(client, cora, "encompass", notice.pk)
    assert "The bell rang 20 minutes ago and the school is not told" in text
    assert "Send it late" in text
    said = {"because": "No place stands in it", "support_note": "A quiet room"}
    client.post(reverse("encompass-send-late", args=[notice.pk]), said)
    client.post(reverse("encompass-delivered", args=[notice.pk]))
    _, text = page(client, cora, "encompass", notice.pk)
    assert "Told 20 minutes after the bell" in text


def test_home_says_what_waits(client, notice, olly, cora, sam, friday_night):
    for who, heading in ((olly, "Schools to tell: answer the safety screen"), (cora, "Schools to tell")):
        _, text = page(client, who, "home")
        assert heading in text
        assert notice.reference in text
    friday_night.set(local(2026, 3, 9, 9, 0))
    _, text = page(client, sam, "home")
    assert "Schools told late, or not yet" in text


def test_the_picture_of_the_child_has_it(friday_night, olly, cora, lark):
    poppy = on_record(cora, POPPY, born=SEVEN, school=lark)
    raised_one(olly, person=poppy)
    with acting(cora):
        titles = [event.title for source in PICTURE.sources for event in source(whom_of([poppy]))]
    assert f"Operation Encompass: Larkfield Primary School about {POPPY}" in titles


def test_the_page_of_an_incident_shows_its_schools(friday_night, olly, callie, cora, lark):
    from django.template.loader import render_to_string

    incident = called_in(callie)
    raised(olly, a_child(school=lark), record=incident)
    with acting(cora):
        shown = render_to_string("encompass/about.html", {"school_notices": school_notices_about(incident)})
    assert "Larkfield Primary School" in shown
    assert "Answer the safety screen" in shown


def test_a_list_of_many_asks_no_more_than_one_of_few(client, notice, olly, cora, lark, django_assert_max_num_queries):
    client.force_login(cora)
    client.get(reverse("schools-to-tell"))
    for _ in range(8):
        raised_one(olly, school=lark)
    with django_assert_max_num_queries(14):
        client.get(reverse("schools-to-tell"))


def test_terms_are_kept_and_withdrawn_by_the_page(client, cora, lark, friday_night):
    client.force_login(cora)
    days = {"urn": "900001", "authority": "", "kind": "closed", "note": "Training day", "source": "The school"}
    moment = {"starts_0": "9", "starts_1": "3", "starts_2": "2026", "ends_0": "9", "ends_1": "3", "ends_2": "2026"}
    names = date_boxes(client.get(reverse("school-days-new")).content.decode(), ["starts", "ends"])
    said = {**days, **dict(zip(names, moment.values(), strict=True))}
    assert client.post(reverse("school-days-new"), said).status_code == 302
    _, text = page(client, cora, "school-calendars")
    assert "Training day" in text
    row = text.split('name="row" value="')[1].split('"')[0]
    client.post(reverse("school-calendars"), {"row": row})
    assert "No term dates are known" in page(client, cora, "school-calendars")[1]


def date_boxes(text, fields):
    """Names of the three boxes of each date."""
    import re

    found = re.findall(r'name="([^"]+)"', text)
    return [name for field in fields for name in found if name.startswith((f"{field}-", f"{field}_"))]


def test_a_file_of_terms_by_the_page(client, cora, lark, friday_night):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(cora)
    rows = (
        "urn,authority,what,from,to,bell,end,note\n900001,,term,2026-01-05,2026-02-13,,,\n999999,,term,2026-01-05,,,,\n"
    )
    file = SimpleUploadedFile("terms.csv", rows.encode())
    answer = client.post(reverse("school-days-file"), {"file": file}, follow=True)
    text = answer.content.decode()
    assert "2 rows: 1 added, 0 known already, 1 not loaded." in text
    assert "Line 3: No school on record has the URN 999999" in text


def test_key_adults_and_the_schools_that_have_too_few(client, cora, lark, friday_night):
    _, text = page(client, cora, "school-contacts")
    assert "1 known" in text
    said = {"urn": "900001", "authority": "", "post": "deputy", "name": "Dan Deputy", "phone": "", "mailbox": ""}
    refused = client.post(reverse("school-contact-new"), said)
    assert (refused.status_code, "cannot be told" in refused.content.decode()) == (422, True)
    client.post(reverse("school-contact-new"), {**said, "phone": "01632 960002"})
    _, text = page(client, cora, "school-contacts")
    assert "Dan Deputy" in text
    assert 'Larkfield Primary School (900001)</span> <span class="app-fact__how">1 known' not in text


def test_agreements_by_the_page(client, cora, vale, cast, friday_night):
    client.force_login(cora)
    text = client.get(reverse("school-agreement-new")).content.decode()
    boxes = dict(zip(date_boxes(text, ["starts"]), ["1", "3", "2026"], strict=True))
    said = {"authority": vale.pk, "is_ours": "yes", "force": "", "profile": "minimum", "local_line": "", "because": "x"}
    assert client.post(reverse("school-agreement-new"), {**said, **boxes}).status_code == 302
    assert "In our area" in page(client, cora, "school-agreements")[1]


def test_where_a_child_is_taught_by_the_page(client, cora, lark, friday_night):
    poppy = on_record(cora, POPPY, born=SEVEN)
    client.force_login(cora)
    said = {"taught": "school", "urn": "900001", "how": "said_by_other", "says": "Her aunt"}
    assert client.post(reverse("person-where-taught", args=[poppy.pk]), said).status_code == 302
    _, text = page(client, cora, "person-where-taught", poppy.pk)
    assert "Somebody else said so: Her aunt" in text
    fact = text.split('name="withdraw" value="')[1].split('"')[0]
    client.post(reverse("person-where-taught", args=[poppy.pk]), {"withdraw": fact, "because": "Her cousin"})
    assert "Withdrawn: Her cousin" in page(client, cora, "person-where-taught", poppy.pk)[1]


def test_what_an_officer_may_not_keep(client, olly, friday_night):
    names = ["school-calendars", "school-days-new", "school-hours-new", "school-days-file"]
    names += ["school-contacts", "school-contact-new", "school-agreements", "school-agreement-new"]
    assert {page(client, olly, name)[0] for name in names} == {403}


def test_where_no_calendar_is_known_the_page_says_so(client, notice, cora, lark, clock):
    assert "No calendar known" in page(client, cora, "encompass", notice.pk)[1]
    days = {"school": lark, "authority": None, "kind": "term", "note": "", "source": "The school"}
    keeping.keep_days(by=cora, starts=date(2026, 2, 23), ends=date(2026, 3, 27), **days)
    clock.shift(timedelta(minutes=1))
    with acting(cora):
        assert SchoolNotice.objects.count() == 1
    known = raised_one(cora, school=lark)
    assert "No calendar known" not in page(client, cora, "encompass", known.pk)[1]
