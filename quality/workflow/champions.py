"""Champions of child-centred policing: whom colleagues of a team ask."""

from __future__ import annotations

from datetime import date

from access.roles import Can
from accounts.models import Team, User
from quality.models import Champion
from workflow.transitions import NotNow, transition

State = Champion.State


@transition(target=State.SERVING.value, may=Can.KEEP_TRAINING)
def name_champion(champion: Champion, *, by: User, person: User, team: Team, since: date) -> None:
    """Somebody is the champion of a team from this day on."""
    if Champion.objects.filter(person=person, team=team, state=State.SERVING).exists():
        raise NotNow(f"{person} is a champion of {team} already.")
    champion.person, champion.team, champion.since = person, team, since


@transition(source=State.SERVING.value, target=State.ENDED.value, may=Can.KEEP_TRAINING)
def champion_ends(champion: Champion, *, by: User, until: date) -> None:
    """They are champion no more."""
    if until < champion.since:
        raise NotNow("The last day is not before the first. Check the day.")
    champion.until = until
