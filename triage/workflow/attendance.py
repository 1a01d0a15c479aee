"""A unit goes, police arrive, each child is seen and heard, the outcome is recorded, a supervisor closes it."""

from __future__ import annotations

from dataclasses import asdict

from access.actor import NotYours, System, acting
from access.roles import Can, Role
from access.time import now
from accounts.models import User
from ppn.models import Ppn
from triage import children
from triage.codes import NOT_ATTENDED, OPEN, Category, State, ToldCaller
from triage.models import Answer, ChildVoice, Incident
from triage.owners import belongs_to, passes_to
from triage.schools import tell_schools
from triage.workflow.calls import rang_again
from triage.workflow.facts import Voice
from triage.workflow.risk import a_person, is_the_software, ranked
from workflow.transitions import NotNow, must_say, transition


@transition(source=NOT_ATTENDED, target=State.ASSIGNED.value, may=Can.DISPATCH)
def assign(incident: Incident, *, by: User | System, unit: str) -> None:
    """A unit is on its way. Being on the way is not being there: the clock runs on."""
    must_say(unit, "which unit goes")
    incident.unit, incident.resourced_at = unit, incident.resourced_at or now()


@transition(source=State.ASSIGNED.value, target=State.AWAITING_RESOURCE.value, may=Can.DISPATCH)
def stand_down(incident: Incident, *, by: User | System, because: str) -> None:
    """The unit is needed elsewhere: it waits for a unit again, and no clock is set back."""
    must_say(because, "why the unit does not go")
    incident.unit, incident.resourced_at = "", None
    passes_to(incident, Role.DISPATCHER)


@transition(source=NOT_ATTENDED, target=State.ATTENDED.value, may=Can.ATTEND)
def attend(incident: Incident, *, by: User | System) -> None:
    """Police have arrived."""
    incident.attended_at, incident.attended_by = now(), a_person(by)
    if isinstance(by, User) and not by.can(Can.DISPATCH):
        belongs_to(incident, by)
    else:
        passes_to(incident, Role.RESPONSE_SERGEANT, incident.area)


@transition(source=OPEN, may=Can.HEAR_CHILD)
def hear_child(incident: Incident, *, by: User, voice: Voice) -> None:
    """What a child said in their own words and how they were; or why nobody has seen them, who will, and by when."""
    must_say(voice.child, "which child; a name may be “not known”")
    _has_a_voice(voice)
    ChildVoice.objects.create(incident=incident, at=now(), by=by, **asdict(voice))
    children.child_is_known(incident)
    incident.child_seen_at = now() if every_child_seen(incident) else None
    tell_schools(incident, by=by)
    ranked(incident)


def _has_a_voice(voice: Voice) -> None:
    if voice.spoken_to == Answer.YES and not voice.own_words.strip():
        raise NotNow(f"{voice.child} was spoken to: write what they said, in their own words.")
    if voice.seen == Answer.YES and not (voice.demeanour.strip() or voice.own_words.strip()):
        raise NotNow(f"{voice.child} was seen: write how they were.")
    if voice.seen != Answer.YES and not (voice.why_not.strip() and voice.who_will.strip() and voice.see_by):
        raise NotNow(f"{voice.child} was not seen: say why, who will see them, and by when.")


def every_child_seen(incident: Incident) -> bool:
    """Whether the last that was written of each child says that they were seen."""
    last = {
        row.child.strip().casefold(): row.seen
        for row in ChildVoice.objects.filter(incident=incident).order_by("at", "pk")
    }
    return bool(last) and all(seen == Answer.YES for seen in last.values())


@transition(source=State.ATTENDED.value, target=State.OUTCOME_RECORDED.value, may=Can.ATTEND)
def record_outcome(
    incident: Incident,
    *,
    by: User,
    outcome: str,
    closing_category: str,
    child: str,
    child_seen: str,
    child_not_seen_because: str,
) -> None:
    """What was found and done. If a child is involved: the child was seen, or why not."""
    must_say(outcome, "what was found and done")
    if child != Answer.NO and child_seen != Answer.YES and not child_not_seen_because.strip():
        raise NotNow("A child is, or may be, involved and was not seen: say why, who will see the child, and by when.")
    incident.outcome, incident.outcome_at = outcome, now()
    incident.closing_category = Category(closing_category).value
    incident.child_seen, incident.child_not_seen_because = child_seen, child_not_seen_because
    _found_there(incident, child, child_seen)
    ranked(incident)
    passes_to(incident, Role.RESPONSE_SERGEANT, incident.area)


def _found_there(incident: Incident, child: str, child_seen: str) -> None:
    """Police have been there: what they say of a child is so."""
    if child == Answer.YES:
        children.child_is_known(incident, incident.attended_at)
    else:
        incident.child, incident.possible_child_because, incident.possible_child_at = child, "", None
    if child_seen == Answer.YES:
        incident.child_seen_at = incident.child_seen_at or now()


