"""What is marked with a warning in tests, in words: an address, a number, a person, and what is seen of it."""

from datetime import date, timedelta

from access.actor import System, acting, signed
from cases.markers import markers_for
from cases.models import PlaceMarker
from cases.places import address_of
from cases.workflow import markers, people
from tests.households import HERE, TOLD

TODAY = date(2026, 3, 2)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
BORN = date(2018, 1, 5)
NUMBER = "07700 900461"
WARNS = {"kind": "high_risk_da", "note": "", "starts": None, "ends": None, "source": TOLD}


def place(home=HERE):
    with signed(System("test")):
        return address_of(home.address, home.postcode)


def mark(address, by, **said):
    return markers.mark_address(PlaceMarker(), by=by, address=address, **{**WARNS, **said})


def mark_number(number, by, **said):
    return markers.mark_number(PlaceMarker(), by=by, number=number, **{**WARNS, **said})


def warn(person, by, kind="high_risk_da", starts=None, ends=None, source=TOLD):
    return people.add_warning(person, by=by, kind=kind, starts=starts, ends=ends, source=source)


def has_phone(person, by, number=NUMBER, source=TOLD):
    return people.add_phone(person, by=by, number=number, safe="no", source=source)


def shown(by, address=None, **asked):
    with acting(by):
        return markers_for(address=address, **asked)


def labels(by, address=None, **asked):
    return [(each.about, each.label) for each in shown(by, address, **asked)]


def only(model, **which):
    with acting(System("test")):
        return model.objects.get(**which)
