"""Every page, as each role sees it: who is let in, what is hidden, what is entered in the ledger."""

import pytest
from django.db import connections
from django.urls import reverse

from access.checks import every_page
from cases.workflow import restrict
from demo.people import CAST
from ppn import workflow
from ppn.models import Ppn
from tests.stories import as_seen_by, called_in, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def incident(clock, callie):
    return called_in(callie)


def addresses(ppn, incident):
    """Every page that a person can open, by name."""
    for _, callback in every_page():
        del callback
    plain = ["home", "deadlines", "my-absence", "board", "incident-new", "rows-to-check", "ppn-queue", "ppn-mine", "ppn-new"]
    about_ppn = ["ppn", "ppn-take", "ppn-put-back", "ppn-found-a-child", "ppn-assess", "ppn-share", "ppn-file"]
    steps = ["regrade", "reassess", "assign", "attend", "outcome", "close", "end"]
    yield from ((name, reverse(name)) for name in plain)
    yield from ((name, reverse(name, args=[ppn.pk])) for name in about_ppn)
    yield "incident", reverse("incident", args=[incident.pk])
    yield from ((f"incident-{step}", reverse(f"incident-{step}", args=[incident.pk])) for step in steps)


def test_smoke(client, cast, ppn, incident):
    for player in CAST:
        client.force_login(cast[player.username])
        for name, url in addresses(ppn, incident):
            response = client.get(url)
            assert response.status_code in (200, 403), (player.username, name, response.status_code)
