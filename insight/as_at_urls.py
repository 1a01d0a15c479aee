"""Addresses of pages as they stood."""

from __future__ import annotations

from django.urls import URLPattern, path

from insight.views import as_at

urlpatterns: list[URLPattern] = [
    path("as-at/", as_at.AsAt.as_view(), name="as-at"),
    path("as-at/<str:moment>/<path:address>", as_at.PageAsAt.as_view(), name="as-at-page"),
    path("as-at/<str:moment>/", as_at.PageAsAt.as_view(), {"address": ""}, name="as-at-home"),
]
