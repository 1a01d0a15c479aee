"""A profile is refused by the name of the field that is wrong; so is a number that does not say its source."""

import tomllib

import pytest

from simulator.numbers import BadProfile, laid_over
from simulator.reading import PROFILES, load, read


@pytest.fixture
def vale():
    return tomllib.loads((PROFILES / "vale.toml").read_text())


@pytest.mark.parametrize("name", ["vale", "june_2022.toml"])
def test_the_profiles_that_come_with_longstop_can_be_read(name):
    assert load(name).queues["mash"].team == "mash"


@pytest.mark.parametrize(
    ("where", "is_now", "said"),
    [
        (("arrivals", "notices", "per_day"), 110, "arrivals.notices.per_day: has no source"),
        (("arrivals", "notices", "per_day"), {"value": 110, "source": " "}, "arrivals.notices.per_day: has no source"),
        (("arrivals", "notices", "per_day"), {"value": -1, "source": "x"}, "arrivals.notices.per_day: is -1"),
        (("arrivals", "notices", "per_day"), {"value": "many", "source": "x"}, "per_day: has to be a number"),
        (("arrivals", "notices", "into"), "mesh", "arrivals.notices.into: there is no queue 'mesh'"),
        (("arrivals", "notices", "hours"), "never", "arrivals.notices.hours: names a shape 'never'"),
        (("queues", "mash", "order"), "newest", "queues.mash.order: is 'newest'"),
        (("queues", "mash", "team"), "nobody", "queues.mash.team: there is no team 'nobody'"),
        (("queues", "mash", "ordre"), "x", "queues.mash.ordre: is not known here"),
        (("teams", "mash", "weekdays"), {"value": [1], "source": "x"}, "teams.mash.weekdays: has to be a list of 24"),
        (
            ("teams", "mash", "leave"),
            {"value": 2, "source": "x"},
            "teams.mash.leave: is 2; it has to be between 0 and 1",
        ),
        (("arrivals", "notices", "kinds", "other", "share"), {"value": 0.5, "source": "x"}, "kinds: the shares add up"),
        (("extra",), {}, "extra: is not known here"),
    ],
)
def test_a_bad_profile_names_the_field(vale, where, is_now, said):
    *path, last = where
    table = vale
    for key in path:
        table = table[key]
    table[last] = is_now
    with pytest.raises(BadProfile, match=said.replace(".", r"\.").replace("(", r"\(")):
        read(vale)


def test_a_field_that_is_missing_is_named(vale):
    del vale["queues"]["triage"]["median_minutes"]
    with pytest.raises(BadProfile, match=r"queues\.triage\.median_minutes: is missing"):
        read(vale)


def test_a_number_that_is_laid_over_brings_its_own_source():
    one = {"a": {"b": {"value": 1, "source": "there"}, "c": "x"}}
    assert laid_over(one, {"a": {"b": {"value": 2}}}) == {"a": {"b": {"value": 2}, "c": "x"}}


def test_a_file_that_is_no_toml_is_refused(tmp_path):
    (tmp_path / "force.toml").write_text("a = ")
    with pytest.raises(BadProfile, match=r"force\.toml is no TOML"):
        load(tmp_path / "force.toml")


def test_no_backlog_of_the_day_of_the_inspection_is_written_into_a_profile():
    numbers = {694, 400, 696, 195, 993}

    def all_numbers(said):
        if isinstance(said, dict):
            return {number for each in said.values() for number in all_numbers(each)}
        return set(said) if isinstance(said, list) else {said} if isinstance(said, int | float) else set()

    for name in ("vale.toml", "june_2022.toml"):
        assert not numbers & all_numbers(tomllib.loads((PROFILES / name).read_text()))
