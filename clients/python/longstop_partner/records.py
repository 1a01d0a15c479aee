"""What Longstop answers, typed. A key that this version does not know is ignored and stays in `raw`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


def moment(said: Any) -> datetime | None:
    return datetime.fromisoformat(str(said).replace("Z", "+00:00")) if said else None


@dataclass(frozen=True)
class Me:
    """Whom a token belongs to, and what it is for."""

    agency: str
    kind: str
    account: str
    scopes: tuple[str, ...]
    account_ends_at: datetime | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Me:
        agency = raw["agency"]
        ends_at = moment(raw.get("account_ends_at"))
        return cls(agency["name"], agency["kind"], raw["account"], tuple(raw["scopes"]), ends_at)


@dataclass(frozen=True)
class Document:
    """A paper or photo that was sent with a disclosure. `Client.document` fetches its bytes."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Document:
        return cls(raw["id"], raw["name"], raw["media_type"], raw["size"], raw["sha256"])


@dataclass(frozen=True)
class Disclosure:
    """What the agency was sent, exactly as it was sent."""

    id: str
    kind: str
    record: str
    """The same for everything that was sent about one record; it means nothing to anybody but this agency."""
    reference: str
    purpose: str
    """share, correction or withdrawal."""
    sent_at: datetime | None
    available_until: datetime | None
    replaces: str | None
    because: str
    state: str
    expects: tuple[str, ...]
    """What is owed: receipt, decision, outcome."""
    acknowledged_at: datetime | None
    outcome: str
    content: Mapping[str, Any]
    withheld: int | None
    """How many parts of the record were not for this agency; None = not counted."""
    documents: tuple[Document, ...]
    etag: str = field(default="", compare=False)
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any], etag: str = "") -> Disclosure:
        """Of a sparse answer (`fields=`) what was not asked for is empty."""
        return cls(
            id=raw["id"],
            kind=raw.get("kind", ""),
            record=raw.get("record", ""),
            reference=raw.get("reference", ""),
            purpose=raw.get("purpose", ""),
            sent_at=moment(raw.get("sent_at")),
            available_until=moment(raw.get("available_until")),
            replaces=raw.get("replaces"),
            because=raw.get("because") or "",
            state=raw.get("state") or "",
            expects=tuple(raw.get("expects") or ()),
            acknowledged_at=moment(raw.get("acknowledged_at")),
            outcome=raw.get("outcome") or "",
            content=raw.get("content") or {},
            withheld=raw.get("withheld"),
            documents=tuple(Document.of(each) for each in raw.get("documents") or ()),
            etag=etag,
            raw=raw,
        )


@dataclass(frozen=True)
class Change:
    """Something is new, corrected or taken back (`what`: new, corrected, withdrawn)."""

    what: str
    id: str
    kind: str
    reference: str
    sent_at: datetime | None
    replaces: str | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Change:
        sent_at = moment(raw.get("sent_at"))
        return cls(raw["what"], raw["id"], raw["kind"], raw["reference"], sent_at, raw.get("replaces"))


@dataclass(frozen=True)
class Changes:
    """One page of changes, in the order they were written, and where the next one begins."""

    changes: tuple[Change, ...]
    cursor: str
    more: bool

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Changes:
        return cls(tuple(Change.of(each) for each in raw["changes"]), raw["cursor"], raw["more"])


@dataclass(frozen=True)
class Reply:
    """What the agency said, as it was kept. `was_repeated`: the same had been sent before and was not done again."""

    raw: Mapping[str, Any] = field(repr=False)
    was_repeated: bool = False

    @property
    def id(self) -> str | None:
        return self.raw.get("id")

    @property
    def disclosure(self) -> str | None:
        return self.raw.get("disclosure")

    @property
    def reference(self) -> str:
        return str(self.raw.get("reference", ""))

    @property
    def what(self) -> str:
        return str(self.raw.get("what", ""))

    @property
    def who(self) -> str:
        return str(self.raw.get("who", ""))

    @property
    def at(self) -> datetime | None:
        return moment(self.raw.get("at"))

    @property
    def outcome(self) -> str:
        return self.raw.get("outcome") or ""

    @property
    def said(self) -> str:
        return str(self.raw.get("said", ""))

    @property
    def held_at(self) -> datetime | None:
        """When the return interview was held, where that was said."""
        return moment(self.raw.get("held_at"))

    @property
    def reason(self) -> str:
        """Why there was no return interview: declined, missing_again or not_offered; else empty."""
        return self.raw.get("reason") or ""

    @property
    def how(self) -> str:
        """phone, mail, meeting, system or portal."""
        return str(self.raw.get("how", ""))

    @property
    def recorded_at(self) -> datetime | None:
        return moment(self.raw.get("recorded_at"))
