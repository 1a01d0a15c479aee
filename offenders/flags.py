"""The mark of risk on somebody who is managed: it is there as long as they are, and each link with a child is looked at
as soon as it is put."""

from __future__ import annotations

from datetime import date

from access.actor import System, acting
from access.time import today
from accounts.models import User
from cases.models import Flag, HowKnown
from cases.records import Source, flagged
from cases.workflow.people import learned
from offenders.models import Nominal

REGISTER = System("the register of managed offenders")
"""Reads the marks of everybody: whoever registers somebody may not see all that is known of them."""


def is_flagged(nominal: Nominal, by: User | System, kind: Flag.Kind, starts: date | None) -> None:
    """Called inside a transition: from now on everybody who meets them is warned."""
    with acting(REGISTER, apart=True):
        there = Flag.objects.filter(person__same_as=nominal.person.same_as_id, kind=kind, ends=None, withdrawn_at=None)
        if there.figures().exists():
            return
    source = Source(HowKnown.RECORD.value, nominal.reference)
    source = source if isinstance(by, System) else source.told_to(by)
    flagged(nominal.person, kind.value, source, starts=starts, ends=None)
    learned(nominal.person)


def no_longer_flagged(nominal: Nominal) -> None:
    """Called inside a transition: what this record of management put on them ends. Others' marks stay."""
    with acting(REGISTER, apart=True):
        ours = Flag.objects.filter(person__same_as=nominal.person.same_as_id, source=nominal.reference, ends=None)
        for flag in ours.filter(withdrawn_at=None):
            flag.ends = max(today(), flag.starts or today())
            flag.save(update_fields=["ends"])
