"""Parts of the agenda that are queues: notices, triggers, online cases, offenders, partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, SmallIntegerField, Value, When

from briefing.agenda import PARTS, Found, Part
from briefing.lengths import RELEASES_AHEAD
from govuk.fields import YesNoNotKnown as Answer
from offenders.models import Approval, Spell
from online.models import LinkedChild, OnlineCase
from online.research_wall import TO_ACT_ON
from partners.models import Delivery, Disagreement
from partners.silence import SILENT
from ppn.backlog import HIGH_RISK, WAITING
from ppn.models import Ppn, Subject, Trigger

NOT_KNOWN = Answer.NOT_KNOWN.value


def _children_in(notices: Iterable[Any]) -> Counter[Any]:
    """How many children each of these notices names."""
    named = Subject.objects.filter(part=Subject.Part.CHILD, ppn__in=[each.pk for each in notices]).figures()
    return Counter(named.values_list("ppn", flat=True))


def late_notices(at: datetime) -> Iterator[Found]:
    """The highest risk first, and of those whoever has waited longest."""
    first = Case(When(HIGH_RISK, then=Value(0)), default=Value(1), output_field=SmallIntegerField())
    rows = list(Ppn.objects.filter(WAITING, due_at__lt=at).annotate(high=first).order_by("high", "submitted_at", "pk"))
    children = _children_in(rows)
    for each in rows:
        number = children[each.pk] or (each.child != Answer.NO)
        yield Found(each, each.reference, "Past its review time", each.child, each.submitted_at, number, each.case_id)


def triggers(at: datetime) -> Iterator[Found]:
    waiting = Trigger.objects.exclude(state=Trigger.State.DECIDED).select_related("ppn").order_by("raised_at", "pk")
    rows = list(waiting)
    children, counted = _children_in(each.ppn for each in rows), set()
    for each in rows:
        ppn = each.ppn
        number = 0 if ppn.pk in counted else children[ppn.pk] or int(ppn.child != Answer.NO)
        counted.add(ppn.pk)
        yield Found(each, each.reference, each.why, ppn.child, each.raised_at, number, ppn.case_id)


def online_levels(at: datetime) -> Iterator[Found]:
    rows = list(OnlineCase.objects.filter(TO_ACT_ON, act_by__lt=at).order_by("act_by", "pk"))
    linked = LinkedChild.objects.exclude(state=LinkedChild.State.IN_ERROR).filter(online_case__in=rows).figures()
    children = Counter(linked.values_list("online_case", flat=True))
    for each in rows:
        number, why = children[each.pk], "The time to act has passed"
        yield Found(each, each.reference, why, "yes" if number else NOT_KNOWN, each.act_by, number, each.case_id)


def approvals(at: datetime) -> Iterator[Found]:
    rows = Approval.objects.filter(state=Approval.State.WAITING, due_at__lt=at).select_related("nominal")
    for each in rows.order_by("submitted_at", "pk"):
        why = f"{each.get_what_display()}, for a {each.get_role_display()}"
        yield Found(each, each.reference, why, NOT_KNOWN, each.submitted_at, 0, person=each.nominal.person_id)


def releases(at: datetime) -> Iterator[Found]:
    """What has passed first: the longest ago comes first by its day."""
    until = at + RELEASES_AHEAD.in_force(at)[0]
    rows = Spell.objects.filter(state=Spell.State.GOING_ON, release_due_at__lte=until).select_related("nominal")
    for each in rows.order_by("release_due_at", "pk"):
        passed = each.release_due_at and each.release_due_at < at
        why = "The day has passed, and nothing is recorded" if passed else "To come"
        yield Found(each, each.reference, why, NOT_KNOWN, each.release_due_at, 0, person=each.nominal.person_id)


def silence(at: datetime) -> Iterator[Found]:
    rows = Delivery.objects.filter(SILENT & Q(due_at__lt=at)).select_related("agency")
    for each in rows.order_by("sent_at", "pk"):
        yield Found(each, each.reference, str(each.agency), NOT_KNOWN, each.sent_at, 0, each.case_id)


def disagreements(at: datetime) -> Iterator[Found]:
    rows = Disagreement.objects.exclude(state=Disagreement.State.SETTLED).select_related("agency")
    for each in rows.order_by(F("due_at").asc(nulls_last=True), "pk"):
        why = f"{each.agency}. {each.get_state_display()}"
        yield Found(each, each.reference, why, NOT_KNOWN, each.raised_at, 0, each.case_id)


PARTS += [
    Part(
        "ppn",
        "Notices past their review time",
        "Public protection notices that wait for review, and their time has passed; the highest risk first",
        "The chair, for the queue: who reviews, and which first",
        late_notices,
        "ppn-backlog",
    ),
    Part(
        "triggers",
        "Strategy triggers nobody has decided on",
        "Something in a notice may need a strategy meeting, and no sergeant has decided",
        "The chair, for the queue: which sergeant decides, and by when",
        triggers,
        "ppn-triggers",
    ),
    Part(
        "online",
        "Online cases past the time to act on their level",
        "Their KIRAT level says by when to act, that has passed, and nothing was carried out",
        "The chair, for the queue: which are acted on, and with whom",
        online_levels,
        "online-board",
    ),
    Part(
        "approvals",
        "Late approvals of offender management",
        "A visit, assessment or plan waits for a supervisor, and the time has passed",
        "The chair, for the queue: who approves in the place of whoever is away",
        approvals,
        "offenders-approvals",
    ),
    Part(
        "releases",
        "Releases of offenders that passed or come",
        "The day of release or return has passed and nobody has recorded what happened, or it is near",
        "The chair, for the queue: who finds out where they are, and who is ready for those to come",
        releases,
        "offenders-releases",
    ),
    Part(
        "silence",
        "Partners that have not answered in time",
        "Something was sent, the time to answer has passed, and it did not arrive or was not answered",
        "The chair, for the queue: who telephones whom",
        silence,
        "partner-silence",
    ),
    Part(
        "disagreements",
        "Disagreements with partners",
        "We and an agency disagree about a child, and it is not settled",
        "The chair, for the queue: who talks to whom next",
        disagreements,
        "disagreements",
    ),
]
