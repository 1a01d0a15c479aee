"""Referrals, files of them and transfers in tests, in words. All invented."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from access.time import now
from accounts.models import User
from online.models import CaseTransfer, Identifier, OnlineCase, ReferralFile, ReferralRow
from online.workflow.case_transfers import offer_case
from online.workflow.cases import ReferralFacts, Said, link
from online.workflow.referral_files import read_referrals
from tests.online.scenes import TEST, acting, as_it_is, received

A_ROW = {"sender": "nca", "sender_named": "Referrals bureau", "sender_ref": "NCA-1", "what": "Four images uploaded"}


def referral(**said: Any) -> ReferralFacts:
    usual: dict[str, Any] = {
        "sender": "nca",
        "sender_named": "Referrals bureau",
        "sender_ref": "",
        "received_at": now(),
        "what": "Twelve indecent images uploaded to a chat service.",
    }
    return ReferralFacts(**{**usual, **said})


def used(username: str = "blue.kestrel.41") -> list[Said]:
    return [Said("username", username)]


def at_ip(address: str = "203.0.113.7", *, hours_ago: float = 72) -> Said:
    return Said("ip", address, now() - timedelta(hours=hours_ago), None)


def offered(case: OnlineCase, by: User, force: str = "Garmere Constabulary") -> CaseTransfer:
    about = {"case": as_it_is(case), "force": force, "because": "The address is theirs"}
    return offer_case(CaseTransfer(), by=by, **about)


def linked(by: User) -> tuple[OnlineCase, OnlineCase]:
    """The second of two that are one, and the first."""
    first, second = received(by), received(by)
    return link(second, by=by, to=first, because="One account"), as_it_is(first)


def a_file(*rows: dict[str, str], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV file of these rows, with the headings that they use."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, headings, delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode(encoding)


def taken_in(by: User, *rows: dict[str, str], **said: Any) -> ReferralFile:
    about = {"name": "march.csv", "content": a_file(*rows), "received_at": now(), **said}
    return read_referrals(ReferralFile(), by=by, **about)


def unreadable(by: User, text: str = "A row that says too little") -> ReferralRow:
    """A row whose sender nobody knows."""
    file = taken_in(by, {**A_ROW, "sender": "somebody", "what": text})
    return rows_of(file)[0]


def rows_of(file: ReferralFile) -> list[ReferralRow]:
    with acting(TEST):
        return list(ReferralRow.objects.filter(file=file).order_by("line"))


def said_of(case: OnlineCase) -> list[tuple[str, str]]:
    with acting(TEST):
        rows = Identifier.objects.filter(online_case=case).order_by("kind", "value")
        return [(each.kind, each.value) for each in rows]


def every_case() -> list[OnlineCase]:
    with acting(TEST):
        return list(OnlineCase.objects.order_by("reference"))


def of_each(people: dict[str, Any]) -> dict[str, Any]:
    """One of each record that a page of the register is about."""
    rory, dina = people["rory"], people["dina"]
    case = received(rory, said=used("grey.heron.9"))
    row = unreadable(rory)
    return {
        "onlinecase": case,
        "referralfile": row.file,
        "referralrow": row,
        "casetransfer": offered(received(rory, said=used("red.fox.3")), dina),
    }
