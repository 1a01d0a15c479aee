"""Addresses of return interviews, of notices that a child is missing or found, and of where the scheme is live."""

from __future__ import annotations

from django.urls import path

from missing.views import interviews, notices

urlpatterns = [
    path("missing/interviews/", interviews.Queue.as_view(), name="interviews"),
    path("missing/<uuid:pk>/ask-interview/", interviews.Request.as_view(), name="interview-new"),
    path("missing/interviews/<uuid:pk>/", interviews.InterviewPage.as_view(), name="interview"),
    path("missing/interviews/<uuid:pk>/held/", interviews.Held.as_view(), name="interview-held"),
    path("missing/interviews/<uuid:pk>/came/", interviews.Came.as_view(), name="interview-came"),
    path("missing/interviews/<uuid:pk>/none/", interviews.NoInterview.as_view(), name="interview-none"),
    path("missing/interviews/<uuid:pk>/remind/", interviews.Chase.as_view(), name="interview-chase"),
    path("missing/interviews/<uuid:pk>/read/", interviews.Read.as_view(), name="interview-read"),
    path("missing/notices/", notices.Queue.as_view(), name="missing-notices"),
    path("missing/notices/send-all/", notices.SendAll.as_view(), name="missing-notices-send-all"),
    path("missing/notices/<uuid:pk>/", notices.NoticePage.as_view(), name="missing-notice"),
    path("missing/notices/<uuid:pk>/send/", notices.Send.as_view(), name="missing-notice-send"),
    path("missing/notices/<uuid:pk>/school/", notices.SaySchool.as_view(), name="missing-notice-school"),
    path("missing/notices/<uuid:pk>/authority/", notices.SayAuthority.as_view(), name="missing-notice-authority"),
    path("missing/notices/<uuid:pk>/not-sent/", notices.NotSent.as_view(), name="missing-notice-not-sent"),
    path("missing/schools/", notices.Schemes.as_view(), name="school-schemes"),
]
