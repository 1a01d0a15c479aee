"""Pages of the scrutiny group, of recommendations and of the improvement plan: for each post, and what they say."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from access.time import now
from quality import improvement_urls, scrutiny_urls
from quality.models import ImprovementAction, Recommendation
from quality.workflow import improvement_actions
from tests.house.one_of_each import address
from tests.quality import scrutiny_scenes
from tests.quality.improvement_scenes import (
    REVIEWED,
    as_it_is,
    asked_for,
    begun,
    confirmed,
    evidenced,
    forced,
    month_of,
    owned,
    recommended,
    red,
)
from tests.quality.scrutiny_scenes import (
    TUESDAY,
    asked_of,
    checked,
    drawn,
    found,
    held,
    of_the_quarter,
    paper_of,
    papers_sent,
    planned,
    prepared,
)
from tests.stories import submitted

pytestmark = pytest.mark.django_db


def see(client, who, name, *keys, query="", status=200):
    client.force_login(who)
    answer = client.get(reverse(name, args=keys) + query)
    assert answer.status_code == status, (name, who.username)
    return unescape(answer.content.decode())


def send(client, who, name, *keys, status=302, **said):
    client.force_login(who)
    answer = client.post(reverse(name, args=keys), said)
    assert answer.status_code == status, unescape(answer.content.decode())[-6000:]
    return unescape(answer.content.decode())


ROLES = {
    # who: list of meetings, a meeting, a paper, members' own list, recommendations, one of them, plan, an action
    "chidi": [200, 200, 200, 200, 200, 200, 200, 200],
    "reva": [200, 200, 200, 200, 403, 403, 200, 200],
    "quinn": [200, 200, 200, 200, 200, 200, 200, 200],
    "greta": [200, 200, 404, 200, 200, 200, 200, 200],
    "alma": [200, 200, 404, 200, 200, 200, 200, 200],
    "sue": [200, 200, 404, 200, 200, 200, 200, 200],
    "connie": [403, 403, 403, 200, 403, 403, 403, 200],
    "olly": [403, 403, 403, 200, 403, 403, 403, 404],
}
SHOWN = [
    "scrutiny",
    "scrutinymeeting",
    "scrutinypaper",
    "scrutiny-mine",
    "recommendations",
    "recommendation",
    "improvement-plan",
    "improvementaction",
]


def test_each_post_is_shown_what_is_its_own(client, clock, cast):
    made = scrutiny_scenes.of_each(cast)
    for who, statuses in ROLES.items():
        client.force_login(cast[who])
        seen = [client.get(address(name, made)).status_code for name in SHOWN]
        assert dict(zip(SHOWN, seen, strict=True)) == dict(zip(SHOWN, statuses, strict=True)), who


def test_every_page_of_ours_opens_to_somebody(client, clock, cast):
    made = scrutiny_scenes.of_each(cast)
    ours = [each.name for each in (*scrutiny_urls.urlpatterns, *improvement_urls.urlpatterns)]

    def opens(who, name):
        client.force_login(cast[who])
        return client.get(address(name, made)).status_code == 200

    missing = []
    for name in sorted(name for name in ours if not name.startswith("portal")):
        if not any(opens(who, name) for who in ("chidi", "greta", "alma", "reva")):
            missing.append(name)
    # of a meeting that is only planned nothing goes to members yet, and there is no report
    assert missing == [
        "scrutiny-mine-conflict",
        "scrutiny-mine-paper",
        "scrutiny-mine-report",
        "scrutinymeeting-report-pdf",
    ]


# The scrutiny group


def test_the_page_of_a_meeting_says_how_its_cases_were_drawn(client, clock, cast, chidi):
    meeting = drawn(cast)
    page = see(client, chidi, "scrutinymeeting", meeting.pk)
    assert meeting.seed in page
    assert meeting.drawn_from[0][0] in page
    assert "January to March 2026" in page
    assert "Nobody yet" in page


def test_the_page_says_what_is_missing_before_the_papers_go_out(client, clock, cast, chidi, sam):
    meeting = drawn(cast)
    page = see(client, chidi, "scrutinymeeting", meeting.pk)
    for words in ("0 of 1", "Somebody of children's social care", "Somebody of youth justice", "Somebody of health"):
        assert words in page, words
    assert "There is none yet" not in page
    scrutiny_scenes.added(meeting, scrutiny_scenes.kim(sam).user, chidi)
    checked(paper_of(meeting), cast)
    page = see(client, chidi, "scrutinymeeting", meeting.pk)
    assert page.count("Nobody yet") == 2


def test_who_may_not_see_the_cases_is_told_that_there_are_some(client, clock, cast, alma):
    meeting = drawn(cast)
    page = see(client, alma, "scrutinymeeting", meeting.pk)
    assert "You do not see its cases" in page


def test_the_chair_plans_draws_and_adds_with_the_pages(client, clock, cast, chidi):
    ppn = of_the_quarter(cast["olly"])
    other = submitted(cast["olly"])
    meeting = planned(chidi)
    send(client, chidi, "scrutinymeeting-draw", meeting.pk)
    said = {"reference": other.reference, "because": "Social care asked", "every_member_may": ""}
    send(client, chidi, "scrutinymeeting-case", meeting.pk, **said)
    page = see(client, chidi, "scrutinymeeting", meeting.pk)
    assert "Social care asked" in page
    assert ppn.reference in page
    refused = send(client, chidi, "scrutinymeeting-member", meeting.pk, status=422)
    assert "Choose one person" in refused
    send(client, chidi, "scrutinymeeting-member", meeting.pk, of_the_force=cast["connie"].pk)
    assert "Connie Control-Supervisor" in see(client, chidi, "scrutinymeeting", meeting.pk)


def test_a_refused_paper_keeps_what_was_typed_and_says_what_names_somebody(client, clock, cast, reva):
    paper = paper_of(drawn(cast))
    proposed = see(client, reva, "scrutinypaper-prepare", paper.pk)
    assert "Child 1: seen: yes" in proposed
    said = {"text": "Anya hid under the stairs", "child_seen": "yes", "child_spoken_to": "yes"}
    refused = send(client, reva, "scrutinypaper-prepare", paper.pk, status=422, **said)
    assert "Anya hid under the stairs" in refused
    said |= {"child_observed": "no", "how_recorded": "Not known"}
    refused = send(client, reva, "scrutinypaper-prepare", paper.pk, status=422, **said)
    assert "Take out what says who it is about: Anya Example" in refused
    send(client, reva, "scrutinypaper-prepare", paper.pk, **{**said, "text": "Child 1 hid under the stairs"})


def test_whoever_checks_reads_the_whole_paper_first(client, clock, cast, reva, quinn):
    paper = prepared(paper_of(drawn(cast)), reva)
    assert paper.text.splitlines()[0] in see(client, quinn, "scrutinypaper-check", paper.pk)
    refused = send(client, reva, "scrutinypaper-check", paper.pk, status=422)
    assert "somebody else checks it" in refused
    send(client, quinn, "scrutinypaper-check", paper.pk)


def test_the_finding_the_action_and_the_report(client, clock, cast, chidi):
    meeting = papers_sent(cast)
    paper = paper_of(meeting)
    clock.set(TUESDAY)
    held(meeting, chidi)
    said = {"grade": "good", "was_good": "Heard early", "to_learn": "Nothing"}
    send(client, chidi, "scrutinypaper-finding", paper.pk, **said)
    due = now() + timedelta(days=20)
    day = {"due_on_day": due.day, "due_on_month": due.month, "due_on_year": due.year}
    asked = {"what": "Ask who else lives there", "owner_kind": "officer", "owner": cast["connie"].pk, **day}
    send(client, chidi, "scrutinypaper-action", paper.pk, **asked)
    page = see(client, chidi, "scrutinypaper", paper.pk)
    assert "Ask who else lives there" in page
    report = see(client, chidi, "scrutinymeeting-report", meeting.pk)
    assert "What was good: Heard early" in report
    assert "Connie" not in report.split("<textarea")[1].split("</textarea>")[0]
    send(client, chidi, "scrutinymeeting-report", meeting.pk, report="Child 1 was heard early.")
    assert "Child 1 was heard early." in see(client, cast["alma"], "scrutinymeeting", meeting.pk)
    client.force_login(cast["alma"])
    assert client.get(reverse("scrutinymeeting-report-pdf", args=[meeting.pk])).content[:5] == b"%PDF-"


def test_home_says_what_waits_for_the_chair_the_reviewer_and_a_member(client, clock, cast, chidi, reva, connie):
    meeting = drawn(cast)
    assert meeting.reference in see(client, chidi, "home")
    assert "Papers of the scrutiny group, to write or to check" in see(client, reva, "home")
    assert "Scrutiny group: papers to read" not in see(client, connie, "home")
    checked(paper_of(meeting), cast)
    scrutiny_scenes.added(meeting, connie, chidi)
    scrutiny_scenes.scrutiny.send_papers(as_it_is(meeting), by=chidi)
    assert "Scrutiny group: papers to read" in see(client, connie, "home")


# Recommendations


def test_a_recommendation_shows_its_figures_now_with_what_they_mean_and_where_their_rows_are(
    client, clock, cast, greta, chidi
):
    recommendation = owned(greta, chidi)
    page = see(client, greta, "recommendation", recommendation.pk)
    assert "Notices reviewed within 24 hours" in page
    assert "No cases" in page
    assert "0 %" not in page
    assert "Counted Mon 2 March 2026, 09:00" in page
    assert reverse("ppn-backlog") in page
    for words in ("Not rated yet", "There is none yet.", "Not sent to the inspectorate yet", "No month has been kept"):
        assert words in page, words


def test_a_new_recommendation_sent_twice_is_one(client, clock, cast, greta):
    from uuid import uuid4

    key = str(uuid4())
    said = {
        "key": key,
        "source": "Report",
        "number": "1",
        "title": "Calls",
        "text": "Look at the control room",
        "kind": "cause_of_concern",
        "timescale": "immediately",
        "measures": [REVIEWED],
        "published_on_day": "23",
        "published_on_month": "2",
        "published_on_year": "2026",
    }
    refused = send(client, greta, "recommendation-new", status=422, **{**said, "text": ""})
    assert "What is recommended, as it is written" in refused
    for _ in range(2):
        send(client, greta, "recommendation-new", **said)
    assert "Calls" in see(client, greta, "recommendations")
    assert as_it_is(Recommendation(pk=key)).measures == [REVIEWED]


def test_it_goes_from_page_to_page_until_it_is_confirmed(client, clock, cast, greta, chidi, alma):
    recommendation = recommended(greta)
    pk = recommendation.pk
    send(client, greta, "recommendation-sro", pk, sro=chidi.pk)
    send(client, chidi, "recommendation-take-up", pk)
    day = {"dated_on_day": "1", "dated_on_month": "3", "dated_on_year": "2026"}
    send(client, chidi, "recommendation-evidence", pk, what="28 of 30", where_it_is="Folder", **day)
    send(client, chidi, "recommendation-rate", pk, rag="green", said="Four weeks")
    send(client, chidi, "recommendation-met", pk, said="Four weeks in time")
    assert "Recommendations to confirm" in see(client, alma, "home")
    send(client, alma, "recommendation-confirm", pk, said="Read the sample")
    page = see(client, greta, "recommendation", pk)
    assert "Read the sample" in page


def test_whoever_does_not_answer_for_it_is_told_who_does(client, clock, greta, chidi, sue):
    recommendation = begun(greta, chidi)
    refused = send(client, sue, "recommendation-rate", recommendation.pk, status=422, rag="red", said="Late")
    assert "Chidi Chief-Inspector answers for it" in refused


def test_a_red_month_is_explained_on_its_page(client, clock, greta, chidi):
    recommendation = red(begun(greta, chidi), chidi)
    month = month_of(recommendation)
    page = see(client, greta, "recommendation", recommendation.pk)
    assert "Red, and nobody has said why" in page
    send(client, chidi, "measuresnapshot-comment", month.pk, comment="Two posts are empty")
    assert "Two posts are empty" in see(client, greta, "recommendation", recommendation.pk)


@pytest.mark.parametrize("show", ["nobody", "no_evidence", "red_idle", "unexplained", "late"])
def test_what_nobody_may_overlook_stands_in_the_list_and_on_the_plan(client, clock, cast, greta, chidi, show):
    recommendation = recommended(greta) if show == "nobody" else begun(greta, chidi)
    kept_apart = confirmed(greta, chidi, cast["alma"], number="9", title="Confirmed long ago")
    if show in ("red_idle", "unexplained"):
        month_of(red(recommendation, chidi))
    clock.shift(timedelta(days={"no_evidence": 31, "red_idle": 62, "late": 90}.get(show, 0)))
    page = see(client, greta, "recommendations", query=f"?show={show}")
    assert recommendation.reference in page
    assert kept_apart.reference not in page
    assert f"?show={show}" in see(client, greta, "improvement-plan")
    if show == "red_idle":
        asked_for(recommendation, chidi, cast["connie"])
        assert recommendation.reference not in see(client, greta, "recommendations", query=f"?show={show}")


# The plan


def test_the_plan_shows_what_is_due_in_28_days_or_late_by_whose_it_is(client, clock, cast, greta, chidi, quinn):
    recommendation = begun(greta, chidi)
    late = asked_for(recommendation, chidi, cast["connie"], days=0, what="Ring the school")
    asked_for(recommendation, chidi, cast["sam"], days=28, what="Write the sheet")
    asked_for(recommendation, chidi, cast["sam"], days=31, what="Print the sheet")
    done = asked_for(recommendation, chidi, cast["sam"], days=1, what="Ask the printer")
    improvement_actions.say_done(done, person=cast["sam"], said="Asked")
    improvement_actions.close_action(as_it_is(done), by=quinn, said="Heard")
    clock.shift(timedelta(days=2))
    page = see(client, quinn, "improvement-plan")
    owners = [page.index(name) for name in ("Connie Control-Supervisor</bdi>", "Sam Sergeant</bdi>")]
    assert owners == sorted(owners)
    assert "Ring the school" in page
    assert "Write the sheet" in page
    assert "Print the sheet" not in page
    assert "Ask the printer" not in page
    assert "3 open, 1 of them late. In the last 7 days 4 came in and 1 were closed." in page
    on_paper = see(client, quinn, "improvement-plan", query="?print=1")
    assert f"Ring the school ({late.reference}), to be done. Due" in on_paper


def test_the_plan_ends_at_28_days(client, clock, cast, greta, chidi, quinn):
    recommendation = begun(greta, chidi)
    asked_for(recommendation, chidi, cast["sam"], days=28, what="Write the sheet")
    asked_for(recommendation, chidi, cast["sam"], days=29, what="Print the sheet")
    page = see(client, quinn, "improvement-plan")
    assert "Write the sheet" in page
    assert "Print the sheet" not in page
    assert "by 30 March 2026" in page


def test_an_officer_sees_their_own_action_says_that_it_is_done_and_cannot_close_it(client, clock, cast, greta, chidi):
    connie = cast["connie"]
    action = asked_for(begun(greta, chidi), chidi, connie)
    assert "To be done by you, to get better" in see(client, connie, "home")
    page = see(client, connie, "improvementaction", action.pk)
    assert reverse("recommendation", args=[action.recommendation_id]) not in page
    refused = send(client, connie, "improvementaction-done", action.pk, status=422, said=" ")
    assert "How was it done?" in refused
    send(client, connie, "improvementaction-done", action.pk, said="On every desk")
    see(client, connie, "improvementaction-close", action.pk, status=403)
    see(client, cast["rina"], "improvementaction", action.pk, status=404)
    send(client, cast["quinn"], "improvementaction-close", action.pk, said="Seen")
    assert as_it_is(action).state == "closed"


def test_an_action_of_the_group_names_the_agency(client, clock, cast, chidi, sam, quinn):
    council = scrutiny_scenes.kim(sam).agency
    meeting = papers_sent(cast)
    clock.set(TUESDAY)
    held(meeting, chidi)
    action = asked_of(found(paper_of(meeting), chidi), chidi, owner_kind="partner", agency=council)
    assert "Vale Council (a partner agency)" in see(client, quinn, "improvementaction", action.pk)
    assert isinstance(action, ImprovementAction)


def test_the_list_asks_the_database_no_more_for_many_than_for_few(
    client, clock, cast, greta, chidi, django_assert_max_num_queries
):
    for number in range(12):
        evidenced(begun(greta, chidi, number=f"{number}"), chidi)
    see(client, greta, "recommendations")
    with django_assert_max_num_queries(18):
        see(client, greta, "recommendations")


def test_what_is_forced_into_the_table_says_nothing_on_the_page(client, clock, greta, chidi):
    recommendation = begun(greta, chidi)
    forced(recommendation, measures=["forgotten"])
    assert "No figure is tied to it" in see(client, greta, "recommendation", recommendation.pk)
