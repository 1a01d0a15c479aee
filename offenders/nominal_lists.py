"""Which of the people who are managed stand where: what lists, boards and home pages ask."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Case, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least

from access.roles import Can
from access.time import today
from accounts.duty import who_may_do
from offenders.codes import Risk
from offenders.models import GONE, OURS, Nominal
from offenders.register_lengths import PERIOD_FIRST

State = Nominal.State
MANAGED = Q(state__in=OURS)
HIGH_RISK = MANAGED & Q(risk__in=[Risk.HIGH, Risk.VERY_HIGH])
IS_GONE = Q(state__in=GONE)
NOTHING_DUE = timedelta(days=3650)
"""Where nothing is due the list goes on after everything that is."""


def without_manager() -> Q:
    """Whose manager has left, or manages no offenders any more: nobody looks after them."""
    return MANAGED & ~Q(manager__in=who_may_do(Can.MANAGE_OFFENDERS))


def period_ending(at: datetime) -> Q:
    """Whose notification period is over, or will be within the time of the first warning."""
    return MANAGED & Q(period_ends_on__lt=today() + PERIOD_FIRST.in_force(at)[0])


def nominals() -> QuerySet[Nominal]:
    """Each with what is due first for them. Nobody visits in custody."""
    visits = Case(
        When(Q(state__in=[State.IN_CUSTODY, State.REACTIVE]), then=None),
        default=F("visit_due_at"),
        output_field=DateTimeField(),
    )
    rows: QuerySet[Nominal] = Nominal.objects.select_related("person", "team", "manager")
    rows = rows.annotate(first_due=Least(visits, F("assessment_due_at"), F("review_due_at")))
    return rows.annotate(next_due=Coalesce(F("ended_at"), F("first_due"), F("began_at") + Value(NOTHING_DUE)))
