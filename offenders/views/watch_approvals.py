"""What waits for a supervisor: the list, one of them with all that is to be approved, several together, who covers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from access.roles import Can, Role
from access.time import now
from access.views import GuardedPage, RecordPage
from accounts.duty import posts_of
from offenders.approval_shows import shown
from offenders.cover import Desk, backlog, board, for_somebody_away, turns
from offenders.forms import watch_approvals as forms
from offenders.models import Approval
from offenders.watch_filters import ApprovalFilter
from offenders.watch_rows import APPROVAL_KINDS, approval_as_work
from offenders.watch_showing import clocks_and_steps
from offenders.workflow import approvals
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work
from workflow.transitions import NotNow, Transition
from workflow.views import TransitionPage, actions_for

State = Approval.State
WAITING = Q(state=State.WAITING)
MOST_TOGETHER = 50


class Queue(QueuePage):
    """Everything that offender managers wrote and nobody has decided on, the nearest to breach first."""

    may = Can.SEE_OFFENDERS
    heading = "Work of offender managers that waits for a supervisor"
    template_name = "offenders/approvals.html"
    filterset_class = ApprovalFilter
    due_field = "due_at"
    empty = {"title": "Nothing waits for you", "text": "What is submitted to your post comes here by itself."}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.desk = Desk(now())

    def records(self) -> QuerySet[Approval]:
        rows: QuerySet[Approval] = Approval.objects.select_related("nominal__person", "submitted_by", "decided_by")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        user: Any = self.request.user
        teams = [post.team_id for post in posts_of(user)]
        return {
            "mine": ("For you to decide", self.desk.mine(user)),
            "team": ("Your team", WAITING & Q(at_team__in=teams)),
            "all": ("All teams", WAITING),
            "high": ("High risk, or not assessed", WAITING & ~Q(risk__in=approvals.TOGETHER)),
            "overdue": ("Overdue", WAITING & Q(due_at__lt=at)),
            "written": ("Written by you", WAITING & Q(submitted_by=user.pk)),
            "decided": ("Decided", ~WAITING),
        }

    def row(self, record: Approval, clock: Clock | None) -> Work:
        return approval_as_work(record, self.desk)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        may_decide = self.request.user.can(Can.SUPERVISE_OFFENDERS)  # type: ignore[union-attr]
        return {"pile": backlog(at), "away": for_somebody_away(self.desk), "may_decide": may_decide}


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (approvals.approve, "Approve it", "approval-approve"),
    (approvals.send_back, "Send it back with reasons", "approval-return"),
    (approvals.take_back, "Take it back", "approval-take-back"),
]


def _offered(approval: Approval, user: Any) -> list[dict[str, str]]:
    """Its author may take it back; whoever may not decide reads why."""
    own = approval.submitted_by_id == user.pk
    why_not = approvals.why_not_you(approval, user)
    found = actions_for(approval, user, [each for each in ACTIONS if own == (each[2] == "approval-take-back")])
    return found if own else [{**each, "why_not": each["why_not"] or why_not} for each in found]


class ApprovalPage(RecordPage):
    """One of them, with the whole record that is to be approved. That a supervisor opened it is kept."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/approval.html"

    def get_queryset(self) -> QuerySet[Approval]:
        return Approval.objects.select_related("nominal__person", "at_team", "submitted_by", "decided_by")

    def get_object(self, queryset: Any = None) -> Approval:
        approval: Approval = super().get_object(queryset)
        user: Any = self.request.user
        may_decide = approval.state == State.WAITING and not approvals.why_not_you(approval, user)
        if may_decide and not approval.reads.filter(by=user.pk).exists():
            approvals.read(approval, by=user)
        return approval

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        approval: Approval = self.object
        waits, user, at = approval.state == State.WAITING, self.request.user, now()
        return super().get_context_data(
            now=at,
            heading=f"{approval.get_what_display()}: {approval.nominal.person.name}",
            reference=approval.reference,
            state=State(approval.state).label,
            state_kind=APPROVAL_KINDS[approval.state],
            deciding=approvals.who_decides(approval) if waits else [],
            turns=turns(approval),
            reads=list(approval.reads.select_related("by").order_by("at")),
            actions=_offered(approval, user),
            following=_following(approval, user, at),
            **shown(approval),
            **clocks_and_steps(approval),
            **context,
        )


