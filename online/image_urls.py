"""Addresses of reports of shared images."""

from __future__ import annotations

from django.urls import URLPattern, path

from online.views import images

urlpatterns: list[URLPattern] = [
    path("shared-images/", images.Queue.as_view(), name="online-images"),
    path("shared-images/new/", images.Report.as_view(), name="sharedimage-new"),
    path("shared-images/<uuid:pk>/", images.ImagesPage.as_view(), name="sharedimage"),
    path("shared-images/<uuid:pk>/questions/", images.Questions.as_view(), name="sharedimage-questions"),
    path("shared-images/<uuid:pk>/guidance/", images.GiveGuidance.as_view(), name="sharedimage-guidance"),
    path("shared-images/<uuid:pk>/allocate/", images.Allocate.as_view(), name="sharedimage-allocate"),
    path("shared-images/<uuid:pk>/seen/", images.SeenPage.as_view(), name="sharedimage-seen"),
    path("shared-images/<uuid:pk>/notice/", images.Notice.as_view(), name="sharedimage-notice"),
    path("shared-images/<uuid:pk>/investigate/", images.Investigate.as_view(), name="sharedimage-investigate"),
    path("shared-images/<uuid:pk>/investigation/", images.Link.as_view(), name="sharedimage-investigation"),
    path("shared-images/<uuid:pk>/resolve/", images.Resolve.as_view(), name="sharedimage-resolve"),
    path("shared-images/<uuid:pk>/error/", images.Error.as_view(), name="sharedimage-error"),
    path("shared-images/<uuid:pk>/reopen/", images.Reopen.as_view(), name="sharedimage-reopen"),
]
