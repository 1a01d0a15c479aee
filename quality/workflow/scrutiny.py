"""Meetings of the scrutiny group: owed each quarter, planned, papers sent, held, reported; and who is of the group."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from access.actor import Actor, System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import posts_of, team_of
from accounts.models import Team, User
from cases.drawing import new_seed
from cases.models import next_reference
from partners.actor import person_of
from quality.anonymity import must_be_anonymous
from quality.models import ScrutinyMeeting, ScrutinyMember, ScrutinyPaper
from quality.scrutiny_cases import names_around, population, quarter_before
from quality.scrutiny_lengths import MEMBERS_SEE, SCRUTINY_CASES
from quality.workflow.scrutiny_papers import draw_paper, the_draw
from workflow.transitions import NotNow, must_say, transition

State = ScrutinyMeeting.State
Paper = ScrutinyPaper.State
Member = ScrutinyMember.State
OWES = System("scrutiny group each quarter")
NEXT = [State.WANTED.value, State.PLANNED.value, State.PAPERS_SENT.value]
"""States of the meeting that comes next."""


def ensure_meeting() -> ScrutinyMeeting:
    """There is always a next meeting, planned or still to be planned."""
    with acting(OWES, apart=True), transaction.atomic():
        Team.objects.select_for_update(no_key=True).get(pk=team_of(Role.MASH_CHIEF_INSPECTOR).pk)  # one at a time
        following = ScrutinyMeeting.objects.filter(state__in=NEXT).first()
        if following is not None:
            return following
        last = ScrutinyMeeting.objects.filter(held_at__isnull=False).order_by("-held_at").first()
        return want_meeting(ScrutinyMeeting(), by=OWES, counts_from=last.held_at if last else now())


@transition(target=State.WANTED.value, may=Can.CHAIR_SCRUTINY)
def want_meeting(meeting: ScrutinyMeeting, *, by: System, counts_from: datetime) -> None:
    """The group is to meet again within a quarter."""
    meeting.reference, meeting.counts_from = next_reference("SG"), counts_from


@transition(source=State.WANTED.value, target=State.PLANNED.value, may=Can.CHAIR_SCRUTINY)
def plan_meeting(meeting: ScrutinyMeeting, *, by: User, meets_at: datetime, place: str) -> None:
    """The chair says when and where the group meets. It looks at cases of the quarter before."""
    _must_be_ahead(meets_at)
    meeting.chair, meeting.meets_at, meeting.place = by, meets_at, place.strip()
    meeting.quarter_from = quarter_before(localdate(meets_at))


def _must_be_ahead(meets_at: datetime) -> None:
    if meets_at <= now():
        raise NotNow("Give a day and time that is still to come.")


@transition(target=State.PLANNED.value, may=Can.CHAIR_SCRUTINY)
def plan_instead(meeting: ScrutinyMeeting, *, by: System, of: ScrutinyMeeting, meets_at: datetime) -> None:
    """Planned anew in place of a meeting that was called off. The quarter runs on from where it began."""
    meeting.reference, meeting.in_place_of, meeting.meets_at = next_reference("SG"), of, meets_at
    for name in ("counts_from", "chair", "place", "quarter_from", "seed", "size", "drawn_from", "drawn_at"):
        setattr(meeting, name, getattr(of, name))


@transition(
    source=[State.PLANNED.value, State.PAPERS_SENT.value], target=State.CALLED_OFF.value, may=Can.CHAIR_SCRUTINY
)
def call_off_meeting(meeting: ScrutinyMeeting, *, by: User, because: str, meets_at: datetime) -> None:
    """It does not take place; a new day is fixed at once. Members and papers go along, and are seen by nobody until
    they are sent again."""
    must_say(because, "why it is called off")
    _must_be_ahead(meets_at)
    meeting.called_off_because = because.strip()
    following = plan_instead(ScrutinyMeeting(), by=OWES, of=meeting, meets_at=meets_at)
    with acting(OWES, apart=True):
        meeting.papers.update(meeting=following)
        meeting.members.update(meeting=following)


@transition(source=State.PLANNED.value, may=Can.CHAIR_SCRUTINY)
def draw_cases(meeting: ScrutinyMeeting, *, by: User) -> None:
    """Cases of the quarter are drawn at random, one of each kind and grade first. Drawn once: nobody draws again until
    they like what comes."""
    if meeting.drawn_at is not None:
        raise NotNow("The cases are drawn already: add one with a reason, or leave one out with a reason.")
    found = population(meeting.quarter_from) if meeting.quarter_from else []
    if not found:
        raise NotNow("Nothing of that quarter can be drawn: add cases with a reason.")
    meeting.seed, meeting.drawn_at = new_seed(), now()
    meeting.size, _ = SCRUTINY_CASES.in_force(now())
    meeting.drawn_from = [[each.record.reference, each.stratum] for each in found]
    named = {each.record.reference: each for each in found}
    for reference in the_draw(meeting):
        if not meeting.papers.filter(record=named[reference].record.pk).exists():
            draw_paper(ScrutinyPaper(meeting=meeting), by=OWES, found=named[reference])


@transition(source=State.PLANNED.value, target=State.PAPERS_SENT.value, may=Can.CHAIR_SCRUTINY)
def send_papers(meeting: ScrutinyMeeting, *, by: User) -> None:
    """From now on members read the papers, and until so many days after the meeting."""
    papers = list(_papers(meeting))
    if not papers:
        raise NotNow("There is no case: draw cases or add one.")
    if waiting := [each.title for each in papers if each.state != Paper.CHECKED]:
        raise NotNow(f"Not checked by a second person yet: {', '.join(waiting)}.")
    if hidden := [each.title for each in papers if each.case and each.case.restricted and not each.restricted_said]:
        raise NotNow(f"Only named people may see {', '.join(hidden)}: leave it out, or add it again and say why.")
    if not meeting.members.filter(state=Member.ON).exists():
        raise NotNow("Nobody is of the group yet: add members.")
    meeting.papers_sent_at = now()
    meeting.closes_at = _closes(meeting.meets_at)


def _papers(meeting: ScrutinyMeeting) -> list[ScrutinyPaper]:
    """All of them, those too that the chair may not read."""
    with acting(OWES, apart=True):
        left_out = Q(state=Paper.LEFT_OUT)
        return list(meeting.papers.exclude(left_out).select_related("case").order_by("number"))


def _closes(at: datetime | None) -> datetime:
    at = at or now()
    return at + MEMBERS_SEE.in_force(now())[0]


@transition(source=State.PAPERS_SENT.value, target=State.HELD.value, may=Can.CHAIR_SCRUTINY)
def hold_meeting(meeting: ScrutinyMeeting, *, by: User, held_at: datetime, who_was_there: str) -> None:
    """The group has met."""
    must_say(who_was_there, "who was there, of which agency")
    if not (meeting.papers_sent_at or now()) <= held_at <= now():
        raise NotNow("It was held after the papers were sent, and not in the future.")
    meeting.held_at, meeting.who_was_there, meeting.closes_at = held_at, who_was_there.strip(), _closes(held_at)
    want_meeting(ScrutinyMeeting(), by=OWES, counts_from=held_at)


@transition(source=State.HELD.value, target=State.REPORTED.value, may=Can.CHAIR_SCRUTINY)
def report_meeting(meeting: ScrutinyMeeting, *, by: User, report: str) -> None:
    """What the group found goes to its members and into the list. It names nobody."""
    must_say(report, "what the group found")
    papers = _papers(meeting)
    if waiting := [each.title for each in papers if each.state != Paper.FOUND]:
        raise NotNow(f"No finding yet: {', '.join(waiting)}.")
    must_be_anonymous(report, [name for each in papers for name in names_around(each.kind, each.record)])
    meeting.report, meeting.reported_at, meeting.reported_by = report.strip(), now(), by


@transition(target=Member.ON.value, may=Can.CHAIR_SCRUTINY)
def add_member(member: ScrutinyMember, *, by: User, meeting: ScrutinyMeeting, person: User) -> None:
    """Somebody of the force or of a partner agency is of the group for this meeting, and for no other."""
    if meeting.state not in (State.PLANNED, State.PAPERS_SENT):
        raise NotNow("Members are added to a meeting that is planned and has not been held.")
    if meeting.members.filter(person=person, state=Member.ON).exists():
        raise NotNow(f"{person} is of the group already.")
    member.reference, member.meeting, member.person = next_reference("SM"), meeting, person
    member.speaks_for, member.added_at = _speaks_for(person), now()


def _speaks_for(person: User) -> str:
    if person.is_outside:
        let_in = person_of(person)
        if let_in is None:
            raise NotNow(f"{person} is not let in for an agency.")
        return str(let_in.agency)
    posts = [post for post in posts_of(person) if post.person_id == person.pk]
    if not posts:
        raise NotNow(f"{person} has no post in the force.")
    return str(Role(posts[0].role).label)


@transition(source=Member.ON.value, target=Member.REMOVED.value, may=Can.CHAIR_SCRUTINY)
def remove_member(member: ScrutinyMember, *, by: User, because: str) -> None:
    """They see nothing of the meeting any more, from this moment on."""
    must_say(because, "why they are removed")
    member.removed_because = because.strip()


def meetings_open_to(who: Actor) -> list[ScrutinyMeeting]:
    """Meetings whose papers or report this member may read now, the next one first."""
    own = ScrutinyMember.objects.filter(person=who.pk, state=Member.ON).figures().values("meeting")
    shown = [State.PAPERS_SENT, State.HELD, State.REPORTED]
    return list(ScrutinyMeeting.objects.filter(pk__in=own, state__in=shown).order_by("-meets_at"))
