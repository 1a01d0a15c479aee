"""Whoever is cut off is refused at the next request, each time: by whichever of the ways, whatever it holds."""

import itertools
import os

import pytest
from django.test import Client
from django.urls import reverse

from accounts.workflow import renew
from partners import workflow
from partners.models import AgencyAccount, AgencyPerson
from partners.workflow.access import cut_off_agency, cut_off_system, let_person_go
from partners.workflow.keeping import AgencyFacts
from tests.partners.agencies import a_person, a_system, ask_for_token
from tests.partners.scenes import an_agency

pytestmark = pytest.mark.django_db
TIMES = 1000 if os.environ.get("LONGSTOP_LONG") else 60
BECAUSE = "Somebody else has their secret"
ASKED = ["me/", "changes/", "disclosures/", "replies/"]


def system(agency, by):
    cut_off_system(AgencyAccount.objects.get(agency=agency), by=by, because=BECAUSE)


def everybody(agency, by):
    cut_off_agency(agency, by=by, because=BECAUSE)


def closing_the_agency(agency, by):
    facts = AgencyFacts(agency.name, agency.kind, agency.mailbox, agency.mailbox_is_secure, is_closed=True)
    workflow.change_agency(agency, facts, by=by)


WAYS = [system, everybody, closing_the_agency]


def test_the_next_request_after_a_cut_off_is_refused_a_thousand_times_of_a_thousand(cast):
    """`LONGSTOP_LONG=1` tries it a thousand times, otherwise 60."""
    sam, refused = cast["sam"], 0
    ways, asked = itertools.cycle(WAYS), itertools.cycle(ASKED)
    for number in range(TIMES):
        agency = an_agency(f"School {number}", "education")
        account, secret = a_system(agency, by=sam)
        name = f"ls_{account.account_id}"
        there = Client(headers={"Authorization": f"Bearer {ask_for_token(name, secret).json()['access_token']}"})
        address = f"/partners/v1/{next(asked)}"
        assert there.get(address).status_code == 200
        next(ways)(agency, sam)
        refused += there.get(address).status_code == 401
        assert ask_for_token(name, secret).status_code == 401
    assert refused == TIMES


def test_the_next_page_after_somebody_is_let_go_is_refused_though_they_are_signed_in(cast):
    sam = cast["sam"]
    for number in range(TIMES // 20):
        person = a_person(an_agency(f"School {number}", "education"), by=sam, username=f"amy{number}")
        there = Client()
        there.force_login(person.user)
        assert there.get(reverse("portal")).status_code == 200
        let_person_go(AgencyPerson.objects.get(pk=person.pk), by=sam, because="Left the school")
        assert there.get(reverse("portal")).status_code == 302


def test_of_an_agency_that_is_closed_nobody_sees_the_next_page(cast):
    school = an_agency("Vale School", "education")
    there = Client()
    there.force_login(a_person(school, by=cast["sam"]).user)
    assert there.get(reverse("portal")).status_code == 200
    closing_the_agency(school, cast["sam"])
    assert there.get(reverse("portal")).status_code == 403


def test_a_new_secret_ends_the_old_one_at_the_next_request(cast):
    account, old = a_system(an_agency(), by=cast["sam"])
    _, new = renew(account.account, by=cast["sam"], lasts=account.account.expires_at - account.account.created_at)
    name = f"ls_{account.account_id}"
    assert [ask_for_token(name, each).status_code for each in (old, new)] == [401, 200]
