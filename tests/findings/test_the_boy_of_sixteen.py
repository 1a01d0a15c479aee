"""The inspectors' case: a boy of sixteen said that his mother had attacked him. Two days later nobody had seen him, and
there was no notice. Here nobody has to remember him: his clocks climb by name, and the wall shows his days."""

import html
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from ppn.workflow import SubjectFacts
from sla.engine import sweep
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, away, called_in, clock_of, outcome_of, submitted, swept, told
from tests.triage.scenes import fresh, running
from triage import workflow
from triage.workflow import Voice
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db

ELLIS = SubjectFacts(
    part="child",
    name="Ellis Example",
    seen="yes",
    spoken_to="yes",
    own_words="“I only pushed her so I could get out.”",
    demeanour="Tired; glad to be asked",
    home="Not seen yet",
)
HIS_ACCOUNT = (
    "Ellis, 16, says that his mother attacked him and that he defended himself. She has had no medication for five "
    "months. He has gone out and does not want to go home."
)
AT_RISK = replace(CALM, threat="His mother, at home and unwell", vulnerability="A boy of 16, out alone", overall="high")
BANNER = "1 late incident with a child, or where nobody knows, has not been re-assessed."
OUT = Voice(
    child="Ellis Example",
    seen="no",
    spoken_to="no",
    why_not="He was out; his mother came to the door",
    who_will="Late turn, at his friend's",
    see_by=MONDAY + hours(12),
)


@pytest.fixture
def ellis(clock, callie):
    """He calls at nine in the morning, and the call is graded to be attended within the hour."""
    return called_in(callie, grade="G2", child="yes", what_happened=HIS_ACCOUNT, assessment=AT_RISK)


@pytest.fixture
def see(client):
    """The words of a page, as somebody signed in reads it."""

    def page(who, name, *args, **asked):
        client.force_login(who)
        found = client.get(reverse(name, args=args), asked)
        assert found.status_code == 200
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found.content.decode())).split())

    return page


def test_from_the_call_on_he_has_an_owner_and_each_duty_to_him_a_clock(ellis, dev):
    assert ellis.owner == dev
    assert running(ellis) == {"K2", "K7", "K8"}
    assert {clock_of(ellis, code).started_at for code in ("K2", "K7", "K8")} == {MONDAY}


def test_nobody_goes_and_it_climbs_by_name_until_the_daily_meeting_has_him(clock, ellis):
    for _ in range(180):
        swept(clock, minutes(1))
    swept(clock, MOMENT)
    climbs = [(30, ["dev"]), (45, ["connie"]), (60, ["connie"]), (90, ["fin"])]
    assert [(due - MONDAY, who) for *_, due, who in raised(ellis.pk, "K2")] == [
        (minutes(after), who) for after, who in climbs
    ]
    assert [who for *_, who in raised(ellis.pk, "K4")] == [["connie"], ["fin"], ["dmitri"]]


def test_the_banner_is_on_every_page_of_the_control_room_until_the_risk_is_looked_at_again(
    clock, ellis, callie, connie, dev, see
):
    swept(clock, minutes(60))
    assert BANNER not in see(callie, "home")
    swept(clock, MOMENT)
    for page in ("home", "board", "hub", "resolution", "unseen", "backlog", "handover", "incident-new", "banner"):
        assert BANNER in see(callie, page), page
    assert BANNER in see(callie, "board", grade="G1", show="mine")  # no filter takes it away
    for who, verb, facts in (
        (connie, workflow.treat_as_urgent, {"because": "A child is out alone"}),
        (callie, workflow.contact_caller, {"route": "07700 900123", "result": "reached", "said": "He is cold"}),
        (dev, workflow.assign, {"unit": "AB12"}),
        (connie, workflow.ask_fim, {"because": "Nobody is free"}),
        (connie, workflow.give, {"to": dev}),
    ):
        verb(fresh(ellis), by=who, **facts)
        assert BANNER in see(callie, "home"), verb
    workflow.reassess(fresh(ellis), by=connie, assessment=AT_RISK, trigger="target_missed")
    assert BANNER not in see(callie, "home")


def test_looked_at_again_on_time_each_time_goes_no_further_up_and_every_look_is_kept(clock, ellis, connie):
    swept(clock, minutes(60) + MOMENT)
    for _ in range(4):
        ellis = workflow.reassess(ellis, by=connie, assessment=AT_RISK, trigger="interval")
        swept(clock, minutes(60))
    assert [who for *_, who in raised(ellis.pk, "K4")] == [["connie"]]
    assert [who for *_, who in raised(ellis.pk, "FIM")] == [["fin"], ["dmitri"], ["sue"]]  # nobody decided on resources


