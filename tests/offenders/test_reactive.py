"""Who has been low for years need not be visited; a manager proposes it, an inspector approves it, and anything new
ends it. What new information asks of their manager."""

from datetime import date, timedelta

import pytest

from access.actor import NotYours, System, acting, signed
from access.time import now, today
from cases.models import next_reference
from cases.records import years_before
from offenders.models import CivilOrder, Intelligence
from offenders.workflow import approvals, contacts, intelligence, nominals, reactive
from offenders.workflow.hub_tasks import ask_hub
from offenders.workflow.reactive import criteria_of
from tests.offenders.scenes import managed
from tests.offenders.watch_scenes import (
    YEARS,
    a_grandchild,
    approval_of,
    as_it_is,
    at_risk,
    contact_with,
    heard,
    low_for_years,
    proposed,
)
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")


@pytest.fixture
def nominal(clock, stella, omar):
    return low_for_years(clock, stella, omar)


def criteria(nominal):
    with acting(TEST):
        return criteria_of(as_it_is(nominal))


def assess(item, by, reassess="no", means="A rumour; he was at work, his manager confirms it"):
    return intelligence.assess_intelligence(as_it_is(item), by=by, means=means, reassess=reassess)


def an_order(nominal):
    with signed(TEST):
        CivilOrder.objects.create(
            reference=next_reference("ORD"), nominal=nominal, state="in_force", kind="shpo", terms="No internet",
            protects_children="yes", made_on=date(2020, 1, 1), recorded_at=now(),
        )  # fmt: skip


def test_low_for_three_years_and_nothing_against_it_an_inspector_approves_it(clock, nominal, omar, stella, imran):
    assert set(criteria(nominal).values()) == {"yes"}
    proposal = proposed(nominal, omar)
    approval = approval_of(proposal)
    assert (approval.role, approval.one_by_one, approvals.who_decides(approval)) == ("offender_insp", True, [imran])
    with pytest.raises(NotYours):
        approvals.approve(approval, by=stella)
    approvals.approve(approval, by=imran)
    assert (as_it_is(proposal).state, as_it_is(proposal).approved_by) == ("approved", imran)
    assert (as_it_is(nominal).state, as_it_is(nominal).access) == ("reactive", "reactive")


def test_three_years_are_whole_years_also_from_the_29th_of_february():
    assert years_before(date(2028, 2, 29), 3) == date(2025, 2, 28)
    assert years_before(date(2026, 3, 2), 3) == date(2023, 3, 2)


def test_a_day_too_early_it_is_refused(clock, stella, omar):
    nominal = low_for_years(clock, stella, omar)
    clock.set(clock.at - YEARS + timedelta(days=1094))
    assert years_before(today(), 3) < as_it_is(nominal).low_since
    with pytest.raises(NotNow, match="Low risk without a break"):
        proposed(as_it_is(nominal), omar)
    clock.shift(timedelta(days=2))
    assert proposed(as_it_is(nominal), omar).state == "submitted"


def test_each_criterion_that_is_not_met_is_named(clock, nominal, omar, imran):
    an_order(nominal)
    contact_with(nominal, omar, a_grandchild(omar))
    heard(nominal, omar)
    with signed(TEST):
        ask_hub(reactive.TaskKind.CONVICTION, nominal, "Charged with theft", arises_from=nominal, since=now())
    at_risk(nominal, "medium")
    with pytest.raises(NotNow) as refused:
        proposed(as_it_is(nominal), omar)
    for name in ("low", "offence", "order", "intelligence", "child"):
        assert reactive.CRITERIA[name] in str(refused.value)
    assert criteria(nominal)["active"] == "yes"


def test_what_changed_the_risk_counts_for_three_years_and_what_did_not_counts_no_more(clock, nominal, omar):
    item = heard(nominal, omar)
    assert criteria(nominal)["intelligence"] == "no"
    assess(item, omar)
    assert criteria(nominal)["intelligence"] == "yes"
    assess(heard(nominal, omar), omar, "yes")
    assert criteria(nominal)["intelligence"] == "no"
    clock.shift(YEARS)
    assert criteria(nominal)["intelligence"] == "yes"


