"""What an agency does or says about what it was sent. Recorded by the MASH, or by the agency's own system.

Each answer is kept as it was given, and the app that owns the record hears of it in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from documents.holders import HOLDERS
from documents.intake import Upload
from documents.models import Attachment
from documents.workflow import receive
from partners.models import Delivery, Disagreement, NoInterview, Outcome, Purpose, Reply
from partners.replies import tell
from partners.workflow.delivery import ACKNOWLEDGED, DELIVERED, OWED, SETTLED, has_arrived
from partners.workflow.disagreement import raise_disagreement
from workflow.transitions import NotNow, OneOf, must_say, transition

What = Reply.What
INTERVIEW_REQUEST = "missing.interviewrequest"
"""Kind of what an agency is sent when it is asked to hold a return interview."""
MEETING = "strategy.strategymeeting"
"""Kind of what an agency is sent when it is asked for a strategy meeting."""


@dataclass(frozen=True)
class Answer:
    """Who there answered, how it reached us, and when they said it (None = now).

    `key`: of the form it was typed into; the same answer sent twice from one form is one answer.
    """

    who: str
    how: str = Reply.How.PHONE.value
    at: datetime | None = None
    key: str = ""


def was_kept(delivery: Delivery, key: str) -> bool:
    """Whether we have the answer from this form. Reads as whoever acts."""
    return bool(key) and Reply.objects.filter(pk=_reply_of(delivery, key)).figures().exists()


def _reply_of(delivery: Delivery, key: str) -> UUID:
    return uuid5(delivery.pk, key)


@transition(source=[*OWED], target=ACKNOWLEDGED, may=Can.RECORD_REPLY)
def acknowledge(delivery: Delivery, *, by: User | System, answer: Answer) -> None:
    """They say that they have it."""
    _must_not_be_taken_back(delivery)
    _has_read(delivery, answer)
    _keep(delivery, by, What.ACKNOWLEDGED, answer)


@transition(source=[*OWED], target=SETTLED, may=Can.RECORD_REPLY)
def record_decision(delivery: Delivery, *, by: User | System, answer: Answer, outcome: str, said: str = "") -> None:
    """They tell us what they decided, or what came of it."""
    _must_not_be_taken_back(delivery)
    _must_be_an_outcome(outcome, said)
    _has_read(delivery, answer)
    delivery.decided_at = delivery.decided_at or _when(answer)
    delivery.outcome, delivery.outcome_at, delivery.asked_at = outcome, _when(answer), None
    _keep(delivery, by, What.DECISION, answer, said, outcome)


@transition(source=SETTLED, may=Can.RECORD_REPLY)
def change_outcome(delivery: Delivery, *, by: User | System, answer: Answer, outcome: str, said: str = "") -> None:
    """What they decided has changed. Whoever owns the record looks at it again."""
    _must_be_an_outcome(outcome, said)
    if outcome == delivery.outcome and not said.strip():
        raise NotNow("That is the outcome we have. Say what has changed.")
    delivery.outcome, delivery.outcome_at = outcome, _when(answer)
    _keep(delivery, by, What.CHANGED, answer, said, outcome)


@transition(source=[*OWED], target=ACKNOWLEDGED, may=Can.RECORD_REPLY)
def ask_for_more(delivery: Delivery, *, by: User | System, answer: Answer, said: str) -> None:
    """They need to know more before they can decide. The referral is not refused: somebody here owes them an answer."""
    _must_not_be_taken_back(delivery)
    must_say(said, "what they need to know")
    _has_read(delivery, answer)
    delivery.asked_at = now()
    _keep(delivery, by, What.ASKS, answer, said)


@transition(source=ACKNOWLEDGED, may=Can.RECORD_REPLY)
def give_more(delivery: Delivery, *, by: User, to_whom: str, how: str) -> None:
    """They have what they asked for."""
    if delivery.asked_at is None:
        raise NotNow("They have not asked for anything, or have it already.")
    must_say(to_whom, "who there has it now")
    must_say(how, "how they got it: what was sent, or what was said")
    delivery.asked_at = None


@transition(source=[DELIVERED, ACKNOWLEDGED, SETTLED], may=Can.RECORD_REPLY)
def they_disagree(delivery: Delivery, *, by: User | System, answer: Answer, said: str, they_ask: str) -> None:
    """They disagree with us. It goes through its stages until it is settled."""
    must_say(said, "what they disagree with")
    _keep(delivery, by, What.DISAGREES, answer, said)
    raise_disagreement(Disagreement(), by=by, delivery=delivery, why=said, what_we_ask=they_ask, raised_by_them=True)


@transition(source=[*OWED], target=Delivery.State.CONFIRMED.value, may=Can.RECORD_REPLY)
def confirm_destroyed(delivery: Delivery, *, by: User | System, answer: Answer, said: str = "") -> None:
    """They say that what was taken back is destroyed, who did it and when."""
    if delivery.purpose != Purpose.WITHDRAWAL:
        raise NotNow("Nothing was taken back here.")
    _has_read(delivery, answer)
    delivery.ended_at = now()
    _keep(delivery, by, What.DESTROYED, answer, said)


@transition(
    source=[*OWED, SETTLED],
    target=OneOf(lambda delivery: SETTLED if delivery.outcome else ACKNOWLEDGED, (ACKNOWLEDGED, SETTLED)),
    may=Can.RECORD_REPLY,
    secret=("said",),
)
def record_interview(
    delivery: Delivery, *, by: User | System, answer: Answer, said: str, held_at: datetime | None = None
) -> None:
    """They held the return interview that they were asked for, and say what the child told them.

    `held_at`: None = they do not say when, or said so before."""
    _must_be_of_an_interview(delivery)
    must_say(said, "what came of the interview")
    _has_read(delivery, answer)
    _has_told_of_it(delivery, answer)
    _keep(delivery, by, What.INTERVIEW, answer, said, held_at=_not_to_come(held_at))


@transition(
    source=[*OWED, SETTLED],
    target=OneOf(lambda delivery: SETTLED if delivery.outcome else ACKNOWLEDGED, (ACKNOWLEDGED, SETTLED)),
    may=Can.RECORD_REPLY,
)
def interview_was_held(delivery: Delivery, *, by: User | System, answer: Answer, held_at: datetime) -> None:
    """They held the return interview that they were asked for. What the child told them follows."""
    _must_be_of_an_interview(delivery)
    _has_read(delivery, answer)
    _keep(delivery, by, What.INTERVIEW_HELD, answer, held_at=_not_to_come(held_at))


@transition(
    source=[*OWED, SETTLED],
    target=OneOf(lambda delivery: SETTLED if delivery.outcome else ACKNOWLEDGED, (ACKNOWLEDGED, SETTLED)),
    may=Can.RECORD_REPLY,
    secret=("said",),
)
def there_was_no_interview(delivery: Delivery, *, by: User | System, answer: Answer, reason: str, said: str) -> None:
    """There was no return interview: the child declined, was missing again, or was offered none."""
    _must_be_of_an_interview(delivery)
    if reason not in NoInterview.values:
        raise NotNow("Say why there was none: declined, missing again, or not offered.")
    must_say(said, "what is known of why there was none")
    _has_read(delivery, answer)
    _has_told_of_it(delivery, answer)
    _keep(delivery, by, What.NO_INTERVIEW, answer, said, reason=reason)


def _must_be_of_an_interview(delivery: Delivery) -> None:
    if delivery.kind != INTERVIEW_REQUEST:
        raise NotNow("No return interview was asked for here.")
    _must_not_be_taken_back(delivery)


def _has_told_of_it(delivery: Delivery, answer: Answer) -> None:
    """Nothing more is asked of them: not by this, and by no reminder of it."""
    delivery.outcome_at = _when(answer)
    same = Delivery.objects.filter(kind=delivery.kind, record=delivery.record, agency=delivery.agency)
    same.exclude(pk=delivery.pk).update(outcome_at=delivery.outcome_at)


def _not_to_come(held_at: datetime | None) -> datetime | None:
    if held_at and held_at > now():
        raise NotNow("It cannot have been held in the future. Check the date and time.")
    return held_at


@transition(
    source=[*OWED, SETTLED],
    target=OneOf(lambda delivery: SETTLED if delivery.outcome else ACKNOWLEDGED, (ACKNOWLEDGED, SETTLED)),
    may=Can.RECORD_REPLY,
)
def receive_minutes(delivery: Delivery, *, by: System, answer: Answer, minutes: Upload) -> None:
    """They send the minutes of a strategy meeting. They are kept as they came, and checked like any document; whether
    they are the minutes of the meeting somebody here says."""
    if delivery.kind != MEETING or MEETING not in HOLDERS.by_kind:
        raise NotNow("Minutes are sent for a strategy meeting, and this is about something else.")
    _must_not_be_taken_back(delivery)
    _has_read(delivery, answer)
    paper = receive(
        Attachment(),
        by=by,
        to=HOLDERS.by_kind[MEETING].get(delivery.record),
        upload=minutes,
        caption=f"Minutes from {delivery.agency}",
        received_from=f"{answer.who}, {delivery.agency}",
    )
    _keep(delivery, by, What.MINUTES, answer, minutes.name, document=paper)


def _has_read(delivery: Delivery, answer: Answer) -> None:
    must_say(answer.who, "who there answered")
    if answer.how not in Reply.How.values:
        raise NotNow("Say how it reached us.")
    if answer.at and answer.at > now():
        raise NotNow("That moment is still to come.")
    has_arrived(delivery)
    if delivery.acknowledged_at is None:
        delivery.acknowledged_at, delivery.acknowledged_by_whom = now(), answer.who


def _must_not_be_taken_back(delivery: Delivery) -> None:
    if delivery.purpose == Purpose.WITHDRAWAL:
        raise NotNow("This was taken back: record that they destroyed it, and who did so.")


def _must_be_an_outcome(outcome: str, said: str) -> None:
    if outcome not in Outcome.values:
        raise NotNow("Choose what they decided.")
    if outcome == Outcome.ACTED:
        must_say(said, "what they did")


def _when(answer: Answer) -> datetime:
    return answer.at or now()


def _keep(
    delivery: Delivery,
    by: User | System,
    what: What,
    answer: Answer,
    said: str = "",
    outcome: str = "",
    **more: Any,
) -> None:
    must_say(answer.who, "who there answered")
    if was_kept(delivery, answer.key):  # the row is locked: whoever was first has finished
        raise NotNow("We have this answer already: it was sent twice.")
    system = isinstance(by, System)
    reply = delivery.said_last = Reply.objects.create(
        id=_reply_of(delivery, answer.key) if answer.key else uuid4(),
        delivery=delivery,
        agency=delivery.agency,
        kind=delivery.kind,
        record=delivery.record,
        reference=delivery.reference,
        case=delivery.case,
        what=what.value,
        outcome=outcome,
        who=answer.who,
        said=said,
        how=answer.how,
        said_at=_when(answer),
        recorded_at=now(),
        recorded_by=None if system else by,
        recorded_by_system=by.reason[:60] if isinstance(by, System) else "",
        **more,
    )
    tell(reply)
