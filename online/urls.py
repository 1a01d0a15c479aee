"""Addresses of investigations into online abuse, and of reports of shared images."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("online/", include("online.register_urls")),
    path("online/", include("online.research_urls")),
    path("online/", include("online.gate_urls")),
    path("online/", include("online.after_urls")),
    path("online/", include("online.image_urls")),
]
