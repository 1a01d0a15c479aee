"""Invented people, as they may be written, and the public files of invented people."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from matching.described import Described, Home, Written
from matching.names import NOBODYS_NAME
from tests.conftest import SHARED_DATA

BORN = date(2014, 3, 27)
HOME = Home("14 Larkfield Road, Southampton", "SO14 9ZZ")
NHS, OTHER_NHS, THIRD_NHS = "999 000 0018", "9990000026", "9990000034"

SPLINK = SHARED_DATA / "splink_fake_1000.csv"
FEBRL = SHARED_DATA / "febrl_dataset3.csv.gz"
NICKNAMES = SHARED_DATA / "nicknames_en.csv"
NAUGHTY = SHARED_DATA / "blns.json"

A_NAME = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12).filter(lambda word: word not in NOBODYS_NAME)
COLUMNS = ("record", "cluster", "first_name", "surname", "date_of_birth", "address", "postcode")


def person(given: str = "Poppy", family: str = "Sallowfold", born: date | None = BORN, **known: object) -> Described:
    """Somebody with a name and a date of birth, and what else is said."""
    return Described(names=(Written(given, family),), born_on=born, **known)  # type: ignore[arg-type]


def at_home(given: str = "Poppy", family: str = "Sallowfold", born: date | None = BORN, **known: object) -> Described:
    return person(given, family, born, addresses=(HOME,), **known)


def write(path: Path, rows: Iterable[Iterable[str]], columns: Iterable[str] = COLUMNS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def splink_as_labelled(path: Path, *, with_email: bool) -> Path:
    with SPLINK.open(encoding="utf-8", newline="") as file:
        rows = [
            (row["unique_id"], row["cluster"], row["first_name"], row["surname"], row["dob"], row["city"], "")
            + ((row["email"],) if with_email else ())
            for row in csv.DictReader(file)
        ]
    return write(path, rows, (*COLUMNS, "email") if with_email else COLUMNS)


def febrl_as_labelled(path: Path) -> Path:
    with gzip.open(FEBRL, "rt", encoding="utf-8", newline="") as file:
        rows = [
            (
                *(row["rec_id"], row["rec_id"].split("-")[1], row["given_name"], row["surname"], row["date_of_birth"]),
                " ".join(row[part] for part in ("street_number", "address_1", "address_2", "suburb")),
                row["postcode"],
            )
            for row in csv.DictReader(file, skipinitialspace=True)
        ]
    return write(path, rows)