def test_police_come_to_the_door_and_he_is_out_he_stays_on_the_wall_with_his_days(clock, ellis, olly, rosa, sue, see):
    swept(clock, hours(3))
    ellis = workflow.attend(ellis, by=olly)
    ellis = workflow.hear_child(ellis, by=olly, voice=OUT)
    ellis = outcome_of(ellis, olly, child_seen="no", child_not_seen_because="Out; late turn to see him by nine")
    assert {"K7", "K8"} <= running(ellis)
    with pytest.raises(NotNow, match="has not been seen"):
        workflow.close(ellis, by=rosa, no_ppn_because="")
    swept(clock, hours(45) + MOMENT)
    wall = see(sue, "unseen", show="both")
    assert ellis.reference in wall
    assert "Known for 2 days" in wall
    assert "Nobody has seen the child; no notice (PPN)" in wall


def test_each_level_at_its_moment_and_to_whom(clock, ellis):
    swept(clock, hours(12))
    assert raised(ellis.pk, "K7") == raised(ellis.pk, "K8") == []
    swept(clock, hours(36) + MOMENT)
    seen = [(due - MONDAY, who) for *_, due, who in raised(ellis.pk, "K7")]
    assert seen == [
        (hours(12), ["rosa"]),
        (hours(24), ["rashid"]),
        (hours(48), ["sue"]),
        (hours(48), ["dmitri"]),
    ]
    notice = [(due - MONDAY, who) for *_, due, who in raised(ellis.pk, "K8")]
    assert notice == [(hours(12), ["rosa"]), (hours(24), ["rashid"]), (hours(24), ["sam"])]


def test_with_the_sergeant_and_the_superintendent_away_their_covers_are_told(clock, ellis, rosa, rashid, sue, chidi):
    away(rosa, days=14, cover=rashid)
    away(sue, days=14, cover=chidi)
    swept(clock, hours(48) + MOMENT)
    assert [who for *_, who in raised(ellis.pk, "K7")] == [["rashid"], ["rashid"], ["chidi"], ["dmitri"]]


def test_seen_heard_and_a_notice_raised_from_it_ends_it_and_what_was_late_stays_written(
    clock, ellis, olly, rosa, sue, cora, see
):
    swept(clock, hours(3))
    ellis = workflow.attend(ellis, by=olly)
    swept(clock, hours(45) + MOMENT)
    before = told(ellis.pk)
    his = {"seen": "yes", "spoken_to": "yes", "own_words": ELLIS.own_words, "demeanour": ELLIS.demeanour}
    ellis = workflow.hear_child(ellis, by=olly, voice=Voice(child="Ellis Example", **his))
    notice = submitted(olly, subjects=[ELLIS], arises_from=ellis.pk, first_known_at=MONDAY)
    assert {"K7", "K8"} & running(ellis) == set()
    assert {clock_of(ellis, code).stopped_by for code in ("K7", "K8")} == {"triage.hear_child", "ppn.submit"}
    assert ellis.reference not in see(sue, "unseen")
    assert notice.reference in see(cora, "ppn-queue")  # the MASH has it in the same second
    ellis = outcome_of(ellis, olly)
    assert workflow.close(ellis, by=rosa, no_ppn_because="").state == "closed"
    swept(clock, hours(100))
    assert told(ellis.pk) == before
    assert [level for _, level, *_ in raised(ellis.pk, "K7")] == [1, 2, 3, 4]


def test_without_a_notice_it_cannot_be_closed_but_by_a_named_supervisor_with_a_reason(ellis, olly, rosa):
    ellis = outcome_of(workflow.attend(ellis, by=olly), olly)
    with pytest.raises(NotNow, match="there is no PPN"):
        workflow.close(ellis, by=rosa, no_ppn_because="  ")
    assert "K8" in running(ellis)


def test_calling_again_makes_somebody_look_at_it_within_a_quarter_of_an_hour(clock, ellis, callie, connie):
    clock.shift(minutes(20))
    again = called_in(
        callie, grade="G3", child="yes", location=ellis.location, what_happened="Ellis: is anyone coming?"
    )
    assert again.repeat_of == ellis
    assert clock_of(ellis, "K6").due_at == clock.at + minutes(15)
    swept(clock, minutes(15) + MOMENT)
    assert [who for *_, who in raised(ellis.pk, "K6")] == [["connie"]]
    workflow.reassess(fresh(ellis), by=connie, assessment=AT_RISK, trigger="repeat_call")
    assert "K6" not in running(ellis)


def test_nothing_anybody_does_meanwhile_gives_him_more_time(clock, ellis, dev, connie, tara):
    due = {code: clock_of(ellis, code).due_at for code in ("K2", "K7", "K8")}
    clock.shift(minutes(30))
    ellis = workflow.assign(ellis, by=dev, unit="AB12")
    ellis = workflow.stand_down(ellis, by=dev, because="Needed elsewhere")
    lower = {"grade": "G3", "assessment": AT_RISK, "because": "He is with a friend", "caller_told": "yes"}
    ellis = workflow.regrade(ellis, by=connie, **lower)
    ellis = workflow.give(ellis, by=connie, to=tara)
    sweep()
    assert {code: clock_of(ellis, code).due_at for code in due} == due
    assert due.keys() <= running(ellis)
