"""The page of a managed person, drawn of what each part of managing them shows; and the pages of the records of the
register."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from access.roles import Can
from access.time import now, today
from access.views import RecordPage
from accounts.duty import who_may_do
from accounts.models import User
from cases.models import Residence
from govuk.times import exactly
from offenders import statutory
from offenders.codes import Access, AwayBecause, LeadAgency, ManagedAs, OrderKind, Risk, Whereabouts
from offenders.models import CivilOrder, IndefiniteReview, Nominal, NotificationDuty, Spell, Travel
from offenders.nominal_parts import Part, parts_of
from offenders.register_rows import (
    DUTY_KINDS,
    KINDS,
    ORDER_KINDS,
    REVIEW_KINDS,
    SPELL_KINDS,
    TRAVEL_KINDS,
    duty_in_words,
    manages_offenders,
    release_in_words,
    stands_out,
)
from offenders.register_showing import actions_of, steps_about_them
from sla.models import Clock
from sla.work import panel_of, timeline_of, timeline_of_all

Said = list[tuple[str, Any]]
NOT_KNOWN = "Not known"


class NominalPage(RecordPage):
    """Everything that is kept of one managed person."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/nominal.html"

    def get_queryset(self) -> QuerySet[Nominal]:
        return Nominal.objects.select_related("person", "team", "manager", "ended_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        nominal: Nominal = self.object
        user: Any = self.request.user
        parts = parts_of(nominal, user)
        records = [nominal, *(record for part in parts for record in part.records)]
        managers = set(who_may_do(Can.MANAGE_OFFENDERS).values_list("pk", flat=True))
        no_manager = [manages_offenders(nominal, managers)] if nominal.is_ours else []
        at = now()
        return super().get_context_data(
            now=at,
            heading=nominal.person.name,
            reference=nominal.reference,
            grade=None,
            state=Nominal.State(nominal.state).label,
            state_kind=KINDS[nominal.state],
            warnings=[said for said in (*no_manager, *stands_out(nominal), *_warned(parts)) if said],
            said=summary(nominal),
            household=household_of(nominal),
            parts=[self._drawn(part, nominal, at) for part in parts],
            actions=steps_about_them(nominal, user),
            clocks=clocks_of_all(records),
            missing=[],
            missing_step="",
            timeline=timeline_of_all(records),
            **context,
        )

    def _drawn(self, part: Part, nominal: Nominal, at: Any) -> dict[str, Any]:
        """A template may read what it needs by name, or as `part.context`."""
        context = {**part.context, "part": part, "record": nominal, "nominal": nominal, "now": at}
        return {"part": part, "html": render_to_string(part.template, context, request=self.request)}


def _warned(parts: Iterable[Part]) -> list[str]:
    return [said for part in parts for said in part.warnings]


def summary(nominal: Nominal) -> Said:
    external = f"{nominal.external_system} {nominal.external_ref}".strip()
    return [
        ("Managed as", ManagedAs(nominal.managed_as).label),
        ("Offender manager", f"{nominal.manager}, {nominal.team}"),
        ("Risk", Risk(nominal.risk).label),
        ("How they are managed", Access(nominal.access).label),
        ("Where they are", Whereabouts(nominal.whereabouts).label),
        ("Home", "No fixed abode" if nominal.no_fixed_abode else "See below"),
        ("Children at home", nominal.get_children_at_home_display()),
        ("Lead agency", LeadAgency(nominal.lead_agency).label),
        ("Other system", external or "No reference yet"),
        ("Managed here since", exactly(nominal.began_at)),
        ("Last visit", exactly(nominal.last_visited_at) if nominal.last_visited_at else "Not visited yet"),
        *([("No longer managed", nominal.ended_because)] if nominal.ended_because else []),
    ]


def household_of(nominal: Nominal) -> list[dict[str, Any]]:
    """Where they live now, and who else does, as far as the reader may know."""
    day = today()
    homes = Residence.objects.filter(Residence.current_on(day), person__same_as=nominal.person.same_as_id)
    found: dict[Any, dict[str, Any]] = {home.address_id: {"address": home.address, "people": {}} for home in homes}
    others = Residence.objects.filter(Residence.current_on(day), address__in=list(found)).select_related("person")
    for home in others.exclude(person__same_as=nominal.person.same_as_id):
        found[home.address_id]["people"][home.person.same_as_id] = home.person
    return [
        {
            "address": each["address"],
            "people": [(person, person.child_on(day)) for person in each["people"].values()],
        }
        for each in found.values()
    ]


def clocks_of_all(records: Iterable[Any]) -> list[dict[str, Any]]:
    """The running clocks of these records, nearest first, each with what it is for."""
    about = {record.pk: record for record in records}
    running = Clock.running().filter(record__in=list(about)).order_by("due_at", "pk")
    return [{**panel_of(clock), "what_for": str(about[clock.record])} for clock in running]


class OfTheRegister(RecordPage):
    """One record of the register: what is known of it, its clocks and its history."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/register_record.html"
    model: Any
    kinds: dict[str, str]

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.select_related("nominal__person", "nominal__manager", "nominal__team")
        return rows

    def title(self) -> str:
        raise NotImplementedError

    def said(self) -> Said:
        raise NotImplementedError

    def warned(self) -> list[str]:
        return []

    def not_offered(self) -> list[str]:
        """Steps that make no sense for this one."""
        return []

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        record, user = self.object, self.request.user
        return super().get_context_data(
            now=now(),
            heading=self.title(),
            reference=record.reference,
            grade=None,
            state=record.get_state_display(),
            state_kind=self.kinds[record.state],
            warnings=self.warned(),
            said=[(label, words) for label, words in self.said() if words != ""],
            actions=actions_of(record, user, but=self.not_offered()),  # type: ignore[arg-type]
            clocks=clocks_of_all([record]),
            missing=[],
            missing_step="",
            timeline=timeline_of(record),
            **context,
        )


class DutyPage(OfTheRegister):
    model = NotificationDuty
    kinds = DUTY_KINDS

    def title(self) -> str:
        return statutory.label_of(self.object.kind)

    def warned(self) -> list[str]:
        return [said for said in [duty_in_words(self.object, now())] if said]

    def not_offered(self) -> list[str]:
        duty: NotificationDuty = self.object
        considered = duty.breach or not self.warned()
        return ["notificationduty-breach"] if considered else []

    def said(self) -> Said:
        duty: NotificationDuty = self.object
        given = (
            f"{exactly(duty.given_at)}, {duty.given_where}, taken by {duty.taken_by}" if duty.given_at else "Not yet"
        )
        last_day = "Time does not run" if duty.state == "not_running" else exactly(duty.due_on)
        return [
            ("What", duty.what),
            ("Counted from", exactly(duty.arose_on)),
            ("Last day", last_day),
            ("The law", f"Sexual Offences Act 2003 {duty.section}"),
            ("Follows", f"{duty.follows}, which was missed" if duty.follows else ""),
            ("Given in person", given),
            ("Checked", _by(duty.checked_by, duty.checked_at)),
            ("On ViSOR", f"{duty.visor_ref}. {_by(duty.on_visor_by, duty.on_visor_at)}" if duty.visor_ref else ""),
            ("Breach", _breach(duty)),
            ("Not needed because", duty.ended_because),
        ]


def _by(who: User | None, when: Any) -> str:
    return f"{who}, {exactly(when)}" if who else ""


def _breach(duty: NotificationDuty) -> str:
    if not duty.breach:
        return ""
    return f"{duty.get_breach_display()}: {duty.decided_because} {_by(duty.decided_by, duty.decided_at)}"


class SpellPage(OfTheRegister):
    model = Spell
    kinds = SPELL_KINDS

    def title(self) -> str:
        return str(AwayBecause(self.object.because).label)

    def warned(self) -> list[str]:
        said = release_in_words(self.object, now())
        return [said] if said.startswith("The expected day has passed") else []

    def said(self) -> Said:
        spell: Spell = self.object
        return [
            ("Where", spell.where or NOT_KNOWN),
            ("Since", exactly(spell.began_on)),
            ("Expected to end", exactly(spell.ends_on) if spell.ends_on else NOT_KNOWN),
            ("Ended", exactly(spell.ended_on) if spell.ended_on else ""),
            ("Last asked", exactly(spell.asked_at)),
            ("How we know", spell.changed_because),
            ("On ViSOR", spell.visor_ref),
        ]


class TravelPage(OfTheRegister):
    model = Travel
    kinds = TRAVEL_KINDS

    def title(self) -> str:
        return f"Travel to {self.object.countries}"

    def warned(self) -> list[str]:
        travel: Travel = self.object
        banned = CivilOrder.objects.filter(nominal=travel.nominal, kind=OrderKind.TRAVEL, state="in_force")
        found = ["A court order restricts their travel"] if banned.exists() else []
        if travel.state == Travel.State.NOTIFIED and travel.due_at and travel.due_at < now():
            found.append("This has not been checked in time")
        return found

    def said(self) -> Said:
        travel: Travel = self.object
        notice = statutory.travel_notice(localdate(travel.notified_at), localdate(travel.departs_at))
        days = f"{notice.days} day{'' if notice.days == 1 else 's'} before they leave"
        return [
            ("Told in person", f"{exactly(travel.notified_at)}, {travel.given_where}: {days}"),
            ("Why the notice was short", travel.late_excuse),
            ("Leave", exactly(travel.departs_at)),
            ("Come back", exactly(travel.returns_at) if travel.returns_at else NOT_KNOWN),
            ("Carrier", travel.carrier or NOT_KNOWN),
            ("Stay at", travel.stays_at or NOT_KNOWN),
            ("With a child", travel.get_with_children_display()),
            ("Checked", f"{travel.checked_said} {_by(travel.checked_by, travel.checked_at)}".strip()),
            ("Back on", exactly(travel.returned_on) if travel.returned_on else ""),
            ("Not going because", travel.ended_because),
        ]


class OrderPage(OfTheRegister):
    model = CivilOrder
    kinds = ORDER_KINDS

    def title(self) -> str:
        return str(OrderKind(self.object.kind).label)

    def said(self) -> Said:
        order: CivilOrder = self.object
        return [
            ("Forbids or demands", order.terms),
            ("Protects children", order.get_protects_children_display()),
            ("Made", exactly(order.made_on)),
            ("Last day", exactly(order.ends_on) if order.ends_on else "Until a further order"),
            ("Changed", exactly(order.varied_at) if order.varied_at else ""),
            ("Over because", f"{order.ended_because} {_by(order.ended_by, order.ended_at)}".strip()),
        ]


class ReviewPage(OfTheRegister):
    model = IndefiniteReview
    kinds = REVIEW_KINDS

    def title(self) -> str:
        return "Review of an indefinite requirement"

    def said(self) -> Said:
        review: IndefiniteReview = self.object
        return [
            ("Applied", exactly(review.applied_at)),
            ("What they say", review.said),
            ("Decided", f"{review.because} {_by(review.decided_by, review.decided_at)}".strip()),
        ]
