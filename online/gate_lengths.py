"""How long children may wait: to be looked for, for a notice, for a strategy discussion, for a social worker's news."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length

NO_LENGTH = "The inspection of June 2022 asks for it quickly and gives no length"
NONE_FOUND = "No authority found"


def _local(name: str, length: timedelta, source: str) -> Length:
    return Length(name, length, Basis.LOCAL, source, is_our_default=True)


LOOKED_FOR = _local("Children looked for at an attributed address", timedelta(hours=24), NONE_FOUND)
LOOKED_FOR_SOON = _local(
    "Children looked for at an attributed address, level very high", timedelta(hours=4), NONE_FOUND
)
NOTICE = _local("Notice about a child whom an online case concerns", timedelta(hours=24), NO_LENGTH)
NOTICE_SOON = _local(
    "Notice about a child whom an online case concerns, level very high", timedelta(hours=4), NO_LENGTH
)
DISCUSSION = _local(
    "Strategy discussion about a child whom an online case concerns: whole days after the day of the notice",
    timedelta(days=1),
    "The inspection of June 2022 describes one that was held the day after the notice. With a very high level it is "
    "held on the day of the notice",
)
OWED = _local(
    "Strategy discussion after enforcement without the safeguarding gate", timedelta(hours=4), "No authority found"
)
SOCIAL_WORKER = _local(
    "Social worker of a child whom an online case concerns asked again",
    timedelta(days=14),
    "The inspection of June 2022 found nobody in touch with social care for weeks, and gives no length",
)
RESULT = _local("What became of planned enforcement recorded, after its planned time", timedelta(hours=4), NONE_FOUND)
