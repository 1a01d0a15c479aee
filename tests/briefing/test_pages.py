"""The pages of the daily meeting, from the agenda to the minutes, as the chair and everybody else sees them."""

import pytest
from django.urls import reverse

from access.actor import acting
from briefing.models import Action, Decision, Meeting
from tests.access.entries import consultations
from tests.briefing.scenes import (
    TEST,
    TUESDAY,
    a_missing_child,
    a_restricted_incident,
    acted_on,
    as_it_is,
    item_of,
    opened,
    owed,
    signed_off,
)
from tests.conftest import hours
from tests.stories import called_in

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def incident(cast, clock):
    clock.set(TUESDAY - hours(2))
    return called_in(cast["callie"])


def test_the_chair_takes_a_meeting_from_its_agenda_to_its_minutes(client, cast, incident, dmitri, clock):
    meeting = owed()
    client.force_login(dmitri)
    assert "would be on the agenda now" in text(client.get(reverse("meeting", args=[meeting.pk])))
    clock.set(TUESDAY)
    client.post(reverse("meeting-open", args=[meeting.pk]))
    page = text(client.get(reverse("meeting", args=[meeting.pk])))
    assert "0 of 1 children decided" in page
    assert "Go through what is not decided" in page
    with acting(TEST):
        keys = list(meeting.items.figures().values_list("pk", flat=True))
    for key in keys:
        said = {"outcome": "nothing_more", "decision": "The child is with her aunt, and safe"}
        assert client.post(reverse("agendaitem-decide", args=[key]), said).status_code == 302
    client.post(reverse("meeting-there", args=[meeting.pk]), {"person": dmitri.pk, "agency": "", "post": ""})
    assert client.post(reverse("meeting-end", args=[meeting.pk])).status_code == 302
    assert client.post(reverse("meeting-sign-off", args=[meeting.pk]), {"notes": "", "because": ""}).status_code == 302
    minutes = text(client.get(reverse("meeting", args=[meeting.pk])))
    assert "1 of 1 children decided" in minutes
    assert "The child is with her aunt, and safe" in minutes
    assert as_it_is(meeting).state == "signed_off"


def test_a_meeting_with_an_undecided_child_is_not_over_and_the_page_says_which(client, cast, incident, dmitri, clock):
    meeting = opened(clock, dmitri)
    client.force_login(dmitri)
    answer = client.post(reverse("meeting-end", args=[meeting.pk]))
    assert answer.status_code == 422
    assert f"item {item_of(meeting, incident).number}" in text(answer)


def test_bad_input_names_the_field_and_loses_nothing_that_was_typed(client, cast, incident, dmitri, clock):
    item = item_of(opened(clock, dmitri), incident)
    client.force_login(dmitri)
    said = {"outcome": "act", "decision": "Typed with care", "what": "Also typed", "owner": "", "post": ""}
    answer = client.post(reverse("agendaitem-decide", args=[item.pk]), said)
    assert answer.status_code == 422
    page = text(answer)
    assert "Say who does it: one person, or one post" in page
    assert "Say by when" in page
    assert "Typed with care" in page
    assert "Also typed" in page


def test_nothing_is_chosen_beforehand(client, cast, incident, dmitri, clock):
    item = item_of(opened(clock, dmitri), incident)
    client.force_login(dmitri)
    assert " checked" not in text(client.get(reverse("agendaitem", args=[item.pk])))


def test_whoever_sees_the_whole_reads_the_meeting_and_decides_nothing(client, cast, incident, dmitri, hettie, clock):
    meeting = opened(clock, dmitri)
    item = item_of(meeting, incident)
    client.force_login(hettie)
    assert "Record the decision" not in text(client.get(reverse("agendaitem", args=[item.pk])))
    assert client.post(reverse("agendaitem-decide", args=[item.pk]), {}).status_code == 403
    assert client.get(reverse("daily-meetings")).status_code == 200


def test_a_response_officer_does_not_see_meetings_and_sees_what_is_asked_of_them(
    client, cast, incident, dmitri, olly, clock
):
    meeting = opened(clock, dmitri)
    action = acted_on(item_of(meeting, incident), dmitri, olly)
    client.force_login(olly)
    assert client.get(reverse("meeting", args=[meeting.pk])).status_code == 403
    assert "Go to the address and see the child" in text(client.get(reverse("daily-actions")))
    assert "Go to the address and see the child" in text(client.get(reverse("home")))
    assert client.get(reverse("dailyaction", args=[action.pk])).status_code == 200
    done = client.post(reverse("dailyaction-done", args=[action.pk]), {"said": "Seen, and well"})
    assert done.status_code == 302
    assert as_it_is(action).state == "done"


def test_somebody_elses_action_is_not_there_for_whoever_does_not_see_meetings(client, cast, incident, dmitri, clock):
    action = acted_on(item_of(opened(clock, dmitri), incident), dmitri, cast["rosa"])
    client.force_login(cast["cora"])
    assert client.get(reverse("dailyaction", args=[action.pk])).status_code == 404
    assert "Go to the address" not in text(client.get(reverse("daily-actions") + "?show=all"))


def test_a_restricted_record_is_shown_as_that_and_counts(client, cast, dmitri, sam, clock):
    clock.set(TUESDAY)
    incident = a_restricted_incident(cast, sam)
    meeting = owed()
    client.force_login(dmitri)
    before = text(client.get(reverse("meeting", args=[meeting.pk])))
    clock.set(meeting.meets_at)
    meeting = opened(clock, dmitri)
    during = text(client.get(reverse("meeting", args=[meeting.pk])))
    for page in (before, during):
        assert "A restricted record" in page
        assert incident.title not in page
        assert incident.reference not in page


@pytest.mark.django_db(transaction=True)
def test_the_agenda_and_the_minutes_are_papers_and_who_opens_them_is_in_the_ledger(client, cast, dmitri, clock):
    a_missing_child(cast)
    meeting = owed()
    client.force_login(dmitri)
    agenda = client.get(reverse("meeting-paper", args=[meeting.pk]))
    assert (agenda["Content-Type"], agenda.content[:5]) == ("application/pdf", b"%PDF-")
    meeting = opened(clock, dmitri)
    signed_off(meeting, dmitri)
    before = len(consultations())
    minutes = client.get(reverse("meeting-paper", args=[meeting.pk]))
    assert minutes.content[:5] == b"%PDF-"
    opened_now = consultations()[before:]
    assert {(actor, page) for actor, page, *_ in opened_now} == {(f"user: {dmitri.pk}", "meeting-paper")}
    read = {kind: keys for _, _, kind, keys in opened_now}
    assert read["briefing.meeting"] == [meeting.pk]
    with acting(TEST):
        (decision,) = Decision.objects.filter(item__meeting=meeting)
    assert decision.pk in read["briefing.decision"]


def test_every_list_of_the_meeting_opens_with_nothing_in_it(client, cast, dmitri):
    client.force_login(dmitri)
    for show in ("open", "late", "signed_off"):
        assert client.get(reverse("daily-meetings"), {"show": show}).status_code == 200
    for show in ("mine", "all", "overdue", "carried", "to_check", "ended"):
        assert client.get(reverse("daily-actions"), {"show": show}).status_code == 200
    with acting(TEST):
        assert (Meeting.objects.count(), Action.objects.count()) == (0, 0)
