"""What figures are held against: dated numbers that a force sets."""

from __future__ import annotations

from sla.lengths import Basis, Number

OURS = "No authority found"
ATTENDED = Number(
    "Priority incidents attended within the hour, of a hundred",
    75,
    Basis.LOCAL,
    "The force's own target, as inspectors found it in 2022: 54 were attended",
)
IN_TIME = Number("Work that has a time done within it, of a hundred", 90, Basis.LOCAL, OURS, is_our_default=True)
ALL_OF_THEM = Number("What is to be done each time, of a hundred", 100, Basis.LOCAL, OURS, is_our_default=True)
GOOD = Number("Work found good when it is looked at again, of a hundred", 80, Basis.LOCAL, OURS, is_our_default=True)
AMBER_WITHIN = Number("A share that misses its target by no more is amber", 10, Basis.LOCAL, OURS, is_our_default=True)