def test_a_contact_that_is_settled_is_none_against_it(clock, nominal, omar, stella):
    contact = contact_with(nominal, omar, a_grandchild(omar))
    assert criteria(nominal)["child"] == "no"
    contacts.no_contact(contact, by=stella, because="Another man")
    assert criteria(nominal)["child"] == "yes"


def test_of_somebody_who_came_here_lately_offences_of_before_are_not_known(clock, stella, omar):
    assert criteria(managed(stella, omar))["offence"] == "not_known"


def test_what_happened_while_it_waited_stops_it(clock, nominal, omar, imran):
    approval = approval_of(proposed(nominal, omar))
    an_order(nominal)
    with pytest.raises(NotNow, match="No civil order"):
        approvals.approve(approval, by=imran)
    assert (as_it_is(approval).state, as_it_is(nominal).state) == ("waiting", "active")


def test_it_is_sent_back_and_proposed_again_or_dropped(clock, nominal, omar, imran):
    proposal = proposed(nominal, omar)
    with pytest.raises(NotNow, match="proposed already"):
        proposed(nominal, omar)
    approvals.send_back(approval_of(proposal), by=imran, because="Ask probation")
    assert (as_it_is(proposal).state, as_it_is(proposal).returned_because) == ("returned", "Ask probation")
    clock.shift(timedelta(minutes=1))
    with pytest.raises(NotNow):
        reactive.propose_again(as_it_is(proposal), by=omar, because=" ")
    reactive.propose_again(as_it_is(proposal), by=omar, because="Probation agrees")
    approvals.take_back(approval_of(proposal), by=omar, because="He has moved")
    with pytest.raises(NotNow):
        reactive.drop_proposal(as_it_is(proposal), by=omar, because="")
    assert reactive.drop_proposal(as_it_is(proposal), by=omar, because="He has moved").state == "cancelled"
    assert proposed(nominal, omar).state == "submitted"


# New information


@pytest.fixture
def watched(clock, nominal, omar, imran):
    """Managed reactively."""
    approvals.approve(approval_of(proposed(nominal, omar)), by=imran)
    return as_it_is(nominal)


def test_anything_new_ends_it_in_the_same_transaction(clock, watched, olga):
    item = heard(watched, olga, at=now() - timedelta(hours=2))
    nominal = as_it_is(watched)
    assert (item.was_reactive, nominal.state, nominal.notified_at) == (True, "active", clock.at - timedelta(hours=2))
    assert (heard(nominal, olga).was_reactive, as_it_is(nominal).state) == (False, "active")


@pytest.mark.parametrize("wrong", [{"what": " "}, {"source": ""}, {"at": timedelta(microseconds=1)}])
def test_new_information_says_what_and_from_where(clock, watched, omar, wrong):
    said = {**wrong, "at": now() + wrong["at"]} if "at" in wrong else wrong
    with pytest.raises(NotNow):
        heard(watched, omar, **said)
    assert as_it_is(watched).state == "reactive"


def test_it_is_recorded_by_those_who_see_offenders_and_assessed_by_those_who_manage_them(
    clock, nominal, olly, sam, omar
):
    with pytest.raises(NotYours):
        heard(nominal, olly)
    item = heard(nominal, sam)
    with pytest.raises(NotYours):
        assess(item, sam)
    with pytest.raises(NotNow):
        assess(item, omar, means=" ")
    with pytest.raises(NotNow):
        assess(item, omar, reassess="perhaps")
    item = assess(item, omar)
    assert (item.state, item.assessed_by, item.reassess) == ("assessed", omar, "no")
    with pytest.raises(NotNow):
        assess(item, omar)


def test_where_the_risk_is_to_be_assessed_anew_their_record_says_why_and_since_when(clock, nominal, omar):
    assess(heard(nominal, omar), omar)
    assert as_it_is(nominal).reassess_since is None
    item = assess(heard(nominal, omar), omar, "yes", "He is alone with children at the club")
    needed = as_it_is(nominal)
    words = f"{item.reference}: He is alone with children at the club"
    assert (needed.reassess_since, needed.reassess_because) == (now(), words)


def test_of_somebody_who_is_not_managed_any_more_nothing_is_recorded(clock, nominal, omar, stella):
    nominals.end(nominal, by=stella, because="The period has ended")
    with pytest.raises(NotNow, match="not managed here"):
        heard(nominal, omar)
    with acting(TEST):
        assert not Intelligence.objects.exists()
