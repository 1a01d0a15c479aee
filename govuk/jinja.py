"""The Design System's macros, compiled once and called from Python."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

UNESCAPED = "attributes must be a mapping: a string would reach the page unescaped"


@cache
def environment() -> Environment:
    """One environment for the process: building it costs a hundred times more than a field does."""
    package = PackageLoader("govuk_frontend_jinja")
    return Environment(
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=PrefixLoader({"govuk_frontend_jinja": package}),
    )


@cache
def _macro(name: str) -> Callable[[Mapping[str, Any]], str]:
    template = environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    called = "govuk" + "".join(word.capitalize() for word in name.split("-"))
    return cast("Callable[[Mapping[str, Any]], str]", getattr(template.module, called))


def component(name: str, params: Mapping[str, Any]) -> SafeString:
    """Draw one component: component("button", {"text": "Save"})."""
    # Everything inside was escaped by the macro (autoescape) or by _escaped.
    return mark_safe(str(_macro(name)(_escaped(params))))  # noqa: S308


def _escaped(params: Mapping[str, Any], *, raw: bool = False) -> dict[str, Any]:
    """The macros trust every "html" they are given; we escape what Django has not called safe."""
    return {key: _escape(key, value, raw=raw) for key, value in params.items()}


def _escape(key: str, value: Any, *, raw: bool) -> Any:
    if isinstance(value, Mapping):
        return _escaped(value, raw=key == "slots")
    if isinstance(value, list | tuple):
        return [_escape(key, item, raw=raw) for item in value]
    if key == "attributes" and isinstance(value, str) and not isinstance(value, SafeString):
        raise TypeError(UNESCAPED)
    if raw or key == "html" or key.endswith("Html"):
        return conditional_escape(value) if value else value
    return value
