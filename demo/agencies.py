"""The partners of the fictional force. Mail to .example arrives nowhere."""

from __future__ import annotations

from access.actor import System, signed
from demo.town import MERROW, PORT_RAVEL, SALLOWMERE, WESSEX_VALE
from partners.models import Agency

SOCIAL_CARE, HEALTH = Agency.Kind.SOCIAL_CARE, Agency.Kind.HEALTH

COUNCILS = {
    "Wessex Vale children's social care": WESSEX_VALE,
    "Sallowmere City children's social care": SALLOWMERE,
    "Port Ravel children's social care": PORT_RAVEL,
    "Isle of Merrow children's social care": MERROW,
}
NOT_CHECKED = "Lanternhouse domestic abuse service"
"""Nobody has checked yet that its mailbox is secure: it is told by telephone."""

AGENCIES = [
    ("Wessex Vale children's social care", SOCIAL_CARE, "mash@children.wessexvale.example"),
    ("Sallowmere City children's social care", SOCIAL_CARE, "front-door@children.sallowmere.example"),
    ("Port Ravel children's social care", SOCIAL_CARE, "front-door@children.portravel.example"),
    ("Isle of Merrow children's social care", SOCIAL_CARE, "first-response@children.merrow.example"),
    ("Vale health visiting and school nursing (0-19)", HEALTH, "safeguarding@nought-to-nineteen.example"),
    ("Sallowmere Hospital midwifery", Agency.Kind.MIDWIFERY, "midwifery-safeguarding@sallowmere-hospital.example"),
    ("Wessex Vale adult social care", Agency.Kind.ADULT_CARE, "safeguarding@adults.wessexvale.example"),
    ("Wessex Vale youth justice service", Agency.Kind.YOUTH_JUSTICE, "duty@yjs.wessexvale.example"),
    ("Vale probation", Agency.Kind.PROBATION, "safeguarding@valeprobation.example"),
    ("Vale education safeguarding team", Agency.Kind.EDUCATION, "safeguarding@schools.wessexvale.example"),
    ("Vale Surgery", Agency.Kind.GP, "safeguarding@valesurgery.example"),
    ("Vale exploitation team", Agency.Kind.EXPLOITATION, "team@exploitation.wessexvale.example"),
    ("Wessex Vale designated officer", Agency.Kind.ALLEGATIONS, "lado@children.wessexvale.example"),
    ("Vale offender management", Agency.Kind.OFFENDERS, "mosovo@wessexvale.example"),
    ("Lanternhouse domestic abuse service", Agency.Kind.DOMESTIC_ABUSE, "referrals@lanternhouse.example"),
]


def open_agencies() -> dict[str, list[Agency]]:
    """Every partner, by the kind of its work."""
    with signed(System("demo partners")):
        made = Agency.objects.bulk_create(
            [
                Agency(
                    name=name,
                    kind=kind.value,
                    mailbox=mailbox,
                    mailbox_is_secure=name != NOT_CHECKED,
                    authorities=[COUNCILS[name]] if name in COUNCILS else [],
                    telephone=f"01632 960{number + 500:03d}",
                )
                for number, (name, kind, mailbox) in enumerate(AGENCIES)
            ]
        )
    return {kind.value: [agency for agency in made if agency.kind == kind] for kind in Agency.Kind}
