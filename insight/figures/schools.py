"""8. Schools told that a child is missing, or found, before their next day begins, where a scheme is live."""

from __future__ import annotations

from django.db.models import F, Q

from insight.figures.of import SHARE, by_choice
from missing.models import MissingNotice
from quality.counting import By, Period, Rows, measure
from quality.measure_groups import SCHOOLS


@measure(
    "Schools told of a missing child in time",
    "Of notices to schools that a child is missing or was found, where a scheme is live, that fell due in the "
    "period: those "
    "sent before the next school day began",
    "school notices",
    "missing-notices",
    group=SCHOOLS,
    numerator="Schools told before their next day began",
    denominator="Notices to schools that fell due in the period",
    **SHARE,
)
def schools_told_of_missing(period: Period) -> Rows:
    rows = MissingNotice.objects.filter(period.within("due_at"), whom="school")
    by = [By("Authority", "school__district__authority__name"), by_choice("About", MissingNotice, "about")]
    return Rows(rows, Q(sent_at__lte=F("due_at")), by=by)
