"""The picture of a person and of a household."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from access.actor import System, acting
from access.roles import Can
from access.time import now
from access.time import today as local_day
from access.views import RecordPage
from cases.diagram import draw
from cases.indexing import described
from cases.markers import markers_beside, markers_for
from cases.meet import have_we_met
from cases.models import Address, Match, Person, PlaceMarker, ProtectedAddress, Residence
from cases.picture import PICTURE, Event, Seen, Whom, open_clocks, people_at, timeline, whom_of
from cases.searching import born_in_words
from cases.workflow import people as verbs
from cases.workflow.findings import open_findings
from cases.workflow.markers import mark_address
from govuk.fields import YesNoNotKnown as Answer
from workflow.transitions import Transition
from workflow.views import actions_for

ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (verbs.add_home, "Where they live", "person-home"),
    (verbs.add_relationship, "A relationship", "person-relationship"),
    (verbs.add_sighting, "A sighting", "person-sighting"),
    (verbs.add_name, "Another name", "person-name"),
    (verbs.add_phone, "A telephone number", "person-phone"),
    (verbs.add_reference, "A number in another system", "person-reference"),
    (verbs.add_plan, "A plan for the child", "person-plan"),
    (verbs.add_warning, "A warning", "person-warning"),
    (verbs.mark_risk, "A risk to children", "person-risk"),
    (verbs.protect_address, "A protected address", "person-protect"),
    (verbs.correct, "Correct what we know", "person-correct"),
    (verbs.declare_conflict, "A conflict of interest", "person-conflict"),
]


class PersonPage(RecordPage):
    """Everything we know of one person, on one page: who, where, with whom, what has happened, what runs out when."""

    may = Can.SEE_PEOPLE
    model = Person
    template_name = "cases/person.html"

    def get_queryset(self) -> QuerySet[Person]:
        return Person.objects.select_related("school")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A record that was joined to another shows the one that stands for both."""
        person = self.object = self.get_object()
        stands = Person.objects.filter(pk=person.same_as_id).first() if person.same_as_id != person.pk else None
        if stands:
            return redirect(stands)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        seen = Seen.of(self.object)
        today = local_day()
        whom = seen.whom()
        events = timeline(whom, seen.facts())
        return super().get_context_data(
            now=now(),
            heading=self.object.name,
            reference=", ".join(record.reference for record in seen.records),
            born=born_in_words(self.object, today),
            child=self._child(today),
            grade=None,
            state="",
            seen=seen,
            whose=False,
            flags=[flag for flag in seen.flags if flag.holds_on(today)],
            markers=markers_beside([self.object]),
            homes=homes_in_short(seen.residences),
            household=seen.household(today),
            links=seen.links(),
            diagram=draw(seen, today),
            findings=open_findings(whom.people),
            protected=self._has_a_protected_address(whom),
            may_reveal=self.request.user.can(Can.SEE_PROTECTED_ADDRESS),  # type: ignore[union-attr]
            same=self._same(seen),
            learn=[*self._offers(), *actions_for(self.object, self.request.user, ACTIONS)],
            may_mark=self.request.user.can(verbs.add_warning.may),  # type: ignore[union-attr]
            clocks=open_clocks(events),
            missing=[],
            missing_step="",
            **shown(self.request, events),
            **context,
        )

    def _offers(self) -> list[dict[str, str]]:
        """What apps above let this person begin: a missing report."""
        acts = self.request.user.acts()  # type: ignore[union-attr]
        offers = [offer for each in PICTURE.offers for offer in each(self.object)]
        return [{"label": each.label, "url": each.url, "why_not": ""} for each in offers if each.may in acts]

    def _has_a_protected_address(self, whom: Whom) -> bool:
        """That there is one is for everybody who may see the person, or they would write it down as a home."""
        with acting(System("is an address protected?")):
            places = ProtectedAddress.objects.filter(person__in=whom.people, ended_at=None)
            return bool(places.figures().exists())

    def _child(self, today: date) -> str:
        """For the tag: that somebody is an adult needs none."""
        child = self.object.child_on(today)
        return "" if child == Answer.NO else child.value

    def _same(self, seen: Seen) -> dict[str, Any]:
        """Other records that may be this person: what was suggested, and what would be suggested now."""
        keys = [record.pk for record in seen.records]
        matches = Match.objects.filter(one__in=keys) | Match.objects.filter(other__in=keys)
        matches = matches.select_related("one", "other").order_by("-found_at")
        decided = {key for match in matches for key in (match.one_id, match.other_id)}
        met = have_we_met(described([self.object.pk])[self.object.pk], but_not=[*keys, *decided])
        return {"matches": list(matches), "met": met}


class HouseholdPage(RecordPage):
    """Everything we know of one address: who lives there, who did, what has happened."""

    may = Can.SEE_PEOPLE
    model = Address
    template_name = "cases/household.html"

    def get_queryset(self) -> QuerySet[Address]:
        return Address.objects.select_related("district")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        today = local_day()
        homes = people_at(self.object)
        there = [home for home in homes if home.is_current(today)]
        whom = whom_of(home.person for home in there)
        marked = list(PlaceMarker.objects.filter(address=self.object).select_related("address", "recorded_by"))
        events = timeline(replace(whom, addresses=frozenset([self.object.pk])), marked)
        return super().get_context_data(
            now=now(),
            heading=str(self.object),
            reference="Address",
            child="",
            grade=None,
            state="",
            there=[{"home": home, "born": born_in_words(home.person, today)} for home in there],
            gone=[home for home in homes if not home.is_current(today)],
            findings=open_findings(whom.people),
            markers=markers_for(address=self.object),
            marked=sorted(marked, key=lambda marker: marker.recorded_at, reverse=True),
            may_mark=self.request.user.can(mark_address.may),  # type: ignore[union-attr]
            children=sum(home.person.child_on(today) != Answer.NO for home in there),
            clocks=open_clocks(events),
            missing=[],
            missing_step="",
            **shown(self.request, events),
            **context,
        )


def homes_in_short(homes: list[Residence]) -> list[Residence]:
    """Each home once, by whoever said it last; the timeline has every source. What was withdrawn stays as it was."""
    found: dict[Any, Residence] = {}
    for home in homes:
        found.setdefault(home.pk if home.withdrawn_at else (home.address_id, home.starts, home.ends), home)
    return list(found.values())


def shown(request: HttpRequest, events: list[Event]) -> dict[str, Any]:
    """The timeline as it was asked for, and a chip with its count for each kind of event on it."""
    kinds = list(dict.fromkeys(event.what for event in events))
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in kinds else ""
    chips = [{"label": "All", "count": len(events), "url": "?#timeline", "current": not chosen}]
    for kind in sorted(kinds):
        count = sum(event.what == kind for event in events)
        chips.append({"label": kind, "count": count, "url": f"?show={kind}#timeline", "current": kind == chosen})
    return {"chips": chips, "timeline": [event for event in events if not chosen or event.what == chosen]}
