"""Addresses of research and attribution."""

from __future__ import annotations

from django.urls import URLPattern, path

from online.views import research_cases as cases
from online.views import research_levels as levels
from online.views import research_lists as lists
from online.views import research_places as places

urlpatterns: list[URLPattern] = [
    path("levels/", lists.Levels.as_view(), name="online-levels"),
    path("stalled/", lists.Stalled.as_view(), name="online-stalled"),
    path("not-asked/", lists.NotAsked.as_view(), name="online-not-asked"),
    path("<uuid:pk>/research/", cases.Research.as_view(), name="onlinecase-research"),
    path("<uuid:pk>/no-further-research/", cases.NoFurtherResearch.as_view(), name="onlinecase-no-research"),
    path("<uuid:pk>/research-again/", cases.ResearchAgain.as_view(), name="onlinecase-research-again"),
    path("<uuid:pk>/address/", cases.AddAddress.as_view(), name="onlinecase-address"),
    path("<uuid:pk>/kirat/", cases.SetLevel.as_view(), name="onlinecase-kirat"),
    path("<uuid:pk>/news/", cases.Tell.as_view(), name="onlinecase-news"),
    path("addresses/<uuid:pk>/", places.AddressPage.as_view(), name="candidateaddress"),
    path("addresses/<uuid:pk>/attribute/", places.Attribute.as_view(), name="candidateaddress-attribute"),
    path("addresses/<uuid:pk>/rule-out/", places.RuleOut.as_view(), name="candidateaddress-rule-out"),
    path("addresses/<uuid:pk>/again/", places.CandidateAgain.as_view(), name="candidateaddress-again"),
    path("addresses/<uuid:pk>/occupant/", places.AddOccupant.as_view(), name="candidateaddress-occupant"),
    path("occupants/<uuid:pk>/", places.OccupantPage.as_view(), name="occupant"),
    path("occupants/<uuid:pk>/checks/", places.Checks.as_view(), name="occupant-checks"),
    path("occupants/<uuid:pk>/does/", places.Work.as_view(), name="occupant-work"),
    path("occupants/<uuid:pk>/is/", places.OccupantIs.as_view(), name="occupant-is"),
    path("occupants/<uuid:pk>/correct/", places.Correct.as_view(), name="occupant-correct"),
    path("occupants/<uuid:pk>/gone/", places.Gone.as_view(), name="occupant-gone"),
    path("occupants/<uuid:pk>/back/", places.Back.as_view(), name="occupant-back"),
    path("kirat/<uuid:pk>/", levels.LevelPage.as_view(), name="kiratassessment"),
    path("kirat/<uuid:pk>/ratify/", levels.Ratify.as_view(), name="kiratassessment-ratify"),
    path("kirat/<uuid:pk>/return/", levels.Return.as_view(), name="kiratassessment-return"),
    path("news/<uuid:pk>/", levels.NewsPage.as_view(), name="newinformation"),
]
