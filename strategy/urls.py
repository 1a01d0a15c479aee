"""Addresses of strategy meetings and of their actions."""

from __future__ import annotations

from django.urls import path

from strategy.views import after, asking, holding, meeting, paper

urlpatterns = [
    path("strategy/", meeting.Queue.as_view(), name="strategy-queue"),
    path("strategy/new/", asking.Request.as_view(), name="strategy-new"),
    path("strategy/<uuid:pk>/", meeting.MeetingPage.as_view(), name="strategy"),
    path("strategy/<uuid:pk>/accepted/", asking.Accepted.as_view(), name="strategy-accepted"),
    path("strategy/<uuid:pk>/declined/", asking.Declined.as_view(), name="strategy-declined"),
    path("strategy/<uuid:pk>/ask-again/", asking.AskAgain.as_view(), name="strategy-ask-again"),
    path("strategy/<uuid:pk>/let-it-stand/", asking.LetItStand.as_view(), name="strategy-let-it-stand"),
    path("strategy/<uuid:pk>/risk-rose/", asking.RiskRose.as_view(), name="strategy-risk-rose"),
    path("strategy/<uuid:pk>/child/<uuid:child>/", asking.WhichChild.as_view(), name="strategy-which-child"),
    path("strategy/<uuid:pk>/cancel/", asking.Cancel.as_view(), name="strategy-cancel"),
    path("strategy/<uuid:pk>/plan/", holding.Plan.as_view(), name="strategy-plan"),
    path("strategy/<uuid:pk>/plan-again/", holding.PlanAgain.as_view(), name="strategy-plan-again"),
    path("strategy/<uuid:pk>/hold/", holding.Hold.as_view(), name="strategy-hold"),
    path("strategy/<uuid:pk>/action/", after.GiveAction.as_view(), name="strategy-give-action"),
    path("strategy/<uuid:pk>/minutes/", after.RecordMinutes.as_view(), name="strategy-minutes"),
    path("strategy/<uuid:pk>/minutes.pdf", paper.MinutesPdf.as_view(), name="strategy-minutes-pdf"),
    path("strategy/<uuid:pk>/conference/", after.SetConference.as_view(), name="strategy-conference"),
    path("strategy/<uuid:pk>/no-conference/", after.NoConference.as_view(), name="strategy-no-conference"),
    path("strategy/<uuid:pk>/conference-held/", after.ConferenceHeld.as_view(), name="strategy-conference-held"),
    path("strategy/<uuid:pk>/close/", after.Close.as_view(), name="strategy-close"),
    path("strategy/received/<uuid:pk>/", after.ReceivedOnItsMeeting.as_view(), name="received"),
    path("strategy/received/<uuid:pk>/take-over/", after.TakeOver.as_view(), name="received-take-over"),
    path("strategy/received/<uuid:pk>/leave-out/", after.LeaveOut.as_view(), name="received-leave-out"),
    path("strategy/actions/<uuid:pk>/", after.ActionPage.as_view(), name="action"),
    path("strategy/actions/<uuid:pk>/done/", after.ActionDone.as_view(), name="action-done"),
    path("strategy/actions/<uuid:pk>/not-needed/", after.ActionNotNeeded.as_view(), name="action-not-needed"),
]
