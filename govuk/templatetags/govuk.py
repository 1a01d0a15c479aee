"""{% load govuk %}: any Design System component, and forms drawn in parts."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from govuk import renderer
from govuk.jinja import component

register = template.Library()


@register.simple_tag(name="govuk")
def govuk_component(name: str, /, **params: Any) -> SafeString:
    """Draw a component by its Design System name.

    {% govuk "button" text="Save" %}
    {% govuk "details" summary_text="Why?" text=reason %}
    {% govuk "inset-text" text=note attributes__id="note" %}
    A double underline goes one level down; snake_case becomes the macro's camelCase.
    """
    nested: dict[str, Any] = {}
    for path, value in params.items():
        *parents, last = path.split("__")
        place = nested
        for parent in parents:
            place = place.setdefault(_camel(parent), {})
        place[_camel(last)] = value
    return component(name, nested)


@register.simple_tag
def error_summary(*drawables: Any) -> SafeString:
    """One summary of all errors, to stand above the heading: {% error_summary form children %}."""
    return renderer.error_summary(*(drawable for drawable in drawables if drawable))


@register.simple_tag
def fields(form: Any) -> SafeString:
    """A form's or a formset's boxes without the summary: {% fields form %}."""
    draw = renderer.formset_fields if hasattr(form, "management_form") else renderer.fields
    return draw(form)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
