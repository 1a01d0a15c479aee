"""The child is searched for: what is done, who looks at it again and when, and who else has to know."""

from __future__ import annotations

from datetime import datetime

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from missing.codes import MISSING, OPEN, SEARCHED_FOR, EnquiryType, ReviewBy, State
from missing.models import DailyDecision, Enquiry, Episode, PlanAction, Review
from missing.needs import after_a_day
from missing.workflow.calls import must_be_looked_at_again
from missing.workflow.facts import Planned
from missing.workflow.planning import call_off, give_each
from workflow.transitions import NotNow, must_say, transition

DAILY_MEETING = System("daily management meeting")


@transition(source=MISSING, may=Can.SEARCH_FOR_MISSING)
def log_enquiry(
    episode: Episode, *, by: User, type: str, result: str, at: datetime | None = None, next_action: str = ""
) -> None:
    """Something was done to find the child. Whoever did it writes it down, before anybody has attended too."""
    if type not in EnquiryType.values:
        raise NotNow("Choose what was done.")
    must_say(result, "what came of it")
    done = at or now()
    if done > now():
        raise NotNow("That moment is still to come: check the date and time.")
    if done < episode.missing_since:
        raise NotNow("That was before the child was missing: check the date and time.")
    row = Enquiry.objects.create(
        episode=episode,
        type=type,
        result=result.strip(),
        next_action=next_action.strip(),
        at=done,
        by=by,
        recorded_at=now(),
    )
    # What was done before police were told of it was not done by police.
    if row.is_substantive and done >= episode.reported_at:
        episode.moved = episode.last_enquiry_at is None or done > episode.last_enquiry_at
        episode.first_enquiry_at = min(episode.first_enquiry_at or done, done)
        episode.last_enquiry_at = max(episode.last_enquiry_at or done, done)


@transition(source=MISSING, may=Can.SUPERVISE_MISSING)
def review(episode: Episode, *, by: User, said: str, next_review_at: datetime) -> None:
    """A supervisor has looked at everything, and says by when somebody looks again. Looking is not searching."""
    _looked(episode, ReviewBy.SERGEANT, by, said, next_review_at)
    episode.reviewed_at, episode.next_review_at = now(), next_review_at


@transition(source=MISSING, may=Can.COMMAND_MISSING)
def inspector_review(episode: Episode, *, by: User, said: str, next_review_at: datetime) -> None:
    """An inspector has looked at everything, and directs what is done next."""
    _looked(episode, ReviewBy.INSPECTOR, by, said, next_review_at)
    episode.next_review_at = min(episode.next_review_at, next_review_at)
    episode.inspector_reviewed_at = now()


@transition(source=MISSING, may=Can.REVIEW_LONG_MISSING)
def long_review(episode: Episode, *, by: User, said: str, next_review_at: datetime) -> None:
    """A superintendent has looked at a child who has been missing for long."""
    _looked(episode, ReviewBy.SUPERINTENDENT, by, said, next_review_at)
    _by_a_superintendent(episode, next_review_at)


@transition(source=State.INVESTIGATING.value, target=State.LONG_TERM.value, may=Can.REVIEW_LONG_MISSING)
def missing_for_long(episode: Episode, *, by: User, said: str, next_review_at: datetime) -> None:
    """A superintendent decides that this is a long-term investigation. Every clock runs on."""
    if episode.ukmpu_told_at is None:
        raise NotNow("The UK Missing Persons Unit is told first, and its reference is on the record.")
    _looked(episode, ReviewBy.SUPERINTENDENT, by, said, next_review_at)
    _by_a_superintendent(episode, next_review_at)


def _by_a_superintendent(episode: Episode, next_review_at: datetime) -> None:
    episode.next_review_at = min(episode.next_review_at, next_review_at)
    episode.long_reviewed_at = now()


def _looked(episode: Episode, rank: ReviewBy, by: User, said: str, next_review_at: datetime) -> None:
    must_say(said, "what you looked at, and what is to be done next")
    must_be_looked_at_again(next_review_at)
    Review.objects.create(
        episode=episode,
        rank=rank.value,
        said=said.strip(),
        next_review_at=next_review_at,
        at=now(),
        by=by,
        recorded_at=now(),
    )


