"""Addresses of what agencies are told of offenders."""

from __future__ import annotations

from django.urls import path

from offenders.views import disclosures

urlpatterns = [
    path("disclosures/", disclosures.Disclosures.as_view(), name="offenders-disclosures"),
    path("disclosures/<uuid:pk>/", disclosures.DisclosurePage.as_view(), name="offenderdisclosure"),
    path("disclosures/<uuid:pk>/tell/", disclosures.Tell.as_view(), name="offenderdisclosure-tell"),
    path("disclosures/<uuid:pk>/refuse/", disclosures.DoNotTell.as_view(), name="offenderdisclosure-refuse"),
    path("<uuid:pk>/disclosures/new/", disclosures.Propose.as_view(), name="nominal-disclose"),
]
