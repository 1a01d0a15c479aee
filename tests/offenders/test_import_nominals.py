"""The caseload of before, loaded from a file: everybody once, with their days; whoever cannot be is listed."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from access.actor import System, acting
from offenders.models import Nominal, NotificationDuty
from tests.households import on_record

pytestmark = pytest.mark.django_db
HEADINGS = (
    "external_system,external_ref,person,given_names,family_name,born_on,manager,managed_as,offence,disposal,"
    "relevant_on,under_18,last_notified_on,last_visited_on,assessed_on,risk,interval_days,reviewed_on"
)
ALBAN = (
    "ViSOR,V1,,Alban,Marchfold,1971-06-03,omar,rso,Section 7,months_30,07/05/2019,no,2025-03-10,2026-01-05,2025-06-01,"
    "high,90,2025-04-01"
)
DESMOND = "ViSOR,V2,,Desmond,Garmere,,olga,violent,,,,,,,,,,"


@pytest.fixture
def run(tmp_path, cast):
    def run(*rows, by="hana", headings=HEADINGS):
        path, out, err = tmp_path / "caseload.csv", StringIO(), StringIO()
        path.write_text("\ufeff" + "\n".join([headings, *rows]), encoding="utf-8")
        call_command("import_nominals", str(path), by=by, stdout=out, stderr=err)
        return out.getvalue().strip(), err.getvalue().strip().splitlines()

    return run


def everybody():
    with acting(System("test")):
        return {str(nominal.external_ref): nominal for nominal in Nominal.objects.select_related("person", "manager")}


def test_everybody_is_taken_over_once_with_the_days_of_the_old_record(run, omar, olga):
    assert run(ALBAN, DESMOND) == ('{"taken_over": 2, "here_already": 0, "not_loaded": 0}', [])
    made = everybody()
    alban = made["V1"]
    assert (alban.person.name, alban.manager, alban.state, alban.risk) == ("Alban Marchfold", omar, "active", "high")
    assert (alban.indefinite, alban.interval_days, alban.relevant_on) == (True, 90, date(2019, 5, 7))
    assert (made["V2"].manager, made["V2"].state) == (olga, "awaiting_visit")
    with acting(System("test")):
        assert NotificationDuty.objects.get(nominal=alban).due_on == date(2026, 3, 10)
    assert run(ALBAN, DESMOND)[0] == '{"taken_over": 0, "here_already": 2, "not_loaded": 0}'
    assert len(everybody()) == 2


def row(**said):
    values = dict(zip(HEADINGS.split(","), ALBAN.split(","), strict=True)) | {"external_ref": "V9", **said}
    return ",".join(values.values())


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"manager": "nobody"}, "Nobody here is called nobody"),
        ({"manager": "cora"}, "manages no offenders"),
        ({"managed_as": ""}, "managed_as is empty"),
        ({"relevant_on": "7 May 2019"}, "write a day as"),
        ({"relevant_on": ""}, "has a relevant date"),
        ({"under_18": ""}, "under_18 has to be yes or no"),
        ({"disposal": "warning"}, "No disposal called warning"),
        ({"offence": ""}, "the offence"),
        ({"last_visited_on": "2027-01-01"}, "cannot be in the future"),
        ({"risk": ""}, "without a risk"),
        ({"interval_days": "often"}, "give a number of days"),
        ({"person": "PER-999999"}, "Nobody on record has the reference"),
        ({"external_ref": ""}, "no reference"),
    ],
)
def test_a_row_that_cannot_be_taken_over_is_listed_and_holds_nobody_up(run, said, why):
    summary, listed = run(row(**said), DESMOND)
    assert summary == '{"taken_over": 1, "here_already": 0, "not_loaded": 1}'
    assert len(listed) == 1
    assert "line 2" in listed[0]
    assert why in listed[0]
    assert list(everybody()) == ["V2"]


def test_whoever_may_be_on_record_already_is_asked_about_and_then_found(run, hana):
    person = on_record(hana, "Alban Marchfold", born=date(1971, 6, 3))
    _, listed = run(ALBAN)
    assert "may be on record already" in listed[0]
    assert person.reference in listed[0]
    run(row(external_ref="V1", person=person.reference))
    assert everybody()["V1"].person == person


def test_a_file_that_cannot_be_used_or_somebody_who_may_not_loads_nothing(run):
    with pytest.raises(CommandError, match="no column manager"):
        run("ViSOR", headings="external_system,external_ref,family_name,managed_as")
    with pytest.raises(CommandError, match="column bank_account"):
        run(ALBAN, headings=f"{HEADINGS},bank_account")
    with pytest.raises(CommandError, match="Nobody here is called ghost"):
        run(ALBAN, by="ghost")
    with pytest.raises(CommandError, match="You may not keep the register"):
        run(ALBAN, by="omar")
    assert everybody() == {}
