"""I2, every other way: an arrest booked before the discussion, a nursery worker nobody asked about, bail that lapses.
It is refused, or it stands on the wall by name and climbs to somebody who is there."""

from datetime import timedelta

import pytest

from access.actor import NotYours, acting
from online.models import Enforcement, GateOverride, KiratAssessment, Occupant
from online.wall import lines_of
from online.workflow.bail import lapse_all
from online.workflow.closing import close_case, not_safe_because, safeguarding_complete
from online.workflow.enforcing import carry_out, override_gate, plan_enforcement
from online.workflow.kirat import assess
from online.workflow.lado import refer_to_lado
from online.workflow.research import OccupantFacts, add_occupant
from online.workflow.suspects import no_further_action
from tests.conftest import hours
from tests.online.after_scenes import (
    GROUNDS,
    on_bail,
    referral_of,
    the_lado,
    with_a_linked_child,
    works_at_a_nursery,
)
from tests.online.gate_scenes import discussed, maisie, notice_from, open_gate, overridden
from tests.online.scenes import (
    address_of,
    as_it_is,
    attributed,
    child_of,
    level,
    lives_there,
    plan,
    with_a_child,
)
from tests.sla.made import MOMENT, raised
from tests.stories import away, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def on_the_wall(who, clock, code):
    """How many of one kind somebody sees there, and which by name."""
    with acting(who):
        line = next(each for each in lines_of(clock.at) if each.code == code)
    return line.count, " ".join(line.names)


def told(record, deadline):
    """Who was told, by name, in order."""
    return [who for *_, people in raised(record.pk, deadline) for who in people]


# --- the arrest is booked before the discussion


def test_a_sergeant_cannot_book_it_before_notice_and_discussion_and_is_told_what_is_missing_by_name(cast, dina, rory):
    case = with_a_child(rory, dina)
    with pytest.raises(NotNow, match=r"Maisie Pell.*no notice.*Maisie Pell.*no strategy discussion"):
        plan_enforcement(Enforcement(), by=dina, case=case, facts=plan())
    notice_from(maisie(case), rory)
    with pytest.raises(NotNow, match="no strategy discussion"):
        plan_enforcement(Enforcement(), by=dina, case=case, facts=plan())


def test_only_an_inspector_goes_without_says_why_and_owes_the_discussion_in_four_hours(cast, dina, delia, rory, clock):
    case = with_a_child(rory, dina)
    with pytest.raises(NotYours):
        overridden(case, dina)
    with pytest.raises(NotNow, match="why"):
        override_gate(GateOverride(), by=delia, case=case, because=" ")
    override = overridden(case, delia)
    plan_enforcement(Enforcement(), by=dina, case=as_it_is(case), facts=plan(), override=override)
    count, names = on_the_wall(dina, clock, "owed")
    assert (count, override.reference in names) == (1, True)
    away(delia, days=14, cover=dina)
    swept(clock, hours(4) + MOMENT)
    assert "dmitri" in told(override, "OC9O")
    assert "dina" in told(override, "OC9O")  # she covers for the inspector


def test_a_child_who_becomes_known_the_evening_before_shuts_the_gate_again(cast, dina, iris, rory, clock):
    enforcement = plan_enforcement(Enforcement(), by=dina, case=open_gate(cast), facts=plan())
    assert on_the_wall(dina, clock, "shut")[0] == 0
    child_of(as_it_is(enforcement.online_case), rory, "Robin Pell")
    assert on_the_wall(dina, clock, "shut") == (1, enforcement.reference)
    with pytest.raises(NotNow, match="Robin Pell"):
        carry_out(enforcement, by=iris, done_at=clock.at, result="Arrested", children_seen="yes", devices=0)


