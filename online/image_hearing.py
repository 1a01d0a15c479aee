"""A notice that is submitted settles the notice of every report of shared images it was raised from."""

from __future__ import annotations

from django.db.models import Q

from access.actor import acting
from online.models import SharedImage
from online.workflow.shared_images import FOLLOWS, OPEN, images_noticed
from ppn import workflow as ppn
from ppn.models import Ppn


def submitted(notice: Ppn) -> None:
    """From the report itself, or from the incident that it came with."""
    if notice.arises_from is None:
        return
    with acting(FOLLOWS):
        waiting = SharedImage.objects.filter(state__in=OPEN, ppn=None)
        for images in waiting.filter(Q(pk=notice.arises_from) | Q(arises_from=notice.arises_from)):
            images_noticed(images, by=FOLLOWS, notice=notice)


ppn.submit.watchers.append(submitted)
