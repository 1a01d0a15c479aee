"""Evidence packs in tests, in words: asked for, drawn, put together, checked, released. All invented."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from pyrage import x25519

from access.actor import System, acting, signed
from access.time import now, today
from accounts.models import User
from documents import vault
from insight.evidence_build import build_waiting
from insight.evidence_kinds import Rule
from insight.evidence_tables import read_csv
from insight.models import EvidenceCase, EvidenceDraw, EvidencePack
from insight.workflow import evidence, evidence_cases, evidence_out
from tests.stories import called_in, hours

TEST = System("test")
ASKED: dict[str, Any] = {
    "requested_by": "Harriet Inspector-Example, an inspectorate of police",
    "power": "police_act",
    "purpose": "To see how soon children were seen",
    "begins_on": date(2026, 2, 1),
    "ends_on": date(2026, 3, 31),
    "needed_by": date(2026, 3, 31),
    "profile": "names",
}


@pytest.fixture
def store(settings: Any, tmp_path: Any) -> None:
    """Files lie where this test alone can see them."""
    settings.DOCUMENTS_ROOT = tmp_path / "store"
    settings.DOCUMENTS_KEY = str(x25519.Identity.generate())


def as_it_is(record: Any) -> Any:
    with acting(TEST):
        return type(record).objects.get(pk=record.pk)


def asked(by: User, **said: Any) -> EvidencePack:
    facts = {**ASKED, **said}
    if facts["needed_by"] is not None:
        facts["needed_by"] = max(facts["needed_by"], today())
    return evidence.ask_for_evidence(EvidencePack(), by=by, asked=evidence.Asked(**facts))


def drawn(pack: EvidencePack, by: User, of: str = "incident", size: int | None = None, **narrowed: Any) -> EvidenceDraw:
    return evidence_cases.draw_evidence(EvidenceDraw(), by=by, pack=pack, rule=Rule(of, **narrowed), size=size)


def case_added(pack: EvidencePack, by: User, record: Any, because: str = "The inspector named it") -> EvidenceCase:
    about = {"reference": record.reference, "because": because}
    return evidence_cases.add_evidence_case(EvidenceCase(), by=by, pack=pack, **about)


def cases_of(pack: EvidencePack) -> list[EvidenceCase]:
    with acting(TEST):
        return list(EvidenceCase.objects.filter(pack=pack.pk).order_by("record_reference"))


def references(pack: EvidencePack) -> list[str]:
    return [each.record_reference for each in cases_of(pack)]


def together(pack: EvidencePack, by: User) -> EvidencePack:
    """As Celery does it; a pack that could not be put together is no scene."""
    evidence.put_evidence_together(as_it_is(pack), by=by)
    build_waiting()
    built: EvidencePack = as_it_is(pack)
    assert built.trouble == ""
    return built


def prepared(by: User, record: Any, **said: Any) -> EvidencePack:
    pack = asked(by, **said)
    case_added(pack, by, record)
    return together(pack, by)


def checked(by: User, checker: User, record: Any, **said: Any) -> EvidencePack:
    return evidence.check_evidence(prepared(by, record, **said), by=checker, words_read=True)


def released(people: dict[str, User], record: Any, **said: Any) -> EvidencePack:
    """Prepared by the governance lead, checked by the analyst, released by the superintendent to the inspector."""
    pack = checked(people["greta"], people["anya"], record, **said)
    return evidence_out.release_evidence(pack, by=people["sue"], readers=[people["hettie"]])


def file_of(pack: EvidencePack) -> bytes:
    with acting(TEST):
        file = EvidencePack.objects.select_related("file").get(pk=pack.pk).file
    return vault.take(file.stored_as, file.sha256)


def parts(pack: EvidencePack) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file_of(pack))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(pack: EvidencePack, name: str) -> list[dict[str, str]]:
    """Rows of one table of the pack, by the labels of its columns."""
    labels, rows = read_csv(parts(pack)[f"{name}.csv"])
    return [dict(zip(labels, row, strict=True)) for row in rows]


def forced(record: Any, **values: Any) -> None:
    """Straight into the table, past every verb."""
    with signed(TEST):
        type(record).objects.filter(pk=record.pk).update(**values)


def of_each(people: dict[str, User]) -> dict[str, Any]:
    """A pack that is being prepared, its draw, and its case."""
    called_in(people["callie"], reported_at=now() - hours(1))
    pack = asked(people["greta"], begins_on=date(2020, 1, 1))
    draw = drawn(pack, people["greta"], size=1)
    (case,) = cases_of(pack)
    return {"evidencepack": pack, "evidencedraw": draw, "evidencecase": case}
