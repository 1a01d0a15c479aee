"""A file of which it is known who is who, and the figures for it."""

from datetime import date

import pytest

from matching.labelled import ColumnsMissing, evaluate, read, read_date
from tests.matching.people import COLUMNS, write

ROWS = [
    ("1", "p", "Poppy", "Sallowfold", "27/03/2014", "14 Larkfield Road, Fareham", "SO14 9ZZ"),
    ("2", "p", "Sallowfold", "Popy", "2014-03-27", "", ""),
    ("3", "d", "Daisy", "Sallowfold", "20140327", "14 Larkfield Road, Fareham", "SO14 9ZZ"),
    ("4", "g", "Gawain", "Thrupp", "spring 2011", "", ""),
]


@pytest.mark.parametrize("text", ["2014-03-27", "20140327", "27/03/2014", "27/3/2014"])
def test_a_date_is_read_in_each_form(text):
    assert read_date(text) == date(2014, 3, 27)


@pytest.mark.parametrize("text", ["", "31/02/2014", "March", "2014"])
def test_what_is_no_date_is_not_known(text):
    assert read_date(text) is None


def test_the_figures(tmp_path):
    figures = evaluate(write(tmp_path / "labelled.csv", ROWS))
    seconds = figures.pop("seconds")
    assert seconds >= 0
    assert figures == {
        "records": 4,
        "pairs": 1,
        "likely": {"precision": 1.0, "recall": 1.0},
        "likely_directly": {"precision": 1.0, "recall": 1.0},
        "candidates": {"precision": 0.3333, "recall": 1.0, "per_record": 1.5},
        "dates_not_read": 1,
    }


def test_headers_may_have_spaces_and_capitals_and_a_mark_before_them(tmp_path):
    path = write(tmp_path / "labelled.csv", ROWS, [f" {name.upper()} " for name in COLUMNS])
    path.write_text("\ufeff" + path.read_text())
    assert read(path).clusters == ["p", "p", "d", "g"]


def test_other_columns_are_read_where_there_are_any(tmp_path):
    columns = (*COLUMNS, "email", "phone", "nhs_number", "sex", "town", "something")
    more = ("poppy@example.com", "07700 900123", "9990000018", "F", "Fareham", "else")
    (described,) = read(write(tmp_path / "labelled.csv", [(*ROWS[1], *more)], columns)).described
    assert described.emails == ("poppy@example.com",)
    assert described.phones == ("07700 900123",)
    assert described.valid_nhs_number == "9990000018"
    assert described.sex == "female"
    assert described.addresses[0].address == "Fareham"


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(ColumnsMissing, match="no column cluster, postcode"):
        evaluate(
            write(tmp_path / "labelled.csv", [], [name for name in COLUMNS if name not in ("cluster", "postcode")])
        )


def test_an_empty_file_has_no_columns(tmp_path):
    path = tmp_path / "labelled.csv"
    path.write_text("")
    with pytest.raises(ColumnsMissing):
        read(path)


def test_a_file_without_pairs_is_no_mistake(tmp_path):
    figures = evaluate(write(tmp_path / "labelled.csv", []))
    assert (figures["records"], figures["pairs"]) == (0, 0)


def test_a_record_without_a_cluster_is_nobody_elses(tmp_path):
    rows = [(record, "", *rest) for record, _, *rest in ROWS[:2]]
    figures = evaluate(write(tmp_path / "labelled.csv", rows))
    assert figures["pairs"] == 0
    assert figures["likely"]["precision"] == 0


def test_a_date_that_cannot_be_read_is_reported_as_the_work_goes_on(tmp_path):
    said = []
    evaluate(write(tmp_path / "labelled.csv", ROWS), progress=said.append)
    assert said[0] == "4 records, 1 dates of birth cannot be read"
