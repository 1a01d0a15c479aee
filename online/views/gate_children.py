"""A child whom a case concerns: recorded, and then each step until social care has said what it decided. And looking
for children at an address."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from access.roles import Can, who_may
from access.time import now
from access.views import RecordPage
from offenders.views.watch_contacts import notice_of
from online.forms import gate_children as forms
from online.forms.gate_fields import case_asked_for
from online.gate_known import Known, known_near
from online.gate_rows import CHECK_KINDS, CHILD_KINDS, child_warnings, level_of
from online.gate_showing import as_offered, clocks_and_steps, discussion_url, meeting_of, notice_url
from online.models import ChildrenCheck, LinkedChild, OnlineCase, SocialWorkerContact
from online.workflow import checks, children
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

State = LinkedChild.State


def known_asked_for(case: OnlineCase | None, key: str) -> Known | None:
    """From ?known=person:… or occupant:…, if it is still to be decided on and the reader may see it."""
    found = known_near(case)[0] if case and key else []
    return next((each for each in found if each.key == key), None)


class OfACase(CreatePage):
    """Makes something new in a case; the address may say which."""

    @cached_property
    def online_case(self) -> OnlineCase | None:
        return case_asked_for(self.request.GET.get("case", ""))

    def get_initial(self) -> dict[str, Any]:
        return {"case": self.online_case.reference} if self.online_case else {}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        said = str(self.online_case or "")
        return {**super().get_context_data(**context), "reference": said}

    def cancel_url(self) -> str:
        return self.online_case.get_absolute_url() if self.online_case else reverse("home")


class Learn(OfACase):
    """Who the child is and how we know; and then straight into the notice, which is filled in from it."""

    transition = children.learn_of_child
    model = LinkedChild
    form_class = forms.ChildForm
    title = "Record a child whom the case concerns"
    button = "Save, and go on to the notice"
    lead = "Next you submit a notice to the MASH, filled in from this. Until it is in, the gate is shut."

    def get_initial(self) -> dict[str, Any]:
        known = known_asked_for(self.online_case, self.request.GET.get("known", ""))
        said = {"name_said": known.name, "how": known.how, "what": known.what, "age_said": known.age} if known else {}
        if known and known.person:
            said["person"] = known.person.reference
        return {**super().get_initial(), "known_at": now(), **said}

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        return redirect(notice_url(self.record)) if answer.status_code == 302 else answer


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (children.social_worker_spoken_to, "Record what the social worker said", "linkedchild-contact"),
    (children.child_seen_by_us, "An officer saw the child", "linkedchild-seen"),
    (children.care_decided, "Record what social care decided", "linkedchild-decision"),
    (children.care_decided_otherwise, "Social care decided otherwise", "linkedchild-changed"),
    (children.covered_by_earlier_notice, "A notice has been submitted already", "linkedchild-notice"),
    (children.covered_by_discussion, "A discussion that was held was about this child", "linkedchild-discussion"),
    (children.no_child, "The case does not concern this child", "linkedchild-error"),
]


def offered(child: LinkedChild, user: Any) -> list[dict[str, str]]:
    """The notice comes before everything else, and then the discussion."""
    found = actions_for(child, user, ACTIONS)
    if child.state == State.KNOWN:
        return [_first("Submit the notice now", notice_url(child), Can.SUBMIT_PPN, user), *found]
    if child.discussed_at is None and child.state != State.IN_ERROR:
        act = Can.REQUEST_STRATEGY_MEETING
        return [_first("Ask for a strategy discussion", discussion_url(child), act, user), *found]
    return found


def _first(label: str, url: str, act: Can, user: Any) -> dict[str, str]:
    return {"label": label, "url": url, "why_not": "" if user.may_change_by(act) else f"for a {who_may(act)}"}


class ChildPage(RecordPage):
    """One child: how we know, the notice, the discussion, the social worker, what social care decided."""

    may = Can.SEE_ONLINE
    template_name = "online/gate_child.html"

    def get_queryset(self) -> QuerySet[LinkedChild]:
        related = ("online_case", "person", "school", "recorded_by", "settled_by")
        return LinkedChild.objects.select_related(*related)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        child: LinkedChild = self.object
        user: Any = self.request.user
        at = now()
        spoken = SocialWorkerContact.objects.filter(child=child).select_related("by").order_by("-at", "pk")
        return super().get_context_data(
            now=at,
            heading=child.named,
            reference=child.reference,
            child="yes",
            grade=None,
            state=State(child.state).label,
            state_kind=CHILD_KINDS[child.state],
            how=LinkedChild.How(child.how).label,
            level=level_of(child.online_case),
            warnings=child_warnings(child, at),
            actions=offered(child, user),
            notice=notice_of(child, user),  # type: ignore[arg-type] # it reads the key of the notice alone
            meeting=meeting_of(child.strategy_id, user),
            spoken=list(spoken),
            **clocks_and_steps(child),
            **context,
        )


class Step(TransitionPage):
    model = LinkedChild

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        child = self.record
        said = f"{child.named}, {child.reference}, {child.online_case}"
        return {**super().get_context_data(**context), "reference": said}


class Covered(Step):
    transition = children.covered_by_earlier_notice
    form_class = forms.CoveredByNoticeForm
    title = "A notice has been submitted already"
    lead = "It has to name this child, and to have been submitted since we knew of the child here."


class Discussion(Step):
    transition = children.covered_by_discussion
    form_class = forms.CoveredByDiscussionForm
    title = "A discussion that was held was about this child"
    lead = "You answer for that: it opens the gate."


class Contact(Step):
    transition = children.social_worker_spoken_to
    form_class = forms.SocialWorkerForm
    title = "Record what the social worker said"


class Seen(Step):
    transition = children.child_seen_by_us
    form_class = forms.SeenForm
    title = "An officer saw the child"


class Decision(Step):
    transition = children.care_decided
    form_class = forms.DecisionForm
    title = "Record what social care decided"


class Changed(Step):
    transition = children.care_decided_otherwise
    form_class = forms.DecisionForm
    title = "Social care decided otherwise"


class NoChild(Step):
    transition = children.no_child
    form_class = forms.NoChildForm
    title = "The case does not concern this child"
    lead = "You answer for that: say why."


CHECK_ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (checks.children_found, "Children live or stay there", "childrencheck-found"),
    (checks.no_child_found, "No child was found", "childrencheck-none"),
    (checks.look_again_for_children, "Somebody has to look again", "childrencheck-again"),
]


class CheckPage(RecordPage):
    """Looking for children at one address: whom our own records name, and what was found."""

    may = Can.SEE_ONLINE
    template_name = "online/gate_check.html"

    def get_queryset(self) -> QuerySet[ChildrenCheck]:
        return ChildrenCheck.objects.select_related("online_case", "at", "done_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        check: ChildrenCheck = self.object
        known, hidden = known_near(check.online_case)
        linked = LinkedChild.objects.filter(online_case=check.online_case).exclude(state=State.IN_ERROR)
        return super().get_context_data(
            now=now(),
            heading=f"Children at {check.at}",
            reference=check.reference,
            state=ChildrenCheck.State(check.state).label,
            state_kind=CHECK_KINDS[check.state],
            actions=actions_for(check, self.request.user, CHECK_ACTIONS),
            known=[as_offered(each, check.online_case) for each in known],
            hidden=hidden,
            linked=list(linked.select_related("person").order_by("known_at", "reference")),
            may_record=self.request.user.can(Can.RESEARCH_ONLINE),  # type: ignore[union-attr]
            **clocks_and_steps(check),
            **context,
        )


class OfACheck(TransitionPage):
    model = ChildrenCheck

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        said = f"{self.record.at}, {self.record.reference}, {self.record.online_case}"
        return {**super().get_context_data(**context), "reference": said}


class NoneFound(OfACheck):
    transition = checks.no_child_found
    form_class = forms.NoneFoundForm
    title = "No child was found"
    lead = "“None found” holds only with where you looked."


class Found(OfACheck):
    transition = checks.children_found
    form_class = forms.FoundForm
    title = "Children live or stay there"


class LookAgain(OfACheck):
    transition = checks.look_again_for_children
    form_class = forms.LookAgainForm
    title = "Somebody has to look again"
    lead = "Until somebody has, the gate is shut."


class NotConcerned(TransitionPage):
    """Somebody whom our records put near the case and whom it does not concern."""

    transition = checks.child_not_concerned
    model = OnlineCase
    form_class = forms.NotConcernedForm
    title = "The case does not concern them"

    @cached_property
    def known(self) -> Known:
        found = known_asked_for(self.record, self.request.GET.get("known", ""))
        if found is None:
            raise Http404("They have been decided on, or there is nobody of that kind")
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        said = f"{self.known.name}. {self.known.what}. Age: {self.known.age}"
        return {**super().get_context_data(**context), "lead": said}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.about = {"person": self.known.person, "occupant": self.known.occupant}
        return form
