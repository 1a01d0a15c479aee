"""Words that lay the blame on a child or young person, and what to write instead.

A hint: it never blocks, and what stands in quotation marks is somebody's own words and left alone. After the guide on
appropriate language that the National Police Chiefs' Council supports (November 2024), and HM Inspectorate's
recommendation of 2023 to chief constables to remove victim-blaming language at once. The list is ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")


@dataclass(frozen=True)
class Hint:
    """Words as they were written, why to think again, and other words."""

    written: str
    instead: str


INSTEAD: dict[str, str] = {
    r"put(?:s|ting)? (?:her|him|them)sel(?:f|ves) at risk": "say who put the child at risk, and how",
    r"(?:poor|bad) (?:relationship |life ?)?choices": "say who is exploiting or coercing the child",
    r"life ?style choices?": "a child cannot choose to be abused: say what is done to them, and by whom",
    r"promiscuous(?:ly)?": "say what happened to the child, and who is responsible",
    r"sexually active": "say with whom, how old they are, and whether it can be abuse",
    r"child prostitut\w*": "a child who is sexually exploited",
    r"prostitut(?:es?|ing) (?:her|him|them)sel(?:f|ves)": "is sexually exploited",
    r"child porn\w*": "child sexual abuse material, or indecent images of children",
    r"money mule": "a child who is criminally exploited",
    r"drug (?:runner|running|dealer)": "if a child: is criminally exploited by",
    r"trouble ?makers?": "say what the child did, and what may lie behind it",
    r"stree?t ?wise": "say what the child knows; it does not make them safe",
    r"associat(?:es|ing|ed) with": "is being groomed, coerced or targeted by",
    r"in a relationship with (?:an? )?(?:older|adult)\w*": "is being groomed or exploited by",
    r"(?:refus(?:es|ed|ing) to|won't|will not|would not) (?:engage|cooperate|co-operate|disclose)": (
        "has not been able to share yet"
    ),
    r"non-?complian\w*": "has not been able to share yet: say what you offered, and how",
    r"(?:not|isn't|wasn't) (?:engaging|disclosing)": "has not been able to share yet",
    r"did not attend|failed to attend|dna'?d": "for a child: was not brought",
    r"attention[- ]seeking": "say what the child did; it may be how they ask for help",
    r"juveniles?": "child, or young person",
    r"\bminors?\b": "child, or young person",
    r"\byouths?\b": "child, or young person",
    r"(?:exposed to|witness(?:ed|es|ing)?(?: to)?) (?:the )?domestic (?:abuse|violence)": (
        "is a victim of domestic abuse (Domestic Abuse Act 2021 s.3)"
    ),
    r"schedule (?:one|1) offenders?": "person posing a risk",
    r"at[- ]risk register": "child protection plan",
    r"alleged victim": "victim, or the word the person uses",
    r"absconded|runs? away|ran away|running away": "went missing, or left: say what from and to whom",
}
PATTERNS = [(re.compile(rf"\b(?:{words})", re.IGNORECASE), instead) for words, instead in INSTEAD.items()]


def hints(*texts: str) -> list[Hint]:
    """Each in the order in which it was written, once."""
    found: dict[str, Hint] = {}
    for text in texts:
        plain = QUOTED.sub(" ", text)
        places = [
            (match.start(), match.group(0), instead) for each, instead in PATTERNS for match in each.finditer(plain)
        ]
        for _, written, instead in sorted(places):
            found.setdefault(written.lower(), Hint(written, instead))
    return list(found.values())
