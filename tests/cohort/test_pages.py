"""The pages of the missing team take a child from the proposal to the day they leave the cohort; what they say, whom
they let in, and what they keep when something is missing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from access.actor import acting
from accounts.models import User
from cases.workflow.people import declare_conflict
from cohort.models import CohortEntry
from cohort.urls import urlpatterns
from tests.cohort.children import (
    FIRST,
    FORM,
    WORDS,
    a_child,
    form,
    given,
    in_cohort,
    meeting_of,
    met,
    of_each,
    plan_of,
    proposed,
    trigger_plan,
    updated,
)
from tests.documents.files import added
from tests.stories import away
from tests.strategy.meetings import the_council
from tests.strategy.test_pages import moment, text, the_table

pytestmark = pytest.mark.django_db
WITHOUT_A_RECORD = [
    "cohort",
    "cohort-propose",
    "cohort-network",
    "cohort-meetings",
    "cohort-trigger-plans",
    "cohort-philomena",
    "triggerplan-new",
    "philomena-new",
]
ABOUT_A_RECORD = [each.name for each in urlpatterns if each.name not in WITHOUT_A_RECORD]
PEOPLE = [
    ("Milo Missing-Sergeant", "Police", "Sergeant", "police"),
    ("Sol Worker", "Vale Council", "Manager", "social_care"),
]


def page(client, who, name, *keys, **query):
    client.force_login(who)
    return client.get(reverse(name, args=keys), query)


def sends(client, who, name, *keys, **said):
    client.force_login(who)
    return client.post(reverse(name, args=keys), said)


def as_typed(said):
    """What a form sends for the words of a plan or form."""
    return {name: "\n".join(value) if isinstance(value, list) else value for name, value in vars(said).items()}


def test_the_pages_take_a_child_from_the_proposal_until_they_leave(client, maya, milo, clock):
    child, council = a_child(maya), the_council()
    shown = page(client, maya, "cohort-propose", person=child.reference)
    assert child.reference in text(shown)
    sent = {
        "key": shown.context["key"],
        "person": child.reference,
        "because": "Missing three times",
        "evidence": "A\nB",
    }
    made = sends(client, maya, "cohort-propose", **sent, authority=council.pk)
    assert made.status_code == 302, text(made)
    pk = made.url.strip("/").split("/")[-1]
    assert "It rests on A, B" in text(client.get(made.url))
    assert "Take the child in:</strong> for a MASH inspector" in text(client.get(made.url))
    taken = {
        "because": "Found twice with one adult",
        "exploitation": ["cse"],
        "tool": "seraf",
        "tool_score": "12",
        "authority": council.pk,
        "lead": maya.pk,
    }
    assert sends(client, milo, "entry-take-in", pk, **taken).status_code == 302
    with acting(milo):
        entry = CohortEntry.objects.get(pk=pk)
    plan = plan_of(entry)
    assert "No risk management plan has been written yet" in text(client.get(made.url))
    assert sends(client, maya, "riskplan-update", plan.pk, **as_typed(WORDS)).status_code == 302
    step = {"what": "Visit her at school", "owner": maya.pk, "agency": "", "name_there": ""}
    when = moment("due_at", clock.at + timedelta(days=7))
    assert sends(client, maya, "riskplan-step", plan.pk, **step, **when).status_code == 302
    trigger = {**as_typed(FIRST), "person": child.reference}
    assert sends(client, maya, "triggerplan-new", **trigger).status_code == 302
    came = {"person": child.reference, "received_from": "Olive Keeper", **moment("received_at", clock.at)}
    assert sends(client, maya, "philomena-new", **as_typed(FORM), **came).status_code == 302
    whole = text(page(client, maya, "entry", pk))
    for said in (WORDS.risks, "Visit her at school", "Ring Kelly Example", "kept by Oak House", "SERAF", "Sol", "Milo"):
        assert (said in whole) == (said != "Sol"), said
    with acting(milo):
        key = entry.risk_plans.get().steps.get().pk
    refused = sends(client, milo, "entry-leave", pk, because="Eighteen")
    assert (refused.status_code, "What becomes of: Visit her at school" in text(refused)) == (422, True)
    left = sends(client, milo, "entry-leave", pk, because="Eighteen", **{f"step_{key}": "Her personal adviser visits"})
    assert left.status_code == 302, text(left)
    assert "Her personal adviser visits" in text(page(client, milo, "entry", pk))


def test_the_pages_take_a_meeting_from_its_agenda_to_the_steps_it_gave(client, maya, milo, clock):
    one, two = in_cohort(maya, milo), in_cohort(maya, milo, "Willow Example")
    waits = proposed(maya, a_child(maya, "Hazel Example"))
    meeting = meeting_of(one.authority)
    agenda = text(page(client, maya, "cohortmeeting", meeting.pk))
    for said in ("Poppy Example", "Willow Example", "Hazel Example", "Which authority is responsible is not known"):
        assert said in agenda
    later = moment("planned_for", clock.at + timedelta(days=3))
    assert sends(client, maya, "cohortmeeting-time", meeting.pk, because="", **later).status_code == 302
    clock.shift(timedelta(days=4))
    said = {f"decided_{one.pk}": "Her school transport is changed", **moment("held_at", clock.at), **_never("next_at")}
    table = the_table(PEOPLE)
    refused = sends(client, maya, "cohortmeeting-hold", meeting.pk, **said, **table)
    assert refused.status_code == 422
    for kept in ("Say what was decided for Willow Example", "Her school transport is changed", "Sol Worker"):
        assert kept in text(refused)
    again = {**said, f"not_{two.pk}": "Her social worker was ill", f"decided_{waits.pk}": ""}
    assert sends(client, maya, "cohortmeeting-hold", meeting.pk, **again, **table).status_code == 302
    held = text(page(client, maya, "cohortmeeting", meeting.pk))
    for told in ("Her school transport is changed", "Not discussed: Her social worker was ill", "Sol Worker"):
        assert told in held
    step = {"child": plan_of(one).pk, "what": "Ring the taxi firm", "agency": one.authority.pk, "name_there": "Sol"}
    when = moment("due_at", clock.at + timedelta(days=7))
    given = sends(client, maya, "cohortmeeting-step", meeting.pk, owner="", **step, **when)
    assert given.status_code == 302, text(given)
    assert "Ring the taxi firm" in text(page(client, maya, "cohortmeeting", meeting.pk))
    assert "Her school transport is changed" in text(page(client, maya, "entry", one.pk))
    assert "Last meeting: Her school transport is changed" in text(
        page(client, maya, "cohortmeeting", meeting_of(one.authority).pk)
    )


def _never(name):
    return {f"{name}_{part}": "" for part in ("day", "month", "year", "time")}


def test_another_person_at_the_table_loses_nothing_that_was_typed(client, maya, milo, clock):
    entry = in_cohort(maya, milo)
    said = {f"decided_{entry.pk}": "Half a sent", **moment("held_at", clock.at), **the_table(PEOPLE)}
    shown = text(sends(client, maya, "cohortmeeting-hold", meeting_of(entry.authority).pk, add_person="1", **said))
    assert all(kept in shown for kept in ("Half a sent", "Sol Worker", "Person 5"))
    assert "There is a problem" not in shown


@pytest.mark.parametrize("name", ABOUT_A_RECORD)
def test_a_child_whom_somebody_may_not_see_is_not_there_for_them_on_any_page(client, maya, milo, ines, chidi, name):
    made = of_each(maya, milo)
    declare_conflict(made["entry"].person, by=chidi, user=milo, because="His niece")
    record = made[name.split("-")[0]]
    answered = page(client, milo, name, record.pk)
    if name == "cohortmeeting-pack-pdf":
        assert answered.content[:5] == b"%PDF-"
    elif name.startswith("cohortmeeting"):
        assert "Willow Example" not in text(answered)
    else:
        assert answered.status_code == 404
    assert page(client, ines, name, record.pk).status_code in (200, 403)


@pytest.mark.parametrize("name", WITHOUT_A_RECORD[:6])
def test_nor_in_any_list(client, maya, milo, chidi, name):
    made = of_each(maya, milo)
    assert name in ("cohort-propose", "cohort-meetings") or "Willow Example" in text(page(client, milo, name))
    declare_conflict(made["entry"].person, by=chidi, user=milo, because="His niece")
    assert "Willow Example" not in text(page(client, milo, name))


def test_officers_read_what_is_done_first_and_see_the_photo_and_not_the_cohort(client, maya, milo, olly, callie):
    entry = in_cohort(maya, milo)
    plan, kept = trigger_plan(maya, entry.person), form(maya, entry.person)
    added(kept, maya, caption="Poppy in her school uniform")
    for who in (olly, callie):
        shown = text(page(client, who, "triggerplan", plan.pk))
        assert "Ring Kelly Example on 07700 900461" in shown
        assert "Look at it again:</strong> for a" in shown
        assert "Poppy in her school uniform" in text(page(client, who, "philomena", kept.pk)) or who is callie
        assert page(client, who, "entry", entry.pk).status_code == 403
        assert page(client, who, "cohort").status_code == 403


def test_what_nobody_knows_is_said(client, maya):
    plan = trigger_plan(maya, a_child(maya))
    shown = text(page(client, maya, "triggerplan", plan.pk))
    assert shown.count("Not known") >= 2  # social media, transport


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("in_cohort", {"Poppy Example", "Willow Example"}),
        ("proposed", {"Hazel Example"}),
        ("plan_late", {"Willow Example"}),
        ("meeting_late", {"Poppy Example", "Willow Example"}),
        ("no_trigger_plan", {"Poppy Example"}),
        ("left", set()),
    ],
)
def test_the_list_shows_what_it_says(client, maya, milo, clock, show, names):
    first, second = in_cohort(maya, milo), in_cohort(maya, milo, "Willow Example")
    trigger_plan(maya, second.person)
    clock.shift(timedelta(days=32))
    updated(first, maya)
    proposed(maya, a_child(maya, "Hazel Example"))
    shown = page(client, milo, "cohort", show=show)
    assert {row.title for row in shown.context["rows"]} == names
    assert next(chip["count"] for chip in shown.context["chips"] if chip["current"]) == len(names)


def test_the_list_is_narrowed_by_what_is_known(client, maya, milo):
    in_cohort(maya, milo)
    in_cohort(maya, milo, "Willow Example", exploitation=["cce"], authority=the_council("Sallow Council"))
    assert [row.title for row in page(client, milo, "cohort", exploitation="cce").context["rows"]] == ["Willow Example"]
    assert [row.title for row in page(client, milo, "cohort", authority=the_council().pk).context["rows"]] == [
        "Poppy Example"
    ]


def test_the_list_asks_the_database_no_more_for_many_than_for_few(client, maya, milo, django_assert_max_num_queries):
    in_cohort(maya, milo)
    page(client, maya, "cohort")
    with django_assert_max_num_queries(20) as few:
        page(client, maya, "cohort")
    for letter in "abcdefgh":
        in_cohort(maya, milo, f"Child{letter} Example")
    with django_assert_max_num_queries(len(few)):
        page(client, maya, "cohort")


def test_whoever_has_a_step_sees_it_and_not_the_plan(client, maya, milo, olly, rosa):
    step = given(in_cohort(maya, milo), maya, owner=olly)
    shown = text(page(client, olly, "planstep", step.pk))
    assert "tell the missing team how" in shown
    assert "Visit her at school" in text(page(client, olly, "home"))
    assert page(client, olly, "riskplan", step.plan_id).status_code == 403
    away(olly, days=7, cover=User.objects.get(username="callie"))
    assert page(client, User.objects.get(username="callie"), "planstep", step.pk).status_code == 200
    assert page(client, User.objects.get(username="dev"), "planstep", step.pk).status_code == 403


def test_the_home_page_of_the_team_says_what_waits(client, maya, milo, ines, clock):
    entry = in_cohort(maya, milo)
    trigger_plan(maya, entry.person)
    proposed(maya, a_child(maya, "Hazel Example"))
    assert "Risk management plans to update" in text(page(client, maya, "home"))
    assert "Children proposed for the cohort: decide" in text(page(client, milo, "home"))
    clock.shift(timedelta(days=90))
    assert "Trigger plans to look at again" in text(page(client, maya, "home"))
    chief = text(page(client, ines, "home"))
    assert "Risk management plans out of date" in chief
    assert "Monthly meetings overdue" in chief


def test_the_picture_of_a_child_warns_whoever_may_see_the_child(client, maya, milo, callie):
    entry = in_cohort(maya, milo)
    trigger_plan(maya, entry.person)
    for who in (maya, callie):
        shown = text(page(client, who, "person", entry.person.pk))
        assert "In the cohort of the missing team" in shown
        assert "First: 1. Ring Kelly Example" in shown
        assert (reverse("entry", args=[entry.pk]) in shown) == (who is maya)


ERRORS = [
    ("triggerplan-new", {"first_actions": " ", "likely_places": "The skate park by the river"}, "by the river"),
    ("philomena-new", {"description": "", "features": "A scar on the left hand"}, "A scar on the left hand"),
    ("cohort-propose", {"person": "PER-999999", "because": "Missing three times"}, "Missing three times"),
]


@pytest.mark.parametrize(("name", "said", "kept"), ERRORS)
def test_what_was_typed_comes_back_with_the_error(client, maya, name, said, kept):
    shown = sends(client, maya, name, **said)
    assert shown.status_code == 422
    assert kept in text(shown)
    assert "There is a problem" in text(shown)


def test_none_known_stands_alone(client, maya, milo):
    entry = proposed(maya, a_child(maya))
    shown = text(
        sends(client, milo, "entry-take-in", entry.pk, exploitation=["cse", "none_known"], because="Kept words")
    )
    assert "stands alone" in shown
    assert "Kept words" in shown


def test_the_pack_says_the_same_on_the_screen_and_on_paper(client, maya, milo, clock):
    entry = in_cohort(maya, milo)
    updated(entry, maya)
    given(entry, maya)
    meeting = meeting_of(entry.authority)
    met(meeting, maya)
    following = meeting_of(entry.authority)
    pack = text(page(client, maya, "cohortmeeting-pack", following.pk))
    for said in ("Poppy Example", WORDS.risks, "Visit her at school", "Visits go on each week", "Official-sensitive"):
        assert said in pack
    paper = page(client, maya, "cohortmeeting-pack-pdf", following.pk)
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
