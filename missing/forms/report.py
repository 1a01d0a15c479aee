"""Reporting a child missing: first who it is, then everything that a report must say."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from access.time import now
from accounts.models import Team
from accounts.teams import response_areas
from cases.forms import DetailsFields, HomeFields, ask_who, described_by
from cases.meet import Met
from cases.records import Details, Home
from cohort.codes import Risk
from govuk.fields import MomentField, YesNoNotKnownField
from matching.described import Described
from missing.codes import ASKED_ON_THE_CALL, NEEDS_A_SUPERVISOR, Kind, MissingFrom
from missing.forms.answers import (
    add_checks,
    answers,
    ask,
    check_boxes,
    checks,
    line,
    must_say_what_was_found,
    pairs,
    words,
)
from missing.workflow import Report
from partners.models import Agency
from workflow.views import TransitionForm

OF_A_CHILD = ("given_names", "family_name", "born_on", "age", "sex")
FIRST_LOOK = timedelta(hours=4)
"""What the time to look again stands at; whoever takes the report may set another."""
BY_PHONE = [each for each in Risk if each not in NEEDS_A_SUPERVISOR]


class WhoForm(DetailsFields, HomeFields):
    """Who is missing. The second time it is sent, it says which of the people on record it is."""

    field_order = [*OF_A_CHILD, "address", "postcode"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(DetailsFields.base_fields) - set(OF_A_CHILD) | {"starts"}:
            del self.fields[name]
        self.fields["sex"].initial = "not_known"

    def clean(self) -> Any:
        said = super().clean() or {}
        if not (said.get("given_names", "").strip() or said.get("family_name", "").strip()):
            self.add_error("given_names", "Give a name. Where nobody knows it, write “not known”")
        if (born := said.get("born_on")) and born > now().date():
            self.add_error("born_on", "The date of birth is still to come: check the year")
        return said

    def described(self) -> Described:
        return described_by(self.cleaned_data)

    def meet(self, candidates: list[Met]) -> None:
        ask_who(self, candidates)

    def details(self) -> Details:
        said = self.cleaned_data
        return Details(**{name: said[name] for name in OF_A_CHILD})

    def home(self) -> Home | None:
        said = self.cleaned_data
        if not (said["address"].strip() or said["postcode"].strip()):
            return None
        return Home(said["address"], said["postcode"])


def authorities() -> Any:
    return Agency.objects.filter(kind=Agency.Kind.SOCIAL_CARE, closed_at=None).order_by("name")


class ReportForm(TransitionForm):
    """What the reporter says, what was looked up, the first judgement of the risk, and when somebody looks again."""

    why_worried = words("Why are you worried?")
    done_so_far = words("What has been done so far to trace them?")
    reporter = line("Who reports it?")
    reporter_is = line("What are they to the child?", "For example, mother, foster carer, key worker")
    reporter_number = line("Their number", "Empty means not known", 40, required=False)
    missing_from = forms.ChoiceField(label="Missing from", choices=MissingFrom.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="Which is it?", choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.MISSING)
    last_seen_at = MomentField(label="Last seen when?", required=False, help_text="Empty means not known")
    last_seen_where = line("Last seen where?", "Empty means not known", 300, required=False)
    last_seen_by = line("Last seen by whom?", "Empty means not known", required=False)
    clothing = words("Clothing and appearance", 2, "Empty means not known", required=False)
    circumstances = words("What happened?", 3, "Empty means not known", required=False)
    may_publish = YesNoNotKnownField(label="May a photo be published?", initial="not_known")
    responsible = forms.ModelChoiceField(
        label="Authority that answers for the child", queryset=authorities(), required=False, empty_label="Not known"
    )
    host = forms.ModelChoiceField(
        label="Authority where the child lives", queryset=authorities(), required=False, empty_label="Not known"
    )
    area = forms.ModelChoiceField(
        label="Which response team looks?", queryset=Team.objects.none(), required=False, empty_label="Not known yet"
    )
    reported_at = MomentField(
        label="When were police told?", required=False, help_text="Empty means just now. Every clock counts from here"
    )
    risk = forms.ChoiceField(
        label="How high is the risk?",
        choices=[(each.value, each.label) for each in BY_PHONE],
        widget=forms.RadioSelect,
        help_text="A child is not down as low on what is said by telephone alone",
    )
    because = words("Why do you judge it so?", 2)
    next_review_at = MomentField(label="By when does a supervisor look at it again?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = response_areas()  # type: ignore[attr-defined]
        ask(self, ASKED_ON_THE_CALL)
        add_checks(self)

    @classmethod
    def gives(cls) -> set[str]:
        return {"report", "answers", "checks", "child"}

    def clean_reported_at(self) -> Any:
        return not_in_the_future(self.cleaned_data["reported_at"], "Police cannot have been told later than now")

    def clean_last_seen_at(self) -> Any:
        return not_in_the_future(self.cleaned_data["last_seen_at"], "The child cannot have been seen later than now")

    def clean_next_review_at(self) -> Any:
        return still_to_come(self.cleaned_data["next_review_at"])

    def clean(self) -> Any:
        said = super().clean()
        must_say_what_was_found(self)
        return said

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = {each.name for each in fields(Report)}
        source = ", ".join(filter(None, [said["reporter"], said["reporter_is"], said["reporter_number"]]))
        report = Report(**{name: fact for name, fact in said.items() if name in names})
        return {"report": report, "answers": answers(self, source[:200]), "checks": checks(self)}

    @property
    def questions(self) -> list[tuple[Any, Any]]:
        return pairs(self)

    @property
    def systems(self) -> list[tuple[Any, Any]]:
        return check_boxes(self)


def not_in_the_future(moment: Any, said: str) -> Any:
    if moment and moment > now():
        raise ValidationError(f"{said}: look at the date and the time")
    return moment


def still_to_come(moment: Any) -> Any:
    if moment and moment <= now():
        raise ValidationError("Set a time that is still to come: look at the date and the time")
    return moment
