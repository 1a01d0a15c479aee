"""The movable clock, the cast, and who has been told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import TestCase, TransactionTestCase

from access import time
from accounts.models import User
from demo.people import hire
from tests import databases

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_configure() -> None:
    """No TLS, quick passwords, and static files from where they lie: hashed names would need collectstatic first.

    For the whole run, because the live server reads them once.
    """
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.OVER_TLS = settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Ours is made by `tests.databases`, not by Django."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        databases.create()
    yield
    with django_db_blocker.unblock():
        databases.drop()


def _only_default_is_rolled_back(cls: type[TestCase], include_mirrors: bool = True) -> list[str]:
    """The ledger's own connection commits, in tests as in life; the owner's moves the clock."""
    return ["default"] if "default" in cls.databases else []


TestCase._databases_names = classmethod(_only_default_is_rolled_back)  # type: ignore[method-assign,assignment]
TransactionTestCase._fixture_teardown = lambda self: databases.fresh()  # type: ignore[method-assign]
_begin, _roll_back = TransactionTestCase._fixture_setup.__func__, TestCase._fixture_teardown  # type: ignore[attr-defined]


def _begin_fresh(cls: type[TransactionTestCase]) -> None:
    """What tests that were rolled back have left is the ledger; a test that commits begins without it."""
    if databases.has_been_used:
        databases.fresh()
    _begin(cls)


def _rolled_back(self: TestCase) -> None:
    _roll_back(self)
    databases.has_been_used = True


TransactionTestCase._fixture_setup = classmethod(_begin_fresh)  # type: ignore[method-assign]
TestCase._fixture_teardown = _rolled_back  # type: ignore[method-assign]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that uses the database may use all three of its connections."""
    for item in items:
        if (marker := item.get_closest_marker("django_db")) and "databases" not in marker.kwargs:
            item.add_marker(pytest.mark.django_db(**{**marker.kwargs, "databases": "__all__"}), append=False)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


class MovableClock:
    """Time stands still until the test moves it."""

    def __init__(self) -> None:
        self.set(MONDAY)

    def set(self, at: datetime) -> None:
        self.at = at
        time.freeze(at)

    def shift(self, by: timedelta) -> None:
        self.set(self.at + by)


@pytest.fixture
def clock(db: None) -> Iterator[MovableClock]:
    yield MovableClock()
    time.run_freely()


@pytest.fixture
def cast(clock: MovableClock) -> dict[str, User]:
    return hire(clock.at - timedelta(days=365))


def _player(name: str) -> Callable[[dict[str, User]], User]:
    def player(cast: dict[str, User]) -> User:
        return cast[name]

    return pytest.fixture(name=name)(player)


callie, dev, connie, fin = _player("callie"), _player("dev"), _player("connie"), _player("fin")
olly, rosa, rashid = _player("olly"), _player("rosa"), _player("rashid")
cora, cole, sam, ines = _player("cora"), _player("cole"), _player("sam"), _player("ines")
carl, tara, tess, ravi, rina = (_player(name) for name in ("carl", "tara", "tess", "ravi", "rina"))
noor, dina = _player("noor"), _player("dina")
rory, iris, delia = _player("rory"), _player("iris"), _player("delia")
maya, milo = _player("maya"), _player("milo")
omar, olga, stella, seb = _player("omar"), _player("olga"), _player("stella"), _player("seb")
imran, hana, hugo = _player("imran"), _player("hana"), _player("hugo")
reva, quinn, greta, alma = _player("reva"), _player("quinn"), _player("greta"), _player("alma")
anya, hettie = _player("anya"), _player("hettie")
chidi, sue, dmitri = _player("chidi"), _player("sue"), _player("dmitri")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium")}
