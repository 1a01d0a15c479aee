"""A notice raised from an offender's contact with a child is filled in from it: the child, every other child who waits
for a notice about the same offender, and the offender."""

from __future__ import annotations

from uuid import UUID

from offenders.codes import ContactKind
from offenders.models import ChildContact
from ppn.models import Subject, Type
from ppn.origins import ORIGINS, Origin


def from_contact(key: UUID) -> Origin | None:
    contact = ChildContact.objects.filter(pk=key).select_related("nominal__person", "child").first()
    return _origin(contact) if contact else None


def _origin(contact: ChildContact) -> Origin:
    waiting = ChildContact.objects.filter(nominal=contact.nominal_id, state=ChildContact.State.LEARNED)
    others = waiting.exclude(pk=contact.pk).select_related("child").order_by("discovered_at", "pk")
    contacts = [contact, *others]
    risk = contact.nominal.person
    offender = {"part": Subject.Part.POSES_RISK.value, "name": risk.name, "born_on": risk.born_on}
    return Origin(
        reference=contact.reference,
        url=contact.get_absolute_url(),
        first_known_at=contact.discovered_at,
        notice={
            "types": [Type.CHILD_AT_RISK.value, Type.PERSON_POSING_RISK.value],
            "child": "yes",
            "narrative": "\n".join(_narrative(each) for each in contacts),
        },
        subjects=[*(_child(each) for each in contacts), offender],
    )


def _child(contact: ChildContact) -> dict[str, object]:
    said = {"part": Subject.Part.CHILD.value, "name": contact.child_named}
    return {**said, "born_on": contact.child.born_on if contact.child else None}


def _narrative(contact: ChildContact) -> str:
    kind = ContactKind(contact.kind).label
    return (
        f"{contact.nominal.reference} has contact with a child ({contact.reference}): {contact.child_said}. {kind}. "
        f"How they know each other: {contact.relation}. {contact.what}"
    )


ORIGINS.append(from_contact)
