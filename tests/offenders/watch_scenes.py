"""What waits for a supervisor, what is new, and children in contact with an offender: in tests, in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from access.actor import System, acting, signed
from access.roles import Role
from access.time import now, today
from accounts.models import User
from cases.models import Person, next_reference
from offenders.models import (
    Approval,
    ApprovalRead,
    ChildContact,
    Intelligence,
    Nominal,
    OffenderVisit,
    ReactiveProposal,
)
from offenders.workflow import approvals, nominals
from offenders.workflow.contacts import CareSaid, ContactFacts, covered_by_notice, decision_known, learn_of_contact
from offenders.workflow.intelligence import record_intelligence
from offenders.workflow.reactive import propose_reactive
from ppn.models import Ppn
from ppn.origins import origin_of
from ppn.people import candidates, not_yet_identified
from ppn.workflow import SubjectFacts, say_who, submit
from tests.households import on_record
from tests.offenders.scenes import managed
from tests.ppn.scenes import assessed as ppn_assessed
from tests.ppn.scenes import told
from tests.stories import a_notice

TEST = System("test")
YEARS = timedelta(days=366 * 3)


def as_it_is(record: Any) -> Any:
    with acting(TEST):
        return type(record).objects.get(pk=record.pk)


def at_risk(nominal: Nominal, risk: str) -> Nominal:
    """As the last approved assessment says."""
    return nominals.assessed(as_it_is(nominal), by=TEST, risk=risk, at=now(), written_at=now())


def a_visit(nominal: Nominal, by: User) -> OffenderVisit:
    """Written and submitted, straight into the table."""
    with signed(TEST):
        return OffenderVisit.objects.create(
            reference=next_reference("VIS"), nominal=nominal, author=by, state="submitted", purpose="routine",
            begun_at=now(), submitted_at=now(), visited_at=now(), officer_one=str(by), officer_two="Una Vellmarsh",
            seen="yes", observations="The flat was tidy, and he spoke of his new job",
        )  # fmt: skip


def waiting(nominal: Nominal, by: User, *, role: Role = Role.OFFENDER_SERGEANT, one_by_one: bool = False) -> Approval:
    """A visit waits for a supervisor."""
    visit = a_visit(nominal, by)
    with signed(by):
        return approvals.submit_for_approval(visit, by=by, role=role, one_by_one=one_by_one)


def opened(approval: Approval, by: User) -> Approval:
    return approvals.read(as_it_is(approval), by=by)


def heard(nominal: Nominal, by: Any, *, at: datetime | None = None, **said: Any) -> Intelligence:
    """Somebody rings in what they saw."""
    usual = {"what": "Seen outside a primary school at half past three", "source": "A neighbour, by telephone"}
    return record_intelligence(Intelligence(), by=by, nominal=nominal, received_at=at or now(), **{**usual, **said})


def low_for_years(clock: Any, by: User, manager: User, name: str = "Desmond Garmere") -> Nominal:
    """Managed, visited and low for three years and a day."""
    nominal = managed(by, manager, name)
    nominals.visited(as_it_is(nominal), by=TEST, at=now())
    at_risk(nominal, "low")
    clock.shift(YEARS)
    return as_it_is(nominal)


def proposed(nominal: Nominal, by: User) -> ReactiveProposal:
    return propose_reactive(ReactiveProposal(), by=by, nominal=nominal, because="Low since 2023 and works full time")


def approval_of(record: Any) -> Approval:
    with acting(TEST):
        found: Approval = Approval.objects.filter(record=record.pk).latest("submitted_at")
        return found


def a_grandchild(by: User, name: str = "Poppy Sallowfold") -> Person:
    return on_record(by, name, born=date(today().year - 8, 1, 5))


def contact_with(
    nominal: Nominal, by: User, child: Person | None = None, *, at: datetime | None = None, **said: Any
) -> ChildContact:
    """A manager learns that an offender sees a child."""
    usual: dict[str, Any] = {
        "child": child,
        "child_said": child.name if child else "A girl of about eight; name not known",
        "relation": "Grandchild",
        "kind": "visits",
        "what": "She comes each Sunday, and her mother leaves them alone",
        "discovered_at": at or now(),
    }
    return learn_of_contact(ChildContact(), by=by, nominal=nominal, facts=ContactFacts(**{**usual, **said}))


def notice_from(contact: ChildContact, by: User, **said: Any) -> Ppn:
    """As the form fills it in from the contact."""
    with acting(by):
        begun = origin_of(contact.pk)
        assert begun is not None
        about = {**begun.notice, "first_known_at": begun.first_known_at, "arises_from": contact.pk, **said}
        voice = {"child": {"not_spoken_to_because": "Asleep; Omar goes back at four"}, "poses_risk": {}}
        subjects = [SubjectFacts(**each, **voice[str(each["part"])]) for each in begun.subjects]
        return submit(Ppn(), by=by, notice=a_notice(**about), subjects=subjects)


def shared(ppn: Ppn, cora: User, sam: User) -> Ppn:
    """The MASH says who everybody is, reads it and shares it with social care."""
    with acting(TEST):
        for subject in not_yet_identified(ppn):
            ppn = say_who(ppn, by=TEST, subject=subject, person=candidates(subject)[0].person)
    return told(ppn_assessed(ppn, cora), cora, sam)


def care_said(**said: Any) -> CareSaid:
    usual = {"decision": "s47", "decided_at": now(), "who": "Sol Worker, Vale Council", "protects": "He has moved out"}
    return CareSaid(**{**usual, **said})


def decided(contact: ChildContact, by: User, **said: Any) -> ChildContact:
    return decision_known(as_it_is(contact), by=by, said=care_said(**said))


def of_each(people: dict[str, User], clock: Any = None) -> dict[str, Any]:
    """One of each record that a page here is about, made through its verbs."""
    stella, omar = people["stella"], people["omar"]
    nominal = managed(stella, omar, "Clive Marchfold")
    return {
        "approval": waiting(nominal, omar),
        "intelligence": heard(nominal, omar),
        "childcontact": contact_with(nominal, omar, a_grandchild(omar, "Willow Sallowfold")),
        "reactiveproposal": a_proposal(nominal, omar),
    }


def a_proposal(nominal: Nominal, by: User) -> ReactiveProposal:
    """One that came back, straight into the table: its criteria take years to be met."""
    with signed(TEST):
        return ReactiveProposal.objects.create(
            reference=next_reference("REA"), nominal=nominal, author=by, state="returned", begun_at=now(),
            submitted_at=now(), because="Low since 2023", returned_because="Say who checked with the lead agency",
            criteria={"low": "yes", "offence": "not_known"},
        )  # fmt: skip


__all__ = ["ApprovalRead", "covered_by_notice"]
