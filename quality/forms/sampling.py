"""What is asked when somebody draws a sample, or counts what peer scrutiny found."""

from __future__ import annotations

from typing import Any

from django import forms

from quality.codes import Kind, Of
from quality.forms.reviewing import box, radios
from quality.models import Theme


class _WithThemes(forms.Form):
    """Themes that are in use now."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["theme" if "theme" in self.fields else "themes"]
        field.queryset = Theme.objects.filter(state=Theme.State.IN_USE).order_by("name")


class DrawForm(_WithThemes):
    kind = radios("What is drawn?", [(each.value, each.label) for each in reversed(Kind)], inline=False)
    of = forms.ChoiceField(label="From what?", choices=[("", "What is usual for it"), *Of.choices], required=False)
    theme = forms.ModelChoiceField(
        label="About which theme?", queryset=Theme.objects.none(), required=False, empty_label="None"
    )
    size = forms.IntegerField(
        label="How many?", min_value=1, max_value=100, required=False, help_text="Empty means as the force has set it"
    )
    because = box("Why?", rows=2, required=False, help_text="Needed where no theme is chosen")


class PeerThemesForm(_WithThemes):
    reference = forms.ChoiceField(label="Which record?")
    themes = forms.ModelMultipleChoiceField(
        label="What is it about?", queryset=Theme.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    said = box("In what way?", rows=2, required=False, help_text="Without anybody's name. Empty: the theme says it")

    def __init__(self, *args: Any, items: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        reference: Any = self.fields["reference"]
        reference.choices = [(each, f"{each}: {grade}") for each, grade in items]
