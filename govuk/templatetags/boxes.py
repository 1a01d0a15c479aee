"""{% load boxes %}: single boxes of a form, by name, for pages that set them out themselves."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def split(names: str) -> list[str]:
    """{% for name in "location caller"|split %}."""
    return names.split()


@register.filter
def field(form: Any, name: str) -> SafeString:
    """{{ form|field:name }}: one box with its label, hint and error."""
    drawn: SafeString = form[name].as_field_group()
    return drawn
