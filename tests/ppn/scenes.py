"""How far a notice has come in tests, in words, and what stands in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from access.actor import System, acting, signed
from access.time import now
from accounts.models import User
from cases.models import Person
from partners.models import Agency
from ppn import workflow
from ppn.models import Ppn, Trigger
from ppn.triggers import BY_HAND
from ppn.workflow import Grounds, Harm, SubjectFacts
from tests.partners.scenes import an_agency, everybody_settled
from tests.stories import a_notice, submitted

GROUNDS = Grounds(basis="public_task", why_needed="To see the child today", informed="yes")
ASSESSED = {"systems_checked": "RMS", "assessment": "As graded", "grade": "amber", "because": ""}
NONE_OF_IT = dict.fromkeys(BY_HAND, "no")
"""The co-ordinator has asked every question, and the answer to each is no."""


def child(name: str = "Poppy Sallowfold", born: date | None = None, **said: Any) -> SubjectFacts:
    return SubjectFacts("child", name, born_on=born, not_spoken_to_because="Asleep; Rosa goes back at four", **said)


def adult(name: str = "Desmond Garmere", part: str = "poses_risk", **said: Any) -> SubjectFacts:
    return SubjectFacts(part, name, **said)


def written(by: User, *subjects: SubjectFacts, harm: Harm | None = None, abuse: Any = None, **said: Any) -> Ppn:
    """Submitted, and nobody has said yet who anybody is."""
    about = list(subjects) or [child()]
    return workflow.submit(Ppn(), by=by, notice=a_notice(**said), subjects=about, harm=harm, abuse=abuse)


def says_who(ppn: Ppn, name: str, person: Person | None, by: Any) -> Ppn:
    with acting(System("test")):
        subject = ppn.subjects.get(name=name)
    return workflow.say_who(fresh(ppn), by=by, subject=subject, person=person)


def about(person: Person, by: User, cora: User, part: str = "child", **said: Any) -> Ppn:
    """A notice about somebody on record, and the co-ordinator has said that it is them."""
    facts = child(person.name) if part == "child" else adult(person.name, part)
    return says_who(written(by, facts, **said), person.name, person, cora)


def assessed(ppn: Ppn, by: User, asked: dict[str, str] | None = None, **said: Any) -> Ppn:
    ppn = fresh(ppn)
    ppn = workflow.take(ppn, by=by) if ppn.state == "submitted" else ppn
    facts = {**ASSESSED, "grade": ppn.grade, **said}
    return workflow.assess(ppn, by=by, asked=NONE_OF_IT if asked is None else asked, **facts)


def council() -> Agency:
    with signed(System("test")):
        known = Agency.objects.filter(name="Vale Council").first()
    return known or an_agency()


def told(ppn: Ppn, by: User, second: User) -> Ppn:
    """Shared with the council, and everybody else whom the rules propose was refused by two people."""
    agency = council()
    ppn = workflow.share(fresh(ppn), by=by, agencies=[agency], summary="Seen", grounds=GROUNDS)
    everybody_settled(ppn, by, second)
    return fresh(ppn)


def ready(olly: User, cora: User, sam: User, **said: Any) -> Ppn:
    """A notice with nothing left to do but to file it."""
    return told(assessed(submitted(olly, **said), cora), cora, sam)


def filed(ppn: Ppn, by: User, meeting: str = "not_needed") -> Ppn:
    return workflow.file(fresh(ppn), by=by, strategy_meeting=meeting, because="Agreed with the social worker")


def fresh(ppn: Any) -> Any:
    with acting(System("test")):
        return type(ppn).objects.get(pk=ppn.pk)


def triggers(ppn: Ppn) -> list[str]:
    """The codes that have been raised so far, once for each piece of evidence."""
    with acting(System("test")):
        codes = Trigger.objects.filter(ppn=ppn).figures().values_list("code", flat=True)
        return sorted(codes, key=lambda code: int(code[1:]))


def trigger(ppn: Ppn, code: str) -> Trigger:
    with acting(System("test")):
        return Trigger.objects.select_related("ppn").get(ppn=ppn, code=code)


def years_ago(years: int, days: int = 0) -> date:
    """Somebody born that many years ago today; with `days`, so many days later."""
    day = now().date()
    return date.fromordinal(date(day.year - years, day.month, day.day).toordinal() + days)
