"""How good a plan is, is counted from criteria that anybody can read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenders.quality import PlanText, TaskText, empty_pillars, has_own_words, quality_of
from offenders.stock_phrases import STOCK_PHRASES, is_stock, plain

DUE = datetime(2026, 5, 1, tzinfo=UTC)
PILLARS = {"supervision": "Supervision", "monitoring": "Monitoring and control"}
OWN = [
    TaskText("supervision", "Ask each month whom he met at the angling club, and ring its secretary", "Omar", DUE),
    TaskText("monitoring", "Look through the tablet in the kitchen when no child is there", "Omar", DUE),
]


def plan(**said):
    whole = {
        "pillars": PILLARS,
        "tasks": OWN,
        "priorities": ["Opportunity"],
        "answers_an_assessment": True,
        "contingency": "Ring the duty sergeant",
        "licence_conditions": "None",
        "interval_because": "He drank again",
    }
    return PlanText(**{**whole, **said})


def worth_of(text):
    return {each.name: each.got for each in quality_of(text).criteria}


def test_all_of_it_is_a_hundred():
    whole = plan(priorities=["Tablet"])
    assert (quality_of(whole).score, quality_of(whole).missing) == (100, [])
    assert sum(each.worth for each in quality_of(whole).criteria) == 100


def test_nothing_is_nothing_and_says_what_to_do():
    empty = PlanText(pillars=PILLARS, tasks=[])
    assert quality_of(empty).score == 0
    assert "Say what is done under: Supervision, Monitoring and control" in quality_of(empty).missing


@pytest.mark.parametrize(
    ("said", "lost", "missing"),
    [
        ({"tasks": OWN[:1]}, 15, "Say what is done under: Monitoring and control"),
        ({"priorities": ["Emotional regulation"]}, 15, "No task names: Emotional regulation"),
        ({"contingency": " "}, 10, "Say what happens if it goes wrong"),
        ({"licence_conditions": ""}, 5, "Write the licence conditions, or “none”"),
        ({"interval_because": ""}, 5, "Say why you visit as often as that"),
        ({"answers_an_assessment": False}, 15, "Say which assessment the plan answers"),
    ],
)
def test_what_each_lack_costs(said, lost, missing):
    base = quality_of(plan(priorities=[])).score
    found = quality_of(plan(**{"priorities": [], **said}))
    assert missing in found.missing
    assert base - found.score >= lost


def test_a_task_without_an_owner_or_a_date_costs_half():
    half = [OWN[0], TaskText("monitoring", OWN[1].what, "", None)]
    assert worth_of(plan(tasks=half))["Each task says who does it and by when"] == 5


@pytest.mark.parametrize(
    ("what", "shared", "own"),
    [
        ("Monitor", False, False),
        ("  Regular VISITS. ", False, False),
        ("Ring his sister", False, False),
        ("Ring his sister on Sundays", False, True),
        ("Ring his sister on Sundays", True, False),
        ("", False, False),
    ],
)
def test_whose_words_a_task_is_in(what, shared, own):
    assert has_own_words(TaskText("monitoring", what, "Omar", DUE, shared)) is own


def test_a_reason_fills_a_pillar_and_an_empty_one_does_not():
    assert empty_pillars(plan(tasks=[], not_applicable={"supervision": "In hospital for good"})) == [
        "Monitoring and control"
    ]
    assert empty_pillars(plan(tasks=[], not_applicable={"supervision": "  ", "monitoring": ""})) == list(
        PILLARS.values()
    )


def test_the_list_of_stock_phrases_is_written_as_it_is_compared():
    assert {plain(each) for each in STOCK_PHRASES} == STOCK_PHRASES
    assert is_stock("As per Policy!")


TEXTS = st.sampled_from(["Monitor", "", "Ring his sister on Sundays", "Ask the school about his nephew"])
ANY_TASK = st.builds(
    TaskText, st.sampled_from([*PILLARS, "gone"]), TEXTS, st.sampled_from(["", "Omar"]), st.sampled_from([None, DUE]),
    st.booleans(),
)  # fmt: skip
ANY_PLAN = st.builds(
    PlanText,
    pillars=st.sampled_from([PILLARS, {}]),
    tasks=st.lists(ANY_TASK, max_size=5),
    not_applicable=st.dictionaries(st.sampled_from([*PILLARS, "gone"]), TEXTS),
    priorities=st.lists(st.sampled_from(["Opportunity", "Support from others"]), max_size=2),
    answers_an_assessment=st.booleans(),
    contingency=TEXTS,
    licence_conditions=TEXTS,
    interval_because=TEXTS,
)


@given(ANY_PLAN)
def test_whatever_is_written_the_score_is_between_nought_and_a_hundred(text):
    quality = quality_of(text)
    assert 0 <= quality.score <= 100
    assert all(0 <= each.got <= each.worth for each in quality.criteria)
    assert (quality.score == 100) == (not quality.missing and bool(text.tasks)) or not text.tasks


@given(ANY_PLAN)
def test_an_empty_pillar_never_scores_whole(text):
    if empty_pillars(text):
        assert quality_of(text).score < 100
