"""A referral as its sender gives it, and whether we have that very one already. Pure reading and checking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from access.actor import System, acting
from access.time import now
from matching.homes import place
from matching.names import fold
from matching.numbers import phone
from online.codes import Data, Sender
from online.models import Identifier, OnlineCase
from online.words_only import only_words
from workflow.transitions import NotNow, must_say

LOOKS = System("do we have this referral already?")
ONE_SENDER = [Sender.NCA.value, Sender.PEER_TO_PEER.value]
"""There is one of each: its number alone says which referral it is. Of all others the name has to be the same too."""
LONGEST_SAID = 300
LONGEST_WHAT = 20_000


@dataclass(frozen=True)
class Said:
    """One thing said of whoever is behind it. Log times in UTC; None = not known."""

    kind: str
    value: str
    seen_from: datetime | None = None
    seen_to: datetime | None = None

    def must_be_whole(self) -> None:
        if self.kind not in Data.values or not self.value.strip():
            raise NotNow("Say what each identifier is, and what it reads.")
        if len(self.value.strip()) > LONGEST_SAID:
            raise NotNow(f"An identifier has at most {LONGEST_SAID} letters: {self.value.strip()[:40]} … is longer.")
        only_words(self.value)
        if self.seen_from and self.seen_to and self.seen_to < self.seen_from:
            raise NotNow(f"The log times of {self.value} end before they begin.")
        if self.seen_from and self.seen_from > now():
            raise NotNow(f"The log time of {self.value} is in the future. Check the date and time.")

    def compared(self) -> tuple[str, str, datetime | None, datetime | None]:
        return self.kind, as_compared(self.kind, self.value), self.seen_from, self.seen_to


@dataclass(frozen=True)
class ReferralFacts:
    """A referral as the sender gives it. `received_at`: when it reached the force, wherever in the force."""

    sender: str
    sender_named: str
    sender_ref: str
    received_at: datetime
    what: str
    said: Sequence[Said] = ()
    uploaded_at: datetime | None = None
    category_a: int | None = None
    category_b: int | None = None
    category_c: int | None = None

    def must_be_whole(self) -> None:
        if self.sender not in Sender.values:
            raise NotNow("Choose who sends it.")
        must_say(self.what, "what they say")
        if len(self.what) > LONGEST_WHAT:
            raise NotNow(f"What they say has at most {LONGEST_WHAT:,} letters here: add the document to the case.")
        only_words(self.what)
        if self.received_at > now():
            raise NotNow("It cannot have reached us in the future. Check the date and time.")
        if self.uploaded_at and self.uploaded_at > self.received_at:
            raise NotNow("It cannot have happened after it was received. Check the dates.")
        for each in self.said:
            each.must_be_whole()


def as_compared(kind: str, value: str) -> str:
    """Two spellings of one account, number, name or address read alike."""
    plain = " ".join(value.casefold().split())
    if kind == Data.PHONE:
        return phone(value) or plain
    if kind == Data.EMAIL:
        return plain.replace(" ", "")
    if kind == Data.NAME:
        return fold(value) or plain
    if kind == Data.ADDRESS:
        return home_as_compared(value) or plain
    return plain


def home_as_compared(written: str, postcode: str = "") -> str:
    """House and postcode; empty where one of the two is not known."""
    where = place(written, postcode)
    return f"{where.house} {where.postcode}" if where.house and where.is_full_postcode else ""


def is_said(case: OnlineCase, said: Said) -> bool:
    kind, plain, seen_from, seen_to = said.compared()
    rows = Identifier.objects.filter(online_case=case, kind=kind, plain=plain, seen_from=seen_from, seen_to=seen_to)
    return bool(rows.exists())


def the_first(facts: ReferralFacts) -> OnlineCase | None:
    """The case that this very referral has become; None where its number is not known, or none was given."""
    ref, named = facts.sender_ref.strip(), facts.sender_named.strip()
    if not ref or not (named or facts.sender in ONE_SENDER):
        return None
    with acting(LOOKS, apart=True):
        rows = OnlineCase.objects.filter(sender=facts.sender, sender_ref__iexact=ref)
        if facts.sender not in ONE_SENDER:
            rows = rows.filter(sender_named__iexact=named)
        found: OnlineCase | None = rows.order_by("recorded_at", "pk").first()
        return found


def wait_for_whoever_sends(facts: ReferralFacts) -> None:
    """Of two that bring one referral at once, one waits until the other is done."""
    if ref := facts.sender_ref.strip():
        with connection.cursor() as cursor:
            key = f"online referral {facts.sender} {ref.casefold()}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
