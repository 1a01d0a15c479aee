"""A member of the scrutiny group sees the papers of their meeting, for its days, and nothing else."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connections
from django.urls import reverse

from access.actor import acting
from cases.workflow.cases import restrict
from demo.people import hire
from quality.workflow import scrutiny
from quality.workflow.scrutiny_papers import keep_from_me
from tests.conftest import MONDAY
from tests.partners.agencies import a_person
from tests.partners.scenes import an_agency
from tests.quality.scrutiny_scenes import (
    REPORT,
    TEXT,
    TUESDAY,
    added,
    as_it_is,
    checked,
    drawn,
    found,
    held,
    kim,
    of_the_quarter,
    paper_of,
    papers_sent,
    planned,
)
from tests.quality.test_scrutiny import add
from tests.sla.made import MOMENT
from tests.stories import as_seen_by, away
from workflow.transitions import NotNow

DB = pytest.mark.django_db
CLOSES = TUESDAY + timedelta(days=10)


@pytest.fixture
def group(clock, cast):
    """Kim of social care and Connie of the force are of the group; the papers went out this morning."""
    person = kim(cast["sam"]).user
    meeting = papers_sent(cast, person, cast["connie"])
    return meeting, paper_of(meeting), {"kim": person, "connie": cast["connie"]}


def statuses(client, who, paper):
    """What they are answered, of a paper: the member's page and, for the force, the page of those who prepare it."""
    client.force_login(who)
    pages = ["portal-scrutiny-paper"] if who.is_outside else ["scrutiny-mine-paper", "scrutinypaper"]
    return [client.get(reverse(page, args=[paper.pk])).status_code for page in pages]


MOMENTS = [
    (timedelta(0), 200),
    (CLOSES - MONDAY - MOMENT, 200),
    (CLOSES - MONDAY, 404),
    (CLOSES - MONDAY + MOMENT, 404),
    (CLOSES - MONDAY + timedelta(days=1), 404),
]


@DB
@pytest.mark.parametrize(("after", "status"), MOMENTS, ids=str)
def test_from_the_papers_until_so_many_days_after_it_met_and_not_a_moment_longer(client, clock, group, after, status):
    _, paper, people = group
    clock.set(MONDAY + after)
    assert statuses(client, people["kim"], paper) == [status]
    assert statuses(client, people["connie"], paper) == [status, 403]


@DB
def test_before_the_papers_are_sent_nobody_of_the_group_sees_them(client, clock, cast):
    person = kim(cast["sam"]).user
    meeting = drawn(cast)
    added(meeting, person, cast["chidi"])
    assert statuses(client, person, paper_of(meeting)) == [404]
    client.force_login(person)
    assert meeting.reference not in client.get(reverse("portal-scrutiny")).content.decode()


@DB
def test_the_days_count_from_when_it_was_held_once_it_was(client, clock, group, chidi):
    meeting, paper, people = group
    clock.set(TUESDAY + timedelta(hours=3))
    held(meeting, chidi)
    for at, status in ((CLOSES + timedelta(hours=3) - MOMENT, 200), (CLOSES + timedelta(hours=3), 404)):
        clock.set(at)
        assert statuses(client, people["kim"], paper) == [status]


@DB
@pytest.mark.parametrize("why", ["removed", "conflict", "called off", "restricted"])
def test_whoever_is_not_of_it_any_more_is_answered_as_if_it_were_not_there(client, clock, cast, group, why):
    meeting, paper, people = group
    if why == "removed":
        with acting(cast["chidi"]):
            members = list(meeting.members.all())
        for member in members:
            scrutiny.remove_member(member, by=cast["chidi"], because="Has another post")
    elif why == "conflict":
        for person in people.values():
            keep_from_me(as_seen_by(person, paper), person=person, because="I know the family")
    elif why == "called off":
        later = TUESDAY + timedelta(days=7)
        scrutiny.call_off_meeting(as_it_is(meeting), by=cast["chidi"], because="Snow", meets_at=later)
    else:
        case = as_it_is(paper).case
        restrict(case, by=cast["ines"], people=[cast["ines"]], because="A member of staff is involved")
    assert statuses(client, people["kim"], paper) == [404]
    assert statuses(client, people["connie"], paper) == [404, 403]


@DB
def test_a_member_of_another_meeting_sees_its_papers_and_not_these(client, clock, cast, group):
    meeting, paper, people = group
    lee = a_person(an_agency("Sallow Council"), by=cast["sam"], username="lee").user
    clock.set(TUESDAY)
    held(meeting, cast["chidi"])
    other = planned(cast["chidi"], meets_at=TUESDAY + timedelta(days=5))
    theirs = add(other, cast["chidi"], of_the_quarter(cast["olly"]).reference)
    checked(theirs, cast)
    added(other, lee, cast["chidi"])
    scrutiny.send_papers(as_it_is(other), by=cast["chidi"])
    assert statuses(client, lee, theirs) == [200]
    assert statuses(client, lee, paper) == [404]
    assert statuses(client, people["kim"], paper) == [200]
    assert statuses(client, people["kim"], theirs) == [404]


