"""What follows a search in the demo: suspects, bail, the designated officer, devices, and the end of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from access.actor import acting
from access.time import now
from demo.chronicle import Event
from demo.offenders import Managed
from demo.online_case import DEMO, Adult, as_it_is
from demo.online_children import WithChildren, arrived
from demo.online_words import WORDS
from offenders.models import Intelligence
from offenders.workflow.intelligence import assess_intelligence
from online.models import Bail, Device, LadoReferral, Suspect
from online.workflow.bail import BailFacts, Conditions, bailed
from online.workflow.closing import close_case, safeguarding_complete
from online.workflow.devices import DeviceFacts, device_examined, device_seized, device_uploaded, nothing_to_upload
from online.workflow.lado import refer_to_lado
from online.workflow.safety_plans import SafetyFacts
from online.workflow.suspects import (
    SuspectFacts,
    arrested,
    interviewed_as_volunteer,
    no_further_action,
    released_under_investigation,
    suspect_named,
)
from partners import workflow as partners
from partners.disclose import Grounds
from partners.models import Agency, Basis, Delivery, Informed, Outcome
from partners.workflow.replies import Answer

WHOLE_BAIL = 75
"""Days. A custody officer may give three months."""


@dataclass
class Investigation(WithChildren):
    """An investigation of the demo from the referral to its end."""

    who: Suspect = field(default_factory=Suspect)
    bail: Bail = field(default_factory=Bail)
    devices: list[Device] = field(default_factory=list)

    # The suspect

    def suspected(self, after: float) -> Event:
        return self.at(after, self._suspected)

    def _suspected(self) -> None:
        facts = SuspectFacts(self.suspect.name, now(), occupant=as_it_is(self.suspect.occupant))
        suspect_named(self.who, by=self.researcher, case=as_it_is(self.case), facts=facts)

    def arrested(self, after: float) -> Event:
        moment = self.received_at + timedelta(hours=after)
        return self.at(after + 0.8, arrested, self.who, by=self.investigator, at=moment)

    def manager_says(self, after: float) -> Iterator[Event]:
        """Whoever manages the suspect as an offender says what it means, the same day."""
        if self.suspect.managed:
            yield self.at(after, self._manager_says, self.suspect.managed)

    def _manager_says(self, managed: Managed) -> None:
        with acting(DEMO):
            new = list(Intelligence.objects.filter(nominal=managed.nominal, state=Intelligence.State.NEW))
        for item in new:
            assess_intelligence(item, by=managed.manager, means=self.told.line("managed"), reassess="no")

    def came_as_a_volunteer(self, after: float) -> Event:
        because = self.told.line("search", "voluntary")
        moment = self.received_at + timedelta(hours=after)
        facts = {"at": moment, "because": because}
        return self.at(after + 0.8, interviewed_as_volunteer, self.who, by=self.investigator, **facts)

    def bailed(self, after: float, *, days: float = WHOLE_BAIL, why_no_plan: str = "") -> Event:
        released = self.received_at + timedelta(hours=after)
        return self.at(after + 0.5, self._bail, released, days, why_no_plan)

    def _bail(self, released: datetime, days: float, why_no_plan: str) -> None:
        told = self.told
        has_plan = bool(told.children) and not why_no_plan
        conditions = Conditions(
            contact=told.line("search", "contact"),
            address=told.line("search", "address"),
            devices=told.line("search", "internet"),
        )
        facts = BailFacts(released, released + timedelta(days=days), told.line("search", "custody"), conditions)
        plan = SafetyFacts(told.line("search", "plan"), told.line("search", "agreed")) if has_plan else None
        about: dict[str, Any] = {
            "suspect": as_it_is(self.who),
            "facts": facts,
            "plan": plan,
            "why_no_plan": why_no_plan,
        }
        bailed(self.bail, by=self.investigator, **about)

    def released(self, after: float) -> Event:
        facts = {"at": self.received_at + timedelta(hours=after), "because": self.told.line("search", "rui")}
        return self.at(after + 0.5, released_under_investigation, self.who, by=self.sergeant, **facts)

    # The designated officer

    def lado_told(self, after: float, adult: Adult) -> Event:
        return self.at(after, self._tell_lado, adult)

    def referral(self, adult: Adult) -> LadoReferral:
        with acting(DEMO):
            return LadoReferral.objects.get(occupant=adult.occupant)

    def _tell_lado(self, adult: Adult) -> None:
        words = {"post": adult.works[0], "employer": adult.works[1]}
        grounds = Grounds(
            Basis.PUBLIC_TASK.value,
            self.told.line("work", "grounds"),
            Informed.NO_RISK.value,
            self.told.line("work", "not_told"),
        )
        said = self.told.line("work", "told", **words)
        agency = self.scene.agencies[Agency.Kind.ALLEGATIONS.value][0]
        referral = refer_to_lado(self.referral(adult), by=self.investigator, agency=agency, said=said, grounds=grounds)
        arrived(referral)

    def lado_answered(self, after: float, adult: Adult) -> Event:
        return self.at(after, self._lado_answers, adult)

    def _lado_answers(self, adult: Adult) -> None:
        referral = self.referral(adult)
        with acting(DEMO):
            sent = Delivery.objects.get(disclosure__record=referral.pk)
        said = self.told.line("work", "answer", post=adult.works[0], employer=adult.works[1])
        answer, outcome = Answer(who="The designated officer"), Outcome.ALLEGATIONS.value
        partners.record_decision(sent, by=self.investigator, answer=answer, outcome=outcome, said=said)

    # Devices

    def seized(self, after: float, number: int) -> Event:
        return self.at(after, self._seize, number)

    def _seize(self, number: int) -> None:
        kinds = self.scene.rng.sample(WORDS["devices"], number)
        initials = "".join(part[0] for part in str(self.investigator).split()[:2])
        for count, what in enumerate(kinds, start=1):
            facts = DeviceFacts(f"{initials}/{count}", what, now() - timedelta(hours=1))
            self.devices.append(device_seized(Device(), by=self.investigator, case=as_it_is(self.case), facts=facts))

    def examined(self, after: float, until: int | None = None) -> Event:
        return self.at(after, self._examine, until)

    def _examine(self, until: int | None) -> None:
        for device in self.devices[:until]:
            said = self.told.line("search", "examined", count=self.scene.rng.randint(3, 900))
            device_examined(device, by=self.investigator, at=now(), said=said)

    def uploaded(self, after: float, until: int | None = None) -> Event:
        return self.at(after, self._upload, until)

    def _upload(self, until: int | None) -> None:
        for device in self.devices[:until]:
            ref = f"CAID-{as_it_is(device).reference.split('-', 1)[-1]}"
            device_uploaded(device, by=self.investigator, at=now(), caid_ref=ref)

    def nothing_on_them(self, after: float) -> Event:
        return self.at(after, self._nothing)

    def _nothing(self) -> None:
        for device in self.devices:
            device_examined(device, by=self.investigator, at=now(), said=self.told.line("search", "nothing"))
            nothing_to_upload(device, by=self.investigator, because=self.told.line("search", "nothing"))

    # The end

    def ended(self, after: float) -> Iterator[Event]:
        """Nothing follows against anybody here, and nothing is owed to anybody: closed."""
        facts: dict[str, Any] = {"because": self.told.line("search", "nfa")}
        moment = self.received_at + timedelta(hours=after)
        yield self.at(after, no_further_action, self.who, by=self.sergeant, at=moment, **facts)
        said = self.told.line("search", "safe")
        yield self.at(after + 0.2, safeguarding_complete, self.case, by=self.sergeant, said=said)
        because = self.told.line("search", "closed")
        yield self.at(after + 0.4, close_case, self.case, by=self.sergeant, because=because)
