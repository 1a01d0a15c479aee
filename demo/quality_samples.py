"""Work that was drawn for a second look: most of it waits, of one call taker nobody has looked at anything for two
months, and of notices half as many were drawn because so many wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from access.actor import acting
from demo.chronicle import Event, when
from demo.online_case import DEMO, as_it_is
from demo.scene import Scene
from quality.codes import Kind
from quality.kinds import KINDS
from quality.models import Feedback, Review, Theme
from quality.sampling_found import Days
from quality.workflow.feedback import acknowledge_feedback, send_feedback
from quality.workflow.monthly import ensure_sample
from quality.workflow.reviews import Marked, finish_review, look_again_blind
from quality.workflow.samples import draw
from quality.workflow.standing import going_on

OVERLOOKED = "calltaker4"
CALL_TAKERS = ["callie", "calltaker1", "calltaker2", "calltaker3", OVERLOOKED]
CO_ORDINATORS = ["cora", "cole"]
BEGAN = 66
"""Days ago: since then her work or his is to be drawn from, and reviewed within two months."""
BEFORE, UNTIL = 6, 2
"""Days ago on which the two periods end that samples are drawn from: the demo tells of no whole month."""


@dataclass(frozen=True)
class Found:
    """What a reviewer found: the criterion that was missed and why, the theme, and the words of the feedback."""

    missed: str
    why: str
    theme: str
    strengths: str
    to_improve: str


NOBODY_ASKED = Found(
    "child_asked",
    "The caller spoke of toys on the stairs, and nobody asked whose they are.",
    "Child not asked about",
    "Calm, and clear about when somebody comes. The address was checked at once.",
    "Ask who else is in the house, and how old they are, before the call ends.",
)
NOT_ASKED_AGAIN = Found(
    "child_asked",
    "Whether a child lives there stands as not known; it could have been asked.",
    "Child not asked about",
    "The caller was told of the delay, and what to do until somebody comes.",
    "Where a caller does not know, ask how they would know: voices, a pram, a school bag.",
)
NO_MEETING = Found(
    "strategy",
    "What two agencies knew together met the test of a strategy meeting.",
    "Strategy meeting not recognised",
    "Every system was looked in, and each child is written of by what they said.",
    "Read what school and health visitor had written side by side, before you decide.",
)


def theme(name: str) -> Theme:
    with acting(DEMO):
        found: Theme = Theme.objects.get(name=name)
        return found


def events(scene: Scene) -> Iterator[Event]:
    """Everything that was drawn, and what little of it was reviewed."""
    people, calls = scene.people, KINDS[Kind.CALL_REVIEW]
    yield when(scene.ago(days=BEGAN), going_on, calls, people[OVERLOOKED], scene.ago(days=BEGAN))
    yield when(scene.ago(days=7), _across_the_force, scene)
    yield when(scene.ago(days=5.9), _drawn, scene, Kind.CALL_REVIEW, CALL_TAKERS, _days(scene, 24, BEFORE))
    yield when(scene.ago(days=5.5), _reviewed, scene, "callie", NOBODY_ASKED)
    yield when(scene.ago(days=5.4), _sent, scene, "callie")
    yield when(scene.ago(days=4), _acknowledged, scene, "callie")
    yield when(scene.ago(days=3), _reviewed, scene, "callie", NOT_ASKED_AGAIN)
    yield when(scene.ago(days=2.9), _sent, scene, "callie")
    yield when(scene.ago(days=1.9), _drawn, scene, Kind.CALL_REVIEW, CALL_TAKERS, _days(scene, BEFORE, UNTIL))
    yield when(scene.ago(days=1.8), _drawn, scene, Kind.DIP_SAMPLE, CO_ORDINATORS, _days(scene, 24, UNTIL))
    yield when(scene.ago(days=1.5), _looked_at_blind, scene, "cora")


def _days(scene: Scene, first: int, after: int) -> Days:
    """From so many days ago until so many days ago."""
    return Days(scene.today - timedelta(days=first), scene.today - timedelta(days=after))


def _drawn(scene: Scene, kind: Kind, whose: Sequence[str], days: Days) -> None:
    for username in whose:
        ensure_sample(KINDS[kind], scene.people[username], days)


def _across_the_force(scene: Scene) -> None:
    """A thematic sample, as every two months."""
    draw(Kind.THEMATIC.value, by=scene.people["quinn"], theme=theme("Voice of the child"))


def _open_review(scene: Scene, username: str, kind: Kind) -> Review | None:
    """The first that is still to be reviewed, of this person's work."""
    with acting(DEMO):
        rows = Review.objects.filter(author=scene.people[username], sample__kind=kind, state=Review.State.TO_REVIEW)
        found: Review | None = (
            rows.exclude(reviewer=None).select_related("sample", "reviewer").order_by("reference").first()
        )
        return found


def _reviewed(scene: Scene, username: str, found: Found) -> None:
    """Where none of it was drawn, in a very small force, there is nothing to review."""
    review = _open_review(scene, username, Kind.CALL_REVIEW)
    if review is not None:
        _finished(review, found)


def _finished(review: Review, found: Found) -> None:
    criteria = KINDS[Kind(review.sample.kind)].criteria
    marks = {name: Marked(1, found.why) if name == found.missed else Marked(2 + len(name) % 2) for name in criteria}
    finish_review(
        review,
        by=review.reviewer,
        marks=marks,
        grade="requires_improvement",
        strengths=found.strengths,
        to_improve=found.to_improve,
        themes=[theme(found.theme)],
    )


def _looked_at_blind(scene: Scene, username: str) -> None:
    """Looked at a second time, and decided otherwise; the feedback is written and not sent yet."""
    review = _open_review(scene, username, Kind.DIP_SAMPLE)
    if review is not None:
        answers: dict[str, Any] = {
            "grade": "red",
            "recipients": ["social_care", "health"],
            "strategy": "yes",
            "timely": "no",
        }
        look_again_blind(review, by=review.reviewer, **answers)
        _finished(as_it_is(review), NO_MEETING)


def _feedback(scene: Scene, username: str, state: str) -> Feedback | None:
    with acting(DEMO):
        rows = Feedback.objects.filter(officer=scene.people[username], state=state)
        found: Feedback | None = rows.select_related("written_by", "review").order_by("written_at").first()
        return found


def _sent(scene: Scene, username: str) -> None:
    feedback = _feedback(scene, username, Feedback.State.WRITTEN)
    if feedback is not None:
        send_feedback(feedback, by=feedback.written_by, to_supervisor=True)


def _acknowledged(scene: Scene, username: str) -> None:
    feedback = _feedback(scene, username, Feedback.State.SENT)
    if feedback is not None:
        reply = "Thank you. I have put the question on a note beside my screen."
        acknowledge_feedback(feedback, by=scene.people[username], reply=reply)
