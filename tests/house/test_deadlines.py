"""No work can wait unseen: every state is watched, every level has somebody to tell, every length has its authority."""

from html import unescape

import pytest
from django.urls import reverse

from access.actor import System, signed
from access.roles import Role
from access.time import now
from accounts.duty import Duty
from accounts.models import Absence, Posting, User
from sla.lengths import LENGTHS, Basis
from sla.policy import DEADLINES, Deadline, EachTime, On
from tests.conftest import hours
from tests.triage.every_clock import POSTS, TABLE
from workflow.transitions import TRANSITIONS

FINAL = {
    "ppn.Ppn": set(),
    "triage.Incident": set(),
    "cases.Person": {"on_record"},
    "insight.ShiftPlan": {"seen", "absent", "taken_off"},
    "cases.PlaceMarker": {"on_record"},
    "offenders.Approval": {"approved", "returned", "withdrawn"},
    "offenders.ChildContact": {"in_error"},
    "offenders.Intelligence": {"assessed"},
    "offenders.ReactiveProposal": {"approved", "cancelled"},
    "cases.Finding": {"decided"},
    "ppn.Draft": {"submitted", "thrown_away"},
    "ppn.DetailRequest": {"answered"},
    "ppn.Trigger": {"decided"},
    "documents.Attachment": {"withdrawn"},
    "strategy.StrategyMeeting": {"closed", "cancelled", "stands"},
    "strategy.Action": {"done", "not_needed"},
    "strategy.ReceivedMinutes": {"taken_over", "left_out"},
    "missing.Episode": {"complete", "transferred", "in_error"},
    "missing.PlanAction": {"done", "not_needed"},
    "partners.Delivery": {"confirmed", "superseded", "withdrawn"},
    "partners.Disagreement": {"settled"},
    "partners.Recipient": {"sent"},
    "partners.WebhookCall": {"called", "dropped"},
    "missing.InterviewRequest": set(),
    "missing.MissingNotice": {"sent"},
    "cohort.TriggerPlan": {"replaced", "ended"},
    "cohort.PhilomenaForm": {"replaced"},
    "cohort.CohortEntry": {"left", "not_taken"},
    "cohort.RiskPlan": {"ended"},
    "cohort.PlanStep": {"done", "not_needed"},
    "cohort.CohortMeeting": {"held", "cancelled"},
    "offenders.Assessment": {"superseded", "cancelled"},
    "offenders.CivilOrder": {"ended"},
    "offenders.HubQuery": {"answered", "not_needed"},
    "offenders.HubTask": {"closed"},
    "offenders.ImportedList": {"compared"},
    "offenders.IndefiniteReview": {"continues", "ends"},
    "offenders.ManagementPlan": {"superseded", "cancelled"},
    "offenders.Nominal": {"archived"},
    "offenders.NotificationDuty": {"enforced", "excused", "not_needed"},
    "offenders.OffenderDisclosure": {"sent", "refused"},
    "offenders.OffenderVisit": {"approved", "cancelled"},
    "offenders.PlanTask": {"done", "not_needed"},
    "offenders.ScrutinyItem": {"closed"},
    "offenders.ScrutinyRound": {"done"},
    "offenders.Spell": {"on_visor", "in_error"},
    "offenders.Transfer": {"accepted", "refused", "withdrawn"},
    "offenders.Travel": {"returned", "not_going"},
    "quality.ImprovementAction": {"closed", "not_needed"},
    "quality.MeasureSnapshot": {"complete"},
    "briefing.Meeting": {"signed_off"},
    "briefing.AgendaItem": {"decided"},
    "briefing.Attendee": {"in_error"},
    "briefing.Action": {"checked", "not_needed"},
    "insight.FigureExport": {"taken"},
    "insight.EvidencePack": {"ended", "withdrawn"},
    "insight.EvidenceDraw": {"drawn"},
    "insight.MonthlyFigure": {"complete"},
    "insight.MonthlySnapshot": {"kept"},
    "quality.ScrutinyMeeting": {"reported", "called_off"},
    "quality.ScrutinyMember": {"removed"},
    "quality.ScrutinyPaper": {"found", "left_out"},
    "quality.LearningAction": {"held", "not_held", "not_needed"},
    "quality.Retest": {"held", "not_held"},
    "quality.TrainingRecord": {"recorded"},
    "quality.TrainingNeed": {"taken", "declined"},
    "quality.Champion": {"ended"},
    "quality.AttendanceFile": {"read"},
    "quality.AttendanceRow": {"recorded", "known", "settled"},
    "quality.Publication": {"withdrawn"},
    "online.OnlineCase": {"transferred"},
    "online.Bail": {"ended"},
    "online.Device": {"uploaded", "nothing", "returned"},
    "online.LadoReferral": {"answered", "not_needed"},
    "online.SafetyPlan": {"not_needed"},
    "online.Suspect": {"died"},
    "online.CaseTransfer": {"accepted", "refused", "taken_back"},
    "online.ReferralFile": {"read"},
    "online.ReferralRow": {"registered", "known", "settled"},
    "online.ChildrenCheck": {"not_needed"},
    "online.Enforcement": {"done", "called_off"},
    "online.GateOverride": {"held"},
    "online.LinkedChild": {"in_error"},
    "online.KiratAssessment": {"ratified", "returned", "replaced", "lapsed"},
    "online.NewInformation": {"taken_up", "case_over"},
    "quality.Sample": {"done"},
    "quality.Review": {"acknowledged", "no_feedback", "left_out"},
    "quality.Feedback": {"acknowledged"},
}
NOT_WATCHED: dict[tuple[str, str], str] = {
    ("briefing.AgendaItem", "undecided"): "its meeting has the clock (DM2), and is not over before it is decided",
    ("briefing.AgendaItem", "settled"): "nothing is to be decided; it comes back by itself while its meeting goes on",
    ("briefing.Attendee", "there"): "they were there; taking them off is for a mistake",
    (
        "insight.ShiftPlan",
        "planned",
    ): "Longstop looks each minute whether they are here; if not, there is a clock (ST1)",
    ("insight.EvidenceCase", "in"): "its pack has the clock, until the day it was asked for (EV1)",
    ("insight.EvidenceCase", "left_out"): "the pack says why; taking it in again is for a mistake",
    ("quality.Theme", "in_use"): "a name for what is found; what is done about it has clocks of its own",
    ("quality.Theme", "retired"): "nobody chooses it any more; using it again is for a mistake",
    ("quality.Recommendation", "confirmed"): "the inspectorate closes it in its own time; opening again is for a slip",
    ("quality.Recommendation", "closed_by_inspector"): "nothing is owed any more; opening again is for a slip",
    ("quality.Recommendation", "closed_by_force"): "a chief officer answers for it; opening again is for a slip",
    ("quality.ScrutinyMember", "on"): "what they see ends by itself",
    ("quality.ScrutinyPaper", "to_prepare"): "its meeting has the clock (Q4P)",
    ("quality.ScrutinyPaper", "prepared"): "its meeting has the clock (Q4P)",
    ("quality.ScrutinyPaper", "checked"): "its meeting has the clocks, until the report (QC1, QC2)",
    ("quality.Retest", "drawn"): "the action it tests has the clock (Q7)",
    ("quality.Course", "in_use"): "a name for what is taught; whoever has to take it has a clock of their own",
    ("quality.Course", "retired"): "nobody has to take it any more; giving it again is for a mistake",
    ("quality.TrainingDue", "off"): "no post of theirs requires it; every night the posts are read again",
    ("quality.Champion", "serving"): "colleagues know whom to ask; the list shows which team has nobody",
    ("quality.Publication", "published"): "everybody can read it; withdrawing is for a mistake",
    ("quality.Sampled", "ended"): "nobody does this work any more; whoever does it again is drawn from again",
    ("quality.Review", "to_review"): "its sample has the clock (Q1, Q2, QA2)",
    ("quality.Feedback", "written"): "its review has the clock (QA4)",
    ("cases.Match", "merged"): "decided by two people; parting again is for a mistake",
    ("cases.Match", "not_the_same"): "decided; proposing again is for a mistake",
    ("cases.Match", "parted"): "decided; proposing again is for a mistake",
    ("cohort.CohortEntry", "in_cohort"): "its risk management plan has the clock, from the moment it is taken in",
    ("offenders.ChildContact", "closed"): "the plan has taken it up; another decision of social care opens it again",
    ("offenders.ReactiveProposal", "submitted"): "its approval has the clock",
    ("offenders.ReactiveProposal", "returned"): "they are visited as before, and that has its own clock",
    ("encompass.SchoolNotice", "acknowledged"): "the school has read it; taking it back is for a mistake",
    ("missing.Episode", "closed"): "what is still owed is its return interview, a record with clocks of its own",
    ("offenders.Assessment", "draft"): "by when they are assessed the clock of the offender says (RS13)",
    ("offenders.Assessment", "submitted"): "its approval has the clock (RS18)",
    ("offenders.Assessment", "approved"): "it stands; when the next is due the clock of the offender says (RS13)",
    ("offenders.ManagementPlan", "draft"): "by when there is a plan the clock of the offender says (RS13P)",
    ("offenders.ManagementPlan", "submitted"): "its approval has the clock (RS18)",
    ("offenders.ManagementPlan", "approved"): "it stands; its tasks have clocks, and so has the next assessment",
    ("offenders.Nominal", "ended"): "nobody manages them; the hub's task has the clock until ViSOR says so",
    ("offenders.Nominal", "transferred"): "another force has them; the hub's task has the clock until ViSOR says so",
    ("offenders.OffenderVisit", "submitted"): "its approval has the clock (RS18)",
    ("offenders.ScrutinyItem", "to_look_at"): "its round has the clock (RS22)",
    ("offenders.Travel", "away"): "time abroad is a spell, with a clock of its own (RS11)",
    ("online.OnlineCase", "closed"): "nothing is owed to anybody any more; whatever is new opens it again",
    ("online.SafetyPlan", "filed"): "it stands where everybody finds it; bail and reviews have clocks of their own",
    ("online.Suspect", "suspected"): "by when to act the clock of the case says (OC4), and later its reviews (OC21)",
    ("online.Suspect", "bailed"): "their bail has the clock (OC12)",
    ("online.Suspect", "charged"): "a court decides by when; what changes is recorded",
    ("online.Suspect", "nfa"): "a sergeant answers for it; an arrest upon something new begins again",
    ("online.OnlineCase", "linked"): "the case it is part of goes on; parting again is for a mistake",
    ("online.CandidateAddress", "candidate"): "research of the case has the clock (OC6)",
    ("online.CandidateAddress", "attributed"): "the level and the look for children have the clocks (OC3A, OC4, OC7)",
    ("online.CandidateAddress", "ruled_out"): "nothing is done there; considering it again is for new knowledge",
    ("online.Occupant", "there"): "the level has the clock until everybody is checked, the designated officer theirs",
    ("online.Occupant", "gone"): "they do not live there; coming back is for a mistake, or for new knowledge",
    ("online.ChildrenCheck", "found"): "each child has clocks of their own; looking again is for something new",
    ("online.ChildrenCheck", "none_found"): "somebody has looked; looking again is for something new",
    ("online.LinkedChild", "settled"): "social care has decided, and the agencies have discussed the child; until they "
    "have, the clock of the discussion runs on (OC9)",
    ("online.SharedImage", "resolved"): "a sergeant answers for it, with the child seen; opening again is for more",
    ("online.SharedImage", "in_error"): "a sergeant answers for it; opening again is for a mistake",
    ("ppn.Ppn", "filed"): "nothing is left to do; whatever is new opens it again",
    ("missing.InterviewRequest", "read"): "somebody has read it into the record; a later answer opens it again",
    ("missing.MissingNotice", "not_sent"): "there is nobody to tell, or somebody answers for it",
    ("partners.Recipient", "refused"): "two people answer for it; thinking again is for new knowledge",
    ("partners.Delivery", "settled"): "its outcome is known; a change comes from the partner",
    ("partners.Recipient", "covered"): "another agency was told in its place",
    ("documents.Attachment", "clean"): "checked; withdrawing is for a mistake",
    ("documents.Attachment", "released"): "a sergeant answers for it, and a scanner still looks at it",
    ("documents.Attachment", "infected"): "refused and opened by nobody; withdrawing is for a mistake",
    ("triage.Incident", "closed"): "closed by a supervisor, with the child seen; opening again is for a mistake",
    ("triage.Incident", "no_deployment"): "a supervisor answers for it; opening again is for a mistake",
    ("triage.Incident", "resolved_by_phone"): "done, with a child by a supervisor; opening again is for a mistake",
    ("triage.Incident", "duplicate_linked"): "the incident it is linked to goes on; opening again is for a mistake",
}
"""(record, state) -> why nobody needs to hear of work that stays there. Reviewed like a permission."""


