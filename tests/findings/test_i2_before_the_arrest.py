"""I2: "A PPN was quickly submitted, and a strategy discussion requested. This took place the following day ... The
suspect was arrested the following day and a social worker attended." Rarely seen elsewhere, the inspectors wrote. Here
it is the way it goes, told day by day. Every other way: test_i2_every_other_way.py."""

from datetime import timedelta

import pytest

from access.actor import acting
from online.models import Bail, Enforcement, KiratAssessment, Occupant
from online.workflow.cases import seen_elsewhere
from online.workflow.checks import children_found
from online.workflow.children import child_seen_by_us, social_worker_spoken_to
from online.workflow.closing import close_case, open_obligations, safeguarding_complete
from online.workflow.devices import device_uploaded
from online.workflow.enforcing import carry_out, plan_enforcement
from online.workflow.kirat import assess, ratify
from online.workflow.lado import lado_answered
from online.workflow.research import work_known
from online.workflow.suspects import suspect_charged
from sla.engine import sweep
from sla.models import Clock, Escalation
from sla.policy import DEADLINES
from tests.conftest import hours
from tests.online.after_scenes import (
    CONDITIONS,
    PLAN,
    arrested_in,
    bail_of,
    device_in,
    examined,
    lado_said,
    referral_of,
    referred,
)
from tests.online.gate_scenes import a_girl, discussed, maisie, notice_from, settled
from tests.online.scenes import TEST, as_it_is, attributed, check_of, child_of, level, level_of, lives_there, plan

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def missed():
    """Deadlines of investigations that passed with the work not done."""
    late = []
    for row in Escalation.objects.filter(clock__kind__startswith="online.").select_related("clock"):
        passed = DEADLINES[row.clock.deadline].missed_level()
        if passed is not None and row.level > passed:  # levels are counted from 1, places in a ladder from 0
            late.append((row.clock.deadline, row.due_at))
    return late


def hour_by_hour(clock, until):
    """Time passes with the sweep as the workers run it."""
    while clock.at < until:
        clock.shift(min(hours(1), until - clock.at))
        sweep()


# --- the good case of the report, day by day


def the_first_day(clock, cast):
    """A referral at nine: by the evening a level, a child found, a notice and a strategy discussion asked for."""
    rory, dina = cast["rory"], cast["dina"]
    case = attributed(rory, what="Indecent images were uploaded to the internet by somebody who lives here")
    clock.shift(hours(2))
    seen_elsewhere(case, by=rory, system="Niche", ref="44260009", at=clock.at)
    lives_there(case, rory, "Dale Overmarsh")
    lives_there(case, rory, "Joanne Overmarsh", is_suspect="no", works_with_children="not_known", works_how="Not asked:"
                " it would warn him. Her employer is not on record")  # fmt: skip
    clock.shift(hours(2))
    child_of(case, rory, "Maisie Overmarsh", person=a_girl(rory, "Maisie Overmarsh"))
    children_found(check_of(case), by=rory, sources="Records, social care, births", result="A girl of two lives there")
    assess(KiratAssessment(), by=rory, case=as_it_is(case), facts=level("medium"))
    ratify(level_of(case), by=dina, said="Agreed: he lives with a child of two, and nothing says contact abuse")
    clock.shift(hours(1))
    notice_from(maisie(case), rory)
    return case


def the_second_day(clock, cast, case):
    """The discussion is held before anybody knocks, and a sergeant plans for the next morning."""
    hour_by_hour(clock, clock.at.replace(hour=11) + DAY)
    discussed(maisie(case), cast["sam"])
    briefing = {"child_plan": "A social worker comes along and stays with Maisie and her mother",
                "social_worker": "Sol Worker, Vale Council", "planned_for": clock.at + hours(20)}  # fmt: skip
    return plan_enforcement(Enforcement(), by=cast["dina"], case=as_it_is(case), facts=plan(**briefing))


def the_third_day(clock, cast, case, enforcement):
    """He is arrested; the social worker speaks with his wife, who works in a nursery; bail, LADO, safety plan."""
    iris = cast["iris"]
    hour_by_hour(clock, enforcement.planned_for + hours(1))
    carry_out(enforcement, by=iris, done_at=clock.at, result="Arrested at home", children_seen="yes", devices=1)
    child_seen_by_us(maisie(case), by=iris, at=clock.at, said="Asleep, then on her mother's arm; said nothing")
    suspect = arrested_in(as_it_is(case), iris, "Dale Overmarsh")
    wife = Occupant.objects.get(online_case=case, name_said="Joanne Overmarsh")
    work_known(wife, by=iris, works_with_children="yes", post="Nursery nurse", employer="Vale Nursery",
               how="She told the social worker")  # fmt: skip
    clock.shift(hours(4))
    referred(referral_of(wife), iris)
    bail = bail_of(suspect, iris, plan=PLAN, conditions=CONDITIONS)
    risen = level("high", because="His wife works in a nursery; it is run again for whatever becomes known")
    assess(KiratAssessment(), by=cast["rory"], case=as_it_is(case), facts=risen)
    ratify(level_of(case), by=cast["dina"], said="Agreed")
    return suspect, wife, bail, device_in(as_it_is(case), iris)


def test_the_good_case_of_the_report_day_by_day_and_no_deadline_of_it_is_missed(clock, cast):
    with acting(TEST):
        case = the_first_day(clock, cast)
        enforcement = the_second_day(clock, cast, case)
        suspect, wife, bail, device = the_third_day(clock, cast, case, enforcement)
    iris, dina = cast["iris"], cast["dina"]
    assert as_it_is(bail).state == Bail.State.IN_FORCE
    for week in range(1, 5):  # "there has been continuous contact with the family's social worker"
        hour_by_hour(clock, clock.at + 5 * DAY)
        social_worker_spoken_to(maisie(case), by=iris, who="Sol Worker", said=f"Week {week}: all well", at=clock.at)
        if week == 1:
            device = device_uploaded(examined(device, iris), by=iris, caid_ref="CAID 44/26", at=clock.at)
            lado_answered(referral_of(wife), by=iris, said=lado_said())
    settled(maisie(case), iris)
    suspect_charged(as_it_is(suspect), by=iris, at=clock.at, said="Making indecent images", protects="Her plan stands")
    safeguarding_complete(as_it_is(case), by=dina, said="He lives elsewhere; social care has its own plan")
    assert open_obligations(case) == []
    assert (
        close_case(as_it_is(case), by=dina, because="Charged; the children's plan is social care's").state == "closed"
    )
    assert missed() == []
    with acting(TEST):
        assert not Clock.running().filter(kind__startswith="online.").exists()
