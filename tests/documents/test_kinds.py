"""What may be taken in: by what a file really is, how large it is, and whether its name agrees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.intake import MEGABYTE, PAPER_MB, PHOTO_MB, Upload, examined, limits, megabytes
from documents.kinds import KINDS, Refused, kind_of
from documents.names import LONGEST, NO_NAME, cleaned, ending_of
from sla.lengths import set_number
from tests.documents import files

pytestmark = pytest.mark.django_db

TAKEN = [
    ("arm.jpg", files.JPEG, "image/jpeg"),
    ("ARM.JPEG", files.JPEG, "image/jpeg"),
    ("whatsapp.jfif", files.JPEG, "image/jpeg"),
    ("arm.png", files.PNG, "image/png"),
    ("arm.webp", files.WEBP, "image/webp"),
    ("IMG_0001.HEIC", files.HEIC, "image/heic"),
    ("minutes.pdf", files.PDF, "application/pdf"),
    ("minutes.docx", files.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("attendance.xlsx", files.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("mail.eml", files.EML, "message/rfc822"),
    ("what she said.txt", files.TEXT, "text/plain"),
    ("no ending", files.JPEG, "image/jpeg"),
]


@pytest.mark.parametrize(("name", "content", "media_type"), TAKEN, ids=[name for name, *_ in TAKEN])
def test_each_kind_that_is_taken_is_known_by_its_bytes(name, content, media_type):
    assert examined(Upload(name, content)).media_type == media_type


def test_every_kind_that_is_taken_is_tried_here():
    assert {media_type for _, _, media_type in TAKEN} == set(KINDS)


NOT_TAKEN = [
    ("empty", b"", "empty"),
    ("a program named .jpg", files.EXE, "Windows program"),
    ("a program for Linux", files.ELF, "a program"),
    ("a web page", files.HTML, "a web page or a picture with script"),
    ("a web page with a mark first", b"\xef\xbb\xbf" + files.HTML, "a web page or a picture with script"),
    ("a drawing with script", files.SVG, "a web page or a picture with script"),
    ("a drawing after an xml line", b"<?xml version='1.0'?>" + files.SVG, "a web page or a picture with script"),
    ("a moving picture", files.GIF, "GIF"),
    ("a film", files.MP4, "digital evidence system"),
    ("an archive", files.zipped(photo_dot_jpg="x"), "zip archive"),
    ("a torn archive", files.DOCX[:60], "zip archive"),
    ("Word with macros", files.WITH_MACROS, "macros"),
    ("Word with macros by its list", files.TEMPLATE_WITH_MACROS, "macros"),
    ("a photo that is an archive too", files.JPEG + files.zipped(evil_dot_html="x"), "two kinds"),
    ("a PDF that is an archive too", files.PDF + files.zipped(evil_dot_html="x"), "two kinds"),
    ("a photo that is a web page too", files.JPEG[:20] + files.HTML + files.JPEG, "two kinds"),
    ("a program that is a PDF too", files.EXE + files.PDF, "Windows program"),
    ("a PDF that was cut off", files.PDF[:30], "incomplete PDF"),
    ("text with a NUL", b"Dear Anya\x00", "cannot tell"),
    ("text in another encoding", "Zoë".encode("latin-1"), "cannot tell"),
    ("text with a bell", b"Dear Anya\x07", "cannot tell"),
    ("bytes without a meaning", bytes(range(128, 256)) * 4, "cannot tell"),
]


@pytest.mark.parametrize(("what", "content", "said"), NOT_TAKEN, ids=[what for what, *_ in NOT_TAKEN])
@pytest.mark.parametrize("name", ["photo.jpg", "minutes.docx", "note.txt", "none"])
def test_what_is_not_taken_is_refused_whatever_it_is_called(name, what, content, said):
    with pytest.raises(Refused, match=said):
        examined(Upload(name, content))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("arm.png", files.JPEG, "really a JPEG photo.*ends in .jpg"),
        ("arm.jpg.exe", files.JPEG, "really a JPEG photo"),
        ("minutes.docx", files.PDF, "really a PDF document.*ends in .pdf"),
        ("script.bat", b"del everything", "really plain text"),
        ("photo.jpg", b"not a photo", "really plain text.*ends in .txt"),
        ("minutes.pdf", files.DOCX, "really a Word document"),
    ],
)
def test_a_name_that_says_something_else_is_told_what_the_file_really_is(name, content, said):
    with pytest.raises(Refused, match=said):
        examined(Upload(name, content))


# Size


def padded(content, size):
    return content + b"\x12" * (size - len(content))


def test_the_limits_are_our_default_and_may_be_set(clock, chidi):
    assert limits() == (15 * MEGABYTE, 25 * MEGABYTE)
    assert PHOTO_MB.is_our_default
    assert PAPER_MB.is_our_default
    set_number(PHOTO_MB.name, by=chidi, number=1, starts=clock.at, because="Slow lines")
    assert limits() == (MEGABYTE, 25 * MEGABYTE)


@pytest.mark.parametrize(("content", "which"), [(files.JPEG, 0), (files.TEXT, 1)], ids=["photo", "paper"])
def test_exactly_at_the_limit_is_taken_and_one_byte_more_is_not(clock, chidi, content, which):
    for number, name in enumerate((PHOTO_MB.name, PAPER_MB.name)):
        set_number(name, by=chidi, number=number + 1, starts=clock.at, because="For the test")
    limit = limits()[which]
    filler = b"a" if which else b"\x12"
    whole = content + filler * (limit - len(content))
    assert examined(Upload("it", whole))
    with pytest.raises(Refused, match=f"at most {which + 1} MB|up to"):
        examined(Upload("it", whole + filler))


def test_a_size_above_the_limit_never_reads_as_the_limit():
    assert megabytes(15 * MEGABYTE) == "15 MB"
    assert megabytes(15 * MEGABYTE + 1) == "15.1 MB"
    assert megabytes(1) == "1 KB"


def test_of_what_is_too_large_to_be_read_the_size_is_told(clock):
    with pytest.raises(Refused, match=r"40 MB.*photo may have up to 15 MB.*up to 25 MB"):
        examined(Upload("film.jpg", b"", 40 * MEGABYTE))


# Names

NAUGHTY = [
    ("../../etc/passwd", "passwd"),
    ("..\\..\\windows\\system32\\arm.jpg", "arm.jpg"),
    ("/etc/shadow", "shadow"),
    ("C:\\Users\\Anya\\arm.jpg", "arm.jpg"),
    ("arm\u202egpj.exe", "armgpj.exe"),
    ("\u2066arm\u2069.jpg", "arm.jpg"),
    ("arm\x00.jpg", "arm.jpg"),
    ("arm\r\nSet-Cookie: a=b.jpg", "armSet-Cookie: a=b.jpg"),
    ("arm\ud800.jpg", "arm.jpg"),
    ("👩‍👧 arm.jpg", "👩‍👧 arm.jpg"),
    ("זרוע.jpg", "זרוע.jpg"),
    ("<script>alert(1)</script>.jpg", "script>.jpg"),
    ("Robert'); DROP TABLE.jpg", "Robert'); DROP TABLE.jpg"),
    ("", NO_NAME),
    ("...", NO_NAME),
    ("  ", NO_NAME),
    ("\u202e\x07", NO_NAME),
    ("..", NO_NAME),
]


@pytest.mark.parametrize(("given", "shown"), NAUGHTY, ids=[ascii(given) for given, _ in NAUGHTY])
def test_a_name_is_kept_as_it_was_given_without_what_could_mislead(given, shown):
    assert cleaned(given) == shown


def test_a_name_of_three_hundred_letters_keeps_its_ending():
    name = cleaned("a" * 300 + ".jpg")
    assert len(name) == LONGEST
    assert name.endswith("…​.jpg".replace("\u200b", ""))


@pytest.mark.parametrize(
    ("name", "ending"), [("arm.JPG", "jpg"), ("arm", ""), (".jpg", "jpg"), ("arm.", ""), ("Mr. Example", "")]
)
def test_the_ending_of_a_name(name, ending):
    assert ending_of(name) == ending


def test_the_order_of_looking_is_by_content_first():
    with pytest.raises(Refused, match="Windows program"):
        kind_of(files.EXE)


BEGINNINGS = [
    files.JPEG[:12],
    files.PNG[:12],
    files.PDF[:8],
    files.DOCX[:30],
    files.EXE[:8],
    files.HEIC[:20],
    b"<",
    b"PK",
    b"",
]


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=300))
def test_any_bytes_are_one_of_the_kinds_or_refused_in_words(beginning, rest):
    try:
        found = kind_of(beginning + rest).media_type
    except Refused:
        return
    assert found in KINDS


@given(st.text(max_size=400))
def test_any_name_is_cleaned_once_and_for_all(given_name):
    name = cleaned(given_name)
    assert 0 < len(name) <= LONGEST
    assert cleaned(name) == name
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") or letter in "/\\\u202e" for letter in name)
