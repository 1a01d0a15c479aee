"""Whether domestic abuse meets the criteria of a MARAC: each criterion at its boundary, and judgement never lowers."""

from datetime import UTC, date, datetime

import pytest

from access.actor import acting
from ppn.marac import TICKS, Criterion, criteria
from ppn.models import DomesticAbuse
from ppn.workflow import AbuseAssessment
from sla.lengths import set_number
from tests.conftest import MONDAY
from tests.ppn.scenes import written
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
NOTHING = {"ticks": None, "judgement": "", "events": None, "last_marac_on": None, "honour_based": "not_known"}


def met(**said):
    return criteria(**{**NOTHING, **said}, today=TODAY, at=MONDAY)


def test_nothing_known_meets_nothing(clock):
    assert met() == []


@pytest.mark.parametrize(
    ("said", "criterion"),
    [
        ({"ticks": 14}, Criterion.VISIBLE),
        ({"judgement": "He has found her twice"}, Criterion.JUDGEMENT),
        ({"events": 3}, Criterion.ESCALATION),
        ({"last_marac_on": date(2025, 3, 2)}, Criterion.REPEAT),
        ({"honour_based": "yes"}, Criterion.HONOUR),
    ],
)
def test_each_criterion_on_its_boundary(clock, said, criterion):
    assert met(**said) == [criterion]


@pytest.mark.parametrize(
    "said",
    [
        {"ticks": 13},
        {"ticks": 0},
        {"judgement": "  "},
        {"events": 2},
        {"last_marac_on": date(2025, 3, 1)},
        {"honour_based": "no"},
    ],
)
def test_one_step_short_of_it_is_not_met(clock, said):
    assert met(**said) == []


@pytest.mark.parametrize("ticks", [0, 1, 13, 14])
def test_judgement_adds_and_few_ticks_take_nothing_away(clock, ticks):
    assert set(met(ticks=ticks)) <= set(met(ticks=ticks, judgement="I do not believe that she is safe"))
    assert Criterion.JUDGEMENT in met(ticks=ticks, judgement="I do not believe that she is safe")


def test_a_force_that_takes_another_number_of_ticks(clock, sue):
    set_number(TICKS.name, by=sue, number=10, starts=MONDAY, because="Our partnership takes ten")
    assert met(ticks=10) == [Criterion.VISIBLE]
    assert met(ticks=9) == []


def test_what_was_met_then_is_kept_with_the_notice(clock, olly):
    abuse = AbuseAssessment(tool="dash", ticks=14, honour_based="yes")
    ppn = written(olly, types=["domestic_abuse"], da_risk="high", abuse=abuse)
    clock.set(datetime(2028, 1, 1, tzinfo=UTC))
    with acting(olly):
        assert DomesticAbuse.objects.get(ppn=ppn).marac == ["visible", "honour"]


def test_ticks_are_of_a_checklist(clock, olly):
    with pytest.raises(NotNow, match="DASH or DARA"):
        written(olly, types=["domestic_abuse"], da_risk="high", abuse=AbuseAssessment(ticks=14))
