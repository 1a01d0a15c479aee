"""How a return interview, and a notice that a child is missing or found, show themselves in a list."""

from __future__ import annotations

from missing.models import Episode, InterviewRequest, MissingNotice
from missing.workflow.interviews import OUTSTANDING
from missing.workflow.raising import OVERTAKEN
from sla.models import Clock
from sla.work import Work, promise_of

State = InterviewRequest.State
INTERVIEW_KINDS = {State.REQUESTED: "waiting", State.HELD: "waiting", State.RECEIVED: "new", State.READ: "done"}
NOTICE_KINDS = {
    MissingNotice.State.TO_SEND: "new",
    MissingNotice.State.SENT: "done",
    MissingNotice.State.NOT_SENT: "stopped",
}
HOLDS_UP = {
    State.REQUESTED: "The child: nobody independent has heard them",
    State.HELD: "Whoever meets the child next: police do not know what was said",
    State.RECEIVED: "Whoever meets the child next: nobody has read it",
    State.READ: "Nobody",
}


def interview_warnings(interview: InterviewRequest) -> list[str]:
    """What nobody may overlook, on every page that speaks of it."""
    found = []
    if interview.requested_at > interview.in_time_until:
        found.append("Asked for only after the 72 hours")
    if interview.in_time is False:
        found.append("Held after more than 72 hours")
    if interview.outcome == InterviewRequest.Outcome.COMPLETED and interview.held_at is None:
        found.append("Nobody has said when it was held")
    if interview.state in OUTSTANDING and interview.chased:
        found.append(f"Reminded {interview.chased} time{'' if interview.chased == 1 else 's'}, no answer")
    if interview.state in OUTSTANDING and interview.agency.closed_at:
        found.append(f"Nothing is sent to {interview.agency} any more: telephone whoever took over")
    if interview.state == State.RECEIVED and interview.read_at:
        found.append("A later answer has come: what was read before is not all")
    return found


def interview_as_work(interview: InterviewRequest, clock: Clock | None) -> Work:
    outcome = InterviewRequest.Outcome(interview.outcome).label if interview.outcome else ""
    said = [*interview_warnings(interview), str(outcome), promise_of(clock.deadline) if clock else ""]
    return Work(
        title=interview.episode.person.name or "Not known",
        url=interview.get_absolute_url(),
        reference=interview.reference,
        why=". ".join(filter(None, said)),
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        child="yes",
        state=State(interview.state).label,
        state_kind=INTERVIEW_KINDS[State(interview.state)],
        owner=str(interview.agency if interview.state in OUTSTANDING else interview.team),
        holds_up=HOLDS_UP[State(interview.state)],
    )


def to_ask_as_work(episode: Episode, url: str) -> Work:
    """A child who is back and for whom nobody has asked."""
    return Work(
        title=episode.person.name or "Not known",
        url=url,
        reference=episode.reference,
        why="No return interview has been asked for",
        started=episode.found_at,
        child="yes",
        state="Not asked for",
        state_kind="new",
        owner="Missing team",
        holds_up="The child: nobody independent has heard them",
    )


def notice_warnings(notice: MissingNotice) -> list[str]:
    found = []
    if notice.agency is None and notice.state == MissingNotice.State.TO_SEND:
        found.append(f"{MissingNotice.Whom(notice.whom).label} not known: somebody has to find out")
    if notice.agency and notice.agency.closed_at and notice.state == MissingNotice.State.TO_SEND:
        found.append(f"Nothing is sent to {notice.agency} any more")
    if notice.late:
        found.append("Sent late")
    return found


def notice_as_work(notice: MissingNotice, clock: Clock | None) -> Work:
    waits = notice.state == MissingNotice.State.TO_SEND
    whom = str(notice.agency) if notice.agency else f"{MissingNotice.Whom(notice.whom).label} not known"
    about = MissingNotice.About(notice.about).label
    return Work(
        title=f"{notice.episode.person.name or 'Not known'}: {whom}",
        url=notice.get_absolute_url(),
        reference=notice.reference,
        why=". ".join([str(about), *notice_warnings(notice), *([notice.not_sent_because] if not waits else [])]).strip(
            ". "
        ),
        due=clock.due_at if clock else (notice.due_at if waits else None),
        started=notice.known_at,
        child="yes",
        state=MissingNotice.State(notice.state).label,
        state_kind="done" if notice.not_sent_because == OVERTAKEN else NOTICE_KINDS[MissingNotice.State(notice.state)],
        owner=str(notice.team),
        holds_up=f"{whom} does not know" if waits else "Nobody",
    )
