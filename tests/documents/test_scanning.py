"""The scanner as it may behave: no answer is never taken for a clean one."""

import pytest

from documents import scanner as asking
from documents.models import State
from documents.scanner import NO_ANSWER, NONE_THERE, CannotScan
from tests.documents import a_scanner, files
from tests.documents.files import added

pytestmark = pytest.mark.django_db


def test_it_is_sent_the_whole_file_byte_by_byte(scanner):
    large = bytes(range(256)) * 4096
    assert asking.scan(large) == ""
    assert scanner.seen == [large]
    assert asking.answers()


def test_what_it_finds_is_told_by_name(scanner):
    scanner.says = a_scanner.FOUND
    assert asking.scan(files.JPEG) == "Invented.Test.Signature"


@pytest.mark.parametrize(
    "says",
    [a_scanner.TOO_LONG, a_scanner.HANG_UP, a_scanner.SILENT, "stream: cannot open ERROR", "nonsense", "stream: "],
)
def test_whatever_else_it_says_the_file_is_not_clean(scanner, ppn, olly, says):
    scanner.says = says
    with pytest.raises(CannotScan, match=NO_ANSWER):
        asking.scan(files.JPEG * 2000)
    photo = added(ppn, olly)
    assert (photo.state, photo.quarantined_because) == (State.QUARANTINED, NO_ANSWER)


def test_one_that_has_stopped_is_no_scanner(scanner, ppn, olly):
    scanner.stop()
    assert not asking.answers()
    assert added(ppn, olly).state == State.QUARANTINED


@pytest.mark.parametrize("where", ["/nowhere/clamd.ctl", "127.0.0.1:1", "nonsense", "unix:/nowhere", "127.0.0.1:x"])
def test_one_that_is_not_where_it_should_be_is_no_scanner(settings, where):
    settings.CLAMD, settings.CLAMD_SECONDS = where, 0.2
    assert not asking.answers()
    with pytest.raises(CannotScan, match=NO_ANSWER):
        asking.scan(files.JPEG)


def test_none_is_asked_where_none_is_named(settings):
    with pytest.raises(CannotScan, match=NONE_THERE):
        asking.scan(files.JPEG)
    assert not asking.answers()


def test_it_may_be_named_as_a_unix_socket(settings, scanner):
    settings.CLAMD = f"unix:{scanner.path}"
    assert asking.scan(files.JPEG) == ""
