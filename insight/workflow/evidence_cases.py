"""Which cases an evidence pack holds: drawn at random so that anybody can draw them again, added or left out for a
reason."""

from __future__ import annotations

from typing import Any

from access.roles import Can
from access.time import now
from accounts.models import User
from cases.drawing import new_seed, sample
from insight.evidence_kinds import KINDS, Rule, by_reference, case_of, population
from insight.evidence_lengths import CASES
from insight.models import EvidenceCase, EvidenceDraw, EvidencePack
from workflow.transitions import NotNow, must_say, transition

State = EvidenceCase.State
BEING_PREPARED = "Cases are chosen while the pack is being prepared. Send it back first."


@transition(target=EvidenceDraw.State.DRAWN.value, may=Can.PREPARE_EVIDENCE)
def draw_evidence(draw: EvidenceDraw, *, by: User, pack: EvidencePack, rule: Rule, size: int | None = None) -> None:
    """Cases are drawn by a rule, with a seed by which anybody draws the same again. What only named people may see is
    counted and not drawn."""
    pack = _still_open(pack)
    if rule.of not in KINDS:
        raise NotNow("Choose what is drawn from.")
    kind, asked = KINDS[rule.of], size if size is not None else CASES.in_force(now())[0]
    if asked < 1:
        raise NotNow("Draw at least one.")
    if rule.group and rule.group not in dict(kind.groups):
        raise NotNow("These are not grouped in that way. Choose a grade or risk that they have.")
    if rule.child and kind.child is None:
        raise NotNow("These cannot be narrowed by child. Draw from all of them.")
    found = population(rule, begins=pack.begins_at, ends=pack.ends_at, at=pack.as_at, who=by)
    if not found.records:
        raise NotNow(_nothing(found.restricted, found.not_seen))
    draw.pack, draw.of, draw.group, draw.child, draw.late = pack, rule.of, rule.group, rule.child, rule.late
    draw.size_asked, draw.seed, draw.drawn_at, draw.drawn_by = asked, new_seed(), now(), by
    draw.drawn_from = [[record.reference, kind.stratum(record)] for record in found.records]
    draw.strata, draw.restricted, draw.not_seen = list(kind.strata), found.restricted, found.not_seen
    draw.save()  # its cases name it
    _take_in(draw, {record.reference: record for record in found.records}, by)


def _nothing(restricted: int, not_seen: int) -> str:
    hidden = [f"{restricted} are restricted"] if restricted else []
    hidden += [f"{not_seen} are not for your post"] if not_seen else []
    return f"There is nothing to draw from in this period{f': {and_also(hidden)}' if hidden else ''}."


def and_also(parts: list[str]) -> str:
    return " and ".join(parts)


def _take_in(draw: EvidenceDraw, records: dict[str, Any], by: User) -> None:
    there = set(EvidenceCase.objects.filter(pack=draw.pack_id).figures().values_list("record", flat=True))
    strata = dict(draw.drawn_from)
    for reference in the_draw(draw):
        if records[reference].pk not in there:
            case = EvidenceCase(pack=draw.pack, draw=draw, stratum=strata[reference])
            case_drawn(case, by=by, drawn=records[reference])


def the_draw(draw: EvidenceDraw) -> list[str]:
    """References that the seed draws, now as then."""
    rows = [(reference, stratum) for reference, stratum in draw.drawn_from]
    return sample(draw.seed, rows, draw.size_asked, draw.strata)


@transition(target=State.IN.value, may=Can.PREPARE_EVIDENCE)
def case_drawn(case: EvidenceCase, *, by: User, drawn: Any) -> None:
    """This case was drawn."""
    _about(case, drawn, by)


@transition(target=State.IN.value, may=Can.PREPARE_EVIDENCE)
def add_evidence_case(case: EvidenceCase, *, by: User, pack: EvidencePack, reference: str, because: str) -> None:
    """Somebody adds a case by its number, for a reason. One that only named people may see they add only where they
    are one of them; the pack is seen then by such people alone."""
    case.pack = _still_open(pack)
    must_say(because, "why it is added")
    record = by_reference(reference)
    if record is None:
        raise NotNow("There is no such case, or you may not see it. Check the number.")
    if EvidenceCase.objects.filter(pack=pack.pk, record=record.pk).figures().exists():
        raise NotNow("It is in the pack already, or was left out of it. Look at its cases.")
    case.added_because = because.strip()
    _about(case, record, by)


def _about(case: EvidenceCase, record: Any, by: User) -> None:
    case.kind, case.record, case.record_reference = record._meta.label_lower, record.pk, record.reference
    case.case_id, case.added_at, case.added_by = case_of(record), now(), by


@transition(source=State.IN.value, target=State.LEFT_OUT.value, may=Can.PREPARE_EVIDENCE)
def leave_evidence_out(case: EvidenceCase, *, by: User, because: str) -> None:
    """A case does not go into the pack, for a reason that stands in it."""
    _still_open(case.pack)
    must_say(because, "why it is left out")
    case.left_out_at, case.left_out_by, case.left_out_because = now(), by, because.strip()


@transition(source=State.LEFT_OUT.value, target=State.IN.value, may=Can.PREPARE_EVIDENCE)
def take_evidence_in_again(case: EvidenceCase, *, by: User, because: str) -> None:
    """A case that was left out goes into the pack after all."""
    _still_open(case.pack)
    must_say(because, "why it goes in after all")
    case.left_out_at, case.left_out_by, case.left_out_because = None, None, ""


def _still_open(pack: EvidencePack) -> EvidencePack:
    """Locked, so that nothing is chosen while it is put together."""
    held: EvidencePack = EvidencePack.objects.select_for_update(of=("self",)).get(pk=pack.pk)
    if held.state != EvidencePack.State.ASKED:
        raise NotNow(BEING_PREPARED)
    return held
