"""A daily management meeting: owed, opened with its agenda, over when everything is decided, its minutes signed off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import posts_of, team_of
from accounts.models import Team, User
from briefing.lengths import EARLY
from briefing.models import Action, AgendaItem, Attendee, Meeting
from briefing.workflow.actions import carry_over, late_by
from briefing.workflow.agenda import bring_up_to_date
from cases.models import next_reference
from missing.lengths import DAILY_MEETING
from missing.workflow.conditions import next_of
from partners.models import Agency
from workflow.transitions import NotNow, must_say, transition

State = Meeting.State
OWES = System("daily management meeting each day")
HELD = System("end of the daily meeting")


def ensure_meeting() -> Meeting:
    """There is always a next meeting."""
    with acting(OWES, apart=True), transaction.atomic():
        Team.objects.select_for_update(no_key=True).get(pk=team_of(Role.DMM_CHAIR).pk)  # one at a time
        following: Meeting | None = Meeting.objects.filter(state=State.OWED).first()
        return following or want_meeting(Meeting(), by=OWES, after=now())


@transition(target=State.OWED.value, may=Can.DECIDE_DAILY)
def want_meeting(meeting: Meeting, *, by: System, after: datetime) -> None:
    """The next meeting is owed at its hour, on a weekend too."""
    meeting.reference, meeting.owed_since = next_reference("DMM"), now()
    meeting.meets_at = next_of(after, [DAILY_MEETING.in_force(now())[0] % 24])


@transition(source=State.OWED.value, target=State.OPEN.value, may=Can.DECIDE_DAILY)
def open_meeting(meeting: Meeting, *, by: User) -> None:
    """The meeting begins. Its agenda is written down from the records as they are now; whoever opens it chairs it."""
    if now() < meeting.meets_at - EARLY.in_force(now())[0]:
        raise NotNow("It is too early: the agenda would not be that of the meeting.")
    if Meeting.objects.filter(state=State.OPEN).exists():
        raise NotNow("The meeting before is not over yet.")
    meeting.opened_at, meeting.opened_by, meeting.chair, meeting.looked_at = now(), by, by, now()
    bring_up_to_date(meeting)


def begin(meeting: Meeting, *, by: User) -> Meeting:
    """Opens it, and the next one is owed at once."""
    with transaction.atomic():
        opened = open_meeting(meeting, by=by)
        with acting(OWES, apart=True):
            want_meeting(Meeting(), by=OWES, after=max(now(), opened.meets_at))
    return opened


@transition(source=State.OPEN.value, may=Can.DECIDE_DAILY)
def look_again(meeting: Meeting, *, by: User) -> None:
    """What has become late since is added, and what has settled itself is shown as that."""
    meeting.looked_at = now()
    bring_up_to_date(meeting)


@transition(source=State.OPEN.value, may=Can.DECIDE_DAILY)
def take_chair(meeting: Meeting, *, by: User, because: str) -> None:
    """Somebody else chairs the meeting from now on."""
    must_say(because, "why you chair it from now on")
    if meeting.chair_id == by.pk:
        raise NotNow("You chair it already.")
    meeting.chair = by


@transition(source=State.OPEN.value, target=State.OVER.value, may=Can.DECIDE_DAILY)
def end_meeting(meeting: Meeting, *, by: User) -> None:
    """Everything on the agenda is decided, and the meeting is over. An action that is late is carried over."""
    bring_up_to_date(meeting, add=False)
    if undecided := undecided_of(meeting):
        raise NotNow(f"Not decided yet: {', '.join(f'item {item.number}' for item in undecided)}.")
    if not meeting.attendees.filter(state=Attendee.State.THERE).exists():
        raise NotNow("Say who was there.")
    if unchecked := said_done_before(meeting):
        names = ", ".join(action.reference for action in unchecked)
        raise NotNow(f"Said to be done, and nobody has looked: {names}.")
    meeting.ended_at, meeting.ended_by = now(), by
    with acting(HELD, apart=True):
        for action in late_by(now(), given_before=meeting.opened_at or now()):
            carry_over(action, by=HELD, meeting=meeting)


@transition(source=State.OVER.value, target=State.SIGNED_OFF.value, may=Can.DECIDE_DAILY)
def sign_off(meeting: Meeting, *, by: User, notes: str = "", because: str = "") -> None:
    """The minutes are signed off by whoever chaired, and nothing of them changes any more."""
    if meeting.chair_id != by.pk:
        must_say(because, f"why you sign off, and not {meeting.chair}, who chaired it")
    meeting.notes = notes.strip()
    meeting.signed_at, meeting.signed_by, meeting.signed_because = now(), by, because.strip()


def undecided_of(meeting: Meeting) -> list[AgendaItem]:
    """What waits for a decision, children first."""
    rows = meeting.items.filter(state=AgendaItem.State.UNDECIDED).order_by("number")
    return sorted(rows, key=lambda item: not item.is_one_child)


def said_done_before(meeting: Meeting) -> list[Action]:
    """Actions that were said to be done before the meeting began, and that nobody has looked at. Those too that whoever
    chairs may not read: they are settled by somebody who may."""
    rows = Action.objects.filter(state=Action.State.DONE, done_at__lte=meeting.opened_at)
    return list(rows.order_by("by_when", "pk"))


@transition(target=Attendee.State.THERE.value, may=Can.DECIDE_DAILY)
def record_there(
    attendee: Attendee, *, by: User, meeting: Meeting, person: User | None, agency: Agency | None, post: str
) -> None:
    """Somebody is there, by their post; or somebody who speaks for a partner agency."""
    if meeting.state not in (State.OPEN, State.OVER):
        raise NotNow("Who was there is written down while the meeting goes on, and until its minutes are signed off.")
    if (person is None) == (agency is None):
        raise NotNow("Say who: one person of the force, or one agency.")
    if person and meeting.attendees.filter(person=person, state=Attendee.State.THERE).exists():
        raise NotNow(f"{person} is on the list already.")
    attendee.reference, attendee.meeting, attendee.recorded_at = f"{meeting.reference}/there", meeting, now()
    attendee.person, attendee.agency, attendee.post = person, agency, post.strip() or (_post(person) if person else "")
    must_say(attendee.post, "what their post is there")


def _post(person: User) -> str:
    posts = [post for post in posts_of(person) if post.person_id == person.pk]
    if not posts:
        raise NotNow(f"{person} has no post in the force: say what they are.")
    return str(Role(posts[0].role).label)


@transition(source=Attendee.State.THERE.value, target=Attendee.State.IN_ERROR.value, may=Can.DECIDE_DAILY)
def was_not_there(attendee: Attendee, *, by: User, because: str) -> None:
    """They were not there: it was recorded in error."""
    must_say(because, "why it was wrong")
    attendee.not_there_because = because.strip()
