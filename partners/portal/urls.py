from __future__ import annotations

from django.urls import path

from partners.portal import answers, views

urlpatterns = [
    path("", views.Today.as_view(), name="portal"),
    path("<uuid:pk>/", views.Sent.as_view(), name="portal-sent"),
    path("<uuid:pk>/documents/<uuid:document>/", views.Document.as_view(), name="portal-document"),
    path("<uuid:pk>/have-it/", answers.HaveIt.as_view(), name="portal-have-it"),
    path("<uuid:pk>/decided/", answers.Decided.as_view(), name="portal-decided"),
    path("<uuid:pk>/interview/", answers.Interview.as_view(), name="portal-interview"),
    path("<uuid:pk>/no-interview/", answers.NoInterview.as_view(), name="portal-no-interview"),
    path("<uuid:pk>/ask/", answers.Ask.as_view(), name="portal-ask"),
    path("<uuid:pk>/disagree/", answers.Disagree.as_view(), name="portal-disagree"),
    path("<uuid:pk>/destroyed/", answers.Destroyed.as_view(), name="portal-destroyed"),
]
