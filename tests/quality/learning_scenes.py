"""Themes that were found, what is to change because of them, and new samples, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from access.actor import System, acting, signed
from accounts.models import User
from quality.codes import Source
from quality.models import LearningAction, Retest, Theme
from quality.workflow import learning
from quality.workflow.themes import note_themes
from tests.stories import submitted

TEST = System("test")


@dataclass
class Found:
    """Something that was looked at, as a theme's note knows it."""

    pk: UUID = field(default_factory=uuid4)


def theme_of(name: str = "Voice of the child") -> Theme:
    with acting(TEST):
        theme: Theme = Theme.objects.get(name=name)
        return theme


def found(by: User, times: int = 1, *, source: Source = Source.CALL_REVIEW, name: str = "Voice of the child") -> Theme:
    """A theme is found so many times, each in another record."""
    for number in range(times):
        with signed(by):
            note_themes([theme_of(name)], by=by, source=source, record=Found(), reference=f"QA-{number:06}")
    return theme_of(name)


def given(by: User, owner: User, **more: Any) -> LearningAction:
    facts = {"theme": theme_of(), "what": "Call takers ask who else is at home", "owner": owner, **more}
    return learning.open_action(LearningAction(), by=by, **facts)


def done(by: User, owner: User, **more: Any) -> LearningAction:
    return learning.action_done(given(by, owner, **more), by=owner, evidence="Briefed on three shifts")


def a_notice_to_draw() -> None:
    """Work of an officer, from which a new sample can be drawn."""
    submitted(User.objects.get(username="olly"))


def drawn(by: User, action: LearningAction) -> Retest:
    """A new sample, of what was written meanwhile."""
    a_notice_to_draw()
    return learning.draw_retest(Retest(), by=by, action=action)


def judged(by: User, retest: Retest, *, held: bool = True, **more: Any) -> Retest:
    facts = {
        "looked_at": 10,
        "found": 0 if held else 4,
        "held": held,
        "result": "Asked in each call" if held else "Not asked in four calls",
        "follows": learning.Next(),
        **more,
    }
    return learning.judge_retest(retest, by=by, **facts)


def as_it_is(record: Any) -> Any:
    with acting(TEST):
        return type(record).objects.get(pk=record.pk)


def of_each(people: dict[str, User]) -> dict[str, Any]:
    """One record of each kind of this part, by the prefix of its addresses."""
    quinn, reva, connie = people["quinn"], people["reva"], people["connie"]
    theme = found(reva, 2)
    retest = drawn(reva, done(quinn, connie))
    return {"theme": theme, "learningaction": given(quinn, connie), "retest": retest}
