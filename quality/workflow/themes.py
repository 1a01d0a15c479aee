"""Themes: what is found again and again, joined across every way of looking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from quality.codes import Source
from quality.learning_counts import found_twice
from quality.models import LearningAction, Theme, ThemeNote
from workflow.transitions import NotNow, must_say, transition

State = Theme.State
JOINS = System("themes of all sources")


@transition(target=State.IN_USE.value, may=Can.LEAD_QUALITY)
def add_theme(theme: Theme, *, by: User, name: str, means: str) -> None:
    """The quality lead names something to learn about. Raises NotNow where the name is taken, in whatever case."""
    must_say(name, "what the theme is called")
    must_say(means, "what belongs under it")
    if Theme.objects.filter(name__iexact=name.strip()).exists():
        raise NotNow(f"There is a theme called “{name.strip()}” already.")
    theme.name, theme.means, theme.added_at = name.strip(), means.strip(), now()


@transition(source=State.IN_USE.value, target=State.RETIRED.value, may=Can.LEAD_QUALITY)
def retire_theme(theme: Theme, *, by: User, because: str) -> None:
    """Nobody chooses it any more. What was counted under it stays."""
    must_say(because, "why it is no longer used")
    theme.retired_because = because.strip()


@transition(source=State.RETIRED.value, target=State.IN_USE.value, may=Can.LEAD_QUALITY)
def use_theme_again(theme: Theme, *, by: User) -> None:
    """It is found again."""
    theme.retired_because = ""


@transition(source=State.IN_USE.value, may=Can.LEAD_QUALITY)
def theme_found_again(theme: Theme, *, by: System, since: datetime) -> None:
    """It was found twice, and nobody is at work on it."""
    theme.found_twice_at = since


def watch_theme(theme: Theme, *, ended: LearningAction | None = None) -> None:
    """Called when something was found, or an action has ended: found twice with nothing done, a clock runs."""
    with acting(JOINS, apart=True):
        since = found_twice(now(), theme, ended=ended).get(theme.pk)
        if since:
            theme_found_again(theme, by=JOINS, since=since)


@transaction.atomic
def note_themes(
    themes: Iterable[Theme], *, by: User | None, source: Source, record: Any, reference: str, said: str = ""
) -> list[ThemeNote]:
    """Called inside a transition: these themes were found in this record. Each counts once for a record.

    `record`: the model instance it was found in. `by`: None = somebody of a partner agency. Raises NotNow for a theme
    that is no longer used.
    """
    chosen = list(themes)
    if retired := [theme.name for theme in chosen if theme.state != State.IN_USE]:
        raise NotNow(f"No longer used: {', '.join(retired)}.")
    with acting(JOINS, apart=True):
        have = {note.theme_id for note in ThemeNote.objects.filter(record=record.pk)}
        notes = [
            ThemeNote.objects.create(
                theme=theme,
                source=source,
                record=record.pk,
                reference=reference,
                found_at=now(),
                found_by=by,
                said=said.strip(),
            )
            for theme in chosen
            if theme.pk not in have
        ]
    for note in notes:
        watch_theme(note.theme)
    return notes
