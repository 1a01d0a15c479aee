"""Which documents of a record can go with it to an agency, and how they are named there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from documents.models import MAY_BE_OPENED, Attachment
from documents.opening import saved_as
from documents.rows import what_it_is
from workflow.transitions import NotNow


def may_go_with(record: Any) -> list[Attachment]:
    """Documents of this record that can be opened, in the order in which they were added."""
    about = {"kind": record._meta.label_lower, "record": record.pk}
    return list(Attachment.objects.filter(state__in=MAY_BE_OPENED, **about).order_by("added_at", "pk"))


def as_sent(documents: Iterable[Attachment]) -> list[dict[str, str]]:
    """As they stand in what is sent: under a name that names nobody, with the sum of exactly this file."""
    named = [{"name": saved_as(each), "what": what_it_is(each), "sha256": each.sha256} for each in documents]
    return sorted(named, key=lambda each: each["name"])


def must_go_with(record: Any, documents: Iterable[Attachment]) -> None:
    """Raises NotNow where one of them is of another record, or cannot be opened any more."""
    may = {each.pk for each in may_go_with(record)}
    if wrong := [each.caption for each in documents if each.pk not in may]:
        raise NotNow(f"“{'”, “'.join(wrong)}” cannot go: it is not checked, was withdrawn, or is of another record.")
