"""A partner agency's system gets a short token for its secret, and nothing without it."""

import pytest

from accounts.models import AccessToken
from accounts.tokens import hash_of
from partners.models import AgencyAccount
from partners.workflow.access import cut_off_agency
from tests.conftest import minutes
from tests.partners.agencies import TOKEN, a_system, as_system, ask_for_token
from tests.ppn.scenes import council
from tests.sla.made import MOMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(cast):
    return council()


def test_a_secret_is_exchanged_for_a_short_token_of_which_a_hash_is_kept(agency, ines):
    account, secret = a_system(agency, by=ines)
    answer = ask_for_token(f"ls_{account.account_id}", secret)
    assert answer.status_code == 200
    said = answer.json()
    assert (said["token_type"], said["expires_in"], said["scope"]) == ("Bearer", 900, "shared.read replies.write")
    assert [each.token_hash for each in AccessToken.objects.all()] == [hash_of(said["access_token"])]
    assert answer["Cache-Control"] == "no-store"


def test_a_wrong_secret_an_unknown_account_and_nothing_at_all_are_answered_alike(agency, ines, client):
    account, secret = a_system(agency, by=ines)
    name = f"ls_{account.account_id}"
    tried = [ask_for_token(name, secret + "x"), ask_for_token("ls_999999", secret), ask_for_token("", "")]
    tried.append(client.post(TOKEN, {"grant_type": "client_credentials"}))
    assert {(each.status_code, each.json()["error"]) for each in tried} == {(401, "invalid_client")}


def test_a_token_is_for_no_more_than_was_asked_and_never_for_what_the_account_may_not(agency, ines):
    account, secret = a_system(agency, by=ines)
    name = f"ls_{account.account_id}"
    assert ask_for_token(name, secret, scope="shared.read").json()["scope"] == "shared.read"
    assert ask_for_token(name, secret, scope="see.incidents").json()["error"] == "invalid_scope"


def test_a_scope_that_is_left_empty_is_left_out(agency, ines, client):
    account, secret = a_system(agency, by=ines)
    who = {"client_id": f"ls_{account.account_id}", "client_secret": secret}
    answer = client.post(TOKEN, {"grant_type": "client_credentials", "scope": "", **who})
    assert (answer.status_code, answer.json()["scope"]) == (200, "shared.read replies.write")


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ("x" * 3_000_000, "application/x-www-form-urlencoded"),
        ("scope=x", "application/x-www-form-urlencoded; charset=utf-16"),
        ("x", "multipart/form-data"),
        ("&".join(f"x{number}=1" for number in range(1001)), "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_form_is_refused_in_the_words_of_oauth(db, client, sent, kind):
    answer = client.generic("POST", TOKEN, sent, content_type=kind)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
    assert answer["Cache-Control"] == "no-store"


def test_the_secret_itself_opens_nothing(agency, ines, client):
    account, secret = a_system(agency, by=ines)
    for sent in (secret, f"ls_{account.account_id}_{secret}"):
        assert client.get("/partners/v1/me/", headers={"Authorization": f"Bearer {sent}"}).status_code == 401
        assert client.get("/api/v1/incidents/x/", headers={"Authorization": f"Bearer {sent}"}).status_code == 401


def test_a_short_token_opens_nothing_of_the_force(agency, ines):
    assert as_system(agency, by=ines).get("/api/v1/incidents/x/").status_code == 401


def test_a_token_ends_at_its_very_moment_and_with_its_agency_at_once(agency, ines, clock):
    system = as_system(agency, by=ines)
    clock.shift(minutes(15) - MOMENT)
    assert system.get("/partners/v1/me/").status_code == 200
    clock.shift(MOMENT)
    assert system.get("/partners/v1/me/").status_code == 401
    again = as_system(agency, by=ines, name="another")
    cut_off_agency(agency, by=ines, because="Their mailbox was broken into")
    assert again.get("/partners/v1/me/").status_code == 401


def test_from_elsewhere_neither_the_secret_nor_the_token_opens_anything(agency, ines):
    system = as_system(agency, by=ines, networks=["127.0.0.0/8"])
    assert system.get("/partners/v1/me/", REMOTE_ADDR="127.0.0.9").status_code == 200
    assert system.get("/partners/v1/me/", REMOTE_ADDR="192.0.2.1").status_code == 401
    account, secret = a_system(agency, by=ines, name="another", networks=["192.0.2.0/24"])
    assert ask_for_token(f"ls_{account.account_id}", secret).status_code == 401
    assert AgencyAccount.objects.count() == 2
