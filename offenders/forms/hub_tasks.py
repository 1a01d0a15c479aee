"""What is asked of a task of the ViSOR hub, of a question, and of a list that is compared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from govuk.fields import MomentField
from offenders.codes import TaskKind
from offenders.list_files import LARGEST
from offenders.models import HubTask, ImportedList, Nominal
from strategy.forms.asking import area
from workflow.views import TransitionForm

OFFENDER_HINT = "Their reference, for example NOM-000012 or the one of ViSOR"


class NominalField(forms.CharField):
    """Somebody who is or was managed here, by our reference or by that of ViSOR."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 40, "help_text": OFFENDER_HINT, **options})

    def clean(self, value: Any) -> Any:
        typed = (super().clean(value) or "").strip()
        if not typed:
            return None
        for name in ("reference", "external_ref"):
            if (found := Nominal.objects.filter(**{f"{name}__iexact": typed}).first()) is not None:
                return found
        raise ValidationError("Nobody we manage has this reference")


class TaskField(forms.CharField):
    """A task of the hub, by its reference."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip()
        found = HubTask.objects.filter(reference__iexact=typed).first()
        if found is None:
            raise ValidationError("No task has this reference")
        return found


class PersonChoice(forms.ModelChoiceField):
    """Somebody who may do an act, asked anew each time the form is shown."""

    def __init__(self, act: Can, **options: Any) -> None:
        self.act = act
        super().__init__(User.objects.none(), **options)

    def offer(self) -> None:
        self.queryset = who_may_do(self.act)


class OfferingForm(TransitionForm):
    """A form that names somebody."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, PersonChoice):
                field.offer()


class ReceiveForm(TransitionForm):
    kind = forms.ChoiceField(label="What kind of task is it?", choices=TaskKind.choices)
    nominal = NominalField(
        label="Whom is it about?", required=False, help_text=f"{OFFENDER_HINT}. Empty means nobody on our books"
    )
    what = forms.CharField(label="What has to be put on ViSOR?", widget=area(4))
    source = forms.CharField(label="Who sent it?", max_length=200, help_text="A name, a prison, a force, a letter")
    received_at = MomentField(label="When did the first of us know?", offer_now=True)
    happens_at = MomentField(
        label="When does it happen?", required=False, help_text="Departure or release. Empty means that it has no time"
    )

    @classmethod
    def gives(cls) -> set[str]:
        return set(cls.base_fields) | {"arises_from"}

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "arises_from": None}


class AssignForm(OfferingForm):
    to = PersonChoice(Can.KEEP_REGISTER, label="Who does it?")


class AskForm(OfferingForm):
    question = forms.CharField(label="What do you ask?", widget=area(3))
    asked_of = PersonChoice(Can.MANAGE_OFFENDERS, label="Whom do you ask?")


class AnswerForm(TransitionForm):
    answer = forms.CharField(label="What is the answer?", widget=area(4), help_text="“Not known” is an answer")


class BecauseForm(TransitionForm):
    because = forms.CharField(label="Why?", widget=area(3))


class OnVisorForm(TransitionForm):
    visor_ref = forms.CharField(label="Reference of the update on ViSOR", max_length=40)
    updated_at = MomentField(label="When was it put on ViSOR?", offer_now=True)


class ErrorForm(TransitionForm):
    found = forms.CharField(label="What is wrong on ViSOR?", widget=area(3))


class JoinForm(TransitionForm):
    of = TaskField(
        label="Which task is it the same as?", max_length=20, help_text="Its reference, for example HUB-000031"
    )


class CompareForm(TransitionForm):
    kind = forms.ChoiceField(
        label="What kind of list is it?", choices=ImportedList.Kind.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(label="The list, as CSV", widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.txt"}))

    @classmethod
    def gives(cls) -> set[str]:
        return {"kind", "name", "content"}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError("The file is larger than 2 MB: send it in parts")
        return file

    def facts(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {"kind": self.cleaned_data["kind"], "name": file.name, "content": file.read()}
