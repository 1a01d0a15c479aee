"""How long pre-charge bail may last, and by whose authority (Police and Criminal Evidence Act 1984, Part 4). Dates in,
dates out: no database, no clock.

A new law is a new row with the day from which it holds. Which law applies follows from the day of the arrest: the
changes of the Police, Crime, Sentencing and Courts Act 2022 (Sch. 4) hold for whoever was arrested on or after
28 October 2022 (s.45(3); S.I. 2022/1075), however long ago that is.

A person's bail start date is the day after the day of the arrest (s.47ZB(4)(a)). A period "beginning with" a day counts
that day as its first: three months beginning with 15 March are over when 14 June is. Where the month in which it would
end has no such date, this takes the earlier of the readings (30 November: 27 February); to be checked.

Read: ss.47ZA, 47ZB, 47ZD, 47ZDA, 47ZE, 47ZF(1)-(6), 47ZJ as in force, the first text of ss.47ZB and 47ZD, and the note
to rule 14.18 of the Criminal Procedure Rules. `read` is False on each row whose text was not before us: the court's
later extensions (s.47ZG) and what the first text of ss.47ZE to 47ZG allowed. Of those the shorter time is taken. Cases
of the National Crime Agency itself and of three other bodies have longer periods (s.47ZB(1)(a)) and are not ours. Time
in hospital (s.47ZM) and bail that waits for a prosecutor (s.47ZL) are not counted here. All of it is to be checked by a
force's legal department before it is relied on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from offenders.statutory import months_later

DAY = timedelta(days=1)
ACT_OF_2017 = date(2017, 4, 3)
ACT_OF_2022 = date(2022, 10, 28)
BEFORE_2022 = ACT_OF_2022 - DAY

CUSTODY, INSPECTOR, SUPERINTENDENT = "custody", "inspector", "superintendent"
CHIEF, MAGISTRATES = "chief", "magistrates"
"""As `online.codes.Authority` writes them. Each may be done by somebody of a higher rank too."""


class NoSuchBail(ValueError):
    """No rule lets bail last like that. Plain English, for the person."""


@dataclass(frozen=True)
class Rule:
    """One authority's time. `after`: the authority under which bail stands when this one extends it; empty = the first.

    `months`, else `days`: counted from the bail start date; with `on_top` from the day after bail would have ended.
    """

    code: str
    authority: str
    after: str
    label: str
    section: str
    months: int = 0
    days: int = 0
    on_top: bool = False
    starts: date = ACT_OF_2022
    ends: date | None = None
    read: bool = True

    def holds_on(self, arrested_on: date) -> bool:
        return self.starts <= arrested_on and (self.ends is None or arrested_on <= self.ends)

    def in_words(self) -> str:
        """ "s.47ZD: 6 months, inspector"; what was not read says so."""
        unread = "" if self.read else " (to be checked)"
        return f"{self.section}: {self.label}{unread}"


def _of_2017(
    code: str, authority: str, after: str, label: str, section: str, *, months: int = 0, days: int = 0
) -> Rule:
    read = code in ("custody", "superintendent")
    return Rule(code, authority, after, label, section, months, days, starts=ACT_OF_2017, ends=BEFORE_2022, read=read)


RULES: tuple[Rule, ...] = (
    Rule("custody", CUSTODY, "", "3 months, custody officer", "s.47ZB(1)(b)", months=3),
    Rule("inspector", INSPECTOR, CUSTODY, "6 months, inspector or above", "s.47ZD", months=6),
    Rule("superintendent", SUPERINTENDENT, INSPECTOR, "9 months, superintendent or above", "s.47ZDA", months=9),
    Rule("chief", CHIEF, SUPERINTENDENT, "12 months, assistant chief constable, designated case", "s.47ZE", months=12),
    Rule("court", MAGISTRATES, SUPERINTENDENT, "12 months, magistrates", "s.47ZF(4)(a)", months=12),
    Rule("court_long", MAGISTRATES, SUPERINTENDENT, "18 months, magistrates, s.47ZF(7)", "s.47ZF(6)(a)", months=18),
    Rule("court_designated", MAGISTRATES, CHIEF, "18 months, magistrates, designated case", "s.47ZF(4)(b)", months=18),
    Rule(
        "court_designated_long",
        MAGISTRATES,
        CHIEF,
        "24 months, magistrates, designated case, s.47ZF(7)",
        "s.47ZF(6)(b)",
        months=24,
    ),
    Rule(
        "court_again",
        MAGISTRATES,
        MAGISTRATES,
        "3 months more, magistrates",
        "s.47ZG",
        months=3,
        on_top=True,
        read=False,
    ),
    _of_2017("custody", CUSTODY, "", "28 days, as the Act stood", "s.47ZB(1)(b)", days=28),
    _of_2017("superintendent", SUPERINTENDENT, CUSTODY, "3 months, superintendent", "s.47ZD", months=3),
    _of_2017("chief", CHIEF, SUPERINTENDENT, "6 months, designated case", "s.47ZE", months=6),
    _of_2017("court", MAGISTRATES, SUPERINTENDENT, "6 months, magistrates", "s.47ZF", months=6),
    _of_2017("court_designated", MAGISTRATES, CHIEF, "9 months, magistrates, designated case", "s.47ZF", months=9),
    Rule(
        "court_again",
        MAGISTRATES,
        MAGISTRATES,
        "3 months more, magistrates, as the Act stood",
        "s.47ZG",
        months=3,
        on_top=True,
        starts=ACT_OF_2017,
        ends=BEFORE_2022,
        read=False,
    ),
)


def start_date(arrested_on: date) -> date:
    """s.47ZB(4)(a): the day after the day of the arrest."""
    return arrested_on + DAY


def first_rule(arrested_on: date) -> Rule:
    """What a custody officer may give. Raises NoSuchBail."""
    return _only(may_follow(arrested_on, ""), arrested_on)


def may_follow(arrested_on: date, after: str) -> list[Rule]:
    """By whose authority bail may be extended next, where it stands under that of `after`."""
    return [each for each in RULES if each.after == after and each.holds_on(arrested_on)]


def rule(code: str, arrested_on: date, after: str) -> Rule:
    """The rule of that name where bail stands under the authority of `after`. Raises NoSuchBail."""
    return _only([each for each in may_follow(arrested_on, after) if each.code == code], arrested_on)


def _only(found: list[Rule], arrested_on: date) -> Rule:
    if not found:
        raise NoSuchBail(
            f"The Act has no such step for somebody arrested on {arrested_on:%-d %B %Y}: each authority comes in turn."
        )
    return found[0]


def last_day(what: Rule, arrested_on: date, ends_on: date | None = None) -> date:
    """The last day on which bail by this rule is in force.

    `ends_on`: the day on which it would have ended; needed by a rule that adds to it.
    """
    begins = start_date(arrested_on)
    if what.on_top:
        begins = (ends_on or begins) + DAY
    return (months_later(begins, what.months) if what.months else begins + what.days * DAY) - DAY
