"""Do we have it already? Every case that has something in common with a referral, each with the reasons in words.
Whether it is the same is a person's decision: an IP address serves many, and several bear one name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Lower, Replace

from govuk.times import exactly
from online.codes import Data, Sender
from online.models import CandidateAddress, Identifier, KeptApart, OnlineCase
from online.referrals import ReferralFacts, Said, as_compared, home_as_compared

NEAR = timedelta(hours=24)
"""Two uses of one IP address as near as this may well be one household's. Our default."""
ALIKE = [Data.IP, Data.USERNAME, Data.EMAIL, Data.PHONE, Data.NAME, Data.ADDRESS, Data.DEVICE, Data.HASH]
MOST = 20


@dataclass
class Candidate:
    """A case that may be the same, and why. `kept_apart`: why somebody has said that it is not; empty = nobody has."""

    case: OnlineCase
    reasons: list[str] = field(default_factory=list)
    kept_apart: str = ""

    @property
    def state(self) -> str:
        label = str(OnlineCase.State(self.case.state).label)
        return f"{label}: {self.case.linked_to}" if self.case.linked_to_id else label


def of_referral(facts: ReferralFacts) -> list[Candidate]:
    """Before it is registered."""
    return _found(facts.said, facts.sender, facts.sender_ref)


def of_case(case: OnlineCase) -> list[Candidate]:
    """On its page, with the addresses that research has led to. Those that somebody has kept apart come last."""
    said = [
        Said(each.kind, each.value, each.seen_from, each.seen_to)
        for each in Identifier.objects.filter(online_case=case).order_by("pk")
    ]
    addresses = CandidateAddress.objects.filter(online_case=case).exclude(state=CandidateAddress.State.RULED_OUT)
    said += [Said(Data.ADDRESS.value, f"{each.written} {each.postcode}") for each in addresses.order_by("pk")]
    found = _found(said, case.sender, case.sender_ref, but=case)
    apart = _kept_apart(case)
    for each in found:
        each.kept_apart = apart.get(each.case.pk, "")
    return sorted(found, key=lambda each: bool(each.kept_apart))


def undecided(case: OnlineCase) -> list[Candidate]:
    """Those of which nobody has said whether they are the same; parts of this very case are."""
    return [each for each in of_case(case) if not each.kept_apart and each.case.linked_to_id != case.pk]


def _found(said: Sequence[Said], sender: str, sender_ref: str, but: OnlineCase | None = None) -> list[Candidate]:
    found: dict[Any, Candidate] = {}

    def because(case: OnlineCase, reason: str) -> None:
        if but is None or case.pk != but.pk:
            reasons = found.setdefault(case.pk, Candidate(case)).reasons
            if reason not in reasons:
                reasons.append(reason)

    for case in _same_number(sender, sender_ref):
        because(case, f"Same number of the same sender, {case.sender_ref} ({Sender(case.sender).label})")
    for other in _same_identifiers(said):
        for each in said:
            if reason := _in_common(each, other):
                because(other.online_case, reason)
    for case, where in _same_home(said):
        because(case, f"Same address: {where}")
    return sorted(found.values(), key=lambda each: (-len(each.reasons), each.case.known_since))[:MOST]


def _same_number(sender: str, sender_ref: str) -> Iterable[OnlineCase]:
    ref = sender_ref.strip()
    rows = OnlineCase.objects.filter(sender=sender, sender_ref__iexact=ref) if ref else OnlineCase.objects.none()
    return rows.select_related("linked_to")


def _same_identifiers(said: Sequence[Said]) -> Iterable[Identifier]:
    wanted = Q(pk__in=[])
    for kind in ALIKE:
        plain = {as_compared(each.kind, each.value) for each in said if each.kind == kind}
        wanted |= Q(kind=kind.value, plain__in=plain)
    return Identifier.objects.filter(wanted).select_related("online_case__linked_to").order_by("kind", "pk")


def _in_common(ours: Said, theirs: Identifier) -> str:
    """In words; empty = nothing."""
    if (ours.kind, as_compared(ours.kind, ours.value)) != (theirs.kind, theirs.plain):
        return ""
    what = str(Data(theirs.kind).label)
    words = what if what.isupper() or what.startswith("IP") else what.lower()
    if ours.kind != Data.IP:
        return f"Same {words}: {theirs.value}"
    one, other = _times(ours.seen_from, ours.seen_to), _times(theirs.seen_from, theirs.seen_to)
    if one is None or other is None:
        return f"Same {words}: {theirs.value}, and a log time is not known"
    if one[0] - other[1] > NEAR or other[0] - one[1] > NEAR:
        return ""
    return f"Same {words}: {theirs.value}, within 24 hours ({exactly(one[0])} and {exactly(other[0])})"


def _times(begins: datetime | None, ends: datetime | None) -> tuple[datetime, datetime] | None:
    first, last = begins or ends, ends or begins
    return (first, last) if first and last else None


def _same_home(said: Sequence[Said]) -> Iterable[tuple[OnlineCase, str]]:
    """Addresses that research of another case has led to. A postcode alone is some fifteen homes: the house as well."""
    homes = {as_compared(each.kind, each.value) for each in said if each.kind == Data.ADDRESS}
    codes = {home.rpartition(" ")[2] for home in homes}
    written = Lower(Replace(F("postcode"), Value(" "), Value("")))
    rows = CandidateAddress.objects.annotate(code=written).filter(code__in=codes)
    for each in (
        rows.exclude(state=CandidateAddress.State.RULED_OUT).select_related("online_case__linked_to").order_by("pk")
    ):
        if home_as_compared(each.written, each.postcode) in homes:
            yield each.online_case, each.written


def _kept_apart(case: OnlineCase) -> dict[Any, str]:
    rows = KeptApart.objects.filter(Q(online_case=case) | Q(other=case)).select_related("by")
    return {
        (each.other_id if each.online_case_id == case.pk else each.online_case_id): f"{each.because} ({each.by})"
        for each in rows
    }
