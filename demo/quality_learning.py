"""What was to change because of what was found: one action is overdue, one waits to be tested again, one did not hold;
and what everybody is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from demo.chronicle import Event, when
from demo.online_case import as_it_is
from demo.quality_samples import theme
from demo.scene import Scene
from quality.models import LearningAction, Publication, Retest
from quality.workflow import learning, publishing
from quality.workflow.publishing import Written

NEWS = "Who else is at home?"
TOLD = (
    "In calls about arguments and noise nobody asked who else is in the house. Where somebody did ask, a child was "
    "there in three calls of ten.\n\nAsk who is there, how old they are, and who is with them now. “Not known” is an "
    "answer; an empty line is none."
)
REPORT = "Second looks at notices: what they show"
NOT_CHECKED_YET = (
    "Where what two agencies knew was not read side by side, nobody saw that a strategy meeting was needed. Half as "
    "many notices were drawn as were meant to be, because so many wait."
)


def events(scene: Scene) -> Iterator[Event]:
    yield from _overdue(scene)
    yield from _to_be_tested_again(scene)
    yield from _did_not_hold(scene)
    yield from _published(scene)
    yield when(scene.ago(days=1.2), _written, scene, Publication(), "thematic", REPORT, NOT_CHECKED_YET)


def _given(scene: Scene, action: LearningAction, days: float, of: str, owner: str, what: str) -> Event:
    def give() -> None:
        who = scene.people[owner]
        learning.open_action(action, by=scene.people["quinn"], theme=theme(of), what=what, owner=who)

    return Event(scene.ago(days=days), give)


def _done(scene: Scene, action: LearningAction, days: float, evidence: str) -> Event:
    def done() -> None:
        fresh = as_it_is(action)
        learning.action_done(fresh, by=fresh.owner, evidence=evidence)

    return Event(scene.ago(days=days), done)


def _overdue(scene: Scene) -> Iterator[Event]:
    what = "Each notice says in the child's own words what the child fears and what they want to happen"
    yield _given(scene, LearningAction(), 40, "Voice of the child", "rosa", what)


def _to_be_tested_again(scene: Scene) -> Iterator[Event]:
    action = LearningAction()
    what = "The triage hub looks for earlier calls from the same address before it grades again"
    yield _given(scene, action, 52, "Repeat not recognised", "tess", what)
    yield _done(scene, action, 30, "Shown at four handovers; it stands on the board beside the screens")


def _did_not_hold(scene: Scene) -> Iterator[Event]:
    """What follows is another person's, and wider."""
    action, retest = LearningAction(), Retest()
    what = "Whoever waits is told how long, and what to do until somebody comes"
    yield _given(scene, action, 60, "Caller not told of a delay", "connie", what)
    yield _done(scene, action, 45, "Briefed on three shifts, and listened to ten calls")

    def draw() -> None:
        learning.draw_retest(retest, by=scene.people["reva"], action=as_it_is(action))

    def judge() -> None:
        follows = learning.Next(
            "A prompt on the screen when a unit will be late, with words to say", scene.people["carl"]
        )
        said: dict[str, Any] = {"looked_at": 10, "found": 4, "held": False, "follows": follows}
        result = "In four of ten nobody was told; all four were calls at night"
        learning.judge_retest(as_it_is(retest), by=scene.people["reva"], result=result, **said)

    yield Event(scene.ago(days=6.5), draw)
    yield Event(scene.ago(days=4.5), judge)


def _published(scene: Scene) -> Iterator[Event]:
    news, quinn = Publication(), scene.people["quinn"]
    yield when(scene.ago(days=8), _written, scene, news, "newsletter", NEWS, TOLD)
    yield Event(scene.ago(days=7.2), lambda: publishing.check_publication(as_it_is(news), by=quinn))
    yield Event(scene.ago(days=3.3), lambda: publishing.publish(as_it_is(news), by=quinn))


def _written(scene: Scene, publication: Publication, kind: str, title: str, text: str) -> None:
    ends_on = scene.today - timedelta(days=9)
    written = Written(title, ends_on - timedelta(days=60), ends_on, text)
    publishing.write_publication(publication, by=scene.people["reva"], kind=kind, written=written)
