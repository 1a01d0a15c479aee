"""One incident: what is happening, who is in it, what was known before, every THRIVE, what runs out when."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.views import RecordPage
from accounts.duty import people_answered_for
from cases.history import known_already
from cases.markers import markers_for
from cases.models import Involvement
from encompass.showing import school_notices_about
from missing.models import Episode
from ppn.models import Ppn
from sla.work import clocks_of, timeline_of
from triage import units, workflow
from triage.codes import WITH_A_TEAM
from triage.models import (
    ENDED,
    NOT_ATTENDED,
    AbuseQuestions,
    Allocation,
    Answer,
    ChildVoice,
    ContactAttempt,
    Grade,
    Incident,
    ResourcingDecision,
    State,
    Thrive,
    WhyNotByPhone,
)
from triage.rows import KINDS, with_reassessment
from triage.shared_images import shown_to
from workflow.transitions import Transition
from workflow.views import actions_for

ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.reassess, "Re-assess the risk", "incident-reassess"),
    (workflow.attend, "Police have arrived", "incident-attend"),
    (workflow.hear_child, "A child: seen and heard", "incident-child"),
    (workflow.allocate, "Decide who deals with it", "incident-allocate"),
    (workflow.agree, "Second look: agree", "incident-agree"),
    (workflow.disagree, "Second look: disagree", "incident-disagree"),
    (workflow.accept, "Accept", "incident-accept"),
    (workflow.contact_caller, "Contact the caller", "incident-contact"),
    (workflow.resolve_by_phone, "Resolved by phone", "incident-resolve"),
    (workflow.record_outcome, "Record the outcome", "incident-outcome"),
    (workflow.close, "Close", "incident-close"),
    (workflow.assign, "Assign a unit", "incident-assign"),
]
MORE: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.regrade, "Change the grade", "incident-regrade"),
    (workflow.rang_again, "They have called again", "incident-again"),
    (workflow.child_found, "A child is involved", "incident-child-found"),
    (workflow.no_child, "No child is involved", "incident-no-child"),
    (workflow.ask_about_abuse, "Domestic abuse questions", "incident-abuse"),
    (workflow.treat_as_urgent, "Treat as urgent", "incident-urgent"),
    (workflow.ask_fim, "Send to the force incident manager", "incident-ask-fim"),
    (workflow.decide_resources, "Decide on resources", "incident-resources"),
    (workflow.hand_over, "Hand over", "incident-hand-over"),
    (workflow.give, "Give to somebody", "incident-give"),
    (workflow.stand_down, "Stand the unit down", "incident-stand-down"),
    (workflow.add_specialist_note, "Specialist's guidance on images", "incident-note"),
    (workflow.send_back, "Send back to the hub", "incident-send-back"),
    (workflow.keep_trying, "Not reached: keep trying", "incident-keep-trying"),
    (workflow.accept_not_seen, "Police need not see the child", "incident-not-seen"),
    (workflow.link_duplicate, "The same as another incident", "incident-duplicate"),
    (workflow.end_without_attendance, "End without attendance", "incident-end"),
    (workflow.reopen, "Open again", "incident-reopen"),
]


class IncidentPage(RecordPage):
    """Everything about one incident, and everything that can be done with it now."""

    may = Can.SEE_INCIDENTS
    template_name = "triage/incident.html"

    def get_queryset(self) -> QuerySet[Incident]:
        related = ("case", "team", "area", "attended_by", "address", "owner", "offered_to", "dealt_by")
        return with_reassessment(Incident.objects.select_related(*related), now())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        incident: Incident = self.object
        user: Any = self.request.user
        acts = user.acts()
        return super().get_context_data(
            now=now(),
            heading=incident.title,
            reference=f"{incident.reference}, {Grade(incident.grade).label}",
            child=incident.child_shown,
            grade=None,
            state=State(incident.state).label,
            state_kind=KINDS[State(incident.state)],
            **_people(incident),
            **_written(incident),
            actions=_offered(incident, [each for each in actions_for(incident, user, ACTIONS) if not each["why_not"]]),
            more=_offered(incident, [each for each in actions_for(incident, user, MORE) if not each["why_not"]]),
            why_rank=incident.why_this_rank() if incident.state in NOT_ATTENDED else "",
            return_reasons=_return_reasons(incident, acts),
            offered_to_me=incident.offered_to_id in people_answered_for(user),
            suggestions=units.suggest(incident, now())[:3] if Can.DISPATCH in acts and _needs_unit(incident) else [],
            may_name=Can.RECORD_PEOPLE in acts,
            may_submit_ppn=Can.SUBMIT_PPN in acts,
            shared_images=shown_to(user, incident),
            may_report_images=Can.REPORT_SHARED_IMAGES in acts and incident.concerns_a_child,
            may_report_missing=Can.REPORT_MISSING in acts,
            clocks=clocks_of(incident),
            missing=missing(incident),
            missing_step="close this incident",
            timeline=timeline_of(incident),
            **context,
        )


def _needs_unit(incident: Incident) -> bool:
    return incident.state == State.AWAITING_RESOURCE


def _people(incident: Incident) -> dict[str, Any]:
    parts = Involvement.objects.filter(record=incident.pk, withdrawn_at=None).select_related("person")
    parts = list(parts.order_by("recorded_at"))
    people = [part.person for part in parts]
    numbers = [number for number in (incident.caller_number, incident.safe_number) if number]
    return {
        "parts": parts,
        **known_already(people, address=incident.address, but_not=incident.pk),
        "markers": markers_for(address=incident.address, numbers=numbers, people=people),
    }


def _written(incident: Incident) -> dict[str, Any]:
    """Every row that was added to it, the newest first."""

    def rows(model: Any) -> list[Any]:
        return list(model.objects.filter(incident=incident).select_related("by").order_by("-at", "-pk"))

    voices = rows(ChildVoice)
    repeats = Incident.objects.filter(repeat_of=incident.pk) | Incident.objects.filter(pk=incident.repeat_of_id)
    return {
        "assessments": rows(Thrive),
        "voices": voices,
        "attempts": rows(ContactAttempt),
        "decisions": rows(ResourcingDecision),
        "abuse": rows(AbuseQuestions),
        "allocations": rows(Allocation),
        "same": list(repeats.order_by("reported_at")),
        "notices": list(Ppn.objects.filter(arises_from=incident.pk)),
        "episodes": list(Episode.objects.filter(arises_from=incident.pk).select_related("person")),
        "school_notices": school_notices_about(incident),
    }


def _offered(incident: Incident, actions: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without what makes no sense for this one."""
    senseless = set()
    if incident.child == Answer.YES:
        senseless |= {"child-found", "no-child"}
    elif incident.child == Answer.NO and not incident.possible_child:
        senseless |= {"no-child"}
    if not incident.child_to_be_seen:
        senseless |= {"not-seen"}
    if incident.not_reached_at is None:
        senseless |= {"keep-trying"}
    if incident.state in NOT_ATTENDED and not incident.concerns_a_child:
        senseless |= {"child"}
    return [each for each in actions if each["url"].rstrip("/").rsplit("/", 1)[-1] not in senseless]


