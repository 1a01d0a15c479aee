"""What others do moves the gate: a notice is submitted, a strategy discussion is held, social care answers, the level
rises, a case becomes part of another. Each is heard in the transaction in which it happens."""

from __future__ import annotations

from django.db.models import Q

from access.actor import System, acting
from online.codes import CareOutcome, Kirat
from online.models import (
    CHILD_OPEN,
    CaseTransfer,
    ChildrenCheck,
    GateOverride,
    KiratAssessment,
    LinkedChild,
    OnlineCase,
)
from online.workflow import kirat
from online.workflow.case_transfers import case_accepted
from online.workflow.cases import FOLLOWS, PARTS
from online.workflow.checks import check_sooner
from online.workflow.children import (
    LINKED,
    WITH_NOTICE,
    CareSaid,
    care_decided,
    care_decided_otherwise,
    case_not_live,
    child_discussed,
    child_noticed,
    child_sooner,
    covered_by_discussion,
    no_child,
)
from online.workflow.closing import close_case
from online.workflow.enforcing import owed_discussion_held
from partners.models import Agency, Outcome, Reply
from partners.replies import HANDLERS
from ppn import workflow as ppn
from ppn.models import Ppn, Subject
from strategy import workflow as strategy
from strategy.models import MeetingChild, StrategyMeeting

State = LinkedChild.State
PARTNER = System("social care's answer on a child whom an online case concerns")
DECIDED = {
    Outcome.NO_FURTHER_ACTION: CareOutcome.NFA,
    Outcome.EARLY_HELP: CareOutcome.EARLY_HELP,
    Outcome.IN_NEED: CareOutcome.ASSESSMENT,
    Outcome.SECTION_47: CareOutcome.S47,
    Outcome.SECTION_47_JOINT: CareOutcome.S47,
}
"""What an agency answers -> what is kept of it here. Every other answer is kept as something else, with its words."""


def _is_among(child: LinkedChild, people: set[object], names: set[str]) -> bool:
    person = child.person.same_as_id if child.person else None
    return person in people or child.named.casefold() in names or child.name_said.casefold() in names


def noticed(notice: Ppn) -> None:
    """A notice raised from a child is the notice of that child, and of each other child of the case whom it names."""
    if notice.arises_from is None:
        return
    with acting(FOLLOWS):
        waiting = LinkedChild.objects.filter(state=State.KNOWN).select_related("person")
        own = list(waiting.filter(pk=notice.arises_from))
        subjects = list(Subject.objects.filter(ppn=notice, part=Subject.Part.CHILD).select_related("person"))
        people: set[object] = {each.person.same_as_id for each in subjects if each.person}
        names = {each.name.casefold() for each in subjects}
        cases = [each.online_case_id for each in own]
        others = waiting.filter(Q(online_case__in=cases) | Q(online_case__linked_to__in=cases))
        also = [each for each in others if _is_among(each, people, names)]
        for child in {each.pk: each for each in [*own, *also]}.values():
            child_noticed(child, by=FOLLOWS, notice=notice)


def discussed(meeting: StrategyMeeting) -> None:
    """A discussion was held: of each child whom it named, and of the child for whom it was asked. What is owed after
    enforcement without the gate is owed no more once every child of that case has been discussed."""
    with acting(FOLLOWS):
        cases = [_discussed(child, meeting).online_case for child in _children_of(meeting)]
        cases += OnlineCase.objects.filter(pk=meeting.about)
        for case in {each.pk: each for each in cases}.values():
            settle_what_is_owed(case, meeting)


def _discussed(child: LinkedChild, meeting: StrategyMeeting) -> LinkedChild:
    return child_discussed(child, by=FOLLOWS, meeting=meeting)


def _children_of(meeting: StrategyMeeting) -> list[LinkedChild]:
    """Linked children whom this discussion was about. One held before we knew of a child was not about them here."""
    rows = list(MeetingChild.objects.filter(meeting=meeting).select_related("person"))
    people: set[object] = {row.person.same_as_id for row in rows if row.person}
    names = {row.name.casefold() for row in rows}
    linked = LinkedChild.objects.filter(state__in=LINKED).select_related("person", "online_case")
    known = linked.filter(known_at__lte=meeting.held_at)
    asked_for = linked.filter(pk=meeting.about)
    by_person = known.filter(person__same_as__in=people)
    by_name = [each for each in known.filter(pk__in=_near(meeting)) if _is_among(each, people, names)]
    return list({each.pk: each for each in [*asked_for, *by_person, *by_name]}.values())


def _near(meeting: StrategyMeeting) -> list[object]:
    """Children of whom a name alone is enough: of the notice, case or child that the discussion was asked for."""
    if meeting.about is None:
        return []
    cases = LinkedChild.objects.filter(pk=meeting.about).figures().values("online_case")
    rows = LinkedChild.objects.filter(ppn=meeting.about) | LinkedChild.objects.filter(online_case=meeting.about)
    rows = rows | LinkedChild.objects.filter(online_case__in=cases)
    return list(rows.figures().values_list("pk", flat=True))


