"""The verbs of a notice to a school, from the safety screen to the school's answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from encompass import mail, schooling
from encompass.content import content_for_school, what_may_not_go
from encompass.models import Answer, Exemption, Place, SchoolNotice, State, ToldHow
from encompass.models.notice import NOT_SENT
from encompass.schooling import Where
from encompass.terms import calendar_of
from encompass.workflow.keeping import learn_where_taught
from encompass.workflow.raising import place_key, set_place
from partners.disclose import Grounds, disclose, withdraw
from partners.models import Agency, Basis, Informed
from places.models import LocalAuthority, School
from workflow.transitions import NotNow, OneOf, must_say, transition

TO_SCREEN, READY, SENT = State.TO_SCREEN.value, State.READY.value, State.SENT.value
WHY_NEEDED = "The school is to be told as soon as reasonably practicable (Domestic Abuse Act 2021, section 49A)."

NOT_TOLD_BECAUSE = "The school is told before the next bell. Nobody waits until the family has been told"


def _to(*states: str) -> OneOf[Any]:
    return OneOf(lambda notice: notice.going_to, states)


@transition(source=[TO_SCREEN, READY], target=_to(READY, SENT), may=Can.SEND_SCHOOL_NOTICE)
def screen(
    notice: SchoolNotice,
    *,
    by: User,
    refuge: str,
    suspect_at_school: str,
    fears_school: str,
    others_data: str,
    happened: str,
    voice: str,
) -> None:
    """Two minutes, four questions: could telling the school put somebody in danger? Four times no, and it goes."""
    answers = (refuge, suspect_at_school, fears_school, others_data)
    if any(answer not in Answer.values for answer in answers):
        raise NotNow("Answer each of the four questions with yes, no or not known.")
    notice.refuge, notice.suspect_at_school, notice.fears_school, notice.others_data = answers
    notice.happened, notice.voice = happened.strip(), voice.strip()
    notice.screened_at, notice.screened_by = now(), by
    notice.going_to = SENT if not why_it_waits(notice) else READY
    if notice.going_to == SENT:
        _send(notice, by)


def why_it_waits(notice: SchoolNotice) -> list[str]:
    """Why a checked notice does not go by itself: each a sentence for the person who can settle it."""
    waits = []
    if not notice.is_clear:
        waits.append("An answer was not “no”: somebody decides how it can go safely.")
    if not notice.relation_known:
        waits.append(f"Nobody has said how {notice.child} is related to those it happened to.")
    if is_past_the_bell(notice):
        waits.append("The bell has rung: send it late, and write what the school can still do.")
    return [*waits, *why_no_mail(notice), *what_may_not_go(notice)]


def why_no_mail(notice: SchoolNotice) -> list[str]:
    """Why it cannot go by mail at all."""
    if notice.suspect_at_school == Answer.YES:
        return ["The suspect is at the school: telephone a key adult, make sure it is not them, and say who was told."]
    if not _mailbox(notice):
        return [f"No secure mailbox of {notice.where} is known: telephone, or add a key adult."]
    return []


def is_past_the_bell(notice: SchoolNotice) -> bool:
    return now() > notice.bell_at


@transition(source=READY, target=SENT, may=Can.SEND_SCHOOL_NOTICE)
def send(notice: SchoolNotice, *, by: User, because: str) -> None:
    """It goes to the school. Where an answer was not “no”, somebody says why it can go."""
    if is_past_the_bell(notice):
        raise NotNow("The bell has rung: send it late, and write what the school can still do.")
    _must_be_fit(notice, because)
    _send(notice, by)


@transition(source=READY, target=SENT, may=Can.SEND_SCHOOL_NOTICE)
def send_late(notice: SchoolNotice, *, by: User, because: str, support_note: str) -> None:
    """The bell has rung. It is recorded as late and goes all the same, with what the school can still do."""
    if not is_past_the_bell(notice):
        raise NotNow("It is not late: send it.")
    must_say(support_note, "what the school can still do for the child today")
    notice.support_note = support_note
    _must_be_fit(notice, because)
    _send(notice, by)


@transition(source=[SENT, State.DELIVERED.value], target=READY, may=Can.SEND_SCHOOL_NOTICE)
def not_delivered(notice: SchoolNotice, *, by: User | System, what_happened: str) -> None:
    """It did not arrive. The school does not know: telephone, or send it again."""
    must_say(what_happened, "what came back")
    notice.trouble, notice.sent_at, notice.sent_by = what_happened, None, None
    notice.delivered_at, notice.told_how, notice.told_name, notice.answer_due_at = None, "", "", None
    mail.came_back(notice, what_happened)


@transition(source=SENT, target=State.DELIVERED.value, may=Can.SEND_SCHOOL_NOTICE)
def delivered(notice: SchoolNotice, *, by: User | System, at: datetime | None = None, told_whom: str = "") -> None:
    """It is in the school's mailbox, or somebody there was told."""
    notice.told_name = told_whom
    _told(notice, ToldHow.PHONE if told_whom else ToldHow.MAIL, min(at, now()) if at else now())
    mail.has_arrived(notice, told_whom)


