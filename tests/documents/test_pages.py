"""The pages of photos and documents: adding one, opening it, the quarantine; who sees what, what the ledger keeps."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.template.loader import render_to_string
from django.urls import reverse

from access.actor import acting, signed
from cases.workflow.cases import restrict
from demo.people import hire
from documents import workflow
from documents.intake import MEGABYTE, PAPER_MB, PHOTO_MB, Upload
from documents.models import Attachment, State
from documents.nightly import look_at_the_store
from documents.showing import documents_of
from documents.workflow import CHECK
from sla.lengths import set_number
from tests.conftest import MONDAY
from tests.documents import a_scanner, files
from tests.documents.files import added
from tests.stories import as_seen_by, submitted

pytestmark = pytest.mark.django_db


def new(ppn):
    return reverse("document-new", args=["ppn.ppn", ppn.pk])


def sent(name="arm.jpg", content=files.JPEG, caption="Bruise, left arm", box="file", **more):
    return {box: SimpleUploadedFile(name, content), "caption": caption, **more}


def only():
    with acting(CHECK):
        return Attachment.objects.get()


def none():
    with acting(CHECK):
        return not Attachment.objects.exists()


def text(response):
    return response.content.decode()


# Adding


@pytest.mark.parametrize("box", ["photo", "file"])
def test_a_photo_is_added_from_the_camera_or_from_a_file(client, ppn, olly, scanner, box):
    client.force_login(olly)
    response = client.post(new(ppn), sent(box=box), follow=True)
    assert response.redirect_chain == [(ppn.get_absolute_url(), 302)]
    assert "Added: Bruise, left arm. Checked for malware; none was found." in text(response)
    assert only().state == State.CLEAN


def test_without_a_scanner_whoever_added_it_is_told_that_nobody_can_open_it_yet(client, ppn, olly):
    client.force_login(olly)
    said = text(client.post(new(ppn), sent(), follow=True))
    assert "In quarantine: No malware scanner is connected. A MASH sergeant can let it out." in said
    assert "Take care" in said


def test_malware_is_said_at_once(client, ppn, olly, scanner):
    scanner.says = a_scanner.FOUND
    client.force_login(olly)
    assert "it holds malware (Invented.Test.Signature)" in text(client.post(new(ppn), sent(), follow=True))


def test_the_form_opens_a_phones_camera_and_sends_files(client, ppn, olly):
    client.force_login(olly)
    page = text(client.get(new(ppn)))
    assert 'enctype="multipart/form-data"' in page
    assert 'capture="environment"' in page
    assert 'accept="image/*"' in page
    assert ".docx" in page
    assert ppn.reference in page


REFUSED = [
    ({"file": SimpleUploadedFile("arm.jpg", files.EXE)}, "This file is a Windows program"),
    ({"file": SimpleUploadedFile("arm.png", files.JPEG)}, "really a JPEG photo"),
    ({"file": SimpleUploadedFile("arm.jpg", b"")}, "The file is empty"),
    ({"photo": SimpleUploadedFile("a.svg", files.SVG)}, "a web page or a picture with script"),
    ({}, "Take a photo or choose a file"),
    (
        {"file": SimpleUploadedFile("a.jpg", files.JPEG), "photo": SimpleUploadedFile("b.jpg", files.JPEG)},
        "Add one at a time",
    ),
]


@pytest.mark.parametrize(("boxes", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_a_refusal_keeps_what_was_typed_and_names_the_box(client, ppn, olly, boxes, said):
    for each in boxes.values():
        each.seek(0)
    client.force_login(olly)
    response = client.post(new(ppn), {**boxes, "caption": "Typed <b>by hand</b>"})
    page = text(response)
    assert response.status_code == 422
    assert said in page
    assert "Typed &lt;b&gt;by hand&lt;/b&gt;" in page
    assert none()


def test_a_refusal_for_another_reason_says_that_the_file_must_be_chosen_again(client, ppn, olly):
    client.force_login(olly)
    response = client.post(new(ppn), sent(caption=""))
    assert response.status_code == 422
    assert "Choose the file again" in text(response)
    assert "Answer needed: What does it show?" in text(response)
    assert none()


def test_a_form_sent_twice_makes_one_document(client, ppn, olly, store):
    client.force_login(olly)
    key = str(uuid4())
    for _ in range(2):
        assert client.post(new(ppn), sent(key=key)).status_code == 302
    assert str(only().pk) == key
    assert len(list(store.rglob("*.age"))) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("arm\u202egpj.jpg", "armgpj.jpg"),
        ("👧 arm.jpg", "👧 arm.jpg"),
        ("זרוע.jpg", "זרוע.jpg"),
        ("<script>alert(1)<b>.jpg", "<script>alert(1)<b>.jpg"),
        ("a" * 300 + ".jpg", None),
    ],
    ids=ascii,
)
def test_a_naughty_name_is_shown_as_text_and_goes_nowhere_else(client, ppn, olly, scanner, given, kept):
    client.force_login(olly)
    assert client.post(new(ppn), sent(name=given)).status_code == 302
    photo = only()
    if kept:
        assert photo.name == kept
    page = client.get(photo.get_absolute_url())
    assert "<script>alert" not in text(page)
    assert photo.name in page.context["record"].name
    opened = client.get(reverse("document-open", args=[photo.pk]))
    assert opened["Content-Disposition"] == f'inline; filename="{ppn.reference}-{str(photo.pk)[:8]}.jpg"'


# Size, while it arrives


def test_a_file_at_the_limit_arrives_and_one_byte_more_is_told_with_its_size(client, ppn, olly, chidi, clock):
    set_number(PHOTO_MB.name, by=chidi, number=1, starts=clock.at, because="Slow lines")
    client.force_login(olly)
    whole = files.JPEG + b"\x12" * (MEGABYTE - len(files.JPEG))
    over = client.post(new(ppn), sent(content=whole + b"\x12"))
    assert over.status_code == 422
    assert "It is a JPEG photo of 1.1 MB; at most 1 MB are taken." in text(over)
    assert none()
    assert client.post(new(ppn), sent(content=whole)).status_code == 302
    assert only().size == MEGABYTE


def test_what_is_larger_than_anything_may_be_is_read_and_thrown_away(client, ppn, olly, chidi, clock):
    for number in (PHOTO_MB, PAPER_MB):
        set_number(number.name, by=chidi, number=1, starts=clock.at, because="Slow lines")
    client.force_login(olly)
    response = client.post(new(ppn), sent(content=files.JPEG + b"\x12" * 3 * MEGABYTE))
    assert response.status_code == 422
    assert "The file has 3.1 MB. A photo may have up to 1 MB" in text(response)
    assert "Bruise, left arm" in text(response)
    cut_off = client.post(new(ppn), sent(content=files.JPEG + b"\x12" * 9 * MEGABYTE))
    assert cut_off.status_code in (400, 422)
    assert none()


def test_no_clear_copy_is_left_outside_the_memory_of_the_request(client, ppn, olly, tmp_path, monkeypatch):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    client.force_login(olly)
    secret = b"where nobody looks " * 300_000  # above what Django would keep in memory
    assert client.post(new(ppn), sent("note.txt", secret)).status_code == 302
    assert list(temporary.iterdir()) == []
    assert all(b"nobody looks" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_file_sent_to_a_page_that_asks_for_none_or_by_nobody_is_never_kept(client, ppn, olly):
    response = client.post(new(ppn), sent(content=b"x" * 1000))
    assert response.status_code == 302
    assert response.wsgi_request.FILES == {}
    client.force_login(olly)
    response = client.post(reverse("sign-in"), sent())
    assert response.wsgi_request.FILES == {}


# Who sees what


@pytest.fixture
def photo(ppn, olly, scanner):
    return added(ppn, olly)


OF_A_DOCUMENT = ["document", "document-open", "document-copy", "document-withdraw"]


@pytest.mark.parametrize("name", OF_A_DOCUMENT)
def test_a_document_of_a_restricted_case_is_a_404_like_its_record(client, ppn, photo, ines, sue, cora, olly, name):
    restrict(as_seen_by(ines, ppn).case, by=ines, people=[ines, sue], because="A member of staff is involved")
    for person, status in ((olly, 404), (cora, 404), (ines, 200), (sue, 200)):
        client.force_login(person)
        assert client.get(reverse(name, args=[photo.pk])).status_code == status
        assert client.get(new(ppn)).status_code == status


def test_whoever_may_not_see_notices_sees_no_photo_of_one(client, photo, ppn, callie):
    client.force_login(callie)
    for name in OF_A_DOCUMENT:
        assert client.get(reverse(name, args=[photo.pk])).status_code == 403
    assert client.get(new(ppn)).status_code == 403


def test_a_document_follows_its_record_and_not_only_its_case(client, photo, ppn, olly, ines):
    """The record has moved to a restricted case since: what belongs to it is hidden with it."""
    hidden = submitted(olly)
    restrict(as_seen_by(ines, hidden).case, by=ines, people=[ines], because="A member of staff is involved")
    with signed(CHECK):
        Attachment.objects.filter(pk=photo.pk).update(record=hidden.pk)
    client.force_login(olly)
    assert client.get(reverse("document-open", args=[photo.pk])).status_code == 404


def test_a_kind_of_record_that_holds_no_documents_is_a_404(client, photo, ppn, olly):
    client.force_login(olly)
    assert client.get(reverse("document-new", args=["accounts.user", ppn.pk])).status_code == 404


# Opening


def test_a_photo_is_shown_and_nothing_in_it_can_run_or_be_kept(client, photo, cora):
    client.force_login(cora)
    response = client.get(reverse("document-open", args=[photo.pk]))
    assert response.content == files.JPEG
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline; ")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert not response.streaming


@pytest.mark.parametrize(
    ("name", "content", "shown_by_the_browser"),
    [
        ("a.png", files.PNG, True),
        ("a.webp", files.WEBP, True),
        ("a.pdf", files.PDF, True),
        ("a.heic", files.HEIC, False),
        ("a.docx", files.DOCX, False),
        ("a.txt", files.TEXT, False),
        ("a.eml", files.EML, False),
    ],
)
def test_only_pictures_and_pdf_are_shown_by_the_browser(
    client, ppn, olly, cora, scanner, name, content, shown_by_the_browser
):
    paper = added(ppn, olly, content, name)
    client.force_login(cora)
    opened, copy = (client.get(reverse(page, args=[paper.pk])) for page in ("document-open", "document-copy"))
    assert opened["Content-Disposition"].startswith("inline" if shown_by_the_browser else "attachment")
    assert copy["Content-Disposition"].startswith("attachment")
    assert opened.content == copy.content == content


def test_nothing_is_opened_before_it_is_clean_or_somebody_answers_for_it(client, ppn, olly, sam, scanner, settings):
    settings.CLAMD = ""
    held, let_out, gone = added(ppn, olly), added(ppn, olly), added(ppn, olly)
    waits = workflow.add(Attachment(), by=olly, to=ppn, upload=Upload("a.jpg", files.JPEG), caption="Not checked")
    workflow.release(let_out, by=sam, because="The doctor waits")
    workflow.withdraw(gone, by=olly, because="Wrong child")
    settings.CLAMD, scanner.says = str(scanner.path), a_scanner.FOUND
    infected = added(ppn, olly)
    client.force_login(sam)
    for each in (held, gone, waits, infected):
        for name in ("document-open", "document-copy"):
            response = client.get(reverse(name, args=[each.pk]))
            assert response.status_code == 409
            assert files.JPEG not in response.content
            assert "This file cannot be opened" in text(response)
        assert "Open it" not in text(client.get(each.get_absolute_url()))
    assert client.get(reverse("document-open", args=[let_out.pk])).content == files.JPEG


def test_a_damaged_file_is_an_error_in_words_and_not_a_broken_picture(client, photo, cora, store, caplog):
    (path,) = store.rglob("*.age")
    sealed = bytearray(path.read_bytes())
    sealed[-5] ^= 1
    path.write_bytes(sealed)
    client.force_login(cora)
    response = client.get(reverse("document-open", args=[photo.pk]))
    assert response.status_code == 500
    assert "was changed where it is stored" in text(response)
    assert "Tell whoever looks after the system" in text(response)
    assert str(photo.pk) in caplog.text


# On the page of its record


def test_a_record_lists_its_documents_with_what_they_show_and_where_they_stand(ppn, photo, olly, cora, dmitri):
    gone = added(ppn, olly)
    workflow.withdraw(gone, by=olly, because="Wrong child")
    added(submitted(olly), olly)
    with acting(cora):
        said = documents_of(ppn)
    assert [each["attachment"].pk for each in said["documents"]] == [photo.pk]
    assert said["documents"][0]["words"] == "Checked for malware; none was found."
    assert said["documents_add_url"] == new(ppn)
    with acting(dmitri):
        assert documents_of(ppn)["documents_add_url"] == ""


def test_the_list_is_drawn(ppn, photo, cora):
    with acting(cora):
        page = render_to_string("documents/list.html", documents_of(ppn))
        assert render_to_string("documents/list.html", {"documents": [], "documents_add_url": ""})
    for said in ("Bruise, left arm", "arm.jpg", "A JPEG photo, 1 KB", "Olly Officer", "Add a photo or document"):
        assert said in page


def test_whoever_may_not_see_the_record_is_shown_none_of_its_documents(ppn, photo, callie):
    with acting(callie):
        assert documents_of(ppn) == {"documents": [], "documents_add_url": ""}


# Quarantine


def test_a_sergeant_finds_lets_out_and_opens(client, ppn, olly, sam):
    photo = added(ppn, olly)
    client.force_login(sam)
    home, queue = text(client.get(reverse("home"))), text(client.get(reverse("document-quarantine")))
    assert "Photos and documents in quarantine" in home
    assert "Bruise, left arm" in home
    assert "Bruise, left arm" in queue
    release = reverse("document-release", args=[photo.pk])
    refused = client.post(release, {"because": ""})
    assert refused.status_code == 422
    assert client.post(release, {"because": "The doctor waits"}).url == photo.get_absolute_url()
    page = text(client.get(photo.get_absolute_url()))
    assert "Not checked for malware. Sam Sergeant let it out: The doctor waits" in page
    assert "Bruise" not in text(client.get(reverse("document-quarantine")))
    assert "Bruise" in text(client.get(reverse("document-quarantine") + "?show=released"))


def test_whoever_may_not_let_out_sees_no_queue_and_no_button(client, ppn, olly, cora):
    photo = added(ppn, olly)
    client.force_login(cora)
    assert client.get(reverse("document-quarantine")).status_code == 403
    assert client.get(reverse("document-release", args=[photo.pk])).status_code == 403
    assert "in quarantine" not in text(client.get(reverse("home")))
    assert "for a MASH sergeant" in text(client.get(photo.get_absolute_url()))


def test_a_document_of_a_restricted_case_is_not_in_the_queue_of_others(client, ppn, olly, ines, sue, sam):
    added(ppn, olly, caption="A canary")
    restrict(as_seen_by(ines, ppn).case, by=ines, people=[ines, sue], because="A member of staff is involved")
    for person, there in ((sam, False), (ines, True)):
        client.force_login(person)
        for page in (reverse("document-quarantine"), reverse("home")):
            assert ("A canary" in text(client.get(page))) is there


def test_the_queue_says_when_the_store_was_looked_at_and_what_was_found(client, ppn, olly, sam, store):
    client.force_login(sam)
    assert "has never been looked at" in text(client.get(reverse("document-quarantine")))
    added(ppn, olly)
    look_at_the_store()
    assert "1 files." in text(client.get(reverse("document-quarantine")))
    next(store.rglob("*.age")).unlink()
    look_at_the_store()
    assert "the files of 1 documents are gone" in text(client.get(reverse("document-quarantine")))


def test_it_is_withdrawn_on_a_page_and_says_so(client, photo, olly, cora):
    client.force_login(cora)
    refused = client.post(reverse("document-withdraw", args=[photo.pk]), {"because": "Not ours"})
    assert refused.status_code == 422
    assert "Only Olly Officer, who added it" in text(refused)
    client.force_login(olly)
    client.post(reverse("document-withdraw", args=[photo.pk]), {"because": "Another child"})
    assert "Withdrawn by Olly Officer: Another child" in text(client.get(photo.get_absolute_url()))


# The ledger


@pytest.mark.django_db(transaction=True)
def test_each_opening_is_in_the_ledger_with_who_and_which(client, scanner):
    people = hire(MONDAY)
    photo = added(submitted(people["olly"]), people["olly"])
    for name, page in (("cora", "document-open"), ("ines", "document-copy"), ("cora", "document-open")):
        client.force_login(people[name])
        assert client.get(reverse(page, args=[photo.pk])).status_code == 200
    client.force_login(people["callie"])
    client.get(reverse("document-open", args=[photo.pk]))
    with connections["owner"].cursor() as ledger:
        ledger.execute(
            "SELECT actor, page FROM ledger_consultation WHERE kind = 'documents.attachment' AND %s = ANY(records) "
            "AND page LIKE 'document-%%' ORDER BY id",
            [photo.pk],
        )
        opened = [row for row in ledger.fetchall() if row[0] != f"user: {people['callie'].pk}"]
    assert opened == [
        (f"user: {people['cora'].pk}", "document-open"),
        (f"user: {people['ines'].pk}", "document-copy"),
        (f"user: {people['cora'].pk}", "document-open"),
    ]


@pytest.mark.django_db(transaction=True)
def test_where_the_ledger_cannot_be_written_no_file_is_handed_out(client, scanner):
    people = hire(MONDAY)
    photo = added(submitted(people["olly"]), people["olly"])
    client.force_login(people["cora"])
    with connections["owner"].cursor() as owner:
        owner.execute("REVOKE INSERT (actor, page, kind, records) ON ledger_consultation FROM longstop_app")
    response = client.get(reverse("document-open", args=[photo.pk]))
    assert response.status_code == 503
    assert files.JPEG not in response.content
