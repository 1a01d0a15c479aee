"""A system that got no answer sends the same again. It is done once, and answered the same."""

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from access.actor import signed
from access.roles import Can
from accounts.models import IdempotentAnswer, Team
from accounts.workflow import cut_off
from tests.access.an_api import errors_of, let_in
from tests.access.entries import consultations
from tests.sla.made import at_once
from tests.stories import submitted

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.an_api")]

TEAMS, KEY = "/api/teams/", "one-thing-to-do"
BODY = {"name": "Made"}


@pytest.fixture
def cad(clock, fin):
    return let_in(fin)


def made():
    return Team.objects.filter(name__startswith="Made").count()


def test_sent_twice_it_is_done_once_and_answered_the_same(cad):
    first, second, third = (cad.post(TEAMS, BODY, key=KEY) for _ in range(3))
    assert (first.status_code, second.status_code, made()) == (201, 201, 1)
    assert first.content == second.content == third.content
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == third["Idempotent-Replayed"] == "true"


def test_another_key_is_another_thing_to_do(cad):
    assert cad.post(TEAMS, BODY).content != cad.post(TEAMS, BODY).content
    assert made() == 2


def test_two_systems_may_hit_on_the_same_key(cad, fin):
    other = let_in(fin, name="Ambulance")
    assert cad.post(TEAMS, BODY, key=KEY).content != other.post(TEAMS, BODY, key=KEY).content
    assert made() == 2


@pytest.mark.parametrize(
    ("where", "body"),
    [(TEAMS, {"name": "Made", "areas": []}), (TEAMS, b'{"name":"Made"}'), (f"{TEAMS}?again=1", BODY)],
)
def test_a_key_that_came_with_something_else_is_refused(cad, where, body):
    cad.post(TEAMS, BODY, key=KEY)
    answer = cad.post(where, body, key=KEY)
    assert (answer.status_code, errors_of(answer)) == (422, [("Idempotency-Key", "used")])
    assert made() == 1


@pytest.mark.parametrize("key", ["", "short67", "x" * 129, "with\ttabs\tin-it", "schlüssel-eins"])
def test_without_a_key_nothing_is_done_and_the_header_is_named(cad, key):
    answer = cad.post(TEAMS, BODY, **{"Idempotency-Key": key})
    assert (answer.status_code, errors_of(answer)) == (400, [("Idempotency-Key", "required")])
    assert made() == 0


@pytest.mark.parametrize("key", ["12345678", "x" * 128, '"8e03978e-40d5-43dd-bc93-6894a57f9324"', "with spaces"])
def test_any_printable_key_will_do(cad, key):
    assert cad.post(TEAMS, BODY, key=key).status_code == 201


def test_what_failed_leaves_nothing_behind_and_can_be_tried_again(cad, fin):
    late = {"name": "Late"}
    assert cad.post(TEAMS, late, key=KEY).status_code == 409
    assert not IdempotentAnswer.objects.exists()
    assert not Team.objects.filter(name__startswith="Late").exists()
    with signed(fin):
        Team.objects.create(name="Ready")
    again = cad.post(TEAMS, late, key=KEY)
    assert (again.status_code, "Idempotent-Replayed" in again) == (201, False)
    assert cad.post(TEAMS, late, key=KEY)["Idempotent-Replayed"] == "true"


def test_what_was_not_right_can_be_put_right_under_the_same_key(cad):
    assert cad.post(TEAMS, {"nam": "Made"}, key=KEY).status_code == 422
    assert cad.post(TEAMS, BODY, key=KEY).status_code == 201


def test_a_refusal_that_is_answered_and_not_raised_leaves_nothing_behind_either(cad):
    assert cad.post(TEAMS, {"name": "Refused"}, key=KEY).status_code == 400
    assert not IdempotentAnswer.objects.exists()
    assert not Team.objects.filter(name__startswith="Refused").exists()


def test_a_system_that_is_cut_off_hears_no_old_answer(cad, fin):
    cad.post(TEAMS, BODY, key=KEY)
    cut_off(cad.account, by=fin, because="No longer used")
    assert cad.post(TEAMS, BODY, key=KEY).status_code == 401


def test_no_more_is_kept_than_an_answer_needs(cad, clock):
    answer = cad.post(TEAMS, {"name": "Made", "caller": {"safe_number": "canary"}}, key=KEY)
    (row,) = IdempotentAnswer.objects.values()
    assert row.pop("id")
    assert len(row.pop("fingerprint")) == 64
    assert row == {
        "account_id": cad.account.pk,
        "key": KEY,
        "status": 201,
        "body": answer.content.decode(),
        "handed_over": {},
        "at": clock.at,
    }


def test_a_key_has_one_answer_whoever_writes_it(cad, clock):
    kept = {"account": cad.account, "key": KEY, "fingerprint": "0" * 64, "status": 201, "body": "", "at": clock.at}
    IdempotentAnswer.objects.create(**kept)
    with pytest.raises(IntegrityError, match="one_answer_for_a_key"), transaction.atomic():
        IdempotentAnswer.objects.create(**kept)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        IdempotentAnswer.objects.update(status=200)


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_one_does_it_and_the_others_get_its_answer(cad):
    answers = at_once(*[lambda: cad.post(TEAMS, BODY, key=KEY)] * 4)
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replayed" in answer for answer in answers) == 3
    assert made() == IdempotentAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_that_fail_each_is_told_and_nothing_is_kept(cad):
    answers = at_once(*[lambda: cad.post(TEAMS, {"name": "Late"}, key=KEY)] * 3)
    assert [answer.status_code for answer in answers] == [409] * 3
    assert not IdempotentAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_answer_given_again_is_entered_in_the_ledger_again(cad, olly):
    ppn = submitted(olly)
    answers = [cad.post(f"/api/notices/{ppn.pk}/", {}, key=KEY) for _ in range(2)]
    assert answers[0].json() == answers[1].json() == {"said": ppn.narrative}
    assert consultations() == [(f"service: {cad.account.pk}", "api-notice", "ppn.ppn", [ppn.pk])] * 2


@pytest.mark.django_db(transaction=True)
def test_an_answer_given_again_is_withheld_where_the_ledger_cannot_be_written(cad, olly):
    ppn = submitted(olly, narrative="canary-under-the-stairs")
    with connections["owner"].cursor() as owner:
        owner.execute("REVOKE INSERT (actor, page, kind, records) ON ledger_consultation FROM longstop_app")
    for _ in range(2):
        answer = cad.post(f"/api/notices/{ppn.pk}/", {}, key=KEY)
        assert (answer.status_code, errors_of(answer)) == (503, [])
        assert b"canary" not in answer.content
    with connections["owner"].cursor() as owner:
        owner.execute("GRANT INSERT (actor, page, kind, records) ON ledger_consultation TO longstop_app")
    answer = cad.post(f"/api/notices/{ppn.pk}/", {}, key=KEY)
    assert (answer.status_code, answer["Idempotent-Replayed"]) == (201, "true")


def test_a_system_that_has_lost_the_act_hears_no_old_answer(cad, fin):
    cad.post(TEAMS, BODY, key=KEY)
    with signed(fin):
        cad.account.acts = [Can.SEE_PPNS.value]
        cad.account.save()
    assert cad.post(TEAMS, BODY, key=KEY).status_code == 403
