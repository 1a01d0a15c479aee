"""Minutes that an agency sent. They become the minutes of the meeting by somebody's decision, never by themselves, and
the clock for the minutes runs on until then."""

from __future__ import annotations

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from documents.models import Attachment
from documents.models import State as Document
from partners.models import Reply
from partners.replies import HANDLERS
from strategy.codes import WAS_HELD
from strategy.models import ReceivedMinutes, StrategyMeeting
from strategy.workflow.after import record_minutes
from workflow.transitions import NotNow, must_say, transition

PARTNER = System("minutes from a partner agency")
State = ReceivedMinutes.State
NO_MEETING = "Minutes are those of a meeting that was held and is not closed. Record first that it was held."


@transition(target=State.WAITING.value, may=Can.RECORD_STRATEGY_MEETING)
def minutes_came(received: ReceivedMinutes, *, by: System, reply: Reply, document: Attachment) -> None:
    """An agency has sent minutes of the meeting. Somebody here reads them, and takes them over or leaves them out."""
    meeting = StrategyMeeting.objects.get(pk=reply.record)
    received.meeting, received.team, received.reference = meeting, meeting.team, f"{meeting.reference}, minutes"
    received.agency, received.who, received.document = reply.agency, reply.who, document
    received.received_at = now()


@transition(source=State.WAITING.value, target=State.TAKEN_OVER.value, may=Can.RECORD_STRATEGY_MEETING)
def take_over(received: ReceivedMinutes, *, by: User) -> None:
    """Somebody has read what the agency sent: these are the minutes of the meeting."""
    meeting = StrategyMeeting.objects.get(pk=received.meeting_id)
    document = Attachment.objects.get(pk=received.document_id)
    if not document.may_be_opened:
        raise NotNow(f"Nobody can have read them yet. {Document(document.state).label}.")
    if meeting.state not in WAS_HELD:
        raise NotNow(NO_MEETING)
    record_minutes(meeting, by=by, text="", document=document)
    received.decided_at, received.decided_by = now(), by


@transition(source=State.WAITING.value, target=State.LEFT_OUT.value, may=Can.RECORD_STRATEGY_MEETING)
def leave_out(received: ReceivedMinutes, *, by: User, because: str) -> None:
    """What the agency sent are not the minutes of this meeting, or nobody can open it. It stays with the meeting."""
    must_say(because, "why these are not the minutes")
    received.decided_at, received.decided_by, received.because = now(), by, because.strip()


def hear(reply: Reply) -> None:
    """Minutes came: somebody has to read them."""
    if reply.what == Reply.What.MINUTES and reply.document:
        with acting(PARTNER):
            minutes_came(ReceivedMinutes(), by=PARTNER, reply=reply, document=reply.document)


HANDLERS[StrategyMeeting._meta.label_lower].append(hear)
