"""A notice is written, kept while it is written, and submitted: it is in the MASH queue the same second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from access.actor import signed
from access.roles import Can, Role
from access.time import now, today
from accounts.duty import posts_of, team_of
from accounts.models import Team, User
from cases.models import next_reference
from cases.models.person import Ethnicity
from cases.workflow.cases import open_case
from cases.workflow.findings import answered_by_notice, finding_about
from places.models import School
from ppn import marac, people
from ppn.models import Answer, Concern, DomesticAbuse, Draft, Ppn, State, Subject, Tool
from ppn.origins import origin_of
from ppn.schools import tell_schools
from ppn.workflow.strategy import look_again
from workflow.transitions import NotNow, must_say, transition

NOT_KNOWN = Answer.NOT_KNOWN.value


@dataclass(frozen=True)
class SubjectFacts:
    """What the officer knows of one person, and for a child what the child said and how the child was."""

    part: str
    name: str
    born_on: date | None = None
    address: str = ""
    postcode: str = ""
    seen: str = NOT_KNOWN
    spoken_to: str = NOT_KNOWN
    with_whom: str = ""
    not_spoken_to_because: str = ""
    who_will: str = ""
    see_by: datetime | None = None
    own_words: str = ""
    where_found: str = ""
    appearance: str = ""
    demeanour: str = ""
    communicates: str = ""
    reaction_to_carer: str = ""
    home: str = ""
    lives_here: str = ""
    carer_intoxicated: str = NOT_KNOWN
    next_carer_safe: str = NOT_KNOWN
    wants: str = ""
    relationship: str = ""
    same_household: str = NOT_KNOWN
    looked_after: str = NOT_KNOWN
    protection_plan: str = NOT_KNOWN
    in_need: str = NOT_KNOWN
    schooling: str = Subject.Schooling.NOT_KNOWN.value
    school: School | None = None
    school_said: str = ""
    gp_practice: str = ""
    nhs_number: str = ""
    language: str = ""
    needs_interpreter: str = NOT_KNOWN
    disability: str = ""
    ethnicity: str = Ethnicity.NOT_STATED.value
    works_with_children: str = NOT_KNOWN
    on_licence: str = NOT_KNOWN


@dataclass(frozen=True)
class Harm:
    """What happened to whom, as structured answers."""

    abuse: Sequence[str] = ()
    injured: str = NOT_KNOWN
    injury_unexplained: str = NOT_KNOWN
    injuries: str = ""
    not_mobile: str = NOT_KNOWN
    serious: str = NOT_KNOWN
    sexual_activity: str = NOT_KNOWN
    pregnant_under_18: str = NOT_KNOWN
    unborn: str = NOT_KNOWN
    online: str = NOT_KNOWN
    allegation_by_child: str = NOT_KNOWN
    position_of_trust: str = NOT_KNOWN
    who_has_child: str = ""
    needs_protection_now: str = NOT_KNOWN
    police_did: Sequence[str] = ()
    crime_references: str = ""


@dataclass(frozen=True)
class AbuseAssessment:
    """The answers of DASH or DARA that change what has to be done."""

    tool: str = Tool.NEITHER.value
    tool_version: str = ""
    ticks: int | None = None
    professional_judgement: str = ""
    events_in_12_months: int | None = None
    last_marac_on: date | None = None
    honour_based: str = NOT_KNOWN
    strangulation: str = NOT_KNOWN
    weapon: str = NOT_KNOWN
    pregnant: str = NOT_KNOWN
    children_asked: str = NOT_KNOWN


@dataclass(frozen=True)
class Notice:
    """What a notice says."""

    types: Sequence[str]
    child: str
    grade: str
    da_risk: str
    narrative: str
    first_known_at: datetime
    arises_from: UUID | None = None


@transition(target=State.SUBMITTED.value, may=Can.SUBMIT_PPN)
def submit(
    ppn: Ppn,
    *,
    by: User,
    notice: Notice,
    subjects: Sequence[SubjectFacts],
    harm: Harm | None = None,
    abuse: AbuseAssessment | None = None,
) -> None:
    """An officer has seen a child or an adult at risk. The notice is in the MASH queue the same second."""
    _every_child_has_a_voice(subjects)
    for name, fact in vars(notice).items():
        setattr(ppn, name, fact)
    if any(subject.part == Subject.Part.CHILD for subject in subjects):
        ppn.child = Answer.YES.value
    ppn.submitted_by, ppn.submitted_at, ppn.officers_team = by, now(), team_of_author(by)
    ppn.first_known_at = _first_known(notice, ppn.submitted_at)
    ppn.reference, ppn.case, ppn.team = next_reference("PPN"), open_case(), team_of(Role.COORDINATOR)
    named = [Subject(ppn=ppn, **_with_school(subject)) for subject in subjects]
    people.place_who_is_new(ppn, named, by)
    Subject.objects.bulk_create(named)
    Concern.objects.create(ppn=ppn, **asdict(harm or Harm()))
    if abuse:
        _write_abuse(ppn, abuse)
    if finding := finding_about(notice.arises_from):
        answered_by_notice(finding, by=by, notice=ppn.reference)
    look_again(ppn)
    tell_schools(ppn, named, by=by)
    _draft_is_submitted(ppn, by)


def _with_school(subject: SubjectFacts) -> dict[str, Any]:
    return {**vars(subject), "school": subject.school or people.school_named(subject.school_said)}


def _first_known(notice: Notice, at: datetime) -> datetime:
    """When police first knew: never later than the call it comes from, so that five days before a notice and five days
    in its queue are ten."""
    origin = origin_of(notice.arises_from)
    known = [notice.first_known_at, at, *([origin.first_known_at] if origin else [])]
    return min(known)


def _write_abuse(ppn: Ppn, abuse: AbuseAssessment) -> None:
    met = marac.criteria(
        ticks=abuse.ticks,
        judgement=abuse.professional_judgement,
        events=abuse.events_in_12_months,
        last_marac_on=abuse.last_marac_on,
        honour_based=abuse.honour_based,
        today=today(),
        at=now(),
    )
    if abuse.tool == Tool.NEITHER and abuse.ticks is not None:
        raise NotNow("Ticks: say which checklist they are of, DASH or DARA.")
    DomesticAbuse.objects.create(ppn=ppn, marac=[each.value for each in met], **asdict(abuse))


def _every_child_has_a_voice(subjects: Sequence[SubjectFacts]) -> None:
    if not subjects:
        raise NotNow("Say who the notice is about. A name may be “not known”.")
    for subject in subjects:
        if subject.part != Subject.Part.CHILD:
            continue
        if subject.spoken_to == Answer.YES and not subject.own_words.strip():
            raise NotNow(f"{subject.name} was spoken to: write what they said, in their own words.")
        if subject.spoken_to != Answer.YES and not subject.not_spoken_to_because.strip():
            raise NotNow(f"{subject.name} was not spoken to: say why, who will, and by when.")


def team_of_author(person: User) -> Team | None:
    """Whose supervisors answer for what this person writes: the team of their own post."""
    own = [post for post in posts_of(person) if post.person_id == person.pk]
    return own[0].team if own else None


@transition(target=Draft.State.OPEN.value, may=Can.SUBMIT_PPN)
def start_draft(draft: Draft, *, by: User, typed: Mapping[str, Sequence[str]], arises_from: UUID | None) -> None:
    """An officer begins to write. What is typed is kept from here on, as it is typed."""
    draft.reference, draft.author, draft.team = next_reference("DRAFT"), by, team_of_author(by)
    draft.arises_from, draft.typed = arises_from, dict(typed)
    draft.started_at = draft.saved_at = now()


def save_draft(draft: Draft, *, by: User, typed: Mapping[str, Sequence[str]]) -> Draft:
    """What has been typed since. Only its author writes in it. Raises NotNow once it has been submitted."""
    with signed(by) as moment:
        mine = Draft.objects.filter(pk=draft.pk, author=by, state=Draft.State.OPEN)
        if not mine.update(typed=dict(typed), saved_at=moment):
            raise NotNow("This draft is no longer yours to write in: it was submitted or thrown away.")
    draft.typed, draft.saved_at = dict(typed), moment
    return draft


@transition(source=Draft.State.OPEN.value, target=Draft.State.THROWN_AWAY.value, may=Can.SUBMIT_PPN)
def throw_away(draft: Draft, *, by: User, because: str) -> None:
    """There will be no notice. A supervisor can read why, and what had been typed."""
    if draft.author_id != by.pk and not by.can(Can.CHECK_PPN):
        raise NotNow("Only its author or a supervisor throws a draft away.")
    must_say(because, "why there will be no notice")
    draft.because = because


@transition(source=Draft.State.OPEN.value, target=Draft.State.SUBMITTED.value, may=Can.SUBMIT_PPN)
def draft_submitted(draft: Draft, *, by: User) -> None:
    """The notice was submitted: what was typed on the way there is in it."""
    draft.typed = {}


def _draft_is_submitted(ppn: Ppn, by: User) -> None:
    if draft := Draft.objects.filter(pk=ppn.pk, state=Draft.State.OPEN).first():
        draft_submitted(draft, by=by)
