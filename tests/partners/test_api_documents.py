"""A document that went with what an agency was sent is there for its system, byte by byte, while that stands."""

import hashlib
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.actor import System, acting, signed
from access.models import Consultation
from documents import workflow as documents
from documents.checking import check
from documents.workflow import CHECK
from partners.models import DisclosedDocument, Look
from tests.conftest import hours, minutes
from tests.documents import files
from tests.documents.a_scanner import FOUND
from tests.documents.conftest import scanner, store
from tests.documents.files import added
from tests.partners.agencies import as_system
from tests.partners.scenes import an_agency, arrived, sent
from tests.partners.test_corrections import corrected, taken_back
from tests.stories import submitted

pytestmark = pytest.mark.django_db
__all__ = ["scanner", "store"]
LIST = "/partners/v1/disclosures/"
TEST = System("test")


def everything(of):
    with acting(TEST):
        return list(of.objects.all())


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def council(ppn):
    return an_agency()


@pytest.fixture
def system(council, ines):
    return as_system(council, by=ines)


@pytest.fixture
def photo(ppn, olly, scanner):
    """Checked, so that it can be opened; named by whoever took it."""
    return added(ppn, olly, files.JPEG, "Anya Example.jpg", "Bruise, left arm")


@pytest.fixture
def disclosure(ppn, council, cora, photo):
    return sent(ppn, council, cora, documents=(photo,)).disclosure


def where(disclosure):
    (document,) = everything(DisclosedDocument)
    return f"{LIST}{disclosure.pk}/documents/{document.pk}/"


def test_it_is_listed_under_a_name_that_names_nobody(system, disclosure, ppn, photo):
    answer = system.get(f"{LIST}{disclosure.pk}/").json()
    (document,) = answer["documents"]
    (kept,) = everything(DisclosedDocument)
    assert document == {
        "id": str(kept.pk),
        "name": f"{ppn.reference}-{str(photo.pk)[:8]}.jpg",
        "media_type": "image/jpeg",
        "size": len(files.JPEG),
        "sha256": hashlib.sha256(files.JPEG).hexdigest(),
    }
    assert system.get(LIST).json()["results"] == [system.get(f"{LIST}{disclosure.pk}/").json()]
    assert [(each["name"], each["sha256"]) for each in answer["content"]["documents"]] == [
        (document["name"], document["sha256"])
    ]
    assert "Anya Example.jpg" not in str(answer)
    assert str(photo.pk) not in str(answer)