def _record(transition):
    """app.Model, from the signature of the verb."""
    return f"{transition.name.split('.')[0]}.{transition.effect.__annotations__[transition.record_name]}"


RECORDS = sorted({_record(each) for each in TRANSITIONS.values()})


def _verbs(record):
    return [each for each in TRANSITIONS.values() if _record(each) == record]


def _states(record):
    return {state for verb in _verbs(record) for state in (*verb.source, *verb.states_after())}


def _leads_on(record, state):
    return any(verb.open_from(state) and set(verb.states_after()) - {state} for verb in _verbs(record))


@pytest.mark.parametrize("record", RECORDS)
def test_every_state_can_be_left_unless_it_is_final(record):
    assert {state for state in _states(record) if not _leads_on(record, state)} == FINAL.get(record, set())


@pytest.mark.parametrize("record", RECORDS)
def test_every_state_can_be_reached(record):
    reached = {state for verb in _verbs(record) if not verb.source for state in verb.states_after()}
    while more := {
        state
        for verb in _verbs(record)
        if set(verb.source) & reached
        for state in verb.states_after()
        if state not in reached
    }:
        reached |= more
    assert reached == _states(record)


def _plain(verbs):
    return {verb.transition if isinstance(verb, On) else verb for verb in verbs}


def _watches(deadline: Deadline) -> set[str]:
    """States in which this deadline may be running: from where it starts, by every verb that does not stop it."""
    record = deadline.model._meta.label
    states = {state for verb in _plain(deadline.starts) for state in (verb.states_after() or verb.source)}
    states |= {state for missed in deadline.after for state in _watches(missed)}
    stops = _plain(deadline.stops)
    going_on = [verb for verb in _verbs(record) if verb not in stops]
    while more := {
        state for verb in going_on if set(verb.source) & states for state in verb.states_after() if state not in states
    }:
        states |= more
    return states & _states(record)


