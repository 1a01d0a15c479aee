"""What is typed wrong gets a plain message that names the field, and comes back as it was typed: nothing is lost, and
nothing is done."""

import html

import pytest
from django.urls import reverse

from access.actor import System, acting
from tests.conftest import MONDAY, hours, minutes
from tests.stories import called_in, ended
from tests.triage.scenes import allocated, contacted, with_the_phone
from tests.triage.typed import Form
from triage import workflow
from triage.models import Incident
from triage.models.assessments import ABUSE_QUESTIONS, SIX
from triage.suitability import QUESTIONS
from workflow.models import Step

pytestmark = pytest.mark.django_db

A_MEGABYTE = "He shouts & she cries. " * 45_000
ONE_TOO_MANY = "A" * 20_001
CHOOSE = "Choose yes, no or not known"
TOO_LONG = "write at most 20000 characters"
NO_CODE = "Choose one of the answers offered"
LATER = "The call cannot have come in later than now"
THRIVE = {
    **{f"{line}_level": "low" for line in SIX},
    **{line: f"“{line}” & more" for line in SIX},
    "before_we_arrive": "It may start again <now>",
    "overall": "low",
}
ABUSE = dict.fromkeys(ABUSE_QUESTIONS, "not_known") | {"first_words": "“Please come”", "relationship": "Ex-partners"}
CALL = {
    "channel": "999",
    "location": "Flat 3 <rear>, 12 Example Street",
    "caller": "O'Example & son",
    "caller_number": "07700 900461",
    "what_happened": "Shouting through the wall",
    "child": "yes",
    "children": "A girl, about seven",
    "domestic_abuse": "yes",
    **ABUSE,
    "unborn_child": "not_known",
    "category": "Domestic",
    "opening_category": "welfare",
    **THRIVE,
    "grade": "G3",
    "urgent_because": "A knife was seen",
    "safe_number": "07700 900462",
    "safe_time": "After four",
    "may_leave_message": "no",
    "reported_at_day": "2",
    "reported_at_month": "3",
    "reported_at_year": "2026",
    "reported_at_time": "08:53",
}
SHORT_CALL = {name: CALL[name] for name in ("location", "caller", "caller_number", "what_happened", "child", "grade")}
SHORT_CALL |= {"channel": "silent_999"}
REGRADE = {"grade": "G1", "because": "A knife", "caller_told": "yes", **THRIVE}
REASSESS = {"trigger": "interval", **THRIVE}
AGAIN = {"what_they_say": "He is back", "child": "not_known"}
CONTACT = {"route": "07700 900462", "result": "reached", "said": "He has gone"}
HEARD = {"child": "Anya", "seen": "yes", "spoken_to": "yes", "own_words": "“I hid.”", "demeanour": "Quiet",
         "with_whom": "Alone", "communicates": "Speaks", "home": "Cold", "wants": "To sleep"}  # fmt: skip
OUTCOME = {"outcome": "Words given", "closing_category": "welfare", "child": "yes", "child_seen": "yes",
           "child_not_seen_because": ""}  # fmt: skip
END = {"because": "No trace", "child_safe_because": "At school", "no_ppn_because": "Covered", "caller_told": "yes"}
ALLOCATE = {**dict.fromkeys(QUESTIONS, "no"), "safe_to_talk": "yes", "destination": "resolution", "because": "So"}
RESOLVE = {"outcome": "Crime recorded", "closing_category": "crime", "child_safe_because": "", "no_ppn_because": ""}
REOPEN = {"because": "He is back", "grade": "G2", **THRIVE}
RESOURCES = {"decision": "hold", "because": "Nobody is free", "until": "60"}


class Told:
    """Stories by the page that they lead to."""

    def __init__(self, cast):
        self.cast = cast

    def __getattr__(self, name):
        return self.cast[name]

    def waits(self):
        return called_in(self.callie)

    def attended(self):
        return workflow.attend(self.waits(), by=self.olly)

    def in_hub(self):
        return called_in(self.callie, grade="G4", child="no")

    def by_phone(self):
        incident = contacted(with_the_phone(self.callie, self.tara, self.tess), self.ravi)
        return workflow.accept(incident, by=self.ravi, owner=self.ravi)

    def ended(self):
        return ended(self.waits(), self.connie)


