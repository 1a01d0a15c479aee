"""Suspects, bail and safety plans, read as a specification."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from access.actor import NotYours, System, acting, signed
from access.time import now
from accounts.models import Posting
from offenders.models import Intelligence
from online.models import BailChange, SafetyPlan
from online.workflow import bail, safety_plans, suspects
from online.workflow.bail import Conditions
from online.workflow.cases import seen_elsewhere
from online.workflow.closing import close_case
from tests.households import on_record
from tests.offenders.scenes import managed
from tests.online.after_scenes import (
    CONDITIONS,
    PLAN,
    arrested_in,
    as_it_is,
    bail_of,
    filed,
    on_bail,
    plan_of,
    searched,
    suspect_in,
    with_a_linked_child,
)
from tests.online.scenes import lives_there, triaged
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")


@pytest.fixture
def case(clock: Any, cast: Any) -> Any:
    return searched(cast)


@pytest.fixture
def family(clock: Any, cast: Any) -> Any:
    return with_a_linked_child(cast)


def test_an_occupant_is_named_as_a_suspect_once(case: Any, rory: Any) -> None:
    occupant = lives_there(case, rory, "Graham Pell")
    suspect = suspect_in(case, rory, occupant=occupant)
    assert (suspect.state, suspect.occupant) == ("suspected", occupant)
    with pytest.raises(NotNow, match=f"suspect already: {suspect}"):
        suspect_in(case, rory, occupant=occupant)
    with pytest.raises(NotNow, match="Say who is suspected"):
        suspect_in(case, rory, " ")


def test_whoever_manages_a_suspect_hears_of_the_arrest_the_same_day_and_once(case: Any, cast: Any) -> None:
    nominal = managed(cast["stella"], cast["omar"], "Graham Pell")
    suspect = suspect_in(case, cast["rory"], person=nominal.person)
    assert suspect.nominal == nominal
    suspects.arrested(suspect, by=cast["iris"], at=now())
    suspects.released_under_investigation(suspect, by=cast["iris"], at=now(), because="Lives alone")
    suspects.arrested(suspect, by=cast["iris"], at=now())
    with acting(TEST):
        (item,) = Intelligence.objects.filter(nominal=nominal)
    assert (item.received_at, item.recorded_by) == (as_it_is(suspect).arrested_at, None)
    assert "OSC" not in item.what + item.source
    assert "online abuse" in item.what


def test_somebody_who_turns_out_later_to_be_managed_is_told_of_too(case: Any, cast: Any) -> None:
    suspect = arrested_in(case, cast["iris"])
    nominal = managed(cast["stella"], cast["omar"], "Graham Pell")
    suspects.suspect_is(suspect, by=cast["rory"], person=nominal.person)
    with acting(TEST):
        assert Intelligence.objects.filter(nominal=nominal).count() == 1


def test_a_person_who_is_managed_by_nobody_is_only_linked(case: Any, cast: Any) -> None:
    suspect = arrested_in(case, cast["iris"])
    known = suspects.suspect_is(suspect, by=cast["rory"], person=on_record(cast["rory"], "Graham Pell"))
    assert (known.person.name, known.nominal) == ("Graham Pell", None)


@pytest.mark.parametrize("name", ["contact", "address", "devices"])
def test_nobody_is_bailed_without_each_condition_said(case: Any, iris: Any, name: str) -> None:
    half = Conditions(**{**vars(CONDITIONS), name: " "})
    with pytest.raises(NotNow, match="Say the conditions"):
        bail_of(arrested_in(case, iris), iris, conditions=half)


def test_nobody_is_bailed_who_was_not_arrested(case: Any, iris: Any) -> None:
    with pytest.raises(NotNow, match="has to be arrested first: it is suspected"):
        bail_of(suspect_in(case, iris), iris)


def test_bail_ends_by_the_last_moment_of_the_day_that_the_act_names(case: Any, iris: Any, clock: Any) -> None:
    """Arrested on 2 March: until the end of 2 June, which is 23:00 in UTC as the clocks have gone forward."""
    suspect = arrested_in(case, iris)
    ends = datetime(2026, 6, 2, 23, 0, tzinfo=UTC)
    with pytest.raises(NotNow, match="until 2 June 2026 and no longer"):
        bail_of(suspect, iris, expires_at=ends + timedelta(microseconds=1))
    given = bail_of(suspect, iris, expires_at=ends)
    assert (given.state, as_it_is(suspect).state, given.authority) == ("in_force", "bailed", "custody")
    assert given.starts_on.isoformat() == "2026-03-03"


def test_whoever_was_arrested_before_the_law_changed_has_twenty_eight_days(cast: Any, clock: Any) -> None:
    clock.set(datetime(2022, 10, 27, 9, tzinfo=UTC))
    with signed(TEST):
        Posting.objects.update(starts=now() - timedelta(days=365))
    case = searched(cast)
    suspect = arrested_in(case, cast["iris"])
    with pytest.raises(NotNow, match="until 24 November 2022 and no longer"):
        bail_of(suspect, cast["iris"], expires_at=now() + timedelta(days=40))


def test_with_a_child_linked_the_plan_goes_with_the_release_or_it_is_said_why_not(family: Any, iris: Any) -> None:
    suspect = arrested_in(family, iris)
    with pytest.raises(NotNow, match="why no safety plan is there at release"):
        bail_of(suspect, iris, why_no_plan=" ")
    bail_of(suspect, iris, why_no_plan="Social care writes it tonight")
    plan = plan_of(suspect)
    assert (plan.state, plan.why_not_yet, plan.needed_since) == ("needed", "Social care writes it tonight", now())
    assert filed(plan, iris).state == "filed"


def test_a_plan_is_filed_whole_and_may_be_another_one_later(family: Any, iris: Any, dina: Any) -> None:
    suspect = arrested_in(family, iris)
    bail_of(suspect, iris, plan=PLAN)
    plan = plan_of(suspect)
    with pytest.raises(NotNow, match="how the child is kept safe"):
        safety_plans.change_plan(plan, by=iris, facts=safety_plans.SafetyFacts(" ", "Mother"), because="He moved")
    with pytest.raises(NotNow, match="what has changed"):
        safety_plans.change_plan(plan, by=iris, facts=PLAN, because="")
    with pytest.raises(NotYours):
        safety_plans.plan_not_needed(plan, by=iris, because="He has died")
    assert safety_plans.plan_not_needed(plan, by=dina, because="She lives abroad").state == "not_needed"


def test_without_a_child_no_plan_is_owed(case: Any, iris: Any) -> None:
    suspect = arrested_in(case, iris)
    bail_of(suspect, iris)
    with acting(TEST):
        assert not SafetyPlan.objects.filter(suspect=suspect).exists()


def extended(given: Any, by: Any, rule: str, until: datetime) -> Any:
    said = {"authorised_by": "Inspector Ida Marrow", "because": "The laptop is with the laboratory"}
    return bail.bail_extended(given, by=by, rule=rule, until=until, **said)


def test_bail_is_extended_by_each_authority_in_turn(case: Any, iris: Any, clock: Any) -> None:
    given = bail_of(arrested_in(case, iris), iris)
    with pytest.raises(NotNow, match="each authority comes in turn"):
        extended(given, iris, "superintendent", now() + timedelta(days=100))
    for rule, days in (("inspector", 180), ("superintendent", 270), ("court", 360)):
        given = extended(given, iris, rule, now() + timedelta(days=days))
    with acting(TEST):
        changes = list(BailChange.objects.filter(bail=given).order_by("expires_at"))
    assert [each.authority for each in changes] == ["inspector", "superintendent", "magistrates"]
    assert all(each.expires_at > each.expired_at and each.rule for each in changes)
    assert given.expires_at == now() + timedelta(days=360)


def test_an_extension_is_longer_than_before_and_no_longer_than_the_act(case: Any, iris: Any) -> None:
    given = bail_of(arrested_in(case, iris), iris)
    with pytest.raises(NotNow, match="Bail ends after it begins"):
        extended(given, iris, "inspector", given.expires_at)
    with pytest.raises(NotNow, match="until 2 September 2026"):
        extended(given, iris, "inspector", now() + timedelta(days=190))


def test_bail_that_has_run_out_cannot_be_extended_nor_varied(case: Any, iris: Any, clock: Any) -> None:
    given = bail_of(arrested_in(case, iris), iris)
    clock.set(given.expires_at + timedelta(microseconds=1))
    with pytest.raises(NotNow, match="has run out: it cannot be extended"):
        extended(given, iris, "inspector", now() + timedelta(days=30))
    with pytest.raises(NotNow, match="no conditions any more"):
        bail.conditions_varied(given, by=iris, conditions=CONDITIONS, authorised_by="Sergeant Vell", because="Moved")
    with pytest.raises(NotNow, match="had to be asked before"):
        bail.court_asked(given, by=iris, said="Vale magistrates")


def test_while_a_court_that_was_asked_in_time_has_not_decided_bail_goes_on(case: Any, iris: Any, clock: Any) -> None:
    given = bail_of(arrested_in(case, iris), iris)
    with pytest.raises(NotNow, match="A court comes after a superintendent"):
        bail.court_asked(given, by=iris, said="Vale magistrates, Tuesday")
    for rule, days in (("inspector", 100), ("superintendent", 200)):
        given = extended(given, iris, rule, now() + timedelta(days=days))
    bail.court_asked(given, by=iris, said="Vale magistrates, Tuesday")
    clock.set(as_it_is(given).expires_at + timedelta(days=2))
    assert bail.lapse_all() == 0
    again = extended(given, iris, "court", now() + timedelta(days=60))
    assert (again.state, again.applied_at) == ("in_force", None)
    bail.court_asked(again, by=iris, said="Vale magistrates")
    clock.set(again.expires_at + timedelta(days=1))
    bail.court_refused(again, by=iris, said="Not proportionate")
    assert bail.lapse_all() == 1


def test_bail_that_runs_out_leaves_the_suspect_free_and_is_said_once(family: Any, iris: Any, clock: Any) -> None:
    suspect = arrested_in(family, iris)
    given = bail_of(suspect, iris)
    clock.set(given.expires_at)
    assert bail.lapse_all() == 0  # exactly on the moment it is still in force
    clock.shift(timedelta(microseconds=1))
    assert (bail.lapse_all(), bail.lapse_all()) == (1, 0)
    free = as_it_is(suspect)
    assert (free.state, free.changed_at) == ("rui", given.expires_at)
    assert "ran out and nobody had decided" in free.because


def test_release_without_conditions_where_a_child_is_linked_is_for_a_sergeant_who_says_how_the_child_is_safe(
    family: Any, iris: Any, dina: Any
) -> None:
    suspect = arrested_in(family, iris)
    said = {"at": now(), "because": "The custody officer gives no bail"}
    with pytest.raises(NotYours, match="A child is linked"):
        suspects.released_under_investigation(suspect, by=iris, protects="He is away", **said)
    with pytest.raises(NotNow, match="how the child is protected now"):
        suspects.released_under_investigation(suspect, by=dina, **said)
    free = suspects.released_under_investigation(suspect, by=dina, protects="He lives in Leeds", **said)
    assert (free.state, free.protects) == ("rui", "He lives in Leeds")
    assert plan_of(suspect).state == "needed"


@pytest.mark.parametrize(
    ("verb", "said", "state"),
    [
        (suspects.suspect_charged, {"said": "Two counts; court on Friday, same conditions"}, "charged"),
        (suspects.no_further_action, {"because": "Another man used the address"}, "nfa"),
        (suspects.released_under_investigation, {"because": "Bail is not needed"}, "rui"),
    ],
    ids=["charged", "nfa", "rui"],
)
def test_a_decision_ends_bail_and_says_how_the_child_is_protected(
    cast: Any, clock: Any, verb: Any, said: Any, state: str
) -> None:
    given = on_bail(cast)
    with pytest.raises(NotNow, match="how the child is protected now"):
        verb(given.suspect, by=cast["dina"], at=now(), **said)
    assert as_it_is(given).state == "in_force"
    verb(given.suspect, by=cast["dina"], at=now(), protects="She lives with her aunt", **said)
    over = as_it_is(given)
    assert (over.state, over.ended_by, as_it_is(given.suspect).state) == ("ended", cast["dina"], state)
    assert over.ended_because


def test_a_volunteer_is_a_reasoned_exception_and_a_plan_is_owed(family: Any, iris: Any) -> None:
    suspect = suspect_in(family, iris)
    with pytest.raises(NotNow, match="no bail conditions protect a child"):
        suspects.interviewed_as_volunteer(suspect, by=iris, at=now(), because="")
    suspects.interviewed_as_volunteer(suspect, by=iris, at=now(), because="In hospital for two months")
    assert plan_of(suspect).state == "needed"


def test_a_breach_is_counted_and_a_sergeant_decides(cast: Any, clock: Any) -> None:
    given = on_bail(cast)
    broken = bail.bail_breached(given, by=cast["iris"], known_at=now(), what="Seen outside her school; mother told")
    assert (broken.breaches, broken.breached_at) == (1, now())
    with pytest.raises(NotYours):
        bail.breach_decided(given, by=cast["iris"], said="Arrested")
    assert bail.breach_decided(given, by=cast["dina"], said="Arrested, back on bail").breached_at is None
    with pytest.raises(NotNow, match="No breach waits"):
        bail.breach_decided(given, by=cast["dina"], said="Again")


def test_nobody_is_charged_before_they_were_arrested_nor_in_the_future(case: Any, iris: Any, clock: Any) -> None:
    suspect = arrested_in(case, iris)
    for at, why in ((now() - timedelta(days=1), "before"), (now() + timedelta(minutes=1), "in the future")):
        with pytest.raises(NotNow, match=why):
            suspects.suspect_charged(suspect, by=iris, at=at, said="Two counts")


def test_a_case_that_is_not_open_takes_no_new_suspect(cast: Any, clock: Any) -> None:
    case = seen_elsewhere(triaged(cast["rory"]), by=cast["rory"], system="Niche", ref="44260001", at=now())
    close_case(case, by=cast["dina"], because="The provider keeps nothing; nobody can be found")
    with pytest.raises(NotNow, match="is not open any more"):
        suspect_in(case, cast["rory"])
