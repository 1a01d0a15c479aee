"""What the page of a managed person shows of the ViSOR hub, of transfers, of scrutiny, and of the folders of before."""

from __future__ import annotations

from django.urls import reverse

from access.roles import Can, who_may
from accounts.models import User
from offenders.codes import TaskKind
from offenders.hub_rows import happens_in_words, item_as_work, task_as_work, transfer_as_work
from offenders.models import HubTask, Nominal, ScrutinyItem, Transfer
from offenders.nominal_parts import PARTS, Part
from offenders.workflow.hub_tasks import TO_DO
from offenders.workloads import without_manager

MOST = 20


def hub(nominal: Nominal, user: User) -> Part:
    """What ViSOR has to know of them, and whether it does."""
    rows = nominal.hub_tasks.select_related("nominal__person", "assigned_to").order_by("-received_at", "pk")
    tasks = list(rows[:MOST])
    open_tasks = [each for each in tasks if each.state != HubTask.State.CLOSED]
    soon = [each for each in open_tasks if each.kind == TaskKind.TRAVEL_OUT and each.state in TO_DO]
    return Part(
        heading="ViSOR",
        template="offenders/hub_part.html",
        context={"rows": [task_as_work(each) for each in tasks], "nothing": "The hub has had nothing to do."},
        actions=[
            _action(
                "Something for ViSOR", f"{reverse('hubtask-new')}?nominal={nominal.reference}", user, Can.KEEP_REGISTER
            )
        ],
        records=open_tasks,
        warnings=[f"{happens_in_words(each)} ViSOR does not have it yet" for each in soon],
    )


def moving(nominal: Nominal, user: User) -> Part | None:
    """Who manages them, and transfers to another force or from one."""
    transfers = list(nominal.transfers.order_by("-requested_at", "pk"))
    warnings = []
    if nominal.is_ours and without_manager().filter(pk=nominal.pk).exists():
        warnings.append(f"Nobody manages them: {nominal.manager} has left, or does other work now")
    actions = []
    if nominal.is_ours:
        url = reverse("nominal-reallocate", args=[nominal.pk])
        actions.append(_action("Another offender manager", url, user, Can.SUPERVISE_OFFENDERS))
    if nominal.is_ours and not any(each.state == Transfer.State.REQUESTED for each in transfers):
        url = f"{reverse('transfer-new-out')}?nominal={nominal.reference}"
        actions.append(_action("Transfer to another force", url, user, Can.MANAGE_OFFENDERS))
    return Part(
        heading="Manager and transfers",
        template="offenders/hub_part.html",
        context={"rows": [transfer_as_work(each) for each in transfers], "nothing": "Nobody has asked for a transfer."},
        actions=actions,
        records=[each for each in transfers if each.state == Transfer.State.REQUESTED],
        warnings=warnings,
    )


def scrutiny(nominal: Nominal, user: User) -> Part | None:
    """What another team found."""
    items = list(
        ScrutinyItem.objects.filter(nominal=nominal)
        .select_related("nominal__person", "nominal__manager", "round__looked_at_by")
        .order_by("-round__drawn_at", "pk")[:MOST]
    )
    if not items:
        return None
    return Part(
        heading="Looked at by another team",
        template="offenders/hub_part.html",
        context={"rows": [item_as_work(each) for each in items], "nothing": ""},
        records=[each for each in items if each.state == ScrutinyItem.State.GRADED],
    )


def folders(nominal: Nominal, user: User) -> Part | None:
    """Where something stands in the secure folders of before. It is read there; nothing is added to them."""
    found = list(nominal.legacyfolders.order_by("system", "number"))
    if not found:
        return None
    return Part("Secure folders of before", "offenders/hub_folders.html", {"folders": found})


def _action(label: str, url: str, user: User, act: Can) -> dict[str, str]:
    return {"label": label, "url": url, "why_not": "" if user.may_change_by(act) else f"for a {who_may(act)}"}


PARTS += [hub, moving, scrutiny, folders]
