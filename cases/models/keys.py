"""By what a person is found again when somebody like them is written down."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from cases.models.person import Person


class MatchKeys(models.Model):
    """The keys of one person (`matching.keys`), as numbers. Two records that share none are never compared."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="+")
    keys = ArrayField(models.BigIntegerField())

    open_because = "derived, cannot be read back; what they find is loaded through the guard"

    class Meta:
        # No pending list: what was written a moment ago is found as fast as everything else.
        indexes = [GinIndex(fields=["keys"], name="match_keys", fastupdate=False)]

    def __str__(self) -> str:
        return f"keys of {self.person_id}"
