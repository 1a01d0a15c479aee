"""The words of a PDF as a reader gets them, read from its bytes: fonts are followed to what their glyphs stand for.
Only what WeasyPrint writes is understood."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
SHOWN = re.compile(rb"/(\S+) [\d.]+ Tf|\[([^\]]*)\]\s*TJ|<([0-9a-fA-F]+)>\s*Tj", re.DOTALL)


def words_of(pdf: bytes) -> str:
    objects = dict(_objects(pdf))
    fonts = {}
    for body in objects.values():
        for name, number in re.findall(rb"/([\w-]+) (\d+) 0 R", body.partition(b"stream")[0]):
            if means := re.search(rb"/ToUnicode (\d+) 0 R", objects.get(int(number), b"")):
                fonts[name] = _glyphs(_content(objects[int(means.group(1))]))
    assert fonts, "no font says what its glyphs stand for"
    texts = [_content(body) for body in objects.values() if STREAM.search(body)]
    return "\n".join(line for text in texts for line in _lines(text, fonts))


def _objects(pdf: bytes) -> Iterator[tuple[int, bytes]]:
    for number, body in re.findall(rb"(?:^|\n)(\d+) 0 obj(.*?)endobj", pdf, re.DOTALL):
        yield int(number), body
        if b"/ObjStm" in body:
            held, first = _content(body), int(re.search(rb"/First (\d+)", body).group(1))  # type: ignore[union-attr]
            pairs = list(map(int, held[:first].split()))
            starts = [first + start for start in pairs[1::2]]
            for key, start, end in zip(pairs[::2], starts, [*starts[1:], len(held)], strict=True):
                yield key, held[start:end]


def _content(body: bytes) -> bytes:
    found = STREAM.search(body)
    if found is None:
        return b""
    # A packed stream says itself where it ends: its last byte may be a carriage return, which the pattern leaves out.
    unpacked = zlib.decompressobj().decompress
    return unpacked(found.group(1)) if b"FlateDecode" in body[: found.start()] else found.group(1)


def _glyphs(cmap: bytes) -> dict[int, str]:
    return {
        int(glyph, 16): bytes.fromhex(stands.decode()).decode("utf-16-be")
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL)
        for glyph, stands in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block)
    }


def _lines(content: bytes, fonts: dict[bytes, dict[int, str]]) -> Iterator[str]:
    font: dict[int, str] = {}
    for name, array, single in SHOWN.findall(content):
        if name:
            font = fonts.get(name, {})
            continue
        shown = b"".join(re.findall(rb"<([0-9a-fA-F]+)>", array)) if array else single
        yield "".join(font.get(int(shown[at : at + 4], 16), "") for at in range(0, len(shown), 4))