@transition(source=SENT, target=State.DELIVERED.value, may=Can.SEND_SCHOOL_NOTICE)
def fetched(notice: SchoolNotice, *, by: System, how: str, who: str) -> None:
    """Somebody at the school has read it on our pages, or its system has fetched it."""
    notice.told_name = who
    _told(notice, ToldHow(how), now())


@transition(source=[READY, SENT], target=State.DELIVERED.value, may=Can.SEND_SCHOOL_NOTICE)
def told_by_phone(notice: SchoolNotice, *, by: User, name: str, because: str, support_note: str) -> None:
    """Somebody at the school was told by telephone, by name."""
    must_say(name, "who was told")
    if is_past_the_bell(notice) and not notice.support_note:
        must_say(support_note, "what the school can still do for the child today")
        notice.support_note = support_note
    if notice.sent_at is None:
        _must_be_fit(notice, because, by_mail=False)
        _send(notice, by)
    notice.told_name = name
    _told(notice, ToldHow.PHONE, now())
    mail.has_arrived(notice, name)


@transition(source=[SENT, State.DELIVERED.value], target=State.ACKNOWLEDGED.value, may=Can.SEND_SCHOOL_NOTICE)
def acknowledge(notice: SchoolNotice, *, by: User | System, name: str) -> None:
    """The school says that it has read it."""
    must_say(name, "who at the school answered")
    if notice.delivered_at is None:
        _told(notice, ToldHow.MAIL, now())
    notice.acknowledged_at, notice.acknowledged_name = now(), name
    mail.is_acknowledged(notice, name)


@transition(
    source=[SENT, State.DELIVERED.value, State.ACKNOWLEDGED.value],
    target=State.NEEDS_SCHOOL.value,
    may=Can.REVIEW_PPN,
)
def take_back(notice: SchoolNotice, *, by: User, because: str) -> None:
    """It went to the wrong school, or should not have gone: they are asked to destroy it. The child's own school knows
    nothing, so its clocks run again from when the grounds were recorded."""
    must_say(because, "why it is taken back")
    withdraw(notice, because=because, by=by)
    notice.place, notice.school, notice.agency, notice.place_written = Place.NOT_KNOWN.value, None, None, ""
    notice.content, notice.sent_at, notice.sent_by, notice.sent_because = None, None, None, ""
    notice.delivered_at, notice.told_how, notice.told_name, notice.answer_due_at = None, "", "", None
    notice.acknowledged_at, notice.acknowledged_name, notice.late, notice.support_note = None, "", False, ""
    _ask_the_screen_again(notice)


@transition(source=[*NOT_SENT], target=State.TO_SCREEN.value, may=Can.SEND_SCHOOL_NOTICE)
def find_school(
    notice: SchoolNotice,
    *,
    by: User,
    place: str,
    school: School | None,
    authority: LocalAuthority | None,
    agency: Agency | None,
    how_we_know: str,
) -> None:
    """Where the child is taught is known now, and who says so. The safety screen is asked about that school."""
    must_say(how_we_know, "how we know")
    _must_be_somewhere(place, school, authority, agency)
    notice.authority, notice.agency = authority or notice.authority, None if school else agency
    set_place(notice, Where(place, school))
    if _told_twice(notice):
        raise NotNow(f"{notice.where} is told about {notice.child} already, by another notice of this incident.")
    if notice.person and agency is None:
        learn_where_taught(notice, by=by, how_we_know=how_we_know)
    _ask_the_screen_again(notice)


def _ask_the_screen_again(notice: SchoolNotice) -> None:
    """What was safe to tell one school may not be safe to tell another."""
    for answer in ("refuge", "suspect_at_school", "fears_school", "others_data"):
        setattr(notice, answer, "")
    notice.screened_at = notice.screened_by = None


def _must_be_somewhere(
    place: str, school: School | None, authority: LocalAuthority | None, agency: Agency | None
) -> None:
    if place == Place.HOME:
        if authority is None:
            raise NotNow("Say which local authority answers for children taught at home there.")
        return
    if place not in Place.values or place == Place.NOT_KNOWN or not (school or agency):
        raise NotNow("Choose the school or college. Where nobody knows it, ask the local authority.")
    if school and not schooling.is_open(school, timezone.localdate(now())):
        raise NotNow(f"{school} is not open: nobody is there to tell.")


