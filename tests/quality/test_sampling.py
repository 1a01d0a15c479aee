"""Samples are drawn by chance that anybody can repeat, each month, of everybody, and never stop in silence."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from access.actor import NotYours, System, acting, signed
from accounts.models import Posting
from ppn.workflow import reopen
from quality.codes import Kind, Of
from quality.kinds import KINDS, strata_of
from quality.models import Sample, Sampled, ThemeNote
from quality.sampling_found import Days
from quality.workflow.monthly import draw_due, last_month, without_a_sample
from quality.workflow.peer import graded_items, note_peer_themes, rounds
from quality.workflow.samples import draw, the_draw
from sla.lengths import set_number
from tests.missing.scenes import searched_for
from tests.offenders.hub_scenes import a_round, graded
from tests.offenders.scenes import managed
from tests.ppn.scenes import child, written
from tests.quality.sampling_scenes import (
    MARCH,
    as_it_is,
    calls_in_february,
    drawn_of,
    every,
    filed_in_february,
    reviewed,
    reviews_of,
    the,
    theme,
)
from tests.stories import away, called_in, submitted
from tests.strategy.test_pages import text
from workflow.transitions import NotNow

IN_THE_DATABASE = pytest.mark.django_db
HIGH = "Notices waiting above which half as many are sampled"


# Drawing


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        (date(2026, 3, 1), date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 3, 31), date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 1, 1), date(2025, 12, 1), date(2026, 1, 1)),
    ],
)
def test_the_month_before(day, first, after):
    assert last_month(day) == Days(first, after)


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=lambda kind: kind.code)
def test_every_kind_of_record_has_its_groups_and_every_kind_of_sample_its_criteria(kind):
    assert kind.criteria
    assert all(strata_of(kind.code, of) for of in kind.work)
    assert kind.usual in Of


@IN_THE_DATABASE
def test_two_calls_of_each_call_taker_are_drawn_once_however_often_it_is_asked(clock, callie, reva):
    calls_in_february(clock, callie)
    (drawn,) = drawn_of("call_review")
    assert (drawn.whose, drawn.size_asked, drawn.size_drawn, len(drawn.drawn_from)) == (callie, 2, 2, 3)
    assert sorted(each.record_reference for each in reviews_of(drawn)) == sorted(the_draw(drawn))
    assert {(each.author, each.reviewer, each.state) for each in reviews_of(drawn)} == {(callie, reva, "to_review")}
    assert draw_due() == 0
    clock.shift(timedelta(days=9))  # and on every night of the month
    assert draw_due() == 0
    assert len(every(Sample)) == 1


@IN_THE_DATABASE
def test_what_is_drawn_while_the_reviewer_is_away_goes_to_somebody_who_is_there(clock, callie, reva, quinn):
    calls_in_february(clock, callie)
    away(reva, days=3, cover=quinn)
    (drawn,) = drawn_of("call_review")
    assert {review.reviewer for review in reviews_of(drawn)} == {quinn}


@IN_THE_DATABASE
def test_a_call_with_a_child_one_where_nobody_knows_and_one_without_are_told_apart(clock, callie):
    for answer in ("yes", "no", "no", "not_known"):
        calls_in_february(clock, callie, 1, child=answer)
    (drawn,) = drawn_of("call_review")
    groups = dict(drawn.drawn_from)
    assert sorted(groups.values()) == ["no", "no", "not_known", "yes"]
    assert {groups[each] for each in the_draw(drawn)} == {"yes", "not_known"}


@IN_THE_DATABASE
def test_whoever_took_one_call_has_one_reviewed_and_the_sample_says_so(client, clock, callie, greta):
    calls_in_february(clock, callie, 1)
    (drawn,) = drawn_of("call_review")
    assert (drawn.size_asked, drawn.size_drawn) == (2, 1)
    client.force_login(greta)
    assert "2 asked, 1 could be drawn" in text(client.get(drawn.get_absolute_url()))


@IN_THE_DATABASE
@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (datetime(2026, 1, 31, 23, 59, 59, 999999, tzinfo=UTC), False),
        (datetime(2026, 2, 1, tzinfo=UTC), True),
        (datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC), True),
        (datetime(2026, 3, 1, tzinfo=UTC), False),
    ],
)
def test_a_month_begins_and_ends_at_midnight(clock, callie, at, counts):
    clock.set(at)
    called_in(callie)
    clock.set(MARCH)
    assert len(drawn_of("call_review")) == counts


@IN_THE_DATABASE
def test_notices_that_were_filed_are_drawn_by_the_officers_grade(clock, olly, cora, sam, reva):
    ppn = filed_in_february(clock, olly, cora, sam)
    (drawn,) = drawn_of("dip_sample")
    assert (drawn.whose, drawn.drawn_from) == (cora, [[ppn.reference, "amber"]])
    (review,) = reviews_of(drawn)
    assert (review.author, review.reviewer, review.case_id) == (cora, reva, ppn.case_id)


@IN_THE_DATABASE
def test_one_that_was_opened_again_is_not_drawn(clock, olly, cora, sam):
    reopen(filed_in_february(clock, olly, cora, sam), by=sam, because="More is known")
    assert drawn_of("dip_sample") == []
    assert the(Sampled, kind="thematic").whose is None


@IN_THE_DATABASE
def test_when_the_queue_is_high_half_are_drawn_rounded_up_and_the_sample_says_why(
    clock, olly, cora, sam, ines, greta, client
):
    filed_in_february(clock, olly, cora, sam)
    set_number(HIGH, by=ines, number=1, starts=clock.at, because="To see")
    for name in ("Poppy Sallowfold", "Tom Sallowfold"):
        written(olly, child(name))
    (drawn,) = drawn_of("dip_sample")
    assert (drawn.size_asked, drawn.size_drawn) == (3, 1)
    assert drawn.halved_because == "2 notices waited for review, more than 1: half of 5, rounded up"
    client.force_login(greta)
    assert drawn.halved_because in text(client.get(drawn.get_absolute_url()))


@IN_THE_DATABASE
def test_half_of_one_is_one_and_calls_are_never_halved(clock, olly, callie, cora, sam, ines):
    filed_in_february(clock, olly, cora, sam)
    calls_in_february(clock, callie)
    set_number(HIGH, by=ines, number=1, starts=clock.at, because="To see")
    set_number(str(KINDS[Kind.DIP_SAMPLE].size.name), by=ines, number=1, starts=clock.at, because="To see")
    for name in ("Poppy Sallowfold", "Tom Sallowfold"):
        written(olly, child(name))
    assert [each.size_asked for each in drawn_of("dip_sample")] == [1]
    assert [each.size_asked for each in every(Sample, kind="call_review")] == [2]


# By hand


@IN_THE_DATABASE
def test_somebody_draws_a_theme_across_everybody(clock, callie, olly, quinn):
    called_in(callie)
    submitted(olly)
    drawn = draw("thematic", by=quinn, theme=theme(), of="notice", size=4)
    assert (drawn.whose, drawn.theme, drawn.drawn_by, drawn.size_asked, drawn.size_drawn) == (
        None,
        theme(),
        quinn,
        4,
        1,
    )
    again = draw("call_review", by=quinn, because="Was it learned?")
    assert [each.author for each in reviews_of(again)] == [callie]


@IN_THE_DATABASE
def test_children_who_were_missing_are_drawn_by_their_risk_for_whoever_took_the_report(cast, quinn):
    episode = searched_for(cast)
    drawn = draw("thematic", by=quinn, theme=theme("Nothing done for a missing child"), of="episode")
    (review,) = reviews_of(drawn)
    assert (review.record_reference, review.case_id) == (episode.reference, episode.case_id)
    assert drawn.drawn_from == [[episode.reference, episode.risk]]
    assert review.author is not None


@IN_THE_DATABASE
@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"kind": "everything", "because": "x"}, "Choose what is drawn"),
        ({"kind": "thematic"}, "why it is drawn, or choose a theme"),
        ({"kind": "call_review", "of": "episode", "because": "x"}, "Choose a kind of record"),
        ({"kind": "thematic", "size": 0, "because": "x"}, "at least one"),
        ({"kind": "thematic", "because": "x"}, "nothing to draw from"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(clock, quinn, asked, says):
    with pytest.raises(NotNow, match=says):
        draw(**asked, by=quinn)
    assert every(Sample) == []


@IN_THE_DATABASE
@pytest.mark.parametrize("name", ["greta", "sue", "callie", "chidi"])
def test_nobody_else_draws(cast, name):
    called_in(cast["callie"])
    with pytest.raises(NotYours):
        draw("call_review", by=cast[name], because="To see")


# Nothing stops in silence


@IN_THE_DATABASE
def test_whoever_worked_and_has_no_sample_stands_on_the_wall_by_name_until_it_is_drawn(
    client, clock, callie, cora, olly, sam, quinn
):
    filed_in_february(clock, olly, cora, sam)
    calls_in_february(clock, callie)
    assert {person for _, person in without_a_sample()} == {callie, cora}
    client.force_login(quinn)
    assert "Callie Contact" in text(client.get(reverse("quality-sampling")))
    assert client.post(reverse("quality-draw-due")).url == reverse("quality-register")
    assert without_a_sample() == []
    assert "Everybody's work of last month was drawn from" in text(client.get(reverse("quality-sampling")))


@IN_THE_DATABASE
def test_a_month_without_work_is_said_once_and_whoever_has_left_is_drawn_from_no_longer(clock, callie, cora):
    calls_in_february(clock, callie)
    draw_due()
    clock.set(datetime(2026, 4, 1, 4, 20, tzinfo=UTC))
    for _ in range(2):
        assert draw_due() == 0
    sampled = the(Sampled, whose=callie)
    assert (sampled.state, sampled.nothing_said) == (
        "going_on",
        "None of this work was done from 1 March 2026 to before 1 April 2026",
    )
    with signed(System("test")):
        Posting.objects.filter(person=callie).update(ends=clock.at)
    clock.set(datetime(2026, 5, 1, 4, 20, tzinfo=UTC))
    draw_due()
    assert as_it_is(sampled).state == "ended"


@IN_THE_DATABASE
def test_whoever_comes_back_is_drawn_from_again(clock, callie):
    calls_in_february(clock, callie)
    draw_due()
    with signed(System("test")):
        Posting.objects.filter(person=callie).update(ends=clock.at)
    for month in (4, 5):
        clock.set(datetime(2026, month, 1, 4, 20, tzinfo=UTC))
        draw_due()
    with signed(System("test")):
        Posting.objects.filter(person=callie).update(ends=None)
    called_in(callie)
    clock.set(datetime(2026, 6, 1, 4, 20, tzinfo=UTC))
    assert draw_due() == 1
    assert the(Sampled, whose=callie).state == "going_on"


@IN_THE_DATABASE
def test_a_sample_is_drawn_again_by_a_command_that_says_whether_it_is_the_same(clock, callie):
    calls_in_february(clock, callie)
    (drawn,) = drawn_of("call_review")
    said = StringIO()
    call_command("redraw", drawn.reference, stdout=said)
    assert [*the_draw(drawn), "The same records as were drawn."] == said.getvalue().splitlines()[1:]
    with signed(System("test")):
        Sample.objects.filter(pk=drawn.pk).update(drawn_from=drawn.drawn_from[:1])
    with pytest.raises(CommandError, match="not the records that were drawn"):
        call_command("redraw", drawn.reference, stdout=StringIO())
    with pytest.raises(CommandError, match="no sample QA-0"):
        call_command("redraw", "QA-0")


# Peer scrutiny, where it is


@IN_THE_DATABASE
def test_peer_scrutiny_is_a_source_in_figures_without_a_name(clock, hana, omar, seb, reva, olly):
    _, item = a_round(managed(hana, omar, "Conrad Fernfold"))
    with pytest.raises(NotNow, match="a record that was graded"):
        note_peer_themes(item.reference, by=reva, themes=[theme()])
    item = graded(item, seb)
    line = next(each for each in rounds() if each.reference in item.reference)  # the next one begins by itself
    assert (line.drawn, line.graded, line.open_actions) == (1, 1, 1)
    assert graded_items() == [(item.reference, "Requires improvement")]
    with pytest.raises(NotNow, match="at least one theme"):
        note_peer_themes(item.reference, by=reva, themes=[])
    with pytest.raises(NotYours):
        note_peer_themes(item.reference, by=olly, themes=[theme()])
    (note,) = note_peer_themes(item.reference, by=reva, themes=[theme("Plan not written for this person")])
    assert (note.source, note.reference, graded_items()) == ("peer_scrutiny", line.reference, [])


@IN_THE_DATABASE
def test_a_theme_that_was_found_is_counted_for_those_who_see_quality(clock, callie, reva, greta):
    calls_in_february(clock, callie)
    (drawn,) = drawn_of("call_review")
    reviewed(reviews_of(drawn)[0], reva)
    with acting(greta):
        assert [note.source for note in ThemeNote.objects.all()] == ["call_review"]
