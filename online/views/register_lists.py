"""The lists of the register: every case, rows of files nobody could read, the files themselves, and other forces."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from accounts.duty import people_answered_for
from online.models import CaseTransfer, OnlineCase, ReferralFile, ReferralRow
from online.referral_files import sample
from online.register_filters import CaseFilter, CaseTransferFilter, RowFilter
from online.register_home import came_again
from online.register_rows import case_as_work, row_as_work, transfer_as_work
from online.register_wall import AGES, IS_OPEN, NOBODYS, NOT_LOOKED_AT, NOT_VISIBLE, older_than
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work

SHOWN = 100


class Cases(QueuePage):
    """Every referral and what became of it, the nearest to breach first."""

    may = Can.SEE_ONLINE
    template_name = "online/register_cases.html"
    heading = "Online abuse: referrals and cases"
    filterset_class = CaseFilter
    due_field = "next_due"
    empty = {"title": "No case is open", "text": "Register a referral, or take in a file of them."}

    def records(self) -> QuerySet[OnlineCase]:
        rows: QuerySet[OnlineCase] = OnlineCase.objects.select_related("researcher", "investigator", "linked_to")
        return rows.annotate(next_due=Coalesce(F("due_at"), F("known_since")))

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        people = people_answered_for(self.request.user)  # type: ignore[arg-type]
        mine = Q(researcher__in=people) | Q(investigator__in=people)
        ages = {"month": "Not acted on for a month", "two_months": "For two months", "three_months": "For three months"}
        return {
            "open": ("All that are open", IS_OPEN),
            "received": ("Nobody has looked at it", NOT_LOOKED_AT),
            "mine": ("Mine, and of whom I cover", IS_OPEN & mine),
            "not_visible": ("Not visible in the records system", NOT_VISIBLE),
            "late": ("Overdue", IS_OPEN & Q(due_at__lt=at)),
            "nobody": ("Nobody has it", NOBODYS),
            **{name: (label, older_than(AGES[name], at)) for name, label in ages.items()},
            "again": ("Received again after it was closed", came_again()),
            "past": ("Closed, transferred or linked", ~IS_OPEN),
        }

    def row(self, record: OnlineCase, clock: Clock | None) -> Work:
        return case_as_work(record, now(), clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        return {"may_register": self.request.user.can(Can.REGISTER_ONLINE)}  # type: ignore[union-attr]


class Rows(QueuePage):
    """Rows of files that nobody could read, until somebody has typed them in or said what they are."""

    may = Can.SEE_ONLINE
    heading = "Rows of files of referrals"
    filterset_class = RowFilter
    due_field = "next_due"
    empty = {"title": "Every row has become a case", "text": "A row that cannot be read waits here, with the reason."}

    def records(self) -> QuerySet[ReferralRow]:
        rows: QuerySet[ReferralRow] = ReferralRow.objects.select_related("file", "settled_by")
        return rows.annotate(next_due=Coalesce(F("due_at"), F("received_at")))

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        waits = Q(state=ReferralRow.State.UNREADABLE)
        return {
            "waiting": ("To type in", waits),
            "late": ("Overdue", waits & Q(due_at__lt=at)),
            "all": ("All rows", Q()),
        }

    def row(self, record: ReferralRow, clock: Clock | None) -> Work:
        return row_as_work(record)


class Transfers(QueuePage):
    """Cases that another force was asked to take. Each is ours until a named person there has accepted."""

    may = Can.SEE_ONLINE
    heading = "Cases offered to other forces"
    filterset_class = CaseTransferFilter
    due_field = "due_at"
    empty = {"title": "No answer is waited for", "text": "A case is offered from its page, and stays ours meanwhile."}

    def records(self) -> QuerySet[CaseTransfer]:
        rows: QuerySet[CaseTransfer] = CaseTransfer.objects.select_related("online_case", "offered_by")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        waits = Q(state=CaseTransfer.State.OFFERED)
        return {
            "open": ("Not answered", waits),
            "late": ("No answer in time", waits & Q(due_at__lt=at)),
            "past": ("Answered or taken back", ~waits),
        }

    def row(self, record: CaseTransfer, clock: Clock | None) -> Work:
        return transfer_as_work(record, clock)


class Files(GuardedPage):
    """Every file that was taken in, the newest first."""

    may = Can.SEE_ONLINE

    def get(self, request: HttpRequest) -> HttpResponse:
        files = ReferralFile.objects.select_related("read_by").order_by("-read_at", "pk")[:SHOWN]
        context = {
            "heading": "Files of referrals",
            "files": list(files),
            "shown": SHOWN,
            "may_register": request.user.can(Can.REGISTER_ONLINE),  # type: ignore[union-attr]
            "now": now(),
        }
        return render(request, "online/register_files.html", context)


class Sample(GuardedPage):
    """A file to begin with: the headings and one invented row."""

    may = Can.SEE_ONLINE

    def get(self, request: HttpRequest) -> HttpResponse:
        name = {"Content-Disposition": 'attachment; filename="referrals.csv"'}
        return HttpResponse(sample(), content_type="text/csv; charset=utf-8", headers=name)
