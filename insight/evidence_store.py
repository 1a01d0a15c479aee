"""Files of evidence packs lie in the store of documents: they are looked after with it, and encrypted anew with it."""

from __future__ import annotations

from collections.abc import Iterable

from documents.nightly import STORED, Stored
from insight.models import EvidenceFile


def files() -> Iterable[Stored]:
    yield from EvidenceFile.objects.figures().values_list("pk", "stored_as", "sha256")


STORED.append(files)
