"""Meetings of the scrutiny group in tests, in words. All invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from access.actor import System, acting, signed
from access.time import now, today
from accounts.models import User
from partners.models import AgencyPerson
from ppn.models import Ppn
from quality.models import ImprovementAction, ScrutinyMeeting, ScrutinyMember, ScrutinyPaper, Theme
from quality.workflow import improvement_actions as actions
from quality.workflow import scrutiny, scrutiny_papers
from tests.missing.scenes import reported
from tests.partners.agencies import a_person
from tests.partners.scenes import an_agency
from tests.stories import submitted

TEST = System("test")
TUESDAY = datetime(2026, 4, 14, 9, 0, tzinfo=UTC)
"""Ten in the morning by the wall, after the night the clocks go forward: the quarter before it began in January."""
TEXT = "Monday, 9 o'clock: police were called. Child 1 was seen, and spoken to by the response officer."
REPORT = "The group looked at one case. Child 1 was heard early."


def of_the_quarter(by: User, grade: str = "red") -> Ppn:
    """A notice as it is once it is filed: what comes before is told elsewhere."""
    ppn = submitted(by, grade=grade)
    with signed(TEST):
        filed = {"strategy_decision": "not_needed", "strategy_because": "Agreed with social care"}
        Ppn.objects.filter(pk=ppn.pk).update(**filed)
        ppn.state = "filed"
        ppn.strategy_decision = "not_needed"
        ppn.save()
    return ppn


def planned(chidi: User, meets_at: datetime = TUESDAY) -> ScrutinyMeeting:
    meeting = scrutiny.ensure_meeting()
    return scrutiny.plan_meeting(meeting, by=chidi, meets_at=meets_at, place="Vale police station, room 2")


def drawn(people: dict[str, User]) -> ScrutinyMeeting:
    """Planned, with one case drawn."""
    of_the_quarter(people["olly"])
    return scrutiny.draw_cases(planned(people["chidi"]), by=people["chidi"])


def paper_of(meeting: ScrutinyMeeting, number: int = 1) -> ScrutinyPaper:
    with acting(TEST):
        found: ScrutinyPaper = ScrutinyPaper.objects.get(meeting=meeting, number=number)
    return found


def prepared(paper: ScrutinyPaper, by: User, **said: Any) -> ScrutinyPaper:
    facts = {
        "text": TEXT,
        "child_seen": "yes",
        "child_spoken_to": "yes",
        "child_observed": "not_known",
        "how_recorded": "In the child's own words",
    }
    return scrutiny_papers.prepare_paper(as_it_is(paper), by=by, **{**facts, **said})


def checked(paper: ScrutinyPaper, people: dict[str, User]) -> ScrutinyPaper:
    return scrutiny_papers.check_paper(prepared(paper, people["reva"]), by=people["quinn"])


def added(meeting: ScrutinyMeeting, person: User, by: User) -> ScrutinyMember:
    return scrutiny.add_member(ScrutinyMember(), by=by, meeting=as_it_is(meeting), person=person)


def kim(sam: User, username: str = "kim", agency: str = "Vale Council", kind: str = "social_care") -> AgencyPerson:
    """Somebody of an agency who is let in."""
    return a_person(an_agency(agency, kind), by=sam, username=username)


def papers_sent(people: dict[str, User], *members: User) -> ScrutinyMeeting:
    """A week before it meets."""
    meeting = drawn(people)
    checked(paper_of(meeting), people)
    for member in members or (people["connie"],):
        added(meeting, member, people["chidi"])
    return scrutiny.send_papers(as_it_is(meeting), by=people["chidi"])


def held(meeting: ScrutinyMeeting, chidi: User) -> ScrutinyMeeting:
    return scrutiny.hold_meeting(as_it_is(meeting), by=chidi, held_at=now(), who_was_there="Social care, health")


def found(paper: ScrutinyPaper, chidi: User, **said: Any) -> ScrutinyPaper:
    with acting(TEST):
        theme = Theme.objects.get(name="Voice of the child")
    facts = {"grade": "good", "was_good": "Heard early", "to_learn": "Nothing", "themes": [theme]}
    return scrutiny_papers.record_finding(as_it_is(paper), by=chidi, **{**facts, **said})


def asked_of(paper: ScrutinyPaper, chidi: User, due: date | None = None, **said: Any) -> ImprovementAction:
    """The group asks for something."""
    facts = {"what": "Ask who else lives there", "owner_kind": "officer", "owner": None, "agency": None}
    when = due or today() + timedelta(days=28)
    return actions.give_scrutiny_action(
        ImprovementAction(), by=chidi, paper=as_it_is(paper), due_on=when, **{**facts, **said}
    )


def as_it_is(record: Any) -> Any:
    with acting(TEST):
        return type(record).objects.get(pk=record.pk)


def of_each(people: dict[str, Any]) -> dict[str, Any]:
    """One of each record that a page of this part is about. Nobody is of two."""
    from tests.quality import improvement_scenes

    member = kim(people["sam"], username="kim", agency="Sallow Young People's Trust", kind="youth_justice")
    meeting = planned(people["chidi"], meets_at=now() + timedelta(days=40))
    add = {"because": "The group asked for it", "every_member_may": ""}
    episode = reported(people["callie"])
    paper = scrutiny_papers.add_case(
        ScrutinyPaper(), by=people["chidi"], meeting=meeting, reference=episode.reference, **add
    )
    made = {
        "scrutinymeeting": meeting,
        "scrutinypaper": paper,
        "scrutinymember": added(meeting, member.user, people["chidi"]),
    }
    return made | improvement_scenes.of_each(people)
