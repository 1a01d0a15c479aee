"""The description of the partner API: served to everybody, current, and what the client knows."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings as site
from django.test import Client
from longstop_partner import records

from access.checks import every_endpoint
from partners.api import answers, versions
from partners.api.base import AgencyApi
from partners.api.changes import WHAT
from partners.api.disclosures import FIELDS
from partners.api.replies import FIELDS as REPLY_FIELDS
from partners.api.schema import Described, description, page
from tests.partners.agencies import TOKEN, as_system
from tests.partners.scenes import an_agency

SCHEMA, ME = "/partners/v1/schema/", "/partners/v1/me/"
FILE = Path(site.BASE_DIR) / "docs" / "openapi.yaml"
CALLED_OTHERWISE = {"etag", "raw", "was_repeated"}
"""What the client adds of its own."""


def test_it_is_there_without_a_token_and_is_what_the_file_says(client):
    answer = client.get(SCHEMA)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vnd.oai.openapi+json;version=3.1")
    assert answer.json() == yaml.safe_load(FILE.read_text())
    assert answer.json()["openapi"] == "3.1.0"
    refused = Client(enforce_csrf_checks=True).post(SCHEMA)
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")


def test_the_file_is_current():
    assert FILE.read_text() == page(), "run make docs"


def test_every_endpoint_for_partners_says_what_it_is_and_no_other_is_named():
    views = {"/" + where.replace("<str:", "{").replace(">", "}"): view for where, view in every_endpoint()}
    ours = {where: view for where, view in views.items() if issubclass(view, AgencyApi)}
    assert {*ours, TOKEN, SCHEMA} == set(description()["paths"])
    assert {type(vars_of(view)) for view in ours.values()} == {Described}


def vars_of(view):
    return next(vars(each)["schema"] for each in view.__mro__ if "schema" in vars(each))


def test_every_operation_has_a_name_of_its_own_and_says_in_words_what_it_is_for():
    operations = [each for where in description()["paths"].values() for each in where.values()]
    names = [each["operationId"] for each in operations]
    assert len(names) == len(set(names))
    assert all(each["summary"] and each["description"] for each in operations)


def test_the_fields_of_an_answer_are_those_that_are_written():
    assert set(answers.Disclosure().fields) == set(FIELDS)
    assert set(answers.Reply().fields) == set(REPLY_FIELDS)
    assert [value for value, _ in answers.WHAT_CHANGED] == list(WHAT.values())


@pytest.mark.parametrize("name", ["Me", "Disclosure", "Document", "Change", "Changes", "Reply"])
def test_the_client_has_every_field_of_the_description_and_no_other(name):
    known, forms = getattr(records, name), description()["components"]["schemas"]
    described = set(forms[name]["properties"]) | ({"kind"} if name == "Me" else set())  # which agency, in one line
    properties = {each for each, found in vars(known).items() if isinstance(found, property)}
    assert {*(each.name for each in fields(known)), *properties} - CALLED_OTHERWISE == described


SINCE, UNTIL = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 4, 1, tzinfo=UTC)
V2 = "https://longstop.police.example/partners/v2/"


@pytest.mark.django_db
def test_while_the_version_is_in_force_no_answer_says_that_it_ends(clock, ines, client):
    answers_of = [as_system(an_agency(), by=ines).get(ME), client.get(ME), client.get(SCHEMA), client.get(TOKEN)]
    assert not any({"Deprecation", "Sunset", "Link"} & {*each.headers} for each in answers_of)


@pytest.mark.django_db
def test_each_answer_of_a_deprecated_version_says_since_when_until_when_and_what_replaces_it(
    clock, ines, client, monkeypatch
):
    monkeypatch.setattr(versions, "V1", versions.Version("v1", SINCE, UNTIL, V2))
    system = as_system(an_agency(), by=ines)
    first = system.get(ME)
    same = system.get(ME, headers={"If-None-Match": first["ETag"]})
    assert same.status_code == 304
    for answer in (first, same, client.get(ME), client.get(SCHEMA), client.get(TOKEN), client.post(TOKEN)):
        assert answer["Deprecation"] == "@1798761600"
        assert answer["Sunset"] == "Sat, 01 Apr 2028 00:00:00 GMT"
        assert answer["Link"] == f'<{V2}>; rel="successor-version"'


def test_the_description_of_a_deprecated_version_says_so(monkeypatch):
    monkeypatch.setattr(versions, "V1", versions.Version("v1", SINCE, UNTIL, V2))
    description.cache_clear()
    try:
        assert description()["paths"][ME]["get"]["deprecated"] is True
    finally:
        description.cache_clear()


def test_a_version_does_not_end_sooner_than_agencies_were_promised():
    for until in (SINCE + timedelta(days=364), None):
        with pytest.raises(ValueError, match="v1"):
            versions.Version("v1", SINCE, until, V2)
    with pytest.raises(ValueError, match="what replaces it"):
        versions.Version("v1", SINCE, UNTIL)