@transition(source=MISSING, may=Can.SUPERVISE_MISSING)
def tell_ukmpu(episode: Episode, *, by: User, reference: str) -> None:
    """The UK Missing Persons Unit is told: within 72 hours of when the child was last seen, sooner where urgent."""
    must_say(reference, "the reference that the UK Missing Persons Unit gave")
    if episode.ukmpu_told_at:
        raise NotNow(f"The unit was told already: {episode.ukmpu_reference}.")
    episode.ukmpu_reference, episode.ukmpu_told_at, episode.ukmpu_told_by = reference.strip(), now(), by


@transition(source=MISSING, may=Can.DECIDE_DAILY)
def decide_daily(
    episode: Episode,
    *,
    by: User,
    decision: str,
    what: str = "",
    owner: User | None = None,
    due_at: datetime | None = None,
) -> None:
    """The daily management meeting decides for this child, and may give somebody an action."""
    must_say(decision, "what the meeting decides for this child")
    if what.strip():
        if owner is None or due_at is None:
            raise NotNow("An action has an owner and a time.")
        # Its chair does not search, but says what is searched: the step of the decision names who said so.
        give_each(episode, [Planned(what, owner, due_at)], DAILY_MEETING, PlanAction.Source.DAILY_MEETING)
    DailyDecision.objects.create(episode=episode, decision=decision.strip(), at=now(), by=by, recorded_at=now())
    episode.daily_decided_at = now()


@transition(source=MISSING, may=Can.SEARCH_FOR_MISSING)
def pass_on(episode: Episode, *, by: User, to: User, because: str) -> None:
    """Somebody else holds it from now on: the turn is over, or they are nearer."""
    must_say(because, "why, and what they have to know")
    if not to.can(Can.SEARCH_FOR_MISSING):
        raise NotNow(f"{to} cannot hold a missing child's record: choose somebody who does such work.")
    episode.owner = to


@transition(source=[*OPEN, State.CLOSED.value, State.COMPLETE.value], may=Can.REQUEST_STRATEGY_MEETING)
def no_meeting(episode: Episode, *, by: User, because: str) -> None:
    """A sergeant of the MASH decides that the agencies need not meet, and answers for that."""
    must_say(because, "why the agencies need not meet about this child")
    if not episode.needs_meeting_at or episode.needs_meeting_at > now():
        raise NotNow("Nothing asks for a meeting yet.")
    episode.no_meeting_because, episode.no_meeting_at, episode.no_meeting_by = because.strip(), now(), by
    if episode.is_missing and (day_is_over := after_a_day(episode)) > now():
        episode.needs_meeting_at = day_is_over  # what was decided in the first hours is asked again after a day


@transition(source=SEARCHED_FOR, may=Can.COMMAND_MISSING)
def offer_transfer(episode: Episode, *, by: User, to: str, because: str) -> None:
    """Another force is asked to take it over. Until they accept it stays ours, with every clock running."""
    must_say(to, "which force")
    must_say(because, "why they should take it over")
    if episode.transfer_offered_at:
        raise NotNow(f"It has been offered to {episode.transfer_to}, who have not answered.")
    episode.transfer_to, episode.transfer_offered_at, episode.transfer_offered_by = to.strip(), now(), by


@transition(source=SEARCHED_FOR, may=Can.COMMAND_MISSING)
def transfer_refused(episode: Episode, *, by: User, who: str, because: str) -> None:
    """The other force does not take it. It was ours all the time."""
    must_say(who, "who there said so")
    must_say(because, "why they do not take it")
    _must_be_offered(episode)
    episode.transfer_to, episode.transfer_offered_at, episode.transfer_offered_by = "", None, None


@transition(source=SEARCHED_FOR, target=State.TRANSFERRED.value, may=Can.COMMAND_MISSING)
def transfer_accepted(episode: Episode, *, by: User, who: str, reference: str) -> None:
    """An inspector of the other force has accepted it: from now on they search."""
    must_say(who, "which inspector there accepted it")
    must_say(reference, "their reference")
    _must_be_offered(episode)
    episode.ended_because = f"Accepted by {episode.transfer_to}: {who.strip()}, {reference.strip()}"
    call_off(episode, by, episode.ended_because)


def _must_be_offered(episode: Episode) -> None:
    if not episode.transfer_offered_at:
        raise NotNow("It has not been offered to another force.")


@transition(source=MISSING, target=State.IN_ERROR.value, may=Can.COMMAND_MISSING)
def recorded_in_error(episode: Episode, *, by: User, because: str) -> None:
    """An inspector says that there was no missing child, or that this is a second report of one. It stays countable."""
    must_say(because, "how we know that no child is missing, or which report goes on")
    episode.ended_because = because.strip()
    call_off(episode, by, f"Recorded in error: {episode.ended_because}")
