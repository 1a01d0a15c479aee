"""M5: children came back, and nobody saw them, heard them or wrote it down."""

import pytest

from access.actor import NotYours, acting
from missing import workflow
from missing.models import MissingNotice
from missing.workflow import notices
from tests.conftest import hours, minutes
from tests.missing import returns
from tests.missing.every_clock import TEST
from tests.missing.scenes import found, interviewed, searched_for
from tests.sla.made import MOMENT, raised
from tests.stories import away, submitted, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
REASON = "The notice of yesterday says it"


@pytest.fixture
def back(cast):
    """A girl at medium risk came home by herself."""
    return found(searched_for(cast), cast["olly"], found_by="returned")


def told(episode, code, since):
    return [((at - since) / minutes(1), people) for _, _, at, people in raised(episode.pk, code)]


def test_that_nobody_has_seen_her_is_told_to_each_by_name(clock, back):
    since = clock.at
    swept(clock, hours(8) + MOMENT)
    assert told(back, "MC13", since) == [(192, ["rosa"]), (240, ["rashid"]), (480, ["dmitri"])]


def test_with_the_inspector_away_his_cover_is_told(clock, cast, back):
    since = clock.at
    away(cast["rashid"], days=7, cover=cast["carl"])
    swept(clock, hours(4) + MOMENT)
    assert told(back, "MC13", since) == [(192, ["rosa"]), (240, ["carl"])]


def test_that_there_is_no_notice_is_told_too(clock, cast, back):
    since = clock.at
    interviewed(back, cast["olly"])
    swept(clock, hours(24) + MOMENT)
    assert told(back, "MC14", since) == [(720, ["rosa"]), (1440, ["rashid"])]


def test_and_that_nobody_asked_for_a_return_interview(clock, cast, back):
    since = clock.at
    interviewed(back, cast["olly"])
    swept(clock, hours(48) + MOMENT)
    assert told(back, "MC15", since) == [(720, ["maya"]), (1440, ["milo"]), (2880, ["ines"])]


def test_the_time_counts_from_when_she_was_found_and_not_from_when_it_was_written_down(clock, cast):
    episode = searched_for(cast)
    clock.shift(hours(6))
    since = clock.at - hours(5)
    episode = found(episode, cast["olly"], found_at=since)
    swept(clock, MOMENT)
    assert told(episode, "MC13", since) == [(192, ["rosa"]), (240, ["rashid"])]


def test_found_is_not_closed_without_somebody_who_saw_her(cast, back):
    with pytest.raises(NotNow, match="cannot be done now"):
        workflow.close(back, by=cast["rosa"], no_ppn_because=REASON)


def test_that_no_officer_sees_her_an_inspector_answers_for_with_a_reason(cast, back):
    with pytest.raises(NotYours):
        workflow.let_nobody_see(back, by=cast["rosa"], because="Her school saw her")
    with pytest.raises(NotNow):
        workflow.let_nobody_see(back, by=cast["rashid"], because=" ")
    assert workflow.let_nobody_see(back, by=cast["rashid"], because="Seen by her teacher at nine").not_seen_because


def everybody_told(cast, episode):
    with acting(TEST):
        waiting = list(MissingNotice.objects.filter(episode=episode, state="to_send"))
    for notice in waiting:
        notices.not_sent(notice, by=cast["olly"], because="Told by telephone")


def test_nor_without_a_notice_or_a_reason_and_a_return_interview_that_was_asked_for(cast, back):
    episode = interviewed(back, cast["olly"])
    everybody_told(cast, episode)
    with pytest.raises(NotNow, match="There is no PPN"):
        workflow.close(episode, by=cast["rosa"], no_ppn_because=" ")
    with pytest.raises(NotNow, match="return interview"):
        workflow.close(episode, by=cast["rosa"], no_ppn_because=REASON)
    returns.asked(cast["maya"], episode)
    with pytest.raises(NotYours):
        workflow.close(episode, by=cast["olly"], no_ppn_because=REASON)
    assert workflow.close(episode, by=cast["rosa"], no_ppn_because=REASON).state == "closed"


def test_with_a_notice_no_reason_is_asked(clock, cast, back):
    episode = interviewed(back, cast["olly"])
    submitted(cast["olly"], arises_from=episode.pk)
    everybody_told(cast, episode)
    returns.asked(cast["maya"], episode)
    assert workflow.close(episode, by=cast["rosa"], no_ppn_because="").state == "closed"


def test_that_nobody_closes_it_is_told_as_well(clock, cast, back):
    interviewed(back, cast["olly"])
    since = clock.at
    swept(clock, hours(48) + MOMENT)
    assert told(back, "MCC", since) == [(1440, ["rosa"]), (2880, ["rashid"])]


def test_it_is_complete_only_once_what_she_told_is_read_into_the_record(cast, back):
    episode = interviewed(back, cast["olly"])
    everybody_told(cast, episode)
    request = returns.asked(cast["maya"], episode)
    workflow.close(episode, by=cast["rosa"], no_ppn_because=REASON)
    request = returns.came(request, cast["maya"])
    assert returns.as_it_is(episode).state == "closed"
    returns.read(request, cast["maya"])
    assert returns.as_it_is(episode).state == "complete"
