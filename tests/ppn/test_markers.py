"""A notice of high-risk domestic abuse warns of whoever it named for twelve months, wherever they live by then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.actor import System, acting
from cases.markers import MarkerShown, has_high_risk_abuse, markers_beside, markers_for
from cases.models import Residence
from cases.workflow import people
from cases.workflow.cases import restrict
from ppn import workflow
from ppn.models import DomesticAbuseRisk, Ppn
from ppn.workflow import SubjectFacts
from tests.cases.test_one_person import merged
from tests.households import HERE, THERE, TOLD, lives_at, on_record
from tests.stories import a_notice, as_seen_by, minutes

pytestmark = pytest.mark.django_db
KERRY_BORN = date(1991, 7, 1)
SUBMITTED = date(2026, 3, 2)


@pytest.fixture
def kerry(clock, cora):
    return on_record(cora, "Kerry Overlow", born=KERRY_BORN, home=HERE)


@pytest.fixture
def here(kerry):
    with acting(System("test")):
        return Residence.objects.select_related("address").get(person=kerry).address


def notice(by, cora, *about, **said):
    """A notice about people on record, and the co-ordinator says who they are."""
    named = [SubjectFacts("adult", person.name, born_on=person.born_on) for person in about]
    ppn = workflow.submit(Ppn(), by=by, notice=a_notice(**{"da_risk": "high", **said}), subjects=named)
    for person in about:
        with acting(cora):
            subject = ppn.subjects.get(name=person.name)
        ppn = workflow.say_who(as_seen_by(cora, ppn), by=cora, subject=subject, person=person)
    return ppn


def shown(by, address=None, **asked):
    with acting(by):
        return markers_for(address=address, **asked)


def test_a_high_risk_notice_is_a_marker_of_whoever_it_named_and_where_they_live(kerry, here, olly, cora, sam):
    ppn = notice(olly, cora, kerry)
    marker = MarkerShown(
        kind="high_risk_da",
        label=f"{ppn.reference}, high-risk domestic abuse",
        about="Kerry Overlow",
        how_we_know=f"Another record says so: {ppn.reference}",
        since=SUBMITTED,
        is_a_risk=True,
        url=ppn.get_absolute_url(),
    )
    for asked in ({"address": here}, {"people": [kerry]}, {"address": here, "people": [kerry]}):
        assert shown(sam, **asked) == [marker]
        assert has_high_risk_abuse(shown(sam, **asked))
    with acting(sam):
        assert markers_beside([kerry]) == [marker]


def test_whoever_answers_the_number_is_warned_of_too(kerry, olly, cora, sam):
    people.add_phone(kerry, by=cora, number="+44 7700 900461", safe="no", source=TOLD)
    notice(olly, cora, kerry)
    assert has_high_risk_abuse(shown(sam, numbers=["07700 900461"]))
    assert not has_high_risk_abuse(shown(sam, numbers=["07700 900462"]))


@pytest.mark.parametrize("risk", [risk for risk in DomesticAbuseRisk.values if risk != "high"])
def test_a_notice_of_another_risk_is_none(kerry, here, olly, cora, sam, risk):
    notice(olly, cora, kerry, da_risk=risk)
    assert shown(sam, here) == []


@pytest.mark.parametrize(
    ("submitted", "today", "counts"),
    [
        (datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2027, 3, 2, 23, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2027, 3, 3, 0, 1, tzinfo=UTC), False),
        (datetime(2028, 2, 29, 9, tzinfo=UTC), datetime(2029, 2, 28, 9, tzinfo=UTC), True),
        (datetime(2028, 2, 29, 9, tzinfo=UTC), datetime(2029, 3, 1, 9, tzinfo=UTC), False),
        # half past midnight in summer is still yesterday in UTC
        (datetime(2026, 6, 14, 23, 30, tzinfo=UTC), datetime(2027, 6, 15, 9, tzinfo=UTC), True),
        (datetime(2026, 6, 14, 22, 30, tzinfo=UTC), datetime(2027, 6, 15, 9, tzinfo=UTC), False),
    ],
)
def test_it_counts_for_twelve_months_to_the_day(kerry, here, olly, cora, sam, clock, submitted, today, counts):
    clock.set(submitted)
    notice(olly, cora, kerry)
    clock.set(today)
    assert has_high_risk_abuse(shown(System("grades a silent call"), here)) == counts


def test_the_years_notices_are_each_a_marker_the_newest_first(kerry, here, olly, cora, sam, clock):
    first = notice(olly, cora, kerry)
    clock.shift(timedelta(days=3))
    second = notice(olly, cora, kerry)
    assert [marker.label[:10] for marker in shown(sam, here)] == [second.reference, first.reference]


def test_a_notice_about_several_people_of_a_home_is_one_marker(kerry, here, olly, cora, sam):
    neil = on_record(cora, "Neil Garmere", born=date(1988, 2, 3), home=HERE)
    notice(olly, cora, kerry, neil)
    assert [marker.about for marker in shown(sam, here)] == ["Kerry Overlow, Neil Garmere"]
    assert [marker.about for marker in shown(sam, people=[neil])] == ["Neil Garmere"]


def test_it_follows_the_person_and_does_not_stay_with_the_house(kerry, here, olly, cora, sam, clock):
    notice(olly, cora, kerry)
    with acting(cora):
        home = Residence.objects.get(person=kerry, source=TOLD.says)
    people.moved_out(kerry, by=cora, home=home, ends=SUBMITTED)
    lives_at(kerry, THERE, cora)
    clock.shift(timedelta(days=1))
    with acting(cora):
        there = Residence.objects.select_related("address").get(person=kerry, ends=None).address
    assert shown(sam, here) == []
    assert has_high_risk_abuse(shown(sam, there))


def test_it_counts_for_every_record_of_the_person(kerry, here, olly, cora, cole, sam, clock):
    clock.shift(minutes(1))
    joined = on_record(cora, "Kerry Overlow", born=KERRY_BORN, home=THERE)
    notice(olly, cora, joined)
    assert shown(sam, here) == []
    merged(joined, kerry, cora, cole)
    assert has_high_risk_abuse(shown(sam, here))


def test_once_the_notice_is_about_somebody_else_it_warns_of_them(kerry, here, olly, cora, sam):
    ppn = notice(olly, cora, kerry)
    other = on_record(cora, "Carrie Overloe", born=date(1990, 7, 1), home=THERE)
    with acting(cora):
        subject = ppn.subjects.get()
    workflow.say_who(ppn, by=cora, subject=subject, person=other)
    assert shown(sam, here) == []
    assert has_high_risk_abuse(shown(sam, people=[other]))


def test_a_restricted_notice_warns_those_it_is_for_and_the_software(kerry, here, olly, cora, sam, ines, callie):
    ppn = notice(olly, cora, kerry)
    restrict(ppn.case, by=ines, people=[ines], because="The family of a colleague")
    for who, warned in ((ines, True), (System("grades a silent call"), True), (sam, False), (callie, False)):
        assert has_high_risk_abuse(shown(who, here, people=[kerry])) == warned, who


def test_a_call_taker_is_warned_but_offered_no_page_that_would_refuse_them(client, kerry, here, olly, cora, callie):
    ppn = notice(olly, cora, kerry)
    (marker,) = shown(callie, here)
    assert marker.url == ""
    client.force_login(callie)
    said = client.get(here.get_absolute_url()).content.decode()
    assert f"<strong>{ppn.reference}, high-risk domestic abuse</strong>" in said
    client.force_login(olly)
    assert ppn.get_absolute_url() in client.get(kerry.get_absolute_url()).content.decode()


def test_it_asks_the_database_no_more_for_many_notices_than_for_one(kerry, here, olly, cora, sam):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            found = shown(sam, here)
        return len(asked), len(found)

    notice(olly, cora, kerry)
    one, _ = statements()
    for which in range(10):
        notice(olly, cora, on_record(cora, f"Resident{which} Overlow", born=date(1990, 1, which + 2), home=HERE))
    assert statements() == (one, 11)
