"""Every page x every role -> status. A change of permission is a change of access_table.csv, seen in review."""

import csv
import os
from hashlib import sha256
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver

from access.roles import MAY
from demo.people import CAST
from tests.house.one_of_each import address, every_name, one_of_each

TABLE = Path(__file__).with_name("access_table.csv")
LONG = bool(os.environ.get("LONGSTOP_LONG"))
HEADER, *ROWS = csv.reader(TABLE.read_text().splitlines())


def test_the_table_has_each_page_once_and_everybody_of_the_cast():
    assert ["page", *(player.username for player in CAST)] == HEADER
    assert [name for name, *_ in ROWS] == every_name()


def test_whoever_may_not_do_the_act_that_a_page_is_for_is_refused_in_the_table():
    """Whole and without asking a page: `may` of each page against the matrix of posts."""
    let_in = [
        (name, player.username, act)
        for name, *answers in ROWS
        for player, answer in zip(CAST, answers, strict=True)
        if (act := may_of(name)) is not None and act not in MAY[player.role] and answer not in ("403", "405")
    ]
    assert let_in == []


@pytest.mark.django_db
def test_each_page_answers_each_post_as_a_reviewer_agreed(client, cast):
    """Of each page and each answer two posts ask, everybody with LONGSTOP_LONG=1. What is found otherwise is printed
    row by row, to be looked through and put into the table."""
    made = one_of_each(cast)
    found = {name: dict(zip(HEADER[1:], answers, strict=True)) for name, *answers in ROWS}
    for player in CAST:
        client.force_login(cast[player.username])
        for name, *answers in ROWS:
            if player.username in asked(name, answers):
                found[name][player.username] = str(client.get(address(name, made)).status_code)
    rows = [[name, *of.values()] for name, of in found.items()]
    assert rows == ROWS, "\n".join(",".join(row) for row, agreed in zip(rows, ROWS, strict=True) if row != agreed)


def asked(name, answers):
    """Who asks for a page: two of those who get each answer, by lot, but the same two each time."""
    if LONG:
        return set(HEADER[1:])
    by_lot = sorted(
        zip(HEADER[1:], answers, strict=True), key=lambda each: sha256(f"{name} {each[0]}".encode()).digest()
    )
    return {who for answer in set(answers) for who in [who for who, got in by_lot if got == answer][:2]}


def may_of(name):
    """The act that a page is for; None = it is for everybody who is signed in, or asks for itself."""
    return getattr(VIEWS[name].view_class, "may", None)


def _views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern.name, pattern.callback


VIEWS = dict(_views(get_resolver().url_patterns))


@pytest.mark.django_db
def test_somebody_of_an_agency_has_the_pages_for_agencies_and_none_of_the_police(client, cast):
    """Amy works at the council that was sent one of each."""
    made = one_of_each(cast)
    client.force_login(made["agency_person"].user)
    found = {name: client.get(address(name, made)).status_code for name in every_name()}
    let_in = {name for name, status in found.items() if status == 200}
    of_a_member = {"portal-scrutiny-paper", "portal-scrutiny-conflict", "portal-scrutiny-report"}  # and she is none
    without = {"portal-document", *of_a_member}  # no document came with what they were sent
    assert let_in == {name for name in found if name.startswith("portal")} - without
    assert {status for name, status in found.items() if name not in let_in} <= {403, 404, 405}


@pytest.mark.django_db
def test_nothing_that_somebody_of_an_agency_sends_to_a_page_of_the_police_is_taken(client, cast):
    made = one_of_each(cast)
    client.force_login(made["agency_person"].user)
    for name in every_name():
        if not name.startswith("portal"):
            assert client.post(address(name, made)).status_code in (403, 404, 405), name
