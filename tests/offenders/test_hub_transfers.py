"""Transfers between forces: at no moment is somebody nobody's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis.stateful import initialize, invariant, rule

from access.actor import NotYours, System, acting
from access.time import now
from offenders.models import OURS, HubTask, Nominal, Transfer
from offenders.workflow import transfers
from offenders.workflow.registrations import RequirementFacts
from sla.models import Clock
from tests.households import on_record
from tests.offenders.hub_scenes import as_theirs, came, coming, going
from tests.offenders.scenes import managed
from tests.stories import clock_of
from tests.workflow.lives import PLACES, Life, live
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
BECAUSE = {"because": "He lives there"}
NAMED = {"accepted_by_name": "Inspector Ida Sallowfold", **BECAUSE}


@pytest.fixture
def nominal(clock, hana, omar):
    return managed(hana, omar, "Conrad Fernfold")


def as_it_is(record):
    with acting(System("test")):
        return type(record).objects.get(pk=record.pk)


def kinds_of_work():
    with acting(System("test")):
        return [task.kind for task in HubTask.objects.order_by("reference")]


def test_whoever_is_to_go_stays_ours_until_a_named_person_has_accepted(nominal, omar, imran):
    transfer = going(nominal, omar)
    assert as_it_is(nominal).state == "awaiting_visit"
    with pytest.raises(NotNow, match="who at the other force"):
        transfers.accept_transfer_out(transfer, by=imran, accepted_by_name=" ", because="")
    assert as_it_is(nominal).state == "awaiting_visit"
    transfer = transfers.accept_transfer_out(transfer, by=imran, **NAMED)
    assert (transfer.state, as_it_is(nominal).state) == ("accepted", "transferred")
    assert kinds_of_work() == ["transfer_out"]


def test_whoever_is_to_come_is_theirs_until_an_inspector_here_has_accepted(hana, imran, omar, clock):
    transfer = coming(hana)
    with acting(System("test")):
        assert not Nominal.objects.exists()
    transfer = came(transfer, imran, omar)
    assert (transfer.nominal.manager, transfer.nominal.external_ref) == (omar, "V-77001")
    assert kinds_of_work() == ["transfer_in"]


def test_nobody_but_an_inspector_decides(nominal, hana, omar, stella, seb):
    transfer, other = going(nominal, omar), coming(hana)
    for who in (hana, omar, stella, seb):
        for verb, record, facts in (
            (transfers.accept_transfer_out, transfer, NAMED),
            (transfers.refuse_transfer, transfer, BECAUSE),
            (transfers.withdraw_transfer, transfer, BECAUSE),
        ):
            with pytest.raises(NotYours):
                verb(record, by=who, **facts)
        with pytest.raises(NotYours):
            came(other, who, omar)


@pytest.mark.parametrize("verb", [transfers.refuse_transfer, transfers.withdraw_transfer])
def test_whoever_is_refused_stays_where_they_are_for_a_reason(nominal, omar, imran, verb):
    transfer = going(nominal, omar)
    with pytest.raises(NotNow):
        verb(transfer, by=imran, because=" ")
    verb(transfer, by=imran, **BECAUSE)
    assert as_it_is(nominal).state in OURS
    assert going(nominal, omar).state == "requested"


def test_one_transfer_at_a_time(nominal, hana, omar):
    going(nominal, omar)
    with pytest.raises(NotNow, match="being decided on already"):
        going(nominal, omar)
    coming(hana)
    with pytest.raises(NotNow, match="being decided on already"):
        coming(hana)


def test_whom_we_have_does_not_come_and_who_has_gone_does_not_go(hana, omar, imran):
    nominal = managed(hana, omar, external_system="ViSOR", external_ref="V-77001")
    with pytest.raises(NotNow, match="managed here already"):
        coming(hana)
    transfers.accept_transfer_out(going(nominal, omar), by=imran, **NAMED)
    with pytest.raises(NotNow, match="not managed here any more"):
        going(nominal, omar)


def test_a_transfer_goes_one_way(nominal, hana, omar, imran):
    with pytest.raises(NotNow, match="the other way"):
        transfers.accept_transfer_out(coming(hana), by=imran, **NAMED)
    with pytest.raises(NotNow, match="the other way"):
        came(going(nominal, omar), imran, omar)


def test_whoever_comes_back_is_on_the_record_they_had(hana, omar, olga, imran, clock):
    nominal = managed(hana, omar, "Bertram Marchfold", external_system="ViSOR", external_ref="V-77001")
    transfers.accept_transfer_out(going(nominal, omar), by=imran, **NAMED)
    transfer = transfers.accept_transfer_in(coming(hana), by=imran, person=nominal.person, **as_theirs(olga))
    back = as_it_is(nominal)
    assert (transfer.nominal, back.state, back.manager, back.whereabouts) == (back, "awaiting_visit", olga, "community")


def test_a_registered_offender_comes_with_the_days_the_other_force_gives(hana, omar, imran, clock):
    convicted = RequirementFacts("Section 7 of the Act of 2003", "months_6_30", date(2020, 1, 6), False)
    about = as_theirs(omar, managed_as="rso", category="1", requirements=(convicted,))
    about["held"] = replace(about["held"], last_notified_on=date(2025, 9, 1))
    person = on_record(imran, "Bertram Marchfold", born=date(1971, 5, 4))
    nominal = transfers.accept_transfer_in(coming(hana), by=imran, person=person, **about).nominal
    assert (nominal.state, nominal.risk, nominal.last_visited_at.date()) == ("active", "medium", date(2026, 1, 31))
    assert nominal.visit_due_at
    with acting(System("test")):
        assert [each.kind for each in nominal.notificationdutys.all()] == ["annual"]


def test_a_registered_offender_who_comes_back_owes_the_next_notification(hana, omar, olga, imran, clock):
    convicted = RequirementFacts("Section 7 of the Act of 2003", "months_6_30", date(2020, 1, 6), False)
    about = as_theirs(omar, managed_as="rso", category="1", requirements=(convicted,))
    about["held"] = replace(about["held"], last_notified_on=date(2025, 9, 1))
    person = on_record(imran, "Bertram Marchfold", born=date(1971, 5, 4))
    nominal = transfers.accept_transfer_in(coming(hana), by=imran, person=person, **about).nominal
    transfers.accept_transfer_out(going(nominal, omar), by=imran, **NAMED)
    assert not Clock.running().filter(record=nominal.pk).exists()
    clock.shift(timedelta(days=40))
    again = coming(hana)
    with pytest.raises(NotNow, match="when they last notified"):
        transfers.accept_transfer_in(again, by=imran, person=person, **as_theirs(olga))
    transfers.accept_transfer_in(again, by=imran, person=person, **about)
    assert clock_of(nominal, "RS12").due_at == clock.at + timedelta(days=15)
    with acting(System("test")):
        assert nominal.notificationdutys.filter(state="due", kind="annual").count() == 1


def test_the_reference_of_somebody_else_is_refused(hana, omar, imran):
    other = managed(hana, omar, external_system="ViSOR", external_ref="V-77001")
    transfers.accept_transfer_out(going(other, omar), by=imran, **NAMED)
    with pytest.raises(NotNow, match="that is somebody else"):
        came(coming(hana), imran, omar)


@pytest.mark.parametrize("wrong", ["force", "contact", "because"])
def test_a_request_says_who_and_why(nominal, omar, wrong):
    asked = transfers.TransferAsked(**{"force": "Vale", "contact": "Ida", "because": "Moves", wrong: " "})
    with pytest.raises(NotNow):
        transfers.ask_transfer_out(Transfer(), by=omar, asked=asked, nominal=nominal)


class LifeOfTransfers(Life):
    """Somebody goes out and in, lived many times: always somebody's."""

    people = ["imran", "stella", "omar"]

    @initialize()
    def one_to_go_and_one_to_come(self):
        self.nominal = managed(self.cast["hana"], self.cast["omar"], "Conrad Fernfold")
        self.other = on_record(self.cast["hana"], "Bertram Marchfold")
        self.begin(going(self.nominal, self.cast["omar"]))
        self.begin(coming(self.cast["hana"]))

    @rule(way=PLACES)
    def it_is_asked_again(self, way):
        if len(self.records) > 6:
            return
        try:
            again = going(self.nominal, self.cast["omar"]) if way % 2 else coming(self.cast["hana"])
        except NotNow:
            return
        self.begin(again)

    def facts(self):
        return {
            transfers.accept_transfer_in: [{"person": self.other, **as_theirs(self.cast["olga"])}],
            transfers.accept_transfer_out: [NAMED, {**NAMED, "accepted_by_name": " "}],
            transfers.refuse_transfer: [BECAUSE, {"because": " "}],
            transfers.withdraw_transfer: [BECAUSE],
        }

    def may_be_refused(self, record, verb, who, facts):
        wrong_way = {transfers.accept_transfer_in: "out", transfers.accept_transfer_out: "in"}.get(verb)
        return record.way == wrong_way or " " in facts.values()

    @invariant()
    def somebody_always_has_them(self):
        for transfer in map(self.now, self.records):
            accepted = transfer.state == "accepted"
            if transfer.way == "in" and not accepted:
                assert transfer.nominal_id is None
            if transfer.way == "in" and accepted:
                assert as_it_is(transfer.nominal).manager == self.cast["olga"]
        if getattr(self, "nominal", None):
            went = any(each.way == "out" and each.state == "accepted" for each in map(self.now, self.records))
            nominal = as_it_is(self.nominal)
            assert nominal.is_ours != went
            assert nominal.manager_id


def test_the_life_of_transfers(clock, cast):
    live(LifeOfTransfers, clock, cast)


def test_a_request_is_recorded_as_of_when_it_came_and_never_of_later(hana, clock):
    with pytest.raises(NotNow, match="in the future"):
        coming(hana, at=now() + timedelta(microseconds=1))
