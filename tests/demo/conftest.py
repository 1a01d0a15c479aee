"""The demo, seeded once for a whole file and undone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from access.actor import System, acting
from access.time import freeze, run_freely
from demo.seed import seed
from tests.conftest import MONDAY

QUICK_HASHES = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass
class Town:
    """What seeding said, and where it keeps the password."""

    run: Path
    said: list[str] = field(default_factory=list)


@contextmanager
def seeded(run: Path, size: float) -> Iterator[Town]:
    town = Town(run)
    freeze(MONDAY)
    try:
        with (
            pytest.MonkeyPatch.context() as patch,
            override_settings(PASSWORD_HASHERS=QUICK_HASHES),
            transaction.atomic(),
        ):
            patch.setenv("LONGSTOP_RUN", str(run))
            assert seed(town.said.append, size=size)
            yield town
            transaction.set_rollback(True)
    finally:
        run_freely()


@pytest.fixture(scope="module")
def small_town(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Town]:
    with django_db_blocker.unblock(), seeded(tmp_path_factory.mktemp("run"), 1 / 20) as town:
        yield town


@pytest.fixture(scope="module")
def whole_town(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Town]:
    with django_db_blocker.unblock(), seeded(tmp_path_factory.mktemp("run"), 1) as town:
        yield town


@pytest.fixture
def seeing_all(db: None) -> Iterator[None]:
    """Reads as the software does, which is shown restricted cases too."""
    with acting(System("test")):
        yield
