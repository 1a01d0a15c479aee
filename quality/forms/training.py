"""What is asked about courses, who took them, and champions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from access.roles import Role
from accounts.models import Team
from govuk.fields import DateField
from quality.attendance_files import LARGEST, LIMIT
from quality.forms.learning import StaffField, ThemeField
from quality.models import Course, TrainingRecord
from strategy.forms.asking import area
from workflow.views import TransitionForm


class CourseFields(TransitionForm):
    what_for = forms.CharField(label="What is it for?", widget=area(3))
    refresh_months = forms.IntegerField(
        label="After how many months is it taken again?",
        required=False,
        min_value=1,
        max_value=36,
        help_text="Empty means that it is not taken again",
    )
    roles = forms.MultipleChoiceField(
        label="Which posts require it?",
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None means that nobody has to take it",
    )


class AddCourseForm(CourseFields):
    name = forms.CharField(label="What is the course called?", max_length=80)
    field_order = ["name", "what_for", "refresh_months", "roles"]


class ChangeCourseForm(CourseFields):
    pass


class AnswersForm(TransitionForm):
    theme = ThemeField(label="Which theme does it answer?")


class CourseField(forms.ModelChoiceField):
    """A course that is given."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Course.objects.filter(state=Course.State.IN_USE).order_by("name"), **options)


class RecordForm(TransitionForm):
    course = CourseField(label="Which course?")
    person = StaffField(label="Who has taken it?")
    taken_on = DateField(label="On which day?", help_text="For example, 27 3 2026")
    certificate = forms.CharField(
        label="Number of the certificate", max_length=80, required=False, help_text="Empty means that there is none"
    )


class CorrectForm(TransitionForm):
    wrong: TrainingRecord
    taken_on = DateField(
        label="On which day did they take it?", required=False, help_text="Empty means that they had not taken it"
    )
    certificate = forms.CharField(
        label="Number of the certificate", max_length=80, required=False, help_text="Empty means that there is none"
    )
    because = forms.CharField(label="What was wrong?", widget=area(2))

    @classmethod
    def gives(cls) -> set[str]:
        return super().gives() | {"wrong"}

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "wrong": self.wrong}


class FileForm(TransitionForm):
    course = CourseField(label="Which course did they attend?")
    file = forms.FileField(label="The list, as CSV", widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.txt"}))

    @classmethod
    def gives(cls) -> set[str]:
        return {"course", "name", "content"}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(f"The file is too large: {LIMIT}. Send it in parts")
        return file

    def facts(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {"course": self.cleaned_data["course"], "name": file.name, "content": file.read()}


class TypeInForm(TransitionForm):
    person = StaffField(label="Who is it?")
    taken_on = DateField(label="On which day?", help_text="For example, 27 3 2026")
    certificate = forms.CharField(
        label="Number of the certificate", max_length=80, required=False, help_text="Empty means that there is none"
    )


class BookForm(TransitionForm):
    booked_for = DateField(label="For which day is it booked?", help_text="For example, 27 3 2026")


class ChampionForm(TransitionForm):
    person = StaffField(label="Who?")
    team = forms.ModelChoiceField(label="Of which team?", queryset=Team.objects.order_by("name"))
    since = DateField(label="Since when?", help_text="For example, 27 3 2026")


class ChampionEndsForm(TransitionForm):
    until = DateField(label="What was their last day?", help_text="For example, 27 3 2026")
