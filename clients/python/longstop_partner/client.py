"""What a partner agency's system can ask of Longstop, and say to it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

from longstop_partner.cursor import Cursor
from longstop_partner.errors import Unreachable, WrongDocument
from longstop_partner.records import Change, Changes, Disclosure, Document, Me, Reply
from longstop_partner.wire import Wire

DISCLOSURES = "disclosures/"
MEETINGS, MISSING = "strategy-meetings/", "missing-notices/"
SCHOOLS, INTERVIEWS = "school-notices/", "return-interview-requests/"


class Client:
    """One account of one agency.

        client = Client("https://longstop.police.example", "ls_7", secret)
        for change in client.follow(FileCursor("cursor")):
            ...

    Every method raises `Problem` (or one of its kinds) where Longstop refuses, and `Unreachable` where nobody answers
    after several tries.
    """

    def __init__(self, url: str, client_id: str, client_secret: str, **options: Any) -> None:
        """`options`: scopes, timeout (seconds), tries, sleep, clock; see `Wire`."""
        self.wire = Wire(url, client_id, client_secret, **options)

    def me(self) -> Me:
        """Whose token this is. The first thing to ask when a system is connected."""
        return Me.of(self.wire.send("GET", "me/").json())

    # What the agency was sent

    def disclosures(self, **narrowed: Any) -> Iterator[Disclosure]:
        """Everything that stands, page by page. `narrowed`: kind, purpose, sent_after, sent_before (datetime),
        reference, state, fields (names, for a sparse answer), page_size."""
        return self._pages(DISCLOSURES, narrowed)

    def strategy_meetings(self, **narrowed: Any) -> Iterator[Disclosure]:
        return self._pages(MEETINGS, narrowed)

    def missing_notices(self, **narrowed: Any) -> Iterator[Disclosure]:
        return self._pages(MISSING, narrowed)

    def school_notices(self, **narrowed: Any) -> Iterator[Disclosure]:
        return self._pages(SCHOOLS, narrowed)

    def return_interview_requests(self, **narrowed: Any) -> Iterator[Disclosure]:
        return self._pages(INTERVIEWS, narrowed)

    def disclosure(self, identifier: str, *, etag: str = "") -> Disclosure | None:
        """One of them. With the `etag` it had before: None where nothing about it has changed.

        Raises Gone where it was corrected or taken back, NotFound where it has run out.
        """
        headers = {"If-None-Match": etag} if etag else {}
        answer = self.wire.send("GET", f"{DISCLOSURES}{quote(identifier, safe='')}/", headers=headers)
        return None if answer.status == 304 else Disclosure.of(answer.json(), answer.headers.get("ETag", ""))

    def document(self, of: Disclosure, document: Document) -> bytes:
        """Its bytes, once they are those that were listed. Raises WrongDocument otherwise."""
        path = f"{DISCLOSURES}{quote(of.id, safe='')}/documents/{quote(document.id, safe='')}/"
        content = self.wire.send("GET", path).body
        if hashlib.sha256(content).hexdigest() != document.sha256:
            raise WrongDocument(f"{document.name} of {of.reference} came as another file.")
        return content

    # What has changed

    def changes(self, after: str = "") -> Changes:
        """One page of changes after a cursor; empty = from the beginning."""
        return Changes.of(self.wire.send("GET", "changes/", query={"after": after} if after else None).json())

    def follow(self, cursor: Cursor) -> Iterator[Change]:
        """Each change since the cursor, up to now. The cursor moves on once a page of them has been dealt with: where
        your system stops in the middle the page comes again, so deal with each change as if it could come twice."""
        more = True
        while more:
            page = self.changes(cursor.read())
            yield from page.changes
            cursor.write(page.cursor)
            more = page.more

    # What the agency says

    def acknowledge(self, disclosure: str, *, who: str, at: datetime | None = None, key: str = "") -> Reply:
        """Somebody there has it. `who`: the name and post of a person."""
        return self.reply(disclosure, "acknowledged", who=who, at=at, key=key)

    def decide(
        self, disclosure: str, *, who: str, outcome: str, said: str = "", at: datetime | None = None, key: str = ""
    ) -> Reply:
        """What the agency does: nfa, advice, early_help, in_need, strategy, s47_single, s47_joint, icpc, already_open,
        lado or acted (then `said` is needed)."""
        return self.reply(disclosure, "decision", who=who, outcome=outcome, said=said, at=at, key=key)

    def change_decision(
        self, disclosure: str, *, who: str, outcome: str, said: str = "", at: datetime | None = None, key: str = ""
    ) -> Reply:
        return self.reply(disclosure, "changed", who=who, outcome=outcome, said=said, at=at, key=key)

    def ask(self, disclosure: str, *, who: str, said: str, at: datetime | None = None, key: str = "") -> Reply:
        """The agency needs to know more before it can decide. `said`: what."""
        return self.reply(disclosure, "asks", who=who, said=said, at=at, key=key)

    def disagree(
        self, disclosure: str, *, who: str, said: str, they_ask: str, at: datetime | None = None, key: str = ""
    ) -> Reply:
        """A disagreement begins. `they_ask`: what the agency asks for, for the child."""
        return self.reply(disclosure, "disagrees", who=who, said=said, they_ask=they_ask, at=at, key=key)

    def destroyed(
        self, disclosure: str, *, who: str, said: str = "", at: datetime | None = None, key: str = ""
    ) -> Reply:
        """What was taken back is destroyed. `disclosure`: the one that took it back."""
        return self.reply(disclosure, "destroyed", who=who, said=said, at=at, key=key)

    def interview(
        self,
        disclosure: str,
        *,
        who: str,
        said: str,
        held_at: datetime | None = None,
        at: datetime | None = None,
        key: str = "",
    ) -> Reply:
        """A return home interview was held. `said`: what the child said, in their own words."""
        when = held_at.isoformat() if held_at else None
        return self.reply(disclosure, "interview", who=who, said=said, held_at=when, at=at, key=key)

    def interview_held(self, disclosure: str, *, who: str, held_at: datetime, key: str = "") -> Reply:
        """A return home interview was held; what the child said follows."""
        return self.reply(disclosure, "interview_held", who=who, held_at=held_at.isoformat(), key=key)

    def no_interview(self, disclosure: str, *, who: str, reason: str, said: str, key: str = "") -> Reply:
        """There was none. `reason`: declined, missing_again or not_offered; `said`: what is known of why."""
        return self.reply(disclosure, "no_interview", who=who, reason=reason, said=said, key=key)

    def minutes(self, disclosure: str, *, who: str, name: str, content: bytes, key: str = "") -> Reply:
        """The minutes of a strategy meeting that the agency kept."""
        paper = {"name": name, "content_base64": b64encode(content).decode()}
        return self.reply(disclosure, "minutes", who=who, key=key, minutes=paper)

    def reply(
        self, disclosure: str, what: str, *, who: str, at: datetime | None = None, key: str = "", **more: Any
    ) -> Reply:
        """Say it once. Give a `key` of your own to be able to say the same again after your system was stopped: the
        same key with the same words is done once, whenever it comes."""
        said = {"disclosure": disclosure, "what": what, "who": who, "at": at.isoformat() if at else None, **more}
        body = {name: value for name, value in said.items() if value not in (None, "")}
        headers = {"Idempotency-Key": key or str(uuid4())}
        answer = self.wire.send("POST", "replies/", body=body, headers=headers)
        return Reply(answer.json(), was_repeated=answer.headers.get("Idempotent-Replayed") == "true")

    def replies(self, **narrowed: Any) -> Iterator[Reply]:
        """Everything the agency has said, on whichever way."""
        return (Reply(each) for each in self._results("replies/", narrowed))

    def _pages(self, path: str, narrowed: dict[str, Any]) -> Iterator[Disclosure]:
        return (Disclosure.of(each) for each in self._results(path, narrowed))

    def _results(self, path: str, narrowed: dict[str, Any]) -> Iterator[Any]:
        query = {name: _in_an_address(value) for name, value in narrowed.items() if value not in (None, "")}
        page = self.wire.send("GET", path, query=query).json()
        while True:
            yield from page["results"]
            if not page["next"]:
                return
            page = self.wire.send("GET", path + "?" + _query_of(page["next"])).json()


def _in_an_address(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, str | int) else ",".join(value)


def _query_of(address: str) -> str:
    """Of the next page only what is asked is taken from the answer: a token goes where it always went."""
    query = urlsplit(address).query
    if not query:
        raise Unreachable("The answer names a next page without saying which.")
    return query
