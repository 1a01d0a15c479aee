"""What the page of an investigation shows of the reports that led to it."""

from __future__ import annotations

from access.roles import Can
from accounts.models import User
from online.case_parts import PARTS, Part
from online.image_rows import as_work, warnings_of
from online.models import OnlineCase, SharedImage

MOST = 20


def reports(case: OnlineCase, user: User) -> Part | None:
    """Children whose images were shared, as far as this person may see them."""
    if not user.can(Can.SEE_SHARED_IMAGES):
        return None
    rows = SharedImage.objects.filter(online_case=case).select_related("child", "officer", "at_team", "team")
    found = list(rows.order_by("reported_at", "pk")[:MOST])
    if not found:
        return None
    return Part(
        heading="Reports that led to this investigation",
        template="online/image_part.html",
        context={"rows": [as_work(each) for each in found]},
        warnings=[f"{each}: {warning}" for each in found for warning in warnings_of(each)],
    )


PARTS.append(reports)
