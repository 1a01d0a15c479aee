"""A notice raised from a missing episode is filled in from it, and a strategy meeting is asked for about it."""

from __future__ import annotations

from uuid import UUID

from missing.models import Episode, PreventionInterview
from ppn.models import Subject, Type
from ppn.origins import ORIGINS, Origin
from strategy.about import SUBJECTS, Prefill
from strategy.workflow import About, Child


def from_episode(key: UUID) -> Origin | None:
    episode = Episode.objects.filter(pk=key).select_related("person").first()
    return _origin(episode) if episode else None


def _origin(episode: Episode) -> Origin:
    heard = PreventionInterview.objects.filter(episode=episode).order_by("-at", "-pk").first()
    child = {"part": Subject.Part.CHILD.value, "name": str(episode.person), "born_on": episode.person.born_on}
    if heard:
        child |= {"seen": "yes", "spoken_to": "yes", "own_words": heard.own_words, "demeanour": heard.demeanour}
        child |= {"wants": f"To talk to: {heard.wants_to_talk_to}"}
    return Origin(
        reference=episode.reference,
        url=episode.get_absolute_url(),
        first_known_at=episode.found_at or episode.reported_at,
        notice={"types": [Type.CHILD_AT_RISK.value], "child": "yes", "narrative": _narrative(episode, heard)},
        subjects=[child],
    )


def _narrative(episode: Episode, heard: PreventionInterview | None) -> str:
    lines = [f"Reported missing ({episode.reference}). {episode.why_worried}"]
    if episode.found_at:
        lines.append(f"Found at {episode.found_where}. {episode.found_how}")
    if heard:
        lines.append(f"Where the child was: {heard.where_been}. With whom: {heard.with_whom}. Why: {heard.why_left}.")
    return "\n".join(lines)


def to_meet_about(episode: Episode) -> Prefill:
    about = About("missing.episode", episode.pk, episode.reference, episode.case)
    why = f"{episode.person} was reported missing ({episode.reference}). {episode.why_worried}"
    return Prefill(about=about, why=why, children=[Child(str(episode.person), episode.person)])


ORIGINS.append(from_episode)
SUBJECTS.register(Episode, to_meet_about)
