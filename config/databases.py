"""Which connection may change the shape of the database: the owner's, and no other."""

from typing import Any


class MigrateAsOwner:
    """`migrate` works only with `--database owner`; the application's role could not create a table anyway."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
