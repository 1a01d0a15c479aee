"""The schools that are to be told, one notice, and the pages that move it on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property

from access.actor import NotYours
from access.roles import Can
from access.time import now
from access.time import today as local_day
from access.views import RecordPage
from encompass import forms, workflow
from encompass.content import preview, what_may_not_go, whom_to_tell
from encompass.filters import NoticeFilter
from encompass.models import SchoolNotice, State
from encompass.models.notice import NOT_TOLD
from encompass.rows import KINDS, age_in_words, as_work, lateness
from encompass.schooling import key_adults, practice_of
from encompass.terms import AIM, time_of
from encompass.workflow.notices import is_past_the_bell, why_it_waits, why_no_mail
from partners.models import Disclosure
from places.lookup import schools_like
from places.models import School
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

MOST_SCHOOLS = 20
WITH = ("case", "school__district__authority", "authority", "agency", "person", "exemption")
BY = ("screened_by", "grounds_by", "sent_by", "held_back_by", "home_force_told_by")


class Queue(QueuePage):
    """Every child whose school does not know yet, the nearest bell first."""

    may = Can.SEE_SCHOOL_NOTICES
    heading = "Schools to tell"
    filterset_class = NoticeFilter
    due_field = "due_at"
    empty = {
        "title": "Every school has been told",
        "text": "A notice appears by itself as soon as domestic abuse and a child are recorded.",
    }

    def records(self) -> QuerySet[SchoolNotice]:
        return SchoolNotice.objects.select_related(*WITH, *BY)

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {
            "not_told": ("Not told yet", Q(state__in=NOT_TOLD)),
            "to_screen": ("To check", Q(state=State.TO_SCREEN)),
            "needs_school": ("School not known", Q(state=State.NEEDS_SCHOOL)),
            "ready": ("Checked, not sent", Q(state=State.READY)),
            "sent": ("Sent, not delivered", Q(state=State.SENT)),
            "late": ("Late", late(at)),
            "not_acknowledged": ("Not acknowledged", Q(state=State.DELIVERED)),
            "held_back": ("Held back", Q(state=State.HELD_BACK)),
            "home_force": ("Home force not told", HOME_FORCE_WAITS),
            "done": ("Done", Q(state__in=[State.ACKNOWLEDGED, State.NOT_FOR_SCHOOL])),
        }

    def row(self, record: SchoolNotice, clock: Clock | None) -> Work:
        return as_work(record, now())


HOME_FORCE_WAITS = Q(lives_elsewhere=True, home_force_told_at=None) & ~Q(state=State.NOT_FOR_SCHOOL)


def late(at: datetime) -> Q:
    """The bell rang before the school was told."""
    return Q(state__in=NOT_TOLD, bell_at__lt=at) | Q(late=True, state__in=[State.SENT, State.DELIVERED])


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.screen, "Safety screen", "encompass-screen"),
    (workflow.send, "Send it", "encompass-send"),
    (workflow.send_late, "Send it late", "encompass-send-late"),
    (workflow.told_by_phone, "The school was told by telephone", "encompass-told-by-phone"),
    (workflow.find_school, "Find the school", "encompass-find-school"),
    (workflow.ask_authority, "The local authority was asked", "encompass-ask-authority"),
    (workflow.delivered, "It was delivered", "encompass-delivered"),
    (workflow.not_delivered, "It did not arrive", "encompass-not-delivered"),
    (workflow.acknowledge, "The school has answered", "encompass-acknowledge"),
    (workflow.take_back, "Take it back", "encompass-take-back"),
    (workflow.send_anyway, "Send it after all", "encompass-send-anyway"),
    (workflow.hold_back, "Hold it back", "encompass-hold-back"),
    (workflow.not_for_school, "There is nobody to tell", "encompass-not-for-school"),
    (workflow.tell_home_force, "The home force was told", "encompass-tell-home-force"),
]


def actions_of(notice: SchoolNotice, user: Any) -> list[dict[str, str]]:
    """What can be done with it now; late or not, and another force only where there is one."""
    not_now = workflow.send if is_past_the_bell(notice) else workflow.send_late
    left_out = [not_now, *([] if waits_for_home_force(notice) else [workflow.tell_home_force])]
    return actions_for(notice, user, [action for action in ACTIONS if action[0] not in left_out])


def waits_for_home_force(notice: SchoolNotice) -> bool:
    return notice.lives_elsewhere and notice.home_force_told_at is None and notice.state != State.NOT_FOR_SCHOOL.value


class NoticePage(RecordPage):
    """One child and one school: what is still to be done, what goes, what was answered. For those who tell schools and
    those who see what schools were told."""

    may = None
    template_name = "encompass/notice.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if not (user.can(Can.SEE_SCHOOL_NOTICES) or user.can(Can.SEND_SCHOOL_NOTICE)):
            raise NotYours(f"You may not {Can.SEE_SCHOOL_NOTICES.label}.")
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[SchoolNotice]:
        return SchoolNotice.objects.select_related(*WITH, *BY)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        notice: SchoolNotice = self.object
        at, kind = now(), KINDS[State(notice.state)]
        return super().get_context_data(
            now=at,
            heading=f"{notice.child}: {notice.where}",
            reference=f"{notice.reference}, from {notice.about_reference}",
            child="no" if notice.state == State.NOT_FOR_SCHOOL else "yes",
            grade=None,
            state=State(notice.state).label,
            state_kind=kind,
            actions=actions_of(notice, self.request.user),
            clocks=clocks_of(notice),
            missing=[],
            missing_step="",
            lateness=lateness(notice, at),
            aim=time_of(AIM, at),
            age=age_in_words(notice),
            text=preview(notice),
            waits=why_it_waits(notice) if notice.state == State.READY else [],
            whom=whom_to_tell(notice),
            practice=practice_of(notice.authority, local_day()),
            answers=answers_in_words(notice),
            went=_went(notice, self.request.user),
            timeline=timeline_of(notice),
            **context,
        )


def _went(notice: SchoolNotice, user: Any) -> list[Disclosure]:
    """Everything that was sent of it and taken back, for those who may see what was shared."""
    if not user.can(Can.SEE_SHARING):
        return []
    rows = Disclosure.objects.filter(kind=notice._meta.label_lower, record=notice.pk).select_related("agency")
    return list(rows.order_by("sent_at", "pk"))


QUESTIONS = {
    "refuge": "Refuge or new address",
    "suspect_at_school": "Suspect at the school",
    "fears_school": "Fears the school knowing",
    "others_data": "Somebody else's information",
}


def answers_in_words(notice: SchoolNotice) -> list[tuple[str, str]]:
    if notice.screened_at is None:
        return []
    return [(words, getattr(notice, f"get_{name}_display")()) for name, words in QUESTIONS.items()]


class NoticeStep(TransitionPage):
    model = SchoolNotice

    @cached_property
    def notice(self) -> SchoolNotice:
        record: SchoolNotice = self.record
        return record


class Screen(NoticeStep):
    """On a phone, in two minutes."""

    transition = workflow.screen
    form_class = forms.ScreenForm
    template_name = "encompass/screen.html"
    title = "Safety screen before the school is told"
    button = "Save, and send if every answer is no"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), **forms.screened_before(self.notice)}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        notice = self.notice
        return super().get_context_data(
            text=preview(notice), wrong=what_may_not_go(notice), no_mail=why_no_mail(notice), **context
        )


class ShowsText(NoticeStep):
    """With what the school reads, and why it waits."""

    template_name = "encompass/send.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        notice = self.notice
        return super().get_context_data(text=preview(notice), waits=why_it_waits(notice), **context)


class Send(ShowsText):
    transition = workflow.send
    form_class = forms.SendForm
    title = "Send it to the school"
    button = "Send it"


class SendLate(ShowsText):
    transition = workflow.send_late
    form_class = forms.SendLateForm
    title = "Send it late"
    button = "Send it now, as late"


class ToldByPhone(ShowsText):
    transition = workflow.told_by_phone
    form_class = forms.PhoneForm
    title = "The school was told by telephone"
    button = "Save"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(whom=whom_to_tell(self.notice), **context)


class Delivered(NoticeStep):
    transition = workflow.delivered
    form_class = forms.DeliveredForm
    title = "It was delivered"
    button = "It is in the school's mailbox"


class NotDelivered(NoticeStep):
    transition = workflow.not_delivered
    form_class = forms.NotDeliveredForm
    title = "It did not arrive"


class Acknowledge(NoticeStep):
    transition = workflow.acknowledge
    form_class = forms.AcknowledgeForm
    title = "The school has answered"


class HoldBack(NoticeStep):
    transition = workflow.hold_back
    form_class = forms.HoldBackForm
    title = "Hold it back"
    button = "Hold it back"
    lead = "The law has no exception for this yet. The school counts as not told, and the clocks run on."


class TakeBack(NoticeStep):
    transition = workflow.take_back
    form_class = forms.BecauseForm
    title = "Take it back"
    button = "Ask them to destroy it"
    lead = (
        "For what went to the wrong school, or should not have gone. They are asked to destroy it and to say who did. "
        "The child's school then counts as not told: find it, or a sergeant says that there is nobody to tell."
    )


class SendAnyway(NoticeStep):
    transition = workflow.send_anyway
    form_class = forms.SendAnywayForm
    title = "Send it after all"
    button = "Send it"


class NotForSchool(NoticeStep):
    transition = workflow.not_for_school
    form_class = forms.BecauseForm
    title = "There is nobody to tell"
    lead = "No school, no college, no officer of the authority. Not to be used where the school is only not known yet."


class AskAuthority(NoticeStep):
    transition = workflow.ask_authority
    form_class = forms.AskForm
    title = "The local authority was asked"
    lead = "The bell does not wait for the answer: keep looking."


class TellHomeForce(NoticeStep):
    transition = workflow.tell_home_force
    form_class = forms.ForceForm
    title = "The home force was told"
    lead = "The school is told by us all the same."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "force": self.notice.home_force}


class FindSchool(NoticeStep):
    """Search the register, nearest to the child's home first. A school that has closed is not offered."""

    transition = workflow.find_school
    form_class = forms.FindSchoolForm
    template_name = "encompass/find_school.html"
    title = "Find the school"
    button = "This is where the child is taught"

    @property
    def words(self) -> str:
        return str(self.request.GET.get("q", self.notice.place_written)).split(" (not open")[0].strip()[:100]

    @cached_property
    def found(self) -> list[School]:
        if not self.words:
            return []
        near = self.notice.authority_id
        order = Case(When(district__authority=near, then=Value(0)), default=Value(1), output_field=IntegerField())
        schools = schools_like(self.words).open_on(local_day()).select_related("district__authority")
        return list(schools.order_by(order, "name", "urn")[: MOST_SCHOOLS + 1])

    def get_form_kwargs(self) -> dict[str, Any]:
        offered = self.found[:MOST_SCHOOLS]
        return {**super().get_form_kwargs(), "schools": School.objects.open_on(local_day()), "offered": offered}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "authority": self.notice.authority_id}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            words=self.words,
            found=len(self.found[:MOST_SCHOOLS]),
            more=len(self.found) > MOST_SCHOOLS,
            adults=key_adults(None, self.notice.authority),
            **context,
        )