def settle_what_is_owed(case: OnlineCase, meeting: StrategyMeeting, changed: LinkedChild | None = None) -> None:
    """`changed`: a child as it will be saved."""
    rows = LinkedChild.objects.filter(online_case=case).exclude(pk=changed.pk if changed else None)
    children = [each for each in [*rows, *([changed] if changed else [])] if each.state != State.IN_ERROR]
    for owed in GateOverride.objects.filter(online_case=case, state=GateOverride.State.OWED):
        held = meeting.held_at is not None and meeting.held_at >= owed.at
        if held and all(each.discussed_last_at and each.discussed_last_at >= owed.at for each in children):
            owed_discussion_held(owed, by=FOLLOWS, meeting=meeting)


def a_sergeant_says(child: LinkedChild) -> None:
    """One discussion more counts, or one child less: perhaps nothing is owed any more."""
    with acting(FOLLOWS):
        rows = LinkedChild.objects.filter(online_case=child.online_case_id, strategy__isnull=False)
        keys = [*rows.figures().values_list("strategy", flat=True), child.strategy_id]
        last = StrategyMeeting.objects.filter(pk__in=[key for key in keys if key]).order_by("-held_at", "pk").first()
        if last:
            settle_what_is_owed(child.online_case, last, changed=child)


def answered(reply: Reply) -> None:
    """Social care decided, or decided otherwise. That it wants a strategy discussion settles nothing yet."""
    if reply.what not in (Reply.What.DECISION, Reply.What.CHANGED) or reply.agency.kind != Agency.Kind.SOCIAL_CARE:
        return
    outcome = Outcome(reply.outcome)
    if outcome == Outcome.STRATEGY:
        return
    said = CareSaid(
        outcome=DECIDED.get(outcome, CareOutcome.OTHER).value,
        said=f"{outcome.label}. {reply.said}".strip(),
        who=f"{reply.who}, {reply.agency}",
        at=reply.said_at,
    )
    with acting(PARTNER):
        for child in LinkedChild.objects.filter(ppn=reply.record):
            if child.state in WITH_NOTICE:
                care_decided(child, by=PARTNER, said=said)
            elif child.state == State.SETTLED:
                care_decided_otherwise(child, by=PARTNER, said=said)


def assessed(assessment: KiratAssessment) -> None:
    """A very high level brings every clock of the children nearer, at once."""
    if assessment.level != Kirat.VERY_HIGH:
        return
    with acting(FOLLOWS):
        case = assessment.online_case_id
        for check in ChildrenCheck.objects.filter(online_case=case, state=ChildrenCheck.State.DUE):
            check_sooner(check, by=FOLLOWS)
        for child in LinkedChild.objects.filter(online_case=case, state__in=LINKED):
            child_sooner(child, by=FOLLOWS)


def not_live(case: OnlineCase) -> None:
    """Another force has it, or it is closed: nobody here asks social workers again. What is owed to a child stays."""
    with acting(FOLLOWS):
        for child in LinkedChild.objects.filter(online_case=case.pk, state__in=CHILD_OPEN):
            case_not_live(child, by=FOLLOWS)


def _handed_over(transfer: CaseTransfer) -> None:
    not_live(transfer.online_case)


def joined(case: OnlineCase, to: OnlineCase) -> None:
    """Each of its children is linked with the other case as well, or it could not become part of it. A notice about one
    of the two is the notice of both."""
    with acting(FOLLOWS):
        there = LinkedChild.objects.filter(online_case=to, ppn__isnull=False).exclude(state=State.IN_ERROR)
        noticed_there = list(there.select_related("person", "ppn"))
        for child in LinkedChild.objects.filter(online_case=case, state=State.KNOWN).select_related("person"):
            twin = next((each for each in noticed_there if _is_one(each, child)), None)
            if twin and twin.ppn:
                child_noticed(child, by=FOLLOWS, notice=twin.ppn)


def _is_one(one: LinkedChild, other: LinkedChild) -> bool:
    if one.person and other.person:
        return bool(one.person.same_as_id == other.person.same_as_id)
    return one.named.casefold() == other.named.casefold()


ppn.submit.watchers.append(noticed)
strategy.hold.watchers.append(discussed)
HANDLERS[Ppn._meta.label_lower].append(answered)
kirat.ASSESSED.append(assessed)
case_accepted.watchers.append(_handed_over)
close_case.watchers.append(not_live)
PARTS.append(joined)
covered_by_discussion.watchers.append(a_sergeant_says)
no_child.watchers.append(a_sergeant_says)
