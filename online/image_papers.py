"""Where no image may ever be kept: on any record of this app, and on notices and meetings about one."""

from __future__ import annotations

from typing import Any

from access.actor import System, acting
from documents.holders import HOLDERS
from online.models import LinkedChild, OnlineCase, SharedImage
from ppn.models import Ppn
from strategy.models import StrategyMeeting

ASKS = System("may a picture be added?")
ABOUT = (SharedImage, OnlineCase, LinkedChild)
"""What a notice or a meeting may come from."""


def takes_words_only(record: Any) -> bool:
    """Asked as the software: that somebody may not see where a notice comes from lets no picture in."""
    if record._meta.app_label == "online":
        return True
    with acting(ASKS):
        if isinstance(record, Ppn):
            return _is_ours(record.arises_from)
        if isinstance(record, StrategyMeeting):
            return _meets_about_ours(record)
    return False


def _is_ours(key: Any) -> bool:
    return key is not None and any(model.objects.filter(pk=key).figures().exists() for model in ABOUT)


def _meets_about_ours(meeting: StrategyMeeting) -> bool:
    if meeting.about_kind.startswith("online."):
        return True
    notices = Ppn.objects.filter(pk=meeting.about).figures().values_list("arises_from", flat=True)
    return any(_is_ours(key) for key in notices)


HOLDERS.words_only.append(takes_words_only)
