"""Every table says who may see it, is watched by the ledger, and cannot be emptied by the application."""

import pytest
from django.db import connection
from django.db.models import CheckConstraint, Q

from access.checks import every_model_says_who_may_see_it, our_models
from access.guarded import Guarded, GuardedManager

pytestmark = pytest.mark.django_db

NOT_AUDITED = {
    "access.Consultation": "it is the ledger",
    "access.Alteration": "it is the ledger",
    "history.EarlierRow": "written by the database beside each change, and says which",
    "workflow.Step": "append-only, and says itself who and when",
    "sla.Clock": "written by transitions, which have steps, and by the sweep",
    "sla.Escalation": "append-only",
    "sla.Notification": "written with its escalation; acknowledging says who and when",
    "sla.Heartbeat": "says only that the software is alive",
    "triage.CallLogImport": "says itself who and when; counts only",
    "places.PlacesImport": "says itself who and when; counts only",
    "places.District": "public reference data, loaded from a file",
    "places.Postcode": "public reference data, loaded from a file",
    "search.Indexed": "derived from guarded records",
    "search.Pair": "derived from guarded records",
    "search.Word": "derived from guarded records",
    "cases.MatchKeys": "derived from guarded records",
    "cases.Reveal": "append-only, and says itself who and when",
    "cases.SearchMade": "append-only, and says itself who and when",
    "accounts.IdempotentAnswer": "append-only, and says itself which account and when",
}
MAY_BE_DELETED = {
    "accounts.AccessToken": "one that has run out for a day opens nothing; the ledger keeps that it was given out",
    "accounts.Absence": "one that never began is gone",
    "cases.Restriction": "a person may be taken out again; the ledger keeps that they were named",
    "sla.Heartbeat": "one row, of no value once it is old",
    "search.Indexed": "derived: written anew whenever its record changes",
    "search.Pair": "derived: written anew whenever its record changes",
    "search.Word": "derived: written anew whenever its record changes",
}
PAIRS_THAT_MAY_PART = {
    "triage.Incident attended": "an arrival read from a call log has no person",
    "offenders.Spell over": "a stay abroad ends with the return that was notified, written down by Longstop",
    "online.LinkedChild settled": "social care may answer by its own system: nobody here recorded it",
    "places.PlaceToCheck settled": "one that a later import placed was settled by no person",
}
LEDGER = ["ledger_alteration", "ledger_consultation"]
MODELS = our_models()
GUARDED = [model for model in MODELS if issubclass(model, Guarded)]


def _label(model):
    return str(model._meta.label)


def _rows(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def _ids(models):
    return pytest.mark.parametrize("model", models, ids=_label)


def test_every_model_says_who_may_see_it():
    assert every_model_says_who_may_see_it(None) == []


def test_there_is_something_to_guard():
    assert len(GUARDED) >= 6


@_ids(GUARDED)
def test_a_guarded_model_has_one_door(model):
    assert type(model._default_manager) is GuardedManager
    assert [type(manager) for manager in model._meta.managers] == [GuardedManager]


@_ids([model for model in MODELS if not issubclass(model, Guarded) and not model._meta.auto_created])
def test_an_open_model_says_why_in_words(model):
    assert len(model.open_because.split()) > 1


def _triggers(model):
    return dict(
        _rows(
            "SELECT tgname, tgenabled::text FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            model._meta.db_table,
        )
    )


@_ids([model for model in MODELS if not model._meta.auto_created])
def test_every_table_is_watched_by_the_ledger_or_says_why_not(model):
    assert ("audited" in _triggers(model)) != (_label(model) in NOT_AUDITED)


@_ids(GUARDED)
def test_every_guarded_table_is_watched_by_the_ledger(model):
    assert "audited" in _triggers(model)


@_ids([model for model in MODELS if not model._meta.auto_created])
def test_the_application_removes_no_row_but_where_that_is_meant(model):
    (privileges,) = _rows(
        "SELECT has_table_privilege('longstop_app', %s, 'DELETE'), has_table_privilege('longstop_app', %s, 'TRUNCATE')",
        model._meta.db_table,
        model._meta.db_table,
    )
    assert privileges == (_label(model) in MAY_BE_DELETED, False)


@pytest.mark.parametrize("table", LEDGER)
def test_what_the_application_may_do_to_the_ledger(table):
    whole = _rows(
        "SELECT privilege FROM unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER']) "
        "AS privilege WHERE has_table_privilege('longstop_app', %s, privilege)",
        table,
    )
    columns = _rows(
        "SELECT attname, privilege FROM pg_attribute, unnest(ARRAY['SELECT','INSERT','UPDATE']) AS privilege "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "AND has_column_privilege('longstop_app', %s, attname, privilege) ORDER BY 1, 2",
        table,
        table,
    )
    may = {"ledger_alteration": [], "ledger_consultation": ["actor", "kind", "page", "records"]}[table]
    assert (whole, columns) == ([], [(name, "INSERT") for name in may])


def test_everybody_else_may_do_nothing_to_the_ledger():
    assert (
        _rows(
            "SELECT relname FROM pg_class, aclexplode(relacl) AS granted "
            "WHERE relname LIKE 'ledger%%' AND relkind = 'r' "
            "AND granted.grantee NOT IN (relowner, 'longstop_app'::regrole)"
        )
        == []
    )


def test_the_application_owns_nothing():
    assert _rows("SELECT relname FROM pg_class WHERE relowner = 'longstop_app'::regrole AND relpersistence = 'p'") == []
    assert _rows("SELECT has_schema_privilege('longstop_app', 'public', 'CREATE')") == [(False,)]


def test_what_runs_with_the_owners_rights_cannot_be_led_astray():
    """A function that runs as its owner must not find a table that its caller made for the moment."""
    paths = _rows(
        "SELECT proname, proconfig::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    )
    assert paths
    assert [name for name, path in paths if "pg_temp" not in (path or "")] == []


def _pairs():
    for model in MODELS:
        fields = {field.name: field for field in model._meta.fields}
        for name, field in fields.items():
            other = fields.get(f"{name.removesuffix('_at')}_by")
            if name.endswith("_at") and other is not None and field.null and other.null:
                yield model, name.removesuffix("_at")


def _mentioned(condition):
    for child in condition.children:
        if isinstance(child, Q):
            yield from _mentioned(child)
        else:
            yield child[0].split("__")[0]


@pytest.mark.parametrize(("model", "pair"), list(_pairs()), ids=lambda each: str(getattr(each, "__name__", each)))
def test_who_and_when_are_known_together_or_not_at_all(model, pair):
    checked = [
        set(_mentioned(constraint.condition))
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
    ]
    assert {f"{pair}_at", f"{pair}_by"} in checked or f"{_label(model)} {pair}" in PAIRS_THAT_MAY_PART
