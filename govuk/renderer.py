"""Draws every Django form with the Design System. In settings: FORM_RENDERER = "govuk.renderer.GovukRenderer"."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.forms.boundfield import BoundField
from django.forms.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from govuk.drawing import draw, first_input, refusals
from govuk.jinja import component

Drawable: TypeAlias = "BaseForm | BaseFormSet[Any]"
Problem = dict[str, str]


def error_summary(*drawables: Drawable) -> SafeString:
    """One summary for everything on the page, each line leading to the box it is about."""
    found = [problem for drawable in drawables for problem in problems(drawable)]
    if not found:
        return mark_safe("")
    return component("error-summary", {"titleText": "There is a problem", "errorList": found})


def problems(drawable: Drawable) -> Iterator[Problem]:
    """Everything wrong, in the order of the page."""
    if not drawable.is_bound:
        return
    if isinstance(drawable, BaseFormSet):
        yield from ({"text": str(error)} for error in drawable.non_form_errors())
        for form in drawable.forms:
            yield from problems(form)
        return
    yield from ({"text": str(error)} for error in drawable.non_field_errors())
    for field in drawable:
        yield from _of_field(field)


def fields(form: BaseForm) -> SafeString:
    """The boxes of a form without its summary, for pages that put the summary above the heading."""
    shown = format_html_join("\n", "{}", ((_group(field),) for field in form.visible_fields()))
    hidden = format_html_join("\n", "{}", ((field.as_widget(),) for field in form.hidden_fields()))
    return format_html("{}\n{}", shown, hidden)


def formset_fields(formset: "BaseFormSet[Any]") -> SafeString:
    """The forms of a set, each in a group named by the set's item_name: "Child 1", "Child 2"."""
    name = getattr(formset, "item_name", "Entry")
    groups = ((name, number, fields(form)) for number, form in enumerate(formset.forms, start=1))
    drawn = format_html_join(
        "\n",
        '<fieldset class="govuk-fieldset app-entry">'
        '<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{} {}</legend>{}</fieldset>',
        groups,
    )
    return format_html("{}\n{}", fields(formset.management_form), drawn)


def _group(field: BoundField) -> str:
    """A field may bring its own template (Django's template_name); otherwise we draw it."""
    return field.as_field_group() if getattr(field.field, "template_name", None) else draw(field)


def _of_field(field: BoundField) -> Iterator[Problem]:
    for refusal in refusals(field):
        if field.is_hidden:
            yield {"text": f"{field.label}: {refusal.text}"}
        else:
            yield {"text": refusal.text, "href": f"#{first_input(field, refusal.parts)}"}


def _whole_form(context: Mapping[str, Any]) -> SafeString:
    return format_html("{}\n{}", error_summary(context["form"]), fields(context["form"]))


def _whole_formset(context: Mapping[str, Any]) -> SafeString:
    formset = context["formset"]
    return format_html("{}\n{}", error_summary(formset), formset_fields(formset))


def _one_field(context: Mapping[str, Any]) -> SafeString:
    return draw(context["field"])


@dataclass(frozen=True)
class Drawn:
    """Looks like a template to Django, and is a function."""

    drawing: Callable[[Mapping[str, Any]], SafeString]

    def render(self, context: Mapping[str, Any], request: Any = None) -> SafeString:
        return self.drawing(context)


class GovukRenderer(TemplatesSetting):
    """Forms, formsets and fields by the Design System; single widgets (admin) by Django's own templates."""

    form_template_name = "govuk/form"
    formset_template_name = "govuk/formset"
    field_template_name = "govuk/field"
    drawn = {
        form_template_name: Drawn(_whole_form),
        formset_template_name: Drawn(_whole_formset),
        field_template_name: Drawn(_one_field),
    }

    def get_template(self, template_name: str) -> Any:
        return self.drawn.get(template_name) or super().get_template(template_name)
