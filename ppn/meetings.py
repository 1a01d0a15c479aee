"""A strategy meeting asked for from a notice: who it is about and why is filled in from it."""

from __future__ import annotations

from collections.abc import Iterable

from access.roles import Can
from documents.holders import HOLDERS
from encompass.showing import settled
from govuk.fields import YesNoNotKnown as Answer
from ppn.models import Concern, Ppn, StrategyDecision, Subject, Trigger
from ppn.workflow.filing import IN_THE_WAY
from strategy.about import SUBJECTS, Prefill
from strategy.models import StrategyMeeting
from strategy.workflow import About, Child


def from_notice(ppn: Ppn) -> Prefill:
    children = Subject.objects.filter(ppn=ppn, part=Subject.Part.CHILD).select_related("person").order_by("name")
    concern = Concern.objects.filter(ppn=ppn).first()
    triggers = Trigger.objects.filter(ppn=ppn).order_by("raised_at", "code", "pk")
    return Prefill(
        about=About(Ppn._meta.label_lower, ppn.pk, ppn.reference, ppn.case),
        why="; ".join(f"{trigger.code}: {trigger.why}" for trigger in triggers),
        children=[Child(child.name, child.person) for child in children],
        risk_is_immediate=concern.needs_protection_now if concern else Answer.NOT_KNOWN.value,
    )


def _meeting_was_asked_for(ppn: Ppn) -> Iterable[str]:
    """A decision to meet is no meeting: somebody has to ask for it."""
    decided = StrategyDecision.REQUESTED in (ppn.strategy_decision, *_decisions(ppn))
    if decided and not StrategyMeeting.objects.filter(about=ppn.pk).exists():
        yield "A strategy meeting was decided on and nobody has asked the authority for it"


def _decisions(ppn: Ppn) -> list[str]:
    return list(Trigger.objects.filter(ppn=ppn).figures().values_list("decision", flat=True))


SUBJECTS.register(Ppn, from_notice)
HOLDERS.register(Ppn, may_see=Can.SEE_PPNS)
IN_THE_WAY += [_meeting_was_asked_for, settled]
