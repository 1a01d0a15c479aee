"""An evidence pack of last month: asked for, drawn, put together, checked, and released to the inspector."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from demo.chronicle import Event
from demo.scene import Scene
from insight.codes import CaseOf, ChildRule, Power
from insight.evidence_build import build_waiting
from insight.evidence_kinds import Rule
from insight.models import EvidenceDraw, EvidencePack
from insight.workflow import evidence, evidence_cases, evidence_out
from workflow.transitions import NotNow

DAYS = 14
"""Of the period, before the pack was asked for."""
DRAWN = 3
LISTED = 5
NEEDED_IN = timedelta(days=5)


def events(scene: Scene) -> Iterator[Event]:
    """Asked for yesterday; released this hour, so that the inspector has something to read."""
    yield Event(scene.ago(hours=26), lambda: _asked(scene))
    yield Event(scene.ago(hours=25), _together)
    yield Event(scene.ago(hours=3), lambda: _checked(scene))
    yield Event(scene.ago(minutes=30), lambda: _released(scene))


def _asked(scene: Scene) -> None:
    greta, moment = scene.people["greta"], scene.ago(hours=26)
    asked = evidence.Asked(
        requested_by="Harriet Inspector-Example, an inspectorate of police",
        power=Power.POLICE_ACT.value,
        purpose="To see how soon a child was seen after the first call, and who was told where it took too long",
        begins_on=(moment - timedelta(days=DAYS)).date(),
        ends_on=moment.date(),
        needed_by=(scene.now + NEEDED_IN).date(),
        sample_size=LISTED,
    )
    pack = evidence.ask_for_evidence(EvidencePack(), by=greta, asked=asked)
    for of, child in ((CaseOf.INCIDENT, ChildRule.CHILD), (CaseOf.NOTICE, ChildRule.CHILD)):
        try:
            rule = Rule(of.value, child=child.value)
            evidence_cases.draw_evidence(EvidenceDraw(), by=greta, pack=pack, rule=rule, size=DRAWN)
        except NotNow:
            continue  # a small town has none in these days
    evidence.put_evidence_together(EvidencePack.objects.get(pk=pack.pk), by=greta)


def _together() -> None:
    build_waiting()


def _checked(scene: Scene) -> None:
    for pack in EvidencePack.objects.filter(state=EvidencePack.State.PREPARED):
        evidence.check_evidence(pack, by=scene.people["anya"], words_read=False)


def _released(scene: Scene) -> None:
    for pack in EvidencePack.objects.filter(state=EvidencePack.State.CHECKED):
        evidence_out.release_evidence(pack, by=scene.people["sue"], readers=[scene.people["hettie"]])
