"""What is done to a case while it is researched: research, no further research, another address, a run of KIRAT, and
something new. Each begins on the page of the case."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from access.time import now
from online.forms import research as forms
from online.forms import research_levels as levels
from online.models import CandidateAddress, KiratAssessment, NewInformation, OnlineCase
from online.research_missing import not_checked
from online.workflow import kirat, news, research
from workflow.views import CreatePage, TransitionPage


class OfACase(TransitionPage):
    model = OnlineCase


class Research(OfACase):
    transition = research.record_research
    form_class = forms.ResearchForm
    title = "Record research"
    lead = "What was done to find out who is behind it. From then on the time counts until research has stalled."

    def get_initial(self) -> dict[str, Any]:
        return {"at": now()}


class NoFurtherResearch(OfACase):
    transition = research.no_further_research
    form_class = forms.NoResearchForm
    title = "No further research possible for now"
    lead = "You answer for that. Somebody is told on the day that you name, and its age counts on."


class ResearchAgain(OfACase):
    transition = research.research_again
    form_class = forms.ResearchAgainForm
    title = "Research goes on"


class BegunOnACase(CreatePage):
    """Makes something new of a case; the address says which. A case that somebody may not see is not there."""

    @cached_property
    def about(self) -> Any:
        return get_object_or_404(OnlineCase.objects.all(), pk=self.kwargs["pk"])

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        _ = self.about
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> Any:
        form.begun_on = self.about
        return super().form_valid(form)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "reference": str(self.about)}

    def cancel_url(self) -> str:
        return self.about.get_absolute_url()


class AddAddress(BegunOnACase):
    transition = research.add_candidate
    model = CandidateAddress
    form_class = forms.AddressForm
    title = "Add an address"
    lead = "An address that it may lead to. What is on record there is shown next."


class SetLevel(BegunOnACase):
    """What is still missing stands above the form."""

    transition = kirat.assess
    model = KiratAssessment
    form_class = levels.KiratForm
    template_name = "online/research_level_new.html"
    title = "Set the KIRAT level"
    button = "Set the level"
    lead = "Run the tool first, and write down what it gave. A sergeant who did not set it ratifies it."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        case = self.about
        return {
            **super().get_context_data(**context),
            "missing": [{"label": said, "done": False} for said in not_checked(case)],
            "missing_step": "set a level",
            "waiting": list(NewInformation.objects.filter(online_case=case, state="waiting").order_by("received_at")),
        }


class Tell(BegunOnACase):
    transition = news.information_received
    model = NewInformation
    form_class = levels.NewsForm
    title = "Something new is known"
    lead = "Once a level has been set, KIRAT is run again with it within its time."

    def get_initial(self) -> dict[str, Any]:
        return {"received_at": now()}
