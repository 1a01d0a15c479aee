"""Work of the ViSOR hub in tests: tasks, lists, transfers, rounds of scrutiny. All invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from access.actor import System, acting, signed
from access.time import now, today
from accounts.models import User
from offenders.models import HubQuery, HubTask, ImportedList, Nominal, ScrutinyItem, ScrutinyRound, Spell, Transfer
from offenders.workflow import hub_tasks, lists, scrutiny, transfers
from offenders.workflow.registrations import Held, NominalFacts
from offenders.workflow.transfers import TransferAsked
from sla.lengths import set_number
from tests.households import on_record
from tests.offenders.scenes import managed

TEST = System("test")


def task_of(by: User, nominal: Nominal | None = None, kind: str = "change", **said: Any) -> HubTask:
    """Somebody tells the hub of something."""
    facts = {
        "what": "Has a new telephone",
        "source": "E-mail of this morning",
        "received_at": now(),
        "happens_at": None,
        "arises_from": None,
        **said,
    }
    return hub_tasks.receive(HubTask(), by=by, kind=kind, nominal=nominal, **facts)


def begun(task: HubTask, by: User) -> HubTask:
    return hub_tasks.begin_task(hub_tasks.take_task(task, by=by), by=by)


def on_visor(task: HubTask, by: User, ref: str = "V-2026-0441") -> HubTask:
    return hub_tasks.put_on_visor(begun(task, by), by=by, visor_ref=ref, updated_at=now())


def asked(task: HubTask, by: User, of: User, question: str = "Which telephone is it?") -> HubQuery:
    task = hub_tasks.ask_manager(begun(task, by), by=by, question=question, asked_of=of)
    with acting(TEST):
        return HubQuery.objects.get(task=task, state="asked")


def everything_is_checked(by: User) -> None:
    """A second person looks at each update."""
    name = "Updates on ViSOR checked by a second person, of a hundred"
    set_number(name, by=by, number=100, starts=now(), because="To begin with, all")


def compared(by: User, kind: str, text: str | bytes, name: str = "list.csv") -> ImportedList:
    content = text if isinstance(text, bytes) else text.encode()
    return lists.compare(ImportedList(), by=by, kind=kind, name=name, content=content)


def tasks_of(imported: ImportedList) -> list[HubTask]:
    with acting(TEST):
        return list(HubTask.objects.filter(listed_in=imported).select_related("nominal").order_by("reference"))


def in_custody(nominal: Nominal, by: User, ends_on: date | None = None, where: str = "HMP Larkmoor") -> Spell:
    """Straight into the table: the verb is another part's."""
    with signed(TEST):
        return Spell.objects.create(
            reference=f"SPL-{nominal.reference}",
            state="going_on",
            nominal=nominal,
            because="sentence",
            where=where,
            began_on=date(2025, 1, 6),
            ends_on=ends_on,
            recorded_at=now(),
            recorded_by=by,
            asked_at=now(),
        )


ASKED = TransferAsked(force="Vale Police", contact="Inspector Ida Sallowfold", because="Moves to be near his work")


def coming(by: User, name: str = "Bertram Marchfold", ref: str = "V-77001", at: datetime | None = None) -> Transfer:
    about = {"asked": ASKED, "name_given": name, "external_ref": ref, "risk": "Medium"}
    return transfers.ask_transfer_in(Transfer(), by=by, requested_at=at or now(), **about)


def going(nominal: Nominal, by: User) -> Transfer:
    return transfers.ask_transfer_out(Transfer(), by=by, asked=ASKED, nominal=nominal)


def as_theirs(manager: User, ref: str = "V-77001", **said: Any) -> dict[str, Any]:
    """What is said of a violent offender who comes."""
    facts = {"managed_as": "violent", "category": "2", "external_system": "ViSOR", "external_ref": ref, **said}
    held = Held(last_visited_on=today() - timedelta(days=30), assessed_on=today() - timedelta(days=90), risk="medium")
    return {"facts": NominalFacts(manager=manager, **facts), "held": held, "because": "Lives here"}


def came(transfer: Transfer, by: User, manager: User) -> Transfer:
    """An inspector accepts them, as somebody put on record before."""
    person = on_record(by, transfer.name_given, born=date(1971, 5, 4))
    return transfers.accept_transfer_in(transfer, by=by, person=person, **as_theirs(manager))


def a_round(nominal: Nominal) -> tuple[ScrutinyRound, ScrutinyItem]:
    """The round of their team, and its first record."""
    drawn = scrutiny.ensure_round(nominal.team)
    assert drawn is not None
    with acting(TEST):
        return drawn, drawn.items.order_by("reference").first()  # type: ignore[return-value]


def graded(item: ScrutinyItem, by: User, **said: Any) -> ScrutinyItem:
    facts = {
        "grade": "improve",
        "found": "The plan names no school",
        "plan_is_bespoke": "part",
        "action": "Name the school in the plan",
        **said,
    }
    return scrutiny.grade_item(item, by=by, **facts)


def of_each(people: dict[str, User]) -> dict[str, Any]:
    """One record of each kind of this part, by the prefix of its addresses."""
    hana, imran, seb, omar = people["hana"], people["imran"], people["seb"], people["omar"]
    nominal = managed(hana, omar, "Conrad Fernfold")
    query = asked(task_of(hana, nominal), hana, omar)
    drawn, item = a_round(nominal)
    item = graded(item, seb)
    listed = compared(hana, "releases", RELEASES.format(name="Edgar Garmere", ref="V-90001", on="09/03/2026"))
    return {
        "hubtask": task_of(hana, nominal, kind="annual"),
        "hubquery": query,
        "importedlist": listed,
        "transfer": going(nominal, omar),
        "scrutinyround": drawn,
        "scrutinyitem": item,
        "came": came(coming(hana), imran, omar),
        "nominal": nominal,
    }


RELEASES = "ViSOR ref;Name;Date of birth;Release date;Prison\n{ref};{name};11/02/1958;{on};HMP Larkmoor\n"
LATER = timedelta(days=7)
