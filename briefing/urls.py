"""Addresses of the daily management meeting."""

from __future__ import annotations

from django.urls import URLPattern, path

from briefing.views import items, meetings

urlpatterns: list[URLPattern] = [
    path("", meetings.Meetings.as_view(), name="daily-meetings"),
    path("actions/", items.Actions.as_view(), name="daily-actions"),
    path("<uuid:pk>/", meetings.MeetingPage.as_view(), name="meeting"),
    path("<uuid:pk>/open/", meetings.Open.as_view(), name="meeting-open"),
    path("<uuid:pk>/look-again/", meetings.LookAgain.as_view(), name="meeting-look-again"),
    path("<uuid:pk>/chair/", meetings.TakeChair.as_view(), name="meeting-chair"),
    path("<uuid:pk>/over/", meetings.End.as_view(), name="meeting-end"),
    path("<uuid:pk>/sign-off/", meetings.SignOff.as_view(), name="meeting-sign-off"),
    path("<uuid:pk>/there/", meetings.There.as_view(), name="meeting-there"),
    path("<uuid:pk>/paper.pdf", meetings.Paper.as_view(), name="meeting-paper"),
    path("there/<uuid:pk>/not/", meetings.NotThere.as_view(), name="attendee-not-there"),
    path("items/<uuid:pk>/", items.ItemPage.as_view(), name="agendaitem"),
    path("items/<uuid:pk>/decide/", items.Decide.as_view(), name="agendaitem-decide"),
    path("actions/<uuid:pk>/", items.ActionPage.as_view(), name="dailyaction"),
    path("actions/<uuid:pk>/done/", items.ActionDone.as_view(), name="dailyaction-done"),
    path("actions/<uuid:pk>/check/", items.ActionCheck.as_view(), name="dailyaction-check"),
    path("actions/<uuid:pk>/not-done/", items.ActionNotDone.as_view(), name="dailyaction-not-done"),
    path("actions/<uuid:pk>/not-needed/", items.ActionNotNeeded.as_view(), name="dailyaction-not-needed"),
]
