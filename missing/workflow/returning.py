"""The child is found, seen and heard, and what a return asks for is seen through until the last of it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from govuk.fields import YesNoNotKnown as Answer
from missing.codes import MISSING, WAS_HARMED, FoundBy, Harm, NeedsMeeting, State
from missing.models import Episode, InterviewRequest, MissingNotice, PreventionInterview
from missing.needs import needs, waits_for_a_decision
from missing.owners import belongs_to_a_supervisor
from missing.workflow.facts import Heard
from missing.workflow.interviews import ON_READ
from missing.workflow.planning import call_off
from missing.workflow.raising import raise_notices
from ppn.models import Ppn
from workflow.transitions import NotNow, OneOf, must_say, transition

ASKS = System("is everything done that a return asks for?")
NOT_KNOWN = [Harm.NONE.value, Harm.NOT_KNOWN.value]


@transition(source=MISSING, target=State.FOUND.value, may=Can.SEARCH_FOR_MISSING)
def found(
    episode: Episode,
    *,
    by: User,
    found_at: datetime,
    where: str,
    found_by: str,
    how: str,
    harm: Sequence[str],
) -> None:
    """The child is found. Found is not done: somebody sees them, asks them, and writes down what they say."""
    must_say(where, "where the child was found")
    must_say(how, "how the child was found, and where they are now")
    if found_by not in FoundBy.values:
        raise NotNow("Say who found the child.")
    if found_at > now():
        raise NotNow("The child was found at a moment that is still to come: check the date and time.")
    if found_at < episode.missing_since:
        raise NotNow("The child was found before they were missing: check the date and time.")
    _must_be_harm(harm)
    episode.found_at, episode.found_where, episode.found_by = found_at, where.strip(), found_by
    episode.found_how, episode.harm = how.strip(), list(harm)
    episode.found_recorded_at, episode.found_recorded_by = now(), by
    _within_the_day(episode, found_at)
    _harmed(episode, harm)
    call_off(episode, by, f"{episode.person} is found.")
    raise_notices(episode, MissingNotice.About.FOUND.value, by)


def _within_the_day(episode: Episode, found_at: datetime) -> None:
    """Where only a whole day missing would have asked for a meeting, and the child is found before, nothing does."""
    asks, answered = episode.needs_meeting_at, episode.no_meeting_at
    others = set(episode.needs_meeting) - {NeedsMeeting.A_DAY.value}
    if asks and found_at < asks and (not others or (answered is not None and answered < asks)):
        episode.needs_meeting = [each for each in episode.needs_meeting if each != NeedsMeeting.A_DAY]
        episode.needs_meeting_at = None


def _must_be_harm(harm: Sequence[str]) -> None:
    if not harm or not set(harm) <= set(Harm.values):
        raise NotNow("Say what harm came to the child. “Not known yet” is an answer.")
    if len(harm) > 1 and set(harm) & set(NOT_KNOWN):
        raise NotNow("Either no harm is known, or it is not known yet, or there was some: choose one of these.")


def _harmed(episode: Episode, harm: Sequence[str], exploitation: str = "") -> None:
    if set(harm) & set(WAS_HARMED) or exploitation == Answer.YES:
        needs(episode, [NeedsMeeting.HARM.value], now())


@transition(source=State.FOUND.value, target=State.INTERVIEWED.value, may=Can.HEAR_CHILD)
def interview(episode: Episode, *, by: User, heard: Heard) -> None:
    """An officer has seen the child: their own words, how they were, what happened, whom they want to talk to."""
    _must_be_heard(episode, heard)
    PreventionInterview.objects.create(episode=episode, by=by, recorded_at=now(), **asdict(heard))
    known = [*(each for each in episode.harm if each in WAS_HARMED), *heard.harm]
    episode.harm = [each for each in dict.fromkeys(known) if each not in NOT_KNOWN] or list(heard.harm)
    episode.interviewed_at = heard.at
    _harmed(episode, heard.harm, heard.exploitation)
    belongs_to_a_supervisor(episode, by)


def _must_be_heard(episode: Episode, heard: Heard) -> None:
    must_say(heard.own_words, "what the child said, in their own words; or that they said nothing")
    must_say(heard.demeanour, "how the child was")
    for text, what in (
        (heard.place, "where you saw the child"),
        (heard.why_left, "why the child left; “not known” is an answer"),
        (heard.where_been, "where the child was; “not known” is an answer"),
        (heard.with_whom, "with whom the child was; “not known” is an answer"),
        (heard.wants_to_talk_to, "whom the child wants to talk to; “nobody” is an answer"),
        (heard.safe_now_because, "what was done so that the child is safe now"),
    ):
        must_say(text, what)
    _must_be_harm(heard.harm)
    if heard.exploitation not in Answer.values:
        raise NotNow("Say whether there is any sign of exploitation.")
    if heard.at > now():
        raise NotNow("You saw the child at a moment that is still to come: check the date and time.")
    if episode.found_at and heard.at < episode.found_at:
        raise NotNow("You saw the child before they were found: check both times.")


@transition(source=State.FOUND.value, target=State.INTERVIEWED.value, may=Can.COMMAND_MISSING)
def let_nobody_see(episode: Episode, *, by: User, because: str) -> None:
    """An inspector answers for it that no officer sees the child: who has, and how we know that the child is safe."""
    must_say(because, "who has seen the child, when, and how we know that the child is safe")
    episode.not_seen_because, episode.interviewed_at = because.strip(), now()
    belongs_to_a_supervisor(episode, by)


def still_needed(episode: Episode) -> list[str]:
    """What still stands between a child who was found and closing the episode, in words. Asked as the software."""
    with acting(ASKS):
        found = [
            ("Ask the responsible authority for a return interview", not owes_a_request(episode)),
            ("Tell the agencies that wait to be told, or say why not", not _untold(episode)),
            ("A MASH sergeant decides whether the agencies meet", not waits_for_a_decision(episode)),
        ]
    return [words for words, done in found if not done]


def owes_a_request(episode: Episode) -> bool:
    """Somebody independent is to hear the child, unless the child has died."""
    asked = InterviewRequest.objects.filter(episode=episode).figures().exists()
    return not asked and Harm.FATAL.value not in episode.harm


def _untold(episode: Episode) -> bool:
    to_send = MissingNotice.State.TO_SEND.value
    return bool(MissingNotice.objects.filter(episode=episode, state=to_send).figures().exists())


def has_a_ppn(episode: Episode) -> bool:
    """A restricted notice, which the person may not see, is a notice all the same."""
    with acting(ASKS):
        return bool(Ppn.objects.filter(arises_from=episode.pk).figures().exists())


def episode_of(notice: Ppn) -> Episode | None:
    """The episode that a notice was raised from."""
    return Episode.objects.filter(pk=notice.arises_from).first() if notice.arises_from else None


ENDS_IN = OneOf["Episode"](
    lambda episode: State.COMPLETE.value if episode.completed_at else State.CLOSED.value,
    (State.CLOSED.value, State.COMPLETE.value),
)


@transition(source=State.INTERVIEWED.value, target=ENDS_IN, may=Can.SUPERVISE_MISSING)
def close(episode: Episode, *, by: User, no_ppn_because: str) -> None:
    """A sergeant closes it: there is a PPN or a reason, and the return interview has been asked for. It stays an
    obligation until that is read into the record."""
    if not no_ppn_because.strip() and not has_a_ppn(episode):
        raise NotNow("There is no PPN about this child's return: submit one first, or say why there is none.")
    if left := still_needed(episode):
        raise NotNow(f"Before it is closed: {'; '.join(left)}.")
    episode.no_ppn_because = no_ppn_because.strip()
    episode.closed_at, episode.closed_by = now(), by
    with acting(ASKS):
        if _is_read(episode) or Harm.FATAL.value in episode.harm:
            episode.completed_at = now()


def _is_read(episode: Episode) -> bool:
    read = InterviewRequest.State.READ.value
    return bool(InterviewRequest.objects.filter(episode=episode, state=read).figures().exists())


@transition(source=State.CLOSED.value, target=State.COMPLETE.value, may=Can.CHASE_INTERVIEWS)
def complete(episode: Episode, *, by: User | System) -> None:
    """The return interview has come back and is read into the record: nothing is left to do."""
    episode.completed_at = now()


def interview_was_read(request: InterviewRequest) -> None:
    """Called where somebody has read a return interview into the record."""
    with acting(ASKS):
        episode = Episode.objects.get(pk=request.episode_id)
    if episode.state == State.CLOSED:
        complete(episode, by=ASKS)


ON_READ.append(interview_was_read)
