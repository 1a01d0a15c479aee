"""Turn a Django form field into the parameters of its Design System macro."""

from collections.abc import Iterable
from functools import singledispatch
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from govuk.fields import YesNoNotKnownField
from govuk.jinja import component
from govuk.widgets import MomentInput, PartsInput

Params = dict[str, Any]
Macro = tuple[str, Params]
# Few and short choices stand side by side; a long list reads better downwards.
INLINE_CHOICES, INLINE_LETTERS = 3, 12
DJANGO_ROWS = "10"


def draw(field: BoundField) -> SafeString:
    """A whole form group: label, hint, error, input."""
    name, own = describe(field.field.widget, field)
    return component(name, {**_common(field), **own}) if name else own["html"]


@singledispatch
def describe(widget: forms.Widget, field: BoundField) -> Macro:
    """Name the macro for a widget and what it needs beyond the label, hint and error."""
    # A widget of somebody else's: its own HTML between our label and error.
    body = format_html(
        '<div class="govuk-form-group{}">{}{}{}{}</div>',
        " govuk-form-group--error" if field.errors else "",
        component("label", {"text": _label(field), "for": field.id_for_label, "classes": "govuk-label--s"}),
        component("hint", {"text": field.help_text}) if field.help_text else "",
        component("error-message", _errors(field)) if field.errors else "",
        field.as_widget(),
    )
    return "", {"html": body}


@describe.register
def _input(widget: Input, field: BoundField) -> Macro:
    kind = widget.input_type or "text"
    value = widget.get_context(field.html_name, field.value(), {})["widget"]["value"]
    params = {**_labelled(field), "type": kind, "value": "" if value is None else value}
    if kind == "password":
        return "password-input", params
    if kind == "number":
        # A text box with a number pad: a spinner changes a figure when somebody scrolls the page.
        whole = isinstance(field.field, forms.IntegerField) and not isinstance(field.field, forms.FloatField)
        params |= {"type": "text", "inputmode": "numeric" if whole else "decimal", "classes": _width(widget, 5)}
    return "input", params


@describe.register
def _time(widget: forms.TimeInput, field: BoundField) -> Macro:
    shown = field.value()
    value = shown if isinstance(shown, str) else widget.format_value(shown) or ""
    return "input", {**_labelled(field), "value": value, "classes": _width(widget, 5)}


@describe.register
def _textarea(widget: forms.Textarea, field: BoundField) -> Macro:
    value = widget.format_value(field.value()) or ""
    # HTML drops one new line after the tag: give it one to drop.
    params = {**_labelled(field), "value": "\n" + value if value.startswith("\n") else value}
    params["rows"] = _rows(widget)
    limit = getattr(field.field, "max_length", None)
    return ("character-count", {**params, "maxlength": limit, "threshold": 75}) if limit else ("textarea", params)


@describe.register
def _file(widget: forms.FileInput, field: BoundField) -> Macro:
    several = getattr(widget, "allow_multiple_selected", False)
    return "file-upload", {**_labelled(field), "multiple": several, "javascript": True}


@describe.register
def _checkbox(widget: forms.CheckboxInput, field: BoundField) -> Macro:
    """One box stands alone: its label says it all, so there is no legend."""
    item = {"value": "on", "text": field.label, "checked": widget.check_test(field.value())}
    return "checkboxes", {"idPrefix": field.auto_id, "items": [item]}


@describe.register
def _select(widget: forms.Select, field: BoundField) -> Macro:
    params = {**_labelled(field), "items": _options(widget, field)}
    if widget.allow_multiple_selected:
        params["attributes"] = {**_attributes(widget), "multiple": "multiple"}
    return "select", params


@describe.register
def _radios(widget: forms.RadioSelect, field: BoundField) -> Macro:
    items = _options(widget, field)
    if field.field.required:  # a blank choice would be an answer that is none
        items = [item for item in items if item.get("value") != ""]
    inline = getattr(widget, "inline", None)
    side_by_side = _short(items) if inline is None else inline
    classes = _classes(widget) + (" govuk-radios--inline" if side_by_side else "")
    return "radios", {**_grouped(field), "items": items, "classes": classes.strip()}


@describe.register
def _checkboxes(widget: forms.CheckboxSelectMultiple, field: BoundField) -> Macro:
    return "checkboxes", {**_grouped(field), "items": _options(widget, field)}


@describe.register
def _parts(widget: PartsInput, field: BoundField) -> Macro:
    items = widget.items(field.html_name, field.value(), field.auto_id, wrong_parts(field))
    params = {**_grouped(field), "items": items}
    if isinstance(widget, MomentInput):
        params["classes"] = f"{_classes(widget)} app-moment".strip()
        if widget.offer_now:
            params["formGroup"] = {"afterInputs": {"html": _now_button()}}
    return "date-input", params


class Refusal(NamedTuple):
    """One thing wrong with a field, and the boxes of it that are meant."""

    text: str
    parts: tuple[str, ...]


def refusals(field: BoundField) -> list[Refusal]:
    """Everything wrong with a field, in words that still make sense away from it."""
    if not field.errors:  # an empty list of Django's own has no as_data to ask
        return []
    return [
        Refusal(_in_words(field, error, str(text)), tuple((error.params or {}).get("parts", ())))
        for error in field.errors.as_data()
        for text in error.messages
    ]


