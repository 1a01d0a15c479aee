"""What a file really is. Its own bytes decide, never its name nor what the browser says; what is not listed is refused.

Video and sound are not taken: body-worn video and recorded accounts belong to the force's digital evidence system,
whose reference is written in the record. Pictures that can hold script (SVG), web pages, programs, archives and files
with macros are never taken.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

import filetype


class Refused(ValueError):
    """Why this file is not taken, and what to do: plain English, for the person."""


@dataclass(frozen=True)
class Kind:
    """One kind of file that is taken. `inline`: browsers show it themselves, and nothing in it can run."""

    media_type: str
    words: str
    endings: tuple[str, ...]
    is_photo: bool = False
    inline: bool = False


JPEG = Kind("image/jpeg", "a JPEG photo", ("jpg", "jpeg", "jpe", "jfif"), is_photo=True, inline=True)
PNG = Kind("image/png", "a PNG picture", ("png",), is_photo=True, inline=True)
WEBP = Kind("image/webp", "a WebP picture", ("webp",), is_photo=True, inline=True)
HEIC = Kind("image/heic", "an iPhone photo (HEIC)", ("heic", "heif"), is_photo=True)
PDF = Kind("application/pdf", "a PDF document", ("pdf",), inline=True)
OPEN_XML = "application/vnd.openxmlformats-officedocument"
DOCX = Kind(f"{OPEN_XML}.wordprocessingml.document", "a Word document", ("docx",))
XLSX = Kind(f"{OPEN_XML}.spreadsheetml.sheet", "an Excel workbook", ("xlsx",))
MESSAGE = Kind("message/rfc822", "an e-mail", ("eml",))
TEXT = Kind("text/plain", "plain text", ("txt", "text", "log", "md"))

KINDS = {kind.media_type: kind for kind in (JPEG, PNG, WEBP, HEIC, PDF, DOCX, XLSX, MESSAGE, TEXT)}
TAKEN = "photos (JPEG, PNG, WebP, HEIC), PDF, Word (.docx), Excel (.xlsx), e-mail (.eml) and plain text"
ACCEPT = ",".join(f".{ending}" for kind in KINDS.values() for ending in kind.endings)

NOT_TAKEN = {
    "application/x-msdownload": "a Windows program",
    "application/x-executable": "a program",
    "application/zip": "a zip archive. Take out of it what matters and add that",
    "application/msword": "an old or a locked Word document. Save it as PDF or .docx without a password",
    "application/vnd.ms-excel": "an old or a locked Excel workbook. Save it as PDF or .xlsx without a password",
    "application/rtf": "a rich text document. Save it as PDF or .docx",
    "image/gif": "a GIF picture. Save it as PNG or JPEG",
}
EVIDENCE = "a recording. Keep it in the force's digital evidence system and write its reference in the record"
WEB_PAGE = "a web page or a picture with script in it. Print it to PDF and add that"
TWO_KINDS = "two kinds of file in one. Open it, save it anew, and add what you have saved"
MACROS = "a document with macros. Save it without them, or as PDF"
TORN = "an incomplete PDF document. Save or scan it again"
UNKNOWN = "of a kind that we cannot tell"

MARKUP = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<head", b"<body", b"<iframe", b"<?php")
NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
HEADER = re.compile(rb"(?i)^(from|to|subject|date|received|return-path|mime-version|message-id|delivered-to):", re.M)


def kind_of(content: bytes) -> Kind:
    """What these bytes are. Raises Refused, saying what they are instead."""
    if not content:
        raise Refused("The file is empty. Choose another, or save it again.")
    guessed = filetype.guess_mime(content)
    if guessed in (None, "message/rfc822"):
        return _text(content)
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    kind = KINDS.get(guessed)
    if kind is None:
        raise _refusal(_in_words(guessed))
    if _holds_an_archive(content) or any(mark in content[:1024].lower() for mark in MARKUP[:4]):
        raise _refusal(TWO_KINDS)
    if kind is PDF and not (content.startswith(b"%PDF-") and b"%%EOF" in content[-4096:]):
        raise _refusal(TORN)
    return kind


def _refusal(what: str) -> Refused:
    return Refused(f"This file is {what}. You can add {TAKEN}.")


def _in_words(media_type: str) -> str:
    if media_type.startswith(("video/", "audio/")):
        return EVIDENCE
    return NOT_TAKEN.get(media_type, f"not one that is taken ({media_type})")


def _text(content: bytes) -> Kind:
    """Plain text or an e-mail: whatever reads as UTF-8 and holds no characters that text has not."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        raise _refusal(WEB_PAGE)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise _refusal(UNKNOWN) from None
    if NOT_IN_TEXT.search(text):
        raise _refusal(UNKNOWN)
    head = content.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    return MESSAGE if len(HEADER.findall(head)) > 1 else TEXT


def _office(content: bytes) -> Kind:
    """Word and Excel are zip archives with a list of contents; any other archive is one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            with archive.open("[Content_Types].xml") as listed:
                contents = listed.read(1_000_000)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError):
        raise _refusal(NOT_TAKEN["application/zip"]) from None
    if any(name.lower().endswith("vbaproject.bin") for name in names) or b"macroEnabled" in contents:
        raise _refusal(MACROS)
    for kind, needed in ((DOCX, "word/document.xml"), (XLSX, "xl/workbook.xml")):
        if needed in names:
            return kind
    raise _refusal(NOT_TAKEN["application/zip"])


def _holds_an_archive(content: bytes) -> bool:
    """A photo or PDF that is an archive as well: whoever opens it as that gets another file than was looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
