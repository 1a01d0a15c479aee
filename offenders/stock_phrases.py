"""What a plan says when nobody has thought about the one person it is for."""

from __future__ import annotations

import re

STOCK_PHRASES = frozenset(
    {
        "as above",
        "as before",
        "as per plan",
        "as per policy",
        "as previous plan",
        "as required",
        "carry out home visits",
        "complete visits",
        "continue as before",
        "continue to manage",
        "continue to monitor",
        "home visits",
        "home visits as per policy",
        "liaise with other agencies",
        "liaise with partners",
        "liaise with probation",
        "manage in line with policy",
        "monitor",
        "monitor behaviour",
        "monitor compliance",
        "monitor internet use",
        "no change",
        "ongoing",
        "ongoing monitoring",
        "police visits",
        "regular visits",
        "review as required",
        "review regularly",
        "routine visits",
        "safeguard children",
        "see above",
        "share intelligence",
        "share intelligence with partners",
        "standard visits",
        "supervision",
        "to be confirmed",
        "unannounced visits",
        "visit regularly",
        "visits",
    }
)
"""Phrases that fit everybody and so say nothing of anybody. The list is ours, of November 2026: no authority has
published one. A plan made of these alone is what inspectors call generic."""


def plain(text: str) -> str:
    """Words only, so that a full stop or a capital letter makes nothing bespoke."""
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def is_stock(text: str) -> bool:
    return plain(text) in STOCK_PHRASES or not plain(text)