def wrong_parts(field: BoundField) -> frozenset[str]:
    """Which boxes of a date to mark: those the refusals name, or all of them."""
    found = refusals(field)
    named = {part for refusal in found for part in refusal.parts}
    return frozenset(named or {box.part for box in field.field.widget.boxes}) if found else frozenset()


def first_input(field: BoundField, parts: Iterable[str] = ()) -> str:
    """The id an error in the summary leads to: the first of the boxes meant."""
    widget = field.field.widget
    if not isinstance(widget, PartsInput):
        return field.auto_id
    meant = [box.part for box in widget.boxes if box.part in parts] or [widget.boxes[0].part]
    return f"{field.auto_id}_{meant[0]}"


def _in_words(field: BoundField, error: ValidationError, text: str) -> str:
    """Django's "This field is required." says nothing in a summary: name the question instead."""
    asked, about = field.label, error.params or {}
    if error.code == "required" and text == forms.Field.default_error_messages["required"]:
        return f"Answer needed: {asked}"
    if error.code == "required" and isinstance(field.field, YesNoNotKnownField):
        return f"{text}: {asked}"
    if error.code == "invalid_choice" and text.startswith("Select a valid choice"):
        return f"Choose one of the answers offered: {asked}"
    if error.code == "max_length" and text.startswith("Ensure this value"):
        return f"{asked}: write at most {about['limit_value']} characters. This has {about['show_value']}"
    return text


def _common(field: BoundField) -> Params:
    widget = field.field.widget
    params: Params = {"id": field.auto_id, "name": field.html_name, "attributes": _attributes(widget)}
    if classes := _classes(widget):
        params["classes"] = classes
    if field.help_text:
        params["hint"] = {"html": conditional_escape(field.help_text)}
    if field.errors:
        params["errorMessage"] = _errors(field)
    if field.field.disabled:
        params["disabled"] = True
    return params


def _errors(field: BoundField) -> Params:
    return {"html": format_html_join(mark_safe("<br>"), "{}", ((refusal.text,) for refusal in refusals(field)))}


def _labelled(field: BoundField) -> Params:
    return {"label": {"text": _label(field), "classes": "govuk-label--s"}}


def _grouped(field: BoundField) -> Params:
    legend = {"text": _label(field), "classes": "govuk-fieldset__legend--s"}
    return {"idPrefix": field.auto_id, "fieldset": {"legend": legend}}


def _label(field: BoundField) -> str:
    label = str(field.label)
    return label if field.field.required else format_html("{} (optional)", label)


def _classes(widget: forms.Widget) -> str:
    return str(widget.attrs.get("class", ""))


def _rows(widget: forms.Textarea) -> int:
    """Five lines, unless somebody asked for another number than Django's own ten."""
    asked = str(widget.attrs.get("rows", DJANGO_ROWS))
    return 5 if asked == DJANGO_ROWS else int(asked)


def _width(widget: forms.Widget, letters: int) -> str:
    return _classes(widget) or f"govuk-input--width-{letters}"


# maxlength would cut a pasted account in silence; the rest is drawn by the macro itself.
NOT_OURS = {"class", "id", "rows", "cols", "maxlength", "minlength", "required", "min", "max", "step"}


def _attributes(widget: forms.Widget) -> Params:
    kept = {key: value for key, value in widget.attrs.items() if key not in NOT_OURS}
    return {
        key: {"value": True, "optional": True} if value is True else value
        for key, value in kept.items()
        if value is not None and value is not False
    }


def _options(widget: forms.Select | forms.RadioSelect, field: BoundField) -> list[Params]:
    groups = widget.optgroups(field.html_name, widget.format_value(field.value()))
    return [_option(widget, group, option) for group, options, _ in groups for option in options]


def _option(widget: forms.Widget, group: str | None, option: Params) -> Params:
    value, label = str(option["value"]), option["label"]
    text = _blank(widget) if value == "" and label == "---------" else label
    item = {
        "value": value,
        "text": f"{group}: {text}" if group else text,
        # The macros take a false here for "not said" and fall back to comparing; both say unchecked.
        "checked": option["selected"],
        "selected": option["selected"],
        "disabled": bool(option["attrs"].get("disabled")),
    }
    hint = getattr(widget, "hints", {}).get(value)
    return {**item, "hint": {"text": hint}} if hint else item


def _blank(widget: forms.Widget) -> str:
    return "No answer" if isinstance(widget, forms.RadioSelect) else "Choose one"


def _short(items: Iterable[Params]) -> bool:
    shown = list(items)
    return len(shown) <= INLINE_CHOICES and all(
        len(str(item["text"])) <= INLINE_LETTERS and "hint" not in item for item in shown
    )


def _now_button() -> SafeString:
    """Shown by our script only: it counts on from the time the server put on the page."""
    return component(
        "button",
        {
            "text": "Now",
            "type": "button",
            "classes": "govuk-button--secondary app-moment__now",
            "attributes": {"data-fill-now": "", "hidden": {"value": True, "optional": True}},
        },
    )
