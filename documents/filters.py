"""Narrowing the queue of documents in quarantine."""

from __future__ import annotations

import django_filters

from documents.kinds import KINDS
from documents.models import Attachment
from sla.queues import select

CHOICES = [(kind.media_type, kind.words[:1].upper() + kind.words[1:]) for kind in KINDS.values()]


class AttachmentFilter(django_filters.FilterSet):
    media_type = django_filters.ChoiceFilter(label="What it is", choices=CHOICES, **select())

    class Meta:
        model = Attachment
        fields = ["media_type"]
