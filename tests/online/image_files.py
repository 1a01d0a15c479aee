"""Files that hold a picture, whatever they say they are, and papers that hold none. The pictures are plain red.

Each is made when it is asked for: writing a PDF takes a moment.
"""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import weasyprint
from PIL import Image

from tests.documents import files


def picture(kind: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (9, 9), (200, 0, 0)).save(held, kind)
    return held.getvalue()


@cache
def pdf(html: str, attached: bytes = b"") -> bytes:
    about = [weasyprint.Attachment(file_obj=io.BytesIO(attached), name="a.txt")] if attached else []
    written: bytes = weasyprint.HTML(string=f"<html lang=en><title>x</title>{html}").write_pdf(attachments=about)
    return written


def as_text(content: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def docx(**parts: bytes) -> bytes:
    """A Word document with these parts besides; __ is a folder, _dot_ a full stop."""
    held = io.BytesIO(files.office("word/document.xml"))
    with zipfile.ZipFile(held, "a") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return held.getvalue()


def drawn_in_the_page() -> bytes:
    """A PDF whose page draws a picture in its own text, packed: nothing outside says so."""
    page = zlib.compress(b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID \xc8\x00\x00 EI Q")
    return b"%%PDF-1.7\n4 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n%%%%EOF\n" % (
        len(page),
        page,
    )


PARAGRAPH = "<h1>Devices</h1><p>Exhibit JB/1: a telephone. She said: “I hid.”</p>" * 20


def a_paper() -> bytes:
    return pdf(PARAGRAPH)


def with_picture(kind: str = "PNG") -> bytes:
    return pdf(f"<p>x<img src='{as_text(picture(kind), f'image/{kind.lower()}')}'>")


AVIF = b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1" + b"\x12" * 400

PAPERS: dict[str, Callable[[], bytes]] = {
    "notes.txt": lambda: files.TEXT,
    "list.pdf": a_paper,
    "letter.docx": lambda: files.DOCX,
    "devices.xlsx": lambda: files.XLSX,
}
PICTURES: dict[str, Callable[[], bytes]] = {
    "photo.png": lambda: picture("PNG"),
    "photo.jpg": lambda: picture("JPEG"),
    "a picture called.pdf": lambda: picture("PNG"),
    "a photo called.txt": lambda: picture("JPEG"),
    "iphone.heic": lambda: files.HEIC,
    "photo.avif": lambda: AVIF,
    "photo.webp": lambda: files.WEBP,
    "moving.gif": lambda: files.GIF,
    "old.bmp": lambda: picture("BMP"),
    "scan.tiff": lambda: picture("TIFF"),
    "drawing.svg": lambda: files.SVG,
    "film.mp4": lambda: files.MP4,
    "archive.zip": lambda: files.zipped(photo_dot_png="x"),
    "archive.docx": lambda: files.zipped(photo_dot_png="x"),
    "with a picture.pdf": with_picture,
    "with a photo.pdf": lambda: with_picture("JPEG"),
    "by another name.pdf": lambda: with_picture().replace(b"/Image", b"/#49mage"),
    "scanned.pdf": lambda: picture("PDF"),
    "drawn.pdf": drawn_in_the_page,
    "with a file.pdf": lambda: pdf("<p>x", attached=b"abc"),
    "locked.pdf": lambda: a_paper().replace(b"/Root", b"/Encrypt 9 0 R /Root"),
    "appended.pdf": lambda: a_paper().replace(b"%%EOF", b"%%EOF\n") + picture("JPEG") + b"\n%%EOF",
    "cut off.pdf": lambda: a_paper()[:-900] + b"%%EOF",
    "with a picture.docx": lambda: docx(word__media__image1_dot_png=picture("PNG")),
    "renamed within.docx": lambda: docx(word__notes_dot_xml=picture("PNG")),
    "as text within.docx": lambda: docx(
        word__notes_dot_xml=b"<w:binData>" + base64.b64encode(b"x" * 99) + b"</w:binData>"
    ),
    "with an object.docx": lambda: docx(word__embeddings__oleObject1_dot_bin=b"\xd0\xcf\x11\xe0"),
    "as text.txt": lambda: as_text(picture("PNG")).encode(),
    "long.txt": lambda: base64.b64encode(b"\x12\x90" * 2000),
    "mail.eml": lambda: files.EML,
}
