"""An address that a case may lead to, and the people who live there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from access.roles import Can
from access.time import now, today
from access.views import RecordPage
from cases.models import Person
from govuk.fields import YesNoNotKnown as Answer
from online.forms import research as forms
from online.models import CandidateAddress, Occupant
from online.research_known import known_at, where_else
from online.research_rows import ADDRESS_KINDS, OCCUPANT_KINDS
from online.research_showing import checks_of, clocks_and_steps, occupants_of
from online.research_warnings import warnings_of
from online.views.research_cases import BegunOnACase
from online.workflow import occupants, research
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

Steps = list[tuple[Transition[Any, Any], str, str]]
ADDRESS_STEPS: Steps = [
    (research.attribute, "Attribute it to this address", "candidateaddress-attribute"),
    (research.rule_out, "Rule this address out", "candidateaddress-rule-out"),
    (research.candidate_again, "It may be this address after all", "candidateaddress-again"),
]
OCCUPANT_STEPS: Steps = [
    (research.check_in_several, "Record what systems say", "occupant-checks"),
    (research.work_known, "Do they work with children?", "occupant-work"),
    (occupants.occupant_is, "Say who they are on record", "occupant-is"),
    (occupants.correct_occupant, "Correct what was said", "occupant-correct"),
    (occupants.occupant_gone, "They do not live there", "occupant-gone"),
    (occupants.occupant_back, "They live there after all", "occupant-back"),
]


class AddressPage(RecordPage):
    """One address: who is on record there already, who lives there as far as we know, and what nobody has asked."""

    may = Can.SEE_ONLINE
    template_name = "online/research_address.html"

    def get_queryset(self) -> QuerySet[CandidateAddress]:
        related = ("online_case", "address", "recorded_by", "attributed_by")
        return CandidateAddress.objects.select_related(*related)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        candidate: CandidateAddress = self.object
        user: Any = self.request.user
        people = occupants_of([candidate])
        may_add = candidate.state != CandidateAddress.State.RULED_OUT and user.can(Can.RESEARCH_ONLINE)
        return super().get_context_data(
            now=now(),
            heading=str(candidate),
            reference=f"{candidate.reference}, {candidate.online_case}",
            grade=None,
            state=CandidateAddress.State(candidate.state).label,
            state_kind=ADDRESS_KINDS[candidate.state],
            known=known_at(candidate),
            people=people,
            may_add=may_add,
            warnings=warnings_of(people),
            actions=actions_for(candidate, user, ADDRESS_STEPS),
            **clocks_and_steps(candidate),
            **context,
        )


class OfAnAddress(TransitionPage):
    model = CandidateAddress

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "reference": f"{self.record}, {self.record.online_case}"}


class Attribute(OfAnAddress):
    transition = research.attribute
    form_class = forms.AttributeForm
    title = "Attribute it to this address"
    lead = "From this moment somebody has to look for children there, and a level is due."


class RuleOut(OfAnAddress):
    transition = research.rule_out
    form_class = forms.RuleOutForm
    title = "Rule this address out"
    lead = "Nobody looks for children there any more. A child who was found there stays linked with the case."


class CandidateAgain(OfAnAddress):
    transition = research.candidate_again
    form_class = forms.CandidateAgainForm
    title = "It may be this address after all"


class AddOccupant(BegunOnACase):
    """Filled in from the record of somebody who lives there, where the address names them."""

    transition = research.add_occupant
    model = Occupant
    form_class = forms.OccupantForm
    title = "Add somebody who lives there"

    @cached_property
    def about(self) -> Any:
        return get_object_or_404(CandidateAddress.objects.select_related("online_case"), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("person", "")
        person = Person.objects.filter(reference=asked).first() if asked else None
        if person is None:
            return {}
        ages = {Answer.YES: Occupant.Age.CHILD, Answer.NO: Occupant.Age.ADULT}
        age = ages.get(person.child_on(today()), Occupant.Age.NOT_KNOWN)
        return {"name_said": person.name, "person": person.reference, "age": age.value}


class OccupantPage(RecordPage):
    """One person at an address: what each system says, their work, and who they are on record."""

    may = Can.SEE_ONLINE
    template_name = "online/research_occupant.html"

    def get_queryset(self) -> QuerySet[Occupant]:
        return Occupant.objects.select_related("online_case", "at", "person", "recorded_by").prefetch_related(
            "checks__by"
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        occupant: Occupant = self.object
        return super().get_context_data(
            now=now(),
            heading=occupant.name_said,
            reference=f"{occupant.reference}, {occupant.online_case}",
            child={"child": "yes", "adult": "no"}.get(occupant.age, "not_known"),
            grade=None,
            state=Occupant.State(occupant.state).label,
            state_kind=OCCUPANT_KINDS[occupant.state],
            checks=checks_of(occupant),
            other_cases=where_else(occupant.person, occupant.online_case) if occupant.person else [],
            warnings=warnings_of([occupant]),
            actions=actions_for(occupant, self.request.user, OCCUPANT_STEPS),
            **clocks_and_steps(occupant),
            **context,
        )


class OfAnOccupant(TransitionPage):
    model = Occupant

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        said = f"{self.record}, {self.record.at}, {self.record.online_case}"
        return {**super().get_context_data(**context), "reference": said}


class Checks(OfAnOccupant):
    transition = research.check_in_several
    form_class = forms.ChecksForm
    title = "Record what systems say"
    lead = "One box for each system. What was asked at another time is recorded by itself."

    def get_initial(self) -> dict[str, Any]:
        return {"at": now()}


class Work(OfAnOccupant):
    transition = research.work_known
    form_class = forms.WorkForm
    title = "Do they work with children?"
    lead = "As a job or unpaid: a school, a nursery, a club, a place of worship, a driver of children."

    def get_initial(self) -> dict[str, Any]:
        occupant = self.record
        return {"post": occupant.post, "employer": occupant.employer}


class OccupantIs(OfAnOccupant):
    transition = occupants.occupant_is
    form_class = forms.OccupantIsForm
    title = "Say who they are on record"
    lead = "Where they are a managed offender, their offender manager is told at once."


class Correct(OfAnOccupant):
    transition = occupants.correct_occupant
    form_class = forms.CorrectForm
    title = "Correct what was said"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in ("name_said", "age", "relation", "is_suspect")}


class Gone(OfAnOccupant):
    transition = occupants.occupant_gone
    form_class = forms.GoneForm
    title = "They do not live there"


class Back(OfAnOccupant):
    transition = occupants.occupant_back
    form_class = forms.BackForm
    title = "They live there after all"
