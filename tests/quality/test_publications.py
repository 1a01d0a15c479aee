"""Reports and newsletters: written from figures with their definitions, checked to name nobody, frozen, withdrawn."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from access.actor import System, acting, signed
from documents import pdf
from quality.anonymity import leads_to_somebody
from quality.models import Publication
from quality.views.publishing import FOR_STAFF
from quality.workflow import publishing
from quality.workflow.publishing import Written
from tests.households import on_record
from tests.quality.learning_scenes import as_it_is, done, drawn, found, judged
from tests.quality.publication_scenes import TEXT, checked, published, written
from tests.quality.training_scenes import required
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Anya Example was not asked", "“Anya Example” (somebody on record)"),
        ("of EXAMPLE, Anya, it says", "“Anya Example” (somebody on record)"),
        ("anya\nexample", "“Anya Example” (somebody on record)"),
        ("Callie Contact did well", "“Callie Contact” (somebody who works here)"),
        ("as in PPN-000123", "“PPN-000123” (the number of a record)"),
        ("on 07700 900461 again", "“07700 900461” (a telephone number)"),
        ("lives at AB1 2CD", "“AB1 2CD” (a postcode)"),
        ("born 27/03/2014", "“27/03/2014” (a day"),
        ("born 2014-03-27", "“2014-03-27” (a day"),
        ("born on 27th of March 2014", "“27th of March 2014” (a day"),
    ],
)
def test_what_leads_to_somebody_is_found_and_named(cast, cora, text, what):
    on_record(cora, "Anya Example", born=date(2014, 3, 27))
    with acting(cora):
        (said,) = leads_to_somebody(f"In one case {text}.")
    assert said.startswith(what)


def test_plain_words_lead_to_nobody(cast, cora):
    on_record(cora, "Will Hope", born=date(2014, 3, 27))
    plain = "In March 2026, 14 of 30 calls were good. I hope that you will. The officer and the contact centre asked."
    with acting(cora):
        assert leads_to_somebody(plain) == []


def test_a_second_person_reads_it_and_it_names_nobody(cast, reva, quinn, cora):
    on_record(cora, "Anya Example", born=date(2014, 3, 27))
    publication = written(reva, text="Anya Example was not asked")
    with pytest.raises(NotNow, match="You have written it"):
        checked(reva, publication)
    with pytest.raises(NotNow, match="Take out “Anya Example”"):
        checked(quinn, publication)
    changed = Written("Who else?", date(2026, 1, 1), date(2026, 2, 28), TEXT)
    publication = publishing.change_publication(publication, by=quinn, written=changed)
    with pytest.raises(NotNow, match="You have written it"):
        checked(quinn, publication)
    assert checked(reva, publication).state == "checked"


def test_who_came_on_record_after_it_was_checked_is_found_when_it_is_published(cast, reva, quinn, cora):
    publication = checked(quinn, written(reva, text="As Anya Example said"))
    on_record(cora, "Anya Example", born=date(2014, 3, 27))
    with pytest.raises(NotNow, match="Take out"):
        publishing.publish(publication, by=quinn)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"title": " "}, "what it is called"),
        ({"text": " "}, "what is to be learned"),
        ({"ends_on": date(2025, 12, 31)}, "ends on its first day or later"),
        ({"ends_on": date(2026, 3, 3)}, "is over before it is reported on"),
        ({"kind": "poem"}, "Choose what it is"),
    ],
)
def test_it_says_what_and_of_which_period(cast, reva, wrong, why):
    with pytest.raises(NotNow, match=why):
        written(reva, **wrong)


def test_its_figures_say_what_they_count_out_of_what_and_as_at_when(clock, cast, reva, quinn, connie, cora):
    found(reva, 2)
    found(reva, name="Other children")
    judged(reva, drawn(reva, done(quinn, connie)))
    required(cora)
    clock.shift(timedelta(days=1))
    publication = written(reva, ends_on=clock.at.date())
    shown = {each["label"]: (each["numerator"], each["denominator"]) for each in publication.figures}
    assert shown == {
        "Voice of the child": (2, 3),
        "Other children": (1, 3),
        "Learning actions done": (1, 1),
        "Learning actions that held": (1, 1),
        "Required training that is up to date": (0, 5),
        "Records that were drawn and are reviewed": (0, 1),  # of the re-test
        "Notices given the same grade at a second look": (0, 0),
    }
    assert {each["as_at"] for each in publication.figures} == {"Tue 3 March 2026, 09:00"}
    assert all(each["counted"] and each["out_of"] for each in publication.figures)


def test_once_published_it_is_frozen_and_withdrawn_for_a_reason(cast, reva, quinn, olly):
    publication = published(cast)
    with pytest.raises(NotNow):
        publishing.change_publication(
            publication, by=reva, written=Written("Other", date(2026, 1, 1), date(2026, 2, 1), "Other")
        )
    with pytest.raises(NotNow, match="why it is withdrawn"):
        publishing.withdraw_publication(publication, by=quinn, because=" ")
    publishing.withdraw_publication(publication, by=quinn, because="One figure was wrong")
    assert as_it_is(publication).text == TEXT
    with acting(olly):
        assert not Publication.objects.exists()
    with acting(reva):
        assert Publication.objects.exists()


def test_the_database_itself_refuses_what_nobody_else_has_read(cast, reva):
    publication = written(reva)
    with pytest.raises(IntegrityError), transaction.atomic(), signed(System("test")) as at:
        Publication.objects.filter(pk=publication.pk).update(checked_by=reva, checked_at=at)


def test_everybody_reads_what_is_published_and_nobody_else_a_draft(client, cast, reva, olly):
    draft = written(reva)
    client.force_login(olly)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(reverse("publication-pdf", args=[draft.pk])).status_code == 404
    out = published(cast)
    page = client.get(out.get_absolute_url()).content.decode()
    assert TEXT in page
    assert "out of" in page
    assert "Nothing to count" in page
    assert "Change it" not in page
    assert out.title in client.get(reverse("learning")).content.decode()


def test_a_newsletter_stands_on_the_home_page_for_a_week(client, clock, cast, olly):
    published(cast)
    client.force_login(olly)
    assert "New to read" in client.get("/").content.decode()
    clock.shift(timedelta(days=7))
    assert "New to read" not in client.get("/").content.decode()


def test_the_paper_is_tagged_marked_and_in_english(client, cast, quinn, olly):
    out = published(cast, text="Ask <b>who</b> else is at home.")
    about = {"marking": FOR_STAFF, "for_whom": olly, "reference": out.reference, "at": out.published_at}
    with acting(olly):
        document = pdf.laid_out("quality/publication_paper.html", {"record": out}, **about)
        paper = document.write_pdf(pdf_variant=pdf.VARIANT, uncompressed_pdf=True)
    for mark in (b"/Marked true", b"/Lang (en-GB)", b"pdfuaid:part", b"/H2"):
        assert mark in paper
    client.force_login(olly)
    answer = client.get(reverse("publication-pdf", args=[out.pk]))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
