"""An evidence pack is asked for, put together as what its preparer may see, and checked by a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from access.actor import System
from access.roles import Can, Role
from access.time import now, today
from accounts.duty import team_of
from accounts.models import User
from cases.drawing import new_seed
from cases.models import next_reference
from insight.codes import Power, Profile
from insight.evidence_lengths import OF_A_QUEUE, PREPARED
from insight.models import EvidenceCase, EvidenceFile, EvidencePack
from workflow.transitions import NotNow, must_say, transition

State = EvidencePack.State
NOT_OUT = [State.ASKED.value, State.BUILDING.value, State.PREPARED.value, State.CHECKED.value]


@dataclass(frozen=True)
class Asked:
    """What an inspector asks for. `power_named`: where it is none of the usual. `as_at`: None = now; `needed_by`:
    None = as the force has set it."""

    requested_by: str
    power: str
    purpose: str
    begins_on: date
    ends_on: date
    needed_by: date | None
    profile: str = Profile.NAMES.value
    power_named: str = ""
    as_at: datetime | None = None
    sample_size: int | None = None


@transition(target=State.ASKED.value, may=Can.PREPARE_EVIDENCE)
def ask_for_evidence(pack: EvidencePack, *, by: User, asked: Asked) -> None:
    """An inspector asks for evidence: who, under which power, of which days, as at which moment, and what for."""
    _must_be_whole(asked)
    pack.reference, pack.team = next_reference("EP"), team_of(Role.GOVERNANCE_LEAD)
    pack.requested_by, pack.purpose = asked.requested_by.strip(), asked.purpose.strip()
    pack.power, pack.power_named = asked.power, asked.power_named.strip() if asked.power == Power.OTHER else ""
    pack.begins_on, pack.ends_on = asked.begins_on, asked.ends_on
    pack.needed_by = asked.needed_by or localtime(PREPARED.due(now(), now())[0]).date()
    pack.as_at, pack.profile = asked.as_at or now(), asked.profile
    pack.sample_size = asked.sample_size or OF_A_QUEUE.in_force(now())[0]
    pack.seed, pack.asked_at, pack.asked_by = new_seed(), now(), by


def _must_be_whole(asked: Asked) -> None:
    must_say(asked.requested_by, "which inspector asks, and of which inspectorate")
    must_say(asked.purpose, "what it is for")
    if asked.power not in Power.values or asked.profile not in Profile.values:
        raise NotNow("Choose the power it is asked for under, and how much of a record leaves.")
    if asked.power == Power.OTHER:
        must_say(asked.power_named, "which power that is")
    if asked.ends_on < asked.begins_on:
        raise NotNow("The period ends on its first day or later. Check the days.")
    if asked.as_at and asked.as_at > now():
        raise NotNow("The moment it is as at has not come yet. Check the day and time.")
    if asked.begins_on > today():
        raise NotNow("The period has not begun yet. Check the days.")
    if asked.needed_by and asked.needed_by < today():
        raise NotNow("The day it is needed by is over. Check it.")
    if asked.sample_size is not None and asked.sample_size < 1:
        raise NotNow("List at least one record of each queue.")


@transition(source=State.ASKED.value, target=State.BUILDING.value, may=Can.PREPARE_EVIDENCE)
def put_evidence_together(pack: EvidencePack, *, by: User) -> None:
    """Somebody has it put together. It holds what they may see, as it stood at its moment."""
    if missing := missing_for(pack):
        raise NotNow(missing[0])
    pack.prepared_by, pack.prepared_at, pack.trouble = by, now(), ""


def missing_for(pack: EvidencePack) -> list[str]:
    """What it lacks before it can be put together, in words."""
    chosen = EvidenceCase.objects.filter(pack=pack.pk, state=EvidenceCase.State.IN).figures()
    if pack.profile != Profile.FIGURES and not chosen.exists():
        return ["Draw cases, or add one: a pack of records has at least one case."]
    if pack.profile == Profile.FIGURES and chosen.exists():
        return ["It is a pack of figures alone. Leave its cases out, or ask for one that holds records."]
    return []


@dataclass(frozen=True)
class Built:
    """A pack that was put together: where its file is, its hashes, and what is in it."""

    stored_as: str
    sha256: str
    size: int
    manifest: dict[str, Any]
    manifest_sha256: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.sha256}, {self.size} bytes"


@transition(
    source=State.BUILDING.value, target=State.PREPARED.value, may=Can.PREPARE_EVIDENCE, secret=("built",)
)  # its step would hold the whole manifest again
def evidence_is_together(pack: EvidencePack, *, by: System, built: Built) -> None:
    """Its file is written, with the hash of every part, and is never changed again."""
    pack.file = EvidenceFile.objects.create(
        pack=pack,
        stored_as=built.stored_as,
        sha256=built.sha256,
        size=built.size,
        manifest=built.manifest,
        manifest_sha256=built.manifest_sha256,
        seconds=built.seconds,
        built_at=now(),
        built_for=pack.prepared_by,
    )
    pack.sent_back_because = ""


@transition(source=State.BUILDING.value, target=State.ASKED.value, may=Can.PREPARE_EVIDENCE)
def evidence_not_together(pack: EvidencePack, *, by: System, why: str) -> None:
    """It could not be put together, and says why. Whoever prepares it is asked again."""
    pack.trouble = why


@transition(source=State.PREPARED.value, target=State.CHECKED.value, may=Can.PREPARE_EVIDENCE)
def check_evidence(pack: EvidencePack, *, by: User, words_read: bool) -> None:
    """A second person has read it: it holds what was asked for, and nothing that must not leave."""
    if pack.prepared_by_id == by.pk:
        raise NotNow("You had it put together: somebody else checks it.")
    if pack.profile == Profile.CLEANED and not words_read:
        raise NotNow("It keeps words that people wrote. Read them, and say that you have.")
    pack.checked_at, pack.checked_by, pack.words_read = now(), by, words_read


@transition(source=State.PREPARED.value, target=State.ASKED.value, may=Can.PREPARE_EVIDENCE)
def send_evidence_back(pack: EvidencePack, *, by: User, because: str) -> None:
    """Whoever checks it sends it back to be mended. What was put together is kept, and goes to nobody."""
    _back(pack, because)


@transition(source=State.CHECKED.value, target=State.ASKED.value, may=Can.RELEASE_EVIDENCE)
def refuse_evidence(pack: EvidencePack, *, by: User, because: str) -> None:
    """Whoever would release it does not, and says what is to be changed first."""
    _back(pack, because)


def _back(pack: EvidencePack, because: str) -> None:
    must_say(because, "what is to be changed")
    pack.sent_back_because, pack.file = because.strip(), None
    pack.prepared_at, pack.prepared_by = None, None
    pack.checked_at, pack.checked_by, pack.words_read = None, None, False


@transition(source=NOT_OUT, target=State.WITHDRAWN.value, may=Can.PREPARE_EVIDENCE)
def withdraw_evidence(pack: EvidencePack, *, by: User, because: str) -> None:
    """It is no longer asked for, or was asked for by mistake. Nothing of it has left."""
    must_say(because, "why it is withdrawn")
    pack.withdrawn_because = because.strip()
