"""Questions about the risk and systems to look in, as boxes of a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from govuk.fields import YesNoNotKnownField
from govuk.widgets import Radios
from missing.codes import BY_HAND, CheckResult, Question
from missing.codes import System as Place
from missing.workflow import Looked, Said


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def words(label: str, rows: int = 3, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, widget=area(rows), help_text=help_text, required=required)


def line(label: str, help_text: str = "", length: int = 200, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=length, required=required)


def ask(form: Any, questions: Iterable[Question], before: Mapping[str, Any] | None = None) -> None:
    """Add two boxes for each question: the answer, and what was said. `before`: the last answer to each."""
    known = before or {}
    for question in questions:
        last = known.get(question.value)
        form.fields[f"asked_{question.value}"] = YesNoNotKnownField(
            label=str(question.label), initial=last.answer if last else None
        )
        form.fields[f"said_{question.value}"] = forms.CharField(
            label="What was said",
            required=False,
            widget=area(2),
            initial=last.said if last else "",
            help_text=f"Last said by {last.source}" if last else "",
        )


def asked(form: Any) -> list[Question]:
    """The questions a form asks, in order."""
    return [question for question in Question if f"asked_{question.value}" in form.fields]


def pairs(form: Any) -> list[tuple[Any, Any]]:
    """The two boxes of each question, for a template."""
    return [(form[f"asked_{question.value}"], form[f"said_{question.value}"]) for question in asked(form)]


def answers(form: Any, source: str) -> list[Said]:
    said = form.cleaned_data
    return [
        Said(question.value, said[f"asked_{question.value}"], source, said[f"said_{question.value}"])
        for question in asked(form)
    ]


def add_checks(form: Any) -> None:
    """Two boxes for each system in which somebody looks: the result, and what was found or why nobody could look."""
    for place in BY_HAND:
        form.fields[f"look_{place.value}"] = forms.ChoiceField(
            label=str(place.label), choices=CheckResult.choices, widget=Radios(inline=True)
        )
        form.fields[f"found_{place.value}"] = forms.CharField(
            label="What was found, or why nobody could look", required=False, widget=area(2)
        )


def check_boxes(form: Any) -> list[tuple[Any, Any]]:
    return [(form[f"look_{place.value}"], form[f"found_{place.value}"]) for place in BY_HAND]


def checks(form: Any) -> list[Looked]:
    said = form.cleaned_data
    return [Looked(place.value, said[f"look_{place.value}"], said[f"found_{place.value}"]) for place in BY_HAND]


def must_say_what_was_found(form: Any) -> None:
    """At the box itself, before the verb says so."""
    for place in BY_HAND:
        result = form.cleaned_data.get(f"look_{place.value}")
        if result and result != CheckResult.NOTHING and not form.cleaned_data.get(f"found_{place.value}", "").strip():
            what = "what was found" if result == CheckResult.FOUND else "why nobody could look"
            form.add_error(f"found_{place.value}", f"{Place(place).label}: say {what}")