@pytest.mark.parametrize("record", RECORDS)
def test_every_state_that_is_not_final_is_watched_by_a_deadline(record):
    watched = {state for each in DEADLINES.values() if each.model._meta.label == record for state in _watches(each)}
    excused = {state for about, state in NOT_WATCHED if about == record}
    assert _states(record) - FINAL.get(record, set()) - watched <= excused
    assert excused <= _states(record)


@pytest.mark.parametrize("deadline", DEADLINES.values(), ids=DEADLINES)
def test_a_deadline_says_what_is_promised_and_can_be_kept(deadline):
    assert deadline.promise
    assert deadline.stops
    assert deadline.starts or deadline.after
    assert deadline.all_lengths()
    assert deadline.code == next(code for code, each in DEADLINES.items() if each is deadline)
    if not deadline.after:
        assert deadline.counts_from
        assert deadline.length or deadline.until


@pytest.mark.parametrize("deadline", DEADLINES.values(), ids=DEADLINES)
def test_a_missed_deadline_always_tells_somebody(deadline):
    assert deadline.missed_level() is not None
    assert deadline.ladder.roles() <= set(Role)


def test_no_two_deadlines_or_lengths_share_a_name():
    assert len({each.promise for each in DEADLINES.values()}) == len(DEADLINES)
    assert len(LENGTHS) == len({id(each) for each in LENGTHS.values()})


