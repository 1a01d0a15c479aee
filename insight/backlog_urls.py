"""Addresses of the truth about queues."""

from __future__ import annotations

from django.urls import path

from insight.views import backlog

urlpatterns = [
    path("backlogs/", backlog.Backlogs.as_view(), name="backlogs"),
    path("backlogs/<slug:code>/", backlog.Backlog.as_view(), name="queue-backlog"),
]
