"""What an authority reads when it is asked for a return interview, and when it is reminded. No more than it needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from govuk.times import exactly
from missing.codes import MissingFrom
from missing.models import Episode, InterviewRequest
from partners.content import Content

State = InterviewRequest.State
ANSWER = (
    "Tell us when it was held and what came of it, or why there was none: by your own system, on our pages for "
    "agencies, by secure mail, or by telephone."
)


def last_before(episode: Episode) -> InterviewRequest | None:
    """The last return interview that was asked for about this child before this time, as far as whoever acts may see
    it: what a restricted case alone knows is sent to nobody."""
    rows = InterviewRequest.objects.filter(episode__person__same_as=episode.person.same_as_id)
    rows = rows.exclude(episode=episode.pk).filter(episode__reported_at__lte=episode.reported_at)
    found: InterviewRequest | None = rows.select_related("agency").order_by("-requested_at", "pk").first()
    return found


def request_in_words(interview: InterviewRequest, episode: Episode) -> Content:
    """The request as the authority reads it."""
    lines = [
        *_child(episode),
        ("Missing since", exactly(episode.missing_since)),
        ("Found", exactly(interview.returned_at)),
        ("Missing from", str(MissingFrom(episode.missing_from).label)),
        ("To be held by", exactly(interview.in_time_until)),
        ("Who holds it", interview.provider or "not known: please say"),
        ("Last return interview", _last(episode)),
        ("What we ask", ANSWER),
    ]
    return _content(interview, "Request for a return interview", lines)


def reminder_in_words(interview: InterviewRequest, episode: Episode) -> Content:
    """Which interview it is, and what we still wait for. Nothing that was not sent before but what they told us."""
    held = interview.state == State.HELD and interview.held_at
    waits = f"What came of the interview that was held {exactly(interview.held_at)}" if held else "The interview"
    lines = [
        *_child(episode),
        ("Asked for", exactly(interview.requested_at)),
        ("Due by", exactly(interview.in_time_until)),
        ("We wait for", waits),
        ("What we ask", ANSWER),
    ]
    return _content(interview, f"Reminder {interview.chased}: return interview", lines)


def _child(episode: Episode) -> list[tuple[str, str]]:
    return [("Child", episode.person.name or "not known"), ("Date of birth", _born(episode.person.born_on))]


def _born(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "not known"


def _last(episode: Episode) -> str:
    """That there was one and what became of it. What the child said then was said to whoever asked for it then."""
    last = last_before(episode)
    if last is None:
        return "None that we know of"
    asked = f"Asked of {last.agency}, {exactly(last.requested_at)}"
    if last.state in (State.REQUESTED, State.HELD):
        return f"{asked}. It has not come back to us"
    return f"{asked}. {InterviewRequest.Outcome(last.outcome).label}"


def _content(interview: InterviewRequest, about: str, lines: list[tuple[str, str]]) -> dict[str, Any]:
    section = {"heading": "Return interview", "lines": [{"label": label, "text": text} for label, text in lines]}
    return {"reference": interview.reference, "about": about, "sections": [section]}
