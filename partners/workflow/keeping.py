"""What the MASH keeps so that sharing works: the rules of who is proposed, and the agencies with their mailboxes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from access.actor import Actor, NotYours, signed
from access.roles import Can
from accounts.models import User
from partners.models import Agency, Fact, FieldClass, Kind, SharingRule
from workflow.transitions import NotNow, must_say


@dataclass(frozen=True)
class Rule:
    """A line of the table, as somebody enters it. Empty conditions hold always."""

    kind: str
    why: str
    source: str
    field_classes: Collection[str]
    types: Collection[str] = field(default=())
    grades: Collection[str] = field(default=())
    facts: Collection[str] = field(default=())
    from_age: int | None = None
    to_age: int | None = None
    agency: Agency | None = None


def add_rule(rule: Rule, *, by: User) -> SharingRule:
    """From now on these are proposed. What was proposed before stays as it is.

    Raises NotYours, NotNow.
    """
    _may(by)
    must_say(rule.why, "why they need to know")
    must_say(rule.source, "on what it rests: the agreement, guidance or law")
    if rule.kind not in Kind.values or not set(rule.facts) <= set(Fact.values):
        raise NotNow("Choose the kind of agency and the facts from the lists.")
    if not rule.field_classes or not set(rule.field_classes) <= set(FieldClass.values):
        raise NotNow("Choose what they need to know.")
    if rule.from_age is not None and rule.to_age is not None and rule.from_age > rule.to_age:
        raise NotNow("The youngest age is above the oldest.")
    with signed(by) as moment:
        row: SharingRule = SharingRule.objects.create(
            kind=rule.agency.kind if rule.agency else rule.kind,
            agency=rule.agency,
            why=rule.why.strip(),
            source=rule.source.strip(),
            field_classes=sorted(rule.field_classes),
            types=sorted(rule.types),
            grades=sorted(rule.grades),
            facts=sorted(rule.facts),
            from_age=rule.from_age,
            to_age=rule.to_age,
            starts_at=moment,
            added_by=by,
        )
    return row


def end_rule(rule: SharingRule, *, by: User, because: str) -> SharingRule:
    """From now on it proposes nobody. It stays to be read, and so does whom it proposed.

    Raises NotYours, NotNow.
    """
    _may(by)
    must_say(because, "why it ends")
    with signed(by) as moment:
        rule = SharingRule.objects.select_for_update().get(pk=rule.pk)
        if rule.ends_at:
            raise NotNow("It has ended already. Somebody may have been quicker.")
        rule.ends_at, rule.ended_by, rule.ended_because = moment, by, because
        rule.save(update_fields=["ends_at", "ended_by", "ended_because"])
    return rule


@dataclass(frozen=True)
class AgencyFacts:
    """An agency as the MASH enters it. `authorities`: numbers of councils, empty = everywhere."""

    name: str
    kind: str
    mailbox: str = ""
    mailbox_is_secure: bool = False
    authorities: Collection[str] = field(default=())
    telephone: str = ""
    is_closed: bool = False


def add_agency(said: AgencyFacts, *, by: User) -> Agency:
    """An agency that things can be sent to from now on.

    Raises NotYours, NotNow.
    """
    _may(by)
    _must_be_an_agency(said)
    if Agency.objects.filter(name=said.name.strip()).exists():
        raise NotNow(f"There is an agency called {said.name} already.")
    return _save(Agency(), said, by)


def change_agency(agency: Agency, said: AgencyFacts, *, by: User) -> Agency:
    """What we know of an agency has changed: its mailbox, whether that is secure, where it works.

    Raises NotYours, NotNow.
    """
    _may(by)
    _must_be_an_agency(said)
    if Agency.objects.filter(name=said.name.strip()).exclude(pk=agency.pk).exists():
        raise NotNow(f"There is another agency called {said.name}.")
    return _save(agency, said, by)


def _must_be_an_agency(said: AgencyFacts) -> None:
    must_say(said.name, "what it is called")
    if said.kind not in Kind.values:
        raise NotNow("Choose what kind of agency it is.")
    if said.mailbox_is_secure and not said.mailbox:
        raise NotNow("Enter the mailbox that was checked.")


def _save(agency: Agency, said: AgencyFacts, by: User) -> Agency:
    with signed(by) as moment:
        agency.name, agency.kind = said.name.strip(), said.kind
        agency.mailbox, agency.mailbox_is_secure = said.mailbox, said.mailbox_is_secure
        agency.authorities, agency.telephone = sorted(said.authorities), said.telephone
        agency.closed_at = (agency.closed_at or moment) if said.is_closed else None
        agency.save()
    return agency


def _may(by: Actor) -> None:
    if not by.can(Can.KEEP_SHARING_RULES):
        raise NotYours(f"You may not {Can.KEEP_SHARING_RULES.label}.")
