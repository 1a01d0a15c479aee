"""A notice raised from a report of shared images is filled in from it: the child, their words, since when."""

from __future__ import annotations

from uuid import UUID

from online.models import SharedImage
from ppn.models import Subject, Type
from ppn.origins import ORIGINS, Origin


def from_images(key: UUID) -> Origin | None:
    images = SharedImage.objects.filter(pk=key).select_related("child", "school").first()
    return _origin(images) if images else None


def _origin(images: SharedImage) -> Origin:
    return Origin(
        reference=images.reference,
        url=images.get_absolute_url(),
        first_known_at=images.reported_at,
        notice={
            "types": [Type.ONLINE_ABUSE.value, Type.CHILD_AT_RISK.value],
            "child": "yes",
            "narrative": "\n".join(filter(None, [images.what, images.risk_said])),
        },
        subjects=[_child(images)],
    )


def _child(images: SharedImage) -> dict[str, object]:
    child = images.child
    seen = {
        "seen": "yes",
        "spoken_to": "yes",
        "with_whom": images.seen_with,
        "own_words": images.own_words,
        "demeanour": images.demeanour,
        "wants": images.wants,
    }
    return {
        "part": Subject.Part.CHILD.value,
        "name": child.name if child else images.child_said,
        "born_on": child.born_on if child else None,
        "school": images.school,
        "school_said": images.school_said,
        **(seen if images.seen_at else {}),
    }


ORIGINS.append(from_images)
