"""Every table is remembered, or it is said here why a page of another moment shows it as it is today."""

import pytest

from access.checks import our_models
from access.time import now
from history.replay import remembered_tables

pytestmark = pytest.mark.django_db

NEED_TO_KNOW = "who may see what is asked as it is today"
PUBLISHED = "as published, with dates of its own; it is loaded anew as a whole"
INDEX = "written anew from the records; people are found as they are known today"
ACCESS = "who of a partner agency is let in is asked as it is today"
RUNS = "says what ran and when, and no page of a record shows it"
AS_TODAY = {
    **dict.fromkeys(["accounts_absence", "accounts_posting", "accounts_team", "accounts_user"], NEED_TO_KNOW),
    **dict.fromkeys(
        ["cases_case", "cases_conflict", "cases_involvement", "cases_person", "cases_restriction"], NEED_TO_KNOW
    ),
    **dict.fromkeys(["cases_protectedaddress", "cases_reveal"], "a look at a protected address is one of today"),
    **dict.fromkeys(
        ["quality_review", "quality_sample", "quality_secondlook"], "what is withheld from a blind reviewer"
    ),
    **dict.fromkeys(["quality_scrutinyconflict", "quality_scrutinymember"], NEED_TO_KNOW),
    **dict.fromkeys(["accounts_serviceaccount", "accounts_accesstoken", "accounts_idempotentanswer"], ACCESS),
    **dict.fromkeys(["partners_agencyaccount", "partners_agencyperson"], ACCESS),
    **dict.fromkeys(["partners_webhook", "partners_webhookcall"], "calls to a partner's system, each with its moment"),
    **dict.fromkeys([f"places_{name}" for name in ("district", "localauthority", "postcode", "school")], PUBLISHED),
    **dict.fromkeys(["places_placesimport", "places_placetocheck"], PUBLISHED),
    **dict.fromkeys(["cases_matchkeys", "search_indexed", "search_pair", "search_word"], INDEX),
    **dict.fromkeys(
        ["documents_storecheck", "encompass_calendarimport", "sla_heartbeat", "triage_calllogimport"], RUNS
    ),
    "cases_searchmade": "each search has its moment, and is never changed",
    "offenders_pillar": "comes with the software",
    "ppn_draft": "its author's alone, and no record yet",
    "sla_setting": "has dates of its own: a length is never changed, another one follows it",
}
BY_THE_DATABASE = {"history_earlierrow", "ledger_alteration", "ledger_consultation"}


def test_every_table_is_remembered_or_it_is_said_why_not():
    remembered = {each.table for each in remembered_tables(now())}
    ours = {model._meta.db_table for model in our_models()} - BY_THE_DATABASE
    assert ours - remembered == set(AS_TODAY)
