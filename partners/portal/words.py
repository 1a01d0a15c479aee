"""What is asked of an agency, in words for somebody who does not work for the police."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from govuk.times import MONTHS
from partners.models import Agency, Delivery, Disclosure, Expects, Informed, Kind, Outcome, Purpose
from partners.replies import ANSWER_CLOCK
from partners.workflow.replies import INTERVIEW_REQUEST, MEETING
from sla.models import Clock

State = Delivery.State
NOT_READ = (State.WAITING, State.FAILED, State.DELIVERED)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OUTCOMES = [
    (Outcome.ACTED.value, "We have done something: say what"),
    (Outcome.EARLY_HELP.value, "Early help"),
    (Outcome.ADVICE.value, "We gave advice"),
    (Outcome.ALREADY_OPEN.value, "The child has a social worker already"),
    (Outcome.NO_FURTHER_ACTION.value, "Nothing more is needed from us"),
]
"""For whoever is not the council: the words of the children in need census are not theirs."""
KNOWS = {
    Informed.YES: "The family knows that we told you.",
    Informed.NO_RISK: "The family does not know that we told you. Do not tell them: it would put somebody at risk.",
    Informed.NO_OTHER: "The family does not know that we told you. Do not tell them before you have asked us.",
}
NOT_HERE = {
    MEETING: "Minutes of the meeting do not go by these pages. Send them to the police team by secure mail.",
}
"""Kind of what was sent -> what of its answer goes another way."""


@dataclass(frozen=True)
class Asked:
    """What we wait for, as it follows on "Please"; and the deadlines that time it, whichever runs."""

    what: str
    clocks: tuple[str, ...]


DESTROY = Asked("destroy what you have, and tell us that you did", ("WD",))
HAVE_IT = Asked("tell us that you have it", ("P7",))
DECIDE = Asked("tell us what you decided", ("P8",))
SAY_OUTCOME = Asked("tell us what came of it", ("P18",))
TELL_OF_INTERVIEW = Asked("tell us what came of the return interview, or why there was none", ())


def asked_of(delivery: Delivery) -> Asked | None:
    """What we wait for. None = nothing: they have answered, or it is our turn."""
    if not delivery.is_owed or delivery.asked_at:
        return None
    if delivery.purpose == Purpose.WITHDRAWAL:
        return DESTROY
    if delivery.state in NOT_READ:
        return HAVE_IT
    if delivery.kind == INTERVIEW_REQUEST:
        return TELL_OF_INTERVIEW if delivery.outcome_at is None else None
    if Expects.DECISION in delivery.expects:
        return DECIDE
    return SAY_OUTCOME if Expects.OUTCOME in delivery.expects and delivery.kind not in NOT_HERE else None


def by_when(deliveries: Iterable[Delivery]) -> dict[UUID, datetime]:
    """Delivery -> until when we wait for what is asked. The clocks by which the police reach or answer them are none
    of theirs: where no clock of theirs runs, nothing stands here."""
    wanted: dict[UUID, list[tuple[str, UUID]]] = {}
    for each in deliveries:
        if asked := asked_of(each):
            wanted[each.pk] = [(code, each.pk) for code in asked.clocks]
            wanted[each.pk] += [(ANSWER_CLOCK[each.kind], each.record)] if _is_timed_apart(each, asked) else []
    running = Clock.running().filter(record__in={record for keys in wanted.values() for _, record in keys})
    due = {(clock.deadline, clock.record): clock.due_at for clock in running}
    return {pk: due[key] for pk, keys in wanted.items() for key in keys if key in due}


def _is_timed_apart(delivery: Delivery, asked: Asked) -> bool:
    """Whether the record that it is about times its answer, and not the delivery."""
    timed = TELL_OF_INTERVIEW if delivery.kind == INTERVIEW_REQUEST else HAVE_IT
    return asked is timed and delivery.kind in ANSWER_CLOCK


def please(asked: Asked, due: datetime | None, now: datetime) -> str:
    """Please tell us that you have it, by 4 pm today."""
    if due is None:
        return f"Please {asked.what}."
    if due <= now:
        return f"Please {asked.what}. We asked for it by {at_most(due, now)}."
    return f"Please {asked.what} by {at_most(due, now)}."


def at_most(due: datetime, now: datetime) -> str:
    """4 pm today; 9:30 am on Thursday 5 March; the end of Monday 9 March, where it is midnight."""
    local = timezone.localtime(due)
    if (local.hour, local.minute) == (0, 0):
        return f"the end of {_day(local - timedelta(minutes=1), now)}"
    day = _day(local, now)
    return f"{_o_clock(local)} {day}" if day in NEAR.values() else f"{_o_clock(local)} on {day}"


def at_what_time(moment: datetime, now: datetime) -> str:
    """today at 4 pm; Thursday 5 March at 9:30 am."""
    local = timezone.localtime(moment)
    return f"{_day(local, now)} at {_o_clock(local)}"


NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def _day(local: datetime, now: datetime) -> str:
    here = timezone.localtime(now)
    near = NEAR.get((local.date() - here.date()).days)
    year = "" if local.year == here.year else f" {local.year}"
    return near or f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}{year}"


def _o_clock(local: datetime) -> str:
    if (local.hour, local.minute) == (12, 0):
        return "midday"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes} {'am' if local.hour < 12 else 'pm'}"


def outcomes_for(agency: Agency) -> list[tuple[str, str]]:
    """What somebody of this agency can say that they decided."""
    councils = (Kind.SOCIAL_CARE, Kind.ALLEGATIONS)
    return list(Outcome.choices) if agency.kind in councils else OUTCOMES


def what_the_family_knows(sent: Disclosure, now: datetime) -> str:
    """As it was when it was sent, so that nobody there tells the family by mistake. Why they were not told stays here:
    it was written for the police."""
    if sent.informed == Informed.NOT_YET:
        who = sent.who_will_tell or "Somebody from the police"
        until = f" by {at_most(sent.tell_by, now)}" if sent.tell_by else ""
        told = f"{who} was to tell them{until}"
        return f"The family did not know yet. {told}. Do not tell them before you have asked us."
    return KNOWS[Informed(sent.informed)]


def is_kept_from_the_family(sent: Disclosure) -> bool:
    return sent.informed != Informed.YES


def about(content: Any) -> str:
    """What it is about, in a few words: the heading of its page."""
    said = content.get("about") if isinstance(content, dict) else None
    return str(said) if said else UNNAMED


UNNAMED = "Information from the police"
