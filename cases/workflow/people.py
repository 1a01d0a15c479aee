"""A person on record: put there, corrected, named, housed, linked, flagged. Whatever is learned is looked at for links
with a person posing a risk before the transaction ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from access.actor import acting
from access.roles import Can
from access.time import now
from accounts.models import User
from cases import records
from cases.indexing import index
from cases.meet import likely_duplicates
from cases.models import (
    Conflict,
    Flag,
    Known,
    Match,
    Person,
    ProtectedAddress,
    Relationship,
    Residence,
    Reveal,
    next_reference,
)
from cases.records import Details, Home, Source
from cases.workflow import matches
from cases.workflow.findings import LINKS, look
from workflow.transitions import NotNow, must_say, transition

ON_RECORD = Person.State.ON_RECORD.value


@transition(target=ON_RECORD, may=Can.RECORD_PEOPLE)
def record_person(person: Person, *, by: User, details: Details, home: Home | None, source: Source) -> None:
    """Somebody not met before is put on record."""
    records.must_be_somebody(details)
    person.reference, person.recorded_at, person.same_as = next_reference("PER"), now(), person
    records.fill_in(person, details)
    if home:
        records.lives_at(person, home, source.told_to(by))
    learned(person, is_new=True)


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def correct(person: Person, *, by: User, details: Details, because: str) -> None:
    """What we know of the person themselves was wrong, or is better known now."""
    must_say(because, "why it changes, or how we know")
    records.must_be_somebody(details)
    records.fill_in(person, details)
    learned(person)


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def add_name(person: Person, *, by: User, kind: str, given_names: str, family_name: str, source: Source) -> None:
    """Another name they go by, or went by."""
    if not (given_names.strip() or family_name.strip()):
        raise NotNow("Give the other name.")
    records.known_as(person, kind, given_names, family_name, source.told_to(by))
    learned(person)


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def add_home(person: Person, *, by: User, home: Home, source: Source) -> None:
    """They live, or lived, at an address."""
    records.must_begin_before_it_ends(home.starts, home.ends)
    if records.is_protected_for(person, home):
        raise NotNow("This may not be written down as a home, where everybody would see it. Ask the MASH.")
    if records.lives_at(person, home, source.told_to(by)) is None:
        raise NotNow("Give the address. Where nobody knows it, write “not known”.")
    learned(person)


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def moved_out(person: Person, *, by: User, home: Residence, ends: date) -> None:
    """They do not live there any more."""
    _must_be_about(person, home)
    if home.ends:
        raise NotNow("They have left there already.")
    records.must_begin_before_it_ends(home.starts, ends)
    home.ends = ends
    home.save(update_fields=["ends"])


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def no_longer(person: Person, *, by: User, fact: Relationship | Flag, ends: date) -> None:
    """A relationship, a plan or a risk has ended. What it was stays on record."""
    _must_be_about(person, fact)
    records.must_begin_before_it_ends(fact.starts, ends)
    if isinstance(fact, Flag) and fact.is_a_risk and not by.can(Can.MARK_RISK):
        raise NotNow("Only the MASH says that a risk has ended.")
    fact.ends = ends
    fact.save(update_fields=["ends"])


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def add_relationship(
    person: Person, *, by: User, kind: str, other: Person, starts: date | None, source: Source
) -> None:
    """They are something to somebody: a parent, a partner, a person posing a risk."""
    if kind not in Relationship.Kind.values:
        raise NotNow("Choose what they are to each other.")
    if person.same_as_id == other.same_as_id:
        raise NotNow("These are the same person.")
    records.related(person, kind, other, source.told_to(by), starts=starts)
    learned(person)


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def add_sighting(
    person: Person,
    *,
    by: User,
    seen_at: datetime,
    company: Person | None,
    place: Home | None,
    note: str,
    source: Source,
) -> None:
    """They were seen: at an address, with somebody, or both."""
    if seen_at > now():
        raise NotNow("They cannot have been seen in the future.")
    if company is None and (place is None or not (place.address.strip() or place.postcode.strip())):
        raise NotNow("Say where they were seen, or with whom.")
    if company and company.same_as_id == person.same_as_id:
        raise NotNow("These are the same person.")
    if place and any(records.is_protected_for(each, place) for each in (person, company) if each):
        raise NotNow("This may not be written down as a place, where everybody would see it. Ask the MASH.")
    records.seen(person, seen_at, source.told_to(by), company=company, place=place, note=note)
    learned(person)


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def add_phone(person: Person, *, by: User, number: str, safe: str, source: Source) -> None:
    """A number they can be reached on, and whether it is safe to call it."""
    must_say(number, "the number")
    records.reached_on(person, number, safe, source.told_to(by))
    learned(person)


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def add_reference(person: Person, *, by: User, system: str, number: str, source: Source) -> None:
    """What another system calls them."""
    must_say(system, "which system it is")
    must_say(number, "the number")
    records.called_elsewhere(person, system, number, source.told_to(by))
    learned(person)


PLANS = [Flag.Kind.LOOKED_AFTER.value, Flag.Kind.PROTECTION_PLAN.value, Flag.Kind.IN_NEED.value]
WARNINGS = [Flag.Kind.HIGH_RISK_DA.value, Flag.Kind.MARAC.value, Flag.Kind.TRIGGER_PLAN.value]
RISKS = [Flag.Kind.RSO.value, Flag.Kind.POSES_RISK.value]


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def add_plan(person: Person, *, by: User, kind: str, starts: date | None, ends: date | None, source: Source) -> None:
    """The local authority looks after the child, or has a plan for the child, as last confirmed."""
    records.must_begin_before_it_ends(starts, ends)
    if kind not in PLANS:
        raise NotNow("Choose what it is: looked after, a child protection plan or a child in need plan.")
    records.flagged(person, kind, source.told_to(by), starts=starts, ends=ends)


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def add_warning(person: Person, *, by: User, kind: str, starts: date | None, ends: date | None, source: Source) -> None:
    """They are at high risk of domestic abuse, were heard at MARAC, or have a trigger plan for going missing."""
    records.must_begin_before_it_ends(starts, ends)
    if kind not in WARNINGS:
        raise NotNow("Choose what it is: high-risk domestic abuse, heard at MARAC or a trigger plan.")
    records.flagged(person, kind, source.told_to(by), starts=starts, ends=ends)


@transition(source=ON_RECORD, may=Can.MARK_RISK)
def mark_risk(person: Person, *, by: User, kind: str, starts: date | None, ends: date | None, source: Source) -> None:
    """They pose a risk to children: everything that links them with a child is put to somebody at once."""
    records.must_begin_before_it_ends(starts, ends)
    if kind not in RISKS:
        raise NotNow("Choose what it is: a registered sex offender, or another person posing a risk.")
    records.flagged(person, kind, source.told_to(by), starts=starts, ends=ends)
    learned(person)


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def withdraw(person: Person, *, by: User, fact: Known, because: str) -> None:
    """What we took for a fact was a mistake. It stays to be read, struck out, with the reason."""
    must_say(because, "why it was wrong")
    _must_be_about(person, fact)
    if isinstance(fact, Flag) and fact.is_a_risk and not by.can(Can.MARK_RISK):
        raise NotNow("Only the MASH withdraws a mark of risk.")
    fact.withdrawn_at, fact.withdrawn_by, fact.withdrawn_because = now(), by, because
    fact.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    learned(person)


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE, secret=("address",))
def protect_address(person: Person, *, by: User, address: str, protected_because: str) -> None:
    """Where they live must not be found. It is kept apart: no search, no household and no sharing shows it."""
    must_say(address, "the address")
    must_say(protected_because, "why it is protected")
    if records.is_a_home_of(person, address):
        raise NotNow("This is on record as their home, where everybody sees it: withdraw that first.")
    ProtectedAddress.objects.create(
        person=person,
        address=address,
        protected_because=protected_because,
        recorded_at=now(),
        recorded_by=by,
    )


@transition(source=ON_RECORD, may=Can.SEE_PROTECTED_ADDRESS)
def reveal(person: Person, *, by: User, because: str) -> None:
    """Somebody needs to know where they live, and says why. Who looked stays on record."""
    must_say(because, "why you need to know it")
    places = ProtectedAddress.objects.filter(person__same_as=person.same_as_id, ended_at=None)
    if not places:
        raise NotNow("There is no protected address.")
    Reveal.objects.bulk_create([Reveal(of=place, by=by, at=now(), because=because) for place in places])


@transition(source=ON_RECORD, may=Can.DECLARE_CONFLICT)
def declare_conflict(person: Person, *, by: User, user: User, because: str) -> None:
    """This member of staff is never shown this person: it is themselves, their family, or somebody they may harm."""
    must_say(because, "why")
    Conflict.objects.get_or_create(
        user=user, person=person, defaults={"because": because, "declared_at": now(), "declared_by": by}
    )


def _must_be_about(person: Person, fact: Known) -> None:
    """A fact of this person, whichever record of theirs it stands on, and no mistake yet."""
    about = {getattr(fact, f"{field}_id") for field in fact.about}
    if not Person.objects.filter(pk__in=about, same_as=person.same_as_id).figures().exists():
        raise NotNow("This is about somebody else.")
    if fact.withdrawn_at:
        raise NotNow("This has been withdrawn already.")


def learned(person: Person, *, is_new: bool = False) -> None:
    """Something new is known of a person: every record of theirs is found by it from now on, and links with a risk are
    looked at."""
    person.state = ON_RECORD
    person.save()  # what follows reads the database
    with acting(LINKS):
        others = list(Person.objects.filter(same_as=person.same_as_id).exclude(pk=person.pk))
    newly_known([person, *others] if not is_new else [person], are_new=is_new)


def newly_known(people: Sequence[Person], *, are_new: bool = False, unlike: Iterable[UUID] = ()) -> None:
    """The same for several people at once. A record just made that is likely another's double is suggested as one, but
    not with those it was named beside (`unlike`)."""
    said = index(people)
    for key, met in likely_duplicates(said, unlike) if are_new else ():
        pair = (key, met.person.pk)
        matches.suggest(Match(), by=LINKS, pair=pair, found=Match.Found.ON_ENTRY.value, comparison=met.comparison)
    look(people)
