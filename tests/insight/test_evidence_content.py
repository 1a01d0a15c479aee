"""What stands in a pack, held against the records that the test made."""

import pytest

from access.actor import acting, signed
from cases.workflow.cases import open_case, restrict
from history.replay import as_it_stood
from insight.backlog import truth
from insight.evidence_build import build_waiting
from insight.evidence_tables import as_text
from insight.figure_months import last_month
from insight.queues import QUEUES
from insight.workflow import evidence
from ppn.workflow import take
from tests.briefing import scenes as daily
from tests.conftest import MONDAY, hours
from tests.insight.evidence_scenes import (
    TEST,
    as_it_is,
    asked,
    case_added,
    drawn,
    forced,
    parts,
    prepared,
    store,  # noqa: F401 - fixture
    table,
    together,
)
from tests.insight.figure_kept import kept
from tests.quality.improvement_scenes import owned
from tests.stories import called_in, clock_of, submitted, swept
from tests.strategy.meetings import agreed, held, minuted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def late_notice(clock, olly, cora):
    """A notice that nobody reviewed in its time; taken a day and an hour after."""
    notice = submitted(olly)
    swept(clock, hours(25))
    return take(as_it_is(notice), by=cora)


def test_a_chronology_says_what_was_done_by_whom_and_who_was_told_by_which_clock(late_notice, clock, greta):
    clock.shift(hours(1))
    rows = table(prepared(greta, late_notice, profile="full"), f"cases/{late_notice.reference}")
    whens = [row["When"] for row in rows]
    assert whens == sorted(whens)
    assert rows[0]["When"].startswith("2026-03-02 09:00:00+00:00")
    taken = next(row for row in rows if row["Who"] == "Cora Co-ordinator" and "Told" not in row["What"])
    assert (taken["When"], taken["Their post then"]) == ("2026-03-03 10:00:00+00:00", "MASH co-ordinator")
    clock_row = next(row for row in rows if row["What"].startswith("Clock began") and "(P2)" in row["What"])
    assert clock_row["Codes"] == f"Due {as_text(clock_of(late_notice, 'P2').due_at)}"
    missed = [row for row in rows if row["What"].startswith("Deadline missed") and "(P2)" in row["What"]]
    assert [row["When"] for row in missed] == [as_text(clock_of(late_notice, "P2").due_at)]
    told = [row for row in rows if row["What"].startswith("Told.") and "(P2)" in row["What"]]
    assert {row["Who"] for row in told} >= {"Sam Sergeant"}
    assert all(row["Their post then"] for row in told)


def test_what_happened_after_its_moment_is_not_in_it(late_notice, clock, greta):
    rows = table(prepared(greta, late_notice, as_at=MONDAY + hours(2)), f"cases/{late_notice.reference}")
    assert rows
    assert max(row["When"] for row in rows) <= "2026-03-02 11:00:00+00:00"
    (deadline,) = [row for row in table(prepared(greta, late_notice), "sections/deadlines") if row["Code"] == "P2"]
    assert deadline["Missed"] == "1"


def test_missed_deadlines_are_counted_and_what_escalation_did_is_listed(late_notice, clock, greta):
    pack = prepared(greta, late_notice)
    (row,) = [each for each in table(pack, "sections/deadlines") if each["Code"] == "P2"]
    running = clock_of(late_notice, "P2")
    assert (row["Fell due"], row["Met"], row["Missed"]) == ("1", "0", "1")
    listed = [each for each in table(pack, "sections/escalations") if each["Code"] == "P2"]
    assert {each["Record"] for each in listed} == {late_notice.reference}
    assert {each["Due"] for each in listed} == {as_text(running.due_at)}
    assert len(listed) == int(row["People told"]) > 0


def test_queues_are_those_that_people_work_as_they_stood(late_notice, clock, olly, greta):
    submitted(olly)
    clock.shift(hours(3))
    at = clock.at
    pack = asked(greta)
    case_added(pack, greta, late_notice)
    clock.shift(hours(10))
    submitted(olly)
    rows = {row["Queue"]: row for row in table(together(pack, greta), "sections/queues")}
    assert set(rows) == {queue.name for queue in QUEUES.values()}
    notices = rows["Notices to review"]
    assert (notices["Waiting"], notices["Oldest (hours)"], notices["Came in the period"]) == ("2", "28.0", "2")
    with acting(TEST), as_it_stood(at):
        assert truth(QUEUES["notices"], at).total == 2
    assert rows["ViSOR hub"]["Oldest (hours)"] == "Nothing waited"


def sampled(pack):
    rows = table(pack, "sections/queue-samples")
    return [row["Record"] for row in rows if row["Queue"] == "Notices to review"]


def test_a_sample_of_each_queue_is_drawn_by_the_seed_and_is_the_same_again(clock, olly, greta, anya):
    notices = [submitted(olly) for _ in range(5)]
    clock.shift(hours(1))
    pack = asked(greta, sample_size=2)
    case_added(pack, greta, notices[0])
    first = [
        row["Record"] for row in table(together(pack, greta), "sections/queue-samples") if "Notices" in row["Queue"]
    ]
    assert len(first) == 2
    assert set(first) <= {each.reference for each in notices}
    evidence.send_evidence_back(as_it_is(pack), by=anya, because="Once more")
    again = [
        row["Record"] for row in table(together(pack, greta), "sections/queue-samples") if "Notices" in row["Queue"]
    ]
    assert again == first


