"""Every change of an audited table is in the ledger with who made it, however it was made."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from access.actor import System, acting, signed
from access.time import now
from accounts.models import Absence, Posting, Team, User
from cases.models import Case, Restriction
from partners.models import Agency
from ppn import workflow
from ppn.models import Ppn, Subject
from tests.access.entries import alterations
from tests.stories import called_in, submitted
from triage.models import Incident

pytestmark = pytest.mark.django_db(transaction=True)


def _run(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)


def test_a_row_that_is_added_changed_and_removed_is_entered_three_times(cast, olly, sam):
    with signed(sam):
        absence = Absence.objects.create(
            person=olly, cover=sam, recorded_by=sam, starts=datetime.now(UTC), ends=datetime.now(UTC) + timedelta(1)
        )
        key = absence.pk
        absence.kind = "sick"
        absence.save()
        absence.delete()
    everything = ["cover_id", "ends", "id", "kind", "person_id", "recorded_by_id", "starts"]
    assert alterations("accounts_absence", key) == [
        (f"user: {sam.pk}", "INSERT", everything),
        (f"user: {sam.pk}", "UPDATE", ["kind"]),
        (f"user: {sam.pk}", "DELETE", everything),
    ]


def test_a_transition_is_entered_against_the_person_who_made_it(olly, cora):
    ppn = submitted(olly)
    workflow.take(ppn, by=cora)
    assert [(actor, what) for actor, what, _ in alterations("ppn_ppn", ppn.pk)] == [
        (f"user: {olly.pk}", "INSERT"),
        (f"user: {cora.pk}", "UPDATE"),
    ]
    assert alterations("ppn_ppn", ppn.pk)[1][2] == ["state", "taken_at", "taken_by_id"]


def test_what_a_transition_adds_beside_the_record_is_entered_too(olly):
    ppn = submitted(olly)
    subject = _as_the_software(lambda: ppn.subjects.get().pk)
    assert [what for _, what, _ in alterations("ppn_subject", subject)] == ["INSERT"]
    assert [what for _, what, _ in alterations("cases_case", ppn.case_id)] == ["INSERT"]


def _as_the_software(read):
    with acting(System("test")):
        return read()


CHANGES = {
    "by the model": lambda ppn: _save(ppn, narrative="More is known"),
    "by a queryset": lambda ppn: Ppn.objects.filter(pk=ppn.pk).update(narrative="More is known"),
    "in bulk": lambda ppn: Ppn.objects.bulk_update([_set(ppn, narrative="More is known")], ["narrative"]),
    "by hand": lambda ppn: _run("UPDATE ppn_ppn SET narrative = 'More is known' WHERE id = %s", ppn.pk),
    "through the base manager": lambda ppn: Ppn._base_manager.filter(pk=ppn.pk).update(narrative="More is known"),
    "in a common table expression": lambda ppn: _run(
        "WITH changed AS (UPDATE ppn_ppn SET narrative = 'x' WHERE id = %s RETURNING 1) SELECT count(*) FROM changed",
        ppn.pk,
    ),
    "by a merge": lambda ppn: _run(
        "MERGE INTO ppn_ppn USING (SELECT %s::uuid AS id) AS wanted ON ppn_ppn.id = wanted.id "
        "WHEN MATCHED THEN UPDATE SET narrative = 'x'",
        ppn.pk,
    ),
}


def _set(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return record


def _save(record, **values):
    _set(record, **values).save()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_entered_however_it_was_made(olly, cora, change):
    ppn = submitted(olly)
    with signed(cora):
        change(ppn)
    assert alterations("ppn_ppn", ppn.pk)[-1] == (f"user: {cora.pk}", "UPDATE", ["narrative"])


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_that_nobody_signed_is_refused_however_it_is_made(olly, change):
    ppn = submitted(olly)
    with acting(olly), pytest.raises(DatabaseError, match="no actor"):
        change(ppn)
    assert len(alterations("ppn_ppn", ppn.pk)) == 1


ADDITIONS = {
    "a user": lambda ppn: User.objects.create(username="nobody"),
    "a team": lambda ppn: Team.objects.create(name="Nobody's"),
    "a posting": lambda ppn: Posting.objects.create(
        person=ppn.submitted_by, role="fim", team=ppn.team, starts=ppn.submitted_at
    ),
    "an agency": lambda ppn: Agency.objects.create(name="Nobody's", kind="health", mailbox="nobody@vale.example"),
    "a case": lambda ppn: Case.objects.create(reference="CASE-1"),
    "a restriction": lambda ppn: Restriction.objects.create(
        case=ppn.case, person=ppn.submitted_by, because="x", since=now()
    ),
    "subjects in bulk": lambda ppn: Subject.objects.bulk_create(
        [Subject(ppn=ppn, part="child", name="Bo Example", seen="yes", spoken_to="yes")]
    ),
    "a row by hand": lambda ppn: _run("INSERT INTO accounts_team (name) VALUES ('Nobody''s')"),
}


@pytest.mark.parametrize("add", ADDITIONS.values(), ids=ADDITIONS)
def test_an_addition_that_nobody_signed_is_refused(olly, add):
    ppn = submitted(olly)
    with acting(olly), pytest.raises(DatabaseError, match="no actor"):
        add(ppn)


def test_an_empty_signature_is_no_signature(olly):
    with transaction.atomic():
        _run("SELECT set_config('app.actor', '', true)")
        with pytest.raises(DatabaseError, match="no actor"), transaction.atomic():
            _run("INSERT INTO accounts_team (name) VALUES ('Nobody''s')")


def test_a_signature_ends_with_its_transaction(olly):
    with signed(olly):
        Team.objects.create(name="Signed")
    with pytest.raises(DatabaseError, match="no actor"):
        Team.objects.create(name="Not signed")


def test_what_is_rolled_back_leaves_no_entry(olly):
    with signed(olly):
        Team.objects.create(name="Not after all")
        transaction.set_rollback(True)
    assert not [entry for entry in alterations("accounts_team") if entry[0] == f"user: {olly.pk}"]


def test_signing_in_is_not_a_change_of_the_person_and_a_new_password_is(olly):
    User.objects.filter(pk=olly.pk).update(last_login=datetime.now(UTC))
    with signed(olly):
        User.objects.filter(pk=olly.pk).update(password="!changed")
    assert [fields for _, what, fields in alterations("accounts_user", olly.pk) if what == "UPDATE"] == [["password"]]


def test_when_one_person_signs_inside_what_another_signs_each_answers_for_their_own(olly, sam):
    with signed(sam):
        Team.objects.create(name="Sam's, before")
        with signed(olly):
            Team.objects.create(name="Olly's")
        Team.objects.create(name="Sam's, after")
    assert [entry[0] for entry in alterations("accounts_team")[-3:]] == [
        f"user: {sam.pk}",
        f"user: {olly.pk}",
        f"user: {sam.pk}",
    ]


def test_the_software_signs_what_it_does_by_itself(cast, callie):
    incident = called_in(callie)
    with signed(System("disposal drill")):
        Incident.objects.filter(pk=incident.pk).update(caller="")
    assert alterations("triage_incident", incident.pk)[-1][0] == "system: disposal drill"


def test_a_temporary_table_of_the_ledgers_name_swallows_nothing(olly):
    with signed(olly):
        try:
            with transaction.atomic():
                _run(
                    'CREATE TEMP TABLE ledger_alteration (id bigserial, actor text, "table" text, "row" text, '
                    "operation text, fields text[])"
                )
                _run("GRANT ALL ON ledger_alteration TO PUBLIC")
                _run("GRANT ALL ON SEQUENCE ledger_alteration_id_seq TO PUBLIC")
        except DatabaseError:
            pass
        Team.objects.create(name="In the dark")
    assert alterations("accounts_team")[-1][0] == f"user: {olly.pk}"
