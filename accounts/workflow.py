"""Going away and coming back; and letting a system in and cutting it off.

An absence cannot be saved without somebody to cover, nor a system be let in without an end.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from access.actor import NotYours, signed
from access.roles import OUTSIDE, Can, Role
from access.time import now
from accounts.duty import Duty, posts_of
from accounts.models import Absence, ServiceAccount, SignedIn, User
from accounts.service import ServiceActor
from accounts.tokens import hash_of, new_secret, token_for


class CannotCover(ValueError):
    """The person named as cover is away as well, or would cover for themselves. Plain English, names the field."""

    field = "cover"


SUPERVISES = {Role.CONTACT_SUPERVISOR, Role.FIM, Role.RESPONSE_SERGEANT, Role.RESPONSE_INSPECTOR}
SUPERVISES |= {Role.MASH_SERGEANT, Role.MASH_INSPECTOR, Role.MASH_CHIEF_INSPECTOR, Role.SUPERINTENDENT}
SUPERVISES |= {Role.OFFENDER_SERGEANT, Role.OFFENDER_INSPECTOR, Role.HUB_MANAGER}
SUPERVISES |= {Role.QUALITY_LEAD, Role.GOVERNANCE_LEAD}
SUPERVISES |= {Role.CHILD_ABUSE_SERGEANT, Role.CHILD_ABUSE_INSPECTOR}
SUPERVISES |= {Role.CONTACT_CHIEF_INSPECTOR, Role.TRIAGE_SUPERVISOR, Role.RESOLUTION_SUPERVISOR}
SUPERVISES |= {Role.NEIGHBOURHOOD_SERGEANT, Role.MISSING_SERGEANT, Role.DMM_CHAIR}
"""Whoever plans who works when can also enter that somebody is away: the posts of `Can.PLAN_STAFFING` among them."""


def signs_in(person: User) -> None:
    """Somebody of the force is here. Of a partner agency's people nothing is kept: nobody plans their shifts."""
    if not person.is_outside:
        with signed(person) as moment:
            SignedIn.objects.create(person=person, at=moment)


def go_away(person: User, *, by: User, kind: str, starts: datetime, ends: datetime, cover: User) -> Absence:
    """Somebody will be away; from that moment what they answer for goes to their cover.

    Raises NotYours when somebody else's absence is entered by a person who supervises nobody, CannotCover when the
    cover could not cover.
    """
    if by != person and not SUPERVISES & {Role(post.role) for post in posts_of(by)}:
        raise NotYours("You may enter your own absence. A supervisor can enter somebody else's.")
    _could_cover(person, cover, starts, ends)
    with signed(by):
        return Absence.objects.create(person=person, kind=kind, starts=starts, ends=ends, cover=cover, recorded_by=by)


def come_back(absence: Absence, *, by: User) -> Absence:
    """Somebody is back earlier than planned. What has been passed to their cover in the meantime stays there."""
    if by not in (absence.person, absence.recorded_by):
        raise NotYours("Only the person, or whoever entered the absence, can end it.")
    with signed(by):
        moment = now()
        if absence.starts >= moment:
            absence.delete()
            return absence
        absence.ends = min(absence.ends, moment)
        absence.save(update_fields=["ends"])
    return absence


def _could_cover(person: User, cover: User, starts: datetime, ends: datetime) -> None:
    if cover == person:
        raise CannotCover("Choose somebody else: nobody can cover for themselves.")
    if cover.is_outside:
        raise CannotCover(f"{cover} works for a partner agency. Choose somebody who works for the police.")
    if not cover.is_active:
        raise CannotCover(f"{cover} no longer works here. Choose somebody else.")
    for clash in Absence.objects.filter(person=cover, starts__lt=ends, ends__gt=starts).select_related("cover"):
        if Duty(max(starts, clash.starts)).standing_in_for(cover.pk) in (None, person.pk):
            raise CannotCover(
                f"{cover} is away then too and {clash.cover} covers for them. Choose somebody who will be there."
            )


class NotPossible(ValueError):
    """A service account cannot be made or changed like that. Plain English, for the person. `field`: which of the
    facts is not right; empty = it is not about one."""

    def __init__(self, said: str, *, field: str = "") -> None:
        super().__init__(said)
        self.field = field


LONGEST = timedelta(days=366)
"""Our own choice: whoever runs the system is asked at least once a year whether it is still needed."""


