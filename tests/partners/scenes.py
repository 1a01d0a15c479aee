"""What happens between the police and their partners in tests, in words."""

from __future__ import annotations

from typing import Any

from access.actor import System, acting, signed
from partners import workflow
from partners.content import Parcel, Redactions, Section, Sheet
from partners.disclose import Grounds
from partners.models import Agency, Delivery, Disclosure, Recipient
from partners.rules import Proposed

VALE, SALLOW = "850", "851"
GROUNDS = Grounds(basis="public_task", why_needed="To see the child today", informed="yes")
ALL = ["identity", "voice", "happened", "address", "health", "third_party"]
SHEET = Sheet(
    reference="PPN-000001",
    about="Child at risk",
    sections=(
        Section("voice", "Voice of the child", (("Anya Example", "“I hid under the stairs.”"),)),
        Section("identity", "Who it is about", (("Anya Example", "Born on 5 January 2018"),)),
        Section("happened", "What happened", (("", "A neighbour, Nora Sample, heard shouting."),)),
        Section("address", "Home address", (("Anya Example", "12 Example Street"),)),
        Section("health", "Health", (("GP", "Vale Surgery"),)),
    ),
)
PARCEL = Parcel(SHEET)
BY_PHONE = workflow.Answer(who="Kim Sample, duty social worker")


def an_agency(name: str = "Vale Council", kind: str = "social_care", *, secure: bool = True, **more: Any) -> Agency:
    """One that works for Vale's council, with a mailbox that the force has checked."""
    mailbox = f"{name.lower().replace(' ', '-')}@partners.example"
    said = {"mailbox": mailbox, "mailbox_is_secure": secure, "authorities": [VALE], **more}
    with signed(System("test")):
        return Agency.objects.create(name=name, kind=kind, **said)


def proposed(agency: Agency | None, why: str = "A child at risk", classes: Any = ALL, **more: Any) -> Proposed:
    wants = agency.kind if agency else "social_care"
    unknown = {} if agency else {"whom": "Anya Example", "why_none": "Nobody knows where she lives"}
    return Proposed(wants, agency, (why,), frozenset(classes), **{**unknown, **more})


def a_recipient(record: Any, agency: Agency, by: Any, **more: Any) -> Recipient:
    """The rules propose this agency for the record."""
    workflow.propose_recipients(record, [proposed(agency, **more)], by=by)
    with acting(by):
        return Recipient.objects.get(record=record.pk, agency=agency)


def sent(record: Any, agency: Agency, by: Any, **said: Any) -> Delivery:
    """This agency is sent the sheet of a record."""
    recipient = a_recipient(record, agency, by)
    parcel = Parcel(SHEET, **said)
    recipient = workflow.send(recipient, by=by, about=record, grounds=GROUNDS, parcel=parcel)
    with acting(by):
        return Delivery.objects.get(disclosure=recipient.disclosure)


def arrived(record: Any, agency: Agency, by: Any) -> Delivery:
    return workflow.delivered(sent(record, agency, by), by=System("test"))


def without(*phrases: str) -> Redactions:
    return Redactions(phrases=phrases)


def sent_rows(by: Any) -> list[Disclosure]:
    with acting(by):
        return list(Disclosure.objects.select_related("agency").order_by("sent_at", "agency__name"))


def latest(by: Any, record: Any) -> Any:
    with acting(by):
        return type(record).objects.get(pk=record.pk)


def everybody_settled(record: Any, by: Any, second: Any) -> None:
    """Whoever is proposed and was not told is refused by two people, and what was sent arrives: nothing about sharing
    stands in the way of filing any more."""
    with acting(by):
        proposed_still = list(Recipient.objects.filter(record=record.pk, state="proposed"))
        waiting = list(Delivery.objects.filter(record=record.pk, state__in=["waiting", "failed"]))
    for each in proposed_still:
        workflow.countersign(workflow.refuse(each, by=by, because="No such agency here"), by=second)
    for delivery in waiting:
        workflow.delivered(delivery, by=System("test"))
