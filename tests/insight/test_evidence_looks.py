"""Who looked at the records of a pack is extracted from the ledger by whoever owns the database, and by nobody else."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from insight.evidence_tables import read_csv
from tests.conftest import hours
from tests.insight.evidence_scenes import asked, case_added, prepared, store  # noqa: F401 - fixture
from tests.stories import called_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def test_each_look_at_a_case_up_to_the_moment_of_the_pack_with_who_and_in_which_post(
    client, clock, callie, connie, greta, tmp_path
):
    clock.set(datetime.now(UTC))  # the ledger goes by the database's own clock
    call, other = called_in(callie), called_in(callie)
    client.force_login(connie)
    for record in (call, other):
        assert client.get(record.get_absolute_url()).status_code == 200
    clock.shift(hours(1))
    pack = prepared(greta, call, begins_on=clock.at.date(), ends_on=clock.at.date())
    call_command("evidence_looks", pack.reference, str(tmp_path / "looks.csv"))
    labels, rows = read_csv((tmp_path / "looks.csv").read_bytes())
    looks = [dict(zip(labels, row, strict=True)) for row in rows]
    assert {each["Case"] for each in looks} == {call.reference}
    (seen,) = [each for each in looks if (each["Page"], each["Record"]) == ("incident", call.reference)]
    assert seen["Their post then"] == str(connie.postings.get().get_role_display())
    assert seen["Who"].startswith(seen["Their post then"])
    assert "Connie" not in (tmp_path / "looks.csv").read_text()


def test_nobody_but_the_owner_of_the_database_gets_an_extract(clock, callie, greta, tmp_path):
    pack = prepared(greta, called_in(callie))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections._connections, "owner", connections["default"], raising=False)
        with pytest.raises(CommandError, match="run this as the owner"), transaction.atomic():
            call_command("evidence_looks", pack.reference, str(tmp_path / "looks.csv"))
    assert not (tmp_path / "looks.csv").exists()


def test_of_a_pack_that_nobody_put_together_there_is_no_extract(clock, callie, greta, tmp_path):
    pack = asked(greta)
    case_added(pack, greta, called_in(callie))
    with pytest.raises(CommandError, match="nobody has put it together"):
        call_command("evidence_looks", pack.reference, str(tmp_path / "looks.csv"))
