"""How rows stood before they were changed, so that any page can be shown as it stood at any moment.

Unlike the ledger it holds values, so it goes when its record is disposed of. The database writes it; the application
reads it, inside `history.replay` alone.
"""

from django.db import models


class EarlierRow(models.Model):
    """One change of one row, told backwards: what the changed columns held until then."""

    class Operation(models.TextChoices):
        INSERT = "INSERT", "Added"
        UPDATE = "UPDATE", "Changed"
        DELETE = "DELETE", "Removed"

    id = models.BigAutoField(primary_key=True)
    table = models.TextField()
    row = models.TextField(help_text="Its key")
    operation = models.CharField(max_length=6, choices=Operation.choices)
    at = models.DateTimeField(help_text="The moment of the transition that changed it, which its step has too")
    was = models.JSONField(null=True, help_text="Column -> value until then; of an added row nothing")

    open_because = "read by replays only, which show what the guarded pages show"

    class Meta:
        # What changed in a table after a moment, and of one row the changes in their order.
        indexes = [models.Index(fields=["table", "at", "id"], name="earlier_row_after")]

    def __str__(self) -> str:
        return f"{self.operation} {self.table} {self.row} at {self.at}"
