"""A system is let in for certain acts and for a time, by somebody who may, and its token is kept nowhere."""

import hashlib
import io
import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from access.actor import NotYours, System, acting, signed
from access.roles import Can, Role, acts_of
from accounts.models import ServiceAccount, User
from accounts.service import ServiceActor
from accounts.tokens import account_of
from accounts.workflow import LONGEST, NotPossible, cut_off, issue_account, renew
from cases.models import Person
from cases.workflow.cases import restrict
from ppn.models import Ppn
from ppn.workflow import found_a_child
from tests.access.entries import alterations
from tests.conftest import hours
from tests.stories import ANYA, submitted
from workflow.models import Step

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


@pytest.fixture
def feed(clock, fin):
    """(the account, its token)"""
    return issue_account("Command and control", by=fin, acts=[Can.TAKE_CALL], lasts=A_DAY)


def test_a_token_names_its_account_and_holds_256_random_bits(feed):
    account, token = feed
    prefix, number, secret = token.split("_", 2)
    assert (prefix, number) == ("ls", str(account.pk))
    assert len(secret) == len(secrets.token_urlsafe(32))
    assert account_of(token) == account


def test_the_token_itself_is_kept_nowhere(feed):
    account, token = feed
    secret = token.split("_", 2)[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM accounts_serviceaccount AS a")
        ((kept,),) = cursor.fetchall()
    assert secret not in kept
    assert hashlib.sha256(secret.encode()).hexdigest() in kept
    assert account.token_hash in kept


def test_two_accounts_have_nothing_in_common(feed, fin):
    _, other = issue_account("Ambulance", by=fin, acts=[Can.TAKE_CALL], lasts=A_DAY)
    number, secret = other.split("_")[1], feed[1].split("_", 2)[2]
    assert account_of(f"ls_{number}_{secret}") is None


def test_who_may_let_a_system_in(cast):
    may = {name for name, person in cast.items() if person.can(Can.MANAGE_SERVICE_ACCOUNTS)}
    assert may == {"fin", "chidi", "sue"}
    for role in (Role.FIM, Role.MASH_CHIEF_INSPECTOR, Role.SUPERINTENDENT):
        assert Can.MANAGE_SERVICE_ACCOUNTS in acts_of({role})


def test_nobody_else_lets_a_system_in_or_gives_it_a_token_or_cuts_it_off(feed, ines, connie):
    for person in (ines, connie):
        for attempt in (
            lambda by: issue_account("Mine", by=by, acts=[Can.TAKE_CALL], lasts=A_DAY),
            lambda by: renew(feed[0], by=by, lasts=A_DAY),
            lambda by: cut_off(feed[0], by=by, because="I can"),
        ):
            with pytest.raises(NotYours, match="manage service accounts"):
                attempt(person)


def test_nobody_gives_a_system_what_is_not_theirs(feed, chidi):
    with pytest.raises(NotYours, match="You may not take a call, so you cannot let a system do it"):
        issue_account("Mine", by=chidi, acts=[Can.SEE_PPNS, Can.TAKE_CALL], lasts=A_DAY)
    with pytest.raises(NotYours, match="You may not take a call"):
        renew(feed[0], by=chidi, lasts=A_DAY)
    assert cut_off(feed[0], by=chidi, because="It floods the queue").cut_off_by == chidi


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "Give the system a name"),
        ({"name": "x" * 81}, "Give the system a name"),
        ({"name": "Command and control"}, "already"),
        ({"acts": []}, "Say what the system may do"),
        ({"acts": [Can.MANAGE_SERVICE_ACCOUNTS]}, "cannot let other systems in"),
        ({"lasts": timedelta(0)}, "lasts from one to 366 days"),
        ({"lasts": LONGEST + A_DAY}, "lasts from one to 366 days"),
    ],
)
def test_what_an_account_has_to_have(feed, fin, change, said):
    asked = {"name": "Another", "acts": [Can.TAKE_CALL], "lasts": A_DAY, **change}
    with pytest.raises(NotPossible, match=said):
        issue_account(asked.pop("name"), by=fin, **asked)


def test_it_expires_to_the_moment(feed, clock):
    account, token = feed
    clock.set(account.expires_at - timedelta(microseconds=1))
    assert account_of(token) == account
    clock.set(account.expires_at)
    assert account_of(token) is None


def test_a_new_token_stops_the_old_one_at_once(feed, clock, fin):
    account, old = feed
    clock.shift(hours(20))
    account, new = renew(account, by=fin, lasts=A_DAY)
    assert (account_of(old), account_of(new)) == (None, account)
    assert account.expires_at == clock.at + A_DAY


def test_what_is_cut_off_stays_so_and_says_why(feed, clock, fin, sue):
    account, token = feed
    account = cut_off(account, by=fin, because=" Its server was broken into ")
    assert account_of(token) is None
    assert (account.cut_off_at, account.cut_off_by) == (clock.at, fin)
    assert account.cut_off_because == "Its server was broken into"
    with pytest.raises(NotPossible, match="was cut off, and stays so"):
        renew(account, by=fin, lasts=A_DAY)
    with pytest.raises(NotPossible, match="was cut off, and stays so"):
        cut_off(account, by=fin, because="Again")


