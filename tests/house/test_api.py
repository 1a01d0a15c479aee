"""Every endpoint for other systems: nothing without a token or without the act, and a name that says what it is."""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver

from access.checks import every_endpoint, every_endpoint_that_writes_does_so_once, every_page
from access.roles import Can
from partners.api.base import AgencyApi
from tests.access.an_api import errors_of, let_in

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
ANYTHING = {"uuid": str(UUID(int=0)), "int": "0"}

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("urls", ["config.urls", "tests.access.an_api"])]


@pytest.fixture(autouse=True)
def addresses(urls, settings):
    """Those of the site, and those of the small API of the tests, which proves that the questions are asked."""
    settings.ROOT_URLCONF = urls


def endpoints():
    return [("/" + re.sub(r"<(?:(\w+):)?\w+>", _anything, where), view) for where, view in every_endpoint()]


def _anything(part):
    return ANYTHING.get(part.group(1) or "str", "x")


def test_without_a_token_nothing_is_answered_but_that():
    for where, _ in endpoints():
        for method in METHODS:
            answer = Client().generic(method, where, b"{}", "application/json")
            assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Longstop"'), (method, where)


def test_without_the_act_nothing_is_done(clock, fin):
    for number, (where, view) in enumerate(endpoints()):
        other = Can.TAKE_CALL if view.may != Can.TAKE_CALL else Can.SEE_INCIDENTS
        if issubclass(view, AgencyApi):
            continue  # tests/partners/test_route_matrix.py
        system = let_in(fin, [other], f"System {number}")
        for method in METHODS:
            answer = system.send(method, where, b"{}", **{"Content-Type": "application/json"})
            assert answer.status_code == 403, (method, where)
            assert method == "HEAD" or errors_of(answer) == []


def test_an_address_is_named_as_one_for_systems_when_it_is_one_and_only_then():
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("api-")}
    views = {pattern.name for pattern in _patterns(get_resolver()) if pattern.callback in _callbacks()}
    assert named == views


def _callbacks():
    answering = {view for _, view in every_endpoint()}
    return [callback for _, callback in every_page() if getattr(callback, "view_class", None) in answering]


def _patterns(resolver):
    for entry in resolver.url_patterns:
        yield from _patterns(entry) if hasattr(entry, "url_patterns") else [entry]


def test_what_is_sent_twice_is_done_once():
    assert every_endpoint_that_writes_does_so_once(None) == []
