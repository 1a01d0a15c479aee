"""The clocks of visits and assessments go on from what was there before: a visit before sentence, the days of the old
record, what was learned; and whoever decides reads the whole of what was written."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse

from access.actor import System
from offenders.workflow import nominals, visits
from offenders.workflow.intelligence import assess_intelligence
from offenders.workflow.registrations import Held, sentenced
from sla.engine import sweep
from sla.models import Clock
from tests.offenders.register_scenes import before_sentence, conviction, taken_over
from tests.offenders.scenes import managed
from tests.offenders.visit_scenes import (
    anew,
    approval_of,
    approved,
    assessed_by,
    plan_sent,
    tried_in_vain,
    visited,
)
from tests.offenders.watch_scenes import heard
from tests.sla.made import raised
from tests.stories import clock_of

pytestmark = pytest.mark.django_db
OF_A_VISIT = {"RS12", "RS14"}


def of_a_visit(nominal):
    return OF_A_VISIT & set(Clock.running().filter(record=nominal.pk).values_list("deadline", flat=True))


def in_court(nominal, hana, clock):
    about = {"external_system": "ViSOR", "external_ref": "V-1", "requirements": [conviction()]}
    return sentenced(anew(nominal), by=hana, notified_at=clock.at, **about)


def test_a_visit_before_sentence_is_the_first_and_no_other_is_waited_for(clock, omar, hana):
    nominal = before_sentence(omar, omar)
    assert of_a_visit(nominal) == set()
    assert visits.purpose_of_next(nominal) == "first"
    visited(nominal, omar)
    at = clock.at
    assert (anew(nominal).state, anew(nominal).first_visited_at) == ("pre_sentence", at)
    clock.shift(timedelta(days=10))
    in_court(nominal, hana, clock)
    assert (anew(nominal).state, of_a_visit(nominal)) == ("active", {"RS14"})
    assert clock_of(nominal, "RS14").due_at == at + timedelta(days=92)


def test_without_one_the_first_visit_is_waited_for_from_the_sentence(clock, omar, hana):
    nominal = before_sentence(omar, omar)
    clock.shift(timedelta(days=10))
    in_court(nominal, hana, clock)
    assert of_a_visit(nominal) == {"RS12"}
    assert clock_of(nominal, "RS12").due_at == clock.at + timedelta(days=15)


def test_whoever_was_managed_before_is_visited_by_the_days_of_the_old_record(clock, omar, hana):
    held = Held(
        first_visited_on=date(2025, 6, 1),
        last_visited_on=date(2026, 1, 10),
        assessed_on=date(2025, 2, 1),
        risk="very_high",
        interval_days=40,
    )
    nominal = taken_over(hana, omar, held=held)
    assert of_a_visit(nominal) == {"RS14"}
    assert (nominal.interval_for, clock_of(nominal, "RS14").due_at.date()) == ("very_high", date(2026, 2, 19))
    assert clock_of(nominal, "RS13").due_at.date() == date(2026, 2, 1)
    sweep()
    assert [people for *_, people in raised(nominal.pk, "RS14")] == [["omar"], ["stella"], ["imran"], ["dmitri"]]


def test_whoever_the_old_record_never_saw_is_waited_for(clock, omar, hana):
    assert of_a_visit(taken_over(hana, omar)) == {"RS12"}


def test_what_was_learned_asks_for_an_assessment(clock, omar, stella):
    nominal = managed(stella, omar)
    approved(assessed_by(nominal, omar), stella)
    item = heard(anew(nominal), omar)
    assess_intelligence(item, by=omar, means="He has found a child to groom", reassess="yes")
    assert "He has found a child to groom" in anew(nominal).reassess_because
    assert clock_of(nominal, "RS13").due_at == clock.at + timedelta(days=21)


def test_what_was_learned_of_somebody_managed_reactively_asks_for_a_visit(clock, omar, stella):
    nominal = managed(stella, omar)
    visited(nominal, omar)
    nominals.made_reactive(anew(nominal), by=System("test"))
    clock.shift(timedelta(days=50))
    heard(anew(nominal), omar)
    assert of_a_visit(nominal) == {"RS12"}
    assert clock_of(nominal, "RS12").due_at == clock.at + timedelta(days=15)


def test_of_somebody_who_died_nothing_of_this_waits(clock, omar, stella):
    nominal = managed(stella, omar)
    visited(nominal, omar)
    clock.shift(timedelta(hours=1))
    tried_in_vain(nominal, omar)
    approved(assessed_by(nominal, omar), stella)
    nominals.died(anew(nominal), by=stella, died_on=clock.at.date(), how_known="The coroner rang")
    left = set(Clock.running().filter(record=nominal.pk).values_list("deadline", flat=True))
    assert not {code for code in left if code.startswith(("RS12", "RS13", "RS14", "RS15"))}


def page_of_the_approval(client, who, record):
    client.force_login(who)
    return unescape(client.get(reverse("approval", args=[approval_of(record).pk])).content.decode())


def test_a_supervisor_reads_the_whole_and_what_has_changed(client, clock, omar, stella):
    nominal = managed(stella, omar)
    approved(visited(nominal, omar, household="Nobody else"), stella)
    clock.shift(timedelta(hours=1))
    visit = visited(nominal, omar, household="A woman and her boy", children_seen="yes", children="Rowan, six, silent")
    shown = page_of_the_approval(client, stella, visit)
    for said in ("Rowan, six, silent", "A child was seen", "Who else was there: Nobody else → A woman and her boy"):
        assert said in shown, said
    approved(assessed_by(nominal, omar, "low"), stella)
    assessment = assessed_by(nominal, omar, "high")
    shown = page_of_the_approval(client, stella, assessment)
    for said in ("Overall: Low → High", "Seen at the visit: opportunity", "The plan must do something about it"):
        assert said in shown, said
    approved(plan_sent(nominal, omar), stella)
    approved(assessment, stella)


def test_the_quality_of_a_plan_stands_before_whoever_decides(client, clock, omar, stella):
    nominal = managed(stella, omar)
    shown = page_of_the_approval(client, stella, plan_sent(nominal, omar, interval_days=200))
    for said in ("out of 100", "Say which assessment the plan answers", "Longer than the tariff for this risk"):
        assert said in shown, said
