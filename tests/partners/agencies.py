"""Systems and people of agencies, as the tests of the API and of the portal need them."""

from base64 import b64encode
from datetime import timedelta

from django.test import Client

from accounts.models import User
from partners.models import Agency, AgencyAccount, AgencyPerson
from partners.workflow.access import let_person_in, let_system_in

TOKEN = "/partners/v1/oauth/token/"


def a_system(agency: Agency, *, by: User, name: str = "", **more) -> tuple[AgencyAccount, str]:
    """A system of this agency, and its secret."""
    return let_system_in(agency, by=by, name=name or f"{agency}'s system", lasts=timedelta(days=30), **more)


def ask_for_token(name: str, secret: str, *, scope: str = "", **more):
    """What the door says, asked with HTTP Basic."""
    basic = b64encode(f"{name}:{secret}".encode()).decode()
    asked = {"grant_type": "client_credentials", **({"scope": scope} if scope else {})}
    return Client().post(TOKEN, asked, headers={"Authorization": f"Basic {basic}"}, **more)


def as_system(agency: Agency, *, by: User, scope: str = "", **more) -> Client:
    """A client that sends a short token of a new system of this agency with each request."""
    account, secret = a_system(agency, by=by, **more)
    answer = ask_for_token(f"ls_{account.account_id}", secret, scope=scope)
    return Client(headers={"Authorization": f"Bearer {answer.json()['access_token']}"})


def a_person(agency: Agency, *, by: User, username: str = "amy", **more) -> AgencyPerson:
    """Amy works at this agency and is let in to the portal."""
    named = {"first_name": username.title(), "last_name": "Field", "post": "Safeguarding lead", **more}
    return let_person_in(agency, by=by, username=username, **named)[0]
