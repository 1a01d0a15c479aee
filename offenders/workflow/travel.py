"""Journeys out of the United Kingdom (s.86): notice in person, a check before they leave, and that they are back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from access.roles import Can
from access.time import now, today
from accounts.models import User
from cases.models import next_reference
from govuk.fields import YesNoNotKnown as Answer
from offenders.codes import AwayBecause, TaskKind
from offenders.models import OURS, Nominal, NotificationDuty, Spell, Travel
from offenders.statutory import NOTICE_OF_TRAVEL, travel_notice
from offenders.workflow.custody import MOVES, record_spell, spell_over
from offenders.workflow.hub_tasks import ask_hub
from offenders.workflow.notifications import raise_duty
from workflow.transitions import NotNow, must_say, transition

State = Travel.State
TO_COME = [State.NOTIFIED.value, State.CHECKED.value]


@dataclass(frozen=True)
class Journey:
    """What they have to tell of a journey. `returns_at`: None = not known."""

    departs_at: datetime
    countries: str
    returns_at: datetime | None = None
    carrier: str = ""
    stays_at: str = ""
    with_children: str = Answer.NOT_KNOWN.value
    late_excuse: str = ""


@transition(target=State.NOTIFIED.value, may=Can.RECORD_OFFENDERS)
def give_notice(
    travel: Travel, *, by: User, nominal: Nominal, notified_at: datetime, given_where: str, journey: Journey
) -> None:
    """They have said in person that they will leave the United Kingdom, and where to."""
    if not nominal.is_registered or nominal.state not in OURS:
        raise NotNow("Only a registered sex offender who is managed here gives notice of travel.")
    must_say(given_where, "at which police station")
    travel.reference, travel.nominal = next_reference("TRAVEL"), nominal
    _say(travel, notified_at, given_where, journey)
    _ask_hub(travel)


def _say(travel: Travel, notified_at: datetime, given_where: str, journey: Journey) -> None:
    must_say(journey.countries, "where they are going")
    if notified_at > now():
        raise NotNow("It cannot have been given in the future. Check the date and time.")
    if journey.departs_at <= notified_at:
        raise NotNow("The departure has to come after the notice. Check the dates and times.")
    if journey.returns_at and journey.returns_at <= journey.departs_at:
        raise NotNow("The return has to come after the departure. Check the dates and times.")
    notice = travel_notice(localdate(notified_at), localdate(journey.departs_at))
    if not notice.in_time and not journey.late_excuse.strip():
        raise NotNow(
            f"The notice is shorter than {NOTICE_OF_TRAVEL} days: say why. “No excuse was given” is an answer."
        )
    travel.notified_at = travel.changed_at = notified_at
    travel.given_where, travel.departs_at, travel.returns_at = (
        given_where.strip(),
        journey.departs_at,
        journey.returns_at,
    )
    travel.countries, travel.carrier = journey.countries.strip(), journey.carrier.strip()
    travel.stays_at, travel.with_children = journey.stays_at.strip(), journey.with_children
    travel.late_excuse = "" if notice.in_time else journey.late_excuse.strip()


def _ask_hub(travel: Travel) -> None:
    words = f"Leaves for {travel.countries} on {localdate(travel.departs_at):%-d %B %Y}"
    about: dict[str, Any] = {"arises_from": travel, "since": travel.changed_at, "happens_at": travel.departs_at}
    ask_hub(TaskKind.TRAVEL_OUT, travel.nominal, words, **about)


@transition(source=TO_COME, target=State.NOTIFIED.value, may=Can.RECORD_OFFENDERS)
def change_travel(travel: Travel, *, by: User, notified_at: datetime, given_where: str, journey: Journey) -> None:
    """They have told of a change before they leave. It is checked again."""
    first = travel.notified_at
    must_say(given_where, "at which police station")
    if notified_at < first:
        raise NotNow("A change comes after the notice. Check the date and time.")
    _say(travel, notified_at, given_where, journey)
    travel.notified_at, travel.checked_at, travel.checked_by, travel.checked_said = first, None, None, ""
    _ask_hub(travel)


@transition(source=State.NOTIFIED.value, target=State.CHECKED.value, may=Can.RECORD_OFFENDERS)
def check_travel(travel: Travel, *, by: User, said: str) -> None:
    """Somebody has looked at it: orders, restrictions, children, and whom it was passed to."""
    must_say(said, "what was found, and whom it was passed to")
    travel.checked_at, travel.checked_by, travel.checked_said = now(), by, said.strip()


@transition(source=TO_COME, target=State.AWAY.value, may=Can.RECORD_OFFENDERS)
def left(travel: Travel, *, by: User) -> None:
    """They have left the country: what they must notify does not run until they are back."""
    if travel.departs_at > now():
        raise NotNow("The departure is still to come. If they left earlier, record the change first.")
    ends_on = localdate(travel.returns_at) if travel.returns_at else None
    travel.spell = record_spell(
        Spell(),
        by=MOVES,
        nominal=travel.nominal,
        because=AwayBecause.ABROAD.value,
        where=travel.countries[:200],
        began_on=localdate(travel.departs_at),
        ends_on=ends_on,
    )


@transition(source=State.AWAY.value, target=State.RETURNED.value, may=Can.RECORD_OFFENDERS)
def returned(travel: Travel, *, by: User, returned_on: date) -> None:
    """They are back in the United Kingdom. They have to notify that."""
    if returned_on > today():
        raise NotNow("That day is still to come. Record it when they are back.")
    if returned_on < localdate(travel.departs_at):
        raise NotNow("They cannot be back before they left. Check the day.")
    travel.returned_on = returned_on
    if travel.spell:
        spell_over(travel.spell, by=MOVES, ended_on=returned_on)
    words = f"Return from {travel.countries} ({travel.reference})"
    nominal = Nominal.objects.get(pk=travel.nominal_id)
    if nominal.state in OURS:
        about: dict[str, Any] = {"kind": "travel_return", "what": words[:300], "arose_on": returned_on}
        raise_duty(NotificationDuty(), by=MOVES, nominal=nominal, **about)


@transition(source=TO_COME, target=State.NOT_GOING.value, may=Can.RECORD_OFFENDERS)
def not_going(travel: Travel, *, by: User, because: str) -> None:
    """They are not going, and how we know."""
    must_say(because, "how we know")
    travel.ended_because = because.strip()