PAGES = {
    "new": ("callie", None, CALL),
    "new-short": ("callie", None, SHORT_CALL),
    "regrade": ("connie", Told.waits, REGRADE),
    "reassess": ("connie", Told.waits, REASSESS),
    "again": ("callie", Told.waits, AGAIN),
    "contact": ("connie", Told.waits, CONTACT),
    "resources": ("fin", Told.waits, RESOURCES),
    "child": ("olly", Told.attended, HEARD),
    "outcome": ("olly", Told.attended, OUTCOME),
    "end": ("connie", Told.waits, END),
    "allocate": ("tara", Told.in_hub, ALLOCATE),
    "resolve": ("rina", Told.by_phone, RESOLVE),
    "reopen": ("connie", Told.ended, REOPEN),
}


@pytest.fixture
def typed(client, cast):
    """Somebody types this into a page. Returns the answer, and how many steps were taken."""

    def into(where, **wrong):
        who, story, right = PAGES[where]
        record = [story(Told(cast)).pk] if story else []
        before = Step.objects.count()
        client.force_login(cast[who])
        sent = {name: said for name, said in {**right, **wrong}.items() if said is not None}
        answer = client.post(reverse(f"incident-{where}", args=record), sent)
        return answer, Step.objects.count() - before, sent

    return into


def is_told_and_loses_nothing(answer, steps, sent, field, message):
    page = answer.content.decode()
    text = " ".join(html.unescape(page).split())
    assert (answer.status_code, steps) == (422, 0)
    assert list(answer.context["form"].errors) == [field]
    assert "There is a problem" in text
    assert message in text[text.index("There is a problem") :]
    label = str(answer.context["form"].fields[field].label)
    assert label in text
    there = Form(page).typed
    lost = {name for name, said in sent.items() if there.get(name, "") != said} - {field}
    assert lost == set()
    return there


@pytest.mark.parametrize("where", PAGES)
def test_with_nothing_wrong_it_is_done(typed, where):
    answer, steps, _ = typed(where)
    assert (answer.status_code, steps) == (302, 1)


BLANK = [
    ("new", "child"),
    ("new", "domestic_abuse"),
    ("new-short", "child"),
    ("again", "child"),
    ("child", "seen"),
    ("child", "spoken_to"),
    ("outcome", "child"),
    ("outcome", "child_seen"),
    *(("allocate", question) for question in QUESTIONS),
]


@pytest.mark.parametrize(("where", "field"), BLANK)
@pytest.mark.parametrize("blank", [None, ""], ids=["not sent", "empty"])
def test_a_question_that_is_never_blank_asks_again(typed, where, field, blank):
    is_told_and_loses_nothing(*typed(where, **{field: blank}), field, CHOOSE)


NARRATIVES = [
    ("new", "what_happened"),
    ("new", "children"),
    ("new", "threat"),
    ("new", "first_words"),
    ("new-short", "what_happened"),
    ("regrade", "before_we_arrive"),
    ("again", "what_they_say"),
    ("contact", "said"),
    ("child", "own_words"),
    ("outcome", "outcome"),
    ("end", "because"),
    ("resolve", "outcome"),
    ("reopen", "because"),
]


@pytest.mark.parametrize(("where", "field"), NARRATIVES)
def test_a_narrative_of_a_megabyte_is_refused_with_its_limit_and_comes_back_whole(typed, where, field):
    there = is_told_and_loses_nothing(*typed(where, **{field: A_MEGABYTE}), field, TOO_LONG)
    assert there[field] == A_MEGABYTE


def test_the_longest_there_may_be_is_kept_and_one_letter_more_is_not(typed):
    assert typed("again", what_they_say=ONE_TOO_MANY[1:])[0].status_code == 302
    is_told_and_loses_nothing(*typed("again", what_they_say=ONE_TOO_MANY), "what_they_say", TOO_LONG)


CODES = [
    ("new", "channel"),
    ("new", "grade"),
    ("new", "overall"),
    ("new", "threat_level"),
    ("new", "opening_category"),
    ("new", "child"),
    ("new-short", "channel"),
    ("regrade", "grade"),
    ("regrade", "caller_told"),
    ("reassess", "trigger"),
    ("contact", "result"),
    ("resources", "decision"),
    ("resources", "until"),
    ("outcome", "closing_category"),
    ("end", "caller_told"),
    ("allocate", "destination"),
    ("reopen", "grade"),
]


