"""Who was handed what is entered before they are handed it, and stays entered whatever happens next."""

from uuid import uuid4

import pytest
from django.db import connections, transaction

from access.actor import System, acting
from access.ledger import CannotRecord, consulted
from access.models import Consultation
from ppn.models import Ppn
from tests.access.entries import consultations
from tests.stories import submitted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def audit():
    """The ledger's own connection, brought back to health after the test."""
    yield connections["audit"]
    connections["audit"].close()


def test_what_was_handed_over_is_entered_with_who_and_where(olly):
    ppn = submitted(olly)
    with acting(olly) as stretch:
        list(Ppn.objects.all())
    consulted(stretch.who, "ppn", stretch.handed_over)
    assert consultations() == [(f"user: {olly.pk}", "ppn", "ppn.ppn", [ppn.pk])]


def test_each_kind_of_record_has_an_entry_of_its_own(olly):
    first, second, third = sorted([uuid4(), uuid4(), uuid4()])
    consulted(olly, "home", {"ppn.subject": {third}, "ppn.ppn": {second, first}})
    assert [(kind, keys) for _, _, kind, keys in consultations()] == [
        ("ppn.ppn", [first, second]),
        ("ppn.subject", [third]),
    ]


def test_where_nothing_was_handed_over_nothing_is_entered(olly):
    consulted(olly, "home", {})
    consulted(olly, "home", {"ppn.ppn": set()})
    assert consultations() == []


def test_an_entry_stays_although_what_the_request_did_is_rolled_back(olly):
    key = uuid4()
    with transaction.atomic():
        consulted(olly, "ppn", {"ppn.ppn": {key}})
        transaction.set_rollback(True)
    assert [keys for *_, keys in consultations()] == [[key]]


def test_an_entry_is_there_before_the_requests_own_transaction_ends(olly):
    with transaction.atomic():
        consulted(olly, "ppn", {"ppn.ppn": {uuid4()}})
        assert len(consultations()) == 1


def test_an_entry_is_made_although_the_requests_own_transaction_is_broken(olly):
    with transaction.atomic(), connections["default"].cursor() as cursor:
        with pytest.raises(Exception, match="division by zero"):
            cursor.execute("SELECT 1 / 0")
        consulted(olly, "ppn", {"ppn.ppn": {uuid4()}})
        transaction.set_rollback(True)
    assert len(consultations()) == 1


def test_the_software_is_entered_too(db):
    consulted(System("nightly export"), "export", {"ppn.ppn": {uuid4()}})
    assert consultations()[0][0] == "system: nightly export"


def test_without_the_right_to_add_an_entry_nothing_may_be_shown(olly, audit):
    with connections["owner"].cursor() as cursor:
        cursor.execute("REVOKE INSERT (actor, page, kind, records) ON ledger_consultation FROM longstop_app")
    with pytest.raises(CannotRecord):
        consulted(olly, "ppn", {"ppn.ppn": {uuid4()}})


def test_without_the_table_nothing_may_be_shown(olly, audit):
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_consultation RENAME TO elsewhere")
    with pytest.raises(CannotRecord):
        consulted(olly, "ppn", {"ppn.ppn": {uuid4()}})


def test_without_the_connection_nothing_may_be_shown_and_then_again_it_may(olly, audit):
    name = audit.settings_dict["NAME"]
    audit.close()
    audit.settings_dict["NAME"] = "no_such_database"
    try:
        with pytest.raises(CannotRecord):
            consulted(olly, "ppn", {"ppn.ppn": {uuid4()}})
    finally:
        audit.settings_dict["NAME"] = name
    consulted(olly, "ppn", {"ppn.ppn": {uuid4()}})
    assert len(consultations()) == 1


def test_a_locked_ledger_is_one_that_cannot_be_written(olly, audit):
    with audit.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    with connections["owner"].cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE ledger_consultation IN ACCESS EXCLUSIVE MODE")
        try:
            with pytest.raises(CannotRecord):
                consulted(olly, "ppn", {"ppn.ppn": {uuid4()}})
        finally:
            cursor.execute("ROLLBACK")


def test_the_application_cannot_read_who_read_what(olly):
    consulted(olly, "ppn", {"ppn.ppn": {uuid4()}})
    with pytest.raises(Exception, match="permission denied"):
        list(Consultation.objects.all())


def test_more_keys_than_fit_on_a_page_are_entered_all_the_same(olly):
    keys = {uuid4() for _ in range(2000)}
    consulted(olly, "queue", {"ppn.ppn": keys})
    assert set(consultations()[0][3]) == keys
