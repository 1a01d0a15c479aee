"""Months that are kept: once, as the records stood, and never changed; what is red is explained and acted on."""

from datetime import UTC, date, datetime, timedelta
from html import unescape
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from access.actor import NotYours, System, acting, signed
from access.time import today
from cases.workflow.cases import restrict
from insight.figure_months import last_month
from insight.models import FigureExport, MonthlyFigure, MonthlySnapshot
from insight.workflow.figure_exports import export_figures
from insight.workflow.figures import explain_figure, keep_last_month
from ppn.models import Ppn
from quality.models import ImprovementAction
from quality.workflow.improvement_actions import give_figure_action
from sla.models import Clock
from tests.conftest import hours
from tests.insight.figure_kept import GREEN, kept
from tests.stories import submitted
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")
WHY = "Two supervisors were away; cover is there since Monday"


def running(code):
    return set(Clock.running().filter(deadline=code).values_list("reference", flat=True))


def acted_on(figure, by):
    about = {"what": "A second car at weekends", "owner": by, "due_on": today() + timedelta(days=9)}
    return give_figure_action(ImprovementAction(), by=by, figure=figure.code, **about)


def test_a_month_is_kept_once_as_its_records_stood_when_it_ended(clock, olly):
    clock.set(datetime(2026, 3, 31, 22, 59, 59, 999999, tzinfo=UTC))  # the last moment of March by the local clock
    first = submitted(olly)
    clock.set(datetime(2026, 3, 31, 23, tzinfo=UTC))
    submitted(olly)
    clock.shift(hours(30))
    with signed(TEST):
        Ppn.objects.filter(pk=first.pk).update(assessed_at=clock.at)
    assert keep_last_month() is True
    assert keep_last_month() is False
    with acting(TEST):
        month = MonthlySnapshot.objects.get()
        figures = {each.code: each for each in month.figures.all()}
    assert (month.month, month.as_at) == (date(2026, 3, 1), datetime(2026, 3, 31, 22, 59, 59, 999999, tzinfo=UTC))
    assert figures["notices_received"].counted == 1
    assert figures["notices_waiting"].counted == 1
    assert figures["approvals_rerouted"].said == "Cannot be counted"
    before = figures["notices_received"].said
    with signed(TEST):
        Ppn.objects.filter(pk=first.pk).update(submitted_at=clock.at)
    with acting(TEST):
        assert MonthlyFigure.objects.get(code="notices_received").said == before


def test_nobody_changes_a_month_that_is_kept(clock, cast):
    figure = kept()
    for changed in ({"counted": 90}, {"rag": "green", "red_months": 0}, {"said": "90 of 100"}, {"target": 10}):
        with signed(TEST), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            MonthlyFigure.objects.filter(pk=figure.pk).update(**changed)
    with signed(TEST), pytest.raises(DatabaseError, match=r"append-only|permission"), transaction.atomic():
        MonthlySnapshot.objects.update(taken_at=clock.at)


def test_a_month_that_is_not_over_is_not_kept(clock, cast):
    with pytest.raises(NotNow):
        kept(month=date(2026, 3, 1))


def test_whoever_answers_for_a_red_figure_says_why_and_nobody_else(clock, cast, carl, chidi, alma, sue):
    figure = kept()
    assert running("GV3F") == {figure.reference}
    with pytest.raises(NotNow):
        explain_figure(figure, by=chidi, comment=WHY)
    with pytest.raises(NotYours):
        explain_figure(figure, by=alma, comment=WHY)
    explained = explain_figure(figure, by=carl, comment=WHY)
    assert (explained.state, explained.commented_by) == ("complete", carl)
    assert running("GV3F") == set()
    with signed(TEST), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        MonthlyFigure.objects.filter(pk=figure.pk).update(comment="It was not")


def test_red_two_months_running_with_no_action_climbs_until_something_is_done(clock, cast, carl):
    january = kept(month=date(2026, 1, 1))
    assert (january.red_months, january.no_action_since) == (1, None)
    february = kept(month=date(2026, 2, 1))
    assert (february.red_months, february.no_action_since) == (2, clock.at)
    assert running("GV3N") == {february.reference}
    acted_on(february, carl)
    assert running("GV3N") == set()


def test_a_green_month_ends_the_count(clock, cast):
    kept(month=date(2025, 12, 1))
    kept(GREEN, month=date(2026, 1, 1))
    assert kept(month=date(2026, 2, 1)).red_months == 1


def test_with_an_action_open_nothing_climbs_and_without_one_it_goes_on_from_the_first_month(clock, cast, carl):
    kept(month=date(2026, 1, 1))
    february = kept(month=date(2026, 2, 1))
    clock.set(datetime(2026, 4, 2, 9, tzinfo=UTC))
    march = kept(month=date(2026, 3, 1))
    assert (march.red_months, march.no_action_since) == (3, february.no_action_since)
    assert running("GV3N") == {march.reference}


