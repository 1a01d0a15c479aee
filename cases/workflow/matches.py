"""Two records that may be one person: suggested by the software or by somebody, merged by two people, parted again.

A merge moves nothing. It says which record stands for the person (`Person.same_as`), and every page reads the records
together; so parting them restores exactly what was there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import Match, Person, next_reference
from cases.workflow.findings import look
from matching.score import Comparison
from sla.lengths import Basis, Length
from sla.policy import Deadline, Ladder, Level
from workflow.transitions import NotNow, must_say, transition

State = Match.State
ALL_RECORDS = System("records of one person")
"""Joining and parting reach every record of the two people, also those that the person who decides may not see; the
ledger names that person all the same."""


@transition(target=State.SUGGESTED.value, may=Can.RECORD_PEOPLE)
def suggest(match: Match, *, by: User | System, pair: tuple[UUID, UUID], found: str, comparison: Comparison) -> None:
    """These two records may be one person. Nothing is done to either."""
    match.one_id, match.other_id = sorted(pair)
    match.reference, match.found, match.found_at = next_reference("SAME"), found, now()
    match.due_at = match.found_at
    match.weight = comparison.weight
    match.reasons_for, match.reasons_against = list(comparison.reasons_for), list(comparison.reasons_against)


@transition(
    source=[State.SUGGESTED.value, State.NOT_THE_SAME.value, State.PARTED.value],
    target=State.PROPOSED.value,
    may=Can.MERGE_PEOPLE,
)
def propose(match: Match, *, by: User, because: str) -> None:
    """One person says that these are one and the same, and why. A second must agree."""
    must_say(because, "why they are one person")
    if len(_roots(match)) < 2:
        raise NotNow("These records are joined already.")
    match.proposed_by, match.proposed_at = by, now()
    match.decided_by = match.decided_at = None


@transition(source=State.PROPOSED.value, target=State.MERGED.value, may=Can.MERGE_PEOPLE)
def agree(match: Match, *, by: User) -> None:
    """A second person agrees: from now on the two records are read as one person. Each stays as it is."""
    if by == match.proposed_by:
        raise NotNow("You proposed it. Somebody else must agree.")
    roots = _roots(match)
    if len(roots) < 2:
        raise NotNow("These records are joined already.")
    kept, merged = sorted(roots, key=lambda person: (person.recorded_at, person.pk))
    match.kept, match.merged = kept, merged
    with acting(ALL_RECORDS):
        Person.objects.filter(same_as=merged).update(same_as=kept)
    match.decided_by, match.decided_at = by, now()
    look([kept])


@transition(source=State.PROPOSED.value, target=State.NOT_THE_SAME.value, may=Can.MERGE_PEOPLE)
def disagree(match: Match, *, by: User, because: str) -> None:
    """The second person looks and says that these are two people, and why."""
    _not_the_same(match, by, because)


@transition(source=State.SUGGESTED.value, target=State.NOT_THE_SAME.value, may=Can.MERGE_PEOPLE)
def not_the_same(match: Match, *, by: User, because: str) -> None:
    """Somebody has looked: these are two people. The software does not suggest them again."""
    _not_the_same(match, by, because)


@transition(source=State.MERGED.value, target=State.PARTED.value, may=Can.MERGE_PEOPLE)
def part(match: Match, *, by: User, because: str) -> None:
    """It was a mistake: two people after all. Each record is again exactly what it was."""
    must_say(because, "why they are two people")
    with acting(ALL_RECORDS):
        root = Person.objects.get(pk=match.merged_id).same_as_id
        joined = list(Person.objects.select_for_update(of=("self",)).filter(same_as=root))
        edges = _edges(joined, but_not=match)
        for person in joined:
            person.same_as_id = _root(person.pk, edges)
        Person.objects.bulk_update(joined, ["same_as"])
    match.decided_by, match.decided_at = by, now()
    look(joined)


def _not_the_same(match: Match, by: User, because: str) -> None:
    must_say(because, "why they are two people")
    match.decided_by, match.decided_at = by, now()


def _roots(match: Match) -> list[Person]:
    """The records that stand for the two, locked; asked again where somebody joined one of them meanwhile."""
    with acting(ALL_RECORDS):
        while True:
            two = Person.objects.filter(pk__in=[match.one_id, match.other_id]).figures()
            keys = list(two.values_list("same_as", flat=True))
            roots = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
            if all(person.same_as_id == person.pk for person in roots):
                return roots


def _edges(people: Iterable[Person], *, but_not: Match) -> dict[UUID, UUID]:
    """Merged record -> the record it was merged into, for every merge that still holds among these people."""
    rows = Match.objects.filter(state=State.MERGED, merged__in=[person.pk for person in people]).exclude(pk=but_not.pk)
    return dict(rows.figures().values_list("merged", "kept"))


def _root(person: UUID, edges: dict[UUID, UUID]) -> UUID:
    while person in edges:
        person = edges[person]
    return person


LIKELY = Length(
    "Decision on a likely duplicate", timedelta(hours=72), Basis.LOCAL, "No authority found", is_our_default=True
)
SECOND_PERSON = Length(
    "Second person on a proposed merge", timedelta(hours=24), Basis.LOCAL, "No authority found", is_our_default=True
)
D1 = Deadline(
    "D1",
    "Decision on two records that are likely one person",
    model=Match,
    starts=[suggest],
    applies=lambda match: match.found != Match.Found.NIGHTLY,  # those of a first night come by the thousand
    counts_from=lambda match: match.found_at,
    length=lambda match: LIKELY,
    lengths=[LIKELY],
    stops=[propose, not_the_same],
    team=lambda match: team_of(Role.COORDINATOR),
    publishes="due_at",
    ladder=Ladder([Level(0.5, Role.COORDINATOR), Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)
D2 = Deadline(
    "D2",
    "A second person on a proposed merge",
    model=Match,
    starts=[propose],
    counts_from=lambda match: match.proposed_at,
    length=lambda match: SECOND_PERSON,
    lengths=[SECOND_PERSON],
    stops=[agree, disagree],
    team=lambda match: team_of(Role.COORDINATOR),
    publishes="due_at",
    ladder=Ladder([Level(0.5, Role.COORDINATOR), Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)
