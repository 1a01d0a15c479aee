"""With the real register: the right school is found among 663, and a closed one never."""

from datetime import date

import pytest
from django.urls import reverse

from places.importing import load_schools
from places.models import School
from tests.conftest import SHARED_DATA
from tests.encompass.conftest import has_a_lead, local
from tests.encompass.scenes import raised_one, screened
from tests.places.conftest import TESTER

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SHARED_DATA.exists(), reason="the published files are not on this machine"),
]
OPEN = "schools_hants_portsmouth_southampton_iow_2022-04-25.csv"
RAW = "gias_hampshire_850_export_2022-04-20.csv.gz"


@pytest.fixture
def register(clock):
    clock.set(local(2026, 3, 6, 23, 40))
    load_schools(SHARED_DATA / OPEN, by=TESTER)
    load_schools(SHARED_DATA / RAW, by=TESTER)


def test_every_open_school_of_the_register_can_be_told(register, olly, cora):
    school = School.objects.open_on(date(2026, 3, 6)).exclude(telephone="").order_by("urn").first()
    has_a_lead(school, cora)
    sent = screened(raised_one(olly, school=school), olly)
    assert (sent.state, school.urn in sent.agency.name) == ("sent", True)


def test_names_of_agencies_fit_and_are_one_for_each_school(register):
    from encompass.schooling import LONGEST_NAME, _name

    names = [_name(school, None) for school in School.objects.all()]
    assert len(set(names)) == len(names)
    assert max(len(name) for name in names) <= LONGEST_NAME


def test_the_search_finds_an_open_school_by_name_and_by_postcode_and_offers_no_closed_one(register, client, olly, cora):
    closed = School.objects.filter(status="closed").order_by("urn").first()
    school = School.objects.open_on(date(2026, 3, 6)).exclude(postcode="").order_by("urn").first()
    notice = raised_one(olly)
    client.force_login(cora)
    for words in (school.name, school.postcode):
        text = client.get(reverse("encompass-find-school", args=[notice.pk]), {"q": words}).content.decode()
        assert f'value="{school.pk}"' in text
    text = client.get(reverse("encompass-find-school", args=[notice.pk]), {"q": closed.urn}).content.decode()
    assert f'name="school" value="{closed.pk}"' not in text
    assert "No open school on record is like" in text
