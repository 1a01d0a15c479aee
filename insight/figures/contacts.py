"""14. Offenders in contact with children: the notice within twelve hours, and what social care decided."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q

from insight.figures.of import SHARE, by_choice
from offenders.models import ChildContact
from quality.counting import Period, Rows, measure
from quality.measure_groups import CONTACTS

TWELVE_HOURS = timedelta(hours=12)
KIND = by_choice("Kind of contact", ChildContact, "kind")
IN_ERROR = "in_error"


@measure(
    "Notices within 12 hours of contact with a child",
    "Of contacts of managed offenders with children whose 12 hours were up in the period, counted from when "
    "the contact was "
    "discovered: those about which a notice was submitted within 12 hours",
    "contacts",
    "offenders-contacts",
    group=CONTACTS,
    numerator="Contacts with a notice within 12 hours",
    denominator="Contacts discovered, whose 12 hours were up in the period",
    **SHARE,
)
def contact_notice_in_time(period: Period) -> Rows:
    rows = ChildContact.objects.filter(period.within("discovered_at", whole=TWELVE_HOURS)).exclude(state=IN_ERROR)
    return Rows(rows, Q(notice_at__lte=F("discovered_at") + TWELVE_HOURS), by=[KIND])


@measure(
    "Social care's decision known",
    "Of contacts of managed offenders with children that social care was told of in the period: those whose "
    "decision police "
    "know",
    "contacts",
    "offenders-contacts",
    group=CONTACTS,
    numerator="Contacts of which the decision of social care is known",
    denominator="Contacts that social care was told of in the period",
    **SHARE,
)
def contact_decision_known(period: Period) -> Rows:
    rows = ChildContact.objects.filter(period.within("shared_at")).exclude(state=IN_ERROR)
    return Rows(rows, Q(decision_at__isnull=False), by=[KIND])