def test_what_happened_all_the_same_is_on_record_with_what_was_missing(cast, dina, iris, rory, clock):
    enforcement = plan_enforcement(Enforcement(), by=dina, case=open_gate(cast), facts=plan())
    robin = child_of(as_it_is(enforcement.online_case), rory, "Robin Pell")
    carry_out(enforcement, by=iris, done_at=clock.at, result="Arrested", children_seen="yes", devices=0,
              although="He opened the door as we rang next door")  # fmt: skip
    with acting(dina):
        override = GateOverride.objects.get(online_case=enforcement.online_case)
    assert (override.kind, robin.reference in override.missing, override.state) == ("happened", True, "owed")


# --- nobody asked whether she works with children


def test_no_level_is_set_while_nobody_has_asked_about_an_adult_there(cast, rory, dina, clock):
    case = attributed(rory)
    lives_there(case, rory)
    facts = OccupantFacts(name_said="Joanne Pell", age="adult")
    add_occupant(Occupant(), by=rory, at=address_of(case), facts=facts)
    with pytest.raises(NotNow, match="Nobody has asked whether Joanne Pell works with children"):
        assess(KiratAssessment(), by=rory, case=case, facts=level())
    assert on_the_wall(dina, clock, "work") == (1, "Joanne Pell")


def test_not_known_is_an_answer_for_now_and_none_to_close_a_case_with(cast, dina, rory):
    case = with_a_linked_child(cast)
    lives_there(case, rory, "Joanne Pell", works_with_children="not_known", works_how="It would warn him to ask")
    assert any("not known whether this adult works with children" in line for line in not_safe_because(case))
    with pytest.raises(NotNow, match="works with children"):
        safeguarding_complete(as_it_is(case), by=dina, said="Done")


def test_once_it_is_known_the_designated_officer_hears_within_a_working_day_or_an_inspector_does(
    cast, iris, rory, clock
):
    """Known on a Friday at nine: due on Monday at nine, with the investigator on leave and the sergeant covering."""
    clock.shift(4 * DAY)
    case = with_a_linked_child(cast)
    referral = referral_of(works_at_a_nursery(case, rory))
    away(iris, days=14, cover=cast["dina"])
    swept(clock, 3 * DAY)
    assert "delia" not in told(referral, "OC11")
    swept(clock, MOMENT)
    assert "delia" in told(referral, "OC11")
    refer_to_lado(as_it_is(referral), by=cast["dina"], agency=the_lado(), said="She works there", grounds=GROUNDS)
    with acting(cast["dina"]):
        assert as_it_is(referral).state == "referred"


# --- bail lapses


def test_bail_is_counted_down_to_the_moment_it_protects_nobody_with_the_officer_away(cast, iris, dina, clock):
    bail = on_bail(cast)
    away(iris, days=90, cover=dina)
    swept(clock, bail.expires_at - clock.at - 7 * DAY + MOMENT)
    assert set(told(bail, "OC12")) <= {"dina", "delia"}
    count, names = on_the_wall(dina, clock, "bail_soon")
    assert count == 1
    assert str(bail) in names
    swept(clock, 7 * DAY)
    assert "dmitri" in told(bail, "OC12")
    assert lapse_all() == 1
    assert as_it_is(bail).state == "lapsed"
    assert str(bail) in on_the_wall(dina, clock, "bail_lapsed")[1]
    with pytest.raises(NotNow):
        close_case(as_it_is(bail.online_case), by=dina, because="He is not wanted any more")


def test_whoever_ends_bail_says_how_the_child_is_protected_then(cast, dina):
    bail = on_bail(cast)
    with pytest.raises(NotNow, match="protected"):
        no_further_action(as_it_is(bail.suspect), by=dina, at=bail.released_at, because="Nothing on the devices")


# --- the discussion is held: then it goes


def test_with_notice_and_discussion_the_same_sergeant_plans_at_once(cast, dina, rory, sam):
    case = with_a_child(rory, dina)
    notice_from(maisie(case), rory)
    discussed(maisie(case), sam)
    assert plan_enforcement(Enforcement(), by=dina, case=as_it_is(case), facts=plan()).state == "planned"