@transition(source=[State.ATTENDED.value, State.OUTCOME_RECORDED.value], may=Can.CLOSE_INCIDENT)
def accept_not_seen(incident: Incident, *, by: User, because: str) -> None:
    """A supervisor answers for it that police need not see the child: who has, when, and how the child is safe."""
    must_say(because, "who has seen the child, when, and how we know that the child is safe")
    incident.child_seen_at, incident.child_not_seen_because = now(), because


@transition(source=State.OUTCOME_RECORDED.value, target=State.CLOSED.value, may=Can.CLOSE_INCIDENT)
def close(incident: Incident, *, by: User, no_ppn_because: str) -> None:
    """A supervisor closes it. If a child is involved there is a PPN, or this supervisor says why there is none."""
    if incident.child_to_be_seen:
        raise NotNow(
            "A child is involved and has not been seen: record who saw the child, or answer for it that nobody need."
        )
    _notice_or_reason(incident, no_ppn_because)
    incident.no_ppn_because = no_ppn_because


def _notice_or_reason(incident: Incident, no_ppn_because: str) -> None:
    if incident.concerns_a_child and not no_ppn_because.strip() and not has_a_ppn(incident):
        raise NotNow("A child is, or may be, involved and there is no PPN: submit one first, or say why there is none.")


@transition(source=NOT_ATTENDED, target=State.NO_DEPLOYMENT.value, may=Can.END_WITHOUT_ATTENDANCE)
def end_without_attendance(
    incident: Incident,
    *,
    by: User | System,
    because: str,
    child_safe_because: str,
    no_ppn_because: str,
    caller_told: str,
) -> None:
    """A supervisor decides that nobody will attend, and says why. What was missed until then stays missed."""
    must_say(because, "why nobody will attend")
    if not is_the_software(by):
        _is_answered_for(incident, child_safe_because, no_ppn_because)
        must_say(caller_told, "whether the caller has been told")
    incident.outcome, incident.outcome_at = because, now()
    incident.child_not_seen_because, incident.no_ppn_because = child_safe_because, no_ppn_because


def _is_answered_for(incident: Incident, child_safe_because: str, no_ppn_because: str) -> None:
    """With nobody going there, somebody says how the child is known to be safe."""
    if incident.concerns_a_child and incident.child_seen_at is None and not child_safe_because.strip():
        raise NotNow(
            "A child is, or may be, involved: say who has seen the child, or how we know that the child is safe."
        )
    _notice_or_reason(incident, no_ppn_because)


@transition(source=NOT_ATTENDED, target=State.DUPLICATE_LINKED.value, may=Can.END_WITHOUT_ATTENDANCE)
def link_duplicate(incident: Incident, *, by: User, to: Incident, because: str, caller_told: str) -> None:
    """It is the same incident as another, which goes on. Both were assessed again, and no child is lost on the way."""
    must_say(because, "how we know that it is the same")
    if caller_told not in ToldCaller.values:
        raise NotNow("Say whether the caller has been told.")
    if to.pk == incident.pk or to.state not in NOT_ATTENDED:
        raise NotNow(f"{to} is not waiting to be attended. Link it to one that is.")
    late = [str(each) for each in (incident, to) if not _assessed_since_linked(each, incident)]
    if late:
        raise NotNow(f"Re-assess the risk of {' and of '.join(late)} first: both logs, before one of them ends.")
    incident.repeat_of = to
    if incident.concerns_a_child and to.child != Answer.YES:
        said = f"{incident}, now linked to this: {incident.what_happened}"
        child = Answer.YES if incident.child == Answer.YES else Answer.NOT_KNOWN
        rang_again(to, by=by, what_they_say=said, child=child.value)


def _assessed_since_linked(incident: Incident, second: Incident) -> bool:
    """Whether its risk has been looked at since the second contact came in (IOPC, Cheshire)."""
    return bool(incident.assessments.filter(at__gte=second.reported_at).exists())


def has_a_ppn(incident: Incident) -> bool:
    """Asked as the software: a restricted notice, which the person may not see, is a notice all the same."""
    with acting(System("is there a notice?")):
        return Ppn.objects.filter(arises_from=incident.pk).exists()


def incident_of(notice: Ppn) -> Incident | None:
    return Incident.objects.filter(pk=notice.arises_from).first() if notice.arises_from else None


def may_end(by: User | System, what: str) -> None:
    """Ending an incident with nobody going there is a supervisor's."""
    if not by.can(Can.END_WITHOUT_ATTENDANCE):
        raise NotYours(f"{what} ends it with nobody going there: ask a supervisor.")
