"""A notice raised from a child linked with a person posing a risk is filled in from the finding."""

from __future__ import annotations

from uuid import UUID

from cases.models import Finding, Person
from cases.workflow.findings import finding_about
from ppn.models import Subject, Type
from ppn.origins import ORIGINS, Origin


def from_finding(key: UUID) -> Origin | None:
    finding = finding_about(key)
    return _origin(finding) if finding else None


def _origin(finding: Finding) -> Origin:
    return Origin(
        reference=finding.reference,
        url=finding.get_absolute_url(),
        first_known_at=finding.known_since,
        notice={"types": [Type.CHILD_AT_RISK.value, Type.PERSON_POSING_RISK.value], "child": "yes"},
        subjects=[_named(finding.child, Subject.Part.CHILD), _named(finding.risk, Subject.Part.POSES_RISK)],
    )


def _named(person: Person, part: Subject.Part) -> dict[str, object]:
    return {"part": part.value, "name": person.name, "born_on": person.born_on}


ORIGINS.append(from_finding)
