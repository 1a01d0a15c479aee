"""Every page x every role -> status. A change of permission is a change of access_table.csv, seen in review."""

import csv
from pathlib import Path

import pytest

from demo.people import CAST
from tests.house.one_of_each import address, every_name, one_of_each

TABLE = Path(__file__).with_name("access_table.csv")
HEADER, *ROWS = csv.reader(TABLE.read_text().splitlines())


def test_the_table_has_each_page_once_and_everybody_of_the_cast():
    assert ["page", *(player.username for player in CAST)] == HEADER
    assert [name for name, *_ in ROWS] == every_name()


@pytest.mark.django_db
def test_each_page_answers_each_post_as_a_reviewer_agreed(client, cast):
    """What is found is printed whole, to be looked through and put into the table."""
    made = one_of_each(cast)
    found = {name: [name] for name in every_name()}
    for player in CAST:
        client.force_login(cast[player.username])
        for name, row in found.items():
            row.append(str(client.get(address(name, made)).status_code))
    assert list(found.values()) == ROWS, "\n".join(",".join(row) for row in [HEADER, *found.values()])


@pytest.mark.django_db
def test_somebody_of_an_agency_has_the_pages_for_agencies_and_none_of_the_police(client, cast):
    """Amy works at the council that was sent one of each."""
    made = one_of_each(cast)
    client.force_login(made["agency_person"].user)
    found = {name: client.get(address(name, made)).status_code for name in every_name()}
    let_in = {name for name, status in found.items() if status == 200}
    assert let_in == {name for name in found if name.startswith("portal")} - {"portal-document"}  # none came with it
    assert {status for name, status in found.items() if name not in let_in} <= {403, 404, 405}


@pytest.mark.django_db
def test_nothing_that_somebody_of_an_agency_sends_to_a_page_of_the_police_is_taken(client, cast):
    made = one_of_each(cast)
    client.force_login(made["agency_person"].user)
    for name in every_name():
        if not name.startswith("portal"):
            assert client.post(address(name, made)).status_code in (403, 404, 405), name
