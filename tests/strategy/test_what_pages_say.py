"""What the pages of strategy meetings say, whom they let in, and what they keep when something is missing."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from access.actor import acting
from cases.workflow.cases import restrict
from strategy import workflow
from strategy.models import StrategyMeeting
from strategy.showing import meetings_about
from strategy.urls import urlpatterns
from strategy.workflow import About, Child
from tests.households import on_record
from tests.stories import away, hours, submitted
from tests.strategy.meetings import (
    SERGEANT,
    SOCIAL_WORKER,
    STARTS,
    agreed,
    answered,
    asked,
    given,
    held,
    minuted,
    the_council,
)
from tests.strategy.test_pages import DECIDED, GROUNDS, PEOPLE, moment, text, the_table

pytestmark = pytest.mark.django_db
OF_A_MEETING = [each.name for each in urlpatterns if each.name.startswith("strategy")]
WITHOUT_A_RECORD = ("strategy-queue", "strategy-new")


def page(client, who, name, *keys, **query):
    client.force_login(who)
    return client.get(reverse(name, args=keys), query)


# Who is let in


@pytest.mark.parametrize("name", OF_A_MEETING)
def test_a_restricted_meeting_is_not_there_for_others_on_any_page(client, sam, ines, cora, name):
    meeting = held(agreed(sam), sam)
    restrict(meeting.case, by=ines, people=[ines], because="A member of staff is involved")
    with acting(ines):
        child = meeting.children.get()
    more = [child.pk] if name == "strategy-which-child" else []
    if name in WITHOUT_A_RECORD:
        assert meeting.reference not in text(page(client, sam, name))
    else:
        assert page(client, sam, name, meeting.pk, *more).status_code == 404


@pytest.mark.parametrize("name", ["action", "action-done", "action-not-needed"])
def test_an_action_of_a_restricted_meeting_is_not_there_for_others(client, sam, ines, clock, name):
    action = given(held(agreed(sam), sam), sam, due_at=clock.at + hours(4))
    restrict(action.meeting.case, by=ines, people=[ines], because="A member of staff is involved")
    assert page(client, sam, name, action.pk).status_code == 404
    assert page(client, ines, name, action.pk).status_code == 200


def test_an_officer_sees_the_action_that_is_theirs_and_not_the_meeting(client, sam, olly, rosa, clock):
    action = given(held(agreed(sam), sam), sam, owner=olly, due_at=clock.at + hours(4))
    assert "tell the MASH how" in text(page(client, olly, "action", action.pk))
    assert page(client, rosa, "action", action.pk).status_code == 403
    assert page(client, olly, "strategy", action.meeting_id).status_code == 403
    assert "See Anya at school" in text(page(client, olly, "home"))


def test_whoever_covers_for_an_officer_sees_their_action(client, sam, olly, rosa, clock):
    action = given(held(agreed(sam), sam), sam, owner=olly, due_at=clock.at + hours(4))
    away(olly, days=14, cover=rosa)
    assert page(client, rosa, "action", action.pk).status_code == 200


def test_the_chair_of_the_daily_meeting_reads_and_records_nothing(client, sam, dmitri):
    meeting = agreed(sam)
    assert page(client, dmitri, "strategy", meeting.pk).status_code == 200
    assert page(client, dmitri, "strategy-hold", meeting.pk).status_code == 403


# Asking from a record


def test_a_request_from_a_notice_is_filled_in_and_stays_in_its_case(client, sam, olly):
    ppn = submitted(olly)
    address = f"{reverse('strategy-new')}?about=ppn.ppn:{ppn.pk}"
    client.force_login(sam)
    form = client.get(address)
    assert "Anya Example" in text(form)
    said = {"key": form.context["key"], "authority": the_council().pk, "known": ["0"], "others": "Baby Example"}
    made = client.post(address, {**said, "why": "Bruises", "risk_is_immediate": "yes", **GROUNDS})
    with acting(sam):
        (meeting,) = StrategyMeeting.objects.filter(about=ppn.pk)
        children = {child.name: child.person for child in meeting.children.select_related("person")}
        assert (meeting.case_id, meeting.about_reference) == (ppn.case_id, ppn.reference)
    assert children["Anya Example"] is not None
    assert children["Baby Example"] is None
    assert ppn.reference in text(client.get(made.url))


@pytest.mark.parametrize("query", [{"about": "ppn.ppn:x"}, {"about": "nothing"}, {"follows": "x"}])
def test_what_is_no_record_is_not_there(client, sam, query):
    assert page(client, sam, "strategy-new", **query).status_code == 404


def test_a_hidden_record_is_not_there_to_be_asked_about(client, sam, ines, olly):
    ppn = submitted(olly)
    with acting(ines):
        restrict(type(ppn).objects.get(pk=ppn.pk).case, by=ines, people=[ines], because="Staff")
    assert page(client, sam, "strategy-new", about=f"ppn.ppn:{ppn.pk}").status_code == 404


def test_a_request_sent_twice_is_one_meeting(client, sam):
    client.force_login(sam)
    key = client.get(reverse("strategy-new")).context["key"]
    sent = {"key": key, "authority": the_council().pk, "others": "Anya", "why": "x", "risk_is_immediate": "no"}
    first, second = (client.post(reverse("strategy-new"), {**sent, **GROUNDS}) for _ in range(2))
    assert first.url == second.url
    with acting(sam):
        assert StrategyMeeting.objects.count() == 1


def test_somebody_on_record_is_named_by_their_reference(client, sam, cora):
    anya = on_record(cora, "Anya Example", born=date(2018, 1, 5))
    client.force_login(sam)
    key = client.get(reverse("strategy-new")).context["key"]
    sent = {"key": key, "authority": the_council().pk, "others": anya.reference, "why": "x"}
    made = client.post(reverse("strategy-new"), {**sent, "risk_is_immediate": "no", **GROUNDS})
    picture = text(page(client, cora, "person", anya.pk))
    assert made.url in picture
    assert "asked for" in picture


def test_a_child_named_only_in_words_is_tied_to_the_child_on_record_once(client, sam, cora):
    anya = on_record(cora, "Anya Example", born=date(2018, 1, 5))
    meeting = asked(sam, children=[Child("Anya"), Child("not known")])
    with acting(cora):
        first, second = meeting.children.order_by("name")
    client.force_login(cora)
    done = client.post(reverse("strategy-which-child", args=[meeting.pk, first.pk]), {"person": anya.reference})
    assert done.status_code == 302
    assert meeting.get_absolute_url() in text(client.get(anya.get_absolute_url()))
    again = client.post(reverse("strategy-which-child", args=[meeting.pk, second.pk]), {"person": anya.reference})
    assert "down for this meeting already" in text(again)
    taken = client.post(reverse("strategy-which-child", args=[meeting.pk, first.pk]), {"person": anya.reference})
    assert "Somebody has said already" in text(taken)


def test_a_refused_request_keeps_what_was_typed_and_names_the_field(client, sam):
    client.force_login(sam)
    sent = {"others": "PER-999999", "why": "Bruises in three places", "risk_is_immediate": "", **GROUNDS}
    back = client.post(reverse("strategy-new"), sent)
    assert back.status_code == 422
    for said in ("Bruises in three places", "Nobody on record has the reference PER-999999", 'href="#id_others"'):
        assert said in text(back)


# Holding


def test_a_refused_meeting_keeps_everybody_who_was_typed_and_names_the_field(client, sam, clock):
    meeting = agreed(sam)
    client.force_login(sam)
    sent = {"mode": "phone", "no_quorum_because": "", **the_table(PEOPLE[:2]), **DECIDED, **moment("held_at", clock.at)}
    back = client.post(reverse("strategy-hold", args=[meeting.pk]), sent)
    assert back.status_code == 422
    for said in ("Nell Nurse", "Anya stays with her aunt", "without police: say why", 'href="#id_no_quorum_because"'):
        assert said in text(back)


def test_there_is_room_for_one_more_at_the_table(client, sam, clock):
    meeting = agreed(sam)
    client.force_login(sam)
    sent = {"mode": "phone", **the_table(), **DECIDED, "add_person": "1"}
    back = text(client.post(reverse("strategy-hold", args=[meeting.pk]), sent))
    assert "Person 5" in back
    assert "Sol Worker" in back
    assert "There is a problem" not in back


def test_a_meeting_without_health_says_so_on_every_page_that_speaks_of_it(client, sam, cora, clock):
    anya = on_record(cora, "Anya Example", born=date(2018, 1, 5))
    meeting = agreed(sam, children=[Child("Anya Example", anya)])
    meeting = held(meeting, sam, attendees=[SOCIAL_WORKER, SERGEANT], because="The nurse is ill", decisions=STARTS)
    action = given(meeting, sam, due_at=clock.at + hours(4))
    shown = [
        page(client, sam, "strategy", meeting.pk),
        page(client, sam, "strategy-minutes", meeting.pk),
        page(client, sam, "strategy-conference", meeting.pk),
        page(client, sam, "strategy-give-action", meeting.pk),
        page(client, sam, "action", action.pk),
        page(client, sam, "action-done", action.pk),
        page(client, sam, "strategy-queue"),
        page(client, sam, "home"),
        page(client, sam, "person", anya.pk),
    ]
    assert ["Held without health" in text(each) for each in shown] == [True] * len(shown)


# Two at once, lists, other pages


def test_whoever_answers_second_is_told_and_keeps_what_they_typed(client, sam, cora, cole, clock):
    meeting = asked(sam)
    client.force_login(cole)
    url = reverse("strategy-declined", args=[meeting.pk])
    assert client.get(url).status_code == 200
    answered(meeting, cora)
    sent = {"by_name": "Ash", "because": "A parenting matter", **moment("answered_at", clock.at)}
    back = client.post(url, sent)
    assert back.status_code == 422
    assert "Somebody may have been quicker" in text(back)
    assert "A parenting matter" in text(back)


def test_each_chip_counts_exactly_what_it_shows(client, sam, clock):
    asked(sam)
    answered(asked(sam), sam, yes=False)
    workflow.plan(agreed(sam), by=sam, planned_for=clock.at + hours(2), mode="phone")
    held(agreed(sam), sam, decisions=STARTS)
    late = minuted(held(agreed(sam), sam, decisions=STARTS), sam)
    workflow.set_conference(late, by=sam, on=date(2026, 3, 24), late_because="No room before")
    in_time = minuted(held(agreed(sam), sam, decisions=STARTS), sam)
    workflow.set_conference(in_time, by=sam, on=date(2026, 3, 23), late_because="")
    for _ in range(2):
        given(in_time, sam, due_at=clock.at + hours(4))
    workflow.close(minuted(held(agreed(sam), sam), sam), by=sam)
    workflow.cancel(asked(sam), by=sam, because="Asked for twice")
    expected = {"open": 6, "to_hold": 2, "waiting": 1, "declined": 1, "planned": 1, "no_minutes": 1, "actions": 1,
                "no_conference": 1, "late_conference": 1, "closed": 1, "given_up": 1, "overdue": 0}  # fmt: skip
    client.force_login(sam)
    for name, count in expected.items():
        shown = client.get(reverse("strategy-queue"), {"show": name})
        chip = next(each for each in shown.context["chips"] if each["current"])
        assert (name, chip["count"], len(shown.context["rows"])) == (name, count, count)


def test_a_meeting_with_an_overdue_action_is_among_the_overdue(client, sam, clock):
    meeting = minuted(held(agreed(sam), sam), sam)
    given(meeting, sam, due_at=clock.at + hours(4))
    client.force_login(sam)
    for shift, count in ((hours(4), 0), (timedelta(microseconds=1), 1)):
        clock.shift(shift)
        shown = client.get(reverse("strategy-queue"), {"show": "overdue"})
        assert len(shown.context["rows"]) == count
    assert "First action due Mon 2 March 2026, 13:00" in text(shown)


def test_the_list_asks_the_database_no_more_for_many_than_for_few(client, sam, django_assert_max_num_queries):
    client.force_login(sam)
    for _ in range(12):
        asked(sam)
    client.get(reverse("strategy-queue"))
    with django_assert_max_num_queries(16):
        client.get(reverse("strategy-queue"))


def test_a_record_without_a_meeting_says_so_and_offers_one_to_a_sergeant(sam, cora, olly):
    ppn = submitted(olly)
    with acting(sam):
        found = meetings_about(ppn)
    assert found["meetings"] == []
    assert found["meeting_new_url"] == f"/strategy/new/?about=ppn.ppn:{ppn.pk}"
    with acting(cora):
        assert meetings_about(ppn)["meeting_new_url"] == ""
    with acting(olly):
        assert meetings_about(ppn)["may_see_meetings"] is False


def test_a_record_with_a_meeting_shows_where_it_stands(client, sam, olly):
    ppn = submitted(olly)
    meeting = asked(sam, about=About("ppn.ppn", ppn.pk, ppn.reference, ppn.case))
    shown = text(page(client, sam, "ppn", ppn.pk))
    assert meeting.reference in shown
    assert "Requested, no answer yet" in shown


def test_what_is_missing_before_it_can_be_closed_is_said(client, sam, clock):
    meeting = held(agreed(sam), sam, decisions=STARTS)
    given(meeting, sam, due_at=clock.at + hours(4))
    shown = text(page(client, sam, "strategy", meeting.pk))
    for said in ("Before you can close this meeting", "Minutes on the police system", "1 open action done"):
        assert said in shown
    assert "A date for the conference, or why none" in shown
    assert "Close it" not in shown


def test_a_declined_meeting_waits_on_the_sergeants_home(client, sam, cora):
    answered(asked(sam), cora, yes=False)
    assert "ask again, or say why not" in text(page(client, sam, "home"))
    assert "ask again, or say why not" not in text(page(client, cora, "home"))


def test_a_disagreement_with_a_refusal_is_raised_from_the_meeting(client, sam, cora):
    meeting = answered(asked(sam), cora, yes=False)
    shown = page(client, sam, "strategy", meeting.pk)
    (url,) = [each["url"] for each in shown.context["actions"] if each["label"] == "Raise a disagreement"]
    assert client.get(url).status_code == 200


def test_a_meeting_that_was_not_held_has_no_paper(client, sam):
    assert page(client, sam, "strategy-minutes-pdf", agreed(sam).pk).status_code == 404
