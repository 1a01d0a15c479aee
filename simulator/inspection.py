"""What inspectors counted in June 2022, beside what a simulated June comes to on the morning of the same Wednesday."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median

from simulator.arriving import A_DAY, MINUTES
from simulator.counting import PARTS
from simulator.engine import Happening, What, days_old, open_at, simulate
from simulator.profile import Profile
from simulator.series import JUNE

MORNING = 14 + 10 / 24
"""Days after midnight of 1 June: Wednesday 15 June 2022, ten in the morning."""
FOUND = {"mash": 694, "triage": 400, "phone": 696, "visor": 195, "approvals": 993}
"""Report of the post-inspection review, 13 to 17 June 2022. No profile holds any of these numbers."""
OLDEST_NOTICE, OLDEST_CALL, FIRST_CONTACT = 11.0, 23.0, 5.0
"""Days: the oldest notice, the oldest call that is nobody's yet, how long callers waited for a first word."""
ATTENDED = 0.54
"""Share of priority calls attended within the hour."""
A_TENTH = 0.10


@dataclass(frozen=True)
class Inspected:
    """What one seed comes to. Ages and waits in days; `attended`: share of priority calls within the hour."""

    seed: int
    waiting: dict[str, int]
    oldest_notice: float
    oldest_call: float
    first_contact: float
    attended: float

    def is_near(self, queue: str, size: float = 1) -> bool:
        """Within a tenth of what was found."""
        return abs(self.waiting[queue] - FOUND[queue] * size) <= A_TENTH * FOUND[queue] * size


def inspected(profile: Profile, seed: int) -> Inspected:
    happenings = simulate(profile, seed, JUNE, MORNING).happenings
    minute = MORNING * A_DAY
    still = open_at(happenings, minute)
    parts = {queue: [still.get(part, {}) for part in PARTS.get(queue, (queue,))] for queue in FOUND}
    return Inspected(
        seed,
        {queue: sum(len(each) for each in found) for queue, found in parts.items()},
        _oldest(still.get("mash", {}), minute),
        _oldest(still.get("phone_first", {}), minute),
        median(first_contacts(happenings)),
        mean(within_the_hour(happenings)),
    )


def _oldest(still: dict[int, Happening], minute: float) -> float:
    return max((days_old(each, minute) for each in still.values()), default=0)


def first_contacts(happenings: Sequence[Happening]) -> Iterator[float]:
    """Of each caller who was rung back: days from when the call came to the resolution centre."""
    came: dict[int, float] = {}
    for each in happenings:
        if each.queue == "phone_first" and each.what == What.ARRIVED:
            came[id(each.item)] = each.at
        elif each.queue == "phone_first" and each.what == What.BEGAN and id(each.item) in came:
            yield (each.at - came.pop(id(each.item))) / A_DAY


def within_the_hour(happenings: Sequence[Happening]) -> Iterator[bool]:
    """Of each priority call to which somebody went, whether they got there within the hour."""
    for each in happenings:
        if each.what == What.REACHED and each.item.source == "priority":
            yield each.at - each.item.since <= MINUTES


NAMES = {
    "mash": "notices not yet reviewed",
    "triage": "triage hub",
    "phone": "resolution centre",
    "visor": "ViSOR hub tasks",
    "approvals": "approvals",
}


def table(seeds: Sequence[Inspected], size: float) -> Iterator[str]:
    """Beside what was found: the mean of all seeds, the least, the most, and how many are within a tenth."""
    yield "| | found | mean | least to most | within a tenth |\n|---|---|---|---|---|"
    for queue, name in NAMES.items():
        counts = [each.waiting[queue] for each in seeds]
        near = sum(each.is_near(queue, size) for each in seeds)
        found = FOUND[queue] * size
        yield f"| {name} | {found:g} | {mean(counts):.0f} | {min(counts)} to {max(counts)} | {near} of {len(seeds)} |"
    whole = sum(all(each.is_near(queue, size) for queue in FOUND) for each in seeds)
    yield f"| all five at once | | | | {whole} of {len(seeds)} |"
    yield _line("oldest notice, days", OLDEST_NOTICE, [each.oldest_notice for each in seeds], ".1f")
    yield _line("oldest call that is nobody's yet, days", OLDEST_CALL, [each.oldest_call for each in seeds], ".1f")
    yield _line("first contact after, days", FIRST_CONTACT, [each.first_contact for each in seeds], ".1f")
    yield _line("priority calls attended within the hour", ATTENDED, [each.attended for each in seeds], ".0%")


def _line(name: str, found: float, values: Sequence[float], form: str) -> str:
    whole = f"{found:.0%}" if form.endswith("%") else f"{found:g}"
    return f"| {name} | {whole} | {mean(values):{form}} | {min(values):{form}} to {max(values):{form}} | |"
