"""No address, number or name of a real person, and nothing of the machine it was written on."""

import re

import pytest

from tests.house.sources import texts

MADE_BY_A_TOOL = ("package-lock.json", "requirements", "static/build/")
INVENTED_DOMAINS = re.compile(r"(^|\.)(example|invalid|test|localhost|local)$|(^|\.)example\.(com|org|net|co\.uk)$")
ADDRESS = re.compile(r"\b[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})\b")
NUMBER = re.compile(r"(?<![\w.:/+-])(?:\+44[ -]?\(?0?\)?|0)([1-9](?:[ -]?\d){8,9})(?![\d-])")
DRAMA = re.compile(
    r"^(11[3-8]4960|1[2-6]14960|1914980|1632960|2079460|2896496|2920180|7700900|8081570|9098790|3069990)"
)
THIS_FILE = "tests/house/test_no_real_people.py"
PLACES = re.compile(r"(?<![\w.~-])/(?:work|root|home|Users)/")
REGISTRIES = re.compile(
    r"https?://[^\s\"']*(?:pypi|pythonhosted|npmjs|registry|artifactory|nexus|jfrog)", re.IGNORECASE
)


def _files():
    return [(name, text) for name, text in texts() if not name.startswith((*MADE_BY_A_TOOL, THIS_FILE))]


def test_every_mail_address_is_invented():
    found = {
        (name, address.group(0))
        for name, text in _files()
        for address in ADDRESS.finditer(text)
        if not INVENTED_DOMAINS.search(address.group(1).lower())
    }
    assert found == set()


def test_every_telephone_number_is_one_kept_for_drama():
    found = {
        (name, number.group(0))
        for name, text in _files()
        for number in NUMBER.finditer(text)
        if not DRAMA.match(re.sub(r"\D", "", number.group(1)))
    }
    assert found == set()


@pytest.mark.parametrize("pattern", [PLACES, REGISTRIES], ids=["places", "registries"])
def test_no_file_names_a_place_on_somebodys_machine_or_a_registry(pattern):
    found = [
        (name, number)
        for name, text in texts()
        if name != THIS_FILE
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("sample", ["020 7946 0123", "07700 900461", "+44 7700 900461", "01632 960001"])
def test_a_number_for_drama_is_known_as_one(sample):
    assert DRAMA.match(re.sub(r"\D", "", NUMBER.search(sample).group(1)))


@pytest.mark.parametrize("sample", ["0207 123 4567", "07911 123456", "+44 20 7123 4567", "02380 123456"])
def test_any_other_number_is_found(sample):
    assert not DRAMA.match(re.sub(r"\D", "", NUMBER.search(sample).group(1)))
