"""A profile is read from TOML, a file of its own or one laid over another, and refused by the name of the field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from simulator.numbers import BadProfile, Table, laid_over
from simulator.profile import (
    CHILD,
    CLASS_FIRST,
    CLASSES,
    CLOSEST_TO_BREACH,
    DAYS,
    HOURS,
    Backlog,
    Kind,
    Leave,
    Profile,
    Queue,
    Source,
    Team,
)

PROFILES = Path(__file__).parent / "profiles"
NEARLY = 0.001


def load(name: str | Path) -> Profile:
    """The profile of that name that comes with Longstop, or the one in that file. Raises BadProfile."""
    return read(_text(_place(name)))


def _place(name: str | Path) -> Path:
    for place in (Path(name), PROFILES / name, PROFILES / f"{name}.toml"):
        if place.is_file():
            return place
    there = ", ".join(sorted(each.name for each in PROFILES.glob("*.toml")))
    raise BadProfile(f"There is no profile {str(name)!r}. With Longstop come: {there}")


def _text(place: Path) -> dict[str, Any]:
    try:
        said = tomllib.loads(place.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise BadProfile(f"{place.name} is no TOML: {trouble}") from None
    base = said.pop("extends", None)
    if base is None:
        return said
    if not isinstance(base, str):
        raise BadProfile("extends: has to be the name of another profile")
    beside = place.parent / base
    return laid_over(_text(beside if beside.is_file() else _place(base)), said)


def read(said: Mapping[str, Any]) -> Profile:
    """The profile that a TOML document says. Raises BadProfile with the field that is wrong."""
    top = Table("", said)
    top.only("about", "shapes", "teams", "queues", "arrivals", "backlog", "conduct")
    about, conduct = top.table("about"), top.table("conduct")
    about.only("name", "zone")
    made = Profile(
        about.word("name"),
        ZoneInfo(about.word("zone", "Europe/London")),
        {key: _team(key, each) for key, each in top.tables("teams").items()},
        {key: _queue(key, each) for key, each in top.tables("queues").items()},
        {key: _source(key, each, top.table("shapes")) for key, each in top.tables("arrivals").items()},
        list(_backlogs(top)),
        {key: conduct.number(key) for key in conduct.has},
    )
    _must_fit(made)
    return made


def _team(key: str, said: Table) -> Team:
    said.only(
        "weekdays", "saturdays", "sundays", "leave", "sickness", "abstraction", "lanes", "hands_over", "lent", "gone"
    )
    lent = said.table("lent")
    lent.only("up_to", "above", "each")
    return Team(
        key,
        said.numbers("weekdays", HOURS),
        said.numbers("saturdays", HOURS),
        said.numbers("sundays", HOURS),
        away=sum(said.number(why, 0, most=1) for why in ("leave", "sickness", "abstraction")),
        lanes=int(said.number("lanes", 1, least=1)),
        hands_over=said.truth("hands_over"),
        lent=int(lent.number("up_to")) if lent.has else 0,
        lent_above=lent.number("above") if lent.has else 0,
        lent_each=lent.number("each", least=1) if lent.has else 1,
        leave=[_leave(each) for each in said.tables("gone").values()],
    )


def _leave(said: Table) -> Leave:
    said.only("lane", "first", "until")
    return Leave(int(said.number("lane")), said.day("first"), said.day("until"))


def _queue(key: str, said: Table) -> Queue:
    said.only("team", "order", "median_minutes", "spread", "due_hours", "travel_minutes", "then")
    then = said.table("then")
    shares = {where: then.number(where, most=1) for where in then.has}
    if shares and sum(shares.values()) > 1 + NEARLY:
        raise said.wrong("then", f"the shares add up to {sum(shares.values()):g}; at most 1 goes on")
    return Queue(
        key,
        said.word("team", ""),
        said.word("order", CLASS_FIRST, among=(CLOSEST_TO_BREACH, CLASS_FIRST)),
        said.number("median_minutes"),
        said.number("spread", 0, most=3),
        said.numbers("due_hours", len(CLASSES)) if "due_hours" in said.has else (0, 0, 0),
        said.number("travel_minutes", 0),
        shares,
    )


def _source(key: str, said: Table, shapes: Table) -> Source:
    said.only("into", "per_day", "hours", "days", "kinds")
    kinds = [_kind(name, each) for name, each in said.tables("kinds").items()]
    if not kinds:
        raise said.wrong("kinds", "is missing: say at least one kind, and its share")
    _whole(said, "kinds", [kind.share for kind in kinds])
    return Source(
        key, said.word("into"), said.number("per_day"), _shape(said, "hours", shapes, HOURS),
        _shape(said, "days", shapes, DAYS), kinds,
    )  # fmt: skip


def _shape(said: Table, key: str, shapes: Table, long: int) -> Sequence[float]:
    """Named shape of a day or a week, as shares of 1."""
    name = said.word(key)
    if name not in shapes.has:
        raise said.wrong(key, f"names a shape {name!r} that is not under shapes")
    weights = shapes.numbers(name, long)
    if not sum(weights):
        raise shapes.wrong(name, "has nothing but noughts")
    return [each / sum(weights) for each in weights]


def _kind(key: str, said: Table) -> Kind:
    said.only("share", "classes", "child")
    classes, child = said.numbers("classes", len(CLASSES)), said.numbers("child", len(CHILD))
    _whole(said, "classes", classes)
    _whole(said, "child", child)
    return Kind(key, said.number("share", most=1), classes, child)


def _whole(said: Table, key: str, shares: Sequence[float]) -> None:
    if abs(sum(shares) - 1) > NEARLY:
        raise said.wrong(key, f"the shares add up to {sum(shares):g}; they have to add up to 1")


def _backlogs(top: Table) -> Iterator[Backlog]:
    for queue, by_class in top.tables("backlog").items():
        by_class.only("source", *CLASSES)
        for name in (each for each in CLASSES if each in by_class.has):
            said = by_class.table(name)
            said.only("waiting", "oldest_days", "newest_days")
            yield Backlog(
                queue,
                by_class.word("source"),
                CLASSES.index(name),
                int(said.number("waiting")),
                said.number("oldest_days"),
                said.number("newest_days", 0),
            )


def _must_fit(made: Profile) -> None:
    """What is named has to be there."""
    for queue in made.queues.values():
        if queue.team and queue.team not in made.teams:
            raise BadProfile(f"queues.{queue.key}.team: there is no team {queue.team!r}")
        for where in queue.then:
            if where not in made.queues:
                raise BadProfile(f"queues.{queue.key}.then.{where}: there is no such queue")
    for source in made.sources.values():
        if source.into not in made.queues:
            raise BadProfile(f"arrivals.{source.key}.into: there is no queue {source.into!r}")
    for backlog in made.backlogs:
        if backlog.queue not in made.queues:
            raise BadProfile(f"backlog.{backlog.queue}: there is no such queue")
        if backlog.source not in made.sources:
            raise BadProfile(f"backlog.{backlog.queue}.source: nothing of that name arrives")
