"""How long each step for a child whose images were shared may take."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length

FOUND = "The inspection of June 2022 found children dealt with by phone, and devices and children seen late"


def _hours(name: str, number: int, source: str = FOUND) -> Length:
    return Length(name, timedelta(hours=number), Basis.LOCAL, source, is_our_default=True)


SEEN = _hours("Images of a child shared: child seen in person", 72)
SEEN_AT_WIDER_RISK = _hours("Images of a child shared, with coercion, threat, payment or an adult: child seen", 24)
QUESTIONS = _hours("Images of a child shared: questions of wider risk answered", 24, "No authority found")
NOTICE = _hours("Images of a child shared: notice submitted", 24)
NOTICE_AT_WIDER_RISK = _hours(
    "Images of a child shared, with coercion, threat, payment or an adult: notice submitted", 12
)
GUIDANCE = _hours(
    "Images of a child shared: specialist's guidance, or allocated",
    24,
    "The inspection of June 2022: guidance before anybody who is no specialist deals with it. It gives no length",
)
ALLOCATED = _hours("Images of a child shared: allocated after the specialist's guidance", 24, "No authority found")
INVESTIGATED = _hours(
    "Images of a child shared, with coercion, threat, payment or an adult: full investigation begun",
    24,
    "Exploitation, coercion, a profit motive or an adult need a full investigation (College of Policing). It gives no "
    "length",
)
RESOLVED = Length(
    "Images of a child shared: report resolved",
    timedelta(days=28),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
