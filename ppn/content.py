"""What leaves the force about a notice."""

from __future__ import annotations

from ppn.models import Grade, Ppn, Subject


def content_for_partners(ppn: Ppn, summary: str) -> dict[str, object]:
    """What leaves the force, voice of the child first."""
    return {
        "reference": ppn.reference,
        "children": [
            {
                "name": child.name,
                "born_on": child.born_on.isoformat() if child.born_on else "not known",
                "seen": child.get_seen_display(),
                "spoken_to": child.get_spoken_to_display(),
                "own_words": child.own_words or "not recorded",
            }
            for child in ppn.subjects.filter(part=Subject.Part.CHILD).order_by("name")
        ],
        "types": ppn.types_in_words(),
        "grade": Grade(ppn.current_grade).label,
        "summary": summary,
    }
