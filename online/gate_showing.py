"""The gate on the page of a case: open or shut, what is missing by name with the step beside it, the children, who
looked for them, and enforcement."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from access.roles import Can, who_may
from accounts.models import User
from online.case_parts import PARTS, Part
from online.gate_known import Known, known_near
from online.gate_rows import (
    check_as_work,
    child_as_work,
    child_warnings,
    enforcement_as_work,
    is_unsettled,
    override_as_work,
)
from online.models import ChildrenCheck, Enforcement, GateOverride, LinkedChild, OnlineCase
from online.workflow.enforcing import BEHIND_THE_GATE, PLANNABLE, unused_override
from online.workflow.gate import Lack, as_you_read, lacks
from sla.work import clocks_of, timeline_of
from strategy.models import StrategyMeeting

MOST = 50


def clocks_and_steps(record: Any) -> dict[str, Any]:
    """What the page of each record shows beside it."""
    return {"clocks": clocks_of(record), "timeline": timeline_of(record), "missing": [], "missing_step": ""}


def step_for(lack: Lack, user: User) -> dict[str, str]:
    """The step that does away with it, or whose step it is."""
    if lack.child is not None and not LinkedChild.objects.filter(pk=lack.child.pk).figures().exists():
        return {"label": "Ask an inspector", "url": "", "why_not": "you may not see this child"}
    if lack.check is not None:
        return step(user, Can.RESEARCH_ONLINE, "Look for children", reverse("childrencheck", args=[lack.check.pk]))
    if lack.child is not None and lack.code == "notice":
        return step(user, Can.SUBMIT_PPN, "Submit the notice now", notice_url(lack.child))
    if lack.child is not None:
        return step(user, Can.REQUEST_STRATEGY_MEETING, "Ask for a strategy discussion", discussion_url(lack.child))
    return {"label": "", "url": "", "why_not": ""}


def step(user: User, act: Can, label: str, url: str) -> dict[str, str]:
    return {"label": label, "url": url, "why_not": "" if user.may_change_by(act) else f"for a {who_may(act)}"}


def notice_url(child: LinkedChild) -> str:
    return f"{reverse('ppn-new')}?from={child.pk}"


def discussion_url(record: LinkedChild | OnlineCase) -> str:
    return f"{reverse('strategy-new')}?about={record._meta.label_lower}:{record.pk}"


def missing_now(missing: list[Lack], user: User) -> list[dict[str, str]]:
    """Each thing in words, with its step. One discussion may be asked for about every child of the case."""
    return [{"words": words, **step_for(lack, user)} for lack, words in zip(missing, as_you_read(missing), strict=True)]


def gate(case: OnlineCase, user: User) -> Part | None:
    """Whether enforcement can be planned, and what has to be done first."""
    missing = lacks(case)
    children = _rows(LinkedChild.objects.filter(online_case=case).select_related("person"), "known_at")
    checks = _rows(ChildrenCheck.objects.filter(online_case=case).select_related("at", "done_by"), "asked_at")
    plans = _rows(Enforcement.objects.filter(online_case=case), "-planned_for")
    overrides = _rows(GateOverride.objects.filter(online_case=case).select_related("by"), "-at")
    for each in (*children, *checks, *plans, *overrides):
        each.online_case = case
    planned = [each for each in plans if each.state == Enforcement.State.PLANNED]
    owed = [each for each in overrides if each.state == GateOverride.State.OWED]
    known, hidden = known_near(case) if case.is_open else ([], 0)
    said = missing_now(missing, user)
    return Part(
        heading="The gate",
        template="online/gate_part.html",
        context={
            "is_open": not missing,
            "said": said,
            "children": [child_as_work(each) for each in children],
            "checks": [check_as_work(each) for each in checks],
            "plans": [enforcement_as_work(each) for each in plans],
            "overrides": [override_as_work(each) for each in overrides],
            "known": [as_offered(each, case) for each in known],
            "hidden": hidden,
        },
        actions=steps(case, user, missing, bool(planned)),
        records=[
            *(each for each in children if is_unsettled(each)),
            *(each for each in checks if each.state == ChildrenCheck.State.DUE),
            *planned,
            *owed,
        ],
        warnings=[
            *(_shut(each, said) for each in planned if missing),
            *(warning for each in children for warning in child_warnings(each)),
            *(f"A strategy discussion is owed for {each}" for each in owed),
        ],
    )


def _rows(found: Any, order: str) -> list[Any]:
    return list(found.order_by(order, "pk")[:MOST])


def _shut(enforcement: Enforcement, said: list[dict[str, str]]) -> str:
    words = " ".join(each["words"] for each in said).rstrip(".")
    decided = f" {enforcement.override} was decided by an inspector." if enforcement.override_id else ""
    return f"{enforcement} is planned and the gate is shut.{decided} {words}"


def as_offered(each: Known, case: OnlineCase) -> dict[str, Any]:
    """One click to take a child, one to say why not."""
    asked = f"case={case.reference}&known={each.key}"
    return {
        "known": each,
        "how": LinkedChild.How(each.how).label,
        "take": f"{reverse('linkedchild-new')}?{asked}",
        "leave": f"{reverse('onlinecase-not-concerned', args=[case.pk])}?known={each.key}",
    }


def steps(case: OnlineCase, user: User, missing: list[Lack], is_planned: bool) -> list[dict[str, str]]:
    """What can be done about the gate now; what is another post's to do says whose."""
    if not case.is_open:
        return []
    asked = f"?case={case.reference}"
    may_plan = case.state in PLANNABLE and not is_planned and (not missing or unused_override(case) is not None)
    happened = case.state in ["attributed", *PLANNABLE] and not is_planned
    may_override = bool(missing) and case.state in BEHIND_THE_GATE
    offered = [
        (may_plan, Can.SUPERVISE_ONLINE, "Plan enforcement", reverse("enforcement-new") + asked),
        (True, Can.RESEARCH_ONLINE, "Record a child", reverse("linkedchild-new") + asked),
        (
            True,
            Can.REQUEST_STRATEGY_MEETING,
            "Ask for a strategy discussion about every child",
            discussion_url(case),
        ),
        (
            happened,
            Can.INVESTIGATE_ONLINE,
            "Record what happened and nobody had planned",
            reverse("enforcement-happened") + asked,
        ),
        (may_override, Can.COMMAND_ONLINE, "Decide to go without the gate", reverse("gateoverride-new") + asked),
    ]
    return [step(user, act, label, url) for is_so, act, label, url in offered if is_so]


def meeting_of(key: Any, user: User) -> StrategyMeeting | None:
    """The discussion, for those who may see strategy meetings, and this one."""
    if key is None or not user.can(Can.SEE_STRATEGY_MEETINGS):
        return None
    found: StrategyMeeting | None = StrategyMeeting.objects.filter(pk=key).first()
    return found


PARTS.append(gate)
