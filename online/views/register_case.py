"""The page of an investigation, drawn of what each part of the work shows; and the pages of files, rows and offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string

from access.roles import Can
from access.time import now
from access.views import RecordPage
from govuk.times import exactly
from online.case_parts import Part, parts_of
from online.codes import Channel, Sender
from online.models import CaseTransfer, OnlineCase, ReferralFile, ReferralRow
from online.register_rows import (
    KINDS,
    ROW_KINDS,
    TRANSFER_KINDS,
    age_of,
    holder_of,
    level_of,
    row_as_work,
    stands_out,
    title_of,
)
from online.register_showing import (
    OF_A_ROW,
    OF_AN_OFFER,
    as_missing,
    before_next,
    clocks_of_all,
    how_far,
    rows_of_case,
    steps_about_it,
)
from sla.work import clocks_of, timeline_of, timeline_of_all
from workflow.views import actions_for

Lines = list[tuple[str, Any]]
NOT_KNOWN = "Not known"


class CasePage(RecordPage):
    """Everything that is kept of one investigation, and what is missing before the next step."""

    may = Can.SEE_ONLINE
    template_name = "online/register_case.html"

    def get_queryset(self) -> QuerySet[OnlineCase]:
        return OnlineCase.objects.select_related(
            "case", "team", "researcher", "investigator", "recorded_by", "triaged_by", "closed_by", "linked_to"
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        case: OnlineCase = self.object
        user: Any = self.request.user
        at = now()
        parts = parts_of(case, user)
        records = [case, *(record for part in parts for record in part.records)]
        step, missing = before_next(case)
        return super().get_context_data(
            now=at,
            heading=title_of(case),
            reference=case.reference,
            state=OnlineCase.State(case.state).label,
            state_kind=KINDS[case.state],
            level=level_of(case),
            age=age_of(case, at),
            warnings=[said.rstrip(".") for said in (*stands_out(case, at), *_warned(parts))],
            how_far=how_far(case, missing),
            said=summary(case),
            rows_of_files=rows_of_case(case),
            parts=[self._drawn(part, case, at) for part in parts],
            actions=steps_about_it(case, user),
            clocks=clocks_of_all(records),
            missing=as_missing(missing),
            missing_step=step,
            timeline=timeline_of_all(records),
            **context,
        )

    def _drawn(self, part: Part, case: OnlineCase, at: Any) -> dict[str, Any]:
        """A template may read what it needs by name, or as `part.context`."""
        context = {**part.context, "part": part, "record": case, "online_case": case, "now": at}
        return {"part": part, "html": render_to_string(part.template, context, request=self.request)}


def _warned(parts: Iterable[Part]) -> list[str]:
    return [said for part in parts for said in part.warnings]


def summary(case: OnlineCase) -> Lines:
    elsewhere = f"{case.external_system} {case.external_ref}, since {exactly(case.external_at)}"
    looked = f"{case.triaged_by}, {exactly(case.triaged_at)}" if case.triaged_at else "Nobody yet"
    images = [_images("A", case.category_a), _images("B", case.category_b), _images("C", case.category_c)]
    return [
        ("What they say", case.what),
        ("Sender", f"{Sender(case.sender).label}. {case.sender_named or 'Which one is not known'}"),
        ("Their number", case.sender_ref or "None was given"),
        ("Received", f"{exactly(case.received_at)}. {Channel(case.channel).label}, {exactly(case.recorded_at)}"),
        ("Known to the force since", exactly(case.known_since)),
        ("Received again", exactly(case.received_again_at) if case.received_again_at else ""),
        ("Uploaded, or happened", exactly(case.uploaded_at) if case.uploaded_at else NOT_KNOWN),
        ("Images", ". ".join(images)),
        ("Records system", elsewhere if case.external_at else "Not visible there yet"),
        ("Looked at", looked),
        ("Child at risk now", _risk(case)),
        ("Looked for the same", case.duplicates_looked_for),
        ("Researcher", str(case.researcher or "Whoever of the team is there")),
        ("Officer in the case", str(case.investigator or "Not allocated yet")),
        ("Team", str(case.team)),
        ("Why it is part of the other case", case.linked_because),
        ("Closed", f"{case.closed_because} {case.closed_by}, {exactly(case.closed_at)}" if case.closed_at else ""),
    ]


def _images(category: str, number: int | None) -> str:
    return f"Category {category}: {'not known' if number is None else number}"


def _risk(case: OnlineCase) -> str:
    return f"{case.get_immediate_risk_display()}. {case.immediate_because}".strip()


class FilePage(RecordPage):
    """What became of each row of a file."""

    may = Can.SEE_ONLINE
    template_name = "online/register_file.html"

    def get_queryset(self) -> QuerySet[ReferralFile]:
        return ReferralFile.objects.select_related("read_by", "team")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        file: ReferralFile = self.object
        rows = list(file.lines.select_related("online_case", "settled_by", "file").order_by("line"))
        return super().get_context_data(
            now=now(),
            heading=f"File of referrals: {file.name}",
            reference=file.reference,
            waiting=[row_as_work(each) for each in rows if each.state == ReferralRow.State.UNREADABLE],
            lines=[each for each in rows if each.state != ReferralRow.State.UNREADABLE],
            timeline=timeline_of(file),
            **context,
        )


class OfTheRegister(RecordPage):
    """One record of the register: what is known of it, its clocks and its history."""

    may = Can.SEE_ONLINE
    template_name = "online/register_record.html"


class RowPage(OfTheRegister):
    def get_queryset(self) -> QuerySet[ReferralRow]:
        return ReferralRow.objects.select_related("file", "online_case", "settled_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        row: ReferralRow = self.object
        settled = f"{row.settled_because} {row.settled_by}, {exactly(row.settled_at)}".strip()
        return super().get_context_data(
            now=now(),
            heading=f"Line {row.line} of {row.file.name}",
            reference=row.reference,
            state=ReferralRow.State(row.state).label,
            state_kind=ROW_KINDS[row.state],
            online_case=row.online_case,
            said=[
                ("As it stands in the file", row.text),
                ("Why it waits" if row.state == ReferralRow.State.UNREADABLE else "Why", row.because or "Nothing"),
                ("Reached the force", exactly(row.received_at)),
                ("Dealt with", settled if row.settled_at else "Not yet"),
            ],
            actions=actions_for(row, self.request.user, OF_A_ROW),
            clocks=clocks_of(row),
            timeline=timeline_of(row),
            **context,
        )


class OfferPage(OfTheRegister):
    def get_queryset(self) -> QuerySet[CaseTransfer]:
        return CaseTransfer.objects.select_related("online_case__researcher", "online_case__investigator", "offered_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        offer: CaseTransfer = self.object
        return super().get_context_data(
            now=now(),
            heading=f"Offered to {offer.force}",
            reference=offer.reference,
            state=CaseTransfer.State(offer.state).label,
            state_kind=TRANSFER_KINDS[offer.state],
            online_case=offer.online_case,
            said=_said(offer),
            actions=actions_for(offer, self.request.user, OF_AN_OFFER),
            clocks=clocks_of(offer),
            timeline=timeline_of(offer),
            **context,
        )


def _said(offer: CaseTransfer) -> Lines:
    accepted = offer.state == CaseTransfer.State.ACCEPTED
    ours = holder_of(offer.online_case) or "whoever of our team is there"
    answered = f"{offer.answered_by_name} {exactly(offer.answered_at)}. {offer.answer}".strip()
    return [
        ("Whose it is now", f"{offer.force}, {offer.their_ref}" if accepted else f"Ours: {ours}"),
        ("Why it is theirs", offer.because),
        ("Offered", f"{offer.offered_by}, {exactly(offer.offered_at)}"),
        ("Answer", answered if offer.answered_at else "None yet"),
    ]
