"""Files as people send them, and as they should not."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from accounts.models import User
from documents import workflow
from documents.checking import check
from documents.intake import Upload
from documents.models import Attachment

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\x12" * 400 + b"\xff\xd9"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + b"\x12" * 400
WEBP = b"RIFF\xa4\x01\x00\x00WEBPVP8 " + b"\x12" * 400
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 400 + b"This program cannot be run in DOS mode."
ELF = b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 400
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + b"\x00" * 60
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x12" * 400
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"\n <!DOCTYPE html><html><script>alert(1)</script></html>"
EML = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: The minutes\r\n\r\nHere they are.\r\n"
TEXT = "She said: “I hid under the stairs.” שלום 🧸\n".encode()


def png() -> bytes:
    """One real point, so that a browser can show it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = (1).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    picture = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", picture) + chunk(b"IEND", b"")


PNG = png()


def zipped(**files: str) -> bytes:
    """An archive: __ in a name is a folder, _dot_ a full stop."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return held.getvalue()


def office(part: str, *, types: str = "<Types/>", **more: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"[Content_Types].xml": types, "_rels/.rels": "<R/>", part: "<w/>", **more}.items():
            archive.writestr(name, text)
    return held.getvalue()


DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")
WITH_MACROS = office("word/document.xml", **{"word/vbaProject.bin": "macro"})
TEMPLATE_WITH_MACROS = office("word/document.xml", types="<Types macroEnabled/>")


def added(ppn: Any, by: User, content: bytes = JPEG, name: str = "arm.jpg", caption: str = "Bruise, left arm") -> Any:
    """Added and checked, as a page does it."""
    waiting = workflow.add(Attachment(), by=by, to=ppn, upload=Upload(name, content), caption=caption)
    return check(waiting)
