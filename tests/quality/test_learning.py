"""A theme is found twice, somebody has to change something, and a new sample shows whether it held."""

import pytest

from access.actor import NotYours, acting
from accounts.models import User
from quality.codes import Source
from quality.learning_counts import counts, found_twice
from quality.models import LearningAction, Retest, Sample
from quality.workflow import learning
from quality.workflow.themes import retire_theme
from sla.lengths import set_number
from tests.quality.learning_clocks import DAY as A_DAY
from tests.quality.learning_scenes import (
    Found,
    as_it_is,
    done,
    drawn,
    found,
    given,
    judged,
    theme_of,
)
from tests.stories import away, clock_of
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


# Found twice


def test_found_once_is_no_work_and_found_twice_is_the_quality_leads(clock, cast, reva, quinn):
    theme = found(reva)
    assert clock_of(theme, "QB1") is None
    found(reva, source=Source.PEER_SCRUTINY)
    assert clock_of(theme, "QB1").started_at == clock.at
    with acting(quinn):
        assert found_twice(clock.at) == {theme.pk: clock.at}


def test_an_action_answers_what_was_found_before_it_and_what_is_found_later_is_new(clock, cast, reva, quinn, connie):
    theme = found(reva, 2)
    action = given(quinn, connie)
    assert clock_of(theme, "QB1").stopped_by == "quality.open_action"
    found(reva, 3)
    assert clock_of(theme, "QB1").stopped_at
    action = learning.action_done(action, by=connie, evidence="Briefed")
    clock.shift(A_DAY)
    judged(quinn, drawn(reva, action))
    assert clock_of(theme, "QB1").stopped_at
    found(reva, 2)
    assert clock_of(theme, "QB1").stopped_at is None


def test_what_was_found_while_it_was_tested_again_asks_for_another_action(clock, cast, reva, quinn, connie):
    action = done(quinn, connie)
    clock.shift(A_DAY)
    theme = found(reva, 2)
    assert clock_of(theme, "QB1") is None
    second = clock.at
    clock.shift(A_DAY)
    judged(quinn, drawn(reva, action))
    assert clock_of(theme, "QB1").started_at == second


def test_an_action_that_is_not_needed_answers_nothing(clock, cast, reva, quinn, connie):
    theme = found(reva, 2)
    second = clock.at
    action = given(quinn, connie)
    clock.shift(A_DAY)
    learning.learning_not_needed(action, by=quinn, because="Opened twice")
    assert (clock_of(theme, "QB1").stopped_at, clock_of(theme, "QB1").started_at) == (None, second)


def test_how_many_quarters_are_looked_at_is_the_forces_to_set(clock, cast, reva, quinn, sue):
    found(reva)
    clock.shift(A_DAY * 40)  # the next quarter
    name = "Quarters within which a theme found twice asks for an action"
    set_number(name, by=sue, number=1, starts=clock.at, because="To begin with")
    theme = found(reva)
    assert clock_of(theme, "QB1") is None


def test_a_theme_that_is_retired_is_watched_no_more(clock, cast, reva, quinn):
    theme = found(reva, 2)
    retire_theme(theme, by=quinn, because="Another has taken its place")
    assert clock_of(theme, "QB1").stopped_at == clock.at


def test_counts_are_by_quarter_and_source_and_the_most_often_found_stands_first(clock, cast, reva, quinn):
    found(reva, 3, name="Other children")
    clock.shift(A_DAY * 40)
    found(reva, 2)
    found(reva, source=Source.PEER_SCRUTINY, name="Other children")
    with acting(quinn):
        first, second, *rest = counts(clock.at)
    assert (first.theme.name, first.quarters) == ("Voice of the child", [2, 0, 0, 0])
    assert (second.theme.name, second.quarters) == ("Other children", [1, 3, 0, 0])
    assert second.by_source == [("Review of a call", 3), ("Peer scrutiny of offender management", 1)]
    assert {each.twice_at is None for each in rest} == {True}


# An action


