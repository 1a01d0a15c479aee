"""Addresses of missing."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from missing import return_urls
from missing.views import interviews

urlpatterns: list[URLPattern] = [
    path("missing/<uuid:pk>/", interviews.Queue.as_view(), name="episode"),  # PLACEHOLDER
    *return_urls.urlpatterns,
]
