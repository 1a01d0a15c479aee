"""A store of its own for each test, notices that hold documents, and no scanner unless a test has one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519

from access.roles import Can
from documents.holders import HOLDERS
from ppn.models import Ppn
from tests.documents.a_scanner import Scanner
from tests.stories import submitted


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.DOCUMENTS_ROOT = tmp_path / "store"
    settings.DOCUMENTS_KEY = str(x25519.Identity.generate())
    settings.CLAMD, settings.CLAMD_SECONDS = "", 5
    return tmp_path / "store"


@pytest.fixture(autouse=True)
def notices_hold_documents() -> Iterator[None]:
    before = dict(HOLDERS.by_kind)
    HOLDERS.register(Ppn, may_add=Can.ADD_DOCUMENT, may_see=Can.SEE_PPNS)
    yield
    HOLDERS.by_kind = before


@pytest.fixture
def scanner(settings: Any) -> Iterator[Scanner]:
    with Scanner() as running:
        settings.CLAMD = str(running.path)
        yield running


@pytest.fixture
def ppn(clock: Any, olly: Any) -> Ppn:
    return submitted(olly)
