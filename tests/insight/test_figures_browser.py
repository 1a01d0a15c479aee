"""Figures in a real browser, on a phone and at a desk: every page is sound, every chart has its words and its table."""

from datetime import date

import pytest
from django.urls import reverse

from tests.insight.figure_kept import GREEN, kept
from tests.journeys.conftest import BOTH, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.stories import submitted

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    submitted(force["olly"])
    kept(GREEN, month=date(2026, 1, 1))
    figure = kept(month=date(2026, 2, 1))
    page = sign_in("alma")
    for name, keys in (
        ("force", []),
        ("figures", []),
        ("figure", [figure.code]),
        ("monthlyfigure", [figure.pk]),
        ("monthlysnapshot", [figure.snapshot_id]),
        ("figures-red", []),
    ):
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, name, BOTH)
    page.goto(live_server.url + reverse("figures") + "?kept=1")
    page.get_by_text("Month by month").first.click()
    is_sound(page, "figures of a kept month", BOTH)
    charts = page.get_by_role("img", name="month by month")
    assert charts.count() >= 1
    page.get_by_text("The same as a table").first.click()
    assert page.locator("#table-priority_attended_in_the_hour").get_by_text("54 of 100 (54 %)").is_visible()
    assert complaints() == []
