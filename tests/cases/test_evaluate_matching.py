"""How well the matching does is measured on any labelled file, by one command whose last line a machine can read."""

import json

import pytest
from django.core.management import CommandError, call_command

FILE = """record,cluster,first_name,surname,date_of_birth,address,postcode
1,a,Michael,Sedgefold,2013-09-30,51 Curlew Close,ZV4 4ZZ
2,a,Micheal,Sedgefold,2013-09-30,51 Curlew Close,ZV4 4ZZ
3,b,Ottilie,Wainfold,2016-01-02,9 Mill Lane,
4,c,Ottilie,Wainfold,1986-05-12,,ZV5 5ZZ
5,d,,,,,
"""


def test_the_last_line_says_how_well(tmp_path, capsys):
    file = tmp_path / "labelled.csv"
    file.write_text(FILE)
    call_command("evaluate_matching", str(file))
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(said) == {"records", "pairs", "likely", "candidates", "seconds"}
    assert (said["records"], said["pairs"]) == (5, 1)
    assert said["likely"] == {"precision": 1.0, "recall": 1.0}
    assert set(said["candidates"]) == {"precision", "recall", "per_record"}
    assert said["candidates"]["recall"] == 1.0


def test_a_file_that_is_not_one_says_what_is_missing(tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("record,first_name\n1,Ottilie\n")
    with pytest.raises(CommandError, match="cluster"):
        call_command("evaluate_matching", str(file))
    with pytest.raises(CommandError):
        call_command("evaluate_matching", str(tmp_path / "nowhere.csv"))
