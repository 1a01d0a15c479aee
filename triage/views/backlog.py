"""The truth about the queues, surge, handover of a tour's work, and giving out many at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from access.actor import NotYours
from access.roles import Can
from access.time import now
from access.views import GuardedPage
from accounts.duty import people_answered_for
from accounts.models import User
from triage import backlog, workflow
from triage.forms.waiting import GiveForm, HandOverForm
from triage.models import OPEN, Incident
from triage.rows import as_work, with_notice
from triage.views.boards import bands
from workflow.transitions import NotNow

NOTHING_CHOSEN = "Choose at least one incident."


class Backlog(GuardedPage):
    """What sits in each queue: by child, risk, grade and age; nothing done yet; the oldest; who holds how many."""

    may = Can.SEE_INCIDENTS

    def get(self, request: HttpRequest) -> HttpResponse:
        at = now()
        held = list(backlog.load()[:40])
        people = User.objects.in_bulk([row["owner"] for row in held])
        context = {
            "now": at,
            "queues": backlog.queues(at),
            "flow": backlog.flow(at),
            "load": [(people.get(row["owner"]), row["n"], row["children"]) for row in held],
            "bands": list(bands()),
        }
        return render(request, "triage/backlog.html", context)


class GiveMany(GuardedPage):
    """A supervisor gives several incidents to one person. Each is done, or says why not, by itself."""

    may = Can.GIVE_WORK

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, GiveForm(), _chosen(request.GET.getlist("incident")))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, chosen = GiveForm(request.POST), _chosen(request.POST.getlist("incident"))
        if not form.is_valid() or not chosen:
            if not chosen:
                form.add_error(None, NOTHING_CHOSEN)
            return self._show(request, form, chosen, status=422)
        to = form.cleaned_data["to"]
        refused = [said for record in chosen if (said := _give(record, to, request.user))]
        if len(refused) < len(chosen):
            messages.success(request, f"{len(chosen) - len(refused)} given to {to}.")
        for said in refused:
            messages.error(request, said)
        return redirect(_back_to(request))

    def _show(self, request: HttpRequest, form: Any, chosen: list[Incident], status: int = 200) -> HttpResponse:
        context = {
            "now": now(),
            "form": form,
            "rows": [as_work(record, None) for record in chosen],
            "chosen": [str(record.pk) for record in chosen],
            "back": _back_to(request),
        }
        return render(request, "triage/give_many.html", context, status=status)


def _chosen(keys: list[str]) -> list[Incident]:
    """In the order in which they were ticked. What is no key of an incident that the person may see is left out."""
    wanted = [key for each in dict.fromkeys(keys) if (key := _as_key(each))]
    return [record for key in wanted if (record := with_notice(Incident.objects.filter(pk=key)).first())]


def _as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _give(record: Incident, to: User, by: Any) -> str:
    """ "" when it was done, else why it was not."""
    try:
        workflow.give_out(record, by=by, to=to)
    except (NotNow, NotYours) as refusal:
        return f"{record}: {refusal}"
    return ""


def _back_to(request: HttpRequest) -> str:
    wanted = request.POST.get("back") or request.GET.get("back") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else reverse("board")


class Handover(GuardedPage):
    """The end and the beginning of a tour: what I hand over, and what is offered to me. Each item needs its own yes."""

    may = Can.HAND_OVER

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, HandOverForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "accept" in request.POST or request.POST.get("do") == "accept":
            return self._each(request, request.POST.getlist("accept"), self._accept, "accepted")
        form = HandOverForm(request.POST)
        if not request.POST.getlist("incident"):
            form.add_error(None, NOTHING_CHOSEN)
        if not form.is_valid():
            return self._show(request, form, status=422)
        offer = form.facts()

        def hand(record: Incident) -> None:
            workflow.hand_over(record, by=request.user, **offer)  # type: ignore[arg-type]

        return self._each(request, request.POST.getlist("incident"), hand, f"offered to {offer['to']}")

    def _accept(self, record: Incident) -> None:
        workflow.accept_handover(record, by=self.request.user)  # type: ignore[arg-type]

    def _each(self, request: HttpRequest, keys: list[str], do: Any, what: str) -> HttpResponseRedirect:
        done = 0
        for record in _chosen(keys):
            try:
                do(record)
                done += 1
            except (NotNow, NotYours) as refusal:
                messages.error(request, f"{record}: {refusal}")
        if done:
            messages.success(request, f"{done} {what}.")
        if not keys:
            messages.error(request, NOTHING_CHOSEN)
        return redirect("handover")

    def _show(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        mine = people_answered_for(request.user)  # type: ignore[arg-type]
        open_now = Incident.objects.filter(state__in=OPEN).select_related("owner", "offered_to").order_by("rank", "pk")
        offered = open_now.filter(offered_to__in=mine)
        context = {
            "now": now(),
            "form": form,
            "offered": list(offered[:100]),
            "offered_total": offered.count(),
            "mine": list(open_now.filter(owner__in=mine)[:100]),
            "mine_total": open_now.filter(owner__in=mine).count(),
            "ticked": request.POST.getlist("incident"),
        }
        return render(request, "triage/handover.html", context, status=status)


class Banner(GuardedPage):
    """The alarm about late incidents with a child, looked at again on every page of the control room."""

    may = Can.TAKE_CALL

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "components/children_waiting.html", {})