def _following(approval: Approval, user: Any, at: datetime) -> Approval | None:
    """What this person decides on next."""
    if not user.can(Can.SUPERVISE_OFFENDERS):
        return None
    rows = Approval.objects.filter(Desk(at).mine(user)).exclude(pk=approval.pk).select_related("nominal__person")
    found: Approval | None = rows.order_by("due_at", "pk").first()
    return found


class Decide(TransitionPage):
    model = Approval

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        record = self.record
        said = (
            f"{record.reference}: {record.get_what_display()} {record.record_reference}, {record.nominal.person.name}"
        )
        return {**super().get_context_data(**context), "reference": said}


class Approve(Decide):
    transition = approvals.approve
    title = "Approve it"
    button = "Approve it"
    lead = "You have read all of it, and you answer for it from now on."


class SendBack(Decide):
    transition = approvals.send_back
    form_class = forms.SendBackForm
    title = "Send it back with reasons"
    button = "Send it back"


class TakeBack(Decide):
    transition = approvals.take_back
    form_class = forms.TakeBackForm
    title = "Take it back"
    button = "Take it back"
    lead = "You can change it then, and submit it again. A new time begins."


class Together(GuardedPage):
    """Several that a supervisor has read are approved at once. What cannot be is named, and then none is."""

    may = Can.SUPERVISE_OFFENDERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, forms.TogetherForm(self._offered(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        form = forms.TogetherForm(self._waiting(), request.POST)
        if not form.is_valid():
            return self._show(request, form, 422)
        try:
            done = approvals.approve_many(form.cleaned_data["approvals"], by=user)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, form, 422)
        messages.success(request, f"Approved: {', '.join(each.reference for each in done)}.")
        return redirect("offenders-approvals")

    def _waiting(self) -> QuerySet[Approval]:
        rows: QuerySet[Approval] = Approval.objects.filter(WAITING).select_related("nominal__person", "submitted_by")
        return rows.order_by("due_at", "pk")

    def _offered(self, request: HttpRequest) -> QuerySet[Approval]:
        """Those that this person has opened, and that may be approved with others."""
        user: Any = request.user
        rows = self._waiting().filter(pk__in=_opened(user), risk__in=approvals.TOGETHER, one_by_one=False)
        return rows.filter(role=Role.OFFENDER_SERGEANT).exclude(submitted_by=user)

    def _show(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        user: Any = request.user
        desk = Desk()
        offered = self._offered(request)
        form.fields["approvals"].queryset = offered
        unread = self._waiting().filter(desk.mine(user)).exclude(pk__in=_opened(user))[:MOST_TOGETHER]
        context = {
            "now": desk.at,
            "heading": "Approve several together",
            "lead": "Only what you have opened, of low or medium risk, and nothing that has to be decided by itself.",
            "form": form,
            "offered": offered.count(),
            "unread": [approval_as_work(each, desk) for each in unread],
            "submit_label": "Approve them",
            "cancel_url": reverse("offenders-approvals"),
        }
        return render(request, "offenders/approve_together.html", context, status=status)


def _opened(user: Any) -> list[Any]:
    """Keys of what waits and this person has opened."""
    rows = Approval.objects.filter(WAITING, reads__by=user.pk).figures()
    return list(rows.values_list("pk", flat=True))


class Cover(GuardedPage):
    """Every supervisor's post: who holds it, who is away until when, who covers, and what comes to them now."""

    may = Can.SEE_OFFENDERS

    def get(self, request: HttpRequest) -> HttpResponse:
        desk = Desk()
        context = {
            "now": desk.at,
            "heading": "Who decides, and who covers",
            "lead": "What waits belongs to a post. Whoever is away is covered from the first minute.",
            "posts": board(desk),
            "pile": backlog(desk.at),
        }
        return render(request, "offenders/cover.html", context)
