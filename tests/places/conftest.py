"""Invented schools in a small county, and the postcodes around them."""

import csv
import json
from datetime import date

import pytest

from access.actor import System
from places.importing import load_postcodes, load_schools
from places.layouts import EXTRACT, REGISTER

TESTER = System("test")
COUNTY = "E10000099"
NAMES = {"E07000901": "Northvale", "E07000902": "Southvale", "E06000901": "Port Vale"}
WHERE = {"ZV1 1AA": "E07000901", "ZV1 1AB": "E07000902", "ZV2 1AA": "E06000901"}
SCHOOL = {
    "urn": "900001",
    "number": "801/2001",
    "name": "Larkfield Primary School",
    "kind": "Community school",
    "status": "Open",
    "opened_on": "",
    "closed_on": "",
    "phase": "Primary",
    "low_age": "4",
    "high_age": "11",
    "street": "1 Lark Lane",
    "locality": "",
    "address3": "",
    "town": "Northtown",
    "postcode": "ZV1 1AA",
    "telephone": "01632 960001",
    "says_district": "Northvale",
}


def written(path, heading, lines):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heading, *lines])
    return path


@pytest.fixture
def extract(tmp_path):
    """A list of schools in the shortest layout: each given school differs from the first as said."""

    def write(*schools, name="schools_2026-02-01.csv"):
        heading = [*EXTRACT.columns.values(), "head_last_name"]
        lines = [[*({**SCHOOL, **school}[field] for field in EXTRACT.columns), "Nobody"] for school in schools]
        return written(tmp_path / name, heading, lines)

    return write


@pytest.fixture
def register(tmp_path):
    """A download of the register, with the name of a head teacher and, last, links to other schools."""

    def write(*schools, links=("Does not have links",), name="edubase_20260201.csv"):
        heading = [*REGISTER.columns.values(), "HeadLastName", REGISTER.links]
        more = {"authority_code": "801", "says_authority": "Vale", "establishment": "2001", "says_area": COUNTY}
        lines = [
            [*({**SCHOOL, **more, **school}[field] for field in REGISTER.columns), "Nobody", *links]
            for school in schools
        ]
        return written(tmp_path / name, heading, lines)

    return write


@pytest.fixture
def code_point(tmp_path):
    """Postcodes as Ordnance Survey writes them: no headings, no spaces, and the county empty where there is none."""

    def write(where=WHERE, name="codepo_2025-08.csv"):
        path = tmp_path / name
        with path.open("w", newline="") as file:
            for code, district in where.items():
                county = COUNTY if district.startswith("E07") else ""
                csv.writer(file).writerow(
                    [code.replace(" ", ""), "10", "1", "1", "E92000001", "", "", county, district, "E05"]
                )
        return path

    return write


@pytest.fixture
def postcodes(clock, code_point):
    """The postcodes of the county are loaded, with the names of its districts."""

    def load(where=WHERE, name="codepo_2025-08.csv"):
        return load_postcodes([code_point(where, name)], by=TESTER, districts=NAMES, counties={COUNTY: "Vale"})[0]

    return load


@pytest.fixture
def schools(clock):
    """A list of schools is loaded."""

    def load(path, as_at=date(2026, 2, 1)):
        return load_schools(path, by=TESTER, as_at=as_at)

    return load


@pytest.fixture
def names_file(tmp_path):
    path = tmp_path / "names.json"
    path.write_text(json.dumps(NAMES))
    return path
