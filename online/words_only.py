"""Words only. No image of a child is ever stored here, neither as a file nor as text that is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.db import models

from documents.words_only import NO_IMAGE
from workflow.transitions import TRANSITIONS, NotNow

_DATA = re.compile(r"data:\s*[\w.+-]+/[\w.+-]+[^,\s]{0,80};\s*base64\s*,", re.IGNORECASE)
_ONE_RUN = re.compile(r"[A-Za-z0-9+/_=-]{2048,}")
_IN_LINES = re.compile(r"(?:[A-Za-z0-9+/_-]{56,}[ \t]*[\r\n]+[ \t]*){20,}")
"""As mail programs break it: lines of seventy-odd characters without a space. No report reads like that."""


def is_a_file(text: str) -> bool:
    """Whether a text is, or holds, a file written as text."""
    return bool(_DATA.search(text) or _ONE_RUN.search(text) or _IN_LINES.search(text))


def only_words(*said: Any) -> None:
    """Refuse a file written as text, in any of these texts, lists or groups of facts."""
    for each in said:
        if isinstance(each, str):
            if is_a_file(each):
                raise NotNow(NO_IMAGE)
        elif isinstance(each, list | tuple):
            only_words(*each)
        elif isinstance(each, Mapping):
            only_words(*each.values())
        elif hasattr(each, "__dataclass_fields__"):
            only_words(*vars(each).values())


def _on_the_record(record: models.Model) -> None:
    texts = [each for each in record._meta.concrete_fields if isinstance(each, models.CharField | models.TextField)]
    only_words(*(getattr(record, each.attname) or "" for each in texts))


def guard_every_verb() -> None:
    """Whatever a verb of this app is about to save holds words only: no verb can forget it, in whichever module."""
    from online import workflow  # its modules use this one

    for module in iter_modules(workflow.__path__):
        import_module(f"{workflow.__name__}.{module.name}")
    for name, verb in TRANSITIONS.items():
        if name.startswith("online.") and _on_the_record not in verb.watchers:
            verb.watchers.append(_on_the_record)