def test_the_next_month_is_owed_the_day_after_it_ends(clock, cast):
    kept(month=date(2026, 1, 1))
    february = kept(month=date(2026, 2, 1))
    (clock_of,) = Clock.running().filter(deadline="GV3M")
    assert clock_of.record == february.snapshot_id
    assert clock_of.due_at == datetime(2026, 4, 1, 23, tzinfo=UTC)


@pytest.mark.parametrize("form", ["csv", "ods"])
def test_a_file_says_who_took_it_and_what_for_and_is_on_record(clock, cast, anya, hettie, form):
    with acting(TEST):
        snapshot = kept().snapshot
    about = {"snapshot": snapshot, "format": form, "purpose": "=cmd, for the board", "for_whom": "The board"}
    with acting(anya):
        export, content = export_figures(by=anya, **about)
    text = _inside(content) if form == "ods" else content.decode("utf-8-sig")
    for words in ("Anya", "'=cmd, for the board", "The board", export.reference, "54 of 100"):
        assert words in text.replace("&apos;", "'")
    with acting(TEST):
        assert FigureExport.objects.get().sha256 == export.sha256
    with pytest.raises(NotYours), acting(hettie):
        export_figures(by=hettie, **about)
    with signed(TEST), pytest.raises(DatabaseError, match=r"append-only|permission"), transaction.atomic():
        FigureExport.objects.update(purpose="Another")


def _inside(content):
    import io

    return unescape(ZipFile(io.BytesIO(content)).read("content.xml").decode())


def test_figures_leave_for_nobody_without_a_purpose(clock, cast, anya):
    with pytest.raises(NotNow), acting(anya):
        export_figures(by=anya, snapshot=None, format="csv", purpose=" ", for_whom="The board")


def said(client, user, name, *keys, query=""):
    client.force_login(user)
    answer = client.get(reverse(name, args=keys) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return unescape(answer.content.decode())


def test_the_analyst_keeps_last_month_by_hand(clock, client, anya):
    assert "Keep the figures of February 2026" in said(client, anya, "figures")
    assert client.post(reverse("figures-keep")).status_code == 302
    page = client.get(reverse("figures"), {"kept": "1"}).content.decode()
    assert "February 2026, as the records stood" in page
    assert page.count('<svg class="app-chart"') == page.count('id="table-')
    with acting(TEST):
        assert MonthlySnapshot.objects.get().month == last_month()


def test_the_chief_officer_sees_the_force_on_one_page(clock, client, olly, alma):
    submitted(olly)
    clock.shift(hours(30))
    page = said(client, alma, "force")
    assert "Notices that wait for review" in page
    assert "1 day 6 hours ago" in page


def test_rows_that_somebody_may_not_see_are_counted_and_not_shown(clock, client, olly, ines, anya):
    notice = submitted(olly)
    assert notice.reference in said(client, anya, "figure", "notices_waiting")
    with acting(TEST):
        case = notice.case
    restrict(case, by=ines, people=[ines], because="A parent works for the force")
    page = said(client, anya, "figure", "notices_waiting")
    assert notice.reference not in page
    assert "And 1 that you may not see." in page


def test_the_inspector_reads_and_changes_nothing(clock, client, hettie):
    figure = kept()
    pages = [("force",), ("figures",), ("figure", figure.code), ("figures-red",), ("figure-exports",)]
    for name, *keys in [*pages, ("monthlyfigure", figure.pk), ("monthlysnapshot", figure.snapshot_id)]:
        said(client, hettie, name, *keys)
    for name, *keys in [
        ("figures-keep",),
        ("figures-export",),
        ("monthlyfigure-explain", figure.pk),
        ("monthlyfigure-action", figure.pk),
    ]:
        assert client.post(reverse(name, args=keys)).status_code == 403


def test_a_figure_shows_its_definition_its_months_and_what_is_done(clock, client, carl):
    figure = kept()
    acted_on(figure, carl)
    page = said(client, carl, "figure", figure.code)
    for words in (
        "60 minutes",
        "At least 75 %",
        "A second car at weekends",
        "Nobody has said why it is red",
        "54 of 100",
    ):
        assert words in page
    assert said(client, carl, "figure", figure.code, query="?month=2026-02").count("February 2026") > 1
    client.force_login(carl)
    assert client.get(reverse("figure", args=["no-such"])).status_code == 404


def test_what_was_typed_is_not_lost_when_it_is_refused(clock, client, anya, carl):
    figure = kept()
    client.force_login(anya)
    answer = client.post(reverse("figures-export"), {"format": "ods", "for_whom": "The board", "purpose": ""})
    assert answer.status_code == 422
    assert "The board" in answer.content.decode()
    client.force_login(carl)
    assert client.post(reverse("monthlyfigure-explain", args=[figure.pk]), {"comment": ""}).status_code == 422
    assert client.post(reverse("monthlyfigure-explain", args=[figure.pk]), {"comment": WHY}).status_code == 302


def test_the_wall_shows_what_is_red_too_long(clock, client, alma):
    kept(month=date(2026, 1, 1))
    kept(month=date(2026, 2, 1))
    assert "Red 2 months running" in said(client, alma, "figures-red")