@pytest.mark.parametrize("length", LENGTHS.values(), ids=LENGTHS)
def test_every_length_says_what_it_rests_on(length):
    assert isinstance(length.basis, Basis)
    assert length.source.strip()
    assert length.default > hours(0)
    assert not (length.basis is Basis.LAW and length.is_our_default)


ON_NO_CLOCK = {
    "A released evidence pack open to its readers": "Longstop closes it then; closing has the clock (EV4)",
    "Daily management meeting: how far ahead it looks at releases": "the meeting has the clock",
    "Daily management meeting: how long before its hour it may be opened": "a bound: nobody has to be early",
    "Time for which members of the scrutiny group see its papers after it met": "what they see ends by itself",
    "How long before a shift a sign-in counts for it": "a bound: nobody has to be early",
    "Somebody who was planned is seen after their shift began": "Longstop looks; once nobody was seen ST1 begins",
    "Time for which an agency can fetch what it was sent": "what was sent has arrived long before",
    "Time for which a short token of an agency's system works": "its system asks for another",
    "Time before a partner's system is locked out, in which the MASH is shown that its access ends": "on the home page",
}
"""Lengths that are no duty of anybody's, and why not."""


@pytest.mark.django_db
def test_every_length_belongs_to_a_deadline_or_says_why_not_and_all_are_on_the_page(client, cast):
    clocked = {each.name for deadline in DEADLINES.values() for each in deadline.all_lengths()}
    assert clocked | set(ON_NO_CLOCK) == set(LENGTHS)
    assert not clocked & set(ON_NO_CLOCK)
    client.force_login(cast["cora"])
    page = unescape(client.get(reverse("deadlines")).content.decode())
    assert [name for name in LENGTHS if name not in page] == []


