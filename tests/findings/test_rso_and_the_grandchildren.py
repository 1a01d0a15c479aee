"""The inspectors' case, end to end: an offender manager wrote of a registered sex offender in contact with his
grandchildren; five days before it was submitted and five days unread, and it was filed without the agencies meeting."""

from datetime import date

import pytest
from django.urls import reverse

from access.actor import System, acting
from cases.models import Finding
from ppn import household, workflow
from ppn.child_clock import child_clock
from ppn.meetings import from_notice
from ppn.models import Ppn, Trigger
from ppn.origins import origin_of
from ppn.workflow import SubjectFacts
from tests.conftest import hours
from tests.households import HERE, is_a_sex_offender, is_the, on_record
from tests.ppn.scenes import assessed, filed, fresh, says_who, told
from tests.sla.made import MOMENT, raised
from tests.stories import a_notice, away, clock_of, swept
from tests.strategy.meetings import asked
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
DAY = 24


@pytest.fixture
def family(clock, cora):
    """Desmond, his daughter Kerry, her children Poppy and Reuben at her home."""
    born = {"Kerry": date(1991, 7, 1), "Poppy": date(2018, 1, 5), "Reuben": date(2021, 5, 9)}
    kerry, poppy, reuben = (on_record(cora, f"{name} Sallowfold", born=born[name], home=HERE) for name in born)
    desmond = on_record(cora, "Desmond Garmere", born=date(1958, 2, 11))
    is_a_sex_offender(desmond, cora)
    for parent, child in ((desmond, kerry), (kerry, poppy), (kerry, reuben)):
        is_the("parent", parent, child, cora)
    return {"kerry": kerry, "poppy": poppy, "reuben": reuben, "desmond": desmond}


@pytest.fixture
def finding(family):
    with acting(System("test")):
        return Finding.objects.get(child=family["poppy"])


def written_from(finding, by):
    """As the form fills it in from the finding."""
    begun = origin_of(finding.pk)
    said = {**begun.notice, "first_known_at": begun.first_known_at, "arises_from": finding.pk}
    more = {"child": {"not_spoken_to_because": "Her mother was not told yet; Kim goes tomorrow"}, "poses_risk": {}}
    subjects = [SubjectFacts(**each, **more[each["part"]]) for each in begun.subjects]
    return workflow.submit(Ppn(), by=by, notice=a_notice(**said), subjects=subjects)


def identified(ppn, family, cora):
    ppn = says_who(ppn, "Poppy Sallowfold", family["poppy"], cora)
    return says_who(ppn, "Desmond Garmere", family["desmond"], cora)


def open_triggers(ppn):
    with acting(System("test")):
        return list(Trigger.objects.filter(ppn=ppn).exclude(state="decided").order_by("raised_at", "pk"))


def test_nobody_waits_five_days_to_hear_of_it(clock, finding, sam, ines):
    start = clock.at
    swept(clock, MOMENT)
    assert raised(finding.pk)[0][3] == ["sam"]
    swept(clock, hours(5 * DAY))
    assert {who for *_, people in raised(finding.pk) for who in people} >= {"sam", "ines", "chidi"}
    assert finding.known_since == start


def test_five_days_before_it_was_submitted_and_five_in_the_queue_are_one_age_of_ten(client, clock, finding, olly, cora):
    clock.shift(hours(5 * DAY))
    with acting(olly):
        ppn = written_from(finding, olly)
    assert ppn.submitted_at - ppn.first_known_at == hours(5 * DAY)
    clock.shift(hours(5 * DAY))
    assert child_clock(fresh(ppn), clock.at).lasted == hours(10 * DAY)
    client.force_login(cora)
    assert "10 days so far: 5 days until the notice, then 5 days" in client.get(ppn.get_absolute_url()).content.decode()


def test_five_days_unread_everybody_up_to_the_superintendent_has_been_told(clock, finding, olly):
    with acting(olly):
        ppn = written_from(finding, olly)
    swept(clock, hours(5 * DAY))
    assert [people for *_, people in raised(ppn.pk, "P2")] == [["cole", "cora"], ["sam"], ["ines"], ["chidi"], ["sue"]]


def test_the_notice_settles_the_finding_and_the_question_is_before_the_sergeant_at_once(
    clock, family, finding, olly, cora, sam
):
    with acting(olly):
        ppn = identified(written_from(finding, olly), family, cora)
    with acting(sam):
        assert Finding.objects.get(pk=finding.pk).notice == ppn.reference
    found = open_triggers(ppn)
    assert {each.code for each in found} == {"T1"}
    swept(clock, MOMENT)
    assert all(raised(each.pk) == [("P9", 1, each.raised_at, ["sam"])] for each in found)
    swept(clock, hours(8))
    assert all(raised(each.pk)[1][3] == ["ines"] for each in found)


def test_with_the_sergeant_on_leave_somebody_else_decides(clock, family, finding, olly, cora, sam, cole):
    with acting(olly):
        ppn = identified(written_from(finding, olly), family, cora)
    away(sam, days=14, cover=cole)
    swept(clock, MOMENT)
    assert raised(open_triggers(ppn)[0].pk)[0][3] == ["cole"]
    decided = {"decision": "held", "because": "Held with social care and health this morning"}
    assert workflow.decide_strategy(fresh(ppn), by=cole, **decided).strategy_decision == "held"


def test_it_is_filed_only_once_a_sergeant_has_decided_the_authority_was_asked_and_the_brother_considered(
    client, clock, family, finding, olly, cora, sam
):
    with acting(olly):
        ppn = identified(written_from(finding, olly), family, cora)
    ppn = told(assessed(ppn, cora), cora, sam)
    for who in (cora, sam):
        with pytest.raises(NotNow):
            filed(ppn, who)
    with pytest.raises(NotNow, match="T1 has no decision"):
        filed(ppn, sam, "held")
    waiting = open_triggers(ppn)
    workflow.decide_strategy(fresh(ppn), by=sam, decision="requested", because="He has moved in with them")
    assert all(clock_of(each, "P9").stopped_at == clock.at for each in waiting)
    with pytest.raises(NotNow, match="Reuben Sallowfold is in the household"):
        filed(ppn, sam, "requested")
    with acting(cora):
        for child in household.not_considered(ppn):
            workflow.consider_child(ppn, by=cora, child=child, what_it_means="Seen with Poppy; the same plan for both")
    with pytest.raises(NotNow, match="nobody has asked the authority"):
        filed(ppn, sam, "requested")
    with acting(sam):
        about = from_notice(fresh(ppn)).about
    asked(sam, about=about)
    assert filed(ppn, sam, "requested").state == "filed"
    client.force_login(sam)
    assert client.get(reverse("ppn", args=[ppn.pk])).status_code == 200
