"""The partners of the fictional force. Mail to .example arrives nowhere."""

from __future__ import annotations

from access.actor import System, signed
from partners.models import Agency

SOCIAL_CARE, HEALTH = Agency.Kind.SOCIAL_CARE, Agency.Kind.HEALTH

AGENCIES = [
    ("Wessex Vale children's social care", SOCIAL_CARE, "mash@children.wessexvale.example"),
    ("Sallowmere City children's social care", SOCIAL_CARE, "front-door@children.sallowmere.example"),
    ("Port Ravel children's social care", SOCIAL_CARE, "front-door@children.portravel.example"),
    ("Isle of Merrow children's social care", SOCIAL_CARE, "first-response@children.merrow.example"),
    ("Vale health visiting and school nursing (0-19)", HEALTH, "safeguarding@nought-to-nineteen.example"),
    ("Sallowmere Hospital midwifery", HEALTH, "midwifery-safeguarding@sallowmere-hospital.example"),
    ("Wessex Vale adult social care", Agency.Kind.ADULT_CARE, "safeguarding@adults.wessexvale.example"),
    ("Wessex Vale youth justice service", Agency.Kind.YOUTH_JUSTICE, "duty@yjs.wessexvale.example"),
    ("Vale probation", Agency.Kind.PROBATION, "safeguarding@valeprobation.example"),
    ("Vale education safeguarding team", Agency.Kind.EDUCATION, "safeguarding@schools.wessexvale.example"),
    ("Lanternhouse domestic abuse service", Agency.Kind.SPECIALIST, "referrals@lanternhouse.example"),
]


def open_agencies() -> dict[str, list[Agency]]:
    """Every partner, by the kind of its work."""
    with signed(System("demo partners")):
        made = Agency.objects.bulk_create(
            [Agency(name=name, kind=kind.value, mailbox=mailbox) for name, kind, mailbox in AGENCIES]
        )
    return {kind.value: [agency for agency in made if agency.kind == kind] for kind in Agency.Kind}
