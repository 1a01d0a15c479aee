"""Where an agency's system has got to in the changes. Kept after they were dealt with, so that none is ever missed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol


class Cursor(Protocol):
    """Wherever your system keeps it: a row in your database is best, in the transaction of what you did."""

    def read(self) -> str:
        """Empty = from the beginning."""

    def write(self, cursor: str) -> None: ...


class FileCursor:
    """Kept in a file that is replaced whole or not at all."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def read(self) -> str:
        try:
            return self.path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""

    def write(self, cursor: str) -> None:
        draft = self.path.with_name(f".{self.path.name}.draft")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(cursor)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)
