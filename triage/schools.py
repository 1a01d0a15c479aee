"""Operation Encompass from an incident: domestic abuse and a named child tell the school, before there is a notice."""

from __future__ import annotations

from access.actor import Actor
from encompass.workflow import ChildConcerned, Happened, raise_notices
from triage.models import Answer, ChildVoice, Incident


def tell_schools(incident: Incident, *, by: Actor) -> None:
    """A notice to the school of each child whose name somebody has written down. A later notice about the same incident
    completes these and raises no second one."""
    if incident.domestic_abuse != Answer.YES:
        return
    voices = {voice.child: voice for voice in _voices(incident)}
    children = [child for voice in voices.values() if (child := _concerned(voice)).has_a_name]
    if not children:
        return
    happened = Happened(at=incident.reported_at, others=[incident.caller] if incident.caller else [])
    raise_notices(incident, children=children, happened=happened, by=by)


def _voices(incident: Incident) -> list[ChildVoice]:
    """The last that was written of each child comes last."""
    return list(ChildVoice.objects.filter(incident=incident).select_related("person").order_by("at", "pk"))


def _concerned(voice: ChildVoice) -> ChildConcerned:
    return ChildConcerned(
        name=voice.child,
        person=voice.person,
        present=voice.seen if voice.seen == Answer.YES else Answer.NOT_KNOWN.value,
        own_words=voice.own_words,
        spoken_to=f"Spoken to, {voice.with_whom or 'with whom is not recorded'}" if voice.own_words else "",
    )