def issue_account(name: str, *, by: User, acts: Iterable[Can], lasts: timedelta) -> tuple[ServiceAccount, str]:
    """A system of the force is let in, for certain acts and for a time. Its token cannot be shown again.

    Raises NotYours, also for an act that the giver may not do themselves; NotPossible with a sentence.
    """
    return _issue(name, by, acts, lasts, short_tokens=False)


def issue_client(name: str, *, by: User, acts: Iterable[Can], lasts: timedelta) -> tuple[ServiceAccount, str]:
    """A system of a partner agency is let in. The secret it exchanges for short tokens cannot be shown again."""
    return _issue(name, by, acts, lasts, short_tokens=True)


def _issue(
    name: str, by: User, acts: Iterable[Can], lasts: timedelta, *, short_tokens: bool
) -> tuple[ServiceAccount, str]:
    name, given = name.strip(), sorted({Can(act) for act in acts})
    _may_give(by, given, outside=short_tokens)
    _lasts_long_enough_and_no_longer(lasts)
    if not name or len(name) > 80:
        raise NotPossible("Give the system a name of up to 80 letters.", field="name")
    if not given:
        raise NotPossible("Say what the system may do.", field="acts")
    secret = new_secret()
    with signed(by) as moment:
        if ServiceAccount.objects.filter(name=name).exists():
            said = f"There is an account called {name} already. Renew it, or choose another name."
            raise NotPossible(said, field="name")
        account = ServiceAccount.objects.create(
            name=name,
            acts=[act.value for act in given],
            token_hash=hash_of(secret),
            short_tokens=short_tokens,
            created_at=moment,
            created_by=by,
            expires_at=moment + lasts,
        )
    return account, secret if short_tokens else token_for(account, secret)


def renew(account: ServiceAccount, *, by: User, lasts: timedelta) -> tuple[ServiceAccount, str]:
    """A system gets a new token. The old one opens nothing from this moment."""
    _may_give(by, sorted(ServiceActor.of(account).acts), outside=account.short_tokens)
    _lasts_long_enough_and_no_longer(lasts)
    secret = new_secret()
    with signed(by) as moment:
        account = _not_cut_off(account)
        account.token_hash, account.expires_at = hash_of(secret), moment + lasts
        account.save(update_fields=["token_hash", "expires_at"])
    return account, secret if account.short_tokens else token_for(account, secret)


def cut_off(account: ServiceAccount, *, by: User, because: str) -> ServiceAccount:
    """A system is cut off, from its next request on and for good. What it did stays."""
    _may_manage(by, outside=account.short_tokens)
    if not because.strip():
        raise NotPossible(f"Say why {account} is cut off.", field="because")
    with signed(by) as moment:
        account = _not_cut_off(account)
        account.cut_off_at, account.cut_off_by, account.cut_off_because = moment, by, because.strip()
        account.save(update_fields=["cut_off_at", "cut_off_by", "cut_off_because"])
    return account


def _may_manage(by: User, *, outside: bool) -> None:
    act = Can.KEEP_AGENCY_ACCESS if outside else Can.MANAGE_SERVICE_ACCOUNTS
    if not by.can(act):
        raise NotYours(f"You may not {act.label}.")


def _may_give(by: User, acts: list[Can], *, outside: bool) -> None:
    """Whoever holds the token can do what the account may do: nobody gives away what is not theirs. What an agency's
    system may do is nobody's here; it is given to agencies alone, and they are given nothing else."""
    _may_manage(by, outside=outside)
    for act in acts:
        if outside != (act in OUTSIDE):
            raise NotPossible(
                f"To {act.label} is not for {'a partner agency' if outside else 'a system of the force'}."
            )
        if not outside and not by.can(act):
            raise NotYours(f"You may not {act.label}, so you cannot let a system do it.")
    if Can.MANAGE_SERVICE_ACCOUNTS in acts:
        raise NotPossible("A system cannot let other systems in.")


def _lasts_long_enough_and_no_longer(lasts: timedelta) -> None:
    if not timedelta(0) < lasts <= LONGEST:
        raise NotPossible(f"A token lasts from one to {LONGEST.days} days.", field="lasts")


def _not_cut_off(account: ServiceAccount) -> ServiceAccount:
    """The account as it is now, held until the transaction ends."""
    account = ServiceAccount.objects.select_for_update().get(pk=account.pk)
    if account.cut_off_at is not None:
        raise NotPossible(f"{account} was cut off, and stays so. Make a new account.")
    return account