def _told_twice(notice: SchoolNotice) -> bool:
    others = SchoolNotice.objects.filter(arises_from=notice.arises_from, child_key=notice.child_key)
    return others.filter(place_key=place_key(notice)).exclude(pk=notice.pk).exists()


@transition(source=[State.NEEDS_SCHOOL.value], may=Can.SEND_SCHOOL_NOTICE)
def ask_authority(notice: SchoolNotice, *, by: User, whom: str) -> None:
    """The local authority has been asked which school the child goes to."""
    must_say(whom, "whom you asked, and how")


@transition(source=[TO_SCREEN, READY], target=State.HELD_BACK.value, may=Can.COUNTERSIGN)
def hold_back(notice: SchoolNotice, *, by: User, because: str, exemption: Exemption | None) -> None:
    """A sergeant keeps it back: telling the school would put somebody in danger. The school counts as not told."""
    must_say(because, "what danger telling the school would bring, and to whom")
    notice.held_back_at, notice.held_back_by = now(), by
    notice.held_back_because, notice.exemption = because, exemption


@transition(source=State.HELD_BACK.value, target=_to(TO_SCREEN, READY, SENT), may=Can.COUNTERSIGN)
def send_anyway(notice: SchoolNotice, *, by: User, because: str, support_note: str) -> None:
    """What spoke against it is no longer so. It goes now; where it was never checked for safety, that comes first."""
    must_say(because, "why it can go now")
    notice.exemption = None
    notice.going_to = TO_SCREEN if notice.screened_at is None else READY
    if notice.going_to == TO_SCREEN or why_no_mail(notice):
        return
    if is_past_the_bell(notice):
        must_say(support_note, "what the school can still do for the child today")
        notice.support_note = support_note
    _must_be_fit(notice, because)
    _send(notice, by)
    notice.going_to = SENT


@transition(source=[*NOT_SENT], target=State.NOT_FOR_SCHOOL.value, may=Can.COUNTERSIGN)
def not_for_school(notice: SchoolNotice, *, by: User, because: str) -> None:
    """There is no school, college or officer to tell about this child, and a sergeant says why."""
    must_say(because, "why there is nobody to tell")
    notice.not_for_because = because


@transition(source=[state.value for state in State], may=Can.SEND_SCHOOL_NOTICE)
def tell_home_force(notice: SchoolNotice, *, by: User, force: str, how: str) -> None:
    """The force in whose area the child lives has been told."""
    if not notice.lives_elsewhere:
        raise NotNow("The child lives in our area, as far as anybody knows.")
    must_say(force, "which force was told")
    must_say(how, "how it was told, and by whom it was taken")
    notice.home_force, notice.home_force_told_how = force, how
    notice.home_force_told_at, notice.home_force_told_by = now(), by


def _must_be_fit(notice: SchoolNotice, because: str, *, by_mail: bool = True) -> None:
    """Nothing goes with what may not be sent in it, nor with an open answer and no reason."""
    if by_mail and (closed := why_no_mail(notice)):
        raise NotNow(" ".join(closed))
    if wrong := what_may_not_go(notice):
        raise NotNow(" ".join([*wrong, "Answer the safety screen again with the new words."]))
    if not (notice.is_clear and notice.relation_known):
        must_say(because, "why it can go safely: an answer was not “no”")
        notice.sent_because = because


def _agency(notice: SchoolNotice) -> Agency:
    """Whom it goes to, made on first use."""
    if notice.school is None and notice.agency:
        return notice.agency
    return schooling.addressee(notice.school, None if notice.school else notice.authority)


def _mailbox(notice: SchoolNotice) -> str:
    if notice.school is None and notice.agency:
        return notice.agency.mailbox if notice.agency.mailbox_is_secure else ""
    return schooling.mailbox_of(notice.school, None if notice.school else notice.authority)


def _send(notice: SchoolNotice, by: User) -> None:
    """Exactly this text leaves the force, and is kept."""
    notice.agency, notice.content = _agency(notice), content_for_school(notice)
    notice.sent_at, notice.sent_by, notice.trouble = now(), by, ""
    notice.late = is_past_the_bell(notice)
    mail.replace_what_is_on_its_way(notice)
    grounds = Grounds(Basis.LEGAL_OBLIGATION.value, WHY_NEEDED, Informed.NO_OTHER.value, NOT_TOLD_BECAUSE)
    disclose(notice, to=[notice.agency], content=notice.content, grounds=grounds, by=by, expects=[])


def _told(notice: SchoolNotice, how: ToldHow, at: datetime) -> None:
    notice.delivered_at, notice.told_how = at, how.value
    notice.late = notice.late or at > notice.bell_at
    notice.answer_due_at = calendar_of(notice.school, notice.authority).answer_due(at)