def test_strategy_minutes_say_who_was_there_and_what_was_said(clock, sam, greta):
    meeting = minuted(held(agreed(sam), sam), sam, "The school keeps an eye on her.")
    clock.shift(hours(1))
    rows = table(prepared(greta, meeting, profile="full"), "sections/strategy-minutes")
    said = {(row["Part"], row["Who or what"], row["Said"]) for row in rows if row["Meeting"] == meeting.reference}
    assert ("Who was there", "Nell Nurse, Named nurse, Vale NHS", "was there") in said
    assert any(part == "Minutes" and "The school keeps an eye on her." in words for part, _, words in said)


def test_daily_meetings_say_what_was_decided_and_what_became_of_it(clock, cast, dmitri, greta, rosa):
    incident = daily.a_late_incident(cast)
    meeting = daily.opened(clock, dmitri)
    action = daily.acted_on(daily.item_of(meeting, incident), dmitri, rosa)
    clock.shift(hours(1))
    pack = prepared(greta, incident, profile="full")
    (counted,) = table(pack, "sections/daily-meetings")
    assert (counted["Meeting"], counted["Decided"], counted["Chair"]) == (meeting.reference, "1", str(dmitri))
    rows = table(pack, "sections/daily-minutes")
    assert [row["Said"] for row in rows if row["Part"] == "Decided"] == ["Somebody goes there today"]
    (to_do,) = [row for row in rows if row["Part"] == "To be done"]
    assert (to_do["What it is about"], to_do["Who"], to_do["Said"]) == (action.reference, str(rosa), action.what)


def test_recommendations_and_lengths_in_force_are_in_it(clock, callie, greta, chidi):
    recommendation = owned(greta, chidi)
    pack = prepared(greta, called_in(callie), profile="full")
    (row,) = table(pack, "sections/recommendations")
    assert (row["Recommendation"], row["Responsible"], row["Evidence"]) == (
        recommendation.reference,
        str(chidi),
        "No evidence yet",
    )
    policies = {each["What"]: each for each in table(pack, "sections/policies")}
    checked = policies["An evidence pack checked by a second person"]
    assert (checked["At the moment of the pack"], checked["Used by"]) == ("2 working days", "EV2")


def test_figures_of_the_period_and_of_each_month_that_was_kept(clock, callie, greta):
    figure = kept(month=last_month())
    pack = prepared(greta, called_in(callie), begins_on=last_month())
    (row,) = table(pack, "sections/figures-kept")
    assert (row["Code"], row["Counted"], row["Of"], row["Value"]) == (figure.code, "54", "100", "54 of 100 (54 %)")
    codes = [each["Code"] for each in table(pack, "sections/figures")]
    assert figure.code in codes
    assert len(codes) == len(set(codes)) > 50


def test_how_good_the_data_is(clock, callie, greta):
    call = called_in(callie, child="not_known")
    called_in(callie)
    clock.shift(hours(1))
    rows = {row["What"]: row for row in table(prepared(greta, call), "sections/data-not-known")}
    asked_of_child = rows["Incidents: is a child there?"]
    assert (asked_of_child["Not known or not linked"], asked_of_child["Of"], asked_of_child["Share"]) == (
        "1",
        "2",
        "50%",
    )


def restricted(record, only):
    """Of its case only one person may know."""
    with signed(TEST):
        case = record.case or open_case()
        type(record)._default_manager.filter(pk=record.pk).update(case=case)
    restrict(case, by=only, people=[only], because="A relative works for the force")
    return record


def test_what_whoever_prepares_may_not_see_is_counted_as_withheld_and_never_dropped(clock, cast, greta, sam):
    call = called_in(cast["callie"])
    hidden = restricted(called_in(cast["callie"]), sam)
    notice = restricted(submitted(cast["olly"], arises_from=call.pk), sam)
    meeting = restricted(agreed(sam), sam)
    clock.shift(hours(1))
    pack = asked(greta)
    draw = drawn(pack, greta)
    assert ([reference for reference, _ in draw.drawn_from], draw.restricted) == ([call.reference], 1)
    files = parts(together(pack, greta))
    for each in (hidden, notice, meeting):
        assert each.reference not in "".join(held.decode("utf-8", "replace") for held in files.values())
    (index,) = table(pack, "cases/draws")
    assert index["Restricted, not drawn"] == "1"
    rows = {row["What"]: row["How many"] for row in table(pack, "sections/withheld")}
    with acting(TEST):
        parts_of_it = notice.subjects.count()
    assert int(rows[f"Records and their parts, of the case {call.reference}"]) > parts_of_it
    assert rows["Strategy meetings of the period"] == "1"
    queues = {row["Queue"]: row for row in table(pack, "sections/queues")}
    reviewed = queues["Notices to review"]
    assert (reviewed["Waiting"], reviewed["Of them hidden from whoever prepared this"]) == ("1", "1")


def test_a_case_that_is_closed_to_whoever_prepares_while_it_is_put_together_stops_it(clock, cast, greta, sam):
    """It is not put together without that case, and says why."""
    call = called_in(cast["callie"])
    pack = asked(greta)
    case = case_added(pack, greta, call)
    evidence.put_evidence_together(as_it_is(pack), by=greta)
    restricted(call, sam)
    forced(case, case=as_it_is(call).case_id)
    build_waiting()
    pack = as_it_is(pack)
    assert (pack.state, pack.file_id) == ("asked", None)
    assert pack.trouble == "Whoever had it put together may not see every case of it any more"
