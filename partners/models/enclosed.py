"""Documents that went with what an agency was sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from access.actor import Actor
from access.guarded import Guarded
from cases.models import about_a_case
from documents.models import Attachment
from partners.models.disclosure import Disclosure


class DisclosedDocument(Guarded):
    """One document that one agency was given with a disclosure, as it was then. Added, never changed."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="documents")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100, help_text="Under which it goes; it names nobody")
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="In bytes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "attachment"], name="a_document_goes_once_with_a_disclosure"),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="what_went_has_its_sum"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "disclosure__case")

    @classmethod
    def given_to(cls, outsider: Actor) -> Q:
        """Theirs for as long as what it was sent with is."""
        return Q(disclosure__in=Disclosure._base_manager.filter(Disclosure.given_to(outsider)).values("pk"))
