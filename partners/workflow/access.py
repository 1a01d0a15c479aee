"""A partner agency's system or somebody who works there is let in, and cut off from the next request on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from ipaddress import ip_network
from string import hexdigits

from django.utils.crypto import get_random_string

from access.actor import NotYours, signed
from access.roles import Can
from accounts.models import ServiceAccount, User
from accounts.workflow import NotPossible, cut_off, issue_client, renew
from partners.models import Agency, AgencyAccount, AgencyPerson
from sla.lengths import Basis, Length

SHORT = Length(
    "Time for which a short token of an agency's system works",
    timedelta(minutes=15),
    Basis.LOCAL,
    "RFC 6819, section 5.1.5.3, asks for short ones and names no length",
    is_our_default=True,
)
ENDS_SOON = Length(
    "Time before a partner's system is locked out, in which the MASH is shown that its access ends",
    timedelta(days=14),
    Basis.LOCAL,
    "No authority found: time to ask the agency and to hand over a new secret",
    is_our_default=True,
)
ACTS = [Can.PULL_SHARED, Can.SEND_REPLIES]


def let_system_in(
    agency: Agency,
    *,
    by: User,
    name: str,
    lasts: timedelta,
    acts: Iterable[Can] = ACTS,
    networks: Iterable[str] = (),
    certificate: str = "",
) -> tuple[AgencyAccount, str]:
    """A system of an agency may fetch what its agency was sent, and answer. Gives its secret, which is shown once.

    Raises NotYours; NotPossible with a sentence where the agency is closed, or a network or certificate is none.
    """
    _may(by)
    _must_be_open(agency)
    where, shown = _networks(networks), _certificate(certificate)
    with signed(by):
        account, secret = issue_client(name, by=by, acts=acts, lasts=lasts)
        of_agency = AgencyAccount.objects.create(account=account, agency=agency, networks=where, certificate=shown)
    return of_agency, secret


def renew_system(of_agency: AgencyAccount, *, by: User, lasts: timedelta) -> str:
    """A new secret; the old one opens nothing from this moment. Tokens that were given out run to their own end."""
    _must_be_open(of_agency.agency)
    _, secret = renew(of_agency.account, by=by, lasts=lasts)
    return secret


def cut_off_system(of_agency: AgencyAccount, *, by: User, because: str) -> ServiceAccount:
    """From its next request on, and for good. What it was given and what it said stay on record."""
    return cut_off(of_agency.account, by=by, because=because)


def cut_off_agency(agency: Agency, *, by: User, because: str) -> int:
    """Every system and every person of an agency at once. Returns how many were cut off."""
    _may(by)
    if not because.strip():
        raise NotPossible(f"Say why {agency} is cut off.", field="because")
    with signed(by):
        systems = AgencyAccount.objects.filter(agency=agency, account__cut_off_at=None)
        people = AgencyPerson.objects.filter(agency=agency, ended_at=None)
        done = [cut_off_system(each, by=by, because=because) for each in systems.select_related("account")]
        gone = [let_person_go(each, by=by, because=because) for each in people.select_related("user")]
    return len(done) + len(gone)


def let_person_in(
    agency: Agency, *, by: User, username: str, first_name: str, last_name: str, post: str, team: str = ""
) -> tuple[AgencyPerson, str]:
    """Somebody of an agency may use the portal. Gives the password they begin with, which is shown once."""
    _may(by)
    _must_be_open(agency)
    username = username.strip().lower()
    for field, said in (("username", username), ("first_name", first_name), ("last_name", last_name), ("post", post)):
        if not said.strip():
            raise NotPossible("Say who they are: a user name, their name, and their post there.", field=field)
    password = get_random_string(16)
    with signed(by) as at:
        if User.objects.filter(username=username).exists():
            said = f"Somebody is called {username} already. Choose another user name."
            raise NotPossible(said, field="username")
        user = User(username=username, first_name=first_name.strip(), last_name=last_name.strip(), is_outside=True)
        user.set_password(password)
        user.save()
        person = AgencyPerson.objects.create(
            user=user, agency=agency, post=post.strip(), team=team.strip(), let_in_at=at, let_in_by=by
        )
    return person, password


def let_person_go(person: AgencyPerson, *, by: User, because: str) -> AgencyPerson:
    """They see nothing from their next request on, and cannot sign in any more."""
    _may(by)
    if not because.strip():
        raise NotPossible(f"Say why {person.user} is no longer let in.", field="because")
    with signed(by) as at:
        person = AgencyPerson.objects.select_for_update().get(pk=person.pk)
        if person.ended_at:
            raise NotPossible(f"{person.user} is not let in any more.")
        person.ended_at, person.ended_by, person.ended_because = at, by, because.strip()
        person.save(update_fields=["ended_at", "ended_by", "ended_because"])
        person.user.is_active = False
        person.user.save(update_fields=["is_active"])
    return person


def _may(by: User) -> None:
    if not by.can(Can.KEEP_AGENCY_ACCESS):
        raise NotYours(f"You may not {Can.KEEP_AGENCY_ACCESS.label}.")


def _must_be_open(agency: Agency) -> None:
    if agency.closed_at:
        raise NotPossible(f"{agency} is closed: nobody of it is let in.")


def _networks(given: Iterable[str]) -> list[str]:
    try:
        return [str(ip_network(each.strip())) for each in given if each.strip()]
    except ValueError as error:
        said = f"That is no network: {error}. Write it as 192.0.2.0/24 or as one address."
        raise NotPossible(said, field="networks") from error


def _certificate(given: str) -> str:
    shown = given.replace(":", "").strip().lower()
    if shown and (len(shown) != 64 or set(shown) - set(hexdigits.lower())):
        raise NotPossible("The SHA-256 sum of a certificate has 64 digits, 0 to 9 and a to f.", field="certificate")
    return shown
