"""The store: encrypted at rest, no bit changed, readable through a change of key, looked at every night."""

import os
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from pyrage import x25519

from access.actor import acting
from documents import checks, keys, nightly, vault
from documents.models import Attachment
from documents.vault import Damaged
from documents.workflow import CHECK
from tests.documents import files
from tests.documents.files import added

pytestmark = pytest.mark.django_db


def stored(store):
    return sorted(path for path in store.rglob("*") if path.is_file())


def sum_of(content):
    import hashlib

    return hashlib.sha256(content).hexdigest()


# At rest


def test_the_clear_bytes_and_the_name_are_nowhere_in_the_store(ppn, olly, store):
    secret = b"Under the stairs, where nobody looks. " * 40
    paper = added(ppn, olly, secret, "Anya Example.txt")
    (path,) = stored(store)
    sealed = path.read_bytes()
    assert all(secret[at : at + 12] not in sealed for at in range(len(secret) - 12))
    assert b"Anya" not in sealed
    assert "Anya" not in str(path)
    assert sealed.startswith(b"age-encryption.org/v1")
    assert vault.take(paper.stored_as, paper.sha256) == secret


def test_the_store_is_for_its_owner_only(ppn, olly, store):
    added(ppn, olly)
    (path,) = stored(store)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (store, path.parent, path)] == [0o700, 0o700, 0o600]


@pytest.mark.parametrize("place", [0, 60, -1, -20])
def test_one_changed_bit_is_an_error_and_not_a_broken_picture(ppn, olly, store, place):
    photo = added(ppn, olly)
    (path,) = stored(store)
    sealed = bytearray(path.read_bytes())
    sealed[place] ^= 1
    path.write_bytes(sealed)
    with pytest.raises(Damaged, match="changed where it is stored"):
        vault.take(photo.stored_as, photo.sha256)


def test_a_file_that_was_cut_off_or_is_gone_is_an_error(ppn, olly, store):
    photo = added(ppn, olly)
    (path,) = stored(store)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(Damaged):
        vault.take(photo.stored_as, photo.sha256)
    path.unlink()
    with pytest.raises(Damaged, match="not in the store"):
        vault.take(photo.stored_as, photo.sha256)


def test_two_files_that_changed_places_are_not_taken_for_each_other(ppn, olly, store):
    one, other = added(ppn, olly, files.JPEG), added(ppn, olly, files.PNG, "arm.png")
    paths = {path.name.removesuffix(".age"): path for path in stored(store)}
    first, second = paths[one.stored_as].read_bytes(), paths[other.stored_as].read_bytes()
    paths[one.stored_as].write_bytes(second)
    paths[other.stored_as].write_bytes(first)
    for each in (one, other):
        with pytest.raises(Damaged, match="not the one that was added"):
            vault.take(each.stored_as, each.sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "..", "a" * 31, "A" * 32, "a" * 32 + "\n"])
def test_a_name_leads_nowhere_but_into_the_store(name):
    with pytest.raises(Damaged, match="no name of a file"):
        vault.take(name, "0" * 64)


# Keys


def test_a_new_key_is_put_first_and_what_the_old_one_sealed_can_still_be_read(ppn, olly, settings):
    photo, old, new = added(ppn, olly), settings.DOCUMENTS_KEY, str(x25519.Identity.generate())
    settings.DOCUMENTS_KEY = f"{new},{old}"
    assert vault.take(photo.stored_as, photo.sha256) == files.JPEG
    later = added(ppn, olly, files.PNG, "arm.png")
    settings.DOCUMENTS_KEY = new
    assert vault.take(later.stored_as, later.sha256) == files.PNG
    with pytest.raises(Damaged, match="its key is not among ours"):
        vault.take(photo.stored_as, photo.sha256)


def test_everything_is_encrypted_again_and_then_the_old_key_can_go(ppn, olly, settings, capsys):
    photo, old, new = added(ppn, olly), settings.DOCUMENTS_KEY, str(x25519.Identity.generate())
    settings.DOCUMENTS_KEY = f"{new} {old}"
    call_command("encrypt_documents_again")
    assert "1 files" in capsys.readouterr().out
    settings.DOCUMENTS_KEY = new
    assert vault.take(photo.stored_as, photo.sha256) == files.JPEG


def test_what_no_key_opens_is_named_and_left_as_it_is(ppn, olly, settings, store):
    photo = added(ppn, olly)
    (path,) = stored(store)
    before = path.read_bytes()
    settings.DOCUMENTS_KEY = str(x25519.Identity.generate())
    with pytest.raises(CommandError, match=f"(?s)Keep the old key.*{photo.pk}"):
        call_command("encrypt_documents_again")
    assert path.read_bytes() == before


@pytest.mark.parametrize("key", ["nonsense", "AGE-SECRET-KEY-1NONSENSE", " , "])
def test_without_a_key_longstop_does_not_start_and_nothing_is_stored(settings, monkeypatch, store, key):
    monkeypatch.delenv("LONGSTOP_RUN", raising=False)
    settings.DOCUMENTS_KEY = key
    (problem,) = checks.there_is_a_key(None)
    assert problem.id == "documents.E001"
    assert "NONSENSE" not in problem.msg
    with pytest.raises(ImproperlyConfigured):
        vault.put(files.JPEG)
    assert stored(store) == []
    with pytest.raises(SystemCheckError, match=r"documents\.E001"):
        call_command("check", deploy=True)


def test_the_demo_makes_its_own_key_once_and_keeps_it_for_itself(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("LONGSTOP_RUN", str(tmp_path))
    settings.DOCUMENTS_KEY = ""
    first, second = str(keys.identities()[0]), str(keys.identities()[0])
    assert first == second
    assert stat.S_IMODE((tmp_path / "documents-key").stat().st_mode) == 0o600
    assert checks.there_is_a_key(None) == []


def test_a_store_that_a_web_server_hands_out_is_refused(settings):
    assert checks.the_store_is_not_on_the_web(None) == []
    settings.DOCUMENTS_ROOT = settings.BASE_DIR / "static" / "documents"
    (problem,) = checks.the_store_is_not_on_the_web(None)
    assert problem.id == "documents.E002"


# The nightly look


def written(path, at):
    os.utime(path, (at.timestamp(), at.timestamp()))


def test_a_store_in_order_is_found_in_order(ppn, olly, clock):
    assert nightly.last_look() is None
    added(ppn, olly)
    look = nightly.look_at_the_store()
    assert (look.at, look.files, look.orphans, look.missing) == (clock.at, 1, [], [])
    assert nightly.last_look() == look


def test_what_belongs_to_nobody_and_what_is_gone_is_listed_and_nothing_is_deleted(ppn, olly, clock, store, caplog):
    photo = added(ppn, olly)
    (path,) = stored(store)
    orphan = vault.put(b"left by a crash")
    draft = store / orphan[:2] / f".{orphan}.age-1234"
    draft.write_bytes(b"half")
    path.rename(store / "moved by hand.age")
    for each in stored(store):
        written(each, clock.at)
    clock.shift(nightly.STILL_ARRIVING)
    assert nightly.look_at_the_store().orphans == []  # young: its record may be about to be saved
    clock.shift(nightly.STILL_ARRIVING)
    look = nightly.look_at_the_store()
    assert set(look.orphans) == {orphan, draft.name, "moved by hand"}
    assert look.missing == [photo.pk]
    assert len(stored(store)) == 3
    assert "1 are gone" in caplog.text
    with acting(CHECK):
        assert Attachment.objects.filter(pk=photo.pk).exists()
