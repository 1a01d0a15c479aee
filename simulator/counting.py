"""Queue by queue: what arrived, what was done, what is open, how old, and how much of it is about a child."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from access.actor import System, acting
from offenders.models import Approval, HubTask
from offenders.workflow.hub_tasks import TO_DO
from ppn.models import WAITING_FOR_REVIEW, Ppn
from simulator.arriving import A_DAY
from simulator.engine import Run, What, open_at
from triage.codes import WITH_A_TEAM, Destination, State
from triage.models import Incident

NAMES = {
    "response": "Calls that somebody goes to",
    "triage": "Triage hub",
    "phone": "Resolution centre",
    "mash": "Notices not yet reviewed",
    "visor": "ViSOR hub tasks",
    "approvals": "Approvals by a supervisor",
}
PARTS = {"phone": ("phone_first", "phone_enquiries", "phone_ends")}
"""Where what is one queue in Longstop is several steps in a profile."""
GONE_TO = [State.AWAITING_RESOURCE.value, State.ASSIGNED.value, State.ATTENDED.value]
IN_HUB = [State.IN_TRIAGE.value, State.SECOND_LOOK.value]


@dataclass(frozen=True)
class Counted:
    """One queue. `oldest`: days; `child`: how many of the open ones are, or may be, about a child."""

    queue: str
    arrived: int
    done: int
    open: int
    oldest: float
    child: int


def counted(run: Run, minute: float | None = None) -> Iterator[Counted]:
    """As simulated, at that minute; at the end if none is said."""
    until = run.days * A_DAY if minute is None else minute
    open_now = open_at(run.happenings, until)
    for queue in NAMES:
        parts = PARTS.get(queue, (queue,))
        came = [each for each in run.happenings if each.queue == parts[0] and each.what == What.ARRIVED]
        came += [each for each in run.happenings if each.at < 0 and each.queue in parts[1:]]
        done = [each for each in run.happenings if each.queue == parts[-1] and each.what == What.DONE]
        still = [each for part in parts for each in open_now.get(part, {}).values()]
        yield Counted(
            queue,
            sum(each.at <= until for each in came),
            sum(each.at <= until for each in done),
            len(still),
            max(((until - each.item.since) / A_DAY for each in still), default=0),
            sum(each.item.child != "no" for each in still),
        )


def open_records() -> dict[str, int]:
    """How many records are open in each queue, as the database has them."""
    with acting(System("simulator"), apart=True):
        incidents = Incident.objects.all()
        return {
            "response": incidents.filter(state__in=GONE_TO).count(),
            "triage": incidents.filter(state__in=IN_HUB).count(),
            "phone": incidents.filter(state__in=WITH_A_TEAM, destination=Destination.RESOLUTION).count(),
            "mash": Ppn.objects.filter(state__in=WAITING_FOR_REVIEW).count(),
            "visor": HubTask.objects.filter(state__in=TO_DO, arises_from=None).count(),
            "approvals": Approval.objects.filter(state=Approval.State.WAITING).count(),
        }


def asked_of_the_hub() -> int:
    """Open tasks of the hub that came of other records, and not from outside as in the simulation: such as of a notice
    that puts somebody who is managed with a child."""
    with acting(System("simulator"), apart=True):
        return HubTask.objects.filter(state__in=TO_DO).exclude(arises_from=None).count()


def records_with_a_child(at: datetime) -> dict[str, tuple[int, float]]:
    """Of each queue that can be about a child: how many are, or may be, and the oldest of all in days."""
    with acting(System("simulator"), apart=True):
        found = {
            "response": Incident.objects.filter(state__in=GONE_TO),
            "triage": Incident.objects.filter(state__in=IN_HUB),
            "phone": Incident.objects.filter(state__in=WITH_A_TEAM, destination=Destination.RESOLUTION),
        }
        rows = {key: [(each.concerns_a_child, each.reported_at) for each in query] for key, query in found.items()}
        notices = Ppn.objects.filter(state__in=WAITING_FOR_REVIEW)
        rows["mash"] = [(each.child != "no", each.submitted_at) for each in notices]
        rows["visor"] = [(False, each.received_at) for each in HubTask.objects.filter(state__in=TO_DO)]
        waiting = Approval.objects.filter(state=Approval.State.WAITING)
        rows["approvals"] = [(False, each.submitted_at) for each in waiting]
    return {
        key: (
            sum(child for child, _ in each),
            max(((at - since).total_seconds() / 86_400 for _, since in each), default=0),
        )
        for key, each in rows.items()
    }