def test_its_bytes_are_those_that_were_added_and_no_browser_runs_them(system, disclosure, ppn):
    answer = system.get(where(disclosure))
    assert (answer.status_code, answer.content) == (200, files.JPEG)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{ppn.reference}-')
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    etag = f'"{hashlib.sha256(files.JPEG).hexdigest()}"'
    assert answer["ETag"] == etag
    again = system.get(where(disclosure), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_that_it_was_fetched_is_seen_by_whoever_sent_it_and_in_the_ledger(system, disclosure, photo):
    with CaptureQueriesContext(connections["audit"]) as entered:
        system.get(where(disclosure))
    (entry,) = [query["sql"] for query in entered if Consultation._meta.db_table in query["sql"]]
    assert all(str(key) in entry for key in (disclosure.pk, photo.pk, everything(DisclosedDocument)[0].pk))
    assert "api-partner-document" in entry
    (look,) = everything(Look)
    assert (look.who, look.disclosure_id) == ("Vale Council's system", disclosure.pk)


def test_of_others_and_of_what_ran_out_and_what_never_was_there_is_nothing(clock, system, disclosure, ines):
    nurses = as_system(an_agency("Nurses", "health"), by=ines)
    address = where(disclosure)
    tried = [
        nurses.get(address),
        system.get(f"{LIST}{disclosure.pk}/documents/{uuid4()}/"),
        system.get(f"{LIST}{uuid4()}/documents/{address.split('/')[-2]}/"),
        system.get(f"{LIST}x/documents/x/"),
    ]
    clock.set(disclosure.available_until)
    tried.append(as_system(disclosure.agency, by=ines, name="after").get(address))
    assert {(each.status_code, each.content) for each in tried} == {(404, tried[0].content)}
    assert everything(Look) == []


def test_with_what_replaces_it_it_is_not_carried_over(system, disclosure, ppn, cora):
    address = where(disclosure)
    (right,) = corrected(ppn, cora)
    answer = system.get(address)
    assert (answer.status_code, answer.json()["replaced_by"]) == (410, str(right.pk))
    assert system.get(f"{LIST}{right.pk}/").json()["documents"] == []
    (back,) = taken_back(ppn, cora)
    answer = system.get(address)
    assert (answer.status_code, answer.json()["what"], answer.json()["replaced_by"]) == (410, "withdrawn", str(back.pk))


def test_withdrawn_from_the_record_it_is_gone(system, disclosure, photo, olly):
    documents.withdraw(photo, by=olly, because="Of another child")
    answer = system.get(where(disclosure))
    assert (answer.status_code, answer.json()["what"], answer.json()["replaced_by"]) == (410, "withdrawn", None)
    assert "Of another child" not in answer.content.decode()
    assert everything(Look) == []


def test_until_what_went_is_corrected_or_taken_back_the_co_ordinators_are_shown_that_an_agency_was_sent_it(
    client, disclosure, photo, ppn, olly, cora
):
    client.force_login(cora)
    said = "Documents withdrawn here that an agency was sent"
    assert said not in client.get(reverse("home")).content.decode()
    documents.withdraw(photo, by=olly, because="Of another child")
    page = client.get(reverse("home")).content.decode()
    assert said in page
    assert reverse("disclosure", args=[disclosure.pk]) in page
    corrected(ppn, cora)
    assert said not in client.get(reverse("home")).content.decode()


def test_in_which_malware_was_found_since_it_is_refused(ppn, council, system, olly, sam, cora, settings, scanner):
    address, settings.CLAMD = settings.CLAMD, ""
    photo = documents.release(added(ppn, olly), by=sam, because="The social worker is at the door")
    disclosure = sent(ppn, council, cora, documents=(photo,)).disclosure
    assert system.get(where(disclosure)).status_code == 200
    settings.CLAMD, scanner.says = address, FOUND
    check(photo)
    answer = system.get(where(disclosure))
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert "malware was found" in answer.json()["detail"]


def test_a_file_that_was_changed_where_it_lies_is_not_given_and_that_is_said(system, disclosure, store):
    for file in store.rglob("*.age"):
        file.write_bytes(b"something else")
    answer = system.get(where(disclosure))
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert "Tell the police" in answer.json()["detail"]


def test_a_list_costs_as_many_queries_however_many_documents_there_are(clock, system, council, olly, cora, scanner):
    counted = []
    for many in (1, 4):
        notice = submitted(olly)
        papers = tuple(added(notice, olly, files.TEXT, f"{number}.txt", "A note") for number in range(many))
        clock.shift(minutes(1))
        sent(notice, council, cora, documents=papers)
        system.get(LIST)  # it arrives with that
        with CaptureQueriesContext(connections["default"]) as queries:
            assert len(system.get(LIST).json()["results"][0]["documents"]) == many
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_what_went_is_never_changed(disclosure):
    (document,) = everything(DisclosedDocument)
    with signed(CHECK), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        DisclosedDocument.objects.filter(pk=document.pk).update(name="another")


def test_until_the_day_it_runs_out_it_is_there(clock, disclosure, council, ines):
    clock.set(disclosure.available_until - hours(1))
    assert as_system(council, by=ines, name="late").get(where(disclosure)).content == files.JPEG


def test_without_documents_nothing_is_said_of_any(system, ppn, council, cora):
    disclosure = arrived(ppn, council, cora).disclosure
    answer = system.get(f"{LIST}{disclosure.pk}/").json()
    assert (answer["documents"], "documents" in answer["content"]) == ([], False)