def _return_reasons(incident: Incident, acts: set[Can]) -> list[tuple[str, str]]:
    """One press each: somebody has to go there."""
    may = workflow.return_for_deployment.open_from(incident.state) and Can.REGRADE in acts
    return list(WhyNotByPhone.choices) if may else []


def missing(incident: Incident) -> list[dict[str, Any]]:
    """What still stands between this incident and being closed."""
    if incident.state in ENDED:
        return []
    return [*_by_phone_or_there(incident), *(_of_a_child(incident) if incident.concerns_a_child else [])]


def _by_phone_or_there(incident: Incident) -> list[dict[str, Any]]:
    if incident.state in WITH_A_TEAM:
        contact = reverse("incident-contact", args=[incident.pk])
        accepted = incident.state == State.ACCEPTED
        return [
            _step("Taken on by name", accepted, f"Until then it is on the hub's books, and {incident.owner} has it"),
            _step("The caller has been reached", bool(incident.first_contact_at), "", contact),
        ]
    return [
        _step("Police have attended", bool(incident.attended_at), ""),
        _step("Outcome recorded", bool(incident.outcome), "The officer who attended"),
    ]


def _of_a_child(incident: Incident) -> list[dict[str, Any]]:
    notice = f"{reverse('ppn-new')}?from={incident.pk}"
    if incident.child == Answer.YES:
        seen = reverse("incident-child", args=[incident.pk])
        first = _step("The child has been seen and heard", not incident.child_to_be_seen, WHY_NOT_SEEN, seen)
    else:
        first = _step("Somebody has said whether a child is involved", False, "Not known counts as yes")
    return [
        first,
        _step("Public protection notice", workflow.has_a_ppn(incident), "Or a supervisor says why not", notice),
    ]


WHY_NOT_SEEN = "Or why not, who will, and by when"


def _step(label: str, done: bool, why: str, url: str = "") -> dict[str, Any]:
    return {"label": label, "done": done, "why": why, "url": url}
