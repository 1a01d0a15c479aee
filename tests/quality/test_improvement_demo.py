"""The demonstration tells of six recommendations, each with its figures: one is met, and one stays red."""

import pytest

from access.actor import acting
from demo.chronicle import Chronicle
from demo.figures import Figures
from demo.quality_recommendations import TOLD, events
from demo.scene import Scene
from quality.measures import MEASURES
from quality.models import ImprovementAction, MeasureSnapshot, Recommendation
from tests.quality.scrutiny_scenes import TEST

pytestmark = pytest.mark.django_db


def test_six_recommendations_of_which_one_is_met_and_one_stays_red(clock, cast):
    scene = Scene(clock.at, Figures().scaled(0.01), cast, {})
    with acting(TEST):
        Chronicle(scene.ago(days=80), scene.now).live(events(scene), scene.now)
        told = {each.number: each for each in Recommendation.objects.all()}
        left = {each.what.split(" ")[0]: each.state for each in ImprovementAction.objects.all()}
        months = list(MeasureSnapshot.objects.filter(recommendation=told["1"]).order_by("month"))
    assert [told[each.number].timescale for each in TOLD] == [
        "immediately",
        "three_months",
        "six_months",
        "three_months",
        "three_months",
        "immediately",
    ]
    states = [told[each.number].state for each in TOLD]
    assert states == ["in_progress"] * 4 + ["ready_for_sign_off", "confirmed"]
    assert [each.number for each in told.values() if each.rag == "red"] == ["1"]
    assert [each.state for each in months] == ["complete", "to_comment"]
    assert left == {"Give": "open", "Ask": "open", "Say": "open", "Name": "closed"}


def test_each_names_figures_that_are_counted():
    assert {code for each in TOLD for code in each.measures} <= set(MEASURES)
