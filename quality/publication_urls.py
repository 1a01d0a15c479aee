"""Addresses of reports and newsletters."""

from __future__ import annotations

from django.urls import path

from quality.views import publishing

urlpatterns = [
    path("learning/", publishing.Learning.as_view(), name="learning"),
    path("learning/new/", publishing.Write.as_view(), name="new-publication"),
    path("learning/<uuid:pk>/", publishing.PublicationPage.as_view(), name="publication"),
    path("learning/<uuid:pk>/pdf/", publishing.PublicationPdf.as_view(), name="publication-pdf"),
    path("learning/<uuid:pk>/change/", publishing.Change.as_view(), name="publication-change"),
    path("learning/<uuid:pk>/check/", publishing.Check.as_view(), name="publication-check"),
    path("learning/<uuid:pk>/publish/", publishing.Publish.as_view(), name="publication-publish"),
    path("learning/<uuid:pk>/withdraw/", publishing.Withdraw.as_view(), name="publication-withdraw"),
]