@DB
def test_whoever_covers_for_a_member_is_no_member(client, clock, cast, group):
    _, paper, _ = group
    away(cast["connie"], days=30, cover=cast["rina"])
    assert statuses(client, cast["rina"], paper) == [404, 403]


@DB
def test_a_conflict_takes_one_case_away_and_is_said_once_with_a_reason(client, clock, cast, group):
    _, paper, people = group
    client.force_login(people["kim"])
    where = reverse("portal-scrutiny-conflict", args=[paper.pk])
    refused = client.post(where, {"because": " "})
    assert refused.status_code == 422
    assert "Why can you not look at this case?" in unescape(refused.content.decode())
    assert client.post(where, {"because": "I was her teacher"}).url == reverse("portal-scrutiny")
    assert client.get(reverse("portal-scrutiny-paper", args=[paper.pk])).status_code == 404
    assert statuses(client, people["connie"], paper) == [200, 403]
    client.force_login(cast["quinn"])
    assert "I was her teacher" in client.get(reverse("scrutinypaper", args=[paper.pk])).content.decode()


@DB
def test_a_conflict_takes_it_away_from_those_too_who_prepare_papers(client, clock, cast, group):
    _, paper, _ = group
    with acting(cast["reva"]):
        keep_from_me(as_it_is(paper), person=cast["reva"], because="Her neighbour")
    assert statuses(client, cast["reva"], paper) == [404, 404]


@DB
def test_the_page_says_what_was_redacted_and_leads_nowhere_else(client, clock, cast, group):
    _, paper, people = group
    client.force_login(people["kim"])
    page = unescape(client.get(reverse("portal-scrutiny-paper", args=[paper.pk])).content.decode())
    assert TEXT.splitlines()[0] in page
    assert "Not known" in page
    for hidden in (
        paper.record_reference,
        str(paper.record),
        "Anya",
        "Olly",
        reverse("scrutinypaper", args=[paper.pk]),
    ):
        assert hidden not in page, hidden


@DB
def test_no_other_page_opens_to_them_by_it(client, clock, cast, group):
    """Somebody of an agency is let in to their own pages alone, whatever group they are of."""
    meeting, paper, people = group
    client.force_login(people["kim"])
    lists = [reverse(name) for name in ("scrutiny", "scrutiny-mine", "recommendations", "improvement-plan")]
    pages = [reverse("scrutinymeeting", args=[meeting.pk]), reverse("scrutinypaper", args=[paper.pk])]
    for where in (*lists, *pages, reverse("ppn", args=[paper.record])):
        assert client.get(where).status_code == 403, where


@DB
def test_the_report_goes_to_members_and_stays_after_the_papers_are_gone(client, clock, cast, group):
    meeting, paper, people = group
    clock.set(TUESDAY)
    held(meeting, cast["chidi"])
    found(paper, cast["chidi"])
    scrutiny.report_meeting(as_it_is(meeting), by=cast["chidi"], report=REPORT)
    clock.set(CLOSES)
    for who, page in (("kim", "portal-scrutiny"), ("connie", "scrutiny-mine")):
        client.force_login(people[who])
        shown = unescape(client.get(reverse(page)).content.decode())
        assert REPORT in shown
        assert "Its papers can no longer be read" in shown
        pdf = client.get(reverse(f"{page}-report", args=[meeting.pk]))
        assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    client.force_login(cast["rina"])
    assert client.get(reverse("scrutiny-mine-report", args=[meeting.pk])).status_code == 404


@DB
def test_only_a_paper_of_theirs_can_be_kept_from_them(cast, group):
    _, paper, people = group
    with pytest.raises(NotNow, match="in a few words why"):
        keep_from_me(paper, person=people["kim"], because="")


@pytest.mark.django_db(transaction=True)
def test_every_look_is_in_the_ledger(client):
    from access import time

    time.freeze(MONDAY)
    people = hire(MONDAY - timedelta(days=365))
    person = kim(people["sam"]).user
    paper = paper_of(papers_sent(people, person, people["connie"]))
    for who, page in ((person, "portal-scrutiny-paper"), (people["connie"], "scrutiny-mine-paper")):
        client.force_login(who)
        assert client.get(reverse(page, args=[paper.pk])).status_code == 200
    with connections["owner"].cursor() as ledger:
        ledger.execute(
            "SELECT actor, page FROM ledger_consultation WHERE kind = 'quality.scrutinypaper' AND %s = ANY(records) "
            "ORDER BY id",
            [paper.pk],
        )
        looks = [
            (f"user: {person.pk}", "portal-scrutiny-paper"),
            (f"user: {people['connie'].pk}", "scrutiny-mine-paper"),
        ]
        assert ledger.fetchall() == looks
    time.run_freely()
