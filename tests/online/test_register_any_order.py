"""The life of referrals, lived many times in any order: registered, looked at, seen, linked, parted, given, offered.
Whatever is done, no case is younger than the first moment the force knew, and nothing of ours is without a clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from access.actor import System, acting
from access.time import now
from online.models import OPEN, CaseTransfer, OnlineCase
from online.workflow import allocating, case_transfers, cases
from sla.models import Clock
from tests.online.register_clocks import NICHE
from tests.online.register_scenes import offered, referral, used
from tests.online.scenes import as_it_is, received
from tests.workflow.lives import MODEST, PLACES, Life
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
LOOKING = System("looking")
BECAUSE = {"because": "It is so"}


class LifeOfReferrals(Life):
    """The records are cases. What Longstop does to one that another becomes part of counts as done."""

    people = ["rory", "iris", "dina", "sam"]

    @initialize()
    def two_come(self) -> None:
        self.first_known: dict[Any, Any] = {}
        self.a_referral_comes()
        self.a_referral_that_lay_somewhere_comes()

    def meet(self) -> None:
        for record in self.records:
            self.done[record.pk] = Step.of(record).count()

    def keep(self, case: OnlineCase) -> None:
        self.records.append(case)
        self.first_known[case.pk] = case.received_at
        self.meet()

    @rule()
    def a_referral_comes(self) -> None:
        if len(self.records) < 6:
            self.keep(received(self.cast["rory"], said=used()))

    @rule()
    def a_referral_that_lay_somewhere_comes(self) -> None:
        if len(self.records) < 6:
            self.keep(received(self.cast["rory"], received_at=now() - timedelta(days=40), said=[]))

    def facts(self) -> dict[Any, list[dict[str, Any]]]:
        looked = {"immediate_because": "It is said", "duplicates_looked_for": "Nothing found"}
        nobody = {"researcher": None, "investigator": None}
        iris, rory = self.cast["iris"], self.cast["rory"]
        return {
            cases.triage: [{**looked, "immediate_risk": "no"}, {**looked, "immediate_risk": "perhaps"}],
            cases.seen_elsewhere: [{**NICHE, "at": now()}],
            cases.correct_elsewhere: [{**NICHE, "ref": "44260054321", "at": now(), **BECAUSE}],
            cases.not_seen_elsewhere: [BECAUSE],
            cases.unlink: [BECAUSE, {"because": " "}],
            allocating.allocate_case: [
                {**nobody, "researcher": iris, **BECAUSE},
                {**nobody, "researcher": rory, "investigator": iris, **BECAUSE},
            ],
        }

    def may_be_refused(self, record: Any, verb: Any, who: str, facts: dict[str, Any]) -> bool:
        if verb is cases.triage:
            return bool(facts["immediate_risk"] == "perhaps")
        if verb is cases.seen_elsewhere:
            return record.external_at is not None
        if verb in (cases.correct_elsewhere, cases.not_seen_elsewhere):
            return record.external_at is None
        if verb is allocating.allocate_case:
            return (facts["researcher"], facts["investigator"]) == (record.researcher, record.investigator)
        return bool(facts["because"] == " ")

    @rule(one=PLACES, other=PLACES)
    def somebody_links_two(self, one: int, other: int) -> None:
        part, lead = (as_it_is(self.records[place % len(self.records)]) for place in (one, other))
        waits = self.offer_of(part)
        possible = part.state in cases.LINKS and lead.state in OPEN and part.pk != lead.pk and waits is None
        try:
            with transaction.atomic():
                cases.link(part, by=self.cast["rory"], to=lead, **BECAUSE)
        except NotNow:
            assert not possible
        else:
            assert possible
            self.first_known[lead.pk] = min(self.first_known[lead.pk], self.first_known[part.pk])
        self.meet()

    @rule(place=PLACES)
    def it_comes_again_from_before(self, place: int) -> None:
        case = as_it_is(self.records[place % len(self.records)])
        facts = referral(received_at=now() - timedelta(days=50))
        cases.report_again(case, by=self.cast["rory"], facts=facts, channel="typed")
        lead = cases.lead_of(case)
        if lead.state in OPEN:
            self.first_known[lead.pk] = min(self.first_known[lead.pk], facts.received_at)
        self.meet()

    def offer_of(self, case: OnlineCase) -> CaseTransfer | None:
        with acting(LOOKING):
            found: CaseTransfer | None = CaseTransfer.objects.filter(online_case=case, state="offered").first()
        return found

    @rule(place=PLACES)
    def the_sergeant_offers_one(self, place: int) -> None:
        case = as_it_is(self.records[place % len(self.records)])
        if case.state in OPEN and self.offer_of(case) is None:
            offered(case, self.cast["dina"])

    @rule(place=PLACES)
    def the_other_force_answers(self, place: int) -> None:
        case = as_it_is(self.records[place % len(self.records)])
        if (offer := self.offer_of(case)) is None:
            return
        who = {"by": self.cast["dina"], "answered_by_name": "DS Wrenfield"}
        if place % 2:
            case_transfers.case_refused(offer, answer="Not ours", **who)
        else:
            case_transfers.case_accepted(offer, their_ref="GAR-7", answer="", **who)
        self.meet()

    @rule()
    def weeks_pass(self) -> None:
        self.clock.shift(timedelta(days=16))

    @invariant()
    def no_case_is_younger_than_the_first_moment_the_force_knew(self) -> None:
        for record in map(as_it_is, self.records):
            assert record.known_since == self.first_known[record.pk], record
            assert record.received_at >= record.known_since

    @invariant()
    def what_is_ours_has_its_clocks_and_what_is_not_has_none(self) -> None:
        for record in map(as_it_is, self.records):
            running = {clock.deadline: clock for clock in Clock.running().filter(record=record.pk)}
            ours = {"OC1", "OC2", "OC5"} & set(running)
            if record.state not in OPEN:
                assert not ours, record
                continue
            assert running["OC5"].due_at == record.known_since + timedelta(days=30)
            assert ("OC1" in running) == (record.triaged_at is None)
            assert ("OC2" in running) == (record.external_at is None)
            assert record.due_at == min(each.due_at for each in running.values())

    @invariant()
    def what_is_one_persons_tells_who_has_it_now(self) -> None:
        for record in map(as_it_is, self.records):
            for clock in Clock.running().filter(record=record.pk, deadline__in=["OC1", "OC2"]):
                assert clock.owner == record.researcher


FEWER = settings(MODEST, max_examples=12, stateful_step_count=20)


def test_a_life(clock: Any, cast: dict[str, Any]) -> None:
    LifeOfReferrals.clock, LifeOfReferrals.cast = clock, cast
    run_state_machine_as_test(LifeOfReferrals, settings=FEWER)
