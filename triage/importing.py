"""Loading a force's call log through the same intake as a call. Nothing is dropped: what cannot be loaded is listed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from access.actor import System, acting, signed
from access.time import holding, now
from accounts.models import User
from triage.call_log import Call, CallLog
from triage.logged import events_of
from triage.models import CallLogImport, Incident, RowToCheck

Kind = RowToCheck.Kind


def load(path: Path, log: CallLog, *, by: User | System) -> CallLogImport:
    """Load every call that is not here yet, and list every row a person has to look at.

    One transaction: a log is loaded whole or not at all. What happened in the past is entered as having happened then,
    so that a breach of last week is a breach of last week.
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    with signed(by):
        came_with = CallLogImport.objects.create(file_name=path.name, at=now(), by=by if isinstance(by, User) else None)
        before = _known(log, digest)
        loaded = {call.row: _tell(call, digest, by) for call in log.calls if _number(call, digest) not in before}
        again = [call for call in log.calls if _number(call, digest) in before]
        RowToCheck.objects.bulk_create(_to_check(came_with, log, loaded, again))
        came_with.summary = _summary(log, loaded, again)
        came_with.save(update_fields=["summary"])
    return came_with


def settle(row: RowToCheck, *, by: User, how: str) -> RowToCheck:
    """A person has looked at a row and says what was done about it."""
    with signed(by):
        row.settled_at, row.settled_by, row.settled_how = now(), by, how
        row.save(update_fields=["settled_at", "settled_by", "settled_how"])
    return row


def _number(call: Call, digest: str) -> str:
    """The call's own number; without one, its place in exactly this file, so that loading it twice is seen."""
    return f"{digest}:{call.id}" if call.id == f"row{call.row}" else call.id


def _known(log: CallLog, digest: str) -> set[str]:
    """Numbers that were loaded before; asked as the software, since a restricted incident is no new one either."""
    with acting(System("has this call been loaded?")):
        numbers = [_number(call, digest) for call in log.calls]
        return set(Incident.objects.filter(log_reference__in=numbers).figures().values_list("log_reference", flat=True))


def _tell(call: Call, digest: str, by: User | System) -> Incident:
    incident = Incident(log_reference=_number(call, digest))
    for event in events_of(call):
        with holding(event.at):
            incident = event.does(incident, call, by)
    return incident


def _to_check(
    came_with: CallLogImport, log: CallLog, loaded: dict[int, Incident], again: list[Call]
) -> Iterator[RowToCheck]:
    for bad in log.bad_rows:
        yield RowToCheck(came_with=came_with, kind=Kind.NOT_LOADED, line=bad.line, reason=bad.reason, values=bad.values)
    for call in log.calls:
        for flag in call.flags if call.row in loaded else ():
            yield RowToCheck(
                came_with=came_with,
                kind=Kind.FLAGGED,
                line=call.line,
                reason=f"{flag.column}: {flag.why}",
                values={flag.column: flag.value},
                incident=loaded[call.row],
            )
    for number, line in [*((twin.id, twin.line) for twin in log.duplicates), *((call.id, call.line) for call in again)]:
        reason = f"The number {number} has been loaded already"
        yield RowToCheck(came_with=came_with, kind=Kind.DUPLICATE, line=line, reason=reason)


def _summary(log: CallLog, loaded: dict[int, Incident], again: list[Call]) -> dict[str, Any]:
    return {
        "incidents": len(loaded),
        "duplicates": len(log.duplicates) + len(again),
        "rows_without_id": log.without_id,
        "flagged_times": sum(len(call.flags) for call in log.calls if call.row in loaded),
        "bad_rows": len(log.bad_rows),
        "rows_left_out_by_the_profile": log.left_out,
    }
