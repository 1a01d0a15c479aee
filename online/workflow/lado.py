"""An adult who may pose a risk works with children. The local authority's designated officer (LADO) is told within a
working day exactly what was written for them, and we ask until we know what was decided on the risk at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from online.models import LadoReferral, Occupant
from online.workflow.safety_plans import held
from partners.content import Content, what_may_not_go
from partners.disclose import Grounds, disclose, must_stand
from partners.models import Agency, Expects
from workflow.transitions import NotNow, must_say, transition

State = LadoReferral.State
KNOWN = System("an adult works with children")
WAITS = [State.DUE.value, State.REFERRED.value]
HEADING = "An adult who works with children"


@transition(target=State.DUE.value, may=Can.RESEARCH_ONLINE)
def lado_due(referral: LadoReferral, *, by: System, occupant: Occupant, known_at: datetime) -> None:
    """It is known that somebody works with children: the designated officer has to be told."""
    referral.online_case, referral.occupant = held(occupant.online_case), occupant
    referral.reference, referral.known_at = next_reference("LAD"), known_at


def owe_referral(occupant: Occupant) -> LadoReferral | None:
    """Called inside the transition by which we know of their work. None = one is on record already."""
    with acting(KNOWN):
        standing = LadoReferral.objects.filter(occupant=occupant).exclude(state=State.NOT_NEEDED)
        if standing.exists():
            return None
        return lado_due(LadoReferral(), by=KNOWN, occupant=occupant, known_at=occupant.works_known_at or now())


@transition(source=State.DUE.value, target=State.REFERRED.value, may=Can.INVESTIGATE_ONLINE)
def refer_to_lado(referral: LadoReferral, *, by: User, agency: Agency, said: str, grounds: Grounds) -> None:
    """The designated officer is told exactly what was written for them. Nothing else of the case leaves the force."""
    must_say(said, "exactly what the designated officer is told")
    if agency.kind != Agency.Kind.ALLEGATIONS:
        raise NotNow(f"{agency} is no designated officer (LADO). Choose the one of the authority.")
    if agency.closed_at:
        raise NotNow(f"Nothing is sent to {agency} any more: choose another.")
    must_stand(grounds)
    referral.agency, referral.said = agency, said.strip()
    content = content_of(referral)
    if wrong := what_may_not_go(content):
        raise NotNow(" ".join(wrong))
    referral.referred_at, referral.referred_by = now(), by
    disclose(
        referral, to=[agency], content=content, grounds=grounds, by=by, expects=[Expects.RECEIPT, Expects.DECISION]
    )


def content_of(referral: LadoReferral) -> Content:
    """Exactly what is sent: what was written for them, and whom to ring."""
    lines = [
        ("What we tell you", referral.said),
        ("How you may use it", "To protect children. Do not tell the adult or their employer before you rang us."),
        ("Whom to ring", f"{referral.team}, reference {referral.reference}"),
    ]
    section = {"heading": HEADING, "lines": [{"label": label, "text": text} for label, text in lines]}
    return {"reference": referral.reference, "about": HEADING, "sections": [section]}


@transition(source=State.REFERRED.value, may=Can.INVESTIGATE_ONLINE)
def chase_lado(referral: LadoReferral, *, by: User, said: str) -> None:
    """The designated officer has been asked for the answer again."""
    must_say(said, "whom you asked, and what they said")
    referral.chased += 1


@dataclass(frozen=True)
class LadoSaid:
    """What the designated officer answered, who, when, and what was decided on the risk at work."""

    reply: str
    who: str
    at: datetime
    transfer_of_risk: str


@transition(
    source=[State.REFERRED.value, State.ANSWERED.value], target=State.ANSWERED.value, may=Can.INVESTIGATE_ONLINE
)
def lado_answered(referral: LadoReferral, *, by: User | System, said: LadoSaid) -> None:
    """The designated officer has answered, or answers otherwise."""
    must_say(said.reply, "what the designated officer answered")
    must_say(said.who, "who answered")
    must_say(said.transfer_of_risk, "what was decided on the risk at their work; “not known” is an answer")
    if said.at > now():
        raise NotNow("They cannot have answered in the future. Check the date and time.")
    referral.reply, referral.reply_from = said.reply.strip(), said.who.strip()[:200]
    referral.replied_at, referral.transfer_of_risk = said.at, said.transfer_of_risk.strip()


@transition(source=WAITS, target=State.NOT_NEEDED.value, may=Can.SUPERVISE_ONLINE)
def lado_not_needed(referral: LadoReferral, *, by: User, because: str) -> None:
    """A sergeant answers for it that nobody is told: they stopped that work before, or it was a mistake."""
    must_say(because, "why the designated officer is not told, or no answer is needed")
    referral.not_needed_because = because.strip()
