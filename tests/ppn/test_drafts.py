"""What an officer types is kept as it is typed, is theirs to write in, and never becomes two notices."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from access.actor import NotYours, System, acting
from ppn import typed, workflow
from ppn.models import Draft, Ppn
from sla.models import Clock
from tests.conftest import SHARED_DATA, hours
from tests.sla.made import MOMENT, raised
from tests.stories import a_notice, as_seen_by, away, called_in, clock_of, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
FILE = SHARED_DATA / "blns.json"
STRINGS = json.loads(FILE.read_text()) if FILE.exists() else []
WORDS = {"narrative": ["Called by a neighbour. A girl of seven"], "types": ["child_at_risk", "missing"]}
WHOLE = {
    "types": ["child_at_risk"],
    "child": "yes",
    "grade": "amber",
    "da_risk": "none",
    "narrative": "Called by a neighbour. A girl of seven",
    "subjects-TOTAL_FORMS": "1",
    "subjects-INITIAL_FORMS": "0",
    "subjects-0-part": "child",
    "subjects-0-name": "Anya Example",
    "subjects-0-seen": "no",
    "subjects-0-spoken_to": "no",
    "subjects-0-not_spoken_to_because": "Asleep; Rosa goes back at four",
}


@pytest.fixture
def draft(clock, olly):
    return workflow.start_draft(Draft(pk=uuid4()), by=olly, typed=WORDS, arises_from=None)


def kept(draft):
    with acting(System("test")):
        return Draft.objects.get(pk=draft.pk)


def drafts():
    with acting(System("test")):
        return list(Draft.objects.all())


def save(client, key, **typed_so_far):
    return client.post(reverse("ppn-save-draft", args=[key]), typed_so_far)


# As it was typed


def test_every_box_is_kept_as_it_was_typed(client, clock, olly):
    client.force_login(olly)
    key = uuid4()
    text = "  Two spaces, a tab\tand\n\na line.  "
    assert "saved" in save(client, key, narrative=text, types=["missing", "child_at_risk"], grade="").json()
    (draft,) = drafts()
    assert (draft.pk, draft.author) == (key, olly)
    assert draft.typed == {"narrative": [text], "types": ["missing", "child_at_risk"]}


@pytest.mark.skipif(not FILE.exists(), reason="the Big List of Naughty Strings is not here")
def test_whatever_is_typed_is_kept_and_comes_back_as_it_was(client, clock, olly):
    client.force_login(olly)
    assert len(STRINGS) == 515
    key = uuid4()
    refused = [text for text in STRINGS if save(client, key, narrative=text).status_code != 200]
    assert refused == []
    boxes = {f"subjects-{number}-name": text for number, text in enumerate(STRINGS) if text.strip()}
    assert save(client, key, **boxes).status_code == 200
    (draft,) = drafts()
    assert {name: text for name, [text] in draft.typed.items()} == boxes
    for address in (draft.get_absolute_url(), reverse("ppn-new") + f"?draft={key}"):
        assert client.get(address).status_code == 200


def test_what_no_database_can_hold_is_refused_with_a_message(client, clock, olly):
    client.force_login(olly)
    answer = save(client, uuid4(), narrative="Called\0by")
    assert answer.status_code in (400, 409, 422)
    assert answer.content
    assert drafts() == []
    by_hand = client.post(reverse("ppn-new"), {"narrative": "Called\0by", "key": str(uuid4()), "save_draft": "1"})
    assert by_hand.status_code == 200
    assert "cannot be kept" in by_hand.content.decode()
    assert drafts() == []


def test_more_than_a_notice_can_hold_is_refused_with_a_message_and_what_was_kept_stays(client, olly, draft):
    client.force_login(olly)
    assert save(client, draft.pk, narrative="x" * typed.MOST).status_code == 200
    answer = save(client, draft.pk, narrative="x" * (typed.MOST + 1))
    assert (answer.status_code, answer.json()["why"]) == (409, "That is more than a notice can hold.")
    assert len(kept(draft).typed["narrative"][0]) == typed.MOST


def test_the_form_comes_back_with_everything(client, olly, draft):
    client.force_login(olly)
    save(client, draft.pk, **{**WHOLE, "subjects-1-name": "Reuben"})
    page = client.get(reverse("ppn-new") + f"?draft={draft.pk}").content.decode()
    for text in ("Called by a neighbour. A girl of seven", "Anya Example", "Reuben", "Asleep; Rosa goes back at four"):
        assert text in page
    assert "There is a problem" not in page


# Whose it is


@pytest.mark.parametrize("name", ["rosa", "cora", "sam"])
def test_only_its_author_writes_in_it(client, cast, draft, name):
    with pytest.raises(NotNow):
        workflow.save_draft(draft, by=cast[name], typed={"narrative": ["Mine now"]})
    client.force_login(cast[name])
    assert save(client, draft.pk, narrative="Mine now").status_code in (403, 409)
    assert client.get(reverse("ppn-new") + f"?draft={draft.pk}").status_code in (403, 404)
    assert kept(draft).typed == WORDS


def test_a_supervisor_reads_what_has_been_typed_and_a_colleague_does_not(client, cast, draft):
    address = draft.get_absolute_url()
    for name, may in (("olly", True), ("rosa", True), ("rashid", True), ("noor", False), ("callie", False)):
        client.force_login(cast[name])
        page = client.get(address)
        assert (page.status_code == 200) == may or cast[name].can(workflow.check.may), name
        if page.status_code == 200:
            assert "Called by a neighbour" in page.content.decode()


def test_left_for_two_hours_the_sergeant_is_told_a_microsecond_later(clock, draft):
    start = clock.at
    swept(clock, hours(2))
    assert raised(draft.pk) == []
    swept(clock, MOMENT)
    assert raised(draft.pk) == [("DR", 1, start + hours(2), ["rosa"])]
    swept(clock, hours(6))
    assert raised(draft.pk)[1:] == [("DR", 2, start + hours(8), ["rashid"])]


def test_with_the_sergeant_away_their_cover_is_told_and_reads_it(clock, draft, rosa, noor):
    away(rosa, days=3, cover=noor)
    swept(clock, hours(2) + MOMENT)
    assert [people for *_, people in raised(draft.pk)] == [["noor"]]
    assert as_seen_by(noor, draft).typed == WORDS


def test_to_save_again_gives_no_more_time(clock, olly, draft):
    due = clock_of(draft, "DR").due_at
    clock.shift(hours(1))
    again = workflow.save_draft(draft, by=olly, typed={"narrative": ["More"]})
    assert (again.saved_at, again.started_at) == (clock.at, clock.at - hours(1))
    assert clock_of(draft, "DR").due_at == due


def test_the_list_shows_a_supervisor_what_has_been_left_from_that_moment(client, clock, rosa, draft):
    client.force_login(rosa)
    address = reverse("ppn-drafts") + "?show=left"
    clock.shift(hours(2))
    assert [row.reference for row in client.get(address).context["rows"]] == []
    clock.shift(MOMENT)
    assert [row.reference for row in client.get(address).context["rows"]] == [draft.reference]


# It becomes the notice


def test_its_key_is_the_notices_and_submitting_ends_it_and_its_clock(clock, olly, draft):
    clock.shift(hours(1))
    subjects = [workflow.SubjectFacts("child", "Anya", not_spoken_to_because="Asleep")]
    ppn = workflow.submit(Ppn(pk=draft.pk), by=olly, notice=a_notice(), subjects=subjects)
    assert (ppn.pk, kept(draft).state, kept(draft).typed) == (draft.pk, "submitted", {})
    running = Clock.objects.get(record=draft.pk, deadline="DR")
    assert (running.stopped_at, running.stopped_by) == (clock.at, "ppn.draft_submitted")
    swept(clock, hours(20))
    assert not [each for each in raised(draft.pk) if each[0] == "DR"]


def test_a_save_after_that_is_refused_and_says_so(client, clock, olly, draft):
    subjects = [workflow.SubjectFacts("child", "Anya", not_spoken_to_because="Asleep")]
    workflow.submit(Ppn(pk=draft.pk), by=olly, notice=a_notice(), subjects=subjects)
    client.force_login(olly)
    answer = save(client, draft.pk, narrative="One more thing")
    assert (answer.status_code, answer.json()["why"]) == (409, "This notice has been submitted.")
    with pytest.raises(NotNow, match="no longer yours"):
        workflow.save_draft(draft, by=olly, typed={"narrative": ["One more thing"]})
    assert kept(draft).typed == {}


def test_sent_twice_it_is_one_notice(clock, olly, draft):
    subjects = [workflow.SubjectFacts("child", "Anya", not_spoken_to_because="Asleep")]
    workflow.submit(Ppn(pk=draft.pk), by=olly, notice=a_notice(), subjects=subjects)
    with pytest.raises(Exception):  # noqa: B017, PT011 - whichever of the two refuses first
        workflow.submit(Ppn(pk=draft.pk), by=olly, notice=a_notice(), subjects=subjects)
    with acting(olly):
        assert Ppn.objects.count() == 1


def test_saved_twice_with_one_key_it_is_one_draft(client, clock, olly):
    client.force_login(olly)
    key = uuid4()
    for text in ("One", "Two"):
        assert save(client, key, narrative=text).status_code == 200
    (draft,) = drafts()
    assert draft.typed == {"narrative": ["Two"]}


def test_a_draft_remembers_what_it_arises_from(client, clock, callie, olly):
    incident, key = called_in(callie), uuid4()
    client.force_login(olly)
    client.post(reverse("ppn-save-draft", args=[key]) + f"?from={incident.pk}", {"narrative": "x"})
    assert drafts()[0].arises_from == incident.pk


# Thrown away


def test_it_is_thrown_away_with_a_reason_and_stays_to_be_read(clock, olly, rosa, draft):
    done = workflow.throw_away(draft, by=olly, because="Another officer has written it: PPN-000001")
    assert (done.state, done.because) == ("thrown_away", "Another officer has written it: PPN-000001")
    assert as_seen_by(rosa, draft).typed == WORDS
    assert clock_of(draft, "DR").stopped_by == "ppn.throw_away"
    with pytest.raises(NotNow):
        workflow.save_draft(draft, by=olly, typed={"narrative": ["After all"]})


@pytest.mark.parametrize("because", ["", "  "])
def test_not_without_a_reason(olly, draft, because):
    with pytest.raises(NotNow):
        workflow.throw_away(draft, by=olly, because=because)


def test_a_supervisor_may_and_a_colleague_may_not(clock, cast, olly, rosa, cora, draft):
    with pytest.raises((NotNow, NotYours, Draft.DoesNotExist)):
        workflow.throw_away(draft, by=cast["ravi"], because="Not needed")
    assert kept(draft).state == "open"
    assert workflow.throw_away(draft, by=rosa, because="He is on leave; PPN-000001 says it").state == "thrown_away"