def test_an_action_is_opened_from_where_it_was_found_without_typing_it_again(cast, quinn, connie):
    scrutiny = Found()
    action = given(quinn, connie, asked_by=learning.AskedBy(Source.SCRUTINY_GROUP, scrutiny.pk, "SCG-000004"))
    assert (action.source, action.record, action.found_in) == ("scrutiny_group", scrutiny.pk, "SCG-000004")
    assert action.team.name == "Control room"


def test_an_action_says_what_and_whose(cast, quinn, connie):
    with pytest.raises(NotNow, match="what is to change"):
        given(quinn, connie, what=" ")
    with pytest.raises(NotNow, match="does not work for the police"):
        given(quinn, User(username="gone", is_active=False))


def test_its_owner_says_when_it_is_done_and_what_shows_it(cast, quinn, connie, reva, tess):
    action = given(quinn, connie)
    with pytest.raises(NotNow, match="Connie Control-Supervisor has it"):
        learning.action_done(action, by=quinn, evidence="It is")
    with pytest.raises(NotNow, match="what shows that it is done"):
        learning.action_done(action, by=connie, evidence=" ")
    away(connie, days=3, cover=tess)
    assert learning.action_done(action, by=tess, evidence="Briefed").done_by == tess


def test_who_has_nothing_to_do_with_an_action_does_not_see_it(cast, quinn, callie, olly, connie, fin):
    action = given(quinn, callie)
    for person, sees in ((callie, True), (connie, True), (olly, False), (fin, False), (quinn, True)):
        with acting(person):
            assert LearningAction.objects.filter(pk=action.pk).exists() == sees, person
    with pytest.raises(NotYours):
        learning.open_action(LearningAction(), by=olly, theme=theme_of(), what="Something", owner=callie, asked_by=None)


# The re-test


def test_a_new_sample_of_the_theme_is_drawn_once(cast, quinn, connie, reva):
    action = done(quinn, connie)
    retest = drawn(reva, action)
    assert retest.state == "drawn"
    with acting(reva):
        sample = Sample.objects.get(pk=retest.sample)
    assert (sample.reference, sample.kind, sample.theme) == (retest.sample_reference, "thematic", action.theme)
    assert (sample.size_asked, sample.because) == (10, f"Re-test of {action.reference}")
    with pytest.raises(NotNow, match="drawn once"):
        drawn(reva, action)


def test_where_there_is_nothing_to_draw_from_it_says_so_and_the_clock_runs_on(cast, quinn, connie, reva):
    action = done(quinn, connie)
    with pytest.raises(NotNow, match="nothing to draw from"):
        learning.draw_retest(Retest(), by=reva, action=action)
    assert clock_of(action, "Q7").stopped_at is None


def test_nobody_tests_their_own_work_again(cast, quinn, reva):
    action = done(quinn, reva)
    with pytest.raises(NotNow, match="You have done it"):
        drawn(reva, action)
    retest = drawn(quinn, action)
    with pytest.raises(NotNow, match="You have done it"):
        judged(reva, retest)
    judged(quinn, retest)
    assert (as_it_is(action).state, clock_of(action, "Q7").stopped_at is None) == ("held", False)


def test_what_did_not_hold_is_followed_by_another_action_at_once(clock, cast, quinn, connie, reva, tess):
    action = done(quinn, connie)
    retest = drawn(reva, action)
    with pytest.raises(NotNow, match="what is to change now"):
        judged(reva, retest, held=False)
    with pytest.raises(NotNow, match="who has what is to change now"):
        judged(reva, retest, held=False, follows=learning.Next("A prompt on the screen"))
    assert as_it_is(action).state == "done"
    judged(reva, retest, held=False, follows=learning.Next("A prompt on the screen", tess))
    following = as_it_is(action).followed_by
    assert (as_it_is(action).state, following.owner, following.state) == ("not_held", tess, "open")
    assert clock_of(following, "GV5L").started_at == clock.at


@pytest.mark.parametrize("wrong", [{"looked_at": 0}, {"found": 11}, {"found": -1}, {"result": " "}])
def test_a_retest_is_judged_by_numbers_that_can_be_and_words(cast, quinn, connie, reva, wrong):
    with pytest.raises(NotNow):
        judged(reva, drawn(reva, done(quinn, connie)), **wrong)
