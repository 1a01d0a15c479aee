"""Reports and newsletters, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from quality.models import Publication
from quality.workflow import publishing
from quality.workflow.publishing import Written

TEXT = "Ask who else is at home. Where nobody asked, brothers and sisters were not seen."


def written(by: User, *, kind: str = "newsletter", **more: Any) -> Publication:
    facts = {"title": "Who else is at home?", "begins_on": date(2026, 1, 1), "ends_on": date(2026, 2, 28), "text": TEXT}
    return publishing.write_publication(Publication(), by=by, kind=kind, written=Written(**{**facts, **more}))


def checked(by: User, publication: Publication) -> Publication:
    return publishing.check_publication(publication, by=by)


def published(people: dict[str, User], **more: Any) -> Publication:
    publication = checked(people["quinn"], written(people["reva"], **more))
    return publishing.publish(publication, by=people["quinn"])


def of_each(people: dict[str, User]) -> dict[str, Any]:
    """One record of each kind of this part, by the prefix of its addresses."""
    return {"publication": written(people["reva"])}
