"""Registered offenders of the tests, and what happens to them, in words. All invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from access.actor import System, acting
from access.time import now, today
from accounts.models import User
from offenders.models import CivilOrder, IndefiniteReview, Nominal, NotificationDuty, Spell, Travel
from offenders.workflow import custody, notifications, orders, periods, travel
from offenders.workflow.registrations import (
    Held,
    NominalFacts,
    RequirementFacts,
    register,
    register_before_sentence,
    take_over,
)
from offenders.workflow.travel import Journey
from tests.households import on_record

LOOKING = System("test")
GIVEN = {"given_where": "Northgate police station", "taken_by": "Front office 4411"}


def conviction(**said: Any) -> RequirementFacts:
    usual = {"offence": "Sexual assault of a child under 13 (s.7)", "disposal": "other", "relevant_on": today()}
    return RequirementFacts(**{"under_18": False, **usual, **said})


def facts_of(manager: User, *requirements: RequirementFacts, **said: Any) -> NominalFacts:
    return NominalFacts(
        **{"managed_as": "rso", "manager": manager, "category": "1", "requirements": requirements, **said}
    )


def registered(by: User, manager: User, name: str = "Alban Marchfold", **said: Any) -> Nominal:
    """The hub registers somebody on the day the court has dealt with them."""
    person = on_record(by, name, born=date(1971, 6, 3))
    about = facts_of(manager, conviction(**said))
    return register(Nominal(), by=by, person=person, facts=about, notified_at=now())


def before_sentence(by: User, manager: User, name: str = "Corin Sallowfold", **said: Any) -> Nominal:
    about = {"charged_with": "Sexual activity with a child (s.9)", "sentence_on": None, **said}
    person = on_record(by, name, born=date(1980, 1, 9))
    whole = {"person": person, "facts": facts_of(manager), "notified_at": now(), **about}
    return register_before_sentence(Nominal(), by=by, **whole)


def taken_over(
    by: User, manager: User, name: str = "Edric Fernfold", *, held: Held | None = None, **said: Any
) -> Nominal:
    """Somebody who was managed before Longstop."""
    person = on_record(by, name, born=date(1966, 9, 12))
    about = facts_of(manager, conviction(**{"relevant_on": date(2019, 5, 7), "disposal": "months_30", **said}))
    return take_over(Nominal(), by=by, person=person, facts=about, held=held or Held())


def duty_of(nominal: Nominal, kind: str) -> NotificationDuty:
    """The last one of that kind."""
    with acting(LOOKING):
        found: NotificationDuty = NotificationDuty.objects.filter(nominal=nominal, kind=kind).latest("reference")
        return found


def owed_by(nominal: Nominal) -> list[str]:
    with acting(LOOKING):
        rows = NotificationDuty.objects.filter(nominal=nominal, state__in=["due", "not_running"])
        return sorted(duty.kind for duty in rows)


def notified(duty: NotificationDuty, by: User, *, at: datetime | None = None) -> NotificationDuty:
    return notifications.given(duty, by=by, given_at=at or now(), **GIVEN)


def known_to_police(by: User, manager: User, name: str = "Alban Marchfold", **said: Any) -> Nominal:
    """Registered, and has notified for the first time: the annual notification counts from now."""
    nominal = registered(by, manager, name, **said)
    notified(duty_of(nominal, "initial"), by)
    return as_it_is(nominal)


def changed(nominal: Nominal, by: User, *, kind: str = "change", on: date | None = None) -> NotificationDuty:
    about = {"kind": kind, "what": "New address: 4 Sample Close", "arose_on": on or today()}
    return notifications.raise_duty(NotificationDuty(), by=by, nominal=nominal, **about)


def in_custody(nominal: Nominal, by: User, *, ends_on: date | None = None, **said: Any) -> Spell:
    usual = {"because": "sentence", "where": "Garmere prison", "began_on": today(), "ends_on": ends_on}
    return custody.record_spell(Spell(), by=by, nominal=nominal, **{**usual, **said})


def travels(nominal: Nominal, by: User, *, in_days: float = 10, **said: Any) -> Travel:
    leaves = now() + timedelta(days=in_days)
    back = {"departs_at": leaves, "returns_at": leaves + timedelta(days=7), "countries": "Portugal"}
    journey = Journey(**{**back, "late_excuse": "" if in_days >= 8 else "His mother is ill", **said})
    about = {"notified_at": now(), "given_where": "Northgate police station"}
    return travel.give_notice(Travel(), by=by, nominal=nominal, journey=journey, **about)


def ordered(nominal: Nominal, by: User, *, ends_on: date | None = None, **said: Any) -> CivilOrder:
    usual = {"kind": "shpo", "terms": "No unsupervised contact with a child", "protects_children": "yes"}
    about = {**usual, "made_on": today(), "ends_on": ends_on, **said}
    return orders.make_order(CivilOrder(), by=by, nominal=nominal, **about)


def applies(by: User, manager: User, name: str = "Osric Fernfold") -> IndefiniteReview:
    """Sixteen years after their first notification they ask for their indefinite requirement to end."""
    held = Held(last_notified_on=today() - timedelta(days=16 * 366))
    nominal = taken_over(by, manager, name, held=held, relevant_on=today() - timedelta(days=17 * 366))
    about = {"applied_at": now(), "said": "Has lived without offending for sixteen years"}
    return periods.apply_for_review(IndefiniteReview(), by=by, nominal=nominal, **about)


def as_it_is(record: Any) -> Any:
    with acting(LOOKING):
        return type(record).objects.get(pk=record.pk)


def of_each(people: dict[str, User]) -> dict[str, Any]:
    """One of each record that a page of the register is about."""
    hana, omar, stella = people["hana"], people["omar"], people["stella"]
    nominal = known_to_police(hana, omar, "Tancred Marchfold")
    return {
        "nominal": nominal,
        "notificationduty": changed(nominal, omar),
        "spell": in_custody(registered(stella, omar, "Wystan Sallowfold"), omar),
        "travel": travels(nominal, omar),
        "civilorder": ordered(nominal, omar),
        "indefinitereview": applies(hana, omar),
    }