OF_INITIAL_CONTACT = {code: each for code, each in DEADLINES.items() if each.model._meta.app_label == "triage"}


def test_every_clock_of_initial_contact_is_told_as_a_story_and_tested_at_its_boundaries():
    """Add a row for a new one to `tests.triage.every_clock`."""
    assert {row.code for row in TABLE} == set(OF_INITIAL_CONTACT)


@pytest.mark.parametrize("deadline", OF_INITIAL_CONTACT.values(), ids=OF_INITIAL_CONTACT)
def test_with_each_of_its_lengths_each_of_its_levels_and_each_post_that_is_told(deadline):
    rows = [row for row in TABLE if row.code == deadline.code]
    assert {POSTS[who] for row in rows for _, who in row.tells} == deadline.ladder.roles()
    assert {row.length for row in rows} >= {each.default for each in deadline.lengths}
    levels = len(deadline.ladder.tell) + 1 if isinstance(deadline.ladder, EachTime) else len(deadline.ladder.levels)
    assert {len(row.tells) for row in rows} == {levels}


def _everybody_away(role, cast):
    """Everybody in this role is away, and whoever was to cover has left."""
    holders = list(User.objects.filter(postings__role=role.value))
    with signed(System("test")):
        gone = User.objects.create(username="gone", is_active=False)
        Absence.objects.bulk_create(
            Absence(person=each, cover=gone, recorded_by=each, starts=now(), ends=now() + hours(24)) for each in holders
        )
    return {each.pk for each in holders}


ROLES_TOLD = sorted({role for each in DEADLINES.values() for role in each.ladder.roles()})


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES_TOLD)
def test_with_everybody_in_a_role_away_and_no_cover_within_reach_somebody_above_is_told(cast, role):
    away = _everybody_away(role, cast)
    answering = Duty(now()).answering(role, None)
    assert answering
    if role != Role.SUPERINTENDENT:
        assert not set(answering) & away


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES_TOLD)
def test_the_cast_of_the_demonstration_holds_every_post_that_is_told(cast, role):
    assert Posting.objects.filter(role=role.value).exists()
