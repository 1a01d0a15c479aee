"""The pages of approvals, new information and children in contact with an offender: what they say, whom they let in,
and what they keep when something is missing."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.actor import System, acting
from cases.workflow.people import declare_conflict
from offenders.models import Approval, ApprovalRead, ChildContact, Intelligence, Nominal, ReactiveProposal
from offenders.nominal_parts import parts_of
from offenders.watch_urls import urlpatterns
from offenders.workflow import approvals
from sla.work import HOME
from tests.offenders.scenes import managed
from tests.offenders.watch_scenes import (
    a_grandchild,
    approval_of,
    as_it_is,
    at_risk,
    contact_with,
    decided,
    heard,
    low_for_years,
    notice_from,
    of_each,
    opened,
    proposed,
    waiting,
)
from tests.stories import away
from tests.strategy.test_pages import moment, text

pytestmark = pytest.mark.django_db
WITHOUT_A_RECORD = [each.name for each in urlpatterns if "<uuid" not in str(each.pattern)]
ABOUT_A_RECORD = [each.name for each in urlpatterns if each.name not in WITHOUT_A_RECORD]


@pytest.fixture
def nominal(clock, stella, omar):
    return at_risk(managed(stella, omar), "low")


def page(client, user, name, /, *keys, **query):
    client.force_login(user)
    return client.get(reverse(name, args=keys), query)


def sends(client, user, name, /, *keys, **said):
    client.force_login(user)
    return client.post(reverse(name, args=keys), said)


def words(response):
    """What somebody reads, without the marks between."""
    return " ".join(re.sub("<[^>]*>", " ", text(response)).split()).replace(" .", ".").replace(" :", ":")


# Whom they let in


@pytest.mark.parametrize("name", [each.name for each in urlpatterns])
def test_nobody_is_let_in_whose_work_it_is_not(client, cast, name):
    made = of_each(cast)
    keys = [] if name in WITHOUT_A_RECORD else [made[name.split("-")[0]].pk]
    assert page(client, cast["olly"], name, *keys).status_code == 403
    answered = page(client, cast["imran"], name, *keys)
    assert answered.status_code == 200, (name, answered.status_code)


@pytest.mark.parametrize("name", ABOUT_A_RECORD)
def test_an_offender_whom_somebody_may_not_see_is_not_there_for_them_on_any_page(client, cast, name):
    made = of_each(cast)
    person = as_it_is(Nominal(pk=made["approval"].nominal_id)).person
    declare_conflict(person, by=cast["chidi"], user=cast["imran"], because="His brother")
    assert page(client, cast["imran"], name, made[name.split("-")[0]].pk).status_code == 404


@pytest.mark.parametrize("name", ["offenders-approvals", "offenders-contacts", "offenders-intelligence"])
def test_nor_in_a_list(client, cast, name):
    made = of_each(cast)
    person = as_it_is(Nominal(pk=made["approval"].nominal_id)).person
    show = {"show": "all"} if name == "offenders-approvals" else {}
    assert "Clive Marchfold" in text(page(client, cast["imran"], name, **show))
    declare_conflict(person, by=cast["chidi"], user=cast["imran"], because="His brother")
    assert "Clive Marchfold" not in text(page(client, cast["imran"], name, **show))


@pytest.mark.parametrize(
    ("name", "who", "may"),
    [
        ("approval-approve", "omar", False),
        ("approval-approve", "stella", True),
        ("approval-return", "hana", False),
        ("approval-take-back", "hana", False),
        ("offenders-approve-together", "omar", False),
        ("offenders-cover", "hana", True),
        ("intelligence-new", "hana", True),
        ("intelligence-assess", "hana", False),
        ("childcontact-new", "hana", False),
        ("childcontact-head", "stella", False),
        ("childcontact-error", "omar", False),
        ("childcontact-decision", "omar", True),
        ("reactiveproposal-new", "sam", False),
    ],
)
def test_each_step_is_for_those_whose_step_it_is(client, cast, name, who, may):
    made = of_each(cast)
    keys = [] if name in WITHOUT_A_RECORD else [made[name.split("-")[0]].pk]
    assert page(client, cast[who], name, *keys).status_code == (200 if may else 403)


# Approvals


def test_a_sergeant_opens_one_reads_who_decides_and_approves_it(client, nominal, omar, stella):
    approval, other = waiting(nominal, omar), waiting(nominal, omar)
    listed = words(page(client, stella, "offenders-approvals"))
    for said in ("Visit: Desmond Garmere", "Risk: low", "Written by Omar", "Stella Offender-Sergeant", "2 wait for"):
        assert said in listed, said
    shown = text(page(client, stella, "approval", approval.pk))
    for said in (
        "Approve it",
        "Send it back",
        "Who decides now",
        "on duty",
        approval.record_reference,
        other.reference,
    ):
        assert said in shown, said
    assert "Take it back" not in shown
    with acting(System("test")):
        assert ApprovalRead.objects.filter(approval=approval, by=stella).exists()
    assert sends(client, stella, "approval-approve", approval.pk).status_code == 302
    assert as_it_is(approval).state == "approved"
    assert "Approved" in text(page(client, omar, "approval", approval.pk))


def test_its_author_reads_that_somebody_else_decides_and_may_take_it_back(client, nominal, omar):
    approval = waiting(nominal, omar)
    shown = text(page(client, omar, "approval", approval.pk))
    assert "Take it back" in shown
    assert "Approve it" not in shown
    with acting(System("test")):
        assert not ApprovalRead.objects.exists()
    refused = sends(client, omar, "approval-take-back", approval.pk, because="")
    assert refused.status_code == 422
    assert sends(client, omar, "approval-take-back", approval.pk, because="To add the telephone").status_code == 302


def test_an_author_who_covers_for_the_sergeant_is_refused_and_the_page_names_who_decides(client, nominal, omar, stella):
    away(stella, days=3, cover=omar)
    approval = waiting(nominal, omar)
    assert "Imran Offender-Inspector" in text(page(client, omar, "approval", approval.pk))
    refused = sends(client, omar, "approval-approve", approval.pk)
    assert refused.status_code == 422
    assert "You wrote this: somebody else decides on it." in text(refused)


def test_sent_back_with_what_was_typed(client, nominal, omar, stella):
    approval = waiting(nominal, omar)
    refused = sends(client, stella, "approval-return", approval.pk, because=" ")
    assert refused.status_code == 422
    assert sends(client, stella, "approval-return", approval.pk, because="Which telephone?").status_code == 302
    assert "Which telephone?" in text(page(client, omar, "approval", approval.pk))
    late = sends(client, stella, "approval-return", approval.pk, because="Half a sentence")
    assert (late.status_code, "Half a sentence" in text(late)) == (422, True)


def test_several_that_were_opened_are_approved_together_and_what_cannot_be_is_named(client, nominal, omar, stella):
    good, unread = opened(waiting(nominal, omar), stella), waiting(nominal, omar)
    shown = page(client, stella, "offenders-approve-together")
    assert f"({good.reference})" in text(shown)
    assert f"({unread.reference})" not in text(shown)
    assert "Waiting for you, and not opened yet" in text(shown)
    refused = sends(client, stella, "offenders-approve-together", approvals=[good.pk, unread.pk])
    assert refused.status_code == 422
    assert f"{unread.reference}: You have not opened it" in text(refused)
    assert "checked" in refused.content.decode()
    assert as_it_is(good).state == "waiting"
    empty = sends(client, stella, "offenders-approve-together")
    assert (empty.status_code, "Choose at least one" in text(empty)) == (422, True)
    assert sends(client, stella, "offenders-approve-together", approvals=[good.pk]).status_code == 302
    assert (as_it_is(good).state, as_it_is(good).decided_by) == ("approved", stella)


def test_the_list_says_for_whom_it_waits_how_old_it_is_and_whether_it_grows(client, clock, nominal, omar, stella, seb):
    old = waiting(nominal, omar)
    clock.shift(timedelta(days=8))
    approvals.approve(waiting(nominal, omar), by=stella)
    waiting(nominal, omar)
    away(stella, days=7, cover=seb)
    listed = words(page(client, seb, "offenders-approvals"))
    for said in (
        "In all teams 2 wait for a decision",
        "8 days ago",
        "2 came in and 1 was decided",
        "1 more waits than a week ago",
        "Stella Offender-Sergeant is away until",
        "2 at that post: Seb Offender-Sergeant decides",
        "Seb Offender-Sergeant (for Stella Offender-Sergeant)",
        old.reference,
    ):
        assert said in listed, said
    covered = words(page(client, seb, "offenders-cover"))
    for said in (
        "Offender management sergeant, Offender management north: Stella Offender-Sergeant",
        "Leave until Mon 17 March 2026, 09:00",
        "Seb Offender-Sergeant covers. Seb Offender-Sergeant has 2 to decide in all",
    ):
        assert said.replace("Mon 17", f"{clock.at + timedelta(days=7):%a %-d}") in covered, said


@pytest.mark.parametrize(
    ("show", "who", "found"),
    [
        ("mine", "stella", {"low", "high"}),
        ("mine", "imran", {"own"}),
        ("team", "olga", {"low", "high", "own"}),
        ("team", "seb", set()),
        ("all", "seb", {"low", "high", "own"}),
        ("high", "stella", {"high"}),
        ("overdue", "stella", {"high", "low"}),
        ("written", "stella", {"own"}),
        ("decided", "stella", {"done"}),
    ],
)
def test_what_each_chip_shows(client, clock, cast, nominal, omar, stella, show, who, found):
    high = at_risk(managed(stella, omar, "Clive Marchfold"), "very_high")
    made = {
        "low": waiting(nominal, omar),
        "high": waiting(high, omar),
        "done": approvals.approve(waiting(nominal, omar), by=stella),
    }
    clock.shift(timedelta(days=3, microseconds=1))
    made["own"] = waiting(nominal, stella)
    listed = text(page(client, cast[who], "offenders-approvals", show=show))
    assert {name for name, each in made.items() if each.reference in listed} == found


def test_a_list_of_many_costs_what_a_list_of_few_costs(client, cast, nominal, omar, stella, seb, imran):
    away(stella, days=7, cover=seb)

    def statements(name, who):
        client.force_login(cast[who])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse(name)).status_code == 200
        return len(asked)

    for _ in range(3):
        waiting(nominal, omar)
    pages = [("offenders-approvals", "seb"), ("offenders-cover", "imran"), ("offenders-approve-together", "seb")]
    few = [statements(*each) for each in pages]
    for _ in range(20):
        waiting(nominal, omar)
    assert [statements(*each) for each in pages] == few


# New information and reactive management


def test_new_information_is_recorded_and_assessed(client, clock, nominal, hana, omar):
    shown = page(client, hana, "intelligence-new", nominal=nominal.reference)
    assert "Desmond Garmere" in text(shown)
    said = {"key": shown.context["key"], "nominal": nominal.reference, "what": "Seen at a school", "source": ""}
    refused = sends(client, hana, "intelligence-new", **said, **moment("received_at", clock.at))
    assert (refused.status_code, "Seen at a school" in text(refused)) == (422, True)
    made = sends(client, hana, "intelligence-new", **{**said, "source": "PC"}, **moment("received_at", clock.at))
    assert made.status_code == 302, text(made)
    assert "Nobody has assessed it yet" in text(client.get(made.url))
    pk = made.url.strip("/").split("/")[-1]
    refused = sends(client, omar, "intelligence-assess", pk, means="He works there", reassess="")
    assert (refused.status_code, "He works there" in text(refused)) == (422, True)
    assert sends(client, omar, "intelligence-assess", pk, means="He works there", reassess="no").status_code == 302
    assert "The risk is not assessed anew" in text(client.get(made.url))
    wrong = sends(client, omar, "intelligence-new", nominal="NOM-9", what="x", source="y")
    assert "Nobody who is managed here has this reference" in text(wrong)


def test_the_criteria_stand_on_the_page_before_anything_is_proposed(client, clock, stella, omar, imran):
    nominal = low_for_years(clock, stella, omar)
    shown = page(client, omar, "reactiveproposal-new", nominal=nominal.pk)
    assert "No civil order in force" in text(shown)
    made = sends(client, omar, "reactiveproposal-new", nominal=nominal.reference, because="Works full time")
    assert made.status_code == 302, text(made)
    with acting(omar):
        approval = approval_of(ReactiveProposal.objects.get())
    shown = text(page(client, imran, "approval", approval.pk))
    for said in ("Works full time", "Low risk without a break for long enough", "Approve it"):
        assert said in shown
    assert "Approve it: for" not in shown
    refused = sends(client, stella, "approval-approve", approval.pk)
    assert (refused.status_code, "You may not" in text(refused)) == (422, True)
    assert sends(client, imran, "approval-return", approval.pk, because="Ask probation").status_code == 302
    proposal = approval.record
    assert "Ask probation" in text(page(client, omar, "reactiveproposal", proposal))
    assert sends(client, omar, "reactiveproposal-again", proposal, because="Probation agrees").status_code == 302
    with acting(omar):
        again = Approval.objects.get(record=proposal, state="waiting")
    assert sends(client, imran, "approval-approve", again.pk).status_code == 302
    assert as_it_is(nominal).state == "reactive"


def test_a_proposal_that_fails_says_which_criterion_and_keeps_what_was_typed(client, nominal, omar):
    refused = sends(client, omar, "reactiveproposal-new", nominal=nominal.reference, because="Works full time")
    assert refused.status_code == 422
    for said in ("Works full time", "Not met: Managed actively now"):
        assert said in text(refused)


# Children


def typed(clock, nominal, **said):
    usual = {
        "nominal": nominal.reference,
        "child_said": "A girl of about eight",
        "child": "",
        "relation": "Grandchild",
        "kind": "visits",
        "what": "Each Sunday",
        **moment("discovered_at", clock.at),
    }
    return {**usual, **said}


def test_a_contact_is_recorded_and_the_notice_is_next_filled_in_from_it(client, clock, nominal, omar):
    shown = page(client, omar, "childcontact-new", nominal=nominal.pk)
    assert nominal.reference in text(shown)
    refused = sends(client, omar, "childcontact-new", **typed(clock, nominal, relation=""))
    assert (refused.status_code, "Each Sunday" in text(refused)) == (422, True)
    made = sends(client, omar, "childcontact-new", **typed(clock, nominal))
    with acting(omar):
        contact = ChildContact.objects.get()
    assert made.url == f"{reverse('ppn-new')}?from={contact.pk}"
    notice = client.get(made.url).content.decode()
    for said in ("A girl of about eight", "Desmond Garmere", "How they know each other: Grandchild"):
        assert said in notice
    shown = text(page(client, omar, "childcontact", contact.pk))
    for said in ("No notice has been submitted", "Submit the notice now", "None has been submitted", "Not known"):
        assert said in shown


def test_a_contact_in_the_future_is_refused_with_what_was_typed(client, clock, nominal, omar):
    later = moment("discovered_at", clock.at + timedelta(hours=1))
    refused = sends(client, omar, "childcontact-new", **typed(clock, nominal, **later))
    assert (refused.status_code, "Each Sunday" in text(refused)) == (422, True)
    assert "in the future" in text(refused)


def test_the_pages_take_a_contact_to_the_plan(client, clock, nominal, omar, imran):
    contact = contact_with(nominal, omar, a_grandchild(omar))
    notice_from(contact, omar)
    assert sends(client, omar, "childcontact-chase", contact.pk, said="Sol rings back").status_code == 302
    refused = sends(client, imran, "childcontact-head", contact.pk, whom="Jo Head", said="")
    assert (refused.status_code, "Jo Head" in text(refused)) == (422, True)
    assert sends(client, imran, "childcontact-head", contact.pk, whom="Jo Head", said="Today").status_code == 302
    care = {"decision": "s47", "who": "Sol Worker", "protects": "", **moment("decided_at", clock.at)}
    refused = sends(client, omar, "childcontact-decision", contact.pk, **care)
    assert (refused.status_code, "Sol Worker" in text(refused)) == (422, True)
    care["protects"] = "He has moved out"
    assert sends(client, omar, "childcontact-decision", contact.pk, **care).status_code == 302
    assert "The plan has not taken up" in text(page(client, omar, "childcontact", contact.pk))
    assert "He has moved out" in text(page(client, omar, "childcontact-plan", contact.pk))
    refused = sends(client, omar, "childcontact-plan", contact.pk, effect=" ")
    assert refused.status_code == 422
    assert sends(client, omar, "childcontact-plan", contact.pk, effect="Visits on Sundays").status_code == 302
    shown = text(page(client, omar, "childcontact", contact.pk))
    for said in ("Section 47 enquiry", "He has moved out", "Visits on Sundays", "1 time"):
        assert said in shown
    care["decision"] = "plan"
    assert sends(client, omar, "childcontact-change", contact.pk, **care).status_code == 302
    assert as_it_is(contact).state == "decided"


def test_a_notice_of_before_is_named_by_its_reference(client, clock, nominal, omar):
    contact = contact_with(nominal, omar, a_grandchild(omar))
    wrong = sends(client, omar, "childcontact-notice", contact.pk, notice="PPN-9", because="Same child")
    assert (wrong.status_code, "There is no notice with this reference" in text(wrong)) == (422, True)


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("open", {"learned", "notice", "decided"}),
        ("mine", {"learned", "notice", "decided"}),
        ("no_notice", {"learned"}),
        ("no_decision", {"notice"}),
        ("plan", {"decided"}),
        ("late", {"learned"}),
    ],
)
def test_what_each_chip_shows_of_contacts(client, clock, nominal, omar, show, found):
    made = {"decided": contact_with(nominal, omar, a_grandchild(omar, "Reuben Sallowfold"))}
    notice_from(made["decided"], omar)
    decided(made["decided"], omar)
    made["notice"] = contact_with(nominal, omar, a_grandchild(omar, "Willow Sallowfold"))
    notice_from(made["notice"], omar)
    made["learned"] = contact_with(nominal, omar, a_grandchild(omar))
    clock.shift(timedelta(hours=12, microseconds=1))
    listed = text(page(client, omar, "offenders-contacts", show=show))
    assert {name for name, each in made.items() if each.reference in listed} == found


def test_a_child_whom_somebody_may_not_see_is_on_no_page_of_theirs(client, clock, nominal, omar, olga, chidi):
    contact = contact_with(nominal, omar, a_grandchild(omar))
    declare_conflict(contact.child, by=chidi, user=olga, because="Her niece")
    assert page(client, olga, "childcontact", contact.pk).status_code == 404
    assert "Poppy" not in text(page(client, olga, "offenders-contacts"))
    with acting(olga):
        said = [row.title for part in parts_of(as_it_is(nominal), olga) for row in part.context.get("rows", [])]
    assert not [each for each in said if "Poppy" in each]


# The page of an offender, and the home page


def test_the_page_of_an_offender_warns_of_a_child_without_a_notice_and_of_what_nobody_has_assessed(
    clock, nominal, omar
):
    contact, item = contact_with(nominal, omar, a_grandchild(omar)), heard(nominal, omar)
    approval = waiting(nominal, omar)
    with acting(omar):
        parts = {part.heading: part for part in parts_of(nominal, omar)}
    (warning,) = parts["Contact with children"].warnings
    assert warning.startswith(f"No notice has been submitted about {contact.reference}. We have known since ")
    assert parts["New information"].warnings == [f"Nobody has assessed what is new ({item.reference})"]
    assert list(parts["Waiting for a supervisor"].records) == [approval]


def test_it_offers_reactive_management_where_somebody_has_been_low_and_shows_what_was_proposed(
    clock, stella, omar, imran
):
    nominal = low_for_years(clock, stella, omar)

    def part():
        with acting(omar):
            return next(each for each in parts_of(as_it_is(nominal), omar) if each.heading == "Reactive management")

    assert [each["label"] for each in part().actions] == ["Propose reactive management"]
    proposal = proposed(nominal, omar)
    assert (part().actions, part().context["proposals"]) == ([], [proposal])
    approvals.approve(approval_of(proposal), by=imran)
    assert part().records == []


def test_the_home_page_says_what_waits_for_whom(clock, nominal, omar, olga, stella, imran):
    approval = waiting(nominal, omar)
    contact, item = contact_with(nominal, omar, a_grandchild(omar)), heard(nominal, omar)

    def waits_for(user):
        with acting(user):
            shares = [share for give in HOME.needs_me for share in give(user, user.acts(), clock.at)]
        return {row.reference.split(",")[0] for share in shares for row in share.rows}

    ours = {approval.reference, contact.reference, item.reference}
    assert waits_for(omar) & ours == {contact.reference, item.reference}
    assert waits_for(stella) & ours == {approval.reference}
    assert waits_for(olga) & ours == set()
    away(omar, days=3, cover=olga)
    assert waits_for(olga) & ours == {contact.reference, item.reference}
    clock.shift(timedelta(days=4))
    with acting(stella):
        late = [share for give in HOME.holds_up for share in give(stella, stella.acts(), clock.at)]
    assert approval.reference in {row.reference.split(",")[0] for share in late for row in share.rows}


def test_every_record_of_ours_has_its_page(cast):
    made = of_each(cast)
    assert {type(each) for each in made.values()} == {Approval, Intelligence, ChildContact, ReactiveProposal}
