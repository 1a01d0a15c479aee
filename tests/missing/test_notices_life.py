"""Who is told that a child is missing, and found: whom it concerns is worked out at once, and nobody is left out
unseen."""

from datetime import UTC, date, datetime

import pytest

from access.actor import NotYours, System, signed
from access.time import now
from encompass.workflow import keeping
from missing.models import MissingNotice
from missing.workflow import notices
from missing.workflow.raising import ADULT, BELOW_SCHOOL_AGE, OVERTAKEN
from tests.encompass.conftest import northvale, schools, vale
from tests.households import TOLD
from tests.missing.returns import GROUNDS, as_it_is, back, council, lines_of, missing, raised, sent_about
from tests.missing.returns import a_child as some_child
from tests.stories import clock_of, hours
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
__all__ = ["northvale", "schools", "vale"]


@pytest.fixture
def live(vale, sam, clock):
    """Schools of Vale are told since January."""
    return notices.add_scheme(by=sam, authority=vale, starts=date(2026, 1, 5), is_live=True, because="Vale SCP")


@pytest.fixture
def pupil(maya, cora, schools):
    """Anya goes to Millbrook School."""
    child = some_child(maya)
    keeping.say_where_taught(child, by=cora, **goes_to(schools["mill"]))
    return child


def goes_to(school, taught="school"):
    return {"taught": taught, "school": school, "starts": None, "source": TOLD}


def told(episode, by, about="missing"):
    """Whom the notices are for, with where each stands."""
    return {(each.whom, str(each.agency or "nobody known"), each.state) for each in raised(episode, by, about)}


def of_school(rows):
    (found,) = [each for each in rows if each.whom == "school"]
    return found


def of_authority(rows):
    return [each for each in rows if each.whom == "authority"]


def test_host_and_responsible_authority_are_both_told_and_once_where_they_are_one(maya):
    both = missing(maya, responsible=council("Sallow Council"))
    assert {str(each.agency) for each in of_authority(raised(both, maya))} == {"Vale Council", "Sallow Council"}
    one = missing(maya, some_child(maya, "Bea Example"))
    assert [str(each.agency) for each in of_authority(raised(one, maya))] == ["Vale Council"]


@pytest.mark.parametrize(
    ("host", "responsible", "told_"),
    [
        ("Vale Council", None, ["Vale Council", "None"]),
        (None, "Vale Council", ["Vale Council", "None"]),
        (None, None, ["None"]),
    ],
)
def test_an_authority_that_nobody_knows_is_a_notice_to_somebody_not_known(maya, host, responsible, told_):
    episode = missing(maya, host=host and council(host), responsible=responsible and council(responsible))
    rows = of_authority(raised(episode, maya))
    assert [str(each.agency) for each in rows] == told_
    assert {each.state for each in rows} == {"to_send"}


def test_an_authority_is_told_within_two_hours_of_the_report(clock, maya):
    (notice,) = of_authority(raised(missing(maya, reported_at=clock.at), maya))
    assert (notice.known_at, notice.due_at) == (clock.at, clock.at + hours(2))


def test_where_the_scheme_is_live_the_school_is_told_before_its_next_day(clock, maya, pupil, live, schools):
    clock.set(datetime(2026, 3, 6, 22, 0, tzinfo=UTC))  # a Friday evening
    notice = of_school(raised(missing(maya, pupil, reported_at=clock.at), maya))
    assert (notice.school, notice.state) == (schools["mill"], "to_send")
    assert notice.due_at == datetime(2026, 3, 9, 8, 40, tzinfo=UTC)


def test_where_it_is_not_live_it_stands_there_why_nobody_was_told(clock, maya, sam, pupil, vale):
    notice = of_school(raised(missing(maya, pupil), maya))
    assert (notice.state, notice.not_sent_because) == (
        "not_sent",
        "Schools in Vale are not told of missing children yet: the scheme is not live there",
    )
    notices.add_scheme(by=sam, authority=vale, starts=date(2026, 3, 3), is_live=True, because="From tomorrow")
    assert of_school(raised(missing(maya, pupil), maya)).state == "not_sent"
    clock.shift(hours(24))
    assert of_school(raised(missing(maya, pupil, reported_at=clock.at), maya)).state == "to_send"
    notices.add_scheme(by=sam, authority=vale, starts=date(2026, 3, 3), is_live=False, because="Put off")
    assert of_school(raised(missing(maya, pupil, reported_at=clock.at), maya)).state == "not_sent"


