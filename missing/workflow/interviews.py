"""The return interview: asked of the authority, held by somebody independent, come back, and read into the record.

It is done only when somebody here has read what came: until then a clock runs, in every state. Every way of losing it
has a name on the list (`missing.views.interviews`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from access.actor import System
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases import records
from cases.models import HowKnown, next_reference
from cases.records import Source
from govuk.fields import YesNoNotKnown as Answer
from govuk.times import exactly
from missing.codes import HAS_TO_BE_FOUND, Harm
from missing.models import Episode, InterviewRequest, Learned
from missing.plans import add_to_plan
from missing.workflow.asking import reminder_in_words, request_in_words
from partners.content import what_may_not_go
from partners.disclose import Grounds, disclose, must_stand
from partners.models import Agency, Basis, Informed
from workflow.transitions import NotNow, must_say, transition

State, Outcome = InterviewRequest.State, InterviewRequest.Outcome
REQUESTED, HELD = State.REQUESTED.value, State.HELD.value
RECEIVED, READ = State.RECEIVED.value, State.READ.value
OUTSTANDING = [REQUESTED, HELD]
"""The authority owes us what came of it."""
NOT_DONE = [*OUTSTANDING, RECEIVED]
ANY = [*NOT_DONE, READ]
WITHOUT = [Outcome.DECLINED.value, Outcome.MISSING_AGAIN.value, Outcome.NOT_OFFERED.value, Outcome.NO_REPLY.value]
LATER = "[Later, {when}, from {whom}]"

ON_READ: list[Callable[[InterviewRequest], None]] = []
"""Called when an interview has been read into the record, in that transaction and just before it is saved: what waited
for it goes on. Its state is "read" already."""


@dataclass(frozen=True)
class Found:
    """One thing that the interview told, and whether it goes into the trigger plan."""

    kind: str
    text: str
    to_plan: bool = False


@transition(target=REQUESTED, may=Can.CHASE_INTERVIEWS)
def request_interview(
    interview: InterviewRequest, *, by: User, episode: Episode, agency: Agency, provider: str, grounds: Grounds
) -> None:
    """The authority is asked to have the child heard by somebody independent, within 72 hours of the return."""
    episode = Episode.objects.select_for_update(of=("self",)).select_related("person", "host").get(pk=episode.pk)
    returned_at = _must_be_one_to_ask(episode, agency)
    must_stand(grounds)
    interview.reference, interview.team = next_reference("RHI"), team_of(Role.MISSING_COORDINATOR)
    interview.case, interview.episode, interview.agency = episode.case, episode, agency
    interview.provider, interview.returned_at = provider.strip()[:200], returned_at
    interview.requested_at, interview.requested_by = now(), by
    source = Source(HowKnown.RECORD.value, interview.reference, by=by, case=interview.case)
    records.involve([(episode.person, "child")], interview, source)
    content = request_in_words(interview, episode)
    if wrong := what_may_not_go(content):
        raise NotNow(" ".join(wrong))
    disclose(interview, to=[agency], content=content, grounds=grounds, by=by, expects=())


def _must_be_one_to_ask(episode: Episode, agency: Agency) -> datetime:
    """When the child was back: the 72 hours run from then."""
    if episode.state not in HAS_TO_BE_FOUND or episode.found_at is None:
        raise NotNow("A return interview is asked for once the child is found.")
    if Harm.FATAL in episode.harm:
        raise NotNow("The child has died: there is no return interview.")
    if agency.kind != Agency.Kind.SOCIAL_CARE:
        raise NotNow("A return interview is asked of children's social care: choose the local authority.")
    if agency.closed_at:
        raise NotNow(f"Nothing is sent to {agency} any more: choose another.")
    if there := InterviewRequest.objects.filter(episode=episode).first():
        raise NotNow(f"It has been asked for already: {there}.")
    return episode.found_at


@transition(source=OUTSTANDING, target=HELD, may=Can.CHASE_INTERVIEWS)
def interview_held(interview: InterviewRequest, *, by: User | System, held_at: datetime, by_whom: str) -> None:
    """Somebody independent has heard the child. What came of it still has to come back."""
    _must_have_been(interview, held_at)
    interview.held_at = held_at
    interview.provider = by_whom.strip()[:200] or interview.provider


@transition(source=ANY, target=RECEIVED, may=Can.CHASE_INTERVIEWS, secret=("said",))
def interview_came(
    interview: InterviewRequest, *, by: User | System, who: str, said: str, held_at: datetime | None
) -> None:
    """What the child told has come back to police. It counts once somebody has read it into the record.

    `held_at`: None = not known, or told before. A later answer stands beside the earlier, and has to be read as well.
    """
    must_say(who, "who it is from")
    must_say(said, "what came of the interview")
    if held_at is not None:
        _must_have_been(interview, held_at)
        interview.held_at = held_at
    _has_come(interview, who, said, Outcome.COMPLETED)


@transition(source=ANY, target=RECEIVED, may=Can.CHASE_INTERVIEWS, secret=("because",))
def no_interview(interview: InterviewRequest, *, by: User | System, outcome: str, because: str, who: str) -> None:
    """There was no return interview, and why. Somebody here reads that too: the child is heard in another way then."""
    if outcome not in WITHOUT:
        raise NotNow("Say why there was none: declined, missing again, not offered, or no reply.")
    must_say(because, "what is known of why there was none")
    if outcome == Outcome.NO_REPLY:
        if interview.state not in OUTSTANDING:
            raise NotNow("They have answered.")
        if not interview.chased:
            raise NotNow("They have not been reminded yet: remind them first.")
    else:
        must_say(who, "who said so")
    interview.outcome_because = because.strip()
    _has_come(interview, who, f"{Outcome(outcome).label}. {because}" if interview.said else "", Outcome(outcome))


def _must_have_been(interview: InterviewRequest, held_at: datetime) -> None:
    if held_at > now():
        raise NotNow("It cannot have been held in the future. Check the date and time.")
    if held_at < interview.returned_at:
        raise NotNow(
            f"It was held after the child's return, {exactly(interview.returned_at)}. Check the date and time."
        )


def _has_come(interview: InterviewRequest, who: str, said: str, outcome: InterviewRequest.Outcome) -> None:
    """An earlier answer is not written over: somebody may have acted on it."""
    is_later = interview.state in (RECEIVED, READ)
    if said.strip() and said.strip() not in interview.said:
        heading = LATER.format(when=exactly(now()), whom=who.strip() or "nobody named") if interview.said else ""
        interview.said = "\n\n".join(filter(None, [interview.said, f"{heading}\n{said.strip()}".strip()]))
    if is_later and outcome == Outcome.COMPLETED and interview.outcome != outcome:
        earlier = Outcome(interview.outcome).label
        interview.said = f"[Before: {earlier}. {interview.outcome_because}]\n\n{interview.said}"
    interview.outcome, interview.received_at = outcome.value, now()
    interview.from_whom = who.strip()[:200] or interview.from_whom


def as_opened(interview: InterviewRequest) -> str:
    """Stands for exactly what came, as somebody has it open: what changes after that has not been read by them."""
    text = "\0".join([interview.outcome, interview.outcome_because, interview.said, str(interview.received_at)])
    return hashlib.sha256(text.encode()).hexdigest()


@transition(source=RECEIVED, target=READ, may=Can.CHASE_INTERVIEWS, secret=("risks", "learned", "opened"))
def read_interview(
    interview: InterviewRequest,
    *,
    by: User,
    opened: str,
    summary: str,
    risks: str,
    learned: Sequence[Found],
    plan_updated: str,
) -> None:
    """Somebody has opened what came, and says what the next officer at the door has to know of it."""
    if opened != as_opened(interview):
        raise NotNow("More has come since you opened it. Read what stands there now.")
    must_say(summary, "what the next officer has to know")
    must_say(risks, "which risks it shows; “none” if it shows none")
    if plan_updated not in Answer.values:
        raise NotNow("Say whether the trigger plan was brought up to date: yes, no or not known.")
    interview.summary, interview.risks = summary.strip(), risks.strip()
    interview.plan_updated = plan_updated
    interview.read_at, interview.read_by = now(), by
    _keep_what_was_learned(interview, learned, by)


def _goes_on(interview: InterviewRequest) -> None:
    for then in ON_READ:
        then(interview)


read_interview.watchers.append(_goes_on)


def _keep_what_was_learned(interview: InterviewRequest, learned: Sequence[Found], by: User) -> None:
    """A row for each thing that was not kept before; what is ticked goes into the trigger plan, where there is one."""
    for each in learned:
        must_say(each.text, "what was learned, in each row that you use")
        if each.kind not in Learned.Kind.values:
            raise NotNow("Say what each thing is: a place, a person, what pushes the child away, what draws them.")
    there = {(row.kind, row.text) for row in Learned.objects.filter(interview=interview)}
    new = [each for each in learned if (each.kind, each.text.strip()) not in there]
    if ticked := [(each.kind, each.text.strip()) for each in new if each.to_plan]:
        add_to_plan(ticked, interview, by)
    Learned.objects.bulk_create(
        Learned(interview=interview, kind=each.kind, text=each.text.strip()[:300], to_plan=each.to_plan) for each in new
    )


@transition(source=OUTSTANDING, may=Can.CHASE_INTERVIEWS)
def chase(interview: InterviewRequest, *, by: User | System) -> None:
    """The authority is reminded: the interview has not been held, or what came of it has not come back."""
    interview.chased, interview.chased_at = interview.chased + 1, now()
    episode = Episode.objects.select_related("person").get(pk=interview.episode_id)
    content = reminder_in_words(interview, episode)
    disclose(interview, to=[interview.agency], content=content, grounds=TO_REMIND, by=by, expects=())


WHY_NEEDED = "So that somebody independent hears the child, and what they tell keeps them safe next time"
TO_REMIND = Grounds(
    Basis.PUBLIC_TASK.value,
    WHY_NEEDED,
    Informed.NO_OTHER.value,
    "Nothing about the child is in it that they were not sent before",
)
