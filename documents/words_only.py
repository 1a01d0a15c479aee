"""Records to which no picture may be added, in whatever file it hides. Its own bytes decide, never its name.

Taken are plain text, and PDF, Word and Excel of which every part has been read and none is a picture, a file or a
font that could hold one. What cannot be read to the end is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from documents.kinds import DOCX, PDF, TEXT, XLSX, Kind, Refused

NO_IMAGE = "No image is ever stored here. Give the exhibit number or the CAID reference instead."
TAKEN = "plain text, and PDF, Word (.docx) and Excel (.xlsx) without pictures"
LARGEST_PART = 50 * 1024 * 1024
MOST_PARTS = 20_000

PICTURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF.{4}(?:WEBP|AVI )|.{4}ftyp"
    rb"|\x00\x00\x00\x0cjP  |II\*\x00|MM\x00\*|BM.{4}\x00\x00\x00\x00|\x1aE\xdf\xa3|\xd7\xcd\xc6\x9a|PK\x03\x04|%PDF-",
    re.DOTALL,
)
"""How files of pictures, films and archives begin."""
AS_TEXT = re.compile(
    rb"data:\s*[\w.+-]+/[\w.+-]+[^,\s]{0,80};\s*base64\s*,|[A-Za-z0-9+/=_-]{2048,}"
    rb"|(?:[A-Za-z0-9+/_-]{56,}[ \t]*[\r\n]+){20,}|<svg\b",
    re.IGNORECASE,
)
"""A file written as text."""


def must_hold_no_picture(content: bytes, kind: Kind) -> None:
    """Refuse what is a picture, holds one, or cannot be read to the end."""
    if kind is TEXT:
        clean = not AS_TEXT.search(content)
    elif kind is PDF:
        clean = _pdf_is_clean(content)
    elif kind in (DOCX, XLSX):
        clean = _office_is_clean(content)
    else:
        clean = False
    if not clean:
        raise Refused(f"{NO_IMAGE} You can add {TAKEN}.")


def _office_is_clean(content: bytes) -> bool:
    """Every part is text in XML. A picture, a film, an object and a font each are a part that is not."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > LARGEST_PART:
                return False
            return all(each.is_dir() or _is_plain_xml(each.filename, archive.read(each)) for each in parts)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error, EOFError):
        return False


_HOLDS_A_FILE = re.compile(rb"<[\w:]*(?:binData|binaryData|imagedata|blip|svgBlip|oleObject)\b", re.IGNORECASE)


def _is_plain_xml(name: str, part: bytes) -> bool:
    if not name.lower().endswith((".xml", ".rels")):
        return False
    if b"\x00" in part:  # in another encoding, where nothing below would be found
        return False
    return not AS_TEXT.search(part) and not _HOLDS_A_FILE.search(part)


_STREAM = re.compile(rb"\bstream(?:\r\n|\n|\r)")
_NAME_IN_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_IS_PICTURE = re.compile(rb"/(?:Image|ImageMask|Thumb|Width|Height)(?![A-Za-z])")
_HOLDS_FILES = re.compile(
    rb"/(?:EmbeddedFiles?|Filespec|FileAttachment|RichMedia|Movie|Screen|Sound|3D|XFA|Encrypt|JavaScript|JS|Launch)\b"
)
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+|\d+\s+\d+\s+R)")
_INLINE_PICTURE = re.compile(rb"\bBI\s*/[^\x00]{0,400}?\bID[\s]", re.DOTALL)
_PICTURE_FONT = re.compile(rb"sbix|CBDT|EBDT|SVG ")
_HEADER = re.compile(rb"%PDF-[^\r\n]*[\r\n]+(?:%[^\r\n]{0,32}[\r\n]+)?")


def _pdf_is_clean(content: bytes) -> bool:
    """The dictionary of a stream is never compressed, so that a picture always says that it is one; what is compressed
    is read as well, because a page may draw a picture within its own text."""
    try:
        between = bytearray()
        for dictionary, stream in _parts(content):
            between += dictionary
            if stream is not None and not _stream_is_clean(dictionary, stream):
                return False
    except (ValueError, zlib.error):
        return False
    said = _plainly(bytes(between))
    return not (_HOLDS_FILES.search(said) or _IS_PICTURE.search(said) or _holds_bytes(said))


def _holds_bytes(said: bytes) -> bool:
    """What stands between the streams is text, but for a line at the beginning and strings."""
    body = _HEADER.sub(b"", said, count=1)
    return bool(PICTURE.search(body) or AS_TEXT.search(body)) or body.count(b"\x00") > len(body) // 20


def _plainly(text: bytes) -> bytes:
    """/#49mage is /Image."""
    return _NAME_IN_HEX.sub(lambda found: bytes([int(found[1], 16)]), text)


def _parts(content: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """What stands before each stream, and the stream as it is read; at last what stands after all of them."""
    at, parts = 0, 0
    while found := _STREAM.search(content, at):
        before = content[at : found.start()]
        parts += 1
        if parts > MOST_PARTS:
            raise ValueError("more parts than a paper has")
        stream, at = _read(_last_object(before), content, found.end())
        yield before, stream
    yield content[at:], None


def _last_object(before: bytes) -> bytes:
    return _plainly(before[before.rfind(b" obj") :] if b" obj" in before else before)


def _read(dictionary: bytes, content: bytes, begin: int) -> tuple[bytes, int]:
    """A stream, unpacked, and where it ends. What is packed in any other way than text is raises ValueError."""
    given = _FILTER.search(dictionary)
    filters = re.findall(rb"/(\w+)", given[1]) if given else []
    if given and not filters:
        raise ValueError("a way of packing that stands elsewhere")
    if filters and filters != [b"FlateDecode"]:
        raise ValueError("packed as pictures are")
    if not filters:
        end = content.find(b"endstream", begin)
        if end < 0:
            raise ValueError("no end")
        return content[begin:end], end + len(b"endstream")
    unpacking = zlib.decompressobj()
    stream = unpacking.decompress(content[begin:], LARGEST_PART)
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise ValueError("no end, or larger than a paper is")
    end = len(content) - len(unpacking.unused_data)
    if not re.match(rb"\s{0,2}endstream", content[end : end + 12]):
        raise ValueError("more in it than it says")
    return stream, content.index(b"endstream", end) + len(b"endstream")


def _stream_is_clean(before: bytes, stream: bytes) -> bool:
    dictionary = _last_object(before)
    if _IS_PICTURE.search(dictionary) or PICTURE.match(stream):
        return False
    if b"/FontFile" in before or b"/Length1" in dictionary or b"/FontFile2" in dictionary:
        return not _PICTURE_FONT.search(stream[:1024])
    if b"/ObjStm" in dictionary:
        said = _plainly(stream)
        return not (_HOLDS_FILES.search(said) or _IS_PICTURE.search(said))
    return not (_INLINE_PICTURE.search(stream) or AS_TEXT.search(stream))
