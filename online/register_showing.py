"""What the page of an investigation shows of the register: how far it has come, what is missing before the next step,
what is known of the account, cases that have something in common, and who was asked to take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from access.roles import Can, who_may
from accounts.models import User
from online import register_duplicates as duplicates
from online.case_parts import PARTS, Part
from online.models import CaseTransfer, Identifier, OnlineCase, ReferralRow
from online.research_missing import not_checked
from online.workflow import allocating, case_transfers, cases, closing, referral_files
from online.workflow.gate import as_you_read, lacks
from sla.models import Clock
from sla.work import panel_of
from workflow.transitions import Transition
from workflow.views import actions_for

State = OnlineCase.State
Steps = list[tuple[Transition[Any, Any], str, str]]
ABOUT_IT: Steps = [
    (cases.triage, "Look at it", "onlinecase-triage"),
    (cases.seen_elsewhere, "Visible in the records system", "onlinecase-seen"),
    (cases.link, "It is part of another case", "onlinecase-link"),
    (cases.received_again, "It has come again", "onlinecase-again"),
    (allocating.allocate_case, "Give it to somebody", "onlinecase-allocate"),
    (cases.correct_elsewhere, "Correct the number in the records system", "onlinecase-correct"),
    (cases.not_seen_elsewhere, "It cannot be seen there after all", "onlinecase-not-seen"),
    (cases.unlink, "The two are not one case", "onlinecase-unlink"),
]
OF_AN_OFFER: Steps = [
    (case_transfers.case_accepted, "They have accepted it", "casetransfer-accepted"),
    (case_transfers.case_refused, "They do not take it", "casetransfer-refused"),
    (case_transfers.take_offer_back, "Take it back", "casetransfer-take-back"),
]
OF_A_ROW: Steps = [
    (referral_files.type_in_row, "Type it in", "referralrow-type-in"),
    (referral_files.settle_row, "It is no case of its own", "referralrow-settle"),
]


def new(case: OnlineCase, user: User, label: str, name: str, may: Can) -> dict[str, str]:
    why_not = "" if user.may_change_by(may) else f"for a {who_may(may)}"
    return {"label": label, "url": reverse(name, args=[case.pk]), "why_not": why_not}


def steps_about_it(case: OnlineCase, user: User) -> list[dict[str, str]]:
    """What can be done now: steps that make no sense for it are not offered."""
    seen = {"onlinecase-seen"}
    unseen = {"onlinecase-correct", "onlinecase-not-seen"}
    skip = seen if case.is_visible_to_the_force else unseen
    steps = actions_for(case, user, [step for step in ABOUT_IT if step[2] not in skip])
    if case.is_open and not CaseTransfer.objects.filter(online_case=case, state="offered").exists():
        steps.append(new(case, user, "Ask another force to take it", "onlinecase-offer", Can.SUPERVISE_ONLINE))
    return steps


def how_far(case: OnlineCase, missing: list[str]) -> list[dict[str, Any]]:
    """Every step of the way, done or not, and when."""
    past_the_gate = case.state in (State.PLANNED, State.EXECUTED, State.SAFEGUARDED)
    steps: list[tuple[str, datetime | None, bool]] = [
        ("Received", case.received_at, True),
        ("Looked at", case.triaged_at, False),
        ("Visible in the records system", case.external_at, False),
        ("Attributed to an address", case.attributed_at, False),
        ("Level set", case.kirat_at, False),
        ("Safeguarding gate open", None, past_the_gate or (case.state == State.ASSESSED and not missing)),
        ("Enforcement planned", None, past_the_gate),
        ("Enforcement carried out", case.executed_at, False),
        ("Safeguarding complete", case.safeguarded_at, False),
        ("Closed", case.closed_at, False),
    ]
    return [{"label": label, "when": when, "done": done or when is not None} for label, when, done in steps]


Missing = Callable[[OnlineCase], list[str]]
NEXT: dict[str, tuple[str, Missing]] = {
    State.RECEIVED.value: ("research it", lambda case: ["Nobody has looked at it."]),
    State.RESEARCHING.value: ("set a level", lambda case: ["It has not been attributed to an address."]),
    State.NO_RESEARCH.value: ("set a level", lambda case: ["No further research is possible for now."]),
    State.ATTRIBUTED.value: ("set a level", not_checked),
    State.ASSESSED.value: ("plan enforcement", lambda case: as_you_read(lacks(case))),
    State.PLANNED.value: ("carry it out", lambda case: as_you_read(lacks(case))),
    State.EXECUTED.value: ("say that every child is safe", closing.not_safe_because),
    State.SAFEGUARDED.value: ("close it", closing.open_obligations),
}
"""State -> the next step, and what is missing before it. What the reader may not see counts, and is not named."""


def before_next(case: OnlineCase) -> tuple[str, list[str]]:
    """The next step, and what is missing before it."""
    step, missing = NEXT.get(case.state, ("", lambda case: []))
    return step, missing(case)


def as_missing(said: Iterable[str]) -> list[dict[str, Any]]:
    return [{"label": each, "done": False, "why": "", "url": ""} for each in said]


def clocks_of_all(records: Iterable[Any]) -> list[dict[str, Any]]:
    """The running clocks of these records, nearest first, each with what it is for."""
    about = {record.pk: record for record in records}
    running = Clock.running().filter(record__in=list(about)).order_by("due_at", "pk")
    return [{**panel_of(clock), "what_for": str(about[clock.record])} for clock in running]


def account(case: OnlineCase, user: User) -> Part:
    """What is known of whoever is behind it."""
    rows = list(Identifier.objects.filter(online_case=case).order_by("kind", "seen_from", "value"))
    steps: Steps = [(cases.add_identifier, "Add an identifier", "onlinecase-identifier")]
    return Part(
        heading="What is known of the account",
        template="online/register_identifiers.html",
        context={"identifiers": rows},
        actions=actions_for(case, user, steps),
    )


def in_common(case: OnlineCase, user: User) -> Part | None:
    """Cases that may be the same, each with its reasons; and those that are part of this one."""
    found = duplicates.of_case(case)
    parts = list(OnlineCase.objects.filter(linked_to=case).order_by("received_at", "pk"))
    found = [each for each in found if each.case.linked_to_id != case.pk and each.case.pk != case.linked_to_id]
    if not (found or parts):
        return None
    undecided = sum(1 for each in found if not each.kept_apart)
    may_link = user.can(Can.RESEARCH_ONLINE) and cases.link.open_from(case.state)
    return Part(
        heading="Cases with something in common",
        template="online/register_in_common.html",
        context={"found": found, "linked": parts, "may_link": may_link, "may_keep_apart": may_link},
        warnings=[f"{undecided} other case{'s have' if undecided > 1 else ' has'} something in common with this one"]
        if undecided and case.state == State.RECEIVED
        else [],
    )


def other_forces(case: OnlineCase, user: User) -> Part | None:
    offers = list(CaseTransfer.objects.filter(online_case=case).order_by("-offered_at"))
    if not offers:
        return None
    return Part(
        heading="Other forces",
        template="online/register_transfers.html",
        context={"offers": offers},
        records=offers,
        warnings=[f"Offered to {each.force}: it stays ours until they accept" for each in offers if _waits(each)],
    )


def _waits(offer: CaseTransfer) -> bool:
    return offer.state == CaseTransfer.State.OFFERED


PARTS += [account, in_common, other_forces]


def rows_of_case(case: OnlineCase) -> list[ReferralRow]:
    """Rows of files that have become this case, or that were this case again."""
    rows = ReferralRow.objects.filter(online_case=case).select_related("file").order_by("received_at", "line")
    return list(rows)
