"""The file of a pack: every changed byte is found, by anybody, without a database; and a seed draws the same again."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as some

from insight.evidence_kinds import KINDS
from insight.evidence_manifest import MANIFEST, Part, packed, part_of, wrong_with
from insight.evidence_tables import Column, Table, as_csv, as_text, harmless, read_csv
from insight.models import EvidenceDraw
from insight.workflow.evidence_cases import the_draw

AT = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
PARTS = [Part("cases/PPN-000001.csv", b"When,What\r\n", 0), Part("pack.pdf", b"%PDF-1.7")]
CONTENT, LISTED, SUM = packed(PARTS, {"pack": "EP-000001"}, AT)
STRATA = list(KINDS["incident"].strata)


def again(changed=None, without="", more=None, twice=""):
    """The same file with one thing done to it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(CONTENT)) as before, zipfile.ZipFile(out, "w") as after:
        held = {name: before.read(name) for name in before.namelist() if name != without}
        for name, content in {**held, **(changed or {}), **(more or {})}.items():
            after.writestr(name, content)
        if twice:
            with pytest.warns(UserWarning, match="Duplicate"):
                after.writestr(twice, held[twice])
    return out.getvalue()


def test_a_file_that_nobody_touched_is_whole():
    assert wrong_with(CONTENT, SUM) == wrong_with(CONTENT) == wrong_with(again(), SUM) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (again(changed={"pack.pdf": b"%PDF-1.8"}), "pack.pdf was changed."),
        (again(without="pack.pdf"), "pack.pdf is missing."),
        (again(more={"more.txt": b"x"}), "more.txt does not belong to it."),
        (b"not a file of ours", "It cannot be read as an evidence pack (File is not a zip file)."),
        (again(without=MANIFEST), "It cannot be read as an evidence pack"),
    ],
    ids=["changed", "missing", "added", "no file", "no list"],
)
def test_what_was_done_to_it_is_said(content, says):
    (found,) = wrong_with(content, SUM)
    assert found.startswith(says)


def test_a_part_that_is_there_twice_is_found():
    assert "pack.pdf is there twice." in wrong_with(again(twice="pack.pdf"), SUM)


def test_a_file_changed_together_with_its_list_is_found_by_the_sum_of_the_list():
    forged = packed([PARTS[0], Part("pack.pdf", b"%PDF-forged")], {"pack": "EP-000001"}, AT)[0]
    assert wrong_with(forged) == []
    assert wrong_with(forged, SUM) == ["Its list of contents is not the one whose hash was given."]


@given(place=some.integers(0, len(CONTENT) - 1), bit=some.integers(0, 7))
def test_any_flipped_bit_of_a_part_is_found(place, bit):
    """A bit of the archive's own bookkeeping (a date, an unused flag) may change nothing that is read."""
    flipped = bytearray(CONTENT)
    flipped[place] ^= 1 << bit
    found = wrong_with(bytes(flipped), SUM)
    if not found:
        with zipfile.ZipFile(io.BytesIO(bytes(flipped))) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == {
                MANIFEST: part_of(CONTENT, MANIFEST),
                **{part.name: part.content for part in PARTS},
            }


def test_the_same_parts_give_the_same_bytes_and_the_list_says_what_is_in_it():
    assert packed(PARTS, {"pack": "EP-000001"}, AT)[0] == CONTENT
    listed = json.loads(part_of(CONTENT, MANIFEST))
    assert listed == LISTED
    assert [each["name"] for each in listed["files"]] == ["cases/PPN-000001.csv", "pack.pdf"]
    assert part_of(CONTENT, "no such part") is None


def test_the_command_says_what_it_found(tmp_path, capsys):
    whole, changed = tmp_path / "whole.zip", tmp_path / "changed.zip"
    whole.write_bytes(CONTENT)
    changed.write_bytes(again(changed={"pack.pdf": b""}))
    call_command("verify_evidence", str(whole), manifest=SUM)
    assert "Every part is as it was put together" in capsys.readouterr().out
    call_command("verify_evidence", str(whole))
    assert "Give --manifest" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"pack\.pdf was changed"):
        call_command("verify_evidence", str(changed))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_evidence", str(tmp_path / "nothing.zip"))


@pytest.mark.parametrize("typed", ["=1+1", "+44", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_nothing_that_a_spreadsheet_would_run_stands_in_a_table(typed):
    table = Table("a", "A", [Column("What")], [[typed]])
    assert read_csv(as_csv(table))[1] == [[f"'{typed}"]]
    assert harmless("PPN-000001") == "PPN-000001"


def test_a_moment_says_its_distance_from_utc_in_the_night_the_clocks_change():
    moments = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    assert [as_text(each) for each in moments] == ["2026-10-25 01:30:00+01:00", "2026-10-25 01:30:00+00:00"]
    assert [as_text(each) for each in (None, True, 1.25)] == ["Not known", "Yes", "1.2"]


POPULATIONS = some.lists(some.sampled_from(STRATA), min_size=1, max_size=60)


@given(strata=POPULATIONS, size=some.integers(1, 80), seed=some.text("abcdefgh", min_size=1), order=some.randoms())
def test_a_seed_draws_the_same_cases_of_the_same_records_and_never_more_than_there_are(strata, size, seed, order):
    rows = [[f"IN-{number:06}", stratum] for number, stratum in enumerate(strata)]
    draw = EvidenceDraw(of="incident", seed=seed, size_asked=size, drawn_from=rows, strata=STRATA)
    drawn = the_draw(draw)
    assert len(drawn) == len(set(drawn)) == min(size, len(rows))
    assert set(drawn) <= {reference for reference, _ in rows}
    of = dict(rows)
    assert size < len(set(strata)) or {of[each] for each in drawn} == set(strata)
    draw.drawn_from = order.sample(rows, len(rows))
    assert the_draw(draw) == drawn


@given(strata=POPULATIONS, size=some.integers(1, 59), seed=some.text("abcdefgh", min_size=1))
def test_who_asks_for_more_gets_those_who_were_drawn_before_and_others(strata, size, seed):
    """Of records that are all alike; where there are strata, each has its share."""
    rows = [[f"IN-{number:06}", STRATA[0]] for number in range(len(strata))]
    draw = EvidenceDraw(of="incident", seed=seed, size_asked=size, drawn_from=rows, strata=STRATA)
    fewer = the_draw(draw)
    draw.size_asked = size + 1
    assert the_draw(draw)[: len(fewer)] == fewer
