"""Writes down what the code says: every life, verb and deadline, on one page (docs/workflows.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from access.roles import Role, does
from sla.policy import DEADLINES, Deadline
from workflow.transitions import TRANSITIONS, Transition

HEADING = """# Workflows

Written by `make docs` from the code; do not edit. A test fails when it is out of date.

A length marked "default" has no outside authority found for it: a force decides it, by a dated setting with a reason.
"""


def page() -> str:
    """The whole page, in Markdown."""
    models = dict.fromkeys(transition.name.split(".")[0] for transition in TRANSITIONS.values())
    sections = ["\n".join(_app(label)) for label in models]
    return "\n".join([HEADING, *sections])


def _app(label: str) -> Iterator[str]:
    yield f"## {apps.get_app_config(label).verbose_name}\n"
    yield "| what is done | from | to | who may |"
    yield "|---|---|---|---|"
    for transition in TRANSITIONS.values():
        if transition.name.startswith(f"{label}."):
            yield _verb(transition)
    yield ""
    for deadline in DEADLINES.values():
        if deadline.model._meta.app_label == label:
            yield from _deadline(deadline)


def _verb(transition: Transition[Any, Any]) -> str:
    doc = " ".join((transition.__doc__ or "").split())
    source = ", ".join(transition.source) or "(new)"
    target = ", ".join(transition.states_after()) or "(stays)"
    who = ", ".join(str(role.label) for role in Role if does(role, transition.may))
    return f"| **{transition.verb}**: {doc} | {source} | {target} | {who} |"


def _deadline(deadline: Deadline) -> Iterator[str]:
    yield f"### {deadline.code} {deadline.promise}\n"
    for each in deadline.all_lengths():
        mark = " (default)" if each.is_our_default else ""
        yield f"- {each.name}: **{each.in_words(each.default)}**, {each.basis.value}{mark}. {each.source}."
    yield f"- Starts: {_starts(deadline)}. Stops: {_names(deadline.stops)}."
    if deadline.restarts:
        yield f"- Falls due again after: {_names(deadline.restarts)}."
    if deadline.pulled_in_by:
        yield f"- Brought nearer by: {_names(deadline.pulled_in_by)}."
    yield f"- Tells: {'; '.join(_levels(deadline))}."
    yield ""


def _starts(deadline: Deadline) -> str:
    late = "missed" if deadline.late_by == 1 else f"late by {deadline.late_by - 1:.0%}"
    missed = [f"{before.code} {late}" for before in deadline.after]
    return ", ".join([*([_names(deadline.starts)] if deadline.starts else []), *missed])


def _names(verbs: Any) -> str:
    return ", ".join(getattr(verb, "transition", verb).name for verb in verbs)


def _levels(deadline: Deadline) -> Iterator[str]:
    for when, role, if_no_child in deadline.ladder.described():
        other = f" ({if_no_child.label} where no child is concerned)" if if_no_child else ""
        yield f"{'at ' if when[0].isdigit() else ''}{when}, {role.label}{other}"
