"""Addresses of managed offenders."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("offenders/", include("offenders.register_urls")),
    path("offenders/", include("offenders.visit_urls")),
    path("offenders/", include("offenders.watch_urls")),
    path("offenders/", include("offenders.hub_urls")),
    path("offenders/", include("offenders.disclosure_urls")),
]
