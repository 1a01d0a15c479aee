"""What is done in an investigation for each child it concerns: the notice, the discussion, the social worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from access.actor import acting
from access.time import now
from accounts.models import User
from cases.records import Home
from demo.chronicle import Event
from demo.filing import MAIL, agencies_told, filed
from demo.known import assessed as reviewed
from demo.mash import CHECK_SAYS
from demo.online_case import DEMO, Investigated, as_it_is
from demo.online_words import WORDS, Told
from online.codes import CareOutcome
from online.gate_origin import from_child
from online.models import LinkedChild, OnlineCase
from online.workflow.children import CareSaid, care_decided, child_seen_by_us, learn_of_child, social_worker_spoken_to
from partners import workflow as partners
from partners.disclose import Grounds
from partners.models import Agency, Basis, Delivery, Informed, Outcome
from partners.workflow.replies import Answer
from ppn import workflow as notices
from ppn.models import Decision, DomesticAbuseRisk, Grade, Ppn, StrategyDecision, Subject
from ppn.origins import Origin
from ppn.workflow import Notice, SubjectFacts
from strategy import workflow as strategy
from strategy.models import StrategyMeeting
from strategy.workflow import NOT_DECIDED, About, Asked, AttendeeFacts, Child, Decisions

NOT_TOLD = "The suspect lives with them and would learn of it before the search"
TO_PLAN = "To plan who does what first for these children"
GROUNDS = Grounds(Basis.PUBLIC_TASK.value, TO_PLAN, Informed.NO_RISK.value, NOT_TOLD)
READ_WITHIN = timedelta(days=5)
"""A notice of an online case that is older than this has been read and filed; what is newer waits like any other."""


def arrived(record: Any) -> None:
    """The mail that was sent about it has arrived."""
    with acting(DEMO):
        waiting = list(Delivery.objects.filter(disclosure__record=record.pk, state=Delivery.State.WAITING))
    for delivery in waiting:
        partners.delivered(delivery, by=MAIL)


def submit_from(
    record: Any,
    begins: Callable[[UUID], Origin | None],
    *,
    by: User,
    ppn: Ppn,
    narrative: str,
    why_not_spoken: str,
    home: Home,
) -> None:
    """As the form fills it in from the record it is raised from; and where the children live."""
    with acting(by):
        begun = begins(record.pk)
        assert begun is not None  # noqa: S101 - whoever submits it sees the record
        said = {"grade": Grade.RED.value, "da_risk": DomesticAbuseRisk.NONE.value, "narrative": narrative}
        notice = Notice(
            types=begun.notice["types"],
            child="yes",
            first_known_at=begun.first_known_at,
            arises_from=record.pk,
            **said,
        )
        subjects = [_subject(each, why_not_spoken, home) for each in begun.subjects]
    notices.submit(ppn, by=by, notice=notice, subjects=subjects)


def _subject(facts: Mapping[str, Any], why_not_spoken: str, home: Home) -> SubjectFacts:
    subject = SubjectFacts(**facts)
    if subject.part != Subject.Part.CHILD:
        return subject
    subject = replace(subject, address=home.address, postcode=home.postcode)
    if subject.spoken_to == "yes":
        return subject
    return replace(subject, spoken_to="no", not_spoken_to_because=why_not_spoken.replace("{child}", subject.name))


def held_about(told: Told) -> Decisions:
    """What the agencies decided."""
    return replace(
        NOT_DECIDED,
        section_47="no",
        section_47_because=told.line("child", "section_47"),
        investigation="joint",
        sees_child=told.line("child", "sees"),
        medical="no",
        safety=told.line("child", "safety"),
        family_told=told.line("child", "family"),
    )


@dataclass
class WithChildren(Investigated):
    """An investigation in which a child may be concerned."""

    ppn: Ppn = field(default_factory=Ppn)
    meeting: StrategyMeeting = field(default_factory=StrategyMeeting)
    noticed_at: datetime | None = None

    def child_known(self, after: float, name: str, age: int, **said: Any) -> Event:
        return self.at(after, self._child_known, name, age, said)

    def _child_known(self, name: str, age: int, said: dict[str, Any]) -> None:
        facts = self.child_facts(name, age, **said)
        learn_of_child(LinkedChild(), by=self.researcher, case=as_it_is(self.case), facts=facts)

    def noticed(self, after: float) -> Event:
        self.noticed_at = self.received_at + timedelta(hours=after)
        return self.at(after, self._notice)

    @property
    def is_read(self) -> bool:
        """Whether the MASH has got to the end of the notice."""
        return self.noticed_at is not None and self.noticed_at < self.scene.now - READ_WITHIN

    @property
    def waits_to_be_read(self) -> bool:
        return self.noticed_at is not None and not self.is_read and self.noticed_at < self.scene.now

    def _notice(self) -> None:
        first = self.children()[0]
        narrative = f"{self.told.line('child', 'notice')} {self._number()}."
        why = self.told.line("child", "not_spoken", child="{child}")
        home = Home(self.told.address, self.told.postcode)
        submit_from(
            first, from_child, by=self.researcher, ppn=self.ppn, narrative=narrative, why_not_spoken=why, home=home
        )

    def _number(self) -> str:
        with acting(DEMO):
            return OnlineCase.objects.get(pk=self.case.pk).reference

    def discussed(self, asked: float, held: float, risk: str = "no") -> Iterator[Event]:
        """Asked for by our sergeant, answered, held with the MASH, and on the police system the same day."""
        yield self.at(asked, self._ask_for_discussion, risk)
        yield self.at(asked + min(1.5, (held - asked) / 2), self._they_accept)
        yield self.at(held + 0.8, self._hold, self.received_at + timedelta(hours=held))
        yield self.at(held + 3, self._minutes)

    def _ask_for_discussion(self, risk: str) -> None:
        ppn, children = as_it_is(self.ppn), self.children()
        with acting(DEMO):
            about = About(Ppn._meta.label_lower, ppn.pk, ppn.reference, ppn.case)
        asked = Asked(
            authority=self.told.council,
            why=self.told.line("child", "why"),
            risk_is_immediate=risk,
            children=[Child(each.name_said, each.person) for each in children],
            about=about,
        )
        strategy.request(self.meeting, by=self.sergeant, asked=asked, grounds=GROUNDS)
        arrived(self.meeting)
        because = "Asked for by the internet child abuse team, for the whole case"
        mash, decision = self.scene.sergeant_at(now()), StrategyDecision.REQUESTED.value
        notices.decide_strategy(self.ppn, by=mash, decision=decision, because=because)

    def _they_accept(self) -> None:
        who = str(self.scene.rng.choice(WORDS["managers"]))
        said: dict[str, Any] = {"by_name": who, "because": self.told.line("child", "accepted"), "answered_at": now()}
        strategy.accepted(self.meeting, by=self.sergeant, **said)

    def _hold(self, held_at: datetime) -> None:
        mash, council = self.scene.sergeant_at(now()), str(self.told.council)
        table = [
            AttendeeFacts(self.told.worker, council, "Social worker", "social_care"),
            AttendeeFacts(str(self.scene.rng.choice(WORDS["nurses"])), "Vale NHS", "Named nurse", "health"),
            AttendeeFacts(str(mash), "Police", "MASH", "police"),
            AttendeeFacts(str(self.sergeant), "Police", "Internet child abuse team", "police"),
        ]
        facts: dict[str, Any] = {"mode": "video", "attendees": table, "no_quorum_because": "", "next_on": None}
        strategy.hold(self.meeting, by=mash, held_at=held_at, decisions=held_about(self.told), **facts)

    def _minutes(self) -> None:
        text = self.told.line("child", "minutes")
        strategy.record_minutes(self.meeting, by=self.sergeant, text=text, document=None)

    def checked(self, after: float) -> Event:
        said = self.scene.writer.line(CHECK_SAYS, {})
        return self.at(after, notices.check, self.ppn, by=self.sergeant, said=said)

    def read_by_the_mash(self, taken: float, discussed: float) -> Iterator[Event]:
        """A co-ordinator reads the notice and shares it; after the discussion the sergeant files it."""
        cora = self.scene.one_of("cora", "cole")
        yield self.at(taken, notices.take, self.ppn, by=cora)
        yield self.at(taken + 0.7, self._review, cora)
        yield self.at(taken + 1.4, self._share, cora)
        yield self.at(taken + 3, self._acknowledged, cora)
        yield self.at(max(discussed + 1, taken + 2), self._care_says)
        yield self.at(discussed + 9, self._file, cora)

    def _review(self, by: User) -> None:
        facts = {
            "systems_checked": "RMS, PNC, PND, school list",
            "assessment": self.told.line("child", "reviewed"),
            "grade": Grade.RED.value,
            "because": "",
            "decision": Decision.IN_NEED.value,
        }
        reviewed(self.ppn, by=by, **facts)

    def _share(self, by: User) -> None:
        """With everybody whom it concerns, before they meet."""
        summary = "Nobody rings the family before the discussion. What each child needs is decided there."
        agencies_told(self.ppn, self.scene.sergeant_at(now()), by, summary)

    def _acknowledged(self, by: User) -> None:
        for delivery in self._sent(outcome=""):
            partners.acknowledge(delivery, by=by, answer=Answer(who="Duty desk"))

    def _sent(self, **which: Any) -> list[Delivery]:
        with acting(DEMO):
            return list(Delivery.objects.filter(disclosure__record=self.ppn.pk, **which).order_by("pk"))

    def _care_says(self) -> None:
        """What they make of the notice; what they decide on each child comes later."""
        for delivery in self._sent(agency__kind=Agency.Kind.SOCIAL_CARE):
            answer, outcome = Answer(who=self.told.worker), Outcome.STRATEGY.value
            partners.record_decision(
                delivery, by=self.sergeant, answer=answer, outcome=outcome, said="Discussed with us"
            )

    def _file(self, reviewer: User) -> None:
        because = "Held before the search; the social worker has the children"
        by = self.scene.sergeant_at(now())
        filed(self.ppn, by=by, reviewer=reviewer, decision=StrategyDecision.HELD.value, because=because)

    def seen(self, after: float) -> Event:
        return self.at(after, self._see)

    def _see(self) -> None:
        for each in self.children():
            said = self.told.line("child", "seen", child=each.name_said.split()[0])
            child_seen_by_us(each, by=self.investigator, at=now() - timedelta(minutes=40), said=said)

    def spoke_with_social_worker(self, after: float, said: str = "") -> Event:
        return self.at(after, self._spoke, said)

    def _spoke(self, said: str) -> None:
        for each in self.children():
            facts = {"who": self.told.who_there, "said": said or self.told.line("child", "spoke")}
            social_worker_spoken_to(each, by=self.investigator, at=now() - timedelta(minutes=10), **facts)

    def others_say(self, after: float) -> Event:
        """Everybody else who was told says what came of it for them."""
        return self.at(after, self._others_say)

    def _others_say(self) -> None:
        for delivery in self._sent(outcome=""):
            said = "At the discussion; we see the family next week"
            answer, outcome = Answer(who="Named nurse"), Outcome.ACTED.value
            partners.record_decision(delivery, by=self.sergeant, answer=answer, outcome=outcome, said=said)

    def care_decided(self, after: float) -> Event:
        """Social care tells our sergeant what it decided on each child."""
        return self.at(after, self._care_decides)

    def _care_decides(self) -> None:
        outcome = self.scene.writer.weighed({CareOutcome.ASSESSMENT.value: 6, CareOutcome.PLAN.value: 4})
        said = self.told.line("child", "decided")
        for each in self.children():
            care_decided(each, by=self.sergeant, said=CareSaid(outcome, said, self.told.who_there, now()))
