"""When a case is safe, and when it may be closed: not while anything is still owed to a child. What is owed outlives
the arrest, the charge and everybody's wish to be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Sum

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from govuk.fields import YesNoNotKnown as Answer
from online.models import (
    Bail,
    CandidateAddress,
    CaseTransfer,
    ChildrenCheck,
    Device,
    Enforcement,
    GateOverride,
    KiratAssessment,
    LadoReferral,
    LinkedChild,
    NewInformation,
    Occupant,
    OnlineCase,
    SafetyPlan,
    Suspect,
)
from online.workflow.bail import STANDING, has_run_out
from online.workflow.suspects import UNDER_SUSPICION
from workflow.transitions import NotNow, OneOf, must_say, transition

State = OnlineCase.State
LOOKS = System("what is still owed in an investigation into online abuse")
EARLY = [State.RESEARCHING.value, State.NO_RESEARCH.value, State.ATTRIBUTED.value, State.ASSESSED.value]
"""Where a case may end without enforcement: nobody was found, or it was no case."""
Keys = list[UUID]


def open_obligations(case: OnlineCase) -> list[str]:
    """All that is still owed, by name, before the case may be closed; empty = nothing. What became part of it counts.

    Reads as Longstop: what the reader may not see keeps it open too, and is named by its reference alone.
    """
    with acting(LOOKS, apart=True):
        keys = _with_what_became_part_of_it(case)
        return [line for owed in (*FOR_SAFETY, *FOR_CLOSING) for line in owed(keys)]


def not_safe_because(case: OnlineCase) -> list[str]:
    """What is still owed to a child before anybody may say that safeguarding is complete."""
    with acting(LOOKS, apart=True):
        keys = _with_what_became_part_of_it(case)
        return [line for owed in FOR_SAFETY for line in owed(keys)]


def _with_what_became_part_of_it(case: OnlineCase) -> Keys:
    parts = OnlineCase.objects.filter(linked_to=case.pk, state=State.LINKED).figures().values_list("pk", flat=True)
    return [case.pk, *parts]


def _each(model: Any, keys: Keys, states: Iterable[str], words: str, **more: Any) -> list[str]:
    rows = model.objects.filter(online_case__in=keys, state__in=list(states), **more).order_by("reference")
    return [words.format(each.reference) for each in rows]


def _children(keys: Keys) -> list[str]:
    waits = {
        LinkedChild.State.KNOWN: "{}: no notice has been submitted about this child.",
        LinkedChild.State.NOTICED: "{}: no strategy discussion about this child has been held.",
        LinkedChild.State.DISCUSSED: "{}: what social care decided about this child is not recorded.",
    }
    settled = "{}: social care has decided, and no strategy discussion about this child has been held."
    return [
        *(line for state, words in waits.items() for line in _each(LinkedChild, keys, [state], words)),
        *_each(LinkedChild, keys, [LinkedChild.State.SETTLED], settled, discussed_at=None),
    ]


def _looked_for(keys: Keys) -> list[str]:
    return _each(ChildrenCheck, keys, [ChildrenCheck.State.DUE], "{}: nobody has looked for children.")


def _overrides(keys: Keys) -> list[str]:
    owed = [GateOverride.State.OWED]
    return _each(GateOverride, keys, owed, "{}: the strategy discussion owed after going ahead has not been held.")


def _work(keys: Keys) -> list[str]:
    """Every adult at an address it may lead to is asked about; “not known” closes nothing."""
    there = Occupant.objects.filter(online_case__in=keys, state=Occupant.State.THERE)
    there = there.exclude(at__state=CandidateAddress.State.RULED_OUT).exclude(age=Occupant.Age.CHILD)
    told = set(LadoReferral.objects.filter(online_case__in=keys).figures().values_list("occupant", flat=True))
    lines = []
    for each in there.order_by("reference"):
        if each.works_with_children == Answer.NOT_KNOWN:
            lines.append(f"{each.reference}: it is not known whether this adult works with children.")
        elif each.works_with_children == Answer.YES and each.pk not in told:
            lines.append(f"{each.reference}: works with children, and nobody has told the designated officer.")
    return lines


def _lado(keys: Keys) -> list[str]:
    due, referred = LadoReferral.State.DUE, LadoReferral.State.REFERRED
    return [
        *_each(LadoReferral, keys, [due], "{}: the designated officer (LADO) has not been told."),
        *_each(LadoReferral, keys, [referred], "{}: the designated officer (LADO) has not answered."),
    ]


def _plans(keys: Keys) -> list[str]:
    return _each(SafetyPlan, keys, [SafetyPlan.State.NEEDED], "{}: the safety plan has not been filed.")


def _lapsed(keys: Keys) -> list[str]:
    rows = Bail.objects.filter(online_case__in=keys, state__in=STANDING).order_by("reference")
    return [
        f"{each.reference}: bail has run out, and nobody has said what follows." for each in rows if has_run_out(each)
    ]


def _suspects(keys: Keys) -> list[str]:
    return _each(Suspect, keys, ["suspected", *UNDER_SUSPICION], "{}: nothing has been decided on this suspect.")


def _devices(keys: Keys) -> list[str]:
    seized, examined = Device.State.SEIZED, Device.State.EXAMINED
    return [
        *_each(Device, keys, [seized], "{}: this device has not been examined."),
        *_each(Device, keys, [examined], "{}: images have not been uploaded for victim identification."),
        *_counted(keys),
    ]


def _counted(keys: Keys) -> list[str]:
    done = Enforcement.objects.filter(online_case__in=keys).figures().aggregate(n=Sum("devices"))["n"] or 0
    listed = Device.objects.filter(online_case__in=keys).figures().count()
    if done <= listed:
        return []
    return [f"{done} devices were counted when enforcement was carried out, and {listed} are listed."]


def _research(keys: Keys) -> list[str]:
    return [
        *_each(NewInformation, keys, [NewInformation.State.WAITING], "{}: KIRAT has not been run again."),
        *_each(KiratAssessment, keys, [KiratAssessment.State.SET], "{}: nobody has ratified this KIRAT level."),
        *_each(Enforcement, keys, [Enforcement.State.PLANNED], "{}: enforcement is planned."),
        *_each(CaseTransfer, keys, [CaseTransfer.State.OFFERED], "{}: another force has not answered."),
    ]


def _seen_elsewhere(keys: Keys) -> list[str]:
    lead = OnlineCase.objects.filter(pk=keys[0], external_at=None).figures()
    return ["Nobody in the force can find it: it has no number in the records system."] if lead.exists() else []


FOR_SAFETY: list[Callable[[Keys], list[str]]] = [
    _children,
    _looked_for,
    _overrides,
    _work,
    _lado,
    _plans,
    _lapsed,
]
FOR_CLOSING: list[Callable[[Keys], list[str]]] = [_suspects, _devices, _research, _seen_elsewhere]


@transition(source=State.EXECUTED.value, target=State.SAFEGUARDED.value, may=Can.SUPERVISE_ONLINE)
def safeguarding_complete(case: OnlineCase, *, by: User, said: str) -> None:
    """A sergeant says that every child is safe, and how. The investigation may go on."""
    must_say(said, "how each child is kept safe; “no child is concerned” is an answer")
    if owed := not_safe_because(case):
        raise NotNow(" ".join(owed))
    case.safeguarded_at, case.safeguarded_said = now(), said.strip()


@transition(source=[*EARLY, State.SAFEGUARDED.value], target=State.CLOSED.value, may=Can.SUPERVISE_ONLINE)
def close_case(case: OnlineCase, *, by: User, because: str) -> None:
    """A sergeant closes the case. Nothing may be owed any more, to anybody."""
    must_say(because, "why it is closed, and how it ended")
    if owed := open_obligations(case):
        raise NotNow(" ".join(owed))
    case.closed_at, case.closed_by, case.closed_because = now(), by, because.strip()


def _as_far_as_it_was(case: OnlineCase) -> str:
    if case.executed_at:
        return State.EXECUTED.value
    if case.kirat:
        return State.ASSESSED.value
    return State.ATTRIBUTED.value if case.attributed_at else State.RESEARCHING.value


AGAIN = (State.EXECUTED.value, State.ASSESSED.value, State.ATTRIBUTED.value, State.RESEARCHING.value)


@transition(
    source=[State.CLOSED.value, State.SAFEGUARDED.value],
    target=OneOf(_as_far_as_it_was, AGAIN),
    may=Can.SUPERVISE_ONLINE,
)
def reopen_case(case: OnlineCase, *, by: User | System, because: str) -> None:
    """Something is new: it is open again, and as old as it ever was."""
    must_say(because, "what is new")
    case.reopened_at, case.closed_at, case.closed_by, case.closed_because = now(), None, None, ""


@transition(source=[State.EXECUTED.value, State.SAFEGUARDED.value, *EARLY], may=Can.SUPERVISE_ONLINE)
def case_reviewed(case: OnlineCase, *, by: User, said: str) -> None:
    """A sergeant has looked at what is still open, and says what is done next."""
    must_say(said, "what is still open, who does it, and by when")


def open_again(case: OnlineCase, because: str) -> None:
    """Called inside another transition: something is owed again in a case that was closed or called safe."""
    with acting(LOOKS):
        case = OnlineCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if case.state in (State.CLOSED, State.SAFEGUARDED):
            reopen_case(case, by=LOOKS, because=because)
