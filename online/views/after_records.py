"""One suspect, one person's bail, a safety plan, an adult who works with children, a device: what is known and what can
be done now."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from access.roles import Can
from access.time import now
from access.views import RecordPage
from online.after_rows import (
    BAIL_KINDS,
    DEVICE_KINDS,
    LADO_KINDS,
    PLAN_KINDS,
    SUSPECT_KINDS,
    bail_warnings,
    with_children,
)
from online.after_said import Said, bail_said, device_said, lado_said, plan_said, suspect_said
from online.codes import Status
from online.models import Bail, BailChange, Device, LadoReferral, SafetyPlan, Suspect
from online.workflow import bail, devices, lado, safety_plans, suspects
from online.workflow.bail import has_run_out
from partners.content import in_words
from partners.showing import sharing_of
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import actions_for

Steps = list[tuple[Transition[Any, Any], str, str]]
SUSPECT: Steps = [
    (suspects.arrested, "Record the arrest", "suspect-arrested"),
    (suspects.put_on_bail, "Record bail and its conditions", "suspect-bail"),
    (suspects.suspect_charged, "Charged or summonsed", "suspect-charged"),
    (suspects.released_under_investigation, "Released under investigation", "suspect-released"),
    (suspects.interviewed_as_volunteer, "Interviewed as a volunteer", "suspect-volunteer"),
    (suspects.no_further_action, "No further action", "suspect-nfa"),
    (suspects.suspect_reviewed, "Record a review", "suspect-reviewed"),
    (suspects.suspect_is, "Say who it is on record", "suspect-is"),
    (suspects.suspect_died, "The suspect has died", "suspect-died"),
]
BAIL: Steps = [
    (bail.bail_extended, "Extend it", "bail-extend"),
    (bail.conditions_varied, "Vary the conditions", "bail-vary"),
    (bail.bail_breached, "Record a breach", "bail-breach"),
    (bail.breach_decided, "Decide on the breach", "bail-breach-decided"),
    (bail.court_asked, "A court has been asked", "bail-court"),
    (bail.court_refused, "The court has refused", "bail-court-refused"),
    (bail.lapse_answered, "Answer for it that bail ran out", "bail-lapse"),
]
PLAN: Steps = [
    (safety_plans.file_plan, "File the safety plan", "safetyplan-file"),
    (safety_plans.change_plan, "Change the plan", "safetyplan-change"),
    (safety_plans.plan_not_needed, "It is not needed", "safetyplan-not-needed"),
]
LADO: Steps = [
    (lado.refer_to_lado, "Tell the designated officer", "ladoreferral-refer"),
    (lado.lado_answered, "Record the answer", "ladoreferral-answer"),
    (lado.chase_lado, "Ask for the answer again", "ladoreferral-chase"),
    (lado.lado_not_needed, "It is not needed", "ladoreferral-not-needed"),
]
DEVICE: Steps = [
    (devices.device_examined, "Record the examination", "device-examined"),
    (devices.device_uploaded, "Record the upload", "device-uploaded"),
    (devices.nothing_to_upload, "There is nothing to upload", "device-nothing"),
    (devices.device_returned, "Returned without examination", "device-returned"),
]


class AfterRecord(RecordPage):
    may = Can.SEE_ONLINE
    template_name = "online/after_record.html"
    steps: Steps = []
    kinds: dict[str, str] = {}
    about: tuple[str, ...] = ("online_case__case", "online_case__team", "online_case__investigator")

    def heading(self) -> str:
        raise NotImplementedError

    def said(self) -> list[Said]:
        raise NotImplementedError

    def warnings(self) -> list[str]:
        return []

    def actions(self) -> list[dict[str, str]]:
        return actions_for(self.object, self.request.user, self.steps)

    def more(self) -> dict[str, Any]:
        return {"changes": [], "content": []}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        record = self.object
        return super().get_context_data(
            now=now(),
            heading=self.heading(),
            reference=f"{record.reference}, {record.online_case}",
            child="",
            grade=None,
            state=record.get_state_display(),
            state_kind=self.kinds[record.state],
            said=self.said(),
            warnings=self.warnings(),
            actions=self.actions(),
            clocks=clocks_of(record),
            timeline=timeline_of(record),
            missing=[],
            missing_step="",
            **self.more(),
            **context,
        )


class SuspectPage(AfterRecord):
    steps = SUSPECT
    kinds = SUSPECT_KINDS

    def get_queryset(self) -> QuerySet[Suspect]:
        return Suspect.objects.select_related(*self.about, "person", "occupant__at", "nominal__manager")

    def heading(self) -> str:
        return f"Suspect: {self.object.name_said}"

    def said(self) -> list[Said]:
        return suspect_said(self.object, self.request.user)

    def warnings(self) -> list[str]:
        if self.object.state in (Status.RUI, Status.INTERVIEWED):
            return ["Free without conditions: nothing protects a child but what was agreed with them"]
        return []


class BailPage(AfterRecord):
    steps = BAIL
    kinds = BAIL_KINDS

    def get_queryset(self) -> QuerySet[Bail]:
        return with_children(Bail.objects.select_related("ended_by"))

    def heading(self) -> str:
        return f"Bail: {self.object.suspect.name_said}"

    def said(self) -> list[Said]:
        return bail_said(self.object)

    def warnings(self) -> list[str]:
        return bail_warnings(self.object)

    def actions(self) -> list[dict[str, str]]:
        """What makes no sense of this bail is not offered."""
        record: Bail = self.object
        skip = set()
        if has_run_out(record) or not bail.next_rules(record):
            skip |= {"bail-extend", "bail-court", "bail-vary"}
        skip |= {"bail-court"} if record.applied_at else {"bail-court-refused"}
        skip |= set() if record.breached_at else {"bail-breach-decided"}
        steps = [step for step in self.steps if step[2] not in skip]
        return actions_for(record, self.request.user, steps)

    def more(self) -> dict[str, Any]:
        rows = BailChange.objects.filter(bail=self.object).select_related("by").order_by("-at", "pk")
        return {"changes": list(rows), "content": []}


class PlanPage(AfterRecord):
    steps = PLAN
    kinds = PLAN_KINDS

    def get_queryset(self) -> QuerySet[SafetyPlan]:
        return SafetyPlan.objects.select_related(*self.about, "suspect", "filed_by", "document")

    def heading(self) -> str:
        return f"Safety plan: {self.object.suspect.name_said}"

    def said(self) -> list[Said]:
        return plan_said(self.object)

    def warnings(self) -> list[str]:
        waits = self.object.state == SafetyPlan.State.NEEDED
        return ["A child is linked with a suspect who is free, and no safety plan is filed"] if waits else []


class LadoPage(AfterRecord):
    steps = LADO
    kinds = LADO_KINDS

    def get_queryset(self) -> QuerySet[LadoReferral]:
        return LadoReferral.objects.select_related(*self.about, "occupant__at", "agency", "referred_by")

    def heading(self) -> str:
        return f"Works with children: {self.object.occupant.name_said}"

    def said(self) -> list[Said]:
        return lado_said(self.object)

    def warnings(self) -> list[str]:
        waits = self.object.state == LadoReferral.State.DUE
        return ["Nobody has told the designated officer (LADO)"] if waits else []

    def more(self) -> dict[str, Any]:
        sent = self.object.said and self.object.state != LadoReferral.State.DUE
        content = in_words(lado.content_of(self.object)) if sent else []
        return {"changes": [], "content": content, **sharing_of(self.object)}


class DevicePage(AfterRecord):
    steps = DEVICE
    kinds = DEVICE_KINDS

    def get_queryset(self) -> QuerySet[Device]:
        return Device.objects.select_related(*self.about, "recorded_by")

    def heading(self) -> str:
        return f"Device {self.object.exhibit}"

    def said(self) -> list[Said]:
        return device_said(self.object)
