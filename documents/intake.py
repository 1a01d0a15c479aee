"""What may be taken in: the kind, the size, and a name that agrees with both."""

from __future__ import annotations

from access.time import now
from documents.kinds import Kind, Refused, kind_of
from documents.names import cleaned, ending_of
from documents.words_only import NO_IMAGE, TAKEN, must_hold_no_picture
from sla.lengths import Basis, Number

MEGABYTE = 1024 * 1024

PHOTO_MB = Number(
    "Largest photo, in megabytes",
    15,
    Basis.LOCAL,
    "A photo of today's phones has 3 to 12; no authority found",
    is_our_default=True,
)
PAPER_MB = Number(
    "Largest document other than a photo, in megabytes",
    25,
    Basis.LOCAL,
    "What most mail systems carry; no authority found",
    is_our_default=True,
)


class Upload:
    """A file as it was given. Its words are its name: a step of the record's life keeps no bytes.

    `size`: what was sent, where more was sent than is read (`content` is then empty).
    """

    def __init__(self, name: str, content: bytes, size: int | None = None) -> None:
        self.name, self.content = cleaned(name), content
        self.size = len(content) if size is None else size

    def __str__(self) -> str:
        return self.name


def examined(upload: Upload, *, no_images: bool = False) -> Kind:
    """What it really is. Raises Refused, saying what is wrong and what to do. `no_images`: a picture is refused, and
    whatever holds one, or cannot be read to the end."""
    photo, paper = limits()
    if upload.size > max(photo, paper):
        raise Refused(
            f"The file has {megabytes(upload.size)}. "
            f"A photo may have up to {megabytes(photo)}, another document up to {megabytes(paper)}."
        )
    kind = _without_pictures(upload.content) if no_images else kind_of(upload.content)
    limit = photo if kind.is_photo else paper
    if upload.size > limit:
        raise Refused(f"It is {kind.words} of {megabytes(upload.size)}; at most {megabytes(limit)} are taken.")
    ending = ending_of(upload.name)
    if ending and ending not in kind.endings:
        raise Refused(
            f"It is named “{upload.name}”, and it is really {kind.words}. "
            f"Give it a name that ends in .{kind.endings[0]}, then choose it again."
        )
    return kind


def _without_pictures(content: bytes) -> Kind:
    """For a record that holds words only: whatever is no paper is refused in one sentence, whichever kind it is."""
    try:
        kind = kind_of(content)
    except Refused as refusal:
        raise Refused(f"{NO_IMAGE} You can add {TAKEN}." if content else str(refusal)) from refusal
    must_hold_no_picture(content, kind)
    return kind


def limits() -> tuple[int, int]:
    """How many bytes a photo, and another document, may have now."""
    at = now()
    return PHOTO_MB.in_force(at)[0] * MEGABYTE, PAPER_MB.in_force(at)[0] * MEGABYTE


def megabytes(size: int) -> str:
    """In words, rounded up: what is above a limit never reads as the limit."""
    if size < MEGABYTE:
        return f"{-(-size // 1024)} KB"
    tenths = -(-size * 10 // MEGABYTE)
    return f"{tenths // 10} MB" if tenths % 10 == 0 else f"{tenths / 10} MB"
