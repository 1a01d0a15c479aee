"""What can be begun on the page of a person who may have to be managed."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from access.actor import actor
from access.roles import Can
from access.time import today
from cases.models import Person
from cases.picture import PICTURE, Offer
from govuk.fields import YesNoNotKnown as Answer
from offenders.models import OURS, Nominal


def take_on(person: Person) -> Iterable[Offer]:
    """Of a child nobody offers it: a child who has to notify is found by the form itself."""
    here = Nominal.objects.filter(person__same_as=person.same_as_id, state__in=OURS)
    if person.child_on(today()) == Answer.YES or not actor().can(Can.SEE_OFFENDERS) or here.exists():
        return
    asked = urlencode({"person": person.reference})
    yield Offer("Register them as a sex offender", f"{reverse('offenders-register')}?{asked}", Can.KEEP_REGISTER)
    yield Offer("Manage them before sentence", f"{reverse('offenders-before-sentence')}?{asked}", Can.MANAGE_OFFENDERS)
    yield Offer("Manage them, not registered", f"{reverse('offenders-take-on')}?{asked}", Can.MANAGE_OFFENDERS)


PICTURE.offers.append(take_on)
