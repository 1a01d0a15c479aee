from __future__ import annotations

from django.urls import path

from partners.portal import views

urlpatterns = [
    path("", views.Today.as_view(), name="portal"),
    path("<uuid:pk>/", views.Sent.as_view(), name="portal-sent"),
    path("<uuid:pk>/have-it/", views.HaveIt.as_view(), name="portal-have-it"),
    path("<uuid:pk>/decided/", views.Decided.as_view(), name="portal-decided"),
    path("<uuid:pk>/ask/", views.Ask.as_view(), name="portal-ask"),
    path("<uuid:pk>/disagree/", views.Disagree.as_view(), name="portal-disagree"),
    path("<uuid:pk>/destroyed/", views.Destroyed.as_view(), name="portal-destroyed"),
]
