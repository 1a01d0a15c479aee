"""One of each record that a page can be about, and the address of every page about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import get_resolver, reverse

from access.actor import System, acting
from access.time import now, today
from cases.models import Finding, Match, PlaceMarker
from cases.workflow.markers import mark_number
from insight.models import ShiftPlan
from insight.workflow import plan_shift
from partners.models import Disagreement, Recipient, SharingRule, WebhookCall
from partners.workflow import add_webhook, raise_disagreement
from ppn import workflow as ppn_workflow
from ppn.models import DetailRequest, Draft, Trigger
from ppn.triggers import Raised
from tests.briefing import scenes as daily
from tests.cohort.children import of_each
from tests.conftest import hours
from tests.documents.files import added
from tests.encompass.scenes import raised_one
from tests.households import HERE, TOLD, is_a_sex_offender, on_record
from tests.insight import evidence_scenes, figure_kept
from tests.missing import returns
from tests.missing.scenes import searched_for
from tests.offenders import hub_scenes, register_scenes, visit_scenes, watch_scenes
from tests.offenders.scenes import disclosure_of
from tests.online import after_scenes, gate_scenes, image_scenes, research_scenes
from tests.online import register_scenes as referral_scenes
from tests.partners.agencies import a_person, a_system
from tests.partners.scenes import an_agency, arrived
from tests.quality import learning_each, sampling_scenes, scrutiny_scenes
from tests.stories import called_in, submitted
from tests.strategy.meetings import agreed, given, held, minutes_received

NOT_OPENED = {"sign-in", "sign-out", "health-live", "health-ready", "partner-schema", "partner-token"}


def one_of_each(people: dict[str, Any]) -> dict[str, Any]:
    """By the name that pages call it."""
    cora, olly, sam = people["cora"], people["olly"], people["sam"]
    ppn, incident = submitted(olly), called_in(people["callie"])
    child = on_record(cora, "Poppy Example", born=date(2018, 1, 5), home=HERE)
    is_a_sex_offender(on_record(cora, "Desmond Example", home=HERE, said_to_be_child="no"), cora)
    on_record(cora, "Poppy Example", born=date(2018, 1, 5), home=HERE)
    warns = {"kind": "high_risk_da", "note": "", "starts": None, "ends": None, "source": TOLD}
    marker = mark_number(PlaceMarker(), by=cora, number="07700 900461", **warns)
    with acting(System("test")):
        made = {
            "ppn": ppn,
            "incident": incident,
            "person": child,
            "household": child.residences.get().address,
            "residence": child.residences.get(),
            "finding": Finding.objects.first(),
            "match": Match.objects.first(),
            "marker": marker,
            "subject": ppn.subjects.get(),
        }
    made |= _around_a_notice(ppn, cora, olly) | _with_partners(ppn, cora, sam, olly)
    made |= of_each(people["maya"], people["milo"]) | returns.of_each(people["maya"])
    managing = (visit_scenes, watch_scenes, hub_scenes, register_scenes)
    online = (referral_scenes, research_scenes, gate_scenes, after_scenes, image_scenes)
    for part in (*managing, *online):
        made |= part.of_each(people)
    made |= scrutiny_scenes.of_each(people)
    made |= learning_each.of_each(people)
    made |= sampling_scenes.of_each(people)
    made |= figure_kept.of_each(people)
    made |= evidence_scenes.of_each(people)
    made |= _to_see_the_whole(people)
    made["offenderdisclosure"] = disclosure_of(made["nominal"], people["omar"])
    made |= _missing(people)
    return made | daily.of_each(people)


def _to_see_the_whole(people: dict[str, Any]) -> dict[str, Any]:
    cole, sam = people["cole"], people["sam"]
    team, day = cole.postings.get().team, today() + timedelta(days=1)
    return {"shiftplan": plan_shift(ShiftPlan(), by=sam, team=team, person=cole, day=day, shift="office"), "team": team}


def _missing(people: dict[str, Any]) -> dict[str, Any]:
    episode = searched_for(people)
    with acting(System("test")):
        return {"episode": episode, "planaction": episode.actions.first()}


def _around_a_notice(ppn: Any, cora: Any, olly: Any) -> dict[str, Any]:
    raised = Raised("T8", "She says that he hits her", "told the officer")
    return {
        "draft": ppn_workflow.start_draft(Draft(), by=olly, typed={"narrative": ["Called to"]}, arises_from=None),
        "detail": ppn_workflow.ask_for_detail(DetailRequest(), by=cora, ppn=ppn, question="Who else was there?"),
        "trigger": ppn_workflow.raise_trigger(Trigger(), by=olly, ppn=ppn, raised=raised),
        "document": added(ppn, olly),
        "encompass": raised_one(olly),
    }


def _with_partners(ppn: Any, cora: Any, sam: Any, olly: Any) -> dict[str, Any]:
    meeting = held(agreed(sam), sam)
    council = an_agency("Sallow Council")
    system, _ = a_system(council, by=sam)
    webhook, _ = add_webhook(system, by=sam, address="https://sallow.partners.example/longstop")
    delivery = arrived(ppn, council, cora)
    received = minutes_received(meeting)
    with acting(System("test")):
        return {
            "strategy": meeting,
            "received": received,
            "meeting_child": meeting.children.first(),
            "action": given(meeting, sam, due_at=now() + hours(4)),
            "delivery": delivery,
            "disclosure": delivery.disclosure,
            "recipient": Recipient.objects.get(disclosure=delivery.disclosure),
            "disagreement": a_disagreement(delivery, cora),
            "agency": delivery.agency,
            "system": system,
            "agency_person": a_person(council, by=sam),
            "rule": SharingRule.objects.order_by("pk").first(),
            "webhook": webhook,
            "call": WebhookCall.objects.get(disclosure=delivery.disclosure),
        }


def a_disagreement(delivery: Any, by: Any) -> Any:
    return raise_disagreement(
        Disagreement(), by=by, delivery=delivery, why="They will not visit", what_we_ask="A joint visit"
    )


WITHOUT_A_RECORD = {
    "incident-new", "incident-new-short", "ppn-queue", "ppn-mine", "ppn-new", "ppn-take-next", "person-new", "findings",
    "matches", "ppn-backlog", "ppn-to-check", "ppn-triggers", "ppn-words", "ppn-drafts", "strategy-queue",
    "strategy-new", "triggerplan-new", "philomena-new", "document-quarantine", "agency-new", "webhook-new",
    "childcontact-new", "hubtask-new", "importedlist-new", "reactiveproposal-new", "intelligence-new",
    "transfer-new-in", "transfer-new-out", "linkedchild-new", "enforcement-new",
    "enforcement-happened", "gateoverride-new",
    "sharedimage-new", "recommendation-new", "scrutiny-mine", "portal-scrutiny",
}  # fmt: skip
ABOUT = {
    "staffing-team": "team",
    **{f"ppn-{name}": "draft" for name in ("draft", "save-draft", "throw-away")},
    **{f"ppn-{name}": "detail" for name in ("detail", "answer-detail")},
    **{f"ppn-{name}": "trigger" for name in ("trigger", "propose")},
    **{f"agency-{name}": "agency" for name in ("access", "change", "cut-off", "person-new", "system-new")},
    "agency-person-let-go": "agency_person",
    "missing-report": "person",
    **{f"episode-action{name}": "planaction" for name in ("", "-done", "-not-needed")},
    **{
        f"portal-{name}": "disclosure"
        for name in (
            "sent",
            "document",
            "have-it",
            "decided",
            "interview",
            "no-interview",
            "ask",
            "disagree",
            "destroyed",
        )
    },
    "interview-new": "returned",
    **{
        f"{about}-{name}": "scrutinypaper"
        for about in ("scrutiny-mine", "portal-scrutiny")
        for name in ("paper", "conflict")
    },
    **{f"{about}-report": "scrutinymeeting" for about in ("scrutiny-mine", "portal-scrutiny")},
    **{f"missing-notice{name}": "missing_notice" for name in ("", "-send", "-school", "-authority", "-not-sent")},
    "sharing-rule-end": "rule",
    "disagreement-raise": "delivery",
}
"""Pages that are not about what their name begins with."""
MORE = {
    "ppn-say-who": ["subject"],
    "ppn-consider-child": ["person"],
    "person-moved-out": ["residence"],
    "person-withdraw": ["kind", "residence"],
    "person-ended": ["kind", "residence"],
    "strategy-which-child": ["meeting_child"],
    "portal-document": ["ppn"],  # no such document: 404 to whoever may ask
}


def address(name: str, made: dict[str, Any]) -> str:
    if name == "figure":
        return reverse(name, args=["hub_waiting"])
    if name == "acknowledge":
        return reverse(name, args=["P2", 1])
    if name == "as-at-page":
        return reverse(name, args=["20260302T080000Z", "ppn/"])
    if name == "as-at-home":
        return reverse(name, args=["20260302T080000Z"])
    if name in ("come-back", "settle-place"):
        return reverse(name, args=[0])
    if name == "settle-row":
        return reverse(name, args=[made["ppn"].pk])  # no such row: 404 to whoever may see rows
    if name == "queue-backlog":
        return reverse(name, args=["notices"])
    if name == "document-new":
        return reverse(name, args=["ppn.ppn", made["ppn"].pk])
    record = made.get(ABOUT.get(name, name.split("-")[0]))
    if record is None or name in WITHOUT_A_RECORD:
        return reverse(name)
    keys = ["residence" if each == "kind" else made[each].pk for each in MORE.get(name, [])]
    return reverse(name, args=[record.pk, *keys])


def every_name() -> list[str]:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str) and name not in NOT_OPENED}
    return sorted(name for name in names if not name.startswith("api-"))  # those have tests/house/test_api.py
