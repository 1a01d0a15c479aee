"""Telling an agency of an offender. An offender manager proposes what exactly is said; an inspector who did not propose
it decides; only then it goes, through the one way information leaves the force."""

from __future__ import annotations

from access.actor import NotYours
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from cases.workflow.cases import open_case
from offenders.models import Nominal, OffenderDisclosure
from partners.content import Content, what_may_not_go
from partners.disclose import Grounds, disclose, must_stand
from partners.models import Agency
from workflow.transitions import NotNow, must_say, transition

State = OffenderDisclosure.State
HEADING = "What police know of a person who may pose a risk"


@transition(target=State.PROPOSED.value, may=Can.MANAGE_OFFENDERS)
def propose_disclosure(
    disclosure: OffenderDisclosure, *, by: User, nominal: Nominal, agency: Agency, whom: str, told: str, why: str
) -> None:
    """Somebody outside should know of an offender, to protect a child."""
    must_say(told, "exactly what they are told")
    must_say(why, "which child it protects, and how")
    must_say(whom, "who there is to read it")
    if not nominal.is_ours:
        raise NotNow("They are not managed here: whoever manages them decides on that.")
    _must_be_open(agency)
    disclosure.reference, disclosure.case, disclosure.nominal = next_reference("DSC"), open_case(), nominal
    disclosure.agency, disclosure.whom, disclosure.told, disclosure.why = (
        agency,
        whom.strip(),
        told.strip(),
        why.strip(),
    )
    disclosure.proposed_at, disclosure.proposed_by = now(), by
    if wrong := what_may_not_go(content_of(disclosure)):
        raise NotNow(" ".join(wrong))


@transition(source=State.PROPOSED.value, target=State.SENT.value, may=Can.COMMAND_OFFENDERS)
def tell_agency(disclosure: OffenderDisclosure, *, by: User, grounds: Grounds) -> None:
    """An inspector decides that they are told, and on what grounds. It goes at once."""
    _must_be_somebody_else(disclosure, by)
    _must_be_open(disclosure.agency)
    must_stand(grounds)
    content = content_of(disclosure)
    if wrong := what_may_not_go(content):
        raise NotNow(" ".join(wrong))
    disclosure.decided_at, disclosure.decided_by = now(), by
    disclose(disclosure, to=[disclosure.agency], content=content, grounds=grounds, by=by)


@transition(source=State.PROPOSED.value, target=State.REFUSED.value, may=Can.COMMAND_OFFENDERS)
def do_not_tell(disclosure: OffenderDisclosure, *, by: User, because: str) -> None:
    """An inspector decides that they are not told, and answers for it."""
    _must_be_somebody_else(disclosure, by)
    must_say(because, "why they are not told")
    disclosure.refused_because = because.strip()
    disclosure.decided_at, disclosure.decided_by = now(), by


def content_of(disclosure: OffenderDisclosure) -> Content:
    """Exactly what is sent: what was written for them and whom to ring. Nothing is taken from the record itself."""
    lines = [
        ("For", disclosure.whom),
        ("What we tell you", disclosure.told),
        ("How you may use it", "To protect a child. Do not pass it on: ring us first."),
        ("Whom to ring", f"{disclosure.nominal.team}, reference {disclosure.reference}"),
    ]
    section = {"heading": HEADING, "lines": [{"label": label, "text": text} for label, text in lines]}
    return {"reference": disclosure.reference, "about": HEADING, "sections": [section]}


def _must_be_somebody_else(disclosure: OffenderDisclosure, by: User) -> None:
    if disclosure.proposed_by_id == by.pk:
        raise NotYours("You proposed this: somebody else decides on it.")


def _must_be_open(agency: Agency) -> None:
    if agency.closed_at:
        raise NotNow(f"Nothing is sent to {agency} any more: choose another.")
