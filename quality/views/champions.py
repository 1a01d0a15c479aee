"""Champions of child-centred policing: whom colleagues ask, and which teams have nobody."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from access.roles import Can
from access.time import now, today
from access.views import GuardedPage
from accounts.models import Team
from quality.forms import training as forms
from quality.models import Champion
from quality.workflow import champions
from workflow.views import CreatePage, TransitionPage


class Champions(GuardedPage):
    """Whom colleagues of each team ask, and which teams have nobody."""

    may = Can.LEARN

    def get(self, request: HttpRequest) -> HttpResponse:
        serving = Champion.objects.filter(state=Champion.State.SERVING).select_related("person", "team")
        held = list(serving.order_by("team__name", "person__last_name", "pk"))
        posted = Team.objects.filter(Q(postings__ends=None) | Q(postings__ends__gt=now())).distinct()
        context = {
            "heading": "Champions",
            "champions": held,
            "without": list(posted.exclude(pk__in=[each.team_id for each in held]).order_by("name")),
            "may_keep": request.user.can(Can.KEEP_TRAINING),  # type: ignore[union-attr]
            "now": now(),
        }
        return render(request, "quality/training_champions.html", context)


class NameChampion(CreatePage):
    transition = champions.name_champion
    model = Champion
    form_class = forms.ChampionForm
    title = "Name a champion"
    lead = "Champions of child-centred policing have had more training, and pass it on to their team."

    def get_initial(self) -> dict[str, Any]:
        return {"since": today()}

    def cancel_url(self) -> str:
        return reverse("champions")


class ChampionEnds(TransitionPage):
    transition = champions.champion_ends
    model = Champion
    form_class = forms.ChampionEndsForm
    title = "They are champion no more"

    def get_initial(self) -> dict[str, Any]:
        return {"until": today()}
