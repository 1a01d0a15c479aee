"""What an authority or its provider says about a return interview, by its own system, on our pages for agencies, or to
somebody here who writes it down. What is no answer to what was asked stays with the record as a reply, and the clock
runs on."""

from __future__ import annotations

from access.actor import System, acting
from missing.models import InterviewRequest
from missing.workflow.interviews import OUTSTANDING, interview_came, interview_held, no_interview
from partners.models import Reply
from partners.replies import HANDLERS

PARTNER = System("return interview from a partner agency")
What = Reply.What


def hear(reply: Reply) -> None:
    """What was said goes into the life of the request, in the transaction of the reply."""
    if reply.what not in (What.INTERVIEW, What.INTERVIEW_HELD, What.NO_INTERVIEW):
        return
    who = f"{reply.who}, {reply.agency}"
    with acting(PARTNER):
        interview = InterviewRequest.objects.get(pk=reply.record)
        if reply.what == What.INTERVIEW:
            interview_came(interview, by=PARTNER, who=who, said=reply.said, held_at=reply.held_at)
        elif reply.what == What.NO_INTERVIEW:
            no_interview(interview, by=PARTNER, outcome=reply.reason, because=reply.said, who=who)
        elif interview.state in OUTSTANDING and reply.held_at:
            interview_held(interview, by=PARTNER, held_at=reply.held_at, by_whom=who)


HANDLERS[InterviewRequest._meta.label_lower].append(hear)
