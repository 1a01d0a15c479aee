"""Addresses of seeing the whole."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("insight.as_at_urls")),
    path("", include("insight.figure_urls")),
    path("", include("insight.backlog_urls")),
    path("", include("insight.staffing_urls")),
    path("", include("insight.evidence_urls")),
]
