"""A pack is put together: read as whoever has it put together may see it, as it stood at its moment; what must not
leave is taken out; written as tables and papers, hashed, and stored encrypted."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from typing import Any

import django

from access.actor import System, acting
from access.ledger import consulted
from access.time import now
from documents import pdf, vault
from history.replay import as_it_stood
from insight import (  # noqa: F401 - each adds its sections, in the order in which the pack shows them
    evidence_breaches,
    evidence_daily,
    evidence_data_quality,
    evidence_figures,
    evidence_minutes,
    evidence_queues,
)
from insight.evidence import SECTIONS, Span
from insight.evidence_chronology import Chronologies, Posts
from insight.evidence_family import families, named_in, staff, withheld
from insight.evidence_manifest import Part, packed
from insight.evidence_redaction import RULES, Redactor, labels, staff_labels
from insight.evidence_tables import Holds, Journey, Table, as_csv, as_text, columns
from insight.models import EvidenceCase, EvidenceDraw, EvidencePack
from insight.workflow.evidence import Built, evidence_is_together, evidence_not_together
from insight.workflow.evidence_cases import the_draw

BUILDS = System("evidence packs put together")
ROWS_ON_PAPER = 30
"""Of a section; the whole table is in its CSV file. A chronology is printed whole."""
log = logging.getLogger(__name__)


class CannotBuild(RuntimeError):
    """A pack must not be put together as it is. The message is plain English, for whoever prepares it."""


@dataclass(frozen=True)
class Collected:
    """Everything of a pack, before it is written: its tables, and whoever is named in its cases."""

    tables: list[Table]
    people: dict[str, str]


def build_waiting() -> int:
    """Every pack that somebody has asked to be put together. How many were."""
    with acting(BUILDS):
        waiting = list(EvidencePack.objects.filter(state=EvidencePack.State.BUILDING).order_by("prepared_at", "pk"))
    return sum(1 for pack in waiting if _built(pack))


def _built(pack: EvidencePack) -> bool:
    """What cannot be put together says so on its page and does not hold up the others."""
    try:
        built = write(pack)
    except CannotBuild as problem:
        return _not_built(pack, str(problem))
    except Exception as problem:  # whatever it is, somebody has to know
        log.exception("The evidence pack %s could not be put together", pack.reference)
        return _not_built(pack, f"It could not be put together ({type(problem).__name__})")
    with acting(BUILDS):
        evidence_is_together(pack, by=BUILDS, built=built)
    return True


def _not_built(pack: EvidencePack, why: str) -> bool:
    with acting(BUILDS):
        evidence_not_together(pack, by=BUILDS, why=why)
    return False


def write(pack: EvidencePack) -> Built:
    """The file of the pack, in the store. Takes seconds to minutes."""
    began = time.monotonic()
    collected = collect(pack)
    redactor = redactor_of(pack, collected)
    tables = [redactor.table(table) for table in collected.tables]
    tables.append(_left_out(pack, redactor))
    parts = [Part(table.path, as_csv(table), len(table.rows)) for table in tables]
    said = about(pack, redactor)
    parts += _papers(pack, tables, said)
    content, manifest, listed = packed(parts, said, pack.as_at)
    stored_as = vault.put(content)
    seconds = round(time.monotonic() - began, 1)
    return Built(stored_as, sha256(content).hexdigest(), len(content), manifest, listed, seconds)


def collect(pack: EvidencePack) -> Collected:
    """Its tables as they stood. That the records were read is in the ledger before anything is written."""
    person = pack.prepared_by
    with acting(person, apart=True) as stretch:
        chosen = list(EvidenceCase.objects.filter(pack=pack.pk).order_by("record_reference", "pk"))
        draws = list(EvidenceDraw.objects.filter(pack=pack.pk).order_by("drawn_at", "pk"))
        index = [_draws(draws), _cases(chosen)]
        _must_see_all(pack, chosen)
        kept = [each for each in chosen if each.state == EvidenceCase.State.IN] if _holds_cases(pack) else []
        inside = [(each.kind, each.record, each.record_reference) for each in kept]
        span = span_of(pack)
        with as_it_stood(pack.as_at):
            found = families(inside)
            hidden = withheld(found, inside)
            chronologies = list(Chronologies(found, pack.as_at).tables())
            people = labels(named_in(found))
            sections = [
                table
                for each in SECTIONS
                if _holds_cases(pack) or not each.lists_records
                for table in each.tables(span)
            ]
    consulted(person, "evidence pack put together", stretch.handed_over)
    return Collected([*index, *chronologies, *sections, _withheld(hidden, span)], people)


def _must_see_all(pack: EvidencePack, chosen: list[EvidenceCase]) -> None:
    """Since somebody had it put together a case of it may have been closed to them: then it is not silently without."""
    with acting(BUILDS, apart=True):
        all_of_them = EvidenceCase.objects.filter(pack=pack.pk).figures().count()
    if len(chosen) != all_of_them:
        raise CannotBuild("Whoever had it put together may not see every case of it any more")


def _withheld(hidden: dict[str, int], span: Span) -> Table:
    """What exists and is not in the pack because whoever prepared it may not see it: nothing is missing in silence."""
    rows = [[f"Records and their parts, of the case {reference}", many] for reference, many in hidden.items()]
    rows += [[what, many] for what, many in sorted(span.withheld.items())]
    lead = "What is there and whoever prepared this may not see. Cases that were not drawn for that reason are "
    lead += "counted with each draw."
    return Table(
        "sections/withheld", "What whoever prepared this may not see", columns("What", "How many"), rows, lead=lead
    )


def span_of(pack: EvidencePack) -> Span:
    begins, ends = pack.begins_at, pack.ends_at
    return Span(pack.reference, begins, ends, pack.as_at, pack.prepared_by, pack.sample_size, pack.seed)


def _holds_cases(pack: EvidencePack) -> bool:
    return RULES[pack.profile].holds_cases


def redactor_of(pack: EvidencePack, collected: Collected) -> Redactor:
    return Redactor(RULES[pack.profile], collected.people, staff_labels(staff(), Posts()))


def about(pack: EvidencePack, redactor: Redactor) -> dict[str, Any]:
    """What the list of contents says of the whole. Whoever asks is named; in what they want it for nobody is."""
    with acting(BUILDS, apart=True):
        draws = [
            {
                "of": draw.of, "group": draw.group, "child": draw.child, "late": draw.late, "asked": draw.size_asked,
                "seed": draw.seed, "drawn_from": len(draw.drawn_from), "restricted": draw.restricted,
                "not_seen": draw.not_seen,
            }
            for draw in EvidenceDraw.objects.filter(pack=pack.pk).order_by("drawn_at", "pk")
        ]  # fmt: skip
    return {
        "pack": pack.reference,
        "requested_by": pack.requested_by,
        "power": pack.under,
        "purpose": redactor.kept_words(pack.purpose),
        "period": [pack.begins_on.isoformat(), pack.ends_on.isoformat()],
        "as_at": as_text(pack.as_at),
        "profile": pack.profile,
        "left_out": RULES[pack.profile].said,
        "seed": pack.seed,
        "draws": draws,
        "versions": {"django": django.get_version(), "weasyprint": metadata.version("weasyprint")},
    }


def _draws(draws: list[EvidenceDraw]) -> Table:
    said = columns(
        "From", "Only", "Child", "Only late", "Drawn from", "Asked for", "Restricted, not drawn",
        "Not for the post of whoever drew", "Seed", "Drawn, in order",
    )  # fmt: skip
    rows = [
        [draw.get_of_display(), draw.group or "All", draw.get_child_display() or "All", draw.late, len(draw.drawn_from),
         draw.size_asked, draw.restricted, draw.not_seen, draw.seed, ", ".join(the_draw(draw))]
        for draw in draws
    ]  # fmt: skip
    lead = "With the seed anybody draws the same again. What only named people may see is counted and never drawn."
    return Table("cases/draws", "How the cases were drawn", said, rows, Journey.CONTACT, lead)


def _cases(chosen: list[EvidenceCase]) -> Table:
    said = columns("Case", "Kind", "Drawn, or added", "Why it was added", "In the pack", "Why it was left out",
                   why_it_was_added=Holds.WORDS, why_it_was_left_out=Holds.WORDS)  # fmt: skip
    rows = [
        [each.record_reference, each.kind.split(".")[1], "Drawn" if each.draw_id else "Added", each.added_because,
         each.state == EvidenceCase.State.IN, each.left_out_because]
        for each in chosen
    ]  # fmt: skip
    return Table("cases/index", "Cases of this pack", said, rows, Journey.CONTACT, "Those left out are listed too.")


def _left_out(pack: EvidencePack, redactor: Redactor) -> Table:
    rows = [[what, many] for what, many in sorted(redactor.left_out.items())] or [["Nothing was left out", 0]]
    lead = RULES[pack.profile].said
    return Table("sections/left-out", "What this pack leaves out", columns("What", "How many times"), rows, lead=lead)


def _papers(pack: EvidencePack, tables: list[Table], said: dict[str, Any]) -> list[Part]:
    """Two papers: the pack by the journey of a child, and the chronologies."""
    cases = [table for table in tables if table.about]
    others = [table for table in tables if not table.about]
    index = [(step.label, [table for table in tables if table.journey == step]) for step in Journey]
    context = {"pack": pack, "about": said, "index": index}
    papers = [Part("pack.pdf", _paper(pack, {**context, "tables": [_printed(each, ROWS_ON_PAPER) for each in others]}))]
    if cases:
        papers.append(Part("cases.pdf", _paper(pack, {**context, "tables": [_printed(each) for each in cases]})))
    return papers


def _printed(table: Table, most: int | None = None) -> dict[str, Any]:
    rows = table.rows[:most] if most else table.rows
    shown = [[as_text(value) for value in row] for row in rows]
    return {"table": table, "rows": shown, "more": len(table.rows) - len(shown)}


def _paper(pack: EvidencePack, context: dict[str, Any]) -> bytes:
    return pdf.write(
        "insight/evidence_paper.html",
        context,
        marking=pdf.CHILD_PROTECTION,
        for_whom=pack.prepared_by,
        reference=pack.reference,
        at=now(),
    )
