"""How suspects, bail, safety plans, the designated officer and devices show themselves in lists."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from access.time import now
from govuk.times import ago, exactly
from online.codes import Authority, Status
from online.models import Bail, Device, LadoReferral, LinkedChild, OnlineCase, SafetyPlan, Suspect
from online.workflow.bail import has_run_out
from sla.work import Work

SUSPECT_KINDS = {
    "suspected": "new",
    "arrested": "working",
    "interviewed": "waiting",
    "bailed": "waiting",
    "rui": "waiting",
    "charged": "done",
    "nfa": "done",
    "died": "stopped",
}
BAIL_KINDS = {"in_force": "working", "lapsed": "stopped", "ended": "done"}
PLAN_KINDS = {"needed": "waiting", "filed": "done", "not_needed": "stopped"}
LADO_KINDS = {"due": "new", "referred": "waiting", "answered": "done", "not_needed": "stopped"}
DEVICE_KINDS = {"seized": "new", "examined": "waiting", "uploaded": "done", "nothing": "done", "returned": "stopped"}
UNDER_WAY = Q(state=Bail.State.IN_FORCE)
FREE = Q(state__in=[Status.INTERVIEWED, Status.RUI])


def a_child_is_linked(path: str = "online_case") -> Exists:
    """Whether the case concerns a child whom whoever looks may see."""
    children = LinkedChild.objects.filter(online_case=OuterRef(path)).exclude(state=LinkedChild.State.IN_ERROR)
    return Exists(children)


def run_out(at: datetime) -> Q:
    """Bail whose conditions are gone, whether or not that has been said yet."""
    return Q(state=Bail.State.LAPSED) | UNDER_WAY & Q(expires_at__lt=at, applied_at=None)


def ends_within(at: datetime, until: datetime) -> Q:
    return UNDER_WAY & Q(expires_at__gte=at, expires_at__lt=until)


def with_children(rows: QuerySet[Bail]) -> QuerySet[Bail]:
    """With the children of its case as far as whoever looks may see them."""
    children = LinkedChild.objects.exclude(state=LinkedChild.State.IN_ERROR).select_related("person")
    about = ("suspect__person", "online_case__investigator", "online_case__team")
    return rows.select_related(*about).prefetch_related(Prefetch("online_case__linkedchilds", queryset=children))


def children_of(case: OnlineCase) -> list[str]:
    """By name, as far as whoever looks may see them."""
    return [each.named for each in case.linkedchilds.all()]


def in_charge(case: OnlineCase) -> str:
    """Whose it is now."""
    return str(case.investigator or case.team)


def bail_as_work(bail: Bail, at: datetime) -> Work:
    children = children_of(bail.online_case)
    over = has_run_out(bail) and bail.state != Bail.State.ENDED
    state = "Run out" if over else str(Bail.State(bail.state).label)
    protects = f"Protects {', '.join(children)}. " if children else ""
    return Work(
        title=bail.suspect.name_said,
        url=bail.get_absolute_url(),
        reference=f"{bail.reference}, {bail.online_case}",
        why=f"{protects}{conditions(bail)} Until {exactly(bail.expires_at)}, by {Authority(bail.authority).label}",
        due=bail.expires_at if bail.state != Bail.State.ENDED else None,
        started=bail.released_at,
        child="yes" if children else "",
        state=state,
        state_kind="stopped" if over else BAIL_KINDS[bail.state],
        owner=in_charge(bail.online_case),
        holds_up="Nobody" if bail.state == Bail.State.ENDED else "The conditions that protect a child",
    )


def conditions(bail: Bail) -> str:
    words = [bail.about_contact, bail.about_address, bail.about_devices]
    return " ".join(f"{each.rstrip('.')}." for each in words)


def suspect_as_work(suspect: Suspect) -> Work:
    waits = suspect.state in (Status.ARRESTED, Status.INTERVIEWED, Status.RUI)
    return Work(
        title=suspect.name_said,
        url=suspect.get_absolute_url(),
        reference=f"{suspect.reference}, {suspect.online_case}",
        why=". ".join(filter(None, [f"Since {exactly(suspect.changed_at)}", suspect.because])),
        due=suspect.due_at if waits else None,
        started=suspect.changed_at,
        state=str(Status(suspect.state).label),
        state_kind=SUSPECT_KINDS[suspect.state],
        owner=in_charge(suspect.online_case),
        holds_up="Nobody has decided" if waits else "Nobody",
    )


def plan_as_work(plan: SafetyPlan) -> Work:
    waits = plan.state == SafetyPlan.State.NEEDED
    said = f"Not there at release: {plan.why_not_yet}" if waits and plan.why_not_yet else plan.plan
    return Work(
        title=f"Safety plan: {plan.suspect.name_said}",
        url=plan.get_absolute_url(),
        reference=f"{plan.reference}, {plan.online_case}",
        why=said or f"Owed since {exactly(plan.needed_since)}",
        due=plan.due_at if waits else None,
        started=plan.needed_since,
        child="yes",
        state=str(SafetyPlan.State(plan.state).label),
        state_kind=PLAN_KINDS[plan.state],
        owner=in_charge(plan.online_case),
        holds_up="The safety of a child" if waits else "Nobody",
    )


def lado_as_work(referral: LadoReferral) -> Work:
    waits = referral.state in (LadoReferral.State.DUE, LadoReferral.State.REFERRED)
    occupant = referral.occupant
    works = f"{occupant.post}, {occupant.employer or 'employer not known'}"
    told = f". Told {referral.agency} {exactly(referral.referred_at)}" if referral.referred_at else ""
    return Work(
        title=occupant.name_said,
        url=referral.get_absolute_url(),
        reference=f"{referral.reference}, {referral.online_case}",
        why=f"{works}. Known {exactly(referral.known_at)}{told}",
        due=referral.due_at if waits else None,
        started=referral.known_at,
        state=str(LadoReferral.State(referral.state).label),
        state_kind=LADO_KINDS[referral.state],
        owner=in_charge(referral.online_case),
        holds_up="The children with whom they work" if waits else "Nobody",
    )


def device_as_work(device: Device) -> Work:
    waits = device.state in (Device.State.SEIZED, Device.State.EXAMINED)
    since = f"Seized {exactly(device.seized_at)}"
    seen = f". Examined {exactly(device.examined_at)}" if device.examined_at else ""
    return Work(
        title=f"{device.exhibit}: {device.what}",
        url=device.get_absolute_url(),
        reference=f"{device.reference}, {device.online_case}",
        why=f"{since}{seen}",
        due=device.due_at if waits else None,
        started=device.examined_at or device.seized_at,
        state=str(Device.State(device.state).label),
        state_kind=DEVICE_KINDS[device.state],
        owner=in_charge(device.online_case),
        holds_up="Children who have not been found" if device.state == Device.State.EXAMINED else "Nobody",
    )


def bail_warnings(bail: Bail, at: datetime | None = None) -> list[str]:
    """What nobody may overlook of bail."""
    moment, children = at or now(), ", ".join(children_of(bail.online_case))
    found: list[str] = []
    if bail.state == Bail.State.ENDED:
        return found
    if has_run_out(bail):
        whom = f" that protected {children}" if children else ""
        found.append(f"{bail} ran out {ago(bail.expires_at, moment)}: the conditions{whom} are gone")
    elif (bail.expires_at - moment).days < 7:
        whom = f" protect {children}" if children else " are in force"
        found.append(f"{bail} ends {exactly(bail.expires_at)}: until then its conditions{whom}")
    if bail.breached_at:
        found.append(f"A breach of {bail} waits for a sergeant since {ago(bail.breached_at, moment)}")
    return found
