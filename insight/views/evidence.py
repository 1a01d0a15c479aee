"""Evidence packs: what is in one, what is missing before it can leave, and what its readers see of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from documents import vault
from documents.opening import answer
from insight.evidence_manifest import part_of
from insight.evidence_redaction import RULES
from insight.evidence_rows import KINDS, pack_as_work
from insight.evidence_tables import read_csv
from insight.forms import evidence as forms
from insight.models import EvidenceCase, EvidenceDraw, EvidencePack
from insight.workflow import evidence, evidence_cases, evidence_out
from quality.views.of import CreateOf
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

State = EvidencePack.State
SHOWN = 100
STEPS: list[tuple[Transition[Any, Any], str, str]] = [
    (evidence.put_evidence_together, "Put it together", "evidencepack-together"),
    (evidence.check_evidence, "It is right", "evidencepack-check"),
    (evidence.send_evidence_back, "Send it back", "evidencepack-back"),
    (evidence_out.release_evidence, "Release it", "evidencepack-release"),
    (evidence.refuse_evidence, "Do not release it", "evidencepack-refuse"),
    (evidence_out.take_copy, "Take a copy", "evidencepack-copy"),
    (evidence_out.close_evidence, "Close it", "evidencepack-close"),
    (evidence_out.evidence_handed_back, "Copies are back", "evidencepack-handed-back"),
    (evidence.withdraw_evidence, "Withdraw it", "evidencepack-withdraw"),
]


class Packs(GuardedPage):
    """Every pack that this person may see, the nearest to breach first."""

    may = Can.READ_EVIDENCE

    def get(self, request: HttpRequest) -> HttpResponse:
        packs = EvidencePack.objects.order_by("due_at", "pk")[:SHOWN]
        user: Any = request.user
        context = {
            "heading": "Evidence packs",
            "rows": [pack_as_work(each) for each in packs],
            "left": max(0, EvidencePack.objects.figures().count() - SHOWN),
            "prepares": user.can(Can.PREPARE_EVIDENCE),
            "now": now(),
        }
        return render(request, "insight/evidence_list.html", context)


class PackPage(RecordPage):
    """One pack: its request, its cases, its parts with their hashes, and who has taken a copy."""

    may = Can.READ_EVIDENCE
    template_name = "insight/evidence_pack.html"

    def get_queryset(self) -> QuerySet[EvidencePack]:
        return EvidencePack.objects.select_related("file", "prepared_by", "checked_by", "released_by", "asked_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        pack: EvidencePack = self.object
        user: Any = self.request.user
        works = user.can(Can.PREPARE_EVIDENCE) or user.can(Can.RELEASE_EVIDENCE)
        being = pack.state == State.ASKED
        return super().get_context_data(
            now=now(),
            heading=f"Evidence pack for {pack.requested_by}",
            reference=pack.reference,
            state=State(pack.state).label,
            state_kind=KINDS[State(pack.state)],
            actions=actions_for(pack, user, STEPS) if works else actions_for(pack, user, STEPS[5:6]),
            clocks=clocks_of(pack) if works else [],
            missing=[{"label": each, "done": False} for each in evidence.missing_for(pack)] if being and works else [],
            missing_step="put it together",
            timeline=timeline_of(pack) if works else [],
            works=works,
            chooses=being and user.can(Can.PREPARE_EVIDENCE),
            left_out=RULES[pack.profile].said,
            draws=list(pack.draws.order_by("drawn_at", "pk")),
            cases=list(pack.cases.order_by("record_reference", "pk")),
            readers=list(pack.readers.select_related("person", "named_by")),
            copies=list(pack.copies.select_related("given_to", "file").order_by("given_at", "pk")),
            parts=_parts(pack),
            **context,
        )


def _parts(pack: EvidencePack) -> list[dict[str, Any]]:
    """Each part of the file; of a table the address where it is read in the browser."""
    if pack.file is None:
        return []
    page = reverse("evidencepack-part", args=[pack.pk])
    files = pack.file.manifest["files"]
    return [{**each, "url": f"{page}?name={each['name']}" if "rows" in each else ""} for each in files]


class PartPage(GuardedPage):
    """One table of a pack, exactly as it is in the file."""

    may = Can.READ_EVIDENCE

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pack: EvidencePack = get_object_or_404(EvidencePack.objects.select_related("file"), pk=pk)
        name = request.GET.get("name", "")
        listed = {each["name"] for each in _parts(pack) if each["url"]}
        if pack.file is None or name not in listed:
            raise Http404("There is no such table in this pack")
        content = part_of(vault.take(pack.file.stored_as, pack.file.sha256), name)
        _handed_over(pack, name)
        columns, rows = read_csv(content or b"")
        page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
        context = {
            "pack": pack,
            "heading": name.removesuffix(".csv"),
            "columns": columns,
            "rows": page.object_list,
            "pager": _pager(page, name),
            "now": now(),
        }
        return render(request, "insight/evidence_part.html", context)


def _handed_over(pack: EvidencePack, name: str = "") -> None:
    """The cases that are read with a part, or all of them with the file, stand in the ledger by themselves."""
    cases = pack.cases.filter(state=EvidenceCase.State.IN)
    if name:
        cases = cases.filter(record_reference=name.removeprefix("cases/").removesuffix(".csv"))
    list(cases)


def _pager(page: Page[list[str]], name: str) -> dict[str, str]:
    def address(number: int) -> str:
        return f"?{urlencode({'name': name, 'page': number})}"

    return {
        "newer_url": address(page.previous_page_number()) if page.has_previous() else "",
        "older_url": address(page.next_page_number()) if page.has_next() else "",
        "newer_label": "Rows before",
        "older_label": "More rows",
        "text": f"{page.paginator.count} rows",
    }


class DrawPage(RecordPage):
    """How cases were drawn, and that the seed draws the same again."""

    may = Can.READ_EVIDENCE
    template_name = "insight/evidence_draw.html"

    def get_queryset(self) -> QuerySet[EvidenceDraw]:
        return EvidenceDraw.objects.select_related("pack", "drawn_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        draw: EvidenceDraw = self.object
        again = evidence_cases.the_draw(draw)
        return super().get_context_data(now=now(), heading=str(draw), again=again, **context)


class CasePage(RecordPage):
    """One case of a pack: why it is in it, or why not."""

    may = Can.READ_EVIDENCE
    template_name = "insight/evidence_case.html"

    def get_queryset(self) -> QuerySet[EvidenceCase]:
        return EvidenceCase.objects.select_related("pack__file", "draw", "added_by", "left_out_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        case: EvidenceCase = self.object
        user: Any = self.request.user
        name = f"cases/{case.record_reference}.csv"
        there = [each["url"] for each in _parts(case.pack) if each["name"] == name]
        steps: list[tuple[Transition[Any, Any], str, str]] = [
            (evidence_cases.leave_evidence_out, "Leave it out", "evidencecase-out"),
            (evidence_cases.take_evidence_in_again, "Take it in again", "evidencecase-in"),
        ]
        chooses = case.pack.state == State.ASKED and user.can(Can.PREPARE_EVIDENCE)
        return super().get_context_data(
            now=now(),
            heading=case.record_reference,
            reference=case.pack.reference,
            state=EvidenceCase.State(case.state).label,
            actions=actions_for(case, user, steps) if chooses else [],
            chronology=there[0] if there else "",
            **context,
        )


class Ask(CreatePage):
    transition = evidence.ask_for_evidence
    model = EvidencePack
    form_class = forms.AskForm
    title = "An inspector asks for evidence"
    button = "Save the request"

    def cancel_url(self) -> str:
        return reverse("evidence")


class OfPack(CreateOf):
    of = EvidencePack

    def form_valid(self, form: Any) -> HttpResponse:
        """Back to the pack, where the cases are listed."""
        made = super().form_valid(form)
        if made.status_code == 302:
            made["Location"] = self.owner.get_absolute_url()
        return made


class Draw(OfPack):
    transition = evidence_cases.draw_evidence
    model = EvidenceDraw
    form_class = forms.DrawForm
    title = "Draw cases"
    button = "Draw them"
    lead = "They are drawn at random from the period, as it stood. With the seed anybody draws the same again."


class AddCase(OfPack):
    transition = evidence_cases.add_evidence_case
    model = EvidenceCase
    form_class = forms.AddCaseForm
    title = "Add a case"
    button = "Add it"


class CaseStep(TransitionPage):
    model = EvidenceCase
    form_class = forms.BecauseForm


class LeaveOut(CaseStep):
    transition = evidence_cases.leave_evidence_out
    title = "Leave the case out"
    button = "Leave it out"


class TakeIn(CaseStep):
    transition = evidence_cases.take_evidence_in_again
    title = "Take the case in again"
    button = "Take it in"


class Step(TransitionPage):
    model = EvidencePack


class Together(Step):
    transition = evidence.put_evidence_together
    title = "Put it together"
    button = "Put it together"
    lead = "It holds what you may see, as it stood at its moment. It takes a few minutes; then somebody else checks it."


class Check(Step):
    transition = evidence.check_evidence
    form_class = forms.CheckForm
    title = "It is right"
    button = "I have looked at it: it is right"


class Back(Step):
    transition = evidence.send_evidence_back
    form_class = forms.BecauseForm
    title = "Send it back"
    button = "Send it back"


class Refuse(Step):
    transition = evidence.refuse_evidence
    form_class = forms.BecauseForm
    title = "Do not release it"
    button = "Send it back"


class Release(Step):
    transition = evidence_out.release_evidence
    form_class = forms.ReleaseForm
    title = "Release it"
    button = "Release it"
    lead = "Those you name read it until its time has run out. Every copy they take is logged."


class Copy(Step):
    transition = evidence_out.take_copy
    title = "Take a copy"
    button = "Take a copy"
    lead = "That you took it, when and on what basis is kept for good."

    def form_valid(self, form: Any) -> HttpResponse:
        made = super().form_valid(form)
        if made.status_code != 302:
            return made
        pack = EvidencePack.objects.select_related("file").get(pk=self.record.pk)
        _handed_over(pack)
        file = pack.file
        content = vault.take(file.stored_as, file.sha256)
        return answer(content, media_type="application/zip", filename=f"{self.record.reference}.zip")


class Close(Step):
    transition = evidence_out.close_evidence
    form_class = forms.BecauseForm
    title = "Close it"
    button = "Close it"


class HandedBack(Step):
    transition = evidence_out.evidence_handed_back
    form_class = forms.HandedBackForm
    title = "Copies are back"


class Withdraw(Step):
    transition = evidence.withdraw_evidence
    form_class = forms.BecauseForm
    title = "Withdraw it"
    button = "Withdraw it"