@pytest.mark.parametrize(("where", "field"), CODES)
def test_a_code_that_there_is_not_is_named(typed, where, field):
    is_told_and_loses_nothing(*typed(where, **{field: "canary"}), field, NO_CODE)


@pytest.mark.parametrize("channel", ["call_log", "feed"])
def test_a_channel_that_is_a_machines_cannot_be_chosen_by_hand(typed, channel):
    is_told_and_loses_nothing(*typed("new", channel=channel), "channel", NO_CODE)


def _at(moment):
    return {
        "reported_at_day": f"{moment:%d}",
        "reported_at_month": f"{moment:%m}",
        "reported_at_year": f"{moment:%Y}",
        "reported_at_time": f"{moment:%H:%M}",
    }


@pytest.mark.parametrize("later", [minutes(1), hours(24), hours(24 * 365)])
def test_a_call_that_came_in_later_than_now_is_asked_about_again(typed, later):
    there = is_told_and_loses_nothing(*typed("new", **_at(MONDAY + later)), "reported_at", LATER)
    assert there["reported_at_time"] == f"{MONDAY + later:%H:%M}"


def test_until_this_very_minute_is_taken(typed):
    assert typed("new", **_at(MONDAY))[0].status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [{"reported_at_day": "30", "reported_at_month": "2"}, {"reported_at_time": "25:61"}, {"reported_at_year": "x"}],
)
def test_a_moment_that_there_is_not_comes_back_as_it_was_typed(typed, wrong):
    answer, steps, sent = typed("new", **wrong)
    assert (answer.status_code, steps, list(answer.context["form"].errors)) == (422, 0, ["reported_at"])
    assert Form(answer.content.decode()).typed.items() >= sent.items()


@pytest.mark.parametrize(
    ("where", "wrong", "message"),
    [
        ("regrade", {"before_we_arrive": " "}, "Answer needed: What could happen before we arrive?"),
        ("contact", {"said": " "}, "Say what they said, or why they cannot be reached"),
        ("contact", {"result": "message_left"}, "Nobody has said that a message may be left"),
        ("child", {"own_words": " "}, "write what they said, in their own words"),
        ("outcome", {"child_seen": "not_known"}, "say why, who will see the child, and by when"),
        ("end", {"child_safe_because": ""}, "how we know that the child is safe"),
        ("allocate", {"child_to_be_seen": "not_known"}, "a child has to be seen, or nobody knows whether one has"),
    ],
)
def test_what_the_rules_ask_for_is_said_in_words_and_loses_nothing_either(typed, where, wrong, message):
    answer, steps, sent = typed(where, **wrong)
    text = " ".join(html.unescape(answer.content.decode()).split())
    assert (answer.status_code, steps) == (422, 0)
    assert message in text
    there = Form(answer.content.decode()).typed
    assert {name for name, said in sent.items() if there.get(name, "").strip() != said.strip()} == set()


def test_nothing_was_stored_of_any_of_it(typed):
    typed("new", child="")
    typed("new", what_happened=A_MEGABYTE)
    with acting(System("test")):
        assert not Incident.objects.exists()


def test_what_is_sent_twice_from_a_page_is_one_incident(typed, client):
    first, _, sent = typed("new", key="5f0e6c1e-7d0b-4a3a-9a51-0f6f6f0f4a10")
    again = client.post(reverse("incident-new"), sent)
    assert (first.status_code, again.status_code, first.url) == (302, 302, again.url)


def test_a_body_that_no_form_could_send_is_refused_and_not_an_error_of_ours(typed):
    assert typed("again", what_they_say="A\x00B")[0].status_code == 422


def test_an_allocation_that_is_refused_keeps_its_answers(typed, cast):
    answer, _, sent = typed("allocate", images_shared="not_known")
    assert Form(answer.content.decode()).typed.items() >= sent.items()
    assert "the specialist sergeant has not said how" in answer.content.decode()
    assert allocated(Told(cast).in_hub(), cast["tara"]).state == "allocated"
