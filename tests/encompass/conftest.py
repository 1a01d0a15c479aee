"""Schools in the county of the demo, the people who are told there, and a night on which the police were called."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from access.actor import System, signed
from encompass.models import KeyAdult
from encompass.workflow import keeping
from places.models import District, LocalAuthority, Postcode, School
from sla.calendar import local as by_the_clock


def a_school(urn: str, name: str, district=None, **said) -> School:
    usual = {"status": "open", "phase": "Primary", "kind": "Community school", "as_at": date(2026, 1, 1)}
    usual |= {"district": district, "placed_how": "postcode" if district else ""}
    return School.objects.create(urn=urn, name=name, **{**usual, **said})


@pytest.fixture
def friday_night(clock):
    """Friday 6 March 2026, 23:40."""
    clock.set(local(2026, 3, 6, 23, 40))
    return clock


@pytest.fixture
def vale(clock):
    with signed(System("test")):
        return LocalAuthority.objects.create(code="801", name="Vale", gss="E10000099")


@pytest.fixture
def northvale(vale):
    district = District.objects.create(gss="E07000901", name="Northvale", authority=vale)
    Postcode.objects.create(code="ZV1 1AA", district=district)
    return district


@pytest.fixture
def schools(northvale, vale, cast):
    """Two schools of one authority, each with a mailbox."""
    with signed(System("test")):
        lark = a_school("900001", "Larkfield Primary School", northvale, maintained_by=vale, postcode="ZV1 1AA")
        mill = a_school("900002", "Millbrook School", northvale, maintained_by=vale, phase="Secondary")
    for school in (lark, mill):
        has_a_lead(school, cast["cora"])
    return {"lark": lark, "mill": mill}


def has_a_lead(school, by, **said):
    usual = {"post": KeyAdult.Post.LEAD.value, "name": "Lena Lead", "phone": "01632 960001"}
    usual |= {"mailbox": f"dsl@{school.urn}.example", "authority": None, "mailbox_is_secure": True}
    about = {**usual, **said}
    about["mailbox_is_secure"] = about["mailbox_is_secure"] and bool(about["mailbox"])
    return keeping.keep_key_adult(by=by, school=school, **about)


@pytest.fixture
def lark(schools):
    return schools["lark"]


@pytest.fixture
def mill(schools):
    return schools["mill"]


def local(year, month, day, hour=0, minute=0):
    """A moment by the local clock."""
    return by_the_clock(date(year, month, day), datetime(2000, 1, 1, hour, minute).time()).astimezone(UTC)
