"""Philomena forms, part 1: received from a carer or authority, confirmed again, replaced by a later one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access.actor import System
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import Person, next_reference
from cases.workflow.cases import open_case
from cohort.models import PhilomenaForm
from cohort.workflow.child import LONGSTOP, current_of, lock
from workflow.transitions import NotNow, must_say, transition

State = PhilomenaForm.State


@dataclass(frozen=True)
class FormFacts:
    """What the form says. An empty text means that it says nothing of it."""

    description: str
    owner: str
    features: str = ""
    friends: str = ""
    places: str = ""
    medical_needs: str = ""
    medication: str = ""
    money: str = ""
    phone: str = ""
    social_media: str = ""
    transport: str = ""

    def fill_in(self, form: PhilomenaForm) -> None:
        must_say(self.description, "what the child looks like")
        must_say(self.owner, "which carer or authority keeps the form")
        for name, said in vars(self).items():
            setattr(form, name, said.strip())


@transition(target=State.CURRENT.value, may=Can.KEEP_COHORT)
def receive_form(
    form: PhilomenaForm, *, by: User, person: Person, said: FormFacts, received_from: str, received_at: datetime
) -> None:
    """A carer or authority sent what they know of the child. An earlier form is kept to be read."""
    lock(person)
    must_say(received_from, "who sent it")
    if received_at > now():
        raise NotNow("It cannot have come in the future. Check the date and time.")
    said.fill_in(form)
    for earlier in current_of(PhilomenaForm, person):
        form_replaced(earlier, by=LONGSTOP)
    form.person, form.case = person, person.learned_in or open_case()
    form.reference, form.team = next_reference("PHI"), team_of(Role.MISSING_COORDINATOR)
    form.received_from, form.received_at, form.received_by = received_from.strip(), received_at, by
    form.reviewed_at = received_at


@transition(source=State.CURRENT.value, target=State.REPLACED.value, may=Can.KEEP_COHORT)
def form_replaced(form: PhilomenaForm, *, by: System) -> None:
    """A later Philomena form stands in its place."""


@transition(source=State.CURRENT.value, may=Can.KEEP_COHORT)
def confirm_form(form: PhilomenaForm, *, by: User, confirmed_by: str) -> None:
    """Whoever keeps the form says that it is still right."""
    must_say(confirmed_by, "who said that it is still right")
    form.reviewed_at, form.episode_at = now(), None


@transition(source=State.CURRENT.value, may=Can.KEEP_COHORT)
def form_episode(form: PhilomenaForm, *, by: System, reference: str, at: datetime) -> None:
    """The child was reported missing. Whoever keeps the form is asked soon whether it is still right."""
    form.episode_at = min(form.episode_at or at, at)
