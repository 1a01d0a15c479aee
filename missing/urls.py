"""Addresses of missing children."""

from __future__ import annotations

from django.urls import include, path

from missing.views import board, episode, report, steps

urlpatterns = [
    path("missing/", board.Board.as_view(), name="missing"),
    path("missing/new/", report.Who.as_view(), name="missing-new"),
    path("missing/new/<uuid:person>/", report.Report.as_view(), name="missing-report"),
    path("", include("missing.return_urls")),
    path("missing/actions/<uuid:pk>/", steps.ActionPage.as_view(), name="episode-action"),
    path("missing/actions/<uuid:pk>/done/", steps.ActionDone.as_view(), name="episode-action-done"),
    path("missing/actions/<uuid:pk>/not-needed/", steps.ActionNotNeeded.as_view(), name="episode-action-not-needed"),
    path("missing/<uuid:pk>/", episode.EpisodePage.as_view(), name="episode"),
    path("missing/<uuid:pk>/enquiry/", steps.Enquire.as_view(), name="episode-enquiry"),
    path("missing/<uuid:pk>/grade/", steps.Grade.as_view(), name="episode-grade"),
    path("missing/<uuid:pk>/reassess/", steps.Reassess.as_view(), name="episode-reassess"),
    path("missing/<uuid:pk>/attend/", steps.Attend.as_view(), name="episode-attend"),
    path("missing/<uuid:pk>/assess/", steps.Assess.as_view(), name="episode-assess"),
    path("missing/<uuid:pk>/ratify/", steps.Ratify.as_view(), name="episode-ratify"),
    path("missing/<uuid:pk>/know-more/", steps.KnowMore.as_view(), name="episode-know-more"),
    path("missing/<uuid:pk>/raise/", steps.RaiseRisk.as_view(), name="episode-raise"),
    path("missing/<uuid:pk>/lower/", steps.LowerRisk.as_view(), name="episode-lower"),
    path("missing/<uuid:pk>/review/", steps.Review.as_view(), name="episode-review"),
    path("missing/<uuid:pk>/inspector-review/", steps.InspectorReview.as_view(), name="episode-inspector-review"),
    path("missing/<uuid:pk>/long-review/", steps.LongReview.as_view(), name="episode-long-review"),
    path("missing/<uuid:pk>/long-term/", steps.LongTerm.as_view(), name="episode-long-term"),
    path("missing/<uuid:pk>/ukmpu/", steps.Ukmpu.as_view(), name="episode-ukmpu"),
    path("missing/<uuid:pk>/daily/", steps.Daily.as_view(), name="episode-daily"),
    path("missing/<uuid:pk>/pass-on/", steps.PassOn.as_view(), name="episode-pass-on"),
    path("missing/<uuid:pk>/no-meeting/", steps.NoMeeting.as_view(), name="episode-no-meeting"),
    path("missing/<uuid:pk>/offer/", steps.Offer.as_view(), name="episode-offer"),
    path("missing/<uuid:pk>/accepted/", steps.Accepted.as_view(), name="episode-accepted"),
    path("missing/<uuid:pk>/refused/", steps.Refused.as_view(), name="episode-refused"),
    path("missing/<uuid:pk>/in-error/", steps.InError.as_view(), name="episode-in-error"),
    path("missing/<uuid:pk>/found/", steps.Found.as_view(), name="episode-found"),
    path("missing/<uuid:pk>/interview/", steps.Interview.as_view(), name="episode-interview"),
    path("missing/<uuid:pk>/nobody-sees/", steps.NobodySees.as_view(), name="episode-nobody-sees"),
    path("missing/<uuid:pk>/close/", steps.Close.as_view(), name="episode-close"),
    path("missing/<uuid:pk>/action/", steps.GiveAction.as_view(), name="episode-give-action"),
]
