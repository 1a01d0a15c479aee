"""Pages on which a meeting is planned, and on which it is recorded who was there and what was decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from access.time import now
from strategy import workflow
from strategy.forms import holding as forms
from strategy.views.asking import Step
from workflow.views import as_typed

PEOPLE = "people"


class Plan(Step):
    transition = workflow.plan
    form_class = forms.PlanForm
    title = "Set a time"
    button = "Save the time"


class PlanAgain(Step):
    transition = workflow.plan_again
    form_class = forms.PlanAgainForm
    title = "Move the meeting"
    button = "Save the new time"
    lead = "By when it must be held does not move with it."


class Hold(Step):
    """Who was there and what was decided, on one page."""

    transition = workflow.hold
    form_class = forms.HoldForm
    template_name = "strategy/hold.html"
    title = "Record the meeting"
    lead = "At least social care, police and health. Every question is answered, if only with “not decided”."

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.attendees = forms.Attendees(self.request.POST or None, prefix=PEOPLE)
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"held_at": self.record.planned_for or now(), "mode": self.record.mode}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One more person: the page comes back with everything that was typed, and room for another."""
        if "add_person" not in request.POST:
            return super().post(request, *args, **kwargs)
        typed = request.POST.copy()
        there = str(typed.get(f"{PEOPLE}-TOTAL_FORMS", ""))
        wanted = int(there) + 1 if there.isdigit() else 1
        typed[f"{PEOPLE}-TOTAL_FORMS"] = str(min(wanted, forms.MOST_PEOPLE))
        form = as_typed(forms.HoldForm(typed))
        form.attendees = forms.Attendees(typed, prefix=PEOPLE)
        for person in form.attendees:
            as_typed(person)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "formset": context["form"].attendees}
