"""The lists of those who are managed: who they are, what they notify, who is to come out, who travels."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from access.roles import Can
from access.time import now
from accounts.duty import people_answered_for
from offenders import nominal_lists as lists
from offenders.models import Nominal, NotificationDuty, Spell, Travel
from offenders.register_filters import DutyFilter, NominalFilter, SpellFilter, TravelFilter
from offenders.register_rows import duty_as_work, nominal_as_work, spell_as_work, travel_as_work
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work

SOON = timedelta(days=7)
A_YEAR = timedelta(days=365)


class Nominals(QueuePage):
    """Everybody who is managed, whoever has something due first on top."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/nominals.html"
    heading = "Managed offenders"
    filterset_class = NominalFilter
    due_field = "next_due"
    empty = {"title": "Nobody is managed", "text": "The hub registers somebody, or an offender manager takes them on."}

    def records(self) -> QuerySet[Nominal]:
        return lists.nominals()

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        state, mine = Nominal.State, Q(manager__in=people_answered_for(self.request.user))  # type: ignore[arg-type]
        return {
            "managed": ("All who are managed", lists.MANAGED),
            "mine": ("Mine, and of whom I cover", lists.MANAGED & mine),
            "high": ("High risk", lists.HIGH_RISK),
            "pre_sentence": ("Before sentence", Q(state=state.PRE_SENTENCE)),
            "custody": ("In custody", Q(state=state.IN_CUSTODY)),
            "lost": ("Wanted or missing", lists.MANAGED & Q(missing_since__isnull=False)),
            "no_manager": ("No offender manager", lists.without_manager()),
            "period": ("Period ending", lists.period_ending(at)),
            "gone": ("No longer managed", lists.IS_GONE),
        }

    def row(self, record: Any, clock: Clock | None) -> Work:
        return nominal_as_work(record, record.first_due, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        user: Any = self.request.user
        return {"may_register": user.can(Can.KEEP_REGISTER), "may_take_on": user.can(Can.MANAGE_OFFENDERS)}


class Notifications(QueuePage):
    """What has to be notified, what was missed, what the hub has to check."""

    may = Can.SEE_OFFENDERS
    heading = "What offenders have to notify"
    filterset_class = DutyFilter
    due_field = "next_due"
    empty = {"title": "Nothing has to be notified", "text": "A duty is there as soon as somebody is registered."}

    def records(self) -> QuerySet[NotificationDuty]:
        rows: QuerySet[NotificationDuty] = NotificationDuty.objects.select_related(
            "nominal__person", "nominal__manager", "nominal__team"
        )
        return rows.annotate(next_due=Coalesce(F("due_at"), F("runs_from")))

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        state = NotificationDuty.State
        due, given = Q(state=state.DUE), Q(state__in=[state.GIVEN, state.CHECKED])
        mine = Q(nominal__manager__in=people_answered_for(self.request.user))  # type: ignore[arg-type]
        late = Q(given_at__gt=F("due_at"), breach="")
        return {
            "missed": ("Missed: breach to consider", due & Q(due_at__lt=at)),
            "late": ("Given late: breach to consider", late),
            "soon": ("Due in the next 7 days", due & Q(due_at__gte=at, due_at__lte=at + SOON)),
            "due": ("All that are due", due),
            "mine": ("Mine, and of whom I cover", due & mine),
            "given": ("Given, not on ViSOR", given),
            "not_running": ("Time does not run", Q(state=state.NOT_RUNNING)),
        }

    def row(self, record: NotificationDuty, clock: Clock | None) -> Work:
        return duty_as_work(record, clock, now())


class Releases(QueuePage):
    """Who is to come out, by name, until somebody has recorded that they are out or another day."""

    may = Can.SEE_OFFENDERS
    heading = "Releases and returns to come"
    filterset_class = SpellFilter
    due_field = "next_due"
    empty = {"title": "No release has passed unrecorded", "text": "See the other parts of the list for those to come."}

    def records(self) -> QuerySet[Spell]:
        rows: QuerySet[Spell] = Spell.objects.select_related("nominal__person", "nominal__manager", "nominal__team")
        not_known = F("asked_at") + Value(A_YEAR)
        return rows.annotate(next_due=Coalesce(F("release_due_at"), not_known, output_field=DateTimeField()))

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        going_on = Q(state=Spell.State.GOING_ON)
        return {
            "passed": ("Day has passed, nothing recorded", going_on & Q(release_due_at__lt=at)),
            "soon": ("In the next 7 days", going_on & Q(release_due_at__gte=at, release_due_at__lte=at + SOON)),
            "to_come": ("All who are away", going_on),
            "not_known": ("No day known", going_on & Q(ends_on=None)),
            "not_on_visor": ("Out, not on ViSOR", Q(state=Spell.State.OVER)),
        }

    def row(self, record: Spell, clock: Clock | None) -> Work:
        return spell_as_work(record, now())


class Journeys(QueuePage):
    """Who gave notice of travel, and has to be checked before they leave."""

    may = Can.SEE_OFFENDERS
    heading = "Travel out of the United Kingdom"
    filterset_class = TravelFilter
    due_field = "due_at"
    empty = {"title": "No notice of travel waits", "text": "Record one from the page of whoever travels."}

    def records(self) -> QuerySet[Travel]:
        rows: QuerySet[Travel] = Travel.objects.select_related("nominal__person", "nominal__manager", "nominal__team")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        state = Travel.State
        unchecked = Q(state=state.NOTIFIED)
        return {
            "to_check": ("To check", unchecked),
            "leaving": ("Leaving within a day, not checked", unchecked & Q(departs_at__lte=at + timedelta(days=1))),
            "checked": ("Checked", Q(state=state.CHECKED)),
            "abroad": ("Abroad", Q(state=state.AWAY)),
            "over": ("Back, or not going", Q(state__in=[state.RETURNED, state.NOT_GOING])),
        }

    def row(self, record: Travel, clock: Clock | None) -> Work:
        return travel_as_work(record, clock)
