"""{% load tags %}: what a person must see at a glance, in words as well as in colour."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# How strongly a grade is coloured. A grade not listed here is shown plainly, never hidden.
GRADE_STRENGTH = {
    "red": "high",
    "amber": "medium",
    "green": "low",
    "very high": "very-high",
    "high": "high",
    "medium": "medium",
    "standard": "low",
    "low": "low",
    "immediate": "very-high",
    "priority": "high",
    "scheduled": "medium",
    "g1": "very-high",
    "g2": "high",
    "g3": "medium",
    "g4": "low",
}
NOT_GRADED = "Not graded"

CHILD_WORDS = {"yes": "Child", "no": "No child", "not known": "Not known if a child"}

STATE_KINDS = frozenset({"new", "working", "waiting", "done", "stopped"})


@register.simple_tag
def grade_tag(grade: object, label: str = "") -> SafeString:
    """{% grade_tag ppn.grade %} or {% grade_tag incident.grade incident.get_grade_display %}.

    No grade says "Not graded" and looks as serious as a high one: nobody has said that it is low.
    """
    key = _key(grade)
    said = label or _words(key) or NOT_GRADED
    strength = GRADE_STRENGTH.get(key, "plain") if key else "none"
    return format_html('<strong class="app-tag app-grade app-grade--{}">{}</strong>', strength, said)


@register.simple_tag
def child_tag(child: object) -> SafeString:
    """{% child_tag incident.child_at_scene %}: yes, no or not known. Anything else is not known."""
    key = _key(child)
    said = CHILD_WORDS.get(key, CHILD_WORDS["not known"])
    quiet = "no" if key == "no" else "child"
    return format_html('<strong class="app-tag app-child app-child--{}">{}</strong>', quiet, said)


@register.simple_tag
def state_tag(state: object, kind: str = "") -> SafeString:
    """{% state_tag ppn.get_state_display "working" %}: new, working, waiting, done or stopped."""
    shown = kind if kind in STATE_KINDS else "working"
    return format_html('<strong class="app-tag app-state app-state--{}">{}</strong>', shown, _words(str(state)))


def _key(value: object) -> str:
    """The stored value in plain words: "NOT_KNOWN" and "not-known" are "not known"."""
    if value is True or value is False:
        return "yes" if value else "no"
    return "" if value is None else str(value).strip().lower().replace("_", " ").replace("-", " ")


def _words(text: str) -> str:
    return text[:1].upper() + text[1:].replace("_", " ")
