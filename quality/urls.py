"""Addresses of the work on quality."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from quality import improvement_urls, scrutiny_urls

urlpatterns: list[URLPattern | URLResolver] = [
    *scrutiny_urls.urlpatterns,
    *improvement_urls.urlpatterns,
    path("", include("quality.sampling_urls")),
    path("", include("quality.learning_urls")),
    path("", include("quality.training_urls")),
    path("", include("quality.publication_urls")),
]
