"""9. Online abuse: referrals, levels and the time to act, children found, and what came before enforcement."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q

from insight.figures.of import NEVER, SHARE, WAITS, by_choice, fell_due
from online.models import Enforcement, LinkedChild, OnlineCase
from quality.counting import Better, Period, Rows, measure
from quality.measure_groups import ONLINE
from quality.measure_parts import OF_RECORD, STOPPED_IN_TIME, of_record
from sla.models import Clock

A_DAY = timedelta(hours=24)
LEVEL = by_choice("Level", OnlineCase, "kirat")
SENDER = by_choice("Sent by", OnlineCase, "sender")
OVER = ["closed", "transferred", "linked"]


@measure(
    "Online referrals received",
    "Referrals about online abuse received in the period",
    "online cases",
    "online-cases",
    group=ONLINE,
    numerator="Referrals received in the period",
)
def online_received(period: Period) -> Rows:
    return Rows(OnlineCase.objects.filter(period.within("received_at")), by=[SENDER])


@measure(
    "Online referrals in the records system within 24 hours",
    "Of referrals whose 24 hours were up in the period: those with a reference in the records system within 24 hours",
    "online cases",
    "online-cases",
    group=ONLINE,
    numerator="Referrals that could be seen in the records system within 24 hours",
    denominator="Referrals received, whose 24 hours were up in the period",
    **SHARE,
)
def online_on_records_in_a_day(period: Period) -> Rows:
    rows = OnlineCase.objects.filter(period.within("received_at", whole=A_DAY))
    return Rows(rows, Q(external_at__lte=F("received_at") + A_DAY), by=[SENDER])


@measure(
    "KIRAT levels acted on in time",
    "Of levels whose time to act was up in the period (OC4): those acted on in time, by level",
    "online cases",
    "online-levels",
    group=ONLINE,
    numerator="Levels acted on in time: enforcement, or the child safe in another way",
    denominator="Levels whose time to act was up in the period",
    **SHARE,
)
def kirat_acted_in_time(period: Period) -> Rows:
    rows = of_record(fell_due(period, "OC4"), OnlineCase, "kirat")
    return Rows(rows, STOPPED_IN_TIME, by=[LEVEL], about=OF_RECORD)


@measure(
    "KIRAT levels overdue",
    "Online cases whose time to act on their level is over (OC4), at the end of the period",
    "online cases",
    "online-levels",
    group=ONLINE,
    numerator="Cases not acted on in the time of their level; the oldest by when it was up",
    **NEVER,
)
def kirat_overdue(period: Period) -> Rows:
    rows = of_record(Clock.running().filter(deadline="OC4", due_at__lt=period.at), OnlineCase, "kirat")
    return Rows(rows, since="due_at", by=[LEVEL], about=OF_RECORD)


@measure(
    "Online cases that are open, and their age",
    "Online cases that nobody has acted on, at the end of the period; the oldest by when the referral was received",
    "online cases",
    "online-cases",
    group=ONLINE,
    numerator="Cases without enforcement, not closed, linked or transferred",
    **WAITS,
)
def online_open(period: Period) -> Rows:
    rows = OnlineCase.objects.filter(executed_at__isnull=True, safeguarded_at__isnull=True).exclude(state__in=OVER)
    return Rows(rows, since="received_at", by=[LEVEL])


@measure(
    "Children found in online cases",
    "Children who became known in the period in online cases",
    "children",
    "online-children",
    group=ONLINE,
    numerator="Children linked with an online case in the period, those entered in error left out",
)
def online_children_found(period: Period) -> Rows:
    rows = LinkedChild.objects.filter(period.within("known_at")).exclude(state="in_error")
    return Rows(rows, by=[by_choice("How", LinkedChild, "how")])


@measure(
    "Notices about children in online cases within 24 hours",
    "Of children known in online cases whose 24 hours were up in the period: those about whom a notice was submitted "
    "within 24 hours",
    "children",
    "online-children",
    group=ONLINE,
    numerator="Children about whom a notice was submitted within 24 hours",
    denominator="Children who became known, whose 24 hours were up in the period",
    **SHARE,
)
def online_notice_in_a_day(period: Period) -> Rows:
    rows = LinkedChild.objects.filter(period.within("known_at", whole=A_DAY)).exclude(state="in_error")
    return Rows(rows, Q(notice_at__lte=F("known_at") + A_DAY), by=[by_choice("How", LinkedChild, "how")])


@measure(
    "Suspects asked to attend voluntarily",
    "Of enforcement carried out in the period: that in which the suspect was asked to attend voluntarily",
    "enforcements",
    "online-enforcement",
    group=ONLINE,
    numerator="Enforcement by voluntary attendance",
    denominator="Enforcement carried out in the period",
    better=Better.LOWER,
)
def online_voluntary(period: Period) -> Rows:
    rows = Enforcement.objects.filter(period.within("done_at"), state="done")
    return Rows(rows, Q(kind="voluntary"))


@measure(
    "Designated officers told within one working day",
    "Of adults found to work with children whose working day was up in the period (OC11): those of whom the designated "
    "officer was told in time",
    "referrals to the designated officer",
    "online-lado",
    group=ONLINE,
    numerator="Referrals to the designated officer in time",
    denominator="Referrals that fell due in the period",
    **SHARE,
)
def lado_in_a_working_day(period: Period) -> Rows:
    return Rows(fell_due(period, "OC11"), STOPPED_IN_TIME, about=OF_RECORD)