@pytest.mark.parametrize(("born", "why"), [(date(2008, 3, 1), ADULT), (date(2023, 5, 1), BELOW_SCHOOL_AGE)])
def test_a_child_who_is_of_no_school_age_has_no_school_to_tell(maya, northvale, live, born, why):
    notice = of_school(raised(missing(maya, some_child(maya, born=born)), maya))
    assert (notice.state, notice.not_sent_because) == ("not_sent", why)


def test_where_nobody_knows_the_school_somebody_has_to_find_it(maya, northvale, live, schools):
    notice = of_school(raised(missing(maya), maya))
    assert (notice.state, notice.agency, clock_of(notice, "MC18").stopped_at) == ("to_send", None, None)
    with pytest.raises(NotNow, match="Nobody has said which school"):
        notices.send_notice(notice, by=maya, grounds=GROUNDS)
    notice = notices.say_school(notice, by=maya, school=schools["mill"])
    assert str(notice.agency) == "Millbrook School (900002)"
    assert notices.send_notice(notice, by=maya, grounds=GROUNDS).state == "sent"


def test_of_a_child_at_no_school_or_taught_at_home_that_is_said(maya, cora, northvale, live):
    for taught, why in (("nowhere", "at no school"), ("home", "Taught at home")):
        child = some_child(maya, f"{taught.title()} Example")
        keeping.say_where_taught(child, by=cora, **goes_to(None, taught))
        assert why in of_school(raised(missing(maya, child), maya)).not_sent_because


def test_a_school_reads_four_things_and_whom_to_ring(clock, maya, pupil, live):
    notice = of_school(raised(missing(maya, pupil, last_seen_at=clock.at - hours(20)), maya))
    notices.send_notice(notice, by=maya, grounds=GROUNDS)
    (sent,) = sent_about(notice)
    assert (sent.kind, sent.content["about"]) == ("missing.missingnotice", "A child is missing")
    said = lines_of(sent)
    ring = said.pop("Whom to ring")
    assert said == {
        "Child": "Anya Example", "Date of birth": "4 May 2012", "Missing since": "Sun 1 March 2026, 13:00"
    }  # fmt: skip
    assert notice.reference in ring


def test_an_authority_also_reads_from_where_and_how_high_the_risk_is(maya):
    (notice,) = of_authority(raised(missing(maya), maya))
    notices.send_notice(notice, by=maya, grounds=GROUNDS)
    said = lines_of(sent_about(notice)[0])
    assert (said["Missing from"], said["Risk"]) == ("Home", "Medium")
    assert said["Authority that answers for the child"] == "Vale Council"
    assert "Mia Example" not in str(sent_about(notice)[0].content)


def test_everybody_who_was_told_that_the_child_is_missing_is_told_of_the_return(clock, maya, pupil, live):
    episode = missing(maya, pupil, responsible=council("Sallow Council"))
    for each in raised(episode, maya):
        notices.send_notice(each, by=maya, grounds=GROUNDS)
    clock.shift(hours(5))
    assert told(is_back(episode), maya, "found") == {
        ("authority", "Vale Council", "to_send"),
        ("authority", "Sallow Council", "to_send"),
        ("school", "Millbrook School (900002)", "to_send"),
    }


def is_back(episode):
    """As it stands in the transition that records the return, not saved yet."""
    episode = as_it_is(episode)
    episode.found_at, episode.found_by = now(), "returned"
    return episode


def test_found_before_anybody_was_told_one_notice_says_both(clock, maya, pupil, live):
    episode = missing(maya, pupil)
    before = raised(episode, maya)
    after = raised(is_back(episode), maya, "found")
    assert {(as_it_is(each).state, as_it_is(each).not_sent_because) for each in before} == {("not_sent", OVERTAKEN)}
    assert {each.state for each in after} == {"to_send"}
    for each in before:
        assert clock_of(each, "MC18" if each.whom == "school" else "MC18A").stopped_by == "missing.overtaken"


