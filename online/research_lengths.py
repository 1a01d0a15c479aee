"""How long research may stand still, and how soon a level is set, ratified, acted on and looked at again."""

from __future__ import annotations

from datetime import timedelta

from online.codes import Kirat
from sla.lengths import Basis, Length

NO_LENGTH = "The inspection of June 2022 found it and gives no length; the length is ours"
NONE_FOUND = "No authority found; to be set by the force"
REPORTED = "Recommended time for this KIRAT level, as HMICFRS reported it in 2023; the tool itself is not public"


def _ours(name: str, length: timedelta, source: str = NONE_FOUND) -> Length:
    return Length(name, length, Basis.LOCAL, source, is_our_default=True)


def _to_act(name: str, length: timedelta) -> Length:
    return Length(name, length, Basis.GUIDANCE, REPORTED, is_our_default=True)


LEVEL_SET = _ours("First KIRAT level set", timedelta(hours=24))
RATIFIED = _ours("KIRAT level ratified", timedelta(hours=24))
RATIFIED_SOON = _ours("KIRAT level ratified, level very high", timedelta(hours=4))
RUN_AGAIN = _ours("KIRAT run again after new information", timedelta(hours=24), NO_LENGTH)
STALLED = _ours("Online research without anything being done", timedelta(hours=72))
LOOKED_AGAIN = _ours("Online case with no further research possible, looked at again", timedelta(days=90))
ACT = {
    Kirat.VERY_HIGH.value: _to_act("Acted on KIRAT level very high", timedelta(hours=24)),
    Kirat.HIGH.value: _to_act("Acted on KIRAT level high", timedelta(days=7)),
    Kirat.MEDIUM.value: _to_act("Acted on KIRAT level medium", timedelta(days=14)),
    Kirat.LOW.value: _to_act("Acted on KIRAT level low", timedelta(days=30)),
}
