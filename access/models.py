"""The ledger, in the words of the law that asks for it (Data Protection Act 2018 s.62).

Both tables belong to the owner of the database. The application may add rows to `Consultation` and nothing else;
`Alteration` is written by triggers only. Neither holds names or values, only what finds them, so that disposing of a
record never has to touch the ledger; neither has foreign keys, so that a row outlives what it speaks of.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class LedgerRow(models.Model):
    """What the database itself fills in: when, in which transaction, by whom."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(help_text="By the database's own clock; a value given by the application is ignored")
    xid = models.BigIntegerField(help_text="The transaction, for sealing")
    actor = models.TextField(help_text="user: key, or system: reason")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.actor} at {self.at}"


class Consultation(LedgerRow):
    """Somebody was handed records."""

    page = models.TextField(help_text="The name of the page, never its address")
    kind = models.TextField(help_text="Model, as app.model")
    records = ArrayField(models.UUIDField())

    open_because = "ids only; the application's role may add rows and cannot read them"

    class Meta:
        db_table = "ledger_consultation"


class Alteration(LedgerRow):
    """A row was added, changed or removed: by ORM, bulk or raw SQL alike."""

    table = models.TextField()
    row = models.TextField()
    operation = models.TextField()
    fields = ArrayField(models.TextField(), help_text="Names of the columns that changed")

    open_because = "ids only; the application's role can neither add nor read rows"

    class Meta:
        db_table = "ledger_alteration"
