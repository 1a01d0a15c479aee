"""What Longstop looks up by itself in the moment of a report: nobody has to remember to look.

As the acting person: what they may not see is counted and not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from access.actor import System, acting
from access.time import now
from access.time import today as local_day
from cases.markers import markers_for
from cases.meet import flags_of
from cases.models import Finding, Person, Residence
from cohort.known import KnownBefore, known_before
from govuk.times import exactly
from missing.codes import CheckResult, State
from missing.codes import System as Place
from missing.models import Episode, SystemCheck
from ppn.models import Subject

LOOKS = System("checks of a missing report")
HIDDEN = "Something more that only named people may see: ask the MASH inspector."


def look_up(episode: Episode) -> list[SystemCheck]:
    """A timed row for each place that Longstop knows."""
    found = []
    for place, lines in _places(episode.person, episode):
        said = " ".join(lines)
        result = CheckResult.FOUND if said else CheckResult.NOTHING
        about = {"episode": episode, "at": now(), "recorded_at": now(), "system": place.value}
        found.append(SystemCheck(said=said, result=result.value, **about))
    return found


def _places(person: Person, episode: Episode) -> Iterator[tuple[Place, list[str]]]:
    before = known_before(person)
    yield Place.EPISODES, _counted(_episodes(person, episode), lambda: _episodes(person, episode), _episode_lines)
    notices = _notices(person)
    yield Place.NOTICES, _counted(notices, lambda: _notices(person), _notice_lines)
    yield Place.COHORT, _cohort_lines(before)
    yield Place.TRIGGER_PLAN, ["There is one: its first actions are in the plan."] if before.trigger_plan else []
    yield Place.PHILOMENA, ["There is one: photo, friends and places are in it."] if before.philomena else []
    yield Place.PLANS, [f"{flag}." for flag in flags_of([person.same_as_id]).get(person.same_as_id, [])]
    findings = _findings(person)
    yield Place.OFFENDERS, _counted(findings, lambda: _findings(person), _finding_lines)
    yield Place.WARNINGS, [f"{marker.label} ({marker.about})." for marker in _markers(person)]


def _cohort_lines(before: KnownBefore) -> list[str]:
    if before.entry is None:
        return []
    if before.in_cohort:
        return [f"In the cohort since {exactly(before.entry.entered_at)}."]
    return ["Proposed for the cohort; nobody has decided yet."]


def _counted(seen: Sequence[Any], all_of_them: Any, lines: Any) -> list[str]:
    """What may be seen, in words; and that there is more, where there is."""
    with acting(LOOKS):
        more = len(all_of_them()) - len(seen)
    return [*lines(seen), *([HIDDEN] if more else [])]


def _episodes(person: Person, episode: Episode) -> list[Episode]:
    rows = Episode.objects.filter(person__same_as=person.same_as_id).exclude(pk=episode.pk)
    return list(rows.exclude(state=State.IN_ERROR).order_by("-reported_at"))


def _episode_lines(rows: Sequence[Episode]) -> list[str]:
    if not rows:
        return []
    last = rows[0]
    where = f", found at {last.found_where}" if last.found_where else ""
    return [f"{_times(len(rows))} before; last reported {exactly(last.reported_at)} ({last.reference}){where}."]


def _times(number: int) -> str:
    return "Once" if number == 1 else f"{number} times"


def _notices(person: Person) -> list[Subject]:
    rows = Subject.objects.filter(person__same_as=person.same_as_id).select_related("ppn")
    return list({row.ppn_id: row for row in rows.order_by("ppn__submitted_at")}.values())


def _notice_lines(rows: Sequence[Subject]) -> list[str]:
    if not rows:
        return []
    last = rows[-1].ppn
    count = f"{len(rows)} notice{'' if len(rows) == 1 else 's'}"
    return [f"{count}; the last {last.reference}, {exactly(last.submitted_at)}."]


def _findings(person: Person) -> list[Finding]:
    rows = Finding.objects.filter(child__same_as=person.same_as_id).select_related("risk")
    return list(rows.order_by("-found_at"))


def _finding_lines(rows: Sequence[Finding]) -> list[str]:
    return [f"Linked with {row.risk}, {row.reference}." for row in rows]


def _markers(person: Person) -> list[Any]:
    day = local_day()
    homes = Residence.objects.filter(Residence.current_on(day), person__same_as=person.same_as_id)
    home = homes.select_related("address").first()
    return markers_for(address=home.address if home else None, people=[person])
