"""What the page of a managed person shows of the hub, of transfers and scrutiny, and of the folders of before."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string

from access.actor import System, acting
from access.time import now
from offenders.models import LegacyFolder
from offenders.nominal_parts import parts_of
from tests.offenders.hub_scenes import a_round, going, task_of
from tests.offenders.scenes import managed

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal(clock, hana, omar):
    return managed(hana, omar, "Conrad Fernfold", external_system="ViSOR", external_ref="V-100")


def parts(nominal, who):
    with acting(who):
        return {part.heading: part for part in parts_of(nominal, who)}


def drawn(part):
    return render_to_string(part.template, {**part.context, "part": part, "now": now()})


def test_what_visor_has_to_know_stands_there_with_a_warning(nominal, hana, omar, clock):
    task_of(hana, nominal, kind="travel_out", what="To France", happens_at=clock.at)
    part = parts(nominal, omar)["ViSOR"]
    assert "To France" in drawn(part)
    assert part.warnings == ["Leaves Mon 2 March 2026, 09:00. ViSOR does not have it yet"]
    assert "for a ViSOR hub administrator" in part.actions[0]["why_not"] or part.actions[0]["why_not"]


def test_who_may_do_what(nominal, omar, stella):
    labels = {action["label"]: action["why_not"] for action in parts(nominal, stella)["Manager and transfers"].actions}
    assert labels == {"Another offender manager": "", "Transfer to another force": ""}
    own = {action["label"]: action["why_not"] for action in parts(nominal, omar)["Manager and transfers"].actions}
    assert own["Transfer to another force"] == ""
    assert own["Another offender manager"].startswith("for a")


def test_a_transfer_that_goes_on_is_not_asked_for_again(nominal, omar, stella):
    going(nominal, omar)
    part = parts(nominal, stella)["Manager and transfers"]
    assert [action["label"] for action in part.actions] == ["Another offender manager"]
    assert "Vale Police" in drawn(part)


def test_whoever_has_no_manager_is_a_warning(nominal, omar, stella, clock):
    from datetime import timedelta

    from access.actor import signed

    with signed(System("test")):
        omar.postings.update(ends=clock.at)
    clock.shift(timedelta(minutes=1))
    (warning,) = parts(nominal, stella)["Manager and transfers"].warnings
    assert warning.startswith("Nobody manages them: Omar")


def test_what_another_team_looks_at_is_there_only_when_it_was_drawn(nominal, stella):
    assert "Looked at by another team" not in parts(nominal, stella)
    a_round(nominal)
    assert "To be looked at" in drawn(parts(nominal, stella)["Looked at by another team"])


# The secure folders of before


def loads(tmp_path, text, encoding="utf-8"):
    file, out, err = tmp_path / "folders.csv", StringIO(), StringIO()
    file.write_bytes(text.encode(encoding))
    call_command("import_legacy_folders", str(file), stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().strip().splitlines()


ROWS = "nominal,system,number,title,dated_on\n"


def test_folders_are_loaded_once_and_shown_to_be_read(nominal, omar, tmp_path):
    text = f"{ROWS}{nominal.reference},Secure drive,F-12,Visits 2019,2019-05-01\nv-100,Secure drive,F-13,,\n"
    assert loads(tmp_path, text) == ("2 loaded, 0 there already, 0 not loaded", [])
    assert loads(tmp_path, text)[0] == "0 loaded, 2 there already, 0 not loaded"
    shown = drawn(parts(nominal, omar)["Secure folders of before"])
    for said in ("Secure drive F-12", "Visits 2019. 1 May 2019", "No title. Date not known", "Nothing is added"):
        assert said in shown, said


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("NOM-999999,Drive,F-1,,", "line 2: nobody we manage has the reference “NOM-999999”"),
        (",Drive,F-1,,", "line 2: nobody we manage has the reference “”"),
        ("V-100,,F-1,,", "line 2: it names no folder"),
        ("V-100,Drive,F-1,,1 May", "line 2: “1 May” is no date (YYYY-MM-DD)"),
    ],
)
def test_a_row_that_is_wrong_is_listed_and_costs_no_other(nominal, omar, tmp_path, row, why):
    said, listed = loads(tmp_path, f"{ROWS}{row}\nV-100,Drive,F-2,Good,\n")
    assert (said, listed) == ("1 loaded, 0 there already, 1 not loaded", [why])
    with acting(omar):
        assert [each.number for each in LegacyFolder.objects.all()] == ["F-2"]


def test_a_file_without_its_headings_is_refused(nominal, tmp_path):
    with pytest.raises(CommandError, match="no column headed nominal"):
        loads(tmp_path, "a,b\n1,2\n")