def test_a_child_of_whom_nobody_was_told_is_told_of_when_found(clock, maya):
    rows = raised(back(maya), maya, "found")
    assert {each.about for each in rows} == {"found"}
    notice = notices.send_notice(of_authority(rows)[0], by=maya, grounds=GROUNDS)
    assert lines_of(sent_about(notice)[0])["Found"] == "Mon 2 March 2026, 09:00"
    assert "Risk" not in lines_of(sent_about(notice)[0])


def test_raised_twice_there_is_one_of_each(maya):
    episode = missing(maya)
    assert raised(episode, maya) == raised(episode, maya)


def test_sent_late_it_is_sent_all_the_same_and_says_so(clock, maya):
    (notice,) = of_authority(raised(missing(maya, reported_at=clock.at), maya))
    clock.shift(hours(2))
    other = missing(maya, some_child(maya, "Bea Example"), reported_at=clock.at - hours(2))
    in_time = notices.send_notice(of_authority(raised(other, maya))[0], by=maya, grounds=GROUNDS)
    assert not in_time.late  # to the moment
    clock.shift(hours(1))
    assert notices.send_notice(notice, by=maya, grounds=GROUNDS).late


def test_not_sent_has_a_reason_and_can_be_thought_over(maya):
    (notice,) = of_authority(raised(missing(maya), maya))
    with pytest.raises(NotNow, match="why they are not told"):
        notices.not_sent(notice, by=maya, because=" ")
    notice = notices.not_sent(notice, by=maya, because="They reported it to us")
    notice = notices.say_authority(notice, by=maya, agency=council("Sallow Council"))
    assert (notice.state, notice.not_sent_because, str(notice.agency)) == ("to_send", "", "Sallow Council")


def test_nobody_is_told_twice_of_one_thing(maya):
    rows = of_authority(raised(missing(maya, responsible=None), maya))
    unknown = next(each for each in rows if each.agency is None)
    with pytest.raises(NotNow, match="has a notice of this already"):
        notices.say_authority(unknown, by=maya, agency=council())
    with pytest.raises(NotNow, match="Choose children's social care"):
        notices.say_authority(unknown, by=maya, agency=council("Vale NHS", kind="health"))


def test_a_school_is_asked_for_where_a_school_is_told(maya, schools):
    rows = raised(missing(maya), maya)
    with pytest.raises(NotNow, match="for an authority"):
        notices.say_school(of_authority(rows)[0], by=maya, school=schools["mill"])
    with pytest.raises(NotNow, match="for a school"):
        notices.say_authority(of_school(rows), by=maya, agency=council())


def test_all_that_are_complete_go_and_what_cannot_says_why(clock, maya):
    first = raised(missing(maya, responsible=None), maya)
    raised(missing(maya, some_child(maya, "Bea Example"), host=council("Gone Council")), maya)
    with signed(System("test")):
        gone = council("Gone Council")
        gone.closed_at = clock.at
        gone.save()
    usual = {whom: notices.usual_grounds(whom) for whom in MissingNotice.Whom.values}
    sent, refused = notices.send_all(by=maya, grounds=usual)
    assert ({str(each.agency) for each in sent}, len(sent), refused) == ({"Vale Council"}, 2, [])
    assert sum(as_it_is(each).state == "to_send" for each in first if each.agency is None and each.whom == "authority")


def test_only_whoever_works_with_missing_children_sends(maya, dmitri):
    (notice,) = of_authority(raised(missing(maya), maya))
    with pytest.raises(NotYours):
        notices.send_notice(notice, by=dmitri, grounds=GROUNDS)
    with pytest.raises(NotYours):
        notices.send_all(by=dmitri, grounds={})


def test_where_the_scheme_is_live_is_kept_by_the_mash_with_what_was_agreed(maya, sam, vale):
    with pytest.raises(NotYours):
        notices.add_scheme(by=maya, authority=vale, starts=date(2026, 3, 2), is_live=True, because="Agreed")
    with pytest.raises(NotNow, match="what was agreed"):
        notices.add_scheme(by=sam, authority=vale, starts=date(2026, 3, 2), is_live=True, because=" ")