def test_cutting_off_takes_a_reason(feed, fin):
    with pytest.raises(NotPossible, match="Say why Command and control is cut off"):
        cut_off(feed[0], by=fin, because=" ")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"token_hash": "ls_1_" + "x" * 43}, "a_token_is_kept_as_a_hash"),
        ({"token_hash": "A" * 64}, "a_token_is_kept_as_a_hash"),
        ({"name": ""}, "a_service_has_a_name"),
        ({"acts": []}, "a_service_may_do_something"),
        ({"expires_at": "2026-03-02T09:00Z"}, "a_service_expires"),
        ({"expires_at": None}, "not-null"),
        ({"cut_off_at": "2026-03-02T09:00Z", "cut_off_because": "Sold"}, "cut_off_by_somebody"),
        ({"cut_off_because": "Nobody did it"}, "cut_off_for_a_reason"),
    ],
)
def test_the_database_holds_it_too(feed, fin, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), signed(fin):
        ServiceAccount.objects.filter(pk=feed[0].pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_each_change_is_in_the_ledger(feed, fin, sue):
    account, _ = feed
    renew(account, by=fin, lasts=2 * A_DAY)
    cut_off(account, by=sue, because="No longer used")
    entries = alterations("accounts_serviceaccount", account.pk)
    assert [(actor, done) for actor, done, _ in entries] == [
        (f"user: {fin.pk}", "INSERT"),
        (f"user: {fin.pk}", "UPDATE"),
        (f"user: {sue.pk}", "UPDATE"),
    ]
    assert entries[1][2] == ["expires_at", "token_hash"]
    assert entries[2][2] == ["cut_off_at", "cut_off_because", "cut_off_by_id"]


# The system as the one who acts.


def test_a_system_may_do_what_it_was_given_and_no_more(feed):
    actor = ServiceActor.of(feed[0])
    assert {act for act in Can if actor.can(act)} == {Can.TAKE_CALL}
    assert {act for act in Can if System("sweep").can(act)} == set(Can)


def test_an_act_that_the_code_no_longer_knows_is_no_act(feed):
    account, _ = feed
    account.acts = ["take call", "open the safe"]
    assert ServiceActor.of(account).acts == {Can.TAKE_CALL}


def test_a_system_is_named_in_words_and_found_in_the_ledger_by_its_number(feed):
    account, _ = feed
    actor = ServiceActor.of(account)
    assert (str(actor), actor.signature()) == ("Command and control", f"service: {account.pk}")


def test_a_system_is_never_taken_for_a_person_with_the_same_number(feed, fin):
    actor = ServiceActor.of(feed[0])
    assert actor.pk is None
    assert actor not in User.objects.all()


def test_longstop_itself_sees_everything_and_a_system_what_is_not_restricted(feed, olly, sam):
    actor = ServiceActor.of(feed[0])
    shown, hidden = submitted(olly), submitted(olly, [replace(ANYA, name="Ben Example")])
    restrict(hidden.case, by=sam, people=[sam], because="A colleague's child")
    with acting(System("sweep")):
        assert Ppn.objects.count() == 2
        everybody = Person.objects.count()
    with acting(actor):
        assert list(Ppn.objects.all()) == [shown]
        assert Ppn.objects.filter(pk=hidden.pk).first() is None
        assert 0 < Person.objects.count() < everybody
    assert [person.sees_everything for person in (sam, actor, System("sweep"))] == [False, False, True]


def test_a_step_that_a_system_took_says_which(clock, chidi, olly):
    account, _ = issue_account("School register", by=chidi, acts=[found_a_child.may], lasts=A_DAY)
    ppn = found_a_child(submitted(olly), by=ServiceActor.of(account), how_we_know="On the register")
    step = Step.of(ppn).last()
    assert (step.by, step.by_system, step.transition) == (None, "School register", "ppn.found_a_child")


def test_a_system_takes_no_step_that_it_was_not_given(feed, olly):
    with pytest.raises(NotYours):
        found_a_child(submitted(olly), by=ServiceActor.of(feed[0]), how_we_know="On the register")


# The command.


def run(*words):
    said = io.StringIO()
    call_command("service_account", *words, stdout=said)
    return said.getvalue().splitlines()


def test_the_command_shows_the_token_once_and_never_again(clock, fin):
    said = run("add", "CAD", "--acts", "take-call", "see incidents", "--days", "30", "--by", "fin")
    assert said[0] == "CAD: works until 01 April 2026, 10:00. Its token, which is not shown again:"
    assert account_of(said[1]).acts == ["see incidents", "take call"]
    assert run("list") == ["CAD: see incidents, take call; works until 01 April 2026, 10:00"]
    again = run("renew", "CAD", "--days", "31", "--by", "fin")
    assert account_of(said[1]) is None
    assert account_of(again[1]).expires_at == clock.at + timedelta(days=31)
    assert run("cut-off", "CAD", "--because", "Replaced", "--by", "fin") == ["CAD is cut off."]
    assert run("list") == [
        "CAD: see incidents, take call; cut off 02 March 2026, 09:00 by Fin Force-Incident-Manager: Replaced"
    ]


def test_the_list_says_what_has_expired(feed, clock):
    clock.shift(A_DAY)
    assert run("list") == ["Command and control: take call; expired 03 March 2026, 09:00"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "CAD", "--acts", "fly", "--days", "1", "--by", "fin"], "there is no act fly; there are see-incidents"),
        (["add", "CAD", "--acts", "take-call", "--days", "1", "--by", "nobody"], "nobody is called nobody"),
        (["add", "CAD", "--acts", "take-call", "--days", "1", "--by", "cora"], "You may not manage service accounts"),
        (["add", "CAD", "--acts", "take-call", "--days", "999", "--by", "fin"], "A token lasts from one to 366 days"),
        (["renew", "CAD", "--days", "1", "--by", "fin"], "there is no account called CAD"),
    ],
)
def test_the_command_says_what_is_wrong(cast, words, said):
    with pytest.raises(CommandError, match=said):
        run(*words)
