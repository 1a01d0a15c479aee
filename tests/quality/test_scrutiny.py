"""The scrutiny group meets each quarter, over cases that were drawn, on papers that name nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from access.actor import NotYours, acting
from cases.drawing import sample
from cases.workflow.cases import restrict
from quality.anonymity import addresses_in, names_in
from quality.models import ScrutinyMeeting, ScrutinyPaper, ThemeNote
from quality.scrutiny_cases import MOST_URGENT_FIRST, end_of_quarter, quarter_before
from quality.scrutiny_chronology import proposed
from quality.scrutiny_report import proposed_report
from quality.workflow import scrutiny, scrutiny_papers
from sla.lengths import set_number
from tests.households import HERE, on_record
from tests.missing.scenes import reported
from tests.quality.improvement_scenes import forced
from tests.quality.scrutiny_scenes import (
    REPORT,
    TEST,
    TEXT,
    TUESDAY,
    added,
    as_it_is,
    asked_of,
    checked,
    drawn,
    found,
    held,
    kim,
    of_the_quarter,
    paper_of,
    papers_sent,
    planned,
    prepared,
)
from tests.stories import as_seen_by, away, submitted
from workflow.transitions import NotNow

DB = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "first", "end"),
    [
        (date(2026, 4, 14), date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 1, 1), date(2025, 10, 1), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2026, 7, 1), date(2026, 10, 1)),
    ],
)
def test_a_meeting_looks_at_the_quarter_before(day, first, end):
    assert (quarter_before(day), end_of_quarter(first)) == (first, end)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Child 1 told the response officer", []),
        ("anya example hid", ["Anya Example"]),
        ("Anya hid under the stairs", ["Anya Example"]),
        ("Mrs Example opened", ["Anya Example"]),
        ("An example of good work", []),
        ("The Officer asked again", []),
        ("Olly asked again", ["Olly Officer"]),
    ],
)
def test_a_name_is_found_whole_or_in_part_and_a_post_is_no_name(text, named):
    assert names_in(text, ["Anya Example", "Olly Officer", "Not known"]) == named


def test_an_address_is_found():
    assert addresses_in("at 12 Example Street, VA1 2BC, on 3 occasions") == ["12 Example Street", "VA1 2BC"]


@DB
def test_the_next_meeting_is_always_owed_once(clock, cast):
    meeting = scrutiny.ensure_meeting()
    assert (scrutiny.ensure_meeting(), meeting.state, meeting.counts_from) == (meeting, "wanted", clock.at)


@DB
def test_a_meeting_is_planned_for_a_day_that_is_to_come(clock, chidi):
    with pytest.raises(NotNow, match="still to come"):
        planned(chidi, meets_at=clock.at)
    meeting = planned(chidi)
    assert (meeting.state, meeting.chair, meeting.quarter_from) == ("planned", chidi, date(2026, 1, 1))


@DB
@pytest.mark.parametrize("name", ["reva", "quinn", "sam", "sue", "connie"])
def test_nobody_but_the_chair_plans_it(cast, name):
    with pytest.raises(NotYours):
        planned(cast[name])


@DB
def test_whoever_covers_for_the_chair_plans_it(cast, chidi, ines):
    away(chidi, days=5, cover=ines)
    assert planned(ines).chair == ines


@DB
def test_cases_of_the_quarter_are_drawn_one_of_each_kind_and_anybody_draws_the_same_again(clock, cast, chidi, imran):
    name = "Cases drawn for a meeting of the scrutiny group"
    set_number(name, by=imran, number=3, starts=clock.at, because="A short meeting")
    for grade in ("red", "red", "green", "green"):
        of_the_quarter(cast["olly"], grade)
    episode = reported(cast["callie"])
    not_filed = submitted(cast["olly"])
    meeting = scrutiny.draw_cases(planned(chidi), by=chidi)
    with acting(TEST):
        papers = list(meeting.papers.order_by("number"))
    rows = [tuple(each) for each in meeting.drawn_from]
    assert len(rows) == 5
    assert not_filed.reference not in dict(rows)
    assert [each.record_reference for each in papers] == sample(meeting.seed, rows, 3, MOST_URGENT_FIRST)
    assert {each.stratum.split(",")[0] for each in papers} == {"Notice", "Missing"}
    assert episode.reference in [each.record_reference for each in papers]
    with pytest.raises(NotNow, match="drawn already"):
        scrutiny.draw_cases(meeting, by=chidi)


@DB
def test_where_there_is_nothing_to_draw_that_is_said(cast, chidi):
    with pytest.raises(NotNow, match="Nothing of that quarter"):
        scrutiny.draw_cases(planned(chidi), by=chidi)


def add(meeting, chidi, reference, because="Two agencies asked for it", every_member_may=""):
    about = {"because": because, "every_member_may": every_member_may}
    return scrutiny_papers.add_case(ScrutinyPaper(), by=chidi, meeting=as_it_is(meeting), reference=reference, **about)


@DB
def test_the_chair_adds_a_case_for_a_reason_and_leaves_one_out_for_a_reason(cast, chidi):
    meeting = drawn(cast)
    other = submitted(cast["olly"])
    with pytest.raises(NotNow, match="why the group is to look at it"):
        add(meeting, chidi, other.reference, because=" ")
    with pytest.raises(NotNow, match="No notice"):
        add(meeting, chidi, "PPN-999999")
    paper = add(meeting, chidi, other.reference.lower())
    assert (paper.number, paper.added_because) == (2, "Two agencies asked for it")
    with pytest.raises(NotNow, match="already"):
        add(meeting, chidi, other.reference)
    with pytest.raises(NotNow, match="why the group does not"):
        scrutiny_papers.leave_case_out(paper, by=chidi, because="")
    assert scrutiny_papers.leave_case_out(paper, by=chidi, because="In court now").state == "left_out"


@DB
def test_a_restricted_case_is_not_drawn_and_is_added_only_by_whoever_may_see_it_and_answers_for_all(cast, chidi, ines):
    ppn = of_the_quarter(cast["olly"])
    case = as_seen_by(ines, ppn).case
    restrict(case, by=ines, people=[ines, chidi], because="A member of staff is involved")
    meeting = planned(chidi)
    with pytest.raises(NotNow, match="Nothing of that quarter"):
        scrutiny.draw_cases(meeting, by=chidi)
    with pytest.raises(NotNow, match="why every member"):
        add(meeting, chidi, ppn.reference)
    paper = add(meeting, chidi, ppn.reference, every_member_may="Nobody of the group works with them")
    assert paper.restricted_said


@DB
def test_a_case_that_is_restricted_after_it_was_drawn_does_not_go_out(cast, chidi, ines):
    meeting = drawn(cast)
    paper = paper_of(meeting)
    checked(paper, cast)
    added(meeting, cast["connie"], chidi)
    with acting(ines):
        case = as_it_is(paper).case
    restrict(case, by=ines, people=[ines], because="A member of staff is involved")
    with pytest.raises(NotNow, match="Only named people may see Case 1"):
        scrutiny.send_papers(as_it_is(meeting), by=chidi)


@DB
def test_a_first_chronology_names_posts_and_numbers_and_nobody(cast, reva):
    paper = paper_of(drawn(cast))
    with acting(reva):
        text = proposed(paper)
    assert "Child 1: seen: yes; spoken to: yes" in text
    assert "An officer has seen a child or an adult at risk (Response officer)" in text
    assert names_in(text, ["Anya Example", "Olly Officer"]) == []


@DB
@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"text": " "}, "what happened"),
        ({"text": "Anya hid"}, "Take out what says who it is about: Anya Example"),
        ({"text": "Called to 12 Example Street"}, "12 Example Street"),
        ({"how_recorded": "By Olly"}, "Olly Officer"),
        ({"how_recorded": ""}, "how it is recorded"),
        ({"child_observed": ""}, "Say whether the child was observed"),
    ],
)
def test_a_paper_says_what_was_done_and_names_nobody(cast, reva, said, refusal):
    with pytest.raises(NotNow, match=refusal):
        prepared(paper_of(drawn(cast)), reva, **said)


@DB
def test_whoever_lives_with_the_child_is_not_named_either(cast, reva, cora):
    child = on_record(cora, "Kezia Fernleigh", born=date(2012, 5, 4), home=HERE)
    on_record(cora, "Marta Brackenhurst", home=HERE, said_to_be_child="no")
    episode = reported(cast["callie"], child)
    paper = add(planned(cast["chidi"]), cast["chidi"], episode.reference)
    with pytest.raises(NotNow, match="Take out what says who it is about: Marta Brackenhurst"):
        prepared(paper, reva, text="Child 1 went out after a quarrel with Marta.")


@DB
def test_a_paper_is_checked_by_a_second_person_and_again_after_a_change(cast, reva, quinn):
    paper = prepared(paper_of(drawn(cast)), reva)
    with pytest.raises(NotNow, match="somebody else checks it"):
        scrutiny_papers.check_paper(paper, by=reva)
    paper = scrutiny_papers.check_paper(paper, by=quinn)
    assert (paper.state, paper.checked_by) == ("checked", quinn)
    paper = prepared(paper, quinn, text=f"{TEXT} The school was told.")
    assert (paper.state, paper.checked_by) == ("prepared", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        forced(paper, checked_by=quinn, checked_at=paper.prepared_at)


@DB
def test_papers_go_out_whole_checked_and_to_somebody(cast, chidi):
    meeting = planned(chidi)
    with pytest.raises(NotNow, match="There is no case"):
        scrutiny.send_papers(meeting, by=chidi)
    add(meeting, chidi, submitted(cast["olly"]).reference)
    with pytest.raises(NotNow, match="Not checked by a second person yet: Case 1"):
        scrutiny.send_papers(as_it_is(meeting), by=chidi)
    checked(paper_of(meeting), cast)
    with pytest.raises(NotNow, match="Nobody is of the group yet"):
        scrutiny.send_papers(as_it_is(meeting), by=chidi)
    added(meeting, cast["connie"], chidi)
    meeting = scrutiny.send_papers(as_it_is(meeting), by=chidi)
    assert meeting.closes_at == TUESDAY + timedelta(days=10)
    with pytest.raises(NotNow, match="papers have been sent"):
        prepared(paper_of(meeting), cast["reva"])


@DB
def test_a_member_is_of_the_force_or_let_in_and_is_so_once(cast, chidi, connie, sam):
    meeting = planned(chidi)
    person = kim(sam)
    assert added(meeting, connie, chidi).speaks_for == "Contact supervisor"
    assert added(meeting, person.user, chidi).speaks_for == "Vale Council"
    with pytest.raises(NotNow, match="is of the group already"):
        added(meeting, connie, chidi)


@DB
def test_a_meeting_that_is_called_off_has_a_new_day_and_its_quarter_runs_on(clock, cast, chidi):
    meeting = papers_sent(cast)
    later = TUESDAY + timedelta(days=14)
    with pytest.raises(NotNow, match="why it is called off"):
        scrutiny.call_off_meeting(meeting, by=chidi, because="", meets_at=later)
    assert scrutiny.call_off_meeting(meeting, by=chidi, because="Snow", meets_at=later).state == "called_off"
    with acting(TEST):
        following = ScrutinyMeeting.objects.get(in_place_of=meeting)
        assert [each.number for each in following.papers.all()] == [1]
        assert following.members.get().person == cast["connie"]
    assert (following.state, following.counts_from) == ("planned", meeting.counts_from)
    assert scrutiny.send_papers(following, by=chidi).closes_at == later + timedelta(days=10)


@DB
def test_once_held_the_next_is_owed_and_each_case_has_a_finding_with_its_themes(clock, cast, chidi):
    meeting = papers_sent(cast)
    paper = paper_of(meeting)
    with pytest.raises(NotNow, match="has not met yet"):
        found(paper, chidi)
    clock.set(TUESDAY)
    with pytest.raises(NotNow, match="who was there"):
        scrutiny.hold_meeting(meeting, by=chidi, held_at=clock.at, who_was_there="")
    with pytest.raises(NotNow, match="not in the future"):
        scrutiny.hold_meeting(meeting, by=chidi, held_at=TUESDAY + timedelta(minutes=1), who_was_there="All")
    meeting = held(meeting, chidi)
    assert scrutiny.ensure_meeting().counts_from == TUESDAY
    with pytest.raises(NotNow, match="Anya Example"):
        found(paper, chidi, to_learn="Anya was not asked")
    with pytest.raises(NotNow, match="Choose a grade"):
        found(paper, chidi, grade="splendid")
    paper = found(paper, chidi)
    with acting(TEST):
        note = ThemeNote.objects.get(record=paper.pk)
    assert (note.theme.name, note.source, note.reference) == ("Voice of the child", "scrutiny_group", paper.reference)


@DB
def test_the_report_names_nobody_and_leaves_no_case_out(clock, cast, chidi):
    meeting = papers_sent(cast)
    clock.set(TUESDAY)
    meeting = held(meeting, chidi)
    with pytest.raises(NotNow, match="No finding yet: Case 1"):
        scrutiny.report_meeting(meeting, by=chidi, report=REPORT)
    found(paper_of(meeting), chidi)
    with pytest.raises(NotNow, match="Take out what says who it is about: Anya Example"):
        scrutiny.report_meeting(meeting, by=chidi, report="Anya was heard early")
    assert scrutiny.report_meeting(meeting, by=chidi, report=REPORT).state == "reported"


@DB
def test_a_report_is_proposed_from_the_findings_and_says_what_was_left_out(clock, cast, chidi):
    meeting = drawn(cast)
    out = add(meeting, chidi, submitted(cast["olly"]).reference)
    scrutiny_papers.leave_case_out(out, by=chidi, because="It is in court now")
    checked(paper_of(meeting), cast)
    added(meeting, cast["connie"], chidi)
    meeting = scrutiny.send_papers(as_it_is(meeting), by=chidi)
    clock.set(TUESDAY)
    held(meeting, chidi)
    asked_of(found(paper_of(meeting), chidi), chidi, owner=cast["connie"])
    report = proposed_report(as_it_is(meeting))
    for words in (
        "cases of January to March 2026",
        "What was good: Heard early",
        "To be done by 12 May 2026 (an officer): Ask who else lives there",
        "Case 2 (Notice, Amber / medium) was left out: It is in court now",
    ):
        assert words in report, words


@DB
def test_papers_are_due_five_working_days_before_by_the_wall_over_easter_and_the_night_clocks_change(cast, chidi):
    from quality.workflow.scrutiny_deadlines import papers_due

    assert papers_due(planned(chidi)) == datetime(2026, 4, 7, 9, 0, tzinfo=UTC)
