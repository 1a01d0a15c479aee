"""Papers of the scrutiny group: a case is drawn or added, redacted, checked by a second person, and found upon."""

from __future__ import annotations

from collections.abc import Iterable

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.drawing import sample
from govuk.fields import YesNoNotKnown as Answer
from partners.actor import OnBehalf
from quality.anonymity import must_be_anonymous
from quality.codes import Grade, Source
from quality.models import ScrutinyConflict, ScrutinyMeeting, ScrutinyPaper, Theme
from quality.scrutiny_cases import DRAWS, MOST_URGENT_FIRST, Found, by_reference, names_around
from quality.workflow.themes import note_themes
from workflow.transitions import NotNow, must_say, transition

State = ScrutinyPaper.State
Meeting = ScrutinyMeeting.State
NOT_SENT = [State.TO_PREPARE.value, State.PREPARED.value, State.CHECKED.value]
LONGEST_NAME = 60


def the_draw(meeting: ScrutinyMeeting) -> list[str]:
    """References that the seed of the meeting draws, now as then."""
    rows = [(reference, stratum) for reference, stratum in meeting.drawn_from]
    return sample(meeting.seed, rows, meeting.size, MOST_URGENT_FIRST)


@transition(target=State.TO_PREPARE.value, may=Can.CHAIR_SCRUTINY)
def draw_paper(paper: ScrutinyPaper, *, by: System, found: Found) -> None:
    """This case was drawn."""
    _about(paper, found)


@transition(target=State.TO_PREPARE.value, may=Can.CHAIR_SCRUTINY)
def add_case(
    paper: ScrutinyPaper, *, by: User, meeting: ScrutinyMeeting, reference: str, because: str, every_member_may: str
) -> None:
    """The chair adds a case for a reason. One that only named people may see needs the chair to say why every member
    may."""
    must_say(because, "why the group is to look at it")
    _must_be_planned(meeting)
    found = by_reference(reference)
    if found is None:
        raise NotNow("No notice, missing episode or strategy meeting has this reference.")
    if found.record.case.restricted:
        must_say(every_member_may, "why every member of the group may see a case that only named people see")
    with acting(DRAWS, apart=True):
        if meeting.papers.filter(record=found.record.pk).exists():
            raise NotNow("The group looks at it already.")
    paper.meeting, paper.added_because, paper.restricted_said = meeting, because.strip(), every_member_may.strip()
    _about(paper, found)


def _about(paper: ScrutinyPaper, found: Found) -> None:
    record = found.record
    with acting(DRAWS, apart=True):
        ScrutinyMeeting.objects.select_for_update(of=("self",)).get(pk=paper.meeting.pk)  # one number at a time
        last = paper.meeting.papers.order_by("-number").first()
    paper.number = last.number + 1 if last else 1
    paper.reference = f"{paper.meeting.reference}/{paper.number}"
    paper.kind, paper.record, paper.record_reference = found.kind, record.pk, record.reference
    paper.stratum, paper.case = found.stratum, record.case


def _must_be_planned(meeting: ScrutinyMeeting) -> None:
    if meeting.state != Meeting.PLANNED:
        raise NotNow("The papers have been sent, or the meeting is over.")


@transition(source=NOT_SENT, target=State.PREPARED.value, may=Can.REVIEW_QUALITY)
def prepare_paper(
    paper: ScrutinyPaper,
    *,
    by: User,
    text: str,
    child_seen: str,
    child_spoken_to: str,
    child_observed: str,
    how_recorded: str,
) -> None:
    """A reviewer writes the redacted chronology, and whether each child was seen, spoken to and observed. A change
    after the check is checked again."""
    _must_be_planned(paper.meeting)
    must_say(text, "what happened, in order")
    must_say(how_recorded, "how it is recorded; “not known” is an answer")
    answers = {"seen": child_seen, "spoken to": child_spoken_to, "observed": child_observed}
    if left := [question for question, answer in answers.items() if answer not in Answer.values]:
        raise NotNow(f"Say whether the child was {', '.join(left)}; “not known” is an answer.")
    must_be_anonymous(f"{text}\n{how_recorded}", names_around(paper.kind, paper.record))
    paper.text, paper.how_recorded = text.strip(), how_recorded.strip()
    paper.child_seen, paper.child_spoken_to, paper.child_observed = child_seen, child_spoken_to, child_observed
    paper.prepared_at, paper.prepared_by, paper.checked_at, paper.checked_by = now(), by, None, None


@transition(source=State.PREPARED.value, target=State.CHECKED.value, may=Can.SEE_QUALITY)
def check_paper(paper: ScrutinyPaper, *, by: User) -> None:
    """A second person has read it and finds nobody in it who could be known by it."""
    if paper.prepared_by_id == by.pk:
        raise NotNow("You have prepared it: somebody else checks it.")
    must_be_anonymous(f"{paper.text}\n{paper.how_recorded}", names_around(paper.kind, paper.record))
    paper.checked_at, paper.checked_by = now(), by


@transition(source=NOT_SENT, target=State.LEFT_OUT.value, may=Can.CHAIR_SCRUTINY)
def leave_case_out(paper: ScrutinyPaper, *, by: User, because: str) -> None:
    """The group does not look at it, and the report says that one was left out."""
    _must_be_planned(paper.meeting)
    must_say(because, "why the group does not look at it")
    paper.left_out_because = because.strip()


@transition(source=State.CHECKED.value, target=State.FOUND.value, may=Can.CHAIR_SCRUTINY)
def record_finding(
    paper: ScrutinyPaper, *, by: User, grade: str, was_good: str, to_learn: str, themes: Iterable[Theme]
) -> None:
    """What the agencies found together: a grade, what was good, what there is to learn."""
    if paper.meeting.state != Meeting.HELD:
        raise NotNow("The group has not met yet: record the meeting first.")
    if grade not in Grade.values:
        raise NotNow("Choose a grade.")
    must_say(was_good, "what was good; “nothing” is an answer")
    must_say(to_learn, "what there is to learn; “nothing” is an answer")
    must_be_anonymous(f"{was_good}\n{to_learn}", names_around(paper.kind, paper.record))
    paper.grade, paper.was_good, paper.to_learn, paper.found_at = grade, was_good.strip(), to_learn.strip(), now()
    note_themes(themes, by=by, source=Source.SCRUTINY_GROUP, record=paper, reference=paper.reference)


@transition(source=[State.CHECKED.value, State.FOUND.value], may=Can.USE_PORTAL)
def declare_conflict(paper: ScrutinyPaper, *, by: System, person: User, because: str) -> None:
    """A member knows the family or had a part in it: from now on they do not see this paper."""
    must_say(because, "in a few words why; no names are needed")
    ScrutinyConflict.objects.create(paper=paper, person=person, because=because.strip(), declared_at=now())


def keep_from_me(paper: ScrutinyPaper, *, person: User, because: str) -> None:
    """A member declares it for themselves; it is signed as theirs. Whoever asked has been shown the paper: it is one
    of theirs."""
    with acting(OnBehalf(str(person)[:LONGEST_NAME], signs_as=person.signature()), apart=True) as stretch:
        declare_conflict(paper, by=stretch.who, person=person, because=because)  # type: ignore[arg-type]
