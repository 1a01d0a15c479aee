"""A notice raised from a child whom a case concerns is filled in from it: the child, every other child of the case
without a notice, and the adults who live there. And a strategy discussion asked for a child or for the whole case."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from govuk.fields import YesNoNotKnown as Answer
from online.codes import Kirat
from online.models import CandidateAddress, LinkedChild, Occupant, OnlineCase
from ppn.models import Subject, Type
from ppn.origins import ORIGINS, Origin
from strategy.about import SUBJECTS, Prefill
from strategy.workflow import About, Child

State = LinkedChild.State
TYPES = [Type.CHILD_AT_RISK.value, Type.ONLINE_ABUSE.value, Type.PERSON_POSING_RISK.value]
NOBODY = "Person behind the account, not known who"


def from_child(key: UUID) -> Origin | None:
    child = LinkedChild.objects.filter(pk=key).select_related("person", "school", "online_case").first()
    return _origin(child) if child else None


def _origin(child: LinkedChild) -> Origin:
    waiting = LinkedChild.objects.filter(online_case=child.online_case_id, state=State.KNOWN)
    others = waiting.exclude(pk=child.pk).select_related("person", "school").order_by("known_at", "reference")
    children = [child, *others]
    return Origin(
        reference=child.reference,
        url=child.get_absolute_url(),
        first_known_at=child.known_at,
        notice={
            "types": TYPES,
            "child": Answer.YES.value,
            "narrative": "\n".join(_narrative(each) for each in children),
        },
        subjects=[*(_child(each) for each in children), *_adults(child.online_case)],
    )


def _child(child: LinkedChild) -> dict[str, object]:
    return {
        "part": Subject.Part.CHILD.value,
        "name": child.named,
        "born_on": child.person.born_on if child.person else None,
        "school_said": child.school.name if child.school else "",
    }


def _adults(case: OnlineCase) -> list[dict[str, object]]:
    """Who lives there and may be an adult. Where nobody is suspected yet, that somebody poses a risk is said so."""
    state = CandidateAddress.State.ATTRIBUTED
    there = Occupant.objects.filter(online_case=case, state=Occupant.State.THERE, at__state=state)
    in_order = there.select_related("at", "person").order_by("recorded_at", "reference")
    adults = [each for each in in_order if each.may_be_adult]
    suspected = any(each.is_suspect == Answer.YES for each in adults)
    nobody: dict[str, object] = {"part": Subject.Part.POSES_RISK.value, "name": NOBODY}
    return [*([] if suspected else [nobody]), *(_adult(each) for each in adults)]


def _adult(each: Occupant) -> dict[str, object]:
    poses_risk = each.is_suspect == Answer.YES
    return {
        "part": Subject.Part.POSES_RISK.value if poses_risk else Subject.Part.OTHER.value,
        "name": each.person.name if each.person else each.name_said,
        "born_on": each.person.born_on if each.person else None,
        "address": each.at.written,
        "postcode": each.at.postcode,
        "relationship": each.relation[:100],
        "works_with_children": each.works_with_children,
    }


def _narrative(child: LinkedChild) -> str:
    how = LinkedChild.How(child.how).label
    age = child.age_said or "age not known"
    return f"{child.online_case.reference}: online abuse of children. {child.named}, {age}. {how}. {child.what}"


ORIGINS.append(from_child)


def _why(case: OnlineCase) -> str:
    level = f"KIRAT level: {Kirat(case.kirat).label.lower()}" if case.kirat else "No KIRAT level yet"
    return f"{case.reference}: somebody at an address of these children is suspected of online abuse. {level}."


def _asked_for(case: OnlineCase, about: LinkedChild | OnlineCase, children: Sequence[LinkedChild]) -> Prefill:
    immediate = case.kirat == Kirat.VERY_HIGH or case.immediate_risk == Answer.YES
    return Prefill(
        about=About(about._meta.label_lower, about.pk, about.reference, case.case),
        why=" ".join([_why(case), *(each.what for each in children)]),
        children=[Child(each.named, each.person) for each in children] or [Child("Not known")],
        risk_is_immediate=Answer.YES.value if immediate else case.immediate_risk,
    )


def for_child(child: LinkedChild) -> Prefill:
    return _asked_for(child.online_case, child, [child])


def for_case(case: OnlineCase) -> Prefill:
    rows = LinkedChild.objects.filter(online_case=case).exclude(state=State.IN_ERROR).select_related("person")
    return _asked_for(case, case, list(rows.order_by("known_at", "reference")))


SUBJECTS.register(LinkedChild, for_child)
SUBJECTS.register(OnlineCase, for_case)
